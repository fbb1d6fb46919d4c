using System.Collections.Immutable;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;
using ProxySsl.Analyzers.Flow;

namespace ProxySsl.Analyzers.Options;

internal abstract partial class FlowWalker
{
    private FlowValue? VisitForEach(IForEachLoopOperation loop)
    {
        var values = ElementsOf(loop.Collection);
        var source = Visit(loop.Collection);
        if (State is not { } before)
        {
            return null;
        }

        var runs = values.Length > 0 || source is ListValue || IsNeverEmpty(loop.Collection);
        var variables = before.Variables;
        foreach (var local in loop.Locals)
        {
            if (values.Length > 0)
            {
                variables = variables.SetItem(local, new AnyOfValue(values));
            }
            else if (source is ListValue list)
            {
                variables = variables.SetItem(local, list);
            }
        }

        State = before with { Variables = variables, IsCertain = before.IsCertain && runs };
        RunLoop(before, runs, () => Visit(loop.Body));
        return null;
    }

    private FlowValue? VisitLoop(
        IOperation? condition, ImmutableArray<IOperation> setup, IOperation body, ImmutableArray<IOperation> bottom, bool runsOnce)
    {
        foreach (var operation in setup)
        {
            Visit(operation);
        }

        if (!runsOnce)
        {
            Visit(condition);
        }

        if (State is not { } before)
        {
            return null;
        }

        var runs = runsOnce || condition is null or { ConstantValue: { HasValue: true, Value: true } };

        // `while (list.Count > 0) list.RemoveAt(0);` and its like run as often as there are entries
        runs |= condition is not null && setup.Concat([condition]).Any(MentionsList);

        // for (var i = 0; i < proxies.Length; i++)
        runs |= condition?.Unwrapped() is IBinaryOperation { OperatorKind: BinaryOperatorKind.LessThan, RightOperand: var bound }
            && bound.Unwrapped() is IPropertyReferenceOperation { Property.Name: "Length" or "Count", Instance: { } counted }
            && IsNeverEmpty(counted);
        State = before with { IsCertain = before.IsCertain && runs };
        RunLoop(before, runs, () =>
        {
            Visit(body);
            if (runsOnce)
            {
                Visit(condition);
            }

            foreach (var operation in bottom)
            {
                Visit(operation);
            }
        });
        return null;
    }

    /// <summary>Walks the body of a loop once, from the current state on.</summary>
    /// <param name="before">The state where it never runs.</param>
    /// <param name="runs">Whether it runs at least once.</param>
    /// <param name="body">Walks the body.</param>
    protected void RunLoop(FlowState before, bool runs, System.Action body)
    {
        var ways = WaysOut;
        _breaks.Push([]);
        _continues.Push([]);
        body();
        var end = State;
        foreach (var state in _breaks.Pop())
        {
            end = FlowState.Join(end, state);
        }

        foreach (var state in _continues.Pop())
        {
            end = FlowState.Join(end, state);
        }

        State = runs ? end : FlowState.Join(before, end);
        Resume(before, ways);
    }

    /// <summary>Whether anything in an operation is one of the known lists.</summary>
    protected static bool MentionsList(IOperation operation) =>
        operation.DescendantsAndSelf().Any(o => o is IPropertyReferenceOperation { Property: var property } && KnownListProperty.Of(property) is not null);
}
