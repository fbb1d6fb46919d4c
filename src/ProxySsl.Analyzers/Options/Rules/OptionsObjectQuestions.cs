using System;
using System.Linq;
using System.Threading;
using ProxySsl.Analyzers.Knowledge;
using ProxySsl.Analyzers.Pipeline;

namespace ProxySsl.Analyzers.Options;

/// <summary>Questions that several rules ask of an options object.</summary>
internal static class OptionsObjectQuestions
{
    /// <summary>Whether the middleware may get it: the service container's object, or one that the compilation hands over.</summary>
    internal static bool MayBeUsed(this OptionsObject options) => options.IsUsed || (options.IsInjected && !options.IsBypassed);

    /// <summary>
    /// Whether its trust matters: the middleware may get it, and headers are processed. An object whose flags are never set, or set to
    /// none, trusts nobody.
    /// </summary>
    internal static bool IsTrustUsed(this OptionsObject options) => options.MayBeUsed() && !options.State.Flags.Values.IsNone;

    /// <summary>Whether only loopback is believed: the lists are as they are by default, and the framework asks them.</summary>
    internal static bool BelievesLoopbackAlone(this OptionsObject options, CompilationModel model, CancellationToken cancellationToken) =>
        options.HasDefaultLists(model, cancellationToken) && !options.IsSenderUnchecked(model);

    /// <summary>
    /// Whether nothing touches a known list: no code, and not the host's own switch, which empties both before any code configures them. Where
    /// nothing else applies the headers, it is that switch or nobody.
    /// </summary>
    internal static bool HasDefaultLists(this OptionsObject options, CompilationModel model, CancellationToken cancellationToken) =>
        options.State.IsNeitherListTouched && PipelineModel.Of(model, cancellationToken) is { HostSwitch: null, IsLeftToHost: false };

    /// <summary>Whether the framework never asks the lists: an older one asks them about X-Forwarded-For alone, and that is not processed.</summary>
    internal static bool IsSenderUnchecked(this OptionsObject options, CompilationModel model) =>
        !options.State.Flags.Values.MayHave(FlagValues.For) && !model.Symbols.ChecksSenderOfEveryHeader;

    /// <summary>Whether a sender who is believed can do harm as far as is seen: its address is taken over, and the app makes something of it.</summary>
    internal static bool AddressMayMislead(this OptionsObject options, CompilationModel model, CancellationToken cancellationToken) =>
        options.State.Flags.Values.MayHave(FlagValues.For) && !options.IsLeftToOthers && model.Family(AddressUses.Read, cancellationToken).MayBeAny;

    /// <summary>
    /// Whether the app makes anything of what is processed, so that it goes wrong where a proxy is not believed. What the app of a library does
    /// is not in view.
    /// </summary>
    internal static bool IsMissedIfIgnored(this OptionsObject options, CompilationModel model, CancellationToken cancellationToken)
    {
        var flags = options.State.Flags.Values;
        return model.IsLibrary
            || (flags.MayHave(FlagValues.For) && model.Family(AddressUses.Read, cancellationToken).IsNamed)
            || (flags.MayHave(FlagValues.Proto) && model.Family(SchemeUses.Read, cancellationToken).MayBeAny)
            || (flags.MayHave(FlagValues.Host) && model.Family(HostUses.Read, cancellationToken).MayBeAny);
    }

    /// <summary>What a sender who is believed can do, by the headers that are processed for certain.</summary>
    internal static string ChoiceOfSender(this OptionsObject options)
    {
        var flags = options.State.Flags.Values;
        return (flags.AlwaysHas(FlagValues.For), flags.AlwaysHas(FlagValues.Proto)) switch
        {
            (true, true) => "can choose its own IP address and scheme",
            (true, false) => "can choose its own IP address",
            (false, true) => "can choose its own scheme",
            _ => "can send forwarded headers that are believed",
        };
    }

    /// <summary>The header that a name option makes the middleware read; null where it can be one of several, or cannot be read.</summary>
    /// <param name="options">The object.</param>
    /// <param name="property">The name option.</param>
    /// <param name="byDefault">The header where nothing sets the option.</param>
    internal static string? HeaderName(this OptionsObject options, string property, string byDefault)
    {
        string? name = null;
        var isCertain = false;
        foreach (var value in options.Places.SelectMany(p => p.HeaderNames).Where(n => n.Property == property))
        {
            if (string.IsNullOrEmpty(value.Text) || !string.Equals(name ?? value.Text, value.Text, StringComparison.OrdinalIgnoreCase))
            {
                return null;
            }

            name = value.Text;
            isCertain |= value.IsCertain;
        }

        return name is null ? byDefault
            : isCertain || string.Equals(name, byDefault, StringComparison.OrdinalIgnoreCase) ? name
            : null;
    }

    /// <summary>Whether a name option is given a name that cannot be read, and never one that can.</summary>
    internal static bool HasUnknownName(this OptionsObject options, string property)
    {
        var names = options.Places.SelectMany(p => p.HeaderNames).Where(n => n.Property == property).ToList();
        return names.Count > 0 && names.All(n => n.Text is null);
    }

    /// <summary>
    /// Whether every sender is believed for certain: nobody is left to check against, or a network takes in everybody. <c>::/0</c> does not: a
    /// peer over IPv4 is compared as such.
    /// </summary>
    internal static bool TrustsEverySender(this OptionsObject options) =>
        options.State.IsEmptyOnEveryPath
        || options.Places.Any(p => p.IsCertain && p.Entries.Any(e => e.IsCertain && !e.IsOptIn && e.Entry is { Problem: EntryProblem.CoversEveryAddress, IsOfIPv4: true }));
}
