using System;
using System.Linq;
using System.Text;
using Xunit;

namespace ProxySsl.Analyzers.Tests.Conventions;

/// <summary>The presets that the package carries name every rule, with the severity that their name promises.</summary>
public class PresetTests
{
    [Theory]
    [InlineData("None", "no rule of the package")]
    [InlineData("Recommended", "the rules that are Info by default are warnings too")]
    [InlineData("All", "every rule is an error")]
    public void Preset_names_every_rule(string preset, string summary)
    {
        var text = new StringBuilder()
            .Append("# ProxySslAnalysisMode ").Append(preset).Append(": ").Append(summary).Append('\n')
            .Append("# Written from the rules; what a project's own .editorconfig or .globalconfig says about a rule wins.\n")
            .Append("is_global = true\n")
            .Append("global_level = -100\n");
        foreach (var family in Descriptors.All.GroupBy(d => d.Category))
        {
            text.Append("\n# ").Append(family.Key).Append('\n');
            foreach (var rule in family)
            {
                text.Append("\n# ").Append(rule.Title).Append('\n')
                    .Append("dotnet_diagnostic.").Append(rule.Id).Append(".severity = ").Append(SeverityIn(preset)).Append('\n');
            }
        }

        Repository.AssertGeneratedFile($"src/ProxySsl.Package/buildTransitive/presets/{preset}.globalconfig", text.ToString());
    }

    private static string SeverityIn(string preset) => preset switch
    {
        "None" => "none",
        "Recommended" => "warning",
        "All" => "error",
        _ => throw new ArgumentOutOfRangeException(nameof(preset), preset, "No such preset."),
    };
}
