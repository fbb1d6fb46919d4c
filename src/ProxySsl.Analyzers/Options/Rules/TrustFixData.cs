using System.Collections.Immutable;
using System.Linq;
using Microsoft.CodeAnalysis;

namespace ProxySsl.Analyzers.Options;

/// <summary>What the fix that declares trust has to know, as properties of a diagnostic.</summary>
internal static class TrustFixData
{
    internal const string Fix = "DeclareTrust";

    /// <summary>The properties, or none where the code is of a shape that the fix does not transform.</summary>
    /// <param name="context">What is in scope where the fix writes.</param>
    /// <param name="model">The compilation.</param>
    /// <param name="location">Where the diagnostic is.</param>
    /// <param name="clears">The clearing calls that have to go.</param>
    internal static ImmutableDictionary<string, string?> For(PlaceContext context, CompilationModel model, Location location, ImmutableArray<ClearingCall> clears)
    {
        if (clears.Any(c => c.Location.SourceTree != location.SourceTree))
        {
            return ImmutableDictionary<string, string?>.Empty;
        }

        var data = Marked(Fix, clears);
        if (data.IsEmpty)
        {
            return data;
        }

        data = data.Add(FixProperties.Proxy, model.Options.ProxyIn(location.SourceTree).ToString());
        return context is { Configuration: { } configuration, AllowsStatements: true }
            ? data.Add(FixProperties.Configuration, configuration)
            : data;
    }

    /// <summary>The properties for an entry that has to go.</summary>
    internal static ImmutableDictionary<string, string?> ForEntry(OptionsPlace place, CompilationModel model, AddedEntry added) =>
        For(added.Context, model, added.Location, place.State.Proxies.Clears.Concat(place.State.Networks.Clears).ToImmutableArray());

    /// <summary>A mark for a fix that has to do with clearing calls: all are plain statements of one function.</summary>
    internal static ImmutableDictionary<string, string?> Marked(string fix, ImmutableArray<ClearingCall> clears) =>
        clears.Any(c => !c.IsStatement || c.Body != clears[0].Body)
            ? ImmutableDictionary<string, string?>.Empty
            : ImmutableDictionary<string, string?>.Empty.Add(FixProperties.Fix, fix);
}
