using System.Threading.Tasks;
using ProxySsl.Analyzers.Tests.Verification;
using Xunit;

namespace ProxySsl.Analyzers.Tests.Options;

/// <summary>PSSL2008: a header name that carries no scheme, or no name at all.</summary>
public class PSSL2008Tests
{
    private const string Rule = RuleIds.HeaderName;

    [Theory]
    [InlineData("{|PSSL2008:options.ForwardedProtoHeaderName = \"X-Forwarded-Ssl\"|};")]
    [InlineData("{|PSSL2008:options.ForwardedProtoHeaderName = \"front-end-https\"|};")]
    [InlineData("{|PSSL2008:options.ForwardedProtoHeaderName = \"CF-Visitor\"|};")]
    [InlineData("const string name = \"Forwarded\"; {|PSSL2008:options.ForwardedProtoHeaderName = name|};")]
    [InlineData("{|PSSL2008:options.ForwardedProtoHeaderName = \"X-Forwarded-Port\"|};")]
    [InlineData("{|PSSL2008:options.ForwardedProtoHeaderName = \"\"|}; {|PSSL2008:options.ForwardedForHeaderName = string.Empty|};")]
    [InlineData("{|PSSL2008:options.ForwardedHostHeaderName = \"\"|}; {|PSSL2008:options.ForwardedPrefixHeaderName = \"\"|};")]
    [InlineData("{|PSSL2008:options.ForwardedHostHeaderName = null!|}; {|PSSL2008:options.ForwardedPrefixHeaderName = \" \"|};")]
    [InlineData("{|PSSL2008:options.ForwardedProtoHeaderName = builder.Environment.IsDevelopment() ? \"X-Forwarded-Proto\" : \"X-Forwarded-Ssl\"|};")]
    [InlineData("Name(options, \"X-Forwarded-Ssl\"); static void Name(ForwardedHeadersOptions o, string name) => {|PSSL2008:o.ForwardedProtoHeaderName = name|};")]
    public Task Reports(string body) => Verify.Reports(Rule, OptionsApp.Configured(body));

    [Theory]
    [InlineData("options.ForwardedProtoHeaderName = \"X-Forwarded-Scheme\";")]
    [InlineData("options.ForwardedProtoHeaderName = \"CloudFront-Forwarded-Proto\";")]
    [InlineData("options.ForwardedProtoHeaderName = \"X-Our-Proto\";")]
    [InlineData("options.ForwardedForHeaderName = \"CF-Connecting-IP\";")]
    [InlineData("options.ForwardedProtoHeaderName = builder.Configuration[\"Header\"]!;")]
    [InlineData("options.ForwardedProtoHeaderName = \"X-Forwarded-Ssl\"; options.ForwardedProtoHeaderName = \"X-Forwarded-Proto\";")]
    [InlineData("options.OriginalProtoHeaderName = \"X-Forwarded-Ssl\";")]
    [InlineData("if (builder.Environment.IsDevelopment()) { options.ForwardedProtoHeaderName = \"X-Forwarded-Ssl\"; }")]
    public Task Stays_silent(string body) => Verify.Silent(Rule, OptionsApp.Configured(body));

    [Theory]
    [InlineData("X-Forwarded-Ssl", "on or off")]
    [InlineData("CF-Visitor", "more than a scheme")]
    [InlineData("X-Forwarded-Port", "is no scheme")]
    [InlineData("", "throw on the first request")]
    public Task Says_what_the_header_carries(string name, string what) =>
        Verify.Names(Rule, OptionsApp.Configured($"{{|PSSL2008:options.ForwardedProtoHeaderName = \"{name}\"|}};"), [what]);

    [Fact]
    public Task Offers_no_fix() => Verify.OffersNoFix(Rule, OptionsApp.Configured("{|PSSL2008:options.ForwardedProtoHeaderName = \"X-ARR-SSL\"|};"));
}
