// framework: Net90
using System.Net;
using Microsoft.AspNetCore;
using Microsoft.AspNetCore.HttpOverrides;
using Microsoft.AspNetCore.Mvc;

namespace Fluent;

public static class Program
{
    public static async Task Main(string[] args)
    {
        using var host = WebHost.CreateDefaultBuilder(args)
            .ConfigureServices(services => services
                .AddResponseCaching()
                .AddRouting()
                .Configure<ForwardedHeadersOptions>(o => o.ForwardedHeaders = ForwardedHeaders.XForwardedFor))
            .Configure(app => app
                .UseResponseCaching()
                .UseHttpsRedirection()
                .UseForwardedHeaders(new ForwardedHeadersOptions
                {
                    ForwardedHeaders = ForwardedHeaders.All,
                    KnownProxies = { IPAddress.Any, IPAddress.Parse("10.0.0.5").MapToIPv6() },
                })
                .UseForwardedHeaders()
                .UseMiddleware<ForwardedHeadersMiddleware>()
                .UsePathBase("/shop")
                .UseRouting()
                .UseEndpoints(endpoints =>
                {
                    endpoints.MapGet("/", context => context.Response.WriteAsync(Describe(context.Request)));
                }))
            .Build();
        await host.RunAsync();
    }

    private static string Describe(HttpRequest request)
    {
        var (scheme, host) = (request.Headers["X-Forwarded-Proto"].ToString(), request.Headers["X-Forwarded-Host"].ToString());
        return scheme switch
        {
            "https" when host.Length > 0 => $"https://{host}/",
            "http" => $"http://{host}/",
            _ => request.Scheme + "://" + request.Host,
        };
    }
}

[RequireHttps]
public class HomeController : Controller
{
    public IActionResult Index() => Request.Headers.ContainsKey("X-Forwarded-Proto") ? View() : RedirectPermanent("https://" + Request.Host);

    public IActionResult Ip([FromHeader(Name = "X-Forwarded-For")] string? forwardedFor) => Content(forwardedFor?.Split(',').First() ?? "");
}
