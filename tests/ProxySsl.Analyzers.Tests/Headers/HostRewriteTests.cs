using System.Threading.Tasks;
using ProxySsl.Analyzers.Headers;
using ProxySsl.Analyzers.Tests.Verification;
using Xunit;

namespace ProxySsl.Analyzers.Tests.Headers;

/// <summary>What the fix makes of code that reads a forwarded host, prefix or port: the rewrite alone, the analyzer aside.</summary>
public class HostRewriteTests
{
    public static TheoryData<string, string, string> Shapes => new()
    {
        { "X-Forwarded-Host", "string M(HttpRequest r) => $\"https://{[|r.Headers[\"X-Forwarded-Host\"]|]}/\";", "string M(HttpRequest r) => $\"https://{r.Host.Value}/\";" },
        { "X-Forwarded-Host", "string M(HttpRequest r) => [|r.Headers[\"X-Forwarded-Host\"]|].FirstOrDefault() ?? r.Host.Value!;", "string M(HttpRequest r) => r.Host.Value!;" },
        { "X-Forwarded-Host", "string M(HttpRequest r) => [|r.Headers.TryGetValue(\"X-Forwarded-Host\", out var h)|] ? h.ToString() : r.Host.ToString();", "string M(HttpRequest r) => r.Host.ToString();" },
        { "X-Forwarded-Host", "HostString M(HttpRequest r) => new HostString([|r.Headers[\"X-Forwarded-Host\"]|].ToString());", "HostString M(HttpRequest r) => r.Host;" },
        { "X-Forwarded-Host", "string M(HttpRequest r) => [|r.Headers[\"X-Forwarded-Host\"]|].ToString().Split(':')[0];", "string M(HttpRequest r) => r.Host.Host;" },
        { "X-Forwarded-Prefix", "string M(HttpRequest r) => [|r.Headers[\"X-Forwarded-Prefix\"]|] + \"/x\";", "string M(HttpRequest r) => r.PathBase.Value + \"/x\";" },
        { "X-Forwarded-Prefix", "PathString M(HttpRequest r) => new PathString([|r.Headers[\"X-Forwarded-Prefix\"]|]);", "PathString M(HttpRequest r) => r.PathBase;" },
        { "X-Forwarded-Port", "int M(HttpRequest r) => int.TryParse([|r.Headers[\"X-Forwarded-Port\"]|], out var port) ? port : 443;", "int M(HttpRequest r) => r.Host.Port is { } port ? port : 443;" },
        { "X-Forwarded-Host", "string? M(IHttpContextAccessor a) => a.HttpContext?[|.Request.Headers[\"X-Forwarded-Host\"]|].ToString();", "string? M(IHttpContextAccessor a) => a.HttpContext?.Request.Host.Value;" },
        {
            "X-Forwarded-Prefix",
            "string M(HttpRequest r) { var prefix = [|r.Headers[\"X-Forwarded-Prefix\"]|].FirstOrDefault(); if (prefix != null) { return \"/\" + prefix.Trim('/'); } return \"/app\"; }",
            "string M(HttpRequest r) { var prefix = r.PathBase.Value; if (!string.IsNullOrEmpty(prefix)) { return \"/\" + prefix.Trim('/'); } return \"/app\"; }"
        },
        {
            "X-Forwarded-Prefix",
            "string M(HttpRequest r) => r.Headers.ContainsKey(\"X-Forwarded-Prefix\") ? [|r.Headers[\"X-Forwarded-Prefix\"]|].ToString() : \"/app\";",
            "string M(HttpRequest r) => r.PathBase.HasValue ? r.PathBase.Value : \"/app\";"
        },
        {
            "X-Forwarded-Host",
            "string M(HttpRequest r, string a) { var host = [|r.Headers[\"X-Forwarded-Host\"]|].FirstOrDefault(); if (host != null) { a += host; } else { a += \"direct\"; } return a; }",
            ""
        },
    };

    [Theory]
    [MemberData(nameof(Shapes))]
    public async Task A_value_becomes_the_part_of_the_request_that_the_place_needs(string header, string before, string after) => Assert.Equal(
        after.Length == 0 ? null : after, await Rewriting.OfMembers(header == "X-Forwarded-Prefix" ? HeaderFixProperties.FixPathBase : HeaderFixProperties.FixHost, header, before));

    [Theory]
    [InlineData(Framework.Net60)]
    [InlineData(Framework.Net80)]
    [InlineData(Framework.Net90)]
    [InlineData(Framework.Net100)]
    public async Task A_host_that_must_not_be_null_compiles_on_every_framework(Framework framework)
    {
        var after = await Rewriting.OfMembers(
            HeaderFixProperties.FixHost, "X-Forwarded-Host", "string M(HttpRequest r) { string host = [|r.Headers[\"X-Forwarded-Host\"]|].ToString(); return host; }", framework: framework);
        Assert.StartsWith("string M(HttpRequest r) { string host = r.Host.Value", after, System.StringComparison.Ordinal);
    }
}
