using System.Threading.Tasks;
using ProxySsl.Analyzers.Tests.Verification;
using Xunit;

namespace ProxySsl.Analyzers.Tests.Options;

/// <summary>The fix of the framework's own ASPDEPR005: the property and its network type change together.</summary>
public class ASPDEPR005Tests
{
    [Fact]
    public Task Property_and_type_change_together() => Verify.Fixes(
        "ASPDEPR005",
        """
        using System.Net;
        using Microsoft.AspNetCore.HttpOverrides;
        var builder = WebApplication.CreateBuilder(args);
        builder.Services.Configure<ForwardedHeadersOptions>(options =>
        {
            options.ForwardedHeaders = ForwardedHeaders.XForwardedFor;
            {|ASPDEPR005:options.KnownNetworks|}.Clear();
            {|ASPDEPR005:options.KnownNetworks|}.Add(new {|ASPDEPR005:Microsoft.AspNetCore.HttpOverrides.IPNetwork|}(IPAddress.Parse("10.0.0.0"), 8));
            {|ASPDEPR005:options.KnownNetworks|}.Add(new(IPAddress.Parse("172.16.0.0"), 12));
        });
        """,
        """
        using System.Net;
        using Microsoft.AspNetCore.HttpOverrides;
        var builder = WebApplication.CreateBuilder(args);
        builder.Services.Configure<ForwardedHeadersOptions>(options =>
        {
            options.ForwardedHeaders = ForwardedHeaders.XForwardedFor;
            options.KnownIPNetworks.Clear();
            options.KnownIPNetworks.Add(new System.Net.IPNetwork(IPAddress.Parse("10.0.0.0"), 8));
            options.KnownIPNetworks.Add(new(IPAddress.Parse("172.16.0.0"), 12));
        });
        """);
}
