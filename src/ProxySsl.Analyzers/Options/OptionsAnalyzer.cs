using System;
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
    private static readonly IReadOnlyList<Func<CompilationModel, ForwardedHeadersSetup, CancellationToken, IEnumerable<Finding>>> Rules =
    [
        EverySenderTrustedRule.Find,
        NoKnownProxyRule.Find,
        NetworkCoversEveryAddressRule.Find,
        EmptyInitializerRule.Find,
        NothingEnabledRule.Find,
        ForwardLimitRule.Find,
        HostWithoutAllowedHostsRule.Find,
        HeaderNameRule.Find,
        EntryNeverMatchesRule.Find,
        BindingDropsListsRule.Find,
        ProtoNotProcessedRule.Find,
        FailsOpenRule.Find,
    ];

    public OptionsAnalyzer()
        : base(Descriptors.Of(RuleCategory.Options))
    {
    }

    private protected override WordGroups Words => WordGroups.ForwardedHeaders;

    // An entry or a clearing call of a helper may stand in a file that spells none of the words.
    private protected override bool MayHoldFindings(CompilationModel model, SyntaxTree tree, CancellationToken cancellationToken) =>
        base.MayHoldFindings(model, tree, cancellationToken) || model.Family(OptionsFindings.Create, cancellationToken).Holds(tree);

    private protected override IEnumerable<Finding> FindingsIn(CompilationModel model, SyntaxTree tree, CancellationToken cancellationToken) =>
        model.Family(OptionsFindings.Create, cancellationToken).In(tree);

    // All rules over the whole compilation, once; each file reports its own.
    private sealed class OptionsFindings(ILookup<SyntaxTree?, Finding> byTree)
    {
        internal bool Holds(SyntaxTree tree) => byTree.Contains(tree);

        internal IEnumerable<Finding> In(SyntaxTree tree) => byTree[tree];

        internal static OptionsFindings Create(CompilationModel model, CancellationToken cancellationToken)
        {
            var setup = model.Family(OptionsReader.Read, cancellationToken);
            return new(Rules
                .SelectMany(find => find(model, setup, cancellationToken))
                .GroupBy(f => (f.Rule.Id, f.Location))
                .Select(g => g.First())
                .ToLookup(f => f.Location.SourceTree));
        }
    }
}
