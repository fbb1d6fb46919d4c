using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using System.Threading;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using ProxySsl.Analyzers.Spelling;

namespace ProxySsl.Analyzers.Headers;

/// <summary>Hosts the rules about reading forwarded headers in application code (1xxx).</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class HeadersAnalyzer : ProxySslAnalyzer
{
    public HeadersAnalyzer()
        : base(Descriptors.Of(RuleCategory.Headers))
    {
    }

    private protected override WordGroups Words => WordGroups.HeaderName | WordGroups.RequestProperty | WordGroups.SchemeText;

    private protected override IEnumerable<Finding> FindingsIn(CompilationModel model, SyntaxTree tree, CancellationToken cancellationToken) => [];
}
