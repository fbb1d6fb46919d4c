using System.Collections.Immutable;
using System.Linq;
using Microsoft.CodeAnalysis;

namespace ProxySsl.Analyzers.Options;

/// <summary>What the fix that declares trust has to know, as properties of a diagnostic.</summary>
internal static class TrustFixData
{
    internal const string Fix = "DeclareTrust";

    /// <summary>The properties, or none where the code is of a shape that the fix does not transform.</summary>
    /// <param name="place">The place that is mended.</param>
    /// <param name="model">The compilation.</param>
    /// <param name="location">Where the diagnostic is.</param>
    /// <param name="clears">The clearing calls that have to go.</param>
    internal static ImmutableDictionary<string, string?> For(OptionsPlace place, CompilationModel model, Location location, ImmutableArray<ClearingCall> clears)
    {
        var data = ImmutableDictionary<string, string?>.Empty;
        if (clears.Any(c => !c.IsStatement || c.Location.SourceTree != location.SourceTree || c.Body != clears[0].Body))
        {
            return data;
        }

        data = data.Add(FixProperties.Fix, Fix).Add(FixProperties.Proxy, model.Options.ProxyIn(location.SourceTree).ToString());
        return place.Context is { Configuration: { } configuration, AllowsStatements: true }
            ? data.Add(FixProperties.Configuration, configuration)
            : data;
    }
}
