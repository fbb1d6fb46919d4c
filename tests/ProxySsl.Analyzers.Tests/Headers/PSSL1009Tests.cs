using System.Threading.Tasks;
using ProxySsl.Analyzers.Tests.Verification;
using Xunit;

namespace ProxySsl.Analyzers.Tests.Headers;

public class PSSL1009Tests
{
    private const string Rule = "PSSL1009";

    [Theory]
    [InlineData("""events.OnRedirectToLogin = c => { c.Response.Redirect({|PSSL1009:c.RedirectUri.Replace("http://", "https://")|}); return Task.CompletedTask; };""")]
    [InlineData("""events.OnRedirectToLogin = c => { c.RedirectUri = {|PSSL1009:c.RedirectUri.Replace("http:", "https:", StringComparison.OrdinalIgnoreCase)|}; return Task.CompletedTask; };""")]
    [InlineData("""events.OnRedirectToLogin = c => { var u = c.RedirectUri; c.Response.Redirect({|PSSL1009:System.Text.RegularExpressions.Regex.Replace(u, "^http://", "https://")|}); return Task.CompletedTask; };""")]
    [InlineData("""events.OnSigningIn = c => { c.Response.Headers["Link"] = {|PSSL1009:c.Request.GetDisplayUrl().Replace("http://", "https://")|}; return Task.CompletedTask; };""")]
    [InlineData("""events.OnSigningIn = c => { var url = $"{c.Request.Scheme}://{c.Request.Host}"; c.Response.Headers["Link"] = {|PSSL1009:url.Replace("http://", "https://")|}; return Task.CompletedTask; };""")]
    public Task Reports(string statement) => Verify.Reports(Rule, Program(statement));

    [Theory]
    [InlineData("""events.OnSigningIn = c => { var url = Environment.GetEnvironmentVariable("API")!; c.Response.Headers["Link"] = url.Replace("http://", "https://"); return Task.CompletedTask; };""")]
    [InlineData("""events.OnRedirectToLogin = c => { c.Response.Redirect(c.RedirectUri.Replace("http://", "")); return Task.CompletedTask; };""")]
    [InlineData("""events.OnRedirectToLogin = c => { c.Response.Redirect(c.RedirectUri.Replace("https://", "http://")); return Task.CompletedTask; };""")]
    [InlineData("""events.OnRedirectToLogin = c => { if (c.RedirectUri.StartsWith("http://")) { c.Response.StatusCode = 401; } return Task.CompletedTask; };""")]
    public Task Stays_silent(string statement) => Verify.Silent(Rule, Program(statement));

    private static string Program(string statement) => $$"""
        using Microsoft.AspNetCore.Authentication.Cookies;
        using Microsoft.AspNetCore.Http.Extensions;

        var events = new CookieAuthenticationEvents();
        {{statement}}
        WebApplication.Create(args).Run();
        """;
}
