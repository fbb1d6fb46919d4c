using System.Linq;
using System.Threading.Tasks;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Text;
using ProxySsl.Analyzers.Tests.Verification;
using Xunit;

namespace ProxySsl.Analyzers.Tests.Options;

/// <summary>Every way to declare trust, at every kind of place, compiles on every framework and in every language version that it has.</summary>
public class TrustFixLanguageTests
{
    // One type for each kind of place: the fix has to do with one statement, expression or initializer of it.
    private const string Places = """
        using System.Net;
        using Microsoft.AspNetCore.Builder;
        using Microsoft.AspNetCore.HttpOverrides;
        using Microsoft.Extensions.Configuration;
        using Microsoft.Extensions.DependencyInjection;
        using Microsoft.Extensions.Options;
        public class Statements
        {
            public void Configure(IApplicationBuilder app, IConfiguration configuration)
            {
                var options = new ForwardedHeadersOptions { ForwardedHeaders = ForwardedHeaders.XForwardedFor };
                options.KnownNetworks.Clear();
                options.KnownProxies.Clear();
                app.UseForwardedHeaders(options);
            }
        }
        public class Inline
        {
            public void Configure(IApplicationBuilder app, IConfiguration configuration) =>
                app.UseForwardedHeaders(new ForwardedHeadersOptions { ForwardedHeaders = ForwardedHeaders.XForwardedFor });
        }
        public class Branch
        {
            public void Configure(IApplicationBuilder app, IConfiguration configuration)
            {
                app.Map("/x", x => x.UseForwardedHeaders(new() { ForwardedHeaders = ForwardedHeaders.XForwardedFor, KnownProxies = { } }));
            }
        }
        public class Target
        {
            public ForwardedHeadersOptions Make(IConfiguration configuration) =>
                new() { ForwardedHeaders = ForwardedHeaders.XForwardedFor, KnownNetworks = { new Microsoft.AspNetCore.HttpOverrides.IPNetwork(IPAddress.Any, 0) } };
            public void Configure(IApplicationBuilder app, IConfiguration configuration) => app.UseForwardedHeaders(Make(configuration));
        }
        public static class Services
        {
            public static void Lambda(IServiceCollection services, IConfiguration configuration) =>
                services.Configure<ForwardedHeadersOptions>(o => o.ForwardedHeaders = ForwardedHeaders.XForwardedFor);
        }
        public static class Static
        {
            public static void Run(IApplicationBuilder app)
            {
                var options = new ForwardedHeadersOptions { ForwardedHeaders = ForwardedHeaders.XForwardedFor };
                Open(options);
                app.UseForwardedHeaders(options);
            }
            private static void Open(ForwardedHeadersOptions options)
            {
                options.KnownNetworks.Clear();
                options.KnownProxies.Clear();
            }
        }
        """;

    public static TheoryData<Framework, LanguageVersion> Languages()
    {
        var data = new TheoryData<Framework, LanguageVersion>();
        foreach (var (framework, newest) in new[] { (Framework.Net60, LanguageVersion.CSharp10), (Framework.Net80, LanguageVersion.CSharp12), (Framework.Net100, LanguageVersion.Latest) })
        {
            data.Add(framework, LanguageVersion.CSharp9);
            data.Add(framework, newest);
        }

        return data;
    }

    [Theory]
    [MemberData(nameof(Languages))]
    public async Task Every_way_compiles(Framework framework, LanguageVersion version)
    {
        var token = TestContext.Current.CancellationToken;
        using var workspace = new AdhocWorkspace();
        var project = workspace.AddProject(ProjectInfo.Create(
            ProjectId.CreateNewId(), VersionStamp.Default, "App", "App", LanguageNames.CSharp,
            compilationOptions: new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary, nullableContextOptions: NullableContextOptions.Enable),
            parseOptions: new CSharpParseOptions(version),
            metadataReferences: FrameworkReferences.Of(framework)));
        var document = workspace.AddDocument(project.Id, "Places.cs", SourceText.From(Places));
        var compilation = (await document.Project.GetCompilationAsync(token))!;
        Assert.DoesNotContain(compilation.GetDiagnostics(token), d => d.Severity == DiagnosticSeverity.Error);
        string[] rules = [RuleIds.EverySenderTrusted, RuleIds.NoKnownProxy, RuleIds.NetworkCoversEveryAddress, RuleIds.EmptyInitializer];
        var found = (await compilation.WithAnalyzers(Product.Analyzers).GetAnalyzerDiagnosticsAsync(token)).Where(d => rules.Contains(d.Id)).ToList();
        Assert.Equal(6, found.Count);
        foreach (var diagnostic in found)
        {
            var offered = await OfferedFix.For(document, diagnostic, token);
            Assert.True(offered.Count >= 2, diagnostic.ToString());
            foreach (var fix in offered)
            {
                var changed = (await fix.Apply(token))!.GetDocument(document.Id)!;
                var errors = (await changed.GetSemanticModelAsync(token))!.GetDiagnostics(cancellationToken: token).Where(d => d.Severity == DiagnosticSeverity.Error);
                Assert.True(!errors.Any(), $"{diagnostic.Id}, {fix.Action.Title}: {string.Join("\n", errors)}\n{await changed.GetTextAsync(token)}");
            }
        }
    }
}
