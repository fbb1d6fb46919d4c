using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using ProxySsl.Analyzers;
using ProxySsl.Analyzers.Options;

namespace ProxySsl.CodeFixes.Options;

/// <summary>
/// Mends a value of the options where it stands (PSSL2005 to PSSL2007, PSSL2009 to PSSL2012): flags, limit, hosts, an entry, a binding that
/// drops the lists, lists that may stay empty.
/// </summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(OptionsFix))]
public sealed class OptionsFix : ProxySslCodeFix
{
    private static readonly ImmutableDictionary<string, ImmutableArray<FixOption>> Actions = new Dictionary<string, ImmutableArray<FixOption>>
    {
        [NothingEnabledRule.Fix] = One("Process X-Forwarded-For and X-Forwarded-Proto"),
        [ForwardLimitRule.Fix] = One("Set ForwardLimit to 1"),
        [HostWithoutAllowedHostsRule.Fix] = ImmutableArray.Create(Option("Do not process X-Forwarded-Host"), Option("Restrict hosts with AllowedHosts")),
        [HostWithoutAllowedHostsRule.FixDropOnly] = One("Do not process X-Forwarded-Host"),
        [EntryNeverMatchesRule.Fix] = One("Use the plain IPv4 form"),
        [BindingDropsListsRule.Fix] = One("Parse the known lists from configuration"),
        [ProtoNotProcessedRule.Fix] = One("Process X-Forwarded-Proto"),
        [FailsOpenRule.Fix] = One("Trust only loopback where nothing was added"),
    }.ToImmutableDictionary();

    /// <inheritdoc/>
    public override ImmutableArray<string> FixableDiagnosticIds { get; } = ImmutableArray.Create(
        RuleIds.NothingEnabled, RuleIds.ForwardLimit, RuleIds.HostWithoutAllowedHosts, RuleIds.EntryNeverMatches, RuleIds.BindingDropsLists,
        RuleIds.ProtoNotProcessed, RuleIds.FailsOpen);

    private protected override async Task<IReadOnlyList<FixOption>> OptionsAsync(Document document, Diagnostic diagnostic, CancellationToken cancellationToken)
    {
        if (diagnostic.Properties[FixProperties.Fix] is not { } fix
            || !Actions.TryGetValue(fix, out var actions)
            || await document.GetSyntaxRootAsync(cancellationToken).ConfigureAwait(false) is not { } root)
        {
            return [];
        }

        // A shape that the edit does not know gives no menu entry that does nothing.
        var node = root.FindNode(diagnostic.Location.SourceSpan, getInnermostNodeForTie: true);
        var offered = new List<FixOption>();
        foreach (var action in actions)
        {
            var target = new FixTarget(document, root, node, diagnostic.Properties, action.Key);
            if (await FixAsync(target, cancellationToken).ConfigureAwait(false) != document)
            {
                offered.Add(action);
            }
            else if (offered.Count == 0)
            {
                break; // The first action is for unattended use, the others are not.
            }
        }

        return offered;
    }

    private protected override async Task<Document> FixAsync(FixTarget target, CancellationToken cancellationToken)
    {
        if (await target.Document.GetSemanticModelAsync(cancellationToken).ConfigureAwait(false) is not { } model
            || target.Properties[FixProperties.Fix] is not { } fix)
        {
            return target.Document;
        }

        var code = new TrustCode(model, target.Node.SpanStart, target.Document.Project.ParseOptions);
        var (root, node) = (target.Root, target.Node);
        var isDrop = target.Key == Actions[HostWithoutAllowedHostsRule.FixDropOnly][0].Key;
        var changed = fix switch
        {
            NothingEnabledRule.Fix => new FlagsEdit(model, cancellationToken).Enable(root, node),
            ForwardLimitRule.Fix => ValueEdits.LimitToOne(root, node),
            HostWithoutAllowedHostsRule.Fix when !isDrop => new FlagsEdit(model, cancellationToken).AddAllowedHosts(root, node),
            HostWithoutAllowedHostsRule.Fix or HostWithoutAllowedHostsRule.FixDropOnly => new FlagsEdit(model, cancellationToken).DropHost(root, node),
            ProtoNotProcessedRule.Fix => new FlagsEdit(model, cancellationToken).AddProto(root, node),
            EntryNeverMatchesRule.Fix => ValueEdits.PlainIPv4(root, node, target.Properties[FixProperties.Value]!),
            BindingDropsListsRule.Fix => BindingEdit.ParseLists(root, node, code, model, cancellationToken),
            FailsOpenRule.Fix => new FailClosedEdit(model, code, cancellationToken).Apply(root, node),
            _ => null,
        };
        return changed is null ? target.Document : target.Document.WithSyntaxRoot(changed);
    }

    private static FixOption Option(string title) => new(title, title);

    private static ImmutableArray<FixOption> One(string title) => ImmutableArray.Create(Option(title));
}
