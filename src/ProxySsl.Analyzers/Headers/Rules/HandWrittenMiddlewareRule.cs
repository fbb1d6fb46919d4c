using System.Collections.Generic;

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
                assignment.Header.Name);
        }
    }
}
