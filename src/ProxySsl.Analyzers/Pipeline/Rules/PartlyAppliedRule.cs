using System.Collections.Generic;
using System.Linq;
using Microsoft.CodeAnalysis;
using ProxySsl.Analyzers.Knowledge;

namespace ProxySsl.Analyzers.Pipeline.Rules;

/// <summary>
/// PSSL3008: forwarded headers are applied where only a part of the requests pass (in a branch, behind a step that answers) or not at all in
/// production, while the rest of the pipeline relies on them.
/// </summary>
internal static class PartlyAppliedRule
{
    internal static IEnumerable<Finding> Find(PipelineQuestions questions)
    {
        var places = new HashSet<Location>();
        foreach (var tree in questions.Pipelines.Trees)
        {
            foreach (var finding in AfterTerminal(tree, questions).Concat(InBranch(tree, questions)).Concat(OutsideProduction(tree, questions)))
            {
                if (!questions.IsDirect(finding.Location) && places.Add(finding.Location))
                {
                    yield return finding;
                }
            }
        }
    }

    private static IEnumerable<Finding> AfterTerminal(PipelineTree tree, PipelineQuestions questions)
    {
        foreach (var (forwarded, terminal) in tree.Order.AfterTerminal)
        {
            if (tree.Order.Repeated.Any(r => r.Second == forwarded))
            {
                continue;
            }

            var (name, location) = forwarded.SeenBeside(terminal);
            yield return new Finding(
                Descriptors.PartlyApplied,
                location,
                $"{terminal.Step.Name} answers requests before {name} runs, so what it serves sees the proxy's scheme and address; {Advice.Call(forwarded, forwarded.SharedWith(terminal), "before it")}")
            {
                IsSuggestion = questions.MayDoNothing(forwarded.Step),
            };
        }
    }

    private static IEnumerable<Finding> InBranch(PipelineTree tree, PipelineQuestions questions)
    {
        var forwarded = tree.Order.Steps.Where(s => s.Step.Kind == StepKind.Forwarded).ToArray();
        if (forwarded.Length == 0 || questions.Pipelines.AppliedByHost is not null || HasUnknown(tree)
            || forwarded.Any(f => f.Branches.IsEmpty || f.Branches.Any(b => b.Check != PeerCondition.None) || forwarded.Any(other => !f.CanMeet(other))))
        {
            yield break;
        }

        var outside = tree.Order.Uncovered.FirstOrDefault(s => Relies(s) && forwarded.All(f => !f.Covers(s) && f.CanMeet(s) && !IsUnderAllOf(s, f)));
        if (outside is not null)
        {
            var (name, location) = forwarded[0].SeenFrom(0);
            yield return new Finding(
                Descriptors.PartlyApplied,
                forwarded[0].Step.Location,
                $"UseForwardedHeaders is called in the branch of {forwarded[0].Branches[0].Name} alone, and {outside.Step.Name} outside of it sees the proxy's scheme and address; call it before the branch")
            {
                IsSuggestion = questions.MayDoNothing(forwarded[0].Step),
            };
        }
    }

    // UseWhen(c => c.Request.Path…, …) once for forwarded headers and once more for what relies on them
    private static bool IsUnderAllOf(PlacedStep step, PlacedStep forwarded) =>
        forwarded.Branches.All(b => !b.Guards.IsEmpty) && forwarded.Guards.All(step.Guards.Contains);

    private static IEnumerable<Finding> OutsideProduction(PipelineTree tree, PipelineQuestions questions)
    {
        if (tree.Order.OutsideProduction.Count == 0 || questions.Pipelines.AppliedByHost is not null || HasUnknown(tree)
            || questions.Pipelines.ForwardedSteps.Any() || tree.Order.Uncovered.FirstOrDefault(Relies) is not { } outside)
        {
            yield break;
        }

        var (forwarded, depth) = tree.Order.OutsideProduction[0];
        var (name, location) = forwarded.SeenFrom(depth);
        yield return new Finding(
            Descriptors.PartlyApplied,
            location,
            $"{name} does not run in production, and {outside.Step.Name} does and sees the proxy's scheme and address there; {Advice.Call(forwarded, depth, "outside of the condition")}")
        {
            IsSuggestion = questions.MayDoNothing(forwarded.Step),
        };
    }

    private static bool HasUnknown(PipelineTree tree) => tree.Order.Steps.Any(s => s.Step.Kind == StepKind.Unknown);

    private static bool Relies(PlacedStep step) => step.Step.Has(MiddlewareRole.Redirect) || step.Step.Has(MiddlewareRole.Reads);
}
