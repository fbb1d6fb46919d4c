using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace ProxySsl.CodeFixes.Syntax;

/// <summary>Small steps on expressions that every fix needs. None of them asks for a semantic model.</summary>
internal static class ExpressionExtensions
{
    /// <summary>Parses an expression in the language version of the file it is meant for.</summary>
    internal static ExpressionSyntax ParseExpression(string text, SyntaxTree file) =>
        SyntaxFactory.ParseExpression(text, options: file.Options);

    /// <summary>The expression inside any number of parentheses.</summary>
    internal static ExpressionSyntax WithoutParentheses(this ExpressionSyntax expression)
    {
        while (expression is ParenthesizedExpressionSyntax parenthesized)
        {
            expression = parenthesized.Expression;
        }

        return expression;
    }

    /// <summary>The outermost parentheses around an expression, or the expression itself.</summary>
    internal static ExpressionSyntax WithParentheses(this ExpressionSyntax expression)
    {
        while (expression.Parent is ParenthesizedExpressionSyntax parenthesized)
        {
            expression = parenthesized;
        }

        return expression;
    }

    /// <summary>The last link of a <c>?.</c> chain: the call in <c>a?.b.Call()</c>.</summary>
    internal static ExpressionSyntax WithoutConditionalAccess(this ExpressionSyntax expression)
    {
        while (expression is ConditionalAccessExpressionSyntax access)
        {
            expression = access.WhenNotNull;
        }

        return expression;
    }

    /// <summary>
    /// The whole <c>?.</c> chain that ends with an expression, or the expression itself; null where the chain goes on after it.
    /// </summary>
    internal static ExpressionSyntax? WholeChain(this ExpressionSyntax expression)
    {
        foreach (var ancestor in expression.Ancestors())
        {
            switch (ancestor)
            {
                case ConditionalAccessExpressionSyntax access when access.WhenNotNull == expression:
                    expression = access;
                    break;
                case ConditionalAccessExpressionSyntax access when access.WhenNotNull.SpanStart == expression.SpanStart:
                    return null;
                case ArgumentSyntax or StatementSyntax or MemberDeclarationSyntax:
                    return expression;
                default:
                    break;
            }
        }

        return expression;
    }

    /// <summary>Whether two expressions read the same, parentheses and trivia aside.</summary>
    internal static bool ReadsLike(this ExpressionSyntax left, ExpressionSyntax right) =>
        SyntaxFactory.AreEquivalent(left.WithoutParentheses(), right.WithoutParentheses());

    /// <summary>Whether an expression can be an operand of anything without parentheses.</summary>
    internal static bool IsPrimary(this ExpressionSyntax expression) => expression
        is IdentifierNameSyntax or MemberAccessExpressionSyntax or InvocationExpressionSyntax or LiteralExpressionSyntax
        or ElementAccessExpressionSyntax or ParenthesizedExpressionSyntax or ThisExpressionSyntax or BaseExpressionSyntax
        or GenericNameSyntax or PredefinedTypeSyntax or InterpolatedStringExpressionSyntax or ObjectCreationExpressionSyntax;

    /// <summary>The expression in parentheses where it needs them as an operand; outer trivia stays outside.</summary>
    internal static ExpressionSyntax AsOperand(this ExpressionSyntax expression) =>
        expression.IsPrimary()
            ? expression
            : SyntaxFactory.ParenthesizedExpression(expression.WithoutTrivia()).WithTriviaFrom(expression);

    /// <summary>The opposite of a condition, in the form a person would write.</summary>
    internal static ExpressionSyntax Negated(this ExpressionSyntax condition)
    {
        var bare = condition.WithoutParentheses();
        ExpressionSyntax negated = bare switch
        {
            LiteralExpressionSyntax literal when literal.IsKind(SyntaxKind.TrueLiteralExpression) =>
                SyntaxFactory.LiteralExpression(SyntaxKind.FalseLiteralExpression),
            LiteralExpressionSyntax literal when literal.IsKind(SyntaxKind.FalseLiteralExpression) =>
                SyntaxFactory.LiteralExpression(SyntaxKind.TrueLiteralExpression),
            PrefixUnaryExpressionSyntax not when not.IsKind(SyntaxKind.LogicalNotExpression) => not.Operand.WithoutParentheses(),
            BinaryExpressionSyntax equal when equal.IsKind(SyntaxKind.EqualsExpression) => WithOperator(equal, SyntaxKind.NotEqualsExpression, SyntaxKind.ExclamationEqualsToken),
            BinaryExpressionSyntax different when different.IsKind(SyntaxKind.NotEqualsExpression) => WithOperator(different, SyntaxKind.EqualsExpression, SyntaxKind.EqualsEqualsToken),
            _ => SyntaxFactory.PrefixUnaryExpression(SyntaxKind.LogicalNotExpression, bare.AsOperand().WithoutTrivia()),
        };
        return negated.WithTriviaFrom(condition);
    }

    /// <summary>
    /// Whether a condition only asks: it assigns and declares nothing, and calls nothing but what by its name asks, such as
    /// <c>IsDevelopment()</c> or <c>list.Any()</c>.
    /// </summary>
    internal static bool OnlyAsks(this ExpressionSyntax condition) => condition.DescendantNodesAndSelf().All(static n => n switch
    {
        AssignmentExpressionSyntax or PostfixUnaryExpressionSyntax { RawKind: not (int)SyntaxKind.SuppressNullableWarningExpression }
            or AwaitExpressionSyntax or DeclarationExpressionSyntax or VariableDesignationSyntax or BaseObjectCreationExpressionSyntax or ThrowExpressionSyntax => false,
        PrefixUnaryExpressionSyntax unary => !unary.IsKind(SyntaxKind.PreIncrementExpression) && !unary.IsKind(SyntaxKind.PreDecrementExpression),
        InvocationExpressionSyntax { Expression: var called } => Asks(called),
        _ => true,
    });

    private static bool Asks(ExpressionSyntax called)
    {
        var name = called switch
        {
            MemberAccessExpressionSyntax { Name.Identifier.ValueText: var member } => member,
            MemberBindingExpressionSyntax { Name.Identifier.ValueText: var member } => member,
            SimpleNameSyntax { Identifier.ValueText: var simple } => simple,
            _ => "",
        };
        return name is "Any" or "All" or "Equals" or "StartsWith" or "EndsWith" or "Exists" or "GetValue" or "GetSection" or "GetConnectionString" or "GetEnvironmentVariable"
            || name.StartsWith("Is", System.StringComparison.Ordinal) || name.StartsWith("Has", System.StringComparison.Ordinal)
            || name.StartsWith("Contains", System.StringComparison.Ordinal);
    }

    private static BinaryExpressionSyntax WithOperator(BinaryExpressionSyntax binary, SyntaxKind kind, SyntaxKind token) =>
        SyntaxFactory.BinaryExpression(kind, binary.Left, SyntaxFactory.Token(token).WithTriviaFrom(binary.OperatorToken), binary.Right);
}
