using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Text.RegularExpressions;
using System.Xml;
using System.Xml.Linq;
using ProxySsl.Analyzers.Tests.Verification;

namespace ProxySsl.Benchmarks.Repositories;

/// <summary>
/// What a project file says about how its sources compile, read without MSBuild: the nearest framework that references are at hand for,
/// whether there may be implicit usings, whether a build would find a test framework among the references, and which other projects it
/// refers to. A file that is missing or cannot be read is a web project of the newest framework.
/// </summary>
internal sealed class ProjectFile
{
    private static readonly Regex TestPackage = new(
        @"^(xunit(\.v3)?(\..*)?|NUnit(\..*)?|MSTest(\..*)?|TUnit(\..*)?|Fixie(\..*)?|Microsoft\.NET\.Test\.Sdk)$", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant);

    private static readonly string[] ContainerProperties =
        ["DockerDefaultTargetOS", "DockerfileFile", "DockerComposeProjectPath", "ContainerRepository", "ContainerImageName", "ContainerBaseImage", "ContainerFamily"];

    private static readonly Regex Moniker = new(@"^net(?<major>\d+)\.0(-.*)?$", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant);

    private readonly List<XElement> _elements = [];
    private readonly string _folder;

    private ProjectFile(string folder, string root)
    {
        _folder = folder;
        var projects = Directory.GetFiles(folder, "*.csproj");
        Array.Sort(projects, StringComparer.Ordinal);
        foreach (var path in projects.Concat(SharedFiles(folder, root)))
        {
            try
            {
                // What a shared file says under a condition may be about other projects.
                _elements.AddRange(XDocument.Load(path).Descendants().Where(e => projects.Contains(path) || !e.AncestorsAndSelf().Any(a => a.Attribute("Condition") is not null)));
            }
            catch (Exception e) when (e is XmlException or IOException or UnauthorizedAccessException)
            {
                // A file that cannot be read says nothing.
            }
        }
    }

    /// <summary>Whether the references would hold a test framework, so that the analyzers would say nothing.</summary>
    internal bool IsTest => Values("IsTestProject").Any(v => v.Equals("true", StringComparison.OrdinalIgnoreCase))
        || Items("PackageReference").Concat(Items("Reference")).Any(name => TestPackage.IsMatch(name));

    /// <summary>Whether a build with the package would take it for a project whose app runs in a container.</summary>
    internal bool RunsInContainer => File.Exists(Path.Combine(_folder, "Dockerfile")) || ContainerProperties.Any(name => Values(name).Any());

    /// <summary>Whether a build makes a program of it, as it says itself or as its SDK does by default; null where neither is said.</summary>
    internal bool? IsProgram => Values("OutputType").FirstOrDefault() is { } type ? type.Equals("Exe", StringComparison.OrdinalIgnoreCase) || type.Equals("WinExe", StringComparison.OrdinalIgnoreCase)
        : _elements.Select(e => e.Attribute("Sdk")?.Value.Split('/')[0]).OfType<string>().FirstOrDefault() switch
        {
            "Microsoft.NET.Sdk.Web" or "Microsoft.NET.Sdk.Worker" or "Microsoft.NET.Sdk.BlazorWebAssembly" => true,
            "Microsoft.NET.Sdk" or "Microsoft.NET.Sdk.Razor" => false,
            _ => null,
        };

    /// <summary>The folders of the projects that this one refers to; a path that an MSBuild property is part of is left out.</summary>
    internal IEnumerable<string> ReferencedFolders => Items("ProjectReference")
        .Where(path => path.Length > 0 && !path.Contains('$'))
        .Select(path => Path.GetDirectoryName(Path.GetFullPath(Path.Combine(_folder, path.Replace('\\', '/'))))!);

    /// <summary>
    /// Whether the SDK may add the usings of a web project to every file. Where nothing is said, a file that is imported may say it; usings
    /// that a file has itself do no harm.
    /// </summary>
    internal bool MayHaveImplicitUsings => Framework != Framework.Net100WithoutWeb && !Values("ImplicitUsings").Any(v => v is "disable" or "false");

    /// <summary>The newest framework that the project is built for, or the nearest one that references are at hand for.</summary>
    internal Framework Framework
    {
        get
        {
            var monikers = Values("TargetFrameworks").Concat(Values("TargetFramework")).Concat(Values("TargetFrameworkVersion"))
                .SelectMany(v => v.Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
                .ToList();
            var newest = monikers
                .Select(m => Moniker.Match(m))
                .Where(m => m.Success)
                .Select(m => int.Parse(m.Groups["major"].Value, CultureInfo.InvariantCulture))
                .DefaultIfEmpty(0)
                .Max();
            return newest switch
            {
                >= 10 => Framework.Net100,
                9 => Framework.Net90,
                8 => Framework.Net80,
                > 0 => Framework.Net60,

                // The old ASP.NET Core packages run on .NET Framework and .NET Standard too; without them it is System.Web or no web at all.
                _ when monikers.Any(m => m.StartsWith("netcoreapp", StringComparison.OrdinalIgnoreCase)) || UsesAspNetCorePackages => Framework.Net60,
                _ when monikers.Any(m => !m.Contains('$')) => Framework.Net100WithoutWeb,
                _ => Framework.Net100,
            };
        }
    }

    private bool UsesAspNetCorePackages =>
        Items("PackageReference").Concat(Items("FrameworkReference")).Any(name => name.StartsWith("Microsoft.AspNetCore", StringComparison.OrdinalIgnoreCase));

    /// <param name="folder">The folder of a project.</param>
    /// <param name="root">The checkout that it is in; shared build files are looked for up to here.</param>
    internal static ProjectFile Read(string folder, string root) => new(folder, root);

    private static IEnumerable<string> SharedFiles(string folder, string root)
    {
        for (var current = folder; current is not null && current.Length >= root.Length; current = Path.GetDirectoryName(current))
        {
            var path = Path.Combine(current, "Directory.Build.props");
            if (File.Exists(path))
            {
                yield return path;
            }
        }
    }

    private IEnumerable<string> Values(string property) => _elements.Where(e => e.Name.LocalName == property).Select(e => e.Value.Trim()).Where(v => v.Length > 0);

    private IEnumerable<string> Items(string item) =>
        _elements.Where(e => e.Name.LocalName == item).Select(e => e.Attribute("Include")?.Value.Split(',')[0].Trim() ?? "");
}
