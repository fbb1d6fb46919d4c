using System.Linq;
using ProxySsl.Analyzers.Knowledge;

namespace ProxySsl.Analyzers.Options;

/// <summary>Questions that several rules ask of an options object.</summary>
internal static class OptionsObjectQuestions
{
    /// <summary>Whether the middleware may get it: the service container's object, or one that the compilation hands over.</summary>
    internal static bool MayBeUsed(this OptionsObject options) => options.IsInjected || options.IsUsed;

    /// <summary>
    /// Whether its trust matters: the middleware may get it, and headers are processed. An object whose flags are never set, or set to
    /// none, trusts nobody.
    /// </summary>
    internal static bool IsTrustUsed(this OptionsObject options) => options.MayBeUsed() && !options.State.Flags.Values.IsNone;

    /// <summary>Whether every sender is believed for certain: nobody is left to check against, or a network takes in everybody.</summary>
    internal static bool TrustsEverySender(this OptionsObject options) =>
        options.State.IsEmptyOnEveryPath
        || options.Places.Any(p => p.IsCertain && p.Entries.Any(e => !e.IsOptIn && e.Entry.Problem == EntryProblem.CoversEveryAddress));
}
