using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using System.Threading;

namespace ProxySsl.Analyzers.Options;

/// <summary>PSSL2004: <c>KnownProxies = { }</c> looks like clearing the list and does nothing.</summary>
internal static class EmptyInitializerRule
{
    internal static IEnumerable<Finding> Find(CompilationModel model, ForwardedHeadersSetup setup, CancellationToken cancellationToken) =>
        from options in setup.Objects
        from place in options.Places
        from empty in place.EmptyInitializers
        select new Finding(
            Descriptors.EmptyInitializer, empty.Location, TrustFixData.For(place.Context, model, empty.Location, ImmutableArray<ClearingCall>.Empty), empty.Property);
}
