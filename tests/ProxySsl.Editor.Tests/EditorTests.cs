using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Xunit;

namespace ProxySsl.Editor.Tests;

/// <summary>The package in an editor: what loads, what the menu says, what a preview shows, how far Fix All reaches.</summary>
public class EditorTests
{
    private const string Program = """
        using Microsoft.AspNetCore.Builder;
        using Microsoft.AspNetCore.HttpOverrides;
        using Microsoft.Extensions.DependencyInjection;

        var builder = WebApplication.CreateBuilder(args);
        builder.Services.Configure<ForwardedHeadersOptions>(options =>
        {
            options.ForwardedHeaders = ForwardedHeaders.XForwardedFor | ForwardedHeaders.XForwardedProto;
            options.KnownNetworks.Clear();
            options.KnownProxies.Clear();
        });
        var app = builder.Build();
        app.UseHttpsRedirection();
        app.UseForwardedHeaders();
        app.Run();
        """;

    private const string Checks = """
        using Microsoft.AspNetCore.Http;

        public static class Checks
        {
            public static bool IsSecure(HttpRequest request) => request.Headers.ContainsKey("X-Forwarded-Proto");

            public static bool IsHttps(HttpRequest request) => request.Headers.ContainsKey("X-Forwarded-Proto");
        }
        """;

    private static readonly string MoreChecks = Checks.Replace("class Checks", "class MoreChecks");

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public static TheoryData<string, string> Fixable => new()
    {
        { "PSSL1001", "Checks.cs" },
        { "PSSL2001", "Program.cs" },
        { "PSSL3001", "Program.cs" },
    };

    [Fact]
    public void Everything_loads()
    {
        Assert.Empty(AnalyzerFolder.Instance.Failures);
        Assert.Equal(4, AnalyzerFolder.Instance.Analyzers.Length);
        Assert.NotEmpty(AnalyzerFolder.Instance.Fixes);
    }

    [Fact]
    public async Task Reports_where_the_code_is_typed()
    {
        using var editor = Open();
        var project = editor.Solution.Projects.Single(p => p.Name == "Shop");
        Assert.Equal(
            ["/Shop/Checks.cs PSSL1001", "/Shop/Checks.cs PSSL1001", "/Shop/MoreChecks.cs PSSL1001", "/Shop/MoreChecks.cs PSSL1001", "/Shop/Program.cs PSSL2001", "/Shop/Program.cs PSSL3001"],
            (await EditorSession.DiagnosticsAsync(project, Token)).Select(d => $"{d.Location.SourceTree!.FilePath} {d.Id}"));
    }

    [Theory]
    [MemberData(nameof(Fixable))]
    public async Task Menu_reads_well(string rule, string file)
    {
        using var editor = Open();
        var menu = await EditorSession.MenuAsync(EditorSession.Document(editor.Solution, "Shop", file), rule, Token);
        var titles = menu.Select(e => e.Action.Title).ToArray();
        Assert.NotEmpty(titles);
        Assert.Equal(titles.Distinct(), titles);
        Assert.Equal(menu.Count, menu.Select(e => e.Action.EquivalenceKey).Distinct().Count());
        Assert.All(titles, t => Assert.Matches("^[A-Z].{5,78}[^.:]$", t));
        Assert.All(titles, t => Assert.DoesNotContain("PSSL", t));
    }

    [Fact]
    public async Task Trust_from_configuration_is_offered_first()
    {
        using var editor = Open();
        var menu = await EditorSession.MenuAsync(EditorSession.Document(editor.Solution, "Shop", "Program.cs"), "PSSL2001", Token);
        Assert.Equal(3, menu.Count);
        Assert.Contains("configuration", menu[0].Action.Title);
        Assert.Contains("loopback", menu[1].Action.Title, System.StringComparison.OrdinalIgnoreCase);
        Assert.Contains("private", menu[2].Action.Title, System.StringComparison.OrdinalIgnoreCase);
    }

    [Theory]
    [MemberData(nameof(Fixable))]
    public async Task Preview_shows_code_that_compiles_without_the_report(string rule, string file)
    {
        using var editor = Open();
        var document = EditorSession.Document(editor.Solution, "Shop", file);
        foreach (var entry in await EditorSession.MenuAsync(document, rule, Token))
        {
            var changed = await EditorSession.PreviewAsync(entry.Action, Token);
            Assert.Equal(await CountAsync(editor.Solution, rule) - 1, await CountAsync(changed, rule));
            var documents = changed.GetChanges(editor.Solution).GetProjectChanges().SelectMany(p => p.GetChangedDocuments());
            Assert.Equal([document.Id], documents);
        }
    }

    [Theory]
    [InlineData(FixAllScope.Document, 4)]
    [InlineData(FixAllScope.Project, 2)]
    [InlineData(FixAllScope.Solution, 0)]
    public async Task Fix_all_reaches_as_far_as_asked(FixAllScope scope, int left)
    {
        using var editor = Open();
        Assert.Equal(6, await CountAsync(editor.Solution, "PSSL1001"));
        var entry = (await EditorSession.MenuAsync(EditorSession.Document(editor.Solution, "Shop", "Checks.cs"), "PSSL1001", Token))[0];
        Assert.Contains(scope, entry.Provider.GetFixAllProvider()!.GetSupportedFixAllScopes());
        Assert.Equal(left, await CountAsync(await EditorSession.FixAllAsync(entry, scope, Token), "PSSL1001"));
    }

    private static EditorSession Open() => new(
        ("Shop", [("Program.cs", Program), ("Checks.cs", Checks), ("MoreChecks.cs", MoreChecks)]),
        ("Admin", [("Checks.cs", Checks), ("Program.cs", "System.Console.WriteLine();")]));

    private static async Task<int> CountAsync(Solution solution, string rule)
    {
        var count = 0;
        foreach (var project in solution.Projects)
        {
            count += (await EditorSession.DiagnosticsAsync(project, Token)).Count(d => d.Id == rule);
        }

        return count;
    }
}
