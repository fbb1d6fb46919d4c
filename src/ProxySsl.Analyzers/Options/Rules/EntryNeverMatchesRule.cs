using System.Collections.Generic;
using System.Collections.Immutable;
using System.Threading;
using ProxySsl.Analyzers.Knowledge;

namespace ProxySsl.Analyzers.Options;

/// <summary>PSSL2009: an entry of a known list that no peer can be, or that cannot be parsed.</summary>
internal static class EntryNeverMatchesRule
{
    internal const string Fix = "PlainIPv4";

    internal static IEnumerable<Finding> Find(CompilationModel model, ForwardedHeadersSetup setup, CancellationToken cancellationToken)
    {
        foreach (var options in setup.Objects)
        {
            if (!options.MayBeUsed())
            {
                continue;
            }

            foreach (var place in options.Places)
            {
                foreach (var added in place.Entries)
                {
                    if (Problem(added.Entry) is not { } problem)
                    {
                        continue;
                    }

                    var properties = ImmutableDictionary<string, string?>.Empty;
                    if (added.Entry is { Problem: EntryProblem.MappedToIPv6, AsIPv4: { } plain })
                    {
                        properties = properties.Add(FixProperties.Fix, Fix).Add(FixProperties.Value, plain);
                    }

                    yield return new Finding(Descriptors.EntryNeverMatches, added.Location, properties, added.Entry.Text, problem);
                }
            }
        }
    }

    private static string? Problem(KnownEntry entry) => entry.Problem switch
    {
        EntryProblem.MappedToIPv6 => "the framework compares an IPv4 peer in its IPv4 form; write the plain IPv4 form",
        EntryProblem.Unspecified => "no peer has this address; name the proxy's address, or its network in the list of networks",
        EntryProblem.NotAnAddress when entry.Text.IndexOf('/') >= 0 => "it is a network and parsing it as an address throws at start; put it into the list of networks",
        EntryProblem.NotAnAddress => "it is no IP address and parsing it throws at start; name the proxy's address, because host names are not looked up",
        EntryProblem.NotANetwork => "it is no network such as 10.0.0.0/8 and parsing it throws at start",
        _ => null,
    };
}
