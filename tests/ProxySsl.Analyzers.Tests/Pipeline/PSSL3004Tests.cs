using System.Threading.Tasks;
using ProxySsl.Analyzers.Tests.Verification;
using Xunit;

namespace ProxySsl.Analyzers.Tests.Pipeline;

public class PSSL3004Tests
{
    private const string Rule = RuleIds.AppliedTwice;

    [Fact]
    public Task Reports_the_later_call() => Verify.Reports(
        Rule,
        """
        using Microsoft.AspNetCore.HttpOverrides;

        public static class Styles
        {
            public static void TwoInstances(IApplicationBuilder app)
            {
                app.UseForwardedHeaders(new ForwardedHeadersOptions());
                app.{|PSSL3004:UseForwardedHeaders|}(new ForwardedHeadersOptions());
            }

            public static void Mixed(IApplicationBuilder app)
            {
                app.UseForwardedHeaders();
                app.{|PSSL3004:UseForwardedHeaders|}(new ForwardedHeadersOptions());
            }

            public static void MixedTheOtherWay(IApplicationBuilder app) =>
                app.UseForwardedHeaders(new ForwardedHeadersOptions()).{|PSSL3004:UseForwardedHeaders|}();

            public static void Class(IApplicationBuilder app)
            {
                app.UseForwardedHeaders();
                app.{|PSSL3004:UseMiddleware<ForwardedHeadersMiddleware>|}();
            }

            public static void EachBranchAndOnceMore(IApplicationBuilder app, bool first)
            {
                if (first)
                {
                    app.UseForwardedHeaders(new ForwardedHeadersOptions());
                }
                else
                {
                    app.UseForwardedHeaders(new ForwardedHeadersOptions { ForwardLimit = 2 });
                }

                app.{|PSSL3004:UseForwardedHeaders|}();
            }

            public static void InABranch(IApplicationBuilder app)
            {
                app.UseWhen(c => true, branch => branch.UseForwardedHeaders());
                app.{|PSSL3004:UseForwardedHeaders|}();
            }

            public static void Helper(IApplicationBuilder app)
            {
                app.UseForwardedHeaders(new ForwardedHeadersOptions());
                app.{|PSSL3004:UseProxy|}();
            }

            private static void UseProxy(this IApplicationBuilder app) => app.UseForwardedHeaders(new ForwardedHeadersOptions());

            public static void Main() { }
        }
        """);

    [Fact]
    public Task Reports_the_call_beside_the_hosts_switch() => Verify.Reports(
        Rule,
        """
        Environment.SetEnvironmentVariable("ASPNETCORE_FORWARDEDHEADERS_ENABLED", "true");
        var app = WebApplication.CreateBuilder(args).Build();
        app.{|PSSL3004:UseForwardedHeaders|}();
        app.Run();
        """);

    [Fact]
    public Task Reports_the_call_beside_a_startup_filter() => Verify.Reports(
        Rule,
        """
        var app = WebApplication.CreateBuilder(args).Build();
        app.{|PSSL3004:UseForwardedHeaders|}();
        app.Run();

        public class Filter : IStartupFilter
        {
            public Action<IApplicationBuilder> Configure(Action<IApplicationBuilder> next) => app =>
            {
                app.UseForwardedHeaders();
                next(app);
            };
        }
        """);

    [Fact]
    public Task Silent_where_it_is_applied_once() => Verify.Silent(
        Rule,
        """
        public static class Styles
        {
            public static void Guarded(IApplicationBuilder app)
            {
                app.UseForwardedHeaders();
                app.UseForwardedHeaders();
                app.Map("/a", branch => branch.UseForwardedHeaders());
            }

            public static void Exclusive(IApplicationBuilder app, bool first)
            {
                if (first)
                {
                    app.UseForwardedHeaders(new ForwardedHeadersOptions());
                }
                else
                {
                    app.UseForwardedHeaders();
                }
            }

            public static void Opposite(IApplicationBuilder app, bool first)
            {
                if (first)
                {
                    app.UseForwardedHeaders(new ForwardedHeadersOptions());
                }

                if (!first)
                {
                    app.UseForwardedHeaders(new ForwardedHeadersOptions());
                }
            }

            public static void Directives(IApplicationBuilder app)
            {
        #if SOMETHING
                app.UseForwardedHeaders(new ForwardedHeadersOptions());
        #else
                app.UseForwardedHeaders(new ForwardedHeadersOptions());
        #endif
            }

            public static void Branches(IApplicationBuilder app)
            {
                app.Map("/a", branch => branch.UseForwardedHeaders(new ForwardedHeadersOptions()));
                app.Map("/b", branch => branch.UseForwardedHeaders(new ForwardedHeadersOptions()));
            }

            public static void Switch(IApplicationBuilder app, int mode)
            {
                switch (mode)
                {
                    case 1:
                        app.UseForwardedHeaders(new ForwardedHeadersOptions());
                        break;
                    case 2:
                        app.UseForwardedHeaders(new ForwardedHeadersOptions());
                        break;
                }
            }

            public static void Main() { }
        }
        """);

    [Fact]
    public Task Removes_the_repeated_call() => Verify.Fixes(
        Rule,
        """
        public static class Styles
        {
            public static void Statement(IApplicationBuilder app)
            {
                app.UseForwardedHeaders(new ForwardedHeadersOptions());

                app.{|PSSL3004:UseForwardedHeaders|}(new ForwardedHeadersOptions());
                app.UseHsts();
            }

            public static void Chain(IApplicationBuilder app)
            {
                app.UseForwardedHeaders(new ForwardedHeadersOptions())
                    .{|PSSL3004:UseForwardedHeaders|}(new ForwardedHeadersOptions())
                    .UseHsts();
            }

            public static void StaticForm(IApplicationBuilder app)
            {
                ForwardedHeadersExtensions.UseForwardedHeaders(app, new ForwardedHeadersOptions());
                ForwardedHeadersExtensions.{|PSSL3004:UseForwardedHeaders|}(app, new ForwardedHeadersOptions()).UseHsts();
                ForwardedHeadersExtensions.{|PSSL3004:UseForwardedHeaders|}(app, new ForwardedHeadersOptions());
            }

            public static void Main() { }
        }
        """,
        """
        public static class Styles
        {
            public static void Statement(IApplicationBuilder app)
            {
                app.UseForwardedHeaders(new ForwardedHeadersOptions());

                app.UseHsts();
            }

            public static void Chain(IApplicationBuilder app)
            {
                app.UseForwardedHeaders(new ForwardedHeadersOptions())
                    .UseHsts();
            }

            public static void StaticForm(IApplicationBuilder app)
            {
                ForwardedHeadersExtensions.UseForwardedHeaders(app, new ForwardedHeadersOptions());
                app.UseHsts();
            }

            public static void Main() { }
        }
        """);

    [Fact]
    public Task Offers_no_removal_where_only_some_ways_repeat_it() => Verify.OffersNoFix(
        Rule,
        """
        public static class Styles
        {
            public static void Configure(IApplicationBuilder app, bool first)
            {
                if (first)
                {
                    app.UseForwardedHeaders(new ForwardedHeadersOptions());
                }

                app.{|PSSL3004:UseForwardedHeaders|}(new ForwardedHeadersOptions());
            }

            public static void Main() { }
        }
        """);

    [Fact]
    public Task Empties_a_body_that_is_only_the_repeated_call() => Verify.Fixes(
        Rule,
        """
        public static class Styles
        {
            public static void Configure(IApplicationBuilder app)
            {
                app.UseForwardedHeaders(new ForwardedHeadersOptions());
                app.Map("/a", a => a.{|PSSL3004:UseForwardedHeaders|}(new ForwardedHeadersOptions()));
                app.Map("/b", b => b.{|PSSL3004:UseForwardedHeaders|}(new ForwardedHeadersOptions()).UseHsts());
            }

            public static void Behind(IApplicationBuilder? app)
            {
                app?.UseForwardedHeaders(new ForwardedHeadersOptions());
                app?.{|PSSL3004:UseForwardedHeaders|}(new ForwardedHeadersOptions());
            }

            public static void Main() { }
        }
        """,
        """
        public static class Styles
        {
            public static void Configure(IApplicationBuilder app)
            {
                app.UseForwardedHeaders(new ForwardedHeadersOptions());
                app.Map("/a", a => { });
                app.Map("/b", b => b.UseHsts());
            }

            public static void Behind(IApplicationBuilder? app)
            {
                app?.UseForwardedHeaders(new ForwardedHeadersOptions());
            }

            public static void Main() { }
        }
        """);

    [Fact]
    public Task Empties_a_method_that_is_only_the_repeated_call() => Verify.Fixes(
        Rule,
        """
        Environment.SetEnvironmentVariable("ASPNETCORE_FORWARDEDHEADERS_ENABLED", "true");

        public class Startup
        {
            public void Configure(IApplicationBuilder app) => app.{|PSSL3004:UseForwardedHeaders|}(new ForwardedHeadersOptions());
        }
        """,
        """
        Environment.SetEnvironmentVariable("ASPNETCORE_FORWARDEDHEADERS_ENABLED", "true");

        public class Startup
        {
            public void Configure(IApplicationBuilder app)
            {
            }
        }
        """);

    [Fact]
    public Task Names_both_calls() => Verify.Names(
        Rule,
        """
        public static class Styles
        {
            public static void TwoInstances(IApplicationBuilder app)
            {
                app.UseForwardedHeaders(new ForwardedHeadersOptions());
                app.{|PSSL3004:UseForwardedHeaders|}(new ForwardedHeadersOptions());
            }

            public static void Helper(IApplicationBuilder app)
            {
                app.UseForwardedHeaders(new ForwardedHeadersOptions());
                app.{|PSSL3004:UseProxy|}();
            }

            private static void UseProxy(this IApplicationBuilder app) => app.UseForwardedHeaders(new ForwardedHeadersOptions());

            public static void Main() { }
        }
        """,
        ["'UseForwardedHeaders' applies forwarded headers that 'UseForwardedHeaders' in line 5", "'UseProxy' calls UseForwardedHeaders and applies forwarded headers that 'UseForwardedHeaders' in line 11"]);

    [Fact]
    public Task Names_the_hosts_switch() => Verify.Names(
        Rule,
        """
        Environment.SetEnvironmentVariable("ASPNETCORE_FORWARDEDHEADERS_ENABLED", "true");
        var app = WebApplication.CreateBuilder(args).Build();
        app.{|PSSL3004:UseForwardedHeaders|}();
        app.Run();
        """,
        ["the host's switch ASPNETCORE_FORWARDEDHEADERS_ENABLED has applied already"]);

    // On the generic host the switch acts on the app's own builder, where a call without options adds nothing more.
    [Theory]
    [InlineData("app.UseForwardedHeaders();")]
    [InlineData("app.{|PSSL3004:UseForwardedHeaders|}(new ForwardedHeadersOptions());")]
    public Task On_the_generic_host_the_switch_guards_calls_without_options(string call) => ReportsOrNot(
        call,
        $$"""
        public class Startup
        {
            public void Configure(IApplicationBuilder app)
            {
                {{call}}
            }

            public static void Main(string[] args)
            {
                Environment.SetEnvironmentVariable("ASPNETCORE_FORWARDEDHEADERS_ENABLED", "true");
                Host.CreateDefaultBuilder(args).ConfigureWebHostDefaults(w => w.UseStartup<Startup>()).Build().Run();
            }
        }
        """);

    [Theory]
    [InlineData("start.Environment[\"ASPNETCORE_FORWARDEDHEADERS_ENABLED\"] = \"true\";")]
    [InlineData("var container = new Dictionary<string, string> { [\"ASPNETCORE_FORWARDEDHEADERS_ENABLED\"] = \"true\" };")]
    [InlineData("var container = new Dictionary<string, string> { { \"ASPNETCORE_FORWARDEDHEADERS_ENABLED\", \"true\" } };")]
    public Task Silent_where_the_switch_is_another_process(string statement) => Verify.Silent(
        Rule,
        $$"""
        var start = new System.Diagnostics.ProcessStartInfo("worker");
        {{statement}}
        var app = WebApplication.CreateBuilder(args).Build();
        app.UseForwardedHeaders();
        app.Run();
        """);

    [Fact]
    public Task Reports_the_switch_in_the_apps_configuration() => Verify.Reports(
        Rule,
        """
        var builder = WebApplication.CreateBuilder(args);
        builder.Configuration.AddInMemoryCollection(new Dictionary<string, string?> { ["ForwardedHeaders_Enabled"] = "true" });
        var app = builder.Build();
        app.{|PSSL3004:UseForwardedHeaders|}();
        app.Run();
        """);

    [Theory]
    [InlineData("ForwardedHeaders.XForwardedProto", "UseForwardedHeaders")]
    [InlineData("ForwardedHeaders.XForwardedProto | ForwardedHeaders.XForwardedFor", "{|PSSL3004:UseForwardedHeaders|}")]
    public Task Silent_where_each_call_processes_other_headers(string flags, string call) => ReportsOrNot(
        call,
        $$"""
        using Microsoft.AspNetCore.HttpOverrides;

        var app = WebApplication.Create(args);
        app.UseForwardedHeaders(new ForwardedHeadersOptions { ForwardedHeaders = ForwardedHeaders.XForwardedFor, ForwardedForHeaderName = "CF-Connecting-IP" });
        app.{{call}}(new ForwardedHeadersOptions { ForwardedHeaders = {{flags}} });
        app.Run();
        """);

    // The framework adds nothing for a second call without options on the same builder, whichever way has led to the first.
    [Fact]
    public Task Silent_where_calls_without_options_meet_on_some_ways() => Verify.Silent(
        Rule,
        """
        public static class Styles
        {
            public static void Sometimes(IApplicationBuilder app, bool first)
            {
                if (first)
                {
                    app.UseForwardedHeaders();
                }

                app.UseForwardedHeaders();
            }

            public static void OnEachWay(IApplicationBuilder app, bool first)
            {
                if (first)
                {
                    app.UseForwardedHeaders();
                }
                else
                {
                    app.UseForwardedHeaders();
                }

                app.Map("/a", branch => branch.UseForwardedHeaders());
                app.UseForwardedHeaders();
            }

            public static void Main() { }
        }
        """);

    [Fact]
    public Task Silent_where_there_is_no_proxy() => Verify.Silent(
        Rule,
        """
        var app = WebApplication.CreateBuilder(args).Build();
        app.UseForwardedHeaders(new ForwardedHeadersOptions());
        app.UseForwardedHeaders(new ForwardedHeadersOptions());
        app.Run();
        """,
        configure: test => test.TestState.AnalyzerConfigFiles.Add(("/.globalconfig", "is_global = true\nproxyssl.proxy = none\n")));

    private const string SharedHelper =
        """
        public static class Startup
        {
            public static void One(IApplicationBuilder app) => UseBoth(app);

            public static void Other(IApplicationBuilder app) => UseBoth(app);

            private static void UseBoth(IApplicationBuilder app)
            {
                app.UseForwardedHeaders(new ForwardedHeadersOptions());
                app.{|PSSL3004:UseForwardedHeaders|}(new ForwardedHeadersOptions());
            }

            public static void Main() { }
        }
        """;

    [Fact]
    public Task Reports_and_removes_once_where_two_pipelines_call_one_helper() =>
        Verify.Fixes(Rule, SharedHelper, SharedHelper.Replace("        app.{|PSSL3004:UseForwardedHeaders|}(new ForwardedHeadersOptions());\n", ""));

    // The third call adds nothing only as long as the second one is there.
    [Fact]
    public Task Offers_no_removal_where_another_call_would_take_its_place() => Verify.OffersNoFix(
        Rule,
        """
        public static class Startup
        {
            public static void Configure(IApplicationBuilder app)
            {
                app.UseForwardedHeaders(new ForwardedHeadersOptions());
                app.{|PSSL3004:UseForwardedHeaders|}();
                app.UseForwardedHeaders();
            }

            public static void Main() { }
        }
        """);

    [Fact]
    public Task Offers_no_removal_of_what_another_pipeline_needs() => Verify.OffersNoFix(
        Rule,
        """
        public static class Startup
        {
            public static void One(IApplicationBuilder app)
            {
                app.UseForwardedHeaders();
                {|PSSL3004:UseProxy|}(app);
            }

            public static void Other(IApplicationBuilder app) => UseProxy(app);

            private static void UseProxy(IApplicationBuilder app) => app.UseForwardedHeaders(new ForwardedHeadersOptions());

            public static void Main() { }
        }
        """);

    [Fact]
    public Task Names_the_file_of_the_first_call() => Verify.Names(
        Rule,
        """
        public static class Startup
        {
            public static void Configure(IApplicationBuilder app) => app.{|PSSL3004:UseForwardedHeaders|}(new ForwardedHeadersOptions());

            public static void Main() { }
        }
        """,
        ["'UseForwardedHeaders' in Filter.cs, line 3, has applied already"],
        configure: test => test.TestState.Sources.Add(("/0/Filter.cs", """
            public class Filter : IStartupFilter
            {
                public Action<IApplicationBuilder> Configure(Action<IApplicationBuilder> next) => app => { app.UseForwardedHeaders(); next(app); };
            }
            """)));

    [Fact]
    public Task Offers_no_removal_of_what_alone_applies_them_on_a_way_of_another_pipeline() => Verify.OffersNoFix(
        Rule,
        """
        public static class Startup
        {
            public static void One(IApplicationBuilder app, bool first)
            {
                app.UseForwardedHeaders(new ForwardedHeadersOptions());
                {|PSSL3004:UseBoth|}(app, first);
            }

            public static void Other(IApplicationBuilder app, bool first) => UseBoth(app, first);

            private static void UseBoth(IApplicationBuilder app, bool first)
            {
                if (first)
                {
                    app.UseForwardedHeaders(new ForwardedHeadersOptions());
                }

                app.{|PSSL3004:UseForwardedHeaders|}(new ForwardedHeadersOptions());
            }

            public static void Main() { }
        }
        """);

    private static Task ReportsOrNot(string call, string source) => call.Contains("{|", System.StringComparison.Ordinal) ? Verify.Reports(Rule, source) : Verify.Silent(Rule, source);

    // What is too much is the object of the first call, which PSSL3005 takes out: without the second, what is configured has no effect.
    [Fact]
    public Task Offers_no_removal_of_the_call_that_takes_what_is_configured() => Verify.OffersNoFix(Rule, """
        using Microsoft.AspNetCore.HttpOverrides;

        var builder = WebApplication.CreateBuilder(args);
        builder.Services.Configure<ForwardedHeadersOptions>(o => o.ForwardedHeaders = ForwardedHeaders.XForwardedFor);
        var app = builder.Build();
        app.UseForwardedHeaders(new ForwardedHeadersOptions { ForwardedHeaders = ForwardedHeaders.XForwardedFor | ForwardedHeaders.XForwardedProto });
        app.{|PSSL3004:UseForwardedHeaders|}();
        app.Run();
        """);
}
