using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeActions;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.Text;
using ProxySsl.Analyzers;
using ProxySsl.CodeFixes.Syntax;

namespace ProxySsl.CodeFixes;

/// <summary>One way to mend a diagnostic: what the menu says, and the key that Fix All goes by.</summary>
/// <param name="Title">The text in the menu.</param>
/// <param name="Key">The same for the same transformation wherever it is offered, for whichever rule: Fix All goes by it.</param>
internal sealed record FixOption(string Title, string Key);

/// <summary>What a fix is given: the document as it is now, the node that was marked, and the analyzer's properties.</summary>
internal sealed record FixTarget(Document Document, SyntaxNode Root, SyntaxNode Node, ImmutableDictionary<string, string?> Properties, string Key);

/// <summary>
/// The base of all fixes. A fix offers what the analyzer marked (see <see cref="FixProperties.Fix"/>) and transforms; it decides nothing.
/// Fix All goes through a document in text order, one diagnostic after the other, each on the result of the one before, so that fixes that
/// touch the same statement do not overwrite each other; a place that an earlier fix removed is passed over.
/// </summary>
public abstract class ProxySslCodeFix : CodeFixProvider
{
    // Between the rule and the option in an action's equivalence key.
    private const string KeySeparator = ": ";

    /// <inheritdoc/>
    public sealed override FixAllProvider GetFixAllProvider() => new OrderedFixAll(this);

    /// <inheritdoc/>
    public sealed override async Task RegisterCodeFixesAsync(CodeFixContext context)
    {
        var root = await context.Document.GetSyntaxRootAsync(context.CancellationToken).ConfigureAwait(false);
        if (root is null)
        {
            return;
        }

        foreach (var diagnostic in context.Diagnostics)
        {
            foreach (var option in await OfferedAsync(context.Document, diagnostic, context.CancellationToken).ConfigureAwait(false))
            {
                context.RegisterCodeFix(
                    CodeAction.Create(
                        option.Title,
                        token => FixAllInOrderAsync(context.Document, [(diagnostic, option)], token),
                        diagnostic.Id + KeySeparator + option.Key),
                    diagnostic);
            }
        }
    }

    /// <summary>Whether only diagnostics of ours that carry the mark are fixed; false for the fix of a compiler diagnostic.</summary>
    private protected virtual bool RequiresMark => true;

    /// <summary>
    /// Whether <see cref="OptionsAsync"/> names only what it has tried; otherwise each way is carried out before it is offered, and left out
    /// where it changes nothing or brings an error of the compiler.
    /// </summary>
    private protected virtual bool TriesItself => false;

    /// <summary>The ways to mend a diagnostic, the one that is safe for unattended use first; none where the analyzer's mark is of another fix.</summary>
    private protected abstract Task<IReadOnlyList<FixOption>> OptionsAsync(Document document, Diagnostic diagnostic, CancellationToken cancellationToken);

    /// <summary>Carries one way out. Returns the document unchanged where the code is no longer of the marked shape.</summary>
    private protected abstract Task<Document> FixAsync(FixTarget target, CancellationToken cancellationToken);

    // A host may ask about any diagnostic: dotnet format hands every fix the first one that an analyzer reports, whichever rule it is of.
    private async Task<IReadOnlyList<FixOption>> OfferedAsync(Document document, Diagnostic diagnostic, CancellationToken cancellationToken)
    {
        if (!FixableDiagnosticIds.Contains(diagnostic.Id) || (!diagnostic.Properties.ContainsKey(FixProperties.Fix) && RequiresMark))
        {
            return [];
        }

        var options = await OptionsAsync(document, diagnostic, cancellationToken).ConfigureAwait(false);
        if (TriesItself)
        {
            return options;
        }

        var offered = new List<FixOption>();
        foreach (var option in options)
        {
            var changed = await FixAllInOrderAsync(document, [(diagnostic, option)], cancellationToken).ConfigureAwait(false);
            if (await ChangesAsync(document, changed, cancellationToken).ConfigureAwait(false)
                && !await CompilerFindings.BringsErrorsAsync(document, changed, cancellationToken).ConfigureAwait(false))
            {
                offered.Add(option);
            }
        }

        return offered;
    }

    private static async Task<bool> ChangesAsync(Document before, Document after, CancellationToken cancellationToken) =>
        await before.GetSyntaxRootAsync(cancellationToken).ConfigureAwait(false) is not { } old
        || await after.GetSyntaxRootAsync(cancellationToken).ConfigureAwait(false) is not { } changed
        || !old.IsEquivalentTo(changed);

    private async Task<Document> FixAllInOrderAsync(Document document, IReadOnlyList<(Diagnostic Diagnostic, FixOption Option)> taken, CancellationToken cancellationToken)
    {
        var root = await document.GetSyntaxRootAsync(cancellationToken).ConfigureAwait(false);
        if (root is null)
        {
            return document;
        }

        // Marks survive the edits of the fixes before; positions do not.
        var marked = new List<(SyntaxAnnotation Mark, TextSpan Span, Diagnostic Diagnostic, string Key)>();
        foreach (var (diagnostic, option) in taken.OrderBy(t => t.Diagnostic.Location.SourceSpan.Start))
        {
            marked.Add((new SyntaxAnnotation("ProxySsl.Fix"), diagnostic.Location.SourceSpan, diagnostic, option.Key));
        }

        var marksByNode = marked.ToLookup(m => root.FindNode(m.Span, getInnermostNodeForTie: true), m => m.Mark);
        root = root.ReplaceNodes(marksByNode.Select(m => m.Key), (original, current) => current.WithAdditionalAnnotations(marksByNode[original]));
        document = document.WithSyntaxRoot(root);
        foreach (var (mark, _, diagnostic, key) in marked)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var current = await document.GetSyntaxRootAsync(cancellationToken).ConfigureAwait(false);
            if (current?.GetAnnotatedNodes(mark).FirstOrDefault() is { } node)
            {
                document = await FixAsync(new FixTarget(document, current, node, diagnostic.Properties, key), cancellationToken).ConfigureAwait(false);
            }
        }

        return document;
    }

    private sealed class OrderedFixAll(ProxySslCodeFix fix) : DocumentBasedFixAllProvider
    {
        protected override string GetFixAllTitle(FixAllContext fixAllContext) => Wanted(fixAllContext) ?? base.GetFixAllTitle(fixAllContext);

        protected override async Task<Document?> FixAllAsync(FixAllContext fixAllContext, Document document, ImmutableArray<Diagnostic> diagnostics)
        {
            var wanted = Wanted(fixAllContext);
            var taken = new List<(Diagnostic, FixOption)>();
            foreach (var diagnostic in diagnostics)
            {
                var options = await fix.OfferedAsync(document, diagnostic, fixAllContext.CancellationToken).ConfigureAwait(false);
                if (options.FirstOrDefault(o => wanted is null || o.Key == wanted) is { } option)
                {
                    taken.Add((diagnostic, option));
                }
            }

            return await fix.FixAllInOrderAsync(document, taken, fixAllContext.CancellationToken).ConfigureAwait(false);
        }

        // The option that the host chose; null where it chose none for these rules (dotnet format takes the key of the first diagnostic of
        // the analyzer, which may be of another rule or have no fix): then each place gets its first option, the one for unattended use.
        private static string? Wanted(FixAllContext context)
        {
            var key = context.CodeActionEquivalenceKey ?? "";
            var separator = key.IndexOf(KeySeparator, StringComparison.Ordinal);
            return separator > 0 && context.DiagnosticIds.Contains(key.Substring(0, separator)) ? key.Substring(separator + KeySeparator.Length) : null;
        }
    }
}
