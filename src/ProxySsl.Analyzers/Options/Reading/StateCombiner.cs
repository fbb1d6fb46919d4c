using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;

namespace ProxySsl.Analyzers.Options;

/// <summary>Puts the states that several places leave together to the state of the one object that they act on.</summary>
internal static class StateCombiner
{
    /// <summary>The state after places that run in an order that nobody knows, each on what the others leave.</summary>
    internal static OptionsState InAnyOrder(OptionsState before, IEnumerable<TrackedOptions> places)
    {
        var state = before;
        var isFirst = true;
        foreach (var place in places)
        {
            var effect = place.IsCertain ? place.Final! : OptionsState.AsBefore.Joined(place.Final!);
            state = isFirst ? Then(before, effect) : Beside(state, Then(before, effect), effect);
            isFirst = false;
        }

        return state;
    }

    private static OptionsState Then(OptionsState before, OptionsState effect) => new(
        effect.Proxies.After(before.Proxies),
        effect.Networks.After(before.Networks),
        Then(before.Flags, effect.Flags),
        effect.LimitMayBeDefault ? effect.Limits.Union(before.Limits).ToImmutableArray() : effect.Limits,
        effect.LimitMayBeDefault && before.LimitMayBeDefault,
        effect.Hosts.MayBeUntouched ? effect.Hosts.Joined(before.Hosts) with { MayBeUntouched = before.Hosts.MayBeUntouched } : effect.Hosts,
        before.HeaderNames.Union(effect.HeaderNames).ToImmutableArray());

    private static FlagsState Then(FlagsState before, FlagsState effect) =>
        effect.Values.IsUnset ? before
        : effect.Values.MayBeUnset ? (effect with { Values = effect.Values.OnceSet }).Joined(before)
        : effect.Accumulates && !before.Values.IsUnset ? new(FlagValues.Combine(before.Values, effect.Values, static (l, r) => l | r), before.Places.AddRange(effect.Places), true)
        : effect;

    // What any of the places may leave is possible; a list that one empties stays empty only if none of the others adds to it.
    private static OptionsState Beside(OptionsState left, OptionsState right, OptionsState effect) => new(
        Beside(left.Proxies, right.Proxies),
        Beside(left.Networks, right.Networks),
        Beside(left.Flags, right.Flags, effect.Flags),
        left.Limits.Union(right.Limits).ToImmutableArray(),
        left.LimitMayBeDefault && right.LimitMayBeDefault,
        left.Hosts.Joined(right.Hosts) with { MayBeUntouched = left.Hosts.MayBeUntouched && right.Hosts.MayBeUntouched },
        left.HeaderNames.Union(right.HeaderNames).ToImmutableArray());

    private static ListState Beside(ListState left, ListState right)
    {
        var both = left.Joined(right);
        if ((both.Contents & (ListContents.Filled | ListContents.Unknown)) != 0)
        {
            return both;
        }

        // Neither adds: empty for certain as soon as one empties it for certain.
        return left.IsEmpty || right.IsEmpty ? both with { Contents = ListContents.Empty } : both;
    }

    private static FlagsState Beside(FlagsState left, FlagsState right, FlagsState effect)
    {
        if (effect.Values.IsUnset)
        {
            return left;
        }

        if (left.Values.IsUnset)
        {
            return right;
        }

        var places = left.Places.AddRange(right.Places.Where(p => !left.Places.Contains(p)));
        var either = left.Values.Or(right.Values);
        either = left.Values.MayBeUnset && right.Values.MayBeUnset ? either : either.OnceSet;
        return left.Accumulates || right.Accumulates
            ? new(either.Or(FlagValues.Combine(left.Values, right.Values, static (l, r) => l | r)), places, true)
            : new(either, places, false);
    }
}
