using System.Threading;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace ProxySsl.Analyzers.Headers;

/// <summary>Tells the properties of a live request that forwarded headers decide.</summary>
internal static class RequestProperties
{
    /// <summary>The property, or null for any other, and for one of a request that did not come to this app.</summary>
    internal static RequestProperty? Of(IPropertyReferenceOperation reference, CompilationModel model, CancellationToken cancellationToken)
    {
        var symbols = model.Symbols;
        var owner = reference.Property.ContainingType;
        RequestProperty? property = reference.Property.Name switch
        {
            "Scheme" when IsRequest(owner, symbols) => RequestProperty.Scheme,
            "IsHttps" when IsRequest(owner, symbols) => RequestProperty.IsHttps,
            "Host" when IsRequest(owner, symbols) => RequestProperty.Host,
            "PathBase" when IsRequest(owner, symbols) => RequestProperty.PathBase,
            "RemoteIpAddress" when SymbolEqualityComparer.Default.Equals(owner, symbols.ConnectionInfo) || owner.Name == "IHttpConnectionFeature" => RequestProperty.RemoteIpAddress,
            _ => null,
        };
        return property is not null && RequestOrigins.Of(reference.Instance, model, cancellationToken) == RequestOrigin.Live ? property : null;
    }

    private static bool IsRequest(INamedTypeSymbol owner, AspNetCoreSymbols symbols) =>
        SymbolEqualityComparer.Default.Equals(owner, symbols.HttpRequest) || owner.Name == "IHttpRequestFeature";
}
