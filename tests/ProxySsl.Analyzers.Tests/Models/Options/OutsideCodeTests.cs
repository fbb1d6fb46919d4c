using System.IO;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Diagnostics;
using ProxySsl.Analyzers.Options;
using ProxySsl.Analyzers.Tests.Verification;
using Xunit;

namespace ProxySsl.Analyzers.Tests.Models;

/// <summary>What code outside a compilation may do, by what the compilation is and what it references.</summary>
public class OutsideCodeTests
{
    private const string Uses = "public static class L { public static void M(Microsoft.AspNetCore.Builder.IApplicationBuilder b) => Microsoft.AspNetCore.Builder.ForwardedHeadersExtensions.UseForwardedHeaders(b); }";

    private const string Other = "public static class L { public static string M(Microsoft.AspNetCore.Http.HttpRequest r) => r.Scheme; }";

    [Theory]
    [InlineData(OutputKind.ConsoleApplication, false)]
    [InlineData(OutputKind.WindowsApplication, false)]
    [InlineData(OutputKind.DynamicallyLinkedLibrary, true)]
    [InlineData(OutputKind.NetModule, true)]
    public void The_app_of_a_library_is_elsewhere(OutputKind kind, bool expected) => Assert.Equal(expected, MayKnow(Compile("App", "", kind)));

    [Theory]
    [InlineData("Company.Hosting", Uses, true)]
    [InlineData("Company.Hosting", Other, false)]
    [InlineData("Microsoft.AspNetCore.Company", Uses, false)]
    public void A_library_may_know_the_middleware(string name, string source, bool expected)
    {
        var library = Compile(name, source, OutputKind.DynamicallyLinkedLibrary);
        using var image = new MemoryStream();
        Assert.True(library.Emit(image, cancellationToken: TestContext.Current.CancellationToken).Success);
        Assert.Equal(expected, MayKnow(Compile("App", "", OutputKind.ConsoleApplication, MetadataReference.CreateFromImage(image.ToArray()))));
        Assert.Equal(expected, MayKnow(Compile("App", "", OutputKind.ConsoleApplication, library.ToMetadataReference())));
    }

    // The compiler takes its symbols over into those of the app's framework, and they have no source then.
    [Theory]
    [InlineData(Uses, true)]
    [InlineData(Other, false)]
    public void A_project_of_an_older_target_is_asked_for_its_source(string source, bool expected)
    {
        var project = Compile("Company.Hosting", source, OutputKind.DynamicallyLinkedLibrary).WithReferences(FrameworkReferences.Of(Framework.Net80)).ToMetadataReference();
        var app = Compile("App", "", OutputKind.ConsoleApplication, project);
        Assert.IsNotAssignableFrom<ISourceAssemblySymbol>(app.GetAssemblyOrModuleSymbol(project));
        Assert.Equal(expected, MayKnow(app));
    }

    [Fact]
    public void Equal_configurations_share_a_model()
    {
        var compilation = Compile("App", "", OutputKind.ConsoleApplication);
        var model = CompilationModel.For(compilation, Configured("proxyssl.proxy = platform"));
        Assert.NotNull(model);
        Assert.Same(model, CompilationModel.For(compilation, Configured("proxyssl.proxy = platform")));
        Assert.NotSame(model, CompilationModel.For(compilation, Configured("proxyssl.proxy = loopback")));
    }

    [Theory]
    [InlineData("xunit.core", true)]
    [InlineData("NUnit.Framework", true)]
    [InlineData("nunit", false)]
    public void A_test_framework_makes_a_test_project(string name, bool expected)
    {
        var compilation = Compile("App", "", OutputKind.ConsoleApplication, Compile(name, "", OutputKind.DynamicallyLinkedLibrary).ToMetadataReference());
        Assert.Equal(expected, CompilationModel.For(compilation, new AnalyzerOptions([])) is null);
        Assert.NotNull(CompilationModel.For(compilation, Configured("proxyssl.analyze_tests = true")));
    }

    private static AnalyzerOptions Configured(string line) => new([], new ConfigurationValues(line));

    private static bool MayKnow(CSharpCompilation compilation) =>
        OutsideCode.MayKnowMiddleware(CompilationModel.For(compilation, new AnalyzerOptions([]))!, TestContext.Current.CancellationToken);

    private static CSharpCompilation Compile(string name, string source, OutputKind kind, params MetadataReference[] references) => CSharpCompilation.Create(
        name,
        [CSharpSyntaxTree.ParseText(source + (kind is OutputKind.ConsoleApplication or OutputKind.WindowsApplication ? "class P { static void Main() { } }" : ""), cancellationToken: TestContext.Current.CancellationToken)],
        FrameworkReferences.Of(Framework.Net100).AddRange(references),
        new CSharpCompilationOptions(kind));
}
