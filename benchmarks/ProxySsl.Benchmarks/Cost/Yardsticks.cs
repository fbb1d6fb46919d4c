using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace ProxySsl.Benchmarks.Cost;

/// <summary>The least that any analyzer does: it looks up one type at compilation start, and registers nothing.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class FloorAnalyzer : DiagnosticAnalyzer
{
    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; } = [Yardstick.Rule];

    public override void Initialize(AnalysisContext context)
    {
        context.ConfigureGeneratedCodeAnalysis(GeneratedCodeAnalysisFlags.None);
        context.EnableConcurrentExecution();
        context.RegisterCompilationStartAction(start => _ = start.Compilation.GetTypeByMetadataName("Microsoft.AspNetCore.Http.HttpRequest"));
    }
}

/// <summary>What an analyzer costs that looks at operations and does nothing with them.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class EmptyOperationAnalyzer : DiagnosticAnalyzer
{
    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; } = [Yardstick.Rule];

    public override void Initialize(AnalysisContext context)
    {
        context.ConfigureGeneratedCodeAnalysis(GeneratedCodeAnalysisFlags.None);
        context.EnableConcurrentExecution();
        context.RegisterCompilationStartAction(start =>
        {
            if (start.Compilation.GetTypeByMetadataName("Microsoft.AspNetCore.Http.HttpRequest") is not null)
            {
                start.RegisterOperationAction(static _ => { }, OperationKind.Invocation);
            }
        });
    }
}

internal static class Yardstick
{
    internal static readonly DiagnosticDescriptor Rule = new("YARD1", "Yardstick", "Never reported", "Yardstick", DiagnosticSeverity.Warning, isEnabledByDefault: true);
}
