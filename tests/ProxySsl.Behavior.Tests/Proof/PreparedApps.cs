using System;
using System.Collections.Concurrent;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using ProxySsl.Behavior.Tests.Apps;
using ProxySsl.Behavior.Tests.Scenarios;
using Xunit;

namespace ProxySsl.Behavior.Tests.Proof;

/// <summary>
/// Both sides of a scenario, compiled: the flagged app, of which the package says exactly what the scenario claims, and the mended one, of
/// which it says nothing more. Made once for all proxies.
/// </summary>
public static class PreparedApps
{
    private static readonly ConcurrentDictionary<Scenario, Lazy<Task<byte[]>>> FlaggedApps = new();
    private static readonly ConcurrentDictionary<Scenario, Lazy<Task<byte[]>>> MendedApps = new();

    /// <summary>The app before the fix.</summary>
    public static Task<byte[]> FlaggedAsync(Scenario scenario) => Once(FlaggedApps, scenario, async () =>
    {
        var app = AppProject.Of(scenario.Flagged);
        await AssertReportsAsync(app, [scenario.Rule, .. scenario.AlsoReported]).ConfigureAwait(false);
        return await app.CompileAsync(CancellationToken.None).ConfigureAwait(false);
    });

    /// <summary>The app after the fix.</summary>
    public static Task<byte[]> MendedAsync(Scenario scenario) => Once(MendedApps, scenario, async () =>
    {
        var app = scenario.MendedByHand is { } source
            ? AppProject.Of(source)
            : await Repair.ApplyAsync(AppProject.Of(scenario.Flagged), scenario.Rule, scenario.Action, CancellationToken.None).ConfigureAwait(false);
        var image = await app.CompileAsync(CancellationToken.None).ConfigureAwait(false);
        await AssertReportsAsync(app, [.. scenario.AlsoReported, .. scenario.NextStep]).ConfigureAwait(false);
        return image;
    });

    private static Task<byte[]> Once(ConcurrentDictionary<Scenario, Lazy<Task<byte[]>>> apps, Scenario scenario, Func<Task<byte[]>> make) =>
        apps.GetOrAdd(scenario, _ => new Lazy<Task<byte[]>>(make)).Value;

    private static async Task AssertReportsAsync(AppProject app, IReadOnlyList<string> expected)
    {
        var reports = await Repair.ReportsAsync(app, CancellationToken.None).ConfigureAwait(false);
        Assert.True(
            expected.ToHashSet().SetEquals(reports.Select(r => r.Id)),
            $"Expected [{string.Join(", ", expected)}], but got:\n{string.Join('\n', reports)}\n\n{await app.TextAsync(CancellationToken.None).ConfigureAwait(false)}");
    }
}
