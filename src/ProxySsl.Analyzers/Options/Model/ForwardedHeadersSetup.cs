using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using Microsoft.CodeAnalysis;

namespace ProxySsl.Analyzers.Options;

/// <summary>How a place comes to the options.</summary>
internal enum OptionsPlaceKind
{
    /// <summary>A <c>new</c> of its own.</summary>
    Created,

    /// <summary><c>Configure</c> and the like: acts on the object in the service container, in an order that nobody knows.</summary>
    Configure,

    /// <summary><c>PostConfigure</c> and the like, or a change to the finished object: after every <c>Configure</c>.</summary>
    PostConfigure,

    /// <summary>A change to an object that a field or property holds.</summary>
    Member,
}

/// <summary>What a fix needs to know of a place.</summary>
/// <param name="Configuration">An expression for the app's configuration that is in scope there, or null.</param>
/// <param name="AllowsStatements">Whether the place can hold statements: it is inside a function, not in an initializer of a member.</param>
internal sealed record PlaceContext(string? Configuration, bool AllowsStatements);

/// <summary>
/// A place that configures options: a configuring call, class or method, or a <c>new</c>, with the state it leaves.
/// <c>MayRequireSymmetry</c>: some path may ask that all headers have the same number of entries.
/// </summary>
internal sealed record OptionsPlace(
    OptionsPlaceKind Kind,
    Location Location,
    string Name,
    bool IsCertain,
    OptionsState State,
    ImmutableArray<EmptyListInitializer> EmptyInitializers,
    ImmutableArray<BindingCall> Bindings,
    bool MayRequireSymmetry,
    PlaceContext Context)
{
    /// <summary>What a message calls it, as the subject of a sentence whose verb has the ending <see cref="Ending"/>.</summary>
    internal string Subject =>
        Kind == OptionsPlaceKind.Created ? "These ForwardedHeadersOptions"
        : Name is "Configure" or "ConfigureAll" or "PostConfigure" or "PostConfigureAll" ? $"This {Name} call"
        : Name;

    /// <summary>Where it is, for a message about another place.</summary>
    internal string Line
    {
        get
        {
            var line = Location.GetLineSpan();
            return $"{System.IO.Path.GetFileName(line.Path)}, line {line.StartLinePosition.Line + 1}";
        }
    }

    /// <summary>The ending of the verb after <see cref="Subject"/>: one call or class does, options do.</summary>
    internal string Ending => Kind == OptionsPlaceKind.Created ? "" : "s";

    /// <summary>The entries that it leaves in both lists.</summary>
    internal IEnumerable<AddedEntry> Entries => State.Proxies.Entries.Concat(State.Networks.Entries);

    /// <summary>What it leaves in the header name options.</summary>
    internal ImmutableArray<HeaderNameValue> HeaderNames => State.HeaderNames;
}

/// <summary>One options object of the app: the places that shape it, in the order of path and position, and the state after all of them.</summary>
/// <param name="Places">At least one.</param>
/// <param name="State">The state that the middleware sees.</param>
/// <param name="IsInjected">Whether it is the object of the service container, which <c>UseForwardedHeaders()</c> takes.</param>
/// <param name="IsUsed">Whether the compilation hands it to the middleware.</param>
internal sealed record OptionsObject(ImmutableArray<OptionsPlace> Places, OptionsState State, bool IsInjected, bool IsUsed)
{
    /// <summary>Whether it is the object of the service container and no middleware takes it: every call has another one, or none is called.</summary>
    internal bool IsBypassed { get; init; }

    /// <summary>
    /// Whether no code that is in view applies forwarded headers, here or in a library that knows the middleware: where they are applied, it is
    /// by the host's switch, which empties the lists by itself, or by code that comes in at run time.
    /// </summary>
    internal bool IsLeftToOthers { get; init; }

    /// <summary>Whether code checks its lists and refuses to start.</summary>
    internal bool IsValidated { get; init; }

    /// <summary>Whether a call hands it to the middleware in place of the object of the service container.</summary>
    internal bool IsPassed { get; init; }
}

/// <summary>
/// Every place in the compilation that configures <c>ForwardedHeadersOptions</c>, put together to the objects that the middleware sees.
/// </summary>
internal sealed class ForwardedHeadersSetup(ImmutableArray<OptionsObject> objects, ImmutableArray<Location> bareUses, bool mayBeConfiguredElsewhere)
{
    internal ImmutableArray<OptionsObject> Objects { get; } = objects;

    /// <summary>The method names of the calls that take the options from the service container.</summary>
    internal ImmutableArray<Location> BareUses { get; } = bareUses;

    /// <summary>
    /// Whether code that is not read may configure the service container's options: the compilation is a library without an entry point, a
    /// referenced library knows the middleware, or a call does not compile. Or code does so for another environment alone, and what Production
    /// has to get is a person's decision.
    /// </summary>
    internal bool MayBeConfiguredElsewhere { get; } = mayBeConfiguredElsewhere;
}
