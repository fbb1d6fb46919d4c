using System.Linq;
using System.Threading;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace ProxySsl.CodeFixes.Syntax;

/// <summary>
/// Collapses a tree around the expressions that a fix has written, from the inside out: conditions, then the statements they decide, then
/// statements that repeat each other. Only what the written expressions reach is touched.
/// </summary>
internal static class Folding
{
    private const string Pending = "ProxySsl.Folding.Pending";
    private const string Dropped = "ProxySsl.Folding.Dropped";
    private const string Written = "ProxySsl.Folding.Written";

    /// <summary>An expression that a fix writes and that its surroundings may collapse into.</summary>
    internal static ExpressionSyntax Mark(ExpressionSyntax written) =>
        written.WithAdditionalAnnotations(new SyntaxAnnotation(Pending), new SyntaxAnnotation(Written));

    /// <summary>A condition that the fix has decided.</summary>
    internal static ExpressionSyntax Constant(bool truth) =>
        Mark(SyntaxFactory.LiteralExpression(truth ? SyntaxKind.TrueLiteralExpression : SyntaxKind.FalseLiteralExpression));

    /// <summary>A statement that the fix has decided to drop; an <c>if</c> that is empty without it goes too.</summary>
    internal static StatementSyntax Drop(StatementSyntax statement) =>
        SyntaxFactory.EmptyStatement().WithTriviaFrom(statement).WithAdditionalAnnotations(new SyntaxAnnotation(Dropped));

    /// <summary>The collapsed tree, or null where a compiler directive stands in code that would have to go.</summary>
    internal static SyntaxNode? Run(SyntaxNode root, CancellationToken cancellationToken)
    {
        while (root.GetAnnotatedNodes(Dropped).OfType<StatementSyntax>().FirstOrDefault() is { } dropped)
        {
            root = StatementLists.Remove(root, Emptied(dropped));
        }

        while (root.GetAnnotatedNodes(Pending).OfType<ExpressionSyntax>().FirstOrDefault() is { } marked)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var current = new SyntaxAnnotation();
            root = root.ReplaceNode(marked, marked.WithoutAnnotations(Pending).WithAdditionalAnnotations(current));
            var node = (ExpressionSyntax)root.GetAnnotatedNodes(current).First();
            if (ConditionFolding.Truth(node) is null && KnownConditions.Truth(node) is { } known)
            {
                root = root.ReplaceNode(node, Constant(known).WithTriviaFrom(node));
            }
            else if (ConditionFolding.Step(node) is { } step)
            {
                root = root.ReplaceNode(step.Old, step.New.WithAdditionalAnnotations(new SyntaxAnnotation(Pending)));
            }
            else if (node.WithParentheses().Parent is IfStatementSyntax branch && ConditionFolding.Truth(branch.Condition) is { } truth)
            {
                if (StatementFolding.KeepBranch(root, branch, truth) is not { } kept)
                {
                    return null;
                }

                // What is left stands beside other statements now, so that repetitions may show.
                root = LookAgain(kept);
            }
            else if (Statement(node) is { } statement && StatementFolding.DropRepetition(root, statement) is { } shorter)
            {
                root = LookAgain(shorter);
            }
        }

        return root;
    }

    /// <summary>The tree with everything that was written to be looked at once more: what stood between may be gone.</summary>
    internal static SyntaxNode LookAgain(SyntaxNode root) =>
        root.ReplaceNodes(root.GetAnnotatedNodes(Written), (_, current) => current.WithAdditionalAnnotations(new SyntaxAnnotation(Pending)));

    // The statement, or the `if` around it that does nothing else.
    private static StatementSyntax Emptied(StatementSyntax statement) =>
        statement.Parent is IfStatementSyntax { Else: null } branch ? Emptied(branch)
        : statement.Parent is BlockSyntax { Statements.Count: 1, Parent: IfStatementSyntax { Else: null } outer } block && !block.CloseBraceToken.LeadingTrivia.Any(Layout.IsComment) ? Emptied(outer)
        : statement;

    // The statement whose whole condition or value the expression is.
    private static StatementSyntax? Statement(ExpressionSyntax node) => node.WithParentheses().Parent switch
    {
        StatementSyntax statement => statement,
        AssignmentExpressionSyntax { Parent: ExpressionStatementSyntax statement } => statement,
        EqualsValueClauseSyntax { Parent.Parent.Parent: LocalDeclarationStatementSyntax statement } => statement,
        _ => null,
    };
}
