using System.Net;
using System.Net.Sockets;

namespace ProxySsl.Demo.BeforeAfter;

/// <summary>Who is who: addresses that are set aside for documentation, and the proxy's in a private network.</summary>
internal static class Network
{
    internal const string Proxy = "10.0.0.5";
    internal const string Browser = "198.51.100.10";
    internal const string Attacker = "203.0.113.66";

    /// <summary>The address that the attacker claims to have.</summary>
    internal const string Claimed = "192.0.2.1";

    /// <summary>A port of this machine that nobody listens on.</summary>
    internal static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
