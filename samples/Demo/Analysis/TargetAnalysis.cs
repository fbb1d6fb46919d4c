using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using ProxySsl.Demo.Running;

namespace ProxySsl.Demo.Analysis;

/// <summary>
/// Runs the package's analyzers over code as it is: a build of it with all outputs in a temporary folder, into which the analyzers are
/// injected by one imported file, so that nothing in the user's folders changes. The same import serves dotnet format when fixes are wanted.
/// </summary>
internal sealed class TargetAnalysis(string target, TemporaryFolder folder)
{
    private const string Import = """
        <Project>
          <PropertyGroup>
            <ErrorLog>$(ProxySslDemoLogs)/$(MSBuildProjectName).$(TargetFramework).$([MSBuild]::StableStringHash('$(MSBuildProjectFullPath)')).sarif,version=2.1</ErrorLog>
            <TreatWarningsAsErrors>false</TreatWarningsAsErrors>
            <RunAnalyzersDuringBuild>true</RunAnalyzersDuringBuild>
          </PropertyGroup>
          <Target Name="_ProxySslDemoAnalyzers" BeforeTargets="CoreCompile">
            <ItemGroup>
              <!-- A project that references the package already gets these in its place, not in addition. -->
              <Analyzer Remove="@(Analyzer)" Condition="'%(Filename)' == 'ProxySsl.Analyzers' or '%(Filename)' == 'ProxySsl.CodeFixes'" />
              <Analyzer Include="$(ProxySslDemoAnalyzers)/*.dll" />
            </ItemGroup>
          </Target>
        </Project>
        """;

    private string Logs => folder["sarif"];

    // As environment variables, which MSBuild reads as properties: dotnet format takes none on its command line.
    private Dictionary<string, string?> Environment => new()
    {
        ["CustomAfterMicrosoftCommonTargets"] = folder["inject.targets"],
        ["ProxySslDemoLogs"] = Logs,
        ["ProxySslDemoAnalyzers"] = Path.Combine(AppContext.BaseDirectory, "analyzers"),
        ["UseArtifactsOutput"] = "true",
        ["ArtifactsPath"] = folder["artifacts"],
    };

    /// <summary>Builds and reads the reports. Throws with the compiler's own words where the code does not restore or build.</summary>
    internal async Task<(IReadOnlyList<Finding> Findings, IReadOnlyDictionary<string, Rule> Rules)> RunAsync(
        Action<string> onProject, CancellationToken cancellationToken)
    {
        await File.WriteAllTextAsync(folder["inject.targets"], Import, cancellationToken);
        Directory.CreateDirectory(Logs);
        foreach (var log in Directory.GetFiles(Logs))
        {
            File.Delete(log);
        }

        var restored = await DotnetAsync(["restore", target, "--artifacts-path", folder["artifacts"], "-p:NuGetAudit=false"], _ => { }, cancellationToken);
        if (restored.ExitCode != 0)
        {
            throw new DemoException($"{Path.GetFileName(target)} does not restore:\n{Errors(restored.Output)}", ExitCodes.CannotBuild);
        }

        // Not incremental: a project that is up to date is not compiled, and its log would be missing.
        var built = await DotnetAsync(
            ["build", target, "--no-restore", "--no-incremental", "--artifacts-path", folder["artifacts"], "-p:RunAnalyzers=true", "-p:EnforceCodeStyleInBuild=false", "--disable-build-servers"],
            line => ReportProject(line, onProject),
            cancellationToken);
        if (built.ExitCode != 0)
        {
            throw new DemoException($"{Path.GetFileName(target)} does not build:\n{Errors(built.Output)}", ExitCodes.CannotBuild);
        }

        return SarifLog.ReadAll(Logs);
    }

    /// <summary>Applies the fixes of the rules given, the first that each offers.</summary>
    internal async Task FixAsync(IEnumerable<string> rules, CancellationToken cancellationToken)
    {
        var formatted = await DotnetAsync(
            ["format", "analyzers", target, "--no-restore", "--severity", "info", "--diagnostics", .. rules], _ => { }, cancellationToken);
        if (formatted.ExitCode != 0)
        {
            throw new DemoException($"dotnet format could not fix {Path.GetFileName(target)}:\n{formatted.Output.Trim()}", ExitCodes.CannotBuild);
        }
    }

    /// <summary>The first errors, or the last lines where there is none of a form that is known.</summary>
    private static string Errors(string output)
    {
        const int Shown = 10;
        var errors = output.Split('\n').Where(l => l.Contains("error ", StringComparison.Ordinal)).Select(l => l.Trim()).Distinct().ToArray();
        var lines = errors.Length > 0 ? errors.Take(Shown) : output.TrimEnd().Split('\n').TakeLast(Shown);
        return string.Join('\n', lines.Select(l => "  " + l)) + (errors.Length > Shown ? $"\n  ... and {errors.Length - Shown} more" : "");
    }

    private static void ReportProject(string line, Action<string> onProject)
    {
        var arrow = line.IndexOf(" -> ", StringComparison.Ordinal);
        if (arrow > 0)
        {
            onProject(line[..arrow].Trim());
        }
    }

    private Task<ChildResult> DotnetAsync(IEnumerable<string> arguments, Action<string> onLine, CancellationToken cancellationToken) =>
        Dotnet.RunAsync(Path.GetDirectoryName(target)!, arguments, cancellationToken, Environment, onLine);
}
