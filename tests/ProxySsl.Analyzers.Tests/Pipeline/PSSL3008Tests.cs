using System.Threading.Tasks;
using ProxySsl.Analyzers.Tests.Verification;
using Xunit;

namespace ProxySsl.Analyzers.Tests.Pipeline;

public class PSSL3008Tests
{
    private const string Rule = RuleIds.PartlyApplied;

    [Fact]
    public Task Reports_what_does_not_cover_the_pipeline() => Verify.Reports(
        Rule,
        """
        public class Branch
        {
            public void Configure(IApplicationBuilder app)
            {
                app.Map("/api", branch => branch.{|PSSL3008:UseForwardedHeaders|}());
                app.UseHttpsRedirection();
            }
        }

        public class BranchBehind
        {
            public void Configure(IApplicationBuilder app)
            {
                app.UseAuthentication();
                app.UseWhen(c => c.Request.Path.StartsWithSegments("/api"), branch => branch.{|PSSL3008:UseForwardedHeaders|}());
            }
        }

        public class Development
        {
            public void Configure(IApplicationBuilder app, IHostEnvironment environment)
            {
                if (environment.IsDevelopment())
                {
                    app.UseForwardedHeaders();
                }

                app.UseHsts();
            }
        }

        public class Terminal
        {
            public void Configure(IApplicationBuilder app)
            {
                app.UseRouting();
                app.UseEndpoints(endpoints => endpoints.MapGet("/", () => "ok"));
                app.{|PSSL3008:UseForwardedHeaders|}();
            }

            public static void Main() { }
        }
        """);

    [Fact]
    public Task Reports_development_only() => Verify.Reports(
        Rule,
        """
        var app = WebApplication.CreateBuilder(args).Build();
        if (app.Environment.IsDevelopment())
        {
            app.{|PSSL3008:UseForwardedHeaders|}();
        }

        app.UseHttpsRedirection();
        app.MapGet("/", () => "ok");
        app.Run();
        """);

    [Fact]
    public Task Silent_where_it_covers_what_relies_on_it() => Verify.Silent(
        Rule,
        """
        public class Root
        {
            public void Configure(IApplicationBuilder app)
            {
                app.UseForwardedHeaders();
                app.Map("/api", branch => branch.UseForwardedHeaders());
                app.UseHttpsRedirection();
            }
        }

        public class NobodyElse
        {
            public void Configure(IApplicationBuilder app)
            {
                app.Map("/api", branch => branch.UseForwardedHeaders().UseHttpsRedirection());
                app.UseStaticFiles();
            }
        }

        public class TrustedPeer
        {
            public void Configure(IApplicationBuilder app)
            {
                app.UseWhen(c => System.Net.IPAddress.IsLoopback(c.Connection.RemoteIpAddress!), branch => branch.UseForwardedHeaders());
                app.UseHttpsRedirection();
            }
        }

        public class OutsideDevelopment
        {
            public void Configure(IApplicationBuilder app, IHostEnvironment environment)
            {
                if (!environment.IsDevelopment())
                {
                    app.UseForwardedHeaders();
                }

                app.UseHttpsRedirection();
            }
        }

        public class Switched
        {
            public void Configure(IApplicationBuilder app, bool behindProxy)
            {
                if (behindProxy)
                {
                    app.UseForwardedHeaders();
                }

                app.UseHttpsRedirection();
            }
        }

        public class Endpoints
        {
            public static void Main()
            {
                var app = WebApplication.CreateBuilder().Build();
                app.MapGet("/", () => "ok");
                app.MapWhen(c => c.Request.Path == "/a", branch => branch.Run(c => Task.CompletedTask));
                app.UseForwardedHeaders();
                app.Run();
            }
        }
        """);

    [Theory]
    [InlineData("Environment.SetEnvironmentVariable(\"ASPNETCORE_FORWARDEDHEADERS_ENABLED\", \"true\");", "")]
    [InlineData("", "Configure(app, builder => builder.UseForwardedHeaders());")]
    [InlineData("", "app.Map(\"/a\", branch => { Configure(branch, builder => builder.UseForwardedHeaders()); });")]
    public Task Silent_where_something_else_may_apply_them(string before, string statement) => Verify.Silent(
        Rule,
        $$"""
        {{before}}
        var app = WebApplication.CreateBuilder(args).Build();
        if (app.Environment.IsDevelopment())
        {
            app.UseForwardedHeaders();
        }

        {{statement}}
        app.UseHttpsRedirection();
        app.Run();

        static void Configure(IApplicationBuilder app, Action<IApplicationBuilder> configure) => configure(app);
        """);

    [Theory]
    [InlineData("Environment.SetEnvironmentVariable(\"ASPNETCORE_FORWARDEDHEADERS_ENABLED\", \"true\");", "")]
    [InlineData("", "Configure(app, builder => builder.UseForwardedHeaders());")]
    public Task Silent_on_a_branch_where_something_else_may_apply_them(string before, string statement) => Verify.Silent(
        Rule,
        $$"""
        {{before}}
        var app = WebApplication.CreateBuilder(args).Build();
        {{statement}}
        app.Map("/api", branch => branch.UseForwardedHeaders());
        app.UseHttpsRedirection();
        app.Run();

        static void Configure(IApplicationBuilder app, Action<IApplicationBuilder> configure) => configure(app);
        """);

    [Fact]
    public Task Names_what_relies_on_it_and_where_it_belongs() => Verify.Names(
        Rule,
        """
        public class Branch
        {
            public void Configure(IApplicationBuilder app)
            {
                app.UseStaticFiles();
                app.Map("/api", branch => branch.{|PSSL3008:UseForwardedHeaders|}());
                app.UseAuthentication();
            }
        }

        public class Terminal
        {
            public void Configure(IApplicationBuilder app)
            {
                app.UseRouting();
                app.UseEndpoints(endpoints => endpoints.MapGet("/", () => "ok"));
                app.{|PSSL3008:UseForwardedHeaders|}();
            }

            public static void Main() { }
        }
        """,
        ["in the branch of Map alone, and UseAuthentication outside", "UseEndpoints answers requests before UseForwardedHeaders runs"]);

    [Fact]
    public Task Reports_where_production_leaves_first() => Verify.Reports(
        Rule,
        """
        var app = WebApplication.CreateBuilder(args).Build();
        UseProxy(app);
        app.UseHttpsRedirection();
        app.Run();

        static void UseProxy(WebApplication app)
        {
            if (!app.Environment.IsDevelopment())
            {
                return;
            }

            app.{|PSSL3008:UseForwardedHeaders|}();
        }
        """);

    [Fact]
    public Task Says_to_take_the_call_out_of_a_helper_that_does_more() => Verify.Names(
        Rule,
        """
        public static class Startup
        {
            public static void Configure(IApplicationBuilder app)
            {
                app.UseMvc();
                app.{|PSSL3008:UseProxy|}();
            }

            private static void UseProxy(this IApplicationBuilder app) => app.UseForwardedHeaders().UseCors();

            public static void Main() { }
        }
        """,
        ["take UseForwardedHeaders out of 'UseProxy' and call it before it"]);

    [Theory]
    [InlineData("app.Map(\"/a\", b => b.{|PSSL3008:UseForwardedHeaders|}()); app.Map(\"/b\", b => b.UseForwardedHeaders()); app.UseHttpsRedirection();")]
    [InlineData("app.Map(\"/a\", b => b.{|PSSL3008:UseForwardedHeaders|}()); app.Map(\"/b\", b => b.UseHsts());")]
    [InlineData("app.Map(\"/a\", b => b.Map(\"/b\", i => i.{|PSSL3008:UseForwardedHeaders|}()).UseHsts());")]
    [InlineData("if (app.Environment.IsDevelopment()) { app.{|PSSL3008:UseForwardedHeaders|}(); } app.UseCors(); app.UseAuthentication();")]
    [InlineData("if (app.Environment.IsDevelopment()) { app.{|PSSL3008:UseForwardedHeaders|}(); } app.Map(\"/a\", b => b.UseHsts());")]
    [InlineData("app.UseMvc(); app.{|PSSL3008:UseForwardedHeaders|}(); app.UseForwardedHeaders();")]
    [InlineData("app.Map(\"/a\", b => { b.UseMvc(); b.{|PSSL3008:UseForwardedHeaders|}(); });")]
    public Task Reports_what_covers_a_part_alone(string statements) => Verify.Reports(
        Rule,
        $"""
        var app = WebApplication.CreateBuilder(args).Build();
        {statements}
        app.Run();
        """);

    [Theory]
    [InlineData("app.Map(\"/a\", b => b.UseForwardedHeaders()); app.UseHttpLogging();", "")]
    [InlineData("app.Map(\"/a\", b => b.UseForwardedHeaders()); app.UseHttpsRedirection();", "proxyssl.proxy = none")]
    [InlineData("app.Map(\"/a\", b => b.UseForwardedHeaders()); app.UseForwardedHeaders(); app.UseHttpsRedirection();", "")]
    [InlineData("app.MapWhen(Elsewhere.IsProxied, b => b.UseForwardedHeaders()); app.UseHttpsRedirection();", "")]
    [InlineData("app.Map(\"/a\", b => b.MapWhen(c => c.Connection.LocalPort == 1, i => i.UseForwardedHeaders())); app.UseHttpsRedirection();", "")]
    [InlineData("app.Map(\"/a\", b => b.UseForwardedHeaders()); app.MapWhen(Elsewhere.IsProxied, b => b.UseForwardedHeaders()); app.UseHttpsRedirection();", "")]
    [InlineData("app.Map(\"/a\", b => { if (args.Length > 0) { b.UseHttpsRedirection(); return; } b.UseForwardedHeaders(); });", "")]
    [InlineData("if (app.Environment.IsDevelopment()) { app.UseForwardedHeaders(); } app.UseHttpLogging();", "")]
    [InlineData("if (app.Environment.IsDevelopment()) { app.UseForwardedHeaders(); } app.UseForwardedHeaders(); app.UseHttpsRedirection();", "")]
    [InlineData("if (app.Environment.IsDevelopment()) { app.UseForwardedHeaders(); } if (args.Length > 0) { app.UseForwardedHeaders(); } app.UseHttpsRedirection();", "")]
    [InlineData("app.UseForwardedHeaders(); app.UseMvc(); app.UseForwardedHeaders(new ForwardedHeadersOptions());", "")]
    [InlineData("if (args.Length > 0) { app.UseMvc(); } app.UseForwardedHeaders();", "")]
    [InlineData("app.UseWhen(c => true, b => b.UseMvc()); app.UseForwardedHeaders();", "")]
    public Task Silent_where_nothing_relies_on_it_or_a_person_decides(string statements, string option) => Verify.Silent(
        Rule,
        $$"""
        var app = WebApplication.CreateBuilder(args).Build();
        {{statements}}
        app.Run();

        public static class Elsewhere
        {
            public static Func<HttpContext, bool> IsProxied { get; set; } = null!;
        }
        """,
        configure: test => test.TestState.AnalyzerConfigFiles.Add(("/.globalconfig", "is_global = true\n" + option + "\n")));

    [Fact]
    public Task Reports_once_where_two_pipelines_call_one_helper() => Verify.Reports(
        Rule,
        """
        public class Startup
        {
            public void One(IApplicationBuilder app) => UseAll(app);

            public void Other(IApplicationBuilder app) => UseAll(app);

            private static void UseAll(IApplicationBuilder app)
            {
                app.UseMvc();
                app.{|PSSL3008:UseForwardedHeaders|}();
            }

            public static void Main() { }
        }
        """);

    // Nothing sets the flags: wherever the call stands it does nothing.
    [Theory]
    [InlineData("", true)]
    [InlineData("builder.Services.Configure<ForwardedHeadersOptions>(o => o.ForwardedHeaders = Microsoft.AspNetCore.HttpOverrides.ForwardedHeaders.All);", false)]
    public Task A_suggestion_where_nothing_sets_the_flags(string configure, bool isSuggestion)
    {
        const string Program = """
            var builder = WebApplication.CreateBuilder(args);
            CONFIGURE
            var app = builder.Build();
            STEPS
            app.Run();
            """;
        return Task.WhenAll(
            Grades("if (app.Environment.IsDevelopment()) { app.{|PSSL3008:UseForwardedHeaders|}(); } app.UseHsts();"),
            Grades("app.UseWhen(c => c.Request.Path == \"/\", b => b.{|PSSL3008:UseForwardedHeaders|}()); app.UseHsts();"),
            Grades("app.Run(c => Task.CompletedTask); app.{|PSSL3008:UseForwardedHeaders|}(); app.UseHsts();"));

        Task Grades(string steps) => Verify.Grades(RuleIds.PartlyApplied, Program.Replace("CONFIGURE", configure).Replace("STEPS", steps), isSuggestion);
    }
}
