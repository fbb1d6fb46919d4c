using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace ProxySsl.CodeFixes.Options;

/// <summary>Changes of a single value.</summary>
internal static class ValueEdits
{
    /// <summary>The assignment of a limit, or the argument that a helper sets it to, gets the value 1.</summary>
    internal static SyntaxNode? LimitToOne(SyntaxNode root, SyntaxNode marked)
    {
        var value = marked switch
        {
            AssignmentExpressionSyntax assignment => assignment.Right,
            ArgumentSyntax argument => argument.Expression,

            // A call that leaves the parameter to its default value has no argument to change.
            ExpressionSyntax { Parent: ArgumentSyntax } expression and not (InvocationExpressionSyntax or BaseObjectCreationExpressionSyntax) => expression,
            _ => null,
        };
        return value is null ? null : root.ReplaceNode(value, SyntaxFactory.ParseExpression("1").WithTriviaFrom(value));
    }

    /// <summary>The entry in IPv4 form: the text is replaced, or <c>MapToIPv6()</c> taken away.</summary>
    internal static SyntaxNode? PlainIPv4(SyntaxNode root, SyntaxNode marked, string plain)
    {
        var entry = marked is ArgumentSyntax argument ? argument.Expression : marked;
        if (entry is InvocationExpressionSyntax { Expression: MemberAccessExpressionSyntax { Name.Identifier.ValueText: "MapToIPv6", Expression: var address } } mapping)
        {
            return root.ReplaceNode(mapping, address.WithTriviaFrom(mapping));
        }

        var literals = entry.DescendantNodesAndSelf().OfType<LiteralExpressionSyntax>().Where(l => l.IsKind(SyntaxKind.StringLiteralExpression)).ToList();
        if (literals.Count != 1 || literals[0].Token.ValueText == plain)
        {
            return null; // what maps it stands somewhere else
        }

        if (entry is not BaseObjectCreationExpressionSyntax { ArgumentList.Arguments: { Count: 2 } arguments })
        {
            return root.ReplaceNode(literals[0], SyntaxFactory.ParseExpression($"\"{plain}\"").WithTriviaFrom(literals[0]));
        }

        // new IPNetwork(IPAddress.Parse("::ffff:10.0.0.0"), 104): both parts change
        var slash = plain.IndexOf('/');
        return slash < 0 || arguments[1].Expression is not LiteralExpressionSyntax number
            ? null
            : root.ReplaceNodes(new[] { literals[0], number }, (original, _) => SyntaxFactory
                .ParseExpression(original == number ? plain.Substring(slash + 1) : $"\"{plain.Substring(0, slash)}\"")
                .WithTriviaFrom(original));
    }
}
