// framework: Net100
var builder = WebApplication.CreateBuilder(args);
var app = builder.Build();

app.Use(async (context, next) =>
{
    // presence decides whether the redirect is skipped
    if (!context.Request.Headers.ContainsKey("X-Forwarded-Proto"))
    {
        context.Response.Redirect("https://" + context.Request.Host + context.Request.Path);
        return;
    }

    await next();
});

app.MapGet("/secure", (HttpContext context) =>
{
    var request = context.Request;
    if (request.IsHttps || request.Headers.ContainsKey("X-ARR-SSL"))
    {
        return Results.Ok("secure");
    }

    if (request.Headers.TryGetValue("X-Forwarded-Proto", out var proto) && proto == "https")
    {
        return Results.Ok("secure by header");
    }

    return Results.StatusCode(StatusCodes.Status403Forbidden);
});

app.MapGet("/scheme", (HttpRequest request) =>
{
    string? raw = request.Headers["X-Forwarded-Proto"].FirstOrDefault();
    var scheme = raw ?? request.Scheme;
    var isSecure = string.Equals(raw, "https", StringComparison.OrdinalIgnoreCase);
    var url = $"{scheme}://{request.Host}{request.Path}";
    return isSecure ? url : url.Replace("http://", "https://");
});

app.MapGet("/visitor", (HttpRequest request) =>
{
    var visitor = request.Headers["CF-Visitor"].ToString();
    return visitor.Contains("\"scheme\":\"https\"") ? "tls" : "plain";
});

app.MapGet("/port", (HttpRequest request) => request.Headers["X-Forwarded-Port"] == "443" ? "https" : request.Scheme);

app.MapGet("/switches", (HttpRequest request) =>
{
    var frontEnd = request.Headers["Front-End-Https"];
    bool ssl = frontEnd.Count > 0 && frontEnd[0] == "on";
    ssl |= request.Headers.Any(h => h.Key == "X-Forwarded-Ssl" && h.Value == "on");
    ssl = ssl || request.Headers.Keys.Contains("X-Url-Scheme");
    switch (request.Headers["X-Forwarded-Scheme"].ToString().ToLowerInvariant())
    {
        case "https":
            ssl = true;
            break;
        case "http":
            ssl = false;
            break;
        default:
            break;
    }

    return ssl ? "https" : "http";
});

app.MapGet("/log", (HttpRequest request, ILogger<Program> logger) =>
{
    logger.LogInformation("scheme sent by the proxy: {Scheme}", request.Headers["X-Forwarded-Proto"].ToString());
    return "logged";
});

app.Run();
