using System;
using System.IO;

namespace ProxySsl.Demo.Running;

/// <summary>A folder outside every repository, so that nobody's Directory.Build.props reaches into it; disposing removes it.</summary>
internal sealed class TemporaryFolder : IDisposable
{
    internal TemporaryFolder(string name) => Path = Directory.CreateTempSubdirectory($"proxyssl-{name}-").FullName;

    internal string Path { get; }

    internal string this[string name] => System.IO.Path.Combine(Path, name);

    public void Dispose()
    {
        try
        {
            Directory.Delete(Path, recursive: true);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            Console.Error.WriteLine($"{Path} could not be removed: {e.Message}");
        }
    }
}
