using System.Collections.Generic;
using System.Linq;
using ProxySsl.Behavior.Tests.Proxies;
using Xunit;

namespace ProxySsl.Behavior.Tests.Scenarios;

/// <summary>All scenarios, in the order of the table that is made of them.</summary>
public static class ScenarioTable
{
    /// <summary>Rules that do not report yet.</summary>
    internal static IReadOnlyList<string> Waiting { get; } =
        ["PSSL2"];

    public static IReadOnlyList<Scenario> All { get; } =
        [.. HeaderScenarios.All.Where(IsReady), .. OptionScenarios.All.Where(IsReady), .. PipelineScenarios.All.Where(IsReady)];

    public static TheoryData<string, string, ProxyKind> Headers => Rows(HeaderScenarios.All.Where(IsReady));

    public static TheoryData<string, string, ProxyKind> Options => Rows(OptionScenarios.All.Where(IsReady));

    public static TheoryData<string, string, ProxyKind> Pipeline => Rows(PipelineScenarios.All.Where(IsReady));

    private static bool IsReady(Scenario scenario) => !Waiting.Any(scenario.Rule.StartsWith);

    private static TheoryData<string, string, ProxyKind> Rows(IEnumerable<Scenario> scenarios) =>
        [.. scenarios.SelectMany(s => s.Expected, (s, e) => new TheoryDataRow<string, string, ProxyKind>(s.Rule, s.Title, e.Front))];
}
