using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using ProxySsl.Analyzers;

namespace ProxySsl.CodeFixes.Headers;

/// <summary>
/// How the request that a header was read from can be written at that place, as text that ends before the next dot:
/// <c>context.Request</c>, <c>Request</c>, <c>accessor.HttpContext?.Request</c>.
/// </summary>
/// <param name="Request">The request's text.</param>
/// <param name="Context">The text of the context that holds it, or null where only the request is known.</param>
/// <param name="Access"><c>.</c>, or <c>?.</c> where the request itself may be null.</param>
internal sealed record RequestReceiver(string Request, string? Context, string Access)
{
    private const int LongestAliasChain = 4;

    private static readonly Lazy<bool> Stable = new(static () => true);

    /// <summary>Whether it is the same request wherever it is written in the member: nothing it names is written or moves on.</summary>
    // Asked for once found: it looks through the member, which a comparison of two receivers does not need.
    internal bool IsStable => Stability.Value;

    private Lazy<bool> Stability { get; init; } = Stable;

    /// <summary>Whether a member read through the receiver may be null because something before it is.</summary>
    internal bool IsConditional => Access == "?." || Request.Contains("?.");

    /// <summary>The text of a member of the request: <c>context.Request.IsHttps</c>.</summary>
    internal string Member(string name) => Request + Access + name;

    /// <summary>The text of the connection's remote address.</summary>
    internal string RemoteIpAddress() =>
        Context is not null ? Context + ".Connection.RemoteIpAddress" : Member("HttpContext.Connection.RemoteIpAddress");

    /// <summary>The receiver of a header read or check, or null where none is in reach.</summary>
    internal static RequestReceiver? Find(ExpressionSyntax read, SemanticModel model, AspNetCoreSymbols symbols, CancellationToken cancellationToken) =>
        InExpression(read, model, symbols, LongestAliasChain, cancellationToken, out var headers)
            ?? (headers is not null && Initializer(headers, model, cancellationToken) is not null ? null : InScope(read, model, symbols));

    private static RequestReceiver? InExpression(
        ExpressionSyntax read, SemanticModel model, AspNetCoreSymbols symbols, int depth, CancellationToken cancellationToken, out ExpressionSyntax? headers)
    {
        headers = null;
        ExpressionSyntax? context = null;
        ExpressionSyntax? accessor = null;
        foreach (var part in Path(read))
        {
            var type = model.GetTypeInfo(part, cancellationToken).Type;
            if (part is NameSyntax && model.GetSymbolInfo(part, cancellationToken).Symbol is INamespaceOrTypeSymbol)
            {
                continue;
            }

            if (Is(type, symbols.HttpRequest))
            {
                return OfRequest(part, model, symbols, cancellationToken) with { Stability = new(() => StaysTheSame(part, model, cancellationToken)) };
            }

            headers ??= Is(type, symbols.HeaderDictionary) ? part : null;
            context ??= Is(type, symbols.HttpContext) ? part : null;
            accessor ??= type?.Name == "IHttpContextAccessor" ? part : null;
        }

        if (context is not null)
        {
            var text = Text(context);
            var access = AccessAfter(context);
            return new RequestReceiver(text + access + "Request", access == "." ? text : null, ".") { Stability = new(() => StaysTheSame(context, model, cancellationToken)) };
        }

        if (accessor is not null)
        {
            return new RequestReceiver(Text(accessor) + ".HttpContext?.Request", Text(accessor) + ".HttpContext?", ".");
        }

        // What an alias was made of is written again beside the read, so it has to be the same still.
        return headers is not null && depth > 0 && Initializer(headers, model, cancellationToken) is { } initializer && StaysTheSame(headers, model, cancellationToken)
            && InExpression(initializer, model, symbols, depth - 1, cancellationToken, out _) is { IsStable: true } found
            ? found
            : null;
    }

    private static bool StaysTheSame(ExpressionSyntax receiver, SemanticModel model, CancellationToken cancellationToken)
    {
        SyntaxNode start = receiver;
        foreach (var access in receiver.Ancestors().TakeWhile(a => a is ExpressionSyntax).OfType<ConditionalAccessExpressionSyntax>())
        {
            start = access.WhenNotNull.Span.Contains(receiver.SpanStart) && HangsOn(receiver, access) ? access.Expression : start;
        }

        return PartsOf(start, receiver).All(n => n switch
        {
            InvocationExpressionSyntax call => call.Expression is MemberAccessExpressionSyntax { Name.Identifier.Text: "GetHttpContext" } or MemberBindingExpressionSyntax { Name.Identifier.Text: "GetHttpContext" },
            AwaitExpressionSyntax or ObjectCreationExpressionSyntax or AssignmentExpressionSyntax or ElementAccessExpressionSyntax => false,
            IdentifierNameSyntax name => model.GetSymbolInfo(name, cancellationToken).Symbol is not (ILocalSymbol or IParameterSymbol) || !IsWrittenAfter(name),
            _ => true,
        });
    }

    private static IEnumerable<SyntaxNode> PartsOf(SyntaxNode start, SyntaxNode receiver) =>
        start == receiver ? receiver.DescendantNodesAndSelf() : start.DescendantNodesAndSelf().Concat(receiver.DescendantNodesAndSelf());

    private static bool IsWrittenAfter(IdentifierNameSyntax variable) =>
        (variable.Ancestors().FirstOrDefault(a => a is MemberDeclarationSyntax and not GlobalStatementSyntax) ?? variable.SyntaxTree.GetRoot()).DescendantNodes().OfType<IdentifierNameSyntax>()
            .Any(n => n.SpanStart > variable.SpanStart && n.Identifier.ValueText == variable.Identifier.ValueText && ValueRewrite.IsWritten(n));

    // The read's own parts and, where it hangs on `?.`, what stands before that. The request comes before what is read from it.
    private static IEnumerable<ExpressionSyntax> Path(ExpressionSyntax read)
    {
        foreach (var part in read.DescendantNodesAndSelf(n => n is not AnonymousFunctionExpressionSyntax).OfType<ExpressionSyntax>())
        {
            yield return part;
        }

        foreach (var access in read.Ancestors().TakeWhile(a => a is ExpressionSyntax).OfType<ConditionalAccessExpressionSyntax>())
        {
            if (access.WhenNotNull.Span.Contains(read.SpanStart))
            {
                foreach (var part in access.Expression.DescendantNodesAndSelf().OfType<ExpressionSyntax>())
                {
                    yield return part;
                }
            }
        }
    }

    private static RequestReceiver OfRequest(ExpressionSyntax request, SemanticModel model, AspNetCoreSymbols symbols, CancellationToken cancellationToken)
    {
        var text = Text(request);
        var access = AccessAfter(request);
        switch (request)
        {
            case MemberAccessExpressionSyntax { Name.Identifier.Text: "Request", Expression: var holder }
                when Is(model.GetTypeInfo(holder, cancellationToken).Type, symbols.HttpContext):
                return new RequestReceiver(text, Text(holder), access);
            case MemberBindingExpressionSyntax when text.EndsWith("?.Request", StringComparison.Ordinal)
                && request.FirstAncestorOrSelf<ConditionalAccessExpressionSyntax>() is { } conditional
                && Is(model.GetTypeInfo(conditional.Expression, cancellationToken).Type, symbols.HttpContext):
                return new RequestReceiver(text, text.Substring(0, text.Length - ".Request".Length), access);
            case IdentifierNameSyntax { Identifier.Text: "Request" } own
                when model.GetSymbolInfo(own, cancellationToken).Symbol is IPropertySymbol
                && model.LookupSymbols(own.SpanStart, name: "HttpContext").OfType<IPropertySymbol>().Any(p => Is(p.Type, symbols.HttpContext)):
                return new RequestReceiver(text, "HttpContext", access);
            default:
                return new RequestReceiver(text, null, access);
        }
    }

    // From the beginning of the `?.` chain that the part hangs on, to the part's end.
    private static string Text(ExpressionSyntax part)
    {
        SyntaxNode start = part;
        foreach (var ancestor in part.Ancestors().TakeWhile(a => a is ExpressionSyntax))
        {
            if (ancestor is ConditionalAccessExpressionSyntax access && access.WhenNotNull.Span.Contains(part.SpanStart) && HangsOn(part, access))
            {
                start = access;
            }
        }

        var text = part.SyntaxTree.GetText().ToString(Microsoft.CodeAnalysis.Text.TextSpan.FromBounds(start.SpanStart, part.Span.End));
        return part is PostfixUnaryExpressionSyntax or IdentifierNameSyntax or MemberAccessExpressionSyntax or MemberBindingExpressionSyntax
            or InvocationExpressionSyntax or ParenthesizedExpressionSyntax or ThisExpressionSyntax or ElementAccessExpressionSyntax ? text : "(" + text + ")";
    }

    // Whether a part is in the chain of members of an access, and not in an argument of it.
    private static bool HangsOn(ExpressionSyntax part, ConditionalAccessExpressionSyntax access)
    {
        for (SyntaxNode? node = part; node is not null && node != access; node = node.Parent)
        {
            if (node is ArgumentSyntax)
            {
                return false;
            }
        }

        return true;
    }

    private static string AccessAfter(ExpressionSyntax part)
    {
        var next = part.GetLastToken().GetNextToken();
        return next.IsKind(SyntaxKind.QuestionToken) && next.Parent is ConditionalAccessExpressionSyntax ? "?." : ".";
    }

    private static ExpressionSyntax? Initializer(ExpressionSyntax alias, SemanticModel model, CancellationToken cancellationToken) =>
        model.GetSymbolInfo(alias, cancellationToken).Symbol is ILocalSymbol local
        && local.DeclaringSyntaxReferences.FirstOrDefault()?.GetSyntax(cancellationToken) is VariableDeclaratorSyntax { Initializer.Value: var value }
        && value.SyntaxTree == alias.SyntaxTree
            ? value
            : null;

    // A helper of the same compilation took the name: what it reads from has to be found beside the call.
    private static RequestReceiver? InScope(ExpressionSyntax read, SemanticModel model, AspNetCoreSymbols symbols)
    {
        RequestReceiver? found = null;
        var best = int.MaxValue;
        foreach (var symbol in model.LookupSymbols(read.SpanStart))
        {
            var type = symbol switch
            {
                IParameterSymbol parameter => parameter.Type,
                ILocalSymbol local when local.Locations[0].SourceSpan.End < read.SpanStart => local.Type,
                IPropertySymbol { IsIndexer: false } property => property.Type,
                IFieldSymbol field => field.Type,
                _ => null,
            };
            var rank = (symbol is IParameterSymbol or ILocalSymbol ? 0 : 10)
                + (Is(type, symbols.HttpRequest) ? 0 : Is(type, symbols.HttpContext) ? 1 : type?.Name == "IHttpContextAccessor" ? 2 : 100);
            if (rank >= best || rank >= 100)
            {
                continue;
            }

            best = rank;
            var access = type is { NullableAnnotation: NullableAnnotation.Annotated } ? "?." : ".";
            found = (rank % 10) switch
            {
                0 => new RequestReceiver(symbol.Name, null, access),
                1 => new RequestReceiver(symbol.Name + access + "Request", access == "." ? symbol.Name : symbol.Name + "?", "."),
                _ => new RequestReceiver(symbol.Name + ".HttpContext?.Request", symbol.Name + ".HttpContext?", "."),
            };
        }

        return found;
    }

    private static bool Is(ITypeSymbol? type, INamedTypeSymbol? wanted)
    {
        if (wanted is null)
        {
            return false;
        }

        for (var current = type; current is not null; current = current.BaseType)
        {
            if (SymbolEqualityComparer.Default.Equals(current, wanted))
            {
                return true;
            }
        }

        return wanted.TypeKind == TypeKind.Interface && type is not null && type.AllInterfaces.Any(i => SymbolEqualityComparer.Default.Equals(i, wanted));
    }
}
