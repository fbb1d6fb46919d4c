using System.Collections.Generic;

namespace ProxySsl.Behavior.Tests.Proxies;

/// <summary>Caddy. https://caddyserver.com/docs/caddyfile/directives/reverse_proxy</summary>
public sealed class CaddyRecipe : ProxyRecipe
{
    public override ProxyKind Kind => ProxyKind.Caddy;

    public override string Name => "Caddy";

    protected override IReadOnlyList<string> Executables => ["caddy"];

    public override string[] Configure(string folder, string executable, IReadOnlyList<Route> routes)
    {
        var file = Write(folder, "Caddyfile", $$"""
            {
                admin off
                auto_https off
                storage file_system {{folder}}/storage
                log {
                    output file {{folder}}/caddy.log
                }
            }
            {{Each(routes, r => $$"""
            http://app.test:{{r.HttpPort}} {
                bind 127.0.0.1
                reverse_proxy 127.0.0.1:{{r.AppPort}} {
                    header_up X-Forwarded-Ssl off
                    transport http {
                        keepalive off
                    }
                }
            }
            https://app.test:{{r.HttpsPort}} {
                bind 127.0.0.1
                tls {{folder}}/site.crt {{folder}}/site.key
                reverse_proxy 127.0.0.1:{{r.AppPort}} {
                    header_up X-Forwarded-Ssl on
                    transport http {
                        keepalive off
                    }
                }
            }
            """)}}

            """);
        return ["run", "--config", file, "--adapter", "caddyfile"];
    }
}
