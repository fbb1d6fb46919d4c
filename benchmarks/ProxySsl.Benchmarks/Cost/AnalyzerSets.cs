using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.IO;
using System.Linq;
using System.Reflection;
using System.Runtime.Loader;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using ProxySsl.Analyzers.Tests.Verification;

namespace ProxySsl.Benchmarks.Cost;

/// <summary>The sets of analyzers that are compared, by name.</summary>
internal static class AnalyzerSets
{
    internal const string Bare = "bare";
    internal const string Floor = "floor";
    internal const string EmptyOperation = "empty-operation";
    internal const string All = "ours";

    /// <summary>The well-known packages, each as it comes: default rules and severities.</summary>
    internal static readonly ImmutableArray<(string Name, string Package, string Version)> Peers =
    [
        ("Roslynator", "roslynator.analyzers", "5.0.1"),
        ("Meziantou", "meziantou.analyzer", "3.0.321"),
        ("SecurityCodeScan", "securitycodescan.vs2019", "5.6.7"),
        ("Sonar", "sonaranalyzer.csharp", "10.36.0.15337"),
    ];

    /// <summary>Each analyzer of the package alone.</summary>
    internal static IEnumerable<string> Singles => Product.Analyzers.Select(a => a.GetType().Name);

    internal static IEnumerable<string> Names => [Bare, Floor, EmptyOperation, .. Singles, All, .. Peers.Select(p => p.Name)];

    internal static bool IsPeer(string name) => Peers.Any(p => p.Name == name);

    /// <summary>The analyzers of a set; none for the bare compilation.</summary>
    internal static ImmutableArray<DiagnosticAnalyzer> Load(string name) => name switch
    {
        Bare => [],
        Floor => [new FloorAnalyzer()],
        EmptyOperation => [new EmptyOperationAnalyzer()],
        All => Product.Analyzers,
        _ when Peers.FirstOrDefault(p => p.Name == name) is { Package: { } package, Version: var version } => LoadPackage(package, version),
        _ => [Product.Analyzers.Single(a => a.GetType().Name == name)],
    };

    private static ImmutableArray<DiagnosticAnalyzer> LoadPackage(string package, string version)
    {
        var folder = Path.Combine(FrameworkReferences.PackageRoot, package, version, "analyzers");
        var byFolder = Directory.GetFiles(folder, "*.dll", SearchOption.AllDirectories)
            .Where(f => !f.Contains("/vb/", StringComparison.Ordinal) && !f.EndsWith(".resources.dll", StringComparison.Ordinal))
            .GroupBy(f => Path.GetDirectoryName(f)!)
            .OrderBy(g => RoslynVersion(g.Key))
            .ToList();

        // One folder a Roslyn version where the package has several: the newest one, as the newest compiler takes it.
        var files = byFolder[^1].Concat(byFolder.Where(g => !g.Key.Contains("roslyn", StringComparison.OrdinalIgnoreCase)).SelectMany(g => g)).Distinct().ToList();
        var byName = files.ToLookup(f => Path.GetFileNameWithoutExtension(f)!, StringComparer.OrdinalIgnoreCase);
        var context = new AssemblyLoadContext(package);
        context.Resolving += (_, wanted) =>
            byName[wanted.Name!].FirstOrDefault() is { } file ? context.LoadFromAssemblyPath(file) : null;
        return
        [
            .. files
                .Where(f => !Path.GetFileName(f).StartsWith("Microsoft.CodeAnalysis", StringComparison.Ordinal))
                .SelectMany(f => AnalyzersOf(context.LoadFromAssemblyPath(f))),
        ];
    }

    private static Version RoslynVersion(string folder) =>
        folder.Split('/', '\\').FirstOrDefault(p => p.StartsWith("roslyn", StringComparison.Ordinal) && Version.TryParse(p["roslyn".Length..], out _)) is { } part
            ? Version.Parse(part["roslyn".Length..])
            : new Version(0, 0);

    private static IEnumerable<DiagnosticAnalyzer> AnalyzersOf(Assembly assembly)
    {
        Type?[] types;
        try
        {
            types = assembly.GetTypes();
        }
        catch (ReflectionTypeLoadException e)
        {
            // Code fixes of a package need workspaces of another version; its analyzers do not.
            types = e.Types;
        }

        return types
            .Where(t => t is { IsAbstract: false } && typeof(DiagnosticAnalyzer).IsAssignableFrom(t)
                && t.GetCustomAttribute<DiagnosticAnalyzerAttribute>() is { } attribute && attribute.Languages.Contains(LanguageNames.CSharp))
            .Select(t => (DiagnosticAnalyzer)Activator.CreateInstance(t!)!);
    }
}
