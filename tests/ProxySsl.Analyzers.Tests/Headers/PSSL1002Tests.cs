using System.Threading.Tasks;
using ProxySsl.Analyzers.Tests.Verification;
using Xunit;

namespace ProxySsl.Analyzers.Tests.Headers;

public class PSSL1002Tests
{
    private const string Rule = "PSSL1002";

    [Theory]
    [InlineData("""{|PSSL1002:request.Headers["X-Forwarded-Proto"]|} == "https";""")]
    [InlineData("""string.Equals({|PSSL1002:request.Headers["X-Forwarded-Proto"]|}, "https", StringComparison.OrdinalIgnoreCase);""")]
    [InlineData("""{|PSSL1002:request.Headers["X-Forwarded-Proto"]|}.ToString().Equals("https");""")]
    [InlineData("""{|PSSL1002:request.Headers.TryGetValue("X-Forwarded-Proto", out var v)|} && v == "https";""")]
    [InlineData("""{|PSSL1002:request.Headers["Front-End-Https"]|} == "on";""")]
    [InlineData("""{|PSSL1002:request.Headers["CF-Visitor"]|}.ToString().Contains("https");""")]
    [InlineData("""{|PSSL1002:request.Headers.Any(h => h.Key == "Front-End-Https" && h.Value == "on")|};""")]
    public Task Reports_a_comparison(string expression) => Verify.Reports(Rule, $$"""
        WebApplication.Create(args).Run();

        static class Requests
        {
            public static bool IsSecure(HttpRequest request) => {{expression}}
        }
        """);
}
