using System.Threading.Tasks;
using ProxySsl.Analyzers.Tests.Verification;
using Xunit;

namespace ProxySsl.Analyzers.Tests.Headers;

public class PSSL1004Tests
{
    private const string Rule = "PSSL1004";

    [Theory]
    [InlineData("""return {|PSSL1004:request.Headers["X-Forwarded-For"]|}.ToString().Split(',')[0].Trim();""")]
    [InlineData("""return {|PSSL1004:request.Headers["X-Forwarded-For"]|}.ToString().Split(',').First();""")]
    [InlineData("""return {|PSSL1004:request.Headers["X-Forwarded-For"]|}.FirstOrDefault()?.Split(',').Select(s => s.Trim()).FirstOrDefault();""")]
    [InlineData("""return {|PSSL1004:request.Headers.GetCommaSeparatedValues("X-Forwarded-For")|}.FirstOrDefault();""")]
    [InlineData("""string list = {|PSSL1004:request.Headers["X-Forwarded-For"]|}; return list.Substring(0, list.IndexOf(','));""")]
    [InlineData("""var list = {|PSSL1004:request.Headers["X-Forwarded-For"]|}.ToString(); var comma = list.IndexOf(','); return comma < 0 ? list : list[..comma];""")]
    [InlineData("""return {|PSSL1004:request.Headers["X-Forwarded-For"]|}.ToString().Split(',') is [var first, ..] ? first : null;""")]
    [InlineData("""if ({|PSSL1004:request.Headers.TryGetValue("X-Forwarded-For", out var v)|}) { var parts = v.ToString().Split(new[] { ',' }, StringSplitOptions.RemoveEmptyEntries); if (parts.Length > 0) { return parts[0]; } } return null;""")]
    [InlineData("""foreach (var entry in {|PSSL1004:request.Headers["X-Forwarded-For"]|}.ToString().Split(',')) { if (entry.Length > 6) { return entry; } } return null;""")]
    [InlineData("""var ip = {|PSSL1004:Header(request, "X-Forwarded-For")|}; return ip?.Split(',').FirstOrDefault();""")]
    [InlineData("""return SplitCsv({|PSSL1004:Header(request, "X-Forwarded-For")|}).FirstOrDefault();""")]
    [InlineData("""return {|PSSL1004:Entries(request, "X-Forwarded-For")|}[0];""")]
    [InlineData("""return {|PSSL1004:FirstEntry(request, "X-Forwarded-For")|};""")]
    [InlineData("""if (proxies.Contains(request.HttpContext.Connection.RemoteIpAddress!)) { return {|PSSL1004:request.Headers["X-Forwarded-For"]|}.ToString().Split(',')[0]; } return null;""")]
    [InlineData("""var chain = $"{{|PSSL1004:request.Headers["X-Forwarded-For"]|}}, {request.HttpContext.Connection.RemoteIpAddress}"; return chain.Split(',')[0];""")]
    [InlineData("""return ("" + {|PSSL1004:request.Headers["X-Forwarded-For"]|} + ",x").Split(',')[0];""")]
    public Task Reports_every_shape(string body) => Verify.Reports(Rule, $$"""
        using System.Net;

        WebApplication.Create(args).Run();

        class Clients(HashSet<IPAddress> proxies)
        {
            public int Count => proxies.Count;

            public string? Address(HttpRequest request)
            {
                {{body}}
            }

            private static string? Header(HttpRequest request, string name) => request.Headers[name];

            private static string[] Entries(HttpRequest request, string name) => request.Headers[name].ToString().Split(',');

            private static List<string> SplitCsv(string? list)
            {
                if (string.IsNullOrWhiteSpace(list))
                {
                    return new List<string>();
                }

                return list.TrimEnd(',').Split(',').AsEnumerable<string>().Select(s => s.Trim()).ToList();
            }

            private static string? FirstEntry(HttpRequest request, string name) => request.Headers[name].ToString().Split(',')[0];
        }
        """);

    [Theory]
    [InlineData("""return request.Headers["X-Forwarded-For"].FirstOrDefault();""")]
    [InlineData("""return request.Headers["X-Forwarded-For"][0];""")]
    [InlineData("""return request.Headers["X-Forwarded-For"].ToString().Split(',').Last();""")]
    [InlineData("""return request.Headers["X-Forwarded-For"].ToString().Split(',').Reverse().First();""")]
    [InlineData("""return request.Headers["X-Real-IP"].ToString().Split(',')[0];""")]
    [InlineData("""return request.Headers["X-Forwarded-Host"].ToString().Split(',')[0];""")]
    [InlineData("""logger.LogInformation("{Ip}", request.Headers["X-Forwarded-For"].ToString().Split(',')[0]); return null;""")]
    [InlineData("""var item = $"Address: {request.Headers["X-Forwarded-For"]}"; return System.Text.RegularExpressions.Regex.Match(item, "^[^:]+").Value;""")]
    [InlineData("""return ("Address, " + request.Headers["X-Forwarded-For"]).Split(',')[0];""")]
    [InlineData("""return $"{request.HttpContext.Connection.RemoteIpAddress}, {request.Headers["X-Forwarded-For"]}".Split(',')[0];""")]
    public Task Stays_silent(string body) => Verify.Silent(Rule, $$"""
        WebApplication.Create(args).Run();

        class Clients(ILogger logger)
        {
            public string? Address(HttpRequest request)
            {
                logger.LogDebug("address");
                {{body}}
            }
        }
        """);

    [Fact]
    public Task Reports_a_peer_checked_assignment_too() => Verify.Reports(Rule, """
        using System.Net;

        var proxies = new HashSet<IPAddress>();
        var app = WebApplication.Create(args);
        app.Use(async (context, next) =>
        {
            if (proxies.Contains(context.Connection.RemoteIpAddress!))
            {
                context.Connection.RemoteIpAddress = IPAddress.Parse({|PSSL1004:context.Request.Headers["X-Forwarded-For"]|}.ToString().Split(',')[0]);
            }

            await next();
        });
        app.Run();
        """);
}
