using System;
using System.Collections.Generic;
using System.Net;
using System.Threading.Tasks;
using ProxySsl.Behavior.Tests.Apps;
using ProxySsl.Behavior.Tests.Proxies;
using ProxySsl.Behavior.Tests.Visits;

namespace ProxySsl.Behavior.Tests.Scenarios;

/// <summary>A claim of a rule that can be run: an app that the rule flags, what is done to it, and what is seen before and after the fix.</summary>
public sealed record Scenario
{
    /// <summary>The rule whose claim this is.</summary>
    public required string Rule { get; init; }

    /// <summary>What goes wrong, in a few words; together with the rule the name of the scenario.</summary>
    public required string Title { get; init; }

    /// <summary>The app as people write it.</summary>
    public required string Flagged { get; init; }

    /// <summary>The app mended by hand, for rules that offer no fix here; null where the code fix does it.</summary>
    public string? MendedByHand { get; init; }

    /// <summary>A part of the title of the fix to take; null takes the first one, as <c>dotnet format</c> does.</summary>
    public string? Action { get; init; }

    /// <summary>Other rules that rightly speak about the flagged app too, and still do about the mended one.</summary>
    public IReadOnlyList<string> AlsoReported { get; init; } = [];

    /// <summary>Rules that speak about the mended app, because the next step is a person's decision.</summary>
    public IReadOnlyList<string> NextStep { get; init; } = [];

    /// <summary>The peer that the app sees when the proxy calls; null keeps 127.0.0.1.</summary>
    public IPAddress? ProxyAddress { get; init; }

    /// <summary>The configuration of the deployment.</summary>
    public IReadOnlyDictionary<string, string> Configuration { get; init; } = new Dictionary<string, string>();

    /// <summary>Files below the content root.</summary>
    public IReadOnlyDictionary<string, string> Files { get; init; } = new Dictionary<string, string>();

    /// <summary>What is done to the app, and what of the answers is the point, in one line.</summary>
    public required Func<Visit, Task<string>> Observe { get; init; }

    /// <summary>What is seen, for everything that stands in front.</summary>
    public required IReadOnlyList<Expectation> Expected { get; init; }

    /// <summary>The deployment of the app on the ports of a lane.</summary>
    public AppSetup On(ProxyFleet.Lane lane) => new()
    {
        Port = lane.AppPort,
        StrangerPort = lane.StrangerPort,
        ProxyAddress = ProxyAddress,
        Configuration = Configuration,
        Files = Files,
    };
}

/// <summary>What is seen before and after the fix, checked by hand.</summary>
public sealed record Expectation(ProxyKind Front, string Before, string After)
{
    /// <summary>The same behind all four proxies.</summary>
    public static Expectation[] BehindAll(string before, string after) =>
        Behind([ProxyKind.Nginx, ProxyKind.Apache, ProxyKind.HAProxy, ProxyKind.Caddy], before, after);

    /// <summary>The same behind some proxies.</summary>
    public static Expectation[] Behind(ProxyKind[] fronts, string before, string after) => Array.ConvertAll(fronts, f => new Expectation(f, before, after));

    /// <summary>Seen by one who talks to the app itself.</summary>
    public static Expectation[] Direct(string before, string after) => Behind([ProxyKind.None], before, after);
}
