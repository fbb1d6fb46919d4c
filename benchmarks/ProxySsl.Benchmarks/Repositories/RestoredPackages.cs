using System;
using System.Collections.Concurrent;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.IO;
using System.Linq;
using Microsoft.CodeAnalysis;
using NuGet.ProjectModel;

namespace ProxySsl.Benchmarks.Repositories;

/// <summary>
/// What a project compiles against beside the framework once its packages are restored, by its <c>obj/project.assets.json</c>. A project
/// that is not restored, or that puts the file elsewhere, has no packages; of one that is restored in part, those that were found count.
/// </summary>
internal static class RestoredPackages
{
    private static readonly ConcurrentDictionary<string, MetadataReference> References = new(StringComparer.Ordinal);

    /// <summary>The references of the framework and those of the packages; an assembly that both have is the framework's.</summary>
    internal static ImmutableArray<MetadataReference> Beside(ImmutableArray<MetadataReference> framework, string projectFolder)
    {
        var path = Path.Combine(projectFolder, "obj", "project.assets.json");
        if (!File.Exists(path))
        {
            return framework;
        }

        var assets = new LockFileFormat().Read(path);
        var known = framework.Select(r => Path.GetFileName(r.Display)).ToHashSet(StringComparer.OrdinalIgnoreCase);

        // The newest framework, which is also what the sources are compiled for, and of no runtime in particular.
        var target = assets.Targets.Where(t => string.IsNullOrEmpty(t.RuntimeIdentifier)).MaxBy(t => t.TargetFramework.Version);
        return
        [
            .. framework,
            .. (target?.Libraries ?? [])
                .Where(l => l.Type == "package")
                .SelectMany(l => l.CompileTimeAssemblies.Select(a => PathOf(assets, l, a.Path)))
                .Where(p => p is not null && Path.GetExtension(p) == ".dll" && known.Add(Path.GetFileName(p)))
                .Select(p => References.GetOrAdd(p!, static file => MetadataReference.CreateFromFile(file))),
        ];
    }

    private static string? PathOf(LockFile assets, LockFileTargetLibrary library, string assembly) =>
        library is { Name: { } name, Version: { } version } && assets.GetLibrary(name, version) is { Path: { } folder }
            ? assets.PackageFolders.Select(f => Path.Combine(f.Path, folder, assembly)).FirstOrDefault(File.Exists)
            : null;
}
