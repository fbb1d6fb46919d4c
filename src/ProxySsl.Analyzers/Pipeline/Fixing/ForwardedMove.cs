using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace ProxySsl.Analyzers.Pipeline;

/// <summary>
/// How the call that applies forwarded headers moves in front of another one: which statements go where, or which link of a chain. The
/// analyzer asks whether there is a way before it offers a fix, and the fix asks again on the code as it is then; both see syntax alone.
/// </summary>
/// <param name="Moved">The call that moves.</param>
/// <param name="Consumer">The call that it moves in front of: the marked one, or the one that gets the function in which that stands.</param>
/// <param name="Chain">Whether both are links of one chain.</param>
/// <param name="Target">The statement in front of which the call will stand; null in a chain.</param>
/// <param name="Source">The statement that holds the call; null in a chain.</param>
/// <param name="AfterDirectives">Whether the call goes behind the preprocessor directives in front of the target, or else in front of them.</param>
/// <param name="Statements">The statements that move, in their order; empty where a link leaves a chain and becomes a statement.</param>
internal sealed record ForwardedMove(
    InvocationExpressionSyntax Moved,
    InvocationExpressionSyntax Consumer,
    bool Chain,
    StatementSyntax? Target,
    StatementSyntax? Source,
    bool AfterDirectives,
    ImmutableArray<StatementSyntax> Statements)
{
    /// <summary>Whether the call leaves a chain and becomes a statement of its own.</summary>
    internal bool LeavesChain => !Chain && Statements.IsEmpty;

    /// <summary>Finds the way; null where there is none that keeps what the code means.</summary>
    /// <param name="marked">The name of the call that runs too early.</param>
    /// <param name="name">The name of the call that has to come first.</param>
    internal static ForwardedMove? Plan(SyntaxNode marked, string name)
    {
        if (BuilderCalls.CallOf(marked) is not { } consumer)
        {
            return null;
        }

        var link = consumer;
        for (var function = FunctionAround(consumer); function is not null; function = FunctionAround(function.Parent))
        {
            foreach (var call in function.DescendantNodes().OfType<InvocationExpressionSyntax>())
            {
                if (BuilderCalls.NameOf(call) is { } called && called.Identifier.ValueText == name && FunctionAround(call) == function)
                {
                    if (call != link && BuilderCalls.LinksBetween(call, link) is { Count: > 0 } links)
                    {
                        return OfChain(call, link, links);
                    }

                    if (called.SpanStart > BuilderCalls.NameOf(link)?.SpanStart)
                    {
                        return OfStatements(call, link);
                    }
                }
            }

            // seen from outside, the call that gets the function stands for what is in it
            link = function is AnonymousFunctionExpressionSyntax { Parent: ArgumentSyntax { Parent.Parent: InvocationExpressionSyntax outer } } ? outer : link;
        }

        return null;
    }

    private static ForwardedMove? OfChain(InvocationExpressionSyntax moved, InvocationExpressionSyntax consumer, IReadOnlyList<InvocationExpressionSyntax> links)
    {
        var move = new ForwardedMove(moved, consumer, Chain: true, null, null, AfterDirectives: false, ImmutableArray<StatementSyntax>.Empty);
        if (links.Any(BuilderCalls.IsStaticForm))
        {
            return HasDirective(moved) || moved.DescendantTrivia().Any(IsComment) ? null : move;
        }

        if (consumer.Expression is not MemberAccessExpressionSyntax first || HasDirective(moved))
        {
            return null;
        }

        // where the first link stands on the line of the receiver, links swap places, and comments could not follow
        var dots = links.Select(l => ((MemberAccessExpressionSyntax)l.Expression).OperatorToken);
        return moved.GetTrailingTrivia().Any(IsComment) || dots.Any(d => d.GetPreviousToken().TrailingTrivia.Any(IsComment) || (!first.OperatorToken.HasLeadingTrivia && d.LeadingTrivia.Any(IsComment))) ? null : move;
    }

    private static ForwardedMove? OfStatements(InvocationExpressionSyntax moved, InvocationExpressionSyntax consumer)
    {
        var list = consumer.Ancestors().FirstOrDefault(a => StatementsOf(a) is not null && a.Span.Contains(moved.Span));
        if (list is null || StatementsOf(list) is not { } statements)
        {
            return null;
        }

        var target = statements.FindIndex(s => s.Span.Contains(consumer.Span));
        var source = statements.FindIndex(s => s.Span.Contains(moved.Span));
        if (target < 0 || source <= target || statements[source] is LocalFunctionStatementSyntax || HasDirective(statements[source])
            || PlaceUnderSameDirectives(statements[target], statements[source]) is not { } afterDirectives)
        {
            return null;
        }

        if (IsPartOfChain(moved, statements[source]))
        {
            return BuilderCalls.RootOf(moved) is IdentifierNameSyntax root
                && Needed(statements, target, source, Names(moved.ArgumentList).Append(root.Identifier.ValueText), Shared(moved, consumer)) is { IsEmpty: true }
                ? new ForwardedMove(moved, consumer, Chain: false, statements[target], statements[source], afterDirectives, ImmutableArray<StatementSyntax>.Empty)
                : null;
        }

        return Needed(statements, target, source, Names(statements[source]), Shared(moved, consumer)) is not { } needed
            || needed.Any(s => s is LocalFunctionStatementSyntax || s.ContainsDirectives || s.DescendantNodesAndSelf().Any(n => n is ReturnStatementSyntax))
            ? null
            : new ForwardedMove(moved, consumer, Chain: false, statements[target], statements[source], afterDirectives, needed.Add(statements[source]));
    }

    private static List<StatementSyntax>? StatementsOf(SyntaxNode node) => node switch
    {
        BlockSyntax block => block.Statements.ToList(),
        SwitchSectionSyntax section => section.Statements.ToList(),
        CompilationUnitSyntax unit => unit.Members.OfType<GlobalStatementSyntax>().Select(m => m.Statement).ToList(),
        _ => null,
    };

    // Another link in the statement would move along; a link alone, or below a condition, moves as its statement.
    private static bool IsPartOfChain(InvocationExpressionSyntax moved, StatementSyntax statement) =>
        statement is ExpressionStatementSyntax or ReturnStatementSyntax or LocalDeclarationStatementSyntax
        && (BuilderCalls.NextOf(moved) is not null || BuilderCalls.OperandOf(moved) is InvocationExpressionSyntax || statement is not ExpressionStatementSyntax);

    // What both calls are made on or with is there before either; nothing that happens to it in between has to come along.
    private static HashSet<string> Shared(InvocationExpressionSyntax moved, InvocationExpressionSyntax consumer)
    {
        var shared = new HashSet<string>(Operands(consumer));
        shared.IntersectWith(Operands(moved));
        shared.UnionWith(new[] { moved, consumer }.Select(BuilderCalls.RootOf).OfType<IdentifierNameSyntax>().Select(r => r.Identifier.ValueText));
        return shared;
    }

    private static IEnumerable<string> Operands(InvocationExpressionSyntax call) => call.ArgumentList.Arguments.Select(a => a.Expression)
        .Append(BuilderCalls.RootOf(call)).OfType<IdentifierNameSyntax>().Select(n => n.Identifier.ValueText);

    // The statements between both that declare or change a local which the moved code uses, and what those use in turn; null where the
    // statement in front of which it would stand does so itself.
    private static ImmutableArray<StatementSyntax>? Needed(
        List<StatementSyntax> statements, int target, int source, IEnumerable<string> names, HashSet<string> shared)
    {
        shared.ExceptWith(statements.Skip(target).Take(source - target).SelectMany(Declared));
        var locals = new HashSet<string>(statements.Take(source + 1).SelectMany(Declared).Where(l => !shared.Contains(l)));
        var used = new HashSet<string>(names.Where(locals.Contains));
        var needed = new HashSet<StatementSyntax>();
        for (var changed = true; changed;)
        {
            changed = false;
            for (var i = source - 1; i > target; i--)
            {
                if (statements[i] is not LocalFunctionStatementSyntax && Names(statements[i]).Concat(Declared(statements[i])).Any(used.Contains) && needed.Add(statements[i]))
                {
                    changed = true;
                    used.UnionWith(Names(statements[i]).Where(locals.Contains));
                }
            }
        }

        return Declared(statements[target]).Concat(Assigned(statements[target])).Any(used.Contains) ? null : statements.Where(needed.Contains).ToImmutableArray();
    }

    private static IEnumerable<string> Assigned(SyntaxNode statement) => statement.DescendantNodes().OfType<AssignmentExpressionSyntax>()
        .Select(a => a.Left).OfType<IdentifierNameSyntax>().Select(n => n.Identifier.ValueText);

    private static IEnumerable<string> Declared(SyntaxNode statement)
    {
        foreach (var node in statement.DescendantNodesAndSelf())
        {
            switch (node)
            {
                case VariableDeclaratorSyntax variable:
                    yield return variable.Identifier.ValueText;
                    break;
                case SingleVariableDesignationSyntax designation:
                    yield return designation.Identifier.ValueText;
                    break;
            }
        }
    }

    private static IEnumerable<string> Names(SyntaxNode node) => node.DescendantNodesAndSelf().OfType<IdentifierNameSyntax>()
        .Where(n => n.Parent is not MemberAccessExpressionSyntax member || member.Expression == n)
        .Select(n => n.Identifier.ValueText);

    // The moved statement has to be under the same #if as the place it moves to: behind the directives in front of the target, or before them.
    private static bool? PlaceUnderSameDirectives(StatementSyntax target, StatementSyntax source)
    {
        var last = target.GetLeadingTrivia().LastOrDefault(t => t.IsDirective);
        return IsBalanced(target, source, last.IsDirective ? last.FullSpan.End : target.FullSpan.Start) ? true
            : last.IsDirective && IsBalanced(target, source, target.FullSpan.Start) ? false
            : null;
    }

    private static bool IsBalanced(StatementSyntax target, StatementSyntax source, int start)
    {
        var depth = 0;
        var list = target.Parent is GlobalStatementSyntax global ? global.Parent! : target.Parent!;
        foreach (var trivia in list.DescendantTrivia())
        {
            if (trivia.SpanStart < start || trivia.SpanStart >= source.SpanStart || !trivia.IsDirective)
            {
                continue;
            }

            depth += trivia.Kind() switch
            {
                SyntaxKind.IfDirectiveTrivia => 1,
                SyntaxKind.EndIfDirectiveTrivia => -1,
                _ => 0,
            };
            if (depth < 0 || (depth == 0 && trivia.Kind() is SyntaxKind.ElseDirectiveTrivia or SyntaxKind.ElifDirectiveTrivia))
            {
                return false;
            }
        }

        return depth == 0;
    }

    private static bool HasDirective(SyntaxNode node) =>
        node.DescendantTokens().Skip(1).Any(t => t.LeadingTrivia.Any(x => x.IsDirective) || t.TrailingTrivia.Any(x => x.IsDirective));

    private static bool IsComment(SyntaxTrivia trivia) =>
        trivia.IsKind(SyntaxKind.SingleLineCommentTrivia) || trivia.IsKind(SyntaxKind.MultiLineCommentTrivia) || trivia.IsDirective;

    private static SyntaxNode? FunctionAround(SyntaxNode? node)
    {
        for (; node is not null; node = node.Parent)
        {
            switch (node)
            {
                case AnonymousFunctionExpressionSyntax or LocalFunctionStatementSyntax or BaseMethodDeclarationSyntax or AccessorDeclarationSyntax or CompilationUnitSyntax:
                    return node;
            }
        }

        return null;
    }
}
