using System;
using System.Collections.Concurrent;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using System.Linq;
using System.Text;
using System.Threading;
using System.Threading.Tasks;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Text;
using ProxySsl.Analyzers.Tests.Verification;

namespace ProxySsl.Analyzers.Tests.Robustness;

/// <summary>Makes workspace projects of programs. Every project of a framework is a fork of one, so that references are loaded and bound once.</summary>
public static class ProgramProject
{
    private static readonly ConcurrentDictionary<Framework, Lazy<(Project Project, Compilation Kept)>> Bases = new();

    /// <summary>A project with the program's files and the usual implicit usings.</summary>
    public static Project Create(SourceProgram program)
    {
        var project = Bases.GetOrAdd(program.Framework, static f => new(() => CreateBase(f))).Value.Project;
        foreach (var file in program.Files)
        {
            project = project.AddDocument(file.Path, SourceText.From(file.Text, Encoding.UTF8), filePath: "/app/" + file.Path).Project;
        }

        return project;
    }

    /// <summary>Runs every analyzer; an exception of one shows as AD0001.</summary>
    /// <returns>The analyzers' diagnostics and, where asked for, the compiler's, in a stable order.</returns>
    public static async Task<ImmutableArray<Diagnostic>> Analyze(
        Compilation compilation,
        ImmutableDictionary<string, string> configuration,
        bool concurrent,
        bool withCompiler,
        CancellationToken cancellationToken)
    {
        var analyzed = Prepare(compilation, configuration, concurrent);
        var diagnostics = withCompiler
            ? await analyzed.GetAllDiagnosticsAsync(cancellationToken)
            : await analyzed.GetAnalyzerDiagnosticsAsync(cancellationToken);
        return
        [
            .. diagnostics
                .OrderBy(d => d.Location.SourceTree?.FilePath, StringComparer.Ordinal)
                .ThenBy(d => d.Location.SourceSpan.Start)
                .ThenBy(d => d.Id, StringComparer.Ordinal)
                .ThenBy(d => d.GetMessage(), StringComparer.Ordinal),
        ];
    }

    /// <summary>The compilation with every analyzer attached.</summary>
    public static CompilationWithAnalyzers Prepare(Compilation compilation, ImmutableDictionary<string, string> configuration, bool concurrent)
    {
        var options = new CompilationWithAnalyzersOptions(
            new AnalyzerOptions([], new SameForAll(configuration)),
            onAnalyzerException: null,
            concurrentAnalysis: concurrent,
            logAnalyzerExecutionTime: false,
            reportSuppressedDiagnostics: false,
            analyzerExceptionFilter: null);
        return compilation.WithAnalyzers(Product.Analyzers, options);
    }

    private static (Project, Compilation) CreateBase(Framework framework)
    {
        var workspace = new AdhocWorkspace();
        var project = workspace.AddProject(ProjectInfo.Create(
            ProjectId.CreateNewId(),
            VersionStamp.Default,
            "App",
            "App",
            LanguageNames.CSharp,
            parseOptions: new CSharpParseOptions(LanguageVersion.Latest),
            compilationOptions: new CSharpCompilationOptions(OutputKind.ConsoleApplication, nullableContextOptions: NullableContextOptions.Enable, concurrentBuild: false),
            metadataReferences: FrameworkReferences.Of(framework)));
        project = project.AddDocument("ImplicitUsings.cs", SourceText.From(ProxySslTest.ImplicitUsings, Encoding.UTF8), filePath: "/app/ImplicitUsings.cs").Project;

        // Kept: forks of the project share the bound references only while it lives.
        return (project, project.GetCompilationAsync().GetAwaiter().GetResult()!);
    }

    private sealed class SameForAll(ImmutableDictionary<string, string> values) : AnalyzerConfigOptionsProvider
    {
        private readonly Values _values = new(values);

        public override AnalyzerConfigOptions GlobalOptions => _values;

        public override AnalyzerConfigOptions GetOptions(SyntaxTree tree) => _values;

        public override AnalyzerConfigOptions GetOptions(AdditionalText textFile) => _values;
    }

    private sealed class Values(ImmutableDictionary<string, string> values) : AnalyzerConfigOptions
    {
        public override IEnumerable<string> Keys => values.Keys;

        public override bool TryGetValue(string key, [NotNullWhen(true)] out string? value) => values.TryGetValue(key, out value);
    }
}
