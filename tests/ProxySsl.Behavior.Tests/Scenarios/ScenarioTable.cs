using System.Collections.Generic;
using System.Linq;
using ProxySsl.Behavior.Tests.Proxies;
using Xunit;

namespace ProxySsl.Behavior.Tests.Scenarios;

/// <summary>All scenarios, in the order of the table that is made of them.</summary>
public static class ScenarioTable
{
    public static IReadOnlyList<Scenario> All { get; } = [.. HeaderScenarios.All, .. OptionScenarios.All, .. PipelineScenarios.All];

    public static TheoryData<string, string, ProxyKind> Headers => Rows(HeaderScenarios.All);

    public static TheoryData<string, string, ProxyKind> Options => Rows(OptionScenarios.All);

    public static TheoryData<string, string, ProxyKind> Pipeline => Rows(PipelineScenarios.All);

    private static TheoryData<string, string, ProxyKind> Rows(IEnumerable<Scenario> scenarios) =>
        [.. scenarios.SelectMany(s => s.Expected, (s, e) => new TheoryDataRow<string, string, ProxyKind>(s.Rule, s.Title, e.Front))];
}
