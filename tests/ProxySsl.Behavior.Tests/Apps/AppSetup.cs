using System.Collections.Generic;
using System.Net;

namespace ProxySsl.Behavior.Tests.Apps;

/// <summary>Where and how an app runs: what a deployment decides, not the code.</summary>
public sealed record AppSetup
{
    /// <summary>The port that the proxy forwards to.</summary>
    public required int Port { get; init; }

    /// <summary>A second door, for those who reach the app past the proxy.</summary>
    public required int StrangerPort { get; init; }

    /// <summary>The peer that the app sees behind <see cref="Port"/>; null keeps the real one, 127.0.0.1.</summary>
    public IPAddress? ProxyAddress { get; init; }

    /// <summary>The peer that the app sees behind <see cref="StrangerPort"/>.</summary>
    public IPAddress StrangerAddress { get; init; } = IPAddress.Parse("198.51.100.7");

    /// <summary>Configuration values, as command-line arguments carry them.</summary>
    public IReadOnlyDictionary<string, string> Configuration { get; init; } = new Dictionary<string, string>();

    /// <summary>Files below the content root: path and content.</summary>
    public IReadOnlyDictionary<string, string> Files { get; init; } = new Dictionary<string, string>();
}
