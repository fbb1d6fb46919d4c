using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.IO;
using System.Linq;
using System.Text.RegularExpressions;
using ProxySsl.Analyzers.Tests.Verification;

namespace ProxySsl.Analyzers.Tests.Robustness;

/// <summary>One file of a program.</summary>
public sealed record SourceFile(string Path, string Text);

/// <summary>A program of one or more files, and the framework that it is written for.</summary>
public sealed record SourceProgram(string Name, ImmutableArray<SourceFile> Files, Framework Framework)
{
    /// <summary>Values of configuration keys, for the compilation as a whole.</summary>
    public ImmutableDictionary<string, string> Configuration { get; init; } = ImmutableDictionary<string, string>.Empty;

    public SourceProgram With(int file, string text) => this with { Files = Files.SetItem(file, Files[file] with { Text = text }) };

    /// <summary>The program as one text, in the form of the sample files.</summary>
    public override string ToString() => string.Join(
        "\n",
        [
            $"// framework: {Framework}",
            .. Configuration.Select(p => $"// configuration: {p.Key} = {p.Value}"),
            .. Files.Select((f, i) => i == 0 ? f.Text : $"//// file: {f.Path}\n{f.Text}"),
        ]);
}

/// <summary>Programs as people write them: header reads and helpers, options in every style, pipelines in every style, in one and in more files.</summary>
public static partial class Samples
{
    private const string Prefix = "Sample.";

    public static ImmutableArray<SourceProgram> All { get; } = Load();

    public static SourceProgram Named(string name) => All.Single(s => s.Name == name);

    /// <summary>Reads a program from the form that <see cref="SourceProgram.ToString"/> writes.</summary>
    public static SourceProgram Parse(string name, string text)
    {
        var framework = Enum.Parse<Framework>(FrameworkLine().Match(text).Groups[1].Value);
        var parts = FileLine().Split(text);
        var files = new List<SourceFile> { new("Program.cs", parts[0]) };
        for (var i = 1; i < parts.Length; i += 2)
        {
            files.Add(new SourceFile(parts[i].Trim(), parts[i + 1]));
        }

        return new SourceProgram(name, [.. files], framework)
        {
            Configuration = ConfigurationLine().Matches(text).ToImmutableDictionary(m => m.Groups[1].Value, m => m.Groups[2].Value),
        };
    }

    private static ImmutableArray<SourceProgram> Load()
    {
        var assembly = typeof(Samples).Assembly;
        return assembly.GetManifestResourceNames()
            .Where(n => n.StartsWith(Prefix, StringComparison.Ordinal))
            .Order(StringComparer.Ordinal)
            .Select(n =>
            {
                using var reader = new StreamReader(assembly.GetManifestResourceStream(n)!);
                return Parse(n[Prefix.Length..], reader.ReadToEnd());
            })
            .ToImmutableArray();
    }

    [GeneratedRegex(@"^// framework: (\w+)", RegexOptions.Multiline)]
    private static partial Regex FrameworkLine();

    [GeneratedRegex(@"^// configuration: (\S+) = (.*?)\r?$", RegexOptions.Multiline)]
    private static partial Regex ConfigurationLine();

    [GeneratedRegex(@"^//// file: (.+?)\r?\n", RegexOptions.Multiline)]
    private static partial Regex FileLine();
}
