using System.Collections.Generic;
using System.Linq;
using System.Threading.Tasks;
using ProxySsl.Behavior.Tests.Apps;
using ProxySsl.Behavior.Tests.Order;
using ProxySsl.Behavior.Tests.Proof;
using ProxySsl.Behavior.Tests.Proxies;
using ProxySsl.Behavior.Tests.Visits;
using Xunit;

namespace ProxySsl.Behavior.Tests;

/// <summary>
/// Shows for the framework's middleware, one after the other, whether its place before or after UseForwardedHeaders makes a difference.
/// </summary>
public sealed class OrderTests(ProxyFleet fleet, ProofDocument document)
{
    private static readonly string[] OrderRules = ["PSSL3001", "PSSL3002", "PSSL3003"];

    public static TheoryData<string> ReadAtOnce => Methods(OrderProbes.ReadAtOnce);

    public static TheoryData<string> ReadLater => Methods(OrderProbes.ReadLater);

    [Theory]
    [MemberData(nameof(ReadAtOnce))]
    public async Task Must_come_after_UseForwardedHeaders(string method)
    {
        var probe = OrderProbes.ReadAtOnce.Single(p => p.Method == method);
        Assert.NotEqual(probe.Before, probe.After);
        var reports = await Repair.ReportsAsync(AppProject.Of(probe.Program(first: true)), TestContext.Current.CancellationToken);
        Assert.Contains(reports, r => OrderRules.Contains(r.Id));
        await ProbeAsync(probe);
    }

    [Theory]
    [MemberData(nameof(ReadLater))]
    public async Task May_come_before_UseForwardedHeaders(string method)
    {
        var probe = OrderProbes.ReadLater.Single(p => p.Method == method);
        Assert.Equal(probe.Before, probe.After);
        await ProbeAsync(probe);
    }

    private async Task ProbeAsync(OrderProbe probe)
    {
        using var lease = await fleet.LeaseAsync(ProxyKind.None, TestContext.Current.CancellationToken);
        var before = await ObserveAsync(probe, first: true, lease);
        Assert.Equal(probe.Before, before);
        var after = await ObserveAsync(probe, first: false, lease);
        Assert.Equal(probe.After, after);
        document.Record(probe, before, after);
    }

    private async Task<string> ObserveAsync(OrderProbe probe, bool first, ProxyFleet.Lease lease)
    {
        var cancellationToken = TestContext.Current.CancellationToken;
        var setup = new AppSetup { Port = lease.Lane.AppPort, StrangerPort = lease.Lane.StrangerPort, Files = probe.Files };
        await using var app = await RunningApp.StartAsync(await AppProject.Of(probe.Program(first)).CompileAsync(cancellationToken), setup, cancellationToken);
        using var visit = new Visit(lease, fleet.Certificate, () => app.Log, cancellationToken);
        return await probe.Observe(visit);
    }

    private static TheoryData<string> Methods(IEnumerable<OrderProbe> probes) => new(probes.Select(p => p.Method));
}
