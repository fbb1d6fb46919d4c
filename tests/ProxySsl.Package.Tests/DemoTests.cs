using System;
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
        string[] Row(string start) => rows.Single(r => r[0].StartsWith(start, StringComparison.Ordinal))[1..];
        Assert.Equal(["redirect loop, gives up after 20", "200 OK"], Row("The browser opens"));
        Assert.Equal(["believed: order accepted", "refused"], Row("A client over plain HTTP"));
        Assert.Equal(["198.51.100.10", "198.51.100.10"], Row("The browser ("));
        Assert.Equal(["192.0.2.1", "203.0.113.66"], Row("An attacker"));
    }

    [Fact]
    public async Task Analyses_a_solution_as_it_is_and_fixes_it_when_asked()
    {
        using var folder = new TemporaryFolder("demo-tests");
        var token = TestContext.Current.CancellationToken;
        Dictionary<string, string> files = new()
        {
            ["Shop.slnx"] = """<Solution><Project Path="Shop/Shop.csproj" /><Project Path="Security/Security.csproj" /></Solution>""",
            ["Shop/Shop.csproj"] = Shop.Replace("</Project>", """<ItemGroup><ProjectReference Include="../Security/Security.csproj" /></ItemGroup></Project>"""),
            ["Shop/Program.cs"] = Sources.FixableMinimalApi,
            ["Security/Security.csproj"] = Shop.Replace("Sdk.Web", "Sdk").Replace("</Project>", """<ItemGroup><FrameworkReference Include="Microsoft.AspNetCore.App" /></ItemGroup></Project>"""),
            ["Security/RequestSecurity.cs"] = """
                using Microsoft.AspNetCore.Http;

                public static class RequestSecurity
                {
                    public static bool IsSecure(HttpRequest request) => request.Headers.ContainsKey("X-Forwarded-Proto");
                }
                """,
        };
        foreach (var (name, text) in files)
        {
            Directory.CreateDirectory(Path.GetDirectoryName(folder[name])!);
            await File.WriteAllTextAsync(folder[name], text, token);
        }

        var analysed = await DemoAsync(folder.Path);
        Assert.True(analysed.ExitCode == 1, analysed.Output);
        Assert.Contains("PSSL2001 Every sender is trusted: known proxies and networks are empty (1 finding)", analysed.Output);
        Assert.Contains($"{Path.Combine("Security", "RequestSecurity.cs")}(5,", analysed.Output);
        Assert.Contains("4 findings of 3 rules in 2 files.", analysed.Output);
        var present = Directory.GetFiles(folder.Path, "*", SearchOption.AllDirectories);
        Assert.Equal(files.Keys.Order(), present.Select(f => Path.GetRelativePath(folder.Path, f).Replace('\\', '/')).Order());
        Assert.All(files, f => Assert.Equal(f.Value, File.ReadAllText(folder[f.Key])));

        var fixedCode = await DemoAsync(folder.Path, "--fix");
        Assert.True(fixedCode.ExitCode == 0, fixedCode.Output);
        Assert.Contains("4 findings before, 0 after.", fixedCode.Output);
        Assert.DoesNotContain("ContainsKey", await File.ReadAllTextAsync(folder["Security/RequestSecurity.cs"], token));
        Assert.DoesNotContain("Clear()", await File.ReadAllTextAsync(folder["Shop/Program.cs"], token));
    }

    [Fact]
    public async Task Stopped_in_the_middle_it_leaves_nothing_behind()
    {
        var token = TestContext.Current.CancellationToken;
        using var folder = new TemporaryFolder("demo-tests");
        var assembly = Path.Combine(PackedPackage.Repository, "artifacts", "bin", "Demo", PackedPackage.Metadata("Configuration").ToLowerInvariant(), "ProxySsl.Demo.dll");
        await using var demo = ChildProcess.Start(Dotnet.Program, [assembly], PackedPackage.Repository, [new("TMPDIR", folder.Path)]);
        while (Directory.GetDirectories(folder.Path, "proxyssl-demo-*").Length == 0)
        {
            await Task.Delay(50, token);
        }

        await ChildProcess.RunAsync("kill", ["-TERM", demo.Id.ToString()], folder.Path, null, null, token);
        Assert.Equal(130, await demo.WaitAsync(token));
        Assert.Contains("Stopped.", demo.Output);
        Assert.Empty(Directory.GetDirectories(folder.Path, "proxyssl-demo-*"));
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
