using System.Collections.Generic;
using System.Collections.Immutable;
using System.Threading;

namespace ProxySsl.Analyzers.Options;

/// <summary>PSSL2010: the configuration binder cannot make addresses or networks, so the lists in configuration are lost.</summary>
internal static class BindingDropsListsRule
{
    internal const string Fix = "ParseLists";

    internal static IEnumerable<Finding> Find(CompilationModel model, ForwardedHeadersSetup setup, CancellationToken cancellationToken)
    {
        foreach (var options in setup.Objects)
        {
            if (!options.MayBeUsed() || options.State.Proxies.MayBeFilled || options.State.Networks.MayBeFilled)
            {
                continue;
            }

            foreach (var place in options.Places)
            {
                foreach (var binding in place.Bindings)
                {
                    yield return new Finding(
                        Descriptors.BindingDropsLists,
                        binding.Location,
                        ImmutableDictionary<string, string?>.Empty.Add(FixProperties.Fix, Fix),
                        binding.Method);
                }
            }
        }
    }
}
