using System.Threading.Tasks;
using ProxySsl.Analyzers.Tests.Verification;
using Xunit;

namespace ProxySsl.Analyzers.Tests.Headers;

public class PSSL1001Tests
{
    private const string Rule = "PSSL1001";

    [Fact]
    public Task Reports_a_redirect_that_presence_skips() => Verify.Reports(Rule, """
        var app = WebApplication.Create(args);
        app.Use(async (context, next) =>
        {
            if (!{|PSSL1001:context.Request.Headers.ContainsKey("X-Forwarded-Proto")|})
            {
                context.Response.Redirect("https://" + context.Request.Host + context.Request.Path);
                return;
            }

            await next();
        });
        app.Run();
        """);

    [Theory]
    [InlineData("""{|PSSL1001:request.Headers.ContainsKey("X-Forwarded-Proto")|}""")]
    [InlineData("""{|PSSL1001:request.Headers.ContainsKey("x-forwarded-proto")|}""")]
    [InlineData("""{|PSSL1001:request.Headers["X-Forwarded-Proto"].Count > 0|}""")]
    [InlineData("""{|PSSL1001:request.Headers["X-Forwarded-Proto"].Any()|}""")]
    [InlineData("""{|PSSL1001:request.Headers["X-Forwarded-Proto"].ToString().Length != 0|}""")]
    [InlineData("""{|PSSL1001:request.Headers["X-Forwarded-Proto"] != ""|}""")]
    [InlineData("""{|PSSL1001:request.Headers["X-Forwarded-Proto"].FirstOrDefault() is not null|}""")]
    [InlineData("""{|PSSL1001:request.Headers["X-Forwarded-Proto"].FirstOrDefault() is { Length: > 0 }|}""")]
    [InlineData("""!{|PSSL1001:StringValues.IsNullOrEmpty(request.Headers["X-Forwarded-Proto"])|}""")]
    [InlineData("""!{|PSSL1001:string.IsNullOrEmpty(request.Headers["X-Forwarded-Proto"])|}""")]
    [InlineData("""{|PSSL1001:request.Headers.TryGetValue("X-Forwarded-Proto", out _)|}""")]
    [InlineData("""{|PSSL1001:request.Headers.TryGetValue("X-Forwarded-Proto", out var unused)|}""")]
    [InlineData("""{|PSSL1001:request.Headers.Keys.Contains("X-Forwarded-Proto")|}""")]
    [InlineData("""{|PSSL1001:request.Headers.Any(h => h.Key == "X-Forwarded-Proto")|}""")]
    [InlineData("""{|PSSL1001:request.Headers.Keys.Any(k => k.Equals("X-Forwarded-Proto", StringComparison.OrdinalIgnoreCase))|}""")]
    [InlineData("""{|PSSL1001:request.Headers.ContainsKey("X-Forwarded-Proto")|} == true""")]
    [InlineData("""{|PSSL1001:request.Headers.ContainsKey(ForwardedHeadersDefaults.XForwardedProtoHeaderName)|}""")]
    [InlineData("""request.IsHttps || {|PSSL1001:request.Headers.ContainsKey("X-ARR-SSL")|}""")]
    [InlineData("""{|PSSL1001:request.Headers.ContainsKey("X-Forwarded-Ssl")|} || request.Headers.ContainsKey("Front-End-Https")""")]
    [InlineData("""{|PSSL1001:request.Headers?.ContainsKey("X-Forwarded-Proto")|} ?? false""")]
    public Task Reports_every_shape(string check) => Verify.Reports(Rule, $$"""
        using Microsoft.AspNetCore.HttpOverrides;
        using Microsoft.Extensions.Primitives;

        WebApplication.Create(args).Run();

        static class Requests
        {
            public static bool IsSecure(HttpRequest request) => {{check}};
        }
        """);

    [Fact]
    public Task Stays_silent_where_presence_guards_a_read_of_the_same_header() => Verify.Silent(Rule, """
        var app = WebApplication.Create(args);
        app.Run(async context =>
        {
            var scheme = context.Request.Scheme;
            if (context.Request.Headers.ContainsKey("X-Forwarded-Proto"))
            {
                scheme = context.Request.Headers["X-Forwarded-Proto"];
            }

            await context.Response.WriteAsync(scheme + "://" + context.Request.Host);
        });
        app.Run();
        """);

    [Fact]
    public Task Stays_silent_where_presence_refuses() => Verify.Silent(Rule, """
        var app = WebApplication.Create(args);
        app.Use(async (context, next) =>
        {
            if (context.Request.Headers.ContainsKey("X-Forwarded-Proto"))
            {
                context.Response.StatusCode = 403;
                return;
            }

            await next();
        });
        app.Run();
        """);
}
