using System.Threading.Tasks;
using ProxySsl.Analyzers.Tests.Verification;
using Xunit;

namespace ProxySsl.Analyzers.Tests.Options;

/// <summary>PSSL2010: the binder drops the known lists.</summary>
public class PSSL2010Tests
{
    private const string Rule = RuleIds.BindingDropsLists;

    private const string Loops = """
        foreach (var entry in section.GetSection("KnownProxies").GetChildren())
            {
                options.KnownProxies.Add(IPAddress.TryParse(entry.Value, out var proxy)
                    ? proxy
                    : throw new FormatException($"'{entry.Value}' in {entry.Path} is not an IP address."));
            }

            foreach (var entry in section.GetSection("KnownNetworks").GetChildren())
            {
                options.KnownIPNetworks.Add(System.Net.IPNetwork.TryParse(entry.Value, out var network)
                    ? network
                    : throw new FormatException($"'{entry.Value}' in {entry.Path} is not a network such as 10.0.0.0/8."));
            }
        """;

    [Theory]
    [InlineData("builder.Services.{|PSSL2010:Configure|}<ForwardedHeadersOptions>(section);")]
    [InlineData("builder.Services.AddOptions<ForwardedHeadersOptions>().{|PSSL2010:Bind|}(section);")]
    [InlineData("builder.Services.AddOptions<ForwardedHeadersOptions>().{|PSSL2010:BindConfiguration|}(\"ForwardedHeaders\");")]
    [InlineData("builder.Services.Configure<ForwardedHeadersOptions>(o => section.{|PSSL2010:Bind|}(o));")]
    [InlineData("var o = new ForwardedHeadersOptions(); section.{|PSSL2010:Bind|}(o); builder.Build().UseForwardedHeaders(o);")]
    [InlineData("builder.Build().UseForwardedHeaders(section.{|PSSL2010:Get|}<ForwardedHeadersOptions>()!);")]
    public Task Reports(string statement) => Verify.Reports(Rule, OptionsApp.With("var section = builder.Configuration.GetSection(\"ForwardedHeaders\");" + statement));

    [Theory]
    [InlineData("builder.Services.Configure<ForwardedHeadersOptions>(section).Configure<ForwardedHeadersOptions>(o => { foreach (var p in section.GetSection(\"KnownProxies\").GetChildren()) { o.KnownProxies.Add(IPAddress.Parse(p.Value!)); } });")]
    [InlineData("builder.Services.Configure<Microsoft.AspNetCore.HttpLogging.HttpLoggingOptions>(section); var f = typeof(ForwardedHeadersOptions);")]
    [InlineData("builder.Services.Configure<ForwardedHeadersOptions>(section).Configure<ForwardedHeadersOptions>(o => o.KnownIPNetworks.Add(System.Net.IPNetwork.Parse(\"10.0.0.0/8\")));")]
    [InlineData("builder.Services.Configure<ForwardedHeadersOptions>(\"other\", section);")]
    [InlineData("var o = new ForwardedHeadersOptions(); section.Bind(o);")]
    public Task Stays_silent(string statement) => Verify.Silent(Rule, OptionsApp.With("var section = builder.Configuration.GetSection(\"ForwardedHeaders\");" + statement));

    [Fact]
    public Task Configure_gets_one_more() => Verify.Fixes(
        Rule,
        OptionsApp.With("var section = builder.Configuration;\nbuilder.Services.{|PSSL2010:Configure|}<ForwardedHeadersOptions>(section);"),
        OptionsApp.With("var section = builder.Configuration;\nbuilder.Services.Configure<ForwardedHeadersOptions>(section).Configure<ForwardedHeadersOptions>(options =>\n{\n    " + Loops + "\n});"));

    [Fact]
    public Task Bind_gets_loops_behind_it() => Verify.Fixes(
        Rule,
        OptionsApp.Configured("var section = builder.Configuration;\n    section.{|PSSL2010:Bind|}(options);"),
        OptionsApp.Configured("var section = builder.Configuration;\n    section.Bind(options);\n\n    " + Loops));
}
