using System.Collections.Generic;
using System.Linq;
using System.Text.RegularExpressions;

namespace ProxySsl.Demo.Analysis;

/// <summary>Reads reports from what a build prints.</summary>
internal static partial class CompilerOutput
{
    /// <summary>Reports of rules whose ID starts with <paramref name="prefix"/>, each once: a build prints them again in its summary.</summary>
    internal static IReadOnlyList<Finding> Read(string output, string prefix = "") => Report()
        .Matches(output)
        .Where(m => m.Groups["id"].Value.StartsWith(prefix, System.StringComparison.Ordinal))
        .Select(m => new Finding(
            m.Groups["id"].Value,
            m.Groups["level"].Value,
            m.Groups["file"].Value,
            m.Groups["line"].Success ? int.Parse(m.Groups["line"].Value) : 0,
            m.Groups["column"].Success ? int.Parse(m.Groups["column"].Value) : 0,
            m.Groups["message"].Value))
        .Distinct()
        .ToList();

    [GeneratedRegex(
        @"^\s*(?<file>[^\s:(][^:(\n]*?)(\((?<line>\d+),(?<column>\d+)(,\d+,\d+)?\))?\s*: (?<level>error|warning|info) (?<id>[A-Z]+\d+): (?<message>.*?)( \(https?://\S+\))?( \[[^\]\n]+\])?$",
        RegexOptions.Multiline)]
    private static partial Regex Report();
}
