using System.Collections.Generic;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace ProxySsl.CodeFixes.Syntax;

/// <summary>Joins a declaration whose value a fix has made pointless with the assignment after it.</summary>
internal static class Declarations
{
    /// <summary>
    /// Declarations of a member that take the value of the statement after them: those whose initializer carries the mark, and those of a
    /// name that has lost an assignment and begin empty, or whose assignment has moved out of a branch. The statement after is <c>x = …</c>, <c>x ??= …</c>, or either under a check that
    /// there is nothing in <c>x</c> yet. Others stay as they are.
    /// </summary>
    internal static SyntaxNode MergeWithFirstWrite(SyntaxNode root, SyntaxAnnotation member, SyntaxAnnotation pointless, ICollection<string> unassigned)
    {
        while (root.GetAnnotatedNodes(member).FirstOrDefault() is { } scope
            && scope.DescendantNodes().OfType<LocalDeclarationStatementSyntax>().FirstOrDefault(d => IsPointless(d, pointless, unassigned) && FirstWrite(d) is not null) is { } declaration)
        {
            var next = StatementLists.Next(declaration)!;
            var value = FirstWrite(declaration)!.Right.WithoutTrivia();
            var variable = declaration.Declaration.Variables[0];
            var mark = new SyntaxAnnotation();
            var initializer = variable.Initializer ?? SyntaxFactory.EqualsValueClause(value).NormalizeWhitespace().WithLeadingTrivia(SyntaxFactory.Space);
            var merged = declaration.ReplaceNode(variable, variable.WithInitializer(initializer.WithValue(value.WithTriviaFrom(initializer.Value))));
            root = root.ReplaceNodes<SyntaxNode, StatementSyntax>(
                [declaration, next], (original, _) => original == declaration ? merged : next.WithAdditionalAnnotations(mark));
            root = StatementLists.Remove(root, root.GetAnnotatedNodes(mark).OfType<StatementSyntax>().Single());
        }

        return root;
    }

    private static bool IsPointless(LocalDeclarationStatementSyntax declaration, SyntaxAnnotation pointless, ICollection<string> unassigned) =>
        declaration.Declaration.Variables is { Count: 1 } variables
        && (unassigned.Contains(variables[0].Identifier.Text) || StatementLists.Next(declaration)?.HasAnnotation(StatementFolding.Moved) == true || variables[0].Initializer?.Value.HasAnnotation(pointless) == true)
        && (variables[0].Initializer is not { } initializer || initializer.Value.HasAnnotation(pointless) || IsEmpty(initializer.Value));

    private static bool IsEmpty(ExpressionSyntax value) =>
        value is LiteralExpressionSyntax { Token.ValueText: "" or "null" or "default" } or DefaultExpressionSyntax
        || value is MemberAccessExpressionSyntax { Name.Identifier.Text: "Empty" };

    private static AssignmentExpressionSyntax? FirstWrite(LocalDeclarationStatementSyntax declaration)
    {
        var name = declaration.Declaration.Variables[0].Identifier.ValueText;
        var next = StatementLists.Next(declaration);
        if (next is IfStatementSyntax { Else: null, ContainsDirectives: false } branch && IsEmptyCheck(branch.Condition, name))
        {
            next = StatementLists.Single(branch.Statement);
        }

        return next is ExpressionStatementSyntax
            {
                Expression: AssignmentExpressionSyntax { RawKind: (int)SyntaxKind.SimpleAssignmentExpression or (int)SyntaxKind.CoalesceAssignmentExpression, Left: IdentifierNameSyntax target } assignment,
            }
            && target.Identifier.ValueText == name
            && !assignment.Right.DescendantNodesAndSelf().OfType<IdentifierNameSyntax>().Any(i => i.Identifier.ValueText == name)
                ? assignment
                : null;
    }

    // string.IsNullOrEmpty(x), x == null, x is null
    private static bool IsEmptyCheck(ExpressionSyntax condition, string name) => condition.WithoutParentheses() switch
    {
        InvocationExpressionSyntax { Expression: MemberAccessExpressionSyntax { Name.Identifier.Text: "IsNullOrEmpty" or "IsNullOrWhiteSpace" } } call =>
            call.ArgumentList.Arguments is { Count: 1 } arguments && arguments[0].Expression is IdentifierNameSyntax checkedName && checkedName.Identifier.ValueText == name,
        BinaryExpressionSyntax { RawKind: (int)SyntaxKind.EqualsExpression, Left: IdentifierNameSyntax left } equal =>
            left.Identifier.ValueText == name && IsEmpty(equal.Right),
        IsPatternExpressionSyntax { Expression: IdentifierNameSyntax tested, Pattern: ConstantPatternSyntax constant } =>
            tested.Identifier.ValueText == name && IsEmpty(constant.Expression),
        _ => false,
    };
}
