using System;
using System.Collections.Generic;
using System.Linq;
using System.Net;
using System.Net.Sockets;
using System.Threading;

namespace ProxySsl.Behavior.Tests.Proxies;

/// <summary>
/// Hands out loopback ports that are free. They lie below the range from which systems give ports to outgoing connections, so that nobody
/// takes one by accident between the moment it is handed out and the moment a server binds it.
/// </summary>
public static class PortPool
{
    private const int First = 20_000;
    private const int Last = 32_000;

    private static readonly HashSet<int> Taken = [];
    private static readonly Lock Gate = new();

    /// <summary>A port that is free now and that this process has not handed out before.</summary>
    public static int Take()
    {
        lock (Gate)
        {
            return Enumerable.Range(0, 1_000)
                .Select(_ => Random.Shared.Next(First, Last))
                .First(port => !Taken.Contains(port) && IsFree(port) && Taken.Add(port));
        }
    }

    private static bool IsFree(int port)
    {
        using var listener = new TcpListener(IPAddress.Loopback, port);
        try
        {
            listener.Start();
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }
}
