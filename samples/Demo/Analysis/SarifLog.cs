using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text.Json;

namespace ProxySsl.Demo.Analysis;

/// <summary>Reads the package's reports from the SARIF logs that the compiler writes.</summary>
internal static class SarifLog
{
    /// <summary>
    /// The reports of all logs below a folder, each once (a project with several target frameworks repeats its own), suppressed ones left out,
    /// and the rules they belong to.
    /// </summary>
    internal static (IReadOnlyList<Finding> Findings, IReadOnlyDictionary<string, Rule> Rules) ReadAll(string folder)
    {
        var findings = new HashSet<Finding>();
        var rules = new SortedDictionary<string, Rule>(StringComparer.Ordinal);
        foreach (var file in Directory.Exists(folder) ? Directory.GetFiles(folder, "*.sarif") : [])
        {
            using var log = JsonDocument.Parse(File.ReadAllText(file));
            foreach (var run in log.RootElement.GetProperty("runs").EnumerateArray())
            {
                ReadRules(run, rules);
                foreach (var result in run.GetProperty("results").EnumerateArray())
                {
                    if (IsOurs(result.GetProperty("ruleId").GetString()!) && !IsSuppressed(result))
                    {
                        findings.Add(ReadResult(result));
                    }
                }
            }
        }

        return (findings.OrderBy(f => f.File, StringComparer.Ordinal).ThenBy(f => f.Line).ThenBy(f => f.Column).ToList(), rules);
    }

    private static bool IsOurs(string rule) => rule.StartsWith("PSSL", StringComparison.Ordinal);

    private static bool IsSuppressed(JsonElement result) =>
        result.TryGetProperty("suppressions", out var suppressions) && suppressions.GetArrayLength() > 0;

    private static void ReadRules(JsonElement run, SortedDictionary<string, Rule> rules)
    {
        if (!run.GetProperty("tool").GetProperty("driver").TryGetProperty("rules", out var described))
        {
            return;
        }

        foreach (var rule in described.EnumerateArray())
        {
            var id = rule.GetProperty("id").GetString()!;
            if (IsOurs(id))
            {
                var title = rule.TryGetProperty("shortDescription", out var text) ? text.GetProperty("text").GetString()! : id;
                rules[id] = new Rule(id, title, rule.TryGetProperty("helpUri", out var uri) ? uri.GetString() : null);
            }
        }
    }

    private static Finding ReadResult(JsonElement result)
    {
        var (file, line, column) = ("", 0, 0);
        if (result.TryGetProperty("locations", out var locations) && locations.GetArrayLength() > 0)
        {
            var location = locations[0].GetProperty("physicalLocation");
            var region = location.GetProperty("region");
            file = new Uri(location.GetProperty("artifactLocation").GetProperty("uri").GetString()!).LocalPath;
            line = region.GetProperty("startLine").GetInt32();
            column = region.GetProperty("startColumn").GetInt32();
        }

        // SARIF leaves out a level that is "warning"
        var level = result.TryGetProperty("level", out var given) ? given.GetString()! : "warning";
        return new Finding(result.GetProperty("ruleId").GetString()!, level, file, line, column, result.GetProperty("message").GetProperty("text").GetString()!);
    }
}
