using System;
using System.Collections.Generic;
using System.Globalization;
using System.Net;
using System.Net.Http;
using System.Net.Security;
using System.Net.Sockets;
using System.Text;
using System.Threading;
using System.Threading.Tasks;
using ProxySsl.Behavior.Tests.Proxies;

namespace ProxySsl.Behavior.Tests.Visits;

/// <summary>
/// What a scenario can do to an app: be the browser of a client at 127.0.0.9 who opens http://app.test/ or https://app.test/, which lead to
/// the proxy's two ports; or be a stranger who talks to the app's own port past the proxy.
/// </summary>
public sealed class Visit : IDisposable
{
    private const int MaximumRedirects = 5;

    private static readonly IPAddress ClientAddress = IPAddress.Parse("127.0.0.9");

    private readonly HttpClient _browser;
    private readonly HttpClient _stranger;
    private readonly CancellationToken _cancellationToken;

    /// <param name="lease">The ports of the app and the proxy in front of it.</param>
    /// <param name="certificate">The one certificate that the browser takes.</param>
    /// <param name="appLog">What the app has logged.</param>
    /// <param name="cancellationToken">Ends every request.</param>
    public Visit(ProxyFleet.Lease lease, ServerCertificate certificate, Func<string> appLog, CancellationToken cancellationToken)
    {
        AppLog = appLog;
        _cancellationToken = cancellationToken;
        var route = lease.Kind == ProxyKind.None ? null : lease.Lane.Routes[lease.Kind];
        _browser = Client(address => route is null ? lease.Lane.AppPort : address.Port == 443 ? route.HttpsPort : route.HttpPort, ClientAddress, certificate);
        _stranger = Client(_ => lease.Lane.StrangerPort, IPAddress.Loopback, certificate);
    }

    /// <summary>What the app has logged so far.</summary>
    public Func<string> AppLog { get; }

    /// <summary>One request of the browser; redirects are not followed. Headers are written as <c>"Name: value"</c>.</summary>
    public Task<Reply> Get(string url, params string[] headers) => SendAsync(_browser, HttpMethod.Get, url, null, headers);

    /// <summary>A form that the browser sends.</summary>
    public Task<Reply> Post(string url, IReadOnlyDictionary<string, string> form, params string[] headers) =>
        SendAsync(_browser, HttpMethod.Post, url, new FormUrlEncodedContent(form), headers);

    /// <summary>One plain request of a stranger who reaches the app past the proxy.</summary>
    public Task<Reply> PastProxy(string path, params string[] headers) =>
        SendAsync(_stranger, HttpMethod.Get, $"http://{ProxyFleet.Host}{path}", null, headers);

    /// <summary>The browser goes to an address and follows redirects: every status and address on the way, or where it gives up.</summary>
    public async Task<string> Browse(string url)
    {
        var trace = new StringBuilder();
        for (var (asked, seen) = (new Uri(url), new HashSet<Uri>()); ;)
        {
            seen.Add(asked);
            var reply = await Get(asked.ToString()).ConfigureAwait(false);
            trace.Append(reply.Status);
            if (reply.Location is null || reply.Status is < 300 or > 399)
            {
                return trace.ToString();
            }

            if (seen.Contains(reply.Location))
            {
                return trace.Append(CultureInfo.InvariantCulture, $" → {reply.Status} → … (loop)").ToString();
            }

            trace.Append(CultureInfo.InvariantCulture, $" → {reply.Location} → ");
            asked = reply.Location;
            if (seen.Count > MaximumRedirects)
            {
                return trace.Append("… (no end)").ToString();
            }
        }
    }

    public void Dispose()
    {
        _browser.Dispose();
        _stranger.Dispose();
    }

    private static HttpClient Client(Func<DnsEndPoint, int> port, IPAddress from, ServerCertificate certificate) => new(new SocketsHttpHandler
    {
        AllowAutoRedirect = false,
        UseProxy = false,
        SslOptions = new SslClientAuthenticationOptions
        {
            RemoteCertificateValidationCallback = (_, shown, _, _) => shown?.GetCertHashString() == certificate.Thumbprint,
        },
        ConnectCallback = async (context, cancellationToken) =>
        {
            var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
            try
            {
                socket.Bind(new IPEndPoint(from, 0));
                await socket.ConnectAsync(new IPEndPoint(IPAddress.Loopback, port(context.DnsEndPoint)), cancellationToken).ConfigureAwait(false);
                return new NetworkStream(socket, ownsSocket: true);
            }
            catch
            {
                socket.Dispose();
                throw;
            }
        },
    });

    private async Task<Reply> SendAsync(HttpClient client, HttpMethod method, string url, HttpContent? content, string[] headers)
    {
        using var request = new HttpRequestMessage(method, url) { Content = content };
        foreach (var header in headers)
        {
            var colon = header.IndexOf(':');
            request.Headers.TryAddWithoutValidation(header[..colon], header[(colon + 1)..].Trim());
        }

        using var response = await client.SendAsync(request, _cancellationToken).ConfigureAwait(false);
        return await Reply.FromAsync(response).ConfigureAwait(false);
    }
}
