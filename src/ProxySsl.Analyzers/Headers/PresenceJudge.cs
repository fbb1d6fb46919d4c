using ProxySsl.Analyzers.Knowledge;

namespace ProxySsl.Analyzers.Headers;

/// <summary>
/// Judges what the presence of a header does for whoever sends it. Presence that grants is dangerous, presence that refuses fails closed;
/// what cannot be told is left alone.
/// </summary>
internal static class PresenceJudge
{
    private const string NotRedirected = "is not redirected";
    private const string TreatedAsSecure = "is treated as secure";
    private const string TakenToUseHttps = "is taken to use https";

    /// <summary>The outcome of a decision, and what it was told from, as words that follow "whoever sends it" or "whoever does not send it".</summary>
    internal static (PresenceOutcome Outcome, string Consequence) Judge(Decision decision, ForwardedHeader header, Effects effects)
    {
        var present = effects.Of(decision.Present);
        var absent = effects.Of(decision.Absent);
        if (header.Family is HeaderFamily.ClientIp or HeaderFamily.Host && !decision.HasPeer)
        {
            foreach (var (name, trueWhenPresent) in decision.Names)
            {
                if (!trueWhenPresent && NameMeaning.Of(name) == NameSense.Local)
                {
                    return (PresenceOutcome.AbsenceIsLocal, name);
                }
            }
        }

        if ((present & Effect.Refuses) != 0 && (absent & Effect.Refuses) == 0)
        {
            return (PresenceOutcome.Refuses, "");
        }

        if ((absent & Effect.Redirects) != 0 && (present & Effect.Redirects) == 0)
        {
            return (PresenceOutcome.Grants, NotRedirected);
        }

        if ((absent & Effect.Refuses) != 0 && (present & Effect.Refuses) == 0)
        {
            return (PresenceOutcome.Grants, "is let in");
        }

        if (decision.IsBesideHttps)
        {
            return (PresenceOutcome.Grants, TreatedAsSecure);
        }

        if ((present & Effect.SaysHttps) != 0 && (absent & Effect.SaysHttps) == 0 && (present & Effect.Redirects) == 0)
        {
            return (PresenceOutcome.Grants, TakenToUseHttps);
        }

        if ((present & Effect.Grants) != 0 && (absent & Effect.Grants) == 0)
        {
            return (PresenceOutcome.Grants, "is trusted");
        }

        return ByNames(decision, header, present, absent);
    }

    /// <summary>Whether a consequence is one that <c>IsHttps</c> should decide, whatever header it was that decided it.</summary>
    internal static bool IsAboutHttps(string consequence) => consequence is NotRedirected or TreatedAsSecure or TakenToUseHttps;

    private static (PresenceOutcome Outcome, string Consequence) ByNames(Decision decision, ForwardedHeader header, Effect present, Effect absent)
    {
        var isAddress = header.Family is HeaderFamily.ClientIp or HeaderFamily.Host;
        var outcome = (Outcome: PresenceOutcome.Unknown, Consequence: "");
        foreach (var (name, trueWhenPresent) in decision.Names)
        {
            switch (NameMeaning.Of(name))
            {
                case NameSense.Grants when trueWhenPresent:
                    outcome = (PresenceOutcome.Grants, "gets '" + name + "'");
                    break;
                case NameSense.Refuses when !trueWhenPresent:
                    outcome = (PresenceOutcome.Grants, "is spared '" + name + "'");
                    break;
                case NameSense.Grants when isAddress && !decision.HasPeer:
                    return (PresenceOutcome.AbsenceIsLocal, name);
                case NameSense.Grants or NameSense.Refuses:
                    return (PresenceOutcome.Refuses, "");
                case NameSense.Local when trueWhenPresent:
                    outcome = (PresenceOutcome.Grants, "gets '" + name + "'");
                    break;
            }
        }

        if (outcome.Outcome == PresenceOutcome.Unknown && isAddress && !decision.HasPeer
            && (absent & Effect.SaysLocal) != 0 && (present & Effect.SaysLocal) == 0)
        {
            return (PresenceOutcome.AbsenceIsLocal, "local");
        }

        return outcome;
    }
}
