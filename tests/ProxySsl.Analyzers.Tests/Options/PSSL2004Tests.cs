using System.Threading.Tasks;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Testing;
using ProxySsl.Analyzers.Tests.Verification;
using Xunit;

namespace ProxySsl.Analyzers.Tests.Options;

/// <summary>PSSL2004: an empty initializer on a list.</summary>
public class PSSL2004Tests
{
    private const string Rule = RuleIds.EmptyInitializer;

    [Theory]
    [InlineData("var options = new ForwardedHeadersOptions { ForwardedHeaders = ForwardedHeaders.All, {|PSSL2004:KnownProxies = { }|}, KnownNetworks = { }, KnownIPNetworks = {} };")]
    [InlineData("var other = new ForwardedHeadersOptions { {|PSSL2004:KnownProxies = { }|} }; var options = new ForwardedHeadersOptions { KnownIPNetworks = { new(IPAddress.Loopback, 32) }, {|PSSL2004:KnownProxies = { }|} };")]
    [InlineData("ForwardedHeadersOptions options = new() { {|PSSL2004:KnownProxies = { /* all */ }|} };")]
    public Task Reports_once_for_an_object(string statement) => Verify.Reports(Rule, OptionsApp.Passed(statement));

    [Theory]
    [InlineData("{|#0:KnownProxies = { }|}", "", "initializer of KnownProxies adds nothing and removes nothing, so only a proxy on this machine (loopback) is believed; add the proxy's address or network")]
    [InlineData("{|#0:KnownProxies = { }|}, KnownNetworks = { }", "", "initializers of KnownProxies and KnownNetworks add nothing and remove nothing, so only a proxy on this machine (loopback) is believed; add the proxy's address or network")]
    [InlineData("{|#0:KnownProxies = { }|}, KnownNetworks = { }", "options.KnownProxies.Clear();", "initializers of KnownProxies and KnownNetworks add nothing and remove nothing, so they have no effect; remove them")]
    public Task Says_which_lists_and_who_is_believed(string initializers, string after, string message) => Verify.ReportsMessage(
        OptionsApp.Passed($"var options = new ForwardedHeadersOptions {{ ForwardedHeaders = ForwardedHeaders.XForwardedFor, {initializers} }};\n{after}"),
        new DiagnosticResult(Rule, DiagnosticSeverity.Warning).WithLocation(0),
        "The empty " + message,
        Framework.Net90);

    // Before .NET 8 nobody is checked without X-Forwarded-For, so the lists say nothing about who is believed.
    [Fact]
    public Task Claims_no_loopback_where_the_framework_does_not_check() => Verify.ReportsMessage(
        OptionsApp.Passed("var options = new ForwardedHeadersOptions { ForwardedHeaders = ForwardedHeaders.XForwardedProto, {|#0:KnownNetworks = { }|} };"),
        new DiagnosticResult(Rule, DiagnosticSeverity.Warning).WithLocation(0),
        "The empty initializer of KnownNetworks adds nothing and removes nothing, so it has no effect; remove it",
        Framework.Net60);

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
                KnownProxies = { }
            };
            """),
        OptionsApp.Passed("""
            var options = new ForwardedHeadersOptions
            {
                ForwardedHeaders = ForwardedHeaders.XForwardedFor | ForwardedHeaders.XForwardedProto,
                KnownProxies = { IPAddress.Loopback, IPAddress.IPv6Loopback }
                // all
            };
            """),
        index: 1);

    [Fact]
    public Task Comments_of_empty_lists_stay() => Verify.Fixes(RuleIds.EmptyInitializer, OptionsApp.Passed("""
        var options = new ForwardedHeadersOptions
        {
            // Clear the defaults
            {|PSSL2004:KnownProxies = { }|}, // proxies
            KnownIPNetworks = { }, // any network
            ForwardedHeaders = ForwardedHeaders.XForwardedFor, // one
            ForwardLimit = 1
        };
        """), OptionsApp.Passed("""
        var options = new ForwardedHeadersOptions
        {
            // Clear the defaults
            // proxies
            // any network
            ForwardedHeaders = ForwardedHeaders.XForwardedFor, // one
            ForwardLimit = 1,
            KnownProxies = { IPAddress.Loopback, IPAddress.IPv6Loopback }
        };
        """), index: 1);
}
