using System.Collections.Generic;

namespace ProxySsl.Behavior.Tests.Proxies;

/// <summary>HAProxy. https://docs.haproxy.org/2.6/configuration.html</summary>
public sealed class HAProxyRecipe : ProxyRecipe
{
    public override ProxyKind Kind => ProxyKind.HAProxy;

    public override string Name => "HAProxy";

    protected override IReadOnlyList<string> Executables => ["haproxy"];

    public override string[] Configure(string folder, string executable, IReadOnlyList<Route> routes)
    {
        var file = Write(folder, "haproxy.cfg", $$"""
            global
                maxconn 256
            defaults
                mode http
                timeout connect 5s
                timeout client 30s
                timeout server 30s
                option forwardfor
                option http-server-close
                http-reuse never
            {{Each(routes, r => $$"""
            frontend front_{{r.AppPort}}
                bind 127.0.0.1:{{r.HttpPort}}
                bind 127.0.0.1:{{r.HttpsPort}} ssl crt {{folder}}/site.pem
                http-request set-header X-Forwarded-Proto http
                http-request set-header X-Forwarded-Ssl off
                http-request set-header X-Forwarded-Proto https if { ssl_fc }
                http-request set-header X-Forwarded-Ssl on if { ssl_fc }
                default_backend back_{{r.AppPort}}
            backend back_{{r.AppPort}}
                server app 127.0.0.1:{{r.AppPort}}
            """)}}

            """);
        return ["-db", "-f", file];
    }
}
