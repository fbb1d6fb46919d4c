using System;
using System.Collections.Generic;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using ProxySsl.CodeFixes.Syntax;

namespace ProxySsl.CodeFixes.Options;

/// <summary>Adds to and removes from the braces of an initializer, with commas, comments and line ends kept in place.</summary>
internal static class InitializerLists
{
    /// <summary>The initializer without the elements that a condition names; what is said about them goes too, unless it is to be kept.</summary>
    internal static InitializerExpressionSyntax Without(InitializerExpressionSyntax initializer, Func<ExpressionSyntax, bool> isRemoved, bool keepsComments)
    {
        var (elements, separators) = (initializer.Expressions, initializer.Expressions.GetSeparators().ToArray());
        var endsWithComma = separators.Length == elements.Count && elements.Count > 0;
        var parts = new List<SyntaxNodeOrToken>();
        var comments = SyntaxFactory.TriviaList();
        for (var i = 0; i < elements.Count; i++)
        {
            if (isRemoved(elements[i]))
            {
                comments = !keepsComments ? comments : comments.AddRange(Comments(elements[i], i < separators.Length ? separators[i].TrailingTrivia : elements[i].GetTrailingTrivia()));
                continue;
            }

            var element = comments.Count == 0 ? elements[i] : elements[i].WithLeadingTrivia(comments.AddRange(elements[i].GetLeadingTrivia()));
            comments = SyntaxFactory.TriviaList();
            parts.Add(i < separators.Length ? element : element.WithoutTrailingTrivia());
            parts.Add(i < separators.Length
                ? separators[i]
                : SyntaxFactory.Token(SyntaxKind.CommaToken).WithTrailingTrivia(elements[i].GetTrailingTrivia()));
        }

        if (parts.Count > 0 && !endsWithComma)
        {
            // the last comma goes, what came after it stays
            var comma = parts[parts.Count - 1];
            parts.RemoveAt(parts.Count - 1);
            var last = parts[parts.Count - 1].AsNode()!;
            parts[parts.Count - 1] = last.WithTrailingTrivia(last.GetTrailingTrivia().AddRange(comma.GetTrailingTrivia()));
        }

        var close = initializer.CloseBraceToken;
        return initializer
            .WithExpressions(SyntaxFactory.SeparatedList<ExpressionSyntax>(parts))
            .WithCloseBraceToken(comments.Count == 0 ? close : close.WithLeadingTrivia(comments.AddRange(close.LeadingTrivia)));
    }

    // What is said above and behind an element that has lines of its own, each on a line.
    private static IEnumerable<SyntaxTrivia> Comments(ExpressionSyntax element, SyntaxTriviaList behind) => !Layout.StartsLine(element)
        ? []
        : element.GetLeadingTrivia().Concat(behind).Where(Layout.IsComment).SelectMany(c => new[]
        {
            SyntaxFactory.Whitespace(Layout.Indentation(element)), c, SyntaxFactory.EndOfLine(StatementText.LineEnd(element)),
        });

    /// <summary>The creation with one more member initializer, <c>property = { values }</c>, on lines of its own where the others are.</summary>
    internal static BaseObjectCreationExpressionSyntax With(BaseObjectCreationExpressionSyntax creation, string property, IReadOnlyList<string> values) =>
        With(creation, (indentation, lineEnd) => indentation is null || string.Join(", ", values).Length <= 80
            ? $"{property} = {{ {string.Join(", ", values)} }}"
            : string.Join(
                lineEnd,
                [
                    $"{property} =",
                    indentation + "{",
                    .. values.Select(v => indentation + StatementText.Step(indentation) + v + ","),
                    indentation + "}",
                ]));

    /// <summary>The creation with one more member initializer, <c>property = value</c>.</summary>
    internal static BaseObjectCreationExpressionSyntax With(BaseObjectCreationExpressionSyntax creation, string property, string value) =>
        With(creation, (_, _) => $"{property} = {value}");

    private static BaseObjectCreationExpressionSyntax With(BaseObjectCreationExpressionSyntax creation, Func<string?, string, string> write)
    {
        var lineEnd = StatementText.LineEnd(creation);
        if (creation.Initializer is not { Expressions.Count: > 0 } initializer)
        {
            return Begun(creation, Parse(write(null, lineEnd)));
        }

        var elements = initializer.Expressions;
        var last = elements[elements.Count - 1];
        var isOnLines = Layout.StartsLine(last);
        var indentation = isOnLines ? Layout.Indentation(last) : null;
        var added = Parse(write(indentation, lineEnd))
            .WithLeadingTrivia(isOnLines ? SyntaxFactory.Whitespace(indentation!) : SyntaxFactory.Space);
        var parts = elements.GetWithSeparators().ToList();
        if (elements.SeparatorCount == elements.Count)
        {
            var comma = parts[parts.Count - 1].AsToken();
            parts.Add(isOnLines ? added : added.WithLeadingTrivia());
            parts.Add(SyntaxFactory.Token(SyntaxKind.CommaToken).WithTrailingTrivia(isOnLines ? SyntaxFactory.TriviaList(SyntaxFactory.EndOfLine(lineEnd)) : comma.TrailingTrivia));
        }
        else
        {
            parts[parts.Count - 1] = last.WithoutTrailingTrivia();
            var comma = SyntaxFactory.Token(SyntaxKind.CommaToken);
            parts.Add(isOnLines ? comma.WithTrailingTrivia(last.GetTrailingTrivia()) : comma);
            parts.Add(added.WithTrailingTrivia(isOnLines ? SyntaxFactory.TriviaList(SyntaxFactory.EndOfLine(lineEnd)) : last.GetTrailingTrivia()));
        }

        return creation.WithInitializer(initializer.WithExpressions(SyntaxFactory.SeparatedList<ExpressionSyntax>(parts)));
    }

    // new X()  →  new X { … }
    private static BaseObjectCreationExpressionSyntax Begun(BaseObjectCreationExpressionSyntax creation, ExpressionSyntax added)
    {
        var trailing = creation.GetTrailingTrivia();
        var list = SyntaxFactory.InitializerExpression(
            SyntaxKind.ObjectInitializerExpression,
            SyntaxFactory.Token(SyntaxKind.OpenBraceToken).WithLeadingTrivia(SyntaxFactory.Space).WithTrailingTrivia(SyntaxFactory.Space),
            SyntaxFactory.SingletonSeparatedList(added.WithTrailingTrivia(SyntaxFactory.Space)),
            SyntaxFactory.Token(SyntaxKind.CloseBraceToken).WithTrailingTrivia(trailing));
        return creation switch
        {
            ObjectCreationExpressionSyntax { ArgumentList: { Arguments.Count: 0 } } explicitNew =>
                explicitNew.WithArgumentList(null).WithType(explicitNew.Type.WithoutTrailingTrivia()).WithInitializer(list),
            ObjectCreationExpressionSyntax explicitNew when explicitNew.ArgumentList is null =>
                explicitNew.WithType(explicitNew.Type.WithoutTrailingTrivia()).WithInitializer(list),
            ImplicitObjectCreationExpressionSyntax implicitNew =>
                implicitNew.WithArgumentList(implicitNew.ArgumentList.WithoutTrailingTrivia()).WithInitializer(list),
            _ => creation.WithoutTrailingTrivia().WithInitializer(list),
        };
    }

    private static ExpressionSyntax Parse(string text) =>
        ((InitializerExpressionSyntax)((ObjectCreationExpressionSyntax)SyntaxFactory.ParseExpression($"new X {{{text}}}")).Initializer!).Expressions[0];
}
