namespace ProxySsl.Benchmarks.Cost;

/// <summary>The files that a web application has once.</summary>
internal static class ApplicationTemplates
{
    internal const string ProxyOptions = """
        using System.Net;
        using Microsoft.AspNetCore.HttpOverrides;

        namespace App.Hosting;

        public static class ProxyOptions
        {
            public static IServiceCollection AddProxy(this IServiceCollection services, IConfiguration configuration)
            {
                return services.Configure<ForwardedHeadersOptions>(options =>
                {
                    options.ForwardedHeaders = ForwardedHeaders.XForwardedFor | ForwardedHeaders.XForwardedProto;
                    foreach (var proxy in configuration.GetSection("ForwardedHeaders:KnownProxies").GetChildren())
                    {
                        options.KnownProxies.Add(IPAddress.Parse(proxy.Value ?? ""));
                    }
                });
            }
        }
        """;

    internal const string RequestExtensions = """
        namespace App.Hosting;

        public static class RequestExtensions
        {
            public static bool IsSecure(this HttpRequest request) =>
                request.IsHttps || request.Headers.ContainsKey("X-Forwarded-Proto");

            public static string BaseAddress(this HttpRequest request)
            {
                var scheme = request.Headers["X-Forwarded-Proto"].ToString();
                return (scheme.Length > 0 ? scheme : request.Scheme) + "://" + request.Host + request.PathBase;
            }
        }
        """;

    internal const string ClientAddressMiddleware = """
        namespace App.Hosting;

        public class ClientAddressMiddleware(RequestDelegate next, ILogger<ClientAddressMiddleware> logger)
        {
            public async Task InvokeAsync(HttpContext context)
            {
                var address = context.Request.Headers["X-Forwarded-For"].ToString().Split(',')[0];
                context.Items["ClientAddress"] = string.IsNullOrEmpty(address) ? context.Connection.RemoteIpAddress?.ToString() : address;
                logger.LogDebug("request of {Address}", context.Items["ClientAddress"]);
                await next(context);
            }
        }
        """;

    /// <summary>The program; it registers as many services as the application has.</summary>
    internal static string Program(int files) => $$"""
        using App.Hosting;

        var builder = WebApplication.CreateBuilder(args);
        builder.Services.AddControllers();
        builder.Services.AddAuthentication().AddCookie();
        builder.Services.AddAuthorization();
        builder.Services.AddProxy(builder.Configuration);
        builder.Services.AddSingleton(new FileCount({{files}}));
        var app = builder.Build();
        if (!app.Environment.IsDevelopment())
        {
            app.UseExceptionHandler("/error");
            app.UseHsts();
        }

        app.UseHttpsRedirection();
        app.UseForwardedHeaders();
        app.UseMiddleware<ClientAddressMiddleware>();
        app.UseAuthentication();
        app.UseAuthorization();
        app.MapControllers();
        app.Run();

        public sealed record FileCount(int Value);
        """;
}
