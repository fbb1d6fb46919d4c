using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using System.Threading;

namespace ProxySsl.Analyzers.Options;

/// <summary>PSSL2012: the lists are cleared and then filled by code that may add nothing, which leaves every sender trusted.</summary>
internal static class FailsOpenRule
{
    internal const string Fix = "FailClosed";

    internal static IEnumerable<Finding> Find(CompilationModel model, ForwardedHeadersSetup setup, CancellationToken cancellationToken)
    {
        foreach (var options in setup.Objects)
        {
            if (!options.IsTrustUsed() || options.IsValidated || options.State.IsAnyListUnknown)
            {
                continue;
            }

            foreach (var place in options.Places)
            {
                var (proxies, networks) = (place.State.Proxies, place.State.Networks);
                if (!place.IsCertain
                    || !MayStayEmpty(proxies)
                    || !MayStayEmpty(networks)
                    || (proxies.IsEmpty && networks.IsEmpty)
                    || options.Places.Any(p => p != place && (p.State.Proxies.MayBeFilled || p.State.Networks.MayBeFilled)))
                {
                    continue;
                }

                var clears = proxies.Clears.Concat(networks.Clears).OrderBy(c => c.Order).ToImmutableArray();
                if (clears.IsEmpty)
                {
                    continue;
                }

                yield return new Finding(
                    Descriptors.FailsOpen, clears[clears.Length - 1].Location, TrustFixData.Marked(Fix, clears), clears[clears.Length - 1].List);
            }
        }
    }

    // Cleared on every path and not filled on every path; code that looks at the list takes care of the rest itself.
    private static bool MayStayEmpty(ListState list) =>
        (list.Contents & ListContents.Empty) != 0
        && (list.Contents & (ListContents.Inherited | ListContents.Unknown)) == 0
        && !list.IsInspected;
}
