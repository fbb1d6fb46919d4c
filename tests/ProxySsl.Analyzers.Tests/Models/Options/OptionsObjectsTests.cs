using System.Linq;
using ProxySsl.Analyzers.Options;
using Xunit;
using static ProxySsl.Analyzers.Tests.Models.OptionsProgram;

namespace ProxySsl.Analyzers.Tests.Models;

/// <summary>Which objects there are, which places shape them, and what all places together leave.</summary>
public class OptionsObjectsTests
{
    private const string Clear = "x => x.KnownProxies.Clear()";

    [Theory]
    [InlineData("services.Configure<HostOptions>(x => { });", "")]
    [InlineData("services.AddOptions();", "")]
    [InlineData("services.AddOptions<HostOptions>().Configure(x => { });", "")]
    [InlineData("services.AddOptions<ForwardedHeadersOptions>(\"\").Configure(" + Clear + ");", "Configure: empty | default")]
    [InlineData("services.AddOptions<ForwardedHeadersOptions>(Options.DefaultName).Configure(" + Clear + ");", "Configure: empty | default")]
    [InlineData("services.AddOptionsWithValidateOnStart<ForwardedHeadersOptions>().Configure(" + Clear + ");", "Configure: empty | default")]
    [InlineData("services.AddOptions<ForwardedHeadersOptions>().Validate(x => true).Configure(" + Clear + ");", "Configure: empty | default")]
    [InlineData("services.AddOptions<ForwardedHeadersOptions>().Bind(configuration).Configure(" + Clear + ");", "Bind, Configure: empty | default")]
    [InlineData("services.AddOptions<ForwardedHeadersOptions>(\"other\").Configure(" + Clear + ");", "")]
    [InlineData("services.AddOptions<ForwardedHeadersOptions>(\"other\").Validate(x => true).Configure(" + Clear + ");", "")]
    [InlineData("services.AddOptions<ForwardedHeadersOptions>(\"other\").ValidateOnStart().Configure(" + Clear + ");", "")]
    [InlineData("services.AddOptions<ForwardedHeadersOptions>(\"other\").ValidateDataAnnotations().Configure(" + Clear + ");", "")]
    [InlineData("services.AddOptions<ForwardedHeadersOptions>(\"other\").Configure(x => { }).Configure(" + Clear + ");", "")]
    [InlineData("services.AddOptions<ForwardedHeadersOptions>(\"other\").Bind(configuration).Configure(" + Clear + ");", "")]
    [InlineData("services.AddOptions<ForwardedHeadersOptions>(\"other\").BindConfiguration(\"F\");", "")]
    [InlineData("services.AddOptions<HostOptions>().Bind(configuration);", "")]
    [InlineData("services.Configure<HostOptions>(configuration);", "")]
    [InlineData("services.Configure<ForwardedHeadersOptions>((string?)null, " + Clear + ");", "Configure: empty | default")]
    [InlineData("services.Configure<ForwardedHeadersOptions>(string.Empty, " + Clear + ");", "Configure: empty | default")]
    [InlineData("services.Configure<ForwardedHeadersOptions>(name, " + Clear + ");", "")]
    [InlineData("services.Configure<ForwardedHeadersOptions>(Clear); void Clear(ForwardedHeadersOptions x) => x.KnownProxies.Clear();", "Configure: empty | default")]
    [InlineData("services.Configure<ForwardedHeadersOptions>(x => throw new Exception());", "Configure: unknown | unknown")]
    [InlineData("services.Configure<ForwardedHeadersOptions>(foreign);", "Configure: unknown | unknown")]
    [InlineData("services.Configure<ForwardedHeadersOptions>(flag ? foreign : " + Clear + ");", "Configure: unknown | unknown")]
    [InlineData("if (flag) { services.Configure<ForwardedHeadersOptions>(" + Clear + "); }", "Configure: default/empty | default")]
    [InlineData("if (flag) { return; } services.Configure<ForwardedHeadersOptions>(" + Clear + ");", "Configure: default/empty | default")]
    [InlineData("if (flag) { throw new Exception(); } services.Configure<ForwardedHeadersOptions>(" + Clear + ");", "Configure: empty | default")]
    [InlineData("try { return; } finally { services.Configure<ForwardedHeadersOptions>(" + Clear + "); }", "Configure: default/empty | default")]
    [InlineData("services.AddSingleton<ForwardedHeadersOptions>();", "")]
    [InlineData("services.AddSingleton(new ForwardedHeadersOptions());", "")]
    [InlineData("services.AddSingleton<IOptions<HostOptions>>(s => null!);", "")]
    [InlineData("services.AddSingleton<IOptions<ForwardedHeadersOptions>>(s => null!);", "AddSingleton: unknown | unknown")]
    [InlineData("services.AddSingleton<IConfigureOptions<ForwardedHeadersOptions>>(s => new ConfigureOptions<ForwardedHeadersOptions>(" + Clear + "));", "AddSingleton, ConfigureOptions: empty/unknown | default/unknown")]
    [InlineData("services.Setup<HostOptions>();", "")]
    [InlineData("services.GetForwarding<ForwardedHeadersOptions>();", "")]
    [InlineData("services.UseForwarding<ForwardedHeadersOptions>();", "")]
    [InlineData("peer.Setup<ForwardedHeadersOptions>();", "")]
    [InlineData("new Lazy<ForwardedHeadersOptions>(() => new ForwardedHeadersOptions()).Value.KnownProxies.Clear();", "")]
    [InlineData("var i = provider.GetRequiredService<IOptions<ForwardedHeadersOptions>>().Value;", "")]
    [InlineData("provider.GetRequiredService<IOptionsMonitor<ForwardedHeadersOptions>>().CurrentValue.KnownProxies.Clear();", "This change of the finished options: empty | default")]
    [InlineData("var i = provider.GetRequiredService<IOptions<ForwardedHeadersOptions>>(); i.Value.KnownProxies.Clear(); i.Value.ForwardLimit = 2;", "This change of the finished options: empty | default")]
    internal void Places_of_the_service_container(string body, string expected)
    {
        var injected = Container(body);
        Assert.Equal(expected, injected is null ? "" : string.Join(", ", injected.Places.Select(p => p.Name)) + ": " + Write(injected.State.Proxies) + " | " + Write(injected.State.Networks));
    }

    [Theory]
    [InlineData("x.ForwardedHeaders = ForwardedHeaders.XForwardedFor;", "x.ForwardedHeaders = ForwardedHeaders.XForwardedProto;", "For or Proto", "Proto")]
    [InlineData("x.ForwardedHeaders = ForwardedHeaders.XForwardedFor;", "x.ForwardedHeaders |= ForwardedHeaders.XForwardedProto;", "For or Proto or For+Proto", "For+Proto")]
    [InlineData("x.ForwardedHeaders |= ForwardedHeaders.XForwardedProto;", "x.ForwardedHeaders = ForwardedHeaders.XForwardedFor;", "For or Proto or For+Proto", "For")]
    [InlineData("x.ForwardedHeaders = ForwardedHeaders.XForwardedFor;", "x.ForwardedHeaders = x.ForwardedHeaders | ForwardedHeaders.XForwardedProto;", "For or Proto or For+Proto", "For+Proto")]
    [InlineData("x.ForwardedHeaders = ForwardedHeaders.XForwardedFor;", "if (flag) { x.ForwardedHeaders = ForwardedHeaders.XForwardedProto; }", "For or Proto", "For or Proto")]
    [InlineData("x.ForwardedHeaders = ForwardedHeaders.XForwardedFor;", "x.ForwardLimit = 1;", "For", "For")]
    [InlineData("x.ForwardLimit = 1;", "x.ForwardedHeaders = ForwardedHeaders.XForwardedFor;", "For", "For")]
    [InlineData("x.ForwardLimit = 1;", "x.ForwardLimit = 2;", "unset", "unset")]
    [InlineData("x.ForwardLimit = 1;", "x.ForwardedHeaders |= ForwardedHeaders.XForwardedFor;", "For", "For")]
    internal void Flags_of_two_places(string one, string other, string inAnyOrder, string after)
    {
        Assert.Equal(inAnyOrder, Write(Together(one, "Configure", other).Flags.Values));
        Assert.Equal(after, Write(Together(one, "PostConfigure", other).Flags.Values));
    }

    [Theory]
    [InlineData("x.ForwardLimit = 2;", "x.ForwardLimit = 3;", "2 or 3", "3")]
    [InlineData("x.ForwardLimit = 2;", "if (flag) { x.ForwardLimit = 3; }", "2 or 3", "3 or 2")]
    [InlineData("x.ForwardLimit = 2;", "x.ForwardedHeaders = 0;", "2", "2")]
    [InlineData("x.ForwardedHeaders = 0;", "x.ForwardLimit = 2;", "2", "2")]
    [InlineData("x.ForwardedHeaders = 0;", "if (flag) { x.ForwardLimit = 3; }", "default or 3", "default or 3")]
    [InlineData("x.ForwardedHeaders = 0;", "x.ForwardedHeaders = 0;", "default", "default")]
    internal void Limits_of_two_places(string one, string other, string inAnyOrder, string after)
    {
        Assert.Equal(inAnyOrder, Limits(Together(one, "Configure", other)));
        Assert.Equal(after, Limits(Together(one, "PostConfigure", other)));

        static string Limits(OptionsState state) => string.Join(
            " or ", (state.LimitMayBeDefault ? ["default"] : Enumerable.Empty<string>()).Concat(state.Limits.Select(l => l.Value?.ToString(System.Globalization.CultureInfo.InvariantCulture) ?? "null")));
    }

    [Theory]
    [InlineData("x.AllowedHosts.Add(\"a\");", "x.AllowedHosts.Add(\"b\");", "a, b", "b")]
    [InlineData("x.AllowedHosts.Add(\"a\");", "x.AllowedHosts = [\"b\"];", "a, b", "b")]
    [InlineData("x.AllowedHosts.Add(\"a\");", "if (flag) { x.AllowedHosts.Add(\"b\"); }", "a, b", "b, a")]
    [InlineData("x.AllowedHosts.Add(\"a\");", "x.ForwardLimit = 1;", "a", "a")]
    [InlineData("x.ForwardLimit = 1;", "x.AllowedHosts.Add(\"a\");", "a", "a")]
    [InlineData("x.ForwardLimit = 1;", "if (flag) { x.AllowedHosts.Add(\"a\"); }", "default, a", "default, a")]
    [InlineData("x.ForwardLimit = 1;", "x.ForwardLimit = 1;", "default", "default")]
    internal void Hosts_of_two_places(string one, string other, string inAnyOrder, string after)
    {
        Assert.Equal(inAnyOrder, Hosts(Together(one, "Configure", other)));
        Assert.Equal(after, Hosts(Together(one, "PostConfigure", other)));

        static string Hosts(OptionsState state) => string.Join(
            ", ", (state.Hosts.MayBeUntouched ? ["default"] : Enumerable.Empty<string>()).Concat(state.Hosts.Entries.Select(e => e.Text)));
    }

    [Theory]
    [InlineData("x.KnownProxies.Clear();", "x.ForwardLimit = 1;", "empty", "empty")]
    [InlineData("x.ForwardLimit = 1;", "x.KnownProxies.Clear();", "empty", "empty")]
    [InlineData("x.ForwardLimit = 1;", "x.ForwardLimit = 1;", "default", "default")]
    [InlineData("x.KnownProxies.Clear();", "x.KnownProxies.Clear();", "empty", "empty")]
    [InlineData("x.KnownProxies.Clear();", "if (flag) { x.KnownProxies.Clear(); }", "empty", "empty")]
    [InlineData("if (flag) { x.KnownProxies.Clear(); }", "if (flag) { x.KnownProxies.Clear(); }", "default/empty", "default/empty")]
    [InlineData("x.KnownProxies.Clear();", "x.KnownProxies.Add(peer);", "empty/filled", "filled")]
    [InlineData("x.KnownProxies.Add(peer);", "x.KnownProxies.Clear();", "empty/filled", "empty")]
    [InlineData("x.KnownProxies.Clear();", "foreign(x);", "empty/unknown", "unknown")]
    [InlineData("x.KnownProxies.Add(peer);", "x.ForwardLimit = 1;", "default/filled", "filled")]
    internal void Lists_of_two_places(string one, string other, string inAnyOrder, string after)
    {
        Assert.Equal(inAnyOrder, Write(Together(one, "Configure", other).Proxies));
        Assert.Equal(after, Write(Together(one, "PostConfigure", other).Proxies));
    }

    [Theory]
    [InlineData("x.ForwardedForHeaderName = \"A\";", "x.ForwardedHostHeaderName = \"B\";", "ForwardedForHeaderName=A, ForwardedHostHeaderName=B")]
    [InlineData("x.ForwardedForHeaderName = \"A\";", "x.ForwardLimit = 1;", "ForwardedForHeaderName=A")]
    [InlineData("x.ForwardLimit = 1;", "x.ForwardedForHeaderName = \"A\";", "ForwardedForHeaderName=A")]
    internal void Names_of_two_places(string one, string other, string expected)
    {
        foreach (var second in new[] { "Configure", "PostConfigure" })
        {
            Assert.Equal(expected, string.Join(", ", Together(one, second, other).HeaderNames.Select(n => n.Property + "=" + n.Text)));
        }
    }

    // An object in a field or property is one object for everybody who reads it, as long as nobody else can put another one there.
    [Theory]
    [InlineData("private ForwardedHeadersOptions F = new();", "empty")]
    [InlineData("public readonly ForwardedHeadersOptions F = new();", "empty")]
    [InlineData("public ForwardedHeadersOptions F = new();", "default")]
    [InlineData("internal ForwardedHeadersOptions F = new();", "default")]
    [InlineData("public ForwardedHeadersOptions F { get; } = new();", "empty")]
    [InlineData("public ForwardedHeadersOptions F { get; private set; } = new();", "empty")]
    [InlineData("public ForwardedHeadersOptions F { get; set; } = new();", "default")]
    [InlineData("public ForwardedHeadersOptions F { get; init; } = new();", "default")]
    internal void An_object_in_a_member(string member, string expected)
    {
        foreach (var place in new[] { "public C() => F.KnownProxies.Clear();", "void M() { var f = F; f.KnownProxies.Clear(); }" })
        {
            Assert.Equal(expected, Write(Assert.Single(Read($"public class C {{ {member} {place} }}").Objects).State.Proxies));
        }
    }

    [Theory]
    [InlineData("readonly ForwardedHeadersOptions F; C() { F = new ForwardedHeadersOptions(); F.KnownProxies.Clear(); }", "empty")]
    [InlineData("readonly ForwardedHeadersOptions F; C() { F = new ForwardedHeadersOptions(); } void M() { F.KnownProxies.Clear(); }", "empty")]
    [InlineData("ForwardedHeadersOptions F => new(); void M() { F.KnownProxies.Clear(); }", "default, empty")]
    [InlineData("static ForwardedHeadersOptions F() => new(); void M() { F().KnownProxies.Clear(); }", "default, empty")]
    [InlineData("void M() { F().KnownProxies.Clear(); static ForwardedHeadersOptions F() => new(); }", "empty")]
    [InlineData("readonly ForwardedHeadersOptions F = new(); C() { F = new ForwardedHeadersOptions(); } void M() { F.KnownProxies.Clear(); }", "")]
    [InlineData("readonly ForwardedHeadersOptions F = new() { ForwardLimit = 1 }; readonly ForwardedHeadersOptions G = new(); void M() { F.KnownProxies.Clear(); }", "empty, default")]
    internal void Objects_that_members_make(string members, string expected) =>
        Assert.Equal(expected, string.Join(", ", Read($"class C {{ {members} }}").Objects.Select(o => Write(o.State.Proxies)).Distinct()));

    [Theory]
    [InlineData("new() { AllowedHosts = { \"a\", \"b\" } }", "a, b")]
    [InlineData("new() { AllowedHosts = { } }", "")]
    [InlineData("new() { AllowedHosts = new List<string> { \"a\" } }", "a")]
    [InlineData("new() { OriginalForHeaderName = new ForwardedHeadersOptions { AllowedHosts = { \"b\" } }.OriginalForHeaderName, AllowedHosts = { \"a\" } }", "a")]
    internal void Hosts_of_an_initializer(string creation, string expected) => Assert.Equal(
        expected,
        string.Join(", ", Read($"class C {{ object F() {{ ForwardedHeadersOptions o = {creation}; return o; }} }}").Objects[0].State.Hosts.Entries.Select(e => e.Text)));

    [Theory]
    [InlineData("o.RequireHeaderSymmetry = true;", true)]
    [InlineData("o.RequireHeaderSymmetry = true; o.RequireHeaderSymmetry = true;", true)]
    [InlineData("o.RequireHeaderSymmetry = flag;", true)]
    [InlineData("if (flag) { o.RequireHeaderSymmetry = true; } else { o.RequireHeaderSymmetry = false; }", true)]
    [InlineData("o.RequireHeaderSymmetry |= flag;", true)]
    [InlineData("(o.RequireHeaderSymmetry, _) = (true, 1);", true)]
    [InlineData("o.RequireHeaderSymmetry = false;", false)]
    [InlineData("o.ForwardLimit++;", false)]
    [InlineData("", false)]
    internal void Symmetry_may_be_required(string body, bool expected) => Assert.Equal(
        expected, Assert.Single(Assert.Single(Read($"class C {{ void M(bool flag) {{ var o = new ForwardedHeadersOptions(); {body} }} }}").Objects).Places).MayRequireSymmetry);

    [Theory]
    [InlineData("services.AddSingleton<IConfigureOptions<ForwardedHeadersOptions>, Forwarding>();", "Forwarding: empty")]
    [InlineData("services.AddSingleton<IConfigureOptions<ForwardedHeadersOptions>>(new Forwarding());", "Forwarding: empty")]
    [InlineData("services.ConfigureOptions<Forwarding>();", "Forwarding: empty")]
    [InlineData("services.AddSingleton<IConfigureOptions<ForwardedHeadersOptions>>(forwarding);", "AddSingleton, Forwarding: empty/unknown")]
    internal void A_class_that_configures_is_one_place_however_it_is_registered(string body, string expected)
    {
        var injected = Read($$"""
            class C
            {
                void M(IServiceCollection services, IConfigureOptions<ForwardedHeadersOptions> forwarding) { {{body}} }
            }
            class Forwarding : IConfigureOptions<ForwardedHeadersOptions>
            {
                public void Configure(ForwardedHeadersOptions options) => options.KnownProxies.Clear();
            }
            """).Objects.Single(o => o.IsInjected);
        Assert.Equal(expected, string.Join(", ", injected.Places.Select(p => p.Name)) + ": " + Write(injected.State.Proxies));
    }

    [Theory]
    [InlineData("public void Configure(ForwardedHeadersOptions options) => throw new NotImplementedException();", "Forwarding: unknown")]
    [InlineData("public void Configure(ForwardedHeadersOptions options) { if (options is null) { throw new ArgumentNullException(); } options.KnownProxies.Clear(); }", "Forwarding: empty")]
    [InlineData("public virtual void Configure(ForwardedHeadersOptions options) => options.KnownProxies.Clear();", "Forwarding: unknown")]
    internal void What_a_class_leaves(string method, string expected)
    {
        var place = Read($"class Forwarding : IConfigureOptions<ForwardedHeadersOptions> {{ {method} }}").Objects.Single(o => o.IsInjected).Places.Single();
        Assert.Equal(expected, place.Name + ": " + Write(place.State.Proxies));
    }

    // A helper that gets the options is read where it is called, and not once more by itself.
    [Theory]
    [InlineData("void M(IServiceCollection services) => Setup(new ForwardedHeadersOptions(), services);")]
    [InlineData("void M(IServiceCollection services) { var o = new ForwardedHeadersOptions(); Setup(o, services); Setup(o, services); }")]
    [InlineData("")]
    internal void A_helper_that_configures(string caller)
    {
        var injected = Read($$"""
            class C
            {
                {{caller}}
                static void Setup(ForwardedHeadersOptions options, IServiceCollection services) => services.Configure<ForwardedHeadersOptions>(x => x.KnownProxies.Clear());
            }
            """).Objects.Single(o => o.IsInjected);
        Assert.Equal("empty", Write(injected.State.Proxies));
        Assert.Equal(System.Math.Max(1, caller.Split("Setup(").Length - 1), injected.Places.Length);
    }

    // An options object for every way to ask configuration for one, and none for another type.
    [Theory]
    [InlineData("configuration.Get<ForwardedHeadersOptions>()", 1)]
    [InlineData("configuration.GetSection(\"F\").Get<ForwardedHeadersOptions>()", 1)]
    [InlineData("configuration.Get<HostOptions>()", 0)]
    internal void An_object_of_configuration(string expression, int expected) => Assert.Equal(
        expected, Read($"class C {{ object? M(IConfiguration configuration) {{ var type = typeof(ForwardedHeadersOptions); var o = {expression}; return o; }} }}").Objects.Length);

    private static OptionsState Together(string one, string second, string other) => Container(
        $"services.Configure<ForwardedHeadersOptions>(x => {{ {one} }}); services.{second}<ForwardedHeadersOptions>(x => {{ {other} }});")!.State;

    private static OptionsObject? Container(string body) => Read($$"""
        class C
        {
            void M(
                IServiceCollection services, IConfiguration configuration, IPAddress peer, bool flag, string name, IServiceProvider provider,
                Action<ForwardedHeadersOptions> foreign)
            {
                {{body}}
            }
        }
        static class Own
        {
            public static void Setup<T>(this IServiceCollection services) { }
            public static void Setup<T>(this IPAddress peer) { }
            public static void GetForwarding<T>(this IServiceCollection services) { }
            public static void UseForwarding<T>(this IServiceCollection services) { }
        }
        """).Objects.SingleOrDefault(o => o.IsInjected);
}
