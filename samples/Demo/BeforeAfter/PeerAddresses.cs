using System;
using System.Collections.Generic;
using System.Linq;
using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;

[assembly: HostingStartup(typeof(ProxySsl.Demo.BeforeAfter.PeerAddresses))]

/// <summary>Found by the runtime by this name: loads this assembly into the app, where the host then finds the hosting startup above.</summary>
internal static class StartupHook
{
    public static void Initialize()
    {
    }
}

namespace ProxySsl.Demo.BeforeAfter
{
    /// <summary>
    /// Stands for the network. On one machine every connection comes from the loopback address, which the framework trusts by default; so the
    /// app listens on one port for each peer, and a connection there appears to come from that peer's address. It is all that is made up:
    /// everything after it is the app and the framework.
    /// </summary>
    internal sealed class PeerAddresses : IHostingStartup
    {
        /// <summary>Names the peers: <c>port=address;port=address</c>.</summary>
        internal const string Variable = "PROXYSSL_DEMO_PEERS";

        public void Configure(IWebHostBuilder builder)
        {
            var peers = (Environment.GetEnvironmentVariable(Variable) ?? "")
                .Split(';', StringSplitOptions.RemoveEmptyEntries)
                .Select(p => p.Split('='))
                .ToDictionary(p => int.Parse(p[0]), p => IPAddress.Parse(p[1]));
            builder.ConfigureServices(services => services.AddSingleton<IStartupFilter>(new Filter(peers)));
        }

        private sealed class Filter(Dictionary<int, IPAddress> peers) : IStartupFilter
        {
            public Action<IApplicationBuilder> Configure(Action<IApplicationBuilder> next) => app =>
            {
                app.Use(following => context =>
                {
                    if (peers.TryGetValue(context.Connection.LocalPort, out var address))
                    {
                        context.Connection.RemoteIpAddress = address;
                    }

                    return following(context);
                });
                next(app);
            };
        }
    }
}
