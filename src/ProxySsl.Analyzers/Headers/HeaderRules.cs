using System.Collections.Generic;
using ProxySsl.Analyzers.Headers.Rules;

namespace ProxySsl.Analyzers.Headers;

/// <summary>A rule about the model of header reads.</summary>
internal interface IHeaderRule
{
    /// <summary>What the rule says about the model.</summary>
    IEnumerable<Finding> Check(HeadersModel model);
}

/// <summary>The rules that stand on the model of header reads.</summary>
internal static class HeaderRules
{
    internal static readonly IReadOnlyList<IHeaderRule> All =
    [
        new PresenceOnlyRule(),
        new RawSchemeRule(),
        new RawClientAddressRule(),
        new LeftmostEntryRule(),
        new RawHostRule(),
        new HandWrittenMiddlewareRule(),
        new AbsenceIsLocalRule(),
    ];
}
