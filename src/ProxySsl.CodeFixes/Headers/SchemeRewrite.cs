using System;
using System.Collections.Generic;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using ProxySsl.Analyzers.Knowledge;
using ProxySsl.CodeFixes.Syntax;

namespace ProxySsl.CodeFixes.Headers;

/// <summary>
/// Rewrites what reads a scheme header to <c>request.IsHttps</c> where the value is compared or only looked for, and to
/// <c>request.Scheme</c> where it is used as a scheme. The scheme is always there, so checks that guard the read become true.
/// </summary>
internal sealed class SchemeRewrite : ValueRewrite
{
    /// <summary>The ways to write the scheme where null matters.</summary>
    internal const int Forms = 2;

    private static readonly HashSet<string> SecureTexts = new(StringComparer.OrdinalIgnoreCase) { "https", "on", "true", "1", "yes", "443", "wss" };
    private static readonly HashSet<string> PlainTexts = new(StringComparer.OrdinalIgnoreCase) { "http", "off", "false", "0", "no", "80", "ws" };

    private readonly int _form;

    private SchemeRewrite(RewriteContext context, RequestReceiver receiver, int form)
        : base(context, receiver) => _form = form;

    /// <summary>Gathers the edits in the context; false where the shape is not one that can be rewritten.</summary>
    internal static bool Edit(RewriteContext context, int form) =>
        RequestReceiver.Find(context.Reported, context.Model, context.Compilation.Symbols, context.CancellationToken) is { } receiver
        && new SchemeRewrite(context, receiver, form).Edit();

    /// <inheritdoc/>
    protected override bool ReplaceCondition(HeaderValue use) => use.Use == ValueUse.Checks
        ? Context.IsPresence ? ReplaceCheck(use.Node, use.IsNegated) : Decide(use.Node, use.IsNegated)
        : Meaning(use) is { } secure && ReplaceCheck(use.Node, secure == use.IsNegated);

    /// <inheritdoc/>
    protected override bool ReplaceConditionOnLocal(HeaderValue use, IdentifierNameSyntax reference, bool wasString) =>
        (use.Use == ValueUse.Compares && Meaning(use) is null) ? ReplaceByLocal(use, reference) : ReplaceCondition(use);

    /// <inheritdoc/>
    protected override bool ReplaceValue(HeaderValue use)
    {
        // `on` and JSON are no schemes
        if (Context.Header.Style is not HeaderValueStyle.Scheme || HasConfiguredDefault(use.Value.WholeChain() ?? use.Value))
        {
            return false;
        }

        Context.Written = "Scheme";
        var scheme = Receiver.Member("Scheme");
        if (use.Value.WholeChain() is { } whole)
        {
            var parsed = Context.Parse(scheme + (_form == 1 ? " ?? \"\"" : ""));
            var isOperand = whole.Parent is MemberAccessExpressionSyntax or ElementAccessExpressionSyntax || (_form == 1 && whole.Parent is BinaryExpressionSyntax);
            return Context.Replace(whole, Folding.Mark(isOperand ? parsed.AsOperand() : parsed));
        }

        // The chain goes on after the value, so what replaces it has to hang on the same `?.`.
        return Context.Parse(scheme).WithoutConditionalAccess() is { } link and not IdentifierNameSyntax && Context.Replace(use.Value, link);
    }

    private bool Edit()
    {
        var site = Context.Sites.Of(Context.Reported, Context.Header);
        if (!site.IsCheck || (!Context.IsPresence && site.Out is not null && Context.References(site.Out).Any(r => !r.Span.IntersectsWith(site.Node.Span))))
        {
            return ReplaceRead(site) && ReplaceChecksBeside(site);
        }

        return ReplaceCheck(site.Node, Context.IsNegated) && ReplaceChecksBeside(site) && ReplaceOut(site);
    }

    // TryGetValue(n, out var v) && v.Count > 0 is one check
    private bool ReplaceOut(HeaderSite site)
    {
        foreach (var reference in site.Out is null ? [] : Context.References(site.Out).Where(r => !r.Span.IntersectsWith(site.Node.Span)))
        {
            var use = HeaderValue.Of(reference, Context.Model, Context.CancellationToken);
            if (!(use.Use == ValueUse.Takes ? ReplaceValue(use) : use.Use != ValueUse.Other && ReplaceCondition(use)))
            {
                return false;
            }
        }

        return true;
    }

    // A chain of names is one decision: h.ContainsKey("X-Forwarded-Proto") || h.ContainsKey("X-Forwarded-Ssl")
    private bool ReplaceChecksBeside(HeaderSite site)
    {
        SyntaxNode chain = site.IsCheck ? site.Node : HeaderValue.Of(site.Node, Context.Model, Context.CancellationToken).Node;
        while (chain.Parent is BinaryExpressionSyntax { RawKind: (int)SyntaxKind.LogicalOrExpression or (int)SyntaxKind.LogicalAndExpression }
            or ParenthesizedExpressionSyntax or PrefixUnaryExpressionSyntax { RawKind: (int)SyntaxKind.LogicalNotExpression })
        {
            chain = chain.Parent;
        }

        foreach (var other in Context.Sites.In(chain, h => h.Family == HeaderFamily.Scheme))
        {
            if (other.Node == site.Node || other.Header.Name == site.Header.Name || !IsSameRequest(other.Node))
            {
                continue;
            }

            if (other.IsCheck && other.Out is null)
            {
                ReplaceCheck(other.Node, isNegated: false);
            }
            else if (!other.IsCheck && HeaderValue.Of(other.Node, Context.Model, Context.CancellationToken) is { Use: ValueUse.Compares } compared)
            {
                ReplaceCondition(compared);
            }
        }

        // A helper that is asked for one header after the other: HasValue("Front-End-Https", "on") || HasValue("X-Forwarded-Proto", "https")
        foreach (var call in site.Node is InvocationExpressionSyntax own ? chain.DescendantNodesAndSelf().OfType<InvocationExpressionSyntax>().Where(c => c != own && c.Expression.ReadsLike(own.Expression)) : [])
        {
            if (call.ArgumentList.Arguments.Any(a => Context.Sites.Header(a.Expression) is { Family: HeaderFamily.Scheme }))
            {
                ReplaceCheck(call, isNegated: false);
            }
        }

        return true;
    }

    private bool ReplaceCheck(ExpressionSyntax check, bool isNegated)
    {
        // The key of an enumerated header is no place to ask for the request: foreach (var h in headers) { if (h.Key == …) … }
        if (check.WholeChain() is not { } whole || check is BinaryExpressionSyntax { Left: MemberAccessExpressionSyntax { Name.Identifier.Text: "Key" } })
        {
            return false;
        }

        var isHttps = Context.Parse(Receiver.Member("IsHttps"));
        var isNullable = Context.Model.GetTypeInfo(whole, Context.CancellationToken).Type is INamedTypeSymbol { OriginalDefinition.SpecialType: SpecialType.System_Nullable_T };
        if (!Receiver.IsConditional || isNullable)
        {
            return Context.Replace(whole, Folding.Mark(isNegated ? SyntaxFactory.PrefixUnaryExpression(SyntaxKind.LogicalNotExpression, isHttps) : isHttps));
        }

        var compared = Context.Parse(Receiver.Member("IsHttps") + (isNegated ? " != true" : " == true"));
        var isOperand = whole.Parent is PrefixUnaryExpressionSyntax
            or BinaryExpressionSyntax { RawKind: not ((int)SyntaxKind.LogicalAndExpression or (int)SyntaxKind.LogicalOrExpression) };
        return Context.Replace(whole, Folding.Mark(isOperand ? compared.AsOperand() : compared));
    }

    // What a value says that is this text, or that holds it: `http` is a part of `https` too, unless something ends it.
    private static bool? Meaning(HeaderValue use)
    {
        var text = use.Text!;
        var isPart = use.Match == ValueMatch.Part;
        return SecureTexts.Contains(text) || text.IndexOf("https", StringComparison.OrdinalIgnoreCase) >= 0 ? true
            : isPart ? text.IndexOf("http\"", StringComparison.OrdinalIgnoreCase) >= 0 || text.IndexOf("http;", StringComparison.OrdinalIgnoreCase) >= 0 || text is "off" or "false" ? false : null
            : PlainTexts.Contains(text) || text.IndexOf("http", StringComparison.OrdinalIgnoreCase) >= 0 ? false
            : null;
    }
}
