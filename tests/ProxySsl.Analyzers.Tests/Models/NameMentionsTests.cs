using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Diagnostics;
using ProxySsl.Analyzers.Spelling;
using ProxySsl.Analyzers.Tests.Verification;
using Xunit;

namespace ProxySsl.Analyzers.Tests.Models;

/// <summary>Where code names its own members: whole identifiers alone, in the order of the paths, and no more than wanted.</summary>
public class NameMentionsTests
{
    [Theory]
    [InlineData("app.UseHsts();", 4, 7, true)]
    [InlineData("app.UseHstsAlways();", 4, 7, false)]
    [InlineData("app.MyUseHsts();", 6, 7, false)]
    [InlineData("// app.UseHsts();", 7, 7, false)]
    [InlineData("x = \"UseHsts\";", 5, 7, false)]
    [InlineData("return;", 0, 6, false)]
    [InlineData("app.UseHsts", 40, 7, false)]
    internal void A_word_is_a_name_where_it_is_one_whole_identifier(string text, int start, int length, bool isName)
    {
        var root = CSharpSyntaxTree.ParseText(text, cancellationToken: TestContext.Current.CancellationToken).GetRoot(TestContext.Current.CancellationToken);
        Assert.Equal(isName, new WordHit(start, length, WordGroups.Middleware).IdentifierIn(root) is not null);
    }

    [Theory]
    [InlineData("Apply", 3, "A.cs:4 B.cs:4 B.cs:11")]
    [InlineData("Apply", 2, "A.cs:4 B.cs:4 and more")]
    [InlineData("Applied", 3, "")]
    [InlineData("Go", 3, null)]
    [InlineData("Other", 3, null)]
    public void Finds_the_places_of_names_that_are_searched_for(string name, int most, string? expected)
    {
        var token = TestContext.Current.CancellationToken;
        SyntaxTree Tree(string path, string text) => CSharpSyntaxTree.ParseText(text, path: path, cancellationToken: token);
        var compilation = CSharpCompilation.Create(
            "Names",
            [
                Tree("B.cs", "B = Apply; Apply<int>(); // Apply"),
                Tree("A.cs", "A = Apply; x = \"Apply\"; ApplyAll(); @Other(); Go(); class Apply { }"),
                Tree("C.cs", "class Apply { }"),
            ],
            FrameworkReferences.Of(Framework.Net100));
        var mentions = new NameMentions(CompilationModel.For(compilation, new AnalyzerOptions([]))!, most);
        mentions.Prepare(["Apply", "Applied", "Go"], token);
        mentions.Prepare(["Apply"], token);
        Assert.Equal(expected, mentions.Of(name) is { } found
            ? string.Join(" ", found.Places.Select(p => p.SyntaxTree.FilePath + ":" + p.SpanStart)) + (found.AreMore ? " and more" : "")
            : null);
    }
}
