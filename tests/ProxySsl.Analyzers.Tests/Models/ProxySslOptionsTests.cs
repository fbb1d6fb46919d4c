using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Xunit;

namespace ProxySsl.Analyzers.Tests.Models;

/// <summary>The configuration keys as one object for a compilation.</summary>
public class ProxySslOptionsTests
{
    private static readonly SyntaxTree[] Files = [.. "abc".Select(n => CSharpSyntaxTree.ParseText("", path: n + ".cs"))];

    [Theory]
    [InlineData("", "")]
    [InlineData("proxyssl.proxy = platform", "proxyssl.proxy = Platform")]
    [InlineData("proxyssl.proxy = unknown", "")]
    [InlineData("proxyssl.scheme_headers = X-A, X-B", "proxyssl.scheme_headers = X-A,,X-B,x-a")]
    [InlineData("proxyssl.analyze_tests = false", "")]
    public void Equal_where_they_say_the_same(string one, string other)
    {
        Assert.True(Read(one).Equals(Read(other)));
        Assert.True(Read(one).Equals((object)Read(other)));
        Assert.Equal(Read(one).GetHashCode(), Read(other).GetHashCode());
    }

    [Theory]
    [InlineData("proxyssl.proxy = loopback", "proxyssl.proxy = platform")]
    [InlineData("proxyssl.proxy = nowhere", "")]
    [InlineData("proxyssl.analyze_tests = true", "")]
    [InlineData("proxyssl.scheme_headers = X-A", "proxyssl.scheme_headers = X-B")]
    [InlineData("proxyssl.client_ip_headers = X-A", "proxyssl.client_ip_headers = X-B")]
    [InlineData("proxyssl.host_headers = X-A", "")]
    [InlineData("proxyssl.forwarded_headers_methods = UseA", "proxyssl.forwarded_headers_methods = UseB")]
    [InlineData("proxyssl.scheme_dependent_methods = UseA", "")]
    public void Different_where_one_key_is(string one, string other)
    {
        Assert.False(Read(one).Equals(Read(other)));
        Assert.False(Read(other).Equals(Read(one)));
        Assert.False(Read(one).Equals(null));
        Assert.False(Read(one).Equals((object)one));
    }

    [Fact]
    public void Different_where_a_file_has_another_proxy()
    {
        var of = (string lines) => Read("", ("b.cs", lines));
        Assert.True(of("proxyssl.proxy = platform").Equals(of("proxyssl.proxy = platform")));
        Assert.False(of("proxyssl.proxy = platform").Equals(of("proxyssl.proxy = loopback")));
        Assert.False(of("proxyssl.proxy = platform").Equals(of("")));
        Assert.False(of("").Equals(of("proxyssl.proxy = platform")));
        Assert.False(of("proxyssl.proxy = platform").Equals(Read("", ("a.cs", "proxyssl.proxy = platform"))));
    }

    [Theory]
    [InlineData("", "", "", "", "Unknown Unknown Unknown Unknown")]
    [InlineData("loopback", "", "", "", "Loopback Loopback Loopback Loopback")]
    [InlineData("", "platform", "", "", "Platform Unknown Unknown Unknown")]
    [InlineData("", "platform", "platform", "", "Platform Platform Unknown Unknown")]
    [InlineData("", "", "platform", "platform", "Unknown Platform Platform Unknown")]
    [InlineData("loopback", "platform", "loopback", "none", "Platform Loopback None Loopback")]
    [InlineData("loopback", "loopback", "unknown", "private_network", "Loopback Unknown PrivateNetwork Loopback")]
    [InlineData("loopback", "nowhere", "none", "", "Loopback None Loopback Loopback")]
    public void Each_file_has_its_proxy(string global, string a, string b, string c, string expected)
    {
        var options = Read(Line(global), ("a.cs", Line(a)), ("b.cs", Line(b)), ("c.cs", Line(c)));
        Assert.Equal(expected, string.Join(" ", Files.Append(null).Select(options.ProxyIn)));

        static string Line(string value) => value.Length == 0 ? "" : "proxyssl.proxy = " + value;
    }

    [Fact]
    public void Names_are_those_of_all_files_each_once()
    {
        var options = Read("proxyssl.scheme_headers = X-A", ("a.cs", "proxyssl.scheme_headers = x-a, X-B"), ("b.cs", "proxyssl.scheme_headers = X-C,"));
        Assert.Equal(["X-A", "X-B", "X-C"], options.SchemeHeaders);
        Assert.Empty(options.HostHeaders);
        Assert.Empty(options.BadValues);
    }

    [Fact]
    public void A_bad_name_leaves_the_good_ones()
    {
        var options = Read("proxyssl.host_headers = X A, X-B\nproxyssl.scheme_dependent_methods = UseA, 3rd, UseB");
        Assert.Equal(["X-B"], options.HostHeaders);
        Assert.Equal(["UseA", "UseB"], options.SchemeDependentMethods);
        Assert.Equal(["proxyssl.host_headers", "proxyssl.scheme_dependent_methods"], options.BadValues.Select(b => b.Key));
    }

    [Theory]
    [InlineData("true", "false", true)]
    [InlineData("false", "true", true)]
    [InlineData("true", "true", true)]
    [InlineData("false", "false", false)]
    [InlineData("true", "perhaps", true)]
    public void Tests_are_analyzed_where_any_file_says_so(string global, string file, bool expected) => Assert.Equal(
        expected, Read("proxyssl.analyze_tests = " + global, ("a.cs", "proxyssl.analyze_tests = " + file)).AnalyzeTests);

    [Theory]
    [InlineData("azAZ09!#$%&'*+-.^_`|~", true)]
    [InlineData("X:A", false)]
    [InlineData("X{A", false)]
    [InlineData("X@A", false)]
    [InlineData("X[A", false)]
    [InlineData("X/A", false)]
    [InlineData("Ä", false)]
    public void A_header_name_is_a_token(string name, bool expected) => Assert.Equal(expected, Read("proxyssl.scheme_headers = " + name).BadValues.IsEmpty);

    private static ProxySslOptions Read(string global, params (string Path, string Lines)[] files) =>
        ProxySslOptions.Read(CSharpCompilation.Create("Empty", Files), new ConfigurationValues(global, files));
}
