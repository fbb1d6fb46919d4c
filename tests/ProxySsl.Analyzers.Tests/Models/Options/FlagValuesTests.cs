using ProxySsl.Analyzers.Options;
using Xunit;

namespace ProxySsl.Analyzers.Tests.Models;

/// <summary>The sets of values that flags may have, and what is asked of them.</summary>
public class FlagValuesTests
{
    private static readonly FlagValues For = FlagValues.Of(FlagValues.For);
    private static readonly FlagValues ForAndProto = FlagValues.Of(FlagValues.For | FlagValues.Proto);
    private static readonly FlagValues None = FlagValues.Of(0);

    [Fact]
    public void A_value_has_its_flags_and_no_other()
    {
        Assert.True(ForAndProto.AlwaysHas(FlagValues.For));
        Assert.True(ForAndProto.AlwaysHas(FlagValues.Proto));
        Assert.False(ForAndProto.AlwaysHas(FlagValues.Host));
        Assert.True(ForAndProto.MayHave(FlagValues.Proto));
        Assert.False(ForAndProto.MayHave(FlagValues.Prefix));
        Assert.Equal(5, ForAndProto.Single);
        Assert.False(ForAndProto.IsNone);
    }

    [Fact]
    public void One_of_several_values_may_have_a_flag()
    {
        var either = For.Or(ForAndProto);
        Assert.True(either.AlwaysHas(FlagValues.For));
        Assert.False(either.AlwaysHas(FlagValues.Proto));
        Assert.True(either.MayHave(FlagValues.Proto));
        Assert.Null(either.Single);
        Assert.False(either.IsNone);
    }

    [Fact]
    public void Never_set_is_no_flag_and_not_a_value()
    {
        Assert.True(FlagValues.Unset.IsUnset);
        Assert.True(FlagValues.Unset.IsNone);
        Assert.True(FlagValues.Unset.Or(None).IsNone);
        Assert.False(FlagValues.Unset.Or(None).IsUnset);
        Assert.True(FlagValues.Unset.Or(For).MayBeUnset);
        Assert.False(For.MayBeUnset);
        Assert.False(FlagValues.Unset.AlwaysHas(FlagValues.For));
        Assert.False(FlagValues.Unset.MayHave(FlagValues.For));
        Assert.False(FlagValues.Unset.Or(For).AlwaysHas(FlagValues.For));
        Assert.Null(FlagValues.Unset.Single);
        Assert.Equal(0, None.Single);
    }

    [Fact]
    public void Unknown_may_be_anything_and_is_nothing_for_certain()
    {
        Assert.True(FlagValues.Unknown.MayBeUnknown);
        Assert.True(FlagValues.Unknown.MayHave(FlagValues.Prefix));
        Assert.False(FlagValues.Unknown.AlwaysHas(FlagValues.Prefix));
        Assert.False(FlagValues.Unknown.IsNone);
        Assert.False(FlagValues.Unknown.Or(For).AlwaysHas(FlagValues.For));
        Assert.False(For.MayBeUnknown);
        Assert.False(default(FlagValues).AlwaysHas(FlagValues.For));
    }

    [Fact]
    public void An_operation_is_done_on_every_pair_of_values()
    {
        var either = FlagValues.Unset.Or(For);
        Assert.Equal(FlagValues.Of(FlagValues.Proto).Or(ForAndProto), FlagValues.Combine(either, FlagValues.Of(FlagValues.Proto), (a, b) => a | b));
        Assert.Equal(FlagValues.Unknown, FlagValues.Combine(FlagValues.Unknown, For, (a, b) => a | b));
        Assert.Equal(FlagValues.Unknown, FlagValues.Combine(For, FlagValues.Unknown, (a, b) => a | b));
        Assert.Equal(FlagValues.Of(FlagValues.Host | FlagValues.Prefix), FlagValues.Combine(FlagValues.Of(15), ForAndProto, (a, b) => a & ~b));
    }

    [Fact]
    public void Bits_that_are_no_flag_count_for_nothing() => Assert.Equal(FlagValues.Of(10), FlagValues.Of(~5L));

    [Fact]
    public void Joined_states_keep_every_place_once()
    {
        var place = new FlagsPlace(Microsoft.CodeAnalysis.Location.None, For);
        var one = new FlagsState(For, [place], Accumulates: false);
        var other = new FlagsState(ForAndProto, [place, new FlagsPlace(Microsoft.CodeAnalysis.Location.None, ForAndProto)], Accumulates: true);
        Assert.Same(one, one.Joined(one));
        var joined = one.Joined(other);
        Assert.Equal(For.Or(ForAndProto), joined.Values);
        Assert.Equal(2, joined.Places.Length);
        Assert.True(joined.Accumulates);
        Assert.False(one.Joined(one with { Values = ForAndProto }).Accumulates);
    }
}
