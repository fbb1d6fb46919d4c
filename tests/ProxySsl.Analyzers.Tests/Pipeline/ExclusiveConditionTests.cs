using System.Threading.Tasks;
using ProxySsl.Analyzers.Tests.Verification;
using Xunit;

namespace ProxySsl.Analyzers.Tests.Pipeline;

/// <summary>Redirection under one condition and forwarded headers under another: both run, unless the conditions exclude each other.</summary>
public class ExclusiveConditionTests
{
    [Theory]
    [InlineData("proxy is null", "proxy is not null")]
    [InlineData("proxy == null", "proxy is not null")]
    [InlineData("proxy is { }", "proxy == null")]
    [InlineData("proxy is not { Length: 3 }", "proxy is { Length: 3 }")]
    [InlineData("names.Length == 0", "names.Length > 0")]
    [InlineData("names.Length == 0", "names.Any()")]
    [InlineData("!names.Any()", "names.Length != 0")]
    [InlineData("proxy == \"direct\"", "proxy == \"nginx\"")]
    [InlineData("\"direct\" == proxy", "proxy is \"nginx\"")]
    [InlineData("mode == Mode.Direct", "mode == Mode.Edge")]
    [InlineData("mode is Mode.Direct", "mode != Mode.Direct")]
    [InlineData("!flag || !other", "flag && other")]
    [InlineData("flag && other", "!(flag && other)")]
    [InlineData("!(flag || other)", "other")]
    [InlineData("Enabled", "!this.Enabled")]
    [InlineData("Settings\n    .Enabled", "!Settings.Enabled")]
    [InlineData("(flag) == false", "flag is true")]
    [InlineData("isDirect", "proxy is not null")]
    public Task Silent_where_they_exclude_each_other(string redirects, string applies) => Verify.Silent("PSSL3001", Program(redirects, applies, "UseHttpsRedirection"));

    [Theory]
    [InlineData("flag", "other")]
    [InlineData("proxy is null", "names.Length == 0")]
    [InlineData("flag || other", "flag && other")]
    [InlineData("!flag || other", "flag && other")]
    [InlineData("proxy == \"direct\"", "proxy != \"nginx\"")]
    [InlineData("mode != Mode.Direct", "mode != Mode.Edge")]
    [InlineData("names.Length == 1", "names.Length != 2")]
    [InlineData("proxy is { Length: 3 }", "proxy is { Length: > 2 }")]
    [InlineData("isDirect", "proxy is null")]
    public Task Reports_where_both_may_hold(string redirects, string applies) => Verify.Reports("PSSL3001", Program(redirects, applies, "{|PSSL3001:UseHttpsRedirection|}"));

    [Theory]
    [InlineData("if (flag) app.UseHttpsRedirection(); flag = !flag; if (!flag) app.UseForwardedHeaders();", "texts are compared, and what is written in between is not seen")]
    [InlineData("Add(app, a => a.UseHttpsRedirection()); app.UseForwardedHeaders();", "what a helper does with a delegate that it gets is not followed")]
    public Task Known_misses(string statements, string why) => Verify.KnownMiss("PSSL3001", Body(statements), why);

    [Theory]
    [InlineData("if (mode.Equals(Mode.Direct)) app.UseHttpsRedirection(); if (!mode.Equals(Mode.Direct)) app.UseForwardedHeaders();")]
    [InlineData("switch (mode) { case Mode.Direct: app.UseHttpsRedirection(); break; } switch (mode) { case Mode.Edge: app.UseForwardedHeaders(); break; }")]
    [InlineData("switch (mode) { case Mode.Edge: break; default: app.UseHttpsRedirection(); break; } if (mode == Mode.Edge) app.UseForwardedHeaders();")]
    [InlineData("_ = mode switch { Mode.Direct => app.UseHttpsRedirection(), _ => app }; if (mode == Mode.Edge) { app.UseForwardedHeaders(); }")]
    [InlineData("Tls(app, redirect: false); app.UseForwardedHeaders();")]
    [InlineData("Tls(app, !flag); if (flag) app.UseForwardedHeaders();")]
    [InlineData("Tls(app, redirect: flag); if (!flag) app.UseForwardedHeaders();")]
    public Task Silent_behind_a_switch_or_an_argument(string statements) => Verify.Silent("PSSL3001", Body(statements));

    [Theory]
    [InlineData("switch (mode) { case Mode.Direct: case Mode.Edge: app.{|PSSL3001:UseHttpsRedirection|}(); break; } if (mode == Mode.Edge) app.UseForwardedHeaders();")]
    [InlineData("switch (mode) { default: app.{|PSSL3001:UseHttpsRedirection|}(); break; } if (mode == Mode.Edge) app.UseForwardedHeaders();")]
    [InlineData("{|PSSL3001:Tls|}(app, redirect: true); app.UseForwardedHeaders();")]
    [InlineData("{|PSSL3001:Tls|}(app, flag); app.UseForwardedHeaders();")]
    [InlineData("{|PSSL3001:Tls|}(app, other); if (flag) app.UseForwardedHeaders();")]
    public Task Reports_behind_a_switch_or_an_argument(string statements) => Verify.Reports("PSSL3001", Body(statements));

    [Theory]
    [InlineData("app.UseWhen(c => c.Request.Path == \"/a\", b => b.UseForwardedHeaders(new ForwardedHeadersOptions())); app.UseWhen(x => !(x.Request.Path == \"/a\"), b => b.UseForwardedHeaders(new ForwardedHeadersOptions()));")]
    [InlineData("app.UseWhen(_ => flag, b => b.UseForwardedHeaders(new ForwardedHeadersOptions())); app.UseWhen(_ => !flag, b => b.UseForwardedHeaders(new ForwardedHeadersOptions()));")]
    [InlineData("app.UseWhen(IsInside, b => b.UseForwardedHeaders(new ForwardedHeadersOptions())); app.UseWhen(x => !IsInside(x), b => b.UseForwardedHeaders(new ForwardedHeadersOptions())); static bool IsInside(HttpContext c) => c.Request.Path == \"/a\";")]
    public Task Branches_that_exclude_each_other_apply_them_once(string statements) => Verify.Silent("PSSL3004", Body(statements));

    [Theory]
    [InlineData("app.UseWhen(c => c.Request.Path == \"/a\", b => b.UseForwardedHeaders(new ForwardedHeadersOptions())); app.UseWhen(x => !(x.Request.Path == \"/b\"), b => b.{|PSSL3004:UseForwardedHeaders|}(new ForwardedHeadersOptions()));")]
    [InlineData("app.UseWhen(c => { Console.WriteLine(); return flag; }, b => b.UseForwardedHeaders(new ForwardedHeadersOptions())); app.UseWhen(_ => !flag, b => b.{|PSSL3004:UseForwardedHeaders|}(new ForwardedHeadersOptions()));")]
    [InlineData("app.UseWhen(IsInside, b => b.UseForwardedHeaders(new ForwardedHeadersOptions())); app.UseWhen(IsInside, b => b.{|PSSL3004:UseForwardedHeaders|}(new ForwardedHeadersOptions())); static bool IsInside(HttpContext c) => c.Request.Path == \"/a\";")]
    public Task Branches_that_may_meet_apply_them_twice(string statements) => Verify.Reports("PSSL3004", Body(statements));

    [Theory]
    [InlineData("app.UseWhen(c => c.Request.Path == \"/a\", b => b.UseForwardedHeaders()); app.UseWhen(x => x.Request.Path == \"/a\", b => b.UseHttpsRedirection());")]
    [InlineData("app.UseWhen(_ => flag, b => b.UseForwardedHeaders()); app.UseWhen(_ => !flag, b => b.UseHttpsRedirection());")]
    [InlineData("app.UseWhen(_ => flag, b => b.UseForwardedHeaders()); app.UseWhen(_ => !flag, b => b.UseForwardedHeaders()); app.UseHttpsRedirection();")]
    public Task Branches_cover_what_is_under_their_condition(string statements) => Verify.Silent("PSSL3008", Body(statements));

    [Theory]
    [InlineData("app.UseWhen(_ => flag, b => b.{|PSSL3008:UseForwardedHeaders|}()); app.UseWhen(_ => other, b => b.UseHttpsRedirection());")]
    [InlineData("app.UseWhen(_ => flag && other, b => b.{|PSSL3008:UseForwardedHeaders|}()); app.UseWhen(_ => other, b => b.UseHttpsRedirection());")]
    public Task Branches_leave_out_what_is_not(string statements) => Verify.Reports("PSSL3008", Body(statements));

    [Theory]
    [InlineData("!app.Configuration.GetValue<bool>(\"AtTheEdge\")", "builder.Configuration.GetValue<bool>(\"AtTheEdge\")")]
    [InlineData("!isProxied", "app.Configuration.GetValue<bool>(\"AtTheEdge\")")]
    [InlineData("app.Configuration[\"Proxy\"] is null", "configuration[\"Proxy\"] is not null")]
    [InlineData("!app.Configuration.GetSection(\"Edge\").Exists()", "settings.GetSection(\"Edge\").Exists()")]
    public Task The_configuration_has_two_names(string redirects, string applies) => Verify.Silent("PSSL3001", Configured(redirects, applies, "UseHttpsRedirection"));

    [Theory]
    [InlineData("!app.Configuration.GetValue<bool>(\"AtTheEdge\")", "builder.Configuration.GetValue<bool>(\"Proxied\")")]
    [InlineData("!isProxied", "app.Configuration.GetSection(\"Edge\").GetValue<bool>(\"AtTheEdge\")")]
    [InlineData("!app.Configuration.GetValue<bool>(\"AtTheEdge\")", "other.GetValue<bool>(\"AtTheEdge\")")]
    public Task Another_value_or_configuration_is_another_condition(string redirects, string applies) =>
        Verify.Reports("PSSL3001", Configured(redirects, applies, "{|PSSL3001:UseHttpsRedirection|}"));

    [Theory]
    [InlineData("!settings.GetValue<bool>(\"BehindProxy\")")]
    [InlineData("app.Environment.IsProduction() && !IsBehindReverseProxy()")]
    [InlineData("settings[\"REVERSE_PROXY\"] is null")]
    [InlineData("settings[\"Behind-Proxy\"] != \"true\"")]
    [InlineData("Environment.GetEnvironmentVariable(\"BEHIND_TLS_PROXY\") == \"0\"")]
    [InlineData("!settings.GetSection(\"ForwardedHeaders\").Exists()")]
    [InlineData("settings[\"ReverseProxy:Enabled\"] != \"true\"")]
    [InlineData("!own.ReverseProxy.Enabled")]
    public Task Silent_where_the_condition_says_that_there_is_no_proxy(string redirects) => Verify.Silent("PSSL3001", WithoutProxy(redirects, "UseHttpsRedirection"));

    [Theory]
    [InlineData("settings.GetValue<bool>(\"BehindProxy\")")]
    [InlineData("!IsBehindReverseProxy() || app.Environment.IsProduction()")]
    [InlineData("settings[\"REVERSE_PROXY\"] is not null")]
    [InlineData("settings[\"Behind-Proxy\"] != \"false\"")]
    [InlineData("settings[\"Behind-Proxy\"] == \"nginx\"")]
    [InlineData("!settings.GetValue<bool>(\"HttpClient:Proxy\")")]
    [InlineData("!settings.GetValue<bool>(\"UseHttpsRedirection\")")]
    [InlineData("!settings.GetValue<bool>(\"ForwardedHeaders:Strict\")")]
    [InlineData("!own.ReverseProxy.UsesHttp2")]
    public Task Reports_where_it_does_not(string redirects) => Verify.Reports("PSSL3001", WithoutProxy(redirects, "{|PSSL3001:UseHttpsRedirection|}"));

    [Theory]
    [InlineData("settings.GetValue<bool>(\"BehindProxy\")", true)]
    [InlineData("!settings.GetValue<bool>(\"BehindProxy\")", false)]
    public Task Nothing_is_left_out_where_there_is_no_proxy(string redirects, bool isReported)
    {
        var source = WithoutProxy(redirects, isReported ? "{|PSSL3007:UseHttpsRedirection|}" : "UseHttpsRedirection").Replace("app.UseForwardedHeaders();", "");
        return isReported ? Verify.Reports("PSSL3007", source) : Verify.Silent("PSSL3007", source);
    }

    private static string WithoutProxy(string redirects, string redirection) =>
        $$"""
        using Microsoft.Extensions.Configuration;

        var app = WebApplication.Create(args);
        var settings = app.Configuration;
        var own = (ReverseProxy: (Enabled: false, UsesHttp2: false), 0);
        if ({{redirects}})
        {
            app.{{redirection}}();
        }

        app.UseForwardedHeaders();
        app.Run();

        bool IsBehindReverseProxy() => settings["Mode"] == "edge";
        """;

    private static string Configured(string redirects, string applies, string redirection) =>
        $$"""
        using Microsoft.Extensions.Configuration;

        var builder = WebApplication.CreateBuilder(args);
        var configuration = builder.Configuration;
        IConfiguration settings = builder.Configuration;
        var other = new ConfigurationBuilder().Build();
        var isProxied = builder.Configuration.GetValue<bool>("AtTheEdge");
        var app = builder.Build();
        if ({{redirects}})
        {
            app.{{redirection}}();
        }

        if ({{applies}})
        {
            app.UseForwardedHeaders();
        }

        app.Run();
        """;

    private static string Program(string redirects, string applies, string redirection) => Body($$"""
        if ({{redirects}})
        {
            app.{{redirection}}();
        }

        if ({{applies}})
        {
            app.UseForwardedHeaders();
        }
        """);

    private static string Body(string statements) => $$"""
        public enum Mode { Direct, Edge, Both }

        public class Settings { public bool Enabled { get; set; } }

        public class Startup
        {
            private bool Enabled { get; set; }

            private Settings Settings { get; } = new();

            public void Configure(IApplicationBuilder app, string? proxy, string[] names, Mode mode, bool flag, bool other)
            {
                var isDirect = proxy is null;
                {{statements}}
            }

            private static void Add(IApplicationBuilder app, Action<IApplicationBuilder> configure) => configure(app);

            private static void Tls(IApplicationBuilder app, bool redirect)
            {
                if (redirect)
                {
                    app.UseHttpsRedirection();
                }
            }

            public static void Main() { }
        }
        """;
}
