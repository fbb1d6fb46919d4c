using System;
using System.IO;
using System.Linq;
using System.Text.Json;
using System.Threading.Tasks;
using ProxySsl.Analyzers;
using Xunit;

namespace ProxySsl.Package.Tests.Building;

/// <summary>The log for code scanning: SARIF 2.1 as the compiler writes it, with all that a viewer shows of a rule.</summary>
public class SarifTests(PackedPackage packed)
{
    private readonly ScenarioBuild _build = packed.Scenarios;

    [Fact]
    public async Task Log_is_complete()
    {
        Assert.NotEmpty(await _build.ReportsAsync(Scenarios.Plain));
        using var log = await LogOf(Scenarios.Plain);
        Assert.Equal("2.1.0", log.RootElement.GetProperty("version").GetString());
        Assert.Contains("sarif-2.1.0", log.RootElement.GetProperty("$schema").GetString());
        var run = log.RootElement.GetProperty("runs")[0];
        var rules = run.GetProperty("tool").GetProperty("driver").GetProperty("rules").EnumerateArray().ToArray();
        var results = ResultsOf(run);
        Assert.Equal(["PSSL1001 warning", "PSSL1003 note", "PSSL2001 warning", "PSSL3001 warning"], results.Select(Level).Order(StringComparer.Ordinal));
        foreach (var result in results)
        {
            var rule = rules[result.GetProperty("ruleIndex").GetInt32()];
            Assert.Equal(result.GetProperty("ruleId").GetString(), rule.GetProperty("id").GetString());
            AssertDescribed(rule);
            var location = result.GetProperty("locations")[0].GetProperty("physicalLocation");
            Assert.EndsWith("Program.cs", location.GetProperty("artifactLocation").GetProperty("uri").GetString());
            Assert.True(location.GetProperty("region").GetProperty("startLine").GetInt32() > 1);
            Assert.NotEmpty(result.GetProperty("message").GetProperty("text").GetString()!);
        }
    }

    [Fact]
    public async Task Log_has_what_a_warning_leaves_to_a_person_as_a_note()
    {
        Assert.Empty(await _build.ReportsAsync(Scenarios.OnMachine));
        using var log = await LogOf(Scenarios.OnMachine);
        Assert.Equal(["PSSL2002 note"], ResultsOf(log.RootElement.GetProperty("runs")[0]).Select(Level));
    }

    private async Task<JsonDocument> LogOf(string scenario) =>
        JsonDocument.Parse(await File.ReadAllTextAsync(Path.Combine(_build[scenario], "log.sarif"), TestContext.Current.CancellationToken));

    private static JsonElement[] ResultsOf(JsonElement run) =>
        [.. run.GetProperty("results").EnumerateArray().Where(r => r.GetProperty("ruleId").GetString()!.StartsWith("PSSL", StringComparison.Ordinal))];

    private static string Level(JsonElement result) =>
        $"{result.GetProperty("ruleId")} {(result.TryGetProperty("level", out var level) ? level.GetString() : "warning")}";

    private static void AssertDescribed(JsonElement rule)
    {
        var descriptor = Descriptors.All.Single(d => d.Id == rule.GetProperty("id").GetString());
        Assert.Equal(descriptor.Title.ToString(), rule.GetProperty("shortDescription").GetProperty("text").GetString());
        Assert.Equal(descriptor.Description.ToString(), rule.GetProperty("fullDescription").GetProperty("text").GetString());
        Assert.Equal(descriptor.HelpLinkUri, rule.GetProperty("helpUri").GetString());
        var properties = rule.GetProperty("properties");
        Assert.Equal(descriptor.Category, properties.GetProperty("category").GetString());
        var cwe = descriptor.CustomTags.Where(t => t.StartsWith("CWE-", StringComparison.Ordinal)).ToArray();
        Assert.All(cwe, tag => Assert.Contains(properties.GetProperty("tags").EnumerateArray(), t => t.GetString() == tag));
    }
}
