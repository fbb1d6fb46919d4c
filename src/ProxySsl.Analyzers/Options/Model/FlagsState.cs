using System.Collections.Immutable;
using System.Linq;
using Microsoft.CodeAnalysis;

namespace ProxySsl.Analyzers.Options;

/// <summary>
/// The values that <c>ForwardedHeaders</c> may have: one bit for each of the sixteen combinations, one for "never set", one for "not known".
/// Arithmetic maps every possible value, so <c>|=</c>, <c>&amp;=</c> and <c>~</c> are exact.
/// </summary>
internal readonly record struct FlagValues(int Bits)
{
    internal const int For = 1;
    internal const int Host = 2;
    internal const int Proto = 4;
    internal const int Prefix = 8;

    private const int Highest = 15;
    private const int UnsetBit = 1 << 16;
    private const int UnknownBit = 1 << 17;

    internal static readonly FlagValues Unset = new(UnsetBit);

    internal static readonly FlagValues Unknown = new(UnknownBit);

    internal bool MayBeUnset => (Bits & UnsetBit) != 0;

    internal bool MayBeUnknown => (Bits & UnknownBit) != 0;

    /// <summary>Whether no path ever sets them.</summary>
    internal bool IsUnset => Bits == UnsetBit;

    /// <summary>A single value. Bits that are no flag, as a complement has them, count for nothing.</summary>
    internal static FlagValues Of(long value) => new(1 << (int)(value & Highest));

    /// <summary>The values where something sets them for certain.</summary>
    internal FlagValues OnceSet => new(Bits & ~UnsetBit);

    internal FlagValues Or(FlagValues other) => new(Bits | other.Bits);

    /// <summary>Whether a flag is in every possible value.</summary>
    internal bool AlwaysHas(int flag) => Bits != 0 && (Bits & (UnsetBit | UnknownBit)) == 0 && (Bits & ~ValuesWith(flag)) == 0;

    /// <summary>Whether a flag is in some possible value, or nobody knows.</summary>
    internal bool MayHave(int flag) => MayBeUnknown || (Bits & ValuesWith(flag)) != 0;

    /// <summary>Whether every possible value is zero, set or not.</summary>
    internal bool IsNone => (Bits & ~(UnsetBit | 1)) == 0;

    /// <summary>The only possible value, or null where there are several, none, or it is not known.</summary>
    internal int? Single
    {
        get
        {
            for (var v = 0; v <= Highest; v++)
            {
                if (Bits == 1 << v)
                {
                    return v;
                }
            }

            return null;
        }
    }

    /// <summary>Every value of a binary operation; "never set" counts as zero.</summary>
    internal static FlagValues Combine(FlagValues left, FlagValues right, System.Func<int, int, int> operation)
    {
        if (left.MayBeUnknown || right.MayBeUnknown)
        {
            return Unknown;
        }

        var bits = 0;
        for (var l = 0; l <= Highest; l++)
        {
            for (var r = 0; r <= Highest; r++)
            {
                if (left.Has(l) && right.Has(r))
                {
                    bits |= 1 << (operation(l, r) & Highest);
                }
            }
        }

        return new(bits);
    }

    private static int ValuesWith(int flag)
    {
        var bits = 0;
        for (var v = 0; v <= Highest; v++)
        {
            bits |= (v & flag) != 0 ? 1 << v : 0;
        }

        return bits;
    }

    private bool Has(int value) => (Bits & (1 << value)) != 0 || (value == 0 && MayBeUnset);
}

/// <summary>The state of the flags: the possible values, and where the values that live stand.</summary>
/// <param name="Values">The possible values.</param>
/// <param name="Places">The value expressions of the assignments whose effect lives, in the order of evaluation.</param>
/// <param name="Accumulates">Whether some path adds to what was set before instead of replacing it.</param>
internal sealed record FlagsState(FlagValues Values, ImmutableArray<FlagsPlace> Places, bool Accumulates)
{
    internal static readonly FlagsState Unset = new(FlagValues.Unset, ImmutableArray<FlagsPlace>.Empty, false);

    internal static readonly FlagsState NotKnown = new(FlagValues.Unknown, ImmutableArray<FlagsPlace>.Empty, true);

    internal FlagsState Joined(FlagsState other) => Equals(other)
        ? this
        : new(Values.Or(other.Values), Places.AddRange(other.Places.Where(p => !Places.Contains(p))), Accumulates || other.Accumulates);
}

/// <summary>The value of one assignment to the flags.</summary>
/// <param name="Location">The value expression.</param>
/// <param name="Values">What it can be.</param>
internal sealed record FlagsPlace(Location Location, FlagValues Values);
