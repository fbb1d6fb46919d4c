using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using System.Threading;
using ProxySsl.Analyzers.Pipeline;

namespace ProxySsl.Analyzers.Options;

/// <summary>PSSL2011: headers are processed, but not the scheme, in an app that enforces HTTPS.</summary>
internal static class ProtoNotProcessedRule
{
    internal const string Fix = "AddProto";

    private static readonly ImmutableDictionary<string, string?> Fixable = ImmutableDictionary<string, string?>.Empty.Add(FixProperties.Fix, Fix);

    internal static IEnumerable<Finding> Find(CompilationModel model, ForwardedHeadersSetup setup, CancellationToken cancellationToken)
    {
        foreach (var options in setup.Objects)
        {
            // Two passes may share the work: the scheme of the load balancer, the address of the CDN.
            var flags = options.State.Flags;
            if (setup.Objects.Any(o => o != options && o.MayBeUsed() && o.State.Flags.Values.MayHave(FlagValues.Proto)))
            {
                continue;
            }

            if (!options.MayBeUsed() || flags.Values.IsNone || flags.Values.MayBeUnset || flags.Values.MayHave(FlagValues.Proto) || flags.Places.IsEmpty
                || PipelineModel.Of(model, cancellationToken).EnforcingSteps.FirstOrDefault() is not { } enforcing
                || SchemeWrites.Exist(model, cancellationToken)) // the app says itself what the scheme is
            {
                continue;
            }

            yield return new Finding(
                Descriptors.ProtoNotProcessed, flags.Places[flags.Places.Length - 1].Location, Fixable, enforcing.Step.Name);
        }
    }
}
