using System.IO;
using System.Threading.Tasks;
using ProxySsl.Demo.Analysis;
using ProxySsl.Demo.Running;
using ProxySsl.Package.Tests.Building;
using Xunit;

namespace ProxySsl.Package.Tests;

/// <summary>The fixes on the command line, on an app of .NET 8 in a language that knows neither top-level statements nor patterns.</summary>
public class FormatTests(PackedPackage packed)
{
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
        await File.WriteAllTextAsync(folder["OldShop.csproj"], app.ProjectFile(packed.Package.Version), token);
        await File.WriteAllTextAsync(folder["NuGet.config"], packed.Package.NuGetConfig(), token);
        await File.WriteAllTextAsync(folder["Startup.cs"], Sources.Startup, token);

        var formatted = await Dotnet.RunAsync(folder.Path, ["format", "analyzers", "--diagnostics", "PSSL1001", "PSSL2001", "PSSL3001"], token);
        Assert.True(formatted.ExitCode == 0, formatted.Output);
        var source = await File.ReadAllTextAsync(folder["Startup.cs"], token);
        Assert.DoesNotContain("ContainsKey", source);
        Assert.DoesNotContain("Clear()", source);
        Assert.True(source.IndexOf("UseForwardedHeaders", System.StringComparison.Ordinal) < source.IndexOf("UseHttpsRedirection", System.StringComparison.Ordinal), source);

        var built = await Dotnet.RunAsync(folder.Path, ["build", "-warnaserror", "--disable-build-servers"], token);
        Assert.True(built.ExitCode == 0, source + built.Output);
        Assert.Empty(CompilerOutput.Read(built.Output, "PSSL"));
    }
}
