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
                return target.Document.WithSyntaxRoot(WithoutArgument(target));
            case PipelineFixProperties.Insert:
                return target.Document.WithSyntaxRoot(Insert(target, BuilderCalls.CallOf(target.Node)));
            default:
                return await ApplyAsync(target, cancellationToken).ConfigureAwait(false);
        }
    }

    private static SyntaxNode WithoutArgument(FixTarget target)
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
        var root = target.Root.ReplaceNodes(
            [call, member],
            (old, current) => old == call
                ? ((InvocationExpressionSyntax)current).WithArgumentList(
                    SyntaxFactory.ArgumentList(list.OpenParenToken.WithTrailingTrivia(), arguments, list.CloseParenToken.WithLeadingTrivia()))
                : current.WithAdditionalAnnotations(mark));
        return DeadDeclarations.RemoveLocals(root, mark, before);
    }

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

        var hasOptions = target.Properties[PipelineFixProperties.HasOptions] == "true";
        var applied = new SyntaxAnnotation();
        var root = PipelineCalls.Apply(target.Root, call, hasOptions, applied);
        if (target.Properties.ContainsKey(PipelineFixProperties.Calls)
            && root.GetAnnotatedNodes(applied).SelectMany(n => n.DescendantNodes()).OfType<InvocationExpressionSyntax>().FirstOrDefault() is { } forwarded)
        {
            root = Insert(target with { Root = root }, forwarded);
        }

        var document = target.Document.WithSyntaxRoot(root);
        return hasOptions ? document : await Usings.AddAsync(document, "Microsoft.AspNetCore.HttpOverrides", cancellationToken).ConfigureAwait(false);
    }
}
