using System.Collections.Generic;
using System.Linq;
using System.Threading;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using ProxySsl.Analyzers.Spelling;

namespace ProxySsl.Analyzers.Options;

/// <summary>
/// Reads every place of a compilation that configures <c>ForwardedHeadersOptions</c>, from the words that its files spell: each member
/// that spells one is walked once, in the order of the compilation.
/// </summary>
internal static class OptionsReader
{
    /// <summary>The model. Empty where the framework's options type is missing.</summary>
    internal static ForwardedHeadersSetup Read(CompilationModel model, CancellationToken cancellationToken)
    {
        var reading = new OptionsReading();
        if (model.Symbols.ForwardedHeadersOptions is null)
        {
            return reading.ToSetup(model, cancellationToken);
        }

        foreach (var file in model.Files(WordGroups.ForwardedHeaders, cancellationToken))
        {
            var root = file.Tree.GetRoot(cancellationToken);
            var semanticModel = model.SemanticModelOf(file.Tree);
            var bodies = new HashSet<SyntaxNode>();
            var types = new HashSet<SyntaxNode>();
            foreach (var hit in file.Hits)
            {
                if ((hit.Group & WordGroups.ForwardedHeaders) == 0)
                {
                    continue;
                }

                var token = root.FindToken(hit.Start);
                if (!token.Span.IntersectsWith(hit.Start) || token.Parent is not { } node)
                {
                    continue; // a comment or disabled text
                }

                Place(node, bodies, types);
            }

            foreach (var type in types)
            {
                WalkConfigureClass((TypeDeclarationSyntax)type, semanticModel, model, reading, cancellationToken);
            }

            foreach (var body in bodies)
            {
                Walk(body, semanticModel, model, reading, cancellationToken);
            }

            reading.HasUnreadCall = reading.HasUnreadCall || UnreadCalls.AreIn(root, semanticModel, cancellationToken);
        }

        return reading.ToSetup(model, cancellationToken);
    }

    // The outermost function or initializer around a word: what is inside is reached from there.
    private static void Place(SyntaxNode node, HashSet<SyntaxNode> bodies, HashSet<SyntaxNode> types)
    {
        for (SyntaxNode? ancestor = node; ancestor is not null; ancestor = ancestor.Parent)
        {
            switch (ancestor)
            {
                case UsingDirectiveSyntax or AttributeListSyntax:
                    return;
                case BaseListSyntax { Parent: TypeDeclarationSyntax type }:
                    types.Add(type);
                    return;
                case GlobalStatementSyntax { Parent: { } unit }:
                    bodies.Add(unit);
                    return;
                case BaseMethodDeclarationSyntax { Parent: var parent } method:
                    if (parent is TypeDeclarationSyntax { BaseList: not null } declaring)
                    {
                        types.Add(declaring);
                    }

                    bodies.Add(method);
                    return;
                case AccessorDeclarationSyntax accessor:
                    bodies.Add(accessor);
                    return;
                case PropertyDeclarationSyntax { ExpressionBody: { } body }:
                    bodies.Add(body);
                    return;
                case EqualsValueClauseSyntax { Parent: PropertyDeclarationSyntax or VariableDeclaratorSyntax { Parent.Parent: FieldDeclarationSyntax } } initializer:
                    bodies.Add(initializer);
                    return;
                case VariableDeclaratorSyntax { Parent.Parent: FieldDeclarationSyntax, Initializer: { } initializer }:
                    bodies.Add(initializer);
                    return;
                case FieldDeclarationSyntax field:
                    foreach (var variable in field.Declaration.Variables)
                    {
                        if (variable.Initializer is { } value)
                        {
                            bodies.Add(value); // `private readonly ForwardedHeadersOptions _options = new() { … };`
                        }
                    }

                    return;
                case PropertyDeclarationSyntax { Initializer: { } value }:
                    bodies.Add(value);
                    return;
                case PropertyDeclarationSyntax { AccessorList: { } accessors }:
                    foreach (var accessor in accessors.Accessors)
                    {
                        if (accessor.Body is not null || accessor.ExpressionBody is not null)
                        {
                            bodies.Add(accessor);
                        }
                    }

                    return;
            }
        }
    }

    private static void Walk(SyntaxNode body, SemanticModel semanticModel, CompilationModel model, OptionsReading reading, CancellationToken cancellationToken)
    {
        if (semanticModel.GetOperation(body, cancellationToken) is not { } operation)
        {
            return;
        }

        var symbol = body switch
        {
            EqualsValueClauseSyntax { Parent: { } declaration } => semanticModel.GetDeclaredSymbol(declaration, cancellationToken),
            ArrowExpressionClauseSyntax { Parent: PropertyDeclarationSyntax property } => semanticModel.GetDeclaredSymbol(property, cancellationToken)?.GetMethod,
            CompilationUnitSyntax => null,
            _ => semanticModel.GetDeclaredSymbol(body, cancellationToken),
        };
        new OptionsWalker(model, reading, cancellationToken).WalkRoot(operation, symbol as IMethodSymbol, symbol is IMethodSymbol ? null : symbol);
    }

    // A class that configures the options: it may be registered anywhere, so it is taken to be.
    private static void WalkConfigureClass(
        TypeDeclarationSyntax declaration, SemanticModel semanticModel, CompilationModel model, OptionsReading reading, CancellationToken cancellationToken)
    {
        if (semanticModel.GetDeclaredSymbol(declaration, cancellationToken) is not INamedTypeSymbol type)
        {
            return;
        }

        var location = declaration.Identifier.GetLocation();
        var isNamed = Implements(type, "IConfigureNamedOptions", model);
        if (isNamed || Implements(type, "IConfigureOptions", model))
        {
            // The framework calls the method with the name where there is one.
            WalkMethod(type, "Configure", isNamed ? 2 : 1, OptionsPlaceKind.Configure, location, model, reading, cancellationToken);
        }

        if (Implements(type, "IPostConfigureOptions", model))
        {
            WalkMethod(type, "PostConfigure", 2, OptionsPlaceKind.PostConfigure, location, model, reading, cancellationToken);
        }
    }

    private static void WalkMethod(
        INamedTypeSymbol type, string name, int parameters, OptionsPlaceKind kind, Location location, CompilationModel model, OptionsReading reading, CancellationToken cancellationToken)
    {
        var method = type.GetMembers().OfType<IMethodSymbol>().FirstOrDefault(m =>
            (m.Name == name || m.ExplicitInterfaceImplementations.Any(e => e.Name == name))
            && m.Parameters.Length == parameters
            && SymbolEqualityComparer.Default.Equals(m.Parameters[parameters - 1].Type, model.Symbols.ForwardedHeadersOptions));
        if (method is not null)
        {
            new OptionsWalker(model, reading, cancellationToken).WalkPlace(kind, method, location, type.Name);
        }
    }

    private static bool Implements(INamedTypeSymbol type, string name, CompilationModel model) => type.AllInterfaces.Any(i =>
        i.Name == name
        && i.TypeArguments.Length == 1
        && SymbolEqualityComparer.Default.Equals(i.TypeArguments[0], model.Symbols.ForwardedHeadersOptions)
        && i.ContainingNamespace is { Name: "Options", ContainingNamespace.Name: "Extensions" });
}
