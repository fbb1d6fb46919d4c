using System;
using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.IO;
using System.Linq;
using System.Reflection;
using Microsoft.CodeAnalysis;

namespace ProxySsl.Analyzers.Tests.Verification;

/// <summary>A set of references that test code is compiled against.</summary>
public enum Framework
{
    Net60,
    Net80,
    Net90,
    Net100,

    /// <summary>.NET without ASP.NET Core: proves the gate.</summary>
    Net100WithoutWeb,
}

/// <summary>Reads the references from the packs that restore has put into the package folder.</summary>
public static class FrameworkReferences
{
    private static readonly ConcurrentDictionary<Framework, ImmutableArray<MetadataReference>> Cache = new();

    /// <summary>Every framework that has ASP.NET Core, oldest first.</summary>
    public static Framework[] Web { get; } = [Framework.Net60, Framework.Net80, Framework.Net90, Framework.Net100];

    public static string RepositoryRoot { get; } = Path.GetFullPath(Metadata("RepositoryRoot"));

    /// <summary>The folder that restore puts packages into.</summary>
    public static string PackageRoot { get; } = Metadata("NuGetPackageRoot");

    public static ImmutableArray<MetadataReference> Of(Framework framework) => Cache.GetOrAdd(framework, static f => Load(f));

    private static ImmutableArray<MetadataReference> Load(Framework framework)
    {
        var (version, moniker) = framework switch
        {
            Framework.Net60 => ("6.0.11", "net6.0"),
            Framework.Net80 => ("8.0.28", "net8.0"),
            Framework.Net90 => ("9.0.16", "net9.0"),
            _ => ("10.0.10", "net10.0"),
        };
        string[] packs = framework == Framework.Net100WithoutWeb
            ? ["microsoft.netcore.app.ref"]
            : ["microsoft.netcore.app.ref", "microsoft.aspnetcore.app.ref"];
        return packs
            .SelectMany(p => Directory.GetFiles(Path.Combine(PackageRoot, p, version, "ref", moniker), "*.dll"))
            .Select(f => (MetadataReference)MetadataReference.CreateFromFile(f))
            .ToImmutableArray();
    }

    private static string Metadata(string key) => typeof(FrameworkReferences).Assembly
        .GetCustomAttributes<AssemblyMetadataAttribute>()
        .First(a => a.Key == key).Value ?? throw new InvalidOperationException($"The build did not write '{key}'.");
}
