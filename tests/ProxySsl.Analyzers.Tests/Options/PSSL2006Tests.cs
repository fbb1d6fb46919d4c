using System.Threading.Tasks;
using ProxySsl.Analyzers.Tests.Verification;
using Xunit;

namespace ProxySsl.Analyzers.Tests.Options;

/// <summary>PSSL2006: a limit that breaks the middleware or the trust.</summary>
public class PSSL2006Tests
{
    private const string Rule = RuleIds.ForwardLimit;

    private const string Open = "options.ForwardedHeaders = ForwardedHeaders.XForwardedFor; options.KnownProxies.Clear(); options.KnownIPNetworks.Clear();";

    [Theory]
    [InlineData("{|PSSL2006:options.ForwardLimit = -1|};")]
    [InlineData("{|PSSL2006:options.ForwardLimit = 0|};")]
    [InlineData(Open + "{|PSSL2006:options.ForwardLimit = null|};")]
    [InlineData(Open + "{|PSSL2006:options.ForwardLimit = default|};")]
    [InlineData("{|PSSL2006:options.ForwardLimit = 3|};" + Open)]
    [InlineData("const int hops = 2; {|PSSL2006:options.ForwardLimit = hops|};" + Open)]
    [InlineData("options.ForwardLimit = 1; {|PSSL2006:options.ForwardLimit = 2|};" + Open)]
    [InlineData("options.ForwardedHeaders = ForwardedHeaders.All; options.KnownIPNetworks.Add(System.Net.IPNetwork.Parse(\"::ffff:0.0.0.0/96\")); {|PSSL2006:options.ForwardLimit = 3|};")]
    [InlineData("options.ForwardedHeaders = ForwardedHeaders.All; options.KnownIPNetworks.Add(System.Net.IPNetwork.Parse(\"0.0.0.0/0\")); {|PSSL2006:options.ForwardLimit = null|};")]
    [InlineData("if (args.Length > 0) { {|PSSL2006:options.ForwardLimit = 0|}; } else { {|PSSL2006:options.ForwardLimit = -1|}; }")]
    [InlineData("{|PSSL2006:options.ForwardLimit = IPEndPoint.MinPort|};")]
    [InlineData("const short hops = 0; {|PSSL2006:options.ForwardLimit = hops|};")]
    [InlineData("{|PSSL2006:options.ForwardLimit = builder.Environment.IsDevelopment() ? 1 : 0|};")]
    [InlineData("Limit(options, {|PSSL2006:0|}); static void Limit(ForwardedHeadersOptions o, int limit) => o.ForwardLimit = limit;")]
    public Task Reports(string body) => Verify.Reports(Rule, OptionsApp.Configured(body));

    [Fact]
    public Task Platform_does_not_loosen_it() => Verify.Reports(
        Rule,
        OptionsApp.Configured(Open + "{|PSSL2006:options.ForwardLimit = null|};"),
        configure: t => t.TestState.AnalyzerConfigFiles.Add(("/.globalconfig", "is_global = true\nproxyssl.proxy = platform\n")));

    [Theory]
    [InlineData("options.ForwardLimit = 1;" + Open)]
    [InlineData(Open)]
    [InlineData("options.ForwardedHeaders = ForwardedHeaders.XForwardedFor; options.ForwardLimit = null;")]
    [InlineData("options.ForwardedHeaders = ForwardedHeaders.XForwardedFor; options.KnownProxies.Add(IPAddress.Parse(\"10.0.0.1\")); options.ForwardLimit = 2;")]
    [InlineData(Open + "options.ForwardLimit = builder.Configuration.GetValue<int>(\"Hops\");")]
    [InlineData(Open + "if (args.Length > 0) { options.ForwardLimit = null; }")]
    [InlineData("if (builder.Environment.IsDevelopment()) { options.ForwardLimit = 0; }")]
    [InlineData("options.ForwardedHeaders = ForwardedHeaders.All; options.KnownIPNetworks.Add(System.Net.IPNetwork.Parse(\"::/0\")); options.ForwardLimit = null;")]
    [InlineData("options.ForwardLimit = 0; options.ForwardLimit = 1;")]
    [InlineData("if (args.Length > 0) { options.ForwardLimit = 0; } else { options.ForwardLimit = 1; }")]
    [InlineData("options.ForwardLimit = 0; options.ForwardLimit++;")]
    [InlineData("options.ForwardLimit = 0; options.ForwardLimit += args.Length;")]
    [InlineData(Open + "options.ForwardLimit = null; options.ForwardLimit ??= 1;")]
    [InlineData("if (args.Length > 0) { options.ForwardLimit = 0; } else { options.ForwardLimit = int.Parse(args[0]); }")]
    public Task Stays_silent(string body) => Verify.Silent(Rule, OptionsApp.Configured(body));

    [Theory]
    [InlineData("options.ForwardedForHeaderName = \"CF-Connecting-IP\";")]
    [InlineData("if (args.Length > 0) { options.ForwardedForHeaderName = builder.Configuration[\"ClientIp\"]!; } else { options.ForwardedForHeaderName = \"X-Real-IP\"; }")]
    [InlineData("if (args.Length > 0) { options.ForwardedForHeaderName = \"True-Client-IP\"; }")]
    public Task Stays_silent_where_another_header_is_read(string name) => Verify.Silent(Rule, OptionsApp.Configured(Open + name + "options.ForwardLimit = null;"));

    [Theory]
    [InlineData("options.ForwardedForHeaderName = \"x-forwarded-for\";")]
    [InlineData("options.ForwardedForHeaderName = ForwardedHeadersDefaults.XForwardedForHeaderName;")]
    [InlineData("options.ForwardedProtoHeaderName = \"X-Scheme\";")]
    [InlineData("options.RequireHeaderSymmetry = true;")]
    [InlineData("options.ForwardedHeaders |= ForwardedHeaders.XForwardedProto; options.RequireHeaderSymmetry = false;")]
    public Task Reports_where_the_list_is_read_all_the_same(string setting) =>
        Verify.Reports(Rule, OptionsApp.Configured(Open + setting + "{|PSSL2006:options.ForwardLimit = null|};"));

    // With the client's entry one header has more of them than the other, and the middleware takes none.
    [Theory]
    [InlineData("options.ForwardedHeaders = ForwardedHeaders.XForwardedFor | ForwardedHeaders.XForwardedProto; options.RequireHeaderSymmetry = true;")]
    [InlineData("options.ForwardedHeaders = ForwardedHeaders.XForwardedFor | ForwardedHeaders.XForwardedHost; options.RequireHeaderSymmetry = args.Length > 0;")]
    [InlineData("options.ForwardedHeaders = ForwardedHeaders.XForwardedFor | ForwardedHeaders.XForwardedPrefix; options.RequireHeaderSymmetry |= true;")]
    [InlineData("options.ForwardedHeaders = ForwardedHeaders.XForwardedProto;")]
    public Task Stays_silent_where_the_client_cannot_lengthen_the_list(string setting) =>
        Verify.Silent(Rule, OptionsApp.Configured(Open + setting + "options.ForwardLimit = null;"));

    // A name that nobody can read may be that of a list; the limit does no harm where it is not.
    [Theory]
    [InlineData("options.ForwardedForHeaderName = builder.Configuration[\"ClientIp\"]!;", "null", "wherever the configured header holds a list, because every sender is trusted and the whole list")]
    [InlineData("options.ForwardedForHeaderName = Settings.Header;", "3", "wherever the configured header holds a list, because every sender is trusted and entries")]
    public Task Reports_where_the_name_comes_from_configuration(string name, string limit, string message) => Verify.Names(
        Rule,
        OptionsApp.Configured(Open + name + $"{{|PSSL2006:options.ForwardLimit = {limit}|}};") + "static class Settings { public static string Header { get; set; } = \"\"; }",
        [message]);

    // The entry that trusts everybody is one way of several.
    [Theory]
    [InlineData("if (args.Length > 0) { options.KnownIPNetworks.Add(new(IPAddress.Any, 0)); } else { options.KnownProxies.Add(IPAddress.Parse(\"10.0.0.1\")); }")]
    [InlineData("if (new[] { \"local\" }.Contains(builder.Environment.EnvironmentName)) { options.KnownIPNetworks.Add(new(IPAddress.Any, 0)); }")]
    [InlineData("options.KnownIPNetworks.Add(args.Length > 0 ? System.Net.IPNetwork.Parse(args[0]) : new(IPAddress.Any, 0));")]
    public Task Stays_silent_where_everybody_is_trusted_on_one_path(string trust) =>
        Verify.Silent(Rule, OptionsApp.Configured("options.ForwardedHeaders = ForwardedHeaders.All; options.KnownProxies.Clear();" + trust + "options.ForwardLimit = 3;"));

    [Theory]
    [InlineData("foreach (var n in new[] { \"0.0.0.0/0\", \"::/0\" }) { options.KnownIPNetworks.Add(System.Net.IPNetwork.Parse(n)); }")]
    [InlineData("if (args.Length > 9) { throw new ArgumentException(); } options.KnownIPNetworks.Add(new(IPAddress.Any, 0));")]
    [InlineData("options.KnownIPNetworks.Add(System.Net.IPNetwork.Parse(\"10.0.0.0/8\")); options.KnownIPNetworks.Add(new(IPAddress.Any, 0));")]
    [InlineData("Trust(options.KnownIPNetworks); static void Trust(IList<System.Net.IPNetwork> n) => n.Add(new(IPAddress.Any, 0));")]
    public Task Reports_where_everybody_is_trusted_on_every_path(string trust) =>
        Verify.Reports(Rule, OptionsApp.Configured("options.ForwardedHeaders = ForwardedHeaders.All;" + trust + "{|PSSL2006:options.ForwardLimit = 3|};"));

    [Fact]
    public Task A_limit_that_breaks_the_middleware_is_reported_whatever_it_reads() => Verify.Reports(
        Rule, OptionsApp.Configured("options.ForwardedForHeaderName = \"CF-Connecting-IP\"; options.RequireHeaderSymmetry = true; {|PSSL2006:options.ForwardLimit = 0|};"));

    [Fact]
    public Task Becomes_one() => Verify.Fixes(
        Rule,
        OptionsApp.Passed("var options = new ForwardedHeadersOptions { {|PSSL2006:ForwardLimit = -1|} /* all */, ForwardedHeaders = ForwardedHeaders.All };"),
        OptionsApp.Passed("var options = new ForwardedHeadersOptions { ForwardLimit = 1 /* all */, ForwardedHeaders = ForwardedHeaders.All };"));

    [Fact]
    public Task Reports_beside_another_call_that_trusts_nobody_else() => Verify.Reports(Rule, OptionsApp.With("""
        builder.Services.Configure<ForwardedHeadersOptions>(o => { o.ForwardedHeaders = ForwardedHeaders.All; {|PSSL2006:o.ForwardLimit = null|}; });
        builder.Services.Configure<ForwardedHeadersOptions>(o => o.KnownIPNetworks.Add(System.Net.IPNetwork.Parse("0.0.0.0/0")));
        """));

    [Fact]
    public Task Names_the_value() => Verify.Names(
        Rule,
        OptionsApp.Passed("""
            var options = new ForwardedHeadersOptions { ForwardedHeaders = ForwardedHeaders.XForwardedFor, KnownIPNetworks = { new(IPAddress.Any, 0) }, {|PSSL2006:ForwardLimit = null|} };
            app.UseForwardedHeaders(new ForwardedHeadersOptions { ForwardedHeaders = ForwardedHeaders.XForwardedFor, {|PSSL2006:ForwardLimit = -1|} });
            """),
        ["null", "-1"]);

    [Fact]
    public Task The_argument_of_a_helper_is_set() => Verify.Fixes(Rule, OptionsApp.Passed("""
        ForwardedHeadersOptions options;
        options = Make({|PSSL2006:0|});
        static ForwardedHeadersOptions Make(int limit) => new() { ForwardedHeaders = ForwardedHeaders.XForwardedFor, ForwardLimit = limit };
        """), OptionsApp.Passed("""
        ForwardedHeadersOptions options;
        options = Make(1);
        static ForwardedHeadersOptions Make(int limit) => new() { ForwardedHeaders = ForwardedHeaders.XForwardedFor, ForwardLimit = limit };
        """));

    [Theory]
    [InlineData("null", true)]
    [InlineData("2", true)]
    [InlineData("0", false)]
    [InlineData("-1", false)]
    public Task A_suggestion_where_nothing_asks_for_the_address(string limit, bool isSuggestion)
    {
        var source = OptionsApp.Configured(
            "options.ForwardedHeaders = ForwardedHeaders.XForwardedFor; {|PSSL2006:options.ForwardLimit = " + limit + "|}; options.KnownProxies.Clear(); options.KnownIPNetworks.Clear();");
        return isSuggestion ? Verify.Suggests(Rule, source) : Verify.Warns(Rule, source);
    }

    [Theory]
    [InlineData("null")]
    [InlineData("2")]
    public Task A_warning_where_something_does(string limit) => Verify.Warns(Rule, OptionsApp.ReadingAddress(OptionsApp.Configured(
        "options.ForwardedHeaders = ForwardedHeaders.XForwardedFor; {|PSSL2006:options.ForwardLimit = " + limit + "|}; options.KnownProxies.Clear(); options.KnownIPNetworks.Clear();")));
}
