using System.Collections.Generic;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace ProxySsl.CodeFixes.Syntax;

/// <summary>
/// Removes and replaces statements wherever they stand: in a block, a switch section, at the top level of a file, or alone after an
/// <c>if</c>. Comments above a removed statement stay, those inside it go with it.
/// </summary>
internal static class StatementLists
{
    /// <summary>The statements of the list that a statement is in, or null where it stands alone after a keyword.</summary>
    internal static IReadOnlyList<StatementSyntax>? Siblings(StatementSyntax statement) => statement.Parent switch
    {
        BlockSyntax block => block.Statements,
        SwitchSectionSyntax section => section.Statements,
        GlobalStatementSyntax { Parent: CompilationUnitSyntax file } => file.Members.OfType<GlobalStatementSyntax>().Select(g => g.Statement).ToList(),
        _ => null,
    };

    /// <summary>The statement after this one in its list.</summary>
    internal static StatementSyntax? Next(StatementSyntax statement) => Neighbour(statement, 1);

    /// <summary>The statement before this one in its list.</summary>
    internal static StatementSyntax? Previous(StatementSyntax statement) => Neighbour(statement, -1);

    /// <summary>Whether control never passes the end of a statement.</summary>
    internal static bool AlwaysExits(StatementSyntax? statement) => statement switch
    {
        ReturnStatementSyntax or ThrowStatementSyntax or ContinueStatementSyntax or BreakStatementSyntax or GotoStatementSyntax => true,
        BlockSyntax block => AlwaysExits(block.Statements.LastOrDefault()),
        IfStatementSyntax { Else: { } otherwise } branch => AlwaysExits(branch.Statement) && AlwaysExits(otherwise.Statement),
        _ => false,
    };

    /// <summary>The one statement that a branch consists of, with or without braces, or null.</summary>
    internal static StatementSyntax? Single(StatementSyntax? branch) => branch switch
    {
        BlockSyntax { Statements: { Count: 1 } statements } => Single(statements[0]),
        BlockSyntax => null,
        _ => branch,
    };

    /// <summary>
    /// The tree without the statement. A branch of an <c>if</c> that nothing is left of goes too: the else-branch with its keyword, the only
    /// branch with the condition where asking it does nothing else, and of two branches the other one stays under the opposite condition.
    /// Any other statement that stands alone after a keyword leaves an empty block.
    /// </summary>
    internal static SyntaxNode Remove(SyntaxNode root, StatementSyntax statement)
    {
        SyntaxNode removed = statement.Parent is GlobalStatementSyntax global ? global : statement;
        if (ElseOf(removed) is { Parent: IfStatementSyntax branch })
        {
            // The last line break belongs to what is removed.
            return root.ReplaceNode(branch, branch.WithElse(null).WithTrailingTrivia(branch.GetTrailingTrivia()));
        }

        if (IfOf(removed) is { } emptied)
        {
            return emptied.Else is { } otherwise
                ? root.ReplaceNode(emptied, emptied
                    .WithCondition(emptied.Condition.Negated())
                    .WithStatement(otherwise.Statement.WithTrailingTrivia(emptied.GetTrailingTrivia()))
                    .WithElse(null))
                : Remove(root, emptied);
        }

        if (Siblings(statement) is null)
        {
            return root.ReplaceNode(statement, SyntaxFactory.Block().WithTriviaFrom(statement));
        }

        var leading = statement.GetLeadingTrivia();
        var kept = Layout.KeptLines(leading);
        var isFirst = removed.GetFirstToken().GetPreviousToken().IsKind(SyntaxKind.OpenBraceToken);
        var next = removed.GetLastToken(includeZeroWidth: true).GetNextToken(includeZeroWidth: true);
        var nextLeading = next.LeadingTrivia;
        if (!next.IsKind(SyntaxKind.CloseBraceToken) && !removed.GetTrailingTrivia().Concat(nextLeading).Any(t => t.IsKind(SyntaxKind.EndOfLineTrivia)))
        {
            nextLeading = leading.AddRange(nextLeading); // on the same line: it begins where this one did
        }
        else if (kept.Count > 0)
        {
            nextLeading = Layout.WithoutBlankLines(nextLeading).InsertRange(0, kept);
        }
        else if (isFirst)
        {
            nextLeading = Layout.WithoutBlankLines(nextLeading);
        }
        else if (Layout.StartsWithBlankLine(leading) && !Layout.StartsWithBlankLine(nextLeading)
            && !next.IsKind(SyntaxKind.CloseBraceToken) && !next.IsKind(SyntaxKind.EndOfFileToken))
        {
            nextLeading = nextLeading.InsertRange(0, leading.TakeWhile(t => t.IsKind(SyntaxKind.EndOfLineTrivia)));
        }

        var mark = new SyntaxAnnotation();
        root = root.ReplaceNode(removed, removed.WithAdditionalAnnotations(mark));
        next = root.GetAnnotatedNodes(mark).Single().GetLastToken(includeZeroWidth: true).GetNextToken(includeZeroWidth: true);
        root = root.ReplaceToken(next, next.WithLeadingTrivia(nextLeading));
        return root.RemoveNode(root.GetAnnotatedNodes(mark).Single(), SyntaxRemoveOptions.KeepNoTrivia)!;
    }

    /// <summary>The tree with the statement replaced by others. Trivia is the caller's affair.</summary>
    internal static SyntaxNode Replace(SyntaxNode root, StatementSyntax statement, IReadOnlyList<StatementSyntax> by)
    {
        if (by.Count == 0)
        {
            return Remove(root, statement);
        }

        if (statement.Parent is GlobalStatementSyntax global)
        {
            return root.ReplaceNode(global, by.Select(s => SyntaxFactory.GlobalStatement(s)));
        }

        return Siblings(statement) is not null ? root.ReplaceNode(statement, by)
            : by.Count == 1 ? root.ReplaceNode(statement, by[0])
            : root.ReplaceNode(statement, SyntaxFactory.Block(by));
    }

    // The else-branch that nothing is left of without the statement. One in braces stays where it says more in a comment, and where
    // another else follows that would then belong to the wrong if.
    private static ElseClauseSyntax? ElseOf(SyntaxNode removed)
    {
        switch (removed.Parent)
        {
            case ElseClauseSyntax otherwise:
                return otherwise;
            case BlockSyntax { Parent: ElseClauseSyntax { Parent: IfStatementSyntax branch } otherwise } block when HoldsOnly(block, removed, otherwise):
                return Siblings(Outermost(branch)) is null ? null : otherwise;
            default:
                return null;
        }
    }

    // The if whose first branch nothing is left of without the statement, where the if can go or turn around.
    private static IfStatementSyntax? IfOf(SyntaxNode removed)
    {
        var branch = removed.Parent switch
        {
            IfStatementSyntax alone => alone,
            BlockSyntax { Parent: IfStatementSyntax braced } block when HoldsOnly(block, removed, block) => braced,
            _ => null,
        };
        return branch switch
        {
            { Else: null } when branch.Condition.OnlyAsks() && (Siblings(branch) ?? Siblings(Outermost(branch))) is not null => branch,
            { Else.Statement: BlockSyntax } when Siblings(branch) is not null => branch,
            _ => null,
        };
    }

    private static IfStatementSyntax Outermost(IfStatementSyntax branch)
    {
        while (branch.Parent is ElseClauseSyntax { Parent: IfStatementSyntax outer })
        {
            branch = outer;
        }

        return branch;
    }

    private static bool HoldsOnly(BlockSyntax block, SyntaxNode statement, SyntaxNode around) =>
        block.Statements.Count == 1
        && block.Statements[0] == statement
        && !around.DescendantTrivia(n => n != statement).Concat(statement.GetLeadingTrivia()).Any(t => Layout.IsComment(t) || t.IsDirective);

    private static StatementSyntax? Neighbour(StatementSyntax statement, int distance)
    {
        if (Siblings(statement) is not { } siblings)
        {
            return null;
        }

        for (var i = 0; i < siblings.Count; i++)
        {
            if (siblings[i] == statement)
            {
                return i + distance >= 0 && i + distance < siblings.Count ? siblings[i + distance] : null;
            }
        }

        return null;
    }
}
