using System.Collections.Generic;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace ProxySsl.CodeFixes.Syntax;

/// <summary>
/// Collapses conditions around an expression that a fix has written: constants disappear, repeated operands and double negations too.
/// Only what the marked expression decides is touched; what the author wrote beside it stays as it is.
/// </summary>
internal static class ConditionFolding
{
    /// <summary>
    /// One step outwards: the node to replace and what it becomes, or null where the surroundings do not collapse. The new node is the one
    /// to go on from.
    /// </summary>
    internal static (SyntaxNode Old, ExpressionSyntax New)? Step(ExpressionSyntax node)
    {
        var outer = node.WithParentheses();
        ExpressionSyntax? folded = outer.Parent switch
        {
            PrefixUnaryExpressionSyntax not when not.IsKind(SyntaxKind.LogicalNotExpression) => node.Negated(),
            BinaryExpressionSyntax binary => OfBinary(binary, outer, node),
            IsPatternExpressionSyntax { Pattern: ConstantPatternSyntax { Expression: var constant } } when Truth(constant) is { } truth && IsBoolean(node) =>
                truth ? node : node.Negated(),
            ConditionalExpressionSyntax conditional => OfConditional(conditional, outer, node),
            _ => null,
        };
        if (folded is not null)
        {
            return (outer.Parent!, Fitting(folded.WithTriviaFrom(outer.Parent!), outer.Parent!));
        }

        return outer != node && (node.IsPrimary() || !NeedsParentheses(outer.Parent))
            ? (outer, node.WithTriviaFrom(outer))
            : null;
    }

    /// <summary>The value of a boolean literal, or null for any other expression.</summary>
    internal static bool? Truth(ExpressionSyntax expression) => expression.WithoutParentheses().Kind() switch
    {
        SyntaxKind.TrueLiteralExpression => true,
        SyntaxKind.FalseLiteralExpression => false,
        _ => null,
    };

    /// <summary>The operands of a chain of one operator, from left to right.</summary>
    internal static IEnumerable<ExpressionSyntax> Operands(ExpressionSyntax chain, SyntaxKind kind)
    {
        var bare = chain.WithoutParentheses();
        return bare is BinaryExpressionSyntax binary && binary.IsKind(kind)
            ? Operands(binary.Left, kind).Concat(Operands(binary.Right, kind))
            : [chain];
    }

    private static ExpressionSyntax? OfBinary(BinaryExpressionSyntax binary, ExpressionSyntax side, ExpressionSyntax node)
    {
        var other = side == binary.Left ? binary.Right : binary.Left;
        switch (binary.Kind())
        {
            case SyntaxKind.LogicalAndExpression:
            case SyntaxKind.BitwiseAndExpression when Truth(node) is not null:
                return OfChain(binary, side, node, other, neutral: true);
            case SyntaxKind.LogicalOrExpression:
            case SyntaxKind.BitwiseOrExpression when Truth(node) is not null:
                return OfChain(binary, side, node, other, neutral: false);
            case SyntaxKind.EqualsExpression when Truth(other) is { } truth && IsBoolean(node):
                return truth ? node : node.Negated();
            case SyntaxKind.NotEqualsExpression when Truth(other) is { } truth && IsBoolean(node):
                return truth ? node.Negated() : node;
            case SyntaxKind.CoalesceExpression when side == binary.Left && (!MayBeNull(node) || Operands(other, SyntaxKind.CoalesceExpression).First().ReadsLike(node)):
                return MayBeNull(node) ? other : node;
            case SyntaxKind.CoalesceExpression when other.ReadsLike(node):
                return node;
            default:
                return null;
        }
    }

    private static ExpressionSyntax? OfChain(
        BinaryExpressionSyntax binary, ExpressionSyntax side, ExpressionSyntax node, ExpressionSyntax other, bool neutral)
    {
        if (Truth(node) is { } truth)
        {
            return truth == neutral ? other : node;
        }

        // a || b || S: the chain leans to the left, so the earlier operands are below the left side
        foreach (var operand in Operands(other, binary.Kind()))
        {
            if (Same(operand, node))
            {
                return other;
            }

            if (Same(operand, node.Negated()))
            {
                return SyntaxFactory.LiteralExpression(neutral ? SyntaxKind.FalseLiteralExpression : SyntaxKind.TrueLiteralExpression);
            }
        }

        if (side == binary.Left && binary.WithParentheses().Parent is BinaryExpressionSyntax parent && parent.IsKind(binary.Kind()))
        {
            // S || a || S: the repetition is further out
            foreach (var operand in Operands(parent.Right, binary.Kind()))
            {
                if (Same(operand, node))
                {
                    return other;
                }
            }
        }

        return null;
    }

    private static ExpressionSyntax? OfConditional(ConditionalExpressionSyntax conditional, ExpressionSyntax side, ExpressionSyntax node)
    {
        if (side == conditional.Condition)
        {
            if (Truth(node) is { } truth)
            {
                return truth ? conditional.WhenTrue : conditional.WhenFalse;
            }

            return (Truth(conditional.WhenTrue), Truth(conditional.WhenFalse)) switch
            {
                (true, false) => node,
                (false, true) => node.Negated(),
                (true, null) or (null, false) when Same(Truth(conditional.WhenTrue) is null ? conditional.WhenTrue : conditional.WhenFalse, node) => node,
                (true, null) => Join(node, SyntaxKind.LogicalOrExpression, SyntaxKind.BarBarToken, conditional.WhenFalse),
                (null, false) => Join(node, SyntaxKind.LogicalAndExpression, SyntaxKind.AmpersandAmpersandToken, conditional.WhenTrue),
                _ => SchemeOf(node, conditional),
            };
        }

        var otherBranch = side == conditional.WhenTrue ? conditional.WhenFalse : conditional.WhenTrue;
        return otherBranch.ReadsLike(node) ? node : null;
    }

    // request.IsHttps ? "https" : "http" (or : request.Scheme) is request.Scheme
    private static ExpressionSyntax? SchemeOf(ExpressionSyntax node, ConditionalExpressionSyntax conditional)
    {
        var negated = node is PrefixUnaryExpressionSyntax { Operand: var operand };
        var isHttps = node is PrefixUnaryExpressionSyntax not ? not.Operand.WithoutParentheses() : node;
        var (secure, plain) = negated ? (conditional.WhenFalse, conditional.WhenTrue) : (conditional.WhenTrue, conditional.WhenFalse);
        if (isHttps is not MemberAccessExpressionSyntax { Name.Identifier.Text: "IsHttps" } access
            || secure is not LiteralExpressionSyntax { Token.ValueText: "https" })
        {
            return null;
        }

        var scheme = access.WithName(SyntaxFactory.IdentifierName("Scheme"));
        return plain is LiteralExpressionSyntax { Token.ValueText: "http" } || plain.ReadsLike(scheme) ? scheme.WithoutTrivia() : null;
    }

    private static ExpressionSyntax Join(ExpressionSyntax left, SyntaxKind kind, SyntaxKind token, ExpressionSyntax right) =>
        SyntaxFactory.BinaryExpression(
            kind,
            left.WithoutTrivia(),
            SyntaxFactory.Token(token).WithLeadingTrivia(SyntaxFactory.Space).WithTrailingTrivia(SyntaxFactory.Space),
            right is ConditionalExpressionSyntax or BinaryExpressionSyntax ? right.AsOperand().WithoutTrivia() : right.WithoutTrivia());

    private static bool Same(ExpressionSyntax operand, ExpressionSyntax node) =>
        operand.ReadsLike(node) || (SecureReceiver(operand) is { } receiver && SecureReceiver(node) == receiver);

    // request.IsHttps and request.Scheme == "https" say the same; the text of `request` is what is compared
    private static string? SecureReceiver(ExpressionSyntax condition) => condition.WithoutParentheses() switch
    {
        MemberAccessExpressionSyntax { Name.Identifier.Text: "IsHttps" } isHttps => isHttps.Expression.WithoutTrivia().ToString(),
        BinaryExpressionSyntax
        {
            RawKind: (int)SyntaxKind.EqualsExpression,
            Left: MemberAccessExpressionSyntax { Name.Identifier.Text: "Scheme" } scheme,
            Right: LiteralExpressionSyntax { Token.ValueText: "https" },
        } => scheme.Expression.WithoutTrivia().ToString(),
        _ => null,
    };

    // What a fix writes is known by its form: only `?.` and `??` let a null through.
    private static bool MayBeNull(ExpressionSyntax node) =>
        node.DescendantNodesAndSelf().Any(n => n is ConditionalAccessExpressionSyntax)
        || node is MemberAccessExpressionSyntax { Name.Identifier.Text: "RemoteIpAddress" };

    private static bool IsBoolean(ExpressionSyntax node) => node is not ConditionalAccessExpressionSyntax;

    // An operand that was inside a chain may need parentheses where the chain stood, and one that was in parentheses may not.
    private static ExpressionSyntax Fitting(ExpressionSyntax folded, SyntaxNode old)
    {
        var parent = old.Parent;
        var bare = folded.WithoutParentheses();
        if (folded is ParenthesizedExpressionSyntax && (bare.IsPrimary() || bare is PrefixUnaryExpressionSyntax || !NeedsParentheses(parent)))
        {
            return bare.WithTriviaFrom(folded);
        }

        var isLooser = folded is BinaryExpressionSyntax or ConditionalExpressionSyntax or AssignmentExpressionSyntax or IsPatternExpressionSyntax
            && parent is BinaryExpressionSyntax or PrefixUnaryExpressionSyntax or MemberAccessExpressionSyntax
            && folded.Kind() != old.Kind();
        return isLooser ? folded.AsOperand() : folded;
    }

    private static bool NeedsParentheses(SyntaxNode? parent) => parent
        is ExpressionSyntax and not (AssignmentExpressionSyntax or ParenthesizedExpressionSyntax or LambdaExpressionSyntax)
        or InterpolationSyntax;
}
