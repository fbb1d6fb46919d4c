using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using ProxySsl.Analyzers.Knowledge;
using ProxySsl.CodeFixes.Syntax;

namespace ProxySsl.CodeFixes.Headers;

/// <summary>
/// Rewrites what reads a forwarded host, prefix or port to <c>request.Host</c> or <c>request.PathBase</c>, in the type and the part that the
/// place needs.
/// </summary>
internal sealed class HostRewrite : ValueRewrite
{
    /// <summary>The author's own fallback first, then the ways to write the value where null matters.</summary>
    internal const int Forms = 3;

    private readonly int _form;

    private HostRewrite(RewriteContext context, RequestReceiver receiver, int form)
        : base(context, receiver) => _form = form;

    /// <summary>Gathers the edits in the context; false where the shape is not one that can be rewritten.</summary>
    internal static bool Edit(RewriteContext context, int form)
    {
        var site = context.Sites.Of(context.Reported, context.Header);
        return form == 0
            ? FallbackRewrite.Edit(context, site, context.Header.Family == HeaderFamily.Prefix ? "PathBase" : "Host")
            : RequestReceiver.Find(context.Reported, context.Model, context.Compilation.Symbols, context.CancellationToken) is { } receiver
                && new HostRewrite(context, receiver, form).ReplaceRead(site);
    }

    /// <inheritdoc/>
    protected override bool ReplaceCondition(HeaderValue use) => use.Use == ValueUse.Checks
        ? ReplacePresence(use.Node, use.IsNegated)
        : use.Match != ValueMatch.Element && ReplaceText(use.Value);

    /// <inheritdoc/>
    protected override bool ReplaceConditionOnLocal(HeaderValue use, IdentifierNameSyntax reference, bool wasString) =>
        use.Use != ValueUse.Checks ? ReplaceByLocal(use, reference)
        : ChoosesBetweenTwo(use.Node) ? false
        : Context.Header.Family == HeaderFamily.Prefix ? Context.Replace(use.Node, Context.Parse((use.IsNegated ? "" : "!") + "string.IsNullOrEmpty(" + reference.Identifier.Text + ")"))
        : wasString ? MayDecide(use) : ReplacePresence(use.Node, use.IsNegated);

    // There is a host in every request, but only some have a path base.
    /// <inheritdoc/>
    protected override bool ReplacePresence(ExpressionSyntax check, bool isNegated) =>
        Context.Header.Family == HeaderFamily.Prefix
            ? check.WholeChain() is { } whole && !Receiver.IsConditional
                && Context.Replace(whole, Folding.Mark(Context.Parse((isNegated ? "!" : "") + Receiver.Member("PathBase.HasValue"))))
            : base.ReplacePresence(check, isNegated);

    // if (forwarded host) … else …: what the other branch does when there is a proxy nobody but the author knows.
    private static bool ChoosesBetweenTwo(ExpressionSyntax check) =>
        check.Ancestors().TakeWhile(a => a is not StatementSyntax || a is IfStatementSyntax).Any(a => a is IfStatementSyntax { Else: not null } or ConditionalExpressionSyntax);

    /// <inheritdoc/>
    protected override bool ReplaceValue(HeaderValue use)
    {
        switch (use.Value.Parent)
        {
            case ArgumentSyntax { Parent: ArgumentListSyntax { Arguments.Count: 1, Parent: BaseObjectCreationExpressionSyntax creation } }
                when Context.Model.GetTypeInfo(creation, Context.CancellationToken).Type?.Name is var type
                    && ((type == "HostString" && Context.Header.Family == HeaderFamily.Host) || (type == "PathString" && Context.Header.Family == HeaderFamily.Prefix)):
                return Context.Replace(creation, Folding.Mark(Context.Parse(Receiver.Member(type == "HostString" ? "Host" : "PathBase"))));
            case ArgumentSyntax { Parent: ArgumentListSyntax { Parent: InvocationExpressionSyntax { Expression: MemberAccessExpressionSyntax { Name.Identifier.Text: "TryParse" } } call } list }
                when Context.Header.Family == HeaderFamily.Port && list.Arguments.Count == 2
                    && list.Arguments[1].Expression is DeclarationExpressionSyntax { Designation: SingleVariableDesignationSyntax port }:
                return Context.Replace(call, Context.Parse(Receiver.Member("Host") + ".Port is { } " + port.Identifier.Text));
            default:
                return ReplaceText(use.Value);
        }
    }

    private bool ReplaceText(ExpressionSyntax value)
    {
        if (value.WholeChain() is not { } whole || !Fits(whole) || HasConfiguredDefault(whole))
        {
            return false;
        }

        var isPath = Context.Model.GetTypeInfo(whole, Context.CancellationToken).ConvertedType?.Name == "PathString";
        var text = Receiver.Member(Context.Header.Family switch
        {
            HeaderFamily.Prefix => isPath ? "PathBase" : "PathBase.Value",
            HeaderFamily.Port => "Host.Port?.ToString()",
            _ => TakesNameAlone(value) || NeedsNameAlone(whole) ? "Host.Host" : "Host.Value",
        });
        var parsed = Context.Parse(text + (_form == 2 && !isPath ? " ?? \"\"" : ""));
        var isOperand = whole.Parent is MemberAccessExpressionSyntax or ElementAccessExpressionSyntax
            || (_form == 2 && whole.Parent is BinaryExpressionSyntax);
        return Context.Replace(whole, Folding.Mark(isOperand ? parsed.AsOperand() : parsed));
    }

    // A path base brings its own slash, and is no part of a text that holds it already. A port that is not there is no number and no end of a text.
    private bool Fits(ExpressionSyntax whole) => Context.Header.Family switch
    {
        HeaderFamily.Prefix => !EndsWithSlash(Before(whole)) && !Joined(whole).DescendantNodes().OfType<SimpleNameSyntax>().Any(n => n.Identifier.Text == "PathBase"),
        HeaderFamily.Port => whole.Parent is not (InterpolationSyntax or ArgumentSyntax or BinaryExpressionSyntax { RawKind: (int)SyntaxKind.AddExpression }),
        _ => true,
    };

    // The text that a value is joined to: all of an interpolated string, or of a chain of +.
    private static SyntaxNode Joined(ExpressionSyntax whole)
    {
        var joined = whole.Parent is InterpolationSyntax { Parent: { } text } ? text : whole;
        while (joined.Parent is ParenthesizedExpressionSyntax or BinaryExpressionSyntax { RawKind: (int)SyntaxKind.AddExpression })
        {
            joined = joined.Parent;
        }

        return joined;
    }

    // What stands right before a value in such a text.
    private static SyntaxNode? Before(ExpressionSyntax whole) => Beside(whole, -1) ?? (whole.WithParentheses().Parent switch
    {
        BinaryExpressionSyntax { RawKind: (int)SyntaxKind.AddExpression } add when add.Right.Span.Contains(whole.Span) =>
            add.Left is BinaryExpressionSyntax { RawKind: (int)SyntaxKind.AddExpression } left ? left.Right : add.Left,
        _ => null,
    });

    private static SyntaxNode? Beside(ExpressionSyntax whole, int distance) =>
        whole.Parent is InterpolationSyntax { Parent: InterpolatedStringExpressionSyntax text } hole
            ? text.Contents.ElementAtOrDefault(text.Contents.IndexOf(hole) + distance)
            : null;

    private static bool EndsWithSlash(SyntaxNode? text) => text switch
    {
        InterpolatedStringTextSyntax part => part.TextToken.ValueText.EndsWith("/", System.StringComparison.Ordinal),
        LiteralExpressionSyntax literal => literal.Token.ValueText.EndsWith("/", System.StringComparison.Ordinal),
        InterpolatedStringExpressionSyntax { Contents: { Count: > 0 } contents } => EndsWithSlash(contents[contents.Count - 1]),
        _ => false,
    };

    // Where the port is another value: new UriBuilder(scheme, host), builder.Host = host, new HostString(host, port), $"{host}:{port}"
    private bool NeedsNameAlone(ExpressionSyntax whole)
    {
        switch (whole.Parent)
        {
            case ArgumentSyntax { Parent: ArgumentListSyntax { Parent: BaseObjectCreationExpressionSyntax creation } list } argument:
                var type = Context.Model.GetTypeInfo(creation, Context.CancellationToken).Type?.Name;
                return (type == "UriBuilder" && list.Arguments.IndexOf(argument) == 1) || (type == "HostString" && list.Arguments.Count == 2);
            case AssignmentExpressionSyntax assignment when assignment.Right == whole:
                return Context.Model.GetSymbolInfo(assignment.Left, Context.CancellationToken).Symbol is IPropertySymbol { Name: "Host", ContainingType.Name: "UriBuilder" };
            default:
                return Beside(whole, 1) is InterpolatedStringTextSyntax after && after.TextToken.ValueText.StartsWith(":", System.StringComparison.Ordinal);
        }
    }

    // host.Split(':')[0]
    private static bool TakesNameAlone(ExpressionSyntax value) => value.DescendantNodesAndSelf().OfType<InvocationExpressionSyntax>()
        .Any(c => c.Expression is MemberAccessExpressionSyntax { Name.Identifier.Text: "Split" } && c.ArgumentList.Arguments.Any(a => a.Expression.ToString() is "':'" or "\":\""));
}
