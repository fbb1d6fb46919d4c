using System.Threading.Tasks;
using ProxySsl.Analyzers.Headers;
using ProxySsl.Analyzers.Tests.Verification;
using Xunit;

namespace ProxySsl.Analyzers.Tests.Headers;

/// <summary>
/// Code that no fix may touch, because more than the value would change: each beside a neighbour that is rewritten, so that it is the
/// difference that keeps the fix away.
/// </summary>
public class RewriteRefusalTests
{
    private const string Address = HeaderFixProperties.FixRemoteIpAddress;
    private const string Scheme = HeaderFixProperties.FixScheme;
    private const string Host = HeaderFixProperties.FixHost;
    private const string PathBase = HeaderFixProperties.FixPathBase;

    /// <summary>A refusal, a count, a log entry or a flag hangs on the presence of the header.</summary>
    public static TheoryData<string, string, string> Effects => new()
    {
        { Address, "X-Real-IP", "string? M(HttpContext c) { if (!c.Request.Headers.ContainsKey(\"X-Real-IP\")) { c.Response.StatusCode = 403; return null; } return [|c.Request.Headers[\"X-Real-IP\"]|]; }" },
        { Address, "X-Real-IP", "IResult M(HttpContext c) { if (!c.Request.Headers.ContainsKey(\"X-Real-IP\")) { return Results.Forbid(); } return Results.Text([|c.Request.Headers[\"X-Real-IP\"]|]); }" },
        { Address, "X-Real-IP", "IResult M(HttpContext c) => c.Request.Headers.ContainsKey(\"X-Real-IP\") ? Results.Text([|c.Request.Headers[\"X-Real-IP\"]|]) : Results.StatusCode(403);" },
        { Address, "X-Real-IP", "string? M(HttpContext c) => c.Request.Headers.ContainsKey(\"X-Real-IP\") ? [|c.Request.Headers[\"X-Real-IP\"]|] : throw new InvalidOperationException();" },
        { Address, "X-Real-IP", "string? M(HttpContext c) { if (!c.Request.Headers.ContainsKey(\"X-Real-IP\")) { throw new InvalidOperationException(); } return [|c.Request.Headers[\"X-Real-IP\"]|]; }" },
        { Address, "X-Real-IP", "void M(HttpContext c, List<string> l) { if (c.Request.Headers.ContainsKey(\"X-Real-IP\")) { l.Add([|c.Request.Headers[\"X-Real-IP\"]|]!); } else { c.Response.StatusCode = 403; } }" },
        { Address, "X-Real-IP", "void M(HttpContext c, List<string> l) { var isThere = c.Request.Headers.ContainsKey(\"X-Real-IP\"); if (!isThere) { c.Response.StatusCode = 403; return; } l.Add([|c.Request.Headers[\"X-Real-IP\"]|]!); }" },
        { Address, "X-Real-IP", "string? M(HttpContext c) { if (c.Request.Headers.ContainsKey(\"X-Real-IP\")) { c.Items[\"proxied\"] = true; return [|c.Request.Headers[\"X-Real-IP\"]|]; } return c.Connection.RemoteIpAddress?.ToString(); }" },
        { Address, "X-Real-IP", "string? M(HttpContext c, Action count) { string? ip; if ([|c.Request.Headers.TryGetValue(\"X-Real-IP\", out var v)|]) { ip = v; } else { count(); ip = c.Connection.RemoteIpAddress?.ToString(); } return ip; }" },
        { Address, "X-Real-IP", "async Task M(HttpContext c, Func<Task> next, List<string> l) { if (![|c.Request.Headers.TryGetValue(\"X-Real-IP\", out var v)|]) { return; } l.Add(v!); await next(); }" },
        { Host, "X-Forwarded-Host", "IResult M(HttpContext c) { if (![|c.Request.Headers.TryGetValue(\"X-Forwarded-Host\", out var host)|]) { return Results.Problem(\"no\", statusCode: 403); } return Results.Redirect($\"https://{host}/\"); }" },
        { Host, "X-Forwarded-Host", "string M(HttpRequest r) { var host = [|r.Headers[\"X-Forwarded-Host\"]|].FirstOrDefault(); if (host is null) { throw new InvalidOperationException(); } return \"https://\" + host; }" },
        { Scheme, "X-Forwarded-Proto", "IResult M(HttpRequest r) { if (string.IsNullOrEmpty(r.Headers[\"X-Forwarded-Proto\"])) { return Results.BadRequest(); } return Results.Redirect([|r.Headers[\"X-Forwarded-Proto\"]|] + \"://\" + r.Host); }" },
        { Scheme, "X-Forwarded-Proto", "string M(HttpRequest r, Action<string> log) { string s; if ([|r.Headers.TryGetValue(\"X-Forwarded-Proto\", out var p)|]) { s = p.ToString(); } else { log(\"none\"); s = r.Scheme; } return s; }" },
    };

    /// <summary>The condition, the place or the request is not what it looks like.</summary>
    public static TheoryData<string, string, string> Meanings => new()
    {
        { Address, "X-Real-IP", "bool M(HttpContext c) => [|c.Request.Headers[\"X-Real-IP\"]|].Contains(\"10.0.0.1\");" },
        { Address, "X-Real-IP", "bool M(HttpContext c) { var ips = [|c.Request.Headers[\"X-Real-IP\"]|]; return ips.Contains(\"10.0.0.1\"); }" },
        { Host, "X-Forwarded-Host", "bool M(HttpRequest r) => [|r.Headers[\"X-Forwarded-Host\"]|].Contains(\"a.example\");" },
        { Scheme, "X-Forwarded-Proto", "bool M(HttpRequest r) => [|r.Headers[\"X-Forwarded-Proto\"]|].ToString().StartsWith(\"http\");" },
        { Scheme, "X-Forwarded-Proto", "bool M(HttpRequest r) => [|r.Headers[\"X-Forwarded-Proto\"]|].ToString().Contains(\"http\", StringComparison.OrdinalIgnoreCase);" },
        { Scheme, "X-Forwarded-Proto", "bool M(HttpRequest r) => [|r.Headers[\"X-Forwarded-Proto\"]|] == r.Scheme;" },
        { Host, "X-Forwarded-Port", "int M(HttpRequest r) => int.Parse([|r.Headers[\"X-Forwarded-Port\"]|]!);" },
        { Host, "X-Forwarded-Port", "string M(HttpRequest r) => $\"https://a.example:{[|r.Headers[\"X-Forwarded-Port\"]|]}/\";" },
        { PathBase, "X-Forwarded-Prefix", "string M(HttpRequest r) => \"/\" + [|r.Headers[\"X-Forwarded-Prefix\"]|];" },
        { PathBase, "X-Forwarded-Prefix", "string M(HttpRequest r) => $\"https://{r.Host}/{[|r.Headers[\"X-Forwarded-Prefix\"]|]}/x\";" },
        { PathBase, "X-Forwarded-Prefix", "string M(HttpRequest r) => r.PathBase + [|r.Headers[\"X-Forwarded-Prefix\"]|].ToString() + r.Path;" },
        { Host, "X-Forwarded-Host", "string M(HttpRequest r, Microsoft.Extensions.Configuration.IConfiguration f) => [|r.Headers[\"X-Forwarded-Host\"]|].FirstOrDefault() ?? f[\"Host\"] ?? r.Host.Value!;" },
        { Address, "X-Real-IP", "string? M(HttpContext c, Microsoft.Extensions.Configuration.IConfiguration f) => [|c.Request.Headers[\"X-Real-IP\"]|].FirstOrDefault() ?? f[\"Address\"] ?? c.Connection.RemoteIpAddress?.ToString();" },
        { Scheme, "X-Forwarded-Proto", "string M(Queue<HttpContext> q) { var h = q.Dequeue().Request.Headers; return [|h[\"X-Forwarded-Proto\"]|] + \"://\" + h.Host; }" },
        { Scheme, "X-Forwarded-Proto", "string M(HttpRequest r, HttpRequest other) { var h = r.Headers; r = other; return [|h[\"X-Forwarded-Proto\"]|] + \"://\" + r.Host; }" },
        { Scheme, "X-Forwarded-Proto", "bool M(Queue<HttpContext> q) { var p = [|q.Dequeue().Request.Headers[\"X-Forwarded-Proto\"]|].ToString(); var next = q.Peek(); return p == \"https\" && next.Request.Path == \"/\"; }" },
        { Address, "X-Real-IP", "void M(HttpContext c, List<string?> l) { Save([|c.Request.Headers[\"X-Real-IP\"]|]); void Add(string? s) => l.Add(s); } void Save(Microsoft.Extensions.Primitives.StringValues v) { } void Save(string? v) { }" },
    };

    /// <summary>The neighbours.</summary>
    public static TheoryData<string, string, string, string> Neighbours => new()
    {
        { Address, "X-Real-IP", "string? M(HttpContext c) { if (!c.Request.Headers.ContainsKey(\"X-Real-IP\")) { return null; } return [|c.Request.Headers[\"X-Real-IP\"]|]; }", "string? M(HttpContext c) { return c.Connection.RemoteIpAddress?.ToString(); }" },
        { Scheme, "X-Forwarded-Proto", "bool M(HttpRequest r) => [|r.Headers[\"X-Forwarded-Proto\"]|].ToString().StartsWith(\"https\");", "bool M(HttpRequest r) => r.IsHttps;" },
        { Scheme, "X-Forwarded-Proto", "bool M(HttpRequest r) => [|r.Headers[\"X-Forwarded-Proto\"]|].Contains(\"http\");", "bool M(HttpRequest r) => !r.IsHttps;" },
        { Scheme, "X-Forwarded-Proto", "bool M(HttpRequest r) => r.Headers.ContainsKey(\"X-Forwarded-Proto\") && r.Headers[\"X-Forwarded-Proto\"].Any() && [|r.Headers[\"X-Forwarded-Proto\"]|][0] == \"https\";", "bool M(HttpRequest r) => r.IsHttps;" },
        { Host, "X-Forwarded-Host", "HostString M(HttpRequest r) => new([|r.Headers[\"X-Forwarded-Host\"]|].ToString(), 443);", "HostString M(HttpRequest r) => new(r.Host.Host, 443);" },
        { Host, "X-Forwarded-Host", "Uri M(HttpRequest r) => new UriBuilder(\"https\", [|r.Headers[\"X-Forwarded-Host\"]|].ToString()).Uri;", "Uri M(HttpRequest r) => new UriBuilder(\"https\", r.Host.Host).Uri;" },
        { Host, "X-Forwarded-Host", "Uri M(HttpRequest r) => new UriBuilder { Host = [|r.Headers[\"X-Forwarded-Host\"]|].ToString(), Port = 443 }.Uri;", "Uri M(HttpRequest r) => new UriBuilder { Host = r.Host.Host, Port = 443 }.Uri;" },
        { Host, "X-Forwarded-Host", "string M(HttpRequest r, int port) => $\"https://{[|r.Headers[\"X-Forwarded-Host\"]|]}:{port}/\";", "string M(HttpRequest r, int port) => $\"https://{r.Host.Host}:{port}/\";" },
        { Address, "X-Real-IP", "string? M(HttpContext c, string? d) => [|c.Request.Headers[\"X-Real-IP\"]|].FirstOrDefault() ?? d ?? c.Connection.RemoteIpAddress?.ToString();", "string? M(HttpContext c, string? d) => c.Connection.RemoteIpAddress?.ToString() ?? d ?? c.Connection.RemoteIpAddress?.ToString();" },
        { Scheme, "X-Forwarded-Proto", "bool M(Queue<HttpContext> q) => [|q.Dequeue().Request.Headers[\"X-Forwarded-Proto\"]|] == \"https\";", "bool M(Queue<HttpContext> q) => q.Dequeue().Request.IsHttps;" },
        { Address, "X-Real-IP", "string? M(HttpContext c) => [|c.Request.Headers[\"X-Real-IP\"]|].FirstOrDefault() ?? c.Connection.RemoteIpAddress?.ToString();", "string? M(HttpContext c) => c.Connection.RemoteIpAddress?.ToString();" },
    };

    [Theory]
    [MemberData(nameof(Effects))]
    public async Task Is_kept_where_more_than_a_value_hangs_on_the_header(string fix, string header, string members) =>
        Assert.Null(await Rewriting.OfMembers(fix, header, members));

    [Theory]
    [MemberData(nameof(Meanings))]
    public async Task Is_kept_where_the_property_would_say_something_else(string fix, string header, string members) =>
        Assert.Null(await Rewriting.OfMembers(fix, header, members));

    [Theory]
    [MemberData(nameof(Neighbours))]
    public async Task Is_rewritten_beside_that(string fix, string header, string before, string after) =>
        Assert.Equal(after, await Rewriting.OfMembers(fix, header, before));

    [Theory]
    [InlineData("X-Forwarded-Proto", "Scheme = \"https\"", "ForwardedHeaders.XForwardedFor")]
    [InlineData("X-Forwarded-Host", "Host = new HostString(\"a.example\")", "ForwardedHeaders.XForwardedFor | ForwardedHeaders.XForwardedProto")]
    public Task An_inline_middleware_stays_where_the_options_leave_its_header_out(string header, string assignment, string flags) =>
        Verify.OffersNoFix(RuleIds.HandWrittenMiddleware, Inline(header, assignment, flags));

    [Fact]
    public Task An_inline_middleware_stays_where_nobody_sets_the_options() => Verify.OffersNoFix(RuleIds.HandWrittenMiddleware, """
        var app = WebApplication.CreateBuilder(args).Build();
        app.UseForwardedHeaders();
        app.Use((context, next) =>
        {
            if (context.Request.Headers["X-Forwarded-Proto"] == "https")
            {
                {|PSSL1006:context.Request.Scheme = "https"|};
            }

            return next();
        });
        app.Run();
        """);

    [Theory]
    [InlineData("X-Scheme")]
    [InlineData("X-Forwarded-Ssl")]
    [InlineData("CF-Connecting-IP")]
    public Task An_inline_middleware_stays_where_the_framework_does_not_read_its_header(string header) => Verify.OffersNoFix(RuleIds.HandWrittenMiddleware, $$"""
        using System.Net;

        var app = WebApplication.CreateBuilder(args).Build();
        app.Use((context, next) =>
        {
            var value = context.Request.Headers["{{header}}"].ToString();
            {{(header == "CF-Connecting-IP" ? "{|PSSL1006:context.Connection.RemoteIpAddress = IPAddress.Parse(value)|};" : "if (value == \"https\" || value == \"on\") { {|PSSL1006:context.Request.Scheme = \"https\"|}; }")}}
            return next();
        });
        app.Run();
        """);

    [Fact]
    public Task An_inline_middleware_goes_where_the_options_name_its_header() => Verify.Fixes(
        RuleIds.HandWrittenMiddleware,
        Inline("X-Scheme", "Scheme = \"https\"", "ForwardedHeaders.XForwardedProto; o.ForwardedProtoHeaderName = \"X-Scheme\""),
        Configured("ForwardedHeaders.XForwardedProto; o.ForwardedProtoHeaderName = \"X-Scheme\"") + "app.Run();");

    private static string Configured(string flags) => $$"""
        using System.Net;
        using Microsoft.AspNetCore.HttpOverrides;

        var builder = WebApplication.CreateBuilder(args);
        builder.Services.Configure<ForwardedHeadersOptions>(o => { o.ForwardedHeaders = {{flags}}; o.KnownProxies.Add(IPAddress.Parse("10.0.0.1")); });
        var app = builder.Build();
        app.UseForwardedHeaders();

        """;

    private static string Inline(string header, string assignment, string flags) => Configured(flags) + $$"""
        app.Use((context, next) =>
        {
            if (context.Request.Headers["{{header}}"] == "https")
            {
                {|PSSL1006:context.Request.{{assignment}}|};
            }

            return next();
        });
        app.Run();
        """;
}
