using System.Collections.Generic;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using ProxySsl.CodeFixes.Syntax;

namespace ProxySsl.CodeFixes.Options;

/// <summary>Makes statements from text, laid out as the file is: its indentation and its line ends.</summary>
internal static class StatementText
{
    /// <summary>The line end that the file uses.</summary>
    internal static string LineEnd(SyntaxNode node)
    {
        var text = node.SyntaxTree.GetText();
        var line = text.Lines[0];
        return line.EndIncludingLineBreak - line.End == 2 ? "\r\n" : "\n";
    }

    /// <summary>One step of indentation where a line begins with <paramref name="indentation"/>.</summary>
    internal static string Step(string indentation) => indentation.Contains('\t') ? "\t" : "    ";

    /// <summary>The statements at an indentation, each on lines of its own, with an empty line around those that take several.</summary>
    /// <param name="texts">The statements; their inner lines are indented by four spaces a step.</param>
    /// <param name="indentation">What each line begins with.</param>
    /// <param name="lineEnd">What each line ends with.</param>
    /// <param name="followsStatement">Whether a statement stands directly before.</param>
    internal static IReadOnlyList<StatementSyntax> Parse(IEnumerable<string> texts, string indentation, string lineEnd, bool followsStatement)
    {
        var statements = new List<StatementSyntax>();
        var isFirst = !followsStatement;
        foreach (var text in texts)
        {
            var isLong = text.Contains('\n');
            var lines = text.Split('\n').Select(l => l.Length == 0 ? l : indentation + Reindented(l, indentation));
            var full = (isLong && !isFirst ? lineEnd : "") + string.Join(lineEnd, lines) + lineEnd;
            statements.Add(SyntaxFactory.ParseStatement(full));
            isFirst = false;
        }

        return statements;
    }

    private static string Reindented(string line, string indentation)
    {
        var text = line.TrimStart(' ');
        var steps = (line.Length - text.Length) / 4;
        return string.Concat(Enumerable.Repeat(Step(indentation), steps)) + text;
    }
}
