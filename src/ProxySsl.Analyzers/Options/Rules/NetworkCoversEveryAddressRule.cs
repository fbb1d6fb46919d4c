using System.Collections.Generic;
using System.Linq;
using System.Threading;
using ProxySsl.Analyzers.Knowledge;

namespace ProxySsl.Analyzers.Options;

/// <summary>PSSL2003: a network that takes in every address, alone or together with its other half.</summary>
internal static class NetworkCoversEveryAddressRule
{
    internal static IEnumerable<Finding> Find(CompilationModel model, ForwardedHeadersSetup setup, CancellationToken cancellationToken)
    {
        foreach (var options in setup.Objects)
        {
            if (!options.MayBeUsed() || options.State.Flags.Values is { IsNone: true, IsUnset: false })
            {
                continue;
            }

            foreach (var place in options.Places)
            {
                foreach (var added in place.Entries)
                {
                    var covers = added.Entry.Problem == EntryProblem.CoversEveryAddress;
                    if (added.IsOptIn || (!covers && !added.CompletesHalf))
                    {
                        continue;
                    }

                    yield return new Finding(
                        Descriptors.NetworkCoversEveryAddress,
                        added.Location,
                        TrustFixData.ForEntry(place, model, added),
                        added.Entry.Text,
                        covers ? "covers" : "and the other half that is added before cover",
                        added.Entry.IsOfIPv4 ? "IPv4" : "IPv6",
                        options.ChoiceOfSender())
                    {
                        // As with lists that stay empty on some path, which is PSSL2012; and ::/0 beside 0.0.0.0/0 is the same decision.
                        IsSuggestion = !added.IsCertain || !options.AddressMayMislead(model, cancellationToken)
                            || (!added.Entry.IsOfIPv4 && place.Entries.Any(e => CoversIPv4(e) && e.IsCertain && !e.IsOptIn)),
                    };
                }
            }
        }
    }

    private static bool CoversIPv4(AddedEntry added) => added.Entry is { Problem: EntryProblem.CoversEveryAddress, IsOfIPv4: true };
}
