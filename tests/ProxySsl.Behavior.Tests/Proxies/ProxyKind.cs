namespace ProxySsl.Behavior.Tests.Proxies;

/// <summary>What stands between the client and the app.</summary>
public enum ProxyKind
{
    /// <summary>Nothing: the client talks to the app's own port.</summary>
    None,

    Nginx,
    Apache,
    HAProxy,
    Caddy,
}

/// <summary>One way through a proxy: its two ports, and the app's port behind them.</summary>
/// <param name="HttpPort">Where it takes plain requests.</param>
/// <param name="HttpsPort">Where it ends TLS.</param>
/// <param name="AppPort">Where it forwards to, on 127.0.0.1, always as plain HTTP.</param>
public sealed record Route(int HttpPort, int HttpsPort, int AppPort);
