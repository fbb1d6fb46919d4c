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
    [InlineData("env.EnvironmentName is \"Local\" or \"Docker\"")]
    [InlineData("env.EnvironmentName != \"Production\"")]
    [InlineData("env.EnvironmentName is not \"Production\"")]
    [InlineData("flag is true")]
    [InlineData("new Settings() is { TrustAll: true }")]
    [InlineData("new Settings().Mode == Mode.Everybody")]
    [InlineData("new Settings().Name == \"trust-all\"")]
    [InlineData("string.Equals(new Settings().Name, \"trust-all\", StringComparison.OrdinalIgnoreCase)")]
    [InlineData("configuration[\"x\"] == \"open\"")]
    [InlineData("Environment.GetEnvironmentVariable(\"TRUST_ALL\") is not null")]
    [InlineData("Environment.GetEnvironmentVariable(\"TRUST_ALL\") != null")]
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
    [InlineData("env.EnvironmentName is \"Local\" or \"Production\"")]
    [InlineData("new Settings() is { TrustAll: false }")]
    [InlineData("new Settings().Mode == Mode.Nobody")]
    [InlineData("string.Equals(configuration[\"x\"], \"no\", StringComparison.OrdinalIgnoreCase)")]
    [InlineData("configuration[\"x\"] is not null")]
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
    [InlineData("env.IsEnvironment(texts[0]) == false")]
    [InlineData("env.EnvironmentName != \"Local\"")]
    [InlineData("env.ApplicationName == \"Local\"")]
    [InlineData("new[] { \"Production\", \"Test\" }.Contains(env.EnvironmentName)")]
    [InlineData("texts.Contains(env.EnvironmentName)")]
    [InlineData("never")]
    [InlineData("counted")]
    public void Is_none(string condition) => Assert.Equal("not certain", Judge($"if ({condition}) {{ PROBE }}"));

    [Theory]
    [InlineData("switch (env.EnvironmentName) { case \"Development\": case \"Local\": PROBE break; }", "switch")]
    [InlineData("switch (env.EnvironmentName) { case \"Local\": break; default: PROBE break; }", "not certain")]
    [InlineData("switch (new Settings().Mode) { case Mode.Everybody: PROBE break; }", "switch")]
    [InlineData("switch (texts.Count) { case 0: PROBE break; }", "not certain")]
    [InlineData("o.KnownProxies.Add(flag ? IPAddress.Parse(\"10.0.0.9\") : peer);", "switch")]
    [InlineData("o.KnownProxies.Add(flag ? peer : IPAddress.Parse(\"10.0.0.9\"));", "not certain")]
    public void A_case_or_a_choice(string body, string expected) => Assert.Equal(expected, Judge(body));

    private static string Judge(string body)
    {
        var entry = Assert.Single(StateOf(
            "var once = flag; var twice = flag; twice = texts.Count > 0; var never = !flag; var counted = texts.Count > 0; "
            + body.Replace("PROBE", "o.KnownProxies.Add(IPAddress.Parse(\"10.0.0.9\"));", System.StringComparison.Ordinal)).Proxies.Entries);
        Assert.False(entry.IsCertain);
        return entry.IsOptIn ? "switch" : "not certain";
    }
}
