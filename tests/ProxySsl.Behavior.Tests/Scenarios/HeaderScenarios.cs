using System.Collections.Generic;
using ProxySsl.Behavior.Tests.Proxies;
using static ProxySsl.Behavior.Tests.Scenarios.Expectation;

namespace ProxySsl.Behavior.Tests.Scenarios;

/// <summary>Family 1xxx: apps that read forwarded headers themselves.</summary>
internal static class HeaderScenarios
{
    private const string AdminPage = """app.MapGet("/admin", (HttpContext context) => $"is local: {Requests.IsLocal(context)}");""";

    private const string SignInAndLink = """
        app.MapGet("/", () => "welcome").RequireAuthorization();
        app.MapGet("/link", (HttpContext context) => $"{context.Request.Scheme}://{context.Request.Host}/next");
        """;

    internal static IReadOnlyList<Scenario> All { get; } =
    [
        new()
        {
            Rule = "PSSL1001",
            Title = "mixed http and https site: the plain half is taken for secure, its redirect is skipped",
            Flagged = WebApp.Program(WebApp.TrustsLoopback, """
                app.UseForwardedHeaders();
                app.Use(async (context, next) =>
                {
                    if (!context.Request.Headers.ContainsKey("X-Forwarded-Ssl"))
                    {
                        context.Response.Redirect($"https://{context.Request.Host}{context.Request.Path}");
                        return;
                    }

                    await next();
                });
                app.MapGet("/", () => "welcome");
                """),
            Observe = async visit => $"http: {await visit.Browse("http://app.test/")}; https: {await visit.Browse("https://app.test/")}",
            Expected = BehindAll("http: 200; https: 200", "http: 302 → https://app.test/ → 200; https: 200"),
        },
        new()
        {
            Rule = "PSSL1001",
            Title = "endless redirect: the middleware has consumed the header that is looked for",
            Flagged = WebApp.Program(WebApp.TrustsLoopback, """
                app.UseForwardedHeaders();
                app.Use(async (context, next) =>
                {
                    var secure = context.Request.Headers.ContainsKey("X-Forwarded-Proto");
                    if (!secure)
                    {
                        context.Response.Redirect($"https://{context.Request.Host}{context.Request.Path}");
                        return;
                    }

                    await next();
                });
                app.MapGet("/", () => "welcome");
                """),
            Observe = async visit =>
                $"https: {await visit.Browse("https://app.test/")}; past the proxy, plain: {(await visit.PastProxy("/", "X-Forwarded-Proto: http")).Status}",
            Expected = BehindAll("https: 302 → 302 → … (loop); past the proxy, plain: 200", "https: 200; past the proxy, plain: 302"),
        },
        new()
        {
            Rule = "PSSL1001",
            Title = "missing Secure on a cookie",
            Flagged = WebApp.Program(WebApp.TrustsLoopback, """
                app.UseForwardedHeaders();
                app.MapGet("/", (HttpContext context) =>
                {
                    var secure = !string.IsNullOrEmpty(context.Request.Headers["X-Forwarded-Proto"]);
                    context.Response.Cookies.Append("session", "1", new CookieOptions { Secure = secure });
                    return "welcome";
                });
                """),
            Observe = async visit => $"Set-Cookie: {(await visit.Get("https://app.test/")).Header("Set-Cookie")}",
            Expected = Behind([ProxyKind.Nginx], "Set-Cookie: session=1; path=/", "Set-Cookie: session=1; path=/; secure"),
        },
        new()
        {
            Rule = "PSSL1002",
            Title = "spoofed scheme: the client writes the header itself, over plain http",
            Flagged = WebApp.Program(WebApp.TrustsLoopback, """
                app.UseForwardedHeaders();
                app.MapGet("/", (HttpContext context) =>
                    context.Request.Headers["X-Forwarded-Scheme"] == "https" ? "the secret" : "use https");
                """),
            Observe = async visit => $"http: {(await visit.Get("http://app.test/", "X-Forwarded-Scheme: https")).Body}; https: {(await visit.Get("https://app.test/")).Body}",
            Expected = BehindAll("http: the secret; https: use https", "http: use https; https: the secret"),
        },
        new()
        {
            Rule = "PSSL1002",
            Title = "spoofed scheme: any text becomes the scheme of a link",
            Flagged = WebApp.Program(WebApp.TrustsLoopback, """
                app.UseForwardedHeaders();
                app.MapGet("/", (HttpContext context) =>
                {
                    var scheme = context.Request.Headers["X-Forwarded-Proto"].FirstOrDefault() ?? context.Request.Scheme;
                    return $"{scheme}://{context.Request.Host}/next";
                });
                """),
            Observe = async visit => $"link: {(await visit.PastProxy("/", "X-Forwarded-Proto: javascript")).Body}",
            Expected = Direct("link: javascript://app.test/next", "link: http://app.test/next"),
        },
        new()
        {
            Rule = "PSSL1003",
            Title = "spoofed address: a header that this proxy knows nothing about",
            Flagged = WebApp.Program(WebApp.TrustsLoopback, """
                app.UseForwardedHeaders();
                app.MapGet("/", (HttpContext context) =>
                {
                    var address = context.Request.Headers["CF-Connecting-IP"].FirstOrDefault() ?? context.Connection.RemoteIpAddress?.ToString();
                    return $"client {address}";
                });
                """),
            Observe = async visit => (await visit.Get("https://app.test/", "CF-Connecting-IP: 6.6.6.6")).Body,
            Expected = BehindAll("client 6.6.6.6", "client 127.0.0.9"),
        },
        new()
        {
            Rule = "PSSL1004",
            Title = "leftmost entry: the one that the client wrote",
            Flagged = WebApp.Program(WebApp.TrustsLoopback, """
                app.UseForwardedHeaders();
                app.MapGet("/", (HttpContext context) =>
                {
                    var address = context.Request.Headers["X-Forwarded-For"].ToString().Split(',')[0];
                    return $"client {address}";
                });
                """),
            Observe = async visit => (await visit.Get("https://app.test/", "X-Forwarded-For: 6.6.6.6")).Body,
            Expected = Behind([ProxyKind.Nginx, ProxyKind.Apache, ProxyKind.HAProxy], "client 6.6.6.6", "client 127.0.0.9"),
        },
        new()
        {
            Rule = "PSSL1005",
            Title = "host injection: a link in a mail leads where the client says",
            Flagged = WebApp.Program(WebApp.TrustsLoopback, """
                app.UseForwardedHeaders();
                app.MapGet("/", (HttpContext context) =>
                {
                    var host = context.Request.Headers["X-Forwarded-Host"].FirstOrDefault() ?? context.Request.Host.Value;
                    return $"https://{host}/reset";
                });
                """),
            Observe = async visit => $"link: {(await visit.Get("https://app.test/", "X-Forwarded-Host: evil.test")).Body}",
            Expected = Behind([ProxyKind.Nginx, ProxyKind.HAProxy], "link: https://evil.test/reset", "link: https://app.test/reset"),
        },
        new()
        {
            Rule = "PSSL1006",
            Title = "spoofed scheme: written into the request from anyone's header",
            Flagged = WebApp.Program(WebApp.TrustsLoopback, $$"""
                app.Use((context, next) =>
                {
                    if (context.Request.Headers.TryGetValue("X-Forwarded-Proto", out var scheme))
                    {
                        context.Request.Scheme = scheme.ToString();
                    }

                    return next(context);
                });
                {{WebApp.Echo}}
                """),
            Observe = async visit =>
                $"past the proxy: {(await visit.PastProxy("/", "X-Forwarded-Proto: https")).Body}; through it: {(await visit.Get("https://app.test/")).Body}",
            Expected = BehindAll(
                "past the proxy: https, client 198.51.100.7; through it: https, client 127.0.0.1",
                "past the proxy: http, client 198.51.100.7; through it: https, client 127.0.0.9"),
        },
        new()
        {
            Rule = "PSSL1006",
            Title = "spoofed address: a middleware class of one's own",
            Flagged = WebApp.Program(WebApp.TrustsLoopback, $$"""
                app.UseMiddleware<ClientAddress>();
                {{WebApp.Echo}}
                """) + """

                public class ClientAddress(RequestDelegate next)
                {
                    public Task InvokeAsync(HttpContext context)
                    {
                        if (IPAddress.TryParse(context.Request.Headers["X-Real-IP"].FirstOrDefault(), out var address))
                        {
                            context.Connection.RemoteIpAddress = address;
                        }

                        return next(context);
                    }
                }
                """,
            MendedByHand = WebApp.Program(WebApp.TrustsLoopback, $$"""
                app.UseForwardedHeaders();
                {{WebApp.Echo}}
                """),
            Observe = async visit => (await visit.Get("https://app.test/", "X-Real-IP: 6.6.6.6")).Body,
            Expected = Behind([ProxyKind.Nginx, ProxyKind.Caddy], "http, client 6.6.6.6", "https, client 127.0.0.9"),
        },
        new()
        {
            Rule = "PSSL1007",
            Title = "mixed http and https site: every request is declared secure",
            Flagged = WebApp.Program("", $$"""
                app.Use((context, next) =>
                {
                    context.Request.Scheme = "https";
                    return next(context);
                });
                {{WebApp.Echo}}
                """),
            MendedByHand = WebApp.Program(WebApp.TrustsLoopback, $$"""
                app.UseForwardedHeaders();
                {{WebApp.Echo}}
                """),
            Observe = async visit => $"http: {(await visit.Get("http://app.test/")).Body}; https: {(await visit.Get("https://app.test/")).Body}",
            Expected = BehindAll(
                "http: https, client 127.0.0.1; https: https, client 127.0.0.1",
                "http: http, client 127.0.0.9; https: https, client 127.0.0.9"),
        },
        new()
        {
            Rule = "PSSL1008",
            Title = "a stranger without the header passes for a local request",
            Flagged = WebApp.Program("", AdminPage) + """

                static class Requests
                {
                    public static bool IsLocal(HttpContext context) => !context.Request.Headers.ContainsKey("X-Forwarded-For");
                }
                """,
            MendedByHand = WebApp.Program(WebApp.TrustsLoopback, "app.UseForwardedHeaders();\n" + AdminPage) + """

                static class Requests
                {
                    public static bool IsLocal(HttpContext context) => IPAddress.Loopback.Equals(context.Connection.RemoteIpAddress);
                }
                """,
            Observe = async visit => $"past the proxy: {(await visit.PastProxy("/admin")).Body}",
            Expected = Direct("past the proxy: is local: True", "past the proxy: is local: False"),
        },
        new()
        {
            Rule = "PSSL1009",
            Title = "one address is patched, all others stay http://",
            Flagged = WebApp.Program(WebApp.OpenIdConnect("""
                options.Events.OnRedirectToIdentityProvider = context =>
                        {
                            context.ProtocolMessage.RedirectUri = context.ProtocolMessage.RedirectUri.Replace("http://", "https://");
                            return Task.CompletedTask;
                        };
                """), SignInAndLink, WebApp.OpenIdConnectUsings),
            MendedByHand = WebApp.Program(WebApp.TrustsLoopback + "\n" + WebApp.OpenIdConnect(), $"""
                app.UseForwardedHeaders();
                app.UseAuthentication();
                app.UseAuthorization();
                {SignInAndLink}
                """, WebApp.OpenIdConnectUsings),
            Observe = async visit =>
                $"redirect_uri {(await visit.Get("https://app.test/")).LocationQuery("redirect_uri")}; link: {(await visit.Get("https://app.test/link")).Body}",
            Expected = Behind(
                [ProxyKind.Caddy],
                "redirect_uri https://app.test/signin-oidc; link: http://app.test/next",
                "redirect_uri https://app.test/signin-oidc; link: https://app.test/next"),
        },
    ];
}
