using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Diagnostics;
using ProxySsl.Analyzers.Flow;
using ProxySsl.Analyzers.Tests.Verification;
using Xunit;

namespace ProxySsl.Analyzers.Tests.Models;

/// <summary>The readers of texts and conditions, without rules. The expression under test is the argument of <c>Probe(…)</c>.</summary>
public class FlowTests
{
    [Theory]
    [InlineData("\"X-Real-IP\"", "X-Real-IP")]
    [InlineData("Names.Const", "X-Forwarded-Proto")]
    [InlineData("Names.ReadOnly", "X-Forwarded-For")]
    [InlineData("Names.Property", "X-Forwarded-Host")]
    [InlineData("Names.Arrow", "X-Forwarded-Proto")]
    [InlineData("Names.Values", "X-Forwarded-Port")]
    [InlineData("ForwardedHeadersDefaults.XForwardedProtoHeaderName", "X-Forwarded-Proto")]
    [InlineData("once", "X-Scheme")]
    [InlineData("$\"X-{once}\"", "X-X-Scheme")]
    [InlineData("\"X-\" + Names.ReadOnly", "X-X-Forwarded-For")]
    [InlineData("(string)(object)\"X-Scheme\"", "X-Scheme")]
    [InlineData("Names.Mutable", null)]
    [InlineData("Names.Circular", null)]
    [InlineData("twice", null)]
    [InlineData("given", null)]
    [InlineData("taken", null)]
    [InlineData("late", null)]
    [InlineData("once + parameter", null)]
    [InlineData("parameter + once", null)]
    [InlineData("$\"{parameter}\"", null)]
    [InlineData("$\"{once,9}\"", null)]
    [InlineData("$\"\"", "")]
    [InlineData("new Names2().ReadOnly", "X-Scheme")]
    [InlineData("new Names2().Property", null)]
    [InlineData("Names.Settable", null)]
    [InlineData("env.EnvironmentName", null)]
    [InlineData("filled", null)]
    [InlineData("parameter", null)]
    [InlineData("$\"{once:X}\"", null)]
    [InlineData("string.Empty", null)]
    [InlineData("missing", null)]
    public void Text_is_read_where_it_is_certain(string expression, string? expected)
    {
        var (model, operation) = Probe(expression);
        Assert.Equal(expected, ConstantText.Read(operation, model, TestContext.Current.CancellationToken));
    }

    [Theory]
    [InlineData("env.IsDevelopment()", Truth.False)]
    [InlineData("env.IsStaging()", Truth.False)]
    [InlineData("env.IsProduction()", Truth.True)]
    [InlineData("!env.IsDevelopment()", Truth.True)]
    [InlineData("env.IsDevelopment() == false", Truth.True)]
    [InlineData("env.IsDevelopment() == env.IsStaging()", Truth.True)]
    [InlineData("env.IsProduction() == env.IsStaging()", Truth.False)]
    [InlineData("env.IsProduction() != env.IsStaging()", Truth.True)]
    [InlineData("env.IsDevelopment() != env.IsStaging()", Truth.False)]
    [InlineData("env.IsDevelopment() == other", Truth.Unknown)]
    [InlineData("other == env.IsDevelopment()", Truth.Unknown)]
    [InlineData("other == other", Truth.Unknown)]
    [InlineData("other != env.IsDevelopment()", Truth.Unknown)]
    [InlineData("env.IsProduction() is false", Truth.False)]
    [InlineData("other is true", Truth.Unknown)]
    [InlineData("env.IsProduction() && !env.IsStaging()", Truth.True)]
    [InlineData("other && env.IsDevelopment()", Truth.False)]
    [InlineData("other && env.IsProduction()", Truth.Unknown)]
    [InlineData("other && other", Truth.Unknown)]
    [InlineData("other || env.IsProduction()", Truth.True)]
    [InlineData("env.IsDevelopment() || other", Truth.Unknown)]
    [InlineData("env.IsDevelopment() & other", Truth.False)]
    [InlineData("env.IsProduction() | other", Truth.True)]
    [InlineData("!other", Truth.Unknown)]
    [InlineData("changed", Truth.Unknown)]
    [InlineData("false", Truth.False)]
    [InlineData("Mine.HostEnvironmentEnvExtensions.IsProduction(env)", Truth.Unknown)]
    [InlineData("env.IsNight()", Truth.Unknown)]
    [InlineData("env.IsDevelopment() is true", Truth.False)]
    [InlineData("env.IsDevelopment() || env.IsStaging()", Truth.False)]
    [InlineData("env.IsDevelopment() && other", Truth.False)]
    [InlineData("env.IsProduction() || other", Truth.True)]
    [InlineData("env.IsProduction() && other", Truth.Unknown)]
    [InlineData("isDevelopment", Truth.False)]
    [InlineData("HostEnvironmentEnvExtensions.IsDevelopment(env)", Truth.False)]
    [InlineData("env.EnvironmentName == \"Development\"", Truth.Unknown)]
    [InlineData("env.IsEnvironment(\"Development\")", Truth.False)]
    [InlineData("env.IsEnvironment(\"staging\")", Truth.False)]
    [InlineData("env.IsEnvironment(\"Production\")", Truth.True)]
    [InlineData("env.IsEnvironment(Environments.Staging)", Truth.False)]
    [InlineData("HostEnvironmentEnvExtensions.IsEnvironment(env, Environments.Production)", Truth.True)]
    [InlineData("env.IsEnvironment(\"Docker\")", Truth.Unknown)]
    [InlineData("env.IsEnvironment(parameter)", Truth.Unknown)]
    [InlineData("other", Truth.Unknown)]
    [InlineData("own.IsDevelopment()", Truth.Unknown)]
    [InlineData("true", Truth.True)]
    [InlineData("missing", Truth.Unknown)]
    internal void Conditions_on_the_environment_are_read_as_in_production(string expression, Truth expected) =>
        Assert.Equal(expected, EnvironmentCondition.Evaluate(Probe(expression).Operation));

    [Theory]
    [InlineData("env.IsProduction() ? once : parameter", "once")]
    [InlineData("env.IsDevelopment() ? once : parameter", "parameter")]
    [InlineData("(string)(env.IsDevelopment() ? once : env.IsProduction() ? twice : parameter)", "twice")]
    [InlineData("other ? once : parameter", "other ? once : parameter")]
    [InlineData("env.IsDevelopment() ? once : other ? twice : parameter", "other ? twice : parameter")]
    [InlineData("once", "once")]
    internal void Production_takes_one_of_two_values(string expression, string expected) =>
        Assert.Equal(expected, Probe(expression).Operation.InProduction().Syntax.ToString());

    [Theory]
    [InlineData("System.Net.IPAddress", true)]
    [InlineData("Net.IPAddress", false)]
    [InlineData("IPAddress", false)]
    [InlineData("My.System.Net.IPAddress", false)]
    [InlineData("System.Net.MyIPAddress", false)]
    [InlineData("System-Net.IPAddress", false)]
    [InlineData("System.Net.IPAddresses", false)]
    [InlineData("", false)]
    internal void A_type_has_one_full_name(string name, bool expected) =>
        Assert.Equal(expected, ((INamedTypeSymbol)Probe("System.Net.IPAddress.Any").Operation.Unwrapped().Type!).HasFullName(name));

    [Theory]
    [InlineData("new Names2()", "Names2", true)]
    [InlineData("new Names2()", "My.Names2", false)]
    [InlineData("new Names2()", ".Names2", false)]
    [InlineData("new Names2.Inner()", "Inner", false)]
    [InlineData("new Names2.Inner()", "Names2.Inner", false)]
    [InlineData("new List<int>()", "System.Collections.Generic.List", true)]
    internal void A_type_of_no_namespace_or_in_another_has_too(string expression, string name, bool expected) =>
        Assert.Equal(expected, ((INamedTypeSymbol)Probe(expression).Operation.Unwrapped().Type!).HasFullName(name));

    private static (CompilationModel Model, IOperation Operation) Probe(string expression)
    {
        var source = $$"""
            using Microsoft.AspNetCore.HttpOverrides;
            static class Names
            {
                public const string Const = "X-Forwarded-Proto";
                public static readonly string ReadOnly = "X-Forwarded-For";
                public static string Property { get; } = "X-Forwarded-Host";
                public static string Arrow => Const;
                public static readonly Microsoft.Extensions.Primitives.StringValues Values = "X-Forwarded-Port";
                public static string Mutable = "X-Forwarded-For";
                public static string Settable { get; set; } = "X-Forwarded-For";
                public static readonly string Circular = Round;
                public static readonly string Round = Circular;
            }
            class Own { public bool IsDevelopment() => true; }
            class Names2
            {
                public readonly string ReadOnly = "X-Scheme";
                public string Property { get; } = "X-Scheme";
                public class Inner { }
            }
            namespace Mine
            {
                static class HostEnvironmentEnvExtensions
                {
                    public static bool IsProduction(IHostEnvironment env) => true;
                    public static bool IsNight(this IHostEnvironment env) => true;
                }
            }
            class C
            {
                static void Probe(object o) { }
                void M(IHostEnvironment env, string parameter, bool other, Own own)
                {
                    var once = "X-Scheme";
                    var twice = "X-Scheme";
                    twice = parameter;
                    var filled = "X-Scheme";
                    Fill(ref filled);
                    var isDevelopment = env.IsDevelopment();
                    var changed = env.IsDevelopment();
                    changed = other;
                    var given = "X-Scheme";
                    Give(out given);
                    var taken = "X-Scheme";
                    (taken, _) = (parameter, 1);
                    string late;
                    late = "X-Scheme";
                    Probe({{expression}});
                }
                static void Fill(ref string s) { }
                static void Give(out string s) => s = "";
            }
            """;
        var tree = CSharpSyntaxTree.ParseText(source);
        var compilation = CSharpCompilation.Create(
            "Flow",
            [tree, CSharpSyntaxTree.ParseText(ProxySslTest.ImplicitUsings)],
            FrameworkReferences.Of(Framework.Net100),
            new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary));
        var model = CompilationModel.For(compilation, new AnalyzerOptions([]))!;
        var call = tree.GetRoot(TestContext.Current.CancellationToken).DescendantNodes().OfType<InvocationExpressionSyntax>()
            .Single(i => i.Expression is IdentifierNameSyntax { Identifier.Text: "Probe" });
        var operation = model.SemanticModelOf(tree).GetOperation(call.ArgumentList.Arguments[0].Expression, TestContext.Current.CancellationToken);
        Assert.NotNull(operation);
        return (model, operation);
    }
}
