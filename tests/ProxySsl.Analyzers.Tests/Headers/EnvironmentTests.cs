using System.Threading.Tasks;
using ProxySsl.Analyzers.Tests.Verification;
using Xunit;

namespace ProxySsl.Analyzers.Tests.Headers;

/// <summary>Conditions on the host environment are read as in production by every rule of the family: what only runs elsewhere is no finding.</summary>
public class EnvironmentTests
{
    private static readonly string[] Rules = ["PSSL1001", "PSSL1002", "PSSL1003", "PSSL1004", "PSSL1005", "PSSL1006", "PSSL1007", "PSSL1008", "PSSL1009"];

    [Theory]
    [InlineData("""if (app.Environment.IsDevelopment()) { app.Use((c, next) => { if (!c.Request.Headers.ContainsKey("X-Forwarded-Host")) return next(); c.Items["server"] = $"{c.Request.Scheme}://{c.Request.Headers["X-Forwarded-Host"]}/api"; return next(); }); }""")]
    [InlineData("""if (app.Environment.IsDevelopment()) app.Use(async (c, next) => { if (!c.Request.Headers.ContainsKey("X-Forwarded-Proto")) { c.Response.Redirect("https://a"); return; } await next(); });""")]
    [InlineData("""if (app.Environment.IsDevelopment()) app.Use((c, next) => { c.Request.Scheme = c.Request.Headers["X-Forwarded-Proto"]!; return next(); });""")]
    [InlineData("""if (app.Environment.IsProduction()) { app.UseHsts(); } else { app.Use((c, next) => { c.Request.IsHttps = c.Request.Headers["X-Forwarded-Proto"] == "https"; return next(); }); }""")]
    [InlineData("""app.Use((c, next) => { if (c.Request.Headers["X-Forwarded-Proto"] == "https" && app.Environment.IsDevelopment()) { c.Items["secure"] = true; } return next(); });""")]
    [InlineData("""app.Use((c, next) => { if (app.Environment.IsDevelopment() && c.Request.Headers.ContainsKey("X-Forwarded-Proto")) { c.Request.Scheme = "https"; } return next(); });""")]
    [InlineData("""app.Use((c, next) => { if (!app.Environment.IsDevelopment()) { return next(); } c.Items["ip"] = c.Request.Headers["X-Forwarded-For"].ToString().Split(',')[0]; return next(); });""")]
    [InlineData("""app.Use((c, next) => { c.Items["ip"] = app.Environment.IsStaging() ? c.Request.Headers["X-Real-IP"].ToString() : c.Connection.RemoteIpAddress?.ToString(); return next(); });""")]
    [InlineData("""var isDevelopment = app.Environment.IsDevelopment(); app.Use((c, next) => { var isLocal = isDevelopment && !c.Request.Headers.ContainsKey("X-Forwarded-For"); c.Items["l"] = isLocal; return next(); });""")]
    [InlineData("""if (app.Environment.IsDevelopment()) { events.OnRedirectToLogin = c => { c.Response.Redirect(c.RedirectUri.Replace("http://", "https://")); return Task.CompletedTask; }; }""")]
    public Task Stays_silent_outside_production(string statement) => Verify.Silent("PSSL1005", Program(statement), configure: test => test.EnableRules(Rules));

    [Theory]
    [InlineData("PSSL1005", """if (!app.Environment.IsDevelopment()) { app.Use((c, next) => { c.Items["server"] = $"{c.Request.Scheme}://{{|PSSL1005:c.Request.Headers["X-Forwarded-Host"]|}}/api"; return next(); }); }""")]
    [InlineData("PSSL1001", """if (app.Environment.IsDevelopment()) { app.UseDeveloperExceptionPage(); } else { app.Use(async (c, next) => { if (!{|PSSL1001:c.Request.Headers.ContainsKey("X-Forwarded-Proto")|}) { c.Response.Redirect("https://a"); return; } await next(); }); }""")]
    [InlineData("PSSL1006", """if (app.Environment.EnvironmentName == "Test") app.Use((c, next) => { {|PSSL1006:c.Request.Scheme = c.Request.Headers["X-Forwarded-Proto"]!|}; return next(); });""")]
    [InlineData("PSSL1002", """app.Use((c, next) => { if ({|PSSL1002:c.Request.Headers["X-Forwarded-Proto"]|} == "https" || app.Environment.IsDevelopment()) { c.Items["secure"] = true; } return next(); });""")]
    [InlineData("PSSL1004", """app.Use((c, next) => { if (app.Environment.IsDevelopment()) { return next(); } c.Items["ip"] = {|PSSL1004:c.Request.Headers["X-Forwarded-For"]|}.ToString().Split(',')[0]; return next(); });""")]
    [InlineData("PSSL1003", """app.Use((c, next) => { if (!app.Environment.IsDevelopment()) { Store(c); return next(); } return next(); void Store(HttpContext h) => h.Items["ip"] = {|PSSL1003:h.Request.Headers["X-Real-IP"]|}.ToString(); });""")]
    [InlineData("PSSL1003", """app.Use((c, next) => { if (!app.Environment.IsDevelopment()) { Store(c); return next(); } return next(); void Store(HttpContext h) { h.Items["ip"] = {|PSSL1003:h.Request.Headers["X-Real-IP"]|}.ToString(); } });""")]
    [InlineData("PSSL1008", """app.Use((c, next) => { var isLocal = app.Environment.IsDevelopment() || !{|PSSL1008:c.Request.Headers.ContainsKey("X-Forwarded-For")|}; c.Items["l"] = isLocal; return next(); });""")]
    [InlineData("PSSL1009", """if (app.Environment.IsProduction()) { events.OnRedirectToLogin = c => { c.Response.Redirect({|PSSL1009:c.RedirectUri.Replace("http://", "https://")|}); return Task.CompletedTask; }; }""")]
    public Task Reports_what_production_runs(string rule, string statement) => Verify.Reports(rule, Program(statement), configure: test => test.EnableRules(Rules));

    private static string Program(string statement) => $$"""
        using Microsoft.AspNetCore.Authentication.Cookies;

        var events = new CookieAuthenticationEvents();
        var app = WebApplication.Create(args);
        {{statement}}
        app.Run();
        """;
}
