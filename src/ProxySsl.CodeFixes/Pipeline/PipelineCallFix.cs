using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using ProxySsl.Analyzers;
using ProxySsl.Analyzers.Pipeline;
using ProxySsl.CodeFixes.Syntax;

namespace ProxySsl.CodeFixes.Pipeline;

/// <summary>PSSL3004, PSSL3005, PSSL3006, PSSL3007: removes, shortens or inserts calls of a pipeline.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(PipelineCallFix))]
public sealed class PipelineCallFix : ProxySslCodeFix
{
    /// <inheritdoc/>
    public override ImmutableArray<string> FixableDiagnosticIds { get; } =
        ImmutableArray.Create(RuleIds.AppliedTwice, RuleIds.OptionsIgnored, RuleIds.ImplicitTooEarly, RuleIds.NeverApplied);

    private protected override Task<IReadOnlyList<FixOption>> OptionsAsync(Document document, Diagnostic diagnostic, CancellationToken cancellationToken)
    {
        diagnostic.Properties.TryGetValue(FixProperties.Fix, out var fix);
        FixOption? option = fix switch
        {
            PipelineFixProperties.Remove => new("Remove the repeated call", fix),
            PipelineFixProperties.UseConfigured => new("Use the configured options", fix),
            PipelineFixProperties.Insert => new("Call " + diagnostic.Properties[PipelineFixProperties.Calls]!.Replace(",", " and ") + " after forwarded headers", fix),
            PipelineFixProperties.Apply => new("Call UseForwardedHeaders first", fix),
            _ => null,
        };
        return Task.FromResult<IReadOnlyList<FixOption>>(option is null ? [] : [option]);
    }

    private protected override async Task<Document> FixAsync(FixTarget target, CancellationToken cancellationToken)
    {
        switch (target.Key)
        {
            case PipelineFixProperties.Remove:
                var model = await target.Document.GetSemanticModelAsync(cancellationToken).ConfigureAwait(false);
                return BuilderCalls.CallOf(target.Node) is { } repeated ? target.Document.WithSyntaxRoot(PipelineCalls.Remove(target.Root, repeated, model)) : target.Document;
            case PipelineFixProperties.UseConfigured:
                return await target.Document.GetSemanticModelAsync(cancellationToken).ConfigureAwait(false) is { } known
                    ? target.Document.WithSyntaxRoot(WithoutArgument(target, known, cancellationToken))
                    : target.Document;
            case PipelineFixProperties.Insert:
                return target.Document.WithSyntaxRoot(Insert(target, BuilderCalls.CallOf(target.Node)));
            default:
                return await ApplyAsync(target, cancellationToken).ConfigureAwait(false);
        }
    }

    private static SyntaxNode WithoutArgument(FixTarget target, SemanticModel model, CancellationToken cancellationToken)
    {
        if (target.Node.FirstAncestorOrSelf<ArgumentSyntax>() is not { Parent: ArgumentListSyntax { Parent: InvocationExpressionSyntax call } list } argument)
        {
            return target.Root;
        }

        var arguments = list.Arguments.Remove(argument);
        var last = arguments.Count > 0 ? arguments[arguments.Count - 1] : null;
        if (last is not null)
        {
            arguments = arguments.Replace(last, last.WithoutTrailingTrivia());
        }

        var member = MemberOf(call);
        var before = DeadDeclarations.NamesUsed(member);
        var mark = new SyntaxAnnotation();
        var making = argument.Expression is IdentifierNameSyntax local ? StatementsThatMake(local, member, call, model, cancellationToken) : [];
        var made = making.ToDictionary(s => s, _ => new SyntaxAnnotation());
        var root = target.Root.ReplaceNodes(
            making.Cast<SyntaxNode>().Concat([call, member]),
            (old, current) => old == call
                ? ((InvocationExpressionSyntax)current).WithArgumentList(
                    SyntaxFactory.ArgumentList(list.OpenParenToken.WithTrailingTrivia(), arguments, list.CloseParenToken.WithLeadingTrivia()))
                : current.WithAdditionalAnnotations(old is StatementSyntax statement && made.TryGetValue(statement, out var own) ? own : mark));
        foreach (var own in made.Values)
        {
            root = StatementLists.Remove(root, (StatementSyntax)root.GetAnnotatedNodes(own).Single());
        }

        return DeadDeclarations.RemoveLocals(root, mark, before);
    }

    // var options = new ForwardedHeadersOptions …; options.KnownProxies.Add(…); where nothing else is done with it
    private static List<StatementSyntax> StatementsThatMake(
        IdentifierNameSyntax local, SyntaxNode member, InvocationExpressionSyntax call, SemanticModel model, CancellationToken cancellationToken)
    {
        var statements = new List<StatementSyntax>();
        if (model.GetSymbolInfo(local, cancellationToken).Symbol is not ILocalSymbol symbol
            || symbol.DeclaringSyntaxReferences.FirstOrDefault()?.GetSyntax(cancellationToken) is not VariableDeclaratorSyntax
            {
                Initializer.Value: BaseObjectCreationExpressionSyntax, Parent: VariableDeclarationSyntax { Variables.Count: 1, Parent: LocalDeclarationStatementSyntax declaration },
            }
            || !IsBeside(declaration, call))
        {
            return statements;
        }

        statements.Add(declaration);
        foreach (var use in member.DescendantNodes().OfType<IdentifierNameSyntax>())
        {
            if (use == local || use.Identifier.ValueText != local.Identifier.ValueText || !SymbolEqualityComparer.Default.Equals(model.GetSymbolInfo(use, cancellationToken).Symbol, symbol))
            {
                continue;
            }

            if (use.FirstAncestorOrSelf<StatementSyntax>() is not ExpressionStatementSyntax statement || !IsBeside(statement, call) || statement.GetFirstToken() != use.Identifier)
            {
                return [];
            }

            if (!statements.Contains(statement))
            {
                statements.Add(statement);
            }
        }

        return statements;
    }

    private static bool IsBeside(StatementSyntax statement, InvocationExpressionSyntax call) =>
        !statement.ContainsDirectives && call.FirstAncestorOrSelf<StatementSyntax>() is { } caller && StatementLists.Siblings(caller)?.Contains(statement) == true;

    private static SyntaxNode MemberOf(SyntaxNode node) =>
        node.AncestorsAndSelf().First(a => a is MemberDeclarationSyntax and not GlobalStatementSyntax || a is CompilationUnitSyntax);

    private static SyntaxNode Insert(FixTarget target, InvocationExpressionSyntax? forwarded)
    {
        var calls = target.Properties[PipelineFixProperties.Calls]!.Split(',');
        if (forwarded is null || AnchorOf(forwarded, target.Properties[PipelineFixProperties.Anchor]!) is not { } anchor)
        {
            return target.Root;
        }

        return target.Properties[PipelineFixProperties.Before] == "true"
            ? PipelineCalls.InsertBefore(target.Root, anchor, calls)
            : PipelineCalls.InsertAfter(target.Root, anchor, calls);
    }

    private static InvocationExpressionSyntax? AnchorOf(InvocationExpressionSyntax forwarded, string name)
    {
        var own = BuilderCalls.NameOf(forwarded);
        if (own?.Identifier.ValueText == name)
        {
            return forwarded;
        }

        var scope = MemberOf(forwarded);
        return scope.DescendantNodes().OfType<InvocationExpressionSyntax>()
            .FirstOrDefault(c => BuilderCalls.NameOf(c) is { } other && other.Identifier.ValueText == name && other.SpanStart > own?.SpanStart);
    }

    private static async Task<Document> ApplyAsync(FixTarget target, CancellationToken cancellationToken)
    {
        if (BuilderCalls.CallOf(target.Node) is not { } call || MemberOf(call).DescendantNodes().OfType<InvocationExpressionSyntax>()
            .Any(c => BuilderCalls.NameOf(c)?.Identifier.ValueText == "UseForwardedHeaders"))
        {
            return target.Document;
        }

        var plain = Apply(target, call, areNamesFull: false);
        var hasOptions = target.Properties[PipelineFixProperties.HasOptions] == "true";
        if (hasOptions)
        {
            return plain;
        }

        plain = await Usings.AddAsync(plain, "Microsoft.AspNetCore.HttpOverrides", cancellationToken).ConfigureAwait(false);
        return await CompilerFindings.BringsErrorsAsync(target.Document, plain, cancellationToken).ConfigureAwait(false) ? Apply(target, call, areNamesFull: true) : plain;
    }

    private static Document Apply(FixTarget target, InvocationExpressionSyntax call, bool areNamesFull)
    {
        var applied = new SyntaxAnnotation();
        var root = PipelineCalls.Apply(target.Root, call, target.Properties[PipelineFixProperties.HasOptions] == "true", areNamesFull, applied);
        if (target.Properties.ContainsKey(PipelineFixProperties.Calls)
            && root.GetAnnotatedNodes(applied).SelectMany(n => n.DescendantNodes()).OfType<InvocationExpressionSyntax>().FirstOrDefault() is { } forwarded)
        {
            root = Insert(target with { Root = root }, forwarded);
        }

        return target.Document.WithSyntaxRoot(root);
    }
}
