using System.Threading.Tasks;
using Microsoft.CodeAnalysis;
using ProxySsl.Analyzers.Tests.Verification;
using Xunit;

namespace ProxySsl.Analyzers.Tests.Pipeline;

public class PSSL3009Tests
{
    private const string Rule = RuleIds.CertificateForwarding;

    [Fact]
    public Task Reports_the_call() => Verify.Reports(
        Rule,
        """
        var app = WebApplication.CreateBuilder(args).Build();
        app.UseForwardedHeaders();
        app.{|PSSL3009:UseCertificateForwarding|}();
        app.UseWhen(c => c.Request.Path.StartsWithSegments("/a"), branch => branch.{|PSSL3009:UseCertificateForwarding|}());
        app.Run();
        """);

    [Fact]
    public Task Silent_behind_a_check_of_the_peer() => Verify.Silent(
        Rule,
        """
        public class Startup
        {
            public void Branch(IApplicationBuilder app) =>
                app.UseWhen(c => System.Net.IPAddress.IsLoopback(c.Connection.RemoteIpAddress!), branch => branch.UseCertificateForwarding());

            public void Middleware(IApplicationBuilder app)
            {
                app.Use(async (context, next) =>
                {
                    if (!System.Net.IPAddress.IsLoopback(context.Connection.RemoteIpAddress!))
                    {
                        context.Request.Headers.Remove("X-Client-Cert");
                    }

                    await next();
                });
                app.UseCertificateForwarding();
                app.UseForwardedHeaders();
            }

            public static void Main() { }
        }
        """);

    // Who can reach the app is known to the app.
    [Fact]
    public Task Silent_in_a_class_library() => Verify.Silent(
        Rule,
        """
        public static class Defaults
        {
            public static IApplicationBuilder UseDefaults(this IApplicationBuilder app) => app.UseCertificateForwarding();
        }
        """,
        configure: test => test.TestState.OutputKind = OutputKind.DynamicallyLinkedLibrary);

    [Theory]
    [InlineData("app.UseRateLimiter(); app.{|PSSL3009:UseCertificateForwarding|}();")]
    [InlineData("app.Use((context, next) => { _ = context.Request.Scheme; return next(context); }); app.{|PSSL3009:UseCertificateForwarding|}();")]
    [InlineData("app.{|PSSL3009:UseCertificateForwarding|}(); app.Use((context, next) => { _ = context.Connection.RemoteIpAddress; return next(context); });")]
    [InlineData("Both(app); Both(app); static void Both(WebApplication app) => app.{|PSSL3009:UseCertificateForwarding|}();")]
    [InlineData("app.MapWhen(c => c.Connection.LocalPort == 1, b => b.UseCors()); app.{|PSSL3009:UseCertificateForwarding|}();")]
    public Task Reports_where_nothing_looks_at_the_peer_first(string statements) => Verify.Reports(Rule, Source(statements));

    [Theory]
    [InlineData("app.Use((context, next) => { _ = context.Connection.RemoteIpAddress; return next(context); }); app.UseCors(); app.UseCertificateForwarding();")]
    [InlineData("app.Use((context, next) => { _ = context.Connection.RemoteIpAddress; _ = context.Request.Scheme; return next(context); }); app.UseCertificateForwarding();")]
    [InlineData("app.UseWhen(Elsewhere.IsProxy, b => b.UseCertificateForwarding());")]
    [InlineData("app.UseWhen(Elsewhere.IsProxy, b => b.Map(\"/a\", i => i.UseCertificateForwarding()));")]
    [InlineData("app.UseWhen(c => c.Request.Path.HasValue, b => b.MapWhen(c => c.Connection.LocalPort == 1, i => i.UseCertificateForwarding()));")]
    public Task Silent_where_something_may_have_looked_at_the_peer(string statements) => Verify.Silent(Rule, Source(statements));

    private static string Source(string statements) =>
        $$"""
        var app = WebApplication.CreateBuilder(args).Build();
        app.UseForwardedHeaders();
        {{statements}}
        app.Run();

        public static class Elsewhere
        {
            public static Func<HttpContext, bool> IsProxy { get; set; } = null!;
        }
        """;
}
