using System;
using System.Collections.Immutable;
using System.Text;
using System.Threading;
using BenchmarkDotNet.Attributes;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Text;
using ProxySsl.Analyzers;
using ProxySsl.Analyzers.Spelling;
using ProxySsl.Analyzers.Tests.Verification;
using ProxySsl.Benchmarks.Cost;

namespace ProxySsl.Benchmarks.Micro;

/// <summary>
/// What every file goes through, hit and miss: the search for words, and the look-up of what a file spells when a family's callback asks
/// again. A miss must not allocate.
/// </summary>
[MemoryDiagnoser]
public class CallbackBenchmarks
{
    private SyntaxTree _miss = null!;
    private SyntaxTree _hit = null!;
    private Compilation _compilation = null!;
    private CompilationModel _model = null!;

    [GlobalSetup]
    public void Setup()
    {
        _miss = Parse(CodeBase.Library(2_000).Files[1].Text.ToString());
        _hit = Parse(ApplicationTemplates.RequestExtensions);
        _compilation = CSharpCompilation.Create("App", [_miss, _hit], FrameworkReferences.Of(Framework.Net100));
        _model = CompilationModel.For(_compilation, new AnalyzerOptions(ImmutableArray<AdditionalText>.Empty))!;
        _model.Files(CancellationToken.None);
    }

    [Benchmark(Baseline = true)]
    public bool File_that_spells_nothing() => FileSpelling.Read(_miss, _model.Vocabulary, CancellationToken.None).Groups != WordGroups.None;

    [Benchmark]
    public bool File_that_spells_a_header() => FileSpelling.Read(_hit, _model.Vocabulary, CancellationToken.None).Groups != WordGroups.None;

    [Benchmark]
    public bool Callback_on_a_file_that_spells_nothing() => _model.MaySpell(_miss, WordGroups.HeaderName, CancellationToken.None);

    [Benchmark]
    public bool Callback_on_a_file_that_spells_a_header() => _model.MaySpell(_hit, WordGroups.HeaderName, CancellationToken.None);

    [Benchmark]
    public bool Start_of_a_compilation() => CompilationModel.For(_compilation, new AnalyzerOptions(ImmutableArray<AdditionalText>.Empty)) is not null;

    private static SyntaxTree Parse(string text) =>
        CSharpSyntaxTree.ParseText(SourceText.From(text, Encoding.UTF8), new CSharpParseOptions(LanguageVersion.Latest), Guid.NewGuid() + ".cs");
}
