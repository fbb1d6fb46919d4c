using System.Collections.Generic;

namespace ProxySsl.Analyzers.Headers.Rules;

/// <summary>PSSL1001: the presence of a forwarded header grants something.</summary>
internal sealed class PresenceOnlyRule : IHeaderRule
{
    private const string UseIsHttps = "use 'Request.IsHttps' behind UseForwardedHeaders";

    /// <inheritdoc/>
    public IEnumerable<Finding> Check(HeadersModel model)
    {
        foreach (var check in model.Checks)
        {
            if (check is { Outcome: PresenceOutcome.Grants, IsPeerChecked: false, IsAssigned: false })
            {
                yield return new Finding(
                    Descriptors.PresenceOnly, check.Location, check.Fix, check.Header.Name, check.Consequence, Advice(check))
                {
                    IsSuggestion = check.IsUncalled,
                };
            }
        }
    }

    private static string Advice(PresenceCheck check) => check switch
    {
        { Request: RequestKind.Other } => "compare its value, and let only the proxy set it",
        { Header.Family: Knowledge.HeaderFamily.Scheme } => HeaderWords.Advice([check.Header], UseIsHttps),
        { IsAboutHttps: true } => UseIsHttps,
        _ => HeaderWords.Advice([check.Header], "decide by '" + check.Header.SafeProperty + "' behind UseForwardedHeaders"),
    };
}
