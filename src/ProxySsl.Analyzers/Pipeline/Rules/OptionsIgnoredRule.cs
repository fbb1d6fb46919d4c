using System.Collections.Generic;
using System.Collections.Immutable;
using ProxySsl.Analyzers.Options;

namespace ProxySsl.Analyzers.Pipeline.Rules;

/// <summary>PSSL3005: options are configured in the services, and another object is passed, which replaces all of them.</summary>
internal static class OptionsIgnoredRule
{
    internal static IEnumerable<Finding> Find(PipelineQuestions questions)
    {
        if (questions.ConfiguringPlace is not { } place)
        {
            yield break;
        }

        var effect = questions.Pipelines.TakesOwnOptionsOnly ? "which have no effect" : "which apply to other calls alone";
        foreach (var step in questions.Pipelines.ForwardedSteps)
        {
            if (step is { OptionsSource: OptionsSource.Created, OptionsArgument: { } argument })
            {
                yield return new Finding(
                    Descriptors.OptionsIgnored,
                    argument,
                    ImmutableDictionary<string, string?>.Empty.Add(FixProperties.Fix, PipelineFixProperties.UseConfigured),
                    $"The options passed here replace those that are configured in the services ({place.Line}), {effect}; call UseForwardedHeaders() without an argument, or configure in one place");
            }
        }
    }
}
