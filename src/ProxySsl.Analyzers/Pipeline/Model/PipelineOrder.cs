using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using Microsoft.CodeAnalysis;

namespace ProxySsl.Analyzers.Pipeline;

/// <summary>
/// What is before what on the ways through one pipeline. All ways are followed together: what has run without forwarded headers, and what has
/// applied them, so the cost grows with the code and not with the number of ways.
/// </summary>
internal sealed class PipelineOrder
{
    private const int MostSteps = 20_000;

    // One pair is a finding; a few more tell how else it comes about. All of them would grow with the square of the pipeline.
    private const int MostPairs = 4;

    private readonly List<PlacedStep> _steps = [];
    private readonly List<EarlyStep> _early = [];
    private readonly List<RepeatedStep> _repeated = [];
    private readonly List<(PlacedStep Forwarded, PlacedStep Terminal)> _afterTerminal = [];
    private readonly List<PlacedStep> _uncovered = [];
    private readonly List<(PlacedStep Step, int Depth)> _outsideProduction = [];
    private readonly HashSet<PlacedStep> _seenUncovered = [];
    private readonly HashSet<PlacedStep> _guarding = [];
    private readonly Dictionary<PlacedStep, int> _pairs = [];
    private int _visited;

    private PipelineOrder()
    {
    }

    /// <summary>Every step that occurs in production, in the order of evaluation.</summary>
    internal IReadOnlyList<PlacedStep> Steps => _steps;

    /// <summary>Middleware that runs before forwarded headers are applied, on some way.</summary>
    internal IReadOnlyList<EarlyStep> Early => _early;

    internal IReadOnlyList<RepeatedStep> Repeated => _repeated;

    /// <summary>Whether a later call adds nothing because of this step, and would add something if the step were gone.</summary>
    internal bool IsGuarding(PlacedStep step) => _guarding.Contains(step);

    /// <summary>Forwarded headers that are applied behind a step that answers the requests.</summary>
    internal IReadOnlyList<(PlacedStep Forwarded, PlacedStep Terminal)> AfterTerminal => _afterTerminal;

    /// <summary>Middleware on a way on which forwarded headers are not applied at all.</summary>
    internal IReadOnlyList<PlacedStep> Uncovered => _uncovered;

    /// <summary>Steps that apply forwarded headers only where the app does not run in production, and how many calls lead to the condition that says so.</summary>
    internal IReadOnlyList<(PlacedStep Step, int Depth)> OutsideProduction => _outsideProduction;

    /// <summary>Follows the ways through a pipeline.</summary>
    /// <param name="body">The pipeline.</param>
    /// <param name="appliedBefore">A step that has applied forwarded headers before the pipeline begins, if there is one.</param>
    /// <param name="sharesGuard">Whether that step and the pipeline have one builder, so that <c>UseForwardedHeaders()</c> knows of it.</param>
    internal static PipelineOrder Read(ImmutableArray<PipelineNode> body, PipelineStep? appliedBefore, bool sharesGuard)
    {
        var order = new PipelineOrder();
        var state = OrderState.Start;
        if (appliedBefore is not null)
        {
            var applied = new PlacedStep(
                appliedBefore, ImmutableArray<PipelineCall>.Empty, ImmutableArray<PipelineBranch>.Empty, ImmutableArray<Guard>.Empty, isAfterUnknown: false)
            {
                IsOfOuterBuilder = !sharesGuard,
            };
            state = new OrderState(null, ImmutableArray.Create(applied), null, sharesGuard ? applied : null, false, false);
        }

        var frame = OrderFrame.Root();
        var end = order.Follow(body, state, frame);
        order.Finish(OrderState.Join(end, OrderState.Join(frame.Exits.Returned, frame.Breaks.Broken)));
        if (order._visited > MostSteps)
        {
            return new PipelineOrder();
        }

        return order;
    }

    private void Finish(OrderState? end)
    {
        if (end?.Pending is { } pending)
        {
            foreach (var step in pending)
            {
                AddUncovered(step);
            }
        }
    }

    private void AddUncovered(PlacedStep step)
    {
        if (_seenUncovered.Add(step))
        {
            _uncovered.Add(step);
        }
    }

    private OrderState? Follow(ImmutableArray<PipelineNode> body, OrderState? state, OrderFrame frame)
    {
        for (var i = 0; i < body.Length; i++)
        {
            if (state is null || ++_visited > MostSteps)
            {
                break;
            }

            switch (body[i])
            {
                case PipelineStep step:
                    state = Pass(step, state, frame);
                    break;
                case PipelineCall call:
                    var inner = frame.In(call);
                    var after = Follow(call.Body, state, inner);
                    state = OrderState.Join(after, inner.Exits.Returned);
                    break;
                case PipelineChoice choice:
                    state = Choose(choice, state, ref frame);
                    if (state is null && choice.Ways.Any(w => !w.Occurs && !w.Body.Any(n => n is PipelineExit)))
                    {
                        // production has left, and only other environments go on
                        CollectOutsideProduction(body.RemoveRange(0, i + 1), frame, frame.Calls.Length);
                    }

                    break;
                case PipelineLoop loop:
                    var looped = frame.Breakable();
                    var afterLoop = OrderState.Join(Follow(loop.Body, state, looped), looped.Breaks.Broken);
                    state = loop.MayBeSkipped ? OrderState.Join(state, afterLoop) : afterLoop;
                    break;
                case PipelineBranch branch:
                    state = Enter(branch, state, frame);
                    break;
                case PipelineExit exit:
                    Leave(exit, state, frame);
                    state = null;
                    break;
            }
        }

        return state;
    }

    private static void Leave(PipelineExit exit, OrderState state, OrderFrame frame)
    {
        if (exit.Kind == ExitKind.Return)
        {
            frame.Exits.Returned = OrderState.Join(frame.Exits.Returned, state);
        }
        else if (exit.Kind == ExitKind.Break)
        {
            frame.Breaks.Broken = OrderState.Join(frame.Breaks.Broken, state);
        }
    }

    private OrderState? Choose(PipelineChoice choice, OrderState state, ref OrderFrame frame)
    {
        OrderState? joined = null;
        var occurring = 0;
        var survivors = 0;
        var survivor = ImmutableArray<Guard>.Empty;
        foreach (var way in choice.Ways)
        {
            if (!way.Occurs)
            {
                CollectOutsideProduction(way.Body, frame, frame.Calls.Length);
                continue;
            }

            occurring++;
            var end = Follow(way.Body, state, frame.Under(way.Guards));
            if (end is not null)
            {
                survivors++;
                survivor = way.Guards;
                joined = OrderState.Join(joined, end);
            }
        }

        if (survivors == 1 && occurring > 1 && !survivor.IsEmpty)
        {
            // the other ways have left, so what holds on this one holds from here on; a way that does not occur in production leaves no condition
            frame = frame.Under(survivor);
        }

        return joined;
    }

    private OrderState? Enter(PipelineBranch branch, OrderState state, OrderFrame frame)
    {
        var inner = frame.In(branch);
        var end = OrderState.Join(Follow(branch.Body, state, inner), inner.Exits.Returned);
        if (branch.Check == PeerCondition.Certain)
        {
            // what runs there is chosen for where its requests come from, and need not wait for forwarded headers
            end = end?.Pending is null ? end : end with { Pending = state.Pending };
        }

        if (branch.Rejoins)
        {
            return OrderState.Join(state, end?.LeaveBranch(state));
        }

        return end?.Pending is { } inside && state.Pending is { } before ? state with { Pending = before.AddRange(Left(branch, inside, before, state.HasUnknown)) } : state;
    }

    // What ran in a branch that does not come back ran without the forwarded headers that are applied behind it.
    private IEnumerable<PlacedStep> Left(PipelineBranch branch, ImmutableArray<PlacedStep> inside, ImmutableArray<PlacedStep> before, bool hadUnknown)
    {
        var known = new HashSet<PlacedStep>(before);
        foreach (var step in inside)
        {
            if (known.Contains(step))
            {
                continue;
            }

            if (branch.Check == PeerCondition.None && (hadUnknown || !step.IsAfterUnknown))
            {
                yield return step;
            }
            else
            {
                AddUncovered(step);
            }
        }
    }

    private OrderState? Pass(PipelineStep step, OrderState state, OrderFrame frame)
    {
        var placed = new PlacedStep(step, frame.Calls, frame.Branches, frame.Guards, state.HasUnknown) { IsAfterOwnScheme = state.HasOwnScheme };
        _steps.Add(placed);
        switch (step.Kind)
        {
            case StepKind.Forwarded:
                return Apply(placed, state);
            case StepKind.Unknown:
                return state.WithUnknown(step.WritesScheme);
            case StepKind.Rest:
                return null;
            case StepKind.Middleware when placed.IsWithoutProxy:
                return state;
            default:
                return state.With(placed, isTerminal: step.Has(Knowledge.MiddlewareRole.Terminal));
        }
    }

    private OrderState Apply(PlacedStep placed, OrderState state)
    {
        var isGuarded = state.Guarded is { } guarded && Guards(guarded, placed);
        if (state.Terminal is { } terminal && !isGuarded && terminal.CanMeet(placed))
        {
            _afterTerminal.Add((placed, terminal));
        }

        if (state.Pending is { } pending)
        {
            foreach (var consumer in pending)
            {
                if (consumer.CanMeet(placed) && placed.Covers(consumer))
                {
                    if (IsOneOfFew(consumer))
                    {
                        _early.Add(new EarlyStep(consumer, placed));
                    }
                }
                else
                {
                    AddUncovered(consumer);
                }
            }
        }

        if (state.Applied is { } applied)
        {
            foreach (var first in applied)
            {
                if (Guards(first, placed))
                {
                    _guarding.Add(first);
                }
                else if (!isGuarded && first.CanMeet(placed) && IsOneOfFew(placed))
                {
                    _repeated.Add(new RepeatedStep(first, placed, OnEveryWay: state.Pending is null));
                }
            }
        }

        return state.WithApplied(placed, isGuarded);
    }

    // Where the first one has run, the framework adds nothing for the second one; the host's switch calls it on the host's builder.
    private static bool Guards(PlacedStep first, PlacedStep second) =>
        first.Step.Form is ForwardedForm.Services or ForwardedForm.Switch && second.Step.Form == ForwardedForm.Services && !first.IsOfOuterBuilder && first.Covers(second);

    private bool IsOneOfFew(PlacedStep step)
    {
        _pairs.TryGetValue(step, out var count);
        _pairs[step] = count + 1;
        return count < MostPairs;
    }

    private void CollectOutsideProduction(ImmutableArray<PipelineNode> body, OrderFrame frame, int depth)
    {
        foreach (var node in body)
        {
            if (++_visited > MostSteps)
            {
                return;
            }

            switch (node)
            {
                case PipelineStep { Kind: StepKind.Forwarded } step:
                    _outsideProduction.Add((new PlacedStep(step, frame.Calls, frame.Branches, frame.Guards, isAfterUnknown: false), depth));
                    break;
                case PipelineCall call:
                    CollectOutsideProduction(call.Body, frame.In(call), depth);
                    break;
                case PipelineChoice choice:
                    foreach (var way in choice.Ways)
                    {
                        CollectOutsideProduction(way.Body, frame.Under(way.Guards), depth);
                    }

                    break;
                case PipelineLoop loop:
                    CollectOutsideProduction(loop.Body, frame, depth);
                    break;
                case PipelineBranch branch:
                    CollectOutsideProduction(branch.Body, frame.In(branch), depth);
                    break;
            }
        }
    }
}
