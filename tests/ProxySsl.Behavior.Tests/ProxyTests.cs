using System;
using System.IO;
using System.Net;
using System.Net.Sockets;
using System.Threading.Tasks;
using ProxySsl.Behavior.Tests.Apps;
using ProxySsl.Behavior.Tests.Proxies;
using ProxySsl.Behavior.Tests.Visits;
using Xunit;

namespace ProxySsl.Behavior.Tests;

/// <summary>What the scenarios take for granted: what each proxy sends, how the app sees its peers, and that nothing is left behind.</summary>
public sealed class ProxyTests(ProxyFleet fleet)
{
    private const string ShowsHeaders = """
        var builder = WebApplication.CreateBuilder(args);
        var app = builder.Build();
        app.Run(context => context.Response.WriteAsync(string.Join("; ", new[]
        {
            context.Request.Scheme,
            context.Request.Host.Value,
            context.Connection.RemoteIpAddress?.ToString(),
            context.Request.Headers["X-Forwarded-Proto"].ToString(),
            context.Request.Headers["X-Forwarded-Ssl"].ToString(),
            context.Request.Headers["X-Forwarded-For"].ToString().Replace(" ", ""),
            context.Request.Headers["X-Forwarded-Scheme"].ToString(),
        })));
        app.Run();
        """;

    [Theory]
    [InlineData(ProxyKind.Nginx, "6.6.6.6,127.0.0.9")]
    [InlineData(ProxyKind.Apache, "6.6.6.6,127.0.0.9")]
    [InlineData(ProxyKind.HAProxy, "6.6.6.6,127.0.0.9")]
    [InlineData(ProxyKind.Caddy, "127.0.0.9")]
    public async Task A_proxy_says_what_it_is_configured_to_say(ProxyKind kind, string forwardedFor)
    {
        using var lease = await fleet.LeaseAsync(kind, TestContext.Current.CancellationToken);
        await using var app = await StartAsync(lease);
        using var visit = new Visit(lease, fleet.Certificate, () => app.Log, TestContext.Current.CancellationToken);
        string[] lies = ["X-Forwarded-Proto: ftp", "X-Forwarded-Ssl: maybe", "X-Forwarded-For: 6.6.6.6", "X-Forwarded-Scheme: mine"];
        Assert.Equal($"http; app.test; 10.0.0.2; https; on; {forwardedFor}; mine", (await visit.Get("https://app.test/", lies)).Body);
        Assert.Equal($"http; app.test; 10.0.0.2; http; off; {forwardedFor}; mine", (await visit.Get("http://app.test/", lies)).Body);
    }

    [Fact]
    public async Task A_stranger_reaches_the_app_past_the_proxy()
    {
        using var lease = await fleet.LeaseAsync(ProxyKind.None, TestContext.Current.CancellationToken);
        await using var app = await StartAsync(lease);
        using var visit = new Visit(lease, fleet.Certificate, () => app.Log, TestContext.Current.CancellationToken);
        Assert.Equal("http; app.test; 198.51.100.7; https; ; ; ", (await visit.PastProxy("/", "X-Forwarded-Proto: https")).Body);
    }

    [Fact]
    public async Task An_app_that_fails_at_start_says_why()
    {
        using var lease = await fleet.LeaseAsync(ProxyKind.None, TestContext.Current.CancellationToken);
        var image = await AppProject.Of("throw new FormatException(\"no\");").CompileAsync(TestContext.Current.CancellationToken);
        await Assert.ThrowsAsync<FormatException>(() => RunningApp.StartAsync(image, Setup(lease), TestContext.Current.CancellationToken));
    }

    [Theory]
    [InlineData(ProxyKind.Nginx)]
    [InlineData(ProxyKind.Apache)]
    [InlineData(ProxyKind.HAProxy)]
    [InlineData(ProxyKind.Caddy)]
    public async Task A_stopped_proxy_leaves_nothing_behind(ProxyKind kind)
    {
        var recipe = ProxyRecipe.Of(kind);
        var route = new Route(PortPool.Take(), PortPool.Take(), PortPool.Take());
        var proxy = await ProxyProcess.StartAsync(recipe, ProxyFleet.Executable(recipe), fleet.Certificate, [route], TestContext.Current.CancellationToken);
        await proxy.DisposeAsync();
        Assert.False(Directory.Exists(proxy.Folder));
        using var client = new TcpClient();
        await Assert.ThrowsAsync<SocketException>(() => client.ConnectAsync(IPAddress.Loopback, route.HttpPort));
    }

    private static async Task<RunningApp> StartAsync(ProxyFleet.Lease lease)
    {
        var image = await AppProject.Of(ShowsHeaders).CompileAsync(TestContext.Current.CancellationToken);
        return await RunningApp.StartAsync(image, Setup(lease), TestContext.Current.CancellationToken);
    }

    private static AppSetup Setup(ProxyFleet.Lease lease) => new()
    {
        Port = lease.Lane.AppPort,
        StrangerPort = lease.Lane.StrangerPort,
        ProxyAddress = IPAddress.Parse("10.0.0.2"),
    };
}
