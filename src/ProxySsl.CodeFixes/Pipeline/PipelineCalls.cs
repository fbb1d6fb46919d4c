using System.Collections.Generic;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using ProxySsl.Analyzers.Pipeline;
using ProxySsl.CodeFixes.Syntax;

namespace ProxySsl.CodeFixes.Pipeline;

/// <summary>Removes and adds calls on a builder, as statements or as links of a chain, whichever the code is made of.</summary>
internal static class PipelineCalls
{
    /// <summary>The root without a call: the statement goes where it is nothing else, a link leaves its chain, a body that is only the call is emptied.</summary>
    internal static SyntaxNode Remove(SyntaxNode root, InvocationExpressionSyntax call, SemanticModel? model)
    {
        if (StatementOf(call) is { } statement)
        {
            return StatementLists.Remove(root, statement);
        }

        if (BuilderCalls.OperandOf(call) is not InvocationExpressionSyntax && IsWholeBody(call, model))
        {
            var empty = SyntaxFactory.Block().WithTriviaFrom(call);
            switch (call.Parent)
            {
                case LambdaExpressionSyntax lambda:
                    return root.ReplaceNode(lambda, lambda.WithBody(empty));
                case ArrowExpressionClauseSyntax { Parent: MethodDeclarationSyntax method }:
                    return root.ReplaceNode(method, method.WithExpressionBody(null).WithSemicolonToken(default).WithBody(empty.WithTrailingTrivia(method.GetTrailingTrivia())));
            }
        }

        return BuilderCalls.OperandOf(call) is { } operand ? root.ReplaceNode(call, operand.WithTriviaFrom(call)) : root;
    }

    // Nothing else is in the body, and nobody takes its value.
    private static bool IsWholeBody(InvocationExpressionSyntax call, SemanticModel? model)
    {
        var function = call.Parent is ArrowExpressionClauseSyntax arrow ? arrow.Parent : call.Parent as LambdaExpressionSyntax;
        return function is not null && ((function is LambdaExpressionSyntax ? model?.GetSymbolInfo(function).Symbol : model?.GetDeclaredSymbol(function)) as IMethodSymbol)?.ReturnsVoid == true;
    }

    /// <summary>The root with calls behind another one.</summary>
    internal static SyntaxNode InsertAfter(SyntaxNode root, InvocationExpressionSyntax anchor, IReadOnlyList<string> calls)
    {
        if (StatementOf(anchor) is not { } statement || StatementLists.Siblings(statement) is null)
        {
            return InsertLinks(root, anchor, calls);
        }

        var member = MemberOf(statement);
        return root.InsertNodesAfter(member, Statements(anchor, member, calls));
    }

    /// <summary>The root with calls in front of another one.</summary>
    internal static SyntaxNode InsertBefore(SyntaxNode root, InvocationExpressionSyntax anchor, IReadOnlyList<string> calls)
    {
        if (StatementOf(anchor) is not { } statement || StatementLists.Siblings(statement) is null)
        {
            return anchor.Expression is MemberAccessExpressionSyntax { Expression: InvocationExpressionSyntax before } ? InsertLinks(root, before, calls) : root;
        }

        var member = MemberOf(statement);
        var inserted = Statements(anchor, member, calls).ToList();
        var leading = member.GetLeadingTrivia();
        inserted[0] = inserted[0].WithLeadingTrivia(StatementTrivia.Directives(leading).AddRange(StatementTrivia.BlankLines(StatementTrivia.BehindDirectives(leading))).AddRange(StatementTrivia.Indentation(leading)));
        var mark = new SyntaxAnnotation();
        root = root.ReplaceNode(member, member.WithLeadingTrivia(StatementTrivia.BehindBlankLines(StatementTrivia.BehindDirectives(leading))).WithAdditionalAnnotations(mark));
        return root.InsertNodesBefore(root.GetAnnotatedNodes(mark).First(), inserted);
    }

    /// <summary>The root with a call of <c>UseForwardedHeaders</c> in front of the first call on the same builder in the same list of statements.</summary>
    /// <param name="root">The file.</param>
    /// <param name="enforcing">The call that enforces https.</param>
    /// <param name="hasOptions">Whether the services configure the options, so that none are passed.</param>
    /// <param name="areNamesFull">Whether the types are written with their namespaces, because the file knows others of their names.</param>
    /// <param name="applied">What marks the new call.</param>
    internal static SyntaxNode Apply(SyntaxNode root, InvocationExpressionSyntax enforcing, bool hasOptions, bool areNamesFull, SyntaxAnnotation applied)
    {
        if (BuilderCalls.RootOf(enforcing) is not (IdentifierNameSyntax or MemberAccessExpressionSyntax) || BuilderCalls.RootOf(enforcing) is not { } builder)
        {
            return root;
        }

        var name = builder.WithoutTrivia().ToString();
        var type = areNamesFull ? "global::Microsoft.AspNetCore.Builder.ForwardedHeadersOptions" : "ForwardedHeadersOptions";
        var flags = areNamesFull ? "global::Microsoft.AspNetCore.HttpOverrides.ForwardedHeaders" : "ForwardedHeaders";
        var value = $"ForwardedHeaders = {flags}.XForwardedFor | {flags}.XForwardedProto";

        if (OuterStatement(enforcing) is not { } outer)
        {
            // an expression is the whole body: its chain begins with the call
            var options = hasOptions ? "" : $"new {type} {{ {value} }}";
            var call = SyntaxFactory.ParseExpression($"{name}.UseForwardedHeaders({options})");
            return root.ReplaceNode(builder, call.WithTriviaFrom(builder).WithAdditionalAnnotations(applied));
        }

        var siblings = StatementLists.Siblings(outer)!;
        var first = siblings.First(s => s == outer || s.DescendantNodes().OfType<InvocationExpressionSyntax>().Any(c => IsStep(c, name)));
        var member = MemberOf(first);
        var leading = member.GetLeadingTrivia();
        var indentation = StatementTrivia.Indentation(leading).ToFullString();
        var end = EndOfLine(root);
        var text = hasOptions
            ? $"{name}.UseForwardedHeaders();"
            : $"{name}.UseForwardedHeaders(new {type}{end}{indentation}{{{end}{indentation}    {value},{end}{indentation}}});";
        var statement = SyntaxFactory.ParseStatement(text).WithTrailingTrivia(SyntaxFactory.EndOfLine(end));
        var rest = StatementTrivia.BehindDirectives(leading);
        var inserted = Like(member, statement).WithAdditionalAnnotations(applied).WithLeadingTrivia(
            StatementTrivia.Directives(leading).AddRange(StatementTrivia.BlankLines(rest)).AddRange(StatementTrivia.Indentation(leading)));
        var mark = new SyntaxAnnotation();
        root = root.ReplaceNode(member, member.WithLeadingTrivia(StatementTrivia.BehindBlankLines(rest)).WithAdditionalAnnotations(mark));
        return root.InsertNodesBefore(root.GetAnnotatedNodes(mark).First(), [inserted]);
    }

    // The statement whose list the builder is known in: not below an if, whose condition would then decide.
    private static StatementSyntax? OuterStatement(InvocationExpressionSyntax call)
    {
        StatementSyntax? outer = null;
        foreach (var ancestor in call.Ancestors())
        {
            if (ancestor is AnonymousFunctionExpressionSyntax or LocalFunctionStatementSyntax or BaseMethodDeclarationSyntax)
            {
                break;
            }

            if (ancestor is StatementSyntax statement && StatementLists.Siblings(statement) is not null)
            {
                outer = statement;
            }
        }

        return outer;
    }

    private static bool IsStep(InvocationExpressionSyntax call, string builder) =>
        BuilderCalls.RootOf(call)?.WithoutTrivia().ToString() == builder
        && call.Expression is MemberAccessExpressionSyntax && BuilderCalls.NameOf(call)?.Identifier.ValueText is { } method && !method.StartsWith("Map", System.StringComparison.Ordinal);

    private static SyntaxNode InsertLinks(SyntaxNode root, InvocationExpressionSyntax anchor, IReadOnlyList<string> calls)
    {
        if (anchor.Expression is not MemberAccessExpressionSyntax)
        {
            return root;
        }

        // a link on a line of its own is written like its neighbour
        var dot = anchor.Parent is MemberAccessExpressionSyntax { OperatorToken: var following } ? following : ((MemberAccessExpressionSyntax)anchor.Expression).OperatorToken;
        var onOwnLine = dot.HasLeadingTrivia;
        var plain = dot.WithLeadingTrivia(StatementTrivia.Indentation(dot.LeadingTrivia)).WithTrailingTrivia();
        var end = onOwnLine ? SyntaxFactory.TriviaList(SyntaxFactory.EndOfLine(EndOfLine(root))) : default;
        ExpressionSyntax chain = anchor.WithTrailingTrivia(end);
        for (var i = 0; i < calls.Count; i++)
        {
            chain = SyntaxFactory.InvocationExpression(
                SyntaxFactory.MemberAccessExpression(SyntaxKind.SimpleMemberAccessExpression, chain, plain, SyntaxFactory.IdentifierName(calls[i])),
                SyntaxFactory.ArgumentList().WithTrailingTrivia(i == calls.Count - 1 ? anchor.GetTrailingTrivia() : end));
        }

        return root.ReplaceNode(anchor, chain);
    }

    private static IEnumerable<SyntaxNode> Statements(InvocationExpressionSyntax anchor, SyntaxNode member, IReadOnlyList<string> calls)
    {
        var builder = BuilderCalls.RootOf(anchor)?.WithoutTrivia().ToString() ?? "app";
        var indentation = StatementTrivia.Indentation(member.GetLeadingTrivia());
        var end = EndOfLine(member);
        foreach (var call in calls)
        {
            yield return Like(member, SyntaxFactory.ParseStatement($"{builder}.{call}();")).WithLeadingTrivia(indentation).WithTrailingTrivia(SyntaxFactory.EndOfLine(end));
        }
    }

    private static StatementSyntax? StatementOf(InvocationExpressionSyntax call) => call.Parent switch
    {
        ConditionalAccessExpressionSyntax { Parent: ExpressionStatementSyntax statement } when BuilderCalls.OperandOf(call) is null => statement,
        ExpressionStatementSyntax statement when BuilderCalls.OperandOf(call) is not InvocationExpressionSyntax => statement,
        AssignmentExpressionSyntax { Parent: ExpressionStatementSyntax statement, Left: IdentifierNameSyntax left } assignment
            when assignment.Right == call && BuilderCalls.RootOf(call) is IdentifierNameSyntax root && root.Identifier.ValueText == left.Identifier.ValueText
                && BuilderCalls.OperandOf(call) is not InvocationExpressionSyntax => statement,
        _ => null,
    };

    private static SyntaxNode MemberOf(StatementSyntax statement) => statement.Parent is GlobalStatementSyntax global ? global : statement;

    private static SyntaxNode Like(SyntaxNode member, StatementSyntax statement) => member is GlobalStatementSyntax ? SyntaxFactory.GlobalStatement(statement) : statement;

    private static string EndOfLine(SyntaxNode node) =>
        node.DescendantTrivia().FirstOrDefault(t => t.IsKind(SyntaxKind.EndOfLineTrivia)) is { RawKind: not 0 } end ? end.ToString() : "\n";
}
