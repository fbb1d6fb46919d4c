using System.Collections.Generic;
using System.Linq;
using System.Threading;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using ProxySsl.CodeFixes.Syntax;

namespace ProxySsl.CodeFixes.Options;

/// <summary>
/// Removes what trusts everybody (clearing calls, a network of every address) or does nothing (an empty initializer), and writes what is
/// trusted instead, where the code says so already: as statements, or in the object initializer. A new object that needs statements moves
/// into a local.
/// </summary>
internal sealed class TrustEdit(SemanticModel model, TrustWay way, string? configuration, ParseOptions? parseOptions, CancellationToken cancellationToken)
{
    /// <summary>The new tree, or null where the marked code is of no shape that is known.</summary>
    internal SyntaxNode? Apply(SyntaxNode root, SyntaxNode marked)
    {
        if (way == TrustWay.Configuration && configuration is null)
        {
            return null;
        }

        var statement = marked.FirstAncestorOrSelf<ExpressionStatementSyntax>();
        if (marked is InvocationExpressionSyntax && OptionsSyntax.ListCallReceiver(statement, "Clear") is { } cleared)
        {
            return ReplaceCalls(root, statement!, cleared.WithoutTrivia().ToString());
        }

        if (OptionsSyntax.ListCallReceiver(statement, "Add") is { } added && IsOnlyArgument(marked, statement!))
        {
            return RemoveAdd(root, statement!, added.WithoutTrivia().ToString());
        }

        if (marked.FirstAncestorOrSelf<AssignmentExpressionSyntax>() is
            { Left: IdentifierNameSyntax { Identifier.ValueText: var list }, Right: InitializerExpressionSyntax, Parent.Parent: BaseObjectCreationExpressionSyntax creation } assignment
            && OptionsSyntax.IsKnownList(list))
        {
            return RemoveFromInitializer(root, creation, assignment, marked);
        }

        return marked is BaseObjectCreationExpressionSyntax { } created && IsOptions(created)
            ? OnCreation(root, created)
            : OptionsSyntax.ConfiguringFunction(marked, model) is { } configuring
                ? InFunction(root, configuring.Function, configuring.Options)
                : null;
    }

    private static bool IsOnlyArgument(SyntaxNode marked, ExpressionStatementSyntax statement) =>
        OptionsSyntax.WholeEntry(marked).FirstAncestorOrSelf<ArgumentSyntax>() is { Parent.Parent: { } call } argument
        && call == statement.Expression
        && argument.Expression.Span == OptionsSyntax.WholeEntry(marked).Span;

    // A new entry of a list is marked too, and nothing can be trusted on it.
    private bool IsOptions(BaseObjectCreationExpressionSyntax created)
    {
        var type = model.GetTypeInfo(created, cancellationToken).Type;
        while (type is not null && type.Name != "ForwardedHeadersOptions")
        {
            type = type.BaseType;
        }

        return type is not null;
    }

    // The marked call gives its place to the new statements; the other clearing calls of the object in this function go.
    private SyntaxNode? ReplaceCalls(SyntaxNode root, ExpressionStatementSyntax statement, string options)
    {
        if (FunctionBodies.Around(statement) is not { } function || OptionsSyntax.HasOtherVersion(function))
        {
            return null;
        }

        var clears = OptionsSyntax.Clears(function, options).Where(c => c != statement && FunctionBodies.Around(c) == function).ToList();
        var texts = Code(statement.SpanStart).Statements(way, options, configuration).ToList();

        // Where the calls stand in different branches, what is trusted is said once, after all of them.
        var outer = (StatementSyntax)statement;
        while (!clears.All(c => StatementLists.Siblings(outer)?.Any(s => s.Span.Contains(c.Span)) == true)
            && outer.Parent?.FirstAncestorOrSelf<StatementSyntax>() is { } parent)
        {
            outer = parent;
        }

        var mark = new SyntaxAnnotation();
        var gone = new SyntaxAnnotation();
        if (outer != statement)
        {
            clears.Add(statement);
        }

        root = root.ReplaceNodes(clears.Append(outer).Distinct(), (original, current) =>
            original == outer ? current.WithAdditionalAnnotations(mark) : CommentedAbove(current).WithAdditionalAnnotations(gone));
        if (outer != statement)
        {
            // Written first: where nothing is left of any branch, the whole statement goes.
            return RemoveMarked(StatementInsertion.After(root, (StatementSyntax)root.GetAnnotatedNodes(mark).Single(), texts), gone);
        }

        root = RemoveMarked(root, gone);
        return StatementInsertion.InPlaceOf(root, (StatementSyntax)root.GetAnnotatedNodes(mark).Single(), texts);
    }

    // What is said behind a call that goes is about what comes in its place: comments above a removed statement stay.
    private static StatementSyntax CommentedAbove(StatementSyntax statement)
    {
        var comments = statement.GetTrailingTrivia().Where(Layout.IsComment).ToList();
        return comments.Count == 0 ? statement : statement
            .WithLeadingTrivia(statement.GetLeadingTrivia().AddRange(comments.SelectMany(c => new[]
            {
                c, SyntaxFactory.EndOfLine(StatementText.LineEnd(statement)), SyntaxFactory.Whitespace(Layout.Indentation(statement)),
            })))
            .WithTrailingTrivia(statement.GetTrailingTrivia().Where(t => !Layout.IsComment(t)));
    }

    private static SyntaxNode RemoveMarked(SyntaxNode root, SyntaxAnnotation gone)
    {
        while (root.GetAnnotatedNodes(gone).FirstOrDefault() is StatementSyntax statement)
        {
            root = StatementLists.Remove(root, statement);
        }

        return root;
    }

    private SyntaxNode? RemoveAdd(SyntaxNode root, ExpressionStatementSyntax statement, string options)
    {
        if (FunctionBodies.Around(statement) is not { } function || OptionsSyntax.HasOtherVersion(function))
        {
            return null;
        }

        return OptionsSyntax.AddsElsewhere(function, options, statement)
            ? StatementLists.Remove(root, statement)
            : ReplaceCalls(root, statement, options);
    }

    private SyntaxNode? RemoveFromInitializer(SyntaxNode root, BaseObjectCreationExpressionSyntax creation, AssignmentExpressionSyntax assignment, SyntaxNode marked)
    {
        var holder = OptionsSyntax.Holder(creation);
        var function = FunctionBodies.Around(creation);
        var entries = (InitializerExpressionSyntax)assignment.Right;
        var isEmpty = entries.Expressions.Count == 0;
        var entry = OptionsSyntax.WholeEntry(marked);
        var kept = isEmpty ? entries : InitializerLists.Without(entries, e => e.Span == entry.Span, keepsComments: false);
        if ((!isEmpty && kept.Expressions.Count == entries.Expressions.Count) || OptionsSyntax.HasOtherVersion(function ?? creation))
        {
            return null;
        }

        var adds = OptionsSyntax.AddsElsewhere(function ?? creation, holder?.Options, entry);
        var initializer = creation.Initializer!;
        initializer = kept.Expressions.Count > 0
            ? initializer.ReplaceNode(entries, kept)
            : InitializerLists.Without(initializer, e => e == assignment || (isEmpty && IsEmptyList(e)), keepsComments: isEmpty);
        var mark = new SyntaxAnnotation();
        var gone = new SyntaxAnnotation();
        var clears = adds || function is null || holder is not { } held ? [] : OptionsSyntax.Clears(function, held.Options).ToList();
        root = root.ReplaceNodes(clears.Cast<SyntaxNode>().Append(creation), (original, current) => original == creation
            ? creation.WithInitializer(initializer).WithAdditionalAnnotations(mark)
            : current.WithAdditionalAnnotations(gone));
        root = RemoveMarked(root, gone);
        return adds ? root : OnCreation(root, (BaseObjectCreationExpressionSyntax)root.GetAnnotatedNodes(mark).Single(), creation.SpanStart);
    }

    private static bool IsEmptyList(ExpressionSyntax expression) =>
        expression is AssignmentExpressionSyntax { Left: IdentifierNameSyntax { Identifier.ValueText: var list }, Right: InitializerExpressionSyntax { Expressions.Count: 0 } }
        && OptionsSyntax.IsKnownList(list);

    private SyntaxNode? OnCreation(SyntaxNode root, BaseObjectCreationExpressionSyntax creation) => OnCreation(root, creation, creation.SpanStart);

    private SyntaxNode? OnCreation(SyntaxNode root, BaseObjectCreationExpressionSyntax creation, int position)
    {
        var code = Code(position);
        if (way != TrustWay.Configuration)
        {
            var (property, values) = code.Entries(way);
            return root.ReplaceNode(creation, InitializerLists.With(creation, property, values));
        }

        return OptionsSyntax.Holder(creation) is { } holder
            ? StatementInsertion.After(root, holder.Statement, code.Statements(way, holder.Options, configuration))
            : Hoisted(root, creation, code);
    }

    // Statements need a name for the object: it moves into a local in front of the statement that it is in.
    private SyntaxNode? Hoisted(SyntaxNode root, BaseObjectCreationExpressionSyntax creation, TrustCode code)
    {
        var mark = new SyntaxAnnotation();
        root = root.ReplaceNode(creation, creation.WithAdditionalAnnotations(mark));
        creation = (BaseObjectCreationExpressionSyntax)root.GetAnnotatedNodes(mark).Single();
        foreach (var ancestor in creation.Ancestors())
        {
            if (ancestor is StatementSyntax)
            {
                break;
            }

            var function = ancestor is ArrowExpressionClauseSyntax { Parent: { } member } ? member : ancestor;
            if (function is LambdaExpressionSyntax { ExpressionBody: not null } or MethodDeclarationSyntax or LocalFunctionStatementSyntax)
            {
                var isVoid = IsVoid(function, position: creation.SpanStart);
                root = FunctionBodies.WithBlock(root, function, isVoid);
                creation = (BaseObjectCreationExpressionSyntax)root.GetAnnotatedNodes(mark).Single();
                break;
            }
        }

        if (creation.FirstAncestorOrSelf<StatementSyntax>() is not { } statement)
        {
            return null;
        }

        var name = code.Unused("forwardedHeadersOptions", statement.Parent is GlobalStatementSyntax { Parent: { } file } ? file : statement.Parent!);
        var indentation = StatementInsertion.Indentation(statement);
        var value = Layout.Reindented(Explicit(creation, code.OptionsType), Layout.Indentation(creation), indentation).WithoutTrivia();
        var lineEnd = StatementText.LineEnd(root);
        var declaration = SyntaxFactory.ParseStatement($"var {name} = {value.ToFullString()};{lineEnd}").WithLeadingTrivia(statement.GetLeadingTrivia());
        var rest = statement
            .ReplaceNode(creation, SyntaxFactory.IdentifierName(name).WithTriviaFrom(creation))
            .WithLeadingTrivia(SyntaxFactory.EndOfLine(lineEnd), SyntaxFactory.Whitespace(indentation));
        var added = StatementText.Parse(code.Statements(way, name, configuration), indentation, lineEnd, followsStatement: true);
        return StatementLists.Replace(root, statement, [declaration, .. added, rest]);
    }

    private bool IsVoid(SyntaxNode function, int position) => FunctionBodies.IsVoid(function, model, position, cancellationToken);

    private static BaseObjectCreationExpressionSyntax Explicit(BaseObjectCreationExpressionSyntax creation, string type) => creation is ImplicitObjectCreationExpressionSyntax
        ? SyntaxFactory.ObjectCreationExpression(
            SyntaxFactory.Token(SyntaxKind.NewKeyword).WithTrailingTrivia(SyntaxFactory.Space),
            SyntaxFactory.ParseTypeName(type),
            creation.Initializer is null ? creation.ArgumentList : null,
            creation.Initializer?.WithLeadingTrivia(creation.ArgumentList!.GetTrailingTrivia().AddRange(creation.Initializer.GetLeadingTrivia())))
        : creation;

    private SyntaxNode InFunction(SyntaxNode root, SyntaxNode function, string options) => FunctionBodies.WithStatements(
        root, function, Code(FunctionBodies.BodyStart(function)).Statements(way, options, configuration).ToList(), model, cancellationToken);

    private TrustCode Code(int position) => new(model, position, parseOptions);
}
