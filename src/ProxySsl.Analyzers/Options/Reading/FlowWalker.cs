using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using System.Threading;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;
using ProxySsl.Analyzers.Flow;

namespace ProxySsl.Analyzers.Options;

/// <summary>
/// Walks a body along its control flow. Conditions on the host environment are read as in Production; after any other condition both ways
/// are walked and their states joined. Functions of the compilation are followed to a bounded depth. What the expressions mean is the
/// affair of the class that derives from it.
/// </summary>
internal abstract partial class FlowWalker(CompilationModel model, CancellationToken cancellationToken)
{
    private const int DeepestCall = 8;
    private const int DeepestTree = 300;

    private readonly Stack<List<FlowState>> _breaks = new();
    private readonly Stack<List<FlowState>> _continues = new();
    private int _depth;

    protected CompilationModel Model { get; } = model;

    protected CancellationToken CancellationToken { get; } = cancellationToken;

    /// <summary>The state here; null where no path leads: after a return, a throw, a break.</summary>
    protected FlowState? State { get; set; } = FlowState.Start;

    /// <summary>The functions that are being walked, the outermost first.</summary>
    protected List<IMethodSymbol> Calls { get; } = [];

    /// <summary>What conditions have asked about up to here.</summary>
    protected TestedCollections Tested { get; } = new();

    /// <summary>What belongs to the function that is being walked.</summary>
    protected FunctionFrame Frame { get; private set; } = new();

    /// <summary>Walks an expression, and comes back with its value where it is one that is followed.</summary>
    protected abstract FlowValue? VisitExpression(IOperation operation);

    /// <summary>Takes over what a condition says where it holds, or does not.</summary>
    protected abstract void Assume(IOperation condition, bool holds);

    /// <summary>Takes note that a value goes where it is not followed.</summary>
    protected abstract void Escape(FlowValue? value);

    // How many ways lead out of the function, or on in a loop or switch around this point. A throw is none: the app does not survive it.
    private int WaysOut => Frame.ReturnCount + Count(_breaks) + Count(_continues);

    /// <summary>Walks an operation, statement or expression, and comes back with its value where it is one that is followed.</summary>
    protected FlowValue? Visit(IOperation? operation)
    {
        if (operation is null || State is null)
        {
            return null;
        }

        if (_depth > DeepestTree)
        {
            LoseAll();
            return null;
        }

        CancellationToken.ThrowIfCancellationRequested();
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
                if (State is not null)
                {
                    value = Frame.ReturnCount == 0 ? value : Meet(Frame.Result, value);
                    Frame.Return(State, value);
                    State = null;
                }

                return null;
            case IThrowOperation thrown:
                Visit(thrown.Exception);
                EndByThrow();
                return null;
            case IBranchOperation branch:
                return VisitBranch(branch);
            case IBinaryOperation { OperatorKind: BinaryOperatorKind.ConditionalAnd or BinaryOperatorKind.ConditionalOr } both:
                return VisitShortCircuit(both);
            default:
                return VisitExpression(operation);
        }
    }

    protected FlowValue? VisitChildren(IOperation operation)
    {
        foreach (var child in operation.ChildOperations)
        {
            Visit(child);
        }

        return null;
    }

    /// <summary>
    /// Walks a function of the compilation with the given parameters, from the current state on. False where it has no body to follow, or
    /// is already being followed.
    /// </summary>
    protected bool TryFollow(IMethodSymbol method, ImmutableDictionary<ISymbol, FlowValue> parameters, out FlowValue? result)
    {
        result = null;
        if (method.PartialImplementationPart is { } implementation)
        {
            // The call refers to the parameters of the definition, the body to its own.
            foreach (var parameter in method.Parameters)
            {
                parameters = parameters.TryGetValue(parameter, out var value) ? parameters.SetItem(implementation.Parameters[parameter.Ordinal], value) : parameters;
            }

            method = implementation;
        }

        if (State is null
            || Calls.Count >= DeepestCall
            || method.IsVirtual
            || Calls.Contains(method, SymbolEqualityComparer.Default)
            || Model.BodyOf(method, CancellationToken) is not { } body)
        {
            return false;
        }

        Calls.Add(method);
        result = Run(BodyOf(body), parameters);
        Calls.RemoveAt(Calls.Count - 1);
        return true;
    }

    /// <summary>Walks the body of a function as part of the current path and comes back with its value.</summary>
    protected FlowValue? Run(IOperation body, ImmutableDictionary<ISymbol, FlowValue> parameters)
    {
        var before = State!;
        var frame = Frame;
        Frame = new FunctionFrame();
        State = before with { Variables = before.Variables.SetItems(parameters) };
        Visit(body);
        var end = FlowState.Join(State, Frame.Returns);
        var result = Frame.Result;
        Frame = frame;

        // What a function decides for itself does not make its caller uncertain.
        State = end is null ? null : end with { IsCertain = before.IsCertain, OptIns = before.OptIns };
        return result;
    }

    /// <summary>Walks a lambda or method with the given parameters, from the current state on. False where it cannot be followed.</summary>
    protected bool TryRun(FunctionValue function, ImmutableDictionary<ISymbol, FlowValue> parameters, out FlowValue? result)
    {
        if (function.Lambda is null)
        {
            return TryFollow(function.Method.OriginalDefinition, parameters, out result);
        }

        result = null;
        if (State is null || Calls.Count >= DeepestCall || Calls.Contains(function.Method, SymbolEqualityComparer.Default))
        {
            return false;
        }

        Calls.Add(function.Method);
        result = Run(BodyOf(function.Lambda), parameters);
        Calls.RemoveAt(Calls.Count - 1);
        return true;
    }

    /// <summary>Walks a lambda that someone may call later, or never.</summary>
    protected void RunLater(FunctionValue function)
    {
        if (State is { } before && TryRun(function, FlowState.Start.Variables, out _))
        {
            State = FlowState.Join(before, State);
        }
    }

    protected OptionsState StateOf(TrackedOptions options) =>
        State is not null && State.Objects.TryGetValue(options, out var state) ? state : OptionsState.AsBefore;

    /// <summary>What an expression is in Production, where a parameter is what the call gives it and a loop goes through one value.</summary>
    protected IOperation Written(IOperation value)
    {
        for (var depth = 0; depth < DeepestCall; depth++)
        {
            value = value.InProduction();
            if (value is not (IParameterReferenceOperation or ILocalReferenceOperation)
                || ValueOf(value.ReferencedSymbol()!) is not AnyOfValue { Values: { Length: 1 } values })
            {
                break;
            }

            value = values[0];
        }

        return value;
    }

    /// <summary>The elements of a collection that is written out; none for any other.</summary>
    protected ImmutableArray<IOperation> ElementsOf(IOperation collection) => WrittenCollection.Elements(Written(collection), Model, CancellationToken);

    /// <summary>Whether a collection has an element for certain. One that was asked for its size is taken to have been found not empty.</summary>
    protected bool IsNeverEmpty(IOperation collection) =>
        Tested.Contains(collection) || WrittenCollection.IsNeverEmpty(Written(collection), Model, CancellationToken);

    /// <summary>No path leads on, as after a throw.</summary>
    protected void EndByThrow() => State = null;

    // What may be either of two values; where that cannot be said, both go out of sight.
    private FlowValue? Meet(FlowValue? left, FlowValue? right)
    {
        var value = FlowState.Meet(left, right);
        if (value is null)
        {
            Escape(left);
            Escape(right);
        }

        return value;
    }

    private static int Count(Stack<List<FlowState>> targets) => targets.Count == 0 ? 0 : targets.Peek().Count;

    protected void Update(ImmutableArray<TrackedOptions> objects, System.Func<OptionsState, OptionsState> change)
    {
        foreach (var options in objects)
        {
            if (State is null)
            {
                return;
            }

            var before = StateOf(options);
            var after = change(before);

            // One of several: it may have been another one.
            State = State with { Objects = State.Objects.SetItem(options, objects.Length == 1 ? after : before.Joined(after)) };
        }
    }

    protected void LoseAll()
    {
        if (State is not null)
        {
            State = State with { Objects = State.Objects.ToImmutableDictionary(p => p.Key, p => p.Value.Lost()) };
        }
    }

    protected static IOperation BodyOf(IOperation operation) => operation switch
    {
        IMethodBodyOperation method => method.BlockBody ?? method.ExpressionBody ?? operation,
        ILocalFunctionOperation { Body: { } body } => body,
        IAnonymousFunctionOperation lambda => lambda.Body,
        ISymbolInitializerOperation initializer => initializer.Value,
        _ => operation,
    };

    protected FlowValue? ValueOf(ISymbol symbol) =>
        State is not null && State.Variables.TryGetValue(symbol, out var value) ? value : null;

    protected void Set(ISymbol symbol, FlowValue? value)
    {
        if (State is not null)
        {
            State = State with { Variables = value is null ? State.Variables.Remove(symbol) : State.Variables.SetItem(symbol, value) };
        }
    }

    /// <summary>A function that is being walked: what it has returned so far, and what its expression in hand refers to.</summary>
    protected sealed class FunctionFrame
    {
        /// <summary>The state where its returns meet.</summary>
        internal FlowState? Returns { get; private set; }

        /// <summary>The value that it returns, where it is the same kind on every return.</summary>
        internal FlowValue? Result { get; private set; }

        internal int ReturnCount { get; private set; }

        /// <summary>The objects that an initializer in hand initializes.</summary>
        internal ImmutableArray<TrackedOptions> Initialized { get; set; } = ImmutableArray<TrackedOptions>.Empty;

        /// <summary>The receiver of a conditional access in hand.</summary>
        internal FlowValue? Conditional { get; set; }

        internal void Return(FlowState state, FlowValue? value)
        {
            Result = value;
            ReturnCount++;
            Returns = FlowState.Join(Returns, state);
        }
    }
}
