using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Text;
using System.Text.Json;
using System.Threading.Tasks;

namespace ProxySsl.Benchmarks.Cost;

/// <summary>
/// Measures every set in processes of their own, round after round so that a slow minute of the machine hits all of them, and prints
/// medians and spreads beside the yardsticks.
/// </summary>
internal static class CostRun
{
    private static readonly int[] Sizes = [10_000, 50_000, 150_000, 300_000, 600_000];

    internal static async Task<int> Run(Arguments arguments)
    {
        var rounds = arguments.Number("rounds", 5);
        var peerRounds = arguments.Number("peer-rounds", 1);
        var lines = arguments.Number("lines", 300_000);
        var sets = arguments.Text("sets")?.Split(',') ?? [.. AnalyzerSets.Names];
        string[] code = arguments.Text("source") is { } folder ? ["--source", Path.GetFullPath(folder)] : ["--lines", Invariant(lines)];

        var all = new List<Measurement>();
        for (var round = 0; round < Math.Max(rounds, peerRounds); round++)
        {
            foreach (var set in sets.Where(s => round < (AnalyzerSets.IsPeer(s) ? peerRounds : rounds)))
            {
                all.Add(await Measure(set, code));
            }
        }

        Console.WriteLine(Table($"Web application, {all[0].Lines:N0} lines", all));
        if (!arguments.Has("no-library"))
        {
            var library = new List<Measurement>();
            for (var round = 0; round < rounds; round++)
            {
                foreach (var set in sets.Where(s => s is AnalyzerSets.Bare or AnalyzerSets.Floor or AnalyzerSets.EmptyOperation or AnalyzerSets.All))
                {
                    library.Add(await Measure(set, ["--lines", Invariant(lines / 3), "--library"]));
                }
            }

            Console.WriteLine(Table($"Library without a web framework, {library[0].Lines:N0} lines", library));
        }

        if (!arguments.Has("no-growth"))
        {
            Console.WriteLine(await Growth());
        }

        return 0;
    }

    private static async Task<string> Growth()
    {
        var table = new StringBuilder("### Growth\n\n| lines | binding, CPU s | ours, execution s | execution / 100,000 lines | allocated above the floor, MB | / 100,000 lines |\n|---|---|---|---|---|---|\n");
        foreach (var size in Sizes)
        {
            string[] code = ["--lines", Invariant(size)];
            var bare = await Measure(AnalyzerSets.Bare, code);
            var floor = await Measure(AnalyzerSets.Floor, code);
            var ours = await Measure(AnalyzerSets.All, code);
            var per = ours.Lines / 100_000.0;
            var above = (ours.AllocatedBytes - floor.AllocatedBytes) / 1e6;
            table.AppendLine(CultureInfo.InvariantCulture, $"| {ours.Lines:N0} | {bare.CpuSeconds:F1} | {ours.ExecutionSeconds:F3} | {ours.ExecutionSeconds / per:F3} | {above:F1} | {above / per:F1} |");
        }

        return table.ToString();
    }

    private static string Table(string title, List<Measurement> all)
    {
        var sets = all.GroupBy(m => m.Set).ToList();
        var bare = sets.FirstOrDefault(g => g.Key == AnalyzerSets.Bare);
        var floor = sets.FirstOrDefault(g => g.Key == AnalyzerSets.Floor);
        var table = new StringBuilder($"### {title}\n\n");
        table.AppendLine("| set | runs | bind and analyse, CPU s (spread) | beside bare | allocated MB (spread) | beside the floor | own execution s (spread) | of binding | peak MB | reports |");
        table.AppendLine("|---|---|---|---|---|---|---|---|---|---|");
        foreach (var set in sets)
        {
            var cpu = set.Select(m => m.CpuSeconds).ToList();
            var allocated = set.Select(m => m.AllocatedBytes / 1e6).ToList();
            var execution = set.Select(m => m.ExecutionSeconds).ToList();
            var binding = bare is null ? 0 : Median(bare.Select(m => m.CpuSeconds));
            table.AppendLine(CultureInfo.InvariantCulture, $"| {set.Key} | {set.Count()} | {Median(cpu):F2} ({Spread(cpu, "F2")}) | {Beside(Median(cpu), bare?.Select(m => m.CpuSeconds))} | {Median(allocated):N0} ({Spread(allocated, "N0")}) | {Beside(Median(allocated), floor?.Select(m => m.AllocatedBytes / 1e6), "F2")} | {Median(execution):F3} ({Spread(execution, "F3")}) | {(binding > 0 ? (Median(execution) / binding).ToString("P2", CultureInfo.InvariantCulture) : "")} | {Median(set.Select(m => m.PeakBytes / 1e6)):N0} | {set.First().Reports} |");
        }

        return table.ToString();
    }

    private static string Beside(double value, IEnumerable<double>? yardstick, string format = "F1") =>
        yardstick is null ? "" : string.Create(CultureInfo.InvariantCulture, $"{(((value / Median(yardstick)) - 1) * 100).ToString("+0." + new string('0', format[1] - '0') + ";-0." + new string('0', format[1] - '0'), CultureInfo.InvariantCulture)} %");

    private static string Spread(List<double> values, string format) =>
        values.Min().ToString(format, CultureInfo.InvariantCulture) + "–" + values.Max().ToString(format, CultureInfo.InvariantCulture);

    private static double Median(IEnumerable<double> values)
    {
        var sorted = values.Order().ToArray();
        return sorted.Length % 2 == 1 ? sorted[sorted.Length / 2] : (sorted[(sorted.Length / 2) - 1] + sorted[sorted.Length / 2]) / 2;
    }

    private static async Task<Measurement> Measure(string set, string[] code)
    {
        var start = new ProcessStartInfo(Environment.ProcessPath!, [.. ArgumentsOfHost(), "measure", "--set", set, .. code]) { RedirectStandardOutput = true };
        start.Environment["DOTNET_TieredCompilation"] = "0";
        start.Environment["DOTNET_TieredPGO"] = "0";
        using var process = Process.Start(start)!;
        var output = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        if (process.ExitCode != 0)
        {
            throw new InvalidOperationException($"Measuring '{set}' failed: {output}");
        }

        Console.Error.WriteLine(output.Trim());
        return JsonSerializer.Deserialize<Measurement>(output.Trim().Split('\n')[^1])!;
    }

    private static IEnumerable<string> ArgumentsOfHost() =>
        Path.GetFileNameWithoutExtension(Environment.ProcessPath) == "dotnet" ? [typeof(CostRun).Assembly.Location] : [];

    private static string Invariant(int number) => number.ToString(CultureInfo.InvariantCulture);
}
