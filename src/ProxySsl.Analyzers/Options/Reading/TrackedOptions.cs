using System.Collections.Generic;
using System.Collections.Immutable;
using Microsoft.CodeAnalysis;

namespace ProxySsl.Analyzers.Options;

/// <summary>One options object while a body is walked: the facts about it that do not depend on the path.</summary>
internal sealed class TrackedOptions(OptionsPlaceKind kind, Location location, string name, FlowState state, PlaceContext context)
{
    internal OptionsPlaceKind Kind { get; } = kind;

    internal Location Location { get; } = location;

    /// <summary>The configuring method's or class's name, that of the options type, or what a message calls a change of the finished options.</summary>
    internal string Name { get; } = name;

    /// <summary>Whether production always comes here.</summary>
    internal bool IsCertain { get; } = state.IsCertain;

    /// <summary>How many switches have to be on for the place to be reached at all.</summary>
    internal int OptIns { get; } = state.OptIns;

    internal PlaceContext Context { get; } = context;

    internal List<EmptyListInitializer> EmptyInitializers { get; } = [];

    internal List<BindingCall> Bindings { get; } = [];

    /// <summary>Whether some path may set <c>RequireHeaderSymmetry</c>.</summary>
    internal bool MayRequireSymmetry { get; set; }

    /// <summary>Whether some path hands it to the middleware.</summary>
    internal bool IsUsed { get; set; }

    /// <summary>Whether some path makes it the object of the service container.</summary>
    internal bool IsProvided { get; set; }

    /// <summary>The state it ends with, joined over the exits of the body.</summary>
    internal OptionsState? Final { get; set; }
}

/// <summary>What a reader meets while it walks a body. Values are immutable.</summary>
internal abstract record FlowValue;

/// <summary>One of these options objects.</summary>
internal sealed record ObjectValue(ImmutableArray<TrackedOptions> Objects) : FlowValue
{
    internal ObjectValue(TrackedOptions options)
        : this(ImmutableArray.Create(options))
    {
    }
}

/// <summary>A known list of one of these objects.</summary>
internal sealed record ListValue(ImmutableArray<TrackedOptions> Objects, KnownListKind List, string Property) : FlowValue;

/// <summary><c>AllowedHosts</c> of one of these objects.</summary>
internal sealed record HostsValue(ImmutableArray<TrackedOptions> Objects) : FlowValue;

/// <summary>A lambda, anonymous method or method group, and what the group is of where that is followed.</summary>
internal sealed record FunctionValue(IOperation? Lambda, IMethodSymbol Method, FlowValue? Receiver) : FlowValue;

/// <summary>Flags that are known.</summary>
internal sealed record FlagsValue(FlagValues Values) : FlowValue;

/// <summary>One of several expressions: the variable of a loop over a literal array. One expression: what a call gives a parameter.</summary>
internal sealed record AnyOfValue(ImmutableArray<IOperation> Values) : FlowValue;

/// <summary>An options builder, and whether it is one for a name that the middleware does not use.</summary>
internal sealed record BuilderValue(bool IsNamed) : FlowValue;

/// <summary>What is known at a point of the flow: the objects' states and the variables' values.</summary>
/// <param name="Objects">The state of each object that exists here.</param>
/// <param name="Variables">Locals, parameters and fields whose value is followed.</param>
/// <param name="IsCertain">Whether production always comes here.</param>
/// <param name="OptIns">How many switches have to be on for it to come here.</param>
internal sealed record FlowState(
    ImmutableDictionary<TrackedOptions, OptionsState> Objects,
    ImmutableDictionary<ISymbol, FlowValue> Variables,
    bool IsCertain,
    int OptIns)
{
    internal static readonly FlowState Start = new(
        ImmutableDictionary<TrackedOptions, OptionsState>.Empty,
        ImmutableDictionary.Create<ISymbol, FlowValue>(SymbolEqualityComparer.Default),
        IsCertain: true,
        OptIns: 0);

    /// <summary>The state where two paths meet. An object that only one path made is as that path left it.</summary>
    internal static FlowState? Join(FlowState? left, FlowState? right)
    {
        if (left is null || right is null || ReferenceEquals(left, right))
        {
            return left ?? right;
        }

        var objects = left.Objects;
        foreach (var pair in right.Objects)
        {
            objects = objects.SetItem(pair.Key, objects.TryGetValue(pair.Key, out var other) ? other.Joined(pair.Value) : pair.Value);
        }

        var variables = left.Variables;
        foreach (var pair in right.Variables)
        {
            if (variables.TryGetValue(pair.Key, out var other))
            {
                variables = Meet(other, pair.Value) is { } value ? variables.SetItem(pair.Key, value) : variables.Remove(pair.Key);
            }
            else
            {
                variables = variables.SetItem(pair.Key, pair.Value);
            }
        }

        return new FlowState(objects, variables, left.IsCertain && right.IsCertain, System.Math.Min(left.OptIns, right.OptIns));
    }

    /// <summary>A value that is one of two, or null where that cannot be said.</summary>
    internal static FlowValue? Meet(FlowValue? left, FlowValue? right) => (left, right) switch
    {
        _ when Equals(left, right) => left,
        (ObjectValue a, ObjectValue b) => new ObjectValue(Union(a.Objects, b.Objects)),
        (ListValue a, ListValue b) when a.List == b.List => new ListValue(Union(a.Objects, b.Objects), a.List, a.Property),
        (FlagsValue a, FlagsValue b) => new FlagsValue(a.Values.Or(b.Values)),
        _ => null,
    };

    private static ImmutableArray<TrackedOptions> Union(ImmutableArray<TrackedOptions> left, ImmutableArray<TrackedOptions> right)
    {
        foreach (var options in right)
        {
            if (!left.Contains(options))
            {
                left = left.Add(options);
            }
        }

        return left;
    }
}
