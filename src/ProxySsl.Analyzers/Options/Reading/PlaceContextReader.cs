using System.Linq;
using System.Threading;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace ProxySsl.Analyzers.Options;

/// <summary>Finds what a fix can use where it writes: an expression for the app's configuration, and whether statements can stand there.</summary>
internal static class PlaceContextReader
{
    /// <summary>What is in scope at a node: the body of a lambda, or the place of a <c>new</c>.</summary>
    internal static PlaceContext At(SyntaxNode node, SemanticModel semanticModel, CancellationToken cancellationToken)
    {
        var position = node is AnonymousFunctionExpressionSyntax { Body: var body } ? body.SpanStart : node.SpanStart;
        return new PlaceContext(Configuration(position, node, semanticModel, cancellationToken), AllowsStatements(node));
    }

    /// <summary>What is in scope in the body of a method.</summary>
    internal static PlaceContext InBodyOf(SyntaxNode declaration, SemanticModel semanticModel, CancellationToken cancellationToken)
    {
        SyntaxNode? body = declaration switch
        {
            BaseMethodDeclarationSyntax method => (SyntaxNode?)method.Body ?? method.ExpressionBody,
            LocalFunctionStatementSyntax local => (SyntaxNode?)local.Body ?? local.ExpressionBody,
            _ => null,
        };
        return body is null
            ? new PlaceContext(null, false)
            : new PlaceContext(Configuration(body.SpanStart + 1, body, semanticModel, cancellationToken), true);
    }

    private static bool AllowsStatements(SyntaxNode node)
    {
        for (var ancestor = node; ancestor is not null; ancestor = ancestor.Parent)
        {
            switch (ancestor)
            {
                case AnonymousFunctionExpressionSyntax or StatementSyntax:
                    return true;
                case ArrowExpressionClauseSyntax { Parent: MethodDeclarationSyntax or LocalFunctionStatementSyntax }:
                    return true;
                case MemberDeclarationSyntax:
                    return ancestor is GlobalStatementSyntax;
            }
        }

        return false;
    }

    private static string? Configuration(int position, SyntaxNode node, SemanticModel semanticModel, CancellationToken cancellationToken)
    {
        var enclosing = semanticModel.GetEnclosingSymbol(position, cancellationToken);
        var isStatic = enclosing is not null && IsStatic(enclosing);
        string? member = null;
        foreach (var symbol in semanticModel.LookupSymbols(position).OrderBy(s => s is ILocalSymbol or IParameterSymbol ? 0 : 1).ThenBy(s => s.Locations.FirstOrDefault()?.SourceSpan.Start))
        {
            var type = symbol switch
            {
                // Found, but not usable: a top-level local in a type beside it, an outer local in a static function.
                ILocalSymbol or IParameterSymbol when !IsOfFunctionAround(symbol, enclosing) => null,
                ILocalSymbol local when IsAssignedBefore(local, position, cancellationToken) => local.Type,
                IParameterSymbol parameter => parameter.Type,
                IFieldSymbol field when field.IsStatic || !isStatic => field.Type,
                IPropertySymbol { Parameters.IsEmpty: true } property when property.IsStatic || !isStatic => property.Type,
                _ => null,
            };
            if (type is null || symbol.IsImplicitlyDeclared || !symbol.CanBeReferencedByName)
            {
                continue;
            }

            if (IsConfiguration(type))
            {
                return symbol.Name;
            }

            if (member is null && HasConfiguration(type))
            {
                member = symbol.Name + ".Configuration";
            }
        }

        return member;
    }

    private static bool IsOfFunctionAround(ISymbol symbol, ISymbol? enclosing)
    {
        for (var current = enclosing; current is IMethodSymbol method; current = current.ContainingSymbol)
        {
            if (SymbolEqualityComparer.Default.Equals(symbol.ContainingSymbol, method))
            {
                return true;
            }

            if (method.IsStatic)
            {
                return false;
            }
        }

        return false;
    }

    private static bool IsStatic(ISymbol symbol)
    {
        for (var current = symbol; current is IMethodSymbol method; current = current.ContainingSymbol)
        {
            if (method.MethodKind is not (MethodKind.AnonymousFunction or MethodKind.LocalFunction))
            {
                return method.IsStatic;
            }

            if (method.IsStatic)
            {
                return true;
            }
        }

        return false;
    }

    private static bool IsAssignedBefore(ILocalSymbol local, int position, CancellationToken cancellationToken) =>
        local.DeclaringSyntaxReferences.FirstOrDefault()?.GetSyntax(cancellationToken) is VariableDeclaratorSyntax { Initializer: not null } declarator
        && declarator.Span.End <= position;

    private static bool IsConfiguration(ITypeSymbol type) => IsInterface(type) || type.AllInterfaces.Any(IsInterface);

    private static bool IsInterface(ITypeSymbol type) =>
        type is { Name: "IConfiguration", ContainingNamespace: { Name: "Configuration", ContainingNamespace: { Name: "Extensions", ContainingNamespace.Name: "Microsoft" } } };

    // WebApplicationBuilder, WebApplication, HostBuilderContext, WebHostBuilderContext and others of their kind
    private static bool HasConfiguration(ITypeSymbol type) =>
        type is INamedTypeSymbol { DeclaredAccessibility: Accessibility.Public }
        && type.ContainingNamespace?.ToDisplayString().StartsWith("Microsoft.", System.StringComparison.Ordinal) == true
        && type.GetMembers("Configuration").Any(m => m is IPropertySymbol { IsStatic: false } property && IsConfiguration(property.Type));
}
