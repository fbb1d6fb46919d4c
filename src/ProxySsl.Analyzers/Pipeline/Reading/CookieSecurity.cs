using System.Threading;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using ProxySsl.Analyzers.Headers;

namespace ProxySsl.Analyzers.Pipeline;

/// <summary>
/// Tells whether the scheme of a request decides anything about the cookies of some options. Those of the cookie policy, of sessions and of
/// antiforgery say <c>CookieSecurePolicy.None</c> by default, which asks for no scheme.
/// </summary>
internal static class CookieSecurity
{
    /// <summary>Whether code sets a policy in options, and nowhere another one: <c>options.Secure = …</c>, <c>options.Cookie.SecurePolicy = …</c>.</summary>
    /// <param name="options">The name of the options' type.</param>
    /// <param name="policy">The member of <c>CookieSecurePolicy</c>.</param>
    /// <param name="model">The compilation.</param>
    /// <param name="cancellationToken">Ends the search.</param>
    internal static bool IsSet(string options, string policy, CompilationModel model, CancellationToken cancellationToken)
    {
        var isSet = false;
        var isOther = model.Spells(
            ["CookieSecurePolicy"],
            (hit, root) =>
            {
                if (hit.IdentifierIn(root)?.Parent is not SimpleNameSyntax { Parent: MemberAccessExpressionSyntax { Name: var name } }
                    || name.FirstAncestorOrSelf<AssignmentExpressionSyntax>() is not { } assignment
                    || !assignment.Right.Span.Contains(name.Span)
                    || IsForDevelopment(name, model, cancellationToken)
                    || OwnerOf(assignment, model.SemanticModelOf(name.SyntaxTree), cancellationToken)?.Name != options)
                {
                    return false;
                }

                isSet |= name.Identifier.ValueText == policy;
                return name.Identifier.ValueText != policy;
            },
            cancellationToken);
        return isSet && !isOther;
    }

    // Secure = env.IsDevelopment() ? SameAsRequest : Always
    private static bool IsForDevelopment(SimpleNameSyntax name, CompilationModel model, CancellationToken cancellationToken) =>
        model.OperationAt(name.Parent is MemberAccessExpressionSyntax access ? access : name, cancellationToken) is { } operation && ProductionCode.Excludes(operation);

    // The options that a policy is set in, directly or for their cookie.
    private static INamedTypeSymbol? OwnerOf(AssignmentExpressionSyntax assignment, SemanticModel model, CancellationToken cancellationToken)
    {
        return PropertyOf(assignment.Left) switch
        {
            { Name: "Secure", ContainingType: var options } => options,
            { Name: "SecurePolicy" } when CookieOf(assignment) is { } cookie => PropertyOf(cookie)?.ContainingType,
            _ => null,
        };

        IPropertySymbol? PropertyOf(ExpressionSyntax expression) => model.GetSymbolInfo(expression, cancellationToken).Symbol as IPropertySymbol;
    }

    // options.Cookie of options.Cookie.SecurePolicy = …, of options.Cookie = new CookieBuilder { SecurePolicy = … } and of Cookie = { SecurePolicy = … }
    private static ExpressionSyntax? CookieOf(AssignmentExpressionSyntax assignment)
    {
        if (assignment.Left is MemberAccessExpressionSyntax access)
        {
            return access.Expression;
        }

        var value = assignment.Parent is InitializerExpressionSyntax { Parent: BaseObjectCreationExpressionSyntax creation } ? creation : assignment.Parent;
        return value?.Parent is AssignmentExpressionSyntax outer && outer.Right == value ? outer.Left : null;
    }
}
