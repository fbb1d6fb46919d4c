using System.Collections.Generic;
using System.Linq;
using System.Text.RegularExpressions;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace ProxySsl.CodeFixes.Syntax;

/// <summary>
/// Removes what a fix has left without use: locals of the member it changed, and private constants and static readonly fields of its type.
/// What was without use before stays, and so does a local whose value is computed by calls that may do more than look.
/// </summary>
internal static class DeadDeclarations
{
    private static readonly HashSet<string> LookingMethods =
    [
        "ToString", "First", "FirstOrDefault", "Last", "LastOrDefault", "Single", "SingleOrDefault", "ElementAt", "ElementAtOrDefault",
        "Split", "Trim", "TrimStart", "TrimEnd", "ToLower", "ToLowerInvariant", "ToUpper", "ToUpperInvariant", "ToArray", "ToList",
        "ContainsKey", "TryGetValue", "Get", "GetValues", "GetCommaSeparatedValues", "GetTypedHeaders", "Any", "Contains", "Equals",
        "StartsWith", "IsNullOrEmpty", "IsNullOrWhiteSpace", "MapToIPv4", "MapToIPv6", "Where", "Select",
    ];

    /// <summary>How often each name is used in a node, declarations not counted. Code that another target framework compiles (<c>#if</c>) counts.</summary>
    internal static Dictionary<string, int> NamesUsed(SyntaxNode node)
    {
        var names = new Dictionary<string, int>();
        foreach (var name in node.DescendantNodes(descendIntoTrivia: true).OfType<SimpleNameSyntax>())
        {
            names[name.Identifier.ValueText] = names.TryGetValue(name.Identifier.ValueText, out var count) ? count + 1 : 1;
        }

        foreach (var inactive in node.DescendantTrivia(descendIntoTrivia: true).Where(t => t.IsKind(SyntaxKind.DisabledTextTrivia)))
        {
            foreach (Match word in Regex.Matches(inactive.ToString(), @"\w+"))
            {
                names[word.Value] = names.TryGetValue(word.Value, out var count) ? count + 1 : 1;
            }
        }

        return names;
    }

    /// <summary>Removes the locals of the marked member that were used before and are not now, until none is left.</summary>
    internal static SyntaxNode RemoveLocals(SyntaxNode root, SyntaxAnnotation member, Dictionary<string, int> usedBefore)
    {
        while (root.GetAnnotatedNodes(member).FirstOrDefault() is { } scope)
        {
            var used = NamesUsed(scope);
            var dead = scope.DescendantNodes().FirstOrDefault(n => IsDeadLocal(n, used, usedBefore));
            switch (dead)
            {
                case VariableDeclaratorSyntax { Parent: VariableDeclarationSyntax { Variables.Count: 1, Parent: LocalDeclarationStatementSyntax statement } }:
                    if (statement.ContainsDirectives)
                    {
                        return root;
                    }

                    root = StatementLists.Remove(root, statement);
                    break;
                case VariableDeclaratorSyntax variable:
                    root = root.RemoveNode(variable, SyntaxRemoveOptions.KeepNoTrivia)!;
                    break;
                default:
                    return root;
            }
        }

        return root;
    }

    /// <summary>
    /// Removes the private constants and static readonly fields of the types around the marked member that were used in the file before and
    /// are not now. A type with parts in other files keeps them.
    /// </summary>
    internal static SyntaxNode RemoveConstants(SyntaxNode root, SyntaxAnnotation member, Dictionary<string, int> usedBefore)
    {
        var used = NamesUsed(root);
        while (root.GetAnnotatedNodes(member).FirstOrDefault() is { } scope
            && scope.AncestorsAndSelf().OfType<TypeDeclarationSyntax>().Where(t => !t.Modifiers.Any(SyntaxKind.PartialKeyword))
                .SelectMany(t => t.Members).OfType<FieldDeclarationSyntax>().FirstOrDefault(f => IsDeadConstant(f, used, usedBefore)) is { } field)
        {
            root = RemoveMember(root, field);
        }

        return root;
    }

    private static bool IsDeadLocal(SyntaxNode node, Dictionary<string, int> used, Dictionary<string, int> usedBefore) =>
        node is VariableDeclaratorSyntax { Parent: VariableDeclarationSyntax { Parent: LocalDeclarationStatementSyntax statement } } variable
        && statement.UsingKeyword == default
        && !used.ContainsKey(variable.Identifier.ValueText)
        && usedBefore.ContainsKey(variable.Identifier.ValueText)
        && (variable.Initializer is null || OnlyLooks(variable.Initializer.Value));

    private static bool OnlyLooks(ExpressionSyntax value) => value.DescendantNodesAndSelf().All(n => n switch
    {
        InvocationExpressionSyntax { Expression: MemberAccessExpressionSyntax { Name.Identifier.Text: var name } } => LookingMethods.Contains(name),
        InvocationExpressionSyntax { Expression: MemberBindingExpressionSyntax { Name.Identifier.Text: var name } } => LookingMethods.Contains(name),
        InvocationExpressionSyntax or AssignmentExpressionSyntax or AwaitExpressionSyntax or BaseObjectCreationExpressionSyntax => false,
        PostfixUnaryExpressionSyntax postfix => postfix.IsKind(SyntaxKind.SuppressNullableWarningExpression),
        PrefixUnaryExpressionSyntax prefix => !prefix.IsKind(SyntaxKind.PreIncrementExpression) && !prefix.IsKind(SyntaxKind.PreDecrementExpression),
        _ => true,
    });

    private static bool IsDeadConstant(FieldDeclarationSyntax field, Dictionary<string, int> used, Dictionary<string, int> usedBefore)
    {
        var modifiers = field.Modifiers;
        var isConstant = modifiers.Any(SyntaxKind.ConstKeyword) || (modifiers.Any(SyntaxKind.StaticKeyword) && modifiers.Any(SyntaxKind.ReadOnlyKeyword));
        var isPrivate = !modifiers.Any(m => m.Kind() is SyntaxKind.PublicKeyword or SyntaxKind.InternalKeyword or SyntaxKind.ProtectedKeyword);
        return isConstant && isPrivate && !field.ContainsDirectives && field.Declaration.Variables.Count == 1 && field.AttributeLists.Count == 0
            && field.Declaration.Variables[0] is var variable
            && !used.ContainsKey(variable.Identifier.ValueText)
            && usedBefore.ContainsKey(variable.Identifier.ValueText)
            && (variable.Initializer is null || OnlyLooks(variable.Initializer.Value));
    }

    private static SyntaxNode RemoveMember(SyntaxNode root, MemberDeclarationSyntax removed)
    {
        // A comment above a field describes the field, so it goes too.
        var next = removed.GetLastToken().GetNextToken();
        var isFirst = removed.GetFirstToken().GetPreviousToken().IsKind(SyntaxKind.OpenBraceToken);
        if (isFirst)
        {
            root = root.ReplaceToken(next, next.WithLeadingTrivia(Layout.WithoutBlankLines(next.LeadingTrivia)));
            removed = root.FindToken(removed.SpanStart).Parent!.FirstAncestorOrSelf<FieldDeclarationSyntax>()!;
        }

        return root.RemoveNode(removed, SyntaxRemoveOptions.KeepNoTrivia)!;
    }
}
