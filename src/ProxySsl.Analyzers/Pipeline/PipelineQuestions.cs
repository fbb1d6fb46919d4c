using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using System.Threading;
using Microsoft.CodeAnalysis;
using ProxySsl.Analyzers.Pipeline.Rules;

namespace ProxySsl.Analyzers.Pipeline;

/// <summary>What the rules may ask: the pipelines, and the models of lower layers.</summary>
internal sealed class PipelineQuestions(CompilationModel model, PipelineModel pipelines, CancellationToken cancellationToken)
{
    internal CompilationModel Compilation { get; } = model;

    internal PipelineModel Pipelines { get; } = pipelines;

    internal CancellationToken CancellationToken { get; } = cancellationToken;

    /// <summary>Whether the file says that the app is behind no proxy.</summary>
    internal bool IsDirect(Location location) => Compilation.Options.ProxyIn(location.SourceTree) == ProxyLocation.None;
}

/// <summary>The findings of all pipeline rules in a compilation, by file.</summary>
internal sealed class PipelineFindings
{
    private readonly ILookup<SyntaxTree?, Finding> _byFile;

    private PipelineFindings(IEnumerable<Finding> findings) => _byFile = findings.ToLookup(f => f.Location.SourceTree);

    internal IEnumerable<Finding> In(SyntaxTree tree) => _byFile[tree];

    internal bool HasAnyIn(SyntaxTree tree) => _byFile.Contains(tree);

    /// <summary>The findings of a compilation, made on first demand.</summary>
    internal static PipelineFindings Of(CompilationModel model, CancellationToken cancellationToken)
    {
        // made outside of the lock's first layer, so that the model below exists on its own
        var pipelines = PipelineModel.Of(model, cancellationToken);
        return model.Family((m, token) => new PipelineFindings(Read(new PipelineQuestions(m, pipelines, token))), cancellationToken);
    }

    private static List<Finding> Read(PipelineQuestions questions)
    {
        var findings = new List<Finding>();
        findings.AddRange(EarlyStepRules.Find(questions));
        findings.AddRange(AppliedTwiceRule.Find(questions));
        return findings;
    }
}
