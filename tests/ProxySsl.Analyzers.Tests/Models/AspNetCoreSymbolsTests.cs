using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using ProxySsl.Analyzers.Tests.Verification;
using Xunit;

namespace ProxySsl.Analyzers.Tests.Models;

/// <summary>What makes a compilation one of a web framework, and which version of the middleware it has.</summary>
public class AspNetCoreSymbolsTests
{
    [Theory]
    [InlineData("Microsoft.AspNetCore.Http", "HttpRequest")]
    [InlineData("Microsoft.AspNetCore.Http", "IHeaderDictionary")]
    [InlineData("Microsoft.AspNetCore.Builder", "IApplicationBuilder")]
    [InlineData("Microsoft.AspNetCore.Builder", "ForwardedHeadersOptions")]
    [InlineData("System.Web", "HttpRequest")]
    [InlineData("System.Web", "HttpRequestBase")]
    [InlineData("Microsoft.Owin", "IOwinRequest")]
    [InlineData("Nancy", "Request")]
    [InlineData("System.Web.Http", "ApiController")]
    [InlineData("System.Web.Http", "HttpConfiguration")]
    public void Any_request_or_builder_type_is_enough(string space, string type) => Assert.NotNull(Of($"namespace {space} {{ public class {type} {{ }} }}"));

    [Theory]
    [InlineData("")]
    [InlineData("namespace Microsoft.AspNetCore.Http { public class HttpContext { } }")]
    [InlineData("namespace My.Http { public class HttpRequest { } }")]
    public void Other_types_are_not(string source) => Assert.Null(Of(source));

    [Theory]
    [InlineData("Microsoft.Azure.WebJobs", "FunctionNameAttribute")]
    [InlineData("Microsoft.Azure.Functions.Worker", "FunctionAttribute")]
    public void A_function_has_the_attribute_of_either_model(string space, string type) =>
        Assert.NotNull(Of($"namespace {space} {{ public class {type} {{ }} }} namespace Nancy {{ public class Request {{ }} }}")!.FunctionAttribute);

    [Theory]
    [InlineData(Framework.Net60, false, false, false)]
    [InlineData(Framework.Net80, false, true, true)]
    [InlineData(Framework.Net90, false, true, true)]
    [InlineData(Framework.Net100, true, true, false)]
    public void The_middleware_of_each_version(Framework framework, bool hasKnownIPNetworks, bool checksEveryHeader, bool sincePatch)
    {
        var symbols = AspNetCoreSymbols.Create(CSharpCompilation.Create("App", references: FrameworkReferences.Of(framework)))!;
        Assert.Equal((hasKnownIPNetworks, checksEveryHeader, sincePatch), (symbols.HasKnownIPNetworks, symbols.ChecksSenderOfEveryHeader, symbols.ChecksSenderSincePatch));
    }

    [Fact]
    public void No_middleware_checks_nothing()
    {
        var symbols = Of("namespace Nancy { public class Request { } }")!;
        Assert.Equal((false, false, false), (symbols.HasKnownIPNetworks, symbols.ChecksSenderOfEveryHeader, symbols.ChecksSenderSincePatch));
    }

    private static AspNetCoreSymbols? Of(string source) => AspNetCoreSymbols.Create(CSharpCompilation.Create(
        "App",
        [CSharpSyntaxTree.ParseText(source, cancellationToken: TestContext.Current.CancellationToken)],
        FrameworkReferences.Of(Framework.Net100WithoutWeb),
        new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary)));
}
