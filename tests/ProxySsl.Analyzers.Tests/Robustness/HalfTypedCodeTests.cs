using System.Collections.Generic;
using System.Linq;
using System.Threading.Tasks;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Xunit;

namespace ProxySsl.Analyzers.Tests.Robustness;

/// <summary>Code as an editor has it while somebody types. A sample of all places; every one with <c>PROXYSSL_ROBUSTNESS_FULL=1</c>.</summary>
public class HalfTypedCodeTests(ITestOutputHelper output)
{
    // A prime, so that the places differ from sample to sample.
    private static readonly int Step = RobustnessRun.IsFull ? 1 : 47;

    [Fact]
    public Task File_ends_at_any_token() => RobustnessRun.Examine(
        Places().Select(p => p.Program.With(p.File, p.Text[..p.Token.Span.End]) with { Name = $"{p.Program.Name} up to {p.Token.Span.End}" }), mostFixes: 1, output);

    [Fact]
    public Task Statement_or_member_ends_at_any_token() => RobustnessRun.Examine(
        Places().Select(p => p.Program.With(p.File, p.Text[..p.Token.Span.End] + p.Text[Rest(p.Token)..]) with { Name = $"{p.Program.Name} without {p.Token.Span.End}" }), mostFixes: 1, output);

    [Fact]
    public Task Any_token_is_half_there() => RobustnessRun.Examine(
        Places().Select(p => p.Program.With(p.File, p.Text[..(p.Token.SpanStart + (p.Token.Span.Length / 2))] + p.Text[p.Token.Span.End..]) with { Name = $"{p.Program.Name} half {p.Token.SpanStart}" }), mostFixes: 1, output);

    private static IEnumerable<(SourceProgram Program, int File, string Text, SyntaxToken Token)> Places()
    {
        foreach (var sample in Samples.All)
        {
            for (var file = 0; file < sample.Files.Length; file++)
            {
                var text = sample.Files[file].Text;
                var tokens = CSharpSyntaxTree.ParseText(text).GetRoot().DescendantTokens().Where(t => t.Span.Length > 0);
                foreach (var token in tokens.Where((_, i) => i % Step == Step / 2))
                {
                    yield return (sample, file, text, token);
                }
            }
        }
    }

    /// <summary>Where the text goes on after the statement or member that a token stands in.</summary>
    private static int Rest(SyntaxToken token) =>
        token.Parent?.AncestorsAndSelf().FirstOrDefault(n => n is StatementSyntax or MemberDeclarationSyntax)?.Span.End ?? token.Span.End;
}
