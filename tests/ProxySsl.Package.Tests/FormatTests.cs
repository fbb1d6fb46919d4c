using System;
using System.IO;
using System.Linq;
using System.Threading.Tasks;
using ProxySsl.Demo.Analysis;
using ProxySsl.Demo.Running;
using ProxySsl.Package.Tests.Building;
using Xunit;

namespace ProxySsl.Package.Tests;

/// <summary>The fixes on the command line.</summary>
public class FormatTests(PackedPackage packed)
{
    // A language that knows neither top-level statements nor patterns.
    [Fact]
    public async Task Dotnet_format_applies_the_fixes_and_the_app_builds_clean()
    {
        var token = TestContext.Current.CancellationToken;
        using var folder = new TemporaryFolder("format");
        var app = new Scenario("OldShop", [])
        {
            TargetFrameworks = "net8.0",
            Properties = "<LangVersion>7.3</LangVersion><Nullable>disable</Nullable><ImplicitUsings>disable</ImplicitUsings>",
        };
        var source = await Format(folder, app, "Startup.cs", Sources.Startup, "PSSL1001", "PSSL2001", "PSSL3001");
        Assert.DoesNotContain("ContainsKey", source);
        Assert.DoesNotContain("Clear()", source);
        Assert.True(source.IndexOf("UseForwardedHeaders", System.StringComparison.Ordinal) < source.IndexOf("UseHttpsRedirection", System.StringComparison.Ordinal), source);

        var built = await Dotnet.RunAsync(folder.Path, ["build", "-warnaserror", "--disable-build-servers"], token);
        Assert.True(built.ExitCode == 0, source + built.Output);
        Assert.Empty(CompilerOutput.Read(built.Output, "PSSL"));
    }

    // dotnet format takes its action from the first report of an analyzer, which may be of another rule, or of one without a fix.
    [Fact]
    public async Task Dotnet_format_fixes_every_rule_of_a_family_in_one_run()
    {
        using var folder = new TemporaryFolder("format-family");
        var source = await Format(
            folder, new Scenario("Shop", []), "Program.cs", Sources.SeveralOfAFamily, "PSSL1001", "PSSL1004", "PSSL2001", "PSSL2007", "PSSL2008", "PSSL3001", "PSSL3004");
        var built = await Dotnet.RunAsync(folder.Path, ["build", "--disable-build-servers"], TestContext.Current.CancellationToken);
        Assert.True(built.ExitCode == 0, source + built.Output);
        Assert.Equal(["PSSL2008"], CompilerOutput.Read(built.Output, "PSSL").Select(f => f.Rule).Distinct());
    }

    [Theory]
    [InlineData("warn", false)]
    [InlineData("info", true)]
    public async Task Dotnet_format_takes_what_is_left_to_a_person_when_asked_for_it(string severity, bool isTaken)
    {
        using var folder = new TemporaryFolder("format-" + severity);
        var source = await Format(folder, new Scenario("Shop", []), "Program.cs", Sources.LoopbackAlone, "PSSL2002", "--severity", severity);
        Assert.Equal(isTaken, source.Contains("KnownProxies", StringComparison.Ordinal));
    }

    private async Task<string> Format(TemporaryFolder folder, Scenario app, string file, string source, params string[] rules)
    {
        var token = TestContext.Current.CancellationToken;
        await File.WriteAllTextAsync(folder[app.Name + ".csproj"], app.ProjectFile(packed.Package.Version), token);
        await File.WriteAllTextAsync(folder["NuGet.config"], packed.Package.NuGetConfig(), token);
        await File.WriteAllTextAsync(folder[file], source, token);
        var formatted = await Dotnet.RunAsync(folder.Path, ["format", "analyzers", "--diagnostics", .. rules], token);
        Assert.True(formatted.ExitCode == 0, formatted.Output);
        return await File.ReadAllTextAsync(folder[file], token);
    }
}
