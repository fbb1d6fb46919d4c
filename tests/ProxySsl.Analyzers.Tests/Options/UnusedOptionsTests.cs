using System.Threading.Tasks;
using ProxySsl.Analyzers.Tests.Verification;
using Xunit;

namespace ProxySsl.Analyzers.Tests.Options;

/// <summary>An object that the middleware never gets trusts nobody, whatever is wrong with it; the same object in use has a report for each fault.</summary>
public class UnusedOptionsTests
{
    private static string Made(string limit, string host, string proto, string mapped, string everybody) => $$"""
        using System.Net;
        using Microsoft.AspNetCore.HttpOverrides;

        var app = WebApplication.Create(args);
        app.UseHttpsRedirection();
        var options = new ForwardedHeadersOptions
        {
            ForwardedHeaders = {{host}},
            {{limit}},
            {{proto}},
            KnownProxies = { {{mapped}} },
            KnownIPNetworks = { {{everybody}} },
        };
        """;

    [Fact]
    public Task Silent_where_nobody_uses_it() => Verify.AllSilent(
        Made(
            "ForwardLimit = 0",
            "ForwardedHeaders.XForwardedFor | ForwardedHeaders.XForwardedHost",
            "ForwardedProtoHeaderName = \"X-Forwarded-Ssl\"",
            "IPAddress.Parse(\"::ffff:10.0.0.1\")",
            "System.Net.IPNetwork.Parse(\"0.0.0.0/0\")"),
        configure: test => test.TestState.AnalyzerConfigFiles.Add(("/.globalconfig", "is_global = true\ndotnet_diagnostic.PSSL3007.severity = none\n")));

    [Fact]
    public Task Every_fault_is_reported_where_the_middleware_gets_it() => Verify.Reports(
        RuleIds.HostWithoutAllowedHosts,
        Made(
            "{|PSSL2006:ForwardLimit = 0|}",
            "{|PSSL2011:{|PSSL2007:ForwardedHeaders.XForwardedFor | ForwardedHeaders.XForwardedHost|}|}",
            "{|PSSL2008:ForwardedProtoHeaderName = \"X-Forwarded-Ssl\"|}",
            "{|PSSL2009:IPAddress.Parse(\"::ffff:10.0.0.1\")|}",
            "{|PSSL2003:System.Net.IPNetwork.Parse(\"0.0.0.0/0\")|}") + "app.UseForwardedHeaders(options);",
        configure: test => test.EnableRules("PSSL2003", "PSSL2006", "PSSL2008", "PSSL2009", "PSSL2011"));
}
