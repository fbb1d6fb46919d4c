using System.Threading.Tasks;
using ProxySsl.Analyzers.Tests.Verification;
using Xunit;

namespace ProxySsl.Analyzers.Tests.Pipeline;

/// <summary>The move in front of a call that runs too early, by the redirect; PSSL3002 and PSSL3003 share it.</summary>
public class OrderFixTests
{
    private const string Rule = RuleIds.RedirectTooEarly;

    [Fact]
    public Task Moves_the_statement_with_its_comments() => Verify.Fixes(
        Rule,
        """
        var app = WebApplication.CreateBuilder(args).Build();

        // https only
        app.{|PSSL3001:UseHttpsRedirection|}();
        app.UseStaticFiles(); // files

        // nginx is in front
        app.UseForwardedHeaders(); // first of all

        app.Run();
        """,
        """
        var app = WebApplication.CreateBuilder(args).Build();

        // nginx is in front
        app.UseForwardedHeaders(); // first of all
        // https only
        app.UseHttpsRedirection();
        app.UseStaticFiles(); // files

        app.Run();
        """);

    [Fact]
    public Task Moves_the_locals_that_it_needs() => Verify.Fixes(
        Rule,
        """
        public class Startup
        {
            public void Configure(IApplicationBuilder app, IHostEnvironment environment)
            {
                if (!environment.IsDevelopment())
                    app.{|PSSL3001:UseHttpsRedirection|}();

                app.UseStaticFiles();

                var proxy = "10.0.0.1";
                var unrelated = 1;
                var options = new ForwardedHeadersOptions();
                options.KnownProxies.Add(System.Net.IPAddress.Parse(proxy));
                app.UseForwardedHeaders(options);
                Console.WriteLine(unrelated);
            }

            public static void Main() { }
        }
        """,
        """
        public class Startup
        {
            public void Configure(IApplicationBuilder app, IHostEnvironment environment)
            {
                var proxy = "10.0.0.1";
                var options = new ForwardedHeadersOptions();
                options.KnownProxies.Add(System.Net.IPAddress.Parse(proxy));
                app.UseForwardedHeaders(options);
                if (!environment.IsDevelopment())
                    app.UseHttpsRedirection();

                app.UseStaticFiles();

                var unrelated = 1;
                Console.WriteLine(unrelated);
            }

            public static void Main() { }
        }
        """);

    [Fact]
    public Task Moves_links_of_chains() => Verify.Fixes(
        Rule,
        """
        public class Startup
        {
            public void OneLine(IApplicationBuilder app) => app.{|PSSL3001:UseHttpsRedirection|}().UseStaticFiles().UseForwardedHeaders().UseCors();

            public void Lines(IApplicationBuilder app)
            {
                app
                    .UseExceptionHandler("/error")
                    .{|PSSL3001:UseHttpsRedirection|}()
                    // the proxy
                    .UseForwardedHeaders()
                    .UseCors();
            }

            public void FirstOnLine(IApplicationBuilder app)
            {
                app.{|PSSL3001:UseHttpsRedirection|}()
                    .UseStaticFiles()
                    .UseForwardedHeaders();
            }

            public void OutOfAChain(IApplicationBuilder app)
            {
                app.{|PSSL3001:UseHttpsRedirection|}();
                app.UseStaticFiles().UseForwardedHeaders().UseCors();
            }

            public static void Main() { }
        }
        """,
        """
        public class Startup
        {
            public void OneLine(IApplicationBuilder app) => app.UseForwardedHeaders().UseHttpsRedirection().UseStaticFiles().UseCors();

            public void Lines(IApplicationBuilder app)
            {
                app
                    .UseExceptionHandler("/error")
                    // the proxy
                    .UseForwardedHeaders()
                    .UseHttpsRedirection()
                    .UseCors();
            }

            public void FirstOnLine(IApplicationBuilder app)
            {
                app.UseForwardedHeaders()
                    .UseHttpsRedirection()
                    .UseStaticFiles();
            }

            public void OutOfAChain(IApplicationBuilder app)
            {
                app.UseForwardedHeaders();
                app.UseHttpsRedirection();
                app.UseStaticFiles().UseCors();
            }

            public static void Main() { }
        }
        """);

    [Fact]
    public Task Keeps_directives_and_conditions() => Verify.Fixes(
        Rule,
        """
        #define EXTRA
        public class Startup
        {
            public void Configure(IApplicationBuilder app, bool proxied)
            {
        #if EXTRA
                app.{|PSSL3001:UseHttpsRedirection|}();
        #endif
                if (proxied)
                {
                    app.UseForwardedHeaders();
                }

                app.UseStaticFiles();
            }

            public void Behind(IApplicationBuilder app)
            {
        #if EXTRA
                app.UseStaticFiles();
        #endif
                app.{|PSSL3001:UseHttpsRedirection|}();
        #if EXTRA
                app.UseCors();
        #endif
                app.UseForwardedHeaders();
            }

            public static void Main() { }
        }
        """,
        """
        #define EXTRA
        public class Startup
        {
            public void Configure(IApplicationBuilder app, bool proxied)
            {
                if (proxied)
                {
                    app.UseForwardedHeaders();
                }
        #if EXTRA
                app.UseHttpsRedirection();
        #endif

                app.UseStaticFiles();
            }

            public void Behind(IApplicationBuilder app)
            {
        #if EXTRA
                app.UseStaticFiles();
        #endif
                app.UseForwardedHeaders();
                app.UseHttpsRedirection();
        #if EXTRA
                app.UseCors();
        #endif
            }

            public static void Main() { }
        }
        """);

    [Fact]
    public Task Offers_no_move_that_changes_more() => Verify.OffersNoFix(
        Rule,
        """
        #define PROXY
        public class Startup
        {
            public void OwnDirective(IApplicationBuilder app)
            {
                app.{|PSSL3001:UseHttpsRedirection|}();
        #if PROXY
                app.UseForwardedHeaders();
        #endif
            }

            public void MovesOthers(IApplicationBuilder app, bool proxied)
            {
                app.{|PSSL3001:UseHttpsRedirection|}();
                if (proxied)
                {
                    app.UseStaticFiles();
                    app.UseForwardedHeaders();
                }
            }

            public static void Main() { }
        }
        """);

    [Theory]
    [InlineData(RuleIds.RedirectTooEarly, "UseHttpsRedirection")]
    [InlineData(RuleIds.ReadsTooEarly, "UseAuthentication")]
    [InlineData(RuleIds.LogsTooEarly, "UseHttpLogging")]
    public Task Offers_no_move_of_a_conditional_call_that_would_leave_the_report(string rule, string method) => Verify.OffersNoFix(
        rule,
        $$"""
        public class Startup
        {
            public void Configure(IApplicationBuilder app, bool proxied)
            {
                app.{|{{rule}}:{{method}}|}();
                if (proxied)
                {
                    app.UseForwardedHeaders();
                }

                UseProxy(app);
            }

            private static void UseProxy(IApplicationBuilder app) => app.UseForwardedHeaders(new ForwardedHeadersOptions { ForwardLimit = 2 });

            public static void Main() { }
        }
        """);

    [Theory]
    [InlineData(RuleIds.RedirectTooEarly, "UseHttpsRedirection")]
    [InlineData(RuleIds.ReadsTooEarly, "UseAuthentication")]
    [InlineData(RuleIds.LogsTooEarly, "UseHttpLogging")]
    public Task Moves_a_choice_that_applies_them_on_every_way(string rule, string method) => Verify.Fixes(
        rule,
        $$"""
        public class Startup
        {
            public void Configure(IApplicationBuilder app, bool proxied)
            {
                app.{|{{rule}}:{{method}}|}();
                if (proxied)
                {
                    app.UseForwardedHeaders();
                }
                else
                {
                    app.UseForwardedHeaders(new ForwardedHeadersOptions { ForwardLimit = 2 });
                }
            }

            public static void Main() { }
        }
        """,
        $$"""
        public class Startup
        {
            public void Configure(IApplicationBuilder app, bool proxied)
            {
                if (proxied)
                {
                    app.UseForwardedHeaders();
                }
                else
                {
                    app.UseForwardedHeaders(new ForwardedHeadersOptions { ForwardLimit = 2 });
                }
                app.{{method}}();
            }

            public static void Main() { }
        }
        """);

    [Fact]
    public Task Moves_calls_in_static_form() => Verify.Fixes(
        Rule,
        """
        using Policy = Microsoft.AspNetCore.Builder.HttpsPolicyBuilderExtensions;
        using Proxy = Microsoft.AspNetCore.Builder.ForwardedHeadersExtensions;

        var app = WebApplication.CreateBuilder(args).Build();
        HttpsPolicyBuilderExtensions.{|PSSL3001:UseHttpsRedirection|}(app);
        app.UseStaticFiles();
        ForwardedHeadersExtensions.UseForwardedHeaders(app);
        app.Run();

        public static class Styles
        {
            public static void Chained(IApplicationBuilder given)
            {
                var app = given;
                app.UseExceptionHandler("/error").{|PSSL3001:UseHttpsRedirection|}();
                app.UseStaticFiles();
                Proxy.UseForwardedHeaders(app).UseStaticFiles();
            }

            public static void BehindStatic(IApplicationBuilder given)
            {
                var app = given;
                Policy.{|PSSL3001:UseHttpsRedirection|}(app);
                CookiePolicyAppBuilderExtensions.UseCookiePolicy(app.UseStaticFiles()).UseForwardedHeaders();
            }

            public static IApplicationBuilder Nested(IApplicationBuilder app) => Proxy.UseForwardedHeaders(Policy.{|PSSL3001:UseHttpsRedirection|}(app.UseStaticFiles())).UseCors();

            public static IApplicationBuilder NestedChain(IApplicationBuilder app) => Proxy.UseForwardedHeaders(app.{|PSSL3001:UseHttpsRedirection|}().UseCors());

            public static IApplicationBuilder OnStatic(IApplicationBuilder app) => HttpsPolicyBuilderExtensions.{|PSSL3001:UseHttpsRedirection|}(app).UseForwardedHeaders();

            public static void Helpers(IApplicationBuilder given)
            {
                var app = given;
                {|PSSL3001:Secure|}(app);
                app.UseStaticFiles();
                Behind(app);

                static void Secure(IApplicationBuilder app) => app.UseHttpsRedirection();

                static void Behind(IApplicationBuilder app) => app.UseForwardedHeaders();
            }
        }
        """,
        """
        using Policy = Microsoft.AspNetCore.Builder.HttpsPolicyBuilderExtensions;
        using Proxy = Microsoft.AspNetCore.Builder.ForwardedHeadersExtensions;

        var app = WebApplication.CreateBuilder(args).Build();
        ForwardedHeadersExtensions.UseForwardedHeaders(app);
        HttpsPolicyBuilderExtensions.UseHttpsRedirection(app);
        app.UseStaticFiles();
        app.Run();

        public static class Styles
        {
            public static void Chained(IApplicationBuilder given)
            {
                var app = given;
                Proxy.UseForwardedHeaders(app);
                app.UseExceptionHandler("/error").UseHttpsRedirection();
                app.UseStaticFiles();
                app.UseStaticFiles();
            }

            public static void BehindStatic(IApplicationBuilder given)
            {
                var app = given;
                app.UseForwardedHeaders();
                Policy.UseHttpsRedirection(app);
                CookiePolicyAppBuilderExtensions.UseCookiePolicy(app.UseStaticFiles());
            }

            public static IApplicationBuilder Nested(IApplicationBuilder app) => Policy.UseHttpsRedirection(Proxy.UseForwardedHeaders(app.UseStaticFiles())).UseCors();

            public static IApplicationBuilder NestedChain(IApplicationBuilder app) => Proxy.UseForwardedHeaders(app).UseHttpsRedirection().UseCors();

            public static IApplicationBuilder OnStatic(IApplicationBuilder app) => HttpsPolicyBuilderExtensions.UseHttpsRedirection(app.UseForwardedHeaders());

            public static void Helpers(IApplicationBuilder given)
            {
                var app = given;
                Behind(app);
                Secure(app);
                app.UseStaticFiles();

                static void Secure(IApplicationBuilder app) => app.UseHttpsRedirection();

                static void Behind(IApplicationBuilder app) => app.UseForwardedHeaders();
            }
        }
        """);

    [Fact]
    public Task Leaves_a_local_that_the_marked_statement_only_reads() => Verify.Fixes(
        Rule,
        """
        var app = WebApplication.CreateBuilder(args).Build();
        var options = new ForwardedHeadersOptions();
        if (options.ForwardLimit == 1)
        {
            app.{|PSSL3001:UseHttpsRedirection|}();
        }

        app.UseForwardedHeaders(options);
        app.Run();
        """,
        """
        var app = WebApplication.CreateBuilder(args).Build();
        var options = new ForwardedHeadersOptions();
        app.UseForwardedHeaders(options);
        if (options.ForwardLimit == 1)
        {
            app.UseHttpsRedirection();
        }

        app.Run();
        """);

    [Fact]
    public Task Offers_no_move_in_front_of_what_sets_its_local() => Verify.OffersNoFix(
        Rule,
        """
        var app = WebApplication.CreateBuilder(args).Build();
        var options = new ForwardedHeadersOptions();
        if (args.Length > 0)
        {
            options = new ForwardedHeadersOptions { ForwardLimit = 2 };
            app.{|PSSL3001:UseHttpsRedirection|}();
        }

        app.UseForwardedHeaders(options);
        app.Run();
        """);

    [Fact]
    public Task Moves_in_front_of_branches() => Verify.Fixes(
        Rule,
        """
        var app = WebApplication.CreateBuilder(args).Build();
        app.UseExceptionHandler("/error");

        // the api
        app.Map("/api", api =>
        {
            api.{|PSSL3001:UseHttpsRedirection|}();
            api.UseStaticFiles();
        });
        app.{|PSSL3001:MapWhen|}(c => c.Request.Path.StartsWithSegments("/admin"), Admin);

        app.UseForwardedHeaders();
        app.Run();

        static void Admin(IApplicationBuilder admin) => admin.UseHttpsRedirection();

        public static class Styles
        {
            public static void Chain(IApplicationBuilder app) => app.UseCors().Map("/a", a => a.{|PSSL3001:UseHttpsRedirection|}()).UseForwardedHeaders().UseStaticFiles();
        }
        """,
        """
        var app = WebApplication.CreateBuilder(args).Build();
        app.UseExceptionHandler("/error");

        app.UseForwardedHeaders();
        // the api
        app.Map("/api", api =>
        {
            api.UseHttpsRedirection();
            api.UseStaticFiles();
        });
        app.MapWhen(c => c.Request.Path.StartsWithSegments("/admin"), Admin);

        app.Run();

        static void Admin(IApplicationBuilder admin) => admin.UseHttpsRedirection();

        public static class Styles
        {
            public static void Chain(IApplicationBuilder app) => app.UseCors().UseForwardedHeaders().Map("/a", a => a.UseHttpsRedirection()).UseStaticFiles();
        }
        """);

    [Theory]
    [InlineData("app.{|PSSL3001:UseHttpsRedirection|}(); other.UseForwardedHeaders(); app.UseForwardedHeaders();")]
    [InlineData("app.{|PSSL3001:UseSecure|}().UseForwardedHeaders();")]
    [InlineData("app.{|PSSL3001:UseHttpsRedirection|}(); if (flag) { app.UseCors(); app.UseForwardedHeaders(); }")]
    [InlineData("app.{|PSSL3001:UseHttpsRedirection|}(); if (flag) { UseMore(app); app.UseForwardedHeaders(); }")]
    [InlineData("app.{|PSSL3001:UseHttpsRedirection|}(); if (flag) { app.UseSession(); app.UseForwardedHeaders(); }")]
    public Task Offers_no_move_of_what_is_not_alone(string statements) => Verify.OffersNoFix(
        Rule,
        $$"""
        public static class Startup
        {
            public static void Configure(IApplicationBuilder app, IApplicationBuilder other, bool flag)
            {
                {{statements}}
            }

            private static IApplicationBuilder UseSecure(this IApplicationBuilder app) => app.UseHttpsRedirection();

            private static void UseMore(IApplicationBuilder app) => app.UseCors();

            public static void Main() { }
        }
        """);

    [Theory]
    [InlineData("app.UseExceptionHandler(\"/error\");")]
    [InlineData("app.UseHsts();")]
    [InlineData("UseErrors(app);")]
    [InlineData("app.UseSwaggerUI();")]
    public Task Moves_what_belongs_in_front_along(string along)
    {
        return Verify.Fixes(
            Rule,
            Source("app.{|PSSL3001:UseHttpsRedirection|}();\n        if (flag)\n        {\n            " + along + "\n            app.UseForwardedHeaders();\n        }"),
            Source("if (flag)\n        {\n            " + along + "\n            app.UseForwardedHeaders();\n        }\n        app.UseHttpsRedirection();"));

        static string Source(string statements) =>
            $$"""
            public static class Startup
            {
                public static void Configure(IApplicationBuilder app, bool flag)
                {
                    {{statements}}
                }

                private static void UseErrors(IApplicationBuilder app) => app.UseExceptionHandler("/error");

                public static void Main() { }
            }

            namespace Microsoft.AspNetCore.Builder
            {
                public static class SwaggerUIBuilderExtensions
                {
                    public static IApplicationBuilder UseSwaggerUI(this IApplicationBuilder app) => app;
                }
            }
            """;
    }

    [Fact]
    public Task Offers_no_move_in_front_of_a_link_that_takes_another_type()
    {
        const string Source = """
            var app = WebApplication.CreateBuilder(args).Build();
            app.{|PSSL3002:UseTenants|}().UseForwardedHeaders();
            app.Run();

            public static class Tenants
            {
                public static WebApplication UseTenants(this WebApplication app) => app;
            }
            """;
        return Verify.Fixes(
            RuleIds.ReadsTooEarly,
            Source,
            Source,
            configure: test => test.TestState.AnalyzerConfigFiles.Add(("/.globalconfig", "is_global = true\nproxyssl.scheme_dependent_methods = UseTenants\n")));
    }
}
