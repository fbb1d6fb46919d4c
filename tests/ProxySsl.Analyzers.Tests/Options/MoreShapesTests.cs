using System.Threading.Tasks;
using ProxySsl.Analyzers.Tests.Verification;
using Xunit;

namespace ProxySsl.Analyzers.Tests.Options;

/// <summary>Other ways to write what the rules look for, and code that looks like it and is right.</summary>
public class MoreShapesTests
{
    private const string Flags = "options.ForwardedHeaders = ForwardedHeaders.XForwardedFor | ForwardedHeaders.XForwardedProto;";

    [Theory]
    [InlineData("(options.KnownProxies as ICollection<IPAddress>).Clear(); {|PSSL2001:((ICollection<System.Net.IPNetwork>)options.KnownIPNetworks).Clear()|};")]
    [InlineData("var (proxies, networks) = (options.KnownProxies, options.KnownIPNetworks); proxies.Clear(); networks.Clear();", false)]
    [InlineData("options.KnownProxies?.Clear(); {|PSSL2001:options.KnownIPNetworks!.Clear()|};")]
    [InlineData("using (builder.Configuration as IDisposable) { options.KnownProxies.Clear(); lock (options) { {|PSSL2001:options.KnownIPNetworks.Clear()|}; } }")]
    [InlineData("for (var i = options.KnownProxies.Count - 1; i >= 0; i--) { options.KnownProxies.RemoveAt(i); } {|PSSL2001:options.KnownIPNetworks.Clear()|};")]
    [InlineData("Action<ForwardedHeadersOptions> open = o => { o.KnownProxies.Clear(); {|PSSL2001:o.KnownIPNetworks.Clear()|}; }; open(options);")]
    [InlineData("options.KnownProxies.Clear(); options.KnownIPNetworks.Clear(); Array.ForEach(args, a => options.KnownProxies.Add(IPAddress.Parse(a)));", false)]
    [InlineData("options.KnownIPNetworks.Clear(); options.KnownProxies.Clear(); builder.Configuration.GetSection(\"P\").GetChildren().Select(c => IPAddress.Parse(c.Value!)).ToList().ForEach(options.KnownProxies.Add);", false)]
    public Task Every_sender(string body, bool reports = true) => Judge(RuleIds.EverySenderTrusted, OptionsApp.Configured(Flags + body), reports);

    [Theory]
    [InlineData("builder.Services.AddOptions<ForwardedHeadersOptions>().{|PSSL2002:PostConfigure|}(o => o.ForwardedHeaders = ForwardedHeaders.All);")]
    [InlineData("builder.WebHost.ConfigureServices(s => s.{|PSSL2002:Configure|}<ForwardedHeadersOptions>(o => o.ForwardedHeaders = ForwardedHeaders.All));")]
    [InlineData("builder.Host.ConfigureServices((_, s) => { s.{|PSSL2002:Configure|}<ForwardedHeadersOptions>(delegate (ForwardedHeadersOptions o) { o.ForwardedHeaders = ForwardedHeaders.All; }); });")]
    [InlineData("var o = Microsoft.Extensions.Options.Options.Create({|PSSL2002:new ForwardedHeadersOptions|} { ForwardedHeaders = ForwardedHeaders.All }); builder.Services.AddSingleton(o);")]
    [InlineData("builder.Services.Configure<ForwardedHeadersOptions>(o => { o.ForwardedHeaders = ForwardedHeaders.All; foreach (var a in Dns.GetHostAddresses(\"proxy\")) { o.KnownProxies.Add(a); } });", false)]
    [InlineData("builder.Services.Configure<ForwardedHeadersOptions>(o => { o.ForwardedHeaders = ForwardedHeaders.All; ((List<IPAddress>)o.KnownProxies).AddRange(args.Select(IPAddress.Parse)); });", false)]
    [InlineData("builder.Services.Configure<ForwardedHeadersOptions>(\"other\", o => o.ForwardedHeaders = ForwardedHeaders.All);", false)]
    public Task No_proxy(string statement, bool reports = true) => Judge(RuleIds.NoKnownProxy, OptionsApp.With(statement), reports);

    [Theory]
    [InlineData("options.KnownIPNetworks.Add({|PSSL2003:System.Net.IPNetwork.Parse($\"{IPAddress.Any}/0\")|});", false)]
    [InlineData("options.KnownIPNetworks.Insert(0, {|PSSL2003:new(IPAddress.Any, 0)|});")]
    [InlineData("System.Net.IPNetwork[] all = [{|PSSL2003:new(IPAddress.Any, 0)|}, {|PSSL2003:new(IPAddress.IPv6Any, 0)|}]; foreach (var n in all) { options.KnownIPNetworks.Add(n); }")]
    [InlineData("const string zero = \"0.0.0.0\"; options.KnownIPNetworks.Add({|PSSL2003:System.Net.IPNetwork.Parse(zero + \"/0\")|});")]
    [InlineData("options.KnownIPNetworks.Add({|PSSL2003:new System.Net.IPNetwork(new IPAddress(0), 0)|});")]
    [InlineData("options.KnownIPNetworks.Add(new(IPAddress.Any, 32));", false)]
    [InlineData("options.KnownIPNetworks.Add(System.Net.IPNetwork.Parse(\"0.0.0.0/8\"));", false)]
    public Task Any_network(string body, bool reports = true) =>
        Judge(RuleIds.NetworkCoversEveryAddress, OptionsApp.Configured(Flags + body), reports);

    [Theory]
    [InlineData("var options = new ForwardedHeadersOptions { ForwardedHeaders = ForwardedHeaders.All, {|PSSL2004:KnownProxies = { }|}, KnownIPNetworks = { new(IPAddress.Loopback, 8) } };")]
    [InlineData("ForwardedHeadersOptions options = new() { ForwardedHeaders = ForwardedHeaders.All, {|PSSL2004:KnownIPNetworks = { }|} };")]
    [InlineData("var options = new ForwardedHeadersOptions { ForwardedHeaders = ForwardedHeaders.All, AllowedHosts = { } };", false)]
    [InlineData("var options = new ForwardedHeadersOptions { ForwardedHeaders = ForwardedHeaders.All, AllowedHosts = [] };", false)]
    public Task Empty_initializers(string statements, bool reports = true) => Judge(RuleIds.EmptyInitializer, OptionsApp.Passed(statements), reports);

    [Theory]
    [InlineData("if (app.Environment.IsProduction()) { app.{|PSSL2005:UseForwardedHeaders|}(); }")]
    [InlineData("app.UseWhen(c => c.Request.Path.StartsWithSegments(\"/x\"), b => b.{|PSSL2005:UseForwardedHeaders|}());")]
    [InlineData("IApplicationBuilder b = app; b = b.{|PSSL2005:UseForwardedHeaders|}();")]
    [InlineData("ForwardedHeadersExtensions.{|PSSL2005:UseForwardedHeaders|}(app);")]
    [InlineData("app.UseForwardedHeaders({|PSSL2005:new ForwardedHeadersOptions|} { KnownProxies = { IPAddress.Parse(\"10.0.0.1\") } });")]
    [InlineData("var o = app.Services.GetRequiredService<Microsoft.Extensions.Options.IOptions<ForwardedHeadersOptions>>().Value; o.ForwardedHeaders = ForwardedHeaders.All; app.UseForwardedHeaders();", false)]
    [InlineData("var o = new ForwardedHeadersOptions(); app.Configuration.Bind(o); app.UseForwardedHeaders(o);", false)]
    public Task Nothing_enabled(string statement, bool reports = true) => Judge(
        RuleIds.NothingEnabled,
        $"using System.Net; using Microsoft.AspNetCore.HttpOverrides; var app = WebApplication.Create(args); {statement}",
        reports);

    [Theory]
    [InlineData("options.ForwardedHeaders = {|PSSL2007:ForwardedHeaders.XForwardedFor | ForwardedHeaders.XForwardedHost|};")]
    [InlineData("var flags = ForwardedHeaders.All; options.ForwardedHeaders = {|PSSL2007:flags|};")]
    [InlineData("options.ForwardedHeaders = {|PSSL2007:(ForwardedHeaders)7|};")]
    [InlineData("options.ForwardedHeaders = {|PSSL2007:ForwardedHeaders.All & ~ForwardedHeaders.XForwardedPrefix|};")]
    [InlineData("options.ForwardedHeaders = ForwardedHeaders.All ^ ForwardedHeaders.XForwardedHost;", false)]
    [InlineData("options.ForwardedHeaders = ForwardedHeaders.All; options.AllowedHosts = builder.Configuration[\"AllowedHosts\"]?.Split(';') ?? [];", false)]
    [InlineData("options.ForwardedHeaders = ForwardedHeaders.All; options.AllowedHosts.Add(\"*.example.org\");", false)]
    public Task Hosts(string body, bool reports = true) =>
        Judge(RuleIds.HostWithoutAllowedHosts, OptionsApp.Configured("options.KnownProxies.Add(IPAddress.Parse(\"10.0.0.1\"));" + body), reports);

    [Theory]
    [InlineData("{|PSSL2008:options.ForwardedProtoHeaderName = \"X-Forwarded-Ssl\"|};")]
    [InlineData("const string ssl = \"Front-End-\" + \"Https\"; {|PSSL2008:options.ForwardedProtoHeaderName = ssl|};")]
    [InlineData("{|PSSL2008:options.ForwardedForHeaderName = string.Empty|};")]
    [InlineData("{|PSSL2008:options.ForwardedProtoHeaderName = \"cf-visitor\"|};")]
    [InlineData("options.ForwardedProtoHeaderName = \"CloudFront-Forwarded-Proto\";", false)]
    [InlineData("options.OriginalProtoHeaderName = \"X-Forwarded-Ssl\";", false)]
    [InlineData("options.ForwardedForHeaderName = \"Forwarded\"; options.ForwardedForHeaderName = \"X-Real-IP\";", false)]
    public Task Names(string body, bool reports = true) => Judge(RuleIds.HeaderName, OptionsApp.Configured(Flags + body), reports);

    [Theory]
    [InlineData("options.KnownProxies.Add({|PSSL2009:IPAddress.Parse(\"::ffff:10.0.0.1\")|});")]
    [InlineData("options.KnownProxies.Add({|PSSL2009:IPAddress.Any|});")]
    [InlineData("options.KnownProxies.Add({|PSSL2009:IPAddress.Parse(\"10.0.0.0/8\")|});")]
    [InlineData("var proxy = IPAddress.Parse(\"10.0.0.1\"); options.KnownProxies.Add({|PSSL2009:proxy.MapToIPv6()|});")]
    [InlineData("options.KnownProxies.Add(IPAddress.Parse(args[0]).MapToIPv4());", false)]
    [InlineData("if (IPAddress.TryParse(\"proxy\", out var a)) { options.KnownProxies.Add(a); }", false)]
    public Task Entries(string body, bool reports = true) => Judge(RuleIds.EntryNeverMatches, OptionsApp.Configured(Flags + body), reports);

    [Theory]
    [InlineData("builder.Services.{|PSSL2010:Configure|}<ForwardedHeadersOptions>(builder.Configuration.GetRequiredSection(\"F\"));")]
    [InlineData("builder.Services.AddOptions<ForwardedHeadersOptions>().{|PSSL2010:BindConfiguration|}(\"F\");")]
    [InlineData("builder.Services.Configure<ForwardedHeadersOptions>(o => builder.Configuration.GetSection(\"F\").{|PSSL2010:Bind|}(o));")]
    [InlineData("builder.Services.AddOptions<ForwardedHeadersOptions>().{|PSSL2010:Bind|}(builder.Configuration.GetSection(\"F\")).ValidateOnStart();")]
    [InlineData("builder.Services.Configure<HostOptions>(builder.Configuration.GetSection(\"F\"));", false)]
    [InlineData("builder.Services.Configure<ForwardedHeadersOptions>(builder.Configuration.GetSection(\"F\")); builder.Services.PostConfigure<ForwardedHeadersOptions>(o => { foreach (var p in builder.Configuration.GetSection(\"F:KnownProxies\").GetChildren()) { o.KnownProxies.Add(IPAddress.Parse(p.Value!)); } });", false)]
    public Task Bindings(string statement, bool reports = true) => Judge(RuleIds.BindingDropsLists, OptionsApp.With(statement), reports);

    [Theory]
    [InlineData("options.ForwardedHeaders = {|PSSL2011:ForwardedHeaders.XForwardedFor|};")]
    [InlineData("options.ForwardedHeaders = ForwardedHeaders.XForwardedFor; options.ForwardedHeaders |= {|PSSL2011:ForwardedHeaders.XForwardedHost|};")]
    [InlineData("options.ForwardedHeaders = {|PSSL2011:ForwardedHeaders.All & ~ForwardedHeaders.XForwardedProto|};")]
    [InlineData("options.ForwardedHeaders = args.Length > 0 ? ForwardedHeaders.All : ForwardedHeaders.XForwardedFor;", false)]
    [InlineData("options.ForwardedHeaders = Enum.Parse<ForwardedHeaders>(\"XForwardedFor\");", false)]
    public Task Scheme(string body, bool reports = true) => Judge(
        RuleIds.ProtoNotProcessed, OptionsApp.Configured(body).Replace("app.Run();", "app.UseHttpsRedirection(); app.Run();"), reports);

    [Theory]
    [InlineData("options.KnownIPNetworks.Clear(); {|PSSL2012:options.KnownProxies.Clear()|}; foreach (var p in builder.Configuration.GetSection(\"P\").Get<string[]>() ?? []) { options.KnownProxies.Add(IPAddress.Parse(p)); }")]
    [InlineData("options.KnownIPNetworks.Clear(); {|PSSL2012:options.KnownProxies.Clear()|}; for (var i = 0; i < args.Length; i++) { options.KnownProxies.Add(IPAddress.Parse(args[i])); }")]
    [InlineData("options.KnownIPNetworks.Clear(); {|PSSL2012:options.KnownProxies.Clear()|}; if (IPAddress.TryParse(builder.Configuration[\"P\"], out var p)) { options.KnownProxies.Add(p); }")]
    [InlineData("var all = args.Select(IPAddress.Parse).ToList(); if (all.Count > 0) { options.KnownIPNetworks.Clear(); options.KnownProxies.Clear(); all.ForEach(options.KnownProxies.Add); }", false)]
    [InlineData("options.KnownIPNetworks.Clear(); options.KnownProxies.Clear(); options.KnownProxies.Add(IPAddress.Loopback); foreach (var a in args) { options.KnownProxies.Add(IPAddress.Parse(a)); }", false)]
    [InlineData("options.KnownProxies.Clear(); foreach (var a in args) { options.KnownProxies.Add(IPAddress.Parse(a)); }", false)]
    public Task Fails_open(string body, bool reports = true) => Judge(RuleIds.FailsOpen, OptionsApp.Configured(Flags + body), reports);

    private static Task Judge(string rule, string source, bool reports) => reports ? Verify.Reports(rule, source) : Verify.Silent(rule, Unmark(source));

    private static string Unmark(string source) => System.Text.RegularExpressions.Regex.Replace(source, @"\{\|[^:]*:(.*?)\|\}", "$1");
}
