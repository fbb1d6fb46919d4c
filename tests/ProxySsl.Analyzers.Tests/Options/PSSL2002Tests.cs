using System;
using System.Threading.Tasks;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Testing;
using ProxySsl.Analyzers.Tests.Verification;
using Xunit;

namespace ProxySsl.Analyzers.Tests.Options;

/// <summary>PSSL2002: options that process headers and declare no known proxy.</summary>
public class PSSL2002Tests
{
    private const string Rule = RuleIds.NoKnownProxy;

    // Reports

    [Theory]
    [InlineData("builder.Services.{|PSSL2002:Configure|}<ForwardedHeadersOptions>(o => o.ForwardedHeaders = ForwardedHeaders.All);")]
    [InlineData("builder.Services.{|PSSL2002:PostConfigure|}<ForwardedHeadersOptions>(o => { o.ForwardedHeaders = ForwardedHeaders.XForwardedFor; o.ForwardLimit = 2; });")]
    [InlineData("builder.Services.AddOptions<ForwardedHeadersOptions>().{|PSSL2002:Configure|}<IConfiguration>((o, c) => o.ForwardedHeaders = ForwardedHeaders.All);")]
    [InlineData("builder.Services.{|PSSL2002:Configure|}<ForwardedHeadersOptions>(Set); static void Set(ForwardedHeadersOptions o) => o.ForwardedHeaders |= ForwardedHeaders.XForwardedFor;")]
    [InlineData("builder.Services.{|PSSL2002:Configure|}<ForwardedHeadersOptions>(o => o.ForwardedHeaders = ForwardedHeaders.All); builder.Services.Configure<ForwardedHeadersOptions>(o => o.ForwardLimit = 2);")]
    [InlineData("var o = {|PSSL2002:new ForwardedHeadersOptions|} { ForwardedHeaders = ForwardedHeaders.All }; app.UseForwardedHeaders(o);")]
    [InlineData("app.UseForwardedHeaders({|PSSL2002:new()|} { ForwardedHeaders = ForwardedHeaders.All });")]
    [InlineData("ForwardedHeadersExtensions.UseForwardedHeaders(app, {|PSSL2002:new ForwardedHeadersOptions|}() { ForwardedHeaders = ForwardedHeaders.All });")]
    [InlineData("app.Map(\"/x\", b => b.UseForwardedHeaders({|PSSL2002:new ForwardedHeadersOptions|} { ForwardedHeaders = ForwardedHeaders.All }));")]
    [InlineData("ForwardedHeadersOptions Make() => {|PSSL2002:new()|} { ForwardedHeaders = ForwardedHeaders.All }; app.UseForwardedHeaders(Make());")]
    [InlineData("app.UseMiddleware<ForwardedHeadersMiddleware>(Options.Create({|PSSL2002:new ForwardedHeadersOptions|} { ForwardedHeaders = ForwardedHeaders.All }));")]
    [InlineData("var o = {|PSSL2002:new ForwardedHeadersOptions|} { ForwardedHeaders = ForwardedHeaders.All }; if (app.Environment.IsDevelopment()) { o.KnownProxies.Clear(); } app.UseForwardedHeaders(o);")]
    public Task Reports_every_way_to_configure(string statement) => Verify.Reports(Rule, $$"""
        using Microsoft.AspNetCore.HttpOverrides;
        using Microsoft.Extensions.Options;
        var builder = WebApplication.CreateBuilder(args);
        var app = builder.Build();
        {{statement}}
        """);

    // The mend is PSSL3005's: the proxies are declared, in the object that this one replaces.
    [Theory]
    [InlineData("o.KnownProxies.Add(System.Net.IPAddress.Parse(args[0]))", "the proxies are declared in the services (Test0.cs, line 3), which this object replaces")]
    [InlineData("o.KnownIPNetworks.Add(System.Net.IPNetwork.Parse(args[0]))", "the proxies are declared in the services (Test0.cs, line 3), which this object replaces")]
    [InlineData("o.KnownProxies.Clear()", "; add the proxy's address or network")]
    [InlineData("o.ForwardLimit = 2", "; add the proxy's address or network")]
    public Task Says_where_the_services_declare_proxies(string configured, string advice) => Verify.Names(
        Rule,
        $$"""
        using Microsoft.AspNetCore.HttpOverrides;
        var builder = WebApplication.CreateBuilder(args);
        builder.Services.Configure<ForwardedHeadersOptions>(o => { {{configured}}; });
        builder.Build().UseForwardedHeaders({|PSSL2002:new ForwardedHeadersOptions|} { ForwardedHeaders = ForwardedHeaders.All });
        """,
        [advice]);

    [Fact]
    public Task Offers_no_fix_where_the_services_declare_proxies() => Verify.OffersNoFix(Rule, """
        using Microsoft.AspNetCore.HttpOverrides;
        var builder = WebApplication.CreateBuilder(args);
        builder.Services.Configure<ForwardedHeadersOptions>(o => o.KnownProxies.Add(System.Net.IPAddress.Parse(args[0])));
        builder.Build().UseForwardedHeaders({|PSSL2002:new ForwardedHeadersOptions|} { ForwardedHeaders = ForwardedHeaders.All });
        """);

    [Theory]
    [InlineData("builder.Services.AddTrustedProxies();")]
    [InlineData("builder.ConfigureForwardedHeaders();")]
    [InlineData("builder.Services.Missing<ForwardedHeadersOptions>(o => { });")]
    public Task Stays_silent_where_a_missing_library_may_add_proxies(string statement) => Verify.Silent(
        Rule,
        $$"""
        using Microsoft.AspNetCore.HttpOverrides;
        var builder = WebApplication.CreateBuilder(args);
        builder.Services.Configure<ForwardedHeadersOptions>(o => o.ForwardedHeaders = ForwardedHeaders.All);
        {{statement}}
        builder.Build().UseForwardedHeaders();
        """,
        configure: t => t.CompilerDiagnostics = CompilerDiagnostics.None);

    [Fact]
    public Task Reports_an_object_of_its_own_whatever_a_missing_library_configures() => Verify.Reports(
        Rule,
        """
        using Microsoft.AspNetCore.HttpOverrides;
        var builder = WebApplication.CreateBuilder(args);
        builder.Services.AddTrustedProxies();
        builder.Build().UseForwardedHeaders({|PSSL2002:new ForwardedHeadersOptions|} { ForwardedHeaders = ForwardedHeaders.All });
        """,
        configure: t => t.CompilerDiagnostics = CompilerDiagnostics.None);

    // The first by path and position carries the report, in whatever order the compiler gets the files.
    [Fact]
    public Task Reports_the_first_of_several_calls()
    {
        var test = new ProxySslTest([Rule]);
        test.TestState.Sources.Add(("/0/Program.cs", """
            using Microsoft.AspNetCore.HttpOverrides;
            var builder = WebApplication.CreateBuilder(args);
            builder.Services.Configure<ForwardedHeadersOptions>(o => o.ForwardedHeaders = ForwardedHeaders.All);
            Hosting.First(builder.Services);
            Hosting.Second(builder.Services);
            builder.Build().UseForwardedHeaders();
            """));
        test.TestState.Sources.Add(("/0/Hosting.cs", """
            using Microsoft.AspNetCore.HttpOverrides;
            public static class Hosting
            {
                public static void First(IServiceCollection services) => services.{|PSSL2002:Configure|}<ForwardedHeadersOptions>(o => o.ForwardLimit = 2);
                public static void Second(IServiceCollection services) => services.Configure<ForwardedHeadersOptions>(o => o.ForwardedHeaders = ForwardedHeaders.All);
            }
            """));
        return test.RunAsync(TestContext.Current.CancellationToken);
    }

    [Fact]
    public Task Reports_classes() => Verify.Reports(Rule, """
        using Microsoft.AspNetCore.HttpOverrides;
        using Microsoft.Extensions.Options;
        public class {|PSSL2002:Forwarding|} : IConfigureOptions<ForwardedHeadersOptions>
        {
            void IConfigureOptions<ForwardedHeadersOptions>.Configure(ForwardedHeadersOptions options) => options.ForwardedHeaders = ForwardedHeaders.All;
        }
        public static class Program { public static void Main() { } }
        """);

    private const string Loopback = ", so only a proxy on this machine (loopback) is believed and the headers of any other are ignored; add the proxy's address or network";

    [Theory]
    [InlineData("builder.Services.{|#0:Configure|}<ForwardedHeadersOptions>(o => o.ForwardedHeaders = ForwardedHeaders.All);", "This Configure call adds no known proxy" + Loopback)]
    [InlineData("var app = builder.Build(); var o = {|#0:app.Services.GetRequiredService<Microsoft.Extensions.Options.IOptions<ForwardedHeadersOptions>>().Value|}; o.ForwardedHeaders = ForwardedHeaders.All; app.UseForwardedHeaders();", "This change of the finished options adds no known proxy" + Loopback)]
    [InlineData("builder.Build().UseForwardedHeaders({|#0:new()|} { ForwardedHeaders = ForwardedHeaders.All });", "These ForwardedHeadersOptions add no known proxy" + Loopback)]
    [InlineData("} } class {|#0:Forwarding|} : Microsoft.Extensions.Options.IConfigureOptions<ForwardedHeadersOptions> { public void Configure(ForwardedHeadersOptions o) { o.ForwardedHeaders = ForwardedHeaders.All;", "Forwarding adds no known proxy" + Loopback)]
    public Task Says_where_the_proxy_is_missing(string body, string message) => Verify.ReportsMessage(
        $$"""
        using Microsoft.AspNetCore.HttpOverrides;
        class Program
        {
            static void Main(string[] args)
            {
                var builder = WebApplication.CreateBuilder(args);
                {{body}}
            }
        }
        """,
        new DiagnosticResult(Rule, DiagnosticSeverity.Warning).WithLocation(0),
        message);

    // Before .NET 8 the known lists are asked about X-Forwarded-For alone; on 8 and 9 a patch changed that.
    [Theory]
    [InlineData(Framework.Net60, "XForwardedFor | ForwardedHeaders.XForwardedProto", "")]
    [InlineData(Framework.Net80, "XForwardedFor | ForwardedHeaders.XForwardedProto", "")]
    [InlineData(Framework.Net80, "XForwardedProto", " (without XForwardedFor since 8.0.17 and 9.0.6)")]
    [InlineData(Framework.Net90, "XForwardedHost", " (without XForwardedFor since 8.0.17 and 9.0.6)")]
    [InlineData(Framework.Net100, "XForwardedProto", "")]
    public Task Says_since_when_headers_without_an_address_are_ignored(Framework framework, string flags, string since) => Verify.ReportsMessage(
        $$"""
        using Microsoft.AspNetCore.HttpOverrides;
        var app = WebApplication.Create(args);
        app.UseForwardedHeaders({|#0:new()|} { ForwardedHeaders = ForwardedHeaders.{{flags}} });
        """,
        new DiagnosticResult(Rule, DiagnosticSeverity.Warning).WithLocation(0),
        "These ForwardedHeadersOptions add no known proxy" + Loopback.Replace("ignored", "ignored" + since),
        framework);

    [Theory]
    [InlineData("XForwardedProto")]
    [InlineData("XForwardedProto | ForwardedHeaders.XForwardedHost")]
    public Task Says_that_an_old_framework_does_not_check(string flags) => Verify.ReportsMessage(
        $$"""
        using Microsoft.AspNetCore.HttpOverrides;
        var app = WebApplication.Create(args);
        app.UseForwardedHeaders({|#0:new()|} { ForwardedHeaders = ForwardedHeaders.{{flags}} });
        """,
        new DiagnosticResult(Rule, DiagnosticSeverity.Warning).WithLocation(0),
        "These ForwardedHeadersOptions add no known proxy, and before .NET 8 the framework asks for none where X-Forwarded-For is not processed: every sender is believed, until an update to 8.0.17 or later believes loopback alone; process XForwardedFor too and add the proxy's address or network",
        Framework.Net60);

    [Fact]
    public Task Offers_no_fix_where_an_old_framework_does_not_check() => Verify.OffersNoFix(
        Rule,
        """
        using Microsoft.AspNetCore.HttpOverrides;
        var app = WebApplication.Create(args);
        app.UseForwardedHeaders({|PSSL2002:new()|} { ForwardedHeaders = ForwardedHeaders.XForwardedProto });
        """,
        Framework.Net60);

    // Stays silent

    private const string Switch = "System.Environment.SetEnvironmentVariable(\"ASPNETCORE_FORWARDEDHEADERS_ENABLED\", \"{0}\");";

    // The switch empties both lists before any Configure runs.
    [Fact]
    public Task Stays_silent_where_code_turns_on_the_switch_of_the_host() => Verify.Silent(Rule, App(Switch.Replace("{0}", "true") + """
        builder.Services.Configure<ForwardedHeadersOptions>(o => o.ForwardedHeaders = ForwardedHeaders.XForwardedFor);
        """));

    [Fact]
    public Task Reports_where_the_switch_is_off() => Verify.Reports(Rule, App(Switch.Replace("{0}", "false") + """
        builder.Services.{|PSSL2002:Configure|}<ForwardedHeadersOptions>(o => o.ForwardedHeaders = ForwardedHeaders.XForwardedFor);
        """));

    private static string Bypassed(string configure, string use) => App($$"""
        builder.Services.{{configure}}<ForwardedHeadersOptions>(o => o.ForwardedHeaders = ForwardedHeaders.All);
        var app = builder.Build();
        {{use}}
        app.Run();
        """);

    private const string Own = "new ForwardedHeadersOptions { ForwardedHeaders = ForwardedHeaders.All, KnownProxies = { IPAddress.Parse(\"10.0.0.2\") } }";

    [Theory]
    [InlineData("app.UseForwardedHeaders(" + Own + ");")]
    [InlineData("var own = " + Own + "; app.UseForwardedHeaders(own);")]
    [InlineData("if (app.Environment.IsDevelopment()) { app.UseForwardedHeaders(); } else { app.UseForwardedHeaders(" + Own + "); }")]
    public Task Stays_silent_on_services_that_every_call_replaces(string use) => Verify.Silent(Rule, Bypassed("Configure", use));

    [Theory]
    [InlineData("app.UseForwardedHeaders(" + Own + "); app.Map(\"/x\", x => x.UseForwardedHeaders());")]
    [InlineData("app.UseForwardedHeaders(app.Services.GetRequiredService<Microsoft.Extensions.Options.IOptions<ForwardedHeadersOptions>>().Value);")]
    [InlineData("app.UseForwardedHeaders(Chosen(app)); static ForwardedHeadersOptions Chosen(IApplicationBuilder b) => (ForwardedHeadersOptions)b.Properties[\"x\"]!;")]
    public Task Reports_services_that_some_call_may_take(string use) => Verify.Reports(Rule, Bypassed("{|PSSL2002:Configure|}", use));

    [Fact]
    public Task Reports_the_services_of_a_library() => Verify.Reports(
        Rule,
        """
        using System.Net;
        using Microsoft.AspNetCore.HttpOverrides;
        public static class Setup
        {
            public static void Add(IServiceCollection services) => services.{|PSSL2002:Configure|}<ForwardedHeadersOptions>(o => o.ForwardedHeaders = ForwardedHeaders.All);

            public static void Use(IApplicationBuilder app) => app.UseForwardedHeaders(
        """ + Own + ");\n}\n",
        configure: t => t.TestState.OutputKind = OutputKind.DynamicallyLinkedLibrary);

    [Theory]
    [InlineData("builder.Services.Configure<ForwardedHeadersOptions>(o => { o.ForwardedHeaders = ForwardedHeaders.All; o.KnownProxies.Add(IPAddress.Parse(\"10.0.0.1\")); });")]
    [InlineData("builder.Services.Configure<ForwardedHeadersOptions>(o => o.ForwardedHeaders = ForwardedHeaders.All); builder.Services.Configure<ForwardedHeadersOptions>(o => o.KnownProxies.Clear());")]
    [InlineData("builder.Services.Configure<ForwardedHeadersOptions>(o => { o.ForwardedHeaders = ForwardedHeaders.All; if (args.Length > 0) { o.KnownProxies.Add(IPAddress.Parse(args[0])); } });")]
    [InlineData("builder.Services.Configure<ForwardedHeadersOptions>(o => o.ForwardLimit = 2);")]
    [InlineData("builder.Services.Configure<ForwardedHeadersOptions>(o => o.ForwardedHeaders = ForwardedHeaders.None);")]
    [InlineData("builder.Services.Configure<ForwardedHeadersOptions>(builder.Configuration.GetSection(\"ForwardedHeaders\"));")]
    [InlineData("var o = new ForwardedHeadersOptions { ForwardedHeaders = ForwardedHeaders.All };")]
    [InlineData("builder.Services.AddSingleton(Options.Create(new ForwardedHeadersOptions { ForwardedHeaders = ForwardedHeaders.All }));")]
    [InlineData("app.UseForwardedHeaders(Filled(new ForwardedHeadersOptions { ForwardedHeaders = ForwardedHeaders.All })); ForwardedHeadersOptions Filled(ForwardedHeadersOptions o) { var proxies = o.KnownProxies ?? []; proxies.Add(IPAddress.Parse(args[0])); return o; }")]
    [InlineData("app.UseForwardedHeaders(Parts.Fill(new ForwardedHeadersOptions { ForwardedHeaders = ForwardedHeaders.All })); static partial class Parts { public static partial ForwardedHeadersOptions Fill(ForwardedHeadersOptions options); } static partial class Parts { public static partial ForwardedHeadersOptions Fill(ForwardedHeadersOptions o) { o.KnownProxies.Add(IPAddress.Parse(\"10.0.0.1\")); return o; } }")]
    [InlineData("var o = new ForwardedHeadersOptions { ForwardedHeaders = ForwardedHeaders.All }; Console.WriteLine(System.Text.Json.JsonSerializer.Serialize(o)); app.UseForwardedHeaders(o);")]
    [InlineData("app.UseForwardedHeaders(new() { ForwardedHeaders = ForwardedHeaders.All, KnownProxies = { IPAddress.Loopback } });")]
    [InlineData("app.UseForwardedHeaders(new() { ForwardedHeaders = ForwardedHeaders.All, KnownProxies = { } });")]
    [InlineData("builder.Services.Configure<ForwardedHeadersOptions>(builder.Services.GetHashCode() > 0 ? o => { } : null!);")]
    [InlineData("builder.Services.Configure<ForwardedHeadersOptions>(builder.Configuration.GetSection(\"ForwardedHeaders\")); builder.Services.Configure<ForwardedHeadersOptions>(o => o.ForwardedHeaders = ForwardedHeaders.All);")]
    public Task Stays_silent(string statement) => Verify.Silent(Rule, $$"""
        using System.Net;
        using Microsoft.AspNetCore.HttpOverrides;
        using Microsoft.Extensions.Options;
        var builder = WebApplication.CreateBuilder(args);
        var app = builder.Build();
        {{statement}}
        """);

    [Theory]
    [InlineData("loopback")]
    [InlineData("none")]
    public Task Configured_location_silences_it(string proxy) => Verify.Silent(Rule, """
        using Microsoft.AspNetCore.HttpOverrides;
        var app = WebApplication.Create(args);
        app.UseForwardedHeaders(new() { ForwardedHeaders = ForwardedHeaders.All });
        """, configure: t => t.TestState.AnalyzerConfigFiles.Add(("/.globalconfig", $"is_global = true\nproxyssl.proxy = {proxy}\n")));

    [Theory]
    [InlineData("platform")]
    [InlineData("private_network")]
    public Task Other_locations_do_not(string proxy) => Verify.Reports(Rule, """
        using Microsoft.AspNetCore.HttpOverrides;
        var app = WebApplication.Create(args);
        app.UseForwardedHeaders({|PSSL2002:new()|} { ForwardedHeaders = ForwardedHeaders.All });
        """, configure: t => t.TestState.AnalyzerConfigFiles.Add(("/.globalconfig", $"is_global = true\nproxyssl.proxy = {proxy}\n")));

    // Fixes

    private static string App(string body) => $$"""
        using System.Net;
        using Microsoft.AspNetCore.HttpOverrides;

        var builder = WebApplication.CreateBuilder(args);
        {{body}}
        """;

    private static string Loops(string options, string indentation = "") => $$"""

        foreach (var entry in builder.Configuration.GetSection("ForwardedHeaders:KnownProxies").GetChildren())
        {
            {{options}}.KnownProxies.Add(IPAddress.TryParse(entry.Value, out var proxy)
                ? proxy
                : throw new FormatException($"'{entry.Value}' in {entry.Path} is not an IP address."));
        }

        foreach (var entry in builder.Configuration.GetSection("ForwardedHeaders:KnownNetworks").GetChildren())
        {
            {{options}}.KnownIPNetworks.Add(System.Net.IPNetwork.TryParse(entry.Value, out var network)
                ? network
                : throw new FormatException($"'{entry.Value}' in {entry.Path} is not a network such as 10.0.0.0/8."));
        }
        """.Replace("\n", "\n" + indentation).Replace("\n" + indentation + "\n", "\n\n").TrimEnd(' ');

    [Fact]
    public Task Expression_lambda_gets_a_block() => Verify.Fixes(
        Rule,
        App("builder.Services.{|PSSL2002:Configure|}<ForwardedHeadersOptions>(o => o.ForwardedHeaders = ForwardedHeaders.All); // all"),
        App("builder.Services.Configure<ForwardedHeadersOptions>(o =>\n{\n    o.ForwardedHeaders = ForwardedHeaders.All;\n" + Loops("o", "    ") + "\n}); // all"));

    [Fact]
    public Task One_line_block_gets_lines() => Verify.Fixes(
        Rule,
        App("builder.Services.AddCors().{|PSSL2002:Configure|}<ForwardedHeadersOptions>(o => { o.ForwardedHeaders = ForwardedHeaders.All; });"),
        App("builder.Services.AddCors().Configure<ForwardedHeadersOptions>(o => {\n    o.ForwardedHeaders = ForwardedHeaders.All;\n    o.KnownProxies.Add(IPAddress.Loopback);\n    o.KnownProxies.Add(IPAddress.IPv6Loopback);\n});"),
        index: 1);

    [Fact]
    public Task Inline_new_moves_into_a_local() => Verify.Fixes(
        Rule,
        App("""
            var app = builder.Build();

            // the proxy
            app.UseForwardedHeaders({|PSSL2002:new ForwardedHeadersOptions|}
            {
                ForwardedHeaders = ForwardedHeaders.XForwardedFor | ForwardedHeaders.XForwardedProto, // both
            });
            """),
        App("""
            var app = builder.Build();

            // the proxy
            var forwardedHeadersOptions = new ForwardedHeadersOptions
            {
                ForwardedHeaders = ForwardedHeaders.XForwardedFor | ForwardedHeaders.XForwardedProto, // both
            };

            """ + Loops("forwardedHeadersOptions") + """


            app.UseForwardedHeaders(forwardedHeadersOptions);
            """));

    [Fact]
    public Task Inline_new_in_a_lambda_moves_into_a_local() => Verify.Fixes(
        Rule,
        App("""
            var app = builder.Build();
            app.Map("/x", x => x.UseForwardedHeaders({|PSSL2002:new()|} { ForwardedHeaders = ForwardedHeaders.All }));
            """),
        App("""
            var app = builder.Build();
            app.Map("/x", x =>
            {
                var forwardedHeadersOptions = new ForwardedHeadersOptions { ForwardedHeaders = ForwardedHeaders.All };

            """ + Loops("forwardedHeadersOptions", "    ") + """


                x.UseForwardedHeaders(forwardedHeadersOptions);
            });
            """));

    [Fact]
    public Task Local_gets_statements() => Verify.Fixes(
        Rule,
        App("""
            var app = builder.Build();
            var options = {|PSSL2002:new ForwardedHeadersOptions|} { ForwardedHeaders = ForwardedHeaders.All };
            app.UseForwardedHeaders(options);
            """),
        App("""
            var app = builder.Build();
            var options = new ForwardedHeadersOptions { ForwardedHeaders = ForwardedHeaders.All };

            """ + Loops("options") + """


            app.UseForwardedHeaders(options);
            """));

    [Fact]
    public Task Initializer_gets_loopback() => Verify.Fixes(
        Rule,
        App("""
            var app = builder.Build();
            app.UseForwardedHeaders({|PSSL2002:new ForwardedHeadersOptions|}
            {
                ForwardedHeaders = ForwardedHeaders.XForwardedFor,
                ForwardLimit = 2 // two
            });
            var second = {|PSSL2002:new ForwardedHeadersOptions|}();
            second.ForwardedHeaders = ForwardedHeaders.All;
            app.UseForwardedHeaders(second);
            """),
        App("""
            var app = builder.Build();
            app.UseForwardedHeaders(new ForwardedHeadersOptions
            {
                ForwardedHeaders = ForwardedHeaders.XForwardedFor,
                ForwardLimit = 2, // two
                KnownProxies = { IPAddress.Loopback, IPAddress.IPv6Loopback }
            });
            var second = new ForwardedHeadersOptions { KnownProxies = { IPAddress.Loopback, IPAddress.IPv6Loopback } };
            second.ForwardedHeaders = ForwardedHeaders.All;
            app.UseForwardedHeaders(second);
            """),
        index: 1);

    [Fact]
    public Task Initializer_gets_private_networks() => Verify.Fixes(
        Rule,
        App("""
            var app = builder.Build();
            app.UseForwardedHeaders({|PSSL2002:new()|}
            {
                ForwardedHeaders = ForwardedHeaders.XForwardedFor,
            });
            """),
        App("""
            var app = builder.Build();
            app.UseForwardedHeaders(new()
            {
                ForwardedHeaders = ForwardedHeaders.XForwardedFor,
                KnownIPNetworks =
                {
                    System.Net.IPNetwork.Parse("10.0.0.0/8"),
                    System.Net.IPNetwork.Parse("172.16.0.0/12"),
                    System.Net.IPNetwork.Parse("192.168.0.0/16"),
                },
            });
            """),
        index: 2);

    [Fact]
    public Task Class_without_configuration_starts_with_loopback() => Verify.Fixes(Rule, """
        using System.Net;
        using Microsoft.AspNetCore.HttpOverrides;
        using Microsoft.Extensions.Options;
        public class {|PSSL2002:Forwarding|} : IConfigureOptions<ForwardedHeadersOptions>
        {
            public void Configure(ForwardedHeadersOptions options) => options.ForwardedHeaders = ForwardedHeaders.All;
        }
        public static class Program { public static void Main() { } }
        """, """
        using System.Net;
        using Microsoft.AspNetCore.HttpOverrides;
        using Microsoft.Extensions.Options;
        public class Forwarding : IConfigureOptions<ForwardedHeadersOptions>
        {
            public void Configure(ForwardedHeadersOptions options)
            {
                options.ForwardedHeaders = ForwardedHeaders.All;
                options.KnownProxies.Add(IPAddress.Loopback);
                options.KnownProxies.Add(IPAddress.IPv6Loopback);
            }
        }
        public static class Program { public static void Main() { } }
        """);

    [Fact]
    public Task Names_the_place() => Verify.Names(
        Rule,
        """
        using Microsoft.AspNetCore.HttpOverrides;
        var builder = WebApplication.CreateBuilder(args);
        builder.Services.{|PSSL2002:Configure|}<ForwardedHeadersOptions>(o => o.ForwardedHeaders = ForwardedHeaders.All);
        var app = builder.Build();
        app.UseForwardedHeaders({|PSSL2002:new ForwardedHeadersOptions|} { ForwardedHeaders = ForwardedHeaders.All });
        app.UseForwardedHeaders();
        """,
        ["This Configure call adds", "These ForwardedHeadersOptions add"]);

    [Fact]
    public Task Stays_silent_where_a_kept_object_gets_proxies_later() => Verify.Silent(Rule, """
        using Microsoft.AspNetCore.HttpOverrides;
        var builder = WebApplication.CreateBuilder(args);
        ForwardedHeadersOptions? forwarding = null;
        builder.Services.Configure<ForwardedHeadersOptions>(o =>
        {
            o.ForwardedHeaders = ForwardedHeaders.XForwardedFor;
            forwarding = o;
        });
        var app = builder.Build();
        app.UseForwardedHeaders();
        forwarding?.KnownProxies.Add(System.Net.IPAddress.Parse("10.0.0.1"));
        """);

    [Fact]
    public Task Stays_silent_where_a_service_keeps_the_finished_options_and_adds() => Verify.Silent(Rule, """
        using Microsoft.AspNetCore.HttpOverrides;
        using Microsoft.Extensions.Options;
        var builder = WebApplication.CreateBuilder(args);
        builder.Services.AddHostedService<Ranges>();
        builder.Services.Configure<ForwardedHeadersOptions>(o => o.ForwardedHeaders = ForwardedHeaders.XForwardedFor);
        var app = builder.Build();
        app.UseForwardedHeaders();
        public class Ranges : BackgroundService
        {
            private readonly ForwardedHeadersOptions _forwarded;
            public Ranges(IOptions<ForwardedHeadersOptions> options) => _forwarded = options.Value;
            protected override Task ExecuteAsync(CancellationToken stoppingToken)
            {
                _forwarded.KnownProxies.Add(System.Net.IPAddress.Parse("10.0.0.1"));
                return Task.CompletedTask;
            }
        }
        """);

    // Loopback is right for a proxy on the same machine: nothing is wrong for certain.
    [Theory]
    [InlineData("")]
    [InlineData("build_property.ProxySslRunsInContainer = false")]
    [InlineData("build_property.ProxySslRunsInContainer =")]
    [InlineData("proxyssl.proxy = unknown")]
    public Task A_suggestion_where_the_proxy_may_be_on_the_machine(string line) => Verify.Suggests(Rule, OptionsApp.With(
        "builder.Services.{|PSSL2002:Configure|}<ForwardedHeadersOptions>(o => o.ForwardedHeaders = ForwardedHeaders.XForwardedFor);"), configure: Configured(line));

    [Theory]
    [InlineData("build_property.ProxySslRunsInContainer = true")]
    [InlineData("build_property.ProxySslRunsInContainer = True")]
    [InlineData("proxyssl.proxy = private_network")]
    [InlineData("proxyssl.proxy = platform")]
    public Task A_warning_where_it_cannot_be(string line) => Verify.Warns(Rule, OptionsApp.ReadingAddress(OptionsApp.With(
        "builder.Services.{|PSSL2002:Configure|}<ForwardedHeadersOptions>(o => o.ForwardedHeaders = ForwardedHeaders.XForwardedFor);")), configure: Configured(line));

    [Fact]
    public Task A_suggestion_where_no_sender_is_checked() => Verify.Suggests(Rule, OptionsApp.With(
        "builder.Services.{|PSSL2002:Configure|}<ForwardedHeadersOptions>(o => o.ForwardedHeaders = ForwardedHeaders.XForwardedProto);"), Framework.Net60);

    // PSSL3005 is to be mended first, and a proxy added here would be no use then.
    [Fact]
    public Task A_suggestion_where_the_object_replaces_configured_options() => Verify.Suggests(
        Rule,
        OptionsApp.With("builder.Services.Configure<ForwardedHeadersOptions>(o => o.KnownProxies.Add(IPAddress.Parse(\"10.0.0.1\")));")
            .Replace("UseForwardedHeaders()", "UseForwardedHeaders({|PSSL2002:new ForwardedHeadersOptions|} { ForwardedHeaders = ForwardedHeaders.XForwardedFor })"),
        configure: Configured("build_property.ProxySslRunsInContainer = true"));

    // What nobody calls is mended in vain.
    [Fact]
    public Task Reports_the_place_that_runs() => Verify.Reports(Rule, """
        using Microsoft.AspNetCore.HttpOverrides;

        ProgramOld.Run(args);

        public static class ProgramNew
        {
            public static WebApplication Build(string[] args)
            {
                var builder = WebApplication.CreateBuilder(args);
                builder.Services.Configure<ForwardedHeadersOptions>(o => o.ForwardedHeaders = ForwardedHeaders.XForwardedFor);
                var app = builder.Build();
                app.UseForwardedHeaders();
                return app;
            }
        }

        public static class ProgramOld
        {
            public static void Run(string[] args)
            {
                var builder = WebApplication.CreateBuilder(args);
                builder.Services.{|PSSL2002:Configure|}<ForwardedHeadersOptions>(o => o.ForwardedHeaders = ForwardedHeaders.XForwardedFor);
                var app = builder.Build();
                app.UseForwardedHeaders();
                app.Run();
            }
        }
        """);

    private const string AsksForSwitch = "if (app.Configuration[\"ForwardedHeaders_Enabled\"] != \"true\") { app.UseHttpsRedirection(); }";

    // The host applies them, with both lists empty, or nobody does.
    [Fact]
    public Task Stays_silent_where_only_the_switch_of_the_host_may_apply_them() => Verify.Silent(
        Rule,
        OptionsApp.With("builder.Services.Configure<ForwardedHeadersOptions>(o => o.ForwardedHeaders |= ForwardedHeaders.XForwardedHost);")
            .Replace("app.UseForwardedHeaders();", AsksForSwitch));

    [Fact]
    public Task A_suggestion_where_the_switch_of_the_host_may_be_on_too() => Verify.Suggests(
        Rule,
        OptionsApp.With("builder.Services.{|PSSL2002:Configure|}<ForwardedHeadersOptions>(o => o.ForwardedHeaders |= ForwardedHeaders.XForwardedHost);")
            .Replace("app.UseForwardedHeaders();", "app.UseForwardedHeaders(); " + AsksForSwitch),
        configure: Configured("build_property.ProxySslRunsInContainer = true"));

    // Another call on the same way believes everybody: an entry here would have this one take a second entry.
    [Theory]
    [InlineData("trusting.KnownProxies.Clear(); trusting.KnownIPNetworks.Clear();")]
    [InlineData("trusting.KnownIPNetworks.Add(System.Net.IPNetwork.Parse(\"0.0.0.0/0\"));")]
    public Task Stays_silent_beside_a_call_that_believes_everybody(string trust) => Verify.Silent(Rule, Twice(trust, "new ForwardedHeadersOptions"));

    [Fact]
    public Task Reports_beside_a_call_that_believes_one_proxy() => Verify.Reports(
        Rule, Twice("trusting.KnownProxies.Add(System.Net.IPAddress.Parse(\"10.0.0.1\"));", "{|PSSL2002:new ForwardedHeadersOptions|}"));

    // The other one is for another part of the app.
    [Fact]
    public Task Reports_beside_a_call_of_another_branch() => Verify.Reports(Rule, """
        using Microsoft.AspNetCore.HttpOverrides;

        var app = WebApplication.Create(args);
        var trusting = new ForwardedHeadersOptions { ForwardedHeaders = ForwardedHeaders.XForwardedFor };
        trusting.KnownProxies.Clear();
        trusting.KnownIPNetworks.Clear();
        app.Map("/a", a => a.UseForwardedHeaders(trusting));
        app.Map("/b", b => b.UseForwardedHeaders({|PSSL2002:new ForwardedHeadersOptions|} { ForwardedHeaders = ForwardedHeaders.XForwardedFor }));
        app.Run();
        """);

    private static string Twice(string trust, string second) => $$"""
        using Microsoft.AspNetCore.HttpOverrides;

        var app = WebApplication.Create(args);
        var trusting = new ForwardedHeadersOptions { ForwardedHeaders = ForwardedHeaders.XForwardedFor };
        {{trust}}
        app.UseForwardedHeaders(trusting);
        app.UseForwardedHeaders({{second}} { ForwardedHeaders = ForwardedHeaders.XForwardedFor | ForwardedHeaders.XForwardedHost });
        app.Run();
        """;

    // An API that asks for neither scheme nor address goes on as before where the proxy is not believed.
    [Theory]
    [InlineData("app.MapGet(\"/\", () => \"Hello\");", true)]
    [InlineData("app.UseAuthentication(); app.UseAuthorization();", true)]
    [InlineData("var metadata = new { RequireHttpsMetadata = false, IssuerSigningKey = 1 };", true)]
    [InlineData("app.MapControllers(); _ = typeof(Microsoft.AspNetCore.Mvc.RequireHttpsAttribute);", false)]
    [InlineData("app.UseHttpsRedirection();", false)]
    [InlineData("app.UseHsts();", false)]
    [InlineData("app.MapGet(\"/\", (HttpRequest request) => request.Scheme);", false)]
    [InlineData("app.MapGet(\"/\", (HttpRequest request) => request.IsHttps ? \"a\" : \"b\");", false)]
    [InlineData("app.MapGet(\"/\", (HttpRequest request) => new { Scheme = request.Method });", true)]
    [InlineData("app.MapGet(\"/\", (HttpContext context) => context.Connection.RemoteIpAddress?.ToString());", false)]
    [InlineData("app.MapGet(\"/\", (HttpContext context) => app.Logger.LogInformation(\"{Ip}\", context.Connection.RemoteIpAddress));", false)]
    [InlineData("app.MapGet(\"/\", (HttpContext context) => context.Response.Cookies.Append(\"a\", \"b\"));", false)]
    [InlineData("app.MapGet(\"/\", () => Results.Redirect(\"/a\"));", false)]
    public Task A_suggestion_where_the_app_makes_nothing_of_it(string use, bool isSuggestion) => Verify.Grades(
        Rule,
        OptionsApp.With("builder.Services.{|PSSL2002:Configure|}<ForwardedHeadersOptions>(o => o.ForwardedHeaders = ForwardedHeaders.XForwardedFor | ForwardedHeaders.XForwardedProto);")
            .Replace("app.Run();", use + " app.Run();"),
        isSuggestion,
        configure: Configured("build_property.ProxySslRunsInContainer = true"));

    [Fact]
    public Task Says_that_loopback_is_the_container() => Verify.Names(
        Rule,
        OptionsApp.With("builder.Services.{|PSSL2002:Configure|}<ForwardedHeadersOptions>(o => o.ForwardedHeaders = ForwardedHeaders.XForwardedFor);"),
        ["which in a container or pod is that one itself"],
        Configured("build_property.ProxySslRunsInContainer = true"));

    private static Action<ProxySslTest> Configured(string line) =>
        t => t.TestState.AnalyzerConfigFiles.Add(("/.globalconfig", "is_global = true\n" + line + "\n"));
}
