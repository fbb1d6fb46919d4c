using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using System.Threading;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace ProxySsl.Analyzers.Options;

/// <summary>
/// Walks one body along its control flow and keeps the state of every options object in it. Conditions on the host environment are read
/// as in Production; after any other condition both ways are walked and their states joined. Functions of the compilation that get an
/// object, a list or a delegate are followed to a bounded depth; what cannot be followed leaves the object unknown.
/// </summary>
internal sealed partial class OptionsWalker
{
    private const int DeepestCall = 8;
    private const int DeepestTree = 300;

    private readonly CompilationModel _model;
    private readonly OptionsReading _reading;
    private readonly CancellationToken _cancellationToken;
    private readonly List<IMethodSymbol> _calls = [];
    private readonly HashSet<ISymbol> _tested = new(SymbolEqualityComparer.Default);
    private readonly Stack<List<FlowState>> _breaks = new();
    private readonly Stack<List<FlowState>> _continues = new();

    // Null where no path leads: after a return, a throw, a break.
    private FlowState? _state = FlowState.Start;
    private Exit _exit;
    private Frame _frame = new();
    private ImmutableArray<TrackedOptions> _initialized = ImmutableArray<TrackedOptions>.Empty;
    private FlowValue? _conditional;
    private TrackedOptions? _injected;
    private int _depth;
    private int _order;

    internal OptionsWalker(CompilationModel model, OptionsReading reading, CancellationToken cancellationToken)
    {
        _model = model;
        _reading = reading;
        _cancellationToken = cancellationToken;
    }

    private enum Exit
    {
        None,
        Return,
        Throw,
        Jump,
    }

    private AspNetCoreSymbols Symbols => _model.Symbols;

    /// <summary>Walks a body from the start. Afterwards every object has its final state, and the reading has every place in it.</summary>
    /// <param name="body">A member's body, the top-level statements, or an initializer.</param>
    /// <param name="method">The method it is the body of, if any.</param>
    /// <param name="member">The field or property that an initializer is of, if any.</param>
    internal void WalkRoot(IOperation body, IMethodSymbol? method, ISymbol? member)
    {
        if (method is not null)
        {
            _calls.Add(method);
        }

        var value = Visit(BodyOf(body));
        var end = FlowState.Join(_state, _frame.Returns);
        if (member is not null && value is ObjectValue { Objects: var created } && end is not null)
        {
            foreach (var options in created)
            {
                _reading.Hold(member, options);
            }
        }

        Finish(end);
    }

    /// <summary>Walks a configuring method: a class's <c>Configure</c>, or a method group given to <c>Configure</c>.</summary>
    internal void WalkPlace(OptionsPlaceKind kind, IMethodSymbol method, Location location, string name)
    {
        var place = new TrackedOptions(kind, location, name, FlowState.Start, ContextAt(method));
        _state = FlowState.Start with { Objects = FlowState.Start.Objects.Add(place, OptionsState.AsBefore) };
        var isFollowed = TryFollow(method, ParametersOf(method, place), out _);
        place.Final = isFollowed && _state is not null ? StateOf(place) : OptionsState.NotKnown;
        _reading.Add(place, _calls);
        Finish(_state);
    }

    private void Finish(FlowState? end)
    {
        if (end is null)
        {
            return;
        }

        foreach (var pair in end.Objects)
        {
            if (pair.Key.Kind is OptionsPlaceKind.Created or OptionsPlaceKind.Member || (pair.Key == _injected && pair.Value != OptionsState.AsBefore))
            {
                pair.Key.Final = pair.Value;
                _reading.Add(pair.Key, _calls);
            }
        }
    }

    private static IOperation BodyOf(IOperation operation) => operation switch
    {
        IMethodBodyOperation method => method.BlockBody ?? method.ExpressionBody ?? operation,
        ILocalFunctionOperation { Body: { } body } => body,
        IAnonymousFunctionOperation lambda => lambda.Body,
        ISymbolInitializerOperation initializer => initializer.Value,
        _ => operation,
    };

    private ImmutableDictionary<ISymbol, FlowValue> ParametersOf(IMethodSymbol method, TrackedOptions place)
    {
        var parameters = FlowState.Start.Variables;
        foreach (var parameter in method.Parameters)
        {
            if (IsOptionsType(parameter.Type))
            {
                parameters = parameters.SetItem(parameter, new ObjectValue(place));
            }
        }

        return parameters;
    }

    private bool IsOptionsType(ITypeSymbol? type) =>
        type is not null && SymbolEqualityComparer.Default.Equals(type, Symbols.ForwardedHeadersOptions);

    /// <summary>
    /// Walks a function of the compilation with the given parameters, from the current state on. False where it has no body to follow, or
    /// is already being followed.
    /// </summary>
    private bool TryFollow(IMethodSymbol method, ImmutableDictionary<ISymbol, FlowValue> parameters, out FlowValue? result)
    {
        result = null;
        method = method.PartialImplementationPart ?? method;
        if (_state is null
            || _calls.Count >= DeepestCall
            || method.IsAbstract
            || (method.IsVirtual && !method.ContainingType.IsSealed)
            || _calls.Contains(method, SymbolEqualityComparer.Default)
            || _model.DeclarationOf(method, _cancellationToken) is not { } syntax
            || _model.SemanticModelOf(syntax.SyntaxTree).GetOperation(syntax, _cancellationToken) is not { } body)
        {
            return false;
        }

        _calls.Add(method);
        result = Run(BodyOf(body), parameters);
        _calls.RemoveAt(_calls.Count - 1);
        return true;
    }

    /// <summary>Walks the body of a function as part of the current path and comes back with its value.</summary>
    private FlowValue? Run(IOperation body, ImmutableDictionary<ISymbol, FlowValue> parameters)
    {
        var before = _state!;
        var frame = _frame;
        var initialized = _initialized;
        var conditional = _conditional;
        _frame = new Frame();
        _initialized = ImmutableArray<TrackedOptions>.Empty;
        _breaks.Push([]);
        _state = before with { Variables = before.Variables.SetItems(parameters) };
        var value = Visit(body);
        var end = FlowState.Join(_state, _frame.Returns);
        var result = _frame.HasReturned ? _frame.Result : body is IBlockOperation ? null : value;
        _breaks.Pop();
        _frame = frame;
        _initialized = initialized;
        _conditional = conditional;

        // What a function decides for itself does not make its caller uncertain.
        _state = end is null ? null : end with { IsCertain = before.IsCertain, OptIns = before.OptIns };
        return result;
    }

    /// <summary>Walks a lambda that someone may call later, or never.</summary>
    private void RunLater(FunctionValue function)
    {
        if (_state is not { } before)
        {
            return;
        }

        if (function.Lambda is not null)
        {
            Run(BodyOf(function.Lambda), FlowState.Start.Variables);
        }
        else if (!TryFollow(function.Method, FlowState.Start.Variables, out _))
        {
            return;
        }

        _state = FlowState.Join(before, _state);
    }

    private OptionsState StateOf(TrackedOptions options) =>
        _state is not null && _state.Objects.TryGetValue(options, out var state) ? state : OptionsState.AsBefore;

    private void Update(ImmutableArray<TrackedOptions> objects, System.Func<OptionsState, OptionsState> change)
    {
        foreach (var options in objects)
        {
            if (_state is null)
            {
                return;
            }

            var before = StateOf(options);
            var after = change(before);

            // One of several: it may have been another one.
            _state = _state with { Objects = _state.Objects.SetItem(options, objects.Length == 1 ? after : before.Joined(after)) };
        }
    }

    private void LoseAll()
    {
        if (_state is not null)
        {
            _state = _state with { Objects = _state.Objects.ToImmutableDictionary(p => p.Key, _ => OptionsState.NotKnown) };
        }
    }

    private sealed class Frame
    {
        internal FlowState? Returns { get; private set; }

        internal FlowValue? Result { get; private set; }

        internal bool HasReturned { get; private set; }

        internal void Return(FlowState state, FlowValue? value)
        {
            Result = HasReturned ? FlowState.Meet(Result, value) : value;
            HasReturned = true;
            Returns = FlowState.Join(Returns, state);
        }
    }
}
