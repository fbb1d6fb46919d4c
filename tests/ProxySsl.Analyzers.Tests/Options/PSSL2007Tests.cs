using System.Threading.Tasks;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Testing;
using ProxySsl.Analyzers.Options;
using ProxySsl.Analyzers.Tests.Verification;
using Xunit;

namespace ProxySsl.Analyzers.Tests.Options;

/// <summary>PSSL2007: X-Forwarded-Host is taken over from anyone.</summary>
public class PSSL2007Tests
{
    private const string Rule = RuleIds.HostWithoutAllowedHosts;

    [Theory]
    [InlineData("options.ForwardedHeaders = {|PSSL2007:ForwardedHeaders.All|};")]
    [InlineData("options.ForwardedHeaders = {|PSSL2007:ForwardedHeaders.XForwardedFor | ForwardedHeaders.XForwardedHost|};")]
    [InlineData("options.ForwardedHeaders = ForwardedHeaders.XForwardedFor; options.ForwardedHeaders |= {|PSSL2007:ForwardedHeaders.XForwardedHost|};")]
    [InlineData("options.ForwardedHeaders = {|PSSL2007:ForwardedHeaders.All & ~ForwardedHeaders.XForwardedPrefix|};")]
    [InlineData("const ForwardedHeaders all = ForwardedHeaders.All; options.ForwardedHeaders = {|PSSL2007:all|};")]
    [InlineData("var flags = ForwardedHeaders.XForwardedFor; flags |= ForwardedHeaders.XForwardedHost; options.ForwardedHeaders = {|PSSL2007:flags|};")]
    [InlineData("options.ForwardedHeaders = {|PSSL2007:(ForwardedHeaders)7|};")]
    [InlineData("options.ForwardedHeaders = {|PSSL2007:builder.Environment.IsDevelopment() ? ForwardedHeaders.None : ForwardedHeaders.All|};")]
    [InlineData("options.ForwardedHeaders = {|PSSL2007:ForwardedHeaders.All|}; options.AllowedHosts.Clear();")]
    [InlineData("options.ForwardedHeaders = {|PSSL2007:ForwardedHeaders.All|}; options.AllowedHosts = new List<string>();")]
    [InlineData("options.ForwardedHeaders = {|PSSL2007:ForwardedHeaders.All|}; options.AllowedHosts.Add(\"*\");")]
    [InlineData("options.ForwardedHeaders = {|PSSL2007:ForwardedHeaders.All|}; options.AllowedHosts.Add(\"app.example:443\");")]
    [InlineData("options.ForwardedHeaders = {|PSSL2007:ForwardedHeaders.All|}; options.AllowedHosts = [\"https://app.example\"];")]
    [InlineData("options.ForwardedHeaders = {|PSSL2007:Flags.Everything|};")]
    [InlineData("options.ForwardedHeaders = {|PSSL2007:ForwardedHeaders.All|}; options.ForwardedHeaders &= ~ForwardedHeaders.XForwardedPrefix;")]
    [InlineData("options.ForwardedHeaders = {|PSSL2007:ForwardedHeaders.All|}; options.ForwardedHeaders |= ForwardedHeaders.XForwardedFor;")]
    [InlineData("options.ForwardedHeaders = {|PSSL2007:ForwardedHeaders.All|}; options.AllowedHosts.Add(\"/app\");")]
    [InlineData("options.ForwardedHeaders = {|PSSL2007:ForwardedHeaders.All|}; options.AllowedHosts.Add(\"[::1]:8080\");")]
    [InlineData("options.ForwardedHeaders = {|PSSL2007:ForwardedHeaders.All|}; options.AllowedHosts = [\"app.example\", \"*\"];")]
    [InlineData("options.ForwardedHeaders = {|PSSL2007:ForwardedHeaders.All|}; options.AllowedHosts = [\"app.example\", \"app.example:443\"];")]
    [InlineData("options.ForwardedHeaders = {|PSSL2007:ForwardedHeaders.All|}; ((List<string>)options.AllowedHosts).AddRange(new[] { \"app.example:8080\" });")]
    [InlineData("options.ForwardedHeaders = {|PSSL2007:ForwardedHeaders.All|}; foreach (var host in new[] { \"app.example:8080\" }) { options.AllowedHosts.Add(host); }")]
    public Task Reports(string body) => Verify.Reports(
        Rule, OptionsApp.Configured(body) + "\nstatic class Flags { public static readonly ForwardedHeaders Everything = ForwardedHeaders.All; }");

    [Theory]
    [InlineData("options.ForwardedHeaders = ForwardedHeaders.XForwardedFor | ForwardedHeaders.XForwardedProto;")]
    [InlineData("options.ForwardedHeaders = ForwardedHeaders.All; options.AllowedHosts.Add(\"app.example\");")]
    [InlineData("options.ForwardedHeaders = ForwardedHeaders.All; options.AllowedHosts = new List<string> { \"app.example\", \"*.app.example\", \"[::1]\" };")]
    [InlineData("options.ForwardedHeaders = ForwardedHeaders.All; options.AllowedHosts = builder.Configuration.GetSection(\"Hosts\").Get<string[]>()!;")]
    [InlineData("options.ForwardedHeaders = ForwardedHeaders.All; if (args.Length > 0) { options.AllowedHosts.Add(\"app.example\"); }")]
    [InlineData("options.ForwardedHeaders = ForwardedHeaders.All; options.ForwardedHeaders &= ~ForwardedHeaders.XForwardedHost;")]
    [InlineData("options.ForwardedHeaders = ForwardedHeaders.All; options.ForwardedHeaders = ForwardedHeaders.XForwardedFor;")]
    [InlineData("if (args.Length > 0) { options.ForwardedHeaders = ForwardedHeaders.All; }")]
    [InlineData("options.ForwardedHeaders = ForwardedHeaders.All; ((List<string>)options.AllowedHosts).AddRange([\"app.example\"]);")]
    [InlineData("options.ForwardedHeaders = ForwardedHeaders.All; foreach (var host in args) { options.AllowedHosts.Add(host); }")]
    [InlineData("options.ForwardedHeaders = Enum.Parse<ForwardedHeaders>(args[0]);")]
    [InlineData("options.ForwardedHeaders = ForwardedHeaders.All; if (args.Length > 0) { options.AllowedHosts.Add(\"app.example:443\"); }")]
    public Task Stays_silent(string body) => Verify.Silent(Rule, OptionsApp.Configured(body));

    [Fact]
    public Task Stays_silent_where_another_call_restricts_hosts() => Verify.Silent(Rule, OptionsApp.With("""
        builder.Services.Configure<ForwardedHeadersOptions>(o => o.ForwardedHeaders = ForwardedHeaders.All);
        builder.Services.Configure<ForwardedHeadersOptions>(o => o.AllowedHosts.Add("app.example"));
        """));

    private const string AnySender = "whoever sends the header chooses the host";

    private const string KnownSenders = "the client chooses the host wherever a trusted proxy hands on the header as the client sent it";

    [Theory]
    [InlineData("options.KnownProxies.Clear(); options.KnownIPNetworks.Clear();", "X-Forwarded-Host", AnySender)]
    [InlineData("options.KnownIPNetworks.Add(System.Net.IPNetwork.Parse(\"0.0.0.0/0\"));", "X-Forwarded-Host", AnySender)]
    [InlineData("options.KnownProxies.Add(IPAddress.Parse(\"10.0.0.2\"));", "X-Forwarded-Host", KnownSenders)]
    [InlineData("options.KnownIPNetworks.Add(System.Net.IPNetwork.Parse(\"::/0\"));", "X-Forwarded-Host", KnownSenders)]
    [InlineData("", "X-Forwarded-Host", KnownSenders)]
    [InlineData("options.ForwardedHostHeaderName = \"X-Host\";", "X-Host", KnownSenders)]
    [InlineData("options.KnownProxies.Clear(); options.KnownIPNetworks.Clear(); options.ForwardedHostHeaderName = \"X-Original-Host\";", "X-Original-Host", AnySender)]
    [InlineData("options.ForwardedForHeaderName = \"X-Real-IP\";", "X-Forwarded-Host", KnownSenders)]
    [InlineData("options.ForwardedHostHeaderName = builder.Configuration[\"HostHeader\"]!;", "The forwarded host header", KnownSenders)]
    [InlineData("if (args.Length > 0) { options.ForwardedHostHeaderName = \"X-Host\"; }", "The forwarded host header", KnownSenders)]
    public Task Names_the_header_and_who_chooses(string body, string header, string who) => Verify.ReportsMessage(
        OptionsApp.Configured("options.ForwardedHeaders = {|#0:ForwardedHeaders.All|};" + body),
        new DiagnosticResult(Rule, DiagnosticSeverity.Warning).WithLocation(0),
        $"{header} is processed and AllowedHosts of the options is empty, so {who}; drop XForwardedHost, or list the app's host names in AllowedHosts");

    [Theory]
    [InlineData("o.ForwardedHostHeaderName = \"X-Host\";", "X-Host")]
    [InlineData("if (args.Length > 0) { o.ForwardedHostHeaderName = \"X-Host\"; }", "X-Host")]
    [InlineData("o.ForwardedHostHeaderName = \"x-host\";", "x-host")]
    [InlineData("o.ForwardedHostHeaderName = \"X-Other-Host\";", "The forwarded host header")]
    [InlineData("o.ForwardedHostHeaderName = builder.Configuration[\"HostHeader\"]!;", "The forwarded host header")]
    [InlineData("o.ForwardLimit = 1;", "X-Host")]
    public Task Names_the_header_that_every_call_gives(string other, string header) => Verify.Names(
        Rule,
        OptionsApp.With($$"""
            builder.Services.Configure<ForwardedHeadersOptions>(o => { o.ForwardedHeaders = {|PSSL2007:ForwardedHeaders.All|}; o.ForwardedHostHeaderName = "X-Host"; });
            builder.Services.Configure<ForwardedHeadersOptions>(o => { {{other}} });
            """),
        [header + " is processed"]);

    [Theory]
    [InlineData("ForwardedHeaders.All", "ForwardedHeaders.XForwardedFor | ForwardedHeaders.XForwardedProto")]
    [InlineData("ForwardedHeaders.XForwardedFor | ForwardedHeaders.XForwardedHost | ForwardedHeaders.XForwardedProto", "ForwardedHeaders.XForwardedFor | ForwardedHeaders.XForwardedProto")]
    [InlineData("ForwardedHeaders.XForwardedHost | ForwardedHeaders.XForwardedProto", "ForwardedHeaders.XForwardedProto")]
    [InlineData("(ForwardedHeaders)7", "(ForwardedHeaders)7 & ~ForwardedHeaders.XForwardedHost")]
    [InlineData("ForwardedHeaders.All & ~ForwardedHeaders.XForwardedPrefix", "ForwardedHeaders.All & ~ForwardedHeaders.XForwardedPrefix & ~ForwardedHeaders.XForwardedHost")]
    [InlineData("Flags.Everything", "Flags.Everything & ~ForwardedHeaders.XForwardedHost")]
    [InlineData("Flags.Mine | ForwardedHeaders.XForwardedHost", "Flags.Mine")]
    [InlineData("Flags.Everything | ForwardedHeaders.XForwardedHost", "Flags.Everything & ~ForwardedHeaders.XForwardedHost")]
    [InlineData("ForwardedHeaders.XForwardedHost", "ForwardedHeaders.None")]
    public Task Drops_the_flag(string before, string after) => Verify.Fixes(
        Rule,
        OptionsApp.Configured($"options.ForwardedHeaders = {{|PSSL2007:{before}|}}; // flags") + OwnFlags,
        OptionsApp.Configured($"options.ForwardedHeaders = {after}; // flags") + OwnFlags);

    private const string OwnFlags =
        "\nstatic class Flags { public const ForwardedHeaders Everything = ForwardedHeaders.All; public const ForwardedHeaders Mine = ForwardedHeaders.XForwardedFor; }";

    [Fact]
    public Task Adds_hosts() => Verify.Fixes(
        Rule,
        OptionsApp.Configured("options.ForwardedHeaders = {|PSSL2007:ForwardedHeaders.All|};"),
        OptionsApp.Configured("options.ForwardedHeaders = ForwardedHeaders.All;\n    options.AllowedHosts.Add(\"example.com\");"),
        index: 1);

    [Fact]
    public Task Adds_hosts_to_an_initializer() => Verify.Fixes(
        Rule,
        OptionsApp.Passed("var options = new ForwardedHeadersOptions { ForwardedHeaders = {|PSSL2007:ForwardedHeaders.All|} };"),
        OptionsApp.Passed("var options = new ForwardedHeadersOptions { ForwardedHeaders = ForwardedHeaders.All, AllowedHosts = { \"example.com\" } };"),
        index: 1);

    [Fact]
    public Task Wrong_hosts_leave_one_way_out() => Verify.Fixes(
        Rule,
        OptionsApp.Configured("options.ForwardedHeaders = {|PSSL2007:ForwardedHeaders.All|}; options.AllowedHosts.Add(\"app.example:443\");"),
        OptionsApp.Configured("options.ForwardedHeaders = ForwardedHeaders.XForwardedFor | ForwardedHeaders.XForwardedProto; options.AllowedHosts.Add(\"app.example:443\");"),
        configure: test => test.DiagnosticVerifier = (diagnostic, _, _) => Assert.Equal(HostWithoutAllowedHostsRule.FixDropOnly, diagnostic.Properties[FixProperties.Fix]));

    [Theory]
    [InlineData("app.MapGet(\"/\", (HttpRequest request) => request.Host.Value);")]
    [InlineData("app.MapGet(\"/\", (HttpContext context) => $\"{context.Request.Scheme}://{context.Request.Host}/\");")]
    [InlineData("app.MapGet(\"/\", (HttpContext context) => context.Request is { Host: { HasValue: true } host } ? host.Host : \"\");")]
    [InlineData("app.MapGet(\"/\", (HttpContext context) => context.Request.Headers.Host.ToString());")]
    [InlineData("app.MapGet(\"/\", (HttpRequest request) => Microsoft.AspNetCore.Http.Extensions.UriHelper.GetDisplayUrl(request));")]
    [InlineData("app.MapGet(\"/\", (LinkGenerator links, HttpContext context) => links.GetUriByName(context, \"home\"));")]
    [InlineData("app.MapGet(\"/\", (HttpRequest request) => $\"https://{request.Headers[Microsoft.Net.Http.Headers.HeaderNames.Host]}/\");")]
    [InlineData("app.MapGet(\"/\", (HttpRequest request) => $\"https://{request.Headers[\"Host\"]}/\");")]
    [InlineData("app.MapGet(\"/\", () => \"\").RequireHost(\"app.example\");")]
    [InlineData("app.MapGet(\"/\", (Microsoft.AspNetCore.Components.NavigationManager navigation) => navigation.BaseUri);")]
    [InlineData("app.MapGet(\"/\", (Microsoft.AspNetCore.Components.NavigationManager navigation) => navigation.ToAbsoluteUri(\"reset\"));")]
    [InlineData("app.MapGet(\"/\", (IUrlHelper Url) => Url.Action(\"Reset\", \"Account\", null, \"https\"));")]
    [InlineData("app.MapGet(\"/\", (IUrlHelper Url) => Url.Action(\"Reset\", \"Account\", values: null, protocol: \"https\"));")]
    [InlineData("app.MapGet(\"/\", (IUrlHelper urlHelper) => urlHelper.RouteUrl(\"reset\", null, \"https\"));")]
    [InlineData("app.MapGet(\"/\", (IUrlHelper Url) => Url.Page(\"/Reset\", null, null, \"https\"));")]
    [InlineData("app.MapGet(\"/\", (IUrlHelper Url) => Url.PageLink(\"/Reset\"));")]
    [InlineData("app.MapGet(\"/\", (IUrlHelper Url) => Url.Link(\"reset\", null));")]
    [InlineData("app.MapGet(\"/\", (IUrlHelper Url) => Url.Action(new Microsoft.AspNetCore.Mvc.Routing.UrlActionContext { Action = \"Reset\", Protocol = \"https\" }));")]
    public Task A_warning_where_the_app_makes_something_of_the_host(string use) => Verify.Warns(Rule, "using Microsoft.AspNetCore.Mvc;\n" + OptionsApp.Configured(
        "options.ForwardedHeaders = {|PSSL2007:ForwardedHeaders.All|};").Replace("app.Run();", use + " app.Run();"));

    [Theory]
    [InlineData("")]
    [InlineData("app.MapGet(\"/\", (HttpContext context) => context.Request.Path.Value);")]
    [InlineData("app.MapGet(\"/\", () => new Uri(\"https://app.example\").Host);")]
    [InlineData("app.UseHttpsRedirection();")]
    [InlineData("app.MapGet(\"/\", () => Results.CreatedAtRoute(\"shop\"));")]
    [InlineData("Host.CreateDefaultBuilder();")]
    [InlineData("new HttpRequestMessage().Headers.Host = \"api.example\";")]
    [InlineData("app.MapGet(\"/\", (Microsoft.AspNetCore.Components.NavigationManager navigation) => navigation.NavigateTo(\"/login\"));")]
    [InlineData("app.MapGet(\"/\", (IUrlHelper Url) => Url.Action(\"Reset\", \"Account\", new { id = 1 }));")]
    [InlineData("app.MapGet(\"/\", (IUrlHelper Url) => Url.Page(\"/Reset\"));")]
    [InlineData("app.MapGet(\"/\", (LinkGenerator links, HttpContext context) => links.GetPathByName(context, \"home\"));")]
    [InlineData("app.MapGet(\"/\", [ResponseCache(Duration = 0, Location = ResponseCacheLocation.None, NoStore = true)] () => \"\");")]
    [InlineData("app.MapGet(\"/\", [ResponseCache(Duration = 60, Location = ResponseCacheLocation.Client)] () => \"\");")]
    [InlineData("var mail = builder.Configuration[\"Host\"]; var settings = new Dictionary<string, string> { [\"Host\"] = \"\" }; Console.WriteLine(mail + settings[\"Host\"]);")]
    [InlineData("app.UseOutputCache(); app.UseResponseCaching();")]
    [InlineData("app.MapGet(\"/\", [ResponseCache(Duration = 60)] () => \"\");")]
    [InlineData("// app.MapReverseProxy();\n")]
    [InlineData("var createdAt = DateTime.UtcNow; var baseUri = new Uri(\"https://api.example\").AbsoluteUri; var tenantId = \"a\";")]
    public Task A_suggestion_where_nothing_is_seen_to(string use) => Verify.Suggests(Rule, "using Microsoft.AspNetCore.Mvc;\n" + OptionsApp.Configured(
        "options.ForwardedHeaders = {|PSSL2007:ForwardedHeaders.All|}; options.KnownProxies.Clear(); options.KnownIPNetworks.Clear();").Replace("app.Run();", use + " app.Run();"));

    [Fact]
    public Task A_suggestion_where_the_host_is_read_for_the_log_of_requests() => Verify.Suggests(
        Rule,
        OptionsApp.Configured("options.ForwardedHeaders = {|PSSL2007:ForwardedHeaders.All|};") + """

        public interface IDiagnosticContext { void Set(string name, object? value); }

        public static class Requests
        {
            public static void Enrich(IDiagnosticContext log, HttpContext context) => log.Set("Host", context.Request.Host.Value);
        }
        """);

    [Theory]
    [InlineData("var own = builder.Configuration[\"PublicHost\"]; app.Use((context, next) => { if (!string.IsNullOrEmpty(own)) { context.Request.Host = new HostString(own); } return next(); });", true)]
    [InlineData("app.Use((context, next) => { context.Request.Host = new HostString(\"app.example\", 443); return next(); });", true)]
    [InlineData("Set(app, new()); static void Set(WebApplication app, UriBuilder address) => app.Use((context, next) => { context.Request.Host = new HostString(address.Host); return next(); });", true)]
    [InlineData("app.Use((context, next) => { context.Request.Host = new HostString(context.Request.Headers[\"X-Original-Host\"].ToString()); return next(); });", false)]
    [InlineData("app.Use((context, next) => { var original = context.Request.Headers[\"X-Original-Host\"].ToString(); context.Request.Host = new HostString(original); return next(); });", false)]
    [InlineData("app.Use((context, next) => { if (context.Request.Headers.TryGetValue(\"X-Original-Host\", out var original)) { context.Request.Host = new HostString(original!); } return next(); });", false)]
    [InlineData("app.Use((HttpContext context, Func<Task> next) => { Set(context, \"\"); return next(); }); static void Set(HttpContext context, string host) => context.Request.Host = new HostString(host);", false)]
    [InlineData("new HttpRequestMessage().Headers.Host = \"api.example\";", false)]
    [InlineData("var made = new DefaultHttpContext(); made.Request.Host = new HostString(\"app.example\");", false)]
    [InlineData("_ = new DefaultHttpContext { Request = { Host = new HostString(\"app.example\") } };", false)]
    [InlineData("app.Use((context, next) => { if (context.Request.Path == \"/old\") { context.Request.Host = new HostString(\"old.example\"); } return next(); });", false)]
    [InlineData("app.Map(\"/old\", old => old.Run(context => { context.Request.Host = new HostString(\"old.example\"); return Task.CompletedTask; }));", false)]
    [InlineData("app.MapGet(\"/old\", (HttpRequest request) => { request.Host = new HostString(\"old.example\"); return request.Host.Value; });", false)]
    public Task A_suggestion_where_the_app_gives_its_requests_a_host_of_its_own(string own, bool isSuggestion) => Verify.Grades(
        Rule,
        OptionsApp.Configured("options.ForwardedHeaders = {|PSSL2007:ForwardedHeaders.All|};").Replace("app.Run();", own + " app.MapGet(\"/\", (HttpRequest request) => request.Host.Value); app.Run();"),
        isSuggestion);

    [Theory]
    [InlineData("ArgumentNullException.ThrowIfNull(options);")]
    [InlineData("Console.WriteLine(options);")]
    [InlineData("System.Diagnostics.Debug.Assert(!ReferenceEquals(options, null));")]
    public Task Reports_beside_a_call_that_only_looks_at_the_options(string call) => Verify.Reports(
        Rule, OptionsApp.Configured(call + " options.ForwardedHeaders = {|PSSL2007:ForwardedHeaders.All|};"));

    [Fact]
    public Task Silent_beside_a_call_that_may_add_hosts() => Verify.Silent(
        Rule, OptionsApp.Configured("System.Text.Json.JsonSerializer.Serialize(options); options.ForwardedHeaders = ForwardedHeaders.All;"));

    [Fact]
    public Task Misses_ways_that_all_set_the_flag_in_calls_of_their_own() => Verify.KnownMiss(
        Rule,
        """
        using Microsoft.AspNetCore.HttpOverrides;

        var builder = WebApplication.CreateBuilder(args);
        if (builder.Configuration.GetValue<bool>("Edge"))
        {
            builder.Services.Configure<ForwardedHeadersOptions>(o => o.ForwardedHeaders = ForwardedHeaders.All);
        }
        else
        {
            builder.Services.Configure<ForwardedHeadersOptions>(o => o.ForwardedHeaders = ForwardedHeaders.XForwardedHost);
        }

        var app = builder.Build();
        app.UseForwardedHeaders();
        app.Run();
        """,
        "each call is under a condition, and that one of them always runs is not put together");

    [Theory]
    [InlineData("app.MapGet(\"/\", (HttpRequest request) => request.Host.Value);", true)]
    [InlineData("app.MapGet(\"/\", (HttpRequest request) => Microsoft.AspNetCore.Http.Extensions.UriHelper.GetDisplayUrl(request));", true)]
    [InlineData("app.MapGet(\"/\", (LinkGenerator links, HttpContext context) => links.GetUriByName(context, \"home\"));", true)]
    [InlineData("app.MapGet(\"/\", (IUrlHelper Url) => Url.Action(\"Reset\", \"Account\", null, \"https\"));", false)]
    [InlineData("app.UseOutputCache(); app.UseResponseCaching(); app.MapGet(\"/\", (HttpRequest request) => request.Host.Value);", true)]
    [InlineData("app.MapGet(\"/\", [ResponseCache(Duration = 60)] (HttpRequest request) => request.Host.Value);", false)]
    [InlineData("app.MapGet(\"/\", [ResponseCache(NoStore = true)] (HttpRequest request) => request.Host.Value);", true)]
    [InlineData("_ = nameof(AddGoogle); void AddGoogle() { }", false)]
    [InlineData("app.MapGet(\"/\", (HttpRequest request) => request.Host.Value); _ = typeof(Microsoft.AspNetCore.Authentication.OAuth.OAuthOptions);", false)]
    [InlineData("app.MapGet(\"/\", (HttpRequest request) => request.Host.Value); _ = nameof(MailOAuthOptions); void MailOAuthOptions() { }", true)]
    [InlineData("app.MapGet(\"/\", (HttpRequest request) => request.Host.Value); OAuthOptions(); void OAuthOptions() { }", true)]
    [InlineData("app.MapGet(\"/\", (HttpRequest request) => request.Host.Value); _ = nameof(AddGoogleCloudStorage); void AddGoogleCloudStorage() { }", true)]
    public Task A_suggestion_where_the_flag_is_named_and_only_links_are_made(string use, bool isSuggestion) => Verify.Grades(
        Rule,
        "using Microsoft.AspNetCore.Mvc;\n" + OptionsApp.Configured("options.ForwardedHeaders = {|PSSL2007:ForwardedHeaders.XForwardedProto | ForwardedHeaders.XForwardedHost|};").Replace("app.Run();", use + " app.Run();"),
        isSuggestion);

    [Theory]
    [InlineData("protected string Reset() => $\"https://{Request.Host}/reset\";", "", true)]
    [InlineData("private string Reset => $\"https://{Request.Host}/reset\";", "", true)]
    [InlineData("protected string Reset() => $\"https://{Request.Host}/reset\";", "public class AccountController : LinksController { public string Get() => Reset(); }", false)]
    [InlineData("protected virtual string Reset() => $\"https://{Request.Host}/reset\";", "", false)]
    [InlineData("public string Reset() => $\"https://{Request.Host}/reset\";", "", false)]
    public Task A_suggestion_where_only_a_member_that_none_calls_reads_the_host(string member, string other, bool isSuggestion) => Verify.Grades(
        Rule,
        OptionsApp.Configured("options.ForwardedHeaders = {|PSSL2007:ForwardedHeaders.All|};") + $$"""

        public abstract class LinksController : Microsoft.AspNetCore.Mvc.ControllerBase
        {
            {{member}}
        }

        {{other}}
        """,
        isSuggestion);

    [Theory]
    [InlineData("", true)]
    [InlineData("public static string Reset(HttpRequest request) => $\"https://{request.Host}/reset\";", false)]
    public Task A_suggestion_in_a_library_where_nothing_is_seen_to(string member, bool isSuggestion) => Verify.Grades(
        Rule,
        $$"""
        using Microsoft.AspNetCore.HttpOverrides;

        public static class Proxies
        {
            public static void Add(IServiceCollection services) =>
                services.Configure<ForwardedHeadersOptions>(o => o.ForwardedHeaders = {|PSSL2007:ForwardedHeaders.All|});

            {{member}}
        }
        """,
        isSuggestion,
        configure: t => t.TestState.OutputKind = OutputKind.DynamicallyLinkedLibrary);
}
