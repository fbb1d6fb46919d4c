using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.Diagnostics;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Text;
using System.Threading;
using System.Threading.Tasks;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Text;
using ProxySsl.Analyzers.Tests.Verification;

namespace ProxySsl.Benchmarks.Repositories;

/// <summary>
/// Runs every analyzer over the sources of a folder and applies every offered fix, one compilation a project folder. Nothing is restored or
/// built: packages are found where the caller has restored them, and what generators would write is not there, so a fix is judged by the
/// compiler errors that were not there before. Test projects are passed over, because the reference by which the analyzers know them may
/// be among what is not found.
/// </summary>
internal static class RepositoryRun
{
    private const string Crash = "AD0001";

    /// <returns>0 where nothing crashed and no fix added a compiler error.</returns>
    internal static async Task<int> Run(string folder, Arguments arguments)
    {
        var rules = arguments.Text("rules")?.Split(',').ToImmutableHashSet();
        var tally = new RuleTally();
        var watch = Stopwatch.StartNew();
        var lines = 0L;
        var files = 0;
        var tests = 0;
        var root = Path.GetFullPath(folder);
        var sources = SourceFolder.Projects(root).ToDictionary(p => p.Folder, p => (File: ProjectFile.Read(p.Folder, root), Paths: p.Files));
        foreach (var (projectFolder, (projectFile, paths)) in sources)
        {
            if (projectFile.IsTest)
            {
                tests++;
                continue;
            }

            var project = WithReferences(projectFolder, sources, isAlone: arguments.Has("no-references"));
            lines += (await project.GetCompilationAsync())!.SyntaxTrees.Sum(t => t.GetText().Lines.Count);
            files += paths.Count;
            await Examine(project, projectFile, rules, root, arguments, tally);
        }

        Console.WriteLine(tally.Table());
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture, $"{files:N0} files, {lines:N0} lines ({tests} test projects passed over), {tally.Reports} reports, {tally.Crashes} crashes, {tally.NewErrors} fixes with new compiler errors, {watch.Elapsed.TotalSeconds:F0} s"));
        return tally.Crashes + tally.NewErrors == 0 ? 0 : 1;
    }

    private static async Task Examine(Project project, ProjectFile file, ImmutableHashSet<string>? rules, string root, Arguments arguments, RuleTally tally)
    {
        var watch = Stopwatch.StartNew();
        var compilation = (await project.GetCompilationAsync())!;
        var analyzed = compilation.WithAnalyzers(
            Product.Analyzers,
            new CompilationWithAnalyzersOptions(new AnalyzerOptions([], new BuildProperties(file)), onAnalyzerException: null, concurrentAnalysis: true, logAnalyzerExecutionTime: true));
        var result = await analyzed.GetAnalysisResultAsync(CancellationToken.None);
        var diagnostics = result.GetAllDiagnostics()
            .Where(d => d.Id == Crash || rules is null || rules.Contains(d.Id))
            .OrderBy(d => d.Location.SourceTree?.FilePath, StringComparer.Ordinal)
            .ThenBy(d => d.Location.SourceSpan.Start)
            .ToImmutableArray();
        tally.Execution += result.AnalyzerTelemetryInfo.Values.Aggregate(TimeSpan.Zero, (sum, t) => sum + t.ExecutionTime);
        foreach (var diagnostic in diagnostics)
        {
            tally.Report(diagnostic);
            if (arguments.Has("verbose") || diagnostic.Id == Crash)
            {
                Console.WriteLine(Describe(diagnostic, root));
            }
        }

        if (!arguments.Has("no-fixes") && diagnostics.Any(d => d.Location.IsInSource))
        {
            await ApplyFixes(project, compilation, diagnostics, root, tally);
        }

        if (watch.Elapsed > TimeSpan.FromSeconds(30))
        {
            Console.WriteLine($"slow: {Path.GetRelativePath(root, project.FilePath!)} took {watch.Elapsed.TotalSeconds:F0} s");
        }
    }

    private static async Task ApplyFixes(Project project, Compilation compilation, ImmutableArray<Diagnostic> diagnostics, string root, RuleTally tally)
    {
        var before = new Dictionary<SyntaxTree, List<string>>();
        foreach (var diagnostic in diagnostics.Where(d => d.Location.IsInSource))
        {
            var document = project.GetDocument(diagnostic.Location.SourceTree)!;
            foreach (var fix in await Offered(document, diagnostic, tally))
            {
                await Judge(fix);
            }
        }

        async Task Judge(OfferedFix fix)
        {
            Solution? changed;
            try
            {
                changed = await fix.Apply(CancellationToken.None);
            }
            catch (Exception e)
            {
                tally.FixCrash(fix.Diagnostic.Id, $"CRASH of fix '{fix.Action.Title}' at {Describe(fix.Diagnostic, root)}\n{e}");
                return;
            }

            tally.FixApplied(fix.Diagnostic.Id);
            if (changed?.GetProject(project.Id) is not { } after)
            {
                tally.FixProblem(fix.Diagnostic.Id, $"NOTHING CHANGED by '{fix.Action.Title}' at {Describe(fix.Diagnostic, root)}");
                return;
            }

            var compilationAfter = (await after.GetCompilationAsync())!;
            foreach (var id in after.GetChanges(project).GetChangedDocuments())
            {
                var treeBefore = (await project.GetDocument(id)!.GetSyntaxTreeAsync())!;
                var treeAfter = (await after.GetDocument(id)!.GetSyntaxTreeAsync())!;
                if (!before.TryGetValue(treeBefore, out var errorsBefore))
                {
                    before[treeBefore] = errorsBefore = Errors(compilation, treeBefore);
                }

                // Compared without positions: a fix moves what stands below it.
                var gained = Errors(compilationAfter, treeAfter);
                foreach (var error in errorsBefore)
                {
                    gained.Remove(error);
                }

                if (gained.Count > 0)
                {
                    tally.NewError(fix.Diagnostic.Id, $"NEW ERROR by '{fix.Action.Title}' at {Describe(fix.Diagnostic, root)}\n    {string.Join("\n    ", gained.Take(3))}");
                }
            }
        }
    }

    private static async Task<IReadOnlyList<OfferedFix>> Offered(Document document, Diagnostic diagnostic, RuleTally tally)
    {
        try
        {
            return await OfferedFix.For(document, diagnostic, CancellationToken.None);
        }
        catch (Exception e)
        {
            tally.FixCrash(diagnostic.Id, $"CRASH while fixes were offered for {diagnostic}\n{e}");
            return [];
        }
    }

    private static List<string> Errors(Compilation compilation, SyntaxTree tree) =>
    [
        .. compilation.GetSemanticModel(tree).GetDiagnostics()
            .Where(d => d.Severity == DiagnosticSeverity.Error)
            .Select(d => d.Id + ": " + d.GetMessage(CultureInfo.InvariantCulture)),
    ];

    // A project among the projects that it refers to, directly or not. Each gets a solution of its own, so that what one project needs can
    // be forgotten before the next.
    private static Project WithReferences(string folder, Dictionary<string, (ProjectFile File, IReadOnlyList<string> Paths)> sources, bool isAlone)
    {
        var added = new Dictionary<string, (ProjectId Id, HashSet<ProjectId> References)>();
        var solution = new AdhocWorkspace().CurrentSolution;
        Add(folder);
        return solution.GetProject(added[folder].Id)!;

        void Add(string each)
        {
            var (file, paths) = sources[each];
            var (id, references) = added[each] = (ProjectId.CreateNewId(), []);
            foreach (var reference in isAlone ? [] : file.ReferencedFolders.Where(sources.ContainsKey).Distinct())
            {
                if (!added.ContainsKey(reference))
                {
                    Add(reference);
                }

                // What a referenced project refers to comes with it. Projects that refer to each other do not build: the first one added
                // stays without the other.
                references.UnionWith([added[reference].Id, .. added[reference].References]);
            }

            solution = solution.AddProject(InfoOf(each, id, file, paths, references.Where(solution.ContainsProject)));
        }
    }

    private static ProjectInfo InfoOf(string folder, ProjectId id, ProjectFile file, IReadOnlyList<string> paths, IEnumerable<ProjectId> references)
    {
        var sources = paths.Select(p => (Path: p, Text: File.ReadAllText(p)));
        if (file.MayHaveImplicitUsings)
        {
            sources = sources.Append(("ImplicitUsings.cs", WebProject.ImplicitUsings));
        }

        var isProgram = file.IsProgram ?? paths.Any(p => Path.GetFileName(p) == "Program.cs");
        return ProjectInfo.Create(
            id,
            VersionStamp.Default,
            Path.GetFileName(folder),
            Path.GetFileName(folder),
            LanguageNames.CSharp,
            filePath: folder,
            parseOptions: new CSharpParseOptions(LanguageVersion.Latest),
            compilationOptions: new CSharpCompilationOptions(isProgram ? OutputKind.ConsoleApplication : OutputKind.DynamicallyLinkedLibrary, allowUnsafe: true),
            documents: sources.Select(s => DocumentInfo.Create(
                DocumentId.CreateNewId(id),
                Path.GetFileName(s.Path),
                filePath: s.Path,
                loader: TextLoader.From(TextAndVersion.Create(SourceText.From(s.Text, Encoding.UTF8), VersionStamp.Default)))),
            projectReferences: references.Select(r => new ProjectReference(r)),
            metadataReferences: RestoredPackages.Beside(FrameworkReferences.Of(file.Framework), folder));
    }

    private static string Describe(Diagnostic diagnostic, string root)
    {
        var place = diagnostic.Location.GetLineSpan();
        var path = diagnostic.Location.IsInSource ? Path.GetRelativePath(root, place.Path) : "";
        return string.Create(CultureInfo.InvariantCulture, $"{diagnostic.Id} {path}:{place.StartLinePosition.Line + 1} {(diagnostic.Severity == DiagnosticSeverity.Info ? "(note) " : "")}{diagnostic.GetMessage(CultureInfo.InvariantCulture)}");
    }
}
