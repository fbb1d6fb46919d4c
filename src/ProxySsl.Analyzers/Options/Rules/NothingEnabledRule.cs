using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using System.Threading;
using ProxySsl.Analyzers.Pipeline;

namespace ProxySsl.Analyzers.Options;

/// <summary>PSSL2005: the middleware is used and no header is switched on.</summary>
internal static class NothingEnabledRule
{
    internal const string Fix = "SetFlags";

    private static readonly ImmutableDictionary<string, string?> Fixable = ImmutableDictionary<string, string?>.Empty.Add(FixProperties.Fix, Fix);

    internal static IEnumerable<Finding> Find(CompilationModel model, ForwardedHeadersSetup setup, CancellationToken cancellationToken)
    {
        var isConfigured = setup.MayBeConfiguredElsewhere;
        foreach (var options in setup.Objects)
        {
            isConfigured |= options.IsInjected;
            if (options.IsUsed && options.State.Flags.Values.IsUnset && !(options.IsInjected && setup.MayBeConfiguredElsewhere))
            {
                var place = options.Places[0];
                yield return new Finding(
                    Descriptors.NothingEnabled,
                    place.Location,
                    Fixable,
                    $"{place.Subject} never set{place.Ending}");
            }
        }

        if (isConfigured || setup.BareUses.IsEmpty || PipelineModel.Of(model, cancellationToken).AppliedByHost is not null
            || setup.BareUses.Select(u => u.SourceTree!).Distinct().Any(t => UnreadCalls.MayConfigure(t.GetRoot(cancellationToken), model.SemanticModelOf(t), cancellationToken)))
        {
            yield break;
        }

        // IIS in front of the app's own process says what the client's request was, without headers; then the call is too much, and no more.
        var isBehindIIS = model.Spells(["UseIIS"], static (hit, root) => hit.IdentifierIn(root) is not null, cancellationToken);
        foreach (var use in setup.BareUses)
        {
            yield return new Finding(Descriptors.NothingEnabled, use, Fixable, "Nothing configures ForwardedHeadersOptions or sets")
            {
                IsSuggestion = isBehindIIS,
            };
        }
    }
}
