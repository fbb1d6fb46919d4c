using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace ProxySsl.CodeFixes.Pipeline;

/// <summary>Takes the trivia in front of a statement apart: what belongs to the place, and what belongs to the statement.</summary>
internal static class StatementTrivia
{
    /// <summary>What is in front of the last preprocessor directive, with it; nothing where there is none.</summary>
    internal static SyntaxTriviaList Directives(SyntaxTriviaList leading) => SyntaxFactory.TriviaList(leading.Take(EndOfDirectives(leading)));

    /// <summary>What is behind the last preprocessor directive.</summary>
    internal static SyntaxTriviaList BehindDirectives(SyntaxTriviaList leading) => SyntaxFactory.TriviaList(leading.Skip(EndOfDirectives(leading)));

    /// <summary>The blank lines at the beginning.</summary>
    internal static SyntaxTriviaList BlankLines(SyntaxTriviaList leading) => SyntaxFactory.TriviaList(leading.Take(EndOfBlankLines(leading)));

    /// <summary>What is behind the blank lines at the beginning.</summary>
    internal static SyntaxTriviaList BehindBlankLines(SyntaxTriviaList leading) => SyntaxFactory.TriviaList(leading.Skip(EndOfBlankLines(leading)));

    /// <summary>The white space in front of the statement itself.</summary>
    internal static SyntaxTriviaList Indentation(SyntaxTriviaList leading) =>
        leading.Count > 0 && leading.Last().IsKind(SyntaxKind.WhitespaceTrivia) ? SyntaxFactory.TriviaList(leading.Last()) : default;

    private static int EndOfDirectives(SyntaxTriviaList leading)
    {
        for (var i = leading.Count - 1; i >= 0; i--)
        {
            if (leading[i].IsDirective)
            {
                return i + 1;
            }
        }

        return 0;
    }

    private static int EndOfBlankLines(SyntaxTriviaList leading)
    {
        var end = 0;
        for (var i = 0; i < leading.Count; i++)
        {
            if (leading[i].IsKind(SyntaxKind.EndOfLineTrivia))
            {
                end = i + 1;
            }
            else if (!leading[i].IsKind(SyntaxKind.WhitespaceTrivia))
            {
                break;
            }
        }

        return end;
    }
}
