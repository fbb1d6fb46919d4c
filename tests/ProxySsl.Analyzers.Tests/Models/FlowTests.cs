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
    [InlineData("env.IsDevelopment() is true", Truth.False)]
    [InlineData("env.IsDevelopment() || env.IsStaging()", Truth.False)]
    [InlineData("env.IsDevelopment() && other", Truth.False)]
    [InlineData("env.IsProduction() || other", Truth.True)]
    [InlineData("env.IsProduction() && other", Truth.Unknown)]
    [InlineData("isDevelopment", Truth.False)]
    [InlineData("HostEnvironmentEnvExtensions.IsDevelopment(env)", Truth.False)]
    [InlineData("env.EnvironmentName == \"Development\"", Truth.Unknown)]
    [InlineData("env.IsEnvironment(\"Development\")", Truth.Unknown)]
    [InlineData("other", Truth.Unknown)]
    [InlineData("own.IsDevelopment()", Truth.Unknown)]
    [InlineData("true", Truth.True)]
    [InlineData("missing", Truth.Unknown)]
    internal void Conditions_on_the_environment_are_read_as_in_production(string expression, Truth expected) =>
        Assert.Equal(expected, EnvironmentCondition.Evaluate(Probe(expression).Operation));

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
                public static readonly string Circular = Round;
                public static readonly string Round = Circular;
            }
            class Own { public bool IsDevelopment() => true; }
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
                    Probe({{expression}});
                }
                static void Fill(ref string s) { }
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
