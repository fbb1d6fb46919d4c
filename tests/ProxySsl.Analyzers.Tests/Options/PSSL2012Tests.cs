using System.Threading.Tasks;
using Microsoft.CodeAnalysis.Testing;
using ProxySsl.Analyzers.Tests.Verification;
using Xunit;

namespace ProxySsl.Analyzers.Tests.Options;

/// <summary>PSSL2012: cleared, then filled by code that may add nothing.</summary>
public class PSSL2012Tests
{
    private const string Rule = RuleIds.FailsOpen;

    private const string Cleared = "options.ForwardedHeaders = ForwardedHeaders.XForwardedFor; options.KnownProxies.Clear(); {|PSSL2012:options.KnownIPNetworks.Clear()|};";

    private const string Unmarked = "options.ForwardedHeaders = ForwardedHeaders.XForwardedFor; options.KnownProxies.Clear(); options.KnownIPNetworks.Clear();";

    [Theory]
    [InlineData("foreach (var p in args) { options.KnownProxies.Add(IPAddress.Parse(p)); }")]
    [InlineData("foreach (var p in builder.Configuration.GetSection(\"Proxies\").GetChildren()) { if (IPAddress.TryParse(p.Value, out var ip)) { options.KnownProxies.Add(ip); } }")]
    [InlineData("var proxies = builder.Configuration[\"Proxies\"]; if (!string.IsNullOrEmpty(proxies)) { options.KnownProxies.Add(IPAddress.Parse(proxies)); }")]
    [InlineData("args.ToList().ForEach(p => options.KnownProxies.Add(IPAddress.Parse(p)));")]
    [InlineData("((List<IPAddress>)options.KnownProxies).AddRange(args.Select(IPAddress.Parse));")]
    [InlineData("for (var i = 0; i < args.Length; i++) { options.KnownIPNetworks.Add(System.Net.IPNetwork.Parse(args[i])); }")]
    [InlineData("args.Select(IPAddress.Parse).ToList().ForEach(options.KnownProxies.Add);")]
    public Task Reports(string adds) => Verify.Reports(Rule, OptionsApp.Configured(Cleared + adds));

    [Theory]
    [InlineData(Unmarked)]
    [InlineData(Unmarked + "options.KnownProxies.Add(IPAddress.Parse(args[0]));")]
    [InlineData(Unmarked + "foreach (var p in new[] { \"10.0.0.1\" }) { options.KnownProxies.Add(IPAddress.Parse(p)); }")]
    [InlineData(Unmarked + "foreach (var p in args) { options.KnownProxies.Add(IPAddress.Parse(p)); } if (options.KnownProxies.Count == 0 && options.KnownIPNetworks.Count == 0) { throw new InvalidOperationException(); }")]
    [InlineData("if (args.Length == 0) { return; }" + Unmarked + "foreach (var p in args) { options.KnownProxies.Add(IPAddress.Parse(p)); }")]
    [InlineData("if (args.Length == 0) { throw new InvalidOperationException(); }" + Unmarked + "foreach (var p in args) { options.KnownProxies.Add(IPAddress.Parse(p)); }")]
    [InlineData("if (args.Any()) {" + Unmarked + "foreach (var p in args) { options.KnownProxies.Add(IPAddress.Parse(p)); } }")]
    [InlineData("options.ForwardedHeaders = ForwardedHeaders.XForwardedFor; options.KnownProxies.Clear(); foreach (var p in args) { options.KnownProxies.Add(IPAddress.Parse(p)); }")]
    [InlineData("options.ForwardedHeaders = ForwardedHeaders.XForwardedFor; if (args[0] == \"open\") { options.KnownProxies.Clear(); options.KnownIPNetworks.Clear(); } foreach (var p in args) { options.KnownProxies.Add(IPAddress.Parse(p)); }")]
    [InlineData(Unmarked + "AddAll(\"10.0.0.1\"); void AddAll(params string[] proxies) { foreach (var p in proxies) { options.KnownProxies.Add(IPAddress.Parse(p)); } }")]
    [InlineData(Unmarked + "new List<string> { \"10.0.0.1\" }.ForEach(p => options.KnownProxies.Add(IPAddress.Parse(p)));")]
    [InlineData(Unmarked + "if (args.Length > 1) { Environment.Exit(1); return; } options.KnownProxies.Add(IPAddress.Loopback);")]
    [InlineData(Unmarked + "foreach (var ip in Dns.GetHostAddresses(\"proxy\")) { options.KnownProxies.Add(ip); }")]
    public Task Stays_silent(string body) => Verify.Silent(Rule, OptionsApp.Configured(body));

    [Fact]
    public Task Empty_lists_get_loopback() => Verify.Fixes(
        Rule,
        OptionsApp.Configured("""
            options.ForwardedHeaders = ForwardedHeaders.XForwardedFor;
                options.KnownProxies.Clear();
                {|PSSL2012:options.KnownIPNetworks.Clear()|};
                foreach (var p in args)
                {
                    options.KnownProxies.Add(IPAddress.Parse(p));
                }
            """),
        OptionsApp.Configured("""
            options.ForwardedHeaders = ForwardedHeaders.XForwardedFor;
                options.KnownProxies.Clear();
                options.KnownIPNetworks.Clear();
                foreach (var p in args)
                {
                    options.KnownProxies.Add(IPAddress.Parse(p));
                }

                if (options.KnownProxies.Count == 0 && options.KnownIPNetworks.Count == 0)
                {
                    options.KnownProxies.Add(IPAddress.Loopback);
                    options.KnownProxies.Add(IPAddress.IPv6Loopback);
                }
            """));

    [Theory]
    [InlineData("builder.Services.Configure<ForwardedHeadersOptions>(o => o.KnownProxies.Add(IPAddress.Parse(\"10.0.0.1\")));")]
    [InlineData("builder.Services.Configure<ForwardedHeadersOptions>(o => o.KnownIPNetworks.Add(System.Net.IPNetwork.Parse(\"10.0.0.0/8\")));")]
    public Task Stays_silent_where_another_call_adds(string other) => Verify.Silent(Rule, OptionsApp.With((other + """
        builder.Services.Configure<ForwardedHeadersOptions>(options => { REST });
        """).Replace("REST", Unmarked + "foreach (var p in args) { options.KnownProxies.Add(IPAddress.Parse(p)); }")));

    [Theory]
    [InlineData("builder.Services.AddTrustedProxies();", false)]
    [InlineData("builder.Services.AddMissing();", true)]
    public Task Stays_silent_where_a_missing_library_may_add(string statement, bool reports)
    {
        var adds = "foreach (var p in args) { options.KnownProxies.Add(IPAddress.Parse(p)); }";
        var source = OptionsApp.With($"{statement} builder.Services.Configure<ForwardedHeadersOptions>(options => {{ {(reports ? Cleared : Unmarked)} {adds} }});");
        return reports
            ? Verify.Reports(Rule, source, configure: t => t.CompilerDiagnostics = CompilerDiagnostics.None)
            : Verify.Silent(Rule, source, configure: t => t.CompilerDiagnostics = CompilerDiagnostics.None);
    }

    [Fact]
    public Task Stays_silent_for_an_object_that_nobody_uses() => Verify.Silent(
        Rule,
        OptionsApp.With("var options = new ForwardedHeadersOptions();" + Unmarked + "foreach (var p in args) { options.KnownProxies.Add(IPAddress.Parse(p)); }"));
}
