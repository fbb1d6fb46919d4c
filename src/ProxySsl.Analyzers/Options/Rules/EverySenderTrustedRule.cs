using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using System.Threading;
using ProxySsl.Analyzers.Pipeline;

namespace ProxySsl.Analyzers.Options;

/// <summary>PSSL2001: both known lists end empty on every path, so the framework checks no sender.</summary>
internal static class EverySenderTrustedRule
{
    internal static IEnumerable<Finding> Find(CompilationModel model, ForwardedHeadersSetup setup, CancellationToken cancellationToken)
    {
        foreach (var options in setup.Objects)
        {
            if (!options.State.IsEmptyOnEveryPath || !options.IsTrustUsed())
            {
                continue;
            }

            foreach (var (place, clear) in Places(options))
            {
                if (model.Options.ProxyIn(clear.Location.SourceTree) == ProxyLocation.Platform)
                {
                    continue;
                }

                yield return new Finding(
                    Descriptors.EverySenderTrusted,
                    clear.Location,
                    TrustFixData.For(clear.Context, model, clear.Location, AllClears(options)),
                    clear.List,
                    place.Kind == OptionsPlaceKind.PostConfigure && options.Places.Any(p => p.State.Proxies.MayBeFilled || p.State.Networks.MayBeFilled)
                        ? $"{place.Name} empties the lists after every Configure has filled them"
                        : "both known lists end empty",
                    options.ChoiceOfSender())
                {
                    // what the host's own switch does by itself, for the sake of which code may do it
                    IsSuggestion = PipelineModel.Of(model, cancellationToken).MayBeSwitchedOn || !options.AddressMayMislead(model, cancellationToken),
                };
            }
        }
    }

    // Each place that empties both by itself; where it takes several, the last of them.
    private static IEnumerable<(OptionsPlace Place, ClearingCall Clear)> Places(OptionsObject options)
    {
        var found = false;
        foreach (var place in options.Places)
        {
            if (place.IsCertain && place.State.IsEmptyOnEveryPath && Last(place) is { } clear)
            {
                found = true;
                yield return (place, clear);
            }
        }

        if (!found && options.Places.LastOrDefault(p => Last(p) is not null) is { } last)
        {
            yield return (last, Last(last)!);
        }
    }

    private static ClearingCall? Last(OptionsPlace place) =>
        place.State.Proxies.Clears.Concat(place.State.Networks.Clears).OrderBy(c => c.Order).LastOrDefault();

    private static ImmutableArray<ClearingCall> AllClears(OptionsObject options) =>
        options.State.Proxies.Clears.Concat(options.State.Networks.Clears).ToImmutableArray();
}
