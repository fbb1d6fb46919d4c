using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using ProxySsl.Analyzers.Tests.Verification;

namespace ProxySsl.Analyzers.Tests.Robustness;

/// <summary>
/// What is asked of every program, however broken: no analyzer and no fix throws, reports do not depend on the order of files or on
/// parallelism, and where the program compiles it still compiles after each fix and the fixed report is gone.
/// </summary>
public sealed class Examination
{
    private const string Crash = "AD0001";

    // Every offer is a rewrite of its file: a file of hundreds of reports would take minutes on a loaded machine, which looks like a hang.
    private const int MostOffers = 50;

    private readonly SourceProgram _program;
    private readonly Project _project;
    private readonly List<string> _problems = [];
    private Compilation _compilation = null!;

    private Examination(SourceProgram program)
    {
        _program = program;
        _project = ProgramProject.Create(program);
    }

    /// <summary>What is wrong; empty where all holds.</summary>
    public IReadOnlyList<string> Problems => _problems;

    /// <summary>Whether the program compiles; known only where fixes were asked for.</summary>
    public bool Compiles { get; private set; }

    /// <summary>Whether the compiler itself throws on the program, so that nothing can be asked of it.</summary>
    public bool IsBeyondCompiler { get; private set; }

    /// <summary>The package's diagnostics of the program as it is.</summary>
    public ImmutableArray<Diagnostic> Diagnostics { get; private set; } = [];

    /// <summary>How many single actions and Fix Alls were applied and judged.</summary>
    public int FixesApplied { get; private set; }

    /// <param name="program">Any program.</param>
    /// <param name="mostFixes">How many of the offered actions are applied, chosen by <paramref name="random"/>.</param>
    /// <param name="random">Decides which.</param>
    /// <param name="cancellationToken">Stops the examination.</param>
    public static async Task<Examination> Of(SourceProgram program, int mostFixes, Random random, CancellationToken cancellationToken)
    {
        var examination = new Examination(program);
        try
        {
            await examination.Run(mostFixes, random, cancellationToken);
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            examination._problems.Add("exception: " + e);
        }

        return examination;
    }

    private async Task Run(int mostFixes, Random random, CancellationToken cancellationToken)
    {
        _compilation = (await _project.GetCompilationAsync(cancellationToken))!;

        // Whether the program compiles decides only how its fixes are judged, and text that cannot be parsed need not be bound to know.
        var isBound = mostFixes > 0 && !_compilation.SyntaxTrees.Any(t => t.GetDiagnostics(cancellationToken).Any(d => d.Severity == DiagnosticSeverity.Error));
        ImmutableArray<Diagnostic> all;
        try
        {
            all = await ProgramProject.Analyze(_compilation, _program.Configuration, concurrent: true, withCompiler: isBound, cancellationToken);
        }
        catch (Exception e) when (e is not OperationCanceledException && CompilerFails(cancellationToken))
        {
            IsBeyondCompiler = true;
            return;
        }

        Compiles = isBound && !all.Any(d => d.Severity == DiagnosticSeverity.Error);
        Diagnostics = OfPackage(all);
        CheckEach();
        if (mostFixes > 2 || random.Next(2) == 0)
        {
            await CheckOrder(cancellationToken);
        }

        await CheckFixes(mostFixes, random, cancellationToken);
    }

    // Asked alone, without an analyzer: some programs are too broken for the compiler itself.
    private bool CompilerFails(CancellationToken cancellationToken)
    {
        try
        {
            _compilation.GetDiagnostics(cancellationToken);
            return false;
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            return true;
        }
    }

    private void CheckEach()
    {
        foreach (var diagnostic in Diagnostics)
        {
            var message = diagnostic.GetMessage();
            if (diagnostic.Id == Crash)
            {
                _problems.Add("analyzer crash: " + message);
            }
            else if (message.Length == 0 || (_program.Configuration.IsEmpty && message.Contains("{0}", StringComparison.Ordinal)))
            {
                _problems.Add($"unfinished message: {diagnostic}");
            }
            else if (diagnostic.Location is { IsInSource: true, SourceTree: { } tree }
                && (!_compilation.ContainsSyntaxTree(tree) || diagnostic.Location.SourceSpan.End > tree.Length))
            {
                _problems.Add($"location outside of the compilation: {diagnostic}");
            }
        }

        foreach (var twice in Diagnostics.GroupBy(Describe).Where(g => g.Count() > 1))
        {
            _problems.Add("reported twice: " + twice.Key);
        }
    }

    private async Task CheckOrder(CancellationToken cancellationToken)
    {
        // Of several files with top-level statements the compiler takes the first one for the program, whose locals are then in scope in
        // all other files: its own meaning of the code depends on the order.
        if (_compilation.SyntaxTrees.Count(t => t.GetRoot(cancellationToken).ChildNodes().Any(n => n is GlobalStatementSyntax)) > 1)
        {
            return;
        }

        var reversed = _compilation.RemoveAllSyntaxTrees().AddSyntaxTrees(_compilation.SyntaxTrees.Reverse());
        var again = await ProgramProject.Analyze(reversed, _program.Configuration, concurrent: false, withCompiler: false, cancellationToken);
        var before = Diagnostics.Select(Describe).ToHashSet();
        var after = OfPackage(again).Select(Describe).ToHashSet();
        foreach (var lost in before.Except(after))
        {
            _problems.Add("only with files in order and analyzers in parallel: " + lost);
        }

        foreach (var gained in after.Except(before))
        {
            _problems.Add("only with files reversed and analyzers one by one: " + gained);
        }
    }

    private async Task CheckFixes(int mostFixes, Random random, CancellationToken cancellationToken)
    {
        var offered = new List<OfferedFix>();
        var inSource = Diagnostics.Where(d => d.Location.IsInSource).ToList();
        foreach (var diagnostic in inSource.Count <= MostOffers || RobustnessRun.IsFull ? inSource : inSource.OrderBy(_ => random.Next()).Take(MostOffers))
        {
            offered.AddRange(await OfferedFix.For(_project.GetDocument(diagnostic.Location.SourceTree)!, diagnostic, cancellationToken));
        }

        foreach (var fix in offered.OrderBy(_ => random.Next()).Take(mostFixes).ToList())
        {
            await CheckFix(fix, cancellationToken);
        }

        var alike = offered.GroupBy(f => (f.Provider, f.Action.EquivalenceKey, f.Diagnostic.Id)).OrderBy(_ => random.Next()).Take((mostFixes + 1) / 2).ToList();
        foreach (var group in alike)
        {
            if (group.Key.EquivalenceKey is null)
            {
                _problems.Add($"no equivalence key: {group.First().Action.Title}");
                continue;
            }

            await CheckFixAll(group.First(), group.Count(), cancellationToken);
        }
    }

    private async Task CheckFix(OfferedFix fix, CancellationToken cancellationToken)
    {
        var label = $"fix '{fix.Action.Title}' of {Describe(fix.Diagnostic)}";
        try
        {
            await CheckResult(label, await fix.Apply(cancellationToken), fix.Diagnostic.Id, removed: 1, cancellationToken);
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            _problems.Add($"{label} throws: {e}");
        }
    }

    private async Task CheckFixAll(OfferedFix fix, int places, CancellationToken cancellationToken)
    {
        var label = $"Fix All '{fix.Action.Title}' of {fix.Diagnostic.Id} at {places} places";
        try
        {
            await CheckResult(label, await fix.ApplyToAll(_project, Diagnostics, cancellationToken), fix.Diagnostic.Id, places, cancellationToken);
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            _problems.Add($"{label} throws: {e}");
        }
    }

    private async Task CheckResult(string label, Solution? changed, string id, int removed, CancellationToken cancellationToken)
    {
        FixesApplied++;
        if (changed?.GetProject(_project.Id) is not { } project)
        {
            _problems.Add($"{label}: changes nothing");
            return;
        }

        // What a fix leaves of code that did not compile before cannot be judged; that it does not throw is known by now.
        if (!Compiles)
        {
            return;
        }

        var compilation = (await project.GetCompilationAsync(cancellationToken))!;
        var all = await ProgramProject.Analyze(compilation, _program.Configuration, concurrent: true, withCompiler: true, cancellationToken);
        if (all.FirstOrDefault(d => d.Severity == DiagnosticSeverity.Error) is { } error)
        {
            _problems.Add($"{label}: does not compile any more: {error}\n{await ChangesOf(project, cancellationToken)}");
        }
        else if (all.FirstOrDefault(d => d.Id == Crash) is { } crash)
        {
            _problems.Add($"{label}: analyzer crash on the result: {crash.GetMessage()}");
        }
        else if (all.Count(d => d.Id == id) > Diagnostics.Count(d => d.Id == id) - removed)
        {
            _problems.Add($"{label}: {all.Count(d => d.Id == id)} of {Diagnostics.Count(d => d.Id == id)} are left\n{await ChangesOf(project, cancellationToken)}");
        }
    }

    private async Task<string> ChangesOf(Project changed, CancellationToken cancellationToken)
    {
        var texts = new List<string>();
        foreach (var id in changed.GetChanges(_project).GetChangedDocuments())
        {
            texts.Add((await changed.GetDocument(id)!.GetTextAsync(cancellationToken)).ToString());
        }

        return "--- became\n" + string.Join("\n---\n", texts);
    }

    private static ImmutableArray<Diagnostic> OfPackage(ImmutableArray<Diagnostic> all) =>
        [.. all.Where(d => d.Id.StartsWith("PSSL", StringComparison.Ordinal) || d.Id == Crash)];

    private static string Describe(Diagnostic diagnostic)
    {
        var properties = string.Join(", ", diagnostic.Properties.OrderBy(p => p.Key, StringComparer.Ordinal).Select(p => p.Key + "=" + p.Value));
        return $"{diagnostic} [{diagnostic.Location.SourceSpan}; {properties}]";
    }
}
