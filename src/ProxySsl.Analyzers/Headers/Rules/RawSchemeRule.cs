using System.Collections.Generic;
using System.Linq;
using ProxySsl.Analyzers.Knowledge;

namespace ProxySsl.Analyzers.Headers.Rules;

/// <summary>PSSL1002: the raw value of a scheme header is believed.</summary>
internal sealed class RawSchemeRule : IHeaderRule
{
    /// <inheritdoc/>
    public IEnumerable<Finding> Check(HeadersModel model)
    {
        foreach (var read in model.Reads)
        {
            if (read is { Header.Family: HeaderFamily.Scheme, Request: RequestKind.AspNetCore, IsPeerChecked: false, IsAssigned: false } && read.IsBelieved)
            {
                // What becomes part of a URL, or is handed on, is no less that where it is compared on the way.
                var (use, instead) = (read.Uses & HeaderUses.Url) != 0 ? ("put into a URL", "Request.Scheme")
                    : read.IsOnlyCompared ? ("compared", "Request.IsHttps")
                    : ("used as the scheme", "Request.Scheme");
                yield return new Finding(Descriptors.RawScheme, read.Location, read.Fix, HeaderWords.Names(read.Headers), use, HeaderWords.Advice(read.Headers, "use '" + instead + "'"))
                {
                    // A library does not know whether its app applies forwarded headers, and a link back to the one who asked harms nobody else;
                    // a scheme that is handed on is for such a link, a comparison decides something. So it is in an app that sends no links.
                    // Where the middleware can make nothing of the header, the proxy has to be changed first.
                    IsSuggestion = read.IsUncalled || (model.IsLibrary && (!read.IsOnlyCompared || read.IsOnlyLinked)) || read.IsOnlyShownInLink || (read.IsOnlyLinked && !model.LinksMayLeave) || read.Headers.All(h => h.Substitute is not null),
                };
            }
        }
    }
}
