using System.Collections.Generic;

namespace ProxySsl.Analyzers.Headers.Rules;

/// <summary>PSSL1008: who sends no address or host header is taken for somebody near.</summary>
internal sealed class AbsenceIsLocalRule : IHeaderRule
{
    /// <inheritdoc/>
    public IEnumerable<Finding> Check(HeadersModel model)
    {
        foreach (var check in model.Checks)
        {
            if (check is { Outcome: PresenceOutcome.AbsenceIsLocal, IsPeerChecked: false, Request: RequestKind.AspNetCore })
            {
                yield return new Finding(Descriptors.AbsenceIsLocal, check.Location, check.Header.Name, check.Consequence);
            }
        }
    }
}
