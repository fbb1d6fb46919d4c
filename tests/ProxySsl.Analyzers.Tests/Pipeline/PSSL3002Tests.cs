using System.Threading.Tasks;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Testing;
using ProxySsl.Analyzers.Tests.Verification;
using Xunit;

namespace ProxySsl.Analyzers.Tests.Pipeline;

public class PSSL3002Tests
{
    private const string Rule = RuleIds.ReadsTooEarly;

    // By default the scheme of a request decides nothing about any of these cookies.
    private const string CookiesByScheme = """

        static class CookieServices
        {
            public static void Add(IServiceCollection services)
            {
                services.Configure<CookiePolicyOptions>(options => options.Secure = CookieSecurePolicy.SameAsRequest);
                services.AddSession(options => options.Cookie.SecurePolicy = CookieSecurePolicy.SameAsRequest);
                services.AddAntiforgery(options => options.Cookie.SecurePolicy = CookieSecurePolicy.Always);
            }
        }
        """;

    // Reports

    [Fact]
    public Task Reports_what_reads_the_request() => Verify.Reports(
        Rule,
        """
        using Microsoft.AspNetCore.Rewrite;

        var app = WebApplication.CreateBuilder(args).Build();
        if (!app.Environment.IsDevelopment())
        {
            app.UseExceptionHandler("/error");
            app.{|PSSL3002:UseHsts|}();
        }

        app.{|PSSL3002:UseAuthentication|}();
        app.{|PSSL3002:UseAuthorization|}();
        app.{|PSSL3002:UseCookiePolicy|}();
        app.{|PSSL3002:UseSession|}();
        app.{|PSSL3002:UseAntiforgery|}();
        app.{|PSSL3002:UseHostFiltering|}();
        app.{|PSSL3002:UseDefaultFiles|}();
        app.{|PSSL3002:UseFileServer|}("/files");
        app.{|PSSL3002:UseDirectoryBrowser|}();
        app.{|PSSL3002:UseRewriter|}();
        app.{|PSSL3002:UseRewriter|}(new RewriteOptions().AddRedirectToWww());
        app.{|PSSL3002:UseMiddleware<Microsoft.AspNetCore.HttpsPolicy.HstsMiddleware>|}();
        app.{|PSSL3002:UseMiddleware|}(typeof(Microsoft.AspNetCore.Authentication.AuthenticationMiddleware));
        app.UseForwardedHeaders();
        app.Run();

        """ + CookiesByScheme);

    // By default none of them asks for the scheme.
    [Theory]
    [InlineData("UseCookiePolicy", "services.Configure<CookiePolicyOptions>(options => options.Secure = CookieSecurePolicy.SameAsRequest);", true)]
    [InlineData("UseCookiePolicy", "services.Configure<CookiePolicyOptions>(options => { options.Secure = services.Count > 3 ? CookieSecurePolicy.Always : CookieSecurePolicy.SameAsRequest; });", false)] // a setting may say Always
    [InlineData("UseSession", "services.AddSession(options => options.Cookie.SecurePolicy = CookieSecurePolicy.SameAsRequest); services.PostConfigure<SessionOptions>(options => options.Cookie.SecurePolicy = CookieSecurePolicy.Always);", false)]
    [InlineData("UseSession", "services.AddSession(options => options.Cookie.SecurePolicy = CookieSecurePolicy.SameAsRequest); services.AddAntiforgery(options => options.Cookie.SecurePolicy = CookieSecurePolicy.Always);", true)]
    [InlineData("UseCookiePolicy", "services.Configure<CookiePolicyOptions>(options => options.Secure = environment.IsDevelopment() ? CookieSecurePolicy.SameAsRequest : CookieSecurePolicy.Always);", false)]
    [InlineData("UseSession", "if (environment.IsDevelopment()) { services.AddSession(options => options.Cookie.SecurePolicy = CookieSecurePolicy.SameAsRequest); }", false)]
    [InlineData("UseSession", "if (!environment.IsDevelopment()) { services.AddSession(options => options.Cookie.SecurePolicy = CookieSecurePolicy.SameAsRequest); }", true)]
    [InlineData("UseSession", "services.AddSession(options => options.Cookie = new CookieBuilder { Name = \"visit\" });", false)] // a miss: a builder of one's own says SameAsRequest
    [InlineData("UseCookiePolicy", "new CookiePolicyOptions { Secure = CookieSecurePolicy.SameAsRequest }.ToString();", true)]
    [InlineData("UseCookiePolicy", "services.Configure<CookiePolicyOptions>(options => options.Secure = CookieSecurePolicy.Always);", false)]
    [InlineData("UseCookiePolicy", "services.Configure<CookiePolicyOptions>(options => options.MinimumSameSitePolicy = SameSiteMode.Lax);", false)]
    [InlineData("UseCookiePolicy", "services.AddSession(options => options.Cookie.SecurePolicy = CookieSecurePolicy.SameAsRequest);", false)]
    [InlineData("UseSession", "services.AddSession(options => options.Cookie.SecurePolicy = CookieSecurePolicy.SameAsRequest);", true)]
    [InlineData("UseSession", "services.AddSession(options => options.Cookie = new CookieBuilder { SecurePolicy = CookieSecurePolicy.SameAsRequest });", true)]
    [InlineData("UseSession", "new SessionOptions { Cookie = { SecurePolicy = CookieSecurePolicy.SameAsRequest } }.ToString();", true)]
    [InlineData("UseSession", "services.AddSession(options => { var cookie = options.Cookie; cookie.SecurePolicy = CookieSecurePolicy.SameAsRequest; });", false)] // a miss
    [InlineData("UseSession", "var policy = CookieSecurePolicy.SameAsRequest; services.AddSession(options => options.Cookie.SecurePolicy = policy);", false)] // a miss
    [InlineData("UseSession", "services.AddSession(options => options.Cookie.SecurePolicy = CookieSecurePolicy.Always);", false)]
    [InlineData("UseSession", "services.AddSession();", false)]
    [InlineData("UseSession", "services.Configure<CookiePolicyOptions>(options => options.Secure = CookieSecurePolicy.SameAsRequest);", false)]
    [InlineData("UseSession", "// SameAsRequest", false)]
    [InlineData("UseAntiforgery", "services.AddAntiforgery(options => options.Cookie.SecurePolicy = CookieSecurePolicy.Always);", true)]
    [InlineData("UseAntiforgery", "services.AddAntiforgery(options => options.Cookie.SecurePolicy = CookieSecurePolicy.SameAsRequest);", false)]
    [InlineData("UseAntiforgery", "services.AddAntiforgery();", false)]
    public Task Asks_what_the_scheme_decides_about_cookies(string method, string registration, bool isReported)
    {
        var source = $$"""
            var app = WebApplication.CreateBuilder(args).Build();
            app.{{(isReported ? "{|PSSL3002:" + method + "|}" : method)}}();
            app.UseStaticFiles();
            app.UseForwardedHeaders();
            app.Run();

            static class Services
            {
                public static void Add(IServiceCollection services, IWebHostEnvironment environment)
                {
                    {{registration}}
                }
            }
            """;
        return isReported ? Verify.Reports(Rule, source) : Verify.Silent(Rule, source);
    }

    [Fact]
    public Task Reports_well_known_packages_by_full_name() => Verify.Reports(
        Rule,
        """
        namespace Microsoft.AspNetCore.Builder
        {
            public static class IdentityServerApplicationBuilderExtensions
            {
                public static IApplicationBuilder UseIdentityServer(this IApplicationBuilder app) => app;
            }
        }

        namespace Hangfire
        {
            public static class HangfireApplicationBuilderExtensions
            {
                public static IApplicationBuilder UseHangfireDashboard(this IApplicationBuilder app, string path) => app;
            }
        }

        namespace App
        {
            using Hangfire;

            public static class Program
            {
                public static void Configure(IApplicationBuilder app)
                {
                    app.{|PSSL3002:UseIdentityServer|}();
                    app.{|PSSL3002:UseHangfireDashboard|}("/jobs");
                    app.UseForwardedHeaders();
                }

                public static void Main() { }
            }
        }
        """);

    [Fact]
    public Task Reports_routing_where_endpoints_are_bound_to_a_host() => Verify.Reports(
        Rule,
        """
        var app = WebApplication.CreateBuilder(args).Build();
        app.{|PSSL3002:UseRouting|}();
        app.UseForwardedHeaders();
        app.MapGet("/", () => "ok").RequireHost("example.com");
        app.Run();
        """);

    [Fact]
    public Task Reports_middleware_of_the_app_that_reads_before_next() => Verify.Reports(
        Rule,
        """
        using Microsoft.AspNetCore.Http.Extensions;

        var app = WebApplication.CreateBuilder(args).Build();
        app.{|PSSL3002:Use|}(async (context, next) =>
        {
            if (!context.Request.IsHttps)
            {
                context.Response.Redirect("https://example.com");
                return;
            }

            await next();
        });
        app.{|PSSL3002:Use|}(next => async context =>
        {
            if (context.Request.IsHttps)
            {
                await next(context);
            }
        });
        app.{|PSSL3002:UseMiddleware<AddressFilter>|}();
        app.{|PSSL3002:Use|}(Url);
        app.UseForwardedHeaders();
        app.Run();

        static async Task Url(HttpContext context, RequestDelegate next)
        {
            context.Items["url"] = context.Request.GetDisplayUrl();
            await next(context);
        }

        public class AddressFilter
        {
            private readonly RequestDelegate _next;

            public AddressFilter(RequestDelegate next) => _next = next;

            public async Task InvokeAsync(HttpContext context)
            {
                if (context.Connection.RemoteIpAddress is null)
                {
                    context.Response.StatusCode = 403;
                    return;
                }

                await _next(context);
            }
        }
        """);

    [Fact]
    public Task Reports_conditions_of_branches_that_read_the_scheme() => Verify.Reports(
        Rule,
        """
        var app = WebApplication.CreateBuilder(args).Build();
        app.{|PSSL3002:MapWhen|}(context => !context.Request.IsHttps, insecure => insecure.Run(c => { c.Response.Redirect("https://example.com"); return Task.CompletedTask; }));
        app.{|PSSL3002:UseWhen|}(IsPlain, plain => plain.UseStaticFiles());
        app.MapWhen(context => context.Request.Host.Host == "api.example.com", api => api.UseStaticFiles());
        app.UseWhen(context => context.Request.IsHttps || context.Connection.LocalPort == 443, secure => secure.UseStaticFiles());
        app.UseForwardedHeaders();
        app.UseWhen(IsPlain, plain => plain.UseStaticFiles());
        app.Run();

        static bool IsPlain(HttpContext context) => context.Request.Scheme == "http";
        """);

    [Fact]
    public Task Reports_conditions_of_branches_that_read_a_host_that_is_processed() => Verify.Reports(
        Rule,
        """
        using Microsoft.AspNetCore.HttpOverrides;

        var app = WebApplication.CreateBuilder(args).Build();
        app.{|PSSL3002:MapWhen|}(context => context.Request.Host.Host == "api.example.com", api => api.UseStaticFiles());
        app.UseForwardedHeaders(new ForwardedHeadersOptions { ForwardedHeaders = ForwardedHeaders.XForwardedHost | ForwardedHeaders.XForwardedProto });
        app.Run();
        """);

    [Fact]
    public Task Reports_configured_methods() => Verify.Reports(
        Rule,
        """
        var app = WebApplication.CreateBuilder(args).Build();
        app.{|PSSL3002:UseTenants|}();
        app.UseForwardedHeaders();
        app.Run();

        public static class Tenants
        {
            public static void UseTenants(this IApplicationBuilder app) { }
        }
        """,
        configure: test => test.TestState.AnalyzerConfigFiles.Add(("/.globalconfig", "is_global = true\nproxyssl.scheme_dependent_methods = UseTenants\n")));

    // Stays silent

    [Fact]
    public Task Silent_for_what_works_on_either_side() => Verify.Silent(
        Rule,
        """
        var app = WebApplication.CreateBuilder(args).Build();
        app.UseExceptionHandler("/error");
        app.UseDeveloperExceptionPage();
        app.UseStatusCodePages();
        app.UseCors();
        app.UseStaticFiles();
        app.UseRequestLocalization();
        app.UseWebSockets();
        app.UseHealthChecks("/health");
        app.UseRouting();
        app.MapGet("/", () => "ok");
        app.Map("/endpoint", () => "ok");
        app.Use(async (context, next) =>
        {
            await next();
            Console.WriteLine(context.Request.Scheme);
        });
        app.Use((context, next) =>
        {
            context.Response.OnStarting(() => { context.Response.Headers["x"] = context.Request.Scheme; return Task.CompletedTask; });
            context.Request.PathBase = "/base";
            return next(context);
        });
        app.UseMiddleware<Plain>();
        app.UseForwardedHeaders();
        app.UseHsts();
        app.Run();

        public class Plain
        {
            public Task InvokeAsync(HttpContext context) => Task.CompletedTask;
        }
        """);

    [Fact]
    public Task Silent_where_other_packages_use_the_name() => Verify.Silent(
        Rule,
        """
        public static class Other
        {
            public static IApplicationBuilder UseHsts(this IApplicationBuilder app, Action<int> configure) => app;

            public static void Configure(IApplicationBuilder app)
            {
                app.UseHsts(options => { });
                app.UseForwardedHeaders();
                app.UseHsts();
            }

            public static void Main() { }
        }
        """);

    [Fact]
    public Task Known_miss_reads_in_helpers_of_a_middleware() => Verify.KnownMiss(
        Rule,
        """
        var app = WebApplication.CreateBuilder(args).Build();
        app.Use((context, next) => Secure(context) ? next(context) : Task.CompletedTask);
        app.UseForwardedHeaders();
        app.Run();

        static bool Secure(HttpContext context) => context.Request.IsHttps;
        """,
        "a middleware's own helpers are not followed");

    // Fixes

    [Fact]
    public Task Moves_in_front_of_a_condition_and_of_a_helper() => Verify.Fixes(
        Rule,
        """
        public static class Startup
        {
            public static void Configure(IApplicationBuilder app, IHostEnvironment environment)
            {
                if (environment.IsDevelopment())
                {
                    app.UseDeveloperExceptionPage();
                }
                else
                {
                    app.UseExceptionHandler("/error");
                    app.{|PSSL3002:UseHsts|}();
                }

                app.{|PSSL3002:UseLogin|}();
                app.UseProxy();
            }

            private static void UseLogin(this IApplicationBuilder app) => app.UseAuthentication().UseAuthorization();

            private static void UseProxy(this IApplicationBuilder app) => app.UseForwardedHeaders();

            public static void Main() { }
        }
        """,
        """
        public static class Startup
        {
            public static void Configure(IApplicationBuilder app, IHostEnvironment environment)
            {
                app.UseProxy();
                if (environment.IsDevelopment())
                {
                    app.UseDeveloperExceptionPage();
                }
                else
                {
                    app.UseExceptionHandler("/error");
                    app.UseHsts();
                }

                app.UseLogin();
            }

            private static void UseLogin(this IApplicationBuilder app) => app.UseAuthentication().UseAuthorization();

            private static void UseProxy(this IApplicationBuilder app) => app.UseForwardedHeaders();

            public static void Main() { }
        }
        """);

    // Messages

    [Theory]
    [InlineData("UseCookiePolicy", "", "cookies that are written before UseForwardedHeaders runs are not marked Secure")]
    [InlineData("UseSession", "", "the session cookie is not marked Secure for responses that end before UseForwardedHeaders runs")]
    [InlineData("UseAuthentication", " and reads the proxy's scheme and host", "a login that comes back over https is finished as http: its cookie is not marked Secure, and an OAuth provider is told another redirect URI")]
    [InlineData("UseAuthorization", " and reads the proxy's scheme and host", "any policy or login redirect goes by http and the proxy's own address")]
    [InlineData("UseHostFiltering", " and reads the proxy's host", "it checks the Host of the proxy's own request, and the forwarded host is never checked")]
    public Task Says_when_it_goes_wrong(string method, string reads, string consequence) => Verify.ReportsMessage(
        $$"""
        var app = WebApplication.CreateBuilder(args).Build();
        app.{|#0:{{method}}|}();
        app.UseStaticFiles();
        app.UseForwardedHeaders();
        app.MapGet("/", () => "Hello").RequireAuthorization();
        app.Run();

        """ + CookiesByScheme,
        new DiagnosticResult(Rule, DiagnosticSeverity.Warning).WithLocation(0),
        $"'{method}' runs before UseForwardedHeaders{reads}, so {consequence}; call UseForwardedHeaders first");

    // What reads only once the response is written sees the client's scheme by then, unless the request is answered in between.
    [Fact]
    public Task Silent_for_late_readers_where_nothing_between_answers() => Verify.Silent(
        Rule,
        """
        var app = WebApplication.CreateBuilder(args).Build();
        app.UseCookiePolicy();
        app.UseSession();
        app.UseForwardedHeaders();
        app.UseAuthentication();
        app.Run();

        """ + CookiesByScheme);

    [Fact]
    public Task Silent_for_middleware_that_prepares_the_headers() => Verify.Silent(
        Rule,
        """
        var app = WebApplication.CreateBuilder(args).Build();
        app.Use(async (context, next) =>
        {
            if (context.Request.Host.Host.EndsWith(".onion"))
            {
                context.Request.Headers["X-Forwarded-Proto"] = "http";
            }

            await next(context);
        });
        app.Use((context, next) =>
        {
            if (context.Request.Scheme == "http")
            {
                context.Request.Headers.Remove("X-Forwarded-Host");
            }

            return next(context);
        });
        app.UseForwardedHeaders();
        app.Run();
        """);

    [Theory]
    [InlineData("context.Request.Headers[Microsoft.AspNetCore.HttpOverrides.ForwardedHeadersDefaults.XForwardedProtoHeaderName] = \"https\";")]
    [InlineData("var name = \"X-Forwarded-Proto\"; context.Request.Headers.Remove(name);")]
    public Task Silent_for_middleware_that_prepares_a_header_by_another_name_form(string statements) => Verify.Silent(
        Rule,
        $$"""
        var app = WebApplication.CreateBuilder(args).Build();
        app.Use((context, next) =>
        {
            if (context.Request.Scheme == "x")
            {
                {{statements}}
            }

            return next(context);
        });
        app.UseForwardedHeaders();
        app.Run();
        """);

    [Fact]
    public Task Reports_middleware_that_sets_other_headers() => Verify.Reports(
        Rule,
        """
        var app = WebApplication.CreateBuilder(args).Build();
        app.{|PSSL3002:Use|}((context, next) =>
        {
            context.Response.Headers["X-Scheme"] = context.Request.Scheme;
            return next(context);
        });
        app.UseForwardedHeaders();
        app.Run();
        """);

    [Theory]
    [InlineData("app.{|#0:UseWhen|}(c => c.Request.IsHttps, b => { });", "The condition of UseWhen runs before UseForwardedHeaders and reads the proxy's scheme, so it works with the proxy's values instead of the client's")]
    [InlineData("app.Map(\"/a\", b => b.{|#0:UseHsts|}());", "'UseHsts' runs in the branch of Map, which requests take before UseForwardedHeaders, and reads the proxy's scheme and host, so the Strict-Transport-Security header is never sent where the proxy talks http to the app")]
    public Task Says_what_a_branch_does(string call, string message) => Verify.ReportsMessage(
        $"""
        var app = WebApplication.CreateBuilder(args).Build();
        {call}
        app.UseForwardedHeaders();
        app.Run();
        """,
        new DiagnosticResult(Rule, DiagnosticSeverity.Warning).WithLocation(0),
        message + "; call UseForwardedHeaders first");

    [Fact]
    public Task Names_what_is_read_and_through_which_calls() => Verify.Names(
        Rule,
        """
        public static class Startup
        {
            public static void Configure(IApplicationBuilder app)
            {
                app.{|PSSL3002:UseHsts|}();
                app.{|PSSL3002:UseLogin|}();
                app.UseProxy();
            }

            private static void UseLogin(this IApplicationBuilder app) => app.UseAuthentication().UseAuthorization();

            private static void UseProxy(this IApplicationBuilder app) => app.UseForwardedHeaders();

            public static void Main() { }
        }
        """,
        [
            "'UseHsts' runs before UseForwardedHeaders in 'UseProxy' and reads the proxy's scheme and host, so",
            "'UseLogin' adds UseAuthentication, UseAuthorization, which runs before UseForwardedHeaders in 'UseProxy' and reads the proxy's scheme and host, so",
        ]);

    // Helpers that do more than to apply forwarded headers

    private const string SecurityHeaders =
        """

        public static class Security
        {
            public static IApplicationBuilder UseSecurityHeaders(this IApplicationBuilder app)
            {
                app.UseProxy();
                return app.UseCors();
            }

            public static void UseProxy(this IApplicationBuilder app) => app.UseForwardedHeaders();
        }
        """;

    [Fact]
    public Task Says_to_take_the_call_out_of_a_helper_that_does_more() => Verify.Names(
        Rule,
        """
        var app = WebApplication.CreateBuilder(args).Build();
        app.{|PSSL3002:UseHsts|}();
        app.UseSecurityHeaders();
        app.Run();
        """ + SecurityHeaders,
        ["'UseHsts' runs before UseForwardedHeaders in 'UseSecurityHeaders' and reads the proxy's scheme and host, so the Strict-Transport-Security header is never sent where the proxy talks http to the app; take UseProxy out of 'UseSecurityHeaders' and call it first"]);

    [Fact]
    public Task Moves_no_helper_that_does_more() => Verify.OffersNoFix(
        Rule,
        """
        var app = WebApplication.CreateBuilder(args).Build();
        app.{|PSSL3002:UseHsts|}();
        app.UseSecurityHeaders();
        app.Run();
        """ + SecurityHeaders);

    [Fact]
    public Task Moves_no_helper_that_also_adds_what_does_not_compile()
    {
        var source =
            """
            var app = WebApplication.CreateBuilder(args).Build();
            app.{|PSSL3002:UseHsts|}();
            app.UseSecurityHeaders();
            app.Run();

            public static class Security
            {
                public static void UseSecurityHeaders(this IApplicationBuilder app)
                {
                    app.UseForwardedHeaders();
                    app.UseCspOfAMissingPackage(options => options.Strict());
                }
            }
            """;
        return Verify.Fixes(Rule, source, source, configure: test => test.CompilerDiagnostics = Microsoft.CodeAnalysis.Testing.CompilerDiagnostics.None);
    }

    // Virtual methods

    [Theory]
    [InlineData("", true)]
    [InlineData("public class Other : Startup { public void UseLogin(int level) { } }", true)]
    [InlineData("public class Other : Startup { public override void UseLogin(IApplicationBuilder app) { } }", false)]
    public Task Follows_a_virtual_method_that_nothing_overrides(string other, bool reports)
    {
        var call = reports ? "{|PSSL3002:UseLogin|}" : "UseLogin";
        var source =
            $$"""
            public class Startup
            {
                public void Configure(IApplicationBuilder app)
                {
                    {{call}}(app);
                    app.UseForwardedHeaders();
                }

                public virtual void UseLogin(IApplicationBuilder app) => app.UseIdentityServer();

                public static void Main() { }
            }

            {{other}}

            namespace Microsoft.AspNetCore.Builder
            {
                public static class IdentityServerApplicationBuilderExtensions
                {
                    public static IApplicationBuilder UseIdentityServer(this IApplicationBuilder app) => app;
                }
            }
            """;
        return reports ? Verify.Reports(Rule, source) : Verify.Silent(Rule, source);
    }

    [Fact]
    public Task Follows_the_base_call_of_an_override() => Verify.Reports(
        Rule,
        """
        public class Base
        {
            public virtual void UseLogin(IApplicationBuilder app) => app.UseAuthentication();
        }

        public class Startup : Base
        {
            public override void UseLogin(IApplicationBuilder app)
            {
                base.{|PSSL3002:UseLogin|}(app);
                app.UseForwardedHeaders();
            }

            public static void Main() { }
        }
        """);

    // The same redirect, the same answer

    [Fact]
    public Task Reports_one_redirect_once() => Verify.Reports(
        Rule,
        """
        public class Startup
        {
            public void Configure(IApplicationBuilder app, bool files)
            {
                app.{|PSSL3002:UseDefaultFiles|}();
                app.UseFileServer();
                app.{|PSSL3002:UseFileServer|}("/docs");
                app.UseForwardedHeaders();
            }

            public void Conditional(IApplicationBuilder app, bool files)
            {
                if (files)
                {
                    app.{|PSSL3002:UseDefaultFiles|}();
                }

                app.{|PSSL3002:UseFileServer|}();
                app.UseForwardedHeaders();
            }

            public static void Main() { }
        }
        """);

    [Fact]
    public Task Silent_for_another_packages_middleware_of_the_same_name() => Verify.Silent(
        Rule,
        """
        public class Startup
        {
            public void Configure(IApplicationBuilder app)
            {
                app.UseHsts(options => { });
                app.UseForwardedHeaders();
            }

            public static void Main() { }
        }

        public static class OtherPackage
        {
            public static IApplicationBuilder UseHsts(this IApplicationBuilder app, Action<object> configure) => app;
        }
        """);

    [Theory]
    [InlineData("app.UseExceptionHandler(\"/error\");", false)]
    [InlineData("app.UseMiddleware<Wraps>();", false)]
    [InlineData("app.UseMiddleware<AddsHeaders>();", false)]
    [InlineData("app.Use(async (context, next) => { await next(context); context.Response.Redirect(\"/\"); });", false)]
    [InlineData("app.Use(async (context, next) => { if (context.Request.Path == \"/\") { await next(context); } else { await context.Response.WriteAsync(\"x\"); } });", true)]
    [InlineData("app.Use(async (context, next) => { if (context.Request.Path == \"/\") { return; } await next(context); });", true)]
    [InlineData("app.Use(async (context, next) => { try { context.Request.Headers.Remove(\"a\"); await next(context); } catch { context.Response.Redirect(\"/\"); } });", true)]
    [InlineData("app.Use(async (context, next) => { context.Response.Cookies.Append(\"a\", \"b\"); await next(context); });", true)]
    [InlineData("app.Use(async (context, next) => { Answers.Write(context); await next(context); });", true)]
    [InlineData("app.UseMiddleware<Answers>();", true)]
    [InlineData("app.UseStaticFiles();", true)]
    [InlineData("app.UseSwagger();", true)]
    public Task Reports_late_readers_where_something_between_may_answer(string between, bool reports)
    {
        var call = reports ? "{|PSSL3002:UseSession|}" : "UseSession";
        var source =
            $$"""
            var app = WebApplication.CreateBuilder(args).Build();
            app.{{call}}();
            {{between}}
            app.UseForwardedHeaders();
            app.Run();

            public class Wraps(RequestDelegate next)
            {
                public async Task Invoke(HttpContext context)
                {
                    try
                    {
                        await next(context);
                    }
                    catch (Exception e)
                    {
                        await context.Response.WriteAsync(e.Message);
                    }
                }
            }

            public class AddsHeaders(RequestDelegate next)
            {
                public Task InvokeAsync(HttpContext context)
                {
                    context.Response.Headers["X-Frame-Options"] = "DENY";
                    return next(context);
                }
            }

            public class Answers(RequestDelegate next)
            {
                public static void Write(HttpContext context) => context.Response.StatusCode = 400;

                public async Task Invoke(HttpContext context)
                {
                    if (context.Request.Path == "/ping")
                    {
                        await context.Response.WriteAsync("pong");
                        return;
                    }

                    await next(context);
                }
            }

            public static class Swagger
            {
                public static IApplicationBuilder UseSwagger(this IApplicationBuilder app) => app.UseMiddleware<Answers>();
            }
            """;
        return reports ? Verify.Reports(Rule, source + CookiesByScheme) : Verify.Silent(Rule, source + CookiesByScheme);
    }

    [Theory]
    [InlineData("app.MapGet(\"/\", () => \"\");", false)]
    [InlineData("app.MapGet(\"/\", () => \"AddAuthentication\"); // Identity comes later", false)]
    [InlineData("_ = System.ComponentModel.DataAnnotations.Schema.DatabaseGeneratedOption.Identity;", false)]
    [InlineData("app.MapGet(\"/\", (HttpContext context) => context.User.Identity?.Name);", false)]
    [InlineData("builder.Services.AddIdentityCore<string>();", true)]
    [InlineData("app.MapGet(\"/\", () => \"\").RequireAuthorization();", true)]
    [InlineData("app.MapGet(\"/\", [Microsoft.AspNetCore.Authorization.Authorize] () => \"\");", true)]
    [InlineData("app.UseMiddleware<Microsoft.AspNetCore.Authentication.AuthenticationMiddleware>();", true)]
    public Task Reports_authorization_where_anything_may_authorize(string statement, bool reports)
    {
        var source =
            $$"""
            var builder = WebApplication.CreateBuilder(args);
            builder.Services.AddControllers();
            var app = builder.Build();
            app.{{(reports ? "{|PSSL3002:UseAuthorization|}" : "UseAuthorization")}}();
            app.UseForwardedHeaders();
            {{statement}}
            app.Run();
            """;
        return reports ? Verify.Reports(Rule, source) : Verify.Silent(Rule, source);
    }

    [Theory]
    [InlineData("app.UseRewriter(new RewriteOptions());", false)]
    [InlineData("app.UseRewriter(new RewriteOptions().AddRewrite(\"a\", \"b\", true).AddRedirect(\"c\", \"d\"));", false)]
    [InlineData("var options = new RewriteOptions(); options.AddRewrite(\"a\", \"b\", true); options.AddRedirect(\"c\", \"d\"); app.UseRewriter(options);", false)]
    [InlineData("var options = new RewriteOptions(); options.Add(new Rule()); options.Add(new Rule()); app.UseRewriter(options);", true)]
    [InlineData("var options = new RewriteOptions(); options.Add(new Rule()).Add(new Rule()); app.UseRewriter(options);", true)]
    [InlineData("var options = new RewriteOptions(); options.Add(new Rule()); app.UseRewriter(options.AddRedirect(\"c\", \"d\"));", true)]
    [InlineData("app.UseRewriter(new RewriteOptions().Add(new PathRule()).Add(new OtherPathRule()));", false)]
    [InlineData("app.UseRewriter(new RewriteOptions().Add(new PathRule()).Add(new Rule()));", true)]
    [InlineData("app.UseRewriter(new RewriteOptions().Add(c => c.HttpContext.Request.Path = \"/\").Add(Rules.Path));", false)]
    [InlineData("app.UseRewriter(new RewriteOptions().Add(c => c.HttpContext.Response.Redirect(\"https://\" + c.HttpContext.Request.Host)));", true)]
    [InlineData("app.UseRewriter(new RewriteOptions().Add(Rules.Host));", true)]
    [InlineData("app.UseRewriter(new RewriteOptions().Add(Lower)); static void Lower(RewriteContext c) => c.HttpContext.Request.Path = \"/\";", false)]
    [InlineData("app.UseRewriter(new RewriteOptions().Add(c => Rules.Host(c)));", true)]
    [InlineData("app.UseRewriter(new RewriteOptions().Add(c => c.HttpContext.Request.Path = Rules.Of(c.HttpContext.Request)));", true)]
    [InlineData("IRule rule = new PathRule(); app.UseRewriter(new RewriteOptions().Add(rule));", false)]
    [InlineData("IRule rule = args.Length > 0 ? new PathRule() : new Rule(); app.UseRewriter(new RewriteOptions().Add(rule));", true)] // more than one rule
    [InlineData("IRule rule = new Rule(); app.UseRewriter(new RewriteOptions().Add(rule));", true)]
    [InlineData("var options = new RewriteOptions { Rules = { new Rule() } }; app.UseRewriter(options);", true)]
    [InlineData("var options = Rule.Options(); app.UseRewriter(options);", true)]
    [InlineData("var options = new RewriteOptions(); var same = options; app.UseRewriter(same);", true)]
    [InlineData("var options = new RewriteOptions(); options = Rule.Options(); app.UseRewriter(options);", true)]
    public Task Reports_a_rewriter_with_rules_that_may_read_the_request(string statements, bool reports)
    {
        var source =
            $$"""
            using Microsoft.AspNetCore.Rewrite;

            var app = WebApplication.CreateBuilder(args).Build();
            {{(reports ? statements.Replace("app.UseRewriter", "app.{|PSSL3002:UseRewriter|}") : statements)}}
            app.UseForwardedHeaders();
            app.UseHsts();
            app.Run();

            public class Rule : IRule
            {
                public static RewriteOptions Options() => new RewriteOptions();

                public void ApplyRule(RewriteContext context) => context.Result = context.HttpContext.Request.IsHttps ? RuleResult.ContinueRules : RuleResult.EndResponse;
            }

            public class PathRule : IRule
            {
                public void ApplyRule(RewriteContext context) => context.HttpContext.Request.Path = Lower(context.HttpContext.Request.Path);

                private static string Lower(string path) => path.ToLowerInvariant();
            }

            public class OtherPathRule : PathRule { }

            public static class Rules
            {
                public static string Of(HttpRequest request) => "/" + request.Host;

                public static void Path(RewriteContext context) => context.HttpContext.Request.Path = "/";

                public static void Host(RewriteContext context) => context.HttpContext.Response.Redirect("/" + context.HttpContext.Request.Host);
            }
            """;
        return reports ? Verify.Reports(Rule, source) : Verify.Silent(Rule, source);
    }

    [Fact]
    public Task Names_a_method_in_small_letters() => Verify.Names(
        Rule,
        """
        var app = WebApplication.CreateBuilder(args).Build();
        app.{|PSSL3002:tenants|}();
        app.UseForwardedHeaders();
        app.Run();

        public static class Tenants
        {
            public static void tenants(this IApplicationBuilder app) { }
        }
        """,
        ["'tenants' runs before UseForwardedHeaders and reads the proxy's scheme"],
        configure: test => test.TestState.AnalyzerConfigFiles.Add(("/.globalconfig", "is_global = true\nproxyssl.scheme_dependent_methods = tenants\n")));

    [Theory]
    [InlineData("app.Map(\"/a\", branch => branch.{|PSSL3002:UseSession|}());")]
    [InlineData("app.UseWhen(c => c.Request.Path.HasValue, branch => branch.{|PSSL3002:UseSession|}().UseStaticFiles());")]
    public Task Reports_late_readers_in_branches_that_end(string branch) => Verify.Reports(
        Rule,
        $"""
        var app = WebApplication.CreateBuilder(args).Build();
        {branch}
        app.UseForwardedHeaders();
        app.Run();

        """ + CookiesByScheme);

    [Fact]
    public Task Silent_for_late_readers_in_branches_that_come_back() => Verify.Silent(
        Rule,
        """
        var app = WebApplication.CreateBuilder(args).Build();
        app.UseWhen(c => c.Request.Path.HasValue, branch => branch.UseSession());
        app.UseForwardedHeaders();
        app.UseStaticFiles();
        app.Run();

        """ + CookiesByScheme);

    [Theory]
    [InlineData("app.{|PSSL3002:UseRouting|}();", "[HostAttribute(\"example.com\")]")]
    [InlineData("app.{|PSSL3002:UseRouting|}();", "[Host(\"example.com\")]")]
    [InlineData("app.UseRouting();", "[Obsolete]")]
    public Task Reports_routing_where_an_attribute_binds_to_a_host(string routing, string attribute)
    {
        var source =
            $$"""
            var app = WebApplication.CreateBuilder(args).Build();
            {{routing}}
            app.UseForwardedHeaders();
            app.Run();

            {{attribute}}
            public class HomeController
            {
            }
            """;
        return routing.Contains("PSSL") ? Verify.Reports(Rule, source) : Verify.Silent(Rule, source);
    }

    [Theory]
    [InlineData("public class Other : Defaults { public void UseLogin(IApplicationBuilder app) => app.UseForwardedHeaders(); }", "interface", false)]
    [InlineData("public class Other : Defaults { public override void UseLogin(IApplicationBuilder app) => app.UseForwardedHeaders(); }", "abstract class", false)]
    [InlineData("public class Other : Defaults { }", "abstract class", true)]
    public Task Silent_where_another_body_may_run(string other, string kind, bool reports)
    {
        var source =
            $$"""
            public class Startup
            {
                public void Configure(IApplicationBuilder app, Defaults defaults)
                {
                    defaults.{{(reports ? "{|PSSL3002:UseLogin|}" : "UseLogin")}}(app);
                    app.UseForwardedHeaders(new ForwardedHeadersOptions());
                }

                public static void Main() { }
            }

            public {{kind}} Defaults
            {
                public virtual void UseLogin(IApplicationBuilder app) => app.UseAuthentication();
            }

            {{other}}
            """;
        return reports ? Verify.Reports(Rule, source) : Verify.Silent(Rule, source);
    }

    // Whether a forwarded host is processed is not known.
    [Fact]
    public Task Silent_for_conditions_on_a_host_where_the_flags_are_not_known() => Verify.Silent(
        Rule,
        """
        using Microsoft.AspNetCore.HttpOverrides;

        var app = WebApplication.CreateBuilder(args).Build();
        app.MapWhen(context => context.Request.Host.Host == "api.example.com", api => api.UseStaticFiles());
        app.UseForwardedHeaders(new ForwardedHeadersOptions { ForwardedHeaders = Enum.Parse<ForwardedHeaders>(args[0]) });
        app.Run();
        """);

    [Theory]
    [InlineData("app.{|PSSL3002:UseRewriter|}(new RewriteOptions().AddIISUrlRewrite(app.Environment.ContentRootFileProvider, \"rules.xml\"));", true)]
    [InlineData("app.{|PSSL3002:UseRewriter|}(new RewriteOptions().AddRedirect(\"a\", \"b\").AddApacheModRewrite(new StringReader(\"\")));", true)]
    [InlineData("app.{|PSSL3002:UseRewriter|}();", true)]
    [InlineData("app.{|PSSL3002:UseRewriter|}(Make()); static RewriteOptions Make() => new RewriteOptions().AddRedirectToWww();", true)]
    [InlineData("app.{|PSSL3002:UseRewriter|}(new RewriteOptions().AddRedirectToWww().AddIISUrlRewrite(new StringReader(\"\")));", false)]
    [InlineData("app.{|PSSL3002:UseHsts|}();", false)]
    public Task A_suggestion_where_the_rules_are_not_in_the_code(string step, bool isSuggestion)
    {
        var source = $$"""
            using Microsoft.AspNetCore.Rewrite;
            var app = WebApplication.CreateBuilder(args).Build();
            {{step}}
            app.UseForwardedHeaders(new ForwardedHeadersOptions { ForwardedHeaders = Microsoft.AspNetCore.HttpOverrides.ForwardedHeaders.XForwardedProto });
            app.Run();
            """;
        return Verify.Grades(Rule, source, isSuggestion);
    }

    [Theory]
    [InlineData("app.UseFileServer(new FileServerOptions { EnableDefaultFiles = false });")]
    [InlineData("app.UseDefaultFiles(new DefaultFilesOptions { RedirectToAppendTrailingSlash = false });")]
    [InlineData("app.UseDirectoryBrowser(new DirectoryBrowserOptions { RequestPath = \"/files\", RedirectToAppendTrailingSlash = false });")]
    [InlineData("var files = new FileServerOptions { RequestPath = \"/files\" }; files.EnableDefaultFiles = false; app.UseFileServer(files);")]
    [InlineData("var files = new FileServerOptions { EnableDirectoryBrowsing = false }; files.EnableDefaultFiles = false; app.UseFileServer(files);")]
    [InlineData("var files = new FileServerOptions { EnableDirectoryBrowsing = true }; files.RedirectToAppendTrailingSlash = false; app.UseFileServer(files);")]
    public Task Silent_for_files_without_redirects(string step) => Verify.Silent(Rule, Before(step));

    [Theory]
    [InlineData("app.{|PSSL3002:UseFileServer|}(new FileServerOptions { EnableDefaultFiles = false, EnableDirectoryBrowsing = true });")]
    [InlineData("app.{|PSSL3002:UseFileServer|}(new FileServerOptions { EnableDefaultFiles = args.Length > 0 });")]
    [InlineData("var files = new DefaultFilesOptions { RedirectToAppendTrailingSlash = false }; files.RedirectToAppendTrailingSlash = true; app.{|PSSL3002:UseDefaultFiles|}(files);")]
    [InlineData("var files = new DefaultFilesOptions(); files.DefaultFileNames.Clear(); app.{|PSSL3002:UseDefaultFiles|}(files);")]
    [InlineData("app.{|PSSL3002:UseFileServer|}(enableDirectoryBrowsing: false);")]
    public Task Warns_of_files_with_redirects(string step) => Verify.Warns(Rule, Before(step));

    [Fact]
    public Task A_suggestion_where_the_options_of_files_are_not_read() => Verify.Suggests(
        Rule, Before("app.{|PSSL3002:UseFileServer|}(Files());") + "\npartial class Program { private static FileServerOptions Files() => new(); }");

    private static string Before(string step) => $$"""
        var app = WebApplication.CreateBuilder(args).Build();
        {{step}}
        app.UseForwardedHeaders(new ForwardedHeadersOptions { ForwardedHeaders = Microsoft.AspNetCore.HttpOverrides.ForwardedHeaders.XForwardedProto });
        app.Run();
        """;

    // Its only default document is the page at the root.
    [Theory]
    [InlineData("app.{|PSSL3002:UseDefaultFiles|}();", "app.MapFallbackToFile(\"index.html\");", true)]
    [InlineData("app.{|PSSL3002:UseDefaultFiles|}(new DefaultFilesOptions());", "app.MapFallbackToFile(\"/index.html\");", true)]
    [InlineData("app.{|PSSL3002:UseFileServer|}();", "app.UseEndpoints(endpoints => endpoints.MapFallbackToFile(\"/index.html\"));", true)]
    [InlineData("app.{|PSSL3002:UseHsts|}();", "app.MapFallbackToFile(\"index.html\");", false)]
    [InlineData("app.{|PSSL3002:UseDefaultFiles|}();", "app.MapGet(\"/\", () => \"\"); // no MapFallbackToFile", false)]
    public Task A_suggestion_for_default_files_of_a_single_page(string step, string last, bool isSuggestion) =>
        Verify.Grades(Rule, Before(step).Replace("app.Run();", last + "\napp.Run();"), isSuggestion);
}
