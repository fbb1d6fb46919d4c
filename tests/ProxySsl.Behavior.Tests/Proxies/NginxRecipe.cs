using System.Collections.Generic;
using System.IO;

namespace ProxySsl.Behavior.Tests.Proxies;

/// <summary>nginx. https://nginx.org/en/docs/http/ngx_http_proxy_module.html</summary>
public sealed class NginxRecipe : ProxyRecipe
{
    public override ProxyKind Kind => ProxyKind.Nginx;

    public override string Name => "nginx";

    protected override IReadOnlyList<string> Executables => ["nginx"];

    public override string[] Configure(string folder, string executable, IReadOnlyList<Route> routes)
    {
        // One process in the foreground: nothing has to change its user, and nothing is left behind.
        var file = Write(folder, "nginx.conf", $$"""
            daemon off;
            master_process off;
            pid {{folder}}/nginx.pid;
            error_log {{folder}}/error.log;
            events { worker_connections 256; }
            http {
                access_log {{folder}}/access.log;
                client_body_temp_path {{folder}}/body;
                proxy_temp_path {{folder}}/proxy;
                fastcgi_temp_path {{folder}}/fastcgi;
                uwsgi_temp_path {{folder}}/uwsgi;
                scgi_temp_path {{folder}}/scgi;
                ssl_certificate {{folder}}/site.crt;
                ssl_certificate_key {{folder}}/site.key;
                map $https $ssl_on { on on; default off; }
                proxy_set_header Host $host;
                proxy_set_header X-Forwarded-Proto $scheme;
                proxy_set_header X-Forwarded-Ssl $ssl_on;
                proxy_set_header X-Forwarded-For $proxy_add_x_forwarded_for;
            {{Each(routes, r => $$"""
                server {
                    listen 127.0.0.1:{{r.HttpPort}};
                    listen 127.0.0.1:{{r.HttpsPort}} ssl;
                    location / { proxy_pass http://127.0.0.1:{{r.AppPort}}; }
                }
            """)}}
            }
            """);
        return ["-p", folder, "-e", Path.Combine(folder, "error.log"), "-c", file];
    }
}
