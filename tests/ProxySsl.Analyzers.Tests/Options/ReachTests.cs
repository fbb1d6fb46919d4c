using System.Threading.Tasks;
using ProxySsl.Analyzers.Tests.Verification;
using Xunit;

namespace ProxySsl.Analyzers.Tests.Options;

/// <summary>What the callers of a method that registers, or the registration of a class, decide: it holds for what is configured there too.</summary>
public class ReachTests
{
    private const string Open = """

        static class Open
        {
            public static IServiceCollection AddOpenForwarding(this IServiceCollection services) => services.Configure<ForwardedHeadersOptions>(o =>
            {
                o.ForwardedHeaders = ForwardedHeaders.XForwardedFor;
                o.KnownProxies.Clear();
                CLEAR;
            });
        }
        class OpenSetup : IConfigureOptions<ForwardedHeadersOptions>
        {
            public void Configure(ForwardedHeadersOptions o)
            {
                o.ForwardedHeaders = ForwardedHeaders.XForwardedFor;
                o.KnownProxies.Clear();
                CLEAR;
            }
        }
        """;

    [Theory]
    [InlineData("if (builder.Environment.IsDevelopment()) { builder.Services.AddOpenForwarding(); }")]
    [InlineData("if (builder.Environment.IsDevelopment()) { AddAll(builder.Services); } static void AddAll(IServiceCollection s) => s.AddOpenForwarding();")]
    [InlineData("if (builder.Environment.IsProduction()) { } else { builder.Services.AddOpenForwarding(); }")]
    [InlineData("_ = builder.Environment.IsProduction() ? builder.Services : builder.Services.AddOpenForwarding();")]
    [InlineData("_ = builder.Environment.IsDevelopment() && builder.Services.AddOpenForwarding() != null;")]
    [InlineData("if (builder.Configuration.GetValue<bool>(\"TrustEverybody\")) { builder.Services.AddOpenForwarding(); }")]
    [InlineData("switch (args.Length) { case 0: builder.Services.AddOpenForwarding(); break; }")]
    [InlineData("foreach (var a in args) { builder.Services.AddOpenForwarding(); }")]
    [InlineData("try { } catch { builder.Services.AddOpenForwarding(); }")]
    [InlineData("Add(); void Add() { if (args.Length > 0) { return; } builder.Services.AddOpenForwarding(); }")]
    [InlineData("if (args.Length > 0) { Add(); } void Add() { builder.Services.AddOpenForwarding(); }")]
    [InlineData("Add(); void Add() { if (builder.Environment.IsProduction()) { return; } builder.Services.AddOpenForwarding(); }")]
    [InlineData("builder.Host.ConfigureServices((c, s) => { if (c.HostingEnvironment.IsDevelopment()) { s.AddOpenForwarding(); } });")]
    public Task A_method_is_called_elsewhere_or_perhaps(string statement) =>
        Verify.Silent(RuleIds.EverySenderTrusted, OptionsApp.With("builder.Services.AddOptions();" + statement) + Unmarked("class OpenSetup"));

    [Theory]
    [InlineData("builder.Services.AddOpenForwarding();")]
    [InlineData("AddAll(builder.Services); static void AddAll(IServiceCollection s) => s.AddOpenForwarding();")]
    [InlineData("if (builder.Environment.IsProduction()) { builder.Services.AddOpenForwarding(); }")]
    [InlineData("if (builder.Environment.IsDevelopment()) { builder.Services.AddOpenForwarding(); } builder.Services.AddOpenForwarding();")]
    [InlineData("Add(); void Add() { if (builder.Environment.IsDevelopment()) { return; } builder.Services.AddOpenForwarding(); }")]
    [InlineData("Add(); void Add() { if (args.Length > 0) { throw new InvalidOperationException(); } builder.Services.AddOpenForwarding(); }")]
    [InlineData("builder.Host.ConfigureServices((c, s) => s.AddOpenForwarding());")]
    [InlineData("Action<IServiceCollection> add = s => s.AddOpenForwarding();")]
    public Task A_method_is_called_for_certain_or_by_others(string statement) =>
        Verify.Reports(RuleIds.EverySenderTrusted, OptionsApp.With("builder.Services.AddOptions();" + statement) + Marked("class OpenSetup"));

    // Conditions around the making of the app say nothing about what it trusts.
    [Theory]
    [InlineData("if (args.Length > 0) { return; } Run(args);")]
    [InlineData("if (args.Length > 0) { Run(args); } else { while (args.Length == 0) { Run(args); } }")]
    [InlineData("switch (args.Length) { case 0: Run(args); break; }")]
    public Task An_app_that_is_made_under_a_condition(string main) => Verify.Reports(RuleIds.EverySenderTrusted, Made(main, "{|PSSL2001:o.KnownIPNetworks.Clear()|};"));

    // Another CreateBuilder makes no app, and the condition around it is somebody's decision.
    [Fact]
    public Task A_method_that_makes_something_else_under_a_condition() => Verify.Silent(
        RuleIds.EverySenderTrusted,
        OptionsApp.With("if (args.Length > 0) { builder.Services.AddOpen(); }") + """

        static class Open
        {
            public static void AddOpen(this IServiceCollection services)
            {
                var names = System.Collections.Immutable.ImmutableArray.CreateBuilder<string>();
                services.Configure<ForwardedHeadersOptions>(o => { o.ForwardedHeaders = ForwardedHeaders.XForwardedFor; o.KnownProxies.Clear(); o.KnownIPNetworks.Clear(); });
            }
        }
        """);

    [Fact]
    public Task An_app_that_is_made_in_another_environment_alone() => Verify.Silent(
        RuleIds.EverySenderTrusted, Made("if (((IHostEnvironment)new HostingEnvironment()).IsDevelopment()) { Run(args); }", "o.KnownIPNetworks.Clear();"));

    // Which environment that is, is not read; that somebody asks for it is plain.
    [Fact]
    public Task An_app_that_is_made_for_an_environment_by_name() => Verify.Silent(
        RuleIds.EverySenderTrusted,
        Made("if (args.Length > 0) { Run(args); }", "o.KnownIPNetworks.Clear();")
            .Replace("CreateBuilder(args)", "CreateBuilder(new WebApplicationOptions { EnvironmentName = \"Development\" })", System.StringComparison.Ordinal));

    private static string Made(string main, string clear) => $$"""
        using Microsoft.AspNetCore.HttpOverrides;
        using Microsoft.Extensions.FileProviders;
        using Microsoft.Extensions.Hosting.Internal;

        public static class Program
        {
            public static void Main(string[] args) { {{main}} }

            private static void Run(string[] args)
            {
                var builder = WebApplication.CreateBuilder(args);
                builder.Services.AddForwarding();
                var app = builder.Build();
                app.UseForwardedHeaders();
                app.Run();
            }

            private static void AddForwarding(this IServiceCollection services) => services.Configure<ForwardedHeadersOptions>(o =>
            {
                o.ForwardedHeaders = ForwardedHeaders.XForwardedFor;
                o.KnownProxies.Clear();
                {{clear}}
            });
        }
        """;

    [Fact]
    public Task An_extension_method_of_an_app_that_nobody_calls() =>
        Verify.Silent(RuleIds.EverySenderTrusted, OptionsApp.With("builder.Services.AddOptions();") + Unmarked("class OpenSetup"));

    [Fact]
    public Task An_extension_method_of_a_library_is_called_by_others() => Verify.Reports(
        RuleIds.EverySenderTrusted,
        """
        using Microsoft.AspNetCore.HttpOverrides;

        public static class Open
        {
            public static void AddOpenForwarding(this IServiceCollection services) => services.Configure<ForwardedHeadersOptions>(o =>
            {
                o.ForwardedHeaders = ForwardedHeaders.XForwardedFor;
                o.KnownProxies.Clear();
                {|PSSL2001:o.KnownIPNetworks.Clear()|};
            });
        }
        """,
        configure: t => t.TestState.OutputKind = Microsoft.CodeAnalysis.OutputKind.DynamicallyLinkedLibrary);

    // What Production has to get is not said: neither that nothing sets the flags, nor that somebody does.
    [Theory]
    [InlineData("builder.Services.ConfigureOptions<First>();")]
    [InlineData("builder.Services.ConfigureOptions<Last>();")]
    [InlineData("builder.Services.ConfigureOptions<First>(); builder.Services.ConfigureOptions<Last>();")]
    public Task Classes_for_another_environment_leave_it_open_what_production_gets(string registrations) => Verify.Silent(
        RuleIds.NothingEnabled, OptionsApp.With("if (builder.Environment.IsDevelopment()) { " + registrations + " }")
        + (registrations.Contains("First", System.StringComparison.Ordinal) ? "class First : IConfigureOptions<ForwardedHeadersOptions> { public void Configure(ForwardedHeadersOptions o) => o.ForwardedHeaders = ForwardedHeaders.XForwardedProto; }" : "")
        + (registrations.Contains("Last", System.StringComparison.Ordinal) ? "class Last : IPostConfigureOptions<ForwardedHeadersOptions> { public void PostConfigure(string? n, ForwardedHeadersOptions o) => o.ForwardedHeaders = ForwardedHeaders.XForwardedProto; }" : ""));

    // One way round leads there from nowhere: the other ways decide, whichever member of the circle is asked for.
    [Theory]
    [InlineData("if (builder.Environment.IsDevelopment()) { One.Add(builder.Services, 2); }", "if (n > 0) { Two.Add(s, n - 1); }")]
    [InlineData("if (builder.Environment.IsDevelopment()) { Two.Add(builder.Services, 2); }", "Two.Add(s, n - 1);")]
    [InlineData("if (builder.Environment.IsDevelopment()) { Two.Add(builder.Services, 2); }", "One.Add(s, n - 1);")]
    [InlineData("if (builder.Environment.IsDevelopment()) { Two.Add(builder.Services, 2); } void Again() { Again(); One.Add(builder.Services, 2); }", "")]
    [InlineData("builder.Services.AddOptions();", "One.Add(s, n - 1);")]
    public Task Circles_of_calls_lead_there_from_nowhere(string statement, string again) => Verify.Silent(
        RuleIds.EverySenderTrusted, OptionsApp.With(statement) + Unmarked("class OpenSetup") + Circle(again));

    [Theory]
    [InlineData("if (builder.Environment.IsDevelopment()) { One.Add(builder.Services, 2); } Two.Add(builder.Services, 2);", "Two.Add(s, n - 1);")]
    [InlineData("builder.Services.AddOptions();", "Two.Add(s, n - 1);")]
    [InlineData("Again(); void Again() { if (args.Length > 8) { Again(); } One.Add(builder.Services, 2); }", "")]
    public Task Circles_of_calls_may_be_entered_for_certain(string statement, string again) => Verify.Reports(
        RuleIds.EverySenderTrusted, OptionsApp.With(statement) + Marked("class OpenSetup") + Circle(again));

    private static string Circle(string again) =>
        "static class One { public static void Add(IServiceCollection s, int n) { " + again + " s.AddOpenForwarding(); } }"
        + "static class Two { public static void Add(IServiceCollection s, int n) { One.Add(s, n); } }";

    [Theory]
    [InlineData("if (builder.Environment.IsDevelopment()) { builder.Services.ConfigureOptions<OpenSetup>(); }")]
    [InlineData("if (args.Length > 0) { builder.Services.AddSingleton<IConfigureOptions<ForwardedHeadersOptions>>(new OpenSetup()); }")]
    public Task A_class_is_registered_elsewhere_or_perhaps(string statement) =>
        Verify.Silent(RuleIds.EverySenderTrusted, OptionsApp.With(statement) + Unmarked("static class Open"));

    [Theory]
    [InlineData("builder.Services.ConfigureOptions<OpenSetup>();")]
    [InlineData("builder.Services.ConfigureOptions(typeof(OpenSetup));")]
    [InlineData("")]
    public Task A_class_is_registered_for_certain_or_by_others(string statement) =>
        Verify.Reports(RuleIds.EverySenderTrusted, OptionsApp.With(statement) + Marked("static class Open"));

    [Fact]
    public Task Callers_of_callers_decide_too() => Verify.Silent(RuleIds.EverySenderTrusted, OptionsApp.With(
        "if (builder.Environment.IsDevelopment()) { builder.Services.AddAll(); }") + Unmarked("class OpenSetup")
        + "static class More { public static void AddAll(this IServiceCollection services) => services.AddOpenForwarding(); }");

    [Theory]
    [InlineData("ConfigureServices")]
    [InlineData("ConfigureProductionServices")]
    public Task A_method_of_Startup_for_production(string name) =>
        Verify.Reports(RuleIds.EverySenderTrusted, Startup(name, "{|PSSL2001:o.KnownIPNetworks.Clear()|};"));

    // The host calls static methods of a Startup class too; nobody calls another one that code does not name.
    [Fact]
    public Task A_static_method_of_Startup() =>
        Verify.Reports(RuleIds.EverySenderTrusted, Static("ConfigureServices", "{|PSSL2001:o.KnownIPNetworks.Clear()|};"));

    [Fact]
    public Task A_static_method_that_nobody_calls() => Verify.Silent(RuleIds.EverySenderTrusted, Static("AddForwarding", "o.KnownIPNetworks.Clear();"));

    private static string Static(string name, string clear) => Startup(name, clear).Replace("public void " + name, "public static void " + name, System.StringComparison.Ordinal);

    [Theory]
    [InlineData("ConfigureDevelopmentServices")]
    [InlineData("ConfigureStagingServices")]
    public Task A_method_of_Startup_for_another_environment(string name) =>
        Verify.Silent(RuleIds.EverySenderTrusted, Startup(name, "o.KnownIPNetworks.Clear();"));

    private static string Startup(string name, string clear) => $$"""
        using Microsoft.AspNetCore.HttpOverrides;
        public class Startup
        {
            public void {{name}}(IServiceCollection services) => services.Configure<ForwardedHeadersOptions>(o =>
            {
                o.ForwardedHeaders = ForwardedHeaders.XForwardedFor;
                o.KnownProxies.Clear();
                {{clear}}
            });
            public void Configure(IApplicationBuilder app) => app.UseForwardedHeaders();
            public static void Main() { }
        }
        """;

    // One of the two types is left out, so that the other one's registration decides alone.
    private static string Unmarked(string without) => Without(without).Replace("CLEAR", "o.KnownIPNetworks.Clear()", System.StringComparison.Ordinal);

    private static string Marked(string without) => Without(without).Replace("CLEAR", "{|PSSL2001:o.KnownIPNetworks.Clear()|}", System.StringComparison.Ordinal);

    private static string Without(string type)
    {
        var setup = Open.IndexOf("class OpenSetup", System.StringComparison.Ordinal);
        return type == "class OpenSetup" ? Open[..setup] : "\n" + Open[setup..];
    }
}
