using System.Collections.Generic;
using System.Threading.Tasks;
using ProxySsl.Behavior.Tests.Visits;

namespace ProxySsl.Behavior.Tests.Order;

/// <summary>The framework's own middleware, one probe each.</summary>
internal static class OrderProbes
{
    private const string Welcome = """app.MapGet("/", () => "welcome");""";
    private const string WithHost = "ForwardedHeaders.XForwardedFor | ForwardedHeaders.XForwardedProto | ForwardedHeaders.XForwardedHost";

    private static readonly Dictionary<string, string> Docs = new() { ["wwwroot/docs/index.html"] = "<h1>docs</h1>" };

    /// <summary>The order decides: the middleware has read scheme, host or address before UseForwardedHeaders sets them.</summary>
    internal static IReadOnlyList<OrderProbe> ReadAtOnce { get; } =
    [
        new(
            "https request is answered with",
            "app.UseHttpsRedirection();",
            "builder.Services.AddHttpsRedirection(options => options.HttpsPort = 443);",
            Welcome,
            async visit => $"{(await Ask(visit, "/")).Status}",
            "307",
            "200"),
        new("Strict-Transport-Security", "app.UseHsts();", "", Welcome, async visit => (await Ask(visit, "/")).Header("Strict-Transport-Security"), "none", "max-age=2592000"),
        new(
            "login page is reached over",
            "app.UseAuthorization();",
            """builder.Services.AddAuthentication("Cookies").AddCookie(); builder.Services.AddAuthorization();""",
            """app.MapGet("/", () => "welcome").RequireAuthorization();""",
            async visit => (await Ask(visit, "/")).Location!.Scheme,
            "http",
            "https"),
        new(
            "scheme that an authentication handler sees",
            "app.UseAuthentication();",
            """builder.Services.AddAuthentication("Scheme").AddScheme<AuthenticationSchemeOptions, ReadsScheme>("Scheme", null);""",
            """app.MapGet("/", (HttpContext context) => context.User.Identity!.Name);""",
            async visit => (await Ask(visit, "/")).Body,
            "http",
            "https")
        {
            Usings = "using System.Security.Claims;\nusing System.Text.Encodings.Web;\nusing Microsoft.AspNetCore.Authentication;\nusing Microsoft.Extensions.Options;\n",
            Types = """
                public class ReadsScheme(IOptionsMonitor<AuthenticationSchemeOptions> options, ILoggerFactory logger, UrlEncoder encoder)
                    : AuthenticationHandler<AuthenticationSchemeOptions>(options, logger, encoder)
                {
                    protected override Task<AuthenticateResult> HandleAuthenticateAsync()
                    {
                        var identity = new ClaimsIdentity([new Claim(ClaimTypes.Name, Request.Scheme)], Scheme.Name);
                        return Task.FromResult(AuthenticateResult.Success(new AuthenticationTicket(new ClaimsPrincipal(identity), Scheme.Name)));
                    }
                }
                """,
        },
        new(
            "form without a token is answered with",
            "app.UseAntiforgery();",
            "builder.Services.AddAntiforgery(options => options.Cookie.SecurePolicy = CookieSecurePolicy.Always);",
            """app.MapPost("/", ([FromForm] string name) => name);""",
            async visit => $"{(await visit.Post("http://app.test/", new Dictionary<string, string> { ["name"] = "you" }, OrderProbe.OverHttps)).Status}",
            "500",
            "400")
        {
            Usings = "using Microsoft.AspNetCore.Mvc;\n",
        },
        new("redirect of /docs", "app.UseDefaultFiles();", "", Welcome, Folder, "http://app.test/docs/", "https://app.test/docs/") { Files = Docs },
        new("redirect of /docs", "app.UseFileServer();", "", Welcome, Folder, "http://app.test/docs/", "https://app.test/docs/") { Files = Docs },
        new("redirect of /docs", "app.UseDirectoryBrowser();", "builder.Services.AddDirectoryBrowser();", Welcome, Folder, "http://app.test/docs/", "https://app.test/docs/") { Files = Docs },
        new(
            "https request is answered with",
            "app.UseRewriter(new RewriteOptions().AddRedirectToHttps());", "", Welcome, async visit => $"{(await Ask(visit, "/")).Status}", "302", "200")
        {
            Usings = "using Microsoft.AspNetCore.Rewrite;\n",
        },
        new(
            "page bound to a host is answered with",
            "app.UseRouting();",
            "",
            """app.MapGet("/", () => "welcome").RequireHost("public.test");""",
            async visit => $"{(await Ask(visit, "/", "X-Forwarded-Host: public.test")).Status}",
            "404",
            "200")
        {
            Processed = WithHost,
        },
        new(
            "the cached page says, over http and then https",
            "app.UseOutputCache();",
            "builder.Services.AddOutputCache();",
            """app.MapGet("/", (HttpContext context) => context.Request.Scheme).CacheOutput();""",
            async visit => $"{(await visit.Get("http://app.test/", "X-Forwarded-Proto: http")).Body}, {(await Ask(visit, "/")).Body}",
            "http, http",
            "http, https"),
        new(
            "the cached page says, over http and then https",
            "app.UseResponseCaching();",
            "builder.Services.AddResponseCaching();",
            """
            app.MapGet("/", (HttpContext context) =>
            {
                context.Response.Headers.CacheControl = "public,max-age=60";
                return context.Request.Scheme;
            });
            """,
            async visit => $"{(await visit.Get("http://app.test/", "X-Forwarded-Proto: http")).Body}, {(await Ask(visit, "/")).Body}",
            "http, http",
            "http, https"),
        new(
            "two clients, one request each",
            "app.UseRateLimiter();",
            """
            builder.Services.AddRateLimiter(options => options.GlobalLimiter = PartitionedRateLimiter.Create<HttpContext, string>(context =>
                RateLimitPartition.GetFixedWindowLimiter(
                    $"{context.Connection.RemoteIpAddress}",
                    _ => new FixedWindowRateLimiterOptions { PermitLimit = 1, Window = TimeSpan.FromHours(1) })));
            """,
            Welcome,
            async visit => $"{(await visit.Get("http://app.test/", "X-Forwarded-For: 203.0.113.8")).Status}, {(await visit.Get("http://app.test/", "X-Forwarded-For: 203.0.113.9")).Status}",
            "200, 503",
            "200, 200")
        {
            Usings = "using System.Threading.RateLimiting;\n",
        },
        new(
            "scheme in the log",
            "app.UseHttpLogging();",
            "builder.Services.AddHttpLogging(options => options.CombineLogs = true);",
            Welcome,
            async visit =>
            {
                await Ask(visit, "/");
                return visit.AppLog().Contains("Scheme: https", System.StringComparison.Ordinal) ? "https" : "http";
            },
            "http",
            "https"),
        new(
            "path base with X-Forwarded-Prefix: /site",
            """app.UsePathBase("/app");""",
            "",
            """app.MapGet("/", (HttpContext context) => context.Request.PathBase.Value);""",
            async visit => (await Ask(visit, "/app", "X-Forwarded-Prefix: /site")).Body,
            "/site",
            "/site/app")
        {
            Processed = "ForwardedHeaders.All",
        },
    ];

    /// <summary>The order decides nothing: these read when the answer is written, and by then the forwarded headers have been applied.</summary>
    internal static IReadOnlyList<OrderProbe> ReadLater { get; } =
    [
        new(
            "cookie of the page",
            "app.UseCookiePolicy(new CookiePolicyOptions { Secure = CookieSecurePolicy.SameAsRequest });",
            "",
            """
            app.MapGet("/", (HttpContext context) => context.Response.Cookies.Append("a", "b"));
            """,
            Cookie,
            "secure",
            "secure"),
        new(
            "session cookie",
            "app.UseSession();",
            "builder.Services.AddDistributedMemoryCache(); builder.Services.AddSession(options => options.Cookie.SecurePolicy = CookieSecurePolicy.SameAsRequest);",
            """app.MapGet("/", (HttpContext context) => context.Session.SetString("a", "b"));""",
            Cookie,
            "secure",
            "secure"),
        new(
            "content encoding over https",
            "app.UseResponseCompression();",
            "builder.Services.AddResponseCompression();",
            """app.MapGet("/", () => new string('x', 10_000));""",
            async visit => (await Ask(visit, "/", "Accept-Encoding: br")).Header("Content-Encoding"),
            "none",
            "none"),
        new(
            "redirect with X-Forwarded-Prefix: /site",
            """app.UseStatusCodePagesWithRedirects("~/error");""",
            "",
            """app.MapGet("/", () => Results.NotFound());""",
            async visit => (await Ask(visit, "/", "X-Forwarded-Prefix: /site")).Location!.AbsolutePath,
            "/site/error",
            "/site/error")
        {
            Processed = "ForwardedHeaders.All",
        },

        // The host has a filter of its own with the same options, and it runs before everything that an app adds.
        new(
            "allowed X-Forwarded-Host is answered with",
            "app.UseHostFiltering();",
            """builder.Services.AddHostFiltering(options => options.AllowedHosts = ["public.test"]);""",
            Welcome,
            async visit => $"{(await Ask(visit, "/", "X-Forwarded-Host: public.test")).Status}",
            "400",
            "400")
        {
            Processed = WithHost,
        },
    ];

    private static Task<Reply> Ask(Visit visit, string path, params string[] headers) => visit.Get("http://app.test" + path, [.. OrderProbe.OverHttps, .. headers]);

    private static async Task<string> Folder(Visit visit) => $"{(await Ask(visit, "/docs")).Location}";

    private static async Task<string> Cookie(Visit visit) => (await Ask(visit, "/")).Header("Set-Cookie").Contains("; secure") ? "secure" : "open";
}
