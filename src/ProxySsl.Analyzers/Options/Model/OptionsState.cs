using System.Collections.Immutable;
using System.Linq;
using Microsoft.CodeAnalysis;

namespace ProxySsl.Analyzers.Options;

/// <summary>A value that <c>ForwardLimit</c> is given.</summary>
/// <param name="Value">The limit; null for no limit.</param>
/// <param name="IsKnown">Whether the value is certain.</param>
/// <param name="Location">The assignment.</param>
internal sealed record LimitValue(int? Value, bool IsKnown, Location Location)
{
    /// <summary>A limit that comes from where it cannot be read.</summary>
    internal static readonly ImmutableArray<LimitValue> NotKnown = ImmutableArray.Create(new LimitValue(null, false, Location.None));
}

/// <summary>One text in <c>AllowedHosts</c>.</summary>
internal sealed record HostEntry(string Text, Location Location);

/// <summary>The state of <c>AllowedHosts</c>.</summary>
/// <param name="MayBeUntouched">Whether some path leaves it as it was.</param>
/// <param name="IsUnknown">Whether hosts come from where they cannot be read.</param>
/// <param name="Entries">The hosts that are known.</param>
internal sealed record HostsState(bool MayBeUntouched, bool IsUnknown, ImmutableArray<HostEntry> Entries)
{
    internal static readonly HostsState AsBefore = new(true, false, ImmutableArray<HostEntry>.Empty);

    internal static readonly HostsState NotKnown = new(false, true, ImmutableArray<HostEntry>.Empty);

    internal HostsState With(ImmutableArray<HostEntry> entries) => new(false, IsUnknown, Entries.AddRange(entries));

    internal HostsState Joined(HostsState other) => Equals(other)
        ? this
        : new(MayBeUntouched || other.MayBeUntouched, IsUnknown || other.IsUnknown, Entries.Union(other.Entries).ToImmutableArray());
}

/// <summary>The state of one options object at a point of the flow.</summary>
internal sealed record OptionsState(
    ListState Proxies,
    ListState Networks,
    FlagsState Flags,
    ImmutableArray<LimitValue> Limits,
    bool LimitMayBeDefault,
    HostsState Hosts,
    ImmutableArray<HeaderNameValue> HeaderNames)
{
    /// <summary>As the object came: nothing of this code has touched it.</summary>
    internal static readonly OptionsState AsBefore = new(
        ListState.AsBefore, ListState.AsBefore, FlagsState.Unset, ImmutableArray<LimitValue>.Empty, true, HostsState.AsBefore, ImmutableArray<HeaderNameValue>.Empty);

    /// <summary>The object went where it cannot be followed.</summary>
    internal static readonly OptionsState NotKnown = new(
        ListState.NotKnown, ListState.NotKnown, FlagsState.NotKnown, LimitValue.NotKnown, false, HostsState.NotKnown, ImmutableArray<HeaderNameValue>.Empty);

    internal ListState this[KnownListKind kind] => kind == KnownListKind.Proxies ? Proxies : Networks;

    /// <summary>Whether nobody is left to be checked against: both lists are empty on every path.</summary>
    internal bool IsEmptyOnEveryPath => Proxies.IsEmpty && Networks.IsEmpty;

    /// <summary>Whether neither list is ever changed or handed on.</summary>
    internal bool IsNeitherListTouched => !Proxies.IsTouched && !Networks.IsTouched;

    /// <summary>Whether a list went where it cannot be followed, on any path.</summary>
    internal bool IsAnyListUnknown => ((Proxies.Contents | Networks.Contents) & ListContents.Unknown) != 0;

    internal OptionsState With(KnownListKind kind, ListState list) =>
        kind == KnownListKind.Proxies ? this with { Proxies = list } : this with { Networks = list };

    /// <summary>The object after it went where it cannot be followed.</summary>
    internal OptionsState Lost() => NotKnown with { Proxies = Proxies.Lost(), Networks = Networks.Lost(), HeaderNames = HeaderNames };

    /// <summary>The state with a header name in place of the one that the option had.</summary>
    internal OptionsState With(HeaderNameValue name) => this with { HeaderNames = HeaderNames.RemoveAll(n => n.Property == name.Property).Add(name) };

    internal OptionsState Joined(OptionsState other) => ReferenceEquals(this, other)
        ? this
        : new(
            Proxies.Joined(other.Proxies),
            Networks.Joined(other.Networks),
            Flags.Joined(other.Flags),
            Limits.Union(other.Limits).ToImmutableArray(),
            LimitMayBeDefault || other.LimitMayBeDefault,
            Hosts.Joined(other.Hosts),
            HeaderNames.Union(other.HeaderNames).ToImmutableArray());
}
