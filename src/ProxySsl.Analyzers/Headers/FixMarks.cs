using System;
using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;
using ProxySsl.Analyzers.Flow;
using ProxySsl.Analyzers.Knowledge;

namespace ProxySsl.Analyzers.Headers;

/// <summary>Decides which places have a right automatic rewrite, and what a fix has to know of them.</summary>
internal static class FixMarks
{
    private static readonly ImmutableDictionary<string, string?> None = ImmutableDictionary<string, string?>.Empty;

    /// <summary>The marks of a presence check: the check is an expression around the access, and the request stands in it.</summary>
    internal static ImmutableDictionary<string, string?> OfCheck(HeaderAccess access, Decision decision)
    {
        if (access.Header.Family != HeaderFamily.Scheme || !Holds(decision.Test, access.Operation))
        {
            return None;
        }

        var marks = None
            .Add(HeaderFixProperties.Header, access.Header.Name)
            .Add(HeaderFixProperties.Negated, decision.PresentWhenTrue ? "false" : "true");
        return access.Request == RequestKind.Other ? marks.Add(FixProperties.Fix, HeaderFixProperties.FixCompareValue)
            : HoldsRequest(access.Operation) ? marks.Add(FixProperties.Fix, HeaderFixProperties.FixIsHttps)
            : None;
    }

    /// <summary>The marks of a read of a value.</summary>
    internal static ImmutableDictionary<string, string?> OfRead(HeaderAccess access, Trail trail)
    {
        if (access.Request != RequestKind.AspNetCore || !HoldsRequest(access.Operation))
        {
            return None;
        }

        var marks = None.Add(HeaderFixProperties.Header, access.Header.Name);
        foreach (var match in trail.Matches)
        {
            if (Holds(match.Test, access.Operation))
            {
                return access.Header.Family == HeaderFamily.Scheme && Expects(match.Test) is { } secure
                    ? marks.Add(FixProperties.Fix, HeaderFixProperties.FixIsHttps)
                        .Add(HeaderFixProperties.Use, HeaderFixProperties.Comparison)
                        .Add(HeaderFixProperties.Negated, match.PresentWhenTrue == secure ? "false" : "true")
                    : None;
            }
        }

        var fix = access.Header.Style switch
        {
            HeaderValueStyle.Scheme => HeaderFixProperties.FixScheme,
            HeaderValueStyle.Address or HeaderValueStyle.AddressList => HeaderFixProperties.FixRemoteIpAddress,
            HeaderValueStyle.Host => HeaderFixProperties.FixHost,
            HeaderValueStyle.Path => HeaderFixProperties.FixPathBase,
            _ => null,
        };
        return fix is null ? None : marks.Add(FixProperties.Fix, fix).Add(HeaderFixProperties.Use, HeaderFixProperties.Value);
    }

    /// <summary>The marks of an assignment to a property of the request.</summary>
    internal static ImmutableDictionary<string, string?> OfAssignment(IAssignmentOperation assignment) => None;

    private static bool Holds(IOperation outer, IOperation inner) =>
        outer.Syntax.SyntaxTree == inner.Syntax.SyntaxTree && outer.Syntax.Span.Contains(inner.Syntax.Span);

    // Which value the comparison asks for: true for https and the words of the on/off headers, false for http; null for anything else.
    private static bool? Expects(IOperation test)
    {
        foreach (var operation in test.DescendantsAndSelf())
        {
            if (operation is ILiteralOperation { ConstantValue: { HasValue: true, Value: string text } })
            {
                switch (text.Trim().ToLowerInvariant())
                {
                    case "https" or "on" or "1" or "true":
                        return true;
                    case "http":
                        return true;
                }
            }
        }

        return null;
    }

    private static bool HoldsRequest(IOperation access)
    {
        foreach (var operation in access.DescendantsAndSelf())
        {
            if (operation is IPropertyReferenceOperation { Property: { Name: "Headers", ContainingType.Name: "HttpRequest" }, Instance: { } request }
                && request.Unwrapped() is not IConditionalAccessInstanceOperation)
            {
                return true;
            }
        }

        return false;
    }
}
