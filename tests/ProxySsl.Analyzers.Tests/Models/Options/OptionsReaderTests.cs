using System.Linq;
using ProxySsl.Analyzers.Options;
using Xunit;
using static ProxySsl.Analyzers.Tests.Models.OptionsProgram;

namespace ProxySsl.Analyzers.Tests.Models;

/// <summary>The options reader on its own: the state that a body leaves, written out in a few words.</summary>
public class OptionsReaderTests
{
    [Theory]
    [InlineData("", "default | default")]
    [InlineData("o.KnownProxies.Clear();", "empty | default")]
    [InlineData("o.KnownProxies.Add(IPAddress.Parse(\"10.0.0.1\"));", "filled(10.0.0.1) | default")]
    [InlineData("o.KnownNetworks.Clear(); o.KnownIPNetworks.Add(new(IPAddress.Loopback, 8));", "default | filled(127.0.0.1/8)")]
    [InlineData("o.KnownIPNetworks.Add(new(IPAddress.Loopback, 8)); o.KnownIPNetworks.Clear();", "default | empty")]
    [InlineData("if (flag) { o.KnownProxies.Clear(); }", "default/empty | default")]
    [InlineData("if (flag) { o.KnownProxies.Clear(); } else { o.KnownProxies.Add(peer); }", "empty/filled | default")]
    [InlineData("if (flag) { throw new Exception(); } o.KnownProxies.Clear();", "empty | default")]
    [InlineData("if (flag) { return; } o.KnownProxies.Clear();", "default/empty | default")]
    [InlineData("if (flag) { Environment.Exit(1); } o.KnownProxies.Clear();", "empty | default")]
    [InlineData("if (env.IsDevelopment()) { o.KnownProxies.Clear(); }", "default | default")]
    [InlineData("if (!env.IsDevelopment()) { o.KnownProxies.Clear(); }", "empty | default")]
    [InlineData("o.KnownProxies.Clear(); foreach (var t in texts) { o.KnownProxies.Add(IPAddress.Parse(t)); }", "empty/filled | default")]
    [InlineData("o.KnownProxies.Clear(); foreach (var t in new[] { \"10.0.0.1\", \"10.0.0.2\" }) { o.KnownProxies.Add(IPAddress.Parse(t)); }", "filled(10.0.0.1, 10.0.0.2) | default")]
    [InlineData("o.KnownProxies.Clear(); texts.ForEach(t => o.KnownProxies.Add(IPAddress.Parse(t)));", "empty/filled | default")]
    [InlineData("o.KnownProxies.Clear(); texts.Select(IPAddress.Parse).ToList().ForEach(o.KnownProxies.Add);", "empty/filled | default")]
    [InlineData("while (o.KnownProxies.Count > 0) { o.KnownProxies.RemoveAt(0); }", "empty | default")]
    [InlineData("if (o.KnownProxies.Count > 0) { o.KnownProxies.Clear(); }", "empty | default")]
    [InlineData("if (o.KnownProxies.Count == 0) { o.KnownProxies.Add(peer); }", "default/filled | default")]
    [InlineData("try { o.KnownProxies.Clear(); } catch { o.KnownIPNetworks.Clear(); }", "default/empty | default/empty")]
    [InlineData("switch (texts.Count) { case 0: o.KnownProxies.Clear(); break; default: o.KnownProxies.Add(peer); break; }", "empty/filled | default")]
    [InlineData("var p = o.KnownProxies; p.Clear(); p.Add(peer);", "filled | default")]
    [InlineData("Trust(o, \"10.0.0.1\"); static void Trust(ForwardedHeadersOptions x, string t) => x.KnownProxies.Add(IPAddress.Parse(t));", "filled(10.0.0.1) | default")]
    [InlineData("Empty(o.KnownProxies); static void Empty<T>(IList<T> list) => list.Clear();", "empty | default")]
    [InlineData("o.KnownProxies.Add(peer); o = new ForwardedHeadersOptions();", "filled | default")]
    internal void Lists(string body, string expected)
    {
        var state = StateOf(body);
        Assert.Equal(expected, Write(state.Proxies) + " | " + Write(state.Networks));
    }

    // What is not followed may do anything; what was read before it is likely to be true still.
    [Theory]
    [InlineData("o.KnownProxies.Clear(); foreign(o);", "unknown | unknown")]
    [InlineData("o.KnownProxies.Clear(); GC.KeepAlive(o);", "unknown | unknown")]
    [InlineData("o.KnownProxies.Clear(); GC.KeepAlive(o.KnownProxies);", "unknown | default")]
    [InlineData("o.KnownProxies.Add(IPAddress.Parse(\"10.0.0.1\")); GC.KeepAlive(o);", "unknown(10.0.0.1) | unknown")]
    [InlineData("o.KnownProxies.Clear(); virtually.Change(o);", "unknown | unknown")]
    [InlineData("o.KnownProxies.Clear(); goto end; end: o.KnownIPNetworks.Clear();", "unknown | empty")]
    [InlineData("o.KnownProxies.Clear(); var pair = (o, 1);", "unknown | unknown")]
    [InlineData("o.KnownProxies.Clear(); Again(o, 3); void Again(ForwardedHeadersOptions x, int n) { if (n > 0) { Again(x, n - 1); } }", "empty/unknown | default/unknown")]
    [InlineData("Action f = null!; f = () => { GC.KeepAlive(f); GC.KeepAlive(f); GC.KeepAlive(f); o.KnownProxies.Clear(); }; GC.KeepAlive(f);", "default/empty | default")]
    internal void Lists_that_get_out_of_sight(string body, string expected)
    {
        var state = StateOf(body);
        Assert.Equal(expected, Write(state.Proxies) + " | " + Write(state.Networks));
    }

    [Theory]
    [InlineData("", "unset")]
    [InlineData("o.ForwardedHeaders = ForwardedHeaders.None;", "None")]
    [InlineData("o.ForwardedHeaders = ForwardedHeaders.XForwardedFor;", "For")]
    [InlineData("o.ForwardedHeaders = ForwardedHeaders.All;", "For+Host+Proto+Prefix")]
    [InlineData("o.ForwardedHeaders |= ForwardedHeaders.XForwardedFor; o.ForwardedHeaders |= ForwardedHeaders.XForwardedProto;", "For+Proto")]
    [InlineData("o.ForwardedHeaders = ForwardedHeaders.All; o.ForwardedHeaders &= ~ForwardedHeaders.XForwardedHost;", "For+Proto+Prefix")]
    [InlineData("o.ForwardedHeaders = ForwardedHeaders.All ^ ForwardedHeaders.XForwardedHost;", "For+Proto+Prefix")]
    [InlineData("o.ForwardedHeaders = ForwardedHeaders.All; o.ForwardedHeaders = ForwardedHeaders.XForwardedFor;", "For")]
    [InlineData("o.ForwardedHeaders = o.ForwardedHeaders | ForwardedHeaders.XForwardedFor;", "For")]
    [InlineData("var f = ForwardedHeaders.XForwardedFor; if (flag) { f |= ForwardedHeaders.XForwardedProto; } o.ForwardedHeaders = f;", "For or For+Proto")]
    [InlineData("if (flag) { o.ForwardedHeaders = ForwardedHeaders.XForwardedFor; }", "unset or For")]
    [InlineData("o.ForwardedHeaders = env.IsDevelopment() ? ForwardedHeaders.All : ForwardedHeaders.XForwardedFor;", "For")]
    [InlineData("o.ForwardedHeaders = Own.Flags;", "For+Proto")]
    [InlineData("o.ForwardedHeaders = Own.Circular;", "unknown")]
    [InlineData("Set(ForwardedHeaders.XForwardedFor); void Set(ForwardedHeaders f) => o.ForwardedHeaders = f;", "For")]
    [InlineData("o.ForwardedHeaders = Enum.Parse<ForwardedHeaders>(texts[0]);", "unknown")]
    [InlineData("(o.ForwardedHeaders, o.ForwardLimit) = (ForwardedHeaders.All, 2);", "unknown")]
    [InlineData("ForwardedHeaders f; f = ForwardedHeaders.XForwardedFor; o.ForwardedHeaders = f;", "For")]
    [InlineData("ForwardedHeaders f = 0; o.ForwardedHeaders = f;", "None")]
    [InlineData("var f = Enum.Parse<ForwardedHeaders>(texts[0]); f |= ForwardedHeaders.XForwardedFor; o.ForwardedHeaders = f;", "unknown")]
    [InlineData("var f = ForwardedHeaders.All; f &= ForwardedHeaders.XForwardedFor; o.ForwardedHeaders = f;", "For")]
    [InlineData("var f = ForwardedHeaders.All; f -= 1; o.ForwardedHeaders = f;", "unknown")]
    [InlineData("var f = ForwardedHeaders.All; f++; o.ForwardedHeaders = f;", "unknown")]
    [InlineData("Set(ForwardedHeaders.XForwardedFor); void Set(ForwardedHeaders f) { f = ForwardedHeaders.All; o.ForwardedHeaders = f; }", "unknown")]
    [InlineData("o.ForwardedHeaders = ForwardedHeaders.All; o.ForwardedHeaders -= 1;", "unknown")]
    [InlineData("o.ForwardedHeaders = ForwardedHeaders.All; configuration.Bind(o);", "unknown")]
    [InlineData("o.ForwardedHeaders = flag ? ForwardedHeaders.XForwardedFor : ForwardedHeaders.XForwardedProto;", "For or Proto")]
    [InlineData("o.ForwardedHeaders = ~ForwardedHeaders.XForwardedHost;", "For+Proto+Prefix")]
    [InlineData("var p = new ForwardedHeadersOptions { ForwardedHeaders = ForwardedHeaders.XForwardedFor }; o.ForwardedHeaders = p.ForwardedHeaders;", "For")]
    [InlineData("o.ForwardedHeaders = (flag ? o : new ForwardedHeadersOptions()).ForwardedHeaders;", "unknown")]
    [InlineData("ForwardedHeaders? f = ForwardedHeaders.All; o.ForwardedHeaders = f.Value;", "unknown")]
    [InlineData("o.ForwardedHeaders ??= 0;", "unknown", true)]
    internal void Flags(string body, string expected, bool isHalfTyped = false) => Assert.Equal(expected, Write(StateOf(body, isHalfTyped).Flags.Values));

    [Theory]
    [InlineData("", "default")]
    [InlineData("o.ForwardLimit = 2;", "2")]
    [InlineData("o.ForwardLimit = null;", "null")]
    [InlineData("o.ForwardLimit = 2; o.ForwardLimit = 3;", "3")]
    [InlineData("if (flag) { o.ForwardLimit = 2; }", "default or 2")]
    [InlineData("o.ForwardLimit = flag ? 2 : 3;", "unknown")]
    [InlineData("o.ForwardLimit = env.IsProduction() ? 2 : 3;", "2")]
    [InlineData("int? hops = 2; o.ForwardLimit = hops;", "2")]
    [InlineData("o.ForwardLimit = Own.Hops;", "4")]
    [InlineData("o.ForwardLimit = texts.Count;", "unknown")]
    [InlineData("o.ForwardLimit = 0; o.ForwardLimit++;", "unknown")]
    [InlineData("o.ForwardLimit = 0; GC.KeepAlive(o);", "unknown")]
    [InlineData("o.ForwardLimit = 0; configuration.Bind(o);", "unknown")]
    [InlineData("o.ForwardLimit = default;", "null")]
    [InlineData("var hops = texts.Count; o.ForwardLimit = hops;", "unknown")]
    [InlineData("var hops = 2; hops = texts.Count; o.ForwardLimit = hops;", "unknown")]
    [InlineData("(o.ForwardLimit, _) = (2, 1);", "unknown")]
    [InlineData("o.ForwardLimit ??= 2;", "unknown")]
    [InlineData("Set(2); void Set(int? hops) => o.ForwardLimit = hops;", "2")]
    internal void Limit(string body, string expected)
    {
        var state = StateOf(body);
        var limits = state.Limits.Select(l => !l.IsKnown ? "unknown" : l.Value?.ToString(System.Globalization.CultureInfo.InvariantCulture) ?? "null");
        Assert.Equal(expected, string.Join(" or ", state.LimitMayBeDefault ? limits.Prepend("default") : limits));
    }

    [Theory]
    [InlineData("", "default")]
    [InlineData("o.AllowedHosts.Add(\"a.example\");", "a.example")]
    [InlineData("o.AllowedHosts = [\"a.example\", \"b.example\"];", "a.example, b.example")]
    [InlineData("foreach (var h in new[] { \"a.example\", \"b.example\" }) { o.AllowedHosts.Add(h); }", "a.example, b.example")]
    [InlineData("((List<string>)o.AllowedHosts).AddRange(new[] { \"a.example\" });", "a.example")]
    [InlineData("o.AllowedHosts.Add(\"a.example\"); o.AllowedHosts.Clear();", "none")]
    [InlineData("if (flag) { o.AllowedHosts.Add(\"a.example\"); }", "default or a.example")]
    [InlineData("o.AllowedHosts = texts;", "unknown")]
    [InlineData("o.AllowedHosts.Add(texts[0]);", "unknown")]
    [InlineData("o.AllowedHosts = [.. texts];", "unknown")]
    [InlineData("o.AllowedHosts = [];", "none")]
    [InlineData("o.AllowedHosts = new List<string>();", "none")]
    [InlineData("o.AllowedHosts = new string[0];", "none")]
    [InlineData("o.AllowedHosts = Array.Empty<string>();", "none")]
    [InlineData("o.AllowedHosts = new List<string>(texts);", "unknown")]
    [InlineData("o.AllowedHosts = [\"\", \"a.example\"];", "unknown")]
    [InlineData("o.AllowedHosts = texts; o.AllowedHosts.Add(\"a.example\");", "unknown")]
    [InlineData("o.AllowedHosts.Add(\"a.example\"); o.AllowedHosts = texts;", "unknown")]
    [InlineData("o.AllowedHosts.Insert(0, \"a.example\");", "unknown")]
    [InlineData("o.AllowedHosts.Add(\"a.example\"); o.AllowedHosts.Remove(\"a.example\");", "unknown")]
    [InlineData("((List<string>)o.AllowedHosts).AddRange(texts);", "unknown")]
    [InlineData("GC.KeepAlive(o.AllowedHosts);", "unknown")]
    [InlineData("configuration.Bind(o);", "unknown")]
    [InlineData("(o.AllowedHosts, _) = (texts, 1);", "unknown")]
    [InlineData("var hosts = o.AllowedHosts; hosts.Add(\"a.example\");", "a.example")]
    [InlineData("var host = \"a.example\"; o.AllowedHosts.Add(host);", "a.example")]
    internal void Hosts(string body, string expected)
    {
        var hosts = StateOf(body).Hosts;
        var entries = hosts.IsUnknown ? "unknown" : hosts.Entries.IsEmpty ? "none" : string.Join(", ", hosts.Entries.Select(e => e.Text));
        Assert.Equal(expected, !hosts.MayBeUntouched ? entries : hosts.Entries.IsEmpty ? "default" : "default or " + entries);
    }

    [Theory]
    [InlineData("o.ForwardedProtoHeaderName = \"X-Scheme\";", "ForwardedProtoHeaderName=X-Scheme")]
    [InlineData("o.ForwardedProtoHeaderName = \"X-Scheme\"; o.ForwardedProtoHeaderName = \"X-Forwarded-Proto\";", "ForwardedProtoHeaderName=X-Forwarded-Proto")]
    [InlineData("if (flag) { o.ForwardedForHeaderName = \"X-Real-IP\"; }", "ForwardedForHeaderName=X-Real-IP?")]
    [InlineData("o.ForwardedForHeaderName = texts[0];", "ForwardedForHeaderName=")]
    [InlineData("(o.ForwardedForHeaderName, _) = (\"X-Real-IP\", 1);", "ForwardedForHeaderName=?")]
    [InlineData("o.ForwardedForHeaderName = \"X-Real-IP\"; o.ForwardedHostHeaderName = \"X-Host\";", "ForwardedForHeaderName=X-Real-IP, ForwardedHostHeaderName=X-Host")]
    [InlineData("o.ForwardedPrefixHeaderName = \"X-Base\";", "ForwardedPrefixHeaderName=X-Base")]
    [InlineData("(flag ? o : new ForwardedHeadersOptions()).ForwardedForHeaderName = \"X-Real-IP\";", "ForwardedForHeaderName=X-Real-IP?")]
    [InlineData("o.ForwardedForHeaderName = \"X-Real-IP\"; GC.KeepAlive(o);", "ForwardedForHeaderName=X-Real-IP")]
    internal void Names(string body, string expected) =>
        Assert.Equal(expected, string.Join(", ", StateOf(body).HeaderNames.Select(n => n.Property + "=" + n.Text + (n.IsCertain ? "" : "?"))));

    [Theory]
    [InlineData("services.Configure<ForwardedHeadersOptions>(x => x.KnownProxies.Clear()); services.Configure<ForwardedHeadersOptions>(x => x.KnownProxies.Add(peer));", "Configure, Configure: empty/filled | default")]
    [InlineData("services.PostConfigure<ForwardedHeadersOptions>(x => x.KnownProxies.Clear()); services.Configure<ForwardedHeadersOptions>(x => x.KnownProxies.Add(peer));", "PostConfigure, Configure: empty | default")]
    [InlineData("services.AddOptions<ForwardedHeadersOptions>().Configure<IHostEnvironment>((x, e) => x.KnownProxies.Clear());", "Configure: empty | default")]
    [InlineData("services.Configure<ForwardedHeadersOptions>(\"other\", x => x.KnownProxies.Clear());", "")]
    [InlineData("services.Configure<ForwardedHeadersOptions>(configuration);", "Configure: default | default")]
    [InlineData("services.Setup<ForwardedHeadersOptions>();", "Setup: unknown | unknown")]
    [InlineData("services.AddSingleton<IConfigureOptions<ForwardedHeadersOptions>>(s => null!);", "AddSingleton: unknown | unknown")]
    [InlineData("services.AddSingleton<IConfigureOptions<ForwardedHeadersOptions>>(new ConfigureOptions<ForwardedHeadersOptions>(x => x.KnownProxies.Clear()));", "ConfigureOptions: empty | default")]
    internal void The_object_of_the_service_container(string body, string expected)
    {
        var injected = Read($$"""
            class C
            {
                void M(IServiceCollection services, IConfiguration configuration, IPAddress peer) { {{body}} }
            }
            static class E { public static void Setup<T>(this IServiceCollection services) { } }
            """).Objects.SingleOrDefault(o => o.IsInjected);
        Assert.Equal(expected, injected is null ? "" : string.Join(", ", injected.Places.Select(p => p.Name)) + ": " + Write(injected.State.Proxies) + " | " + Write(injected.State.Networks));
    }

    // Wherever the options are made, they are made once.
    [Theory]
    [InlineData("class C { ForwardedHeadersOptions _o = new() { ForwardLimit = 2 }; }")]
    [InlineData("class C { static readonly ForwardedHeadersOptions O = new ForwardedHeadersOptions { ForwardLimit = 2 }; }")]
    [InlineData("class C { object _a = new(), _o = new ForwardedHeadersOptions { ForwardLimit = 2 }; }")]
    [InlineData("class C { ForwardedHeadersOptions _a = null!, _o = new() { ForwardLimit = 2 }; }")]
    [InlineData("class C { ForwardedHeadersOptions O { get; } = new() { ForwardLimit = 2 }; }")]
    [InlineData("class C { object O { get; } = new ForwardedHeadersOptions { ForwardLimit = 2 }; }")]
    [InlineData("class C { ForwardedHeadersOptions O => new() { ForwardLimit = 2 }; }")]
    [InlineData("class C { object O => new ForwardedHeadersOptions { ForwardLimit = 2 }; }")]
    [InlineData("class C { ForwardedHeadersOptions O { get { return new() { ForwardLimit = 2 }; } } }")]
    [InlineData("class C { ForwardedHeadersOptions O { get => new() { ForwardLimit = 2 }; } }")]
    [InlineData("class C { object O { get { return new ForwardedHeadersOptions { ForwardLimit = 2 }; } } }")]
    [InlineData("class C { object? _o; object? O { get => _o; set => _o = new ForwardedHeadersOptions { ForwardLimit = 2 }; } }")]
    [InlineData("class C { C() { var o = new ForwardedHeadersOptions { ForwardLimit = 2 }; } }")]
    [InlineData("class C { object M() => new ForwardedHeadersOptions { ForwardLimit = 2 }; }")]
    [InlineData("class C { ForwardedHeadersOptions M() => new() { ForwardLimit = 2 }; }")]
    [InlineData("class C { void M() { F(); ForwardedHeadersOptions F() => new() { ForwardLimit = 2 }; } }")]
    [InlineData("class C : IDisposable { public void Dispose() { var o = new ForwardedHeadersOptions { ForwardLimit = 2 }; } }")]
    internal void An_object_is_found_wherever_it_is_made(string types) =>
        Assert.Equal([2], Assert.Single(Read(types).Objects).State.Limits.Select(l => l.Value));

    // A factory in a field is not followed to where it is called.
    [Fact]
    internal void Known_miss_an_object_that_a_lambda_in_a_field_makes() =>
        Assert.Empty(Read("class C { Func<object> _f = () => new ForwardedHeadersOptions { ForwardLimit = 2 }; }").Objects);

    [Theory]
    [InlineData("// ForwardedHeadersOptions\nclass C { }")]
    [InlineData("#if NEVER\nclass C { ForwardedHeadersOptions _o = new(); }\n#endif")]
    [InlineData("[System.Diagnostics.DebuggerTypeProxy(typeof(ForwardedHeadersOptions))] class C { }")]
    [InlineData("class C { ForwardedHeadersOptions? _o; ForwardedHeadersOptions? P { get; set; } void M(ForwardedHeadersOptions o) { } }")]
    [InlineData("interface I { void Configure(ForwardedHeadersOptions options); } class C : I { void I.Configure(ForwardedHeadersOptions options) { } }")]
    internal void A_mention_makes_no_object(string types) => Assert.DoesNotContain(Read(types).Objects, o => o.IsInjected || o.Places.Any(p => p.Kind == OptionsPlaceKind.Created));

    [Theory]
    [InlineData("class C : IConfigureOptions<ForwardedHeadersOptions> { public void Configure(ForwardedHeadersOptions o) => o.KnownProxies.Clear(); }", "C: empty")]
    [InlineData("class C : IConfigureOptions<ForwardedHeadersOptions> { void IConfigureOptions<ForwardedHeadersOptions>.Configure(ForwardedHeadersOptions o) => o.KnownProxies.Clear(); }", "C: empty")]
    [InlineData("class C : IConfigureNamedOptions<ForwardedHeadersOptions> { public void Configure(ForwardedHeadersOptions o) { } public void Configure(string? name, ForwardedHeadersOptions o) => o.KnownProxies.Clear(); }", "C: empty")]
    [InlineData("class C : IPostConfigureOptions<ForwardedHeadersOptions> { public void PostConfigure(string? name, ForwardedHeadersOptions o) => o.KnownProxies.Clear(); }", "C: empty")]
    [InlineData("class C : IConfigureOptions<ForwardedHeadersOptions>, IConfigureOptions<HostOptions> { public void Configure(HostOptions o) { } public void Configure(ForwardedHeadersOptions o) => o.KnownProxies.Clear(); }", "C: empty")]
    [InlineData("class C : IConfigureOptions<HostOptions> { public void Configure(HostOptions o) { } void Configure(ForwardedHeadersOptions o) => o.KnownProxies.Clear(); }", "")]
    [InlineData("class C : IValidateOptions<ForwardedHeadersOptions> { public ValidateOptionsResult Validate(string? name, ForwardedHeadersOptions o) => ValidateOptionsResult.Success; }", "")]
    internal void Classes_that_configure(string types, string expected) =>
        Assert.Equal(expected, string.Join(", ", Read(types).Objects.Where(o => o.IsInjected).SelectMany(o => o.Places).Select(p => p.Name + ": " + Write(p.State.Proxies))));
}
