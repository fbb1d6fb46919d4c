using Microsoft.CodeAnalysis.CSharp;
using ProxySsl.Analyzers.Options;
using ProxySsl.Analyzers.Tests.Verification;
using Xunit;

namespace ProxySsl.Analyzers.Tests.Models;

/// <summary>Which calls that do not compile may configure the options.</summary>
public class UnreadCallsTests
{
    [Theory]
    [InlineData("services.Missing<ForwardedHeadersOptions>();")]
    [InlineData("services.Missing<Microsoft.AspNetCore.Builder.ForwardedHeadersOptions>(x => { });")]
    [InlineData("Missing<ForwardedHeadersOptions>();")]
    [InlineData("text.Missing<ForwardedHeadersOptions>();")]
    [InlineData("services.Configure<ForwardedHeadersOptions>(1, 2, 3);")]
    [InlineData("services.AddForwarding();")]
    [InlineData("services.AddTrustedProxies();")]
    [InlineData("services.addproxy();")]
    [InlineData("builder.UseProxySettings();")]
    [InlineData("app.UseProxySettings();")]
    [InlineData("web.UseProxySettings();")]
    [InlineData("new ServiceCollection().AddForwarding();")]
    [InlineData("services.AddControllers().AddForwarding();")]
    [InlineData("services.AddMissing().AddForwarding();")]
    [InlineData("services.AddMissing().Missing.AddForwarding();")]
    [InlineData("AddProxies(services);")]
    [InlineData("AddProxies(text, builder.Services);")]
    [InlineData("ProxySetup.Configure(services);")]
    [InlineData("Company.ProxySetup.Configure(builder);")]
    [InlineData("Setup.AddForwarding(builder);")]
    public void May_configure(string statement) => Assert.True(AreIn(statement));

    [Theory]
    [InlineData("")]
    [InlineData("services.Configure<ForwardedHeadersOptions>(x => { });")]
    [InlineData("services.Missing<HostOptions>();")]
    [InlineData("services.Missing<ForwardedHeadersOptions, HostOptions>();")]
    [InlineData("services.AddMissing();")]
    [InlineData("services.AddReverseProxy();")]
    [InlineData("web.MapForwarder();")]
    [InlineData("services.AddOwnProxy();")]
    [InlineData("services.AddOwnProxy(1);")]
    [InlineData("AddOwnProxy(1, services);")]
    [InlineData("text.AddForwarding();")]
    [InlineData("text.Missing().AddForwarding();")]
    [InlineData("missing.AddForwarding();")]
    [InlineData("AddProxies();")]
    [InlineData("AddProxies(text);")]
    [InlineData("Setup.Configure(services);")]
    [InlineData("ProxySetup.Configure(text);")]
    [InlineData("ProxySetup[0].Configure(services);")]
    [InlineData("services.AddForwarding;")]
    [InlineData("(services.AddForwarding)();")]
    public void Says_nothing(string statement) => Assert.False(AreIn(statement));

    private static bool AreIn(string statement)
    {
        var token = TestContext.Current.CancellationToken;
        var tree = CSharpSyntaxTree.ParseText(
            $$"""
            static class C
            {
                static void M(IServiceCollection services, WebApplicationBuilder builder, IApplicationBuilder app, WebApplication web, string text)
                {
                    {{statement}}
                }
                static void AddOwnProxy(this IServiceCollection services) { }
            }
            """,
            cancellationToken: token);
        var compilation = CSharpCompilation.Create(
            "Calls",
            [tree, CSharpSyntaxTree.ParseText(ProxySslTest.ImplicitUsings, cancellationToken: token)],
            FrameworkReferences.Of(Framework.Net100),
            new CSharpCompilationOptions(Microsoft.CodeAnalysis.OutputKind.DynamicallyLinkedLibrary));
        return UnreadCalls.AreIn(tree.GetRoot(token), compilation.GetSemanticModel(tree), token);
    }
}
