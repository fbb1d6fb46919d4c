using System.Collections.Generic;
using System.Collections.Immutable;
using System.Threading;
using System.Threading.Tasks;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using ProxySsl.Analyzers;
using ProxySsl.Analyzers.Pipeline;

namespace ProxySsl.CodeFixes.Pipeline;

/// <summary>PSSL3001, PSSL3002, PSSL3003: moves the call that applies forwarded headers in front of the one that needs them.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(OrderFix))]
public sealed class OrderFix : ProxySslCodeFix
{
    /// <inheritdoc/>
    public override ImmutableArray<string> FixableDiagnosticIds { get; } =
        ImmutableArray.Create(RuleIds.RedirectTooEarly, RuleIds.ReadsTooEarly, RuleIds.LogsTooEarly);

    private protected override Task<IReadOnlyList<FixOption>> OptionsAsync(Document document, Diagnostic diagnostic, CancellationToken cancellationToken) =>
        Task.FromResult<IReadOnlyList<FixOption>>(
            diagnostic.Properties.TryGetValue(PipelineFixProperties.Moved, out var moved) ? [new FixOption($"Move {moved} in front of this call", PipelineFixProperties.Move)] : []);

    private protected override Task<Document> FixAsync(FixTarget target, CancellationToken cancellationToken)
    {
        var document = target.Document;
        if (target.Properties[PipelineFixProperties.Moved] is { } moved && ForwardedMove.Plan(target.Node, moved) is { } move)
        {
            document = document.WithSyntaxRoot(ForwardedMoveRewriter.Apply(target.Root, move));
        }

        return Task.FromResult(document);
    }
}
