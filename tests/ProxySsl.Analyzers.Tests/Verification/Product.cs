using System;
using System.Collections.Immutable;
using System.Linq;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.Diagnostics;
using ProxySsl.CodeFixes;

namespace ProxySsl.Analyzers.Tests.Verification;

/// <summary>Everything that the package ships, found as a host finds it.</summary>
public static class Product
{
    public static ImmutableArray<DiagnosticAnalyzer> Analyzers { get; } = Instances<DiagnosticAnalyzer>(typeof(ProxySslAnalyzer), typeof(DiagnosticAnalyzerAttribute));

    public static ImmutableArray<CodeFixProvider> Fixes { get; } = Instances<CodeFixProvider>(typeof(ProxySslCodeFix), typeof(ExportCodeFixProviderAttribute));

    private static ImmutableArray<T> Instances<T>(Type anyOfAssembly, Type attribute) => anyOfAssembly.Assembly.GetTypes()
        .Where(t => !t.IsAbstract && typeof(T).IsAssignableFrom(t) && t.IsDefined(attribute, inherit: false))
        .OrderBy(t => t.FullName, StringComparer.Ordinal)
        .Select(t => (T)Activator.CreateInstance(t)!)
        .ToImmutableArray();
}
