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
    [InlineData("if (builder.Configuration[\"Telemetry\"] == \"on\") { Console.WriteLine(); } foreach (var p in builder.Configuration.GetSection(\"Proxies\").GetChildren()) { options.KnownProxies.Add(IPAddress.Parse(p.Value!)); }")]
    [InlineData("if (builder.Configuration.GetValue<bool>(\"Swagger\")) { Console.WriteLine(); } foreach (var p in builder.Configuration.GetSection(\"Proxies\").GetChildren()) { options.KnownProxies.Add(IPAddress.Parse(p.Value!)); }")]
    [InlineData("var s = (Flag: true, Proxies: args); if (s.Flag) { Console.WriteLine(); } foreach (var p in s.Proxies) { options.KnownProxies.Add(IPAddress.Parse(p)); }")]
    [InlineData("foreach (var p in args[0].Split(',', StringSplitOptions.RemoveEmptyEntries)) { options.KnownProxies.Add(IPAddress.Parse(p)); }")]
    [InlineData("foreach (var p in args[0].Split(',').Where(t => t.Length > 0)) { options.KnownProxies.Add(IPAddress.Parse(p)); }")]
    [InlineData("foreach (var p in args) { options.KnownProxies.Add(IPAddress.Parse(p)); } if (options.KnownProxies.Count == 0 && options.KnownIPNetworks.Count == 0) Console.WriteLine(\"no proxies\"); else Console.WriteLine(\"{0} proxies\", options.KnownProxies.Count);")]
    [InlineData("foreach (var p in args) { options.KnownProxies.Add(IPAddress.Parse(p)); } Console.WriteLine($\"{options.KnownProxies.Count()} proxies\");")]
    public Task Reports(string adds) => Verify.Reports(Rule, OptionsApp.Configured(Cleared + adds));

    [Theory]
    [InlineData(Unmarked)]
    [InlineData(Unmarked + "options.KnownProxies.Add(IPAddress.Parse(args[0]));")]
    [InlineData(Unmarked + "foreach (var p in new[] { \"10.0.0.1\" }) { options.KnownProxies.Add(IPAddress.Parse(p)); }")]
    [InlineData(Unmarked + "foreach (var p in args) { options.KnownProxies.Add(IPAddress.Parse(p)); } if (options.KnownProxies.Count == 0 && options.KnownIPNetworks.Count == 0) { throw new InvalidOperationException(); }")]
    [InlineData(Unmarked + "foreach (var p in args) { options.KnownProxies.Add(IPAddress.Parse(p)); } if (options.KnownProxies.Count == 0) { Console.WriteLine(\"no proxies\"); options.ForwardedHeaders = ForwardedHeaders.None; }")]
    [InlineData(Unmarked + "foreach (var p in args) { options.KnownProxies.Add(IPAddress.Parse(p)); } if (options.KnownProxies.Count == 0) { Environment.Exit(1); }")]
    [InlineData(Unmarked + "foreach (var p in args) { options.KnownProxies.Add(IPAddress.Parse(p)); } var isOpen = options.KnownProxies.Count == 0; if (isOpen) { Environment.Exit(1); }")]
    [InlineData("if (args.Length == 0) { return; }" + Unmarked + "foreach (var p in args) { options.KnownProxies.Add(IPAddress.Parse(p)); }")]
    [InlineData("if (args.Length == 0) { throw new InvalidOperationException(); }" + Unmarked + "foreach (var p in args) { options.KnownProxies.Add(IPAddress.Parse(p)); }")]
    [InlineData("if (args.Any()) {" + Unmarked + "foreach (var p in args) { options.KnownProxies.Add(IPAddress.Parse(p)); } }")]
    [InlineData("options.ForwardedHeaders = ForwardedHeaders.XForwardedFor; options.KnownProxies.Clear(); foreach (var p in args) { options.KnownProxies.Add(IPAddress.Parse(p)); }")]
    [InlineData("options.ForwardedHeaders = ForwardedHeaders.XForwardedFor; if (args[0] == \"open\") { options.KnownProxies.Clear(); options.KnownIPNetworks.Clear(); } foreach (var p in args) { options.KnownProxies.Add(IPAddress.Parse(p)); }")]
    [InlineData(Unmarked + "AddAll(\"10.0.0.1\"); void AddAll(params string[] proxies) { foreach (var p in proxies) { options.KnownProxies.Add(IPAddress.Parse(p)); } }")]
    [InlineData(Unmarked + "new List<string> { \"10.0.0.1\" }.ForEach(p => options.KnownProxies.Add(IPAddress.Parse(p)));")]
    [InlineData(Unmarked + "if (args.Length > 1) { Environment.Exit(1); return; } options.KnownProxies.Add(IPAddress.Loopback);")]
    [InlineData(Unmarked + "foreach (var ip in Dns.GetHostAddresses(\"proxy\")) { options.KnownProxies.Add(ip); }")]
    [InlineData(Unmarked + "foreach (var p in Written.Proxies) { options.KnownProxies.Add(IPAddress.Parse(p)); }")]
    [InlineData(Unmarked + "var written = new[] { \"10.0.0.1\" }; for (var i = 0; i < written.Length; i++) { options.KnownProxies.Add(IPAddress.Parse(written[i])); }")]
    [InlineData(Unmarked + "foreach (var p in args[0].Split(',')) { options.KnownProxies.Add(IPAddress.Parse(p)); }")]
    [InlineData(Unmarked + "foreach (var p in args.DefaultIfEmpty(\"10.0.0.1\")) { options.KnownProxies.Add(IPAddress.Parse(p)); }")]
    [InlineData(Unmarked + "string[] all = [\"10.0.0.1\", .. args]; foreach (var p in all) { options.KnownProxies.Add(IPAddress.Parse(p)); }")]
    [InlineData(Unmarked + "foreach (var p in new[] { \"10.0.0.1\" }.Select(IPAddress.Parse)) { options.KnownProxies.Add(p); }")]
    [InlineData(Unmarked + "foreach (var p in new Dictionary<string, int> { [\"10.0.0.1\"] = 1 }) { options.KnownProxies.Add(IPAddress.Parse(p.Key)); }")]
    [InlineData(Unmarked + "foreach (var p in All()) { options.KnownProxies.Add(p); } static IEnumerable<IPAddress> All() { yield return IPAddress.Parse(\"10.0.0.1\"); }")]
    [InlineData("var section = builder.Configuration.GetSection(\"Proxies\"); if (!section.Exists()) { throw new InvalidOperationException(); }" + Unmarked + "foreach (var p in section.GetChildren()) { options.KnownProxies.Add(IPAddress.Parse(p.Value!)); }")]
    [InlineData("if (string.IsNullOrEmpty(builder.Configuration[\"Proxies\"])) { throw new InvalidOperationException(); }" + Unmarked + "foreach (var p in builder.Configuration[\"Proxies\"]!.Split(',', StringSplitOptions.RemoveEmptyEntries)) { options.KnownProxies.Add(IPAddress.Parse(p)); }")]
    [InlineData("var any = args.Length > 0; if (!any) { throw new InvalidOperationException(); }" + Unmarked + "foreach (var p in args) { options.KnownProxies.Add(IPAddress.Parse(p)); }")]
    public Task Stays_silent(string body) => Verify.Silent(
        Rule, OptionsApp.Configured(body) + "\nstatic class Written { public static readonly string[] Proxies = { \"10.0.0.1\" }; }");

    [Theory]
    [InlineData("Console.WriteLine(options.KnownProxies.Count);")]
    [InlineData("if (options.KnownProxies.Count > 0) { Console.WriteLine(); }")]
    public Task Reports_where_the_lists_were_only_looked_at_before(string before) =>
        Verify.Reports(Rule, OptionsApp.Configured(before + Cleared + "foreach (var p in args) { options.KnownProxies.Add(IPAddress.Parse(p)); }"));

    [Theory]
    [InlineData("builder.Services.AddOptions<ForwardedHeadersOptions>().Validate(o => o.KnownProxies.Count > 0).ValidateOnStart();", "")]
    [InlineData("builder.Services.AddSingleton<IValidateOptions<ForwardedHeadersOptions>, Check>();", "class Check : IValidateOptions<ForwardedHeadersOptions> { public ValidateOptionsResult Validate(string? name, ForwardedHeadersOptions o) => o.KnownProxies.Any() ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(\"none\"); }")]
    public Task Stays_silent_where_the_finished_options_are_checked(string statement, string type) => Verify.Silent(
        Rule,
        OptionsApp.With(statement + "builder.Services.Configure<ForwardedHeadersOptions>(options => {" + Unmarked + "foreach (var p in args) { options.KnownProxies.Add(IPAddress.Parse(p)); } });") + type);

    // A check that the flow may miss, or that stands ahead of an addition, leaves everybody trusted, and the rule takes it for enough.
    [Theory]
    [InlineData("{0} if (args.Length == 7) { return; } foreach (var p in args) { options.KnownProxies.Add(IPAddress.Parse(p)); }")]
    [InlineData("{0} foreach (var p in args) { if (!IPAddress.TryParse(p, out var ip)) { return; } options.KnownProxies.Add(ip); }")]
    [InlineData("if (!builder.Environment.IsDevelopment()) { {0} } foreach (var p in args) { options.KnownProxies.Add(IPAddress.Parse(p)); }")]
    [InlineData("{0} Add(options, args); static void Add(ForwardedHeadersOptions o, string[] all) { foreach (var p in all) { o.KnownProxies.Add(IPAddress.Parse(p)); } }")]
    [InlineData("{0} var proxies = options.KnownProxies; foreach (var p in args) { proxies.Add(IPAddress.Parse(p)); }")]
    [InlineData("var proxies = options.KnownProxies; {0} foreach (var p in args) { proxies.Add(IPAddress.Parse(p)); } foreach (var p in args) { options.KnownProxies.Add(IPAddress.Parse(p)); }")]
    [InlineData("{0} void Add() { foreach (var p in args) { options.KnownProxies.Add(IPAddress.Parse(p)); } } Add();")]
    [InlineData("var o = options; {0} foreach (var p in args) { o.KnownProxies.Add(IPAddress.Parse(p)); }")]
    public Task Offers_no_fix_where_additions_may_be_missed(string body) =>
        Verify.OffersNoFix(Rule, OptionsApp.Configured(body.Replace("{0}", Cleared, System.StringComparison.Ordinal)));

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
