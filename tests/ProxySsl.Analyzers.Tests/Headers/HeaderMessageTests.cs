using System.Threading.Tasks;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Testing;
using ProxySsl.Analyzers.Tests.Verification;
using Xunit;

namespace ProxySsl.Analyzers.Tests.Headers;

/// <summary>What the reports say of what was found, and what they advise.</summary>
public class HeaderMessageTests
{
    [Theory]
    [InlineData("""var scheme = request.Scheme; var proto = {|#0:request.Headers["X-Forwarded-Proto"]|}; if (proto.Count > 0) { scheme = proto.First()!; } if (scheme == "https") { port = 443; } return $"{scheme}://{request.Host.Host}:{port}/";""", "put into a URL", "Request.Scheme")]
    [InlineData("""var scheme = {|#0:request.Headers["X-Forwarded-Proto"]|}.FirstOrDefault() ?? request.Scheme; var origin = $"{scheme}://{request.Host.Value}"; return allowed.Any(a => origin.StartsWith(a)) ? "yes" : "no";""", "put into a URL", "Request.Scheme")]
    [InlineData("""if ({|#0:request.Headers["X-Forwarded-Proto"]|} == "https") { port = 443; } return "https://a:" + port;""", "compared", "Request.IsHttps")]
    [InlineData("""return {|#0:request.Headers["X-Forwarded-Proto"]|}.FirstOrDefault() ?? request.Scheme;""", "used as the scheme", "Request.Scheme")]
    public Task A_scheme(string body, string use, string instead) => Says(
        "PSSL1002", DiagnosticSeverity.Warning, body, $"The raw value of 'X-Forwarded-Proto' is {use}, and any client can send it; use '{instead}' behind UseForwardedHeaders");

    [Theory]
    [InlineData("""if ({|#0:request.Headers["Front-End-Https"]|} == "on" || request.Headers["X-Forwarded-Proto"] == "https") { return "yes"; } return "no";""", "Front-End-Https' or 'X-Forwarded-Proto", "have the proxy send X-Forwarded-Proto and use")]
    [InlineData("""if ({|#0:request.Headers["X-Forwarded-Proto"]|} == "https" || request.Headers["X-Forwarded-Ssl"] == "on") { return "yes"; } return "no";""", "X-Forwarded-Proto' or 'X-Forwarded-Ssl", "have the proxy send X-Forwarded-Proto and use")]
    [InlineData("""if ({|#0:request.Headers["X-Forwarded-Proto"]|} == "https" || request.Headers["X-Scheme"] == "https") { return "yes"; } return "no";""", "X-Forwarded-Proto' or 'X-Scheme", "use")]
    [InlineData("""if ({|#0:request.Headers["X-Forwarded-Proto"]|} == "https" || request.Headers["X-Forwarded-Proto"] == "wss") { return "yes"; } return "no";""", "X-Forwarded-Proto", "use")]
    public Task One_decision_over_several_headers_names_them_all(string body, string names, string advice) => Says(
        "PSSL1002", DiagnosticSeverity.Warning, body, $"The raw value of '{names}' is compared, and any client can send it; {advice} 'Request.IsHttps' behind UseForwardedHeaders");

    // UseForwardedHeaders takes a scheme for its value and can make nothing of these, whatever name it is told.
    [Theory]
    [InlineData("X-Forwarded-Ssl", """if ({|#0:request.Headers["X-Forwarded-Ssl"]|} == "on") { return "yes"; } return "no";""")]
    [InlineData("Front-End-Https", """return {|#0:request.Headers.Any(h => h.Key == "Front-End-Https" && h.Value.FirstOrDefault() == "on")|} ? "yes" : "no";""")]
    [InlineData("WL-Proxy-SSL", """return {|#0:Is(request, "WL-Proxy-SSL", "true")|} ? "yes" : "no";""")]
    [InlineData("CF-Visitor", """return {|#0:request.Headers["CF-Visitor"]|}.ToString().Contains("https") ? "yes" : "no";""")]
    [InlineData("Forwarded", """return {|#0:request.Headers["Forwarded"]|}.ToString().Contains("proto=https") ? "yes" : "no";""")]
    [InlineData("X-Forwarded-Port", """return {|#0:request.Headers["X-Forwarded-Port"]|} == "443" ? "yes" : "no";""")]
    public Task A_header_that_the_middleware_cannot_read(string header, string body) => Says(
        "PSSL1002", DiagnosticSeverity.Warning, body,
        $"The raw value of '{header}' is compared, and any client can send it; have the proxy send X-Forwarded-Proto and use 'Request.IsHttps' behind UseForwardedHeaders");

    [Fact]
    public Task The_address_in_a_structured_header() => Says(
        "PSSL1003", DiagnosticSeverity.Info, """return {|#0:request.Headers["Forwarded"]|}.ToString().Replace("for=", "");""",
        "The raw value of 'Forwarded' is used as the client's address, and any client can send it; have the proxy send X-Forwarded-For and use 'Connection.RemoteIpAddress' behind UseForwardedHeaders");

    [Fact]
    public Task The_host_in_a_structured_header() => Says(
        "PSSL1005", DiagnosticSeverity.Info, """return {|#0:request.Headers["Forwarded"]|}.ToString().Replace("host=", "");""",
        "The raw value of 'Forwarded' is used, and any client can send it; have the proxy send X-Forwarded-Host and use 'Request.Host' behind UseForwardedHeaders with AllowedHosts");

    [Theory]
    [InlineData("""var ip = {|#0:request.Headers["X-Real-IP"]|}.FirstOrDefault(); if (!string.IsNullOrEmpty(ip) && ip != "::1") { return ip; } return "";""", "is used")]
    [InlineData("""string? ip = {|#0:request.Headers["X-Real-IP"]|}; return ip != null && System.Net.IPAddress.TryParse(ip, out _) ? ip : "";""", "is used")]
    [InlineData("""return {|#0:request.Headers["X-Real-IP"]|} == "10.0.0.1" ? "admin" : "guest";""", "is compared")]
    public Task An_address(string body, string use) => Says(
        "PSSL1003", DiagnosticSeverity.Info, body, $"The raw value of 'X-Real-IP' {use} as the client's address, and any client can send it; use 'Connection.RemoteIpAddress' behind UseForwardedHeaders");

    [Theory]
    [InlineData("""return $"{request.Scheme}://{{|#0:request.Headers["X-Forwarded-For"]|}}/api";""")]
    [InlineData("""var host = {|#0:request.Headers["X-Forwarded-For"]|}.FirstOrDefault(); return request.Scheme + "://" + host + "/api";""")]
    [InlineData("""return string.Concat("http://", {|#0:request.Headers["X-Forwarded-For"]|}.ToString(), "/api");""")]
    [InlineData("""return string.Format("{0}://{1}/api", request.Scheme, {|#0:request.Headers["X-Forwarded-For"]|});""")]
    [InlineData("""return new UriBuilder("http", {|#0:request.Headers["X-Forwarded-For"]|}.ToString()).ToString();""")]
    public Task An_address_in_the_place_of_a_host(string body) => Says(
        "PSSL1003", DiagnosticSeverity.Info, body,
        "The raw value of 'X-Forwarded-For' becomes the host of a URL, and any client can send it; use 'Request.Host' for a link to the app, or 'Connection.RemoteIpAddress' for the client's own address, behind UseForwardedHeaders");

    [Theory]
    [InlineData("""return $"https://geo.example/{{|#0:request.Headers["X-Forwarded-For"]|}}";""")]
    [InlineData("""return "https://geo.example/?ip=" + {|#0:request.Headers["X-Forwarded-For"]|};""")]
    [InlineData("""return string.Format("https://geo.example/{0}", {|#0:request.Headers["X-Forwarded-For"]|});""")]
    public Task An_address_in_another_part_of_a_url(string body) => Says(
        "PSSL1003", DiagnosticSeverity.Info, body,
        "The raw value of 'X-Forwarded-For' is used as the client's address, and any client can send it; use 'Connection.RemoteIpAddress' behind UseForwardedHeaders");

    [Fact]
    public Task The_first_entry_in_the_place_of_a_host() => Says(
        "PSSL1004", DiagnosticSeverity.Warning, """return $"http://{{|#0:request.Headers["X-Forwarded-For"]|}.ToString().Split(',')[0]}/api";""",
        "Wherever a proxy appends to 'X-Forwarded-For', as most do, even a trusted one, its first entry is whatever the client sent; use 'Request.Host' for a link to the app, or 'Connection.RemoteIpAddress' for the client's own address, behind UseForwardedHeaders");

    [Theory]
    [InlineData("X-Forwarded-Host", """return "https://" + {|#0:request.Headers["X-Forwarded-Host"]|};""", "becomes part of a URL", "'Request.Host' behind UseForwardedHeaders with AllowedHosts")]
    [InlineData("X-Forwarded-Host", """return {|#0:request.Headers["X-Forwarded-Host"]|} == "admin.example" ? "admin" : "guest";""", "decides", "'Request.Host' behind UseForwardedHeaders with AllowedHosts")]
    [InlineData("X-Forwarded-Host", """string? host = {|#0:request.Headers["X-Forwarded-Host"]|}; return host != "localhost" && host is not null ? host : "";""", "is used", "'Request.Host' behind UseForwardedHeaders with AllowedHosts")]
    [InlineData("X-Forwarded-Prefix", """return {|#0:request.Headers["X-Forwarded-Prefix"]|} + "/a";""", "is used", "'Request.PathBase', which UseForwardedHeaders (with XForwardedPrefix) or UsePathBase sets")]
    public Task A_host_or_prefix(string header, string body, string use, string instead) => Says(
        "PSSL1005", DiagnosticSeverity.Info, body, $"The raw value of '{header}' {use}, and any client can send it; use {instead}");

    [Theory]
    [InlineData("X-Forwarded-For", """if ({|#0:request.Headers.ContainsKey("X-Forwarded-For")|}) { return ""; } if (!request.IsHttps) { request.HttpContext.Response.Redirect("https://a"); } return "";""", "is not redirected", "use 'Request.IsHttps'")]
    [InlineData("X-Forwarded-For", """if (!{|#0:request.Headers.ContainsKey("X-Forwarded-For")|}) { request.HttpContext.Response.StatusCode = 403; } return "";""", "is let in", "decide by 'Connection.RemoteIpAddress'")]
    [InlineData("X-Forwarded-Host", """if (!{|#0:request.Headers.ContainsKey("X-Forwarded-Host")|}) { request.HttpContext.Response.StatusCode = 403; } return "";""", "is let in", "decide by 'Request.Host'")]
    [InlineData("X-Forwarded-Proto", """if (!{|#0:request.Headers.ContainsKey("X-Forwarded-Proto")|}) { request.HttpContext.Response.StatusCode = 403; } return "";""", "is let in", "use 'Request.IsHttps'")]
    [InlineData("X-ARR-SSL", """return {|#0:request.Headers.ContainsKey("X-ARR-SSL")|} ? "https" : "http";""", "is taken to use https", "have the proxy send X-Forwarded-Proto and use 'Request.IsHttps'")]
    [InlineData("Front-End-Https", """if (request.IsHttps || {|#0:request.Headers["Front-End-Https"] != ""|}) { return "yes"; } return "no";""", "is treated as secure", "have the proxy send X-Forwarded-Proto and use 'Request.IsHttps'")]
    public Task Presence(string header, string body, string consequence, string instead) => Says(
        "PSSL1001", DiagnosticSeverity.Warning, body, $"The presence of '{header}' alone decides: whoever sends it {consequence}; {instead} behind UseForwardedHeaders");

    // The header whose value is assigned, not the one whose absence leads there.
    [Fact]
    public Task An_assignment_behind_another_header() => Verify.Names(
        "PSSL1006",
        """
        using System.Net;

        WebApplication.Create(args).Run();

        public static class Clients
        {
            public static void Apply(HttpContext context)
            {
                if (context.Request.Headers.TryGetValue("CF-Connecting-IP", out var cloudflare) && IPAddress.TryParse(cloudflare.ToString(), out var ip))
                {
                    {|PSSL1006:context.Connection.RemoteIpAddress = ip|};
                    return;
                }

                if (context.Request.Headers.TryGetValue("X-Forwarded-For", out var forwarded) && IPAddress.TryParse(forwarded.ToString(), out var other))
                {
                    {|PSSL1006:context.Connection.RemoteIpAddress = other|};
                }
            }
        }
        """,
        [
            "'Connection.RemoteIpAddress' is set from the raw 'CF-Connecting-IP' of every sender; use app.UseForwardedHeaders() with ForwardedForHeaderName = \"CF-Connecting-IP\", which",
            "'Connection.RemoteIpAddress' is set from the raw 'X-Forwarded-For' of every sender; use app.UseForwardedHeaders(), which",
        ]);

    // The framework's middleware of .NET 6 has no flag for the prefix.
    [Theory]
    [InlineData(Framework.Net60, "X-Forwarded-Prefix", "PathBase", "compare the sender (Connection.RemoteIpAddress) with the known proxies first, or call UsePathBase with a base from configuration: this framework's UseForwardedHeaders processes no prefix")]
    [InlineData(Framework.Net80, "X-Forwarded-Prefix", "PathBase", "use app.UseForwardedHeaders(), which does it for known proxies only")]
    [InlineData(Framework.Net60, "X-Forwarded-Proto", "Scheme", "use app.UseForwardedHeaders(), which does it for known proxies only")]
    [InlineData(Framework.Net100, "X-Scheme", "Scheme", "use app.UseForwardedHeaders() with ForwardedProtoHeaderName = \"X-Scheme\", which does it for known proxies only")]
    [InlineData(Framework.Net100, "X-Forwarded-Ssl", "Scheme", "have the proxy send X-Forwarded-Proto and use app.UseForwardedHeaders(), which does it for known proxies only")]
    public Task An_assignment(Framework framework, string header, string property, string instead) => Verify.ReportsMessage(
        $$"""
        WebApplication.Create(args).Run();

        public static class Requests
        {
            public static void Apply(HttpRequest request) { {|#0:request.{{property}} = request.Headers["{{header}}"].ToString()|}; }
        }
        """,
        new DiagnosticResult("PSSL1006", DiagnosticSeverity.Warning).WithLocation(0),
        $"'Request.{property}' is set from the raw '{header}' of every sender; {instead}",
        framework);

    private static Task Says(string rule, DiagnosticSeverity severity, string body, string message) => Verify.ReportsMessage(
        $$"""
        WebApplication.Create(args).Run();

        static class Requests
        {
            public static string Of(HttpRequest request, int port, string[] allowed)
            {
                {{body}}
            }

            private static bool Is(HttpRequest request, string name, string value) => request.Headers[name] == value;
        }
        """,
        new DiagnosticResult(rule, severity).WithLocation(0),
        message);
}
