using System.Threading.Tasks;
using ProxySsl.Analyzers.Tests.Verification;
using Xunit;

namespace ProxySsl.Analyzers.Tests.Pipeline;

/// <summary>
/// What has to see the request as it came from the proxy: the fix that moves forwarded headers does not jump over it, and it is not too early.
/// </summary>
public class StepsThatStayBeforeTests
{
    [Theory]
    [InlineData("app.Use((context, next) => { context.Request.Headers[\"X-Forwarded-Proto\"] = context.Request.Headers[\"X-Edge-Proto\"]; return next(); });")]
    [InlineData("app.Use((context, next) => { foreach (var name in names) { context.Request.Headers.Remove(name); } return next(); });")]
    [InlineData("app.UseWhen(c => proxies.Contains(c.Connection.RemoteIpAddress!), b => b.UseCertificateForwarding());")]
    [InlineData("app.MapWhen(c => IPAddress.IsLoopback(c.Connection.RemoteIpAddress!), b => b.Run(c => c.Response.WriteAsync(\"ok\")));")]
    [InlineData("app.Use((context, next) => proxies.Contains(context.Connection.RemoteIpAddress!) ? next() : Task.CompletedTask);")]
    public Task Offers_no_move_over_it(string step) => Verify.OffersNoFix("PSSL3002", Program($"app.{{|PSSL3002:UseHsts|}}();\n{step}"));

    [Theory]
    [InlineData("app.Use((context, next) => { context.Items[\"id\"] = context.TraceIdentifier; return next(); });")]
    [InlineData("app.UseStatusCodePages();")]
    public Task Moves_over_what_may_see_either(string step) => Verify.Fixes(
        "PSSL3002",
        Program($"app.{{|PSSL3002:UseHsts|}}();\n{step}"),
        Program($"app.UseForwardedHeaders();\n        app.UseHsts();\n{step}").Replace("        app.UseForwardedHeaders();\n    }", "    }"));

    [Theory]
    [InlineData("app.Use((context, next) => proxies.Contains(context.Connection.RemoteIpAddress!) ? next() : Task.CompletedTask);")]
    [InlineData("app.Use(async (context, next) => { var peer = context.Connection.RemoteIpAddress; if (peer is null || !proxies.Contains(peer)) { context.Response.StatusCode = 403; return; } await next(); });")]
    [InlineData("app.Use((context, next) => { Console.WriteLine(nameof(context.Request.IsHttps)); return next(); });")]
    [InlineData("app.Use((context, next) => { context.Request.Scheme = \"https\"; return next(); }); app.UseHsts();")]
    public Task Silent_where_it_is_not_too_early(string step) => Verify.Silent("PSSL3002", Program(step));

    [Theory]
    [InlineData("app.{|PSSL3002:Use|}(async (context, next) => { var peer = context.Connection.RemoteIpAddress; if (peer is null || !admins.Contains(peer)) { context.Response.StatusCode = 403; return; } await next(); });")]
    [InlineData("app.{|PSSL3002:Use|}(async (context, next) => { if (context.Request.Path == \"/health\") { await next(); return; } if (!context.Request.IsHttps) { context.Response.StatusCode = 403; return; } await next(); });")]
    [InlineData("Func<int> clock = () => 1; app.{|PSSL3002:Use|}((context, next) => { _ = clock(); return context.Request.IsHttps ? next() : Task.CompletedTask; });")]
    public Task Reports_what_reads_too_early(string step) => Verify.Reports("PSSL3002", Program(step));

    [Theory]
    [InlineData("app.Use((context, next) => Peer.IsProxy(context) ? next() : Task.CompletedTask);")]
    [InlineData("app.Use((context, next) => proxies.Contains(context.Connection.RemoteIpAddress!) ? next() : Task.CompletedTask);")]
    public Task Certificates_are_silent_behind_a_check_of_the_peer(string step) => Verify.Silent("PSSL3009", """
        using System.Net;

        var app = WebApplication.Create(args);
        var proxies = new List<IPAddress>();
        """ + step + """

        app.UseCertificateForwarding();
        app.Run();

        public static class Peer
        {
            public static bool IsProxy(HttpContext context) => context.Connection.RemoteIpAddress is { } peer && IPAddress.IsLoopback(peer);
        }
        """);

    [Theory]
    [InlineData("builder.Services.AddAuthentication().AddBearerToken();", "UseAuthentication", false)]
    [InlineData("builder.Services.AddAuthentication().AddBearerToken();", "UseAuthorization", false)]
    [InlineData("builder.Services.AddAuthentication().AddCookie();", "UseAuthentication", true)]
    [InlineData("", "UseAuthentication", true)]
    [InlineData("Process(ForwardedHeaders.XForwardedProto);", "UseHostFiltering", false)]
    [InlineData("Process(ForwardedHeaders.XForwardedProto | ForwardedHeaders.XForwardedHost);", "UseHostFiltering", true)]
    [InlineData("builder.Services.Configure<ForwardedHeadersOptions>(o => o.ForwardLimit = 2);", "UseHostFiltering", true)]
    [InlineData("Process(args.Length > 0 ? ForwardedHeaders.All : ForwardedHeaders.XForwardedProto);", "UseHostFiltering", true)]
    [InlineData("Process(ForwardedHeaders.XForwardedProto);", "UsePeer", false)]
    [InlineData("Process(ForwardedHeaders.XForwardedFor);", "UsePeer", true)]
    public Task Reports_what_the_order_changes(string services, string method, bool reports)
    {
        var program = $$"""
            using Microsoft.AspNetCore.HttpOverrides;

            var builder = WebApplication.CreateBuilder(args);
            {{services}}
            var app = builder.Build();
            app.{{(reports ? "{|PSSL3002:" + method + "|}" : method)}}();
            app.UseForwardedHeaders();
            app.Run();

            void Process(ForwardedHeaders headers) => builder.Services.Configure<ForwardedHeadersOptions>(o => o.ForwardedHeaders = headers);

            public static class Peers
            {
                public static void UsePeer(this IApplicationBuilder app) => app.Use((context, next) => { context.Items["peer"] = context.Connection.RemoteIpAddress; return next(); });
            }
            """;
        return reports ? Verify.Reports("PSSL3002", program) : Verify.Silent("PSSL3002", program);
    }

    [Theory]
    [InlineData("app.UseWhen(c => c.Request.Headers.ContainsKey(\"X-Forwarded-For\"), b => b.{|PSSL3009:UseCertificateForwarding|}());")]
    [InlineData("app.Use((context, next) => { Console.Write(context.Connection.RemoteIpAddress); return next(); }); app.{|PSSL3009:UseCertificateForwarding|}();")]
    [InlineData("app.Use((context, next) => { context.Items[\"path\"] = context.Request.Path; return next(); }); app.{|PSSL3009:UseCertificateForwarding|}();")]
    public Task Certificates_are_reported_behind_what_proves_no_peer(string steps) => Verify.Reports("PSSL3009", Program(steps));

    private static string Program(string steps) => $$"""
        using System.Net;

        public class Startup
        {
            public void Configure(IApplicationBuilder app, List<IPAddress> proxies, List<IPAddress> admins, string[] names)
            {
                {{steps}}
                app.UseForwardedHeaders();
            }

            public static void Main() { }
        }
        """;
}
