using System;
using System.Collections.Immutable;
using System.Linq;
using Microsoft.CodeAnalysis;

namespace ProxySsl.Analyzers.Options;

/// <summary>One of the two lists that say which senders are believed. <c>KnownNetworks</c> and <c>KnownIPNetworks</c> are one list (.NET 10).</summary>
internal enum KnownListKind
{
    Proxies,
    Networks,
}

/// <summary>What a list may hold at a point of the flow; one bit for each possibility that some path leads to.</summary>
[Flags]
internal enum ListContents
{
    None = 0,

    /// <summary>What it held before: the framework's loopback entry, or what another place left.</summary>
    Inherited = 1,

    /// <summary>Nothing.</summary>
    Empty = 2,

    /// <summary>At least one entry that this code added.</summary>
    Filled = 4,

    /// <summary>Not known: the list or its options went where they cannot be followed.</summary>
    Unknown = 8,
}

/// <summary>A call that empties a list.</summary>
/// <param name="Location">The call.</param>
/// <param name="Order">Its place in the order of evaluation.</param>
/// <param name="List">The list's property name as written.</param>
/// <param name="IsStatement">Whether it is a plain statement <c>list.Clear();</c>, which can simply be removed.</param>
/// <param name="Body">Where the function starts that it stands in.</param>
/// <param name="Context">What a fix can use there.</param>
internal sealed record ClearingCall(Location Location, int Order, string List, bool IsStatement, int Body, PlaceContext Context);

/// <summary>The state of a known list after the control flow up to a point.</summary>
/// <param name="Contents">What it may hold.</param>
/// <param name="IsTouched">Whether any path may have changed it or handed it on.</param>
/// <param name="IsInspected">Whether code asked for its count or entries, and so may treat the empty case itself.</param>
/// <param name="Clears">The calls that empty it, on any path.</param>
/// <param name="Entries">The entries that can be read and that some path leaves in it.</param>
internal sealed record ListState(
    ListContents Contents, bool IsTouched, bool IsInspected, ImmutableArray<ClearingCall> Clears, ImmutableArray<AddedEntry> Entries)
{
    internal static readonly ListState AsBefore = new(
        ListContents.Inherited, false, false, ImmutableArray<ClearingCall>.Empty, ImmutableArray<AddedEntry>.Empty);

    internal static readonly ListState NotKnown = new(
        ListContents.Unknown, true, true, ImmutableArray<ClearingCall>.Empty, ImmutableArray<AddedEntry>.Empty);

    /// <summary>Whether it is empty on every path.</summary>
    internal bool IsEmpty => Contents == ListContents.Empty;

    /// <summary>Whether some path may leave an entry in it, or nobody knows.</summary>
    internal bool MayBeFilled => (Contents & (ListContents.Filled | ListContents.Unknown)) != 0;

    internal ListState Cleared(ClearingCall call) => this with
    {
        Contents = ListContents.Empty,
        IsTouched = true,
        IsInspected = false, // what was asked before was about other entries
        Clears = Clears.Contains(call) ? Clears : Clears.Add(call),
        Entries = ImmutableArray<AddedEntry>.Empty,
    };

    internal ListState Added(bool forCertain) => this with { Contents = forCertain ? ListContents.Filled : Contents | ListContents.Filled, IsTouched = true };

    internal ListState With(AddedEntry entry) => Entries.Contains(entry) ? this : this with { Entries = Entries.Add(entry) };

    /// <summary>The list after it went where it cannot be followed: what was read before is likely to be in it still.</summary>
    internal ListState Lost() => NotKnown with { Entries = Entries };

    /// <summary>The list where a condition has found it empty, or not empty.</summary>
    internal ListState Found(bool isEmpty) => (Contents & ListContents.Unknown) != 0 ? this
        : isEmpty ? this with { Contents = ListContents.Empty }
        : Contents == ListContents.Empty ? this
        : this with { Contents = Contents & ~ListContents.Empty };

    internal ListState Joined(ListState other) => new(
        Contents | other.Contents,
        IsTouched || other.IsTouched,
        IsInspected || other.IsInspected,
        Together(Clears, other.Clears),
        Together(Entries, other.Entries));

    /// <summary>The state after this place when the list was <paramref name="before"/> ahead of it.</summary>
    internal ListState After(ListState before) => (Contents & ListContents.Inherited) == 0
        ? this
        : new(
            (Contents & ~ListContents.Inherited) | before.Contents,
            IsTouched || before.IsTouched,
            IsInspected || before.IsInspected,
            Together(before.Clears, Clears),
            Together(before.Entries, Entries));

    private static ImmutableArray<T> Together<T>(ImmutableArray<T> left, ImmutableArray<T> right) =>
        left.IsEmpty ? right : right.IsEmpty ? left : left.Union(right).ToImmutableArray();
}
