using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text;
using System.Threading;
using System.Threading.Tasks;
using ProxySsl.Demo.Analysis;
using ProxySsl.Demo.BeforeAfter;
using ProxySsl.Demo.Running;

namespace ProxySsl.Demo;

/// <summary>The main job from end to end: pack, build with the package, fix, build clean, run before and after behind a proxy.</summary>
internal static class DemoCommand
{
    private static readonly string[] Sources = ["Program.cs", "RequestSecurity.cs", "OrderBook.cs"];

    /// <returns>The exit code: not zero where findings remain after the fixes, or the app is no better for them.</returns>
    internal static async Task<int> RunAsync(TextWriter output, CancellationToken cancellationToken)
    {
        var repository = FindRepository();
        await Dotnet.RequireSdkAsync(repository, cancellationToken);
        using var folder = new TemporaryFolder("demo");
        var progress = new Progress(output, 7);

        using var package = await progress.StepAsync(
            "Packing ProxySsl.Analyzers", () => LocalPackage.PackAsync(repository, folder.Path, LocalPackage.NewSuffix("demo"), cancellationToken));
        var app = await progress.StepAsync("Creating an app, the way people write it", () => Task.FromResult(CreateApp(folder["Shop"], package)));

        var built = await progress.StepAsync(
            "Building it with the package", () => DotnetAsync(app, ["build", "-o", folder["before"]], cancellationToken));
        Require(built, "The app does not build");
        var warnings = CompilerOutput.Read(built.Output, "PSSL");
        if (warnings.Count == 0)
        {
            throw new DemoException("The build reported nothing: the package's analyzers did not run.", ExitCodes.FindingsRemain);
        }

        progress.Line();
        foreach (var warning in warnings.OrderBy(w => w.Rule, StringComparer.Ordinal))
        {
            progress.Block($"{Path.GetFileName(warning.File)}({warning.Line},{warning.Column}): {warning.Level} {warning.Rule}: {warning.Message}");
        }

        progress.Line();
        var before = Read(app);
        var formatted = await progress.StepAsync(
            "Applying the fixes: dotnet format analyzers",
            () => DotnetAsync(app, ["format", "analyzers", "--no-restore", "--severity", "info", "--diagnostics", .. warnings.Select(w => w.Rule).Distinct()], cancellationToken));
        Require(formatted, "dotnet format failed");
        var after = Read(app);
        progress.Line();
        foreach (var name in Sources.Where(s => before[s] != after[s]))
        {
            progress.Block(TextDiff.Unified(name, before[name], after[name]));
            progress.Line();
        }

        var rebuilt = await progress.StepAsync(
            "Building again, warnings as errors", () => DotnetAsync(app, ["build", "--no-restore", "-warnaserror", "-o", folder["after"]], cancellationToken));
        if (rebuilt.ExitCode != 0)
        {
            progress.Block(rebuilt.Output);
            return ExitCodes.FindingsRemain;
        }

        var behaviorBefore = await progress.StepAsync(
            "Running the app before the fixes, behind a proxy that ends TLS", () => Behavior.ObserveAsync(Path.Combine(folder["before"], "Shop.dll"), cancellationToken));
        var behaviorAfter = await progress.StepAsync(
            "Running the app after the fixes, behind the same proxy", () => Behavior.ObserveAsync(Path.Combine(folder["after"], "Shop.dll"), cancellationToken));
        progress.Line();
        ComparisonTable.Print(behaviorBefore, behaviorAfter, output);
        progress.Line();
        progress.Line(
            $"The proxy's address, {Network.Proxy}, is in the app's configuration (ForwardedHeaders:KnownProxies) in both runs; only the fixed app reads it.\n"
            + "All but the first row with the redirect to HTTPS off: behind the loop nothing else could be seen. All connections are local;\n"
            + "a startup filter gives each peer an address of its own, the rest is the app and the framework.");
        return behaviorAfter.Loops || behaviorAfter.SpoofedSchemeBelieved || behaviorAfter.AttackerSeenAs != Network.Attacker
            ? ExitCodes.FindingsRemain
            : ExitCodes.Clean;
    }

    private static string CreateApp(string folder, LocalPackage package)
    {
        Directory.CreateDirectory(folder);
        foreach (var file in Directory.GetFiles(Path.Combine(AppContext.BaseDirectory, "Shop")))
        {
            File.Copy(file, Path.Combine(folder, Path.GetFileName(file)));
        }

        File.WriteAllText(Path.Combine(folder, "NuGet.config"), package.NuGetConfig(), Encoding.UTF8);
        File.WriteAllText(
            Path.Combine(folder, "Shop.csproj"),
            $"""
            <Project Sdk="Microsoft.NET.Sdk.Web">
              <PropertyGroup>
                <TargetFramework>net10.0</TargetFramework>
                <Nullable>enable</Nullable>
                <ImplicitUsings>enable</ImplicitUsings>
              </PropertyGroup>
              <ItemGroup>
                <PackageReference Include="{LocalPackage.Id}" Version="{package.Version}" PrivateAssets="all" />
              </ItemGroup>
            </Project>
            """);
        return folder;
    }

    private static Dictionary<string, string> Read(string app) => Sources.ToDictionary(s => s, s => File.ReadAllText(Path.Combine(app, s)));

    private static Task<ChildResult> DotnetAsync(string folder, IEnumerable<string> arguments, CancellationToken cancellationToken) =>
        Dotnet.RunAsync(folder, arguments, cancellationToken);

    private static void Require(ChildResult result, string what)
    {
        if (result.ExitCode != 0)
        {
            throw new DemoException($"{what}:\n{result.Output.Trim()}", ExitCodes.CannotBuild);
        }
    }

    private static string FindRepository()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "ProxySsl.Analyzers.sln")))
            {
                return folder.FullName;
            }
        }

        throw new DemoException("The demo packs the package from its repository and has to run from there.", ExitCodes.CannotBuild);
    }
}
