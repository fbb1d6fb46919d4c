// framework: Net100
using System.Net;

var app = WebApplication.Create(args);
app.UseMiddleware<VisitorMiddleware>();
app.MapGet("/", (HttpContext context, Visitors visitors) => visitors.Describe(context.Request));
app.Run();

public class VisitorMiddleware(RequestDelegate next, Visitors visitors)
{
    public async Task InvokeAsync(HttpContext context)
    {
        foreach (var part in context.Request.Headers["X-Forwarded-For"].ToString().Split(','))
        {
            var ip = part.Trim();
            if (ip == "::1")
            {
                ip = "127.0.0.1";
            }
            else if (string.IsNullOrEmpty(ip))
            {
                ip = "unknown";
            }

            visitors.Add(ip);
        }

        await next(context);
    }
}

public class Visitors
{
    private readonly HashSet<string> _addresses = [];

    public void Add(string address) => _addresses.Add(address);

    public string Describe(HttpRequest request)
    {
        var scheme = request.Scheme;
        var port = request.Host.Port;
        string? forwarded = request.Headers["X-Forwarded-Proto"];
        for (var hop = 0; hop < 3 && forwarded is not null; hop++)
        {
            forwarded = forwarded == "https" ? "https" : "http";
            if (forwarded == "https" && port is null)
            {
                port = 443;
            }

            scheme = forwarded;
        }

        var first = scheme;
        var second = "";
        while (second.Length < 8)
        {
            if (first == "https")
            {
                second = "http";
            }

            if (second == "http")
            {
                first = "https";
            }

            second += first;
        }

        var address = "";
        foreach (var name in new[] { "X-Real-IP", "CF-Connecting-IP", "X-Forwarded-For" })
        {
            if (request.Headers.TryGetValue(name, out var values) && IPAddress.TryParse(values.ToString().Split(',')[0], out var parsed))
            {
                address = parsed.ToString();
                break;
            }
        }

        return $"{scheme}://{request.Host.Host}:{port}/ {second} {address}";
    }
}
