using System.Threading.Tasks;
using ProxySsl.Analyzers.Tests.Verification;
using Xunit;

namespace ProxySsl.Analyzers.Tests.Options;

/// <summary>PSSL2011: the scheme is not processed in an app that enforces HTTPS.</summary>
public class PSSL2011Tests
{
    private const string Rule = RuleIds.ProtoNotProcessed;

    private static string App(string flags, string pipeline) => $$"""
        using Microsoft.AspNetCore.HttpOverrides;
        var builder = WebApplication.CreateBuilder(args);
        builder.Services.Configure<ForwardedHeadersOptions>(o => o.ForwardedHeaders = {{flags}});
        var app = builder.Build();
        app.UseForwardedHeaders();
        {{pipeline}}
        app.Run();
        """;

    [Theory]
    [InlineData("{|PSSL2011:ForwardedHeaders.XForwardedFor|}", "app.UseHttpsRedirection();")]
    [InlineData("{|PSSL2011:ForwardedHeaders.XForwardedFor | ForwardedHeaders.XForwardedHost|}", "app.UseHsts();")]
    [InlineData("{|PSSL2011:ForwardedHeaders.XForwardedFor|}", "if (!app.Environment.IsDevelopment()) { app.UseHsts(); }")]
    public Task Reports(string flags, string pipeline) => Verify.Reports(Rule, App(flags, pipeline));

    [Theory]
    [InlineData("ForwardedHeaders.XForwardedFor", "")]
    [InlineData("ForwardedHeaders.XForwardedFor", "if (app.Environment.IsDevelopment()) { app.UseHttpsRedirection(); }")]
    [InlineData("ForwardedHeaders.XForwardedFor | ForwardedHeaders.XForwardedProto", "app.UseHttpsRedirection();")]
    [InlineData("ForwardedHeaders.All", "app.UseHttpsRedirection();")]
    [InlineData("ForwardedHeaders.None", "app.UseHttpsRedirection();")]
    [InlineData("args.Length > 0 ? ForwardedHeaders.All : ForwardedHeaders.XForwardedFor", "app.UseHttpsRedirection();")]
    [InlineData("(ForwardedHeaders)int.Parse(args[0])", "app.UseHttpsRedirection();")]
    public Task Stays_silent(string flags, string pipeline) => Verify.Silent(Rule, App(flags, pipeline));

    [Fact]
    public Task Adds_the_flag() => Verify.Fixes(
        Rule,
        App("{|PSSL2011:ForwardedHeaders.XForwardedFor|}", "app.UseHttpsRedirection();"),
        App("ForwardedHeaders.XForwardedFor | ForwardedHeaders.XForwardedProto", "app.UseHttpsRedirection();"));
}
