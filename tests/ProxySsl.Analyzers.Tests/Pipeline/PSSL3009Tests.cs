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
}
