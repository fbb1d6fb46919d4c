using ProxySsl.Analyzers.Knowledge;
using Xunit;

namespace ProxySsl.Analyzers.Tests.Models;

/// <summary>The forwarded headers by name, and what stands for each.</summary>
public class ForwardedHeaderNamesTests
{
    [Theory]
    [InlineData("x-forwarded-proto", "X-Forwarded-Proto")]
    [InlineData("HTTP_X_REAL_IP", "X-Real-IP")]
    [InlineData("http_forwarded", "Forwarded")]
    [InlineData("X_REAL_IP", null)]
    [InlineData("X-Forwarded", null)]
    [InlineData("", null)]
    public void Found_in_both_spellings(string name, string? expected) => Assert.Equal(expected, ForwardedHeaderNames.Find(name)?.Name);

    [Theory]
    [InlineData("X-Forwarded-Port", "XForwardedPort", true)]
    [InlineData("X-Forwarded-Port", "xforwardedport", true)]
    [InlineData("X-Forwarded-Port", "XForwardedPor", false)]
    [InlineData("X-Forwarded-Port", "XForwardedPorts", false)]
    [InlineData("X-Forwarded-Port", "XForwardedPart", false)]
    [InlineData("X-Forwarded-Port", "ForwardedPort", false)]
    [InlineData("X-Forwarded-Port", "X-Forwarded-Port", false)]
    [InlineData("X-Forwarded-Port", "", false)]
    [InlineData("CF-Visitor", "CFVisitor", false)]
    [InlineData("Forwarded", "Forwarded", false)]
    public void Called_by_its_own_name(string header, string name, bool expected) => Assert.Equal(expected, ForwardedHeaderNames.Find(header)!.IsCalled(name));

    [Theory]
    [InlineData("X-Scheme", "Request.Scheme", null)]
    [InlineData("Front-End-Https", "Request.Scheme", "X-Forwarded-Proto")]
    [InlineData("Forwarded", "Request.Scheme", "X-Forwarded-Proto")]
    [InlineData("X-Real-IP", "Connection.RemoteIpAddress", null)]
    [InlineData("X-Forwarded-Host", "Request.Host", null)]
    [InlineData("X-Forwarded-Port", "Request.Host", null)]
    [InlineData("X-Forwarded-Prefix", "Request.PathBase", null)]
    public void Has_a_property_or_a_substitute(string name, string property, string? substitute)
    {
        var header = ForwardedHeaderNames.Find(name)!;
        Assert.Equal((property, substitute), (header.SafeProperty, header.Substitute));
    }

    [Theory]
    [InlineData(HeaderFamily.ClientIp, "X-Forwarded-For")]
    [InlineData(HeaderFamily.Host, "X-Forwarded-Host")]
    [InlineData(HeaderFamily.Prefix, null)]
    internal void Structured_text_has_a_substitute_by_what_is_read_from_it(HeaderFamily family, string? expected) =>
        Assert.Equal(expected, new ForwardedHeader("Forwarded", family, HeaderValueStyle.Structured).Substitute);
}
