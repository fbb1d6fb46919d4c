using System.Threading.Tasks;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Testing;
using ProxySsl.Analyzers.Tests.Verification;
using Xunit;

namespace ProxySsl.Analyzers.Tests.Pipeline;

public class PSSL3003Tests
{
    private const string Rule = RuleIds.LogsTooEarly;

    [Fact]
    public Task Reports_logging_caching_compression_and_limits() => Verify.Reports(
        Rule,
        """
        var app = WebApplication.CreateBuilder(args).Build();
        app.{|PSSL3003:UseHttpLogging|}();
        app.{|PSSL3003:UseW3CLogging|}();
        app.{|PSSL3003:UseOutputCache|}();
        app.{|PSSL3003:UseResponseCaching|}();
        app.{|PSSL3003:UseResponseCompression|}();
        app.{|PSSL3003:UseRateLimiter|}();
        app.{|PSSL3003:Use|}((context, next) =>
        {
            Console.WriteLine(context.Connection.RemoteIpAddress);
            var scheme = context.Request.Scheme;
            app.Logger.LogInformation("{Scheme}", scheme);
            return next(context);
        });
        app.UseForwardedHeaders();
        app.Run();
        """);

    [Fact]
    public Task Reports_the_path_base_where_the_prefix_is_processed() => Verify.Reports(
        Rule,
        """
        using Microsoft.AspNetCore.HttpOverrides;

        var app = WebApplication.CreateBuilder(args).Build();
        app.{|PSSL3003:UsePathBase|}("/base");
        app.{|PSSL3003:UseStatusCodePagesWithRedirects|}("/error");
        app.UseStaticFiles();
        app.UseForwardedHeaders(new ForwardedHeadersOptions { ForwardedHeaders = ForwardedHeaders.XForwardedPrefix | ForwardedHeaders.XForwardedProto });
        app.Run();
        """);

    [Fact]
    public Task Silent_for_the_path_base_where_it_is_not() => Verify.Silent(
        Rule,
        """
        using Microsoft.AspNetCore.HttpOverrides;

        var app = WebApplication.CreateBuilder(args).Build();
        app.UsePathBase("/base");
        app.UseStatusCodePagesWithRedirects("/error");
        app.UseForwardedHeaders(new ForwardedHeadersOptions { ForwardedHeaders = ForwardedHeaders.XForwardedFor | ForwardedHeaders.XForwardedProto });
        app.UseHttpLogging();
        app.Run();
        """);

    [Fact]
    public Task Moves() => Verify.Fixes(
        Rule,
        """
        var app = WebApplication.CreateBuilder(args).Build();
        app.{|PSSL3003:UseRateLimiter|}();
        app.{|PSSL3003:UseHttpLogging|}();
        app.UseForwardedHeaders();
        app.Run();
        """,
        """
        var app = WebApplication.CreateBuilder(args).Build();
        app.UseForwardedHeaders();
        app.UseRateLimiter();
        app.UseHttpLogging();
        app.Run();
        """);

    [Theory]
    [InlineData("UseResponseCompression()", "https answers are compressed although EnableForHttps is off")]
    [InlineData("UseStatusCodePagesWithRedirects(\"/error\")", "its redirects lack the prefix of X-Forwarded-Prefix")]
    public Task Says_that_only_responses_that_end_early_differ(string call, string consequence) => Verify.ReportsMessage(
        $$"""
        using Microsoft.AspNetCore.HttpOverrides;

        var app = WebApplication.CreateBuilder(args).Build();
        app.{|#0:{{call.Replace("(", "|}(")}};
        app.UseStaticFiles();
        app.UseForwardedHeaders(new ForwardedHeadersOptions { ForwardedHeaders = ForwardedHeaders.All });
        app.Run();
        """,
        new DiagnosticResult(Rule, DiagnosticSeverity.Info).WithLocation(0),
        $"'{call.Split('(')[0]}' runs before UseForwardedHeaders, so {consequence} for responses that end before UseForwardedHeaders runs; call UseForwardedHeaders first");

    [Theory]
    [InlineData("", "")]
    [InlineData("builder.Services.AddResponseCompression(options => options.EnableForHttps = true);", "app.UseStaticFiles();")]
    [InlineData("builder.Services.AddResponseCompression(options => options.EnableForHttps = args.Length > 0);", "app.UseStaticFiles();")]
    public Task Silent_for_compression_that_does_not_differ(string configuration, string between) => Verify.Silent(
        Rule,
        $"""
        var builder = WebApplication.CreateBuilder(args);
        {configuration}
        var app = builder.Build();
        app.UseResponseCompression();
        {between}
        app.UseForwardedHeaders();
        app.UseHttpLogging();
        app.Run();
        """);

    [Fact]
    public Task Reports_compression_that_is_off_for_https() => Verify.Reports(
        Rule,
        """
        var builder = WebApplication.CreateBuilder(args);
        builder.Services.AddResponseCompression(options => options.EnableForHttps = false);
        var app = builder.Build();
        app.{|PSSL3003:UseResponseCompression|}();
        app.UseStaticFiles();
        app.UseForwardedHeaders();
        app.Run();
        """);

    [Fact]
    public Task Names_what_is_read() => Verify.Names(
        Rule,
        """
        using Microsoft.AspNetCore.HttpOverrides;

        var app = WebApplication.CreateBuilder(args).Build();
        app.{|PSSL3003:UseRateLimiter|}();
        app.{|PSSL3003:UseHttpLogging|}();
        app.UseForwardedHeaders(new ForwardedHeadersOptions { ForwardedHeaders = ForwardedHeaders.All });
        app.Run();
        """,
        ["reads the proxy's address, so", "reads the proxy's scheme and host, so"]);

    [Theory]
    [InlineData("\"/app\"", true)]
    [InlineData("new PathString(\"/app\")", true)]
    [InlineData("Base", true)]
    [InlineData("\"/\"", false)]
    [InlineData("\"\"", false)]
    [InlineData("app.Configuration[\"BasePath\"]", false)]
    [InlineData("args[0]", false)]
    public Task Reports_a_path_base_that_is_certain(string path, bool reports)
    {
        var call = reports ? "{|PSSL3003:UsePathBase|}" : "UsePathBase";
        var source =
            $$"""
            using Microsoft.AspNetCore.HttpOverrides;

            const string Base = "/base";
            var app = WebApplication.CreateBuilder(args).Build();
            app.{{call}}({{path}});
            app.UseForwardedHeaders(new ForwardedHeadersOptions { ForwardedHeaders = ForwardedHeaders.All });
            Console.WriteLine(Base);
            app.Run();
            """;
        return reports ? Verify.OffersNoFix(Rule, source) : Verify.Silent(Rule, source);
    }

    [Fact]
    public Task Says_when_the_path_base_has_to_come_later() => Verify.ReportsMessage(
        """
        using Microsoft.AspNetCore.HttpOverrides;

        var app = WebApplication.CreateBuilder(args).Build();
        app.{|#0:UsePathBase|}("/app");
        app.UseForwardedHeaders(new ForwardedHeadersOptions { ForwardedHeaders = ForwardedHeaders.All });
        app.Run();
        """,
        new DiagnosticResult(Rule, DiagnosticSeverity.Info).WithLocation(0),
        "'UsePathBase' runs before UseForwardedHeaders, so a prefix that the proxy sends replaces the path base it sets instead of standing in front of it; "
            + "call UseForwardedHeaders first where the proxy takes its prefix off the path, and leave X-Forwarded-Prefix out where it does not");

    [Theory]
    [InlineData("options.AddConcurrencyLimiter(\"a\", o => o.PermitLimit = 1);", false)]
    [InlineData("options.RejectionStatusCode = 429; options.AddFixedWindowLimiter(\"a\", o => o.PermitLimit = 1).AddTokenBucketLimiter(\"b\", o => { }).AddSlidingWindowLimiter(\"c\", o => { });", false)]
    [InlineData("options.AddConcurrencyLimiter(\"a\", o => o.PermitLimit = 1); options.OnRejected = (context, token) => default;", true)]
    [InlineData("options.AddConcurrencyLimiter(\"a\", o => { }); options.GlobalLimiter = PartitionedRateLimiter.Create<HttpContext, string>(c => RateLimitPartition.GetNoLimiter(\"\"));", true)]
    [InlineData("options.AddFixedWindowLimiter(\"a\", o => { }).AddPolicy(\"b\", c => RateLimitPartition.GetNoLimiter(\"\"));", true)]
    [InlineData("Limits.Add(options);", true)]
    public Task Reports_limits_that_may_tell_clients_apart(string configuration, bool reports)
    {
        var call = reports ? "{|PSSL3003:UseRateLimiter|}" : "UseRateLimiter";
        var source =
            $$"""
            using System.Threading.RateLimiting;
            using Microsoft.AspNetCore.RateLimiting;

            var builder = WebApplication.CreateBuilder(args);
            builder.Services.AddRateLimiter(options => { {{configuration}} });
            var app = builder.Build();
            app.{{call}}();
            app.UseForwardedHeaders();
            app.Run();

            public static class Limits
            {
                public static void Add(object options) { }
            }
            """;
        return reports ? Verify.Reports(Rule, source) : Verify.Silent(Rule, source);
    }

    [Theory]
    [InlineData("builder.Services.AddRateLimiter(options => options.AddConcurrencyLimiter(\"a\", o => { })); builder.Services.AddRateLimiter(configure);", "")]
    [InlineData("builder.Services.AddRateLimiter(options => options.AddConcurrencyLimiter(\"a\", o => { })); builder.Services.Configure(configure);", "")]
    [InlineData("builder.Services.AddRateLimiter(options => options.AddConcurrencyLimiter(\"a\", o => { }));", "new()")]
    public Task Reports_limits_that_are_set_elsewhere_too(string configuration, string argument) => Verify.Reports(
        Rule,
        $$"""
        using Microsoft.AspNetCore.RateLimiting;

        var builder = WebApplication.CreateBuilder(args);
        Action<RateLimiterOptions>? configure = args.Length == 0 ? null : options => { };
        {{configuration.Replace("configure", "configure!")}}
        var app = builder.Build();
        app.{|PSSL3003:UseRateLimiter|}({{argument}});
        app.UseForwardedHeaders();
        app.Run();
        """);

    [Fact]
    public Task Silent_for_the_path_base_where_the_flags_are_not_known() => Verify.Silent(
        Rule,
        """
        using Microsoft.AspNetCore.HttpOverrides;

        var app = WebApplication.CreateBuilder(args).Build();
        app.UsePathBase("/base");
        app.UseForwardedHeaders(new ForwardedHeadersOptions { ForwardedHeaders = Enum.Parse<ForwardedHeaders>(args[0]) });
        app.Run();
        """);
}
