using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using System.Threading;
using ProxySsl.Analyzers.Pipeline;

namespace ProxySsl.Analyzers.Options;

/// <summary>PSSL2002: options that process headers and never say which proxy may send them.</summary>
internal static class NoKnownProxyRule
{
    internal static IEnumerable<Finding> Find(CompilationModel model, ForwardedHeadersSetup setup, CancellationToken cancellationToken)
    {
        foreach (var options in setup.Objects)
        {
            if (!options.IsTrustUsed()
                || !options.HasDefaultLists(model, cancellationToken)
                || options.Places.Any(p => !p.Bindings.IsEmpty || !p.EmptyInitializers.IsEmpty)
                || IsBesideAnotherPass(options, setup, model, cancellationToken))
            {
                continue;
            }

            var place = options.Places.FirstOrDefault(p => p.IsCertain) ?? options.Places[0];
            if (model.Options.ProxyIn(place.Location.SourceTree) is ProxyLocation.Loopback or ProxyLocation.None)
            {
                continue;
            }

            var replaced = options.IsPassed ? Replaced(setup) : null;
            var isReplacing = options.IsPassed && setup.Objects.Any(o => o.IsInjected);
            yield return new Finding(
                Descriptors.NoKnownProxy,
                place.Location,
                // entries alone would change nothing where the framework does not look at them, and PSSL3005 has the fix where there are some
                replaced is not null || options.IsSenderUnchecked(model) ? ImmutableDictionary<string, string?>.Empty : TrustFixData.For(place.Context, model, place.Location, ImmutableArray<ClearingCall>.Empty),
                $"{place.Subject} add{place.Ending}",
                Effect(options, replaced, model))
            {
                IsSuggestion = isReplacing
                    || PipelineModel.Of(model, cancellationToken).MayBeSwitchedOn // and then the lists are empty
                    || options.IsSenderUnchecked(model) // who misleads itself alone by its scheme, and by its host in PSSL2007
                    || options.IsLeftToOthers
                    || !IsProxyElsewhere(model, place)
                    || !options.IsMissedIfIgnored(model, cancellationToken),
            };
        }
    }

    // Another call on the same way believes everybody: PSSL3004 says to apply them once, and an entry here would have this call take a second one.
    private static bool IsBesideAnotherPass(OptionsObject options, ForwardedHeadersSetup setup, CompilationModel model, CancellationToken cancellationToken) =>
        setup.Objects.Any(o => o != options && o.IsTrustUsed() && o.TrustsEverySender())
        && PipelineModel.Of(model, cancellationToken).AppliesTwice;

    // Loopback is right for a proxy on the same machine, and only a person knows; in a container there is none.
    private static bool IsProxyElsewhere(CompilationModel model, OptionsPlace place) =>
        model.Options.RunsInContainer || model.Options.ProxyIn(place.Location.SourceTree) is ProxyLocation.PrivateNetwork or ProxyLocation.Platform;

    // The place that declares the app's proxies in the services, which an object of its own leaves out.
    private static OptionsPlace? Replaced(ForwardedHeadersSetup setup) =>
        setup.Objects.Where(o => o.IsInjected).SelectMany(o => o.Places).FirstOrDefault(p => p.State.Proxies.MayBeFilled || p.State.Networks.MayBeFilled);

    private static string Effect(OptionsObject options, OptionsPlace? replaced, CompilationModel model)
    {
        var loopback = model.Options.RunsInContainer
            ? "so only loopback is believed, which in a container or pod is that one itself, and the headers of any other proxy are ignored"
            : "so only a proxy on this machine (loopback) is believed and the headers of any other are ignored";
        var advice = replaced is null
            ? "; add the proxy's address or network"
            : $"; the proxies are declared in the services ({replaced.Line}), which this object replaces: configure everything there and call UseForwardedHeaders() without it";
        return options.IsSenderUnchecked(model) ? "and before .NET 8 the framework asks for none where X-Forwarded-For is not processed: every sender is believed, until an update to 8.0.17 or later believes loopback alone; process XForwardedFor too and add the proxy's address or network"
            : model.Symbols.ChecksSenderSincePatch && !options.State.Flags.Values.MayHave(FlagValues.For) ? loopback + " (without XForwardedFor since 8.0.17 and 9.0.6)" + advice
            : loopback + advice;
    }
}
