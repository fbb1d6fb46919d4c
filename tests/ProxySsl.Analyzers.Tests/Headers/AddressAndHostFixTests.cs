using System.Threading.Tasks;
using Microsoft.CodeAnalysis.CSharp;
using ProxySsl.Analyzers.Tests.Verification;
using Xunit;

namespace ProxySsl.Analyzers.Tests.Headers;

/// <summary>The fixes of PSSL1003, PSSL1004, PSSL1005 and PSSL1006, from the analyzer's report to the new text: one by one and with Fix All.</summary>
public class AddressAndHostFixTests
{
    [Theory]
    [InlineData(Framework.Net60, LanguageVersion.CSharp10)]
    [InlineData(Framework.Net80, LanguageVersion.CSharp12)]
    [InlineData(Framework.Net90, LanguageVersion.CSharp13)]
    [InlineData(Framework.Net100, LanguageVersion.CSharp14)]
    public Task A_helper_that_tries_one_header_after_the_other_is_left_with_the_connection(Framework framework, LanguageVersion version) => Verify.Fixes(
        RuleIds.RawClientAddress,
        """
        WebApplication.CreateBuilder(args).Build().Run();

        public static class ClientAddress
        {
            public static string? Of(HttpContext context)
            {
                var ip = {|PSSL1003:context.Request.Headers["X-Real-IP"]|}.FirstOrDefault();
                if (string.IsNullOrEmpty(ip))
                {
                    ip = {|PSSL1003:context.Request.Headers["CF-Connecting-IP"]|}.FirstOrDefault();
                }

                if (string.IsNullOrEmpty(ip))
                {
                    ip = context.Connection.RemoteIpAddress?.ToString();
                }

                return ip;
            }

            public static string Key(HttpRequest request) => "rate:" + {|PSSL1003:request.Headers["X-Real-IP"]|};
        }
        """,
        """
        WebApplication.CreateBuilder(args).Build().Run();

        public static class ClientAddress
        {
            public static string? Of(HttpContext context)
            {
                var ip = context.Connection.RemoteIpAddress?.ToString();

                return ip;
            }

            public static string Key(HttpRequest request) => "rate:" + request.HttpContext.Connection.RemoteIpAddress?.ToString();
        }
        """,
        framework: framework,
        configure: t => t.LanguageVersion = version);

    [Theory]
    [InlineData(Framework.Net60)]
    [InlineData(Framework.Net100)]
    public Task The_leftmost_entry_becomes_the_address_of_the_connection(Framework framework) => Verify.Fixes(
        RuleIds.LeftmostEntry,
        """
        using Microsoft.AspNetCore.Mvc;

        WebApplication.CreateBuilder(args).Build().Run();

        public class HomeController : Controller
        {
            public string Client()
            {
                // Who is there?
                if (Request.Headers.ContainsKey("X-Forwarded-For"))
                {
                    return {|PSSL1004:Request.Headers["X-Forwarded-For"]|}.ToString().Split(',')[0].Trim();
                }

                return HttpContext.Connection.RemoteIpAddress?.MapToIPv4().ToString() ?? "";
            }

            public string? Other() => {|PSSL1004:Request.Headers["X-Forwarded-For"]|}.FirstOrDefault()?.Split(',').FirstOrDefault();
        }
        """,
        """
        using Microsoft.AspNetCore.Mvc;

        WebApplication.CreateBuilder(args).Build().Run();

        public class HomeController : Controller
        {
            public string Client()
            {
                // Who is there?
                return HttpContext.Connection.RemoteIpAddress?.MapToIPv4().ToString() ?? "";
            }

            public string? Other() => HttpContext.Connection.RemoteIpAddress?.ToString();
        }
        """,
        framework: framework);

    [Theory]
    [InlineData(Framework.Net60)]
    [InlineData(Framework.Net80)]
    [InlineData(Framework.Net90)]
    [InlineData(Framework.Net100)]
    public Task Host_and_prefix_become_what_the_request_says(Framework framework) => Verify.Fixes(
        RuleIds.RawHost,
        """
        WebApplication.CreateBuilder(args).Build().Run();

        public static class Urls
        {
            public static string Base(HttpRequest request) =>
                "https://" + {|PSSL1005:request.Headers["X-Forwarded-Host"]|} + {|PSSL1005:request.Headers["X-Forwarded-Prefix"]|};

            public static string Host(HttpRequest request) => {|PSSL1005:request.Headers["X-Forwarded-Host"]|}.FirstOrDefault() ?? request.Host.ToString();
        }
        """,
        """
        WebApplication.CreateBuilder(args).Build().Run();

        public static class Urls
        {
            public static string Base(HttpRequest request) =>
                "https://" + request.Host.Value + request.PathBase.Value;

            public static string Host(HttpRequest request) => request.Host.ToString();
        }
        """,
        framework: framework);

    [Theory]
    [InlineData(Framework.Net60)]
    [InlineData(Framework.Net100)]
    public Task An_inline_middleware_that_does_nothing_else_becomes_the_real_one(Framework framework) => Verify.Fixes(
        RuleIds.HandWrittenMiddleware,
        """
        var app = WebApplication.CreateBuilder(args).Build();

        // The proxy ends TLS.
        app.Use((context, next) =>
        {
            if (context.Request.Headers["X-Forwarded-Proto"] == "https")
            {
                {|PSSL1006:context.Request.Scheme = "https"|};
            }

            return next();
        });
        app.Run();
        """,
        """
        var app = WebApplication.CreateBuilder(args).Build();

        // The proxy ends TLS.
        app.UseForwardedHeaders();
        app.Run();
        """,
        framework: framework);

    [Fact]
    public Task An_inline_middleware_that_does_more_is_left_to_a_person() => Verify.OffersNoFix(
        RuleIds.HandWrittenMiddleware,
        """
        var app = WebApplication.CreateBuilder(args).Build();
        app.Use(async (context, next) =>
        {
            if (context.Request.Headers.TryGetValue("X-Forwarded-Proto", out var proto))
            {
                {|PSSL1006:context.Request.Scheme = proto!|};
            }

            context.Response.Headers["X-Seen"] = "1";
            await next();
        });
        app.Run();
        """);

    [Theory]
    [InlineData(RuleIds.RawClientAddress, """$"{request.Scheme}://{{|PSSL1003:request.Headers["X-Forwarded-For"]|}}/api" """)]
    [InlineData(RuleIds.LeftmostEntry, """ "http://" + {|PSSL1004:request.Headers["X-Forwarded-For"]|}.ToString().Split(',')[0] """)]
    public Task An_address_that_becomes_the_host_of_a_url_is_left_to_a_person(string rule, string url) => Verify.OffersNoFix(
        rule,
        $$"""
        WebApplication.CreateBuilder(args).Build().Run();

        public static class Urls
        {
            public static string Base(HttpRequest request) => {{url}};
        }
        """);

    [Fact]
    public Task An_address_in_the_query_of_a_url_becomes_that_of_the_connection() => Verify.Fixes(
        RuleIds.RawClientAddress,
        """
        WebApplication.CreateBuilder(args).Build().Run();

        public static class Urls
        {
            public static string Lookup(HttpRequest request) => $"https://geo.example/?ip={{|PSSL1003:request.Headers["X-Real-IP"]|}}";
        }
        """,
        """
        WebApplication.CreateBuilder(args).Build().Run();

        public static class Urls
        {
            public static string Lookup(HttpRequest request) => $"https://geo.example/?ip={request.HttpContext.Connection.RemoteIpAddress}";
        }
        """);
}
