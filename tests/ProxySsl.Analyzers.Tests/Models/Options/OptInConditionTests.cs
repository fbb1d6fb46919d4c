using Xunit;
using static ProxySsl.Analyzers.Tests.Models.OptionsProgram;

namespace ProxySsl.Analyzers.Tests.Models;

/// <summary>Which conditions are switches that somebody turns on.</summary>
public class OptInConditionTests
{
    [Theory]
    [InlineData("flag")]
    [InlineData("(flag)")]
    [InlineData("!(!flag)")]
    [InlineData("flag && texts.Count == 0")]
    [InlineData("texts.Count == 0 && flag")]
    [InlineData("flag == true")]
    [InlineData("true == flag")]
    [InlineData("configuration[\"x\"] == \"true\"")]
    [InlineData("configuration[\"x\"] == \"On\"")]
    [InlineData("\"1\" == configuration[\"x\"]")]
    [InlineData("configuration[\"x\"]!.Equals(\"true\")")]
    [InlineData("\"true\".Equals(configuration[\"x\"], StringComparison.OrdinalIgnoreCase)")]
    [InlineData("string.Equals(configuration[\"x\"], \"yes\", StringComparison.OrdinalIgnoreCase)")]
    [InlineData("configuration.GetValue<bool>(\"x\")")]
    [InlineData("env.EnvironmentName == \"Local\"")]
    [InlineData("\"Local\" == env.EnvironmentName")]
    [InlineData("env.EnvironmentName.Equals(\"Local\")")]
    [InlineData("\"Local\".Equals(env.EnvironmentName)")]
    [InlineData("env.IsEnvironment(\"Local\")")]
    [InlineData("env.IsEnvironment(texts[0])")]
    [InlineData("new[] { \"Local\", \"Test\" }.Contains(env.EnvironmentName)")]
    [InlineData("once")]
    [InlineData("twice")]
    [InlineData("!never")]
    public void Is_a_switch(string condition) => Assert.Equal("switch", Judge($"if ({condition}) {{ PROBE }}"));

    [Theory]
    [InlineData("flag")]
    [InlineData("env.EnvironmentName == \"Local\"")]
    [InlineData("configuration[\"x\"] == \"true\"")]
    public void Is_one_that_is_off(string condition)
    {
        Assert.Equal("not certain", Judge($"if ({condition}) {{ }} else {{ PROBE }}"));
        Assert.Equal("not certain", Judge($"if (!({condition})) {{ PROBE }}"));
        Assert.Equal("switch", Judge($"if (!({condition})) {{ }} else {{ PROBE }}"));
    }

    [Theory]
    [InlineData("texts.Count > 0")]
    [InlineData("texts.Any()")]
    [InlineData("texts.Contains(\"a\")")]
    [InlineData("texts.All(t => t.Length > 0)")]
    [InlineData("texts.Exists(t => t.Length > 0)")]
    [InlineData("string.IsNullOrEmpty(configuration[\"x\"])")]
    [InlineData("!string.IsNullOrWhiteSpace(configuration[\"x\"])")]
    [InlineData("IPAddress.TryParse(texts[0], out _)")]
    [InlineData("texts is { Count: 1 }")]
    [InlineData("configuration[\"x\"] == null")]
    [InlineData("configuration[\"x\"] == \"no\"")]
    [InlineData("configuration[\"x\"] == \"false\"")]
    [InlineData("configuration[\"x\"] != \"true\"")]
    [InlineData("string.Equals(configuration[\"x\"], \"no\")")]
    [InlineData("flag == false")]
    [InlineData("flag || texts.Count == 0")]
    [InlineData("!(flag && other)")]
    [InlineData("texts.Count == 0 && texts.Capacity == 0")]
    [InlineData("env.EnvironmentName == \"Production\"")]
    [InlineData("env.IsEnvironment(\"production\")")]
    [InlineData("env.EnvironmentName != \"Local\"")]
    [InlineData("env.ApplicationName == \"Local\"")]
    [InlineData("new[] { \"Production\", \"Test\" }.Contains(env.EnvironmentName)")]
    [InlineData("texts.Contains(env.EnvironmentName)")]
    [InlineData("never")]
    [InlineData("counted")]
    public void Is_none(string condition) => Assert.Equal("not certain", Judge($"if ({condition}) {{ PROBE }}"));

    private static string Judge(string body)
    {
        var entry = Assert.Single(StateOf(
            "var once = flag; var twice = flag; twice = texts.Count > 0; var never = !flag; var counted = texts.Count > 0; "
            + body.Replace("PROBE", "o.KnownProxies.Add(IPAddress.Parse(\"10.0.0.9\"));", System.StringComparison.Ordinal)).Proxies.Entries);
        Assert.False(entry.IsCertain);
        return entry.IsOptIn ? "switch" : "not certain";
    }
}
