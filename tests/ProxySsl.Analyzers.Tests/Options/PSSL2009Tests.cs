using System.Threading.Tasks;
using ProxySsl.Analyzers.Tests.Verification;
using Xunit;

namespace ProxySsl.Analyzers.Tests.Options;

/// <summary>PSSL2009: an entry that no peer can be.</summary>
public class PSSL2009Tests
{
    private const string Rule = RuleIds.EntryNeverMatches;

    [Theory]
    [InlineData("options.KnownProxies.Add({|PSSL2009:IPAddress.Parse(\"::ffff:172.17.0.1\")|});")]
    [InlineData("options.KnownProxies.Add({|PSSL2009:IPAddress.Parse(\"172.17.0.1\").MapToIPv6()|});")]
    [InlineData("options.KnownProxies.Add({|PSSL2009:IPAddress.Parse(args[0]).MapToIPv6()|});")]
    [InlineData("options.KnownProxies.Add({|PSSL2009:IPAddress.Any|}); options.KnownProxies.Add({|PSSL2009:IPAddress.IPv6Any|});")]
    [InlineData("options.KnownProxies.Add({|PSSL2009:IPAddress.Parse(\"nginx\")|});")]
    [InlineData("options.KnownProxies.Add({|PSSL2009:IPAddress.Parse(\"10.0.0.0/8\")|});")]
    [InlineData("options.KnownIPNetworks.Add({|PSSL2009:System.Net.IPNetwork.Parse(\"::ffff:10.0.0.0/104\")|});")]
    [InlineData("options.KnownIPNetworks.Add({|PSSL2009:System.Net.IPNetwork.Parse(\"10.0.0.1\")|});")]
    [InlineData("foreach (var ip in new[] { \"10.0.0.1\", {|PSSL2009:\"proxy\"|} }) { options.KnownProxies.Add(IPAddress.Parse(ip)); }")]
    [InlineData("options.KnownProxies.Add({|PSSL2009:Peers.Nginx|});")]
    [InlineData("options.KnownProxies.Add({|PSSL2009:IPAddress.Parse(\"nginx\").MapToIPv4()|});")]
    [InlineData("if (IPAddress.TryParse(\"::ffff:10.0.0.7\", out var ip)) { options.KnownProxies.Add({|PSSL2009:ip|}); }")]
    [InlineData("options.KnownProxies.Add({|PSSL2009:new IPAddress(0)|}); options.KnownProxies.Add(new IPAddress(0x0100000A));")]
    [InlineData("new List<IPAddress> { {|PSSL2009:IPAddress.Any|} }.ForEach(ip => options.KnownProxies.Add(ip));")]
    public Task Reports(string body) =>
        Verify.Reports(Rule, OptionsApp.Configured(body) + "\nstatic class Peers { public static readonly IPAddress Nginx = IPAddress.Parse(\"::ffff:10.0.0.1\"); }");

    [Theory]
    [InlineData("options.KnownProxies.Add(IPAddress.Parse(\"172.17.0.1\"));")]
    [InlineData("options.KnownProxies.Add(IPAddress.Parse(\"::1\"));")]
    [InlineData("options.KnownProxies.Add(IPAddress.Parse(args[0]));")]
    [InlineData("options.KnownProxies.Add(IPAddress.Parse(\"::ffff:172.17.0.1\").MapToIPv4());")]
    [InlineData("options.KnownIPNetworks.Add(System.Net.IPNetwork.Parse(\"10.0.0.0/8\"));")]
    [InlineData("if (IPAddress.TryParse(\"nginx\", out var ip)) { options.KnownProxies.Add(ip); }")]
    [InlineData("if (IPAddress.TryParse(\"::ffff:10.0.0.7\", out var ip)) { ip = IPAddress.Parse(args[0]); options.KnownProxies.Add(ip); }")]
    [InlineData("var listen = new List<IPAddress> { IPAddress.Any };")]
    public Task Stays_silent(string body) => Verify.Silent(Rule, OptionsApp.Configured(body));

    [Theory]
    [InlineData("options.KnownProxies.Add({|PSSL2009:IPAddress.Parse(\"::ffff:172.17.0.1\")|});", "options.KnownProxies.Add(IPAddress.Parse(\"172.17.0.1\"));")]
    [InlineData("options.KnownProxies.Add({|PSSL2009:IPAddress.Parse(args[0]).MapToIPv6()|});", "options.KnownProxies.Add(IPAddress.Parse(args[0]));")]
    [InlineData("options.KnownIPNetworks.Add({|PSSL2009:System.Net.IPNetwork.Parse(\"::ffff:10.0.0.0/104\")|});", "options.KnownIPNetworks.Add(System.Net.IPNetwork.Parse(\"10.0.0.0/8\"));")]
    [InlineData("options.KnownIPNetworks.Add({|PSSL2009:new(IPAddress.Parse(\"::ffff:10.0.0.0\"), 104)|});", "options.KnownIPNetworks.Add(new(IPAddress.Parse(\"10.0.0.0\"), 8));")]
    public Task Writes_plain_IPv4(string before, string after) => Verify.Fixes(Rule, OptionsApp.Configured(before), OptionsApp.Configured(after));

    [Fact]
    public Task Offers_nothing_where_the_mapping_stands_elsewhere() => Verify.OffersNoFix(
        Rule, OptionsApp.Configured("foreach (var ip in new[] { {|PSSL2009:\"10.0.0.1\"|} }) { options.KnownProxies.Add(IPAddress.Parse(ip).MapToIPv6()); }"));

    [Theory]
    [InlineData("IPAddress.Parse(\"nginx\")")]
    [InlineData("IPAddress.Parse(\"nginx\").MapToIPv6()")]
    public Task Offers_nothing_for_a_host_name(string address) => Verify.OffersNoFix(Rule, OptionsApp.Configured($"options.KnownProxies.Add({{|PSSL2009:{address}|}});"));

    [Theory]
    [InlineData("IPAddress.Any")]
    [InlineData("IPAddress.Parse(\"nginx\")")]
    public Task Offers_no_fix_where_the_right_address_is_not_known(string address) =>
        Verify.OffersNoFix(Rule, OptionsApp.Configured($"options.KnownProxies.Add({{|PSSL2009:{address}|}});"));

    [Fact]
    public Task Names_where_the_text_belongs() => Verify.Names(
        Rule,
        OptionsApp.Configured("""
            options.KnownProxies.Add({|PSSL2009:IPAddress.Parse("10.0.0.0/8")|});
            options.KnownProxies.Add({|PSSL2009:IPAddress.Parse("nginx")|});
            options.KnownProxies.Add({|PSSL2009:IPAddress.Any|});
            options.KnownProxies.Add({|PSSL2009:IPAddress.Parse("::ffff:10.0.0.1")|});
            options.KnownIPNetworks.Add({|PSSL2009:System.Net.IPNetwork.Parse("10.0.0.1")|});
            """),
        ["list of networks", "host names are not looked up", "no peer has this address", "plain IPv4 form", "no network such as"]);
}
