using System.Collections.Generic;
using System.Threading;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using ProxySsl.Analyzers.Headers.Rules;
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

    // A file may use a header by the name of a constant or a helper alone, so it may hold findings without spelling a header.
    private protected override bool MayHoldFindings(CompilationModel model, SyntaxTree tree, CancellationToken cancellationToken) =>
        base.MayHoldFindings(model, tree, cancellationToken) || HeadersModel.Of(model, cancellationToken).Findings.ContainsKey(tree);

    private protected override IEnumerable<Finding> FindingsIn(CompilationModel model, SyntaxTree tree, CancellationToken cancellationToken)
    {
        var headers = HeadersModel.Of(model, cancellationToken);
        if (headers.Findings.TryGetValue(tree, out var findings))
        {
            foreach (var finding in findings)
            {
                yield return finding;
            }
        }

        if (!headers.HasPipeline)
        {
            yield break;
        }

        foreach (var finding in ForcedSchemeRule.Check(model, tree, cancellationToken))
        {
            yield return finding;
        }

        foreach (var finding in PatchedStringRule.Check(model, tree, cancellationToken))
        {
            yield return finding;
        }
    }
}
