using System.Collections.Generic;
using ProxySsl.Analyzers.Knowledge;

namespace ProxySsl.Analyzers.Headers.Rules;

/// <summary>PSSL1004: the first entry of the list of addresses is taken, which is the client's own word even behind a trusted proxy.</summary>
internal sealed class LeftmostEntryRule : IHeaderRule
{
    /// <inheritdoc/>
    public IEnumerable<Finding> Check(HeadersModel model)
    {
        foreach (var read in model.Reads)
        {
            // A peer check does not help here; an assignment that one guards is reported by no other rule.
            if (read is { Request: RequestKind.AspNetCore } && Applies(read) && (read.IsAssigned ? read.IsPeerChecked : read.IsBelieved))
            {
                yield return new Finding(Descriptors.LeftmostEntry, read.Location, read.Fix, read.Header.Name, RawClientAddressRule.Instead(read))
                {
                    IsSuggestion = read.IsUncalled,
                };
            }
        }
    }

    /// <summary>Whether the read is this rule's and not that of the raw address.</summary>
    internal static bool Applies(HeaderRead read) =>
        read is { Header: { Family: HeaderFamily.ClientIp, Style: HeaderValueStyle.AddressList } } && (read.Uses & HeaderUses.Leftmost) != 0;
}
