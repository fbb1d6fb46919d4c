using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using ProxySsl.Analyzers.Knowledge;

namespace ProxySsl.Analyzers.Headers;

/// <summary>What kind of request a header was read from.</summary>
internal enum RequestKind
{
    /// <summary>ASP.NET Core: there is a forwarded-headers middleware, so a raw header never has to be read.</summary>
    AspNetCore,

    /// <summary>System.Web, OWIN, Nancy, Web API 2: there is none, and only a check that ignores the value is wrong.</summary>
    Other,
}

/// <summary>What the value of a header is used for, along all the ways it goes.</summary>
[Flags]
internal enum HeaderUses
{
    None = 0,

    /// <summary>Compared with something.</summary>
    Compared = 1,

    /// <summary>Handed on: returned, stored, parsed, put into a text or given to code that is not followed.</summary>
    Handed = 2,

    /// <summary>Put into a text that holds <c>://</c>, or into a URI.</summary>
    Url = 4,

    /// <summary>The first entry of the comma list is taken.</summary>
    Leftmost = 8,

    /// <summary>Written to a log, a trace, or a diagnostics answer.</summary>
    Logged = 16,

    /// <summary>Written to another message's headers.</summary>
    Copied = 32,

    /// <summary>Looked up in a list of allowed values.</summary>
    LookedUp = 64,

    /// <summary>Put into a text right behind <c>://</c>; comes with <see cref="Url"/>.</summary>
    UrlHost = 128,
}

/// <summary>What a presence check decides.</summary>
internal enum PresenceOutcome
{
    /// <summary>Nothing that could be told.</summary>
    Unknown,

    /// <summary>Whoever sends the header is treated as secure, trusted or allowed, or is spared a redirect or a refusal.</summary>
    Grants,

    /// <summary>Whoever sends the header is refused or gets less: it fails closed.</summary>
    Refuses,

    /// <summary>Whoever does not send the header is taken for local, direct, internal or trusted.</summary>
    AbsenceIsLocal,

    /// <summary>The check guards a read of the same header; the read is judged.</summary>
    GuardsRead,
}

/// <summary>A property of the request that forwarded headers decide.</summary>
internal enum RequestProperty
{
    Scheme,
    IsHttps,
    Host,
    PathBase,
    RemoteIpAddress,
}

/// <summary>A place where the value of a forwarded header is read and used.</summary>
/// <param name="Header">The header.</param>
/// <param name="Request">The kind of request.</param>
/// <param name="Location">The read.</param>
/// <param name="Decision">Where the decision begins that the read is part of; reads of one decision are reported once.</param>
/// <param name="Uses">What the value is used for.</param>
/// <param name="IsPeerChecked">Whether it is read only after the peer's address was checked.</param>
/// <param name="IsAssigned">Whether it ends in an assignment to a request property, which is reported instead.</param>
/// <param name="Fix">Data for the fix; empty where none is right.</param>
internal sealed record HeaderRead(
    ForwardedHeader Header,
    RequestKind Request,
    Location Location,
    Location Decision,
    HeaderUses Uses,
    bool IsPeerChecked,
    bool IsAssigned,
    ImmutableDictionary<string, string?> Fix)
{
    /// <summary>Whether the value does more than being written down or copied on.</summary>
    internal bool IsBelieved => (Uses & (HeaderUses.Compared | HeaderUses.Handed | HeaderUses.Url)) != 0;

    /// <summary>Whether comparing is all that is done with the value; a comparison on the way to another use is no more than a filter.</summary>
    internal bool IsOnlyCompared => (Uses & (HeaderUses.Compared | HeaderUses.Handed | HeaderUses.Url)) == HeaderUses.Compared;

    /// <summary>What becomes of the scheme where all that comparisons decide is which one to take; null where they decide more, or there are none.</summary>
    internal HeaderUses? UsesOfChoice { get; init; }

    /// <summary>Whether it becomes part of a URL, and comparisons decide nothing but that; where the URL, which is handed on, goes is not told.</summary>
    internal bool IsOnlyLinked => ((UsesOfChoice ?? Uses) & (HeaderUses.Compared | HeaderUses.Url)) == HeaderUses.Url;

    /// <summary>Whether it becomes part of a URL that goes nowhere but into an answer, a document for whoever asked, or a log.</summary>
    internal bool IsOnlyShownInLink => IsOnlyLinked && ((UsesOfChoice ?? Uses) & (HeaderUses.Handed | HeaderUses.Copied)) == 0;

    /// <inheritdoc cref="MiddlewareReach.IsUncalled"/>
    internal bool IsUncalled { get; init; }

    /// <summary>All headers that the decision believes, this one first.</summary>
    internal IReadOnlyList<ForwardedHeader> Headers { get; init; } = [Header];
}

/// <summary>A place where only the presence of a forwarded header is looked at.</summary>
/// <param name="Header">The header.</param>
/// <param name="Request">The kind of request.</param>
/// <param name="Location">The check.</param>
/// <param name="Decision">Where the decision begins that the check is part of.</param>
/// <param name="Outcome">What it decides.</param>
/// <param name="Consequence">What the outcome was told from, as words for the message.</param>
/// <param name="IsPeerChecked">Whether it is looked at only together with a check of the peer's address.</param>
/// <param name="IsAssigned">Whether it decides an assignment to a request property, which is reported instead.</param>
/// <param name="Fix">Data for the fix; empty where none is right.</param>
internal sealed record PresenceCheck(
    ForwardedHeader Header,
    RequestKind Request,
    Location Location,
    Location Decision,
    PresenceOutcome Outcome,
    string Consequence,
    bool IsPeerChecked,
    bool IsAssigned,
    ImmutableDictionary<string, string?> Fix)
{
    /// <inheritdoc cref="MiddlewareReach.IsUncalled"/>
    internal bool IsUncalled { get; init; }

    /// <summary>Whether it decides what the request's own scheme should decide, whatever the header carries.</summary>
    internal bool IsAboutHttps => PresenceJudge.IsAboutHttps(Consequence);
}

/// <summary>A place where a property of the request is written because of a raw header.</summary>
/// <param name="Header">The header that decides it.</param>
/// <param name="Property">The property written.</param>
/// <param name="Location">The assignment.</param>
/// <param name="Fix">Data for the fix; empty where none is right.</param>
internal sealed record RequestAssignment(ForwardedHeader Header, RequestProperty Property, Location Location, ImmutableDictionary<string, string?> Fix)
{
    /// <summary>Whether the header's value is what is assigned; otherwise the header only decides whether it is.</summary>
    internal bool IsOfValue { get; init; }

    /// <summary>Whether it stands in a middleware that is only in the pipeline under some condition, or that nothing in the app adds.</summary>
    internal bool IsOptional { get; init; }
}
