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

namespace ProxySsl.CodeFixes;

/// <summary>One way to mend a diagnostic: what the menu says, and the key that Fix All goes by.</summary>
/// <param name="Title">The text in the menu.</param>
/// <param name="Key">The equivalence key: the same for the same transformation wherever it is offered.</param>
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
            if (!diagnostic.Properties.ContainsKey(FixProperties.Fix) && RequiresMark)
            {
                continue;
            }

            foreach (var option in await OptionsAsync(context.Document, diagnostic, context.CancellationToken).ConfigureAwait(false))
            {
                context.RegisterCodeFix(
                    CodeAction.Create(option.Title, token => FixAllInOrderAsync(context.Document, [diagnostic], option.Key, token), option.Key),
                    diagnostic);
            }
        }
    }

    /// <summary>Whether only diagnostics of ours that carry the mark are fixed; false for the fix of a compiler diagnostic.</summary>
    private protected virtual bool RequiresMark => true;

    /// <summary>The ways to mend a diagnostic, the one that is safe for unattended use first; none where the analyzer's mark is of another fix.</summary>
    private protected abstract Task<IReadOnlyList<FixOption>> OptionsAsync(Document document, Diagnostic diagnostic, CancellationToken cancellationToken);

    /// <summary>Carries one way out. Returns the document unchanged where the code is no longer of the marked shape.</summary>
    private protected abstract Task<Document> FixAsync(FixTarget target, CancellationToken cancellationToken);

    private async Task<Document> FixAllInOrderAsync(Document document, IEnumerable<Diagnostic> diagnostics, string key, CancellationToken cancellationToken)
    {
        var root = await document.GetSyntaxRootAsync(cancellationToken).ConfigureAwait(false);
        if (root is null)
        {
            return document;
        }

        // Marks survive the edits of the fixes before; positions do not.
        var marked = new List<(SyntaxAnnotation Mark, TextSpan Span, Diagnostic Diagnostic)>();
        foreach (var diagnostic in diagnostics.OrderBy(d => d.Location.SourceSpan.Start))
        {
            marked.Add((new SyntaxAnnotation("ProxySsl.Fix"), diagnostic.Location.SourceSpan, diagnostic));
        }

        var marksByNode = marked.ToLookup(m => root.FindNode(m.Span, getInnermostNodeForTie: true), m => m.Mark);
        root = root.ReplaceNodes(marksByNode.Select(m => m.Key), (original, current) => current.WithAdditionalAnnotations(marksByNode[original]));
        document = document.WithSyntaxRoot(root);
        foreach (var (mark, _, diagnostic) in marked)
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
        protected override string GetFixAllTitle(FixAllContext fixAllContext) => fixAllContext.CodeActionEquivalenceKey ?? base.GetFixAllTitle(fixAllContext);

        protected override async Task<Document?> FixAllAsync(FixAllContext fixAllContext, Document document, ImmutableArray<Diagnostic> diagnostics)
        {
            var key = fixAllContext.CodeActionEquivalenceKey;
            if (key is null)
            {
                return document;
            }

            var offered = new List<Diagnostic>();
            foreach (var diagnostic in diagnostics)
            {
                if (fix.RequiresMark && !diagnostic.Properties.ContainsKey(FixProperties.Fix))
                {
                    continue;
                }

                var options = await fix.OptionsAsync(document, diagnostic, fixAllContext.CancellationToken).ConfigureAwait(false);
                if (options.Any(o => o.Key == key))
                {
                    offered.Add(diagnostic);
                }
            }

            return await fix.FixAllInOrderAsync(document, offered, key, fixAllContext.CancellationToken).ConfigureAwait(false);
        }
    }
}
