using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.IO;
using System.Linq;
using System.Net;
using System.Net.Sockets;
using System.Threading;
using System.Threading.Tasks;

namespace ProxySsl.Behavior.Tests.Proxies;

/// <summary>
/// A proxy that runs. A shell stands between it and the tests and waits for the end of its own input, which comes when the tests close it and
/// also when they are killed: then it ends the proxy and removes the folder. So nothing is left behind, whatever happens to the tests.
/// </summary>
public sealed class ProxyProcess : IAsyncDisposable
{
    private const string Guard = """
        folder=$1; shift
        "$@" </dev/null >"$folder/output.log" 2>&1 &
        proxy=$!
        exec 2>/dev/null
        cat >/dev/null
        kill -TERM $proxy
        ( sleep 5; kill -KILL $proxy ) &
        killer=$!
        wait $proxy
        kill $killer
        rm -rf -- "$folder"
        """;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly Process _guard;

    private ProxyProcess(Process guard, string folder)
    {
        _guard = guard;
        Folder = folder;
    }

    /// <summary>Where its configuration, its key and its logs are while it runs.</summary>
    public string Folder { get; }

    /// <summary>What it has written, to its logs and to the console.</summary>
    public string Log => string.Join('\n', Directory.GetFiles(Folder, "*.log").Select(f => $"--- {Path.GetFileName(f)}\n{File.ReadAllText(f)}"));

    /// <summary>Starts a proxy and waits until all its ports answer. Throws, with its log, where it does not come up.</summary>
    public static async Task<ProxyProcess> StartAsync(
        ProxyRecipe recipe, string executable, ServerCertificate certificate, IReadOnlyList<Route> routes, CancellationToken cancellationToken)
    {
        var folder = Directory.CreateTempSubdirectory($"proxyssl-{recipe.Kind.ToString().ToLowerInvariant()}-").FullName;
        certificate.WriteTo(folder);
        var start = new ProcessStartInfo("/bin/sh") { RedirectStandardInput = true, WorkingDirectory = folder };
        foreach (var argument in (string[])["-c", Guard, "guard", folder, executable, .. recipe.Configure(folder, executable, routes)])
        {
            start.ArgumentList.Add(argument);
        }

        // Caddy looks for its home in these, and has no business in the user's.
        start.Environment["HOME"] = start.Environment["XDG_CONFIG_HOME"] = start.Environment["XDG_DATA_HOME"] = folder;
        var proxy = new ProxyProcess(Process.Start(start)!, folder);
        try
        {
            foreach (var port in routes.SelectMany(r => (int[])[r.HttpPort, r.HttpsPort]))
            {
                await WaitForAsync(port, cancellationToken).ConfigureAwait(false);
            }

            return proxy;
        }
        catch (Exception e)
        {
            var log = proxy.Log;
            await proxy.DisposeAsync().ConfigureAwait(false);
            throw new InvalidOperationException($"{recipe.Name} did not start.\n{log}", e);
        }
    }

    /// <summary>Ends the proxy and waits until it is gone.</summary>
    public async ValueTask DisposeAsync()
    {
        _guard.StandardInput.Close();
        using var patience = new CancellationTokenSource(Patience);
        try
        {
            await _guard.WaitForExitAsync(patience.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            _guard.Kill(entireProcessTree: true);
        }

        _guard.Dispose();
    }

    private static async Task WaitForAsync(int port, CancellationToken cancellationToken)
    {
        for (var waited = Stopwatch.StartNew(); ;)
        {
            try
            {
                using var client = new TcpClient();
                await client.ConnectAsync(IPAddress.Loopback, port, cancellationToken).ConfigureAwait(false);
                return;
            }
            catch (SocketException) when (waited.Elapsed < Patience)
            {
                await Task.Delay(50, cancellationToken).ConfigureAwait(false);
            }
        }
    }
}
