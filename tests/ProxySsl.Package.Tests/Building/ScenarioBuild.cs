using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Threading.Tasks;
using ProxySsl.Demo.Analysis;
using ProxySsl.Demo.Running;
using Xunit;

namespace ProxySsl.Package.Tests.Building;

/// <summary>All scenarios, restored and built by one command; the tests look at what it printed for each project.</summary>
internal sealed class ScenarioBuild : IDisposable
{
    private readonly TemporaryFolder _folder = new("scenarios");
    private readonly Lazy<Task<string>> _build;
    private readonly PackedPackage _packed;

    internal ScenarioBuild(PackedPackage packed)
    {
        _packed = packed;
        _build = new Lazy<Task<string>>(BuildAsync);
    }

    /// <summary>The folder of a scenario.</summary>
    internal string this[string scenario] => _folder[scenario];

    /// <summary>The reports of the package in one project, each as <c>ID level</c>, once for each target framework, in order.</summary>
    internal async Task<string[]> ReportsAsync(string scenario) =>
        (await FindingsAsync(scenario)).Select(f => $"{f.Rule} {f.Level}").Order(StringComparer.Ordinal).ToArray();

    /// <summary>The reports of the package in one project with all that was printed; a line is repeated for each target framework.</summary>
    internal async Task<IReadOnlyList<Finding>> FindingsAsync(string scenario)
    {
        var project = Path.Combine(scenario, scenario + ".csproj");
        return (await _build.Value)
            .Split('\n')
            .Where(l => l.Contains(project, StringComparison.Ordinal))
            .Select(l => l.Trim())
            .Distinct()
            .SelectMany(l => CompilerOutput.Read(l, "PSSL"))
            .ToList();
    }

    /// <summary>All that the build printed.</summary>
    internal Task<string> OutputAsync() => _build.Value;

    public void Dispose() => _folder.Dispose();

    private async Task<string> BuildAsync()
    {
        var projects = new List<string>();
        foreach (var scenario in Scenarios.All)
        {
            var project = Path.Combine(_folder[scenario.Name], scenario.Name + ".csproj");
            Write(project, scenario.ProjectFile(_packed.Package.Version));
            foreach (var (name, text) in scenario.Files)
            {
                Write(Path.Combine(_folder[scenario.Name], name), text.Replace("PACKAGE_VERSION", _packed.Package.Version, StringComparison.Ordinal));
            }

            projects.Add($"<Project Path=\"{scenario.Name}/{scenario.Name}.csproj\" />");
        }

        Write(_folder["NuGet.config"], _packed.Package.NuGetConfig());
        Write(_folder["All.slnx"], $"<Solution>{string.Concat(projects)}</Solution>");
        var built = await Dotnet.RunAsync(
            _folder.Path, ["build", "All.slnx", "-nologo", "-consoleLoggerParameters:NoSummary", "--disable-build-servers"], TestContext.Current.CancellationToken);

        // Some of them fail on purpose, but for no other reason than a rule of ours.
        var foreign = CompilerOutput.Read(built.Output).Where(f => f.Level == "error" && !f.Rule.StartsWith("PSSL", StringComparison.Ordinal)).ToList();
        Assert.True(foreign.Count == 0, built.Output);
        return built.Output;
    }

    private static void Write(string file, string text)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        File.WriteAllText(file, text);
    }
}
