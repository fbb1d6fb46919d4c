using System;
using System.Collections.Generic;
using System.Threading;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;
using ProxySsl.Analyzers.Flow;
using ProxySsl.Analyzers.Spelling;

namespace ProxySsl.Analyzers.Headers;

/// <summary>
/// Finds repairs of an address in a string, http to https, where the address was made of the request: a redirect URI of an authentication
/// event, a link of the URL helper, the request's own URL. Other addresses, from configuration or data, are left alone.
/// </summary>
internal static class PatchedStringReader
{
    private const int DeepestChain = 8;

    private static readonly string[] Names = ["RedirectUri", "RedirectUrl", "RedirectURI", "ReturnUrl", "ReturnUri", "PostLogoutRedirectUri", "IssuerAddress", "CallbackUrl", "CallbackUri"];

    /// <summary>The repairs of one file, with the name of what is repaired.</summary>
    internal static IEnumerable<(Location Location, string What)> Read(CompilationModel model, SyntaxTree tree, CancellationToken cancellationToken)
    {
        foreach (var hit in model.SpellingOf(tree, cancellationToken).Hits)
        {
            if ((hit.Group & WordGroups.SchemeText) == 0)
            {
                continue;
            }

            var token = tree.GetRoot(cancellationToken).FindToken(hit.Start);
            if (token.Value is string text && IsPlain(text) && token.Parent is LiteralExpressionSyntax { Parent: ArgumentSyntax { Parent.Parent: InvocationExpressionSyntax invocation } }
                && invocation.Expression is MemberAccessExpressionSyntax { Name.Identifier.ValueText: "Replace" } or MemberBindingExpressionSyntax { Name.Identifier.ValueText: "Replace" }
                && model.OperationAt(invocation, cancellationToken) is IInvocationOperation call && Patched(call, text) is { } patched
                && Origin(patched, DeepestChain) is { } what && !ProductionCode.Excludes(call))
            {
                yield return (invocation.GetLocation(), what);
            }
        }
    }

    private static bool IsPlain(string text) =>
        text.Equals("http://", StringComparison.OrdinalIgnoreCase) || text.Equals("http:", StringComparison.OrdinalIgnoreCase) || text.Equals("^http://", StringComparison.OrdinalIgnoreCase)
        || text.Equals("http", StringComparison.OrdinalIgnoreCase) || text.Equals("^http:", StringComparison.OrdinalIgnoreCase);

    // The string that is repaired: the receiver of string.Replace, the first argument of Regex.Replace.
    private static IOperation? Patched(IInvocationOperation call, string from)
    {
        var isAfter = false;
        var toHttps = false;
        foreach (var argument in call.Arguments)
        {
            if (argument.Value.ConstantValue is { HasValue: true, Value: string text })
            {
                toHttps |= isAfter && text.StartsWith("https", StringComparison.OrdinalIgnoreCase);
                isAfter |= text == from;
            }
        }

        return !toHttps ? null
            : call.Instance ?? (call.TargetMethod.ContainingType?.Name == "Regex" && call.Arguments.Length > 0 ? call.Arguments[0].Value : null);
    }

    private static string? Origin(IOperation patched, int depth)
    {
        foreach (var operation in patched.DescendantsAndSelf())
        {
            switch (HeaderCollections.Resolve(operation))
            {
                case IPropertyReferenceOperation { Property: var property } when Array.IndexOf(Names, property.Name) >= 0:
                    return property.Name;
                case IPropertyReferenceOperation { Property: { Name: "Scheme" or "Host", ContainingType.Name: "HttpRequest" } property }:
                    return "Request." + property.Name;
                case IPropertyReferenceOperation { Property: { Name: "Uri" or "BaseUri", ContainingType.Name: "NavigationManager" } property }:
                    return "NavigationManager." + property.Name;
                case IInvocationOperation { TargetMethod: { Name: "GetDisplayUrl" or "GetEncodedUrl" } method }:
                    return method.Name;
                case IInvocationOperation { TargetMethod: var method } when MakesLink(method):
                    return method.Name;
                case ILocalReferenceOperation local when depth > 0:
                    if ((ValueOf(local) is { } value ? Origin(value, depth - 1) : null) is { } origin)
                    {
                        return origin;
                    }

                    if (IsRedirectName(local.Local.Name))
                    {
                        return local.Local.Name;
                    }

                    break;
                case IParameterReferenceOperation { Parameter.Name: var name } when IsRedirectName(name):
                    return name;
            }
        }

        return null;
    }

    // url = url.Replace("http://", "https://"): what is written to it again is made of itself.
    private static IOperation? ValueOf(ILocalReferenceOperation local)
    {
        var index = OperationIndex.Of(local);
        foreach (var reference in index.References(local.Local))
        {
            if (reference.IsWritten() && !(reference.Parent is ISimpleAssignmentOperation { Value: var value } && value.Syntax.Span.Contains(local.Syntax.Span)))
            {
                return null;
            }
        }

        return index.InitialValue(local.Local) is { } initial && initial.Syntax.Span.End <= local.Syntax.SpanStart ? initial : null;
    }

    private static bool IsRedirectName(string name) =>
        name.IndexOf("redirect", StringComparison.OrdinalIgnoreCase) >= 0 || name.IndexOf("callback", StringComparison.OrdinalIgnoreCase) >= 0;

    private static bool MakesLink(IMethodSymbol method) =>
        method.ContainingType?.Name is "IUrlHelper" or "UrlHelperExtensions" or "LinkGenerator" or "LinkGeneratorEndpointNameAddressExtensions"
            or "ControllerLinkGeneratorExtensions" or "PageLinkGeneratorExtensions" or "LinkGeneratorRouteValuesAddressExtensions" or "UriHelper";
}
