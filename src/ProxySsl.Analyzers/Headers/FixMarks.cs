using System.Collections.Immutable;
using System.Threading;
using Microsoft.CodeAnalysis.Operations;
using ProxySsl.Analyzers.Knowledge;

namespace ProxySsl.Analyzers.Headers;

/// <summary>
/// Decides which places have a right automatic rewrite, and what a fix has to know of them. The shape of the code is not looked at here:
/// the rewrite is tried before it is offered.
/// </summary>
internal static class FixMarks
{
    private static readonly ImmutableDictionary<string, string?> None = ImmutableDictionary<string, string?>.Empty;

    /// <summary>The marks of a presence check. Presence of an address or host says something about https only where that is what it decides.</summary>
    internal static ImmutableDictionary<string, string?> OfCheck(HeaderAccess access, Decision decision, bool isAboutHttps)
    {
        var isScheme = access.Header.Family == HeaderFamily.Scheme;
        var fix = access.Request switch
        {
            RequestKind.AspNetCore when isScheme || isAboutHttps => HeaderFixProperties.FixIsHttps,
            RequestKind.Other when isScheme && access.Header.Style is HeaderValueStyle.Scheme or HeaderValueStyle.Switch => HeaderFixProperties.FixCompareValue,
            _ => null,
        };
        return fix is null ? None : None
            .Add(FixProperties.Fix, fix)
            .Add(HeaderFixProperties.Header, access.Header.Name)
            .Add(HeaderFixProperties.Negated, decision.PresentWhenTrue ? "false" : "true");
    }

    /// <summary>The marks of a read of a value.</summary>
    internal static ImmutableDictionary<string, string?> OfRead(HeaderAccess access, Trail trail)
    {
        // Whose address it is that stands where a URL has its host, a person has to say.
        if (access.Request != RequestKind.AspNetCore || (access.Header.Family == HeaderFamily.ClientIp && (trail.Uses & HeaderUses.UrlHost) != 0))
        {
            return None;
        }

        var isCompared = trail.Matches.Count > 0 && (trail.Uses & HeaderUses.Url) == 0;
        var fix = access.Header.Family switch
        {
            HeaderFamily.Scheme => isCompared ? HeaderFixProperties.FixIsHttps : HeaderFixProperties.FixScheme,
            HeaderFamily.ClientIp => HeaderFixProperties.FixRemoteIpAddress,
            HeaderFamily.Prefix => HeaderFixProperties.FixPathBase,
            HeaderFamily.Port when isCompared => HeaderFixProperties.FixIsHttps,
            _ => HeaderFixProperties.FixHost,
        };
        return None
            .Add(FixProperties.Fix, fix)
            .Add(HeaderFixProperties.Header, access.Header.Name)
            .Add(HeaderFixProperties.Use, isCompared ? HeaderFixProperties.Comparison : HeaderFixProperties.Value);
    }

    /// <summary>The marks of an assignment to a property of the request.</summary>
    internal static ImmutableDictionary<string, string?> OfAssignment(HeaderAccess access, IAssignmentOperation assignment, CompilationModel model, CancellationToken cancellationToken) =>
        InlineMiddleware.BodyAround(assignment, model, cancellationToken) is { } body && AppliedHeaders.Cover(access.Header, body, model, cancellationToken)
            ? None.Add(FixProperties.Fix, HeaderFixProperties.FixUseForwardedHeaders).Add(HeaderFixProperties.Header, access.Header.Name)
            : None;
}
