using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeActions;
using Microsoft.CodeAnalysis.CodeFixes;

namespace ProxySsl.Analyzers.Tests.Verification;

/// <summary>An action that a fix of the package offers for a diagnostic, and what becomes of the solution when it is taken.</summary>
public sealed record OfferedFix(CodeFixProvider Provider, CodeAction Action, Diagnostic Diagnostic)
{
    /// <summary>Every action that is offered for a diagnostic of a document, in the order of the menu.</summary>
    public static async Task<IReadOnlyList<OfferedFix>> For(Document document, Diagnostic diagnostic, CancellationToken cancellationToken)
    {
        var offered = new List<OfferedFix>();
        foreach (var provider in Product.Fixes)
        {
            if (provider.FixableDiagnosticIds.Contains(diagnostic.Id))
            {
                await provider.RegisterCodeFixesAsync(new CodeFixContext(document, diagnostic, (action, _) => Add(provider, action), cancellationToken));
            }
        }

        return offered;

        void Add(CodeFixProvider provider, CodeAction action)
        {
            offered.Add(new OfferedFix(provider, action, diagnostic));
        }
    }

    /// <summary>The solution after the action, or null where it changes nothing.</summary>
    public Task<Solution?> Apply(CancellationToken cancellationToken) => Apply(Action, cancellationToken);

    /// <summary>The solution after Fix All of this action over a project, or null where there is none.</summary>
    /// <param name="project">The project that <paramref name="diagnostics"/> were found in.</param>
    /// <param name="diagnostics">The project's diagnostics; those of the same ID are fixed.</param>
    /// <param name="cancellationToken">Stops the fix.</param>
    public Task<Solution?> ApplyToAll(Project project, ImmutableArray<Diagnostic> diagnostics, CancellationToken cancellationToken) =>
        ApplyToAll(project, diagnostics, Action.EquivalenceKey, cancellationToken);

    /// <summary>The same with the key that a host took from elsewhere.</summary>
    public async Task<Solution?> ApplyToAll(Project project, ImmutableArray<Diagnostic> diagnostics, string? equivalenceKey, CancellationToken cancellationToken)
    {
        var document = project.GetDocument(Diagnostic.Location.SourceTree);
        if (document is null || Provider.GetFixAllProvider() is not { } fixAll)
        {
            return null;
        }

        var same = diagnostics.Where(d => d.Id == Diagnostic.Id && d.Location.IsInSource).ToImmutableArray();
        var context = new FixAllContext(
            document, Provider, FixAllScope.Project, equivalenceKey!, [Diagnostic.Id], new Known(same), cancellationToken);
        return await fixAll.GetFixAsync(context) is { } action ? await Apply(action, cancellationToken) : null;
    }

    private static async Task<Solution?> Apply(CodeAction action, CancellationToken cancellationToken) =>
        (await action.GetOperationsAsync(cancellationToken)).OfType<ApplyChangesOperation>().FirstOrDefault()?.ChangedSolution;

    private sealed class Known(ImmutableArray<Diagnostic> diagnostics) : FixAllContext.DiagnosticProvider
    {
        public override Task<IEnumerable<Diagnostic>> GetAllDiagnosticsAsync(Project project, CancellationToken cancellationToken) =>
            Task.FromResult<IEnumerable<Diagnostic>>(diagnostics);

        public override async Task<IEnumerable<Diagnostic>> GetDocumentDiagnosticsAsync(Document document, CancellationToken cancellationToken)
        {
            var tree = await document.GetSyntaxTreeAsync(cancellationToken);
            return diagnostics.Where(d => d.Location.SourceTree == tree);
        }

        public override Task<IEnumerable<Diagnostic>> GetProjectDiagnosticsAsync(Project project, CancellationToken cancellationToken) =>
            Task.FromResult<IEnumerable<Diagnostic>>([]);
    }
}
