using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using Microsoft.CodeAnalysis;

namespace ProxySsl.Analyzers.Pipeline.Rules;

/// <summary>PSSL3007: https is enforced, and nothing in the compilation applies forwarded headers. Where there is a proxy, redirects loop.</summary>
internal static class NeverAppliedRule
{
    internal static IEnumerable<Finding> Find(PipelineQuestions questions)
    {
        if (questions.Pipelines.AppliesForwardedHeaders || questions.Compilation.IsLibrary || questions.Services.HasServiceDefaults)
        {
            yield break;
        }

        var places = new HashSet<Location>();
        foreach (var tree in questions.Pipelines.Trees)
        {
            var enforcing = tree.Order.Steps.Where(PipelineModel.IsEnforcing).ToList();
            var first = enforcing.FirstOrDefault();
            if (first is null || first.IsAfterUnknown || questions.IsDirect(first.Step.Location) || !places.Add(first.Step.Location) || SchemeWrites.Exist(questions.Compilation, questions.CancellationToken))
            {
                continue;
            }

            var properties = IsBehindReaders(first, tree, questions) ? ImmutableDictionary<string, string?>.Empty : ImplicitTooEarlyRule.WithCalls(Properties(questions), tree, questions);
            yield return new Finding(Descriptors.NeverApplied, first.Step.Location, properties, Message(enforcing.Select(s => s.Step.Name).Distinct().ToList(), questions));
        }

        if (!questions.Pipelines.EnforcesHttps && questions.Services.RequireHttps is { } attribute
            && !questions.IsDirect(attribute) && !SchemeWrites.Exist(questions.Compilation, questions.CancellationToken))
        {
            yield return new Finding(Descriptors.NeverApplied, attribute, Message(["[RequireHttps]"], questions));
        }
    }

    // Put into the helper that enforces https, the call would still come too late for what runs before the helper.
    private static bool IsBehindReaders(PlacedStep enforcing, PipelineTree tree, PipelineQuestions questions) =>
        tree.Order.Steps.TakeWhile(s => s != enforcing).Any(s => s.SharedWith(enforcing) < enforcing.Calls.Length && EarlyStepRules.RuleFor(s.Step, questions) is not null);

    private static string Message(List<string> names, PipelineQuestions questions)
    {
        var options = questions.ConfiguringPlace is null ? "" : ", although ForwardedHeadersOptions are configured";
        var effect = names.Count > 1 ? "demand https" : names[0] == "UseHsts" ? "sends its header over https alone" : "demands https";
        return $"{string.Join(" and ", names)} {effect} and nothing applies forwarded headers{options}: behind a proxy that ends TLS every request looks like http; call UseForwardedHeaders first, or set proxyssl.proxy = none where there is no proxy";
    }

    private static ImmutableDictionary<string, string?> Properties(PipelineQuestions questions) => ImmutableDictionary<string, string?>.Empty
        .Add(FixProperties.Fix, PipelineFixProperties.Apply)
        .Add(PipelineFixProperties.HasOptions, questions.ConfiguringPlace is null ? "false" : "true");
}
