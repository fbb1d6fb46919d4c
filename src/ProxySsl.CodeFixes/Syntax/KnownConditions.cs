using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace ProxySsl.CodeFixes.Syntax;

/// <summary>Tells whether a condition that a fix has written was already decided before control comes to it.</summary>
internal static class KnownConditions
{
    /// <summary>
    /// True or false where an <c>if</c> around it, or an early exit before it, asks the same; null where nothing does, or where the
    /// member writes the property that the condition reads.
    /// </summary>
    internal static bool? Truth(ExpressionSyntax condition)
    {
        if (condition.WithoutParentheses() is PrefixUnaryExpressionSyntax { RawKind: (int)SyntaxKind.LogicalNotExpression } not)
        {
            return Opposite(Truth(not.Operand));
        }

        if (condition.WithoutParentheses() is not MemberAccessExpressionSyntax { Name.Identifier.Text: "IsHttps" } property || IsWritten(property))
        {
            return null;
        }

        for (SyntaxNode node = condition; node.Parent is { } parent and not (MemberDeclarationSyntax or AnonymousFunctionExpressionSyntax or LocalFunctionStatementSyntax)
            || node.Parent is GlobalStatementSyntax; node = node.Parent)
        {
            if (node.Parent is ReturnStatementSyntax)
            {
                // `return request.IsHttps;` says more than `return false;`
                return null;
            }

            if (node.Parent is IfStatementSyntax branch && node != branch.Condition)
            {
                var truth = node == branch.Statement
                    ? Among(branch.Condition, SyntaxKind.LogicalAndExpression, property)
                    : Opposite(Among(branch.Condition, SyntaxKind.LogicalOrExpression, property));
                if (truth is not null)
                {
                    return truth;
                }
            }

            if (node is StatementSyntax statement && StatementLists.Siblings(statement) is { } siblings)
            {
                foreach (var before in siblings.TakeWhile(s => s != statement).OfType<IfStatementSyntax>())
                {
                    if (before.Else is null && StatementLists.AlwaysExits(before.Statement)
                        && Opposite(Among(before.Condition, SyntaxKind.LogicalOrExpression, property)) is { } truth)
                    {
                        return truth;
                    }
                }
            }
        }

        return null;
    }

    private static bool? Among(ExpressionSyntax condition, SyntaxKind chain, ExpressionSyntax property)
    {
        foreach (var operand in ConditionFolding.Operands(condition, chain))
        {
            if (operand.ReadsLike(property))
            {
                return true;
            }

            if (operand.ReadsLike(property.Negated()))
            {
                return false;
            }
        }

        return null;
    }

    private static bool? Opposite(bool? truth) => truth is null ? null : !truth;

    private static bool IsWritten(MemberAccessExpressionSyntax property) =>
        property.Ancestors().LastOrDefault(a => a is MemberDeclarationSyntax and not (BaseTypeDeclarationSyntax or BaseNamespaceDeclarationSyntax) or CompilationUnitSyntax) is { } member
        && member.DescendantNodes().OfType<AssignmentExpressionSyntax>()
            .Any(a => a.Left is MemberAccessExpressionSyntax { Name.Identifier.Text: "IsHttps" or "Scheme" });
}
