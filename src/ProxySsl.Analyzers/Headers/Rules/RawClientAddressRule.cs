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
                yield return new Finding(
                    Descriptors.RawClientAddress, read.Location, read.Fix, read.Header.Name, (read.Uses & HeaderUses.Compared) != 0 ? "is compared" : "is used");
            }
        }
    }
}
