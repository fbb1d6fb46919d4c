using Microsoft.CodeAnalysis;

namespace ProxySsl.Analyzers.Options;

/// <summary>Tells the properties of the options that are known lists.</summary>
internal static class KnownListProperty
{
    /// <summary>The list that a property is, or null for any other.</summary>
    internal static KnownListKind? Of(IPropertySymbol property) => property.ContainingType.Name != "ForwardedHeadersOptions" ? null : property.Name switch
    {
        "KnownProxies" => KnownListKind.Proxies,
        "KnownNetworks" or "KnownIPNetworks" => KnownListKind.Networks,
        _ => null,
    };
}
