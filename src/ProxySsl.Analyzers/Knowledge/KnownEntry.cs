using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace ProxySsl.Analyzers.Knowledge;

/// <summary>What is wrong with an entry of a known list.</summary>
internal enum EntryProblem
{
    None,

    /// <summary>A network that every IPv4 or IPv6 peer is in.</summary>
    CoversEveryAddress,

    /// <summary>An IPv4-mapped IPv6 form (<c>::ffff:a.b.c.d</c>): the framework compares mapped peers in their IPv4 form first.</summary>
    MappedToIPv6,

    /// <summary>The unspecified or the broadcast address, which no peer has.</summary>
    Unspecified,

    /// <summary>A text that is no address (a host name, a network in CIDR notation): parsing throws when the app starts.</summary>
    NotAnAddress,

    /// <summary>A text that is no network: parsing throws when the app starts.</summary>
    NotANetwork,
}

/// <summary>An entry of a known list: an address, or a network with its prefix length, or a text that is neither.</summary>
/// <param name="Text">As written, or as it would be written.</param>
/// <param name="Address">The address or the network's base; null where the text is neither.</param>
/// <param name="PrefixLength">The network's prefix length; null for a single address.</param>
internal sealed record KnownEntry(string Text, IPAddress? Address, int? PrefixLength)
{
    private const int MappedPrefixLength = 96;

    /// <summary>Whether it takes in IPv4 peers: an IPv4 address or network, or the IPv4-mapped form of one.</summary>
    internal bool IsOfIPv4 => Address is { } address
        && (address.AddressFamily == AddressFamily.InterNetwork || (address.IsIPv4MappedToIPv6 && (PrefixLength ?? MappedPrefixLength) >= MappedPrefixLength));

    /// <summary>What is wrong with it, by itself.</summary>
    internal EntryProblem Problem
    {
        get
        {
            if (Address is null)
            {
                return PrefixLength is null ? EntryProblem.NotAnAddress : EntryProblem.NotANetwork;
            }

            if (PrefixLength is not { } length)
            {
                return Address.IsIPv4MappedToIPv6 ? EntryProblem.MappedToIPv6
                    : Address.Equals(IPAddress.Any) || Address.Equals(IPAddress.IPv6Any) || Address.Equals(IPAddress.None) ? EntryProblem.Unspecified
                    : EntryProblem.None;
            }

            if (length == 0 || (Address.IsIPv4MappedToIPv6 && length <= MappedPrefixLength))
            {
                return EntryProblem.CoversEveryAddress;
            }

            return Address.IsIPv4MappedToIPv6 && length > MappedPrefixLength ? EntryProblem.MappedToIPv6 : EntryProblem.None;
        }
    }

    /// <summary>The same entry in plain IPv4 form, or null where there is none.</summary>
    internal string? AsIPv4 => Address is { IsIPv4MappedToIPv6: true }
        ? PrefixLength is { } length
            ? length >= MappedPrefixLength ? Address.MapToIPv4() + "/" + (length - MappedPrefixLength).ToString(CultureInfo.InvariantCulture) : null
            : Address.MapToIPv4().ToString()
        : null;

    /// <summary>Whether this network and another are the two halves of all addresses.</summary>
    internal bool IsOtherHalf(KnownEntry other) => Half is { } half && other.Half is { } second && half != second && half / 2 == second / 2;

    // Which half of all addresses a network with prefix length 1 is: 0 or 1 for IPv4, 2 or 3 for IPv6, otherwise null.
    private int? Half => Address is not null && PrefixLength == 1
        ? (Address.AddressFamily == AddressFamily.InterNetwork ? 0 : 2) + (Address.GetAddressBytes()[0] >= 128 ? 1 : 0)
        : null;

    /// <summary>Reads the text of an address as <c>IPAddress.Parse</c> does.</summary>
    internal static KnownEntry OfAddress(string text) => new(text, IPAddress.TryParse(text, out var address) ? address : null, null);

    /// <summary>Reads the text of a network as <c>IPNetwork.Parse</c> does.</summary>
    internal static KnownEntry OfNetwork(string text)
    {
        var slash = text.IndexOf('/');
        return slash > 0
            && IPAddress.TryParse(text.Substring(0, slash), out var address)
            && int.TryParse(text.Substring(slash + 1), NumberStyles.None, CultureInfo.InvariantCulture, out var length)
            && length <= (address.AddressFamily == AddressFamily.InterNetwork ? 32 : 128)
            ? new(text, address, length)
            : new(text, null, 0);
    }
}
