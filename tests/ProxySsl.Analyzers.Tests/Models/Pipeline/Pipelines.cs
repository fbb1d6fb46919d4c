using System.Collections.Generic;
using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Diagnostics;
using ProxySsl.Analyzers.Pipeline;
using ProxySsl.Analyzers.Tests.Verification;
using Xunit;

namespace ProxySsl.Analyzers.Tests.Models;

/// <summary>Reads the pipelines of a source on their own, without rules.</summary>
internal static class Pipelines
{
    /// <summary>The parameters of the body under test, in <see cref="OfBody"/>.</summary>
    internal const string Parameters =
        "IApplicationBuilder app, IApplicationBuilder other, IHostEnvironment env, bool flag, int count, Helper helper, Action<IApplicationBuilder> given, Func<HttpContext, bool> predicate";

    /// <summary>The model of a compilation of a web app; the first file is <c>/0/Test0.cs</c>.</summary>
    internal static CompilationModel Compile(
        string source, (string Path, string Source)[]? files = null, (string Key, string Value)? option = null, bool isComplete = true, MetadataReference? reference = null, Framework framework = Framework.Net100)
    {
        var token = TestContext.Current.CancellationToken;
        (string Path, string Source)[] all = [("/0/Test0.cs", source), ("/0/Usings.cs", ProxySslTest.ImplicitUsings), .. files ?? []];
        var trees = all.Select(f => CSharpSyntaxTree.ParseText(f.Source, path: f.Path, cancellationToken: token)).ToArray();
        var compilation = CSharpCompilation.Create(
            "Pipeline",
            trees,
            reference is null ? FrameworkReferences.Of(framework) : FrameworkReferences.Of(framework).Add(reference),
            new CSharpCompilationOptions(trees.Any(t => t.GetCompilationUnitRoot(token).Members.Any(m => m is GlobalStatementSyntax)) ? OutputKind.ConsoleApplication : OutputKind.DynamicallyLinkedLibrary));
        if (isComplete)
        {
            Assert.DoesNotContain(compilation.GetDiagnostics(token), d => d.Severity == DiagnosticSeverity.Error);
        }

        return CompilationModel.For(compilation, new AnalyzerOptions([], new OneOption(option)))!;
    }

    /// <summary>The pipelines of a source.</summary>
    internal static PipelineModel Read(
        string source, (string Path, string Source)[]? files = null, (string Key, string Value)? option = null, bool isComplete = true, MetadataReference? reference = null) =>
        PipelineModel.Of(Compile(source, files, option, isComplete, reference), TestContext.Current.CancellationToken);

    /// <summary>The pipeline that a body builds on <c>app</c>, beside helpers of the same compilation.</summary>
    internal static PipelineTree OfBody(string body, string more = "", bool isComplete = true, MetadataReference? reference = null, (string Key, string Value)? option = null, string usings = "")
    {
        var source = $$"""
            {{usings}}

            public class Startup
            {
                public void Configure({{Parameters}})
                {
                    {{body}}
                }

                private static void Branch(IApplicationBuilder b) { b.UseSession(); }

                public string Headers => nameof(ForwardedHeadersExtensions.UseForwardedHeaders);
            }

            public abstract class Helper
            {
                public void Use(IApplicationBuilder app) => app.UseHsts();

                public virtual IApplicationBuilder UseVirtual(IApplicationBuilder app) => app.UseCors();

                public abstract void UseAbstract(IApplicationBuilder app);
            }

            {{more}}
            """;
        var place = source.IndexOf("IApplicationBuilder app", System.StringComparison.Ordinal);
        return Read(source, isComplete: isComplete, reference: reference, option: option).Trees.First(t => t.Location.SourceSpan.Start == place);
    }

    private sealed class OneOption((string Key, string Value)? option) : AnalyzerConfigOptionsProvider
    {
        public override AnalyzerConfigOptions GlobalOptions { get; } = new Values(option);

        public override AnalyzerConfigOptions GetOptions(SyntaxTree tree) => GlobalOptions;

        public override AnalyzerConfigOptions GetOptions(AdditionalText textFile) => GlobalOptions;
    }

    private sealed class Values((string Key, string Value)? option) : AnalyzerConfigOptions
    {
        public override bool TryGetValue(string key, [NotNullWhen(true)] out string? value)
        {
            value = option is { } one && one.Key == key ? one.Value : null;
            return value is not null;
        }
    }
}
