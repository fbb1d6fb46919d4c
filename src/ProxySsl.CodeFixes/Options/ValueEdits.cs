using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace ProxySsl.CodeFixes.Options;

/// <summary>Changes of a single value.</summary>
internal static class ValueEdits
{
    /// <summary>The assignment of a limit gets the value 1.</summary>
    internal static SyntaxNode? LimitToOne(SyntaxNode root, SyntaxNode marked) =>
        marked.FirstAncestorOrSelf<AssignmentExpressionSyntax>() is { Right: var value }
            ? root.ReplaceNode(value, SyntaxFactory.ParseExpression("1").WithTriviaFrom(value))
            : null;

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

    /// <summary>After the last addition, lists that are both empty get loopback: an empty configuration trusts nobody else.</summary>
    internal static SyntaxNode? FailClosed(SyntaxNode root, SyntaxNode marked, TrustCode code)
    {
        if (marked.FirstAncestorOrSelf<ExpressionStatementSyntax>() is not { Parent: { } list } statement
            || OptionsSyntax.ListCallReceiver(statement, "Clear") is not { } receiver
            || Syntax.StatementLists.Siblings(statement) is not { } siblings)
        {
            return null;
        }

        var options = receiver.WithoutTrivia().ToString();
        var last = siblings.Last(s => s == statement || OptionsSyntax.Adds(s, options));
        var text = $"if ({options}.KnownProxies.Count == 0 && {options}.{code.NetworksProperty}.Count == 0)\n{{\n"
            + string.Concat(code.Statements(TrustWay.Loopback, options, null).Select(s => $"    {s}\n"))
            + "}";
        return list is BlockSyntax or SwitchSectionSyntax or GlobalStatementSyntax ? StatementInsertion.After(root, last, [text]) : null;
    }
}
