using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using ProxySsl.Analyzers;
using ProxySsl.Analyzers.Headers;
using ProxySsl.Analyzers.Knowledge;
using ProxySsl.CodeFixes.Syntax;

namespace ProxySsl.CodeFixes.Headers;

/// <summary>
/// Carries out the fixes of header reads in three steps: replace, collapse what the replacement decides, remove what is left without use.
/// A rewrite has several forms where nullability matters; the first that brings no new complaint of the compiler is taken, and none is where
/// each brings an error.
/// </summary>
internal static class HeaderRewrite
{
    private delegate bool Edit(RewriteContext context, int form);

    /// <summary>
    /// The fixed document and the property that is read now where the family has two, or null where the code is of no shape that can be
    /// rewritten.
    /// </summary>
    internal static async Task<(Document Document, string? Written)?> ApplyAsync(FixTarget target, CancellationToken cancellationToken)
    {
        var document = target.Document;
        if (target.Node.FirstAncestorOrSelf<ExpressionSyntax>() is not { } reported
            || !target.Properties.TryGetValue(HeaderFixProperties.Header, out var name) || name is null
            || !target.Properties.TryGetValue(FixProperties.Fix, out var fix) || EditOf(fix) is not var (edit, forms)
            || await document.GetSemanticModelAsync(cancellationToken).ConfigureAwait(false) is not { } model
            || CompilationModel.For(model.Compilation, document.Project.AnalyzerOptions) is not { } compilation)
        {
            return null;
        }

        // A name from the configuration is in no table; its family is what the fix says.
        var header = ForwardedHeaderNames.Find(name) ?? new ForwardedHeader(name, FamilyOf(fix), HeaderValueStyle.Scheme);
        var isNegated = target.Properties.TryGetValue(HeaderFixProperties.Negated, out var negated) && negated == "true";
        var isPresence = !target.Properties.ContainsKey(HeaderFixProperties.Use);
        var before = CompilerFindings.In(model, cancellationToken);
        (Document, string?)? acceptable = null;
        for (var form = 0; form < forms; form++)
        {
            var context = new RewriteContext(reported, header, isPresence, isNegated, model, compilation, cancellationToken);
            if (!edit(context, form) || await CarryOutAsync(document, target.Root, context, before, cancellationToken).ConfigureAwait(false) is not { } changed
                || await changed.GetSemanticModelAsync(cancellationToken).ConfigureAwait(false) is not { } after)
            {
                continue;
            }

            var findings = CompilerFindings.In(after, cancellationToken);
            if (findings.HasNewErrorsSince(before) || SaysNothing(after.SyntaxTree.GetRoot(cancellationToken)) > SaysNothing(target.Root))
            {
                continue;
            }

            if (!findings.HasNewWarningsSince(before))
            {
                return (changed, context.Written);
            }

            acceptable ??= (changed, context.Written);
        }

        return acceptable;
    }

    // What gives a thing its own value, or compares it with itself: the property that was written stands on both sides.
    private static int SaysNothing(SyntaxNode root) => root.DescendantNodes().Count(n => n switch
    {
        BinaryExpressionSyntax { RawKind: (int)SyntaxKind.EqualsExpression or (int)SyntaxKind.NotEqualsExpression } compared => WithoutDefault(compared.Left).ReadsLike(WithoutDefault(compared.Right)),
        AssignmentExpressionSyntax { RawKind: (int)SyntaxKind.SimpleAssignmentExpression } assignment => assignment.Left.ReadsLike(assignment.Right),
        _ => false,
    });

    private static ExpressionSyntax WithoutDefault(ExpressionSyntax value) =>
        value.WithoutParentheses() is BinaryExpressionSyntax { RawKind: (int)SyntaxKind.CoalesceExpression, Right: LiteralExpressionSyntax } coalesce ? coalesce.Left : value;

    private static (Edit Edit, int Forms)? EditOf(string? fix) => fix switch
    {
        HeaderFixProperties.FixIsHttps or HeaderFixProperties.FixScheme => (SchemeRewrite.Edit, SchemeRewrite.Forms),
        HeaderFixProperties.FixRemoteIpAddress => (AddressRewrite.Edit, AddressRewrite.Forms),
        HeaderFixProperties.FixUseForwardedHeaders => (MiddlewareRewrite.Edit, MiddlewareRewrite.Forms),
        HeaderFixProperties.FixCompareValue => (CompareRewrite.Edit, CompareRewrite.Forms),
        HeaderFixProperties.FixHost or HeaderFixProperties.FixPathBase => (HostRewrite.Edit, HostRewrite.Forms),
        _ => null,
    };

    private static HeaderFamily FamilyOf(string? fix) => fix switch
    {
        HeaderFixProperties.FixRemoteIpAddress => HeaderFamily.ClientIp,
        HeaderFixProperties.FixHost => HeaderFamily.Host,
        HeaderFixProperties.FixPathBase => HeaderFamily.Prefix,
        _ => HeaderFamily.Scheme,
    };

    private static async Task<Document?> CarryOutAsync(
        Document document, SyntaxNode root, RewriteContext context, CompilerFindings before, CancellationToken cancellationToken)
    {
        var usedInFile = DeadDeclarations.NamesUsed(root);
        var usedInMember = DeadDeclarations.NamesUsed(context.Member);
        var mark = new SyntaxAnnotation();
        var changed = root.ReplaceNodes(
            context.Edits.Keys.Concat([context.Member]),
            (original, current) => original == context.Member ? current.WithAdditionalAnnotations(mark) : context.Edits[original]);
        if (Folding.Run(changed, cancellationToken) is not { } folded)
        {
            return null;
        }

        folded = DeadDeclarations.RemoveLocals(folded, mark, usedInMember);
        if (Folding.Run(Folding.LookAgain(folded), cancellationToken) is not { } again)
        {
            return null;
        }

        folded = again;
        folded = Declarations.MergeWithFirstWrite(folded, mark, FallbackRewrite.Absent, context.Unassigned);
        if (folded.GetAnnotatedNodes(FallbackRewrite.Absent).Any())
        {
            return null;
        }

        folded = DeadDeclarations.RemoveConstants(folded, mark, usedInFile);
        return await Usings.RemoveUnusedAsync(document.WithSyntaxRoot(folded), before, cancellationToken).ConfigureAwait(false);
    }
}
