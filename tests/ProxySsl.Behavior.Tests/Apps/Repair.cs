using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeActions;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.Diagnostics;
using ProxySsl.Analyzers.Tests.Verification;

namespace ProxySsl.Behavior.Tests.Apps;

/// <summary>What the package does to an app in an editor: its reports, and its fixes applied one after the other.</summary>
public static class Repair
{
    // More rounds than any app here has places: a fix that does not take its report away ends here.
    private const int MaximumRounds = 8;

    /// <summary>The reports of the package on an app, in the order of the text.</summary>
    public static async Task<ImmutableArray<Diagnostic>> ReportsAsync(AppProject app, CancellationToken cancellationToken)
    {
        var compilation = await app.Project.GetCompilationAsync(cancellationToken).ConfigureAwait(false)
            ?? throw new InvalidOperationException("The project has no compilation.");
        var reports = await compilation
            .WithAnalyzers(Product.Analyzers, new CompilationWithAnalyzersOptions(
                new AnalyzerOptions([]), OnAnalyzerException, concurrentAnalysis: false, logAnalyzerExecutionTime: false))
            .GetAnalyzerDiagnosticsAsync(cancellationToken).ConfigureAwait(false);
        return [.. reports.OrderBy(d => d.Location.SourceSpan.Start).ThenBy(d => d.Id, StringComparer.Ordinal)];
    }

    /// <summary>
    /// Applies the fix of a rule to one report after the other until the rule is silent. Throws where the rule says nothing, where no fix
    /// is offered, and where the rule does not fall silent.
    /// </summary>
    /// <param name="app">The flagged app.</param>
    /// <param name="rule">The ID of the rule.</param>
    /// <param name="action">A part of the title of the action to take; null takes the first one, as <c>dotnet format</c> does.</param>
    /// <param name="cancellationToken">Ends the work.</param>
    public static async Task<AppProject> ApplyAsync(AppProject app, string rule, string? action, CancellationToken cancellationToken)
    {
        for (var round = 0; round < MaximumRounds; round++)
        {
            var report = (await ReportsAsync(app, cancellationToken).ConfigureAwait(false)).FirstOrDefault(d => d.Id == rule);
            if (report is null)
            {
                return round > 0 ? app : throw new InvalidOperationException($"{rule} says nothing:\n{await app.TextAsync(cancellationToken).ConfigureAwait(false)}");
            }

            var offered = await OfferedAsync(app, report, cancellationToken).ConfigureAwait(false);
            var chosen = offered.FirstOrDefault(a => action is null || a.Title.Contains(action, StringComparison.OrdinalIgnoreCase))
                ?? throw new InvalidOperationException(
                    $"{rule} offers no fix '{action}', but [{string.Join("; ", offered.Select(a => a.Title))}]: {report}\n{await app.TextAsync(cancellationToken).ConfigureAwait(false)}");
            var operations = await chosen.GetOperationsAsync(cancellationToken).ConfigureAwait(false);
            app = app.With(operations.OfType<ApplyChangesOperation>().Single().ChangedSolution);
        }

        throw new InvalidOperationException($"{rule} is still there after {MaximumRounds} fixes:\n{await app.TextAsync(cancellationToken).ConfigureAwait(false)}");
    }

    private static async Task<List<CodeAction>> OfferedAsync(AppProject app, Diagnostic report, CancellationToken cancellationToken)
    {
        var offered = new List<CodeAction>();
        foreach (var fix in Product.Fixes.Where(f => f.FixableDiagnosticIds.Contains(report.Id)))
        {
            var context = new CodeFixContext(app.Program, report, (action, _) => offered.Add(action), cancellationToken);
            await fix.RegisterCodeFixesAsync(context).ConfigureAwait(false);
        }

        return offered;
    }

    private static void OnAnalyzerException(Exception exception, DiagnosticAnalyzer analyzer, Diagnostic diagnostic) =>
        throw new InvalidOperationException($"{analyzer.GetType().Name} failed: {diagnostic}", exception);
}
