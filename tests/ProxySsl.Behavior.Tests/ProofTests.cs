using System;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using Microsoft.CodeAnalysis;
using ProxySsl.Analyzers.Tests.Verification;
using ProxySsl.Behavior.Tests;
using ProxySsl.Behavior.Tests.Apps;
using ProxySsl.Behavior.Tests.Proof;
using ProxySsl.Behavior.Tests.Proxies;
using ProxySsl.Behavior.Tests.Scenarios;
using ProxySsl.Behavior.Tests.Visits;
using Xunit;

[assembly: AssemblyFixture(typeof(ProofDocument))]

namespace ProxySsl.Behavior.Tests;

/// <summary>Runs the scenarios: flagged app, the failure; mended app, the failure gone. One class a family, so that families run side by side.</summary>
public abstract class ProofTests(ProxyFleet fleet, ProofDocument document)
{
    private protected async Task ProveAsync(string rule, string title, ProxyKind front)
    {
        var scenario = ScenarioTable.All.Single(s => s.Rule == rule && s.Title == title);
        var expected = scenario.Expected.Single(e => e.Front == front);
        using var lease = await fleet.LeaseAsync(front, TestContext.Current.CancellationToken);

        var before = await ObserveAsync(scenario, await PreparedApps.FlaggedAsync(scenario), lease);
        Assert.Equal(expected.Before, before);
        var after = await ObserveAsync(scenario, await PreparedApps.MendedAsync(scenario), lease);
        Assert.Equal(expected.After, after);

        document.Record(scenario, front, before, after);
    }

    private async Task<string> ObserveAsync(Scenario scenario, byte[] image, ProxyFleet.Lease lease)
    {
        var cancellationToken = TestContext.Current.CancellationToken;
        RunningApp app;
        try
        {
            app = await RunningApp.StartAsync(image, scenario.On(lease.Lane), cancellationToken);
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            TestContext.Current.TestOutputHelper?.WriteLine(e.ToString());
            return $"does not start: {e.GetType().Name}";
        }

        await using (app)
        {
            using var visit = new Visit(lease, fleet.Certificate, () => app.Log, cancellationToken);
            try
            {
                return await scenario.Observe(visit);
            }
            finally
            {
                TestContext.Current.TestOutputHelper?.WriteLine(app.Log);
            }
        }
    }
}

public sealed class HeaderProofTests(ProxyFleet fleet, ProofDocument document) : ProofTests(fleet, document)
{
    [Theory]
    [MemberData(nameof(ScenarioTable.Headers), MemberType = typeof(ScenarioTable))]
    public Task The_fix_takes_the_failure_away(string rule, string title, ProxyKind front) => ProveAsync(rule, title, front);
}

public sealed class OptionProofTests(ProxyFleet fleet, ProofDocument document) : ProofTests(fleet, document)
{
    [Theory]
    [MemberData(nameof(ScenarioTable.Options), MemberType = typeof(ScenarioTable))]
    public Task The_fix_takes_the_failure_away(string rule, string title, ProxyKind front) => ProveAsync(rule, title, front);
}

public sealed class PipelineProofTests(ProxyFleet fleet, ProofDocument document) : ProofTests(fleet, document)
{
    [Theory]
    [MemberData(nameof(ScenarioTable.Pipeline), MemberType = typeof(ScenarioTable))]
    public Task The_fix_takes_the_failure_away(string rule, string title, ProxyKind front) => ProveAsync(rule, title, front);
}

/// <summary>What the table as a whole must be.</summary>
public sealed class ProofTableTests(ProofDocument document)
{
    private static readonly string[] Families = ["ProxySsl.Headers", "ProxySsl.Options", "ProxySsl.Pipeline"];

    [Fact]
    public void The_committed_table_has_every_scenario() => document.AssertComplete();

    [Fact]
    public void Every_rule_that_warns_has_a_scenario()
    {
        var warning = Product.Analyzers
            .SelectMany(a => a.SupportedDiagnostics)
            .Where(d => d.DefaultSeverity == DiagnosticSeverity.Warning && Families.Contains(d.Category))
            .Select(d => d.Id)
            .Distinct();
        Assert.Empty(warning.Except(ScenarioTable.All.Select(s => s.Rule)));
    }

    [Fact]
    public void Every_proxy_stands_in_front_of_every_family()
    {
        foreach (var family in ScenarioTable.All.GroupBy(s => s.Rule[..5]))
        {
            ProxyKind[] all = [ProxyKind.Nginx, ProxyKind.Apache, ProxyKind.HAProxy, ProxyKind.Caddy];
            Assert.Empty(all.Except(family.SelectMany(s => s.Expected).Select(e => e.Front)));
        }
    }
}
