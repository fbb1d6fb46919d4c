using System.Collections.Generic;
using System.Linq;
using System.Net;
using System.Threading.Tasks;
using ProxySsl.Behavior.Tests.Proxies;
using ProxySsl.Behavior.Tests.Visits;
using static ProxySsl.Behavior.Tests.Scenarios.Expectation;

namespace ProxySsl.Behavior.Tests.Scenarios;

/// <summary>Family 3xxx: apps whose middleware runs in the wrong order, twice or in the wrong place.</summary>
internal static class PipelineScenarios
{
    private const string Loop = "307 → 307 → … (loop)";

    internal static IReadOnlyList<Scenario> All { get; } =
    [
        new()
        {
            Rule = "PSSL3001",
            Title = "endless redirect: the redirection sees the proxy's http",
            Flagged = WebApp.Program(WebApp.TrustsLoopback, """
                app.UseHttpsRedirection();
                app.UseForwardedHeaders();
                app.MapGet("/", () => "welcome");
                """),
            Configuration = WebApp.HttpsPort,
            Observe = visit => visit.Browse("https://app.test/"),
            Expected = BehindAll(Loop, "200"),
        },
        new()
        {
            Rule = "PSSL3001",
            Title = "endless redirect: the same in a branch that requests take before the forwarded headers are applied",
            Flagged = WebApp.Program(WebApp.TrustsLoopback, """
                app.Map("/shop", shop =>
                {
                    shop.UseHttpsRedirection();
                    shop.Run(context => context.Response.WriteAsync("welcome"));
                });
                app.UseForwardedHeaders();
                """),
            Configuration = WebApp.HttpsPort,
            Observe = visit => visit.Browse("https://app.test/shop"),
            Expected = Behind([ProxyKind.Nginx, ProxyKind.HAProxy], Loop, "200"),
        },
        new()
        {
            Rule = "PSSL3001",
            Title = "endless redirect: the same by rewriting",
            Flagged = WebApp.Program(WebApp.TrustsLoopback, """
                app.UseRewriter(new RewriteOptions().AddRedirectToHttps());
                app.UseForwardedHeaders();
                app.MapGet("/", () => "welcome");
                """, "using Microsoft.AspNetCore.Rewrite;\n"),
            Observe = visit => visit.Browse("https://app.test/"),
            Expected = Behind([ProxyKind.Apache, ProxyKind.Caddy], "302 → 302 → … (loop)", "200"),
        },
        new()
        {
            Rule = "PSSL3001",
            Title = "endless redirect: the same in a Startup class",
            Flagged = """
                using System.Net;
                using Microsoft.AspNetCore.HttpOverrides;

                Host.CreateDefaultBuilder(args)
                    .ConfigureWebHostDefaults(web => web.UseStartup<Startup>())
                    .Build()
                    .Run();

                public class Startup
                {
                    public void ConfigureServices(IServiceCollection services)
                    {
                        services.Configure<ForwardedHeadersOptions>(options =>
                        {
                            options.ForwardedHeaders = ForwardedHeaders.XForwardedFor | ForwardedHeaders.XForwardedProto;
                            options.KnownProxies.Add(IPAddress.Loopback);
                        });
                    }

                    public void Configure(IApplicationBuilder app)
                    {
                        app.UseExceptionHandler("/error");
                        app.UseHttpsRedirection();
                        app.UseForwardedHeaders();
                        app.UseRouting();
                        app.UseEndpoints(endpoints => endpoints.MapGet("/", () => "welcome"));
                    }
                }
                """,
            Configuration = WebApp.HttpsPort,
            Observe = visit => visit.Browse("https://app.test/"),
            Expected = Behind([ProxyKind.HAProxy], Loop, "200"),
        },
        new()
        {
            Rule = "PSSL3002",
            Title = "missing HSTS",
            Flagged = WebApp.Program(WebApp.TrustsLoopback, """
                app.UseHsts();
                app.UseForwardedHeaders();
                app.MapGet("/", () => "welcome");
                """),
            Observe = async visit => $"Strict-Transport-Security: {(await visit.Get("https://app.test/")).Header("Strict-Transport-Security")}",
            Expected = BehindAll("Strict-Transport-Security: none", "Strict-Transport-Security: max-age=2592000"),
        },
        new()
        {
            Rule = "PSSL3002",
            Title = "trailing-slash redirect that drops https",
            Flagged = WebApp.Program(WebApp.TrustsLoopback, """
                app.UseFileServer();
                app.UseForwardedHeaders();
                app.MapGet("/", () => "welcome");
                """),
            Files = new Dictionary<string, string> { ["wwwroot/docs/index.html"] = "<h1>docs</h1>" },
            Observe = visit => visit.Browse("https://app.test/docs"),
            Expected = BehindAll("301 → http://app.test/docs/ → 200", "301 → https://app.test/docs/ → 200"),
        },
        new()
        {
            Rule = "PSSL3002",
            Title = "http:// redirect URI of an OpenID Connect challenge: authorization comes first",
            Flagged = WebApp.Program(WebApp.TrustsLoopback + "\n" + WebApp.OpenIdConnect(), """
                app.UseAuthentication();
                app.UseAuthorization();
                app.UseForwardedHeaders();
                app.MapGet("/", () => "welcome").RequireAuthorization();
                """, WebApp.OpenIdConnectUsings),
            Observe = RedirectUri,
            Expected = Behind([ProxyKind.Nginx, ProxyKind.Apache], "redirect_uri http://app.test/signin-oidc", "redirect_uri https://app.test/signin-oidc"),
        },
        new()
        {
            Rule = "PSSL3002",
            Title = "login that is finished as http: authentication handles the provider's answer, authorization comes in time",
            Flagged = WebApp.Program(WebApp.TrustsLoopback + """

                builder.Services.AddAuthentication("Cookies").AddCookie("Cookies").AddOAuth("Provider", options =>
                {
                    options.ClientId = "app";
                    options.ClientSecret = "secret";
                    options.CallbackPath = "/signin";
                    options.AuthorizationEndpoint = "https://login.test/authorize";
                    options.TokenEndpoint = "https://login.test/token";
                    options.BackchannelHttpHandler = new Provider();
                });
                builder.Services.AddAuthorization();
                """, """
                app.UseAuthentication();
                app.UseForwardedHeaders();
                app.UseAuthorization();
                app.MapGet("/login", () => Results.Challenge(null, ["Provider"]));
                app.MapGet("/", () => Provider.RedirectUri).RequireAuthorization();
                """, "using Microsoft.AspNetCore.WebUtilities;\n") + """
                public class Provider : HttpMessageHandler
                {
                    public static string RedirectUri = "none";

                    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
                    {
                        RedirectUri = QueryHelpers.ParseQuery(await request.Content!.ReadAsStringAsync(cancellationToken))["redirect_uri"].ToString();
                        return new HttpResponseMessage { Content = new StringContent("{\"access_token\":\"token\"}", System.Text.Encoding.UTF8, "application/json") };
                    }
                }
                """,
            Observe = Login,
            Expected = Behind([ProxyKind.Nginx, ProxyKind.Caddy], "redirect_uri https://app.test/signin, then http://app.test/signin; login cookie open", "redirect_uri https://app.test/signin, then https://app.test/signin; login cookie secure"),
        },
        new()
        {
            Rule = "PSSL3002",
            Title = "antiforgery failure: the form that the page has just made is refused",
            Flagged = WebApp.Program(WebApp.TrustsLoopback + """

                builder.Services.AddAntiforgery(options => options.Cookie.SecurePolicy = CookieSecurePolicy.Always);
                """, """
                app.UseAntiforgery();
                app.UseForwardedHeaders();
                app.MapGet("/", (HttpContext context, IAntiforgery antiforgery) => antiforgery.GetAndStoreTokens(context).RequestToken);
                app.MapPost("/", ([FromForm] string name) => $"hello {name}");
                """, "using Microsoft.AspNetCore.Antiforgery;\nusing Microsoft.AspNetCore.Mvc;\n"),
            Observe = async visit =>
            {
                var page = await visit.Get("https://app.test/");
                var form = new Dictionary<string, string> { ["name"] = "you", ["__RequestVerificationToken"] = page.Body };
                return $"page: {page.Status}; form: {(await visit.Post("https://app.test/", form)).Status}";
            },
            Expected = Behind([ProxyKind.Nginx, ProxyKind.HAProxy], "page: 200; form: 500", "page: 200; form: 200"),
        },
        new()
        {
            Rule = "PSSL3003",
            Title = "mixed http and https site: both share one cached page",
            Flagged = WebApp.Program(WebApp.TrustsLoopback + "\nbuilder.Services.AddOutputCache();", """
                app.UseOutputCache();
                app.UseForwardedHeaders();
                app.MapGet("/", (HttpContext context) => $"{context.Request.Scheme}://{context.Request.Host}/next").CacheOutput();
                """),
            Observe = async visit => $"http: {(await visit.Get("http://app.test/")).Body}; https: {(await visit.Get("https://app.test/")).Body}",
            Expected = BehindAll("http: http://app.test/next; https: http://app.test/next", "http: http://app.test/next; https: https://app.test/next"),
        },
        new()
        {
            Rule = "PSSL3004",
            Title = "double application: the second pass takes the client's own entry",
            Flagged = WebApp.Program("""
                var options = new ForwardedHeadersOptions { ForwardedHeaders = ForwardedHeaders.XForwardedFor | ForwardedHeaders.XForwardedProto };
                options.KnownProxies.Add(IPAddress.Loopback);
                """, $$"""
                app.UseForwardedHeaders(options);
                app.UseForwardedHeaders(options);
                {{WebApp.Echo}}
                """),
            Observe = async visit => (await visit.Get("https://app.test/", "X-Forwarded-For: 6.6.6.6")).Body,
            Expected = Behind([ProxyKind.Nginx, ProxyKind.Apache, ProxyKind.HAProxy], "https, client 6.6.6.6", "https, client 127.0.0.9"),
        },
        new()
        {
            Rule = "PSSL3004",
            Title = "double application: the class beside the method",
            Flagged = WebApp.Program(WebApp.TrustsLoopback, $$"""
                app.UseMiddleware<ForwardedHeadersMiddleware>();
                app.UseForwardedHeaders();
                {{WebApp.Echo}}
                """),
            Observe = async visit => (await visit.Get("https://app.test/", "X-Forwarded-For: 6.6.6.6")).Body,
            Expected = Behind([ProxyKind.Nginx], "https, client 6.6.6.6", "https, client 127.0.0.9"),
        },
        new()
        {
            Rule = "PSSL3005",
            Title = "endless redirect: the proxy that is configured is not the one that is trusted",
            Flagged = WebApp.Program("""
                builder.Services.Configure<ForwardedHeadersOptions>(options =>
                {
                    options.ForwardedHeaders = ForwardedHeaders.XForwardedFor | ForwardedHeaders.XForwardedProto;
                    options.KnownProxies.Add(IPAddress.Parse("10.0.0.2"));
                });
                """, """
                app.UseForwardedHeaders(new ForwardedHeadersOptions
                {
                    ForwardedHeaders = ForwardedHeaders.XForwardedFor | ForwardedHeaders.XForwardedProto,
                    KnownProxies = { IPAddress.Loopback },
                });
                app.UseHttpsRedirection();
                app.MapGet("/", () => "welcome");
                """),
            ProxyAddress = IPAddress.Parse("10.0.0.2"),
            Configuration = WebApp.HttpsPort,
            Observe = visit => visit.Browse("https://app.test/"),
            Expected = BehindAll(Loop, "200"),
        },
        new()
        {
            Rule = "PSSL3006",
            Title = "http:// redirect URI of an OpenID Connect challenge: the implicit authorization comes first",
            Flagged = WebApp.Program(WebApp.TrustsLoopback + "\n" + WebApp.OpenIdConnect(), """
                app.UseForwardedHeaders();
                app.MapGet("/", () => "welcome").RequireAuthorization();
                """, WebApp.OpenIdConnectUsings),
            Observe = RedirectUri,
            Expected = BehindAll("redirect_uri http://app.test/signin-oidc", "redirect_uri https://app.test/signin-oidc"),
        },
        new()
        {
            Rule = "PSSL3006",
            Title = "login page over http: the implicit authorization comes first",
            Flagged = WebApp.Program(WebApp.TrustsLoopback + """

                builder.Services.AddAuthentication("Cookies").AddCookie();
                builder.Services.AddAuthorization();
                """, """
                app.UseForwardedHeaders();
                app.UseAuthentication();
                app.MapGet("/", () => "welcome").RequireAuthorization();
                """),
            Observe = async visit => $"login at {(await visit.Get("https://app.test/")).Location?.GetLeftPart(System.UriPartial.Path)}",
            Expected = Behind([ProxyKind.Caddy], "login at http://app.test/Account/Login", "login at https://app.test/Account/Login"),
        },
        new()
        {
            Rule = "PSSL3006",
            Title = "host constraint: the implicit routing compares it with the inner host, the page is not found",
            Flagged = WebApp.Program("""
                builder.Services.Configure<ForwardedHeadersOptions>(options =>
                {
                    options.ForwardedHeaders = ForwardedHeaders.XForwardedFor | ForwardedHeaders.XForwardedProto | ForwardedHeaders.XForwardedHost;
                    options.AllowedHosts = ["shop.test"];
                    options.KnownProxies.Add(IPAddress.Loopback);
                });
                """, """
                app.UseForwardedHeaders();
                app.MapGet("/", () => "welcome").RequireHost("shop.test");
                """),
            Observe = async visit => $"{(await visit.Get("https://app.test/", "X-Forwarded-Host: shop.test")).Status}",
            Expected = Behind([ProxyKind.Nginx, ProxyKind.HAProxy], "404", "200"),
        },
        new()
        {
            Rule = "PSSL3007",
            Title = "endless redirect: forwarded headers are never applied",
            NextStep = ["PSSL2002"],
            Flagged = WebApp.Program("", """
                app.UseHttpsRedirection();
                app.MapGet("/", () => "welcome");
                """),
            Configuration = WebApp.KnownProxy("127.0.0.1"),
            Observe = visit => visit.Browse("https://app.test/"),
            Expected = Behind([ProxyKind.HAProxy, ProxyKind.Caddy], Loop, "200"),
        },
        new()
        {
            Rule = "PSSL3008",
            Title = "endless redirect: only a branch knows the scheme",
            Flagged = WebApp.Program(WebApp.TrustsLoopback, """
                app.Map("/api", api => api.UseForwardedHeaders());
                app.UseHttpsRedirection();
                app.MapGet("/", () => "welcome");
                """),
            MendedByHand = WebApp.Program(WebApp.TrustsLoopback, """
                app.UseForwardedHeaders();
                app.UseHttpsRedirection();
                app.MapGet("/", () => "welcome");
                """),
            Configuration = WebApp.HttpsPort,
            Observe = visit => visit.Browse("https://app.test/"),
            Expected = BehindAll(Loop, "200"),
        },
        new()
        {
            Rule = "PSSL3008",
            Title = "endless redirect: only in Development",
            Flagged = WebApp.Program(WebApp.TrustsLoopback, """
                if (app.Environment.IsDevelopment())
                {
                    app.UseForwardedHeaders();
                }

                app.UseHttpsRedirection();
                app.MapGet("/", () => "welcome");
                """),
            MendedByHand = WebApp.Program(WebApp.TrustsLoopback, """
                app.UseForwardedHeaders();
                app.UseHttpsRedirection();
                app.MapGet("/", () => "welcome");
                """),
            Configuration = WebApp.HttpsPort,
            Observe = visit => visit.Browse("https://app.test/"),
            Expected = Behind([ProxyKind.Nginx], Loop, "200"),
        },
        new()
        {
            Rule = "PSSL3009",
            Title = "a certificate that a stranger has made is taken for the client's",
            Flagged = WebApp.Program("""
                builder.Services.AddCertificateForwarding(options => options.CertificateHeader = "X-Client-Cert");
                """, """
                app.UseCertificateForwarding();
                app.MapGet("/", async (HttpContext context) => (await context.Connection.GetClientCertificateAsync())?.Subject ?? "nobody");
                """),
            MendedByHand = WebApp.Program("""
                builder.Services.AddCertificateForwarding(options => options.CertificateHeader = "X-Client-Cert");
                """, """
                app.UseWhen(
                    context => IPAddress.Loopback.Equals(context.Connection.RemoteIpAddress),
                    proxied => proxied.UseCertificateForwarding());
                app.MapGet("/", async (HttpContext context) => (await context.Connection.GetClientCertificateAsync())?.Subject ?? "nobody");
                """),
            Observe = async visit => $"past the proxy: {(await visit.PastProxy("/", $"X-Client-Cert: {ServerCertificate.For("admin").Base64}")).Body}",
            Expected = Direct("past the proxy: CN=admin", "past the proxy: nobody"),
        },
    ];

    private static async Task<string> RedirectUri(Visit visit) => $"redirect_uri {(await visit.Get("https://app.test/")).LocationQuery("redirect_uri")}";

    private static async Task<string> Login(Visit visit)
    {
        var start = await visit.Get("https://app.test/login");
        var back = await visit.Get($"https://app.test/signin?code=code&state={System.Uri.EscapeDataString(start.LocationQuery("state"))}", Cookies(start));
        var login = back.Headers["Set-Cookie"].Single(c => c.StartsWith(".AspNetCore.Cookies", System.StringComparison.Ordinal));
        var page = await visit.Get("https://app.test/", Cookies(back));
        return $"redirect_uri {start.LocationQuery("redirect_uri")}, then {page.Body}; login cookie {(login.Contains("; secure", System.StringComparison.Ordinal) ? "secure" : "open")}";
    }

    private static string Cookies(Reply reply) => "Cookie: " + string.Join("; ", reply.Headers["Set-Cookie"].Select(c => c.Split(';')[0]));
}
