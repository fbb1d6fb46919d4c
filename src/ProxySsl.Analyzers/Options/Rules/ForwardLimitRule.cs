using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using System.Threading;

namespace ProxySsl.Analyzers.Options;

/// <summary>PSSL2006: a limit that breaks the middleware, or one that lets the client choose its address.</summary>
internal static class ForwardLimitRule
{
    internal const string Fix = "LimitToOne";

    private const string Name = "ForwardedForHeaderName";

    private static readonly ImmutableDictionary<string, string?> Fixable = ImmutableDictionary<string, string?>.Empty.Add(FixProperties.Fix, Fix);

    internal static IEnumerable<Finding> Find(CompilationModel model, ForwardedHeadersSetup setup, CancellationToken cancellationToken)
    {
        foreach (var options in setup.Objects)
        {
            // One bad value of several is a way that may never be taken.
            var limits = options.State.Limits;
            if (!options.MayBeUsed() || options.State.LimitMayBeDefault || limits.Any(l => !l.IsKnown || Consequence(l.Value, options) is null))
            {
                continue;
            }

            foreach (var limit in limits)
            {
                yield return new Finding(
                    Descriptors.ForwardLimit, limit.Location, Fixable, limit.Value?.ToString() ?? "null", Consequence(limit.Value, options)!)
                {
                    IsSuggestion = limit.Value is null or > 0 && !options.AddressMayMislead(model, cancellationToken),
                };
            }
        }
    }

    private static string? Consequence(int? limit, OptionsObject options) => limit switch
    {
        < 0 => "makes every request throw an OverflowException",
        0 => "makes the middleware ignore every forwarded header",
        1 => null,
        _ when !options.IsTrustUsed() || !options.TrustsEverySender() || !TakesAddressList(options) => null,
        null => $"lets the client choose its IP address{Where(options)}, because every sender is trusted and the whole {List(options)} is taken",
        _ => $"lets the client choose its IP address{Where(options)}, because every sender is trusted and entries are taken that no proxy added",
    };

    // A name that comes from configuration may be either's.
    private static string Where(OptionsObject options) => options.HasUnknownName(Name) ? " wherever the configured header holds a list" : "";

    private static string List(OptionsObject options) => options.HasUnknownName(Name) ? "list" : "X-Forwarded-For list";

    // Another header may hold one address, which no limit shortens. Where all headers have to have as many entries, one that the client adds
    // to the address list of a proxy that sets the scheme or host makes the middleware ignore them all.
    private static bool TakesAddressList(OptionsObject options)
    {
        var flags = options.State.Flags.Values;
        return flags.MayHave(FlagValues.For)
            && (options.HasUnknownName(Name) || string.Equals(options.HeaderName(Name, "X-Forwarded-For"), "X-Forwarded-For", StringComparison.OrdinalIgnoreCase))
            && !(options.Places.Any(p => p.MayRequireSymmetry)
                && (flags.MayHave(FlagValues.Proto) || flags.MayHave(FlagValues.Host) || flags.MayHave(FlagValues.Prefix)));
    }
}
