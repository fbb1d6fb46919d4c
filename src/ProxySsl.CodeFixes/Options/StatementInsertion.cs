using System;
using System.Collections.Generic;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using ProxySsl.CodeFixes.Syntax;

namespace ProxySsl.CodeFixes.Options;

/// <summary>Puts new statements after a statement, in its place, or at the end of a function.</summary>
internal static class StatementInsertion
{
    /// <summary>The tree with statements after one; a statement that stands alone after a keyword gets a block.</summary>
    internal static SyntaxNode After(SyntaxNode root, StatementSyntax statement, IEnumerable<string> texts)
    {
        (root, statement) = OnLines(root, statement);
        var added = Parse(statement, texts, followsStatement: true);
        var next = statement.GetLastToken().GetNextToken(includeZeroWidth: true);
        if (added[added.Count - 1] is ForEachStatementSyntax or IfStatementSyntax
            && !next.IsKind(SyntaxKind.CloseBraceToken) && !next.IsKind(SyntaxKind.EndOfFileToken)
            && !Layout.StartsWithBlankLine(next.LeadingTrivia) && StatementLists.Siblings(statement) is not null)
        {
            added[added.Count - 1] = added[added.Count - 1].WithTrailingTrivia(LineEnd(statement), LineEnd(statement));
        }

        if (!statement.GetTrailingTrivia().Any(SyntaxKind.EndOfLineTrivia))
        {
            var ended = statement.WithTrailingTrivia(statement.GetTrailingTrivia().Add(LineEnd(statement)));
            added[added.Count - 1] = added[added.Count - 1].WithTrailingTrivia(statement.GetTrailingTrivia());
            return StatementLists.Replace(root, statement, [ended, .. added]);
        }

        return StatementLists.Replace(root, statement, [statement, .. added]);
    }

    /// <summary>The tree with a statement replaced by others, which take over its comments.</summary>
    internal static SyntaxNode InPlaceOf(SyntaxNode root, StatementSyntax statement, IEnumerable<string> texts)
    {
        (root, statement) = OnLines(root, statement);
        var added = Parse(statement, texts, followsStatement: false);
        var leading = statement.GetLeadingTrivia();
        if (!Layout.StartsLine(statement) && StatementLists.Siblings(statement) is not null)
        {
            leading = leading.Add(LineEnd(statement)).Add(SyntaxFactory.Whitespace(Layout.Indentation(statement)));
        }
        if (statement.GetTrailingTrivia().Any(Layout.IsComment))
        {
            // what stood behind the old statement goes above the new ones
            leading = leading
                .AddRange(statement.GetTrailingTrivia().SkipWhile(t => t.IsKind(SyntaxKind.WhitespaceTrivia)))
                .Add(SyntaxFactory.Whitespace(Layout.Indentation(statement)));
        }

        var needsBlankLine = added[0] is ForEachStatementSyntax
            && !Layout.StartsWithBlankLine(leading)
            && StatementLists.Previous(statement) is not null;
        added[0] = added[0].WithLeadingTrivia(needsBlankLine ? leading.Insert(0, LineEnd(statement)) : leading);
        var last = added[added.Count - 1];
        var trailing = statement.GetTrailingTrivia().Where(t => t.IsKind(SyntaxKind.EndOfLineTrivia));
        added[added.Count - 1] = last.WithTrailingTrivia(
            last is ForEachStatementSyntax && StatementLists.Next(statement) is { } next && !Layout.StartsWithBlankLine(next.GetLeadingTrivia())
                ? trailing.Append(LineEnd(statement))
                : trailing);
        return StatementLists.Replace(root, statement, added);
    }

    /// <summary>
    /// The tree with statements at the end of a function's block, before a closing <c>return</c>; at its start where some path leaves before
    /// the end and would miss them.
    /// </summary>
    internal static SyntaxNode AtEnd(SyntaxNode root, SyntaxNode function, IEnumerable<string> texts)
    {
        if (FunctionBodies.BlockOf(function) is not { } block)
        {
            return root;
        }

        if (IsOnOneLine(block))
        {
            var mark = new SyntaxAnnotation();
            root = root.ReplaceNode(block, Expanded(block, function).WithAdditionalAnnotations(mark));
            block = (BlockSyntax)root.GetAnnotatedNodes(mark).Single();
        }

        var last = block.Statements.LastOrDefault(s => s is not (ReturnStatementSyntax or LocalFunctionStatementSyntax));
        if (last is not null)
        {
            return LeavesEarly(block, last) ? Before(root, block.Statements[0], texts) : After(root, last, texts);
        }

        var indentation = Layout.Indentation(block.CloseBraceToken.Parent!) + StatementText.Step(Layout.Indentation(block));
        return root.ReplaceNode(block, block.WithStatements(block.Statements.InsertRange(
            0, StatementText.Parse(texts, indentation, StatementText.LineEnd(block), followsStatement: false))));
    }

    private static SyntaxNode Before(SyntaxNode root, StatementSyntax statement, IEnumerable<string> texts)
    {
        var added = Parse(statement, texts, followsStatement: false);
        if (added[added.Count - 1] is ForEachStatementSyntax && !Layout.StartsWithBlankLine(statement.GetLeadingTrivia()))
        {
            added[added.Count - 1] = added[added.Count - 1].WithTrailingTrivia(LineEnd(statement), LineEnd(statement));
        }

        return StatementLists.Replace(root, statement, [.. added, statement]);
    }

    private static bool LeavesEarly(BlockSyntax block, StatementSyntax last) =>
        StatementLists.AlwaysExits(last)
        || block.Statements.TakeWhile(s => s != last).Append(last).Any(statement =>
            statement.DescendantNodesAndSelf(n => n is not (AnonymousFunctionExpressionSyntax or LocalFunctionStatementSyntax))
                .Any(n => n is ReturnStatementSyntax or GotoStatementSyntax));

    private static List<StatementSyntax> Parse(StatementSyntax beside, IEnumerable<string> texts, bool followsStatement) =>
        StatementText.Parse(texts, Indentation(beside), StatementText.LineEnd(beside), followsStatement).ToList();

    /// <summary>The white space that statements beside one begin with; one that stands behind its <c>if</c> gets a block around them.</summary>
    internal static string Indentation(StatementSyntax statement)
    {
        var indentation = Layout.Indentation(statement);
        return StatementLists.Siblings(statement) is not null || Layout.StartsLine(statement) ? indentation : indentation + StatementText.Step(indentation);
    }

    // The statement in a block that has lines, where it was { a; b; } on one.
    private static (SyntaxNode Root, StatementSyntax Statement) OnLines(SyntaxNode root, StatementSyntax statement)
    {
        if (statement.Parent is not BlockSyntax block || !IsOnOneLine(block))
        {
            return (root, statement);
        }

        var mark = new SyntaxAnnotation();
        root = root.ReplaceNode(block, Expanded(block.ReplaceNode(statement, statement.WithAdditionalAnnotations(mark)), block));
        return (root, (StatementSyntax)root.GetAnnotatedNodes(mark).Single());
    }

    private static bool IsOnOneLine(BlockSyntax block)
    {
        var lines = block.SyntaxTree.GetText().Lines;
        return lines.GetLinePosition(block.OpenBraceToken.SpanStart).Line == lines.GetLinePosition(block.CloseBraceToken.SpanStart).Line;
    }

    // { a; b; } on one line gets a line for each statement
    private static BlockSyntax Expanded(BlockSyntax block, SyntaxNode function)
    {
        var indentation = Layout.Indentation(function);
        var inner = indentation + StatementText.Step(indentation);
        var lineEnd = LineEnd(block);
        return block
            .WithOpenBraceToken(block.OpenBraceToken.WithTrailingTrivia(lineEnd))
            .WithStatements(SyntaxFactory.List(block.Statements.Select(s =>
                s.WithLeadingTrivia(SyntaxFactory.Whitespace(inner)).WithTrailingTrivia(s.GetTrailingTrivia().Where(Layout.IsComment).Append(lineEnd)))))
            .WithCloseBraceToken(block.CloseBraceToken.WithLeadingTrivia(SyntaxFactory.Whitespace(indentation)));
    }

    private static SyntaxTrivia LineEnd(SyntaxNode node) => SyntaxFactory.EndOfLine(StatementText.LineEnd(node));
}
