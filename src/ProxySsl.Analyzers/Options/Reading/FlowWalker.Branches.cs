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
            State = null;
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
        var ways = WaysOut;
        var (whenTrue, left) = Branch(before, conditional.WhenTrue, optIn == Truth.True, conditional.Condition, holds: true);
        var (whenFalse, right) = Branch(before, conditional.WhenFalse, optIn == Truth.False, conditional.Condition, holds: false);
        State = FlowState.Join(left, right);

        // Where one way may have left for good, what follows is as uncertain as the other way.
        if (ways == WaysOut)
        {
            Resume(before, ways);
        }

        return left is null ? whenFalse : right is null ? whenTrue : Meet(whenTrue, whenFalse);
    }

    private (FlowValue? Value, FlowState? State) Branch(FlowState before, IOperation? operation, bool isOptIn, IOperation? condition = null, bool holds = true)
    {
        State = before with { IsCertain = false, OptIns = before.OptIns + (isOptIn ? 1 : 0) };
        if (condition is not null)
        {
            Assume(condition, holds);
        }

        var value = Visit(operation);
        return (value, State);
    }

    // After ways that have met again it is as certain as before them, unless some way led out.
    private void Resume(FlowState before, int ways)
    {
        if (State is not null)
        {
            State = State with { IsCertain = before.IsCertain && ways == WaysOut, OptIns = before.OptIns };
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
        var ways = WaysOut;
        _breaks.Push([]);
        var hasDefault = cases.Cases.Any(s => s.Clauses.Any(c => c.CaseKind == CaseKind.Default));
        var end = hasDefault ? null : before;
        foreach (var section in cases.Cases)
        {
            var isOptIn = OptInCondition.IsCase(cases.Value, section, Model, CancellationToken);
            State = before with { IsCertain = false, OptIns = before.OptIns + (isOptIn ? 1 : 0) };
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

        State = end;
        Resume(before, ways);
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
            var (value, state) = Branch(before, arm.Value, OptInCondition.OfPattern(cases.Value, arm.Pattern, Model, CancellationToken) == Truth.True);
            if (state is not null)
            {
                result = isFirst ? value : Meet(result, value);
                isFirst = false;

                // not the arm's own state: where the values do not meet, their lists have just gone out of sight
                end = FlowState.Join(end, State);
            }
        }

        State = end;
        Resume(before, WaysOut);
        return result;
    }

    private FlowValue? VisitTry(ITryOperation block)
    {
        var before = State!;
        var ways = WaysOut;
        Visit(block.Body);
        var end = State;
        var failed = FlowState.Join(before, end)!;
        foreach (var handler in block.Catches)
        {
            State = failed with { IsCertain = false };
            Visit(handler.Filter);
            Visit(handler.Handler);
            end = FlowState.Join(end, State);
        }

        // A finally runs on the way out too.
        State = end ?? failed;
        Resume(before, ways);
        Visit(block.Finally);
        State = end is null ? null : State;
        return null;
    }

    protected FlowValue? VisitCoalesce(IOperation first, IOperation otherwise)
    {
        var left = Visit(first);
        if (State is not { } before)
        {
            return null;
        }

        var (right, end) = Branch(before, otherwise, isOptIn: false);
        State = FlowState.Join(before, end);
        Resume(before, WaysOut);
        return end is null ? left : Meet(left, right); // `?? throw …` is a guard
    }

    // The right side of `&&` and `||`, of which the left one may make sure that it is not reached.
    private FlowValue? VisitShortCircuit(IBinaryOperation both)
    {
        var truth = EnvironmentCondition.Evaluate(both.LeftOperand);
        Visit(both.LeftOperand);
        if (State is not { } before)
        {
            return null;
        }

        if (truth == Truth.Unknown)
        {
            State = FlowState.Join(before, Branch(before, both.RightOperand, isOptIn: false).State);
            Resume(before, WaysOut);
        }
        else if (truth == Truth.True == (both.OperatorKind == BinaryOperatorKind.ConditionalAnd))
        {
            Visit(both.RightOperand);
        }

        return null;
    }
}
