using System.Collections.Generic;
using System.Linq;
using System.Threading;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using ProxySsl.Analyzers.Spelling;

namespace ProxySsl.Analyzers.Pipeline;

/// <summary>Hosts the rules about the middleware pipeline (3xxx).</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class PipelineAnalyzer : ProxySslAnalyzer
{
    public PipelineAnalyzer()
        : base(Descriptors.Of(RuleCategory.Pipeline))
    {
    }

    private protected override WordGroups Words => WordGroups.ForwardedHeaders | WordGroups.Middleware;

    // A file may call helpers alone: their names are no words of ours, so the findings decide. A compilation without a word has none.
    private protected override bool MayHoldFindings(CompilationModel model, SyntaxTree tree, CancellationToken cancellationToken) =>
        model.MaySpell(tree, Words, cancellationToken)
        || (model.Files(Words, cancellationToken).Any() && PipelineFindings.Of(model, cancellationToken).HasAnyIn(tree));

    private protected override IEnumerable<Finding> FindingsIn(CompilationModel model, SyntaxTree tree, CancellationToken cancellationToken) =>
        PipelineFindings.Of(model, cancellationToken).In(tree);
}
