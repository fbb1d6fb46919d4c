using System.Threading.Tasks;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Testing;
using ProxySsl.Analyzers.Tests.Verification;
using Xunit;

namespace ProxySsl.Analyzers.Tests.Options;

/// <summary>PSSL2003: a trusted network that covers every address.</summary>
public class PSSL2003Tests
{
    private const string Rule = RuleIds.NetworkCoversEveryAddress;

    private const string Flags = "options.ForwardedHeaders = ForwardedHeaders.XForwardedFor;";

    private const string Branch = Flags + "\n    if (args.Length > 0)\n    {\n        options.KnownProxies.Add(IPAddress.Parse(args[0]));\n    }\n";

    private const string Types = """

        static class Nets
        {
            public static readonly IPAddress Zero = IPAddress.Parse("0.0.0.0");
            public static readonly int Length = 0;
            public static System.Net.IPNetwork Any { get; } = System.Net.IPNetwork.Parse("0.0.0.0/0");
        }

        namespace Mine
        {
            static class IPNetwork { public static System.Net.IPNetwork Parse(string text) => new(IPAddress.Loopback, 8); }
        }
        """;

    // Reports

    [Theory]
    [InlineData("options.KnownIPNetworks.Add({|PSSL2003:System.Net.IPNetwork.Parse(\"0.0.0.0/0\")|});")]
    [InlineData("options.KnownIPNetworks.Add({|PSSL2003:new(IPAddress.Any, 0)|}); options.KnownIPNetworks.Add({|PSSL2003:new(IPAddress.IPv6Any, 0)|});")]
    [InlineData("options.KnownNetworks.Add({|PSSL2003:new Microsoft.AspNetCore.HttpOverrides.IPNetwork(IPAddress.Parse(\"0.0.0.0\"), 0)|});")]
    [InlineData("const string any = \"::/0\"; options.KnownIPNetworks.Add({|PSSL2003:System.Net.IPNetwork.Parse(any)|});")]
    [InlineData("var any = new System.Net.IPNetwork(IPAddress.Any, 0); options.KnownIPNetworks.Add({|PSSL2003:any|});")]
    [InlineData("options.KnownIPNetworks.Add({|PSSL2003:System.Net.IPNetwork.Parse(\"::ffff:0.0.0.0/96\")|});")]
    [InlineData("options.KnownIPNetworks.Add(System.Net.IPNetwork.Parse(\"0.0.0.0/1\")); options.KnownIPNetworks.Add({|PSSL2003:System.Net.IPNetwork.Parse(\"128.0.0.0/1\")|});")]
    [InlineData("options.KnownIPNetworks.Add(System.Net.IPNetwork.Parse(\"0.0.0.0/1\")); options.KnownIPNetworks.Add(System.Net.IPNetwork.Parse(\"10.0.0.0/8\")); options.KnownIPNetworks.Add({|PSSL2003:System.Net.IPNetwork.Parse(\"128.0.0.0/1\")|});")]
    [InlineData("foreach (var n in new[] { \"10.0.0.0/8\", {|PSSL2003:\"0.0.0.0/0\"|} }) { options.KnownIPNetworks.Add(System.Net.IPNetwork.Parse(n)); }")]
    [InlineData("if (args.Length == 0) { options.KnownIPNetworks.Add({|PSSL2003:new(IPAddress.Any, 0)|}); } else { options.KnownProxies.Add(IPAddress.Parse(args[0])); }")]
    [InlineData("if (builder.Environment.EnvironmentName == \"Production\") { options.KnownIPNetworks.Add({|PSSL2003:new(IPAddress.Any, 0)|}); }")]
    [InlineData("if (builder.Environment.EnvironmentName != \"Local\") { options.KnownIPNetworks.Add({|PSSL2003:new(IPAddress.Any, 0)|}); }")]
    [InlineData("string[] hosted = [\"production\", \"test\"]; if (hosted.Contains(builder.Environment.EnvironmentName)) { options.KnownIPNetworks.Add({|PSSL2003:new(IPAddress.Any, 0)|}); }")]
    [InlineData("void Add(string n) => options.KnownIPNetworks.Add(System.Net.IPNetwork.Parse(\"10.0.0.0/8\")); Add(\"\"); options.KnownIPNetworks.Add({|PSSL2003:new(IPAddress.Any, 0)|});")]
    [InlineData("options.KnownIPNetworks.Add(System.Net.IPNetwork.Parse(\"128.0.0.0/1\")); options.KnownIPNetworks.Add({|PSSL2003:System.Net.IPNetwork.Parse(\"0.0.0.0/1\")|});")]
    [InlineData("options.KnownIPNetworks.Add({|PSSL2003:Nets.Any|}); options.KnownIPNetworks.Add({|PSSL2003:new(Nets.Zero, Nets.Length)|});")]
    [InlineData("options.KnownIPNetworks.Add({|PSSL2003:new System.Net.IPNetwork(prefixLength: 0, baseAddress: IPAddress.Any)|});")]
    [InlineData("options.KnownIPNetworks.Add({|PSSL2003:new(new IPAddress(new byte[] { 0, 0, 0, 0 }), 0)|}); options.KnownIPNetworks.Add({|PSSL2003:new(IPAddress.Parse(args[0]), 0)|});")]
    [InlineData("if (System.Net.IPNetwork.TryParse(\"0.0.0.0/0\", out var any)) { options.KnownIPNetworks.Add({|PSSL2003:any|}); }")]
    [InlineData("Add(options, {|PSSL2003:\"0.0.0.0/0\"|}); Add(options, \"10.0.0.0/8\"); static void Add(ForwardedHeadersOptions o, string cidr) => o.KnownIPNetworks.Add(System.Net.IPNetwork.Parse(cidr));")]
    [InlineData("foreach (var n in new[] { {|PSSL2003:\"::/0\"|} }) { Add(n); } void Add(string cidr) { var network = System.Net.IPNetwork.Parse(cidr); options.KnownIPNetworks.Add(network); }")]
    [InlineData("options.KnownIPNetworks.Add(builder.Environment.IsProduction() ? {|PSSL2003:System.Net.IPNetwork.Parse(\"0.0.0.0/0\")|} : new(IPAddress.Loopback, 8));")]
    [InlineData("options.KnownIPNetworks.Add(args.Length > 0 ? System.Net.IPNetwork.Parse(args[0]) : {|PSSL2003:new System.Net.IPNetwork(IPAddress.Any, 0)|});")]
    public Task Reports_every_spelling(string body) => Verify.Reports(Rule, OptionsApp.Configured(Flags + body) + Types);

    [Theory]
    [InlineData("options.KnownIPNetworks.Add({|#0:System.Net.IPNetwork.Parse(\"0.0.0.0/0\")|});", "0.0.0.0/0 covers every IPv4 address, so any client that connects over IPv4 can choose its own IP address")]
    [InlineData("options.KnownIPNetworks.Add({|#0:System.Net.IPNetwork.Parse(\"::ffff:0.0.0.0/96\")|});", "::ffff:0.0.0.0/96 covers every IPv4 address, so any client that connects over IPv4 can choose its own IP address")]
    [InlineData("options.ForwardedHeaders |= ForwardedHeaders.XForwardedProto; options.KnownIPNetworks.Add({|#0:System.Net.IPNetwork.Parse(\"::/0\")|});", "::/0 covers every IPv6 address, so any client that connects over IPv6 can choose its own IP address and scheme")]
    [InlineData("options.KnownIPNetworks.Add(System.Net.IPNetwork.Parse(\"::/1\")); options.KnownIPNetworks.Add({|#0:System.Net.IPNetwork.Parse(\"8000::/1\")|});", "8000::/1 and the other half that is added before cover every IPv6 address, so any client that connects over IPv6 can choose its own IP address")]
    public Task Says_which_addresses_are_covered(string body, string message) => Verify.ReportsMessage(
        OptionsApp.Configured(Flags + body),
        new DiagnosticResult(Rule, DiagnosticSeverity.Warning).WithLocation(0),
        $"The trusted network {message}; name the network that the proxy is in");

    [Theory]
    [InlineData(Framework.Net60, "new IPNetwork(IPAddress.Any, 0)")]
    [InlineData(Framework.Net80, "Microsoft.AspNetCore.HttpOverrides.IPNetwork.Parse(\"0.0.0.0/0\")")]
    public Task Reports_initializers(Framework framework, string network) => Verify.Reports(Rule, $$"""
        using System.Net;
        using IPNetwork = Microsoft.AspNetCore.HttpOverrides.IPNetwork;
        using ForwardedHeaders = Microsoft.AspNetCore.HttpOverrides.ForwardedHeaders;
        var app = WebApplication.Create(args);
        app.UseForwardedHeaders(new ForwardedHeadersOptions { ForwardedHeaders = ForwardedHeaders.All, KnownNetworks = { {|PSSL2003:{{network}}|} } });
        """, framework);

    // Stays silent

    [Theory]
    [InlineData("options.KnownIPNetworks.Add(System.Net.IPNetwork.Parse(\"10.0.0.0/8\"));")]
    [InlineData("options.KnownIPNetworks.Add(System.Net.IPNetwork.Parse(\"0.0.0.0/1\"));")]
    [InlineData("options.KnownIPNetworks.Add(System.Net.IPNetwork.Parse(args[0]));")]
    [InlineData("if (builder.Environment.IsDevelopment()) { options.KnownIPNetworks.Add(new(IPAddress.Any, 0)); }")]
    [InlineData("if (builder.Configuration.GetValue<bool>(\"TrustEverybody\")) { options.KnownIPNetworks.Add(new(IPAddress.Any, 0)); }")]
    [InlineData("if (builder.Environment.EnvironmentName == \"Local\") { options.KnownIPNetworks.Add(new(IPAddress.Any, 0)); }")]
    [InlineData("if (builder.Environment.IsEnvironment(\"Local\")) { options.KnownIPNetworks.Add(new(IPAddress.Any, 0)); }")]
    [InlineData("if (\"Local\".Equals(builder.Environment.EnvironmentName, StringComparison.OrdinalIgnoreCase)) { options.KnownIPNetworks.Add(new(IPAddress.Any, 0)); }")]
    [InlineData("string[] local = [\"local\", \"development\"]; if (local.Contains(builder.Environment.EnvironmentName, StringComparer.OrdinalIgnoreCase)) { options.KnownIPNetworks.Add(new(IPAddress.Any, 0)); }")]
    [InlineData("options.ForwardedHeaders = ForwardedHeaders.None; options.KnownIPNetworks.Add(new(IPAddress.Any, 0));")]
    [InlineData("var other = new List<System.Net.IPNetwork> { new(IPAddress.Any, 0) };")]
    [InlineData("options.KnownIPNetworks.Add(System.Net.IPNetwork.Parse(\"0.0.0.0/1\")); options.KnownIPNetworks.Add(System.Net.IPNetwork.Parse(\"8000::/1\"));")]
    [InlineData("options.KnownIPNetworks.Add(Mine.IPNetwork.Parse(\"0.0.0.0/0\"));")]
    [InlineData("options.KnownIPNetworks.Add(new(IPAddress.Any, 0)); options.KnownIPNetworks.Clear(); options.KnownProxies.Add(IPAddress.Parse(\"10.0.0.1\"));")]
    [InlineData("if (args.Length > 0) { options.KnownIPNetworks.Add(System.Net.IPNetwork.Parse(\"0.0.0.0/1\")); } else { options.KnownIPNetworks.Add(System.Net.IPNetwork.Parse(\"128.0.0.0/1\")); }")]
    [InlineData("options.KnownIPNetworks.Add(builder.Environment.IsDevelopment() ? new(IPAddress.Any, 0) : System.Net.IPNetwork.Parse(\"10.0.0.0/8\"));")]
    public Task Stays_silent(string body) => Verify.Silent(Rule, OptionsApp.Configured(Flags + body) + Types);

    // Fixes

    [Fact]
    public Task Both_entries_give_way_to_configured_ones() => Verify.Fixes(
        Rule,
        OptionsApp.Configured("""
            options.ForwardedHeaders = ForwardedHeaders.XForwardedFor;
                options.KnownProxies.Clear();
                options.KnownIPNetworks.Clear();
                options.KnownIPNetworks.Add({|PSSL2003:new(IPAddress.Any, 0)|});
                options.KnownIPNetworks.Add({|PSSL2003:new(IPAddress.IPv6Any, 0)|});
            """),
        OptionsApp.Configured("""
            options.ForwardedHeaders = ForwardedHeaders.XForwardedFor;
                options.KnownProxies.Add(IPAddress.Loopback);
                options.KnownProxies.Add(IPAddress.IPv6Loopback);
            """),
        index: 1);

    [Fact]
    public Task Other_entries_stay_alone() => Verify.Fixes(
        Rule,
        OptionsApp.Passed("""
            var options = new ForwardedHeadersOptions
            {
                ForwardedHeaders = ForwardedHeaders.XForwardedFor,
                KnownIPNetworks = { {|PSSL2003:new(IPAddress.Any, 0)|}, System.Net.IPNetwork.Parse("10.0.0.0/8") },
            };
            """),
        OptionsApp.Passed("""
            var options = new ForwardedHeadersOptions
            {
                ForwardedHeaders = ForwardedHeaders.XForwardedFor,
                KnownIPNetworks = { System.Net.IPNetwork.Parse("10.0.0.0/8") },
            };
            """));

    [Fact]
    public Task An_only_entry_of_an_initializer_gives_way() => Verify.Fixes(
        Rule,
        OptionsApp.Passed("""
            var options = new ForwardedHeadersOptions
            {
                KnownIPNetworks = { {|PSSL2003:new(IPAddress.Any, 0)|} },
                ForwardedHeaders = ForwardedHeaders.XForwardedFor
            };
            """),
        OptionsApp.Passed("""
            var options = new ForwardedHeadersOptions
            {
                ForwardedHeaders = ForwardedHeaders.XForwardedFor,
                KnownProxies = { IPAddress.Loopback, IPAddress.IPv6Loopback }
            };
            """),
        index: 1);

    [Theory]
    [InlineData("({|PSSL2003:new System.Net.IPNetwork(IPAddress.Any, 0)|})")]
    [InlineData("(({|PSSL2003:new System.Net.IPNetwork(IPAddress.Any, 0)|})!)")]
    public Task An_entry_in_parentheses_gives_way(string network) => Verify.Fixes(
        Rule,
        OptionsApp.Passed($$"""
            var options = new ForwardedHeadersOptions { ForwardedHeaders = ForwardedHeaders.XForwardedFor };
            options.KnownIPNetworks.Add({{network}});
            """),
        OptionsApp.Passed("""
            var options = new ForwardedHeadersOptions { ForwardedHeaders = ForwardedHeaders.XForwardedFor };
            options.KnownProxies.Add(IPAddress.Loopback);
            options.KnownProxies.Add(IPAddress.IPv6Loopback);
            """),
        index: 1);

    [Fact]
    public Task An_entry_in_parentheses_in_an_initializer_gives_way() => Verify.Fixes(
        Rule,
        OptionsApp.Passed("""
            var options = new ForwardedHeadersOptions
            {
                ForwardedHeaders = ForwardedHeaders.XForwardedFor,
                KnownIPNetworks = { ({|PSSL2003:new System.Net.IPNetwork(IPAddress.Any, 0)|}), System.Net.IPNetwork.Parse("10.0.0.0/8") },
            };
            """),
        OptionsApp.Passed("""
            var options = new ForwardedHeadersOptions
            {
                ForwardedHeaders = ForwardedHeaders.XForwardedFor,
                KnownIPNetworks = { System.Net.IPNetwork.Parse("10.0.0.0/8") },
            };
            """));

    [Theory]
    [InlineData("", "")]
    [InlineData("        // in a container\n", "    else\n    {\n        // in a container\n    }\n")]
    public Task An_else_that_nothing_is_left_of_goes(string comment, string kept) => Verify.Fixes(
        Rule,
        OptionsApp.Configured($"{Branch}    else\n    {{\n{comment}        options.KnownIPNetworks.Add({{|PSSL2003:new(IPAddress.Any, 0)|}});\n    }}\n"),
        OptionsApp.Configured(Branch + kept));

    [Fact]
    public Task Names_the_whole_and_the_other_half() => Verify.Names(
        Rule,
        OptionsApp.Configured(Flags + """
            options.KnownIPNetworks.Add({|PSSL2003:System.Net.IPNetwork.Parse("::/0")|});
            options.KnownIPNetworks.Add(System.Net.IPNetwork.Parse("0.0.0.0/1"));
            options.KnownIPNetworks.Add({|PSSL2003:System.Net.IPNetwork.Parse("128.0.0.0/1")|});
            """),
        ["::/0 covers", "128.0.0.0/1 and the other half"]);

    // One whose condition may do something stays, and so does the other branch of two.
    [Theory]
    [InlineData("args.Length > 0", "", "")]
    [InlineData("args.Length > Next()", "", "    if (args.Length > Next())\n    {\n    }\n")]
    [InlineData("args.Length > Next()", "    else\n    {\n        Next();\n    }\n", "    if (!(args.Length > Next()))\n    {\n        Next();\n    }\n")]
    public Task An_if_that_nothing_is_left_of_goes(string condition, string otherwise, string kept)
    {
        const string Start = Flags + "\n    static int Next() => 0;\n    options.KnownProxies.Add(IPAddress.Parse(args[0]));\n";
        return Verify.Fixes(
            Rule,
            OptionsApp.Configured($"{Start}    if ({condition})\n    {{\n        options.KnownIPNetworks.Add({{|PSSL2003:new(IPAddress.Any, 0)|}});\n    }}\n{otherwise}"),
            OptionsApp.Configured(Start + kept));
    }

    [Fact]
    public Task Reports_an_entry_in_a_file_that_spells_none_of_our_words()
    {
        var test = new ProxySslTest([Rule]);
        test.TestState.Sources.Add(("/0/Program.cs", OptionsApp.Configured(
            Flags + "foreach (var n in Nets.Trusted) { options.KnownIPNetworks.Add(System.Net.IPNetwork.Parse(n)); }")));
        test.TestState.Sources.Add(("/0/Nets.cs", "static class Nets { public static readonly string[] Trusted = { \"10.0.0.0/8\", {|PSSL2003:\"0.0.0.0/0\"|} }; }"));
        return test.RunAsync(TestContext.Current.CancellationToken);
    }

    [Theory]
    [InlineData("options.KnownIPNetworks.Add({|PSSL2003:new(IPAddress.Any, 0)|});")]
    [InlineData("options.KnownIPNetworks.Add({|PSSL2003:new(IPAddress.IPv6Any, 0)|});")]
    [InlineData("foreach (var n in new[] { \"10.0.0.0/8\", {|PSSL2003:\"0.0.0.0/0\"|} }) { options.KnownIPNetworks.Add(System.Net.IPNetwork.Parse(n)); }")]
    [InlineData("if (!builder.Environment.IsDevelopment()) { options.KnownIPNetworks.Add({|PSSL2003:new(IPAddress.Any, 0)|}); }")]
    public Task A_warning_where_every_path_adds_it(string body) => Verify.Warns(Rule, OptionsApp.ReadingAddress(OptionsApp.Configured(Flags + body)));

    [Theory]
    [InlineData("if (args.Length == 0) { options.KnownIPNetworks.Add({|PSSL2003:new(IPAddress.Any, 0)|}); } else { options.KnownProxies.Add(IPAddress.Parse(args[0])); }")]
    [InlineData("if (builder.Environment.EnvironmentName != \"Local\") { options.KnownIPNetworks.Add({|PSSL2003:new(IPAddress.Any, 0)|}); }")]
    public Task A_suggestion_where_another_path_does_not(string body) => Verify.Suggests(Rule, OptionsApp.ReadingAddress(OptionsApp.Configured(Flags + body)));

    [Fact]
    public Task A_suggestion_where_nothing_asks_for_the_address() =>
        Verify.Suggests(Rule, OptionsApp.Configured(Flags + "options.KnownIPNetworks.Add({|PSSL2003:new(IPAddress.Any, 0)|});"));

    // One decision is one warning.
    [Theory]
    [InlineData("options.KnownIPNetworks.Add({|PSSL2003:new(IPAddress.Any, 0)|}); options.KnownIPNetworks.Add({|PSSL2003:new(IPAddress.IPv6Any, 0)|});", false, true)]
    [InlineData("options.KnownIPNetworks.Add({|PSSL2003:new(IPAddress.IPv6Any, 0)|}); options.KnownIPNetworks.Add({|PSSL2003:new(IPAddress.Any, 0)|});", true, false)]
    [InlineData("options.KnownIPNetworks.Add({|PSSL2003:new(IPAddress.IPv6Any, 0)|}); if (args.Length > 0) { options.KnownIPNetworks.Add({|PSSL2003:new(IPAddress.Any, 0)|}); }", false, true)]
    public Task A_suggestion_beside_the_other_family_of_addresses(string body, bool first, bool second) => Verify.Grades(Rule, OptionsApp.ReadingAddress(OptionsApp.Configured(Flags + body)), first, second);
}
