// framework: Net100
using Microsoft.Extensions.Options;
using Portal.Hosting;

var builder = WebApplication.CreateBuilder(args);
builder.Services.ConfigureOptions<ConfigureProxy>();
builder.Services.AddSingleton<IPostConfigureOptions<ForwardedHeadersOptions>, PostConfigureProxy>();
builder.Services.AddOptions<ForwardedHeadersOptions>().Configure<IOptions<ProxySettings>>((forwarded, settings) =>
{
    forwarded.ForwardLimit = settings.Value.Hops;
    if (settings.Value.TrustEveryone)
    {
        forwarded.KnownProxies.Clear();
        forwarded.KnownIPNetworks.Clear();
    }
});
builder.Services.Configure<ForwardedHeadersOptions>(builder.Configuration.GetSection("ForwardedHeaders"));
builder.Services.AddProxySupport(builder.Configuration);
var app = builder.Build();
app.UseForwardedHeaders();
app.MapGet("/", () => "portal");
app.Run();

//// file: Hosting/ConfigureProxy.cs
using System.Net;
using Microsoft.AspNetCore.HttpOverrides;
using Microsoft.Extensions.Options;

namespace Portal.Hosting;

public sealed class ProxySettings
{
    public int Hops { get; set; } = 1;

    public bool TrustEveryone { get; set; }

    public string[] Proxies { get; set; } = [];
}

public sealed class ConfigureProxy : IConfigureNamedOptions<ForwardedHeadersOptions>
{
    private readonly IConfiguration _configuration;

    public ConfigureProxy(IConfiguration configuration) => _configuration = configuration;

    public void Configure(ForwardedHeadersOptions options) => Configure(Options.DefaultName, options);

    public void Configure(string? name, ForwardedHeadersOptions options)
    {
        options.ForwardedHeaders = ForwardedHeaders.XForwardedFor | ForwardedHeaders.XForwardedProto;
        options.KnownProxies.Clear();
        foreach (var proxy in _configuration.GetSection("Proxies").Get<string[]>() ?? [])
        {
            options.KnownProxies.Add(IPAddress.Parse(proxy));
        }
    }
}

public sealed class PostConfigureProxy(IOptions<ProxySettings> settings) : IPostConfigureOptions<ForwardedHeadersOptions>
{
    public void PostConfigure(string? name, ForwardedHeadersOptions options)
    {
        options.KnownIPNetworks.Clear();
        settings.Value.Proxies.Select(IPAddress.Parse).ToList().ForEach(options.KnownProxies.Add);
        ProxyExtensions.TrustPrivateNetworks(options);
    }
}

//// file: Hosting/ProxyExtensions.cs
using System.Net;
using Microsoft.AspNetCore.HttpOverrides;

namespace Portal.Hosting;

public static class ProxyExtensions
{
    public static IServiceCollection AddProxySupport(this IServiceCollection services, IConfiguration configuration)
    {
        services.Configure<ForwardedHeadersOptions>(o => Reset(o));
        return services.PostConfigureAll<ForwardedHeadersOptions>(o =>
        {
            o.ForwardedForHeaderName = configuration["ForHeader"] ?? "X-Forwarded-For";
            o.AllowedHosts = configuration.GetSection("Hosts").Get<List<string>>() ?? new List<string>();
        });
    }

    internal static void TrustPrivateNetworks(ForwardedHeadersOptions options)
    {
        options.KnownIPNetworks.Add(new System.Net.IPNetwork(IPAddress.Parse("10.0.0.0"), 8));
        options.KnownIPNetworks.Add(new(IPAddress.Parse("172.16.0.0"), 12));
        options.KnownIPNetworks.Add(System.Net.IPNetwork.Parse("192.168.0.0/16"));
    }

    private static ForwardedHeadersOptions Reset(ForwardedHeadersOptions options, int depth = 0)
    {
        options.KnownIPNetworks.Clear();
        options.KnownProxies.Clear();
        return depth > 3 ? options : Reset(options, depth + 1);
    }
}
