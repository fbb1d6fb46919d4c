using System.Threading.Tasks;
using ProxySsl.Analyzers.Tests.Verification;
using Xunit;

namespace ProxySsl.Analyzers.Tests.Headers;

public class PSSL1007Tests
{
    private const string Rule = "PSSL1007";

    [Theory]
    [InlineData("""app.Use((context, next) => { {|PSSL1007:context.Request.Scheme = "https"|}; return next(); });""")]
    [InlineData("""app.Use(async (context, next) => { {|PSSL1007:context.Request.IsHttps = true|}; await next(); });""")]
    [InlineData("""app.Use((context, next) => { {|PSSL1007:context.Request.Scheme = Uri.UriSchemeHttps|}; return next(); });""")]
    [InlineData("""if (!app.Environment.IsDevelopment()) { app.Use((context, next) => { {|PSSL1007:context.Request.Scheme = "https"|}; return next(); }); }""")]
    [InlineData("""app.Use((context, next) => { const string secure = "https"; {|PSSL1007:context.Request.Scheme = secure|}; return next(); });""")]
    public Task Reports(string statement) => Verify.Reports(Rule, Program(statement));

    [Theory]
    [InlineData("""app.Use((context, next) => { if (context.Request.Host.Host == "a") { context.Request.Scheme = "https"; } return next(); });""")]
    [InlineData("""if (app.Configuration.GetValue<bool>("ForceHttps")) { app.Use((context, next) => { context.Request.Scheme = "https"; return next(); }); }""")]
    [InlineData("""if (app.Environment.IsDevelopment()) { app.Use((context, next) => { context.Request.Scheme = "https"; return next(); }); }""")]
    [InlineData("""app.Use((context, next) => { if (context.Request.Headers["X-Forwarded-Proto"] == "https") { context.Request.Scheme = "https"; } return next(); });""")]
    [InlineData("""app.Use((context, next) => { if (context.Request.Host.Host != "a") return next(); context.Request.Scheme = "https"; return next(); });""")]
    [InlineData("""app.UseWhen(c => c.Request.Path == "/a", b => b.Use((context, next) => { context.Request.Scheme = "https"; return next(); }));""")]
    [InlineData("""app.Use((context, next) => { context.Request.Scheme = "http"; return next(); });""")]
    [InlineData("""var made = new DefaultHttpContext(); made.Request.Scheme = "https";""")]
    [InlineData("""var url = new UriBuilder("http://a"); url.Scheme = "https";""")]
    [InlineData("""HttpRequest Made() { var c = new DefaultHttpContext(); var r = c.Request; r.Scheme = "https"; return r; } Made();""")]
    public Task Stays_silent(string statement) => Verify.Silent(Rule, Program(statement));

    private static string Program(string statement) => $$"""
        var app = WebApplication.Create(args);
        {{statement}}
        app.Run();
        """;
}
