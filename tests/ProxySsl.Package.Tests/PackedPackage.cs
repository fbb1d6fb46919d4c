using System;
using System.IO;
using System.IO.Compression;
using System.Linq;
using System.Reflection;
using System.Threading.Tasks;
using ProxySsl.Demo.Running;
using ProxySsl.Package.Tests;
using ProxySsl.Package.Tests.Building;
using Xunit;

[assembly: AssemblyFixture(typeof(PackedPackage))]

namespace ProxySsl.Package.Tests;

/// <summary>The package, packed once for all tests of the run.</summary>
public sealed class PackedPackage : IAsyncLifetime
{
    private readonly TemporaryFolder _folder = new("package-tests");
    private LocalPackage? _package;

    public PackedPackage() => Scenarios = new ScenarioBuild(this);

    internal static string Repository { get; } = Path.GetFullPath(Metadata("RepositoryRoot"));

    internal LocalPackage Package => _package ?? throw new InvalidOperationException("The package has not been packed yet.");

    /// <summary>Projects that use the package; built when the first test asks.</summary>
    internal ScenarioBuild Scenarios { get; }

    /// <summary>The folder into which the package is unpacked.</summary>
    internal string Content => _folder["content"];

    internal string AnalyzerAssembly => Path.Combine(Content, "analyzers", "dotnet", "cs", "ProxySsl.Analyzers.dll");

    internal string CodeFixAssembly => Path.Combine(Content, "analyzers", "dotnet", "cs", "ProxySsl.CodeFixes.dll");

    /// <summary>What the build wrote into this assembly under a key.</summary>
    internal static string Metadata(string key) => typeof(PackedPackage).Assembly
        .GetCustomAttributes<AssemblyMetadataAttribute>()
        .First(a => a.Key == key).Value ?? throw new InvalidOperationException($"The build did not write '{key}'.");

    public async ValueTask InitializeAsync()
    {
        _package = await LocalPackage.PackAsync(Repository, _folder["pack"], LocalPackage.NewSuffix("test"), TestContext.Current.CancellationToken);
        await ZipFile.ExtractToDirectoryAsync(_package.File, Content, TestContext.Current.CancellationToken);
    }

    public ValueTask DisposeAsync()
    {
        Scenarios.Dispose();
        _package?.Dispose();
        _folder.Dispose();
        return ValueTask.CompletedTask;
    }
}
