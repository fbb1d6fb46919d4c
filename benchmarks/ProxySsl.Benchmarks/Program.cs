using System;
using System.Threading.Tasks;
using BenchmarkDotNet.Running;
using ProxySsl.Benchmarks.Cost;
using ProxySsl.Benchmarks.Repositories;

namespace ProxySsl.Benchmarks;

/// <summary>The commands of the benchmark project; what they do and how to read their tables is in docs/benchmarks.md.</summary>
internal static class Program
{
    private const string Usage = """
        cost [--lines N] [--source FOLDER] [--rounds N] [--peer-rounds N] [--sets a,b,…] [--no-growth]
            what the analyzers cost on a generated code base or on a checkout, beside yardsticks and peers
        repositories FOLDER [--rules a,b,…] [--verbose] [--no-fixes] [--no-references]
            runs all analyzers and all fixes over the sources of a folder, one compilation a project, without restore
        micro [BenchmarkDotNet arguments]
            the hot callbacks, hit and miss
        """;

    private static async Task<int> Main(string[] args)
    {
        switch (args)
        {
            case ["cost", .. var rest]:
                return await CostRun.Run(new Arguments(rest));
            case ["measure", .. var rest]:
                return await Measurement.RunInThisProcess(new Arguments(rest));
            case ["repositories", var folder, .. var rest]:
                return await RepositoryRun.Run(folder, new Arguments(rest));
            case ["micro", .. var rest]:
                BenchmarkSwitcher.FromAssembly(typeof(Program).Assembly).Run(rest);
                return 0;
            default:
                Console.WriteLine(Usage);
                return 2;
        }
    }
}
