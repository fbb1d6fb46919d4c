using System.Collections.Generic;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using ProxySsl.CodeFixes.Syntax;

namespace ProxySsl.CodeFixes.Headers;

/// <summary>
/// Rewrites what reads a client address header to <c>connection.RemoteIpAddress</c>, in the type that the place needs: a text, an address,
/// or the condition that there is one.
/// </summary>
internal sealed class AddressRewrite : ValueRewrite
{
    /// <summary>The author's own fallback first, then the ways to write the address where null matters.</summary>
    internal const int Forms = 3;

    private readonly int _form;

    private AddressRewrite(RewriteContext context, RequestReceiver receiver, int form)
        : base(context, receiver) => _form = form;

    /// <summary>Gathers the edits in the context; false where the shape is not one that can be rewritten.</summary>
    internal static bool Edit(RewriteContext context, int form)
    {
        var site = context.Sites.Of(context.Reported, context.Header);
        return form == 0
            ? FallbackRewrite.Edit(context, site, "RemoteIpAddress")
            : RequestReceiver.Find(context.Reported, context.Model, context.Compilation.Symbols, context.CancellationToken) is { } receiver
                && new AddressRewrite(context, receiver, form).ReplaceRead(site);
    }

    /// <inheritdoc/>
    protected override bool ReplaceCondition(HeaderValue use) => use.Use == ValueUse.Checks
        ? ReplacePresence(use.Node, use.IsNegated)
        : use.Match != ValueMatch.Element && ReplaceText(use.Value);

    /// <inheritdoc/>
    protected override bool ReplaceConditionOnLocal(HeaderValue use, IdentifierNameSyntax reference, bool wasString) =>
        use.Use == ValueUse.Checks && !wasString
            ? ReplacePresence(use.Node, use.IsNegated)
            : ReplaceByLocal(use, reference);

    /// <inheritdoc/>
    protected override bool IsParsed(HeaderValue use) => ParseCall(use) is not null;

    /// <inheritdoc/>
    protected override bool ReplaceValue(HeaderValue use)
    {
        if (ParseCall(use) is not { } call)
        {
            return ReplaceText(use.Value);
        }

        var address = Receiver.RemoteIpAddress();
        if (call.ArgumentList.Arguments.Count == 1)
        {
            return Context.Replace(call, Folding.Mark(Context.Parse(address + (_form == 2 ? "!" : ""))));
        }

        var target = call.ArgumentList.Arguments[1].Expression;
        var isNegated = call.Parent is PrefixUnaryExpressionSyntax { RawKind: (int)SyntaxKind.LogicalNotExpression };
        var version = ((CSharpParseOptions)Context.Reported.SyntaxTree.Options).LanguageVersion;
        switch (target)
        {
            case DeclarationExpressionSyntax { Designation: SingleVariableDesignationSyntax variable } when version >= LanguageVersion.CSharp9 || !isNegated:
                var pattern = isNegated ? " is not { } " : " is { } ";
                var whole = isNegated ? (ExpressionSyntax)call.Parent! : call;
                return Context.Replace(whole, AsOperandOf(whole.Parent, Context.Parse(address + pattern + variable.Identifier.Text)));
            case DeclarationExpressionSyntax { Designation: DiscardDesignationSyntax }:
            case IdentifierNameSyntax { Identifier.Text: "_" }:
                return Context.Replace(call, AsOperandOf(call.Parent, Context.Parse(address + " != null")));
            case IdentifierNameSyntax variable:
                return Context.Replace(call, AsOperandOf(call.Parent, Context.Parse("(" + variable.Identifier.Text + " = " + address + ") != null")));
            default:
                return false;
        }
    }

    private static ExpressionSyntax AsOperandOf(SyntaxNode? parent, ExpressionSyntax condition) =>
        parent is PrefixUnaryExpressionSyntax or BinaryExpressionSyntax { RawKind: (int)SyntaxKind.EqualsExpression or (int)SyntaxKind.NotEqualsExpression }
            ? condition.AsOperand()
            : condition;

    private bool ReplaceText(ExpressionSyntax value)
    {
        if (value.WholeChain() is not { } whole || HasConfiguredDefault(whole))
        {
            return false;
        }

        // A hole of an interpolated string makes a text of it anyway.
        var text = Context.Parse(Receiver.RemoteIpAddress() + (whole.Parent is InterpolationSyntax ? "" : "?.ToString()" + (_form == 2 ? " ?? \"\"" : "")));
        var isOperand = whole.Parent is MemberAccessExpressionSyntax or ElementAccessExpressionSyntax || (_form == 2 && whole.Parent is BinaryExpressionSyntax);
        return Context.Replace(whole, Folding.Mark(isOperand ? text.AsOperand() : text));
    }

    // IPAddress.Parse(value) and IPAddress.TryParse(value, out …)
    private InvocationExpressionSyntax? ParseCall(HeaderValue use) =>
        use.Use == ValueUse.Takes
        && use.Value.Parent is ArgumentSyntax { Parent: ArgumentListSyntax { Parent: InvocationExpressionSyntax call } list } argument
        && list.Arguments[0] == argument
        && Context.Model.GetSymbolInfo(call, Context.CancellationToken).Symbol is IMethodSymbol { Name: "Parse" or "TryParse" } method
        && SymbolEqualityComparer.Default.Equals(method.ContainingType, Context.Compilation.Symbols.IPAddress)
            ? call
            : null;
}
