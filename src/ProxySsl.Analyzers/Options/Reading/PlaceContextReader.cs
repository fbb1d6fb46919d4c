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
        foreach (var symbol in semanticModel.LookupSymbols(position).OrderBy(s => Distance(s)).ThenBy(s => s.Locations.FirstOrDefault()?.SourceSpan.Start))
        {
            var type = symbol switch
            {
                // Found, but not usable: a top-level local in a type beside it, an outer local in a static function.
                ILocalSymbol or IParameterSymbol when !IsOfFunctionAround(symbol, enclosing) && !IsCaptured(symbol, enclosing, isStatic) => null,
                ILocalSymbol local when IsAssignedBefore(local, position, semanticModel, cancellationToken) => local.Type,
                IParameterSymbol parameter when !MayBeNull(parameter) => parameter.Type,
                IFieldSymbol { NullableAnnotation: not NullableAnnotation.Annotated } field when field.IsStatic || !isStatic => field.Type,
                IPropertySymbol { Parameters.IsEmpty: true, NullableAnnotation: not NullableAnnotation.Annotated } property when property.IsStatic || !isStatic => property.Type,
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

    // What the function itself has comes first. A primary constructor's parameter comes after the fields: one of them may hold it already.
    private static int Distance(ISymbol symbol) => symbol is ILocalSymbol or IParameterSymbol ? IsOfPrimaryConstructor(symbol) ? 2 : 0 : 1;

    private static bool IsOfPrimaryConstructor(ISymbol symbol) =>
        symbol is IParameterSymbol { ContainingSymbol: IMethodSymbol { MethodKind: MethodKind.Constructor } constructor }
        && constructor.DeclaringSyntaxReferences.FirstOrDefault()?.GetSyntax() is TypeDeclarationSyntax and not RecordDeclarationSyntax;

    // The parameter of a primary constructor, in an instance member of the type.
    private static bool IsCaptured(ISymbol symbol, ISymbol? enclosing, bool isStatic)
    {
        if (isStatic || enclosing is null || !IsOfPrimaryConstructor(symbol))
        {
            return false;
        }

        var member = enclosing;
        while (member is IMethodSymbol { MethodKind: MethodKind.AnonymousFunction or MethodKind.LocalFunction })
        {
            member = member.ContainingSymbol;
        }

        return member is IMethodSymbol { MethodKind: not MethodKind.Constructor }
            && SymbolEqualityComparer.Default.Equals(member.ContainingType, symbol.ContainingType);
    }

    // Annotated so, or not given by every caller.
    private static bool MayBeNull(IParameterSymbol parameter) =>
        parameter.NullableAnnotation == NullableAnnotation.Annotated || parameter.HasExplicitDefaultValue;

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

    // Where no object is at hand. An initializer of a member has none yet.
    private static bool IsStatic(ISymbol symbol)
    {
        var current = symbol;
        while (current is IMethodSymbol { MethodKind: MethodKind.AnonymousFunction or MethodKind.LocalFunction, IsStatic: false })
        {
            current = current.ContainingSymbol;
        }

        return current is not IMethodSymbol { IsStatic: false };
    }

    // The type of a local says nothing: `var` is always annotated. Where nullable analysis is on, it knows what the local is given.
    private static bool IsAssignedBefore(ILocalSymbol local, int position, SemanticModel semanticModel, CancellationToken cancellationToken) =>
        local.DeclaringSyntaxReferences.FirstOrDefault()?.GetSyntax(cancellationToken) is VariableDeclaratorSyntax { Initializer.Value: var value } declarator
        && declarator.Span.End <= position
        && (!(IsConfiguration(local.Type) || HasConfiguration(local.Type)) || semanticModel.GetTypeInfo(value, cancellationToken).Nullability.FlowState != NullableFlowState.MaybeNull);

    // A section is a part of the configuration: the keys of the root are not in it.
    private static bool IsConfiguration(ITypeSymbol type) =>
        (IsInterface(type, "IConfiguration") || type.AllInterfaces.Any(i => IsInterface(i, "IConfiguration")))
        && !IsInterface(type, "IConfigurationSection")
        && !type.AllInterfaces.Any(i => IsInterface(i, "IConfigurationSection"));

    private static bool IsInterface(ITypeSymbol type, string name) =>
        type.Name == name && type is { ContainingNamespace: { Name: "Configuration", ContainingNamespace: { Name: "Extensions", ContainingNamespace.Name: "Microsoft" } } };

    // WebApplicationBuilder, WebApplication, HostBuilderContext, WebHostBuilderContext and others of their kind
    private static bool HasConfiguration(ITypeSymbol type) =>
        type is INamedTypeSymbol { DeclaredAccessibility: Accessibility.Public }
        && type.ContainingNamespace?.ToDisplayString().StartsWith("Microsoft.", System.StringComparison.Ordinal) == true
        && type.GetMembers("Configuration").Any(m => m is IPropertySymbol { IsStatic: false } property && IsConfiguration(property.Type));
}
