using System.Collections.Immutable;
using System.Linq;
using System.Threading.Tasks;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using ProxySsl.Analyzers.Tests.Robustness;
using ProxySsl.Analyzers.Tests.Verification;
using Xunit;

namespace ProxySsl.Analyzers.Tests;

/// <summary>
/// Fix All as hosts ask for it. An editor passes the key of the action that was chosen; dotnet format passes that of the first diagnostic
/// of the analyzer, whichever rule it is of, and none where that one has no fix.
/// </summary>
public class FixAllTests
{
    private const string Text = """
        using Microsoft.AspNetCore.HttpOverrides;

        var builder = WebApplication.CreateBuilder(args);
        builder.Services.Configure<ForwardedHeadersOptions>(options =>
        {
            options.ForwardedHeaders = ForwardedHeaders.XForwardedFor | ForwardedHeaders.XForwardedProto;
            options.KnownIPNetworks.Clear();
            options.KnownProxies.Clear();
        });
        var app = builder.Build();
        app.UseForwardedHeaders();
        app.MapGet("/", (HttpRequest request) =>
        {
            if (!request.Headers.ContainsKey("X-Forwarded-Proto"))
            {
                return Results.BadRequest();
            }

            var address = request.Headers["X-Forwarded-For"].ToString().Split(',')[0];
            return Results.Text(address);
        });
        app.Run();
        """;

    [Theory]
    [InlineData("PSSL1004", "PSSL1001", "RemoteIpAddress")]
    [InlineData("PSSL1001", "PSSL1004", "IsHttps")]
    [InlineData("PSSL1004", null, "RemoteIpAddress")]
    [InlineData("PSSL2001", null, "GetSection")]
    public async Task A_key_of_another_rule_or_none_gives_each_place_its_first_option(string fixedRule, string? keyOf, string expected)
    {
        var (project, diagnostics) = await Analyze();
        var offered = await Offered(project, diagnostics, fixedRule);
        var key = keyOf is null ? null : (await Offered(project, diagnostics, keyOf))[0].Action.EquivalenceKey;
        var solution = await offered[0].ApplyToAll(project, diagnostics, key, TestContext.Current.CancellationToken);
        Assert.Contains(expected, (await solution!.GetProject(project.Id)!.Documents.Single(d => d.Name == "Program.cs").GetTextAsync(TestContext.Current.CancellationToken)).ToString());
    }

    [Fact]
    public async Task The_chosen_option_is_the_one_that_is_applied()
    {
        var (project, diagnostics) = await Analyze();
        var loopback = (await Offered(project, diagnostics, "PSSL2001")).Single(o => o.Action.Title.Contains("loopback", System.StringComparison.Ordinal));
        var solution = await loopback.ApplyToAll(project, diagnostics, TestContext.Current.CancellationToken);
        Assert.DoesNotContain("GetSection", (await solution!.GetProject(project.Id)!.Documents.Single(d => d.Name == "Program.cs").GetTextAsync(TestContext.Current.CancellationToken)).ToString());
    }

    [Fact]
    public async Task A_fix_offers_nothing_for_a_rule_of_another_fix()
    {
        var (project, diagnostics) = await Analyze();
        var document = project.Documents.Single(d => d.Name == "Program.cs");
        foreach (var provider in Product.Fixes)
        {
            foreach (var diagnostic in diagnostics.Where(d => !provider.FixableDiagnosticIds.Contains(d.Id)))
            {
                await provider.RegisterCodeFixesAsync(new CodeFixContext(
                    document, diagnostic, (action, _) => Assert.Fail($"{provider.GetType().Name}: {action.Title}"), TestContext.Current.CancellationToken));
            }
        }
    }

    private static async Task<(Project Project, ImmutableArray<Diagnostic> Diagnostics)> Analyze()
    {
        var project = ProgramProject.Create(new SourceProgram("shop", [new SourceFile("Program.cs", Text)], Framework.Net100));
        var compilation = (await project.GetCompilationAsync(TestContext.Current.CancellationToken))!;
        var diagnostics = await ProgramProject.Analyze(
            compilation, ImmutableDictionary<string, string>.Empty, concurrent: false, withCompiler: false, TestContext.Current.CancellationToken);
        Assert.Equal(["PSSL1001", "PSSL1004", "PSSL2001"], diagnostics.Select(d => d.Id).Order());
        return (project, diagnostics);
    }

    private static async Task<OfferedFix[]> Offered(Project project, ImmutableArray<Diagnostic> diagnostics, string rule) =>
        [.. await OfferedFix.For(project.Documents.Single(d => d.Name == "Program.cs"), diagnostics.Single(d => d.Id == rule), TestContext.Current.CancellationToken)];
}
