using System.Threading.Tasks;
using ProxySsl.Analyzers.Tests.Verification;
using Xunit;

namespace ProxySsl.Analyzers.Tests.Headers;

public class PSSL1008Tests
{
    private const string Rule = "PSSL1008";

    [Theory]
    [InlineData("""public static bool IsLocalRequest(HttpRequest request) => !{|PSSL1008:request.Headers.ContainsKey("X-Forwarded-For")|};""")]
    [InlineData("""public static bool IsInternal(HttpRequest request) { if (!{|PSSL1008:request.Headers.ContainsKey("X-Forwarded-For")|}) { return true; } return false; }""")]
    [InlineData("""public static bool IsDirect(HttpRequest request) => {|PSSL1008:string.IsNullOrEmpty(request.Headers["X-Real-IP"])|};""")]
    [InlineData("""public static void Mark(HttpContext context) { var isAdmin = {|PSSL1008:context.Request.Headers["X-Forwarded-Host"].Count == 0|}; context.Items["admin"] = isAdmin; }""")]
    [InlineData("""public static bool IsTrusted(HttpRequest request) => !{|PSSL1008:request.Headers.TryGetValue("X-Forwarded-For", out _)|};""")]
    [InlineData("""public static void Mark(HttpContext context) { if (!{|PSSL1008:context.Request.Headers.ContainsKey("X-Forwarded-For")|}) { context.Items["IsLocal"] = true; } }""")]
    [InlineData("""public static void Mark(HttpContext context) { if (!{|PSSL1008:context.Request.Headers.ContainsKey("X-Forwarded-For")|}) { context.Items["session"] = new Session { IsInternal = true }; } }""")]
    public Task Reports(string member) => Verify.Reports(Rule, Program(member));

    [Theory]
    [InlineData("""public static bool IsLocalRequest(HttpContext context) => System.Net.IPAddress.IsLoopback(context.Connection.RemoteIpAddress!) && !context.Request.Headers.ContainsKey("X-Forwarded-For");""")]
    [InlineData("""public static bool IsProxied(HttpRequest request) => request.Headers.ContainsKey("X-Forwarded-For");""")]
    [InlineData("""public static bool IsPlain(HttpRequest request) => !request.Headers.ContainsKey("X-Forwarded-For");""")]
    [InlineData("""public static bool IsLocalRequest(HttpRequest request) => !request.Headers.ContainsKey("X-Correlation-Id");""")]
    [InlineData("""public static void Mark(HttpContext context) { if (System.Net.IPAddress.IsLoopback(context.Connection.RemoteIpAddress!) && !context.Request.Headers.ContainsKey("X-Forwarded-For")) { context.Items["IsLocal"] = true; } }""")]
    [InlineData("""public static void Mark(HttpContext context) { if (!context.Request.Headers.ContainsKey("X-Forwarded-Proto")) { context.Items["IsLocal"] = true; } }""")]
    [InlineData("""public static bool IsAllowed(HttpRequest request) => !request.Headers.ContainsKey("X-Forwarded-Proto");""")]
    [InlineData("""public static bool IsTrusted(HttpContext context) => System.Net.IPAddress.IsLoopback(context.Connection.RemoteIpAddress!) && !context.Request.Headers.ContainsKey("X-Forwarded-For");""")]
    [InlineData("""public static void Mark(HttpContext context) { if (System.Net.IPAddress.IsLoopback(context.Connection.RemoteIpAddress!) && !context.Request.Headers.ContainsKey("X-Forwarded-For")) { context.Items["session"] = new Session { IsInternal = true }; } }""")]
    [InlineData("""public static void Mark(HttpContext context) { if (!context.Request.Headers.ContainsKey("X-Forwarded-For")) { context.Items["session"] = new Session { IsInternal = true }; } else { context.Items["via"] = new Session { IsInternal = true }; } }""")]
    [InlineData("""public static void Mark(HttpContext context) { if (!context.Request.Headers.ContainsKey("X-Forwarded-Proto")) { context.Items["session"] = new Session { IsInternal = true }; } }""")]
    public Task Stays_silent(string member) => Verify.Silent(Rule, Program(member));

    private static string Program(string member) => $$"""
        WebApplication.Create(args).Run();

        static class Requests
        {
            {{member}}
        }

        class Session
        {
            public bool IsInternal { get; set; }
        }
        """;
}
