using System.Threading.Tasks;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Testing;
using ProxySsl.Analyzers.Tests.Verification;
using Xunit;

namespace ProxySsl.Analyzers.Tests.Options;

/// <summary>PSSL2001: every sender is trusted, because both known lists end empty.</summary>
public class PSSL2001Tests
{
    private const string Rule = RuleIds.EverySenderTrusted;

    /// <summary>A small app around a body of <c>Configure</c> that sets flags first.</summary>
    private static string Configured(string body, string before = "", string after = "") => $$"""
        using System.Net;
        using Microsoft.AspNetCore.HttpOverrides;
        using Microsoft.Extensions.Options;

        var builder = WebApplication.CreateBuilder(args);
        {{before}}
        builder.Services.Configure<ForwardedHeadersOptions>(options =>
        {
            options.ForwardedHeaders = ForwardedHeaders.XForwardedFor | ForwardedHeaders.XForwardedProto;
            {{body}}
        });
        var app = builder.Build();
        app.UseForwardedHeaders();
        app.Run();
        {{after}}
        """;

    // Reports

    [Theory]
    [InlineData(Framework.Net60, "KnownNetworks")]
    [InlineData(Framework.Net80, "KnownNetworks")]
    [InlineData(Framework.Net90, "KnownNetworks")]
    [InlineData(Framework.Net100, "KnownIPNetworks")]
    [InlineData(Framework.Net100, "KnownNetworks")]
    public Task Reports_the_clear_that_empties_the_last_list(Framework framework, string networks) =>
        Verify.Reports(Rule, Configured($$"""
            options.{{networks}}.Clear();
            {|PSSL2001:options.KnownProxies.Clear()|};
            """), framework);

    [Theory]
    [InlineData("var o = options; o.KnownProxies.Clear(); {|PSSL2001:o.KnownIPNetworks.Clear()|};")]
    [InlineData("var proxies = options.KnownProxies; proxies.Clear(); var networks = options.KnownIPNetworks; {|PSSL2001:networks.Clear()|};")]
    [InlineData("options.KnownProxies.RemoveAt(0); {|PSSL2001:options.KnownIPNetworks.RemoveAt(0)|};")]
    [InlineData("while (options.KnownProxies.Count > 0) { options.KnownProxies.RemoveAt(0); } {|PSSL2001:options.KnownIPNetworks.Clear()|};")]
    [InlineData("if (builder.Environment.IsProduction()) { options.KnownProxies.Clear(); {|PSSL2001:options.KnownIPNetworks.Clear()|}; }")]
    [InlineData("if (builder.Environment.IsDevelopment()) return; options.KnownProxies.Clear(); {|PSSL2001:options.KnownIPNetworks.Clear()|};")]
    [InlineData("options.KnownProxies.Clear(); {|PSSL2001:options.KnownIPNetworks.Clear()|}; if (builder.Environment.IsDevelopment()) { options.KnownProxies.Add(IPAddress.Loopback); }")]
    [InlineData("options.KnownProxies.Add(IPAddress.Parse(\"10.0.0.1\")); options.KnownProxies.Clear(); {|PSSL2001:options.KnownIPNetworks.Clear()|};")]
    [InlineData("if (args.Length > 0) { options.KnownProxies.Clear(); options.KnownIPNetworks.Clear(); } else { options.KnownIPNetworks.Clear(); {|PSSL2001:options.KnownProxies.Clear()|}; }")]
    [InlineData("try { options.KnownProxies.Clear(); } finally { {|PSSL2001:options.KnownIPNetworks.Clear()|}; }")]
    [InlineData("options?.KnownProxies.Clear(); {|PSSL2001:options!.KnownIPNetworks.Clear()|};")]
    [InlineData("ClearAll(options); static void ClearAll(ForwardedHeadersOptions o) { o.KnownProxies.Clear(); {|PSSL2001:o.KnownIPNetworks.Clear()|}; }")]
    [InlineData("void Clear() { options.KnownProxies.Clear(); {|PSSL2001:options.KnownIPNetworks.Clear()|}; } Clear();")]
    [InlineData("if (options.KnownProxies.Count > 0) { options.KnownProxies.Clear(); } if (!options.KnownIPNetworks.Any()) { } else { {|PSSL2001:options.KnownIPNetworks.Clear()|}; }")]
    public Task Reports_every_way_to_empty_both_lists(string body) => Verify.Reports(Rule, Configured(body));

    [Theory]
    [InlineData("builder.Services.PostConfigure<ForwardedHeadersOptions>(o => { o.ForwardedHeaders = ForwardedHeaders.All; o.KnownIPNetworks.Clear(); {|PSSL2001:o.KnownProxies.Clear()|}; });")]
    [InlineData("builder.Services.ConfigureAll<ForwardedHeadersOptions>(o => { o.ForwardedHeaders = ForwardedHeaders.All; o.KnownIPNetworks.Clear(); {|PSSL2001:o.KnownProxies.Clear()|}; });")]
    [InlineData("builder.Services.Configure<ForwardedHeadersOptions>(Options.DefaultName, o => { o.ForwardedHeaders = ForwardedHeaders.All; o.KnownIPNetworks.Clear(); {|PSSL2001:o.KnownProxies.Clear()|}; });")]
    [InlineData("builder.Services.Configure((ForwardedHeadersOptions o) => { o.ForwardedHeaders = ForwardedHeaders.All; o.KnownIPNetworks.Clear(); {|PSSL2001:o.KnownProxies.Clear()|}; });")]
    [InlineData("builder.Services.AddOptions<ForwardedHeadersOptions>().Configure<ILogger<string>>((o, log) => { log.LogInformation(\"x\"); o.ForwardedHeaders = ForwardedHeaders.All; o.KnownIPNetworks.Clear(); {|PSSL2001:o.KnownProxies.Clear()|}; });")]
    [InlineData("builder.Services.AddSingleton<IConfigureOptions<ForwardedHeadersOptions>>(new ConfigureOptions<ForwardedHeadersOptions>(o => { o.ForwardedHeaders = ForwardedHeaders.All; o.KnownIPNetworks.Clear(); {|PSSL2001:o.KnownProxies.Clear()|}; }));")]
    [InlineData("Action<ForwardedHeadersOptions> configure = o => { o.ForwardedHeaders = ForwardedHeaders.All; o.KnownIPNetworks.Clear(); {|PSSL2001:o.KnownProxies.Clear()|}; }; builder.Services.Configure(configure);")]
    [InlineData("builder.Services.Configure<ForwardedHeadersOptions>(o => o.ForwardedHeaders = ForwardedHeaders.All); builder.Services.Configure<ForwardedHeadersOptions>(o => o.KnownProxies.Clear()); builder.Services.Configure<ForwardedHeadersOptions>(o => {|PSSL2001:o.KnownIPNetworks.Clear()|});")]
    [InlineData("Make(out var made); builder.Services.AddSingleton(Options.Create(made)); static void Make(out ForwardedHeadersOptions o) { o = new() { ForwardedHeaders = ForwardedHeaders.All }; o.KnownProxies.Clear(); {|PSSL2001:o.KnownIPNetworks.Clear()|}; }")]
    public Task Reports_every_way_to_configure(string statement) => Verify.Reports(Rule, $$"""
        using Microsoft.AspNetCore.HttpOverrides;
        using Microsoft.Extensions.Options;
        var builder = WebApplication.CreateBuilder(args);
        {{statement}}
        var app = builder.Build();
        app.UseForwardedHeaders();
        """);

    // Whoever turns the switch on says that there is a proxy, not that everybody is to be trusted.
    [Fact]
    public Task A_switch_around_the_middleware_is_no_decision_to_trust_everybody() => Verify.Reports(Rule, """
        using Microsoft.AspNetCore.HttpOverrides;
        var builder = WebApplication.CreateBuilder(args);
        builder.Services.Configure<ForwardedHeadersOptions>(o =>
        {
            o.ForwardedHeaders = ForwardedHeaders.All;
            o.KnownProxies.Clear();
            {|PSSL2001:o.KnownIPNetworks.Clear()|};
        });
        var app = builder.Build();
        if (app.Configuration.GetValue<bool>("BehindProxy")) { app.UseForwardedHeaders(); }
        app.Run();
        """);

    [Theory]
    [InlineData("ForwardedHeaders.All", "can choose its own IP address and scheme")]
    [InlineData("ForwardedHeaders.XForwardedFor", "can choose its own IP address")]
    [InlineData("ForwardedHeaders.XForwardedProto | ForwardedHeaders.XForwardedHost", "can choose its own scheme")]
    [InlineData("ForwardedHeaders.XForwardedHost", "can send forwarded headers that are believed")]
    [InlineData("(ForwardedHeaders)args.Length", "can send forwarded headers that are believed")]
    public Task Says_what_a_client_can_choose(string flags, string choice) => Verify.ReportsMessage(
        OptionsApp.Configured($"options.ForwardedHeaders = {flags}; options.KnownProxies.Clear(); {{|#0:options.KnownIPNetworks.Clear()|}};"),
        new DiagnosticResult(Rule, DiagnosticSeverity.Warning).WithLocation(0),
        $"With this KnownIPNetworks.Clear() every sender is trusted: both known lists end empty, so any client {choice}; keep the lists and add the proxies that the app is behind, or set proxyssl.proxy = platform where only a hosting platform reaches the app");

    [Fact]
    public Task Reports_in_a_lambda_of_a_call_that_does_not_compile() => Verify.Reports(
        Rule,
        """
        using Microsoft.AspNetCore.HttpOverrides;

        var builder = WebApplication.CreateBuilder(args);
        builder.WebHost.ConfigureServices((context, services) =>
        {
            services.Configure<ForwardedHeadersOptions>(options =>
            {
                options.ForwardedHeaders = ForwardedHeaders.All;
                options.KnownIPNetworks.Clear();
                {|PSSL2001:options.KnownProxies.Clear()|};
            });
            services.AddReverseProxy().LoadFromConfig(context.Configuration.GetSection("Proxy"));
        });
        builder.Build().UseForwardedHeaders();
        """,
        configure: t => t.CompilerDiagnostics = CompilerDiagnostics.None);

    [Fact]
    public Task Reports_classes_and_helpers_in_other_files() => Verify.Reports(Rule, """
        using Microsoft.AspNetCore.HttpOverrides;
        using Microsoft.Extensions.Options;

        public class ConfigureForwarding : IConfigureNamedOptions<ForwardedHeadersOptions>
        {
            public void Configure(ForwardedHeadersOptions options) => Configure(Options.DefaultName, options);

            public void Configure(string? name, ForwardedHeadersOptions options)
            {
                options.ForwardedHeaders = ForwardedHeaders.All;
                options.KnownProxies.Clear();
                {|PSSL2001:options.KnownIPNetworks.Clear()|};
            }
        }

        public static class Defaults
        {
            public static void Open(this ForwardedHeadersOptions options) => options.ClearLists(3);

            private static void ClearLists(this ForwardedHeadersOptions options, int depth)
            {
                if (depth > 0) { options.KnownProxies.Clear(); }
                options.KnownProxies.Clear();
                {|PSSL2001:options.KnownIPNetworks.Clear()|};
            }
        }

        public static class Program
        {
            public static ForwardedHeadersOptions Create() => new() { ForwardedHeaders = ForwardedHeaders.XForwardedFor };

            public static void Main(string[] args)
            {
                var app = WebApplication.Create(args);
                var options = Create();
                options.Open();
                app.UseForwardedHeaders(options);
                app.Map("/configured", configured => configured.UseForwardedHeaders());
            }
        }
        """);

    [Fact]
    public Task Reports_objects_that_fields_hold() => Verify.Reports(Rule, """
        using Microsoft.AspNetCore.HttpOverrides;

        public class Startup
        {
            private readonly ForwardedHeadersOptions _forwarding = new() { ForwardedHeaders = ForwardedHeaders.XForwardedFor };

            public Startup()
            {
                _forwarding.KnownIPNetworks.Clear();
                {|PSSL2001:_forwarding.KnownProxies.Clear()|};
            }

            public void Configure(IApplicationBuilder app) => app.UseForwardedHeaders(_forwarding);

            public static void Main() { }
        }
        """);

    [Fact]
    public Task Reports_a_local_given_to_the_middleware() => Verify.Reports(Rule, """
        using Microsoft.AspNetCore.HttpOverrides;
        using Microsoft.Extensions.Options;
        var app = WebApplication.Create(args);
        var first = new ForwardedHeadersOptions { ForwardedHeaders = ForwardedHeaders.XForwardedFor };
        first.KnownIPNetworks.Clear();
        {|PSSL2001:first.KnownProxies.Clear()|};
        app.UseForwardedHeaders(first);
        var second = new ForwardedHeadersOptions();
        second.ForwardedHeaders |= ForwardedHeaders.XForwardedFor;
        second.KnownIPNetworks.Clear();
        {|PSSL2001:second.KnownProxies.Clear()|};
        app.UseMiddleware<ForwardedHeadersMiddleware>(Options.Create(second));
        var injected = app.Services.GetRequiredService<IOptions<ForwardedHeadersOptions>>().Value;
        injected.ForwardedHeaders = ForwardedHeaders.All;
        injected.KnownIPNetworks.Clear();
        {|PSSL2001:injected.KnownProxies.Clear()|};
        """);

    // Stays silent

    [Theory]
    [InlineData("options.KnownProxies.Clear();")]
    [InlineData("options.KnownIPNetworks.Clear();")]
    [InlineData("options.KnownProxies.Clear(); options.KnownIPNetworks.Clear(); options.KnownProxies.Add(IPAddress.Parse(\"10.0.0.1\"));")]
    [InlineData("options.KnownProxies.Clear(); options.KnownIPNetworks.Clear(); foreach (var p in args) { options.KnownProxies.Add(IPAddress.Parse(p)); }")]
    [InlineData("if (args.Length > 0) { options.KnownProxies.Clear(); options.KnownIPNetworks.Clear(); }")]
    [InlineData("if (builder.Environment.IsDevelopment()) { options.KnownProxies.Clear(); options.KnownIPNetworks.Clear(); }")]
    [InlineData("if (builder.Environment.EnvironmentName == \"Production\") { options.KnownProxies.Clear(); options.KnownIPNetworks.Clear(); }")]
    [InlineData("options.KnownProxies.Clear(); options.KnownIPNetworks.Clear(); System.Text.Json.JsonSerializer.Serialize(options);")]
    [InlineData("options.KnownProxies.Clear(); options.KnownIPNetworks.Clear(); options.ForwardedHeaders = ForwardedHeaders.None;")]
    [InlineData("options.KnownProxies.Clear(); switch (args.Length) { case 0: options.KnownIPNetworks.Clear(); break; default: break; }")]
    [InlineData("options.KnownProxies.Clear(); options.KnownIPNetworks.Clear(); ((List<IPAddress>)options.KnownProxies).AddRange(args.Select(IPAddress.Parse));")]
    [InlineData("options.KnownProxies.Clear(); options.KnownIPNetworks.Clear(); Array.ForEach(new[] { IPAddress.Parse(\"10.0.0.1\") }, options.KnownProxies.Add);")]
    [InlineData("new List<int>().Clear(); options.AllowedHosts.Clear();")]
    public Task Stays_silent_where_a_list_may_hold_something(string body) => Verify.Silent(Rule, Configured(body));

    [Theory]
    [InlineData(RuleIds.EverySenderTrusted, "options.KnownIPNetworks.Clear();")]
    [InlineData(RuleIds.NetworkCoversEveryAddress, "options.KnownIPNetworks.Add(new(IPAddress.Any, 0));")]
    [InlineData(RuleIds.ForwardLimit, "options.ForwardLimit = -1;")]
    [InlineData(RuleIds.HostWithoutAllowedHosts, "options.ForwardedHeaders = ForwardedHeaders.All;")]
    public Task No_rule_reports_services_that_every_call_replaces(string rule, string body) => Verify.Silent(
        rule,
        Configured("options.KnownProxies.Clear(); " + body).Replace(
            "app.UseForwardedHeaders();",
            "app.UseForwardedHeaders(new ForwardedHeadersOptions { ForwardedHeaders = ForwardedHeaders.XForwardedFor, KnownProxies = { IPAddress.Parse(\"10.0.0.2\") } });"));

    [Fact]
    public Task Stays_silent_where_a_call_puts_another_object_into_the_variable() => Verify.Silent(Rule, OptionsApp.Passed("""
        var options = new ForwardedHeadersOptions { ForwardedHeaders = ForwardedHeaders.XForwardedFor };
        options.KnownProxies.Clear();
        options.KnownIPNetworks.Clear();
        Replace(ref options);
        static void Replace(ref ForwardedHeadersOptions o) => o = new() { ForwardedHeaders = ForwardedHeaders.XForwardedFor };
        """));

    [Fact]
    public Task Stays_silent_where_another_call_adds() => Verify.Silent(Rule, Configured(
        "options.KnownProxies.Clear(); options.KnownIPNetworks.Clear();",
        after: """
            public static class Trust
            {
                public static void AddTrust(this IServiceCollection services) =>
                    services.Configure<ForwardedHeadersOptions>(o => o.KnownProxies.Add(System.Net.IPAddress.Parse("10.0.0.1")));
            }
            """));

    [Fact]
    public Task Reports_a_PostConfigure_that_clears_after_adds() => Verify.Reports(Rule, Configured(
        "options.KnownProxies.Add(IPAddress.Parse(\"10.0.0.1\"));",
        "builder.Services.PostConfigure<ForwardedHeadersOptions>(o => { o.KnownProxies.Clear(); {|PSSL2001:o.KnownIPNetworks.Clear()|}; });"));

    [Fact]
    public Task Stays_silent_for_another_name_or_an_object_that_nobody_uses() => Verify.Silent(Rule, """
        using Microsoft.AspNetCore.HttpOverrides;
        var builder = WebApplication.CreateBuilder(args);
        builder.Services.Configure<ForwardedHeadersOptions>("other", o => { o.ForwardedHeaders = ForwardedHeaders.All; o.KnownProxies.Clear(); o.KnownIPNetworks.Clear(); });
        var unused = new ForwardedHeadersOptions { ForwardedHeaders = ForwardedHeaders.All };
        unused.KnownProxies.Clear();
        unused.KnownIPNetworks.Clear();
        var own = new Mine.ForwardedHeadersOptions();
        own.KnownProxies.Clear();
        own.KnownIPNetworks.Clear();
        namespace Mine
        {
            public class ForwardedHeadersOptions
            {
                public List<string> KnownProxies { get; } = [];
                public List<string> KnownIPNetworks { get; } = [];
            }
        }
        """);

    // What the generic method configures is not known, so it may fill the lists.
    [Fact]
    public Task Stays_silent_beside_a_generic_method_that_configures() => Verify.Silent(Rule, Configured(
        "options.KnownProxies.Clear(); options.KnownIPNetworks.Clear();",
        "builder.Services.ConfigureSection<ForwardedHeadersOptions>();",
        "static class Sections { public static void ConfigureSection<T>(this IServiceCollection services) where T : class => services.Configure<T>(_ => { }); }"));

    [Theory]
    [InlineData("Setup.Open", "public static readonly Action<ForwardedHeadersOptions> Open = o => {")]
    [InlineData("Setup.Open", "public static Action<ForwardedHeadersOptions> Open { get; } = o => {")]
    public Task Reports_a_lambda_in_a_member(string member, string declaration) => Verify.Reports(Rule, $$"""
        using Microsoft.AspNetCore.HttpOverrides;
        var builder = WebApplication.CreateBuilder(args);
        builder.Services.Configure({{member}});
        builder.Build().UseForwardedHeaders();
        static class Setup
        {
            {{declaration}} o.ForwardedHeaders = ForwardedHeaders.XForwardedFor; o.KnownProxies.Clear(); {|PSSL2001:o.KnownIPNetworks.Clear()|}; };
        }
        """);

    // Known misses

    [Fact]
    public Task Misses_what_a_derived_class_clears() => Verify.KnownMiss(Rule, """
        using Microsoft.AspNetCore.HttpOverrides;
        using Microsoft.Extensions.Options;
        public abstract class Template : IConfigureOptions<ForwardedHeadersOptions>
        {
            public void Configure(ForwardedHeadersOptions options)
            {
                options.ForwardedHeaders = ForwardedHeaders.XForwardedFor;
                Trust(options);
            }

            protected abstract void Trust(ForwardedHeadersOptions options);
        }
        public class Forwarding : Template
        {
            protected override void Trust(ForwardedHeadersOptions options)
            {
                options.KnownProxies.Clear();
                options.KnownIPNetworks.Clear();
            }
        }
        public static class Program { public static void Main() { } }
        """, "a call of a virtual method is not followed, because which override runs is not known");

    [Fact]
    public Task Misses_a_lambda_that_a_generic_method_configures_with() => Verify.KnownMiss(Rule, """
        using Microsoft.AspNetCore.HttpOverrides;
        var builder = WebApplication.CreateBuilder(args);
        builder.Services.Setup<ForwardedHeadersOptions>(o => { o.ForwardedHeaders = ForwardedHeaders.All; o.KnownProxies.Clear(); o.KnownIPNetworks.Clear(); });
        var app = builder.Build();
        app.UseForwardedHeaders();

        static class Extensions
        {
            public static void Setup<T>(this IServiceCollection services, Action<T> configure) where T : class => services.Configure(configure);
        }
        """, "what a type parameter stands for is not followed into a generic method");

    [Fact]
    public Task Misses_an_object_in_a_property_that_others_may_set() => Verify.KnownMiss(Rule, """
        using Microsoft.AspNetCore.HttpOverrides;
        public class Startup
        {
            public Startup()
            {
                Forwarding.KnownProxies.Clear();
                Forwarding.KnownIPNetworks.Clear();
            }

            public ForwardedHeadersOptions Forwarding { get; set; } = new() { ForwardedHeaders = ForwardedHeaders.XForwardedFor };

            public void Configure(IApplicationBuilder app) => app.UseForwardedHeaders(Forwarding);

            public static void Main() { }
        }
        """, "the property may be bound from configuration or replaced");

    [Fact]
    public Task Misses_lists_that_a_tuple_holds() => Verify.KnownMiss(Rule, """
        using Microsoft.AspNetCore.HttpOverrides;
        var builder = WebApplication.CreateBuilder(args);
        builder.Services.Configure<ForwardedHeadersOptions>(o => { o.ForwardedHeaders = ForwardedHeaders.XForwardedFor; Trust.Anyone(o); });
        builder.Build().UseForwardedHeaders();

        static class Trust
        {
            public static void Anyone(ForwardedHeadersOptions options)
            {
                var (proxies, networks) = (options.KnownProxies, options.KnownIPNetworks);
                proxies.Clear();
                networks.Clear();
            }
        }
        """, "a tuple's parts are not followed, and what leaves sight is uncertain");

    [Fact]
    public Task Platform_is_silent_and_the_default_is_not() => Verify.Silent(
        Rule,
        Configured("options.KnownProxies.Clear(); options.KnownIPNetworks.Clear();"),
        configure: t => t.TestState.AnalyzerConfigFiles.Add(("/.globalconfig", "is_global = true\nproxyssl.proxy = platform\n")));

    [Fact]
    public Task Reports_only_the_calls_that_empty_both_by_themselves() => Verify.Reports(Rule, Configured(
        "options.KnownProxies.Clear(); {|PSSL2001:options.KnownIPNetworks.Clear()|};",
        "builder.Services.Configure<ForwardedHeadersOptions>(o => o.KnownProxies.Clear());"));

    [Fact]
    public Task Reports_the_call_that_always_runs() => Verify.Reports(Rule, Configured(
        "options.KnownProxies.Clear(); {|PSSL2001:options.KnownIPNetworks.Clear()|};",
        "if (args.Length > 0) { builder.Services.Configure<ForwardedHeadersOptions>(o => { o.KnownProxies.Clear(); o.KnownIPNetworks.Clear(); }); }"));

    [Fact]
    public Task Names_what_empties_the_lists() => Verify.Names(
        Rule,
        Configured("options.KnownProxies.Clear(); {|PSSL2001:options.KnownIPNetworks.Clear()|};"),
        ["both known lists end empty"]);

    [Theory]
    [InlineData("options.KnownProxies.Add(IPAddress.Parse(\"10.0.0.1\"));", "PostConfigure empties the lists after every Configure has filled them")]
    [InlineData("options.KnownIPNetworks.Add(System.Net.IPNetwork.Parse(\"10.0.0.0/8\"));", "PostConfigure empties the lists after every Configure has filled them")]
    [InlineData("options.ForwardLimit = 1;", "both known lists end empty")]
    public Task Names_a_PostConfigure_where_there_was_something_to_lose(string body, string what) => Verify.Names(
        Rule,
        Configured(body, "builder.Services.PostConfigure<ForwardedHeadersOptions>(o => { o.KnownProxies.Clear(); {|PSSL2001:o.KnownIPNetworks.Clear()|}; });"),
        [what]);

    // The switch empties both lists by itself, and somebody turns it on.
    [Theory]
    [InlineData("if (builder.Configuration[\"ForwardedHeaders_Enabled\"] == \"true\") { }")]
    [InlineData("var isOn = Environment.GetEnvironmentVariable(\"ASPNETCORE_FORWARDEDHEADERS_ENABLED\");")]
    public Task A_suggestion_where_code_asks_for_the_switch_of_the_host(string statement) => Verify.Suggests(
        Rule, OptionsApp.ReadingAddress(Configured("options.KnownProxies.Clear(); {|PSSL2001:options.KnownIPNetworks.Clear()|};", statement)));

    [Theory]
    [InlineData("")]
    [InlineData("builder.WebHost.UseSetting(\"ForwardedHeaders_Enabled\", \"true\");")]
    [InlineData("builder.WebHost.UseSetting(\"ForwardedHeaders_Enabled\", \"false\");")]
    [InlineData("Console.WriteLine(\"Do not set ASPNETCORE_FORWARDEDHEADERS_ENABLED\");")]
    [InlineData("new System.Diagnostics.ProcessStartInfo(\"other\").Environment[\"ASPNETCORE_FORWARDEDHEADERS_ENABLED\"] = \"true\";")]
    public Task A_warning_where_code_sets_it_or_does_not_name_it(string statement) => Verify.Warns(
        Rule, OptionsApp.ReadingAddress(Configured("options.KnownProxies.Clear(); {|PSSL2001:options.KnownIPNetworks.Clear()|};", statement)));

    [Theory]
    [InlineData("app.MapGet(\"/\", (HttpContext context) => IPAddress.IsLoopback(context.Connection.RemoteIpAddress!));")]
    [InlineData("app.MapGet(\"/\", (HttpContext context) => Results.Ok(Accounts.LoginAsync(context.Connection.RemoteIpAddress)));")]
    [InlineData("app.MapGet(\"/\", (HttpContext context) => context.Connection.RemoteIpAddress?.Equals(IPAddress.Loopback));")]
    [InlineData("app.MapGet(\"/\", (HttpContext context) => { var ip = context.Connection.RemoteIpAddress; Accounts.WriteOwner(ip); return ip?.ToString(); });")]
    [InlineData("app.UseWhen(context => context.Connection.RemoteIpAddress is null, b => { });")]
    [InlineData("Func<HttpContext, string?> address = context => context.Connection.RemoteIpAddress?.ToString();")]
    [InlineData("app.Use((context, next) => context.Connection is { RemoteIpAddress.AddressFamily: System.Net.Sockets.AddressFamily.InterNetwork } ? next() : Task.CompletedTask);")]
    [InlineData("app.Use((context, next) => context.Features.Get<Microsoft.AspNetCore.Http.Features.IHttpConnectionFeature>()?.RemoteIpAddress is null ? next() : Task.CompletedTask);")]
    [InlineData("app.MapGet(\"/\", (HttpRequest request) => request.Headers[\"X-Real-IP\"].ToString());")]
    [InlineData("app.MapReverseProxy();")]
    [InlineData("app.UseHangfireDashboard();")]
    [InlineData("app.UseHangfireDashboard(); new System.Net.Http.HttpClient().DefaultRequestHeaders.Authorization = new(\"Bearer\", \"x\");")]
    [InlineData("app.UseHangfireDashboard(\"/jobs\", new DashboardOptions { DashboardTitle = \"Jobs\" });")]
    [InlineData("app.UseHangfireDashboard(); app.Use((context, next) => context.Request.Headers.Authorization.Count > 0 ? next() : Task.CompletedTask);")]
    [InlineData("app.UseHangfireDashboard(\"/jobs\", new DashboardOptions { Authorization = new[] { new LocalRequestsOnlyAuthorizationFilter() } });")]
    [InlineData("app.UseIpRateLimiting();")]
    [InlineData("app.MapPost(\"/in\", (HttpContext context) => Accounts.LoginAsync(context.Connection.RemoteIpAddress));")]
    [InlineData("app.MapPost(\"/in\", (HttpContext context) => { Accounts.WriteOwner(context.Connection.RemoteIpAddress); });")]
    [InlineData("app.MapGet(\"/\", (HttpContext context) => { context.Response.Cookies.Append(\"ip\", context.Connection.RemoteIpAddress!.ToString()); return \"\"; });")]
    public Task A_warning_where_the_app_makes_something_of_the_address(string use) => Verify.Warns(
        Rule,
        Configured("options.KnownProxies.Clear(); {|PSSL2001:options.KnownIPNetworks.Clear()|};", after: """
            static class Accounts
            {
                public static Task LoginAsync(IPAddress? address) => Task.CompletedTask;

                public static void WriteOwner(IPAddress? address) { }
            }
            """).Replace("app.Run();", use + " app.Run();"),
        configure: test => test.CompilerDiagnostics = Microsoft.CodeAnalysis.Testing.CompilerDiagnostics.None);

    [Theory]
    [InlineData("")]
    [InlineData("app.UseHttpsRedirection(); app.UseHsts(); app.UseAuthentication();")]
    [InlineData("app.Use((context, next) => { app.Logger.LogInformation(\"{Ip}\", context.Connection.RemoteIpAddress); return next(); });")]
    [InlineData("app.Use((context, next) => { var ip = context.Connection.RemoteIpAddress?.ToString() ?? \"unknown\"; app.Logger.LogInformation($\"{ip} came\"); return next(); });")]
    [InlineData("app.Use((context, next) => { Serilog.Log.Debug(\"{Ip}\", context.Connection.RemoteIpAddress); return next(); });")]
    [InlineData("app.Use((context, next) => { context.Connection.RemoteIpAddress = IPAddress.Loopback; return next(); });")]
    [InlineData("_ = new ForwardedHeadersOptions { ForwardedForHeaderName = \"X-Real-IP\" };")]
    [InlineData("var textThatWillSkipWhitespace = true; // RemoteIpAddress\n")]
    [InlineData("Console.WriteLine(IPAddress.Loopback);")]
    [InlineData("app.MapGet(\"/\", (HttpContext context) => context.Connection.RemoteIpAddress?.ToString());")]
    [InlineData("app.MapGet(\"/\", (HttpContext context) => $\"You are {context.Connection.RemoteIpAddress?.MapToIPv4()}.\");")]
    [InlineData("app.MapGet(\"/\", (HttpContext context) => Results.Ok(new { Address = context.Connection.RemoteIpAddress?.ToString() ?? \"unknown\" }));")]
    [InlineData("app.MapGet(\"/\", (HttpContext context) => { var ip = context.Connection.RemoteIpAddress; app.Logger.LogInformation(\"{Ip}\", ip); return \"You are \" + ip; });")]
    [InlineData("app.UseHangfireDashboard(\"/jobs\", new DashboardOptions { Authorization = new[] { new SignedIn() } });")]
    [InlineData("var jobs = new DashboardOptions(); jobs.Authorization = new[] { new SignedIn() }; app.UseHangfireDashboard(\"/jobs\", jobs);")]
    public Task A_suggestion_where_nothing_asks_for_the_address(string statement) => Verify.Suggests(
        Rule,
        Configured("options.KnownProxies.Clear(); {|PSSL2001:options.KnownIPNetworks.Clear()|};").Replace("app.Run();", statement + " app.Run();"),
        configure: test => test.CompilerDiagnostics = Microsoft.CodeAnalysis.Testing.CompilerDiagnostics.None);

    // The one who asked is shown its own address.
    [Theory]
    [InlineData("Ok(HttpContext.Connection.RemoteIpAddress?.ToString())", true)]
    [InlineData("Ok(string.Format(\"You are {0}\", HttpContext.Connection.RemoteIpAddress))", true)]
    [InlineData("Ok(new[] { HttpContext.Connection.RemoteIpAddress?.ToString() })", true)]
    [InlineData("Ok(HttpContext.Connection.RemoteIpAddress is { } ip ? ip.ToString() : \"\")", false)]
    [InlineData("StatusCode(HttpContext.Connection.RemoteIpAddress!.GetHashCode())", false)]
    [InlineData("Ok(Known(HttpContext.Connection.RemoteIpAddress))", false)]
    public Task An_action_that_answers_with_the_address(string answer, bool isSuggestion) => Verify.Grades(
        Rule,
        Configured("options.KnownProxies.Clear(); {|PSSL2001:options.KnownIPNetworks.Clear()|};", after: $$"""
            public class AddressController : Microsoft.AspNetCore.Mvc.ControllerBase
            {
                public Microsoft.AspNetCore.Mvc.IActionResult Get() => {{answer}};

                private static bool Known(IPAddress? address) => address is null;
            }
            """),
        isSuggestion);

    // Whoever applies them is not in view: the host's switch, which empties the lists by itself, or what comes in at run time.
    [Theory]
    [InlineData("foreach (var extend in app.Services.GetServices<Action<WebApplication>>()) { extend(app); }", true)]
    [InlineData("app.UseForwardedHeaders();", false)]
    [InlineData("app.UseMiddleware<ForwardedHeadersMiddleware>();", false)]
    public Task A_suggestion_where_nothing_in_view_applies_them(string statement, bool isSuggestion) => Verify.Grades(
        Rule,
        OptionsApp.ReadingAddress(Configured("options.KnownProxies.Clear(); {|PSSL2001:options.KnownIPNetworks.Clear()|};")).Replace("app.UseForwardedHeaders();", statement),
        isSuggestion);

    [Fact]
    public Task A_suggestion_where_the_address_is_not_taken_over() => Verify.Suggests(Rule, OptionsApp.ReadingAddress(OptionsApp.Configured(
        "options.ForwardedHeaders = ForwardedHeaders.XForwardedProto; options.KnownProxies.Clear(); {|PSSL2001:options.KnownIPNetworks.Clear()|};")));

    [Theory]
    [InlineData("app.Logger.LogInformation(\"{Ip}\", Clients.AddressOf(context));", true)]
    [InlineData("Clients.Came(app.Logger, Clients.AddressOf(context));", true)]
    [InlineData("app.Logger.LogInformation(\"{Ip}\", Clients.AddressOf(context)); context.Items[\"ip\"] = Clients.AddressOf(context);", false)]
    [InlineData("if (Clients.AddressOf(context) == \"\") { return Task.CompletedTask; }", false)]
    [InlineData("", false)]
    public Task A_helper_for_the_log_alone(string statement, bool isSuggestion) => Verify.Grades(
        Rule,
        Configured("options.KnownProxies.Clear(); {|PSSL2001:options.KnownIPNetworks.Clear()|};", after: """
            static partial class Clients
            {
                public static string AddressOf(HttpContext context) => context.Connection.RemoteIpAddress?.ToString() ?? "unknown";

                [LoggerMessage(EventId = 0, Level = LogLevel.Information, Message = "{Ip} came")]
                public static partial void Came(ILogger logger, string ip);
            }
            """).Replace("app.Run();", "app.Use((context, next) => { " + statement + " return next(); }); app.Run();"),
        isSuggestion,
        configure: test => test.CompilerDiagnostics = Microsoft.CodeAnalysis.Testing.CompilerDiagnostics.None);

    [Theory]
    [InlineData("", "app.Logger.LogInformation(\"{Ip}\", new Visit(context).Address);", true)]
    [InlineData("", "app.Logger.LogInformation(\"{Ip}\", new Visit(context).Address); context.Items[\"ip\"] = new Visit(context).Address;", false)]
    [InlineData("", "", false)]
    [InlineData(" : IVisit", "app.Logger.LogInformation(\"{Ip}\", new Visit(context).Address);", false)]
    public Task A_property_for_the_log_alone(string implements, string statement, bool isSuggestion) => Verify.Grades(
        Rule,
        Configured("options.KnownProxies.Clear(); {|PSSL2001:options.KnownIPNetworks.Clear()|};", after: $$"""
            interface IVisit { string Address { get; } }

            class Visit(HttpContext context){{implements}}
            {
                public string Address => $"{context.Connection.RemoteIpAddress}".Trim();
            }
            """).Replace("app.Run();", "app.Use((context, next) => { " + statement + " return next(); }); app.Run();"),
        isSuggestion);

    [Theory]
    [InlineData("", "app.Logger.LogInformation(\"{Ip}\", Clients.AddressOf(context));", true)]
    [InlineData("", "app.Logger.LogInformation(\"{Ip}\", Clients.AddressOf(context)); context.Items[\"ip\"] = Clients.AddressOf(context);", false)]
    [InlineData("Last = ip;", "app.Logger.LogInformation(\"{Ip}\", Clients.AddressOf(context));", false)]
    [InlineData("System.IO.File.WriteAllText(\"last\", ip.ToString());", "app.Logger.LogInformation(\"{Ip}\", Clients.AddressOf(context));", false)]
    [InlineData("if (IPAddress.IsLoopback(ip)) { throw new InvalidOperationException(); }", "app.Logger.LogInformation(\"{Ip}\", Clients.AddressOf(context));", false)]
    [InlineData("", "", false)]
    [InlineData("IPAddress.TryParse(header, out Last);", "app.Logger.LogInformation(\"{Ip}\", Clients.AddressOf(context));", false)]
    [InlineData("Count++;", "app.Logger.LogInformation(\"{Ip}\", Clients.AddressOf(context));", false)]
    [InlineData("Came?.Invoke(ip);", "app.Logger.LogInformation(\"{Ip}\", Clients.AddressOf(context));", false)]
    public Task A_helper_that_reads_the_raw_header_for_the_log_alone(string also, string statement, bool isSuggestion) => Verify.Grades(
        Rule,
        Configured("options.KnownProxies.Clear(); {|PSSL2001:options.KnownIPNetworks.Clear()|};", after: $$"""
            static class Clients
            {
                public static IPAddress? Last;

                public static int Count;

                public static Action<IPAddress>? Came;

                public static IPAddress? AddressOf(HttpContext context)
                {
                    var header = context.Request.Headers["X-Real-IP"];
                    if (!Microsoft.Extensions.Primitives.StringValues.IsNullOrEmpty(header) && IPAddress.TryParse(header, out var ip))
                    {
                        {{also}}
                        return ip;
                    }

                    return context.Connection.RemoteIpAddress;
                }
            }
            """).Replace("app.Run();", "app.Use((context, next) => { " + statement + " return next(); }); app.Run();"),
        isSuggestion);
}
