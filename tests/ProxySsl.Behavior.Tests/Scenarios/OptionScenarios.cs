using System.Collections.Generic;
using System.Net;
using System.Threading.Tasks;
using ProxySsl.Behavior.Tests.Proxies;
using ProxySsl.Behavior.Tests.Visits;
using static ProxySsl.Behavior.Tests.Scenarios.Expectation;

namespace ProxySsl.Behavior.Tests.Scenarios;

/// <summary>Family 2xxx: apps that configure the forwarded headers wrongly.</summary>
internal static class OptionScenarios
{
    private const string Loop = "307 → 307 → … (loop)";
    private const string RedirectsAndGreets = """
        app.UseForwardedHeaders();
        app.UseHttpsRedirection();
        app.MapGet("/", () => "welcome");
        """;
    private const string Echoes = $"""
        app.UseForwardedHeaders();
        {WebApp.Echo}
        """;

    private static readonly IPAddress OtherContainer = IPAddress.Parse("10.0.0.2");

    internal static IReadOnlyList<Scenario> All { get; } =
    [
        new()
        {
            Rule = "PSSL2001",
            Title = "spoofed address and scheme: everyone who reaches the app is believed",
            Flagged = WebApp.Program("""
                builder.Services.Configure<ForwardedHeadersOptions>(options =>
                {
                    options.ForwardedHeaders = ForwardedHeaders.XForwardedFor | ForwardedHeaders.XForwardedProto;
                    options.KnownIPNetworks.Clear();
                    options.KnownProxies.Clear();
                });
                """, Echoes),
            Configuration = WebApp.KnownProxy("127.0.0.1"),
            Observe = SpoofPastTheProxy,
            Expected = BehindAll(
                "past the proxy: https, client 6.6.6.6; through it: https, client 127.0.0.9",
                "past the proxy: http, client 198.51.100.7; through it: https, client 127.0.0.9"),
        },
        new()
        {
            Rule = "PSSL2001",
            Title = "the same, mended by trusting loopback",
            Action = "loopback",
            Flagged = WebApp.Program("", $$"""
                var options = new ForwardedHeadersOptions { ForwardedHeaders = ForwardedHeaders.XForwardedFor | ForwardedHeaders.XForwardedProto };
                options.KnownIPNetworks.Clear();
                options.KnownProxies.Clear();
                app.UseForwardedHeaders(options);
                {{WebApp.Echo}}
                """),
            Observe = SpoofPastTheProxy,
            Expected = Behind(
                [ProxyKind.HAProxy],
                "past the proxy: https, client 6.6.6.6; through it: https, client 127.0.0.9",
                "past the proxy: http, client 198.51.100.7; through it: https, client 127.0.0.9"),
        },
        new()
        {
            Rule = "PSSL2002",
            Title = "endless redirect: the proxy in another container is not trusted",
            Flagged = WebApp.Program("""
                builder.Services.Configure<ForwardedHeadersOptions>(options =>
                {
                    options.ForwardedHeaders = ForwardedHeaders.XForwardedFor | ForwardedHeaders.XForwardedProto;
                });
                """, RedirectsAndGreets),
            ProxyAddress = OtherContainer,
            Configuration = WebApp.KnownProxy("10.0.0.2"),
            Observe = visit => visit.Browse("https://app.test/"),
            Expected = BehindAll(Loop, "200"),
        },
        new()
        {
            Rule = "PSSL2002",
            Title = "the same, mended by trusting private networks",
            Action = "private",
            Flagged = WebApp.Program("", """
                app.UseForwardedHeaders(new ForwardedHeadersOptions
                {
                    ForwardedHeaders = ForwardedHeaders.XForwardedFor | ForwardedHeaders.XForwardedProto,
                });
                app.UseHttpsRedirection();
                app.MapGet("/", () => "welcome");
                """),
            ProxyAddress = OtherContainer,
            Configuration = WebApp.HttpsPort,
            Observe = visit => visit.Browse("https://app.test/"),
            Expected = Behind([ProxyKind.Caddy], Loop, "200"),
        },
        new()
        {
            Rule = "PSSL2003",
            Title = "spoofed address and scheme: the trusted network is the whole internet",
            Flagged = WebApp.Program("""
                builder.Services.Configure<ForwardedHeadersOptions>(options =>
                {
                    options.ForwardedHeaders = ForwardedHeaders.XForwardedFor | ForwardedHeaders.XForwardedProto;
                    options.KnownIPNetworks.Add(System.Net.IPNetwork.Parse("0.0.0.0/0"));
                });
                """, Echoes),
            Configuration = WebApp.KnownProxy("127.0.0.1"),
            Observe = SpoofPastTheProxy,
            Expected = Behind(
                [ProxyKind.Nginx],
                "past the proxy: https, client 6.6.6.6; through it: https, client 127.0.0.9",
                "past the proxy: http, client 198.51.100.7; through it: https, client 127.0.0.9"),
        },
        new()
        {
            Rule = "PSSL2004",
            Title = "endless redirect: the lists are as they were",
            Flagged = WebApp.Program("", """
                app.UseForwardedHeaders(new ForwardedHeadersOptions
                {
                    ForwardedHeaders = ForwardedHeaders.XForwardedFor | ForwardedHeaders.XForwardedProto,
                    KnownIPNetworks = { },
                    KnownProxies = { },
                });
                app.UseHttpsRedirection();
                app.MapGet("/", () => "welcome");
                """),
            ProxyAddress = OtherContainer,
            Configuration = WebApp.KnownProxy("10.0.0.2"),
            Observe = visit => visit.Browse("https://app.test/"),
            Expected = Behind([ProxyKind.Nginx, ProxyKind.Apache], Loop, "200"),
        },
        new()
        {
            Rule = "PSSL2005",
            Title = "endless redirect: no header is processed",
            Flagged = WebApp.Program("""
                builder.Services.Configure<ForwardedHeadersOptions>(options => options.KnownProxies.Add(IPAddress.Loopback));
                """, RedirectsAndGreets),
            Configuration = WebApp.HttpsPort,
            Observe = visit => visit.Browse("https://app.test/"),
            Expected = Behind([ProxyKind.Nginx, ProxyKind.HAProxy], Loop, "200"),
        },
        new()
        {
            Rule = "PSSL2006",
            Title = "a negative limit throws on every request",
            Flagged = WebApp.Program("""
                builder.Services.Configure<ForwardedHeadersOptions>(options =>
                {
                    options.ForwardedHeaders = ForwardedHeaders.XForwardedFor | ForwardedHeaders.XForwardedProto;
                    options.ForwardLimit = -1;
                    options.KnownProxies.Add(IPAddress.Loopback);
                });
                """, Echoes),
            Observe = visit => visit.Browse("https://app.test/"),
            Expected = Behind([ProxyKind.Nginx], "500", "200"),
        },
        new()
        {
            Rule = "PSSL2006",
            Title = "endless redirect: a limit of 0 turns the middleware off",
            Flagged = WebApp.Program("""
                builder.Services.Configure<ForwardedHeadersOptions>(options =>
                {
                    options.ForwardedHeaders = ForwardedHeaders.XForwardedFor | ForwardedHeaders.XForwardedProto;
                    options.ForwardLimit = 0;
                    options.KnownProxies.Add(IPAddress.Loopback);
                });
                """, RedirectsAndGreets),
            Configuration = WebApp.HttpsPort,
            Observe = visit => visit.Browse("https://app.test/"),
            Expected = Behind([ProxyKind.Caddy], Loop, "200"),
        },
        new()
        {
            Rule = "PSSL2006",
            Title = "spoofed address: without a limit the client's own entry is taken",
            Flagged = WebApp.Program("""
                builder.Services.Configure<ForwardedHeadersOptions>(options =>
                {
                    options.ForwardedHeaders = ForwardedHeaders.XForwardedFor | ForwardedHeaders.XForwardedProto;
                    options.ForwardLimit = null;
                    options.KnownIPNetworks.Clear();
                    options.KnownProxies.Clear();
                });
                """, Echoes),
            AlsoReported = ["PSSL2001"],
            Observe = async visit => (await visit.Get("https://app.test/", "X-Forwarded-For: 6.6.6.6")).Body,
            Expected = Behind([ProxyKind.Nginx, ProxyKind.Apache, ProxyKind.HAProxy], "https, client 6.6.6.6", "https, client 127.0.0.9"),
        },
        new()
        {
            Rule = "PSSL2007",
            Title = "host injection: the proxy lets the client's X-Forwarded-Host through",
            Flagged = WebApp.Program("""
                builder.Services.Configure<ForwardedHeadersOptions>(options =>
                {
                    options.ForwardedHeaders = ForwardedHeaders.All;
                    options.KnownProxies.Add(IPAddress.Loopback);
                });
                """, """
                app.UseForwardedHeaders();
                app.MapGet("/", (HttpContext context) => $"{context.Request.Scheme}://{context.Request.Host}/reset");
                """),
            Observe = async visit => $"link: {(await visit.Get("https://app.test/", "X-Forwarded-Host: evil.test")).Body}",
            Expected = Behind([ProxyKind.Nginx, ProxyKind.HAProxy], "link: https://evil.test/reset", "link: https://app.test/reset"),
        },
        new()
        {
            Rule = "PSSL2007",
            Title = "the same, mended by naming the app's own hosts",
            Action = "AllowedHosts",
            Flagged = WebApp.Program("", """
                app.UseForwardedHeaders(new ForwardedHeadersOptions
                {
                    ForwardedHeaders = ForwardedHeaders.XForwardedFor | ForwardedHeaders.XForwardedProto | ForwardedHeaders.XForwardedHost,
                    KnownProxies = { IPAddress.Loopback },
                });
                app.MapGet("/", (HttpContext context) => $"{context.Request.Scheme}://{context.Request.Host}/reset");
                """),
            Observe = async visit => $"link: {(await visit.Get("https://app.test/", "X-Forwarded-Host: evil.test")).Body}",
            Expected = Behind([ProxyKind.Nginx], "link: https://evil.test/reset", "link: https://app.test/reset"),
        },
        new()
        {
            Rule = "PSSL2008",
            Title = "endless redirect: the scheme of the request becomes \"on\"",
            Flagged = WebApp.Program("""
                builder.Services.Configure<ForwardedHeadersOptions>(options =>
                {
                    options.ForwardedHeaders = ForwardedHeaders.XForwardedFor | ForwardedHeaders.XForwardedProto;
                    options.ForwardedProtoHeaderName = "X-Forwarded-Ssl";
                    options.KnownProxies.Add(IPAddress.Loopback);
                });
                """, RedirectsAndGreets),
            MendedByHand = WebApp.Program(WebApp.TrustsLoopback, RedirectsAndGreets),
            Configuration = WebApp.HttpsPort,
            Observe = visit => visit.Browse("https://app.test/"),
            Expected = BehindAll(Loop, "200"),
        },
        new()
        {
            Rule = "PSSL2008",
            Title = "an empty name stops the app",
            Flagged = WebApp.Program("""
                builder.Services.Configure<ForwardedHeadersOptions>(options =>
                {
                    options.ForwardedHeaders = ForwardedHeaders.XForwardedFor | ForwardedHeaders.XForwardedProto;
                    options.ForwardedForHeaderName = "";
                    options.KnownProxies.Add(IPAddress.Loopback);
                });
                """, Echoes),
            MendedByHand = WebApp.Program(WebApp.TrustsLoopback, Echoes),
            Observe = visit => visit.Browse("https://app.test/"),
            Expected = Behind([ProxyKind.Nginx], "does not start: ArgumentException", "200"),
        },
        new()
        {
            Rule = "PSSL2009",
            Title = "endless redirect: the entry is of another address family than the peer",
            Flagged = WebApp.Program("""
                builder.Services.Configure<ForwardedHeadersOptions>(options =>
                {
                    options.ForwardedHeaders = ForwardedHeaders.XForwardedFor | ForwardedHeaders.XForwardedProto;
                    options.KnownProxies.Add(IPAddress.Parse("::ffff:10.0.0.2"));
                });
                """, RedirectsAndGreets),
            ProxyAddress = OtherContainer,
            Configuration = WebApp.HttpsPort,
            Observe = visit => visit.Browse("https://app.test/"),
            Expected = Behind([ProxyKind.Nginx, ProxyKind.HAProxy], Loop, "200"),
        },
        new()
        {
            Rule = "PSSL2009",
            Title = "a host name is no address: the app does not start",
            Flagged = WebApp.Program("""
                var options = new ForwardedHeadersOptions { ForwardedHeaders = ForwardedHeaders.XForwardedFor | ForwardedHeaders.XForwardedProto };
                options.KnownProxies.Add(IPAddress.Parse("nginx"));
                """, $$"""
                app.UseForwardedHeaders(options);
                {{WebApp.Echo}}
                """),
            MendedByHand = WebApp.Program(WebApp.TrustsLoopback, Echoes),
            Observe = async visit => (await visit.Get("https://app.test/")).Body,
            Expected = Behind([ProxyKind.Nginx], "does not start: FormatException", "https, client 127.0.0.9"),
        },
        new()
        {
            Rule = "PSSL2010",
            Title = "endless redirect: the proxy in appsettings is never read",
            Flagged = WebApp.Program("""
                builder.Services.Configure<ForwardedHeadersOptions>(builder.Configuration.GetSection("ForwardedHeaders"));
                """, RedirectsAndGreets),
            ProxyAddress = OtherContainer,
            Configuration = new Dictionary<string, string>(WebApp.KnownProxy("10.0.0.2"))
            {
                ["ForwardedHeaders:ForwardedHeaders"] = "XForwardedFor, XForwardedProto",
            },
            Observe = visit => visit.Browse("https://app.test/"),
            Expected = Behind([ProxyKind.Apache], Loop, "200"),
        },
        new()
        {
            Rule = "PSSL2011",
            Title = "endless redirect: the scheme is left out",
            Flagged = WebApp.Program("""
                builder.Services.Configure<ForwardedHeadersOptions>(options =>
                {
                    options.ForwardedHeaders = ForwardedHeaders.XForwardedFor;
                    options.KnownProxies.Add(IPAddress.Loopback);
                });
                """, RedirectsAndGreets),
            Configuration = WebApp.HttpsPort,
            Observe = visit => visit.Browse("https://app.test/"),
            Expected = BehindAll(Loop, "200"),
        },
        new()
        {
            Rule = "PSSL2012",
            Title = "spoofed address and scheme: nothing is configured, so everyone is trusted",
            Flagged = WebApp.Program("""
                builder.Services.Configure<ForwardedHeadersOptions>(options =>
                {
                    options.ForwardedHeaders = ForwardedHeaders.XForwardedFor | ForwardedHeaders.XForwardedProto;
                    options.KnownIPNetworks.Clear();
                    options.KnownProxies.Clear();
                    foreach (var proxy in builder.Configuration.GetSection("Proxies").GetChildren())
                    {
                        options.KnownProxies.Add(IPAddress.Parse(proxy.Value!));
                    }
                });
                """, Echoes),
            Observe = SpoofPastTheProxy,
            Expected = Behind(
                [ProxyKind.Nginx],
                "past the proxy: https, client 6.6.6.6; through it: https, client 127.0.0.9",
                "past the proxy: http, client 198.51.100.7; through it: https, client 127.0.0.9"),
        },
    ];

    private static async Task<string> SpoofPastTheProxy(Visit visit)
    {
        var stranger = await visit.PastProxy("/", "X-Forwarded-For: 6.6.6.6", "X-Forwarded-Proto: https");
        return $"past the proxy: {stranger.Body}; through it: {(await visit.Get("https://app.test/")).Body}";
    }
}
