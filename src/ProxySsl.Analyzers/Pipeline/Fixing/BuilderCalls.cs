using System.Collections.Generic;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace ProxySsl.Analyzers.Pipeline;

/// <summary>
/// Takes calls on a builder apart by their syntax: <c>app.UseX()</c>, <c>XExtensions.UseX(app)</c> and <c>UseX(app)</c> all do something to
/// <c>app</c>. Syntax alone cannot tell a type from a value: names that begin with a capital, are no member of the class and pass an argument
/// are taken for types, and who offers to rewrite the operand of a call makes sure that it is a builder.
/// </summary>
internal static class BuilderCalls
{
    /// <summary>The name in a call of a method: <c>UseX</c> of <c>app.UseX()</c>.</summary>
    internal static SimpleNameSyntax? NameOf(InvocationExpressionSyntax call) => call.Expression switch
    {
        MemberAccessExpressionSyntax member => member.Name,
        MemberBindingExpressionSyntax binding => binding.Name,
        SimpleNameSyntax name => name,
        _ => null,
    };

    /// <summary>The call whose name is marked.</summary>
    internal static InvocationExpressionSyntax? CallOf(SyntaxNode marked)
    {
        foreach (var ancestor in marked.AncestorsAndSelf())
        {
            if (ancestor is InvocationExpressionSyntax call)
            {
                return NameOf(call)?.Span.Contains(marked.Span) == true ? call : null;
            }
        }

        return null;
    }

    /// <summary>What a call does something to: its receiver, or its first argument where it has none but a type.</summary>
    internal static ExpressionSyntax? OperandOf(InvocationExpressionSyntax call) =>
        call.Expression is MemberAccessExpressionSyntax { Expression: var receiver } && !(IsTypeName(receiver) && call.ArgumentList.Arguments.Count > 0)
            ? receiver
            : call.Expression is MemberBindingExpressionSyntax ? null : call.ArgumentList.Arguments.FirstOrDefault()?.Expression;

    /// <summary>Whether the operand of a call is its first argument.</summary>
    internal static bool IsStaticForm(InvocationExpressionSyntax call) => OperandOf(call)?.Parent is ArgumentSyntax;

    /// <summary>The expression that a chain of calls begins with.</summary>
    internal static ExpressionSyntax? RootOf(InvocationExpressionSyntax call)
    {
        var expression = OperandOf(call);
        while (expression is InvocationExpressionSyntax inner)
        {
            expression = OperandOf(inner);
        }

        return expression;
    }

    /// <summary>The calls from one to another that it is made on, both included, the outer one first; nothing where it is not.</summary>
    internal static IReadOnlyList<InvocationExpressionSyntax> LinksBetween(InvocationExpressionSyntax outer, InvocationExpressionSyntax inner)
    {
        var links = new List<InvocationExpressionSyntax>();
        for (var link = outer; link is not null && link.Span.Contains(inner.Span); link = OperandOf(link) as InvocationExpressionSyntax)
        {
            links.Add(link);
            if (link == inner)
            {
                return links;
            }
        }

        return [];
    }

    /// <summary>The same call on something else.</summary>
    internal static InvocationExpressionSyntax On(this InvocationExpressionSyntax call, ExpressionSyntax operand) =>
        OperandOf(call) is not { } old ? call : call.ReplaceNode(old, operand.WithTriviaFrom(old));

    /// <summary>The call that a call is the operand of.</summary>
    internal static InvocationExpressionSyntax? NextOf(InvocationExpressionSyntax call)
    {
        var next = call.Parent switch
        {
            MemberAccessExpressionSyntax { Parent: InvocationExpressionSyntax link } => link,
            ArgumentSyntax { Parent.Parent: InvocationExpressionSyntax link } => link,
            _ => null,
        };
        return next is not null && OperandOf(next) == call ? next : null;
    }

    private static bool IsTypeName(ExpressionSyntax expression) => expression switch
    {
        SimpleNameSyntax name => name.Identifier.ValueText is { Length: > 0 } text && char.IsUpper(text[0]) && !IsMember(name, text),
        MemberAccessExpressionSyntax { RawKind: (int)SyntaxKind.SimpleMemberAccessExpression, Name: { Identifier.ValueText: { Length: > 0 } name }, Expression: var left } =>
            char.IsUpper(name[0]) && IsTypeName(left),
        AliasQualifiedNameSyntax => true,
        _ => false,
    };

    private static bool IsMember(SyntaxNode use, string name)
    {
        foreach (var member in use.Ancestors().OfType<TypeDeclarationSyntax>().SelectMany(t => t.Members))
        {
            if ((member is PropertyDeclarationSyntax property && property.Identifier.ValueText == name)
                || (member is FieldDeclarationSyntax field && field.Declaration.Variables.Any(v => v.Identifier.ValueText == name)))
            {
                return true;
            }
        }

        return false;
    }
}
