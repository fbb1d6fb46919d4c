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
                    : Replacement(assignment))
            {
                // it may be found by its type, which nobody sees here
                IsSuggestion = assignment.IsUnused,
            };
        }
    }

    // A header of another name than the middleware reads by default is one more option to set.
    private static string Replacement(RequestAssignment assignment)
    {
        var (header, property) = (assignment.Header, assignment.Property);
        var (option, byDefault) = (header.Family, property) switch
        {
            (HeaderFamily.ClientIp, RequestProperty.RemoteIpAddress) => ("ForwardedForHeaderName", "X-Forwarded-For"),
            (HeaderFamily.Host, RequestProperty.Host) => ("ForwardedHostHeaderName", "X-Forwarded-Host"),
            (HeaderFamily.Scheme, RequestProperty.Scheme or RequestProperty.IsHttps) => ("ForwardedProtoHeaderName", "X-Forwarded-Proto"),
            _ => ("", header.Name),
        };
        var name = header.Substitute is not null || string.Equals(header.Name, byDefault, StringComparison.OrdinalIgnoreCase) ? "" : $" with {option} = \"{header.Name}\"";
        return HeaderWords.Advice([header], $"use app.UseForwardedHeaders(){name}, which does it for known proxies only");
    }
}
