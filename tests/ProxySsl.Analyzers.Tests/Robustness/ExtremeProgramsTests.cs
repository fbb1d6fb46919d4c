using System;
using System.Collections.Immutable;
using System.Diagnostics;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using Xunit;

namespace ProxySsl.Analyzers.Tests.Robustness;

/// <summary>Size, depth and circles end neither in a crash nor in a hang, and analysis stops when it is told to.</summary>
public class ExtremeProgramsTests(ITestOutputHelper output)
{
    [Fact]
    public Task Long_programs() => RobustnessRun.Examine(ExtremePrograms.Long(150), mostFixes: 1, output);

    // Fix All goes through a document place by place, so thousands of places in one method are analysed and not fixed.
    [Fact]
    public Task Very_long_programs() => RobustnessRun.Examine(ExtremePrograms.Long(RobustnessRun.IsFull ? 3_000 : 400), mostFixes: 0, output);

    [Theory]
    [InlineData(40)]
    [InlineData(300)]
    [InlineData(1_500)]
    public Task Deep_programs(int depth) => RobustnessRun.Examine(ExtremePrograms.Deep(depth), mostFixes: 1, output);

    [Fact]
    public Task Circular_programs() => RobustnessRun.Examine(ExtremePrograms.Circular(), mostFixes: 10, output);

    [Fact]
    public Task Odd_files() => RobustnessRun.Examine(ExtremePrograms.Odd(), mostFixes: 10, output);

    [Theory]
    [InlineData(0)]
    [InlineData(30)]
    public async Task Cancellation_is_prompt_and_leaves_nothing_behind(int milliseconds)
    {
        foreach (var program in Samples.All.Concat(ExtremePrograms.Long(100)))
        {
            var compilation = (await ProgramProject.Create(program).GetCompilationAsync(TestContext.Current.CancellationToken))!;
            var analyzed = ProgramProject.Prepare(compilation, ImmutableDictionary<string, string>.Empty, concurrent: true);
            using var source = new CancellationTokenSource();
            var analysis = analyzed.GetAnalyzerDiagnosticsAsync(source.Token);
            await Task.Delay(milliseconds, TestContext.Current.CancellationToken);
            var watch = Stopwatch.StartNew();
            source.Cancel();
            try
            {
                await analysis;
            }
            catch (OperationCanceledException)
            {
                // wanted
            }

            // Seconds, because the machine may be busy; analysis of the whole program goes on for longer where cancellation is ignored.
            Assert.True(watch.Elapsed < TimeSpan.FromSeconds(10), $"{program.Name}: stopped after {watch.Elapsed}");
            var afterwards = await analyzed.GetAnalyzerDiagnosticsAsync(TestContext.Current.CancellationToken);
            var fresh = await ProgramProject.Analyze(compilation, ImmutableDictionary<string, string>.Empty, concurrent: true, withCompiler: false, TestContext.Current.CancellationToken);
            Assert.Equal(fresh.Select(d => d.ToString()).Order(), afterwards.Select(d => d.ToString()).Order());
        }
    }
}
