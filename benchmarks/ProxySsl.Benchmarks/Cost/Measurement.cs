using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.Diagnostics;
using System.Linq;
using System.Text.Json;
using System.Threading;
using System.Threading.Tasks;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace ProxySsl.Benchmarks.Cost;

/// <summary>What one run of one set over one code base cost, in a process of its own.</summary>
/// <param name="Set">The name of the set.</param>
/// <param name="Lines">The lines of the code base.</param>
/// <param name="WallSeconds">Binding and analysis in one pass, by the clock.</param>
/// <param name="CpuSeconds">The same by the processor time of the process, which other processes disturb less.</param>
/// <param name="AllocatedBytes">What that pass allocated.</param>
/// <param name="PeakBytes">The largest working set of the process.</param>
/// <param name="ExecutionSeconds">The analyzers' own execution time by the compiler's telemetry, in a second pass.</param>
/// <param name="Reports">The diagnostics of the analyzers; of the bare compilation, its errors.</param>
internal sealed record Measurement(
    string Set, int Lines, double WallSeconds, double CpuSeconds, long AllocatedBytes, long PeakBytes, double ExecutionSeconds, int Reports)
{
    /// <summary>Measures in this process and prints the result as JSON; the process is expected to have tiered compilation off.</summary>
    internal static async Task<int> RunInThisProcess(Arguments arguments)
    {
        var set = arguments.Text("set") ?? AnalyzerSets.All;
        var codeBase = CodeBaseOf(arguments);

        // Every path is compiled once before it is measured; what is measured is the work, not the just-in-time compiler.
        await Pass(arguments.Has("library") ? CodeBase.Library(3_000) : CodeBase.Web(3_000), set);
        Console.WriteLine(JsonSerializer.Serialize(await Pass(codeBase, set)));
        return 0;
    }

    /// <summary>The code base that the arguments name.</summary>
    internal static CodeBase CodeBaseOf(Arguments arguments)
    {
        var lines = arguments.Number("lines", 300_000);
        return arguments.Text("source") is { } folder ? CodeBase.Checkout(folder)
            : arguments.Has("library") ? CodeBase.Library(lines)
            : CodeBase.Web(lines);
    }

    private static async Task<Measurement> Pass(CodeBase codeBase, string set)
    {
        var analyzers = AnalyzerSets.Load(set);
        var compilation = codeBase.Compile();
        GC.Collect();
        GC.WaitForPendingFinalizers();
        GC.Collect();
        using var process = Process.GetCurrentProcess();
        var cpu = process.TotalProcessorTime;
        var allocated = GC.GetTotalAllocatedBytes(precise: true);
        var watch = Stopwatch.StartNew();
        var reports = await BindAndAnalyze(compilation, analyzers);
        var wallSeconds = watch.Elapsed.TotalSeconds;
        var allocatedBytes = GC.GetTotalAllocatedBytes(precise: true) - allocated;
        process.Refresh();
        var cpuSeconds = (process.TotalProcessorTime - cpu).TotalSeconds;
        var peak = process.PeakWorkingSet64;
        return new Measurement(set, codeBase.Lines, wallSeconds, cpuSeconds, allocatedBytes, peak, await ExecutionSecondsOf(codeBase, analyzers), reports);
    }

    private static async Task<int> BindAndAnalyze(Compilation compilation, ImmutableArray<DiagnosticAnalyzer> analyzers)
    {
        if (analyzers.IsEmpty)
        {
            return compilation.GetDiagnostics().Count(d => d.Severity == DiagnosticSeverity.Error);
        }

        var diagnostics = await compilation.WithAnalyzers(analyzers, Options(withTelemetry: false)).GetAllDiagnosticsAsync();
        return diagnostics.Count(d => !d.Id.StartsWith("CS", StringComparison.Ordinal));
    }

    // In a pass of its own: the clock runs around every callback. What a callback makes the compiler bind counts as the analyzer's.
    private static async Task<double> ExecutionSecondsOf(CodeBase codeBase, ImmutableArray<DiagnosticAnalyzer> analyzers)
    {
        if (analyzers.IsEmpty)
        {
            return 0;
        }

        var analyzed = codeBase.Compile().WithAnalyzers(analyzers, Options(withTelemetry: true));
        var result = await analyzed.GetAnalysisResultAsync(CancellationToken.None);
        return result.AnalyzerTelemetryInfo.Values.Sum(t => t.ExecutionTime.TotalSeconds);
    }

    private static CompilationWithAnalyzersOptions Options(bool withTelemetry) => new(
        new AnalyzerOptions([]),
        onAnalyzerException: null,
        concurrentAnalysis: false,
        logAnalyzerExecutionTime: withTelemetry,
        reportSuppressedDiagnostics: false);
}
