using System.Threading.Tasks;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Testing;
using ProxySsl.Analyzers.Tests.Verification;
using Xunit;

namespace ProxySsl.Analyzers.Tests.Options;

/// <summary>PSSL2005: the middleware is used and no header is switched on.</summary>
public class PSSL2005Tests
{
    private const string Rule = RuleIds.NothingEnabled;

    private const string Bare = "var app = WebApplication.Create(args);\napp.{|PSSL2005:UseForwardedHeaders|}();\n";

    [Theory]
    [InlineData(Framework.Net60)]
    [InlineData(Framework.Net80)]
    [InlineData(Framework.Net100)]
    public Task Reports_a_bare_call_that_nothing_configures(Framework framework) => Verify.Reports(Rule, Bare, framework);

    [Theory]
    [InlineData("var builder = WebApplication.CreateBuilder(args); builder.Services.{|PSSL2005:Configure|}<ForwardedHeadersOptions>(o => o.ForwardLimit = 2); builder.Build().UseForwardedHeaders();")]
    [InlineData("WebApplication.Create(args).UseForwardedHeaders({|PSSL2005:new ForwardedHeadersOptions|}());")]
    [InlineData("WebApplication.Create(args).UseForwardedHeaders({|PSSL2005:new()|} { ForwardLimit = 2 });")]
    [InlineData("var app = WebApplication.Create(args); app.UseMiddleware<Microsoft.AspNetCore.HttpOverrides.ForwardedHeadersMiddleware>(Microsoft.Extensions.Options.Options.Create({|PSSL2005:new ForwardedHeadersOptions|}()));")]
    [InlineData("WebApplication.Create(args).UseForwardedHeaders({|PSSL2005:new ForwardedHeadersOptions|}()).UseForwardedHeaders({|PSSL2005:new ForwardedHeadersOptions|} { ForwardLimit = 1 });")]
    [InlineData("WebApplication.Create(args).Use(next => new Microsoft.AspNetCore.HttpOverrides.ForwardedHeadersMiddleware(next, null!, Microsoft.Extensions.Options.Options.Create({|PSSL2005:new ForwardedHeadersOptions|}())).Invoke);")]
    [InlineData("WebApplication? app = WebApplication.Create(args); app?.{|PSSL2005:UseForwardedHeaders|}();")]
    public Task Reports_options_that_never_set_flags(string program) => Verify.Reports(Rule, program);

    [Theory]
    [InlineData("var builder = WebApplication.CreateBuilder(args); builder.Services.Configure<ForwardedHeadersOptions>(o => o.ForwardedHeaders = Microsoft.AspNetCore.HttpOverrides.ForwardedHeaders.XForwardedFor); builder.Build().UseForwardedHeaders();")]
    [InlineData("var builder = WebApplication.CreateBuilder(args); builder.Services.Configure<ForwardedHeadersOptions>(o => o.ForwardedHeaders = Microsoft.AspNetCore.HttpOverrides.ForwardedHeaders.None); builder.Build().UseForwardedHeaders();")]
    [InlineData("var builder = WebApplication.CreateBuilder(args); builder.Services.Configure<ForwardedHeadersOptions>(builder.Configuration); builder.Build().UseForwardedHeaders();")]
    [InlineData("var builder = WebApplication.CreateBuilder(args); if (args.Length > 0) { builder.Services.Configure<ForwardedHeadersOptions>(o => o.ForwardedHeaders = Microsoft.AspNetCore.HttpOverrides.ForwardedHeaders.All); } builder.Build().UseForwardedHeaders();")]
    [InlineData("var builder = WebApplication.CreateBuilder(args); builder.Services.Configure<ForwardedHeadersOptions>(o => o.ForwardLimit = 2);")]
    [InlineData("var builder = WebApplication.CreateBuilder(args); builder.Services.AddSingleton(Microsoft.Extensions.Options.Options.Create(new ForwardedHeadersOptions { ForwardedHeaders = Microsoft.AspNetCore.HttpOverrides.ForwardedHeaders.All })); builder.Build().UseForwardedHeaders();")]
    [InlineData("var builder = WebApplication.CreateBuilder(args); builder.Services.Setup<ForwardedHeadersOptions>(o => { }); builder.Build().UseForwardedHeaders(); static class E { public static void Setup<T>(this IServiceCollection s, Action<T> configure) where T : class => s.Configure(configure); }")]
    [InlineData("var s = new Settings { Options = { ForwardedHeaders = Microsoft.AspNetCore.HttpOverrides.ForwardedHeaders.All } }; WebApplication.Create(args).UseForwardedHeaders(s.Options); class Settings { public ForwardedHeadersOptions Options { get; } = new(); }")]
    [InlineData("var o = new ForwardedHeadersOptions(); (o.ForwardedHeaders, o.ForwardLimit) = (Microsoft.AspNetCore.HttpOverrides.ForwardedHeaders.All, 2); WebApplication.Create(args).UseForwardedHeaders(o);")]
    [InlineData("var unused = Microsoft.Extensions.Options.Options.Create(new ForwardedHeadersOptions());")]
    [InlineData("WebApplication.Create(args).UseMiddleware<Microsoft.AspNetCore.Cors.Infrastructure.CorsMiddleware>(Microsoft.Extensions.Options.Options.Create(new ForwardedHeadersOptions()));")]
    [InlineData("WebApplication.Create(args).UseMiddleware(typeof(Microsoft.AspNetCore.HttpOverrides.ForwardedHeadersMiddleware), Microsoft.Extensions.Options.Options.Create(new ForwardedHeadersOptions()));")]
    [InlineData("var builder = WebApplication.CreateBuilder(args); builder.Services.Configure<ForwardedHeadersOptions>(o => o.ForwardedHeaders = Microsoft.AspNetCore.HttpOverrides.ForwardedHeaders.All); var app = builder.Build(); app.UseForwardedHeaders(); app.Map(\"/x\", x => x.UseForwardedHeaders(new ForwardedHeadersOptions { ForwardedHeaders = Microsoft.AspNetCore.HttpOverrides.ForwardedHeaders.All }));")]
    public Task Stays_silent(string program) => Verify.Silent(Rule, program);

    // Calls that do not compile, because the code is half typed or a package is missing, are calls all the same.
    [Theory]
    [InlineData("builder.WebHost.ConfigureServices((context, services) => {", "});")]
    [InlineData("builder.WebHost.ConfigureServices((context, services) => { services.AddReverseProxy().LoadFromConfig(context.Configuration);", "});")]
    [InlineData("builder.Host.ConfigureServices(services => { services.AddMissing();", "});")]
    [InlineData("builder.AddMissing(services => {", "}, 5);")]
    [InlineData("var services = builder.AddMissing();", "")]
    public Task Stays_silent_where_a_lambda_configures(string before, string after) => Verify.Silent(
        Rule,
        $$"""
        var builder = WebApplication.CreateBuilder(args);
        {{before}}
            services.Configure<ForwardedHeadersOptions>(options => options.ForwardedHeaders = Microsoft.AspNetCore.HttpOverrides.ForwardedHeaders.All);
        {{after}}
        builder.Build().UseForwardedHeaders();
        """,
        configure: t => t.CompilerDiagnostics = CompilerDiagnostics.None);

    // Nothing is known of what does not compile in a lambda whose parameters have no type.
    [Fact]
    public Task Reports_beside_other_code_that_does_not_compile() => Verify.Reports(
        Rule,
        """
        var builder = WebApplication.CreateBuilder(args);
        builder.WebHost.ConfigureServices((context, services) => { services.AddMissing().Configure<HostOptions>(options => options.Missing = 1); });
        builder.Build().{|PSSL2005:UseForwardedHeaders|}();
        """,
        configure: t => t.CompilerDiagnostics = CompilerDiagnostics.None);

    // The library that has the call is missing, and may configure the options.
    [Theory]
    [InlineData("builder.ConfigureForwardedHeaders();")]
    [InlineData("builder.Services.AddProxySupport();")]
    [InlineData("builder.Services.AddMissing().AddTrustedProxies(builder.Configuration);")]
    [InlineData("builder.Host.ConfigureServices((c, s) => s.AddForwarding(c.Configuration));")]
    [InlineData("ProxySetup.Configure(builder.Services);")]
    [InlineData("Company.Hosting.ConfigureForwarding(builder);")]
    [InlineData("ConfigureForwarding(builder.Services);")]
    [InlineData("builder.AddServiceDefaults();")]
    [InlineData("builder.Services.AddMissing(); var forwarded = Missing.Proxies(args);")]
    public Task Stays_silent_where_a_missing_library_may_configure(string statement) => Verify.Silent(
        Rule,
        $"var builder = WebApplication.CreateBuilder(args);\n{statement}\nbuilder.Build().UseForwardedHeaders();\n",
        configure: t => t.CompilerDiagnostics = CompilerDiagnostics.None);

    [Theory]
    [InlineData("builder.Services.AddReverseProxy().LoadFromConfig(builder.Configuration);")]
    [InlineData("builder.Services.AddProxySupport;")]
    [InlineData("logger.LogForwarding();")]
    [InlineData("ProxySetup.Configure(args);")]
    [InlineData("args.AddMissing();")]
    [InlineData("builder.Services.AddForwarding(1); static class Own { public static void AddForwarding(this IServiceCollection s) { } }", true)]
    public Task Reports_beside_missing_code_that_is_about_something_else(string statement, bool isLast = false) => Verify.Reports(
        Rule,
        isLast
            ? $"var builder = WebApplication.CreateBuilder(args);\nbuilder.Build().{{|PSSL2005:UseForwardedHeaders|}}();\n{statement}"
            : $"var builder = WebApplication.CreateBuilder(args);\n{statement}\nbuilder.Build().{{|PSSL2005:UseForwardedHeaders|}}();\n",
        configure: t => t.CompilerDiagnostics = CompilerDiagnostics.None);

    // IIS in the app's own process
    [Theory]
    [InlineData("builder.WebHost.UseIIS();", true)]
    [InlineData("builder.WebHost.UseIISIntegration();", false)]
    [InlineData("", false)]
    public Task A_suggestion_where_the_app_runs_in_IIS(string statement, bool isSuggestion) => Verify.Grades(
        Rule, $"var builder = WebApplication.CreateBuilder(args);\n{statement}\nbuilder.Build().{{|PSSL2005:UseForwardedHeaders|}}();\n", isSuggestion);

    [Fact]
    public Task Stays_silent_where_a_missing_library_may_configure_in_another_method() => Verify.Silent(
        Rule,
        """
        public class Startup
        {
            public void ConfigureServices(IServiceCollection services) => services.AddProxySupport();
            public void Configure(IApplicationBuilder app) => app.UseForwardedHeaders();
        }
        public static class Program { public static void Main() { } }
        """,
        configure: t => t.CompilerDiagnostics = CompilerDiagnostics.None);

    [Fact]
    public Task Stays_silent_in_a_library() => Verify.Silent(
        Rule,
        "public static class Defaults { public static void UseDefaults(this IApplicationBuilder app) => app.UseForwardedHeaders(); }",
        configure: t => t.TestState.OutputKind = OutputKind.DynamicallyLinkedLibrary);

    [Fact]
    public Task Reports_an_object_that_a_library_makes() => Verify.Reports(
        Rule,
        "public static class Defaults { public static void UseDefaults(this IApplicationBuilder app) => app.UseForwardedHeaders({|PSSL2005:new ForwardedHeadersOptions|}()); }",
        configure: t => t.TestState.OutputKind = OutputKind.DynamicallyLinkedLibrary);

    [Fact]
    public Task A_bare_call_gets_options() => Verify.Fixes(Rule, Bare, """
        var app = WebApplication.Create(args);
        app.UseForwardedHeaders(new ForwardedHeadersOptions { ForwardedHeaders = Microsoft.AspNetCore.HttpOverrides.ForwardedHeaders.XForwardedFor | Microsoft.AspNetCore.HttpOverrides.ForwardedHeaders.XForwardedProto });

        """);

    [Fact]
    public Task Configure_and_new_get_flags() => Verify.Fixes(Rule, """
        using Microsoft.AspNetCore.HttpOverrides;
        var builder = WebApplication.CreateBuilder(args);
        builder.Services.{|PSSL2005:Configure|}<ForwardedHeadersOptions>(o => o.ForwardLimit = 2);
        var app = builder.Build();
        app.UseForwardedHeaders();
        app.Map("/x", x => x.UseForwardedHeaders({|PSSL2005:new ForwardedHeadersOptions|}()));
        """, """
        using Microsoft.AspNetCore.HttpOverrides;
        var builder = WebApplication.CreateBuilder(args);
        builder.Services.Configure<ForwardedHeadersOptions>(o =>
        {
            o.ForwardLimit = 2;
            o.ForwardedHeaders = ForwardedHeaders.XForwardedFor | ForwardedHeaders.XForwardedProto;
        });
        var app = builder.Build();
        app.UseForwardedHeaders();
        app.Map("/x", x => x.UseForwardedHeaders(new ForwardedHeadersOptions { ForwardedHeaders = ForwardedHeaders.XForwardedFor | ForwardedHeaders.XForwardedProto }));
        """);

    [Fact]
    public Task Names_the_place() => Verify.Names(
        Rule,
        """
        var builder = WebApplication.CreateBuilder(args);
        builder.Services.{|PSSL2005:Configure|}<ForwardedHeadersOptions>(o => o.ForwardLimit = 2);
        var app = builder.Build();
        app.UseForwardedHeaders();
        app.Map("/x", x => x.UseForwardedHeaders({|PSSL2005:new ForwardedHeadersOptions|}()));
        """,
        ["This Configure call never sets", "These ForwardedHeadersOptions never set"]);

    [Fact]
    public Task Stays_silent_in_a_library_that_sets_a_part() => Verify.Silent(
        Rule,
        """
        public static class Defaults
        {
            public static void AddDefaults(this IServiceCollection services) => services.Configure<ForwardedHeadersOptions>(o => o.ForwardLimit = 2);
            public static void UseDefaults(this IApplicationBuilder app) => app.UseForwardedHeaders();
        }
        """,
        configure: t => t.TestState.OutputKind = OutputKind.DynamicallyLinkedLibrary);

    // The call names no type: it is inferred from a member whose type is spelled elsewhere.
    [Theory]
    [InlineData("services.Configure(_forwarding);", "private readonly Action<ForwardedHeadersOptions> _forwarding = o => o.ForwardedHeaders = HttpOverrides.ForwardedHeaders.All;")]
    [InlineData("services.AddSingleton(CreateTrust);", "private static IOptions<ForwardedHeadersOptions> CreateTrust(IServiceProvider _) => Options.Create(new ForwardedHeadersOptions { ForwardedHeaders = HttpOverrides.ForwardedHeaders.All });")]
    [InlineData("if (Forwarding is not null) services.Configure(Forwarding);", "public Action<ForwardedHeadersOptions>? Forwarding { get; set; }")]
    public Task Stays_silent_where_a_member_has_the_type(string statement, string member) => Verify.Silent(Rule, $$"""
        using Microsoft.Extensions.Options;
        namespace Microsoft.AspNetCore;
        public class Startup
        {
            {{member}}
            public void ConfigureServices(IServiceCollection services)
            {
                {{statement}}
            }
            public void Configure(IApplicationBuilder app) => app.UseForwardedHeaders();
            public static void Main() { }
        }
        """);

    [Theory]
    [InlineData("builder.Services.AddSingleton<IOptions<ForwardedHeadersOptions>, Own>();", "class Own : IOptions<ForwardedHeadersOptions> { public ForwardedHeadersOptions Value => new() { ForwardedHeaders = ForwardedHeaders.All }; }")]
    [InlineData("builder.Services.AddTransient<IOptionsFactory<ForwardedHeadersOptions>, Own>();", "class Own : IOptionsFactory<ForwardedHeadersOptions> { public ForwardedHeadersOptions Create(string name) => new() { ForwardedHeaders = ForwardedHeaders.All }; }")]
    [InlineData("builder.Services.AddSingleton(typeof(IConfigureOptions<>), typeof(Own<>));", "class Own<T>(IConfiguration c) : IConfigureOptions<T> where T : class { public void Configure(T options) => c.Bind(options); }")]
    [InlineData("builder.Services.ConfigureOptions<Own>();", "abstract class Base<T> : IConfigureOptions<T> where T : class { public void Configure(T options) => Apply(options); protected abstract void Apply(T options); } class Own : Base<ForwardedHeadersOptions> { protected override void Apply(ForwardedHeadersOptions o) => o.ForwardedHeaders = ForwardedHeaders.All; }")]
    [InlineData("builder.Services.AddSingleton<IConfigureOptions<ForwardedHeadersOptions>, Own>();", "class Own : ConfigureOptions<ForwardedHeadersOptions> { public Own() : base(o => o.ForwardedHeaders = ForwardedHeaders.All) { } }")]
    [InlineData("if (builder.Environment.IsDevelopment()) builder.Services.AddForwarding();", "static class Own { public static void AddForwarding(this IServiceCollection s) => s.Configure<ForwardedHeadersOptions>(o => o.ForwardedHeaders = ForwardedHeaders.All); }")]
    public Task Stays_silent_where_a_class_configures(string statement, string type) => Verify.Silent(Rule, OptionsApp.With(statement) + type);

    [Fact]
    public Task Reports_where_a_class_only_checks() => Verify.Reports(Rule, OptionsApp.With(
        "builder.Services.AddSingleton<IValidateOptions<ForwardedHeadersOptions>, Own>();").Replace("app.UseForwardedHeaders", "app.{|PSSL2005:UseForwardedHeaders|}")
        + "class Own : IValidateOptions<ForwardedHeadersOptions> { public ValidateOptionsResult Validate(string? name, ForwardedHeadersOptions o) => ValidateOptionsResult.Success; }");

    // At the end the path that returns early would miss them.
    [Fact]
    public Task Flags_are_set_ahead_of_an_early_return() => Verify.Fixes(Rule, OptionsApp.With("""
        builder.Services.{|PSSL2005:Configure|}<ForwardedHeadersOptions>(o =>
        {
            // hops
            if (args.Length == 0)
            {
                return;
            }

            o.ForwardLimit = 2;
        });
        """), OptionsApp.With("""
        builder.Services.Configure<ForwardedHeadersOptions>(o =>
        {
            o.ForwardedHeaders = ForwardedHeaders.XForwardedFor | ForwardedHeaders.XForwardedProto;
            // hops
            if (args.Length == 0)
            {
                return;
            }

            o.ForwardLimit = 2;
        });
        """));
}
