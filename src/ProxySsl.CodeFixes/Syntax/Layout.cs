using System;
using System.Collections.Generic;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace ProxySsl.CodeFixes.Syntax;

/// <summary>Comments, blank lines and indentation of statements that a fix moves or removes.</summary>
internal static class Layout
{
    /// <summary>The white space before the first token of a node's line, tabs as written.</summary>
    internal static string Indentation(SyntaxNode node)
    {
        var text = node.SyntaxTree.GetText();
        var line = text.Lines.GetLineFromPosition(node.SpanStart).ToString();
        return line.Substring(0, line.Length - line.TrimStart().Length);
    }

    /// <summary>The node with every line's indentation changed from one to another; lines that are not indented that way stay.</summary>
    internal static T Reindented<T>(T node, string from, string to)
        where T : SyntaxNode
    {
        if (from == to || from.Length == 0)
        {
            return node;
        }

        return node.ReplaceTrivia(
            node.DescendantTrivia(descendIntoTrivia: false).Where(t => t.IsKind(SyntaxKind.WhitespaceTrivia) && StartsLine(t)),
            (original, current) => original.ToString().StartsWith(from, StringComparison.Ordinal)
                ? SyntaxFactory.Whitespace(to + original.ToString().Substring(from.Length))
                : current);
    }

    /// <summary>
    /// The leading trivia that outlives its statement: comments and directives, each on its line, without what comes before the statement's
    /// own first token. Empty where there is neither.
    /// </summary>
    internal static IReadOnlyList<SyntaxTrivia> KeptLines(SyntaxTriviaList leading)
    {
        if (!leading.Any(t => IsComment(t) || t.IsDirective))
        {
            return [];
        }

        var kept = leading.ToList();
        while (kept.Count > 0 && kept[kept.Count - 1].IsKind(SyntaxKind.WhitespaceTrivia))
        {
            kept.RemoveAt(kept.Count - 1);
        }

        return kept;
    }

    /// <summary>Whether leading trivia begins with an empty line.</summary>
    internal static bool StartsWithBlankLine(SyntaxTriviaList leading) =>
        leading.SkipWhile(t => t.IsKind(SyntaxKind.WhitespaceTrivia)).FirstOrDefault().IsKind(SyntaxKind.EndOfLineTrivia);

    /// <summary>Leading trivia without the empty lines that it begins with.</summary>
    internal static SyntaxTriviaList WithoutBlankLines(SyntaxTriviaList leading)
    {
        while (StartsWithBlankLine(leading))
        {
            var end = leading.IndexOf(SyntaxKind.EndOfLineTrivia);
            leading = SyntaxFactory.TriviaList(leading.Skip(end + 1));
        }

        return leading;
    }

    internal static bool IsComment(SyntaxTrivia trivia) => trivia.Kind()
        is SyntaxKind.SingleLineCommentTrivia or SyntaxKind.MultiLineCommentTrivia
        or SyntaxKind.SingleLineDocumentationCommentTrivia or SyntaxKind.MultiLineDocumentationCommentTrivia;

    /// <summary>Whether a node is the first on its line.</summary>
    internal static bool StartsLine(SyntaxNode node)
    {
        var line = node.SyntaxTree.GetText().Lines.GetLineFromPosition(node.SpanStart);
        return line.Start + Indentation(node).Length == node.SpanStart;
    }

    private static bool StartsLine(SyntaxTrivia trivia)
    {
        var text = trivia.SyntaxTree?.GetText();
        return text is not null && text.Lines.GetLineFromPosition(trivia.SpanStart).Start == trivia.SpanStart;
    }
}
