using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;
using ProxySsl.Analyzers.Flow;

namespace ProxySsl.Analyzers.Options;

internal sealed partial class OptionsWalker
{
    /// <summary>Walks an operation, statement or expression, and comes back with its value where it is one that is followed.</summary>
    private FlowValue? Visit(IOperation? operation)
    {
        if (operation is null || _state is null)
        {
            return null;
        }

        if (_depth > DeepestTree)
        {
            LoseAll();
            return null;
        }

        _cancellationToken.ThrowIfCancellationRequested();
        _depth++;
        var value = VisitCore(operation);
        _depth--;
        return value;
    }

    private FlowValue? VisitCore(IOperation operation)
    {
        switch (operation)
        {
            case ILocalFunctionOperation or INameOfOperation or ITypeOfOperation or IEmptyOperation:
                return null;
            case IConditionalOperation conditional:
                return VisitConditional(conditional);
            case IForEachLoopOperation loop:
                return VisitForEach(loop);
            case IWhileLoopOperation loop:
                return VisitLoop(loop.Condition, ImmutableArray<IOperation>.Empty, loop.Body, ImmutableArray<IOperation>.Empty, runsOnce: !loop.ConditionIsTop);
            case IForLoopOperation loop:
                return VisitLoop(loop.Condition, loop.Before, loop.Body, loop.AtLoopBottom, runsOnce: false);
            case ISwitchOperation cases:
                return VisitSwitch(cases);
            case ISwitchExpressionOperation cases:
                return VisitSwitch(cases);
            case ITryOperation protectedBlock:
                return VisitTry(protectedBlock);
            case IReturnOperation { Kind: OperationKind.Return } returned:
                var value = Visit(returned.ReturnedValue);
                if (_state is not null)
                {
                    _frame.Return(_state, value);
                    End(Exit.Return);
                }

                return null;
            case IThrowOperation thrown:
                Visit(thrown.Exception);
                End(Exit.Throw);
                return null;
            case IBranchOperation branch:
                return VisitBranch(branch);
            default:
                return VisitExpression(operation);
        }
    }

    private FlowValue? VisitChildren(IOperation operation)
    {
        foreach (var child in operation.ChildOperations)
        {
            Visit(child);
        }

        return null;
    }

    private void End(Exit exit)
    {
        _state = null;
        _exit = exit;
    }

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
            targets.Peek().Add(_state!);
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
        if (truth != Truth.Unknown || _state is not { } before)
        {
            return Visit(truth == Truth.True ? conditional.WhenTrue : conditional.WhenFalse);
        }

        NoteTested(conditional.Condition);
        var optIn = OptInCondition.Read(conditional.Condition);
        var (whenTrue, left, leftExit) = Branch(before, conditional.WhenTrue, optIn == Truth.True);
        var (whenFalse, right, rightExit) = Branch(before, conditional.WhenFalse, optIn == Truth.False);
        Meet(before, left, leftExit, right, rightExit);
        return left is null ? whenFalse : right is null ? whenTrue : FlowState.Meet(whenTrue, whenFalse);
    }

    private (FlowValue? Value, FlowState? State, Exit Exit) Branch(FlowState before, IOperation? operation, bool isOptIn)
    {
        _state = before with { IsCertain = false, OptIns = before.OptIns + (isOptIn ? 1 : 0) };
        _exit = Exit.None;
        var value = Visit(operation);
        return (value, _state, _exit);
    }

    // Where one way has left for good, what follows is as uncertain as the other way; a throw is a guard, which the app does not survive.
    private void Meet(FlowState before, FlowState? left, Exit leftExit, FlowState? right, Exit rightExit)
    {
        _state = FlowState.Join(left, right);
        if (_state is null)
        {
            return;
        }

        var isGuard = (left is null && leftExit == Exit.Throw) || (right is null && rightExit == Exit.Throw);
        if ((left is not null && right is not null) || isGuard)
        {
            _state = _state with { IsCertain = before.IsCertain, OptIns = before.OptIns };
        }
    }

    private FlowValue? VisitForEach(IForEachLoopOperation loop)
    {
        var values = LiteralElements(loop.Collection);
        var source = Visit(loop.Collection);
        if (_state is not { } before)
        {
            return null;
        }

        // A collection that was asked for its size is taken to have been found not empty.
        var runs = values.Length > 0 || source is ListValue || IsTested(loop.Collection);
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

        _state = before with { Variables = variables, IsCertain = before.IsCertain && runs };
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

        if (_state is not { } before)
        {
            return null;
        }

        var constant = condition?.ConstantValue is { HasValue: true, Value: true };

        // `while (list.Count > 0) list.RemoveAt(0);` and its like run as often as there are entries
        var overList = condition is not null && setup.Concat([condition]).Any(MentionsList);
        _state = before with { IsCertain = before.IsCertain && (runsOnce || constant || overList) };
        RunLoop(before, runsOnce || constant || overList, () =>
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

    private void RunLoop(FlowState before, bool runs, System.Action body)
    {
        _breaks.Push([]);
        _continues.Push([]);
        body();
        var end = _state;
        foreach (var state in _breaks.Pop())
        {
            end = FlowState.Join(end, state);
        }

        foreach (var state in _continues.Pop())
        {
            end = FlowState.Join(end, state);
        }

        end = runs ? end : FlowState.Join(before, end);
        _state = end is null ? null : end with { IsCertain = before.IsCertain, OptIns = before.OptIns };
    }

    private FlowValue? VisitSwitch(ISwitchOperation cases)
    {
        Visit(cases.Value);
        if (_state is not { } before)
        {
            return null;
        }

        NoteTested(cases.Value);
        _breaks.Push([]);
        FlowState? end = null;
        var hasDefault = false;
        foreach (var section in cases.Cases)
        {
            hasDefault |= section.Clauses.Any(c => c.CaseKind == CaseKind.Default);
            _state = before with { IsCertain = false };
            foreach (var statement in section.Body)
            {
                Visit(statement);
            }

            end = FlowState.Join(end, _state);
        }

        foreach (var state in _breaks.Pop())
        {
            end = FlowState.Join(end, state);
        }

        end = hasDefault ? end : FlowState.Join(before, end);
        _state = end is null ? null : end with { IsCertain = before.IsCertain, OptIns = before.OptIns };
        return null;
    }

    private FlowValue? VisitSwitch(ISwitchExpressionOperation cases)
    {
        Visit(cases.Value);
        if (_state is not { } before)
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

        _state = end is null ? null : end with { IsCertain = before.IsCertain, OptIns = before.OptIns };
        return result;
    }

    private FlowValue? VisitTry(ITryOperation block)
    {
        var before = _state!;
        Visit(block.Body);
        var end = _state;
        var exit = _exit;
        var failed = FlowState.Join(before, end)!;
        foreach (var handler in block.Catches)
        {
            _state = failed with { IsCertain = false };
            Visit(handler.Handler);
            end = FlowState.Join(end, _state);
        }

        _state = end is null ? null : end with { IsCertain = before.IsCertain, OptIns = before.OptIns };
        if (_state is null)
        {
            // A finally runs on the way out too.
            _state = failed;
            Visit(block.Finally);
            End(exit);
        }
        else
        {
            Visit(block.Finally);
        }

        return null;
    }

    private void NoteTested(IOperation condition)
    {
        foreach (var operation in condition.DescendantsAndSelf())
        {
            if (SymbolOf(operation) is { } symbol)
            {
                _tested.Add(symbol);
            }
        }
    }

    private bool IsTested(IOperation collection)
    {
        for (var operation = collection.Unwrapped(); ; operation = operation.Unwrapped())
        {
            if (SymbolOf(operation) is { } symbol && _tested.Contains(symbol))
            {
                return true;
            }

            var next = operation switch
            {
                IInvocationOperation { Instance: { } instance } => instance,
                IInvocationOperation { TargetMethod.IsExtensionMethod: true, Arguments.Length: > 0 } call => call.Arguments[0].Value,
                IPropertyReferenceOperation { Instance: { } instance } => instance,
                ICoalesceOperation coalesce => coalesce.Value,
                ILocalReferenceOperation local => local.SingleValue(),
                _ => null,
            };
            if (next is null)
            {
                return false;
            }

            operation = next;
        }
    }

    private static ISymbol? SymbolOf(IOperation operation) => operation switch
    {
        ILocalReferenceOperation local => local.Local,
        IParameterReferenceOperation parameter => parameter.Parameter,
        IFieldReferenceOperation field => field.Field,
        IPropertyReferenceOperation property => property.Property,
        IDeclarationPatternOperation { DeclaredSymbol: { } declared } => declared,
        IRecursivePatternOperation { DeclaredSymbol: { } declared } => declared,
        _ => null,
    };

    private static bool MentionsList(IOperation operation) =>
        operation.DescendantsAndSelf().Any(o => o is IPropertyReferenceOperation { Property: var property } && ListOf(property) is not null);

    // The elements of an array or collection expression that is written out at the place.
    private ImmutableArray<IOperation> LiteralElements(IOperation collection)
    {
        collection = collection.Unwrapped();
        if (collection is ILocalReferenceOperation local && local.SingleValue() is { } single)
        {
            collection = single.Unwrapped();
        }

        switch (collection)
        {
            case IArrayCreationOperation { Initializer.ElementValues: var elements }:
                return elements;
            case IObjectCreationOperation { Initializer.Initializers: var adds }:
                return adds.OfType<IInvocationOperation>().Where(a => a.Arguments.Length == 1).Select(a => a.Arguments[0].Value).ToImmutableArray();
            case IFieldReferenceOperation { Field: { IsReadOnly: true } field }
                when _model.DeclarationOf(field, _cancellationToken) is VariableDeclaratorSyntax { Initializer.Value: var value }
                    && _model.SemanticModelOf(value.SyntaxTree).GetOperation(value, _cancellationToken) is { } initial and not IFieldReferenceOperation:
                return LiteralElements(initial);
            default:
                // Roslyn 4.8 has no operation of its own for a collection expression
                return collection.Syntax is CollectionExpressionSyntax { Elements: var written } && written.All(e => e is ExpressionElementSyntax)
                    ? collection.ChildOperations.ToImmutableArray()
                    : ImmutableArray<IOperation>.Empty;
        }
    }
}
