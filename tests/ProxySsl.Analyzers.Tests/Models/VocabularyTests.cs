using System;
using System.Collections.Generic;
using System.Linq;
using ProxySsl.Analyzers.Knowledge;
using ProxySsl.Analyzers.Spelling;
using Xunit;

namespace ProxySsl.Analyzers.Tests.Models;

public class VocabularyTests
{
    private static readonly Vocabulary Small = new([
        new Word("X-Forwarded-Proto", WordGroups.HeaderName),
        new Word("UseHsts", WordGroups.Middleware),
        new Word("use", WordGroups.SchemeText),
    ]);

    [Theory]
    [InlineData("", WordGroups.None)]
    [InlineData("xx", WordGroups.None)]
    [InlineData("X-Forwarded-Prot", WordGroups.None)]
    [InlineData("-Forwarded-Proto", WordGroups.None)]
    [InlineData("X-Forwarded-Proto", WordGroups.HeaderName)]
    [InlineData("\"x-forwarded-proto\"", WordGroups.HeaderName)]
    [InlineData("aX-FORWARDED-PROTOz", WordGroups.HeaderName)]
    [InlineData("app.UseHsts();", WordGroups.Middleware | WordGroups.SchemeText)]
    [InlineData("USE", WordGroups.SchemeText)]
    [InlineData("X-ForwardedX-Forwarded-Proto", WordGroups.HeaderName)]
    [InlineData("Х-Forwarded-Proto", WordGroups.None)] // a Cyrillic letter that looks the same
    internal void Finds_words_in_any_case(string text, WordGroups expected) => Assert.Equal(expected, Search(Small, text).Groups);

    [Fact]
    public void Says_where_each_word_stands()
    {
        const string Text = "use X-Forwarded-Proto; x-forwarded-proto";
        Assert.Equal([(0, "use"), (4, "X-Forwarded-Proto"), (23, "x-forwarded-proto")], Search(Small, Text).Hits.Select(h => (h.Start, Text.Substring(h.Start, h.Length))));
    }

    [Fact]
    public void Finds_every_header_in_both_spellings_at_the_very_start_and_end()
    {
        var vocabulary = Vocabulary.For(Options());
        foreach (var name in ForwardedHeaderNames.All.SelectMany(h => new[] { h.Name, h.CgiName, h.Name.ToUpperInvariant() }))
        {
            Assert.True(Search(vocabulary, name).Groups.HasFlag(WordGroups.HeaderName), name);
        }
    }

    [Fact]
    public void Agrees_with_a_plain_search_on_random_text()
    {
        var random = new Random(20261122);
        const string Letters = "xX-fForwaded-PtuUsehH";
        for (var i = 0; i < 2000; i++)
        {
            var text = new string(Enumerable.Range(0, random.Next(60)).Select(_ => Letters[random.Next(Letters.Length)]).ToArray());
            if (random.Next(3) == 0)
            {
                text = text.Insert(random.Next(text.Length + 1), random.Next(2) == 0 ? "x-Forwarded-proto" : "useHSTS");
            }

            var expected = WordGroups.None;
            expected |= text.Contains("X-Forwarded-Proto", StringComparison.OrdinalIgnoreCase) ? WordGroups.HeaderName : 0;
            expected |= text.Contains("UseHsts", StringComparison.OrdinalIgnoreCase) ? WordGroups.Middleware : 0;
            expected |= text.Contains("use", StringComparison.OrdinalIgnoreCase) ? WordGroups.SchemeText : 0;
            Assert.Equal(expected, Search(Small, text).Groups);
        }
    }

    [Fact]
    public void A_text_without_a_word_allocates_nothing()
    {
        var text = string.Concat(Enumerable.Repeat("public int Count { get; set; } // forward for us\n", 200)).ToCharArray();
        var vocabulary = Vocabulary.For(Options());
        List<WordHit>? hits = null;
        vocabulary.Search(text, text.Length, ref hits);
        var before = GC.GetAllocatedBytesForCurrentThread();
        vocabulary.Search(text, text.Length, ref hits);
        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
        Assert.Null(hits);
    }

    private static ProxySslOptions Options() => ProxySslOptions.Read(
        Microsoft.CodeAnalysis.CSharp.CSharpCompilation.Create("Empty"),
        new Microsoft.CodeAnalysis.Diagnostics.AnalyzerOptions([]).AnalyzerConfigOptionsProvider);

    private static (WordGroups Groups, List<WordHit> Hits) Search(Vocabulary vocabulary, string text)
    {
        List<WordHit>? hits = null;

        // A longer buffer, as a pool hands out: what lies behind the text is not part of it.
        var groups = vocabulary.Search((text + "X-Forwarded-Proto").ToCharArray(), text.Length, ref hits);
        return (groups, hits ?? []);
    }
}
