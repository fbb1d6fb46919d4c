using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;
using ProxySsl.Analyzers.Knowledge;

namespace ProxySsl.Analyzers.Pipeline;

/// <summary>Decides whether the call that applies forwarded headers can move without changing anything but its own place.</summary>
internal static class MoveEligibility
{
    // What may come along with it, because it belongs at the front of a pipeline anyway.
    private static readonly HashSet<string> FrontSteps =
    [
        "UseExceptionHandler", "UseDeveloperExceptionPage", "UseHsts", "UseHttpsRedirection", "UseStatusCodePages",
        "UseStatusCodePagesWithReExecute", "UseCertificateForwarding", "UseMigrationsEndPoint",
    ];

    /// <summary>The properties of the finding: with the mark for the fix where there is one.</summary>
    /// <param name="all">Everything that is too early at the marked place, the first being the one that moves.</param>
    /// <param name="questions">What the pipelines are like.</param>
    internal static ImmutableDictionary<string, string?> Properties(IReadOnlyList<EarlyStep> all, PipelineQuestions questions)
    {
        var early = all[0];
        var none = ImmutableDictionary<string, string?>.Empty;
        var consumer = early.Consumer.SeenBeside(early.Forwarded);
        var forwarded = early.Forwarded.SeenBeside(early.Consumer);
        if (consumer.Location.SourceTree is not { } tree || tree != forwarded.Location.SourceTree || !all.All(CanMove))
        {
            return none;
        }

        var marked = tree.GetRoot(questions.CancellationToken).FindNode(consumer.Location.SourceSpan, getInnermostNodeForTie: true);
        return ForwardedMove.Plan(marked, forwarded.Name) is { } move && IsThere(move, forwarded.Location)
            && all.All(e => Takes(move, e.Forwarded.SeenBeside(e.Consumer).Location) && CrossesNothing(e, questions)) && KeepsMeaning(move, early, questions)
            ? none.Add(FixProperties.Fix, PipelineFixProperties.Move).Add(PipelineFixProperties.Moved, forwarded.Name)
            : none;
    }

    // A helper that adds other middleware too would take it along, and where the order to be wanted is a person's decision, nothing moves.
    private static bool CanMove(EarlyStep early)
    {
        var depth = early.Forwarded.SharedWith(early.Consumer);
        return early.Forwarded.OwnDepth(depth) == depth && early.Consumer.Step.Fact?.Advice is null;
    }

    // The first call of that name after the consumer has to be the one that the order is about.
    private static bool IsThere(ForwardedMove move, Location forwarded) =>
        move.Moved.SyntaxTree == forwarded.SourceTree && BuilderCalls.NameOf(move.Moved)?.Span.Contains(forwarded.SourceSpan) == true;

    // What applies them on the other ways has to come along: left behind, it would still come too late there.
    private static bool Takes(ForwardedMove move, Location forwarded) =>
        IsThere(move, forwarded) || move.Statements.Any(s => s.SyntaxTree == forwarded.SourceTree && s.Span.Contains(forwarded.SourceSpan));

    // What prepares the headers, lets the proxy alone through or asks for its address has to see the request before they are applied.
    private static bool CrossesNothing(EarlyStep early, PipelineQuestions questions)
    {
        var steps = questions.Pipelines.Trees.First(t => t.Order.Early.Contains(early)).Order.Steps;
        return steps.SkipWhile(s => s != early.Consumer).TakeWhile(s => s != early.Forwarded).All(s =>
            !s.Step.MustStayBefore && !s.Branches.Skip(early.Forwarded.Branches.Length).Any(b => b.Check != PeerCondition.None)
            && !(s.Step.Has(MiddlewareRole.ReadsPrefix) && questions.ProcessesPrefix && s != early.Consumer));
    }

    private static bool KeepsMeaning(ForwardedMove move, EarlyStep early, PipelineQuestions questions)
    {
        if (move.Chain)
        {
            return BuilderCalls.LinksBetween(move.Moved, move.Consumer).All(l => IsBuilder(BuilderCalls.OperandOf(l), questions)) && early.Consumer.Step.TakesAnyBuilder && early.Consumer.SeenBeside(early.Forwarded).Location == early.Consumer.Step.Location;
        }

        if (move.LeavesChain)
        {
            return IsBuilder(BuilderCalls.RootOf(move.Moved), questions) && MovesAlone(BuilderCalls.NameOf(move.Moved)!.Span, early, questions);
        }

        return move.Statements.All(s => MovesAlone(s.Span, early, questions));
    }

    // What the rewriting takes for the builder by syntax has to be one.
    private static bool IsBuilder(ExpressionSyntax? operand, PipelineQuestions questions) =>
        operand is not null && new Builders(questions.Compilation.Symbols).IsBuilder(
            questions.Compilation.SemanticModelOf(operand.SyntaxTree).GetTypeInfo(operand, questions.CancellationToken).Type);

    private static bool MovesAlone(TextSpan span, EarlyStep early, PipelineQuestions questions)
    {
        var tree = early.Forwarded.SeenBeside(early.Consumer).Location.SourceTree;
        foreach (var step in questions.Pipelines.Trees.SelectMany(t => t.Order.Steps))
        {
            if (IsIn(step, tree, span) && step.Step.Kind != StepKind.Forwarded && !FrontSteps.Contains(step.Step.Name) && !step.Step.Has(MiddlewareRole.Harmless))
            {
                return false;
            }
        }

        return true;
    }

    private static bool IsIn(PlacedStep step, SyntaxTree? tree, TextSpan span)
    {
        for (var depth = 0; depth <= step.Calls.Length; depth++)
        {
            var location = step.SeenFrom(depth).Location;
            if (location.SourceTree == tree && span.Contains(location.SourceSpan))
            {
                return true;
            }
        }

        return false;
    }
}
