using System;
using System.Collections.Generic;
using System.Linq;
using ProxySsl.Analyzers.Knowledge;

namespace ProxySsl.Analyzers.Spelling;

/// <summary>One word that files are searched for, in any letter case, and what it belongs to.</summary>
internal readonly record struct Word(string Text, WordGroups Group);

/// <summary>
/// The words without which no rule can fire, prepared for one pass over a text: a rolling hash of three letters finds the places where a
/// word may be, and only there is anything compared. Searching allocates nothing.
/// </summary>
internal sealed class Vocabulary
{
    private const int HashBits = 15;
    private const int HashMask = (1 << HashBits) - 1;

    // How common a letter is in C# source; a word is anchored at its rarest three letters.
    private const string CommonLetters = "etaionrsludcpmghfbyvwkxjqz";

    private static readonly Lazy<Vocabulary> Default = new(() => new Vocabulary(Words(configured: null)));

    private readonly Word[] _words;
    private readonly int[] _anchors;
    private readonly byte[] _mayEnd = new byte[1 << HashBits];
    private readonly Dictionary<int, int[]> _byHash;

    internal Vocabulary(IEnumerable<Word> words)
    {
        _words = words.GroupBy(w => w.Text, StringComparer.OrdinalIgnoreCase)
            .Select(g => new Word(g.Key, g.Aggregate(WordGroups.None, (groups, w) => groups | w.Group)))
            .Where(w => w.Text.Length >= 3)
            .ToArray();
        _anchors = new int[_words.Length];
        var byHash = new Dictionary<int, List<int>>();
        for (var i = 0; i < _words.Length; i++)
        {
            _anchors[i] = RarestTrigram(_words[i].Text);
            var hash = 0;
            for (var k = 0; k < 3; k++)
            {
                hash = Next(hash, _words[i].Text[_anchors[i] + k]);
            }

            _mayEnd[hash] = 1;
            if (!byHash.TryGetValue(hash, out var list))
            {
                byHash[hash] = list = [];
            }

            list.Add(i);
        }

        _byHash = byHash.ToDictionary(p => p.Key, p => p.Value.ToArray());
    }

    /// <summary>The vocabulary of a configuration; the default one is shared.</summary>
    internal static Vocabulary For(ProxySslOptions options) =>
        options.SchemeHeaders.IsEmpty && options.ClientIpHeaders.IsEmpty && options.HostHeaders.IsEmpty
        && options.ForwardedHeadersMethods.IsEmpty && options.SchemeDependentMethods.IsEmpty
            ? Default.Value
            : new Vocabulary(Words(options));

    /// <summary>Finds every word in the first <paramref name="length"/> characters and calls nothing, allocates nothing, where there is none.</summary>
    /// <returns>The groups of the words found; their places are added to <paramref name="hits"/>, which is made on the first hit.</returns>
    internal WordGroups Search(char[] text, int length, ref List<WordHit>? hits)
    {
        var groups = WordGroups.None;
        var hash = 0;
        var mayEnd = _mayEnd;
        for (var i = 0; i < length; i++)
        {
            hash = Next(hash, text[i]);
            if (mayEnd[hash] == 0)
            {
                continue;
            }

            foreach (var index in _byHash[hash])
            {
                var start = i - 2 - _anchors[index];
                if (StandsAt(text, length, start, _words[index].Text))
                {
                    groups |= _words[index].Group;
                    (hits ??= []).Add(new WordHit(start, _words[index].Text.Length, _words[index].Group));
                }
            }
        }

        return groups;
    }

    private static IEnumerable<Word> Words(ProxySslOptions? configured)
    {
        foreach (var header in ForwardedHeaderNames.All)
        {
            yield return new Word(header.Name, WordGroups.HeaderName);
            yield return new Word(header.CgiName, WordGroups.HeaderName);
        }

        yield return new Word("ForwardedHeadersDefaults", WordGroups.HeaderName);
        yield return new Word("ForwardedHeaders", WordGroups.ForwardedHeaders);
        yield return new Word("KnownProxies", WordGroups.ForwardedHeaders);
        yield return new Word("KnownNetworks", WordGroups.ForwardedHeaders);
        yield return new Word("KnownIPNetworks", WordGroups.ForwardedHeaders);
        foreach (var name in MiddlewareKnowledge.MethodNames)
        {
            yield return new Word(name, WordGroups.Middleware);
        }

        yield return new Word("IApplicationBuilder", WordGroups.Middleware);
        yield return new Word("WebApplication", WordGroups.Middleware);
        yield return new Word("Scheme", WordGroups.RequestProperty);
        yield return new Word("IsHttps", WordGroups.RequestProperty);
        yield return new Word("\"http", WordGroups.SchemeText);
        if (configured is null)
        {
            yield break;
        }

        foreach (var name in configured.SchemeHeaders.Concat(configured.ClientIpHeaders).Concat(configured.HostHeaders))
        {
            yield return new Word(name, WordGroups.HeaderName);
            yield return new Word(ForwardedHeaderNames.ToCgiName(name), WordGroups.HeaderName);
        }

        foreach (var name in configured.ForwardedHeadersMethods)
        {
            yield return new Word(name, WordGroups.ForwardedHeaders | WordGroups.Middleware);
        }

        foreach (var name in configured.SchemeDependentMethods)
        {
            yield return new Word(name, WordGroups.Middleware);
        }
    }

    // The five low bits of a letter are the same in both cases, so the hash ignores case; three steps shift a character out of the mask.
    private static int Next(int hash, char c) => ((hash << 5) ^ (c & 31) ^ (c > 127 ? 1 : 0)) & HashMask;

    private static bool StandsAt(char[] text, int length, int start, string word)
    {
        if (start < 0 || start + word.Length > length)
        {
            return false;
        }

        for (var i = 0; i < word.Length; i++)
        {
            var c = text[start + i];
            var w = word[i];
            if (c != w && (Lower(c) != Lower(w)))
            {
                return false;
            }
        }

        return true;
    }

    private static char Lower(char c) => c is >= 'A' and <= 'Z' ? (char)(c | 0x20) : c;

    private static int RarestTrigram(string word)
    {
        var best = 0;
        var bestScore = -1;
        for (var i = 0; i + 3 <= word.Length; i++)
        {
            var score = Rarity(word[i]) + Rarity(word[i + 1]) + Rarity(word[i + 2]);
            if (score > bestScore)
            {
                bestScore = score;
                best = i;
            }
        }

        return best;
    }

    private static int Rarity(char c)
    {
        var index = CommonLetters.IndexOf(char.ToLowerInvariant(c));
        return index < 0 ? 12 : index;
    }
}
