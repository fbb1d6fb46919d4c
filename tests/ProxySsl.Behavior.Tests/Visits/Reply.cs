using System;
using System.Linq;
using System.Net.Http;
using System.Threading.Tasks;
using Microsoft.AspNetCore.WebUtilities;

namespace ProxySsl.Behavior.Tests.Visits;

/// <summary>An answer as it came over the wire, before anything is followed.</summary>
public sealed record Reply(int Status, string Body, Uri? Location, ILookup<string, string> Headers)
{
    /// <summary>Reads a response to its end.</summary>
    public static async Task<Reply> FromAsync(HttpResponseMessage response)
    {
        var address = response.Headers.Location;
        if (address is { IsAbsoluteUri: false } && response.RequestMessage?.RequestUri is { } asked)
        {
            address = new Uri(asked, address);
        }

        return new Reply(
            (int)response.StatusCode,
            await response.Content.ReadAsStringAsync().ConfigureAwait(false),
            address,
            response.Headers.Concat(response.Content.Headers)
                .SelectMany(h => h.Value, (h, value) => (h.Key, value))
                .ToLookup(h => h.Key, h => h.value, StringComparer.OrdinalIgnoreCase));
    }

    /// <summary>The value of a header, or "none".</summary>
    public string Header(string name) => Headers.Contains(name) ? string.Join(", ", Headers[name]) : "none";

    /// <summary>A parameter of the address that the answer redirects to, or "none".</summary>
    public string LocationQuery(string name) =>
        Location is not null && QueryHelpers.ParseQuery(Location.Query).TryGetValue(name, out var value) ? value.ToString() : "none";
}
