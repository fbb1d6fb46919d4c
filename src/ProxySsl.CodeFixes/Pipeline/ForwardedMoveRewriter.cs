using System.Collections.Generic;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using ProxySsl.Analyzers.Pipeline;

namespace ProxySsl.CodeFixes.Pipeline;

/// <summary>Carries out a <see cref="ForwardedMove"/>: comments go with what they stand at, blank lines and directives stay where they are.</summary>
internal static class ForwardedMoveRewriter
{
    /// <summary>The root with the call moved.</summary>
    internal static SyntaxNode Apply(SyntaxNode root, ForwardedMove move) =>
        move.Chain ? InChain(root, move) : move.LeavesChain ? OutOfChain(root, move) : Statements(root, move);

    private static SyntaxNode InChain(SyntaxNode root, ForwardedMove move)
    {
        var links = BuilderCalls.LinksBetween(move.Moved, move.Consumer).Reverse().ToArray();
        if (links.Any(BuilderCalls.IsStaticForm))
        {
            return InStaticForm(root, move);
        }

        var accesses = links.Select(l => (MemberAccessExpressionSyntax)l.Expression).ToArray();
        var onLine = !accesses[0].OperatorToken.HasLeadingTrivia;
        ExpressionSyntax chain = accesses[0].Expression;
        for (var i = 0; i < links.Length; i++)
        {
            var from = i == 0 ? links.Length - 1 : i - 1;
            var dot = onLine ? accesses[i].OperatorToken : accesses[from].OperatorToken;
            chain = SyntaxFactory.InvocationExpression(
                SyntaxFactory.MemberAccessExpression(SyntaxKind.SimpleMemberAccessExpression, chain, dot, accesses[from].Name),
                links[from].ArgumentList.WithTrailingTrivia(links[i].GetTrailingTrivia()));
        }

        return root.ReplaceNode(move.Moved, chain);
    }

    // A call in static form is around what it is made on, so the moved call goes around that instead.
    private static SyntaxNode InStaticForm(SyntaxNode root, ForwardedMove move)
    {
        var inner = BuilderCalls.OperandOf(move.Consumer)!;
        return root.ReplaceNodes(
            [inner, move.Moved],
            (old, current) => old == inner
                ? move.Moved.On(inner.WithoutTrivia()).WithTriviaFrom(inner)
                : BuilderCalls.OperandOf((InvocationExpressionSyntax)current)!.WithTriviaFrom(current));
    }

    private static SyntaxNode OutOfChain(SyntaxNode root, ForwardedMove move)
    {
        var target = Member(move.Target!);
        var leading = target.GetLeadingTrivia();
        var indentation = StatementTrivia.Indentation(leading);
        var alone = move.Moved.On(BuilderCalls.RootOf(move.Moved)!.WithoutTrivia());
        SyntaxTriviaList comments = default;
        if (alone.Expression is MemberAccessExpressionSyntax access)
        {
            comments = SyntaxFactory.TriviaList(access.OperatorToken.LeadingTrivia.Where(t => t.IsKind(SyntaxKind.SingleLineCommentTrivia))
                .SelectMany(c => indentation.Concat([c, SyntaxFactory.ElasticCarriageReturnLineFeed])));
            alone = alone.WithExpression(access.WithExpression(access.Expression.WithoutTrivia()).WithOperatorToken(access.OperatorToken.WithoutTrivia()));
        }

        StatementSyntax statement = SyntaxFactory.ExpressionStatement(alone.WithoutTrivia()).WithLeadingTrivia(comments.Concat(indentation)).WithTrailingTrivia(EndOfLine(target));
        var mark = new SyntaxAnnotation();
        root = root.ReplaceNodes(
            [target, move.Moved],
            (old, current) => old == target
                ? current.WithAdditionalAnnotations(mark)
                : BuilderCalls.OperandOf((InvocationExpressionSyntax)current)!.WithTriviaFrom(current));
        target = root.GetAnnotatedNodes(mark).First();
        return InsertBefore(root, target, [Like(target, statement)], move.AfterDirectives);
    }

    private static SyntaxNode Statements(SyntaxNode root, ForwardedMove move)
    {
        var moved = move.Statements.Select(Member).ToArray();
        var target = Member(move.Target!);
        var targetMark = new SyntaxAnnotation();
        var movedMark = new SyntaxAnnotation();
        root = root.ReplaceNodes(
            moved.Append(target), (old, current) => current.WithAdditionalAnnotations(old == target ? targetMark : movedMark));

        // what stands in front of a statement that goes away, and belongs to the place, goes to what follows
        while (root.GetAnnotatedNodes(movedMark).FirstOrDefault(n => StatementTrivia.Directives(n.GetLeadingTrivia()).Count > 0) is { } held)
        {
            var kept = StatementTrivia.Directives(held.GetLeadingTrivia());
            var next = held.GetLastToken().GetNextToken();
            var heldToken = held.GetFirstToken();
            root = root.ReplaceTokens(
                [heldToken, next],
                (old, current) => old == heldToken
                    ? current.WithLeadingTrivia(StatementTrivia.BehindDirectives(current.LeadingTrivia))
                    : current.WithLeadingTrivia(kept.AddRange(current.LeadingTrivia)));
        }

        for (var i = 0; i < moved.Length; i++)
        {
            root = KeepBlankLine(root, root.GetAnnotatedNodes(movedMark).ElementAt(i), movedMark);
        }

        var statements = root.GetAnnotatedNodes(movedMark).Select(n => n.WithoutAnnotations(movedMark)).ToArray();
        root = root.RemoveNodes(root.GetAnnotatedNodes(movedMark), SyntaxRemoveOptions.KeepNoTrivia)!;
        return InsertBefore(root, root.GetAnnotatedNodes(targetMark).First(), statements, move.AfterDirectives);
    }

    // A blank line in front of a statement that goes away also separated what follows it.
    private static SyntaxNode KeepBlankLine(SyntaxNode root, SyntaxNode moved, SyntaxAnnotation movedMark)
    {
        var next = moved.GetLastToken().GetNextToken();
        while (next.Parent?.AncestorsAndSelf().FirstOrDefault(a => a.HasAnnotation(movedMark)) is { } alsoMoved)
        {
            next = alsoMoved.GetLastToken().GetNextToken();
        }

        var blank = StatementTrivia.BlankLines(moved.GetLeadingTrivia());
        return blank.Count > 0 && StatementTrivia.BlankLines(next.LeadingTrivia).Count == 0 && !next.IsKind(SyntaxKind.CloseBraceToken) && !next.IsKind(SyntaxKind.EndOfFileToken)
            ? root.ReplaceToken(next, next.WithLeadingTrivia(blank.AddRange(next.LeadingTrivia)))
            : root;
    }

    private static SyntaxNode InsertBefore(SyntaxNode root, SyntaxNode target, IReadOnlyList<SyntaxNode> statements, bool afterDirectives)
    {
        var leading = target.GetLeadingTrivia();
        var head = afterDirectives ? StatementTrivia.Directives(leading) : default;
        var rest = afterDirectives ? StatementTrivia.BehindDirectives(leading) : leading;
        var front = head.AddRange(StatementTrivia.BlankLines(rest));
        var mark = new SyntaxAnnotation();
        root = root.ReplaceNode(target, target.WithLeadingTrivia(StatementTrivia.BehindBlankLines(rest)).WithAdditionalAnnotations(mark));
        target = root.GetAnnotatedNodes(mark).First();
        var first = statements[0].WithLeadingTrivia(front.AddRange(StatementTrivia.BehindBlankLines(statements[0].GetLeadingTrivia())));
        return root.InsertNodesBefore(target, statements.Skip(1).Prepend(first));
    }

    private static SyntaxNode Member(StatementSyntax statement) => statement.Parent is GlobalStatementSyntax global ? global : statement;

    private static SyntaxNode Like(SyntaxNode target, StatementSyntax statement) =>
        target is GlobalStatementSyntax ? SyntaxFactory.GlobalStatement(statement) : statement;

    private static SyntaxTriviaList EndOfLine(SyntaxNode target)
    {
        var end = target.GetTrailingTrivia().LastOrDefault(t => t.IsKind(SyntaxKind.EndOfLineTrivia));
        return SyntaxFactory.TriviaList(end.IsKind(SyntaxKind.EndOfLineTrivia) ? end : SyntaxFactory.ElasticCarriageReturnLineFeed);
    }
}
