using System;
using System.IO;
using System.Threading;
using System.Threading.Tasks;

namespace ProxySsl.Demo.Running;

/// <summary>
/// The package, packed from this repository under a version that nobody else has, in a folder that serves as a feed. The global package
/// folder keeps what it once saw of a version, so each packing gets one of its own and takes it out again when disposed.
/// </summary>
internal sealed class LocalPackage : IDisposable
{
    internal const string Id = "ProxySsl.Analyzers";

    private LocalPackage(string feed, string file, string version)
    {
        Feed = feed;
        File = file;
        Version = version;
    }

    internal string Feed { get; }

    internal string File { get; }

    internal string Version { get; }

    /// <summary>A version suffix that sorts as a preview and repeats never.</summary>
    internal static string NewSuffix(string purpose) => $"{purpose}.{Guid.NewGuid():N}"[..(purpose.Length + 13)];

    /// <summary>Packs into <paramref name="folder"/>; all outputs go there too, so that other builds of the repository may run at the same time.</summary>
    internal static async Task<LocalPackage> PackAsync(string repository, string folder, string suffix, CancellationToken cancellationToken)
    {
        var feed = Path.Combine(folder, "feed");
        var packed = await Dotnet.RunAsync(
            repository,
            [
                "pack", Path.Combine("src", "ProxySsl.Package"), "-c", "Release", "-o", feed, "--artifacts-path", Path.Combine(folder, "artifacts"),
                "-p:VersionSuffix=" + suffix, "-nologo", "-v", "quiet", "--disable-build-servers",
            ],
            cancellationToken);
        if (packed.ExitCode != 0 || packed.Output.Contains("warning ", StringComparison.Ordinal))
        {
            throw new DemoException($"The package could not be packed:\n{packed.Output}", ExitCodes.CannotBuild);
        }

        var file = Directory.GetFiles(feed, Id + ".*.nupkg")[0];
        return new LocalPackage(feed, file, Path.GetFileNameWithoutExtension(file)[(Id.Length + 1)..]);
    }

    /// <summary>A NuGet.config that adds the feed to the sources that are configured anyway.</summary>
    internal string NuGetConfig() => $"""
        <configuration>
          <packageSources>
            <add key="proxyssl-local" value="{Feed}" />
          </packageSources>
        </configuration>
        """;

    public void Dispose()
    {
        var root = Environment.GetEnvironmentVariable("NUGET_PACKAGES") is { Length: > 0 } configured
            ? configured
            : Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".nuget", "packages");
        var extracted = Path.Combine(root, Id.ToLowerInvariant(), Version.ToLowerInvariant());
        if (Directory.Exists(extracted))
        {
            Directory.Delete(extracted, recursive: true);
        }
    }
}
