using System;
using System.Collections.Generic;
using System.Linq;
using ProxySsl.Analyzers.Knowledge;

namespace ProxySsl.Analyzers.Spelling;

/// <summary>One word that files are searched for, in any letter case, and what it belongs to.</summary>
internal readonly record struct Word(string Text, WordGroups Group);

/// <summary>
/// The words without which no rule can fire, prepared for one pass over a text. Three letters in a row tell whether a word may stand
/// around them, and only there is anything compared. A word of five letters has three places for such a triple, so that looking at every
/// third place of the text misses none. Searching allocates nothing.
/// </summary>
internal sealed class Vocabulary
{
    private const int Triple = 3;
    private const int LargestStep = 3;
    private const int HashBits = 15;

    // How common a letter is in C# source; a word is recognized by its rarest letters.
    private const string CommonLetters = "etaionrsludcpmghfbyvwkxjqz";

    private static readonly Lazy<Vocabulary> Default = new(() => new Vocabulary(Words(configured: null)));

    private readonly Word[] _words;
    private readonly int _step = LargestStep;

    // By hash of three letters: 0, or one more than the index into _candidates.
    private readonly ushort[] _candidatesAt = new ushort[1 << HashBits];
    private readonly (int Word, int Offset)[][] _candidates;

    internal Vocabulary(IEnumerable<Word> words)
    {
        _words = words.GroupBy(w => w.Text, StringComparer.OrdinalIgnoreCase)
            .Select(g => new Word(g.Key, g.Aggregate(WordGroups.None, (groups, w) => groups | w.Group)))
            .Where(w => w.Text.Length >= Triple)
            .ToArray();
        foreach (var word in _words)
        {
            _step = Math.Min(_step, word.Text.Length - Triple + 1);
        }

        var byHash = new Dictionary<int, List<(int, int)>>();
        for (var i = 0; i < _words.Length; i++)
        {
            var text = _words[i].Text;
            var first = RarestPart(text, Triple + _step - 1);
            for (var offset = first; offset < first + _step; offset++)
            {
                var hash = Hash(text[offset], text[offset + 1], text[offset + 2]);
                if (!byHash.TryGetValue(hash, out var list))
                {
                    byHash[hash] = list = [];
                }

                list.Add((i, offset));
            }
        }

        _candidates = new (int, int)[byHash.Count][];
        ushort next = 0;
        foreach (var pair in byHash)
        {
            _candidates[next] = pair.Value.ToArray();
            _candidatesAt[pair.Key] = ++next;
        }
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
        var candidatesAt = _candidatesAt;
        var step = _step;
        for (var i = 0; i + Triple <= length; i += step)
        {
            var candidates = candidatesAt[Hash(text[i], text[i + 1], text[i + 2])];
            if (candidates == 0)
            {
                continue;
            }

            foreach (var (word, offset) in _candidates[candidates - 1])
            {
                if (StandsAt(text, length, i - offset, _words[word].Text))
                {
                    groups |= _words[word].Group;
                    (hits ??= []).Add(new WordHit(i - offset, _words[word].Text.Length, _words[word].Group));
                }
            }
        }

        // A longer word around a shorter one may be recognized after it.
        hits?.Sort(static (one, other) => one.Start != other.Start ? one.Start.CompareTo(other.Start) : other.Length.CompareTo(one.Length));
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

        // As constants of other projects are called; those with "Forwarded" in their name are spelled by the header of that name.
        yield return new Word("RealIp", WordGroups.HeaderName);
        yield return new Word("ClientIp", WordGroups.HeaderName);
        yield return new Word("ConnectingIp", WordGroups.HeaderName);
        yield return new Word("FrontEndHttps", WordGroups.HeaderName);
        yield return new Word("ArrSsl", WordGroups.HeaderName);
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
        yield return new Word("FunctionName", WordGroups.CloudFunction);
        yield return new Word("HttpTrigger", WordGroups.CloudFunction);
        yield return new Word("Scheme", WordGroups.RequestProperty);
        yield return new Word("IsHttps", WordGroups.RequestProperty);
        yield return new Word("\"http", WordGroups.SchemeText);
        yield return new Word("\"^http", WordGroups.SchemeText);
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

    // The five low bits of a letter are the same in both cases, so the hash ignores case.
    private static int Hash(char first, char second, char third) => ((first & 31) << 10) | ((second & 31) << 5) | (third & 31);

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

    private static int RarestPart(string word, int length)
    {
        var best = 0;
        var bestScore = -1;
        for (var i = 0; i + length <= word.Length; i++)
        {
            var score = 0;
            for (var k = i; k < i + length; k++)
            {
                score += Rarity(word[k]);
            }

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
