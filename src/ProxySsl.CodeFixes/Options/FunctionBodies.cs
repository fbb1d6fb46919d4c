using System.Collections.Generic;
using System.Linq;
using System.Threading;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using ProxySsl.CodeFixes.Syntax;

namespace ProxySsl.CodeFixes.Options;

/// <summary>Functions as places for statements: gives an expression-bodied lambda, method or local function a block.</summary>
internal static class FunctionBodies
{
    /// <summary>The function that a node is in, or the file for top-level statements; null in an initializer of a member.</summary>
    internal static SyntaxNode? Around(SyntaxNode node)
    {
        foreach (var ancestor in node.Ancestors())
        {
            switch (ancestor)
            {
                case AnonymousFunctionExpressionSyntax or LocalFunctionStatementSyntax or BaseMethodDeclarationSyntax or AccessorDeclarationSyntax or CompilationUnitSyntax:
                    return ancestor;
                case MemberDeclarationSyntax and not GlobalStatementSyntax:
                    return null;
            }
        }

        return null;
    }

    /// <summary>
    /// The tree in which the function has a block, with the expression that it consisted of as the only statement. The function keeps its
    /// annotations. Unchanged where it has one already.
    /// </summary>
    internal static SyntaxNode WithBlock(SyntaxNode root, SyntaxNode function, bool isVoid)
    {
        switch (function)
        {
            case LambdaExpressionSyntax { ExpressionBody: { } expression } lambda:
                return root.ReplaceNode(lambda, lambda
                    .WithArrowToken(lambda.ArrowToken.WithTrailingTrivia(SyntaxFactory.EndOfLine(StatementText.LineEnd(root))))
                    .WithBody(Block(expression, isVoid, lambda, endsLine: false)));
            case MethodDeclarationSyntax { ExpressionBody: { } arrow } method:
                return root.ReplaceNode(method, method
                    .WithExpressionBody(null)
                    .WithSemicolonToken(default)
                    .WithParameterList(EndingLine(method.ParameterList, root))
                    .WithBody(Block(arrow.Expression, isVoid, method, endsLine: true)));
            case LocalFunctionStatementSyntax { ExpressionBody: { } arrow } local:
                return root.ReplaceNode(local, local
                    .WithExpressionBody(null)
                    .WithSemicolonToken(default)
                    .WithParameterList(EndingLine(local.ParameterList, root))
                    .WithBody(Block(arrow.Expression, isVoid, local, endsLine: true)));
            default:
                return root;
        }
    }

    /// <summary>Whether a function gives back no value, so that its expression becomes a statement and not a <c>return</c>.</summary>
    /// <param name="function">The function, of the tree that the model is of or of one that has the same text up to the position.</param>
    /// <param name="model">The model of the original tree.</param>
    /// <param name="position">A position inside the function.</param>
    /// <param name="cancellationToken">Stops the question.</param>
    internal static bool IsVoid(SyntaxNode function, SemanticModel model, int position, CancellationToken cancellationToken) =>
        model.GetEnclosingSymbol(position, cancellationToken) is IMethodSymbol method
        && (method.ReturnsVoid || (method.IsAsync && method.ReturnType is INamedTypeSymbol { TypeArguments.IsEmpty: true }));

    /// <summary>A position inside the body of a function, where its parameters are in scope.</summary>
    internal static int BodyStart(SyntaxNode function) => function switch
    {
        AnonymousFunctionExpressionSyntax lambda => lambda.Body.SpanStart,
        BaseMethodDeclarationSyntax method => ((method.Body ?? (SyntaxNode?)method.ExpressionBody)?.SpanStart ?? method.SpanStart) + 1,
        LocalFunctionStatementSyntax local => ((local.Body ?? (SyntaxNode?)local.ExpressionBody)?.SpanStart ?? local.SpanStart) + 1,
        _ => function.SpanStart,
    };

    /// <summary>The tree in which a function has a block, with statements at its end.</summary>
    internal static SyntaxNode WithStatements(
        SyntaxNode root, SyntaxNode function, IReadOnlyList<string> texts, SemanticModel model, CancellationToken cancellationToken)
    {
        var isVoid = IsVoid(function, model, BodyStart(function), cancellationToken);
        var mark = new SyntaxAnnotation();
        root = root.ReplaceNode(function, function.WithAdditionalAnnotations(mark));
        root = WithBlock(root, root.GetAnnotatedNodes(mark).Single(), isVoid);
        return StatementInsertion.AtEnd(root, root.GetAnnotatedNodes(mark).Single(), texts);
    }

    /// <summary>The block of a function that has one, or null.</summary>
    internal static BlockSyntax? BlockOf(SyntaxNode function) => function switch
    {
        AnonymousFunctionExpressionSyntax { Block: { } block } => block,
        BaseMethodDeclarationSyntax { Body: { } block } => block,
        LocalFunctionStatementSyntax { Body: { } block } => block,
        AccessorDeclarationSyntax { Body: { } block } => block,
        _ => null,
    };

    private static ParameterListSyntax EndingLine(ParameterListSyntax parameters, SyntaxNode root) =>
        parameters.WithTrailingTrivia(SyntaxFactory.EndOfLine(StatementText.LineEnd(root)));

    private static BlockSyntax Block(ExpressionSyntax expression, bool isVoid, SyntaxNode function, bool endsLine)
    {
        var indentation = Layout.Indentation(function);
        var inner = indentation + StatementText.Step(indentation);
        var lineEnd = SyntaxFactory.EndOfLine(StatementText.LineEnd(function));
        var moved = Layout.Reindented(expression, indentation, inner).WithoutTrivia();
        StatementSyntax statement = isVoid
            ? SyntaxFactory.ExpressionStatement(moved)
            : SyntaxFactory.ReturnStatement(
                SyntaxFactory.Token(SyntaxKind.ReturnKeyword).WithTrailingTrivia(SyntaxFactory.Space), moved, SyntaxFactory.Token(SyntaxKind.SemicolonToken));
        var comments = expression.GetTrailingTrivia();
        statement = statement
            .WithLeadingTrivia(SyntaxFactory.Whitespace(inner))
            .WithTrailingTrivia(lineEnd);
        var close = SyntaxFactory.Token(SyntaxKind.CloseBraceToken).WithLeadingTrivia(SyntaxFactory.Whitespace(indentation));
        return SyntaxFactory.Block(
            SyntaxFactory.Token(SyntaxKind.OpenBraceToken).WithLeadingTrivia(SyntaxFactory.Whitespace(indentation)).WithTrailingTrivia(lineEnd),
            SyntaxFactory.SingletonList(statement),
            endsLine ? close.WithTrailingTrivia(function.GetTrailingTrivia()) : close.WithTrailingTrivia(comments));
    }
}
