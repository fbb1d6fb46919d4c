using System.Collections.Generic;

namespace ProxySsl.Behavior.Tests.Scenarios;

/// <summary>The parts of an app that are the same in many scenarios.</summary>
internal static class WebApp
{
    /// <summary>The forwarded headers, rightly configured for a proxy at 127.0.0.1.</summary>
    internal const string TrustsLoopback = """
        builder.Services.Configure<ForwardedHeadersOptions>(options =>
        {
            options.ForwardedHeaders = ForwardedHeaders.XForwardedFor | ForwardedHeaders.XForwardedProto;
            options.KnownProxies.Add(IPAddress.Loopback);
        });
        """;

    /// <summary>A page that says what the app takes the request for.</summary>
    internal const string Echo = """
        app.MapGet("/", (HttpContext context) => $"{context.Request.Scheme}, client {context.Connection.RemoteIpAddress}");
        """;

    /// <summary>What <see cref="OpenIdConnect"/> needs.</summary>
    internal const string OpenIdConnectUsings = """
        using Microsoft.AspNetCore.Authentication.Cookies;
        using Microsoft.AspNetCore.Authentication.OpenIdConnect;
        using Microsoft.IdentityModel.Protocols.OpenIdConnect;

        """;

    /// <summary>The public port, which an app behind a proxy cannot know by itself.</summary>
    internal static IReadOnlyDictionary<string, string> HttpsPort { get; } = new Dictionary<string, string> { ["HTTPS_PORT"] = "443" };

    /// <summary>A deployment that names its proxy where the fix reads it, and the public port.</summary>
    internal static IReadOnlyDictionary<string, string> KnownProxy(string address) => new Dictionary<string, string>
    {
        ["HTTPS_PORT"] = "443",
        ["ForwardedHeaders:KnownProxies:0"] = address,
    };

    /// <summary>Sign-in at a provider; nobody has to be there, only the way to it is looked at.</summary>
    /// <param name="more">More settings of <c>options</c>.</param>
    internal static string OpenIdConnect(string more = "") => $$"""
        builder.Services
            .AddAuthentication(options =>
            {
                options.DefaultScheme = CookieAuthenticationDefaults.AuthenticationScheme;
                options.DefaultChallengeScheme = OpenIdConnectDefaults.AuthenticationScheme;
            })
            .AddCookie()
            .AddOpenIdConnect(options =>
            {
                options.ClientId = "app";
                options.Configuration = new OpenIdConnectConfiguration { AuthorizationEndpoint = "https://login.test/authorize" };
                {{more}}
            });
        builder.Services.AddAuthorization();
        """;

    /// <summary>A whole program.</summary>
    /// <param name="services">The statements before the app is built.</param>
    /// <param name="pipeline">The statements after it.</param>
    /// <param name="usings">More using directives.</param>
    internal static string Program(string services, string pipeline, string usings = "") => $"""
        using System.Net;
        using Microsoft.AspNetCore.HttpOverrides;
        {usings}
        var builder = WebApplication.CreateBuilder(args);
        {services}

        var app = builder.Build();
        {pipeline}
        app.Run();

        """;
}
