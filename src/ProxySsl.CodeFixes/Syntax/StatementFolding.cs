using System.Collections.Generic;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace ProxySsl.CodeFixes.Syntax;

/// <summary>Collapses statements whose condition has become a constant, and statements that repeat what the one before them says.</summary>
internal static class StatementFolding
{
    /// <summary>On a statement that stood in a branch and now stands beside others.</summary>
    internal static readonly SyntaxAnnotation Moved = new("ProxySsl.Folding.Moved");

    /// <summary>
    /// The tree with an <c>if</c> replaced by the branch that is left; what can no longer be reached after it goes too.
    /// Null where a compiler directive stands in code that would have to go.
    /// </summary>
    internal static SyntaxNode? KeepBranch(SyntaxNode root, IfStatementSyntax branch, bool truth)
    {
        var kept = truth ? branch.Statement : branch.Else?.Statement;
        var dropped = truth ? branch.Else?.Statement : branch.Statement;
        if (dropped is { ContainsDirectives: true })
        {
            return null;
        }

        if (kept is null || kept is BlockSyntax { Statements.Count: 0 })
        {
            return StatementLists.Remove(root, branch);
        }

        if (StatementLists.Siblings(branch) is null)
        {
            return root.ReplaceNode(branch, kept.WithLeadingTrivia(branch.GetLeadingTrivia()).WithTrailingTrivia(branch.GetTrailingTrivia()));
        }

        if (StatementLists.AlwaysExits(kept))
        {
            foreach (var unreachable in Unreachable(branch))
            {
                if (unreachable.ContainsDirectives)
                {
                    return null;
                }
            }

            var mark = new SyntaxAnnotation();
            root = root.ReplaceNode(branch, branch.WithAdditionalAnnotations(mark));
            branch = (IfStatementSyntax)root.GetAnnotatedNodes(mark).Single();
            while (Unreachable(branch).FirstOrDefault() is { } unreachable)
            {
                root = root.RemoveNode(unreachable.Parent is GlobalStatementSyntax global ? global : unreachable, SyntaxRemoveOptions.KeepNoTrivia)!;
                branch = (IfStatementSyntax)root.GetAnnotatedNodes(mark).Single();
            }

            kept = truth ? branch.Statement : branch.Else!.Statement;
        }

        return StatementLists.Replace(root, branch, Unwrapped(branch, kept));
    }

    /// <summary>
    /// One step for a statement that holds a marked expression: the tree after it, or null where nothing collapses. Handles the statement
    /// that repeats its neighbour: the same <c>if</c> twice, a branch that returns what the next statement returns, the same assignment twice.
    /// </summary>
    internal static SyntaxNode? DropRepetition(SyntaxNode root, StatementSyntax statement)
    {
        var previous = StatementLists.Previous(statement);
        var next = StatementLists.Next(statement);
        if (statement.ContainsDirectives)
        {
            return null;
        }

        switch (statement)
        {
            case IfStatementSyntax { Else: null } branch:
                if (previous is IfStatementSyntax { Else: null } before
                    && before.Condition.ReadsLike(branch.Condition) && SyntaxFactory.AreEquivalent(before.Statement, branch.Statement))
                {
                    return StatementLists.Remove(root, statement);
                }

                if (branch.Statement is BlockSyntax { Statements.Count: 0 })
                {
                    return StatementLists.Remove(root, statement);
                }

                if (ReturnedBy(branch.Statement) is { } early && next is ReturnStatementSyntax { Expression: { } last } && SameResult(branch.Condition, early, last))
                {
                    return StatementLists.Remove(root, statement);
                }

                return Assigned(StatementLists.Single(branch.Statement)) is { } inner && previous is not null && Assigned(previous) is { } outer
                    && inner.Target == outer.Target && SameResult(branch.Condition, inner.Value, outer.Value)
                    ? StatementLists.Remove(root, statement)
                    : null;
            case ReturnStatementSyntax { Expression: { } result } when previous is IfStatementSyntax { Else: null, ContainsDirectives: false } guard
                && ReturnedBy(guard.Statement) is { } returned && SameResult(guard.Condition, returned, result):
                return StatementLists.Remove(root, guard);
            case ExpressionStatementSyntax when Assigned(statement) is { } second && Assigned(LastMention(statement, second.Target)) is { } first
                && first.Target == second.Target && first.Value.ReadsLike(second.Value):
                return StatementLists.Remove(root, statement);
            default:
                return null;
        }
    }

    // The nearest statement before that mentions a name.
    private static StatementSyntax? LastMention(StatementSyntax statement, string name)
    {
        var before = StatementLists.Previous(statement);
        while (before is LocalDeclarationStatementSyntax && !before.DescendantTokens().Any(t => t.IsKind(SyntaxKind.IdentifierToken) && t.ValueText == name))
        {
            before = StatementLists.Previous(before);
        }

        return before;
    }

    /// <summary>The target and the value of a statement that declares one variable or assigns, or null for any other statement.</summary>
    internal static (string Target, ExpressionSyntax Value)? Assigned(StatementSyntax? statement) => statement switch
    {
        ExpressionStatementSyntax { Expression: AssignmentExpressionSyntax { RawKind: (int)SyntaxKind.SimpleAssignmentExpression } assignment } =>
            (assignment.Left.WithoutTrivia().ToString(), assignment.Right),
        LocalDeclarationStatementSyntax { Declaration.Variables: { Count: 1 } variables } when variables[0].Initializer is { } initializer =>
            (variables[0].Identifier.Text, initializer.Value),
        _ => null,
    };

    private static ExpressionSyntax? ReturnedBy(StatementSyntax branch) =>
        StatementLists.Single(branch) is ReturnStatementSyntax { Expression: { } value } ? value : null;

    // `if (c) return true; return c;` and `if (!c) return false; return c;` say c; so does returning the same twice.
    private static bool SameResult(ExpressionSyntax condition, ExpressionSyntax early, ExpressionSyntax last) =>
        early.ReadsLike(last)
        || (ConditionFolding.Truth(early) is { } truth && last.ReadsLike(truth ? condition : condition.Negated()));

    private static IEnumerable<StatementSyntax> Unreachable(StatementSyntax statement)
    {
        var siblings = StatementLists.Siblings(statement)!;
        var isAfter = false;
        foreach (var sibling in siblings)
        {
            if (isAfter && sibling is LabeledStatementSyntax)
            {
                yield break;
            }

            if (isAfter && sibling is not LocalFunctionStatementSyntax)
            {
                yield return sibling;
            }

            isAfter |= sibling == statement;
        }
    }

    // The statements of a branch as they read one level further out. A name that is declared beside the branch too keeps the braces.
    private static IReadOnlyList<StatementSyntax> Unwrapped(IfStatementSyntax branch, StatementSyntax kept)
    {
        var outer = Layout.Indentation(branch);
        if (kept is BlockSyntax clashing && DeclaredNames(clashing).Intersect(NamesBeside(branch)).Any())
        {
            return [Layout.Reindented(clashing, Layout.Indentation(clashing), outer).WithLeadingTrivia(branch.GetLeadingTrivia())];
        }

        var statements = kept is BlockSyntax block ? block.Statements.ToList() : [kept];
        var inner = Layout.Indentation(statements[0]);
        for (var i = 0; i < statements.Count; i++)
        {
            statements[i] = inner.Length > outer.Length ? Layout.Reindented(statements[i], inner, outer) : statements[i];
        }

        var own = Layout.KeptLines(statements[0].GetLeadingTrivia());
        var leading = branch.GetLeadingTrivia();
        statements[0] = statements[0].WithLeadingTrivia(own.Count == 0 ? leading : Before(own, leading, outer));
        var last = statements.Count - 1;
        var closing = kept is BlockSyntax { CloseBraceToken: var brace } ? Layout.KeptLines(brace.LeadingTrivia) : [];
        statements[last] = closing.Count == 0
            ? statements[last].WithTrailingTrivia(EndOfLine(statements[last], branch))
            : statements[last].WithTrailingTrivia(statements[last].GetTrailingTrivia().AddRange(closing));
        statements[0] = statements[0].WithAdditionalAnnotations(Moved);
        return statements;
    }

    private static IEnumerable<SyntaxTrivia> Before(IReadOnlyList<SyntaxTrivia> own, SyntaxTriviaList leading, string indentation)
    {
        var outside = leading.ToList();
        while (outside.Count > 0 && outside[outside.Count - 1].IsKind(SyntaxKind.WhitespaceTrivia))
        {
            outside.RemoveAt(outside.Count - 1);
        }

        return [.. outside, .. own, SyntaxFactory.Whitespace(indentation)];
    }

    private static SyntaxTriviaList EndOfLine(StatementSyntax statement, IfStatementSyntax branch)
    {
        var trailing = statement.GetTrailingTrivia();
        return trailing.Any(SyntaxKind.EndOfLineTrivia) ? trailing : branch.GetTrailingTrivia();
    }

    private static IEnumerable<string> DeclaredNames(SyntaxNode node) => node.DescendantNodes()
        .Select(n => n switch
        {
            VariableDeclaratorSyntax variable => variable.Identifier.Text,
            SingleVariableDesignationSyntax designation => designation.Identifier.Text,
            LocalFunctionStatementSyntax function => function.Identifier.Text,
            _ => "",
        })
        .Where(n => n.Length > 0);

    private static IEnumerable<string> NamesBeside(IfStatementSyntax branch)
    {
        var scope = branch.Ancestors().FirstOrDefault(a => a is MemberDeclarationSyntax and not GlobalStatementSyntax or LocalFunctionStatementSyntax or CompilationUnitSyntax);
        return scope is null ? [] : scope.DescendantNodes(n => n != branch).Where(n => n != branch).SelectMany(n => n switch
        {
            VariableDeclaratorSyntax variable => [variable.Identifier.Text],
            SingleVariableDesignationSyntax designation => [designation.Identifier.Text],
            _ => System.Array.Empty<string>(),
        });
    }
}
