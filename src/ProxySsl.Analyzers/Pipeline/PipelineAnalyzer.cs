using System.Collections.Generic;
using System.Collections.Immutable;
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

    private protected override IEnumerable<Finding> FindingsIn(CompilationModel model, SyntaxTree tree, CancellationToken cancellationToken) => [];
}
