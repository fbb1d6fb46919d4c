using System.Threading.Tasks;
using ProxySsl.Analyzers.Tests.Verification;
using Xunit;

namespace ProxySsl.Analyzers.Tests.Pipeline;

public class PSSL3001Tests
{
    private const string Rule = RuleIds.RedirectTooEarly;

    // Reports

    [Theory]
    [InlineData(Framework.Net60)]
    [InlineData(Framework.Net80)]
    [InlineData(Framework.Net90)]
    [InlineData(Framework.Net100)]
    public Task Reports_top_level_statements(Framework framework) => Verify.Reports(
        Rule,
        """
        var app = WebApplication.CreateBuilder(args).Build();
        app.UseExceptionHandler("/error");
        app.{|PSSL3001:UseHttpsRedirection|}();
        app.UseStaticFiles();
        app.UseForwardedHeaders();
        app.Run();
        """,
        framework);

    [Fact]
    public Task Reports_every_style() => Verify.Reports(
        Rule,
        """
        using Microsoft.AspNetCore.Rewrite;
        using Policy = Microsoft.AspNetCore.Builder.HttpsPolicyBuilderExtensions;

        public class Startup
        {
            private readonly IWebHostEnvironment _environment;

            public Startup(IWebHostEnvironment environment) => _environment = environment;

            public void Configure(IApplicationBuilder app)
            {
                if (_environment.IsDevelopment())
                {
                    app.UseDeveloperExceptionPage();
                }
                else
                {
                    app.{|PSSL3001:UseHttpsRedirection|}();
                }

                app.UseForwardedHeaders();
            }
        }

        public static class Styles
        {
            public static void Chain(IApplicationBuilder app) => app.{|PSSL3001:UseHttpsRedirection|}().UseStaticFiles().UseForwardedHeaders();

            public static void StaticForm(IApplicationBuilder app)
            {
                Policy.{|PSSL3001:UseHttpsRedirection|}(app);
                ForwardedHeadersExtensions.UseForwardedHeaders(app);
            }

            public static void Alias(WebApplication app)
            {
                IApplicationBuilder builder = app;
                builder.{|PSSL3001:UseHttpsRedirection|}();
                app.UseForwardedHeaders(new ForwardedHeadersOptions());
            }

            public static void Assigned(IApplicationBuilder app)
            {
                app = app.{|PSSL3001:UseHttpsRedirection|}();
                app = app.UseForwardedHeaders();
            }

            public static void Rewriter(IApplicationBuilder app)
            {
                var options = new RewriteOptions().AddRewrite("a", "b", true);
                options.AddRedirectToHttps();
                app.{|PSSL3001:UseRewriter|}(options);
                app.{|PSSL3001:UseRewriter|}(new RewriteOptions().AddRedirectToHttpsPermanent());
                app.UseForwardedHeaders();
            }

            public static void MiddlewareClass(IApplicationBuilder app)
            {
                app.{|PSSL3001:UseMiddleware<Microsoft.AspNetCore.HttpsPolicy.HttpsRedirectionMiddleware>|}();
                app.UseMiddleware<Microsoft.AspNetCore.HttpOverrides.ForwardedHeadersMiddleware>();
            }

            public static void Branch(IApplicationBuilder app)
            {
                app.UseWhen(c => c.Request.Path.StartsWithSegments("/a"), branch => branch.{|PSSL3001:UseHttpsRedirection|}());
                app.Map("/b", branch =>
                {
                    branch.{|PSSL3001:UseHttpsRedirection|}();
                    branch.UseForwardedHeaders();
                });
                app.UseForwardedHeaders();
            }

            public static void Host(IWebHostBuilder host) => host.Configure((context, app) =>
            {
                app.{|PSSL3001:UseHttpsRedirection|}();
                app.UseForwardedHeaders();
            });

            public static void EarlyReturn(IApplicationBuilder app, bool plain)
            {
                if (plain)
                {
                    app.UseForwardedHeaders();
                    return;
                }

                app.{|PSSL3001:UseHttpsRedirection|}();
                app.UseForwardedHeaders();
            }

            public static void Switch(IApplicationBuilder app, int mode)
            {
                switch (mode)
                {
                    case 1:
                        app.{|PSSL3001:UseHttpsRedirection|}();
                        break;
                    default:
                        break;
                }

                app.UseForwardedHeaders();
            }

            public static void OtherConditions(IApplicationBuilder app, bool first, bool second)
            {
                if (first)
                {
                    app.{|PSSL3001:UseHttpsRedirection|}();
                }

                if (second)
                {
                    app.UseForwardedHeaders();
                }
            }

            public static void LocalFunctions(WebApplication app)
            {
                {|PSSL3001:Redirect|}();
                Headers(app);

                void Redirect() => app.UseHttpsRedirection();

                static void Headers(IApplicationBuilder builder) => builder.UseForwardedHeaders();
            }

            public static void Main() { }
        }
        """);

    [Fact]
    public Task Reports_in_a_startup_filter() => Verify.Reports(
        Rule,
        """
        var app = WebApplication.CreateBuilder(args).Build();
        app.UseHttpsRedirection();
        app.Run();

        public class Filter : IStartupFilter
        {
            public Action<IApplicationBuilder> Configure(Action<IApplicationBuilder> next) => app =>
            {
                app.{|PSSL3001:UseHttpsRedirection|}();
                app.UseForwardedHeaders();
                next(app);
            };
        }
        """);

    [Fact]
    public Task Reports_branches_that_requests_take_before_it() => Verify.Reports(
        Rule,
        """
        public static class Branches
        {
            public static void Path(IApplicationBuilder app)
            {
                app.Map("/a", branch => branch.{|PSSL3001:UseHttpsRedirection|}());
                app.UseForwardedHeaders();
            }

            public static void Condition(IApplicationBuilder app)
            {
                app.MapWhen(c => c.Request.Path.StartsWithSegments("/a"), branch => { branch.UseCors(); branch.{|PSSL3001:UseHttpsRedirection|}(); });
                app.MapWhen(c => c.GetEndpoint() is null, branch => branch.Map("/deeper", inner => inner.{|PSSL3001:UseHttpsRedirection|}()));
                app.MapWhen(IsApi, branch => branch.{|PSSL3001:UseHttpsRedirection|}());
                app.UseForwardedHeaders();
            }

            public static void MethodGroup(IApplicationBuilder app)
            {
                app.{|PSSL3001:Map|}("/a", Api);
                app.UseForwardedHeaders();
            }

            public static void Inside(IApplicationBuilder app) => app.Map("/a", outer =>
            {
                outer.Map("/b", inner => inner.{|PSSL3001:UseHttpsRedirection|}());
                outer.UseForwardedHeaders();
            });

            public static void Chain(IApplicationBuilder app) => app.Map("/a", branch => branch.{|PSSL3001:UseHttpsRedirection|}()).UseForwardedHeaders();

            private static bool IsApi(HttpContext context) => context.Request.Path.StartsWithSegments("/api");

            private static void Api(IApplicationBuilder app) => app.UseHttpsRedirection();

            public static void Main() { }
        }
        """);

    [Fact]
    public Task Reports_the_call_that_leads_to_it() => Verify.Reports(
        Rule,
        """
        var app = WebApplication.CreateBuilder(args).Build();
        app.{|PSSL3001:UseDefaults|}();
        app.UseProxy();
        app.Run();

        public static class Defaults
        {
            public static WebApplication UseDefaults(this WebApplication app)
            {
                app.UseSecurity();
                return app;
            }

            private static void UseSecurity(this IApplicationBuilder app)
            {
                app.UseHttpsRedirection();
            }

            public static IApplicationBuilder UseProxy(this IApplicationBuilder app) => app.UseForwardedHeaders();

            public static void Whole(this IApplicationBuilder app)
            {
                app.{|PSSL3001:UseHttpsRedirection|}();
                app.UseForwardedHeaders();
            }
        }
        """);

    [Fact]
    public Task Reports_across_files_where_the_pipeline_spells_nothing_of_ours() => Verify.Reports(
        Rule,
        """
        var context = Security.Create(args);
        context.App.{|PSSL3001:Secure|}();
        context.App.BehindProxy();
        """,
        configure: test => test.TestState.Sources.Add(("/0/Security.cs", """
            public static class Security
            {
                public static Context Create(string[] args) => throw new NotImplementedException();

                public static IApplicationBuilder Secure(this IApplicationBuilder app) => app.SecureMore();

                public static IApplicationBuilder BehindProxy(this IApplicationBuilder app) => app.UseForwardedHeaders();
            }

            public class Context
            {
                public IApplicationBuilder App => null!;
            }

            public static class More
            {
                public static IApplicationBuilder SecureMore(this IApplicationBuilder app) => app.UseHttpsRedirection();
            }
            """)));

    // Stays silent

    [Fact]
    public Task Silent_where_the_order_is_right() => Verify.Silent(
        Rule,
        """
        using Microsoft.AspNetCore.Rewrite;

        public static class Styles
        {
            public static void Statements(IApplicationBuilder app, IHostEnvironment environment)
            {
                app.UseForwardedHeaders();
                app.UseHttpsRedirection();
                app.UseForwardedHeaders();
            }

            public static void Chain(IApplicationBuilder app) => app.UseForwardedHeaders().UseHttpsRedirection();

            public static void Exclusive(IApplicationBuilder app, bool proxied)
            {
                if (proxied)
                {
                    app.UseForwardedHeaders();
                }
                else
                {
                    app.UseHttpsRedirection();
                }
            }

            public static void Opposite(IApplicationBuilder app, bool proxied)
            {
                if (!proxied)
                {
                    app.UseHttpsRedirection();
                }

                if (proxied == true)
                {
                    app.UseForwardedHeaders();
                }
            }

            public static void Leaves(IApplicationBuilder app, bool direct)
            {
                if (direct)
                {
                    app.UseHttpsRedirection();
                    return;
                }

                app.UseForwardedHeaders();
            }

            public static void Development(IApplicationBuilder app, IHostEnvironment environment)
            {
                if (environment.IsDevelopment())
                {
                    app.UseHttpsRedirection();
                }

                app.UseForwardedHeaders();
            }

            public static void LocalFunctionBeforeUse(WebApplication app)
            {
                void Headers() => app.UseForwardedHeaders();

                void Redirect() => app.UseHttpsRedirection();

                Headers();
                Redirect();
            }

            public static void DeclaredAfter(WebApplication app)
            {
                Headers();
                app.UseHttpsRedirection();

                void Headers() => app.UseForwardedHeaders();
            }

            public static void Branches(IApplicationBuilder app)
            {
                app.Map("/a", branch => branch.UseHttpsRedirection());
                app.MapWhen(c => true, branch => branch.UseForwardedHeaders().UseHttpsRedirection());
            }

            public static void RelativeRules(IApplicationBuilder app)
            {
                app.UseRewriter(new RewriteOptions().AddRedirect("a", "b").AddRewrite("c", "d", true));
                app.UseForwardedHeaders();
            }

            public static void TwoApps(IApplicationBuilder one, IApplicationBuilder other)
            {
                one.UseHttpsRedirection();
                other.UseForwardedHeaders();
            }

            public static void Main() { }
        }

        public class Prioritized1
        {
            public int Order => 2;

            public void Configure(IApplicationBuilder app) => app.UseHttpsRedirection();
        }

        public class Prioritized2
        {
            public int Order => 1;

            public void Configure(IApplicationBuilder app) => app.UseForwardedHeaders();
        }

        public static class Recursive
        {
            public static void A(IApplicationBuilder app) => B(app);

            public static void B(IApplicationBuilder app) => A(app);
        }
        """);

    [Fact]
    public Task Silent_in_branches_that_wait_for_nothing() => Verify.Silent(
        Rule,
        """
        public static class Branches
        {
            public static void Behind(IApplicationBuilder app)
            {
                app.UseForwardedHeaders();
                app.Map("/a", branch => branch.UseHttpsRedirection());
            }

            public static void OwnHeaders(IApplicationBuilder app)
            {
                app.Map("/a", branch => branch.UseForwardedHeaders().UseHttpsRedirection());
                app.UseForwardedHeaders();
            }

            public static void HeadersOfAnother(IApplicationBuilder app)
            {
                app.Map("/a", branch => branch.UseHttpsRedirection());
                app.Map("/b", branch => branch.UseForwardedHeaders());
            }

            public static void DirectListener(IApplicationBuilder app)
            {
                app.MapWhen(c => c.Connection.LocalPort == 8443, branch => branch.UseHttpsRedirection());
                app.UseWhen(c => c.Connection.LocalPort == 8443, branch => branch.UseHttpsRedirection());
                app.MapWhen(c => IsDirect(c), branch => branch.UseHttpsRedirection());
                app.MapWhen(Elsewhere.IsInternal, branch => branch.UseHttpsRedirection());
                app.UseForwardedHeaders();
            }

            public static void WithoutProxy(IApplicationBuilder app)
            {
                app.UseWhen(c => !c.Request.Headers.ContainsKey("X-Forwarded-Proto"), branch => branch.UseHttpsRedirection());
                app.UseForwardedHeaders();
            }

            public static void MayApplyThemItself(IApplicationBuilder app, Action<IApplicationBuilder> configure)
            {
                app.Map("/a", branch => { configure(branch); branch.UseHttpsRedirection(); });
                app.UseForwardedHeaders();
            }

            public static void OppositeConditions(IApplicationBuilder app, bool proxied)
            {
                if (!proxied)
                {
                    app.Map("/a", branch => branch.UseHttpsRedirection());
                }

                if (proxied)
                {
                    app.UseForwardedHeaders();
                }
            }

            private static bool IsDirect(HttpContext context) => context.Connection.RemoteIpAddress is not null;

            public static void Main() { }
        }

        public static class Elsewhere
        {
            public static Func<HttpContext, bool> IsInternal { get; set; } = null!;
        }
        """);

    [Fact]
    public Task Silent_where_only_the_names_are_alike() => Verify.Silent(
        Rule,
        """
        public static class Own
        {
            public static void UseHttpsRedirection(this Pipeline app) { }

            public static void UseForwardedHeaders(this IApplicationBuilder app, string own) { }

            public static void Configure(IApplicationBuilder app, Pipeline pipeline)
            {
                pipeline.UseHttpsRedirection();
                app.UseForwardedHeaders();
                app.UseHttpsRedirection();
                app.UseForwardedHeaders("own");
            }

            public static void Main() { }
        }

        public class Pipeline { }
        """);

    [Fact]
    public Task Silent_where_a_startup_filter_or_the_switch_came_first() => Verify.Silent(
        Rule,
        """
        var builder = WebApplication.CreateBuilder(args);
        builder.Services.AddTransient<IStartupFilter, Filter>();
        var app = builder.Build();
        app.UseHttpsRedirection();
        app.UseForwardedHeaders();
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
    public Task Silent_where_there_is_no_proxy() => Verify.Silent(
        Rule,
        """
        var app = WebApplication.CreateBuilder(args).Build();
        app.UseHttpsRedirection();
        app.UseForwardedHeaders();
        app.Run();
        """,
        configure: test => test.TestState.AnalyzerConfigFiles.Add(("/.globalconfig", "is_global = true\nproxyssl.proxy = none\n")));

    [Fact]
    public Task Silent_where_broken() => Verify.Silent(
        Rule,
        """
        var app = WebApplication.CreateBuilder(args).Build();
        app.UseHttpsRedirection(
        app.UseForwardedHeaders(;
        app.
        """,
        configure: test => test.CompilerDiagnostics = Microsoft.CodeAnalysis.Testing.CompilerDiagnostics.None);

    [Fact]
    public Task Configured_methods_stand_for_it() => Verify.Reports(
        Rule,
        """
        var app = WebApplication.CreateBuilder(args).Build();
        app.{|PSSL3001:UseHttpsRedirection|}();
        app.UseGateway();
        app.Run();

        public static class Gateway
        {
            public static void UseGateway(this IApplicationBuilder app) => throw new NotImplementedException();
        }
        """,
        configure: test => test.TestState.AnalyzerConfigFiles.Add(("/.globalconfig", "is_global = true\nproxyssl.forwarded_headers_methods = UseGateway\n")));

    [Theory]
    [InlineData("UseHttpsRedirection()", "wherever the proxy talks http to the app and an https port is known, requests that reached the proxy over https are redirected to https again and again")]
    [InlineData("UseRewriter(new RewriteOptions().AddRedirectToHttps())", "its rule AddRedirectToHttps redirects requests that reached the proxy over https again and again")]
    public Task Says_when_the_redirect_loops(string call, string consequence) => Verify.Names(
        Rule,
        $$"""
        using Microsoft.AspNetCore.Rewrite;

        var app = WebApplication.CreateBuilder(args).Build();
        app.{|PSSL3001:{{call.Split('(')[0]}}|}{{call[call.IndexOf('(')..]}};
        app.UseForwardedHeaders();
        app.Run();
        """,
        [$"'{call.Split('(')[0]}' runs before UseForwardedHeaders, so {consequence}; call UseForwardedHeaders first"]);

    [Theory]
    [InlineData("RewriteBuilderExtensions.{|PSSL3001:UseRewriter|}(options: new RewriteOptions().AddRedirectToHttps(), app: app);")]
    [InlineData("var options = new RewriteOptions(); options.AddRedirectToHttps(); options.AddRedirectToHttpsPermanent(); app.{|PSSL3001:UseRewriter|}(options);")]
    [InlineData("var options = new RewriteOptions(); options.AddRedirectToHttps().AddRedirectToHttpsPermanent(); app.{|PSSL3001:UseRewriter|}(options);")]
    [InlineData("var options = new RewriteOptions(); options.AddRedirectToHttps(); app.{|PSSL3001:UseRewriter|}(options.AddRewrite(\"a\", \"b\", true));")]
    [InlineData("var options = new RewriteOptions().AddRewrite(\"a\", \"b\", true).AddRedirectToHttps(); app.{|PSSL3001:UseRewriter|}(options);")]
    [InlineData("app.{|PSSL3001:UseRewriter|}((RewriteOptions)new RewriteOptions().AddRedirectToWww().AddRedirectToHttps(307));")]
    public Task Reports_a_rewriter_that_redirects_to_https(string statements) => Verify.Reports(
        Rule,
        $"""
        using Microsoft.AspNetCore.Rewrite;

        var app = WebApplication.CreateBuilder(args).Build();
        {statements}
        app.UseForwardedHeaders();
        app.Run();
        """);

    // What is called on another builder of rules is not known.
    [Fact]
    public Task Silent_for_a_rewriter_whose_rules_come_from_elsewhere() => Verify.Silent(
        Rule,
        """
        using Microsoft.AspNetCore.Rewrite;

        var app = WebApplication.CreateBuilder(args).Build();
        app.UseRewriter(new OwnRules().AddRedirectToHttps().Build());
        app.UseForwardedHeaders();
        app.Run();

        public class OwnRules
        {
            public OwnRules AddRedirectToHttps() => this;

            public RewriteOptions Build() => new RewriteOptions();
        }
        """);

    [Fact]
    public Task Reports_once_where_two_pipelines_call_one_helper() => Verify.Reports(
        Rule,
        """
        public class Startup
        {
            public void One(IApplicationBuilder app) => UseBoth(app);

            public void Other(IApplicationBuilder app) => UseBoth(app);

            private static void UseBoth(IApplicationBuilder app)
            {
                app.{|PSSL3001:UseHttpsRedirection|}();
                app.UseForwardedHeaders();
            }

            public static void Main() { }
        }
        """);

    // Where the app has an https address it ends TLS itself, and only then it redirects.
    [Theory]
    [InlineData("if (app.Urls.Any()) { app.{|PSSL3001:UseHttpsRedirection|}(); }", false)]
    [InlineData("if (addresses!.Addresses.Any(a => a.StartsWith(\"https://\"))) { app.{|PSSL3001:UseHttpsRedirection|}(); }", true)]
    [InlineData("var tls = addresses != null && addresses.Addresses.Any(a => a.StartsWith(\"HTTPS:\")); if (tls) { app.{|PSSL3001:UseHttpsRedirection|}(); }", true)]
    [InlineData("if (!addresses!.Addresses.Any(a => a.StartsWith(\"https://\"))) { app.{|PSSL3001:UseHttpsRedirection|}(); }", false)]
    [InlineData("if (app.Urls.Any(u => u.StartsWith(\"https\"))) { app.{|PSSL3001:UseHttpsRedirection|}(); }", true)]
    [InlineData("var publicAddresses = app.Configuration[\"Addresses\"]!.Split(','); if (publicAddresses.Any(a => a.StartsWith(\"https://\"))) { app.{|PSSL3001:UseHttpsRedirection|}(); }", false)]
    [InlineData("if (app.Configuration[\"PublicAddresses\"]!.StartsWith(\"https://\")) { app.{|PSSL3001:UseHttpsRedirection|}(); }", false)]
    [InlineData("if (app.Configuration[\"PublicUrl\"]!.StartsWith(\"https://\")) { app.{|PSSL3001:UseHttpsRedirection|}(); }", false)]
    public Task A_suggestion_where_the_app_ends_TLS_itself(string redirect, bool isSuggestion)
    {
        var source = $$"""
            using Microsoft.AspNetCore.Hosting.Server.Features;
            var app = WebApplication.CreateBuilder(args).Build();
            var addresses = ((IApplicationBuilder)app).ServerFeatures.Get<IServerAddressesFeature>();
            {{redirect}}
            app.UseForwardedHeaders(new ForwardedHeadersOptions { ForwardedHeaders = Microsoft.AspNetCore.HttpOverrides.ForwardedHeaders.XForwardedProto });
            app.Run();
            """;
        return Verify.Grades(Rule, source, isSuggestion);
    }

    [Fact]
    public Task A_suggestion_where_code_asks_for_the_switch_of_the_host() => Verify.Suggests(Rule, """
        var app = WebApplication.CreateBuilder(args).Build();
        app.{|PSSL3001:UseHttpsRedirection|}();
        if (app.Configuration["ForwardedHeaders_Enabled"] != "true")
        {
            app.UseForwardedHeaders();
        }

        app.Run();
        """);

    [Theory]
    [InlineData("Development")]
    [InlineData("staging")]
    public Task Silent_in_an_environment_by_its_name(string name) => Verify.Silent(Rule, InEnvironment($"\"{name}\"", "", ""));

    [Fact]
    public Task Silent_in_an_environment_by_the_name_of_the_framework() => Verify.Silent(Rule, InEnvironment("Environments.Development", "", ""));

    // One that the framework has no method for may be deployed.
    [Theory]
    [InlineData("\"Production\"")]
    [InlineData("\"Docker\"")]
    [InlineData("args[0]")]
    public Task Reports_in_another_environment(string name) => Verify.Reports(Rule, InEnvironment(name, "{|PSSL3001:", "|}"));

    [Fact]
    public Task Reports_outside_of_an_environment_by_its_name() => Verify.Reports(
        Rule, InEnvironment("Environments.Development", "{|PSSL3001:", "|}").Replace("if (app", "if (!app"));

    private static string InEnvironment(string name, string open, string close) => $$"""
        var app = WebApplication.CreateBuilder(args).Build();
        if (app.Environment.IsEnvironment({{name}}))
        {
            app.{{open}}UseHttpsRedirection{{close}}();
        }

        app.UseForwardedHeaders();
        app.Run();
        """;

    // Moved, the call would still do nothing: PSSL2005 comes first.
    [Theory]
    [InlineData("", "", true)]
    [InlineData("", "new ForwardedHeadersOptions()", true)]
    [InlineData("", "new ForwardedHeadersOptions { ForwardedHeaders = ForwardedHeaders.XForwardedProto }", false)]
    [InlineData("builder.Services.Configure<ForwardedHeadersOptions>(o => o.ForwardLimit = 2);", "", true)]
    [InlineData("builder.Services.Configure<ForwardedHeadersOptions>(o => o.ForwardedHeaders = ForwardedHeaders.All);", "", false)]
    [InlineData("builder.Services.Configure<ForwardedHeadersOptions>(builder.Configuration);", "", false)]
    public Task A_suggestion_where_nothing_sets_the_flags(string configure, string options, bool isSuggestion)
    {
        var source = $$"""
            using Microsoft.AspNetCore.HttpOverrides;

            var builder = WebApplication.CreateBuilder(args);
            {{configure}}
            var app = builder.Build();
            app.{|PSSL3001:UseHttpsRedirection|}();
            app.UseForwardedHeaders({{options}});
            app.Run();
            """;
        return Verify.Grades(Rule, source, isSuggestion);
    }
}
