using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using System.Threading;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using ProxySsl.Analyzers.Spelling;

namespace ProxySsl.Analyzers.Options;

/// <summary>Hosts the rules about ForwardedHeadersOptions (2xxx).</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class OptionsAnalyzer : ProxySslAnalyzer
{
    public OptionsAnalyzer()
        : base(Descriptors.Of(RuleCategory.Options))
    {
    }

    private protected override WordGroups Words => WordGroups.ForwardedHeaders;

    private protected override IEnumerable<Finding> FindingsIn(CompilationModel model, SyntaxTree tree, CancellationToken cancellationToken) => [];
}
