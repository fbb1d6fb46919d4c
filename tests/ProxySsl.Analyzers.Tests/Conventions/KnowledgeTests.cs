using System;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using ProxySsl.Analyzers.Knowledge;
using ProxySsl.Analyzers.Tests.Verification;
using Xunit;

namespace ProxySsl.Analyzers.Tests.Conventions;

/// <summary>The names that the package knows are those of the framework.</summary>
public class KnowledgeTests
{
    [Fact]
    public void Framework_symbols_resolve_on_the_newest_framework()
    {
        var symbols = AspNetCoreSymbols.Create(Compilation(Framework.Net100));
        Assert.NotNull(symbols);
        string[] notInTheFramework = [nameof(symbols.SystemWebRequest), nameof(symbols.OwinRequest), nameof(symbols.NancyRequest), nameof(symbols.WebApiController), nameof(symbols.FunctionAttribute)];
        var missing = typeof(AspNetCoreSymbols)
            .GetProperties(System.Reflection.BindingFlags.Instance | System.Reflection.BindingFlags.NonPublic)
            .Where(p => typeof(ISymbol).IsAssignableFrom(p.PropertyType) && p.GetValue(symbols) is null)
            .Select(p => p.Name);
        Assert.Equal(notInTheFramework.Order(), missing.Order());
    }

    [Fact]
    public void Without_a_web_framework_there_are_no_symbols() => Assert.Null(AspNetCoreSymbols.Create(Compilation(Framework.Net100WithoutWeb)));

    [Theory]
    [InlineData(Framework.Net60, false)]
    [InlineData(Framework.Net80, false)]
    [InlineData(Framework.Net90, false)]
    [InlineData(Framework.Net100, true)]
    public void Network_list_of_net10_is_seen(Framework framework, bool expected) =>
        Assert.Equal(expected, AspNetCoreSymbols.Create(Compilation(framework))!.HasKnownIPNetworks);

    [Fact]
    public void Names_of_ForwardedHeadersDefaults_are_known()
    {
        var symbols = AspNetCoreSymbols.Create(Compilation(Framework.Net100))!;
        foreach (var property in symbols.ForwardedHeadersDefaults!.GetMembers().OfType<IPropertySymbol>())
        {
            var expression = SyntaxFactory.ParseExpression($"Microsoft.AspNetCore.HttpOverrides.ForwardedHeadersDefaults.{property.Name}");
            var text = Read($"class C {{ string M() => {expression}; }}");
            Assert.True(text is not null && text.StartsWith("X-", StringComparison.Ordinal), property.Name);
        }
    }

    [Theory]
    [InlineData("X-Forwarded-Proto", HeaderFamily.Scheme, "Request.Scheme")]
    [InlineData("x-forwarded-PROTO", HeaderFamily.Scheme, "Request.Scheme")]
    [InlineData("HTTP_X_FORWARDED_FOR", HeaderFamily.ClientIp, "Connection.RemoteIpAddress")]
    [InlineData("X-Forwarded-Prefix", HeaderFamily.Prefix, "Request.PathBase")]
    [InlineData("X-Forwarded-Port", HeaderFamily.Port, "Request.Host")]
    internal void Names_are_found_in_both_spellings_and_any_case(string name, HeaderFamily family, string property)
    {
        var header = ForwardedHeaderNames.Find(name);
        Assert.Equal(family, header?.Family);
        Assert.Equal(property, header?.SafeProperty);
    }

    [Fact]
    public void Other_names_are_not_found() => Assert.Null(ForwardedHeaderNames.Find("Accept"));

    private static string? Read(string source)
    {
        var compilation = Compilation(Framework.Net100, source);
        var model = CompilationModel.For(compilation, new Microsoft.CodeAnalysis.Diagnostics.AnalyzerOptions([]))!;
        var tree = compilation.SyntaxTrees.Single();
        var body = tree.GetRoot(TestContext.Current.CancellationToken).DescendantNodes().OfType<Microsoft.CodeAnalysis.CSharp.Syntax.ArrowExpressionClauseSyntax>().Single().Expression;
        return Flow.ConstantText.Read(model.SemanticModelOf(tree).GetOperation(body, TestContext.Current.CancellationToken)!, model, TestContext.Current.CancellationToken);
    }

    private static CSharpCompilation Compilation(Framework framework, string source = "") => CSharpCompilation.Create(
        "Knowledge",
        [CSharpSyntaxTree.ParseText(source)],
        FrameworkReferences.Of(framework),
        new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary));
}
