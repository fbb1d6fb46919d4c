using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using System.Threading;

namespace ProxySsl.Analyzers.Options;

/// <summary>PSSL2007: X-Forwarded-Host is taken over and nothing says which hosts are the app's own.</summary>
internal static class HostWithoutAllowedHostsRule
{
    internal const string Fix = "RestrictHost";

    /// <summary>The mark where allowed hosts are there and wrong, so that adding one is no way out.</summary>
    internal const string FixDropOnly = "DropHost";

    internal static IEnumerable<Finding> Find(CompilationModel model, ForwardedHeadersSetup setup, CancellationToken cancellationToken)
    {
        foreach (var options in setup.Objects)
        {
            var flags = options.State.Flags;
            if (!options.MayBeUsed() || !flags.Values.AlwaysHas(FlagValues.Host) || Problem(options.State.Hosts) is not { } problem)
            {
                continue;
            }

            var properties = ImmutableDictionary<string, string?>.Empty
                .Add(FixProperties.Fix, options.State.Hosts.Entries.IsEmpty ? Fix : FixDropOnly);
            foreach (var place in flags.Places.Where(p => p.Values.MayHave(FlagValues.Host) && !p.Values.MayBeUnknown))
            {
                yield return new Finding(Descriptors.HostWithoutAllowedHosts, place.Location, properties, problem);
            }
        }
    }

    private static string? Problem(HostsState hosts)
    {
        if (hosts.IsUnknown)
        {
            return null;
        }

        if (hosts.Entries.IsEmpty)
        {
            return "AllowedHosts of the options is empty, so whoever sends the header chooses the host";
        }

        if (hosts.MayBeUntouched)
        {
            return null;
        }

        foreach (var entry in hosts.Entries)
        {
            if (entry.Text == "*")
            {
                return "AllowedHosts of the options holds '*', so whoever sends the header chooses the host";
            }

            if (CanNeverMatch(entry.Text))
            {
                return $"the allowed host '{entry.Text}' can never match, because hosts are compared without scheme and port";
            }
        }

        return null;
    }

    // The middleware compares host names alone; an IPv6 host stands in brackets, which have colons of their own.
    private static bool CanNeverMatch(string host) =>
        host.IndexOf('/') >= 0
        || (host.LastIndexOf(':') is >= 0 and var colon && colon > host.LastIndexOf(']'));
}
