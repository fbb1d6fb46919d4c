using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using System.Threading;

namespace ProxySsl.Analyzers.Options;

/// <summary>PSSL2002: options that process headers and never say which proxy may send them.</summary>
internal static class NoKnownProxyRule
{
    internal static IEnumerable<Finding> Find(CompilationModel model, ForwardedHeadersSetup setup, CancellationToken cancellationToken)
    {
        foreach (var options in setup.Objects)
        {
            if (!options.IsTrustUsed()
                || !options.BelievesLoopbackAlone(model, cancellationToken)
                || options.Places.Any(p => !p.Bindings.IsEmpty || !p.EmptyInitializers.IsEmpty))
            {
                continue;
            }

            var place = options.Places[0];
            if (model.Options.ProxyIn(place.Location.SourceTree) is ProxyLocation.Loopback or ProxyLocation.None)
            {
                continue;
            }

            yield return new Finding(
                Descriptors.NoKnownProxy,
                place.Location,
                TrustFixData.For(place.Context, model, place.Location, ImmutableArray<ClearingCall>.Empty),
                $"{place.Subject} add{place.Ending}",
                model.Symbols.ChecksSenderSincePatch && !options.State.Flags.Values.MayHave(FlagValues.For) ? " (without XForwardedFor since 8.0.17 and 9.0.6)" : "");
        }
    }
}
