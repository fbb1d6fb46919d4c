// framework: Net100
using Modular;

var builder = WebApplication.CreateBuilder(args);
builder.Services.AddAuthentication().AddCookie();
builder.Services.AddAuthorization();
builder.Services.AddSingleton<IStartupFilter, ProxyStartupFilter>();
var app = builder.Build();
app.UseAppDefaults();
app.Map("/admin", admin =>
{
    admin.UseAuthentication();
    admin.UseForwardedHeaders();
    admin.Run(context => context.Response.WriteAsync("admin"));
});
app.MapWhen(context => context.Request.Query.ContainsKey("api"), api => api.UseApi());
app.UseWhen(context => !context.Request.Path.StartsWithSegments("/health"), branch =>
{
    branch.UseHttpsRedirection();
});
switch (app.Environment.EnvironmentName)
{
    case "Production":
        app.UseForwardedHeaders();
        app.UseHsts();
        break;
    case "Staging":
        app.UseHsts();
        app.UseForwardedHeaders();
        break;
    default:
        break;
}

for (var i = 0; i < 2; i++)
{
    app.UseModule(i);
}

Configure(app);
app.Run();

void Configure(IApplicationBuilder application)
{
    application.UseHttpsRedirection();
    application.UseForwardedHeaders();
}

//// file: Modules/Defaults.cs
namespace Modular;

public static class Defaults
{
    public static IApplicationBuilder UseAppDefaults(this IApplicationBuilder app) =>
        app.UseSecurityHeaders().UseApi();

    public static IApplicationBuilder UseSecurityHeaders(this IApplicationBuilder app)
    {
        app.UseHsts();
        app.UseCookiePolicy();
        return app;
    }

    public static IApplicationBuilder UseModule(this IApplicationBuilder app, int depth)
    {
        if (depth <= 0)
        {
            return app;
        }

        return app.UseModule(depth - 1).UseResponseCompression();
    }
}

//// file: Modules/Api.cs
namespace Modular;

public static class Api
{
    public static IApplicationBuilder UseApi(this IApplicationBuilder app)
    {
        app.UseForwardedHeaders();
        app.UseCertificateForwarding();
        app.UseAuthentication();
        return app.UseAuthorization();
    }
}

public sealed class ProxyStartupFilter : IStartupFilter
{
    public Action<IApplicationBuilder> Configure(Action<IApplicationBuilder> next) => app =>
    {
        app.UseForwardedHeaders();
        next(app);
    };
}
