using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Threading.Tasks;
using ProxySsl.Demo.Running;
using ProxySsl.Package.Tests.Building;
using Xunit;

namespace ProxySsl.Package.Tests;

/// <summary>The command of the README, run as it is written there.</summary>
public class DemoTests
{
    private const string Shop = """
        <Project Sdk="Microsoft.NET.Sdk.Web">
          <PropertyGroup>
            <TargetFramework>net10.0</TargetFramework>
            <ImplicitUsings>enable</ImplicitUsings>
            <UseAppHost>false</UseAppHost>
          </PropertyGroup>
        </Project>
        """;

    [Fact]
    public async Task Shows_the_way_from_the_warnings_to_the_app_that_runs_right()
    {
        var demo = await DemoAsync();
        Assert.True(demo.ExitCode == 0, demo.Output);
        foreach (var rule in new[] { "PSSL1001", "PSSL2001", "PSSL3001" })
        {
            Assert.Contains($"warning {rule}: ", demo.Output);
        }

        Assert.Contains("-        request.IsHttps || request.Headers.ContainsKey(\"X-Forwarded-Proto\");", demo.Output);
        Assert.Contains("-    options.KnownProxies.Clear();", demo.Output);
        var rows = demo.Output.Split('\n').Where(l => l.Trim().StartsWith('|')).Select(l => l.Trim().Trim('|').Split('|').Select(c => c.Trim()).ToArray()).ToArray();
        string[] Row(string start) => rows.Single(r => r[0].StartsWith(start, System.StringComparison.Ordinal))[1..];
        Assert.Equal(["redirect loop, gives up after 20", "200 OK"], Row("The browser opens"));
        Assert.Equal(["believed: order accepted", "refused"], Row("A client over plain HTTP"));
        Assert.Equal(["198.51.100.10", "198.51.100.10"], Row("The browser ("));
        Assert.Equal(["192.0.2.1", "203.0.113.66"], Row("An attacker"));
    }

    [Fact]
    public async Task Analyses_code_as_it_is_and_fixes_it_when_asked()
    {
        using var folder = new TemporaryFolder("demo-tests");
        var token = TestContext.Current.CancellationToken;
        await File.WriteAllTextAsync(folder["Shop.csproj"], Shop, token);
        await File.WriteAllTextAsync(folder["Program.cs"], Sources.MinimalApi, token);

        var analysed = await DemoAsync(folder.Path);
        Assert.True(analysed.ExitCode == 1, analysed.Output);
        Assert.Contains("PSSL2001 Every sender is trusted: known proxies and networks are empty (1 finding)", analysed.Output);
        Assert.Contains("Program.cs(", analysed.Output);
        Assert.Contains("4 findings of 4 rules in 1 file.", analysed.Output);
        Assert.Equal(Sources.MinimalApi, await File.ReadAllTextAsync(folder["Program.cs"], token));
        Assert.Equal(["Program.cs", "Shop.csproj"], Directory.GetFileSystemEntries(folder.Path).Select(Path.GetFileName).Order());

        var fixedCode = await DemoAsync(folder.Path, "--fix");
        Assert.True(fixedCode.ExitCode == 0, fixedCode.Output);
        Assert.Contains("4 findings before, 0 after.", fixedCode.Output);
        Assert.DoesNotContain("ContainsKey", await File.ReadAllTextAsync(folder["Program.cs"], token));
    }

    [Fact]
    public async Task Says_clearly_what_it_cannot_do()
    {
        var token = TestContext.Current.CancellationToken;
        using var folder = new TemporaryFolder("demo-tests");
        var missing = await DemoAsync(folder["nothing-here"]);
        Assert.Equal(2, missing.ExitCode);
        Assert.Contains("There is nothing at", missing.Output);

        await File.WriteAllTextAsync(folder["Broken.csproj"], Shop.Replace("</PropertyGroup>", "</PropertyGroup><ItemGroup><PackageReference Include=\"Nobody.Has.This\" Version=\"1.0.0\" /></ItemGroup>"), token);
        var broken = await DemoAsync(folder.Path);
        Assert.Equal(3, broken.ExitCode);
        Assert.Contains("Broken.csproj does not restore:", broken.Output);
        Assert.Contains("Nobody.Has.This", broken.Output);
    }

    private static Task<ChildResult> DemoAsync(params IEnumerable<string> arguments) => Dotnet.RunAsync(
        PackedPackage.Repository,
        ["run", "--project", Path.Combine("samples", "Demo"), "--no-build", "-c", PackedPackage.Metadata("Configuration"), "--", .. arguments],
        TestContext.Current.CancellationToken);
}
