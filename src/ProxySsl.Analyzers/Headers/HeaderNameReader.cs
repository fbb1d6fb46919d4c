using System;
using System.Collections.Generic;
using System.Threading;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using ProxySsl.Analyzers.Flow;
using ProxySsl.Analyzers.Knowledge;
using ProxySsl.Analyzers.Spelling;

namespace ProxySsl.Analyzers.Headers;

/// <summary>
/// Finds every expression that looks at a forwarded header, from the places where files spell a header's name: first those places, then the
/// uses of the members that hold a name, in any file, until no new member turns up.
/// </summary>
internal static class HeaderNameReader
{
    private const int MostRounds = 4;

    /// <summary>All accesses of the compilation, in the order of files and places.</summary>
    internal static List<HeaderAccess> Read(HeadersScope scope, CancellationToken cancellationToken)
    {
        var accesses = new List<HeaderAccess>();
        var carriers = new List<ISymbol>();
        var names = new Dictionary<ISymbol, ForwardedHeader>(SymbolEqualityComparer.Default);
        foreach (var file in scope.Model.Files(WordGroups.HeaderName, cancellationToken))
        {
            foreach (var hit in file.Hits)
            {
                if ((hit.Group & WordGroups.HeaderName) != 0)
                {
                    cancellationToken.ThrowIfCancellationRequested();
                    ReadHit(scope, file.Tree, hit, accesses, names, carriers, cancellationToken);
                }
            }
        }

        ReadCarriers(scope, accesses, names, carriers, cancellationToken);
        return accesses;
    }

    private static void ReadHit(
        HeadersScope scope,
        SyntaxTree tree,
        WordHit hit,
        List<HeaderAccess> accesses,
        Dictionary<ISymbol, ForwardedHeader> names,
        List<ISymbol> carriers,
        CancellationToken cancellationToken)
    {
        var token = tree.GetRoot(cancellationToken).FindToken(hit.Start);
        if (!token.Span.Contains(hit.Start) || Expression(token) is not { } expression)
        {
            return;
        }

        var model = scope.Model.SemanticModelOf(tree);
        var before = carriers.Count;
        var header = token.IsKind(SyntaxKind.IdentifierToken) || expression is not LiteralExpressionSyntax ? null : scope.HeaderOf(token.ValueText.Trim());
        if (header is null)
        {
            // A composed name, or a constant of another project: only the compiler knows the text.
            if (expression is LiteralExpressionSyntax)
            {
                if (Carrier(expression, scope.Model, cancellationToken) is { } fragment)
                {
                    carriers.Add(fragment);
                }

                return;
            }

            if (scope.Model.OperationAt(expression, cancellationToken) is { } composed
                && ConstantText.Read(composed, scope.Model, cancellationToken) is { } name && scope.HeaderOf(name) is { } named)
            {
                FollowExpression(scope, expression, composed, named, accesses, names, carriers, cancellationToken);
            }

            return;
        }

        if (FromHeaderParameters.Read(expression, header, scope, cancellationToken) is { } parameters)
        {
            accesses.AddRange(parameters);
        }
        else if (Carrier(expression, scope.Model, cancellationToken) is { } member)
        {
            names[member] = header;
            carriers.Add(member);
        }
        else if (scope.Model.OperationAt(expression, cancellationToken) is { } operation)
        {
            NameFlow.Follow(scope, operation, header, accesses, carriers, cancellationToken);
            Remember(before, header, names, carriers);
        }
    }

    private static void FollowExpression(
        HeadersScope scope,
        ExpressionSyntax expression,
        IOperation operation,
        ForwardedHeader header,
        List<HeaderAccess> accesses,
        Dictionary<ISymbol, ForwardedHeader> names,
        List<ISymbol> carriers,
        CancellationToken cancellationToken)
    {
        var before = carriers.Count;
        if (Carrier(expression, scope.Model, cancellationToken) is { } member)
        {
            carriers.Add(member);
        }
        else
        {
            NameFlow.Follow(scope, operation, header, accesses, carriers, cancellationToken);
        }

        Remember(before, header, names, carriers);
    }

    private static void Remember(int from, ForwardedHeader header, Dictionary<ISymbol, ForwardedHeader> names, List<ISymbol> carriers)
    {
        for (var i = from; i < carriers.Count; i++)
        {
            names[carriers[i]] = header;
        }
    }

    private static void ReadCarriers(
        HeadersScope scope, List<HeaderAccess> accesses, Dictionary<ISymbol, ForwardedHeader> names, List<ISymbol> carriers, CancellationToken cancellationToken)
    {
        var seen = new HashSet<ISymbol>(SymbolEqualityComparer.Default);
        for (var round = 0; round < MostRounds && carriers.Count > 0; round++)
        {
            var current = carriers.ToArray();
            carriers.Clear();
            var words = new List<string>();
            foreach (var carrier in current)
            {
                words.Add(carrier.Name);
            }

            scope.References.Prepare(words, cancellationToken);
            foreach (var carrier in current)
            {
                if (!seen.Add(carrier))
                {
                    continue;
                }

                foreach (var use in scope.References.Of(carrier, cancellationToken))
                {
                    var before = carriers.Count;
                    if (!names.ContainsKey(carrier))
                    {
                        FollowFragment(scope, use, accesses, names, carriers, cancellationToken);
                        continue;
                    }

                    if (use.Type?.SpecialType != SpecialType.System_String)
                    {
                        NameFlow.FollowList(scope, use, names[carrier], accesses, cancellationToken);
                    }
                    else
                    {
                        NameFlow.Follow(scope, use, names[carrier], accesses, carriers, cancellationToken);
                    }

                    Remember(before, names[carrier], names, carriers);
                }
            }
        }
    }

    // A part of a name, in a text that is composed with it.
    private static void FollowFragment(
        HeadersScope scope, IOperation use, List<HeaderAccess> accesses, Dictionary<ISymbol, ForwardedHeader> names, List<ISymbol> carriers, CancellationToken cancellationToken)
    {
        if (use.Syntax is ExpressionSyntax part && Composed(part) is { } whole && whole != part
            && scope.Model.OperationAt(whole, cancellationToken) is { } composed
            && ConstantText.Read(composed, scope.Model, cancellationToken) is { } name && scope.HeaderOf(name) is { } header)
        {
            FollowExpression(scope, whole, composed, header, accesses, names, carriers, cancellationToken);
        }
    }

    // The expression that yields the name: the literal, the composed text around it, or a member that may be a constant of another project.
    private static ExpressionSyntax? Expression(SyntaxToken token)
    {
        switch (token.Parent)
        {
            case LiteralExpressionSyntax literal:
                return Composed(literal);
            case InterpolatedStringTextSyntax { Parent: InterpolatedStringExpressionSyntax text }:
                return Composed(text);
            case IdentifierNameSyntax { Identifier.ValueText: "ForwardedHeadersDefaults" } type:
                var access = type.Parent as MemberAccessExpressionSyntax;
                return access?.Name == type ? access.Parent as MemberAccessExpressionSyntax : access;
            case IdentifierNameSyntax { Parent: MemberAccessExpressionSyntax { Parent: ArgumentSyntax or BinaryExpressionSyntax or EqualsValueClauseSyntax or InitializerExpressionSyntax } member } name
                when member.Name == name && member.Expression is not IdentifierNameSyntax { Identifier.ValueText: "ForwardedHeaders" }:
                return member;
            default:
                return null;
        }
    }

    // Parentheses around the whole are left out: the compiler has no operation for them.
    private static ExpressionSyntax Composed(ExpressionSyntax part)
    {
        while (true)
        {
            switch (OutOfParentheses(part).Parent)
            {
                case BinaryExpressionSyntax binary when binary.IsKind(SyntaxKind.AddExpression):
                    part = binary;
                    break;
                case InterpolationSyntax { Parent: InterpolatedStringExpressionSyntax text }:
                    part = text;
                    break;
                default:
                    return part;
            }
        }
    }

    private static ExpressionSyntax OutOfParentheses(ExpressionSyntax expression)
    {
        while (expression.Parent is ParenthesizedExpressionSyntax parenthesized)
        {
            expression = parenthesized;
        }

        return expression;
    }

    // const string X = "…"; static readonly string X = "…"; static string X => "…"; static string X { get; } = "…";
    private static ISymbol? Carrier(ExpressionSyntax literal, CompilationModel model, CancellationToken cancellationToken)
    {
        var declaration = OutOfParentheses(literal).Parent switch
        {
            EqualsValueClauseSyntax { Parent: VariableDeclaratorSyntax { Parent.Parent: FieldDeclarationSyntax } declarator } => (SyntaxNode)declarator,
            EqualsValueClauseSyntax { Parent: PropertyDeclarationSyntax property } => property,
            ArrowExpressionClauseSyntax { Parent: PropertyDeclarationSyntax property } => property,
            _ => null,
        };
        return declaration is null ? null : model.SemanticModelOf(literal.SyntaxTree).GetDeclaredSymbol(declaration, cancellationToken) switch
        {
            IFieldSymbol { IsConst: true } or IFieldSymbol { IsReadOnly: true } => model.SemanticModelOf(literal.SyntaxTree).GetDeclaredSymbol(declaration, cancellationToken),
            IPropertySymbol { SetMethod: null } property => property,
            _ => null,
        };
    }
}
