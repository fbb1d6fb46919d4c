using System.Threading.Tasks;
using ProxySsl.Analyzers.Tests.Verification;
using Xunit;

namespace ProxySsl.Analyzers.Tests.Options;

/// <summary>PSSL2004: an empty initializer on a list.</summary>
public class PSSL2004Tests
{
    private const string Rule = RuleIds.EmptyInitializer;

    [Theory]
    [InlineData("var options = new ForwardedHeadersOptions { ForwardedHeaders = ForwardedHeaders.All, {|PSSL2004:KnownProxies = { }|}, {|PSSL2004:KnownNetworks = { }|}, {|PSSL2004:KnownIPNetworks = {}|} };")]
    [InlineData("ForwardedHeadersOptions options = new() { {|PSSL2004:KnownProxies = { /* all */ }|} };")]
    public Task Reports_each_list(string statement) => Verify.Reports(Rule, OptionsApp.Passed(statement));

    [Theory]
    [InlineData("var options = new ForwardedHeadersOptions { AllowedHosts = { }, KnownProxies = { IPAddress.Loopback } };")]
    [InlineData("var options = new ForwardedHeadersOptions(); options.KnownProxies.Clear(); var own = new Own { KnownProxies = { } };")]
    public Task Stays_silent(string statement) => Verify.Silent(
        Rule, OptionsApp.Passed(statement) + "\nclass Own { public List<int> KnownProxies { get; } = []; }");

    [Fact]
    public Task Empty_initializers_give_way_to_trust() => Verify.Fixes(
        Rule,
        OptionsApp.Passed("""
            var options = new ForwardedHeadersOptions
            {
                ForwardedHeaders = ForwardedHeaders.XForwardedFor | ForwardedHeaders.XForwardedProto,
                {|PSSL2004:KnownNetworks = { }|}, // all
                {|PSSL2004:KnownProxies = { }|}
            };
            """),
        OptionsApp.Passed("""
            var options = new ForwardedHeadersOptions
            {
                ForwardedHeaders = ForwardedHeaders.XForwardedFor | ForwardedHeaders.XForwardedProto,
                KnownProxies = { IPAddress.Loopback, IPAddress.IPv6Loopback }
            };
            """),
        index: 1);
}
