using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using System.Threading;

namespace ProxySsl.Analyzers.Options;

/// <summary>PSSL2004: <c>KnownProxies = { }</c> looks like clearing the list and does nothing. One report for all empty lists of a <c>new</c>.</summary>
internal static class EmptyInitializerRule
{
    internal static IEnumerable<Finding> Find(CompilationModel model, ForwardedHeadersSetup setup, CancellationToken cancellationToken)
    {
        foreach (var options in setup.Objects)
        {
            foreach (var place in options.Places)
            {
                // an object that others change has initializers in several statements
                var all = place.EmptyInitializers;
                var reports = place.Kind == OptionsPlaceKind.Created ? all.Take(1).Select(_ => all) : all.Select(e => ImmutableArray.Create(e));
                foreach (var empty in reports)
                {
                    var isOne = empty.Length == 1;
                    yield return new Finding(
                        Descriptors.EmptyInitializer,
                        empty[0].Location,
                        TrustFixData.For(place.Context, model, empty[0].Location, ImmutableArray<ClearingCall>.Empty),
                        isOne ? $"initializer of {empty[0].Property} adds" : $"initializers of {Joined(empty)} add",
                        isOne ? "removes" : "remove",
                        options.BelievesLoopbackAlone(model, cancellationToken)
                            ? "only a proxy on this machine (loopback) is believed; add the proxy's address or network"
                            : isOne ? "it has no effect; remove it" : "they have no effect; remove them");
                }
            }
        }
    }

    private static string Joined(ImmutableArray<EmptyListInitializer> lists) =>
        string.Join(", ", lists.Take(lists.Length - 1).Select(l => l.Property)) + " and " + lists[lists.Length - 1].Property;
}
