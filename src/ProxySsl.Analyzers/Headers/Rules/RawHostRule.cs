using System.Collections.Generic;
using ProxySsl.Analyzers.Knowledge;

namespace ProxySsl.Analyzers.Headers.Rules;

/// <summary>PSSL1005: the raw value of a host, prefix or port header is believed.</summary>
internal sealed class RawHostRule : IHeaderRule
{
    /// <inheritdoc/>
    public IEnumerable<Finding> Check(HeadersModel model)
    {
        foreach (var read in model.Reads)
        {
            if (read is { Header.Family: HeaderFamily.Host or HeaderFamily.Prefix or HeaderFamily.Port, Request: RequestKind.AspNetCore, IsPeerChecked: false, IsAssigned: false }
                && read.IsBelieved && (read.Uses & HeaderUses.LookedUp) == 0)
            {
                yield return new Finding(
                    Descriptors.RawHost,
                    read.Location,
                    read.Fix,
                    HeaderWords.Names(read.Headers),
                    (read.Uses & HeaderUses.Url) != 0 ? "becomes part of a URL" : read.IsOnlyCompared ? "decides" : "is used",
                    HeaderWords.Advice(read.Headers, read.Header.Family == HeaderFamily.Prefix
                        ? "use 'Request.PathBase', which UseForwardedHeaders (with XForwardedPrefix) or UsePathBase sets"
                        : "use 'Request.Host' behind UseForwardedHeaders with AllowedHosts"));
            }
        }
    }
}
