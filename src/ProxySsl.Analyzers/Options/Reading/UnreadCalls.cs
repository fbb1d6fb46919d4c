using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace ProxySsl.Analyzers.Options;

/// <summary>
/// Finds calls that do not compile, because they are half typed or the library that they are in is missing, and that configure the options
/// by all that can be seen of them: they name the options as a type argument, or are about forwarding or a proxy by name and get a builder
/// or the services. Other calls that do not compile say nothing about the options.
/// </summary>
internal static class UnreadCalls
{
    private static readonly string[] Words = ["Forward", "Proxy", "Proxies"];

    // YARP's calls make the app a proxy itself, and do not touch the options.
    private static readonly HashSet<string> OwnProxy = new(StringComparer.Ordinal)
    {
        "AddReverseProxy", "MapReverseProxy", "AddHttpForwarder", "AddHttpForwarderWithServiceDiscovery", "MapForwarder",
    };

    /// <summary>Whether a file holds one.</summary>
    internal static bool AreIn(SyntaxNode root, SemanticModel semanticModel, CancellationToken cancellationToken) =>
        root.DescendantNodes().OfType<InvocationExpressionSyntax>().Any(c => IsUnread(c, semanticModel, cancellationToken));

    /// <summary>Whether a file holds one of any name that gets the services, so that nobody knows what it configures. Asks of every call: for files that are to be reported.</summary>
    internal static bool MayConfigure(SyntaxNode root, SemanticModel semanticModel, CancellationToken cancellationToken) =>
        root.DescendantNodes().OfType<InvocationExpressionSyntax>().Any(c =>
            semanticModel.GetSymbolInfo(c, cancellationToken) is { Symbol: null, CandidateSymbols.IsEmpty: true }
            && !c.Expression.DescendantNodesAndSelf().OfType<MemberAccessExpressionSyntax>().Any(m => OwnProxy.Contains(m.Name.Identifier.ValueText))
            && (c.Expression is MemberAccessExpressionSyntax { Expression: var receiver } ? c.ArgumentList.Arguments.Select(a => a.Expression).Prepend(receiver) : c.ArgumentList.Arguments.Select(a => a.Expression))
                .Any(e => TypeOf(e, semanticModel, cancellationToken) is { } type && HoldsServices(type)));

    private static bool IsUnread(InvocationExpressionSyntax call, SemanticModel semanticModel, CancellationToken cancellationToken)
    {
        var (receiver, name) = call.Expression switch
        {
            MemberAccessExpressionSyntax access => (access.Expression, access.Name),
            SimpleNameSyntax simple => (null, simple),
            _ => ((ExpressionSyntax?)null, (SimpleNameSyntax?)null),
        };
        if (name is null)
        {
            return false;
        }

        if (NamesOptions(name))
        {
            return semanticModel.GetSymbolInfo(call, cancellationToken).Symbol is null;
        }

        // A method that is there and gets something wrong is read where it is declared.
        var isOfBuilder = IsAboutForwarding(name.Identifier.ValueText) && receiver is not null && IsBuilder(receiver, semanticModel, cancellationToken);
        return (isOfBuilder || GetsBuilder(call, receiver, name, semanticModel, cancellationToken))
            && semanticModel.GetSymbolInfo(call, cancellationToken) is { Symbol: null, CandidateSymbols.IsEmpty: true };
    }

    private static bool NamesOptions(SimpleNameSyntax name) =>
        name is GenericNameSyntax { TypeArgumentList.Arguments: { Count: 1 } types }
        && (types[0] is QualifiedNameSyntax qualified ? qualified.Right : types[0]) is IdentifierNameSyntax { Identifier.ValueText: "ForwardedHeadersOptions" };

    private static bool IsAboutForwarding(string name) => !OwnProxy.Contains(name) && Words.Any(w => name.IndexOf(w, StringComparison.OrdinalIgnoreCase) >= 0);

    // ConfigureForwarding(builder), ProxySetup.Configure(builder.Services)
    private static bool GetsBuilder(
        InvocationExpressionSyntax call, ExpressionSyntax? receiver, SimpleNameSyntax name, SemanticModel semanticModel, CancellationToken cancellationToken)
    {
        var declaring = receiver switch
        {
            MemberAccessExpressionSyntax access => access.Name,
            SimpleNameSyntax simple => simple,
            _ => null,
        };
        return (IsAboutForwarding(name.Identifier.ValueText) || (declaring is not null && IsAboutForwarding(declaring.Identifier.ValueText)))
            && call.ArgumentList.Arguments.Any(a => IsBuilder(a.Expression, semanticModel, cancellationToken));
    }

    private static bool IsBuilder(ExpressionSyntax expression, SemanticModel semanticModel, CancellationToken cancellationToken) =>
        TypeOf(expression, semanticModel, cancellationToken) is { } type && IsBuilder(type);

    // The value at the head of a chain counts where a call between does not compile either.
    private static ITypeSymbol? TypeOf(ExpressionSyntax expression, SemanticModel semanticModel, CancellationToken cancellationToken)
    {
        for (ExpressionSyntax? current = expression; current is not null;)
        {
            if (semanticModel.GetTypeInfo(current, cancellationToken).Type is { TypeKind: not TypeKind.Error } type)
            {
                return type;
            }

            current = current switch
            {
                InvocationExpressionSyntax { Expression: MemberAccessExpressionSyntax access } => access.Expression,
                MemberAccessExpressionSyntax access => access.Expression,
                _ => null,
            };
        }

        return null;
    }

    private static bool HoldsServices(ITypeSymbol type) =>
        type.Name is "IServiceCollection" or "WebApplicationBuilder" or "HostApplicationBuilder" or "IHostApplicationBuilder" or "IHostBuilder" or "IWebHostBuilder"
        || type.AllInterfaces.Any(i => i.Name is "IServiceCollection" or "IHostApplicationBuilder");

    private static bool IsBuilder(ITypeSymbol type) =>
        type.Name is "IServiceCollection"
        || type.Name.EndsWith("Builder", StringComparison.Ordinal)
        || type.AllInterfaces.Any(i => i.Name is "IServiceCollection" or "IApplicationBuilder");
}
