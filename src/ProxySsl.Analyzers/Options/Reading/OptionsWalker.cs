using System.Collections.Immutable;
using System.Threading;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace ProxySsl.Analyzers.Options;

/// <summary>
/// Keeps the state of every options object in a body while it is walked. Functions of the compilation that get an object, a list or a
/// delegate are followed; what cannot be followed leaves the object unknown.
/// </summary>
internal sealed partial class OptionsWalker(CompilationModel model, OptionsReading reading, CancellationToken cancellationToken)
    : FlowWalker(model, cancellationToken)
{
    private readonly OptionsReading _reading = reading;
    private TrackedOptions? _injected;
    private IMethodSymbol? _root;
    private int _order;

    private AspNetCoreSymbols Symbols => Model.Symbols;

    /// <summary>Walks a body from the start. Afterwards every object has its final state, and the reading has every place in it.</summary>
    /// <param name="body">A member's body, the top-level statements, or an initializer.</param>
    /// <param name="method">The method it is the body of, if any.</param>
    /// <param name="member">The field or property that an initializer is of, if any.</param>
    /// <param name="isCertain">Whether production always comes there.</param>
    internal void WalkRoot(IOperation body, IMethodSymbol? method, ISymbol? member, bool isCertain)
    {
        State = FlowState.Start with { IsCertain = isCertain };
        if (method is not null)
        {
            Calls.Add(method);
            _root = method;
        }

        var value = Visit(BodyOf(body));
        var end = FlowState.Join(State, Frame.Returns);
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
    internal void WalkPlace(OptionsPlaceKind kind, IMethodSymbol method, Location location, string name, bool isCertain)
    {
        var start = FlowState.Start with { IsCertain = isCertain };
        var place = new TrackedOptions(kind, location, name, start, ContextAt(method));
        State = start with { Objects = start.Objects.Add(place, OptionsState.AsBefore) };
        var isFollowed = TryFollow(method, ParametersOf(method, place), out _);
        place.Final = isFollowed && State is not null ? StateOf(place) : OptionsState.NotKnown;
        _reading.Add(place, _root);
        Finish(State);
    }

    /// <summary>Takes note of a place whose code is not read: what it leaves is not known.</summary>
    internal void AddUnreadPlace(OptionsPlaceKind kind, Location location, string name) => _reading.Add(
        new TrackedOptions(kind, location, name, State ?? FlowState.Start, new PlaceContext(null, false)) { Final = OptionsState.NotKnown }, _root);

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
                _reading.Add(pair.Key, _root);
            }
        }
    }

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

    // OptionsBuilder<ForwardedHeadersOptions> and its like; a class within a generic class is generic without arguments of its own
    private bool IsForOptions(ITypeSymbol type) => type is INamedTypeSymbol { TypeArguments: { Length: > 0 } arguments } && IsOptionsType(arguments[0]);

    private bool IsOptionsType(ITypeSymbol? type) =>
        type is not null && SymbolEqualityComparer.Default.Equals(type, Symbols.ForwardedHeadersOptions);
}
