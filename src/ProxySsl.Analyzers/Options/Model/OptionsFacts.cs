using Microsoft.CodeAnalysis;
using ProxySsl.Analyzers.Knowledge;

namespace ProxySsl.Analyzers.Options;

/// <summary>An entry that is added to a known list and whose address or network can be read.</summary>
/// <param name="List">The list.</param>
/// <param name="Entry">The address or network, or the text that is neither.</param>
/// <param name="Location">The expression that is added.</param>
/// <param name="CompletesHalf">Whether the list held the other half of all addresses already when it was added.</param>
/// <param name="IsOptIn">Whether it is only added where a switch asks for it.</param>
/// <param name="IsCertain">Whether production always comes here.</param>
/// <param name="Context">What a fix can use there.</param>
internal sealed record AddedEntry(
    KnownListKind List, KnownEntry Entry, Location Location, bool CompletesHalf, bool IsOptIn, bool IsCertain, PlaceContext Context);

/// <summary>An empty collection initializer on a list, which adds nothing and removes nothing.</summary>
internal sealed record EmptyListInitializer(string Property, Location Location);

/// <summary>A value that one of the header name options is given.</summary>
/// <param name="Property">The option.</param>
/// <param name="Text">The name; null where it cannot be read.</param>
/// <param name="IsCertain">Whether production always comes here.</param>
/// <param name="Location">The assignment.</param>
internal sealed record HeaderNameValue(string Property, string? Text, bool IsCertain, Location Location);

/// <summary>A call that binds the options to configuration.</summary>
/// <param name="Method">The method's name.</param>
/// <param name="Location">The method's name in the call.</param>
internal sealed record BindingCall(string Method, Location Location);
