using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using ProxySsl.Demo.Analysis;
using ProxySsl.Demo.Running;

namespace ProxySsl.Demo;

/// <summary>Analyses the user's own code and prints the findings by rule.</summary>
internal static class AnalyzeCommand
{
    /// <returns>The exit code: not zero where findings remain.</returns>
    internal static async Task<int> RunAsync(string target, bool fix, TextWriter output, CancellationToken cancellationToken)
    {
        var folder = Path.GetDirectoryName(target)!;
        await Dotnet.RequireSdkAsync(folder, cancellationToken);
        using var temporary = new TemporaryFolder("analysis");
        var analysis = new TargetAnalysis(target, temporary);
        var progress = new Progress(output, fix ? 3 : 1);

        var (findings, rules) = await progress.StepAsync(
            $"Analysing {Path.GetFileName(target)} as it is", () => analysis.RunAsync(p => output.Write($"{p} "), cancellationToken));
        Print(findings, rules, folder, output);
        if (!fix || findings.Count == 0)
        {
            return findings.Count == 0 ? ExitCodes.Clean : ExitCodes.FindingsRemain;
        }

        await progress.StepAsync("Applying the fixes", async () =>
        {
            await analysis.FixAsync(findings.Select(f => f.Rule).Distinct(), cancellationToken);
            return true;
        });
        var before = findings.Count;
        (findings, rules) = await progress.StepAsync("Analysing the result", () => analysis.RunAsync(p => output.Write($"{p} "), cancellationToken));
        output.WriteLine($"{before} findings before, {findings.Count} after.");
        Print(findings, rules, folder, output);
        return findings.Count == 0 ? ExitCodes.Clean : ExitCodes.FindingsRemain;
    }

    private static void Print(IReadOnlyList<Finding> findings, IReadOnlyDictionary<string, Rule> rules, string folder, TextWriter output)
    {
        output.WriteLine();
        if (findings.Count == 0)
        {
            output.WriteLine("Nothing found.");
            return;
        }

        foreach (var group in findings.GroupBy(f => f.Rule).OrderBy(g => g.Key, StringComparer.Ordinal))
        {
            var rule = rules.TryGetValue(group.Key, out var known) ? known : new Rule(group.Key, "", null);
            output.WriteLine($"{rule.Id} {rule.Title} ({Count(group.Count(), "finding")})");
            foreach (var finding in group)
            {
                var place = finding.File.Length == 0 ? "" : $"{Path.GetRelativePath(folder, finding.File)}({finding.Line},{finding.Column}): ";
                output.WriteLine($"    {place}{finding.Level}: {finding.Message}");
            }

            output.WriteLine($"    page: docs/rules/{rule.Id}.md{(rule.HelpUri is null ? "" : ", " + rule.HelpUri)}");
            output.WriteLine();
        }

        var files = findings.Select(f => f.File).Distinct().Count();
        output.WriteLine($"{Count(findings.Count, "finding")} of {Count(findings.Select(f => f.Rule).Distinct().Count(), "rule")} in {Count(files, "file")}.");
    }

    private static string Count(int number, string noun) => $"{number} {noun}{(number == 1 ? "" : "s")}";
}
