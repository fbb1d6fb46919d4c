using System;
using System.Collections.Concurrent;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Reflection;
using System.Text;
using System.Threading.Tasks;
using ProxySsl.Behavior.Tests.Proxies;
using ProxySsl.Behavior.Tests.Scenarios;
using Xunit;

namespace ProxySsl.Behavior.Tests.Proof;

/// <summary>
/// docs/proof.md: one row for every scenario and every proxy it ran behind, with what was seen. Every test compares its own row with the
/// committed one. With <c>PROXYSSL_UPDATE_DOCS=1</c> the rows of the run are written instead; rows that were not run stay.
/// </summary>
public sealed class ProofDocument : IAsyncLifetime
{
    private const string Introduction = """
        # Proof

        Every row of these tables is a test that runs on ASP.NET Core: a small web app that the rule flags, compiled and started as it is
        ("before"), and the same app after the rule's own code fix ("after"). Where a rule offers no fix, the app was mended by hand and the
        package finds nothing more in it; these rows are marked with a star.

        A client at 127.0.0.9 opens `http://app.test/` or `https://app.test/`. A real proxy takes the request, ends TLS with a certificate
        made on the spot, and forwards it as plain HTTP to the app. All four proxies are configured to do the same: they keep `Host`,
        overwrite `X-Forwarded-Proto` (`http` or `https`) and `X-Forwarded-Ssl` (`on` or `off`), append the client's address to
        `X-Forwarded-For`, and let every other header through. Two differences are their own: Caddy drops an `X-Forwarded-For` and an
        `X-Forwarded-Host` that a client has written, and Apache httpd appends its own entry to `X-Forwarded-Host`; scenarios that live on
        these headers run behind the others.

        "Past the proxy" is a stranger at 198.51.100.7 who reaches the app's own port; 6.6.6.6 is an address that somebody made up. In the
        scenarios with a proxy in another container the app sees it at 10.0.0.2, everywhere else at 127.0.0.1.

        The tables are written by the tests: `PROXYSSL_UPDATE_DOCS=1 dotnet test --project tests/ProxySsl.Behavior.Tests`. A test fails when a row
        differs from what it sees.

        """;

    private static readonly (string Title, string Prefix)[] Families =
    [
        ("Forwarded headers in application code", "PSSL1"),
        ("ForwardedHeadersOptions", "PSSL2"),
        ("The middleware pipeline", "PSSL3"),
    ];

    private static readonly string File = Path.Combine(
        typeof(ProofDocument).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().First(a => a.Key == "RepositoryRoot").Value!, "docs", "proof.md");

    private readonly ConcurrentDictionary<string, string> _observed = new();
    private readonly string _committed = System.IO.File.Exists(File) ? System.IO.File.ReadAllText(File) : "";

    /// <summary>Whether this run writes the document.</summary>
    public static bool IsUpdate => Environment.GetEnvironmentVariable("PROXYSSL_UPDATE_DOCS") == "1";

    /// <summary>Keeps what was seen, and compares it with the committed row.</summary>
    public void Record(Scenario scenario, ProxyKind front, string before, string after)
    {
        var key = Key(scenario, front);
        var row = $"{key}{Cell(before)} | {Cell(after)} |";
        _observed[key] = row;
        if (!IsUpdate)
        {
            Assert.True(_committed.Contains(row + "\n", StringComparison.Ordinal), $"docs/proof.md has no such row; {HowToUpdate}\n{row}");
        }
    }

    /// <summary>Fails where the committed document has other rows, another order or another text than the table of scenarios gives.</summary>
    public void AssertComplete() =>
        Assert.True(IsUpdate || Render(CommittedRow) == _committed, $"docs/proof.md is not what the scenarios give; {HowToUpdate}");

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public async ValueTask DisposeAsync()
    {
        if (IsUpdate)
        {
            await System.IO.File.WriteAllTextAsync(File, Render(key => _observed.GetValueOrDefault(key) ?? CommittedRow(key))).ConfigureAwait(false);
        }
    }

    private const string HowToUpdate = "run the behaviour tests with PROXYSSL_UPDATE_DOCS=1 and look at the difference.";

    private static string Render(Func<string, string?> row)
    {
        var text = new StringBuilder(Introduction);
        foreach (var (title, prefix) in Families)
        {
            text.Append("\n## ").Append(title).Append("\n\n| Rule | Scenario | In front | Before | After |\n| --- | --- | --- | --- | --- |\n");
            foreach (var scenario in ScenarioTable.All.Where(s => s.Rule.StartsWith(prefix, StringComparison.Ordinal)))
            {
                foreach (var line in scenario.Expected.Select(e => row(Key(scenario, e.Front))).OfType<string>())
                {
                    text.Append(line).Append('\n');
                }
            }
        }

        return text.ToString();
    }

    private static string Key(Scenario scenario, ProxyKind front) =>
        $"| [{scenario.Rule}](rules/{scenario.Rule}.md){(scenario.MendedByHand is null ? "" : " \\*")} | {Cell(scenario.Title)} | {Name(front)} | ";

    private static string Name(ProxyKind front) => front == ProxyKind.None ? "nothing" : ProxyRecipe.Of(front).Name;

    private static string Cell(string text) => text.Replace("|", "\\|", StringComparison.Ordinal);

    private string? CommittedRow(string key) => _committed.Split('\n').FirstOrDefault(line => line.StartsWith(key, StringComparison.Ordinal));
}
