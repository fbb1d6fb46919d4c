using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;
using ProxySsl.Analyzers.Flow;

namespace ProxySsl.Analyzers.Headers;

/// <summary>Tells the properties of a live request that forwarded headers decide.</summary>
internal static class RequestProperties
{
    /// <summary>The property, or null for any other, and for one of a context that the code made itself.</summary>
    internal static RequestProperty? Of(IPropertyReferenceOperation reference, AspNetCoreSymbols symbols)
    {
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
        return property is not null && !IsMadeUp(reference.Instance) ? property : null;
    }

    private static bool IsRequest(INamedTypeSymbol owner, AspNetCoreSymbols symbols) =>
        SymbolEqualityComparer.Default.Equals(owner, symbols.HttpRequest) || owner.Name == "IHttpRequestFeature";

    private static bool IsMadeUp(IOperation? instance)
    {
        for (var depth = 8; instance is not null && depth > 0; depth--)
        {
            instance = HeaderCollections.Resolve(instance.Unwrapped());
            if (instance.Type?.Name == "DefaultHttpContext")
            {
                return true;
            }

            instance = instance switch
            {
                IPropertyReferenceOperation property => property.Instance,
                ILocalReferenceOperation local => local.SingleValue(),
                _ => null,
            };
        }

        return false;
    }
}
