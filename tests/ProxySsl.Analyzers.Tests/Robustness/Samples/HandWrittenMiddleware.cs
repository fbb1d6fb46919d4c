// framework: Net80
using System.Net;
using Edge;

var builder = WebApplication.CreateBuilder(args);
var app = builder.Build();

app.Use((context, next) =>
{
    if (context.Request.Headers.TryGetValue("X-Forwarded-Proto", out var proto))
    {
        context.Request.Scheme = proto.ToString();
    }

    return next();
});

app.Use(async (context, next) =>
{
    context.Request.Scheme = "https";
    await next(context);
});

app.UseMiddleware<ProxyMiddleware>();
app.UseMiddleware<TrustedProxyMiddleware>(IPAddress.Parse("10.0.0.5"));
app.UseHttpsRedirection();
app.MapGet("/", (HttpContext context) => context.Request.Scheme);
app.Run();

//// file: Edge/ProxyMiddleware.cs
using System.Net;

namespace Edge;

public class ProxyMiddleware
{
    private readonly RequestDelegate _next;

    public ProxyMiddleware(RequestDelegate next)
    {
        _next = next;
    }

    public async Task InvokeAsync(HttpContext context)
    {
        var request = context.Request;
        var host = request.Headers["X-Forwarded-Host"].FirstOrDefault();
        if (host is not null)
        {
            request.Host = new HostString(host);
        }

        if (request.Headers.TryGetValue("X-Forwarded-Prefix", out var prefix))
        {
            request.PathBase = new PathString(prefix.ToString());
        }

        if (string.Equals(request.Headers["X-Forwarded-Proto"], "https", StringComparison.OrdinalIgnoreCase))
        {
            request.IsHttps = true;
        }
        else
        {
            request.Scheme = request.Headers["X-Forwarded-Proto"]!;
        }

        if (IPAddress.TryParse(request.Headers["X-Real-IP"], out var address))
        {
            context.Connection.RemoteIpAddress = address;
        }

        await _next(context);
    }
}

//// file: Edge/TrustedProxyMiddleware.cs
using System.Net;

namespace Edge;

public class TrustedProxyMiddleware(RequestDelegate next, IPAddress proxy)
{
    public Task InvokeAsync(HttpContext context)
    {
        if (!proxy.Equals(context.Connection.RemoteIpAddress))
        {
            return next(context);
        }

        if (context.Request.Headers["X-Forwarded-Proto"] is { Count: > 0 } values)
        {
            context.Request.Scheme = values[^1] ?? "http";
        }

        return next(context);
    }
}
