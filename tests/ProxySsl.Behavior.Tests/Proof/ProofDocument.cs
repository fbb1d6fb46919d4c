using System;
using System.Collections.Concurrent;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Reflection;
using System.Text;
using System.Threading.Tasks;
using ProxySsl.Behavior.Tests.Order;
using ProxySsl.Behavior.Tests.Proxies;
using ProxySsl.Behavior.Tests.Scenarios;
using Xunit;

namespace ProxySsl.Behavior.Tests.Proof;

/// <summary>
/// docs/proof.md: what was seen in every scenario behind every proxy. Every test compares what it sees with the committed row. With <c>PROXYSSL_UPDATE_DOCS=1</c> the rows of the run are written instead; rows that were not run stay.
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

    private const string OrderIntroduction = """

        ## The order of the framework's own middleware

        Each of these stands once before `UseForwardedHeaders` and once after it; the request is the one that a proxy at 127.0.0.1 sends for a
        client who came over https. Where both columns say the same, the middleware reads what it needs when the answer is written, and its
        place does not matter (`UseHostFiltering`: the host runs a filter of its own before everything else).

        | Middleware | What is looked at | In front | Before | After |
        | --- | --- | --- | --- | --- |

        """;

    private static readonly (string Title, string Prefix)[] Families =
    [
        ("Forwarded headers in application code", "PSSL1"),
        ("ForwardedHeadersOptions", "PSSL2"),
        ("The middleware pipeline", "PSSL3"),
    ];

    private static readonly string File = Path.Combine(
        typeof(ProofDocument).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().First(a => a.Key == "RepositoryRoot").Value!, "docs", "proof.md");

    private const string HowToUpdate = "run the behaviour tests with PROXYSSL_UPDATE_DOCS=1 and look at the difference.";

    private readonly ConcurrentDictionary<Place, Seen> _observed = new();
    private readonly string _committed = System.IO.File.Exists(File) ? System.IO.File.ReadAllText(File) : "";

    /// <summary>Whether this run writes the document.</summary>
    private static bool IsUpdate => Environment.GetEnvironmentVariable("PROXYSSL_UPDATE_DOCS") == "1";

    /// <summary>Keeps what was seen, and compares it with what the committed document says.</summary>
    public void Record(Scenario scenario, ProxyKind front, string before, string after) => Record(PlaceOf(scenario, front), before, after);

    /// <inheritdoc cref="Record(Scenario, ProxyKind, string, string)"/>
    public void Record(OrderProbe probe, string before, string after) => Record(PlaceOf(probe), before, after);

    /// <summary>Fails where the committed document has other rows, another order or another text than the table of scenarios gives.</summary>
    public void AssertComplete() =>
        Assert.True(IsUpdate || Render(Committed()) == _committed, $"docs/proof.md is not what the scenarios give; {HowToUpdate}");

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public async ValueTask DisposeAsync()
    {
        if (IsUpdate)
        {
            var all = Committed();
            foreach (var (place, seen) in _observed)
            {
                all[place] = seen;
            }

            await System.IO.File.WriteAllTextAsync(File, Render(all)).ConfigureAwait(false);
        }
    }

    private void Record(Place place, string before, string after)
    {
        _observed[place] = new Seen(before, after);
        if (!IsUpdate)
        {
            Assert.True(Committed().GetValueOrDefault(place) == _observed[place], $"docs/proof.md does not say this; {HowToUpdate}\n{place}\n{_observed[place]}");
        }
    }

    private static string Render(Dictionary<Place, Seen> all)
    {
        var text = new StringBuilder(Introduction);
        void Row(params string[] cells) => text.Append(string.Concat(cells.Select(c => $"| {c} "))).Append("|\n");

        foreach (var (title, prefix) in Families)
        {
            text.Append("\n## ").Append(title).Append("\n\n| Rule | Scenario | In front | Before | After |\n| --- | --- | --- | --- | --- |\n");
            foreach (var scenario in ScenarioTable.All.Where(s => s.Rule.StartsWith(prefix, StringComparison.Ordinal)))
            {
                // Proxies behind which the same was seen share a row.
                foreach (var same in scenario.Expected.Select(e => PlaceOf(scenario, e.Front)).Where(all.ContainsKey).GroupBy(place => all[place]))
                {
                    var place = same.First();
                    Row(place.Rule, place.Title, string.Join(", ", same.Select(p => p.Front)), same.Key.Before, same.Key.After);
                }
            }
        }

        text.Append(OrderIntroduction);
        foreach (var place in OrderProbes.ReadAtOnce.Concat(OrderProbes.ReadLater).Select(PlaceOf).Where(all.ContainsKey))
        {
            Row(place.Rule, place.Title, place.Front, all[place].Before, all[place].After);
        }

        return text.ToString();
    }

    private static Place PlaceOf(OrderProbe probe) => new($"`{probe.Method}`", probe.Title, "nothing");

    private static Place PlaceOf(Scenario scenario, ProxyKind front) => new(
        $"[{scenario.Rule}](rules/{scenario.Rule}.md){(scenario.MendedByHand is null ? "" : " \\*")}",
        scenario.Title,
        front == ProxyKind.None ? "nothing" : ProxyRecipe.Of(front).Name);

    private Dictionary<Place, Seen> Committed()
    {
        var all = new Dictionary<Place, Seen>();
        foreach (var line in _committed.Split('\n').Where(l => l.StartsWith("| [", StringComparison.Ordinal) || l.StartsWith("| `", StringComparison.Ordinal)))
        {
            var cells = line.Trim('|', ' ').Split(" | ");
            foreach (var front in cells[2].Split(", "))
            {
                all[new Place(cells[0], cells[1], front)] = new Seen(cells[3], cells[4]);
            }
        }

        return all;
    }

    private sealed record Place(string Rule, string Title, string Front);

    private sealed record Seen(string Before, string After);
}
