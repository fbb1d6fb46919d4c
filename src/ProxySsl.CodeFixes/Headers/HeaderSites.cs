using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using ProxySsl.Analyzers;
using ProxySsl.Analyzers.Flow;
using ProxySsl.Analyzers.Knowledge;
using ProxySsl.CodeFixes.Syntax;

namespace ProxySsl.CodeFixes.Headers;

/// <summary>A place that looks at a header.</summary>
/// <param name="Node">The read or the check.</param>
/// <param name="Header">The header.</param>
/// <param name="IsCheck">Whether the node is a condition that is true where the header is there.</param>
/// <param name="Out">The local that receives the value, for <c>TryGetValue</c>.</param>
internal sealed record HeaderSite(ExpressionSyntax Node, ForwardedHeader Header, bool IsCheck, ILocalSymbol? Out);

/// <summary>Finds the places of a member that look at a header, whose fix must change them together.</summary>
internal sealed class HeaderSites(SemanticModel model, CompilationModel compilation, CancellationToken cancellationToken)
{
    /// <summary>All places below a node that look at a header that <paramref name="wanted"/> accepts, in the order of the text.</summary>
    internal IReadOnlyList<HeaderSite> In(SyntaxNode scope, Func<ForwardedHeader, bool> wanted)
    {
        var sites = new List<HeaderSite>();
        foreach (var argument in scope.DescendantNodes().OfType<ArgumentSyntax>())
        {
            if (Header(argument.Expression) is { } header && wanted(header) && Of(argument, header) is { } site)
            {
                sites.Add(site);
            }
        }

        return sites;
    }

    /// <summary>The place that a reported node is, whatever its form.</summary>
    internal HeaderSite Of(ExpressionSyntax reported, ForwardedHeader header)
    {
        foreach (var argument in reported.DescendantNodesAndSelf().OfType<ArgumentSyntax>())
        {
            if (Header(argument.Expression)?.Name == header.Name && Of(argument, header) is { } site && site.Node == reported)
            {
                return site;
            }
        }

        return new HeaderSite(reported, header, IsBoolean(model.GetTypeInfo(reported, cancellationToken).Type), OutLocal(reported));
    }

    /// <summary>The header that an expression names, or null.</summary>
    internal ForwardedHeader? Header(ExpressionSyntax expression) =>
        expression is LiteralExpressionSyntax or NameSyntax or MemberAccessExpressionSyntax or InterpolatedStringExpressionSyntax or BinaryExpressionSyntax
        && model.GetOperation(expression, cancellationToken) is { } operation
        && ConstantText.Read(operation, compilation, cancellationToken) is { } text
            ? ForwardedHeaderNames.Find(text)
            : null;

    private HeaderSite? Of(ArgumentSyntax argument, ForwardedHeader header)
    {
        switch (argument.Parent?.Parent)
        {
            case ElementAccessExpressionSyntax access when !IsWritten(access):
                return new HeaderSite(access, header, IsCheck: false, Out: null);
            case ElementBindingExpressionSyntax binding:
                return new HeaderSite(binding, header, IsCheck: false, Out: null);
            case InvocationExpressionSyntax { Expression: MemberAccessExpressionSyntax or MemberBindingExpressionSyntax } call:
                var name = call.Expression is MemberAccessExpressionSyntax access1 ? access1.Name.Identifier.Text : ((MemberBindingExpressionSyntax)call.Expression).Name.Identifier.Text;
                return name switch
                {
                    "TryGetValue" or "TryGetValues" => new HeaderSite(call, header, IsCheck: true, OutLocal(call)),
                    "ContainsKey" or "Contains" => new HeaderSite(call, header, IsCheck: true, Out: null),
                    "Get" or "GetValues" or "GetCommaSeparatedValues" => new HeaderSite(call, header, IsCheck: false, Out: null),
                    _ => null,
                };
            default:
                return null;
        }
    }

    private ILocalSymbol? OutLocal(ExpressionSyntax call)
    {
        var arguments = (call.WithoutConditionalAccess() as InvocationExpressionSyntax)?.ArgumentList.Arguments;
        var target = arguments?.FirstOrDefault(a => a.RefKindKeyword.IsKind(SyntaxKind.OutKeyword))?.Expression;
        return target switch
        {
            DeclarationExpressionSyntax { Designation: SingleVariableDesignationSyntax designation } => model.GetDeclaredSymbol(designation, cancellationToken) as ILocalSymbol,
            IdentifierNameSyntax name => model.GetSymbolInfo(name, cancellationToken).Symbol as ILocalSymbol,
            _ => null,
        };
    }

    private static bool IsBoolean(ITypeSymbol? type) =>
        (type is INamedTypeSymbol { OriginalDefinition.SpecialType: SpecialType.System_Nullable_T, TypeArguments: { Length: 1 } arguments } ? arguments[0] : type)
            ?.SpecialType == SpecialType.System_Boolean;

    private static bool IsWritten(ExpressionSyntax access) => access.Parent is AssignmentExpressionSyntax assignment && assignment.Left == access;
}
