using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;

namespace ProxySsl.Behavior.Tests.Proxies;

/// <summary>Apache httpd. https://httpd.apache.org/docs/2.4/mod/mod_proxy.html</summary>
public sealed class ApacheRecipe : ProxyRecipe
{
    private static readonly string[] ModuleFolders =
        ["/usr/lib/apache2/modules", "/usr/lib64/httpd/modules", "/usr/lib/httpd/modules", "/usr/local/libexec/apache24", "/opt/homebrew/lib/httpd/modules"];

    // Some distributions build a few of them in: those have no file, and nothing to load.
    private static readonly string[] Modules = ["mpm_event", "unixd", "authz_core", "log_config", "headers", "proxy", "proxy_http", "ssl"];

    public override ProxyKind Kind => ProxyKind.Apache;

    public override string Name => "Apache httpd";

    protected override IReadOnlyList<string> Executables => ["apache2", "httpd"];

    public override string[] Configure(string folder, string executable, IReadOnlyList<Route> routes)
    {
        var modules = ModuleFolders.FirstOrDefault(Directory.Exists) ?? throw new InvalidOperationException("The modules of Apache httpd were not found.");
        var load = Modules
            .Select(m => (Name: m, File: Path.Combine(modules, $"mod_{m}.so")))
            .Where(m => File.Exists(m.File))
            .Select(m => $"LoadModule {m.Name}_module {m.File}");
        var file = Write(folder, "httpd.conf", $$"""
            ServerRoot {{folder}}
            ServerName app.test
            PidFile {{folder}}/httpd.pid
            Mutex file:{{folder}}
            ErrorLog {{folder}}/error.log
            {{string.Join('\n', load)}}
            {{(Environment.IsPrivilegedProcess ? "User #65534\nGroup #65534" : "")}}
            StartServers 1
            ThreadsPerChild 16
            MinSpareThreads 1
            MaxSpareThreads 32
            SSLSessionCache none
            ProxyPreserveHost On
            RequestHeader set X-Forwarded-Proto expr=%{REQUEST_SCHEME}
            RequestHeader set X-Forwarded-Ssl on "expr=%{HTTPS} == 'on'"
            RequestHeader set X-Forwarded-Ssl off "expr=%{HTTPS} != 'on'"
            {{Each(routes, r => $$"""
            Listen 127.0.0.1:{{r.HttpPort}} http
            Listen 127.0.0.1:{{r.HttpsPort}} https
            <VirtualHost 127.0.0.1:{{r.HttpPort}}>
                ProxyPass / http://127.0.0.1:{{r.AppPort}}/ disablereuse=on retry=0
            </VirtualHost>
            <VirtualHost 127.0.0.1:{{r.HttpsPort}}>
                SSLEngine on
                SSLCertificateFile {{folder}}/site.crt
                SSLCertificateKeyFile {{folder}}/site.key
                ProxyPass / http://127.0.0.1:{{r.AppPort}}/ disablereuse=on retry=0
            </VirtualHost>
            """)}}
            """);
        return ["-D", "FOREGROUND", "-f", file];
    }
}
