using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using System.Threading;
using Microsoft.CodeAnalysis;

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
            if (!options.MayBeUsed() || !flags.Values.AlwaysHas(FlagValues.Host) || Problem(options) is not { } problem)
            {
                continue;
            }

            var header = options.HeaderName("ForwardedHostHeaderName", "X-Forwarded-Host") ?? "The forwarded host header";
            var properties = ImmutableDictionary<string, string?>.Empty
                .Add(FixProperties.Fix, options.State.Hosts.Entries.IsEmpty ? Fix : FixDropOnly);
            foreach (var place in flags.Places.Where(p => p.Values.MayHave(FlagValues.Host)))
            {
                yield return new Finding(Descriptors.HostWithoutAllowedHosts, place.Location, properties, header, problem)
                {
                    IsSuggestion = options.IsLeftToOthers || !HostMayMislead(place.Location, model, cancellationToken),
                };
            }
        }
    }

    // Who names the flag wants the host, which is for links to the app; who writes All need not know that it is in it.
    private static bool HostMayMislead(Location flags, CompilationModel model, CancellationToken cancellationToken)
    {
        var uses = model.Family(HostUses.Read, cancellationToken);
        return uses.GoBeyondLinks
            || (uses.MayBeAny && flags.SourceTree?.GetRoot(cancellationToken).FindNode(flags.SourceSpan).DescendantTokens().Any(t => t.ValueText == "XForwardedHost") != true);
    }

    private static string? Problem(OptionsObject options)
    {
        var hosts = options.State.Hosts;
        if (hosts.IsUnknown)
        {
            return null;
        }

        if (hosts.Entries.IsEmpty)
        {
            return "AllowedHosts of the options is empty, so " + WhoChooses(options);
        }

        if (hosts.MayBeUntouched)
        {
            return null;
        }

        foreach (var entry in hosts.Entries)
        {
            if (entry.Text == "*")
            {
                return "AllowedHosts of the options holds '*', so " + WhoChooses(options);
            }

            if (CanNeverMatch(entry.Text))
            {
                return $"the allowed host '{entry.Text}' can never match, because hosts are compared without scheme and port";
            }
        }

        return null;
    }

    // A proxy may write the header itself; where every sender is believed, that does not help.
    private static string WhoChooses(OptionsObject options) => options.TrustsEverySender()
        ? "whoever sends the header chooses the host"
        : "the client chooses the host wherever a trusted proxy hands on the header as the client sent it";

    // The middleware compares host names alone; an IPv6 host stands in brackets, which have colons of their own.
    private static bool CanNeverMatch(string host) =>
        host.IndexOf('/') >= 0
        || (host.LastIndexOf(':') is >= 0 and var colon && colon > host.LastIndexOf(']'));
}
