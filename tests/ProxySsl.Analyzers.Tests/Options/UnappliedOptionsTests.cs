using System.Threading.Tasks;
using Microsoft.CodeAnalysis;
using ProxySsl.Analyzers.Tests.Verification;
using Xunit;

namespace ProxySsl.Analyzers.Tests.Options;

/// <summary>Options in the service container of an app whose middleware never takes them.</summary>
public class UnappliedOptionsTests
{
    private const string Marked = "{|PSSL2006:options.ForwardLimit = 3|}";

    private const string Open = "options.ForwardedHeaders = ForwardedHeaders.XForwardedFor; options.KnownProxies.Clear(); options.KnownIPNetworks.Clear();";

    [Theory]
    [InlineData("")]
    [InlineData("app.UseForwardedHeaders(new ForwardedHeadersOptions { ForwardedHeaders = ForwardedHeaders.XForwardedProto, KnownProxies = { IPAddress.Parse(\"10.0.0.1\") } });")]
    public Task Say_nothing_about_trust(string use) => Verify.Silent(RuleIds.ForwardLimit, App(use, "options.ForwardLimit = 3"));

    [Theory]
    [InlineData("app.UseForwardedHeaders();")]
    [InlineData("app.UseMiddleware<ForwardedHeadersMiddleware>();")]
    [InlineData("app.UseForwardedHeaders(app.ApplicationServices.GetRequiredService<Microsoft.Extensions.Options.IOptions<ForwardedHeadersOptions>>().Value);")]
    [InlineData("foreach (var extend in extensions) { extend(app); }")]
    public Task Count_where_something_may_take_them(string use) => Verify.Reports(RuleIds.ForwardLimit, App(use, Marked));

    [Fact]
    public Task Count_in_a_library() => Verify.Reports(
        RuleIds.ForwardLimit, App("app.UseRouting();", Marked), configure: t => t.TestState.OutputKind = OutputKind.DynamicallyLinkedLibrary);

    [Fact]
    public Task Count_where_the_host_applies_them() => Verify.Reports(RuleIds.ForwardLimit, $$"""
        using Microsoft.AspNetCore.HttpOverrides;

        var builder = WebApplication.CreateBuilder(args);
        builder.WebHost.UseSetting("ForwardedHeaders_Enabled", "true");
        builder.Services.Configure<ForwardedHeadersOptions>(options => { {|PSSL2006:options.ForwardLimit = 3|}; {{Open}} });
        var app = builder.Build();
        app.UseRouting();
        app.Run();
        """);

    // An app that has middleware of its own in any case.
    private static string App(string use, string limit) => $$"""
        using System;
        using System.Collections.Generic;
        using System.Net;
        using Microsoft.AspNetCore.HttpOverrides;

        public class Startup(IEnumerable<Action<IApplicationBuilder>> extensions)
        {
            public void ConfigureServices(IServiceCollection services)
            {
                services.Configure<ForwardedHeadersOptions>(options => { {{limit}}; {{Open}} });
            }

            public void Configure(IApplicationBuilder app)
            {
                {{use}}
                app.UseRouting();
                app.UseEndpoints(endpoints => endpoints.MapGet("/", context => context.Response.WriteAsync("Hello " + extensions)));
            }
        }

        public static class Program
        {
            public static void Main(string[] args) =>
                Host.CreateDefaultBuilder(args).ConfigureWebHostDefaults(web => web.UseStartup<Startup>()).Build().Run();
        }
        """;
}
