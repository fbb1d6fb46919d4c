using System.Threading.Tasks;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Testing;
using ProxySsl.Analyzers.Tests.Verification;
using Xunit;

namespace ProxySsl.Analyzers.Tests.Headers;

/// <summary>The fix of PSSL1001, from the analyzer's report to the new text: one by one and with Fix All.</summary>
public class PSSL1001FixTests
{
    [Theory]
    [InlineData(Framework.Net60, LanguageVersion.CSharp10)]
    [InlineData(Framework.Net80, LanguageVersion.CSharp12)]
    [InlineData(Framework.Net90, LanguageVersion.CSharp13)]
    [InlineData(Framework.Net100, LanguageVersion.CSharp14)]
    public Task Every_check_of_a_file_becomes_IsHttps(Framework framework, LanguageVersion version) => Verify.Fixes(
        RuleIds.PresenceOnly,
        """
        var app = WebApplication.CreateBuilder(args).Build();
        app.Use(async (context, next) =>
        {
            // Plain requests go to https.
            if (!context.Request.IsHttps && !{|PSSL1001:context.Request.Headers.ContainsKey("X-Forwarded-Proto")|})
            {
                context.Response.Redirect("https://" + context.Request.Host);
                return;
            }

            await next();
        });
        app.Run();

        public static class RequestExtensions
        {
            private const string ProtoHeader = "X-Forwarded-Proto";

            public static bool IsSecure(this HttpRequest request) => request.IsHttps || {|PSSL1001:request.Headers.ContainsKey(ProtoHeader)|};

            public static bool IsSecureConnection(IHttpContextAccessor accessor) =>
                {|PSSL1001:accessor.HttpContext?.Request.Headers.ContainsKey("X-Forwarded-Proto")|} == true;
        }
        """,
        """
        var app = WebApplication.CreateBuilder(args).Build();
        app.Use(async (context, next) =>
        {
            // Plain requests go to https.
            if (!context.Request.IsHttps)
            {
                context.Response.Redirect("https://" + context.Request.Host);
                return;
            }

            await next();
        });
        app.Run();

        public static class RequestExtensions
        {
            public static bool IsSecure(this HttpRequest request) => request.IsHttps;

            public static bool IsSecureConnection(IHttpContextAccessor accessor) =>
                accessor.HttpContext?.Request.IsHttps == true;
        }
        """,
        framework: framework,
        configure: t => t.LanguageVersion = version);

    [Fact]
    public Task An_address_header_gives_way_where_it_decides_about_https_and_nowhere_else() => Verify.Fixes("PSSL1001", """
        var app = WebApplication.Create(args);
        app.Use(async (context, next) =>
        {
            if (!{|PSSL1001:context.Request.Headers.ContainsKey("X-Forwarded-For")|})
            {
                context.Response.Redirect("https://a");
                return;
            }

            await next();
        });
        app.Use(async (context, next) =>
        {
            if (!{|PSSL1001:context.Request.Headers.ContainsKey("X-Forwarded-For")|})
            {
                context.Response.StatusCode = 403;
                return;
            }

            await next();
        });
        app.Run();
        """, """
        var app = WebApplication.Create(args);
        app.Use(async (context, next) =>
        {
            if (!context.Request.IsHttps)
            {
                context.Response.Redirect("https://a");
                return;
            }

            await next();
        });
        app.Use(async (context, next) =>
        {
            if (!{|PSSL1001:context.Request.Headers.ContainsKey("X-Forwarded-For")|})
            {
                context.Response.StatusCode = 403;
                return;
            }

            await next();
        });
        app.Run();
        """, configure: test => test.FixedState.MarkupHandling = MarkupMode.Allow);
}
