using System.Linq;
using System.Net;
using ProxySsl.Analyzers.Knowledge;
using Xunit;
using static ProxySsl.Analyzers.Tests.Models.OptionsProgram;

namespace ProxySsl.Analyzers.Tests.Models;

/// <summary>The entries of the known lists: which addresses and networks an expression makes, and what is wrong with them.</summary>
public class EntryReaderTests
{
    [Theory]
    [InlineData("o.KnownProxies.Add(IPAddress.Loopback);", "127.0.0.1")]
    [InlineData("o.KnownProxies.Add(IPAddress.IPv6Loopback);", "::1")]
    [InlineData("o.KnownProxies.Add(IPAddress.Any); o.KnownProxies.Add(IPAddress.IPv6Any);", "0.0.0.0, ::")]
    [InlineData("o.KnownProxies.Add(IPAddress.None);", "255.255.255.255")]
    [InlineData("o.KnownProxies.Add(IPAddress.IPv6None);", "::")]
    [InlineData("o.KnownProxies.Add(IPAddress.Broadcast);", "")]
    [InlineData("o.KnownProxies.Add(Own.Peer);", "10.0.0.7")]
    [InlineData("o.KnownProxies.Add(Own.Mutable);", "")]
    [InlineData("o.KnownProxies.Add(Own.Ring);", "")]
    [InlineData("o.KnownProxies.Add(Own.Parse(\"10.0.0.1\"));", "")]
    [InlineData("o.KnownProxies.Add(Own.Loopback);", "")]
    [InlineData("o.KnownProxies.Add(IPAddress.Parse(texts[0]));", "")]
    [InlineData("o.KnownProxies.Add(IPAddress.Parse(\"10.0.0.1\".AsSpan()));", "")]
    [InlineData("const string text = \"10.0.0.1\"; o.KnownProxies.Add(IPAddress.Parse(text));", "10.0.0.1")]
    [InlineData("var text = \"10.0.0.1\"; var address = IPAddress.Parse(text); o.KnownProxies.Add(address);", "10.0.0.1")]
    [InlineData("var text = \"10.0.0.1\"; text = texts[0]; o.KnownProxies.Add(IPAddress.Parse(text));", "")]
    [InlineData("o.KnownProxies.Add(IPAddress.Parse(\"10.0.0.1\").MapToIPv6());", "::ffff:10.0.0.1")]
    [InlineData("o.KnownProxies.Add(IPAddress.Parse(\"::ffff:10.0.0.1\").MapToIPv4());", "10.0.0.1")]
    [InlineData("o.KnownProxies.Add(peer.MapToIPv6());", "MapToIPv6()")]
    [InlineData("o.KnownProxies.Add(peer.MapToIPv4());", "")]
    [InlineData("o.KnownProxies.Add(new IPAddress(new byte[] { 10, 0, 0, 1 }));", "10.0.0.1")]
    [InlineData("o.KnownProxies.Add(new IPAddress([10, 0, 0, 1]));", "10.0.0.1")]
    [InlineData("o.KnownProxies.Add(new IPAddress(new byte[] { 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1 }));", "::1")]
    [InlineData("o.KnownProxies.Add(new IPAddress(new byte[] { 10, 0, 1 }));", "")]
    [InlineData("o.KnownProxies.Add(new IPAddress(new byte[] { 10, 0, 0, (byte)texts.Count }));", "")]
    [InlineData("o.KnownProxies.Add(new IPAddress(16777343));", "127.0.0.1")]
    [InlineData("o.KnownProxies.Add(new IPAddress(texts.Count));", "")]
    [InlineData("o.KnownProxies.Add(new IPAddress(new byte[] { 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1 }, 0));", "")]
    [InlineData("o.KnownProxies.Add(flag ? IPAddress.Parse(\"10.0.0.1\") : IPAddress.Parse(\"10.0.0.2\"));", "10.0.0.1, 10.0.0.2")]
    [InlineData("o.KnownProxies.Add(flag ? peer : IPAddress.Parse(\"10.0.0.2\"));", "10.0.0.2")]
    [InlineData("o.KnownProxies.Add(peer ?? IPAddress.Parse(\"10.0.0.2\"));", "10.0.0.2")]
    [InlineData("o.KnownProxies.Add(env.IsDevelopment() ? IPAddress.Loopback : IPAddress.Parse(\"10.0.0.2\"));", "10.0.0.2")]
    [InlineData("if (IPAddress.TryParse(\"10.0.0.1\", out var a)) { o.KnownProxies.Add(a); }", "10.0.0.1")]
    [InlineData("IPAddress? a; if (IPAddress.TryParse(\"10.0.0.1\", out a)) { o.KnownProxies.Add(a); }", "10.0.0.1")]
    [InlineData("if (IPAddress.TryParse(texts[0], out var a)) { o.KnownProxies.Add(a); }", "")]
    [InlineData("if (IPAddress.TryParse(\"proxy\", out var a)) { o.KnownProxies.Add(a); }", "")]
    [InlineData("if (IPAddress.TryParse(\"10.0.0.1\".AsSpan(), out var a)) { o.KnownProxies.Add(a); }", "")]
    [InlineData("if (IPAddress.TryParse(\"10.0.0.1\", out var a) || IPAddress.TryParse(\"10.0.0.2\", out a)) { o.KnownProxies.Add(a); }", "")]
    [InlineData("if (Own.TryParse(\"10.0.0.1\", out var a)) { o.KnownProxies.Add(a!); }", "")]
    [InlineData("var a = peer; o.KnownProxies.Add(a);", "")]
    [InlineData("foreach (var t in new[] { \"10.0.0.1\", texts[0], \"10.0.0.2\" }) { o.KnownProxies.Add(IPAddress.Parse(t)); }", "10.0.0.1, 10.0.0.2")]
    [InlineData("foreach (var t in new[] { \"10.0.0.1\", \"10.0.0.2\" }) { var a = IPAddress.Parse(t); o.KnownProxies.Add(a); }", "10.0.0.1, 10.0.0.2")]
    [InlineData("foreach (var t in new[] { \"10.0.0.1\", \"10.0.0.2\" }) { Inner(t); } void Inner(string text) => o.KnownProxies.Add(IPAddress.Parse(text));", "10.0.0.1, 10.0.0.2")]
    [InlineData("foreach (var a in new[] { IPAddress.Parse(\"10.0.0.1\"), peer }) { o.KnownProxies.Add(a); }", "10.0.0.1")]
    [InlineData("Inner(\"10.0.0.1\"); void Inner(string text) => o.KnownProxies.Add(IPAddress.Parse(text));", "10.0.0.1")]
    [InlineData("Inner(\"10.0.0.1\"); void Inner(string text) => o.KnownProxies.Add(IPAddress.Parse($\"{text}\"));", "")]
    internal void Addresses(string body, string expected) => Assert.Equal(expected, string.Join(", ", StateOf(body).Proxies.Entries.Select(e => e.Entry.Text)));

    [Theory]
    [InlineData("o.KnownIPNetworks.Add(System.Net.IPNetwork.Parse(\"10.0.0.0/8\"));", "10.0.0.0/8")]
    [InlineData("o.KnownIPNetworks.Add(System.Net.IPNetwork.Parse(texts[0]));", "")]
    [InlineData("o.KnownIPNetworks.Add(new(IPAddress.Parse(\"10.0.0.0\"), 8));", "10.0.0.0/8")]
    [InlineData("o.KnownIPNetworks.Add(new System.Net.IPNetwork(prefixLength: 8, baseAddress: IPAddress.Parse(\"10.0.0.0\")));", "10.0.0.0/8")]
    [InlineData("o.KnownIPNetworks.Add(new(IPAddress.Parse(\"10.0.0.0\"), Own.Bits));", "10.0.0.0/8")]
    [InlineData("var bits = 8; o.KnownIPNetworks.Add(new(IPAddress.Parse(\"10.0.0.0\"), bits));", "10.0.0.0/8")]
    [InlineData("o.KnownIPNetworks.Add(new(IPAddress.Parse(\"10.0.0.0\"), texts.Count));", "")]
    [InlineData("o.KnownIPNetworks.Add(new(peer, 8));", "")]
    [InlineData("o.KnownIPNetworks.Add(new(peer, 0));", "peer/0")]
    [InlineData("o.KnownIPNetworks.Add(new(peer, texts.Count));", "")]
    [InlineData("o.KnownNetworks.Add(new(IPAddress.Parse(\"10.0.0.0\"), 8));", "10.0.0.0/8")]
    [InlineData("o.KnownNetworks.Add(Microsoft.AspNetCore.HttpOverrides.IPNetwork.Parse(\"10.0.0.0/8\"));", "10.0.0.0/8")]
    [InlineData("if (System.Net.IPNetwork.TryParse(\"10.0.0.0/8\", out var n)) { o.KnownIPNetworks.Add(n); }", "10.0.0.0/8")]
    [InlineData("if (System.Net.IPNetwork.TryParse(\"10.0.0.0\", out var n)) { o.KnownIPNetworks.Add(n); }", "")]
    [InlineData("o.KnownIPNetworks.Add(Own.Network);", "10.0.0.0/8")]
    [InlineData("o.KnownIPNetworks.Add(default);", "")]
    [InlineData("foreach (var t in new[] { \"10.0.0.0/8\", \"fd00::/8\" }) { o.KnownIPNetworks.Add(System.Net.IPNetwork.Parse(t)); }", "10.0.0.0/8, fd00::/8")]
    internal void Networks(string body, string expected) => Assert.Equal(expected, string.Join(", ", StateOf(body).Networks.Entries.Select(e => e.Entry.Text)));

    [Theory]
    [InlineData("10.0.0.1", EntryProblem.None, true)]
    [InlineData("::1", EntryProblem.None, false)]
    [InlineData("0.0.0.0", EntryProblem.Unspecified, true)]
    [InlineData("::", EntryProblem.Unspecified, false)]
    [InlineData("255.255.255.255", EntryProblem.Unspecified, true)]
    [InlineData("::ffff:10.0.0.1", EntryProblem.MappedToIPv6, true)]
    [InlineData("proxy", EntryProblem.NotAnAddress, false)]
    internal void What_is_wrong_with_an_address(string text, EntryProblem problem, bool isOfIPv4)
    {
        var entry = KnownEntry.OfAddress(text);
        Assert.Equal((problem, isOfIPv4), (entry.Problem, entry.IsOfIPv4));
    }

    [Theory]
    [InlineData("10.0.0.0/8", EntryProblem.None, true)]
    [InlineData("0.0.0.0/0", EntryProblem.CoversEveryAddress, true)]
    [InlineData("::/0", EntryProblem.CoversEveryAddress, false)]
    [InlineData("0.0.0.0/1", EntryProblem.None, true)]
    [InlineData("::ffff:0.0.0.0/96", EntryProblem.CoversEveryAddress, true)]
    [InlineData("::ffff:0.0.0.0/95", EntryProblem.CoversEveryAddress, false)]
    [InlineData("::ffff:10.0.0.0/97", EntryProblem.MappedToIPv6, true)]
    [InlineData("10.0.0.0/32", EntryProblem.None, true)]
    [InlineData("10.0.0.0/33", EntryProblem.NotANetwork, false)]
    [InlineData("fd00::/128", EntryProblem.None, false)]
    [InlineData("fd00::/129", EntryProblem.NotANetwork, false)]
    [InlineData("10.0.0.0", EntryProblem.NotANetwork, false)]
    [InlineData("/8", EntryProblem.NotANetwork, false)]
    [InlineData("10.0.0.0/", EntryProblem.NotANetwork, false)]
    [InlineData("10.0.0.0/-1", EntryProblem.NotANetwork, false)]
    [InlineData("proxy/8", EntryProblem.NotANetwork, false)]
    internal void What_is_wrong_with_a_network(string text, EntryProblem problem, bool isOfIPv4)
    {
        var entry = KnownEntry.OfNetwork(text);
        Assert.Equal((problem, isOfIPv4), (entry.Problem, entry.IsOfIPv4));
    }

    [Theory]
    [InlineData("::ffff:10.0.0.1", "10.0.0.1")]
    [InlineData("::ffff:10.0.0.0/104", "10.0.0.0/8")]
    [InlineData("::ffff:0.0.0.0/96", "0.0.0.0/0")]
    [InlineData("::ffff:0.0.0.0/95", null)]
    [InlineData("10.0.0.1", null)]
    [InlineData("::1", null)]
    [InlineData("proxy", null)]
    internal void The_plain_IPv4_form(string text, string? expected) =>
        Assert.Equal(expected, (text.Contains('/', System.StringComparison.Ordinal) ? KnownEntry.OfNetwork(text) : KnownEntry.OfAddress(text)).AsIPv4);

    [Theory]
    [InlineData("0.0.0.0/1", "128.0.0.0/1", true)]
    [InlineData("128.0.0.0/1", "0.0.0.0/1", true)]
    [InlineData("::/1", "8000::/1", true)]
    [InlineData("0.0.0.0/1", "0.0.0.0/1", false)]
    [InlineData("128.0.0.0/1", "128.0.0.0/1", false)]
    [InlineData("127.0.0.0/1", "0.0.0.0/1", false)]
    [InlineData("0.0.0.0/1", "8000::/1", false)]
    [InlineData("128.0.0.0/1", "::/1", false)]
    [InlineData("0.0.0.0/2", "128.0.0.0/1", false)]
    [InlineData("0.0.0.0/1", "128.0.0.0/2", false)]
    [InlineData("0.0.0.0/1", "proxy/1", false)]
    internal void Two_halves_of_all_addresses(string one, string other, bool expected) =>
        Assert.Equal(expected, KnownEntry.OfNetwork(one).IsOtherHalf(KnownEntry.OfNetwork(other)));

    [Fact]
    internal void A_single_address_is_no_half() =>
        Assert.False(KnownEntry.OfNetwork("0.0.0.0/1").IsOtherHalf(new KnownEntry("128.0.0.0", IPAddress.Parse("128.0.0.0"), null)));
}
