using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.IO;
using System.Linq;
using System.Reflection;
using System.Runtime.Loader;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.Diagnostics;

namespace ProxySsl.Editor.Tests;

/// <summary>The shipped assemblies, loaded as an editor loads them: files, in a context of their own, fixes found by their export.</summary>
internal sealed class AnalyzerFolder
{
    private static readonly Lazy<AnalyzerFolder> Loaded = new(() => new AnalyzerFolder());

    private AnalyzerFolder()
    {
        var folder = typeof(AnalyzerFolder).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().First(a => a.Key == "AnalyzerFolder").Value!;
        var loader = new Loader(folder);
        var failures = new List<string>();
        var analyzers = ImmutableArray.CreateBuilder<DiagnosticAnalyzer>();
        var fixes = ImmutableArray.CreateBuilder<CodeFixProvider>();
        foreach (var name in new[] { "ProxySsl.Analyzers.dll", "ProxySsl.CodeFixes.dll" })
        {
            var reference = new AnalyzerFileReference(Path.Combine(folder, name), loader);
            reference.AnalyzerLoadFailed += (_, e) => failures.Add(e.ErrorCode == AnalyzerLoadFailureEventArgs.FailureErrorCode.NoAnalyzers ? "" : e.Message);
            References = References.Add(reference);
            analyzers.AddRange(reference.GetAnalyzers(LanguageNames.CSharp));
            fixes.AddRange(reference.GetAssembly().GetTypes()
                .Where(t => t.GetCustomAttribute<ExportCodeFixProviderAttribute>()?.Languages.Contains(LanguageNames.CSharp) == true)
                .OrderBy(t => t.FullName, StringComparer.Ordinal)
                .Select(t => (CodeFixProvider)Activator.CreateInstance(t)!));
        }

        Failures = failures.Where(f => f.Length > 0).ToImmutableArray();
        Analyzers = analyzers.ToImmutable();
        Fixes = fixes.ToImmutable();
    }

    internal static AnalyzerFolder Instance => Loaded.Value;

    internal ImmutableArray<AnalyzerReference> References { get; } = [];

    internal ImmutableArray<DiagnosticAnalyzer> Analyzers { get; }

    internal ImmutableArray<CodeFixProvider> Fixes { get; }

    /// <summary>What the host complained about while it loaded.</summary>
    internal ImmutableArray<string> Failures { get; }

    private sealed class Loader(string folder) : IAnalyzerAssemblyLoader
    {
        private readonly FolderContext _context = new(folder);

        public void AddDependencyLocation(string fullPath)
        {
        }

        public Assembly LoadFromPath(string fullPath) => _context.LoadFromAssemblyPath(fullPath);
    }

    /// <summary>What the host has, it gives; the rest comes from the folder.</summary>
    private sealed class FolderContext(string folder) : AssemblyLoadContext("analyzers")
    {
        protected override Assembly? Load(AssemblyName assemblyName)
        {
            var file = Path.Combine(folder, assemblyName.Name + ".dll");
            return assemblyName.Name!.StartsWith("ProxySsl.", StringComparison.Ordinal) && File.Exists(file) ? LoadFromAssemblyPath(file) : null;
        }
    }
}
