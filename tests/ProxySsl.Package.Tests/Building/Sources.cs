using System;
using System.Linq;

namespace ProxySsl.Package.Tests.Building;

/// <summary>Apps with known mistakes.</summary>
internal static class Sources
{
    /// <summary>One each of PSSL1001, PSSL2001 and PSSL3001 (warnings) and PSSL1003 (Info), the way a minimal API is written.</summary>
    internal const string MinimalApi = """
        using Microsoft.AspNetCore.HttpOverrides;

        var builder = WebApplication.CreateBuilder(args);
        builder.Services.Configure<ForwardedHeadersOptions>(options =>
        {
            options.ForwardedHeaders = ForwardedHeaders.XForwardedFor | ForwardedHeaders.XForwardedProto;
            options.KnownIPNetworks.Clear();
            options.KnownProxies.Clear();
        });

        var app = builder.Build();
        app.UseHttpsRedirection();
        app.UseForwardedHeaders();

        app.MapGet("/secure", (HttpRequest request) => IsSecure(request) ? "secure" : "not secure");
        app.MapGet("/client", (HttpRequest request) => "Hello " + request.Headers["X-Real-IP"].ToString());
        app.Run();

        static bool IsSecure(HttpRequest request) => request.Headers.ContainsKey("X-Forwarded-Proto");
        """;

    /// <summary>PSSL2002 and nothing else: right behind a proxy on the same machine, wrong in a container.</summary>
    internal const string LoopbackAlone = """
        using Microsoft.AspNetCore.HttpOverrides;

        var builder = WebApplication.CreateBuilder(args);
        builder.Services.Configure<ForwardedHeadersOptions>(options => options.ForwardedHeaders = ForwardedHeaders.XForwardedFor | ForwardedHeaders.XForwardedProto);

        var app = builder.Build();
        app.UseForwardedHeaders();
        app.MapGet("/", (HttpContext context) => "Hello " + context.Connection.RemoteIpAddress);
        app.Run();
        """;

    /// <summary>The minimal API with the connection's address instead of PSSL1003, which is left to a person where the text is part of another.</summary>
    internal static string FixableMinimalApi { get; } = string.Join('\n', MinimalApi.Split('\n').Select(l => l.Contains("X-Real-IP", StringComparison.Ordinal)
        ? "app.MapGet(\"/client\", (HttpContext context) => \"Hello \" + context.Connection.RemoteIpAddress);"
        : l));

    /// <summary>Two rules of each family whose fixes differ, and before those of the options one that has no fix (PSSL2008).</summary>
    internal const string SeveralOfAFamily = """
        using Microsoft.AspNetCore.HttpOverrides;

        var builder = WebApplication.CreateBuilder(args);
        builder.Services.Configure<ForwardedHeadersOptions>(options =>
        {
            options.ForwardedProtoHeaderName = "X-Forwarded-Ssl";
            options.ForwardedHeaders = ForwardedHeaders.All;
            options.KnownIPNetworks.Clear();
            options.KnownProxies.Clear();
        });

        var app = builder.Build();
        app.UseHttpsRedirection();
        app.UseForwardedHeaders();
        app.UseForwardedHeaders();

        app.MapGet("/", (HttpRequest request) =>
        {
            if (!request.Headers.ContainsKey("X-Forwarded-Proto"))
            {
                return Results.BadRequest();
            }

            var address = request.Headers["X-Forwarded-For"].ToString().Split(',')[0];
            return Results.Text($"{address} asks {request.Host}");
        });
        app.Run();
        """;

    /// <summary>The mistakes of the minimal API in a Startup class, in C# 7.3 and with what ASP.NET Core had in .NET 6.</summary>
    internal const string Startup = """
        using System.Net;
        using Microsoft.AspNetCore.Builder;
        using Microsoft.AspNetCore.Hosting;
        using Microsoft.AspNetCore.Http;
        using Microsoft.AspNetCore.HttpOverrides;
        using Microsoft.Extensions.DependencyInjection;
        using Microsoft.Extensions.Hosting;

        namespace Shop
        {
            public static class Program
            {
                public static void Main(string[] args)
                {
                    Host.CreateDefaultBuilder(args).ConfigureWebHostDefaults(web => web.UseStartup<Startup>()).Build().Run();
                }
            }

            public class Startup
            {
                public void ConfigureServices(IServiceCollection services)
                {
                    services.Configure<ForwardedHeadersOptions>(options =>
                    {
                        options.ForwardedHeaders = ForwardedHeaders.XForwardedFor | ForwardedHeaders.XForwardedProto;
                        options.KnownNetworks.Clear();
                        options.KnownProxies.Clear();
                    });
                }

                public void Configure(IApplicationBuilder app)
                {
                    app.UseHttpsRedirection();
                    app.UseForwardedHeaders();
                    app.Run(context => context.Response.WriteAsync(IsSecure(context.Request) ? "secure" : IsInside(context) ? "inside" : "not secure"));
                }

                private static bool IsInside(HttpContext context)
                {
                    return IPAddress.IsLoopback(context.Connection.RemoteIpAddress);
                }

                private static bool IsSecure(HttpRequest request)
                {
                    return request.IsHttps || request.Headers.ContainsKey("X-Forwarded-Proto");
                }
            }
        }
        """;

    /// <summary>The mistakes of the minimal API, each suppressed in another way; PSSL3001 is left to NoWarn.</summary>
    internal const string Suppressed = """
        using System.Diagnostics.CodeAnalysis;
        using Microsoft.AspNetCore.HttpOverrides;

        var builder = WebApplication.CreateBuilder(args);
        Proxies.Configure(builder.Services);
        var app = builder.Build();
        app.UseHttpsRedirection();
        app.UseForwardedHeaders();

        app.MapGet("/secure", (HttpRequest request) => IsSecure(request) ? "secure" : "not secure");
        app.Run();

        #pragma warning disable PSSL1001 // the value is of no interest here
        static bool IsSecure(HttpRequest request) => request.Headers.ContainsKey("X-Forwarded-Proto");
        #pragma warning restore PSSL1001

        public static class Proxies
        {
            [SuppressMessage("ProxySsl.Options", "PSSL2001", Justification = "Nobody else reaches the app.")]
            public static void Configure(IServiceCollection services) => services.Configure<ForwardedHeadersOptions>(options =>
            {
                options.ForwardedHeaders = ForwardedHeaders.XForwardedFor | ForwardedHeaders.XForwardedProto;
                options.KnownIPNetworks.Clear();
                options.KnownProxies.Clear();
            });
        }
        """;

    /// <summary>Spells the words of the rules in a program that has no web framework.</summary>
    internal const string Console = """
        var headers = new Dictionary<string, string>();
        Console.WriteLine(headers.ContainsKey("X-Forwarded-Proto") ? "secure" : "not secure");
        """;
}
