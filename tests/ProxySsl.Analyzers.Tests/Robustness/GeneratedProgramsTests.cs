using System.Linq;
using System.Threading.Tasks;
using Microsoft.CodeAnalysis;
using Xunit;

namespace ProxySsl.Analyzers.Tests.Robustness;

/// <summary>
/// Programs made of the samples. The normal run takes 2,000; any number, with any seed:
/// <c>PROXYSSL_ROBUSTNESS_PROGRAMS=50000 PROXYSSL_ROBUSTNESS_SEED=7 dotnet test --project tests/ProxySsl.Analyzers.Tests -- --filter-class "*Robustness*"</c>.
/// </summary>
public class GeneratedProgramsTests(ITestOutputHelper output)
{
    public static TheoryData<string> SampleNames => [.. Samples.All.Select(s => s.Name)];

    [Theory]
    [MemberData(nameof(SampleNames))]
    public async Task A_sample_compiles(string name)
    {
        var compilation = await ProgramProject.Create(Samples.Named(name)).GetCompilationAsync(TestContext.Current.CancellationToken);
        Assert.Empty(compilation!.GetDiagnostics(TestContext.Current.CancellationToken).Where(d => d.Severity == DiagnosticSeverity.Error));
    }

    [Fact]
    public Task Samples_as_they_are() => RobustnessRun.Examine(Samples.All, mostFixes: 100, output);

    [Fact]
    public Task Generated_programs() => RobustnessRun.Examine(
        Enumerable.Range(0, RobustnessRun.Programs).Select(i => Mutator.Create(RobustnessRun.Seed, i)), mostFixes: RobustnessRun.IsFull ? 100 : 1, output, fixOneIn: RobustnessRun.IsFull ? 1 : 4);

    [Fact]
    public void The_same_number_gives_the_same_program() => Assert.Equal(Mutator.Create(1, 17).ToString(), Mutator.Create(1, 17).ToString());
}
