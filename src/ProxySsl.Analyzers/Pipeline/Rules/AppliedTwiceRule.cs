using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using Microsoft.CodeAnalysis;

namespace ProxySsl.Analyzers.Pipeline.Rules;

/// <summary>PSSL3004: forwarded headers are applied on a way where they have been applied already. Each pass takes one more entry of the list.</summary>
internal static class AppliedTwiceRule
{
    internal static IEnumerable<Finding> Find(PipelineQuestions questions)
    {
        var places = new HashSet<Location>();
        var open = OpenSteps(questions.Pipelines);
        foreach (var (order, repeated) in questions.Pipelines.Trees.SelectMany(t => t.Order.Repeated, (t, r) => (t.Order, r)))
        {
            var second = repeated.Second.SeenBeside(repeated.First);
            var first = repeated.First.SeenBeside(repeated.Second);
            if (questions.IsDirect(second.Location) || AreOfDifferentHeaders(repeated, questions) || !places.Add(second.Location))
            {
                continue;
            }

            var isSwitch = repeated.First.Step.Form == ForwardedForm.Switch;
            var before = isSwitch ? $"the host's switch {first.Name}" : $"'{first.Name}' in {Place(first.Location, second.Location)}";
            var subject = second.Location == repeated.Second.Step.Location ? $"'{second.Name}' applies" : $"'{second.Name}' calls {repeated.Second.Step.Name} and applies";
            var message = $"{subject} forwarded headers that {before} has applied already, so a second entry of what both process is taken wherever its sender is trusted too, and where every sender is trusted the client wrote it; apply them once";
            var properties = repeated.OnEveryWay && !IsConfiguredAfterwards(repeated, questions) && second.Location == repeated.Second.Step.Location && !open.Contains(repeated.Second.Step) && !order.IsGuarding(repeated.Second)
                ? ImmutableDictionary<string, string?>.Empty.Add(FixProperties.Fix, PipelineFixProperties.Remove)
                : ImmutableDictionary<string, string?>.Empty;
            yield return new Finding(Descriptors.AppliedTwice, second.Location, properties, message);
        }
    }

    // One call for the address, another one for the scheme: nothing is taken twice.
    private static bool AreOfDifferentHeaders(RepeatedStep repeated, PipelineQuestions questions) =>
        questions.FlagsOf(repeated.First.Step)?.Single is { } first && questions.FlagsOf(repeated.Second.Step)?.Single is { } second && (first & second) == 0;

    // UseForwardedHeaders(new …) and then UseForwardedHeaders(), which takes what the services configure: the first is too much, and PSSL3005 mends it.
    private static bool IsConfiguredAfterwards(RepeatedStep repeated, PipelineQuestions questions) =>
        repeated.First.Step.OptionsSource == OptionsSource.Created && repeated.Second.Step.Form == ForwardedForm.Services && questions.ConfiguringPlace is not null;

    private static string Place(Location location, Location beside)
    {
        var span = location.GetLineSpan();
        var line = $"line {span.StartLinePosition.Line + 1}";
        return location.SourceTree == beside.SourceTree ? line : $"{System.IO.Path.GetFileName(span.Path)}, {line},";
    }

    // The same call can stand on a way on which nothing has been applied, where a helper is called from several pipelines.
    private static HashSet<PipelineStep> OpenSteps(PipelineModel pipelines)
    {
        var closed = new HashSet<PlacedStep>(pipelines.Trees.SelectMany(t => t.Order.Repeated).Where(r => r.OnEveryWay).Select(r => r.Second));
        return new HashSet<PipelineStep>(pipelines.Trees.SelectMany(t => t.Order.Steps)
            .Where(s => s.Step.Kind == StepKind.Forwarded && !closed.Contains(s)).Select(s => s.Step));
    }
}
