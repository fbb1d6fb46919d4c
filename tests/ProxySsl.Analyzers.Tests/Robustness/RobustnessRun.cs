using System;
using System.Collections.Concurrent;
using System.Collections.Generic;
using System.Diagnostics;
using System.Globalization;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using Xunit;

namespace ProxySsl.Analyzers.Tests.Robustness;

/// <summary>Examines many programs, two at a time on two cores, and fails with all that was found.</summary>
public static class RobustnessRun
{
    /// <summary>Far above what a program takes on a loaded machine; a program that takes longer hangs.</summary>
    // Tells a hang from slowness on a machine that runs every test project at once.
    private static readonly TimeSpan Bound = TimeSpan.FromMinutes(5);

    /// <summary>The number of generated programs: <c>PROXYSSL_ROBUSTNESS_PROGRAMS</c>, or the default of the normal test run.</summary>
    public static int Programs { get; } = Variable("PROXYSSL_ROBUSTNESS_PROGRAMS", 2_000);

    /// <summary>The seed of the generator: <c>PROXYSSL_ROBUSTNESS_SEED</c>.</summary>
    public static int Seed { get; } = Variable("PROXYSSL_ROBUSTNESS_SEED", 1);

    /// <summary>Whether nothing is sampled, and every fix of every program applied: <c>PROXYSSL_ROBUSTNESS_FULL=1</c>.</summary>
    public static bool IsFull { get; } = Variable("PROXYSSL_ROBUSTNESS_FULL", 0) == 1;

    /// <summary>Examines each program; the summary goes to the test's output.</summary>
    /// <param name="programs">The programs.</param>
    /// <param name="mostFixes">How many of the offered actions are applied to a program.</param>
    /// <param name="output">Takes the summary.</param>
    /// <param name="fixOneIn">Fixes are applied in one of so many programs.</param>
    public static async Task Examine(IEnumerable<SourceProgram> programs, int mostFixes, ITestOutputHelper output, int fixOneIn = 1)
    {
        var problems = new ConcurrentQueue<string>();
        var reports = new ConcurrentDictionary<string, int>();
        int examined = 0, beyondCompiler = 0, compiling = 0, fixes = 0;
        var watch = Stopwatch.StartNew();
        await Parallel.ForEachAsync(programs, TestContext.Current.CancellationToken, async (program, cancellationToken) =>
        {
            var random = new Random(program.Name.Aggregate(17, (hash, c) => unchecked((hash * 31) + c)));
            var examination = Examination.Of(program, random.Next(fixOneIn) == 0 ? mostFixes : 0, random, cancellationToken);
            if (await Task.WhenAny(examination, Task.Delay(Bound, cancellationToken)) != examination)
            {
                problems.Enqueue($"{program.Name}: not done within {Bound}\n{program}");
                return;
            }

            var result = await examination;
            Interlocked.Increment(ref examined);
            Interlocked.Add(ref beyondCompiler, result.IsBeyondCompiler ? 1 : 0);
            Interlocked.Add(ref compiling, result.Compiles ? 1 : 0);
            Interlocked.Add(ref fixes, result.FixesApplied);
            foreach (var diagnostic in result.Diagnostics)
            {
                reports.AddOrUpdate(diagnostic.Id, 1, static (_, n) => n + 1);
            }

            foreach (var problem in result.Problems)
            {
                problems.Enqueue($"{program.Name}: {problem}");
            }

            if (result.Problems.Count > 0)
            {
                problems.Enqueue($"=== {program.Name}\n{program}\n=== end");
            }
        });

        output.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{examined} programs, on {beyondCompiler} the compiler itself fails, fixes asked for in one of {fixOneIn}, {compiling} of these compile, {fixes} fixes applied, {watch.Elapsed.TotalSeconds:F0} s; reports: {string.Join(", ", reports.OrderBy(r => r.Key).Select(r => r.Key + " " + r.Value))}"));
        Assert.True(problems.IsEmpty, $"{problems.Count(p => !p.StartsWith("===", StringComparison.Ordinal))} problems\n{string.Join("\n", problems.Take(40).Select(p => p.Length > 6_000 ? p[..6_000] + " …" : p))}");
    }

    private static int Variable(string name, int otherwise) =>
        int.TryParse(Environment.GetEnvironmentVariable(name), NumberStyles.Integer, CultureInfo.InvariantCulture, out var value) ? value : otherwise;
}
