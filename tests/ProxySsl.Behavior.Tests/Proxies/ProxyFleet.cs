using System;
using System.Collections.Concurrent;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using System.Threading.Channels;
using System.Threading.Tasks;
using ProxySsl.Behavior.Tests.Proxies;
using Xunit;

[assembly: AssemblyFixture(typeof(ProxyFleet))]

namespace ProxySsl.Behavior.Tests.Proxies;

/// <summary>
/// All proxies of a test run, each started once, when a test first asks for it, and stopped at the end. A test leases a lane: a pair of app
/// ports to which every proxy has a route of its own.
/// </summary>
public sealed class ProxyFleet : IAsyncLifetime
{
    /// <summary>The only host name that the proxies serve.</summary>
    public const string Host = "app.test";

    private static readonly ProxyKind[] Kinds = [ProxyKind.Nginx, ProxyKind.Apache, ProxyKind.HAProxy, ProxyKind.Caddy];

    private readonly ConcurrentDictionary<ProxyKind, Lazy<Task<ProxyProcess>>> _running = new();
    private readonly Channel<Lane> _free = Channel.CreateUnbounded<Lane>();
    private readonly Lane[] _lanes = [.. Enumerable.Range(0, Math.Clamp(Environment.ProcessorCount, 2, 4)).Select(_ => Lane.Create())];

    public ProxyFleet()
    {
        foreach (var lane in _lanes)
        {
            _free.Writer.TryWrite(lane);
        }
    }

    /// <summary>The certificate that every proxy shows.</summary>
    public ServerCertificate Certificate { get; } = ServerCertificate.For(Host);

    /// <summary>Whether a missing proxy fails a test; elsewhere it skips it with the reason.</summary>
    private static bool AllMustBeThere => string.Equals(Environment.GetEnvironmentVariable("CI"), "true", StringComparison.OrdinalIgnoreCase);

    /// <summary>Waits for a lane that no other test uses, and for the proxy to run. Skips the test where the proxy is not installed.</summary>
    public async Task<Lease> LeaseAsync(ProxyKind kind, CancellationToken cancellationToken)
    {
        var proxy = kind == ProxyKind.None ? null : await RunningAsync(kind).WaitAsync(cancellationToken).ConfigureAwait(false);
        var lane = await _free.Reader.ReadAsync(cancellationToken).ConfigureAwait(false);
        return new Lease(lane, kind, proxy, () => _free.Writer.TryWrite(lane));
    }

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public async ValueTask DisposeAsync()
    {
        foreach (var started in _running.Values)
        {
            try
            {
                await (await started.Value.ConfigureAwait(false)).DisposeAsync().ConfigureAwait(false);
            }
            catch (InvalidOperationException)
            {
                // It never came up, has been cleaned up, and its tests have failed with the reason.
                continue;
            }
        }
    }

    /// <summary>The file of an installed proxy. Skips the test where it is missing, with the reason; fails it where CI=true.</summary>
    public static string Executable(ProxyRecipe recipe)
    {
        var executable = recipe.FindExecutable();
        var reason = $"{recipe.Name} is not installed.";
        Assert.SkipWhen(executable is null && !AllMustBeThere, reason);
        return executable ?? throw new InvalidOperationException(reason + " CI=true allows no skipped test.");
    }

    private Task<ProxyProcess> RunningAsync(ProxyKind kind)
    {
        var recipe = ProxyRecipe.Of(kind);
        var executable = Executable(recipe);
        return _running.GetOrAdd(kind, k => new Lazy<Task<ProxyProcess>>(() =>
            ProxyProcess.StartAsync(recipe, executable, Certificate, [.. _lanes.Select(l => l.Routes[k])], CancellationToken.None))).Value;
    }

    /// <summary>The ports of an app, and every proxy's route to them.</summary>
    public sealed record Lane(int AppPort, int StrangerPort, IReadOnlyDictionary<ProxyKind, Route> Routes)
    {
        internal static Lane Create()
        {
            var app = PortPool.Take();
            return new Lane(app, PortPool.Take(), Kinds.ToDictionary(k => k, _ => new Route(PortPool.Take(), PortPool.Take(), app)));
        }
    }

    /// <summary>A lane for one test, behind one proxy, until it is disposed.</summary>
    public sealed record Lease(Lane Lane, ProxyKind Kind, ProxyProcess? Proxy, Action Return) : IDisposable
    {
        public void Dispose() => Return();
    }
}
