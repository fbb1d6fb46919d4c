using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using ProxySsl.CodeFixes.Syntax;

namespace ProxySsl.CodeFixes.Headers;

/// <summary>
/// Rewrites an inline middleware that copies forwarded headers by hand to <c>app.UseForwardedHeaders()</c>; where the same body calls that
/// already, the inline middleware goes.
/// </summary>
internal static class MiddlewareRewrite
{
    internal const int Forms = 1;

    /// <summary>Gathers the edits in the context; false where the assignment is in no <c>app.Use(…)</c>.</summary>
    internal static bool Edit(RewriteContext context, int form)
    {
        var call = context.Reported.Ancestors().OfType<InvocationExpressionSyntax>()
            .FirstOrDefault(i => i.Expression is MemberAccessExpressionSyntax { Name.Identifier.Text: "Use" } && i.ArgumentList.Span.Contains(context.Reported.Span));
        if (call is not { Expression: MemberAccessExpressionSyntax access } || call.ContainsDirectives)
        {
            return false;
        }

        if (call.Parent is ExpressionStatementSyntax statement && IsApplied(statement, access.Expression))
        {
            return context.Replace(statement, Folding.Drop(statement));
        }

        var use = access.WithName(SyntaxFactory.IdentifierName("UseForwardedHeaders").WithTriviaFrom(access.Name));
        return context.Replace(call, SyntaxFactory.InvocationExpression(use, SyntaxFactory.ArgumentList()));
    }

    private static bool IsApplied(StatementSyntax statement, ExpressionSyntax builder) => (StatementLists.Siblings(statement) ?? []).Any(s =>
        s is ExpressionStatementSyntax { Expression: InvocationExpressionSyntax { Expression: MemberAccessExpressionSyntax { Name.Identifier.Text: "UseForwardedHeaders" } use } }
        && use.Expression.ReadsLike(builder));
}
