using ProxySsl.Analyzers.Knowledge;
using Xunit;

namespace ProxySsl.Analyzers.Tests.Models;

/// <summary>What names say of a true-or-false, which is what most presence checks are judged by.</summary>
public class HeaderNameMeaningTests
{
    [Theory]
    [InlineData("isSecure")]
    [InlineData("IsHttps")]
    [InlineData("UseHTTPS")]
    [InlineData("is_trusted")]
    [InlineData("IsTrustedProxy")]
    [InlineData("Secure")]
    [InlineData("SkipRedirect")]
    [InlineData("LocalSecure")]
    [InlineData("SecureLocal")]
    [InlineData("ProxiedSecurely_https")]
    [InlineData("HTTPSOnly")]
    [InlineData("isTLS")]
    [InlineData("_secure")]
    [InlineData("is__secure_")]
    [InlineData("ISecure")]
    [InlineData("SSL")]
    public void Grants(string name) => Assert.Equal(NameSense.Grants, NameMeaning.Of(name));

    [Theory]
    [InlineData("ShouldRedirectToHttps")]
    [InlineData("RequireHttps")]
    [InlineData("isNotSecure")]
    [InlineData("Untrusted")]
    [InlineData("IsBlocked")]
    [InlineData("SecureOrBlocked")]
    [InlineData("BlockedSecure")]
    [InlineData("LocalBlocked")]
    [InlineData("SecureNot")]
    public void Refuses(string name) => Assert.Equal(NameSense.Refuses, NameMeaning.Of(name));

    [Theory]
    [InlineData("IsLocalRequest")]
    [InlineData("isLoopback")]
    [InlineData("IsDirect")]
    [InlineData("NotProxied")]
    [InlineData("LocalOrRemote")]
    [InlineData("RemoteOrLocal")]
    public void Is_local(string name) => Assert.Equal(NameSense.Local, NameMeaning.Of(name));

    [Theory]
    [InlineData("IsRemote")]
    [InlineData("NotLocal")]
    [InlineData("is_external")]
    public void Is_remote(string name) => Assert.Equal(NameSense.Remote, NameMeaning.Of(name));

    [Theory]
    [InlineData("")]
    [InlineData("_")]
    [InlineData("Not")]
    [InlineData("X")]
    [InlineData("value")]
    [InlineData("localize")]
    [InlineData("HasHeader")]
    [InlineData("Securely")]
    public void Says_nothing(string name) => Assert.Equal(NameSense.Neutral, NameMeaning.Of(name));
}
