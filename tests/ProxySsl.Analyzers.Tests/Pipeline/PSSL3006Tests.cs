using System.Threading.Tasks;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Testing;
using ProxySsl.Analyzers.Tests.Verification;
using Xunit;

namespace ProxySsl.Analyzers.Tests.Pipeline;

public class PSSL3006Tests
{
    private const string Rule = RuleIds.ImplicitTooEarly;

    [Theory]
    [InlineData(Framework.Net80)]
    [InlineData(Framework.Net90)]
    [InlineData(Framework.Net100)]
    public Task Reports_implicit_authentication(Framework framework) => Verify.Reports(
        Rule,
        """
        var builder = WebApplication.CreateBuilder(args);
        builder.Services.AddAuthentication("Cookies").AddCookie("Cookies");
        var app = builder.Build();
        app.{|PSSL3006:UseForwardedHeaders|}();
        app.Run();
        """,
        framework);

    [Fact]
    public Task Reports_where_authentication_is_explicit_in_a_branch_or_by_its_class_only() => Verify.Reports(
        Rule,
        """
        var builder = WebApplication.CreateBuilder(args);
        builder.Services.AddAuthentication("Cookies").AddCookie("Cookies");
        var app = builder.Build();
        app.{|PSSL3006:UseForwardedHeaders|}();
        app.UseWhen(c => c.Request.Path.StartsWithSegments("/a"), branch => branch.UseAuthentication());
        app.UseMiddleware<Microsoft.AspNetCore.Authentication.AuthenticationMiddleware>();
        app.Run();
        """);

    [Fact]
    public Task Reports_a_branch_beside_code_that_cannot_be_read() => Verify.Reports(
        Rule,
        """
        var app = WebApplication.CreateBuilder(args).Build();
        app.{|PSSL3006:UseForwardedHeaders|}();
        Configure(app, builder => builder.UseCors());
        app.UseWhen(c => c.Request.Path.StartsWithSegments("/a"), branch => branch.UseAuthentication().UseAuthorization());
        app.Run();

        static void Configure(IApplicationBuilder app, Action<IApplicationBuilder> configure) => configure(app);
        """);

    [Fact]
    public Task Silent_beside_code_that_cannot_be_read() => Verify.Silent(
        Rule,
        """
        var builder = WebApplication.CreateBuilder(args);
        builder.Services.AddAuthentication("Cookies").AddCookie("Cookies");
        var app = builder.Build();
        app.UseForwardedHeaders();
        Configure(app, builder => builder.UseAuthentication());
        app.Run();

        static void Configure(IApplicationBuilder app, Action<IApplicationBuilder> configure) => configure(app);
        """);

    [Fact]
    public Task Reports_where_authorization_alone_is_implicit() => Verify.Reports(
        Rule,
        """
        var builder = WebApplication.CreateBuilder(args);
        builder.Services.AddAuthentication("Cookies").AddCookie("Cookies");
        builder.Services.AddAuthorization();
        var app = builder.Build();
        app.{|PSSL3006:UseProxy|}();
        app.UseAuthentication();
        app.Run();

        public static class Proxy
        {
            public static void UseProxy(this WebApplication app) => app.UseForwardedHeaders();
        }
        """);

    [Fact]
    public Task Reports_implicit_routing_where_endpoints_are_bound_to_a_forwarded_host() => Verify.Reports(
        Rule,
        """
        using Microsoft.AspNetCore.HttpOverrides;

        var app = WebApplication.CreateBuilder(args).Build();
        app.{|PSSL3006:UseForwardedHeaders|}(new ForwardedHeadersOptions { ForwardedHeaders = ForwardedHeaders.XForwardedHost });
        app.MapGet("/", () => "ok").RequireHost("example.com");
        app.Run();
        """);

    [Fact]
    public Task Silent_where_the_calls_are_explicit() => Verify.Silent(
        Rule,
        """
        var builder = WebApplication.CreateBuilder(args);
        builder.Services.AddAuthentication("Cookies").AddCookie("Cookies");
        builder.Services.AddControllers();
        var app = builder.Build();
        app.UseForwardedHeaders();
        app.UseAuthentication();
        app.UseAuthorization();
        app.Run();
        """);

    [Theory]
    [InlineData("builder.Services.AddAuthentication();", "", Framework.Net100)]
    [InlineData("builder.Services.AddAuthentication(\"Cookies\").AddCookie(\"Cookies\");", "", Framework.Net60)]
    [InlineData("builder.Services.AddAuthentication(\"Cookies\").AddCookie(\"Cookies\");", "app.UseAuthentication();", Framework.Net100)]
    [InlineData("builder.Services.AddAuthentication(\"Cookies\").AddCookie(\"Cookies\"); Environment.SetEnvironmentVariable(\"DOTNET_FORWARDEDHEADERS_ENABLED\", \"true\");", "", Framework.Net100)]
    public Task Silent_without_implicit_authentication(string services, string before, Framework framework) => Verify.Silent(
        Rule,
        $"""
        var builder = WebApplication.CreateBuilder(args);
        {services}
        var app = builder.Build();
        {before}
        app.UseForwardedHeaders();
        app.Run();
        """,
        framework);

    [Fact]
    public Task Silent_on_the_generic_host() => Verify.Silent(
        Rule,
        """
        public class Startup
        {
            public void ConfigureServices(IServiceCollection services) => services.AddAuthentication("Cookies").AddCookie("Cookies");

            public void Configure(IApplicationBuilder app) => app.UseForwardedHeaders();

            public static void Main() { }
        }
        """);

    [Fact]
    public Task Inserts_the_calls() => Verify.Fixes(
        Rule,
        """
        var builder = WebApplication.CreateBuilder(args);
        builder.Services.AddAuthentication("Cookies").AddCookie("Cookies");
        builder.Services.AddAuthorization();
        var app = builder.Build();

        // the proxy
        app.{|PSSL3006:UseForwardedHeaders|}();

        app.UseStaticFiles();
        app.Run();
        """,
        """
        var builder = WebApplication.CreateBuilder(args);
        builder.Services.AddAuthentication("Cookies").AddCookie("Cookies");
        builder.Services.AddAuthorization();
        var app = builder.Build();

        // the proxy
        app.UseForwardedHeaders();
        app.UseAuthentication();
        app.UseAuthorization();

        app.UseStaticFiles();
        app.Run();
        """);

    [Fact]
    public Task Inserts_authentication_in_front_of_explicit_authorization() => Verify.Fixes(
        Rule,
        """
        var builder = WebApplication.CreateBuilder(args);
        builder.Services.AddAuthentication("Cookies").AddCookie("Cookies");
        builder.Services.AddAuthorization();
        var app = builder.Build();
        app.{|PSSL3006:UseForwardedHeaders|}();
        app.UseRouting();

        // who may what
        app.UseAuthorization();
        app.Run();
        """,
        """
        var builder = WebApplication.CreateBuilder(args);
        builder.Services.AddAuthentication("Cookies").AddCookie("Cookies");
        builder.Services.AddAuthorization();
        var app = builder.Build();
        app.UseForwardedHeaders();
        app.UseRouting();

        app.UseAuthentication();
        // who may what
        app.UseAuthorization();
        app.Run();
        """);

    [Fact]
    public Task Inserts_links() => Verify.Fixes(
        Rule,
        """
        var builder = WebApplication.CreateBuilder(args);
        builder.Services.AddAuthentication("Cookies").AddCookie("Cookies");
        var app = builder.Build();
        app.{|PSSL3006:UseForwardedHeaders|}()
            .UseStaticFiles();
        app.Run();
        """,
        """
        var builder = WebApplication.CreateBuilder(args);
        builder.Services.AddAuthentication("Cookies").AddCookie("Cookies");
        var app = builder.Build();
        app.UseForwardedHeaders()
            .UseAuthentication()
            .UseStaticFiles();
        app.Run();
        """);

    [Fact]
    public Task Inserts_on_the_builder_of_a_static_form() => Verify.Fixes(
        Rule,
        """
        var builder = WebApplication.CreateBuilder(args);
        builder.Services.AddAuthentication("Cookies").AddCookie("Cookies");
        var app = builder.Build();
        ForwardedHeadersExtensions.{|PSSL3006:UseForwardedHeaders|}(app);
        app.Run();
        """,
        """
        var builder = WebApplication.CreateBuilder(args);
        builder.Services.AddAuthentication("Cookies").AddCookie("Cookies");
        var app = builder.Build();
        ForwardedHeadersExtensions.UseForwardedHeaders(app);
        app.UseAuthentication();
        app.Run();
        """);

    [Theory]
    [InlineData("", "authentication", "a login that comes back over https is finished as http, with a cookie that is not marked Secure; call UseAuthentication after it")]
    [InlineData("builder.Services.AddAuthorization();", "authentication and authorization", "login redirects are built with http:// and the proxy's address; call UseAuthentication and UseAuthorization after it")]
    public Task Says_what_goes_wrong(string services, string what, string consequence) => Verify.ReportsMessage(
        $$"""
        var builder = WebApplication.CreateBuilder(args);
        builder.Services.AddAuthentication("Cookies").AddCookie("Cookies");
        {{services}}
        var app = builder.Build();
        app.{|#0:UseForwardedHeaders|}();
        app.Run();
        """,
        new DiagnosticResult(Rule, DiagnosticSeverity.Warning).WithLocation(0),
        $"WebApplication adds {what} in front of the whole pipeline, so UseForwardedHeaders comes too late for it and {consequence}");

    [Theory]
    [InlineData("", "hosts are compared before")]
    [InlineData("builder.Services.AddAuthentication(\"Cookies\").AddCookie(\"Cookies\");", "adds routing and authentication in front")]
    public Task Names_routing(string services, string what) => Verify.Names(
        Rule,
        $$"""
        using Microsoft.AspNetCore.HttpOverrides;

        var builder = WebApplication.CreateBuilder(args);
        {{services}}
        var app = builder.Build();
        app.{|PSSL3006:UseForwardedHeaders|}(new ForwardedHeadersOptions { ForwardedHeaders = ForwardedHeaders.XForwardedHost });
        app.MapGet("/", () => "ok").RequireHost("example.com");
        app.Run();
        """,
        [what]);

    // A helper with the rest of the pipeline in it

    private const string WholePipeline =
        """
        var builder = WebApplication.CreateBuilder(args);
        builder.Services.AddAuthentication("Cookies").AddCookie("Cookies");
        var app = builder.Build();
        app.UsePipeline();
        app.Run();

        public static class Pipeline
        {
            public static void UsePipeline(this WebApplication app)
            {
                app.{|PSSL3006:UseForwardedHeaders|}();
                app.UseStaticFiles();
                app.MapGet("/", () => "ok");
            }
        }
        """;

    [Fact]
    public Task Fixes_in_the_helper_that_adds_the_rest_too() => Verify.Fixes(
        Rule,
        WholePipeline,
        """
        var builder = WebApplication.CreateBuilder(args);
        builder.Services.AddAuthentication("Cookies").AddCookie("Cookies");
        var app = builder.Build();
        app.UsePipeline();
        app.Run();

        public static class Pipeline
        {
            public static void UsePipeline(this WebApplication app)
            {
                app.UseForwardedHeaders();
                app.UseAuthentication();
                app.UseStaticFiles();
                app.MapGet("/", () => "ok");
            }
        }
        """);

    [Theory]
    [InlineData("builder.Services.AddAuthentication().AddJwtBearer();", false)]
    [InlineData("builder.Services.AddAuthentication(\"a\").AddJwtBearer(\"a\").AddJwtBearer(\"b\");", false)]
    [InlineData("var schemes = builder.Services.AddAuthentication(\"a\"); foreach (var arg in args) { schemes.AddJwtBearer(arg); }", false)]
    [InlineData("builder.Services.AddAuthentication(\"a\").AddJwtBearer(\"a\").AddCookie(\"b\");", true)]
    [InlineData("var schemes = builder.Services.AddAuthentication(\"a\"); schemes.AddJwtBearer(\"a\"); schemes.AddCookie();", true)]
    [InlineData("builder.Services.AddAuthentication().AddJwtBearer(); builder.Services.AddAuthentication().AddCookie();", true)]
    public Task Silent_where_tokens_alone_are_checked(string services, bool reports)
    {
        var call = reports ? "{|PSSL3006:UseForwardedHeaders|}" : "UseForwardedHeaders";
        var source =
            $$"""
            var builder = WebApplication.CreateBuilder(args);
            {{services}}
            builder.Services.AddAuthorization();
            var app = builder.Build();
            app.{{call}}();
            app.Run();

            public static class Tokens
            {
                public static Microsoft.AspNetCore.Authentication.AuthenticationBuilder AddJwtBearer(this Microsoft.AspNetCore.Authentication.AuthenticationBuilder builder, string name = "Bearer") => builder;
            }
            """;
        return reports ? Verify.Reports(Rule, source) : Verify.Silent(Rule, source);
    }

    [Theory]
    [InlineData("builder.Services.AddAuthorization();", "app.UseAuthentication();", "app.UseAuthentication();\napp.UseAuthorization();")]
    [InlineData("", "app.UseRouting();", "app.UseRouting();\napp.UseAuthentication();")]
    [InlineData("", "app.UseRouting();\napp.UseAuthorization();", "app.UseRouting();\napp.UseAuthentication();\napp.UseAuthorization();")]
    [InlineData("builder.Services.AddControllers();", "app.UseCors();", "app.UseAuthentication();\napp.UseAuthorization();\napp.UseCors();")]
    [InlineData("builder.Services.AddAuthorization();", "app.UseWhen(c => true, b => b.UseAuthorization());", "app.UseAuthentication();\napp.UseAuthorization();\napp.UseWhen(c => true, b => b.UseAuthorization());")]
    public Task Inserts_beside_the_explicit_calls(string services, string calls, string fixedCalls)
    {
        return Verify.Fixes(Rule, Source("{|PSSL3006:UseForwardedHeaders|}", calls), Source("UseForwardedHeaders", fixedCalls));

        string Source(string name, string after) =>
            $$"""
            var builder = WebApplication.CreateBuilder(args);
            builder.Services.AddAuthentication("Cookies").AddCookie("Cookies");
            {{services}}
            var app = builder.Build();
            app.{{name}}();
            {{after}}
            app.Run();
            """;
    }

    [Fact]
    public Task Inserts_routing_in_front_of_explicit_authentication() => Verify.Fixes(
        Rule,
        """
        using Microsoft.AspNetCore.HttpOverrides;

        var builder = WebApplication.CreateBuilder(args);
        builder.Services.AddAuthentication("Cookies").AddCookie("Cookies");
        var app = builder.Build();
        app.{|PSSL3006:UseForwardedHeaders|}(new ForwardedHeadersOptions { ForwardedHeaders = ForwardedHeaders.XForwardedHost });
        app.UseCors();
        app.UseAuthentication();
        app.MapGet("/", () => "ok").RequireHost("example.com");
        app.Run();
        """,
        """
        using Microsoft.AspNetCore.HttpOverrides;

        var builder = WebApplication.CreateBuilder(args);
        builder.Services.AddAuthentication("Cookies").AddCookie("Cookies");
        var app = builder.Build();
        app.UseForwardedHeaders(new ForwardedHeadersOptions { ForwardedHeaders = ForwardedHeaders.XForwardedHost });
        app.UseCors();
        app.UseRouting();
        app.UseAuthentication();
        app.MapGet("/", () => "ok").RequireHost("example.com");
        app.Run();
        """);

    [Theory]
    [InlineData("if (args.Length > 0) { app.UseRouting(); }")]
    [InlineData("app.UseRest();")]
    public Task Offers_no_insertion_beside_calls_that_stand_elsewhere(string rest) => Verify.OffersNoFix(
        Rule,
        $$"""
        var builder = WebApplication.CreateBuilder(args);
        builder.Services.AddAuthentication("Cookies").AddCookie("Cookies");
        var app = builder.Build();
        app.{|PSSL3006:UseForwardedHeaders|}();
        {{rest}}
        app.Run();

        public static class Rest
        {
            public static void UseRest(this WebApplication app) => app.UseAuthorization();
        }
        """);

    // Authorization in front of an explicit UseRouting finds no endpoint, and a fallback policy alone could challenge there.
    [Theory]
    [InlineData("", false)]
    [InlineData("builder.Services.Configure<Microsoft.AspNetCore.Authorization.AuthorizationOptions>(o => o.FallbackPolicy = o.DefaultPolicy);", true)]
    public Task Authorization_in_front_of_explicit_routing(string services, bool isReported)
    {
        var source = $$"""
            var builder = WebApplication.CreateBuilder(args);
            builder.Services.AddAuthentication("Cookies").AddCookie("Cookies");
            builder.Services.AddAuthorization();
            {{services}}
            var app = builder.Build();
            app.UseForwardedHeaders();
            app.UseRouting();
            app.UseAuthentication();
            app.Run();
            """;
        return isReported ? Verify.Reports(Rule, source.Replace("UseForwardedHeaders", "{|PSSL3006:UseForwardedHeaders|}")) : Verify.Silent(Rule, source);
    }

    [Fact]
    public Task Takes_a_call_that_does_not_compile_for_what_it_is_named_like() => Verify.Silent(
        Rule,
        """
        var builder = WebApplication.CreateBuilder(args);
        builder.Services.AddAuthentication("Cookies").AddCookie("Cookies");
        builder.Services.AddAuthorization();
        var app = builder.Build();
        app.UseForwardedHeaders();
        app.UseIdentityServer();
        app.UseAuthorization();
        app.Run();
        """,
        configure: test => test.CompilerDiagnostics = Microsoft.CodeAnalysis.Testing.CompilerDiagnostics.None);

    [Theory]
    [InlineData("app.UseIdentityServer();", "")]
    [InlineData("app.UseRouting();", "proxyssl.proxy = none")]
    [InlineData("app.UseAuthentication(); app.UseAuthorization(); app.UseRouting();", "")]
    [InlineData("app.UseAuthentication(); app.UseWhen(c => true, b => b.UseAuthentication());", "")]
    public Task Silent_where_nothing_implicit_comes_earlier(string calls, string option) => Verify.Silent(
        Rule,
        $$"""
        using Microsoft.AspNetCore.Builder;

        var builder = WebApplication.CreateBuilder(args);
        builder.Services.AddAuthentication("Cookies").AddCookie("Cookies");
        var app = builder.Build();
        app.UseForwardedHeaders();
        {{calls}}
        app.Run();

        namespace Microsoft.AspNetCore.Builder
        {
            public static class IdentityServerApplicationBuilderExtensions
            {
                public static IApplicationBuilder UseIdentityServer(this IApplicationBuilder app) => app;
            }
        }
        """,
        configure: test => test.TestState.AnalyzerConfigFiles.Add(("/.globalconfig", "is_global = true\n" + option + "\n")));

    [Theory]
    [InlineData("app.MapGet(\"/\", () => \"ok\").RequireHost(\"example.com\");", "XForwardedFor")]
    [InlineData("app.MapGet(\"/\", () => \"ok\");", "XForwardedHost")]
    [InlineData("app.UseRouting(); app.MapGet(\"/\", () => \"ok\").RequireHost(\"example.com\");", "XForwardedHost")]
    public Task Silent_where_no_forwarded_host_is_matched(string endpoints, string flags) => Verify.Silent(
        Rule,
        $$"""
        using Microsoft.AspNetCore.HttpOverrides;

        var app = WebApplication.CreateBuilder(args).Build();
        app.UseForwardedHeaders(new ForwardedHeadersOptions { ForwardedHeaders = ForwardedHeaders.{{flags}} });
        {{endpoints}}
        app.Run();
        """);

    [Fact]
    public Task Silent_where_it_is_applied_in_a_branch_alone() => Verify.Silent(
        Rule,
        """
        var builder = WebApplication.CreateBuilder(args);
        builder.Services.AddAuthentication("Cookies").AddCookie("Cookies");
        var app = builder.Build();
        app.Map("/a", branch => branch.UseForwardedHeaders());
        app.Run();
        """);

    [Fact]
    public Task Reports_implicit_routing_where_the_flags_are_not_known() => Verify.Reports(
        Rule,
        """
        using Microsoft.AspNetCore.HttpOverrides;

        var app = WebApplication.CreateBuilder(args).Build();
        app.Map("/a", branch => branch.UseForwardedHeaders());
        app.{|PSSL3006:UseForwardedHeaders|}(new ForwardedHeadersOptions { ForwardedHeaders = Enum.Parse<ForwardedHeaders>(args[0]) });
        app.MapGet("/", () => "ok").RequireHost("example.com");
        app.Run();
        """);

    [Theory]
    [InlineData("ForwardedHeaders_Enabled", true)]
    [InlineData("ForwardedHeaders_Disabled", false)]
    public Task A_suggestion_where_code_asks_for_the_switch_of_the_host(string setting, bool isSuggestion)
    {
        var source = $$"""
            var builder = WebApplication.CreateBuilder(args);
            builder.Services.AddAuthentication("Cookies").AddCookie("Cookies");
            var app = builder.Build();
            var isOn = app.Configuration["{{setting}}"];
            app.{|PSSL3006:UseForwardedHeaders|}(new ForwardedHeadersOptions { ForwardedHeaders = Microsoft.AspNetCore.HttpOverrides.ForwardedHeaders.XForwardedProto });
            app.Run();
            """;
        return Verify.Grades(Rule, source, isSuggestion);
    }

    [Fact]
    public Task Silent_where_a_scheme_is_registered_for_development_alone() => Verify.Silent(Rule, """
        var builder = WebApplication.CreateBuilder(args);
        if (builder.Environment.IsDevelopment())
        {
            builder.Services.AddAuthentication("Cookies").AddCookie("Cookies");
        }

        var app = builder.Build();
        app.UseForwardedHeaders();
        app.Run();
        """);
}
