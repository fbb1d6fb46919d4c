using System;
using System.Net;
using System.Net.Http;
using System.Threading;
using System.Threading.Tasks;

namespace ProxySsl.Demo.BeforeAfter;

/// <summary>What an app did when it was asked.</summary>
/// <param name="Redirects">How often the browser was redirected before it got an answer or gave up.</param>
/// <param name="Answer">The status of the answer; none where the browser gave up.</param>
/// <param name="SpoofedSchemeBelieved">Whether a plain HTTP request that claims to be HTTPS was taken for HTTPS.</param>
/// <param name="BrowserSeenAs">The client address that the app saw for the browser behind the proxy.</param>
/// <param name="AttackerSeenAs">The client address that the app saw for somebody who claims another.</param>
internal sealed record Behavior(int Redirects, HttpStatusCode? Answer, bool SpoofedSchemeBelieved, string BrowserSeenAs, string AttackerSeenAs)
{
    /// <summary>The number of redirects after which browsers give up.</summary>
    internal const int RedirectLimit = 20;

    internal bool Loops => Answer is null;

    /// <summary>Runs a built app behind the proxy and asks it.</summary>
    internal static async Task<Behavior> ObserveAsync(string assembly, CancellationToken cancellationToken)
    {
        var port = Network.FreePort();
        int redirects;
        HttpStatusCode? answer;
        await using (var app = await RunningApp.StartAsync(assembly, port, cancellationToken))
        await using (var proxy = await TlsProxy.StartAsync(port, app.ForProxy, cancellationToken))
        {
            (redirects, answer) = await OpenAsync(proxy, cancellationToken);
        }

        // The rest without the redirect to HTTPS: behind the loop nothing else could be seen.
        await using (var app = await RunningApp.StartAsync(assembly, httpsPort: null, cancellationToken))
        await using (var proxy = await TlsProxy.StartAsync(port, app.ForProxy, cancellationToken))
        {
            using var browser = proxy.NewBrowser();
            using var attacker = new HttpClient(new HttpClientHandler { AllowAutoRedirect = false }) { BaseAddress = app.ForAnyone };
            attacker.DefaultRequestHeaders.Add("X-Forwarded-Proto", "https");
            attacker.DefaultRequestHeaders.Add("X-Forwarded-For", Network.Claimed);
            using var order = await attacker.PostAsync("/orders", content: null, cancellationToken);
            return new Behavior(
                redirects,
                answer,
                order.StatusCode == HttpStatusCode.OK,
                await browser.GetStringAsync("/my-address", cancellationToken),
                await attacker.GetStringAsync("/my-address", cancellationToken));
        }
    }

    private static async Task<(int Redirects, HttpStatusCode? Answer)> OpenAsync(TlsProxy proxy, CancellationToken cancellationToken)
    {
        using var browser = proxy.NewBrowser();
        var address = proxy.Address;
        for (var redirects = 0; redirects < RedirectLimit; redirects++)
        {
            using var answer = await browser.GetAsync(address, cancellationToken);
            if (answer.Headers.Location is not { } location)
            {
                return (redirects, answer.StatusCode);
            }

            address = new Uri(address, location);
        }

        return (RedirectLimit, null);
    }
}
