namespace ProxySsl.Analyzers.Options;

/// <summary>Questions that several rules ask of an options object.</summary>
internal static class OptionsObjectQuestions
{
    /// <summary>
    /// Whether its trust matters: headers are processed, and it is the service container's object or one that the middleware gets. An
    /// object whose flags are never set, or set to none, trusts nobody.
    /// </summary>
    internal static bool IsTrustUsed(this OptionsObject options) =>
        !options.State.Flags.Values.IsNone && (options.IsInjected || options.IsUsed);
}
