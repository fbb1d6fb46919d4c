using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.IO;
using System.Linq;
using System.Net;
using System.Reflection;
using System.Runtime.Loader;
using System.Threading;
using System.Threading.Tasks;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace ProxySsl.Behavior.Tests.Apps;

/// <summary>
/// A compiled app, loaded beside the tests and running as it would on its own: its entry point is called, and the host's diagnostic events
/// (the ones that <c>WebApplicationFactory</c> and the design-time tools listen to) hand over its host.
/// </summary>
public sealed class RunningApp : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly AssemblyLoadContext _context;
    private readonly HostCapture _capture;
    private readonly Thread _thread;
    private readonly string _contentRoot;

    private RunningApp(AssemblyLoadContext context, HostCapture capture, Thread thread, string contentRoot)
    {
        _context = context;
        _capture = capture;
        _thread = thread;
        _contentRoot = contentRoot;
    }

    /// <summary>What the app has logged.</summary>
    public string Log => _capture.Log.ToString();

    /// <summary>Starts an app. Throws what its entry point throws where it does not start.</summary>
    public static async Task<RunningApp> StartAsync(byte[] image, AppSetup setup, CancellationToken cancellationToken)
    {
        var contentRoot = Directory.CreateTempSubdirectory("proxyssl-app-").FullName;
        foreach (var (path, content) in setup.Files)
        {
            var file = Path.Combine(contentRoot, path);
            Directory.CreateDirectory(Path.GetDirectoryName(file)!);
            await File.WriteAllTextAsync(file, content, cancellationToken).ConfigureAwait(false);
        }

        string[] arguments =
        [
            $"--urls=http://127.0.0.1:{setup.Port};http://127.0.0.1:{setup.StrangerPort}",
            "--environment=Production",
            $"--contentRoot={contentRoot}",
            .. setup.Configuration.Select(c => $"--{c.Key}={c.Value}"),
        ];
        var context = new AssemblyLoadContext("App", isCollectible: true);
        var capture = new HostCapture(setup);
        var entryPoint = context.LoadFromStream(new MemoryStream(image)).EntryPoint ?? throw new InvalidOperationException("The app has no entry point.");
        var thread = new Thread(() => capture.Run(entryPoint, arguments)) { IsBackground = true, Name = "App" };
        thread.Start();
        var app = new RunningApp(context, capture, thread, contentRoot);
        try
        {
            await capture.Started.WaitAsync(Patience, cancellationToken).ConfigureAwait(false);
            return app;
        }
        catch
        {
            await app.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }

    /// <summary>Stops the app as a shutdown does, and takes its files away.</summary>
    public async ValueTask DisposeAsync()
    {
        if (_capture.Host is { } host)
        {
            using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(5));
            await host.StopAsync(patience.Token).ConfigureAwait(false);
        }

        _thread.Join(Patience);
        _context.Unload();
        Directory.Delete(_contentRoot, recursive: true);
    }

    /// <summary>Listens for the host that is built on the thread of one app.</summary>
    private sealed class HostCapture(AppSetup setup) : IObserver<DiagnosticListener>, IObserver<KeyValuePair<string, object?>>
    {
        private static readonly AsyncLocal<HostCapture?> Current = new();

        private readonly TaskCompletionSource _started = new(TaskCreationOptions.RunContinuationsAsynchronously);

        internal Task Started => _started.Task;

        internal IHost? Host { get; private set; }

        internal LogLines Log { get; } = new();

        internal void Run(MethodInfo entryPoint, string[] arguments)
        {
            Current.Value = this;
            using var subscription = DiagnosticListener.AllListeners.Subscribe(this);
            try
            {
                entryPoint.Invoke(null, BindingFlags.DoNotWrapExceptions, null, entryPoint.GetParameters().Length == 0 ? [] : [arguments], null);
                _started.TrySetException(new InvalidOperationException("The app ended before it had started."));
            }
            catch (Exception e)
            {
                // The failure of the app is an observation: the waiting test gets it.
                _started.TrySetException(e);
            }
        }

        public void OnNext(DiagnosticListener value)
        {
            if (value.Name == "Microsoft.Extensions.Hosting")
            {
                value.Subscribe(this);
            }
        }

        public void OnNext(KeyValuePair<string, object?> value)
        {
            if (Current.Value != this)
            {
                return;
            }

            if (value is { Key: "HostBuilding", Value: IHostBuilder builder })
            {
                builder.ConfigureServices(Prepare);
            }
            else if (value is { Key: "HostBuilt", Value: IHost host })
            {
                Host = host;
                host.Services.GetRequiredService<IHostApplicationLifetime>().ApplicationStarted.Register(() => _started.TrySetResult());
            }
        }

        public void OnCompleted()
        {
        }

        public void OnError(Exception error)
        {
        }

        private void Prepare(IServiceCollection services)
        {
            services.AddSingleton<IHostLifetime, QuietLifetime>();
            services.AddLogging(logging => logging.ClearProviders().AddProvider(Log).AddFilter<LogLines>(null, LogLevel.Information));
            services.Configure<KestrelServerOptions>(kestrel => kestrel.ConfigureEndpointDefaults(endpoint => endpoint.Use(next => connection =>
            {
                var peer = endpoint.IPEndPoint?.Port == setup.StrangerPort ? setup.StrangerAddress : setup.ProxyAddress;
                if (peer is not null && connection.RemoteEndPoint is IPEndPoint real)
                {
                    connection.RemoteEndPoint = new IPEndPoint(peer, real.Port);
                }

                return next(connection);
            })));
        }
    }

    /// <summary>A lifetime that listens to no signal: those are for the tests.</summary>
    private sealed class QuietLifetime : IHostLifetime
    {
        public Task WaitForStartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

        public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    }
}
