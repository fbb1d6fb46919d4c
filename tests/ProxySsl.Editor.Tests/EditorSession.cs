using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeActions;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Diagnostics;
using ProxySsl.Analyzers.Tests.Verification;

namespace ProxySsl.Editor.Tests;

/// <summary>An entry of the lightbulb menu.</summary>
internal sealed record MenuEntry(CodeAction Action, CodeFixProvider Provider, Diagnostic Diagnostic, Document Document);

/// <summary>A solution that is open in a workspace, with the shipped analyzers in it.</summary>
internal sealed class EditorSession : IDisposable
{
    private readonly AdhocWorkspace _workspace = new();

    /// <summary>Opens web projects, each with files by name.</summary>
    internal EditorSession(params (string Project, (string Name, string Text)[] Files)[] projects)
    {
        foreach (var (name, files) in projects)
        {
            var project = _workspace.AddProject(ProjectInfo.Create(
                ProjectId.CreateNewId(),
                VersionStamp.Default,
                name,
                name,
                LanguageNames.CSharp,
                parseOptions: new CSharpParseOptions(LanguageVersion.CSharp12),
                compilationOptions: new CSharpCompilationOptions(OutputKind.ConsoleApplication, nullableContextOptions: NullableContextOptions.Enable),
                metadataReferences: FrameworkReferences.Of(Framework.Net80),
                analyzerReferences: AnalyzerFolder.Instance.References));
            foreach (var (file, text) in files)
            {
                _workspace.AddDocument(DocumentInfo.Create(
                    DocumentId.CreateNewId(project.Id),
                    file,
                    loader: TextLoader.From(TextAndVersion.Create(Microsoft.CodeAnalysis.Text.SourceText.From(text), VersionStamp.Default)),
                    filePath: $"/{name}/{file}"));
            }
        }
    }

    internal Solution Solution => _workspace.CurrentSolution;

    internal static Document Document(Solution solution, string project, string file) =>
        solution.Projects.Single(p => p.Name == project).Documents.Single(d => d.Name == file);

    /// <summary>The diagnostics of the shipped analyzers in a project, in the order of files and places.</summary>
    internal static async Task<ImmutableArray<Diagnostic>> DiagnosticsAsync(Project project, CancellationToken cancellationToken)
    {
        var compilation = await project.GetCompilationAsync(cancellationToken);
        var errors = compilation!.GetDiagnostics(cancellationToken).Where(d => d.Severity == DiagnosticSeverity.Error).ToArray();
        if (errors.Length > 0)
        {
            throw new InvalidOperationException(string.Join('\n', errors.Select(e => e.ToString())));
        }

        var analyzers = project.AnalyzerReferences.SelectMany(r => r.GetAnalyzers(LanguageNames.CSharp)).ToImmutableArray();
        var reported = await compilation.WithAnalyzers(analyzers, project.AnalyzerOptions).GetAnalyzerDiagnosticsAsync(cancellationToken);
        return [.. reported.OrderBy(d => d.Location.SourceTree?.FilePath, StringComparer.Ordinal).ThenBy(d => d.Location.SourceSpan.Start)];
    }

    /// <summary>The menu at the first report of a rule in a file, in the order in which it is shown.</summary>
    internal static async Task<IReadOnlyList<MenuEntry>> MenuAsync(Document document, string rule, CancellationToken cancellationToken)
    {
        var tree = await document.GetSyntaxTreeAsync(cancellationToken);
        var diagnostic = (await DiagnosticsAsync(document.Project, cancellationToken)).First(d => d.Id == rule && d.Location.SourceTree == tree);
        var menu = new List<MenuEntry>();
        foreach (var fix in AnalyzerFolder.Instance.Fixes.Where(f => f.FixableDiagnosticIds.Contains(rule)))
        {
            await fix.RegisterCodeFixesAsync(new CodeFixContext(
                document, diagnostic, (action, _) => menu.Add(new MenuEntry(action, fix, diagnostic, document)), cancellationToken));
        }

        return menu;
    }

    /// <summary>The solution as the preview of an entry shows it.</summary>
    internal static async Task<Solution> PreviewAsync(CodeAction action, CancellationToken cancellationToken) =>
        (await action.GetPreviewOperationsAsync(cancellationToken)).OfType<ApplyChangesOperation>().Single().ChangedSolution;

    /// <summary>The solution after Fix All of an entry in a scope.</summary>
    internal static async Task<Solution> FixAllAsync(MenuEntry entry, FixAllScope scope, CancellationToken cancellationToken)
    {
        var context = new FixAllContext(
            entry.Document, entry.Provider, scope, entry.Action.EquivalenceKey!, [entry.Diagnostic.Id], new Reports(entry.Diagnostic.Id), cancellationToken);
        var action = await entry.Provider.GetFixAllProvider()!.GetFixAsync(context);
        return await PreviewAsync(action!, cancellationToken);
    }

    public void Dispose() => _workspace.Dispose();

    private sealed class Reports(string rule) : FixAllContext.DiagnosticProvider
    {
        public override async Task<IEnumerable<Diagnostic>> GetAllDiagnosticsAsync(Project project, CancellationToken cancellationToken) =>
            (await DiagnosticsAsync(project, cancellationToken)).Where(d => d.Id == rule);

        public override async Task<IEnumerable<Diagnostic>> GetDocumentDiagnosticsAsync(Document document, CancellationToken cancellationToken)
        {
            var tree = await document.GetSyntaxTreeAsync(cancellationToken);
            return (await GetAllDiagnosticsAsync(document.Project, cancellationToken)).Where(d => d.Location.SourceTree == tree);
        }

        public override Task<IEnumerable<Diagnostic>> GetProjectDiagnosticsAsync(Project project, CancellationToken cancellationToken) =>
            Task.FromResult<IEnumerable<Diagnostic>>([]);
    }
}
