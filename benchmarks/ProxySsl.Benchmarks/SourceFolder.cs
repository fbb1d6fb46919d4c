using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;

namespace ProxySsl.Benchmarks;

/// <summary>The C# sources of a checkout.</summary>
internal static class SourceFolder
{
    /// <summary>Every source file below a folder that people write, in a stable order.</summary>
    internal static IEnumerable<string> Files(string folder) => Directory
        .EnumerateFiles(folder, "*.cs", SearchOption.AllDirectories)
        .Where(f => !IsBuildOutput(Path.GetRelativePath(folder, f)))
        .Order(StringComparer.Ordinal);

    /// <summary>The sources by project: those below a folder with a project file belong together, and so does the rest.</summary>
    internal static IReadOnlyList<(string Folder, IReadOnlyList<string> Files)> Projects(string folder)
    {
        var projects = Directory.EnumerateFiles(folder, "*.csproj", SearchOption.AllDirectories)
            .Select(p => Path.GetDirectoryName(p)!)
            .ToHashSet(StringComparer.Ordinal);
        return
        [
            .. Files(folder)
                .GroupBy(f => ProjectOf(Path.GetDirectoryName(f)!))
                .OrderBy(g => g.Key, StringComparer.Ordinal)
                .Select(g => (g.Key, (IReadOnlyList<string>)[.. g])),
        ];

        string ProjectOf(string directory)
        {
            for (var current = directory; current is not null && current.Length > folder.Length; current = Path.GetDirectoryName(current))
            {
                if (projects.Contains(current))
                {
                    return current;
                }
            }

            return folder;
        }
    }

    private static bool IsBuildOutput(string path) => path.Split('/', '\\').Any(p => p is "bin" or "obj" or ".git" or "node_modules");
}
