using System;
using System.Buffers.Binary;
using System.Collections.Generic;
using System.IO;
using System.IO.Compression;
using System.Linq;
using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;
using System.Text.RegularExpressions;
using System.Threading.Tasks;
using System.Xml.Linq;
using ProxySsl.Demo.Running;
using Xunit;

namespace ProxySsl.Package.Tests;

/// <summary>What is in the package, and nothing else.</summary>
public class PackageContentTests(PackedPackage packed)
{
    /// <summary>What the floor of all hosts, Roslyn 4.8.0, brings. An assembly that asks for more fails to load there.</summary>
    private static readonly Dictionary<string, Version> Floor = new()
    {
        ["netstandard"] = new(2, 0, 0, 0),
        ["Microsoft.CodeAnalysis"] = new(4, 8, 0, 0),
        ["Microsoft.CodeAnalysis.CSharp"] = new(4, 8, 0, 0),
        ["Microsoft.CodeAnalysis.Workspaces"] = new(4, 8, 0, 0),
        ["Microsoft.CodeAnalysis.CSharp.Workspaces"] = new(4, 8, 0, 0),
        ["System.Collections.Immutable"] = new(7, 0, 0, 0),
        ["System.Memory"] = new(4, 0, 1, 2),
        ["System.Buffers"] = new(4, 0, 3, 0),
    };

    [Fact]
    public void Holds_exactly_what_it_should()
    {
        var rulePages = Directory.GetFiles(Path.Combine(PackedPackage.Repository, "docs", "rules"), "*.md").Select(f => "docs/rules/" + Path.GetFileName(f));
        string[] expected =
        [
            "CHANGELOG.md",
            "LICENSE",
            "ProxySsl.Analyzers.nuspec",
            "README.md",
            "[Content_Types].xml",
            "_rels/.rels",
            "analyzers/dotnet/cs/ProxySsl.Analyzers.dll",
            "analyzers/dotnet/cs/ProxySsl.CodeFixes.dll",
            "buildTransitive/ProxySsl.Analyzers.targets",
            "buildTransitive/presets/All.globalconfig",
            "buildTransitive/presets/None.globalconfig",
            "buildTransitive/presets/Recommended.globalconfig",
            "docs/code-scanning.md",
            "docs/configuration.md",
            "icon.png",
            "package/services/metadata/core-properties/nuget.psmdcp",
            .. rulePages,
        ];
        using var package = ZipFile.OpenRead(packed.Package.File);
        Assert.Equal(expected.Order(StringComparer.Ordinal), package.Entries.Select(e => e.FullName).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Says_what_it_is()
    {
        var nuspec = XDocument.Load(Path.Combine(packed.Content, "ProxySsl.Analyzers.nuspec"));
        string? Of(string name) => nuspec.Descendants().FirstOrDefault(e => e.Name.LocalName == name)?.Value;
        Assert.Equal("ProxySsl.Analyzers", Of("id"));
        Assert.Equal("true", Of("developmentDependency"));
        Assert.Equal("MIT", Of("license"));
        Assert.Equal("README.md", Of("readme"));
        Assert.Equal("icon.png", Of("icon"));
        Assert.NotEmpty(Of("description")!);
        Assert.DoesNotContain(nuspec.Descendants(), e => e.Name.LocalName == "dependency");
        var version = Regex.Match(File.ReadAllText(Path.Combine(PackedPackage.Repository, "Directory.Build.props")), "<VersionPrefix>(.+)</VersionPrefix>").Groups[1].Value;
        Assert.StartsWith(version + "-", Of("version"));
    }

    [Fact]
    public void Assemblies_ask_for_nothing_that_the_oldest_host_does_not_bring()
    {
        foreach (var (name, version) in References(packed.AnalyzerAssembly))
        {
            Assert.DoesNotContain("Workspaces", name);
            AssertWithinFloor(name, version);
        }

        foreach (var (name, version) in References(packed.CodeFixAssembly).Where(r => r.Name != "ProxySsl.Analyzers"))
        {
            AssertWithinFloor(name, version);
        }
    }

    [Fact]
    public void Assemblies_are_deterministic_and_carry_their_symbols()
    {
        foreach (var file in new[] { packed.AnalyzerAssembly, packed.CodeFixAssembly })
        {
            using var assembly = new PEReader(File.OpenRead(file));
            var entries = assembly.ReadDebugDirectory();
            Assert.Contains(entries, e => e.Type == DebugDirectoryEntryType.Reproducible);
            var symbols = assembly.ReadEmbeddedPortablePdbDebugDirectoryData(entries.Single(e => e.Type == DebugDirectoryEntryType.EmbeddedPortablePdb)).GetMetadataReader();
            Assert.All(symbols.Documents, d => Assert.StartsWith("/_", symbols.GetString(symbols.GetDocument(d).Name)));
        }
    }

    [Fact]
    public async Task Two_packs_are_the_same_file()
    {
        using var folder = new TemporaryFolder("second-pack");
        var suffix = packed.Package.Version[(packed.Package.Version.IndexOf('-') + 1)..];

        // not disposed: it was never restored, and what would be taken out of the global folder is the first one's
        var second = await LocalPackage.PackAsync(PackedPackage.Repository, folder.Path, suffix, TestContext.Current.CancellationToken);
        Assert.Equal(await File.ReadAllBytesAsync(packed.Package.File, TestContext.Current.CancellationToken), await File.ReadAllBytesAsync(second.File, TestContext.Current.CancellationToken));
    }

    [Fact]
    public void Icon_is_a_square_of_128_pixels()
    {
        var icon = File.ReadAllBytes(Path.Combine(packed.Content, "icon.png"));
        Assert.Equal([0x89, (byte)'P', (byte)'N', (byte)'G'], icon[..4]);
        Assert.Equal(128, BinaryPrimitives.ReadInt32BigEndian(icon.AsSpan(16)));
        Assert.Equal(128, BinaryPrimitives.ReadInt32BigEndian(icon.AsSpan(20)));
    }

    private static void AssertWithinFloor(string name, Version version)
    {
        Assert.True(Floor.TryGetValue(name, out var floor), $"An assembly references {name}, which the oldest host does not bring.");
        Assert.True(version <= floor, $"An assembly references {name} {version}; the oldest host brings {floor}.");
    }

    private static IReadOnlyList<(string Name, Version Version)> References(string file)
    {
        using var assembly = new PEReader(File.OpenRead(file));
        var metadata = assembly.GetMetadataReader();
        return metadata.AssemblyReferences
            .Select(metadata.GetAssemblyReference)
            .Select(r => (metadata.GetString(r.Name), r.Version))
            .ToList();
    }
}
