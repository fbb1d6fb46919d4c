using System.Collections.Generic;
using System.Threading;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;
using ProxySsl.Analyzers.Flow;
using ProxySsl.Analyzers.Knowledge;

namespace ProxySsl.Analyzers.Headers;

/// <summary>Reads <c>[FromHeader(Name = "…")]</c>: every use of the parameter is an access.</summary>
internal static class FromHeaderParameters
{
    /// <summary>The uses of the parameter that the name is bound to, or null where the name is not in such an attribute.</summary>
    internal static List<HeaderAccess>? Read(ExpressionSyntax name, ForwardedHeader header, HeadersScope scope, CancellationToken cancellationToken)
    {
        if (name.Parent is not AttributeArgumentSyntax { Parent.Parent: AttributeSyntax attribute })
        {
            return null;
        }

        var accesses = new List<HeaderAccess>();
        if (!attribute.Name.ToString().Contains("FromHeader") || attribute.Parent?.Parent is not ParameterSyntax parameter)
        {
            return accesses;
        }

        var model = scope.Model.SemanticModelOf(name.SyntaxTree);
        if (model.GetDeclaredSymbol(parameter, cancellationToken) is not { } symbol || Owner(parameter) is not { } owner
            || model.GetOperation(owner, cancellationToken) is not { } body)
        {
            return accesses;
        }

        foreach (var operation in body.DescendantsAndSelf())
        {
            if (operation is IParameterReferenceOperation reference && SymbolEqualityComparer.Default.Equals(reference.Parameter, symbol) && !reference.IsWritten())
            {
                accesses.Add(new HeaderAccess(header, RequestKind.AspNetCore, reference, Carried.Value));
            }
        }

        return accesses;
    }

    private static SyntaxNode? Owner(ParameterSyntax parameter) => parameter.Parent?.Parent switch
    {
        BaseMethodDeclarationSyntax method => method,
        LocalFunctionStatementSyntax function => function,
        ParenthesizedLambdaExpressionSyntax lambda => lambda,
        _ => null,
    };
}
