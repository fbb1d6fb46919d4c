using System.Collections.Generic;
using ProxySsl.Analyzers.Knowledge;

namespace ProxySsl.Analyzers.Headers.Rules;

/// <summary>PSSL1003: the raw value of a client address header is believed.</summary>
internal sealed class RawClientAddressRule : IHeaderRule
{
    /// <inheritdoc/>
    public IEnumerable<Finding> Check(HeadersModel model)
    {
        foreach (var read in model.Reads)
        {
            if (read is { Header.Family: HeaderFamily.ClientIp, Request: RequestKind.AspNetCore, IsPeerChecked: false, IsAssigned: false }
                && read.IsBelieved && !LeftmostEntryRule.Applies(read))
            {
                var use = (read.Uses & HeaderUses.UrlHost) != 0 ? "becomes the host of a URL"
                    : read.IsOnlyCompared ? "is compared as the client's address"
                    : "is used as the client's address";
                yield return new Finding(Descriptors.RawClientAddress, read.Location, read.Fix, HeaderWords.Names(read.Headers), use, HeaderWords.Advice(read.Headers, "use " + Instead(read)));
            }
        }
    }

    /// <summary>What to use instead. An address in the place of a host is meant for the app's own as often as for that of the client.</summary>
    internal static string Instead(HeaderRead read) => (read.Uses & HeaderUses.UrlHost) != 0
        ? "'Request.Host' for a link to the app, or 'Connection.RemoteIpAddress' for the client's own address,"
        : "'Connection.RemoteIpAddress'";
}
