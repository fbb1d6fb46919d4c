using System.Collections.Generic;
using System.Collections.Immutable;
using System.Threading;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using ProxySsl.Analyzers.Spelling;

namespace ProxySsl.Analyzers;

/// <summary>
/// The host of one rule family. Initialization is sealed: one gate (no web framework in the compilation, or a test project: nothing is
/// registered), one file filter (a file that spells no word of the family is never looked at), and findings reported by the file that
/// holds them, so that they show while code is typed and not only in builds.
/// </summary>
public abstract class ProxySslAnalyzer : DiagnosticAnalyzer
{
    private protected ProxySslAnalyzer(ImmutableArray<DiagnosticDescriptor> rules) => SupportedDiagnostics = rules;

    /// <inheritdoc/>
    public sealed override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; }

    /// <summary>The words without which no rule of the family can fire in a file.</summary>
    private protected virtual WordGroups Words => WordGroups.None;

    /// <inheritdoc/>
    public sealed override void Initialize(AnalysisContext context)
    {
#pragma warning disable RS0030 // the one place where it is configured
        context.ConfigureGeneratedCodeAnalysis(GeneratedCodeAnalysisFlags.None);
#pragma warning restore RS0030
        context.EnableConcurrentExecution();
        context.RegisterCompilationStartAction(Start);
    }

    /// <summary>Whether a file can hold findings at all: it spells a word of the family. Asked for every file, so it has to be cheap.</summary>
    private protected virtual bool MayHoldFindings(CompilationModel model, SyntaxTree tree, CancellationToken cancellationToken) =>
        model.MaySpell(tree, Words, cancellationToken);

    /// <summary>The family's findings that are located in <paramref name="tree"/>. Called only for files that may hold some.</summary>
    private protected virtual IEnumerable<Finding> FindingsIn(CompilationModel model, SyntaxTree tree, CancellationToken cancellationToken) => [];

    /// <summary>
    /// The family's findings that belong to no file. They are reported at the end of the compilation, so their descriptors carry that tag;
    /// nothing is registered where there are none.
    /// </summary>
    private protected virtual IReadOnlyList<Finding> FindingsWithoutFile(CompilationModel model) => [];

    private void Start(CompilationStartAnalysisContext context)
    {
        if (CompilationModel.For(context.Compilation, context.Options) is not { } model)
        {
            return;
        }

        var withoutFile = FindingsWithoutFile(model);
        if (withoutFile.Count > 0)
        {
            context.RegisterCompilationEndAction(end =>
            {
                foreach (var finding in withoutFile)
                {
                    end.ReportDiagnostic(finding.ToDiagnostic());
                }
            });
        }

        if (Words == WordGroups.None)
        {
            return;
        }

        context.RegisterSemanticModelAction(file =>
        {
            var tree = file.SemanticModel.SyntaxTree;
            if (!MayHoldFindings(model, tree, file.CancellationToken))
            {
                return;
            }

            var isChecked = model.Options.AnalyzeTests;
            foreach (var finding in FindingsIn(model, tree, file.CancellationToken))
            {
                if (!isChecked && TestProject.HoldsUnresolvedTests(file.SemanticModel, file.CancellationToken))
                {
                    return;
                }

                isChecked = true;
                file.ReportDiagnostic(finding.ToDiagnostic());
            }
        });
    }
}
