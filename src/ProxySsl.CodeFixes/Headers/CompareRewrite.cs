using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using ProxySsl.Analyzers.Knowledge;
using ProxySsl.CodeFixes.Syntax;

namespace ProxySsl.CodeFixes.Headers;

/// <summary>
/// Rewrites a presence check on a request that has no forwarded-headers middleware to a comparison with what the header says for TLS, in the
/// API of that request: a collection that yields a text (System.Web, OWIN), or one that yields several (Nancy, Web API 2).
/// </summary>
internal static class CompareRewrite
{
    /// <summary>The header's value as one text, as texts, and as texts that are asked for by name.</summary>
    internal const int Forms = 3;

    /// <summary>Gathers the edits in the context; false where the headers cannot be read at that place.</summary>
    internal static bool Edit(RewriteContext context, int form)
    {
        var (headers, name) = Read(context.Reported, context);
        if (headers is null)
        {
            return false;
        }

        var expected = context.Header.Style == HeaderValueStyle.Switch ? "\"on\"" : "\"https\"";
        var position = context.Reported.SpanStart;
        var comparison = NameOf("System.StringComparison", context, position) + ".OrdinalIgnoreCase";
        var comparer = NameOf("System.StringComparer", context, position) + ".OrdinalIgnoreCase";
        var text = form switch
        {
            0 => "string.Equals(" + headers + "[" + name + "], " + expected + ", " + comparison + ")",
            1 => headers + "[" + name + "].Contains(" + expected + ", " + comparer + ")",
            _ => headers + ".TryGetValues(" + name + ", out var values) && values.Contains(" + expected + ", " + comparer + ")",
        };
        var parsed = context.Parse((context.IsNegated ? "!" : "") + (form == 2 && (context.IsNegated || context.Reported.Parent is ExpressionSyntax) ? "(" + text + ")" : text));
        return context.Reported.WholeChain() is { } whole && !text.Contains("?.") && context.Replace(whole, Folding.Mark(parsed));
    }

    // The collection that is looked into, and the name, as they are written.
    private static (string? Headers, string? Name) Read(ExpressionSyntax check, RewriteContext context)
    {
        foreach (var node in check.DescendantNodesAndSelf())
        {
            switch (node)
            {
                case ElementAccessExpressionSyntax access when Names(access.ArgumentList.Arguments, context) is { } name:
                    return (access.Expression.ToString(), name);
                case InvocationExpressionSyntax { Expression: MemberAccessExpressionSyntax access } call when Names(call.ArgumentList.Arguments, context) is { } name:
                    var collection = access.Expression;
                    while (collection is MemberAccessExpressionSyntax { Name.Identifier.Text: "Keys" or "AllKeys" } keys)
                    {
                        collection = keys.Expression;
                    }

                    return (collection.ToString(), name);
                case IdentifierNameSyntax identifier when context.Model.GetSymbolInfo(identifier, context.CancellationToken).Symbol is ILocalSymbol local
                    && local.DeclaringSyntaxReferences.FirstOrDefault()?.GetSyntax(context.CancellationToken) is VariableDeclaratorSyntax { Initializer.Value: var value }
                    && value.SyntaxTree == check.SyntaxTree && !value.Span.Contains(check.Span):
                    if (Read(value, context) is { Headers: not null } followed)
                    {
                        return followed;
                    }

                    break;
                default:
                    break;
            }
        }

        return (null, null);
    }

    private static string? Names(SeparatedSyntaxList<ArgumentSyntax> arguments, RewriteContext context) =>
        arguments.Count > 0 && context.Sites.Header(arguments[0].Expression) is { } header && header.Name == context.Header.Name ? arguments[0].Expression.ToString() : null;

    private static string NameOf(string type, RewriteContext context, int position) =>
        context.Model.Compilation.References.Select(r => (context.Model.Compilation.GetAssemblyOrModuleSymbol(r) as IAssemblySymbol)?.GetTypeByMetadataName(type))
            .FirstOrDefault(t => t is not null) is { } symbol
            ? Usings.NameOf(symbol, context.Model, position)
            : type;
}
