using System;
using System.Collections.Generic;

namespace ProxySsl.Analyzers.Knowledge;

/// <summary>What a name says of a true-or-false that it holds.</summary>
internal enum NameSense
{
    /// <summary>Nothing that tells good from bad.</summary>
    Neutral,

    /// <summary>True is what a client would like: secure, trusted, allowed.</summary>
    Grants,

    /// <summary>True is what a client would not like: denied, must be redirected, untrusted.</summary>
    Refuses,

    /// <summary>True is a closeness that opens doors: local, direct, internal.</summary>
    Local,

    /// <summary>True is a place behind a proxy, which opens none.</summary>
    Remote,
}

/// <summary>Reads names of variables, members and parameters by the words they are made of.</summary>
internal static class NameMeaning
{
    private static readonly HashSet<string> GrantingWords = new(StringComparer.OrdinalIgnoreCase)
    {
        "secure", "secured", "https", "ssl", "tls", "encrypted", "trusted", "trust", "allowed", "allow", "allows", "authorized", "authorised", "authenticated",
        "valid", "safe", "permitted", "granted", "grant", "permit", "terminated",
    };

    private static readonly HashSet<string> RefusingWords = new(StringComparer.OrdinalIgnoreCase)
    {
        "insecure", "unsecure", "untrusted", "denied", "deny", "block", "blocked", "reject", "rejected", "redirect", "redirects", "require", "requires", "required",
        "invalid", "forbidden", "forbid", "suspicious", "spoofed", "unauthorized", "challenge", "unsafe", "enforce", "warn", "warning", "hide", "hidden", "refuse", "needs",
    };

    private static readonly HashSet<string> LocalWords = new(StringComparer.OrdinalIgnoreCase)
    {
        "local", "localhost", "loopback", "direct", "internal", "admin", "intranet", "onpremises", "directly", "lan",
    };

    // UseLocalTime, ShowDirectDebit: of these the word says nothing about where a request comes from.
    private static readonly HashSet<string> ThingsOfAnotherKind = new(StringComparer.OrdinalIgnoreCase)
    {
        "time", "date", "zone", "debit", "currency", "language", "culture", "storage", "cache", "file", "path", "mail", "message", "variable",
    };

    private static readonly HashSet<string> NegatingWords = new(StringComparer.OrdinalIgnoreCase) { "not", "no", "non", "isnt", "without", "disable", "disabled", "skip", "skips", "bypass", "ignore" };

    private static readonly HashSet<string> RemoteWords = new(StringComparer.OrdinalIgnoreCase)
    {
        "remote", "external", "public", "proxied", "forwarded", "proxy",
    };

    /// <summary>What a name says, from its words in PascalCase, camelCase or snake_case; any string is fine.</summary>
    internal static NameSense Of(string name)
    {
        var sense = NameSense.Neutral;
        var isNegated = false;
        var words = new List<string>(Words(name));
        for (var i = 0; i < words.Count; i++)
        {
            var word = words[i];
            if (i + 1 < words.Count && LocalWords.Contains(word) && ThingsOfAnotherKind.Contains(words[i + 1]))
            {
                continue;
            }

            var own = RefusingWords.Contains(word) ? NameSense.Refuses
                : GrantingWords.Contains(word) ? NameSense.Grants
                : LocalWords.Contains(word) ? NameSense.Local
                : RemoteWords.Contains(word) ? NameSense.Remote
                : NameSense.Neutral;
            isNegated |= NegatingWords.Contains(word);

            // "RequireHttps", "ShouldRedirectToHttps", "IsTrustedProxy": what refuses outweighs, then what grants.
            if (own != NameSense.Neutral && (sense is NameSense.Neutral or NameSense.Remote || own == NameSense.Refuses || (own == NameSense.Grants && sense == NameSense.Local)))
            {
                sense = own;
            }
        }

        return (sense, isNegated) switch
        {
            (NameSense.Grants, true) => NameSense.Refuses,
            (NameSense.Refuses, true) => NameSense.Grants,
            (NameSense.Local, true) => NameSense.Remote,
            (NameSense.Remote, true) => NameSense.Local,
            _ => sense,
        };
    }

    private static IEnumerable<string> Words(string name)
    {
        var start = 0;
        for (var i = 0; i <= name.Length; i++)
        {
            var isBoundary = i == name.Length || name[i] == '_' || (i > start && char.IsDigit(name[i]) && !char.IsDigit(name[i - 1]))
                || (i > start && char.IsUpper(name[i]) && (!char.IsUpper(name[i - 1]) || (i + 1 < name.Length && char.IsLower(name[i + 1]))));
            if (!isBoundary)
            {
                continue;
            }

            if (i > start)
            {
                yield return name.Substring(start, i - start);
            }

            start = i < name.Length && name[i] == '_' ? i + 1 : i;
        }
    }
}
