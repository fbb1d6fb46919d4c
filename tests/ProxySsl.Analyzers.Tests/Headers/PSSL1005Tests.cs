using System.Threading.Tasks;
using ProxySsl.Analyzers.Tests.Verification;
using Xunit;

namespace ProxySsl.Analyzers.Tests.Headers;

public class PSSL1005Tests
{
    private const string Rule = "PSSL1005";

    [Theory]
    [InlineData("""return $"https://{{|PSSL1005:request.Headers["X-Forwarded-Host"]|}}/reset";""")]
    [InlineData("""var host = {|PSSL1005:request.Headers["X-Forwarded-Host"]|}.FirstOrDefault() ?? request.Host.Value; return "https://" + host;""")]
    [InlineData("""return {|PSSL1005:request.Headers["X-Forwarded-Prefix"]|}.ToString().TrimEnd('/') + request.Path;""")]
    [InlineData("""return new UriBuilder("https", {|PSSL1005:request.Headers["X-Original-Host"]|}!).ToString();""")]
    [InlineData("""return tenants[{|PSSL1005:request.Headers["X-Forwarded-Host"]|}!];""")]
    [InlineData("""if (!request.Headers.ContainsKey("X-Forwarded-Host")) return ""; return $"https://{{|PSSL1005:request.Headers["X-Forwarded-Host"]|}}/api";""")]
    [InlineData("""return "https://a:" + {|PSSL1005:request.Headers["X-Forwarded-Port"]|};""")]
    public Task Reports_every_shape(string body) => Verify.Reports(Rule, $$$"""
        WebApplication.Create(args).Run();

        class Links(Dictionary<string, string> tenants)
        {
            public int Count => tenants.Count;

            public string Make(HttpRequest request)
            {
                {{{body}}}
            }
        }
        """);

    // All rules are on: what is parsed and handed on under the header's own name is taken for nothing.
    [Fact]
    public Task Stays_silent_where_an_accessor_hands_the_header_on_under_its_name() => Verify.Silent(Rule, """
        WebApplication.Create(args).Run();

        public interface IOwnRequest
        {
            int? XForwardedPort { get; }
        }

        public class OwnRequest(HttpRequest request) : IOwnRequest
        {
            public int? XForwardedPort => string.IsNullOrEmpty(request.Headers["X-Forwarded-Port"]) ? (int?)null : int.Parse(request.Headers["X-Forwarded-Port"]!);

            public string? XForwardedFor => request.Headers["X-Forwarded-For"];
        }

        public class CopiedRequest : IOwnRequest
        {
            public int? XForwardedPort { get; set; }

            public static CopiedRequest Of(IOwnRequest other) => new() { XForwardedPort = other?.XForwardedPort };

            public static string Named(IOwnRequest request, string name) => name switch
            {
                nameof(request.XForwardedPort) => request.XForwardedPort.ToString() ?? "",
                _ => "",
            };

            public static bool IsDefault(IOwnRequest request) => Named(request, "XForwardedPort") == "";
        }
        """, configure: test => test.EnableRules("PSSL1001", "PSSL1002", "PSSL1003", "PSSL1004"));

    [Theory]
    [InlineData("public int? XForwardedPort", """public string Link => "https://a:" + XForwardedPort;""")]
    [InlineData("public int? XForwardedPort", """public int Port => XForwardedPort ?? 80;""")]
    [InlineData("public int? ClientPort", "")]
    public Task Reports_an_accessor_that_is_believed(string member, string use) => Verify.Reports(Rule, $$"""
        WebApplication.Create(args).Run();

        public class OwnRequest(HttpRequest request)
        {
            {{member}} => string.IsNullOrEmpty(request.Headers["X-Forwarded-Port"]) ? (int?)null : int.Parse({|PSSL1005:request.Headers["X-Forwarded-Port"]|}!);

            {{use}}
        }
        """);

    [Theory]
    [InlineData("""var host = request.Headers["X-Forwarded-Host"].ToString(); if (allowed.Contains(host)) { return "https://" + host; } return "";""")]
    [InlineData("""logger.LogInformation("{Host}", request.Headers["X-Forwarded-Host"]); return "";""")]
    [InlineData("""request.Headers["X-Forwarded-Host"] = "a"; return "";""")]
    [InlineData("""return request.Host.Value!;""")]
    public Task Stays_silent(string body) => Verify.Silent(Rule, $$"""
        WebApplication.Create(args).Run();

        class Links(HashSet<string> allowed, ILogger<Links> logger)
        {
            public string Make(HttpRequest request)
            {
                logger.LogDebug("{Count}", allowed.Count);
                {{body}}
            }
        }
        """);

    [Theory]
    [InlineData("""return $"https://{{|PSSL1005:request.Headers["X-Forwarded-Host"]|}}/reset";""", "URL, and any client can send it; use 'Request.Host'")]
    [InlineData("""return {|PSSL1005:request.Headers["X-Forwarded-Host"]|} == "admin.example";""", "decides, and any client can send it; use 'Request.Host'")]
    [InlineData("""return {|PSSL1005:request.Headers["X-Forwarded-Host"]|}.ToString();""", "is used, and any client can send it; use 'Request.Host'")]
    [InlineData("""return {|PSSL1005:request.Headers["X-Forwarded-Prefix"]|}.ToString();""", "use 'Request.PathBase'")]
    public Task Names_the_use_and_the_safe_property(string body, string thing) => Verify.Names(Rule, $$"""
        WebApplication.Create(args).Run();

        static class Requests
        {
            public static object Read(HttpRequest request)
            {
                {{body}}
            }
        }
        """, [thing]);
}
