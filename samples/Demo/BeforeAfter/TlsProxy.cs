using System;
using System.Collections.Generic;
using System.Net;
using System.Net.Http;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Threading;
using System.Threading.Tasks;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Yarp.ReverseProxy.Configuration;

namespace ProxySsl.Demo.BeforeAfter;

/// <summary>
/// A reverse proxy in this process: ends TLS with a certificate made on the spot, and hands the request on over plain HTTP with the
/// X-Forwarded headers that the proxy itself sets, whatever the client sent in their place.
/// </summary>
internal sealed class TlsProxy : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly X509Certificate2 _certificate;

    private TlsProxy(WebApplication app, X509Certificate2 certificate, int port)
    {
        _app = app;
        _certificate = certificate;
        Address = new Uri($"https://localhost:{port}");
    }

    /// <summary>What the browser's address bar says.</summary>
    internal Uri Address { get; }

    internal static async Task<TlsProxy> StartAsync(int port, Uri app, CancellationToken cancellationToken)
    {
        var certificate = NewCertificate();
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls();
        builder.WebHost.ConfigureKestrel(k => k.Listen(IPAddress.Loopback, port, listen => listen.UseHttps(certificate)));
        builder.Services.AddReverseProxy().LoadFromMemory(
            [
                new RouteConfig
                {
                    RouteId = "everything",
                    ClusterId = "app",
                    Match = new RouteMatch { Path = "/{**rest}" },
                    Transforms = [new Dictionary<string, string> { ["RequestHeaderOriginalHost"] = "true" }],
                },
            ],
            [
                new ClusterConfig
                {
                    ClusterId = "app",
                    Destinations = new Dictionary<string, DestinationConfig> { ["app"] = new() { Address = app.AbsoluteUri } },
                },
            ]);
        var proxy = builder.Build();
        proxy.Use((context, next) =>
        {
            context.Connection.RemoteIpAddress = IPAddress.Parse(Network.Browser);
            return next(context);
        });
        proxy.MapReverseProxy();
        await proxy.StartAsync(cancellationToken);
        return new TlsProxy(proxy, certificate, port);
    }

    /// <summary>A client that trusts this proxy's certificate and no other, and leaves redirects to its caller.</summary>
    internal HttpClient NewBrowser() => new(new HttpClientHandler
    {
        AllowAutoRedirect = false,
        ServerCertificateCustomValidationCallback = (_, certificate, _, _) => certificate?.Thumbprint == _certificate.Thumbprint,
    })
    {
        BaseAddress = Address,
    };

    public async ValueTask DisposeAsync()
    {
        await _app.DisposeAsync();
        _certificate.Dispose();
    }

    private static X509Certificate2 NewCertificate()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=localhost", key, HashAlgorithmName.SHA256);
        var names = new SubjectAlternativeNameBuilder();
        names.AddDnsName("localhost");
        request.CertificateExtensions.Add(names.Build());
        using var certificate = request.CreateSelfSigned(DateTimeOffset.UtcNow.AddDays(-1), DateTimeOffset.UtcNow.AddDays(1));

        // Through a file's form, because Windows cannot serve TLS with a key that was never stored.
        return X509CertificateLoader.LoadPkcs12(certificate.Export(X509ContentType.Pfx), null);
    }
}
