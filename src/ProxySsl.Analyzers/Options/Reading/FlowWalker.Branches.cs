using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;
using ProxySsl.Analyzers.Flow;
using System.Linq;

namespace ProxySsl.Analyzers.Options;

internal abstract partial class FlowWalker
{
    private FlowValue? VisitBranch(IBranchOperation branch)
    {
        var targets = branch.BranchKind switch
        {
            BranchKind.Break => _breaks,
            BranchKind.Continue => _continues,
            _ => null,
        };
        if (targets is { Count: > 0 })
        {
            targets.Peek().Add(State!);
            End(Exit.Jump);
        }
        else
        {
            // goto: where it leads is not followed
            LoseAll();
        }

        return null;
    }

    private FlowValue? VisitConditional(IConditionalOperation conditional)
    {
        var truth = EnvironmentCondition.Evaluate(conditional.Condition);
        Visit(conditional.Condition);
        if (truth != Truth.Unknown || State is not { } before)
        {
            return Visit(truth == Truth.True ? conditional.WhenTrue : conditional.WhenFalse);
        }

        Tested.Note(conditional.Condition);
        var optIn = OptInCondition.Read(conditional.Condition, Model, CancellationToken);
        var (whenTrue, left, leftExit) = Branch(before, conditional.WhenTrue, optIn == Truth.True, conditional.Condition, holds: true);
        var (whenFalse, right, rightExit) = Branch(before, conditional.WhenFalse, optIn == Truth.False, conditional.Condition, holds: false);
        Meet(before, left, leftExit, right, rightExit);
        return left is null ? whenFalse : right is null ? whenTrue : FlowState.Meet(whenTrue, whenFalse);
    }

    private (FlowValue? Value, FlowState? State, Exit Exit) Branch(FlowState before, IOperation? operation, bool isOptIn, IOperation? condition = null, bool holds = true)
    {
        State = before with { IsCertain = false, OptIns = before.OptIns + (isOptIn ? 1 : 0) };
        _exit = Exit.None;
        if (condition is not null)
        {
            Assume(condition, holds);
        }

        var value = Visit(operation);
        return (value, State, _exit);
    }

    // Where one way has left for good, what follows is as uncertain as the other way; a throw is a guard, which the app does not survive.
    private void Meet(FlowState before, FlowState? left, Exit leftExit, FlowState? right, Exit rightExit)
    {
        State = FlowState.Join(left, right);
        if (State is null)
        {
            return;
        }

        var isGuard = (left is null && leftExit == Exit.Throw) || (right is null && rightExit == Exit.Throw);
        if ((left is not null && right is not null) || isGuard)
        {
            State = State with { IsCertain = before.IsCertain, OptIns = before.OptIns };
        }
    }

    private FlowValue? VisitSwitch(ISwitchOperation cases)
    {
        Visit(cases.Value);
        if (State is not { } before)
        {
            return null;
        }

        Tested.Note(cases.Value);
        _breaks.Push([]);
        FlowState? end = null;
        var hasDefault = false;
        foreach (var section in cases.Cases)
        {
            hasDefault |= section.Clauses.Any(c => c.CaseKind == CaseKind.Default);
            State = before with { IsCertain = false };
            foreach (var statement in section.Body)
            {
                Visit(statement);
            }

            end = FlowState.Join(end, State);
        }

        foreach (var state in _breaks.Pop())
        {
            end = FlowState.Join(end, state);
        }

        end = hasDefault ? end : FlowState.Join(before, end);
        State = end is null ? null : end with { IsCertain = before.IsCertain, OptIns = before.OptIns };
        return null;
    }

    private FlowValue? VisitSwitch(ISwitchExpressionOperation cases)
    {
        Visit(cases.Value);
        if (State is not { } before)
        {
            return null;
        }

        FlowState? end = null;
        FlowValue? result = null;
        var isFirst = true;
        foreach (var arm in cases.Arms)
        {
            var (value, state, _) = Branch(before, arm.Value, isOptIn: false);
            if (state is not null)
            {
                result = isFirst ? value : FlowState.Meet(result, value);
                isFirst = false;
                end = FlowState.Join(end, state);
            }
        }

        State = end is null ? null : end with { IsCertain = before.IsCertain, OptIns = before.OptIns };
        return result;
    }

    private FlowValue? VisitTry(ITryOperation block)
    {
        var before = State!;
        Visit(block.Body);
        var end = State;
        var exit = _exit;
        var failed = FlowState.Join(before, end)!;
        foreach (var handler in block.Catches)
        {
            State = failed with { IsCertain = false };
            Visit(handler.Handler);
            end = FlowState.Join(end, State);
        }

        State = end is null ? null : end with { IsCertain = before.IsCertain, OptIns = before.OptIns };
        if (State is null)
        {
            // A finally runs on the way out too.
            State = failed;
            Visit(block.Finally);
            End(exit);
        }
        else
        {
            Visit(block.Finally);
        }

        return null;
    }

    protected FlowValue? VisitCoalesce(ICoalesceOperation coalesce)
    {
        var left = Visit(coalesce.Value);
        if (State is not { } before)
        {
            return null;
        }

        var right = Visit(coalesce.WhenNull);
        if (State is null)
        {
            State = before; // `?? throw …` is a guard
            return left;
        }

        State = FlowState.Join(before, State)! with { IsCertain = before.IsCertain, OptIns = before.OptIns };
        return FlowState.Meet(left, right);
    }
}
