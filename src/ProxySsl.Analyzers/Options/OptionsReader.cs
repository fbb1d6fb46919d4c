using System.Collections.Generic;
using System.Linq;
using System.Threading;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using ProxySsl.Analyzers.Flow;
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

        var places = new List<FilePlaces>();
        var members = new HashSet<ISymbol>(SymbolEqualityComparer.Default);
        foreach (var file in model.Files(WordGroups.ForwardedHeaders, cancellationToken))
        {
            var root = file.Tree.GetRoot(cancellationToken);
            var semanticModel = model.SemanticModelOf(file.Tree);
            var inFile = new FilePlaces(file.Tree);
            places.Add(inFile);
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

                Place(node, inFile.Bodies, inFile.Types);
                if (DeclaredWith(node) is { } declaration && semanticModel.GetDeclaredSymbol(declaration, cancellationToken) is { } member)
                {
                    members.Add(member);
                }
            }

            reading.HasUnreadCall = reading.HasUnreadCall || UnreadCalls.AreIn(root, semanticModel, cancellationToken);
        }

        var reach = new ReachReader(model, cancellationToken);
        PlaceMentions(members, places, reach);
        reach.Prepare(places.SelectMany(p => p.Declared(model, cancellationToken)));
        foreach (var file in places)
        {
            var semanticModel = model.SemanticModelOf(file.Tree);
            foreach (var type in file.Types)
            {
                WalkConfigureClass((TypeDeclarationSyntax)type, semanticModel, model, reading, reach, cancellationToken);
            }

            foreach (var body in file.Bodies)
            {
                Walk(body, semanticModel, model, reading, reach, cancellationToken);
            }
        }

        return reading.ToSetup(model, cancellationToken);
    }

    // A delegate or wrapper of the options has a name of its own, and code that only mentions it spells none of the words:
    // `services.Configure(_forwarding)`, `services.AddSingleton(Trust.Create)`.
    private static void PlaceMentions(HashSet<ISymbol> members, List<FilePlaces> places, ReachReader reach)
    {
        reach.Mentions.Prepare(members);
        foreach (var mention in members.SelectMany(m => reach.Mentions.Of(m) ?? []))
        {
            if (places.FirstOrDefault(p => p.Tree == mention.SyntaxTree) is not { } inFile)
            {
                places.Add(inFile = new FilePlaces(mention.SyntaxTree));
            }

            Place(mention, inFile.Bodies, inFile.Types);
        }
    }

    // The member whose type has the options as a type argument.
    private static SyntaxNode? DeclaredWith(SyntaxNode node)
    {
        if (node is not IdentifierNameSyntax { Identifier.ValueText: "ForwardedHeadersOptions" } || node.FirstAncestorOrSelf<TypeArgumentListSyntax>() is not { } arguments)
        {
            return null;
        }

        SyntaxNode type = arguments.Parent!;
        while (type.Parent is TypeSyntax)
        {
            type = type.Parent;
        }

        return type.Parent switch
        {
            MethodDeclarationSyntax method when method.ReturnType == type => method,
            PropertyDeclarationSyntax property when property.Type == type => property,
            VariableDeclarationSyntax { Parent: FieldDeclarationSyntax, Variables: { Count: 1 } variables } => variables[0],
            _ => null,
        };
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

    private static void Walk(
        SyntaxNode body, SemanticModel semanticModel, CompilationModel model, OptionsReading reading, ReachReader reach, CancellationToken cancellationToken)
    {
        var symbol = SymbolOf(body, semanticModel, cancellationToken);
        var method = symbol as IMethodSymbol;
        var reached = method is null ? Reach.Always : reach.Of(method);
        if (reached == Reach.Never)
        {
            reading.IsForOtherEnvironment = true;
        }
        else if (semanticModel.GetOperation(body, cancellationToken) is { } operation)
        {
            new OptionsWalker(model, reading, cancellationToken).WalkRoot(operation, method, method is null ? symbol : null, reached == Reach.Always);
        }
    }

    private static ISymbol? SymbolOf(SyntaxNode body, SemanticModel semanticModel, CancellationToken cancellationToken) => body switch
    {
        EqualsValueClauseSyntax { Parent: { } declaration } => semanticModel.GetDeclaredSymbol(declaration, cancellationToken),
        ArrowExpressionClauseSyntax { Parent: PropertyDeclarationSyntax property } => semanticModel.GetDeclaredSymbol(property, cancellationToken)?.GetMethod,
        CompilationUnitSyntax => null,
        _ => semanticModel.GetDeclaredSymbol(body, cancellationToken),
    };

    // A class that configures the options: it may be registered anywhere, so it is taken to be, unless all that mentions it is for another
    // environment.
    private static void WalkConfigureClass(
        TypeDeclarationSyntax declaration, SemanticModel semanticModel, CompilationModel model, OptionsReading reading, ReachReader reach, CancellationToken cancellationToken)
    {
        if (semanticModel.GetDeclaredSymbol(declaration, cancellationToken) is not { } type)
        {
            return;
        }

        reading.IsValidated |= Implements(type, "IValidateOptions", model) && declaration.DescendantTokens().Any(t => t.ValueText is "KnownProxies" or "KnownNetworks" or "KnownIPNetworks");
        var place = new ConfigureClass(type, declaration.Identifier.GetLocation(), model, reading);
        var isNamed = Implements(type, "IConfigureNamedOptions", model);
        var configures = isNamed || Implements(type, "IConfigureOptions", model);
        var postConfigures = Implements(type, "IPostConfigureOptions", model);
        var reached = configures || postConfigures ? reach.Of(type) : Reach.Never;
        if (reached == Reach.Never)
        {
            reading.IsForOtherEnvironment |= configures || postConfigures;
            return;
        }

        if (configures)
        {
            // The framework calls the method with the name where there is one.
            WalkMethod(place, "Configure", isNamed ? 2 : 1, OptionsPlaceKind.Configure, reached == Reach.Always, cancellationToken);
        }

        if (postConfigures)
        {
            WalkMethod(place, "PostConfigure", 2, OptionsPlaceKind.PostConfigure, reached == Reach.Always, cancellationToken);
        }
    }

    private static void WalkMethod(ConfigureClass place, string name, int parameters, OptionsPlaceKind kind, bool isCertain, CancellationToken cancellationToken)
    {
        var method = place.Type.GetMembers().OfType<IMethodSymbol>().FirstOrDefault(m =>
            (m.Name == name || m.ExplicitInterfaceImplementations.Any(e => e.Name == name))
            && m.Parameters.Length == parameters
            && SymbolEqualityComparer.Default.Equals(m.Parameters[parameters - 1].Type, place.Model.Symbols.ForwardedHeadersOptions));
        var walker = new OptionsWalker(place.Model, place.Reading, cancellationToken);
        if (method is not null)
        {
            walker.WalkPlace(kind, method, place.Location, place.Type.Name, isCertain);
        }
        else if (place.Type is { TypeKind: TypeKind.Class, IsAbstract: false })
        {
            walker.AddUnreadPlace(kind, place.Location, place.Type.Name); // a base class has the method, and may call this one's
        }
    }

    private static bool Implements(INamedTypeSymbol type, string name, CompilationModel model) => type.AllInterfaces.Any(i =>
        i.Name == name
        && i.TypeArguments.Length == 1
        && SymbolEqualityComparer.Default.Equals(i.TypeArguments[0], model.Symbols.ForwardedHeadersOptions)
        && i.ContainingNamespace is { Name: "Options", ContainingNamespace.Name: "Extensions" });

    private sealed record ConfigureClass(INamedTypeSymbol Type, Location Location, CompilationModel Model, OptionsReading Reading);

    // What a file holds that is walked.
    private sealed record FilePlaces(SyntaxTree Tree)
    {
        internal HashSet<SyntaxNode> Bodies { get; } = [];

        internal HashSet<SyntaxNode> Types { get; } = [];

        internal IEnumerable<ISymbol> Declared(CompilationModel model, CancellationToken cancellationToken)
        {
            var semanticModel = model.SemanticModelOf(Tree);
            return Bodies.OfType<MethodDeclarationSyntax>().Concat<SyntaxNode>(Types.OfType<TypeDeclarationSyntax>().Where(t => t.BaseList is not null))
                .Select(d => semanticModel.GetDeclaredSymbol(d, cancellationToken))
                .Where(d => d is IMethodSymbol || (d is INamedTypeSymbol type && type.AllInterfaces.Any(i => i.Name is "IConfigureOptions" or "IPostConfigureOptions")))
                .Select(d => d!);
        }
    }
}
