using System;
using System.Collections.Generic;
using ProxySsl.Analyzers.Knowledge;

namespace ProxySsl.Analyzers.Headers.Rules;

/// <summary>PSSL1006: a property of the request is written because of a raw header; one report an assignment.</summary>
internal sealed class HandWrittenMiddlewareRule : IHeaderRule
{
    /// <inheritdoc/>
    public IEnumerable<Finding> Check(HeadersModel model)
    {
        foreach (var assignment in model.Assignments)
        {
            yield return new Finding(
                Descriptors.HandWrittenMiddleware,
                assignment.Location,
                assignment.Fix,
                assignment.Property == RequestProperty.RemoteIpAddress ? "Connection.RemoteIpAddress" : "Request." + assignment.Property,
                assignment.Header.Name,
                assignment.Header.Family == HeaderFamily.Prefix && !model.ProcessesPrefix
                    ? "compare the sender (Connection.RemoteIpAddress) with the known proxies first, or call UsePathBase with a base from configuration: this framework's UseForwardedHeaders processes no prefix"
                    : Replacement(assignment.Header))
            {
                // Whoever turns it on may know that a proxy is all that reaches the app; what nothing adds may be found by its type.
                IsSuggestion = assignment.IsOptional,
            };
        }
    }

    // A header of another name than the middleware reads by default is one more option to set.
    private static string Replacement(ForwardedHeader header)
    {
        if (AppliedHeaders.ReadFor(header.Family) is not { } read || header.Substitute is not null || string.Equals(read.Name, header.Name, StringComparison.OrdinalIgnoreCase))
        {
            return HeaderWords.Advice([header], "use app.UseForwardedHeaders(), which does it for known proxies only");
        }

        return header.IsOriginal
            ? $"use app.UseForwardedHeaders(), which takes {read.Name} of known proxies only and keeps what it replaces in {header.Name}"
            : $"use app.UseForwardedHeaders() with {read.Option} = \"{header.Name}\", which does it for known proxies only";
    }
}
