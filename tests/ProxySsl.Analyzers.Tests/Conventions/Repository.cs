using System;
using System.IO;
using System.Linq;
using ProxySsl.Analyzers.Tests.Verification;
using Xunit;

namespace ProxySsl.Analyzers.Tests.Conventions;

/// <summary>The files of the repository that tests read, and the parts of them that are generated.</summary>
internal static class Repository
{
    /// <summary>Set to 1, tests write the generated parts instead of comparing them.</summary>
    internal const string UpdateVariable = "PROXYSSL_UPDATE_DOCS";

    internal static string Read(string path) => File.ReadAllText(Full(path)).ReplaceLineEndings("\n");

    internal static bool Exists(string path) => File.Exists(Full(path));

    internal static string[] Files(string folder, string pattern) => Directory
        .GetFiles(Full(folder), pattern, SearchOption.AllDirectories)
        .Select(f => Path.GetRelativePath(FrameworkReferences.RepositoryRoot, f).Replace('\\', '/'))
        .Where(f => !f.StartsWith("artifacts/", StringComparison.Ordinal) && !f.Contains("/obj/") && !f.Contains("/bin/"))
        .OrderBy(f => f, StringComparer.Ordinal)
        .ToArray();

    /// <summary>Asserts that the text between <c>&lt;!-- name --&gt;</c> and <c>&lt;!-- /name --&gt;</c> is what is generated, or writes it.</summary>
    internal static void AssertGenerated(string path, string name, string expected)
    {
        var text = Read(path);
        var open = $"<!-- {name} -->\n";
        var close = $"<!-- /{name} -->";
        var start = text.IndexOf(open, StringComparison.Ordinal);
        var end = text.IndexOf(close, StringComparison.Ordinal);
        Assert.True(start >= 0 && end > start, $"{path} has no part between '{open.Trim()}' and '{close}'.");
        start += open.Length;
        if (Environment.GetEnvironmentVariable(UpdateVariable) == "1")
        {
            File.WriteAllText(Full(path), text[..start] + expected + text[end..]);
            return;
        }

        Assert.True(
            text[start..end] == expected,
            $"{path} is out of date between '{open.Trim()}' and '{close}'. Run the tests with {UpdateVariable}=1 to write it:\n{expected}");
    }

    /// <summary>Asserts that a file as a whole is what is generated, or writes it.</summary>
    internal static void AssertGeneratedFile(string path, string expected)
    {
        if (Environment.GetEnvironmentVariable(UpdateVariable) == "1")
        {
            File.WriteAllText(Full(path), expected);
            return;
        }

        Assert.True(Exists(path) && Read(path) == expected, $"{path} is out of date. Run the tests with {UpdateVariable}=1 to write it.");
    }

    private static string Full(string path) => Path.Combine(FrameworkReferences.RepositoryRoot, path);
}
