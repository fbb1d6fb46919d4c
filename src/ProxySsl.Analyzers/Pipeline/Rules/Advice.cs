namespace ProxySsl.Analyzers.Pipeline.Rules;

/// <summary>What messages say is to be done with the call that applies forwarded headers.</summary>
internal static class Advice
{
    /// <summary>
    /// "call UseForwardedHeaders first"; where a helper adds other middleware too, the call has to leave it: what else it adds may stand where
    /// it has to be.
    /// </summary>
    /// <param name="forwarded">The step that applies forwarded headers.</param>
    /// <param name="depth">How many calls lead to the body that the message is about.</param>
    /// <param name="place">Where the call has to be.</param>
    internal static string Call(PlacedStep forwarded, int depth, string place)
    {
        var own = forwarded.OwnDepth(depth);
        var name = forwarded.SeenFrom(own).Name;
        return own == depth ? $"call {name} {place}" : $"take {name} out of '{forwarded.SeenFrom(own - 1).Name}' and call it {place}";
    }
}
