using System.Threading.Tasks;
using Microsoft.CodeAnalysis.Testing;
using ProxySsl.Analyzers.Tests.Verification;
using Xunit;

namespace ProxySsl.Analyzers.Tests.Configuration;

public class PSSL0001Tests
{
    private const string Program = """
        var app = WebApplication.CreateBuilder(args).Build();
        app.Run();
        """;

    [Theory]
    [InlineData("proxyssl.proxy", "nginx", "unknown, loopback, private_network, platform or none")]
    [InlineData("proxyssl.analyze_tests", "yes", "true or false")]
    [InlineData("proxyssl.scheme_headers", "X-Forwarded-Proto X-Scheme", "HTTP header names separated by commas")]
    [InlineData("proxyssl.client_ip_headers", "X Client", "HTTP header names separated by commas")]
    [InlineData("proxyssl.host_headers", "X-Host:", "HTTP header names separated by commas")]
    [InlineData("proxyssl.forwarded_headers_methods", "Use-Proxy", "method names separated by commas")]
    [InlineData("proxyssl.scheme_dependent_methods", "3rdParty", "method names separated by commas")]
    public Task Reports_a_value_that_is_not_understood(string key, string value, string expected) =>
        Run(Global($"{key} = {value}"), new DiagnosticResult(Descriptors.ConfigurationValue).WithArguments(key, value, expected));

    [Fact]
    public Task Reports_once_for_all_files() => Run(
        test =>
        {
            test.TestState.Sources.Add("class Second;");
            test.TestState.AnalyzerConfigFiles.Add(("/.editorconfig", "root = true\n[*.cs]\nproxyssl.proxy = nginx\n"));
        },
        new DiagnosticResult(Descriptors.ConfigurationValue).WithArguments("proxyssl.proxy", "nginx", "unknown, loopback, private_network, platform or none"));

    [Theory]
    [InlineData("proxyssl.proxy = loopback")]
    [InlineData("PROXYSSL.PROXY = Private_Network")]
    [InlineData("proxyssl.analyze_tests = TRUE")]
    [InlineData("proxyssl.scheme_headers = X-My-Proto, X-Other,")]
    [InlineData("proxyssl.forwarded_headers_methods = UseCompanyProxy")]
    [InlineData("proxyssl.scheme_dependent_methods =")]
    public Task Silent_on_a_value_that_is(string line) => Run(Global(line));

    [Fact]
    public Task Reports_nothing_without_a_web_framework() => new ProxySslTest([RuleIds.ConfigurationValue], Framework.Net100WithoutWeb)
    {
        TestState =
        {
            Sources = { "System.Console.WriteLine();" },
            AnalyzerConfigFiles = { ("/.globalconfig", "is_global = true\nproxyssl.proxy = nginx\n") },
        },
    }.RunAsync(TestContext.Current.CancellationToken);

    private static System.Action<ProxySslTest> Global(string line) =>
        test => test.TestState.AnalyzerConfigFiles.Add(("/.globalconfig", $"is_global = true\n{line}\n"));

    private static Task Run(System.Action<ProxySslTest> configure, params DiagnosticResult[] expected) => Verify.Silent(
        RuleIds.ConfigurationValue,
        Program,
        configure: test =>
        {
            configure(test);
            test.ExpectedDiagnostics.AddRange(expected);
        });
}
