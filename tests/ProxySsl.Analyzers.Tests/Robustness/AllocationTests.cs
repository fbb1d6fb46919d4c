using System;
using System.Collections.Immutable;
using System.Linq;
using System.Threading.Tasks;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using ProxySsl.Analyzers.Spelling;
using ProxySsl.Analyzers.Tests.Verification;
using ProxySsl.Benchmarks.Cost;
using Xunit;

namespace ProxySsl.Analyzers.Tests.Robustness;

/// <summary>Holds the cost where it is: allocated bytes repeat where times do not.</summary>
public class AllocationTests
{
    [Fact]
    public void A_file_that_spells_nothing_allocates_nothing()
    {
        var trees = CodeBase.Library(3_000).Compile().SyntaxTrees.ToArray();
        var vocabulary = VocabularyOf(CodeBase.Web(100).Compile());
        ReadAll();
        var before = GC.GetAllocatedBytesForCurrentThread();
        var spelling = ReadAll();
        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
        Assert.Equal(WordGroups.None, spelling);

        WordGroups ReadAll()
        {
            var groups = WordGroups.None;
            foreach (var tree in trees)
            {
                if (tree.FilePath.EndsWith("Service.cs", StringComparison.Ordinal))
                {
                    groups |= FileSpelling.Read(tree, vocabulary, TestContext.Current.CancellationToken).Groups;
                }
            }

            return groups;
        }
    }

    [Fact]
    public async Task A_compilation_without_a_web_framework_registers_nothing()
    {
        var analyzed = ProgramProject.Prepare(CodeBase.Library(500).Compile(), ImmutableDictionary<string, string>.Empty, concurrent: false);
        foreach (var analyzer in Product.Analyzers)
        {
            var telemetry = await analyzed.GetAnalyzerTelemetryInfoAsync(analyzer, TestContext.Current.CancellationToken);
            Assert.Equal(1, telemetry.CompilationStartActionsCount);
            Assert.Equal(0, telemetry.SemanticModelActionsCount + telemetry.SyntaxTreeActionsCount + telemetry.OperationActionsCount + telemetry.CompilationEndActionsCount);
        }
    }

    [Fact]
    public async Task Nothing_asks_for_operations_or_nodes()
    {
        var analyzed = ProgramProject.Prepare(CodeBase.Web(500).Compile(), ImmutableDictionary<string, string>.Empty, concurrent: false);
        foreach (var analyzer in Product.Analyzers)
        {
            var telemetry = await analyzed.GetAnalyzerTelemetryInfoAsync(analyzer, TestContext.Current.CancellationToken);
            Assert.Equal(0, telemetry.OperationActionsCount + telemetry.OperationBlockActionsCount + telemetry.OperationBlockStartActionsCount);
            Assert.Equal(0, telemetry.SyntaxNodeActionsCount + telemetry.CodeBlockActionsCount + telemetry.CodeBlockStartActionsCount + telemetry.SymbolActionsCount);
        }
    }

    private static Vocabulary VocabularyOf(Compilation compilation) =>
        CompilationModel.For(compilation, new AnalyzerOptions(ImmutableArray<AdditionalText>.Empty))!.Vocabulary;
}
