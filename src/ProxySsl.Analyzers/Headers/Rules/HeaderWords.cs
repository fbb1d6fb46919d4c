using System.Collections.Generic;
using System.Linq;
using ProxySsl.Analyzers.Knowledge;

namespace ProxySsl.Analyzers.Headers.Rules;

/// <summary>The words that messages of several rules share.</summary>
internal static class HeaderWords
{
    /// <summary>The names of headers as they stand between quotes: <c>X-Forwarded-Proto' or 'Front-End-Https</c>.</summary>
    internal static string Names(IReadOnlyList<ForwardedHeader> headers)
    {
        var names = headers.Select(h => h.Name).ToList();
        return names.Count == 1 ? names[0] : string.Join("', '", names.Take(names.Count - 1)) + "' or '" + names[names.Count - 1];
    }

    /// <summary>What to do instead of reading headers, and what the proxy has to send for it where the middleware cannot read one of them.</summary>
    internal static string Advice(IReadOnlyList<ForwardedHeader> headers, string instead)
    {
        var substitute = headers.Select(h => h.Substitute).FirstOrDefault(s => s is not null);
        return substitute is null ? instead : "have the proxy send " + substitute + " and " + instead;
    }
}
