using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
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
        var services = questions.Options.Objects.FirstOrDefault(o => o.IsInjected);

        // where a condition decides whether they are configured, the same may decide which call is made
        var isConfigured = questions.Options.Objects.Where(o => o.IsInjected).SelectMany(o => o.Places).Any(p => p.IsCertain);
        foreach (var step in questions.Pipelines.ForwardedSteps)
        {
            if (step is { OptionsSource: OptionsSource.Created, OptionsArgument: { } argument })
            {
                var passed = questions.ObjectOf(step);

                // where the services set no flags, what is passed here is all that processes any header
                var isAllInHere = passed?.State.Flags.Values is { IsNone: false } && services?.State.Flags.Values is not { IsNone: false };
                var isSafer = services?.TrustsEverySender() == true && passed?.TrustsEverySender() != true;
                var advice = isSafer ? "configure in one place, and not as in the services, which believe every sender"
                    : isAllInHere ? "set ForwardedHeaders in the services too and call UseForwardedHeaders() without an argument"
                    : "call UseForwardedHeaders() without an argument, or configure in one place";
                yield return new Finding(
                    Descriptors.OptionsIgnored,
                    argument,
                    isAllInHere || isSafer
                        ? ImmutableDictionary<string, string?>.Empty
                        : ImmutableDictionary<string, string?>.Empty.Add(FixProperties.Fix, PipelineFixProperties.UseConfigured),
                    $"The options passed here replace those that are configured in the services ({place.Line}), {effect}; {advice}")
                {
                    IsSuggestion = !isConfigured && questions.Pipelines.IsConditional(step),
                };
            }
        }
    }
}
