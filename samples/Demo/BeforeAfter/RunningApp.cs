using System;
using System.Collections.Generic;
using System.IO;
using System.Net.Http;
using System.Threading;
using System.Threading.Tasks;
using ProxySsl.Demo.Running;

namespace ProxySsl.Demo.BeforeAfter;

/// <summary>A built app, running; disposing ends it.</summary>
internal sealed class RunningApp : IAsyncDisposable
{
    private static readonly TimeSpan StartLimit = TimeSpan.FromSeconds(60);

    private readonly ChildProcess _process;

    private RunningApp(ChildProcess process, Uri forProxy, Uri forAnyone)
    {
        _process = process;
        ForProxy = forProxy;
        ForAnyone = forAnyone;
    }

    /// <summary>Where the proxy connects.</summary>
    internal Uri ForProxy { get; }

    /// <summary>Where somebody connects who goes past the proxy.</summary>
    internal Uri ForAnyone { get; }

    /// <summary>
    /// Starts an app as it would run behind the proxy, with the proxy's address in its configuration. With <paramref name="httpsPort"/> it
    /// redirects to HTTPS; without, the framework's redirect is off, so that the other answers can be looked at.
    /// </summary>
    internal static async Task<RunningApp> StartAsync(string assembly, int? httpsPort, CancellationToken cancellationToken)
    {
        var forProxy = Network.FreePort();
        var forAnyone = Network.FreePort();
        var hook = typeof(RunningApp).Assembly.Location;
        var environment = new Dictionary<string, string?>
        {
            ["DOTNET_STARTUP_HOOKS"] = hook,
            ["ASPNETCORE_HOSTINGSTARTUPASSEMBLIES"] = Path.GetFileNameWithoutExtension(hook),
            [PeerAddresses.Variable] = $"{forProxy}={Network.Proxy};{forAnyone}={Network.Attacker}",
            ["ASPNETCORE_ENVIRONMENT"] = "Production",
            ["ASPNETCORE_URLS"] = $"http://127.0.0.1:{forProxy};http://127.0.0.1:{forAnyone}",
            ["ASPNETCORE_HTTPS_PORT"] = httpsPort?.ToString(),
            ["ASPNETCORE_HTTPS_PORTS"] = null,
            ["ASPNETCORE_HTTP_PORTS"] = null,
            ["ASPNETCORE_FORWARDEDHEADERS_ENABLED"] = null,
            ["ForwardedHeaders__KnownProxies__0"] = Network.Proxy,
        };
        var process = ChildProcess.Start(Dotnet.Program, [assembly], Path.GetDirectoryName(assembly)!, environment);
        var app = new RunningApp(process, new Uri($"http://127.0.0.1:{forProxy}"), new Uri($"http://127.0.0.1:{forAnyone}"));
        try
        {
            await app.WaitUntilItAnswersAsync(cancellationToken);
            return app;
        }
        catch
        {
            await app.DisposeAsync();
            throw;
        }
    }

    public ValueTask DisposeAsync() => _process.DisposeAsync();

    private async Task WaitUntilItAnswersAsync(CancellationToken cancellationToken)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(StartLimit);
        using var client = new HttpClient(new HttpClientHandler { AllowAutoRedirect = false });
        while (true)
        {
            if (_process.HasExited)
            {
                throw new DemoException($"The app ended as it started:\n{_process.Output}", ExitCodes.CannotBuild);
            }

            try
            {
                using var answer = await client.GetAsync(ForProxy, limit.Token);
                return;
            }
            catch (HttpRequestException)
            {
                await Task.Delay(50, limit.Token);
            }
            catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
            {
                throw new DemoException($"The app did not answer within {StartLimit.TotalSeconds} seconds:\n{_process.Output}", ExitCodes.CannotBuild);
            }
        }
    }
}
