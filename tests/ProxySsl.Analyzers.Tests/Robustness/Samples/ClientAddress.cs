// framework: Net100
using System.Net;
using Microsoft.Extensions.Primitives;

namespace Api.Security;

public interface IClientAddress
{
    string? Get(HttpContext context);
}

public sealed class ClientAddress : IClientAddress
{
    private static readonly string[] Candidates = { "CF-Connecting-IP", "True-Client-IP", "X-Real-IP", "X-Forwarded-For" };
    private readonly HashSet<IPAddress> _trusted = new() { IPAddress.Loopback, IPAddress.IPv6Loopback };

    public string? Get(HttpContext context)
    {
        var forwardedFor = context.Request.Headers["X-Forwarded-For"].FirstOrDefault();
        if (!string.IsNullOrEmpty(forwardedFor))
        {
            return forwardedFor.Split(',')[0].Trim();
        }

        foreach (var name in Candidates)
        {
            if (context.Request.Headers.TryGetValue(name, out StringValues values) && IPAddress.TryParse(values.ToString(), out var parsed))
            {
                return parsed.ToString();
            }
        }

        return context.Connection.RemoteIpAddress?.MapToIPv4().ToString();
    }

    public IPAddress? Leftmost(HttpRequest request)
    {
        var header = request.Headers["X-Forwarded-For"].ToString();
        var comma = header.IndexOf(',');
        var first = comma < 0 ? header : header.Substring(0, comma);
        return IPAddress.TryParse(first, out var address) ? address : null;
    }

    public string Rightmost(HttpRequest request)
    {
        var entries = request.Headers.GetCommaSeparatedValues("X-Forwarded-For");
        return entries.Length > 0 ? entries[^1] : request.HttpContext.Connection.RemoteIpAddress!.ToString();
    }

    public string? Matched(HttpRequest request) => request.Headers["X-Forwarded-For"].ToString().Split(',') switch
    {
        [var only] => only,
        [var first, ..] => first,
        _ => null,
    };

    public string? Guarded(HttpContext context)
    {
        if (context.Connection.RemoteIpAddress is { } peer && _trusted.Contains(peer))
        {
            return context.Request.Headers["X-Real-IP"];
        }

        return context.Connection.RemoteIpAddress?.ToString();
    }

    public bool IsDirect(HttpContext context)
    {
        var isLocalRequest = !context.Request.Headers.ContainsKey("X-Forwarded-For");
        if (context.Request.Headers.ContainsKey("X-Forwarded-Host"))
        {
            return false;
        }

        return isLocalRequest && IPAddress.IsLoopback(context.Connection.RemoteIpAddress ?? IPAddress.None);
    }

    public void CopyOn(HttpContext context, HttpRequestMessage outgoing)
    {
        outgoing.Headers.Add("X-Forwarded-For", context.Request.Headers["X-Forwarded-For"].ToString() + ", " + context.Connection.RemoteIpAddress);
        context.Request.Headers["X-Forwarded-Proto"] = context.Request.Scheme;
        context.Response.Headers.Remove("X-Forwarded-Host");
    }
}

public static class Program
{
    public static void Main(string[] args)
    {
        var builder = WebApplication.CreateBuilder(args);
        builder.Services.AddSingleton<IClientAddress, ClientAddress>();
        var app = builder.Build();
        app.MapGet("/ip", (HttpContext context, IClientAddress addresses) => addresses.Get(context));
        app.MapGet("/audit", async (HttpContext context) =>
        {
            string? ip = context.Request.Headers["X-Client-IP"];
            var entry = new AuditEntry(DateTimeOffset.UtcNow, ip ?? context.Connection.RemoteIpAddress?.ToString() ?? "-");
            await context.Response.WriteAsJsonAsync(entry);
        });
        app.Run();
    }

    private sealed record AuditEntry(DateTimeOffset When, string Address);
}
