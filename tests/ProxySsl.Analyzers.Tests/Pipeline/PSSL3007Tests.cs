using System;
using System.Threading.Tasks;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Testing;
using ProxySsl.Analyzers.Tests.Verification;
using Xunit;

namespace ProxySsl.Analyzers.Tests.Pipeline;

public class PSSL3007Tests
{
    private const string Rule = RuleIds.NeverApplied;

    [Fact]
    public Task Reports_once_a_pipeline_on_the_first_enforcing_call() => Verify.Reports(
        Rule,
        """
        var app = WebApplication.CreateBuilder(args).Build();
        app.MapDefaults();
        if (!app.Environment.IsDevelopment())
        {
            app.{|PSSL3007:UseHsts|}();
        }

        app.UseHttpsRedirection();
        app.Run();

        public static class Unrelated
        {
            public static void MapDefaults(this WebApplication app) { }
        }

        public class Startup
        {
            public void Configure(IApplicationBuilder app) => app.UseStaticFiles().{|PSSL3007:UseHttpsRedirection|}().UseHsts();
        }
        """);

    [Fact]
    public Task Reports_the_attribute() => Verify.Reports(
        Rule,
        """
        using Microsoft.AspNetCore.Mvc;

        var app = WebApplication.CreateBuilder(args).Build();
        app.Run();

        [{|PSSL3007:RequireHttps|}]
        public class HomeController : Controller
        {
            [RequireHttps]
            public string Index() => "ok";
        }
        """);

    [Theory]
    [InlineData("/1/A.cs", true)]
    [InlineData("/0/A.cs", false)]
    public Task Reports_the_first_attribute_in_the_order_of_paths(string otherFile, bool isHere)
    {
        const string Plain = "[RequireHttps]";
        const string Marked = "[{|PSSL3007:RequireHttps|}]";
        return isHere ? Verify.Reports(Rule, Controller("Home", Marked), configure: AddOther(Plain)) : Verify.Silent(Rule, Controller("Home", Plain), configure: AddOther(Marked));

        Action<ProxySslTest> AddOther(string attribute) => test => test.TestState.Sources.Add((otherFile, Controller("Other", attribute)));

        static string Controller(string name, string attribute) =>
            $$"""
            using Microsoft.AspNetCore.Mvc;

            {{attribute}}
            public class {{name}}Controller : Controller
            {
                public static void Main{{(name == "Home" ? "" : name)}}() { }
            }
            """;
    }

    [Theory]
    [InlineData("app.UseForwardedHeaders();")]
    [InlineData("app.Map(\"/a\", branch => branch.UseForwardedHeaders());")]
    [InlineData("app.UseMiddleware<Microsoft.AspNetCore.HttpOverrides.ForwardedHeadersMiddleware>();")]
    [InlineData("if (app.Environment.IsDevelopment()) { app.UseForwardedHeaders(); }")]
    [InlineData("Environment.SetEnvironmentVariable(\"ASPNETCORE_FORWARDEDHEADERS_ENABLED\", \"true\");")]
    [InlineData("if (args.Length > 0) { Environment.SetEnvironmentVariable(\"ASPNETCORE_FORWARDEDHEADERS_ENABLED\", \"true\"); }")]
    [InlineData("app.Configuration[\"ForwardedHeaders_Enabled\"] = args.Length > 0 ? \"true\" : \"false\";")]
    [InlineData("app.Use((context, next) => { context.Request.Scheme = \"https\"; return next(context); });")]
    public Task Silent_where_anything_applies_them(string statement) => Verify.Silent(
        Rule,
        $"""
        var app = WebApplication.CreateBuilder(args).Build();
        app.UseHttpsRedirection();
        {statement}
        app.Run();
        """);

    [Fact]
    public Task Silent_in_a_class_library() => Verify.Silent(
        Rule,
        """
        public static class Defaults
        {
            public static void UseDefaults(this IApplicationBuilder app) => app.UseHttpsRedirection();
        }
        """,
        configure: test => test.TestState.OutputKind = OutputKind.DynamicallyLinkedLibrary);

    [Fact]
    public Task Silent_without_a_proxy_and_in_development() => Verify.Silent(
        Rule,
        """
        var app = WebApplication.CreateBuilder(args).Build();
        app.UseHttpsRedirection();
        app.Run();
        """,
        configure: test => test.TestState.AnalyzerConfigFiles.Add(("/.globalconfig", "is_global = true\nproxyssl.proxy = none\n")));

    // The service defaults of an Aspire solution: its deployment turns on the host's own switch.
    [Fact]
    public Task Silent_where_the_service_defaults_of_a_solution_are_taken() => Verify.Silent(
        Rule,
        """
        var builder = WebApplication.CreateBuilder(args);
        builder.AddServiceDefaults();
        var app = builder.Build();
        app.UseHttpsRedirection();
        app.Run();

        public static class Extensions
        {
            public static WebApplicationBuilder AddServiceDefaults(this WebApplicationBuilder builder) => builder;
        }
        """);

    [Theory]
    [InlineData("app.{|#0:UseHsts|}();", "UseHsts sends its header over https alone")]
    [InlineData("app.{|#0:UseHttpsRedirection|}();", "UseHttpsRedirection demands https")]
    [InlineData("app.{|#0:UseHsts|}(); app.UseHttpsRedirection();", "UseHsts and UseHttpsRedirection demand https")]
    public Task Names_what_demands_https(string calls, string demand) => Verify.ReportsMessage(
        $"""
        var app = WebApplication.CreateBuilder(args).Build();
        {calls}
        app.Run();
        """,
        new DiagnosticResult(Rule, DiagnosticSeverity.Info).WithLocation(0),
        demand + " and nothing applies forwarded headers: behind a proxy that ends TLS every request looks like http; call UseForwardedHeaders first, or set proxyssl.proxy = none where there is no proxy");

    [Fact]
    public Task Applies_them_first() => Verify.Fixes(
        Rule,
        """
        var app = WebApplication.CreateBuilder(args).Build();

        // errors
        if (!app.Environment.IsDevelopment())
        {
            app.UseExceptionHandler("/error");
            app.{|PSSL3007:UseHsts|}();
        }

        app.UseHttpsRedirection();
        app.Run();
        """,
        """
        using Microsoft.AspNetCore.HttpOverrides;

        var app = WebApplication.CreateBuilder(args).Build();

        app.UseForwardedHeaders(new ForwardedHeadersOptions
        {
            ForwardedHeaders = ForwardedHeaders.XForwardedFor | ForwardedHeaders.XForwardedProto,
        });
        // errors
        if (!app.Environment.IsDevelopment())
        {
            app.UseExceptionHandler("/error");
            app.UseHsts();
        }

        app.UseHttpsRedirection();
        app.Run();
        """);

    // What only runs in development leaves no condition behind.
    [Fact]
    public Task Inserts_what_would_else_be_implicit_after_a_block_for_development() => Verify.Fixes(
        Rule,
        """
        var builder = WebApplication.CreateBuilder(args);
        builder.Services.Configure<ForwardedHeadersOptions>(options => options.ForwardLimit = 1);
        builder.Services.AddAuthentication().AddCookie();
        builder.Services.AddAuthorization();
        var app = builder.Build();
        if (app.Environment.IsDevelopment())
        {
            app.UseDeveloperExceptionPage();
        }

        app.{|PSSL3007:UseHttpsRedirection|}();
        app.UseAuthorization();
        app.Run();
        """,
        """
        var builder = WebApplication.CreateBuilder(args);
        builder.Services.Configure<ForwardedHeadersOptions>(options => options.ForwardLimit = 1);
        builder.Services.AddAuthentication().AddCookie();
        builder.Services.AddAuthorization();
        var app = builder.Build();
        app.UseForwardedHeaders();
        if (app.Environment.IsDevelopment())
        {
            app.UseDeveloperExceptionPage();
        }

        app.UseHttpsRedirection();
        app.UseAuthentication();
        app.UseAuthorization();
        app.Run();
        """);

    [Fact]
    public Task Inserts_what_would_else_be_implicit_and_earlier() => Verify.Fixes(
        Rule,
        """
        var builder = WebApplication.CreateBuilder(args);
        builder.Services.Configure<ForwardedHeadersOptions>(options => options.ForwardLimit = 1);
        builder.Services.AddAuthentication("Cookies").AddCookie("Cookies");
        builder.Services.AddAuthorization();
        var app = builder.Build();
        app.{|PSSL3007:UseHttpsRedirection|}();
        app.UseAuthorization();
        app.Run();
        """,
        """
        var builder = WebApplication.CreateBuilder(args);
        builder.Services.Configure<ForwardedHeadersOptions>(options => options.ForwardLimit = 1);
        builder.Services.AddAuthentication("Cookies").AddCookie("Cookies");
        builder.Services.AddAuthorization();
        var app = builder.Build();
        app.UseForwardedHeaders();
        app.UseHttpsRedirection();
        app.UseAuthentication();
        app.UseAuthorization();
        app.Run();
        """);

    [Fact]
    public Task Uses_the_configured_options() => Verify.Fixes(
        Rule,
        """
        public class Startup
        {
            public void ConfigureServices(IServiceCollection services) => services.Configure<ForwardedHeadersOptions>(options => options.ForwardLimit = 1);

            public void Configure(IApplicationBuilder app)
            {
                app.UseExceptionHandler("/error");
                app.{|PSSL3007:UseHttpsRedirection|}();
            }

            public static void Main() { }
        }
        """,
        """
        public class Startup
        {
            public void ConfigureServices(IServiceCollection services) => services.Configure<ForwardedHeadersOptions>(options => options.ForwardLimit = 1);

            public void Configure(IApplicationBuilder app)
            {
                app.UseForwardedHeaders();
                app.UseExceptionHandler("/error");
                app.UseHttpsRedirection();
            }

            public static void Main() { }
        }
        """);

    [Fact]
    public Task Applies_them_on_the_builder_of_a_static_form() => Verify.Fixes(
        Rule,
        """
        var builder = WebApplication.CreateBuilder(args);
        builder.Services.Configure<ForwardedHeadersOptions>(options => options.ForwardLimit = 1);
        var app = builder.Build();
        app.UseStaticFiles();
        HttpsPolicyBuilderExtensions.{|PSSL3007:UseHttpsRedirection|}(app);
        app.Run();
        """,
        """
        var builder = WebApplication.CreateBuilder(args);
        builder.Services.Configure<ForwardedHeadersOptions>(options => options.ForwardLimit = 1);
        var app = builder.Build();
        app.UseForwardedHeaders();
        app.UseStaticFiles();
        HttpsPolicyBuilderExtensions.UseHttpsRedirection(app);
        app.Run();
        """);

    [Fact]
    public Task Reports_where_the_hosts_switch_is_turned_off() => Verify.Reports(
        Rule,
        """
        Environment.SetEnvironmentVariable("ASPNETCORE_FORWARDEDHEADERS_ENABLED", "false");
        var app = WebApplication.CreateBuilder(args).Build();
        app.{|PSSL3007:UseHttpsRedirection|}();
        app.Run();
        """);

    [Fact]
    public Task Begins_the_chain_where_an_expression_is_the_whole_body() => Verify.Fixes(
        Rule,
        """
        using Microsoft.AspNetCore.HttpOverrides;

        public class Startup
        {
            public void Configure(IApplicationBuilder app) => app.UseStaticFiles().{|PSSL3007:UseHttpsRedirection|}();

            public static void Main() { }
        }
        """,
        """
        using Microsoft.AspNetCore.HttpOverrides;

        public class Startup
        {
            public void Configure(IApplicationBuilder app) => app.UseForwardedHeaders(new ForwardedHeadersOptions { ForwardedHeaders = ForwardedHeaders.XForwardedFor | ForwardedHeaders.XForwardedProto }).UseStaticFiles().UseHttpsRedirection();

            public static void Main() { }
        }
        """);

    [Theory]
    [InlineData("", "forwarded headers: behind")]
    [InlineData("builder.Services.Configure<ForwardedHeadersOptions>(o => o.ForwardLimit = 1);", "although ForwardedHeadersOptions are configured")]
    public Task Names_the_call_and_whether_options_are_configured(string services, string what) => Verify.Names(
        Rule,
        $$"""
        var builder = WebApplication.CreateBuilder(args);
        {{services}}
        var app = builder.Build();
        app.{|PSSL3007:UseHttpsRedirection|}();
        app.Run();
        """,
        [what]);

    [Fact]
    public Task Reports_behind_a_call_that_is_half_typed() => Verify.Reports(
        Rule,
        """
        var app = WebApplication.CreateBuilder(args).Build();
        app.UseSmartProxyHeaders();
        app.{|PSSL3007:UseHttpsRedirection|}();
        app.Run();
        """,
        configure: test => test.CompilerDiagnostics = Microsoft.CodeAnalysis.Testing.CompilerDiagnostics.None);

    [Theory]
    [InlineData("_ = context.Request.Scheme + context.Request.IsHttps;")]
    [InlineData("_ = new UriBuilder { Scheme = \"https\" };")]
    [InlineData("var uri = new UriBuilder(); uri.Scheme = \"https\";")]
    [InlineData("var uri = new UriBuilder(); uri.Scheme = context.Request.Scheme;")]
    [InlineData("context.Items[context.Request.Scheme] = 1;")]
    [InlineData("context.Request.Host = new HostString(context.Request.Scheme);")]
    public Task Reports_where_the_requests_scheme_is_not_set(string statement) => Verify.Reports(
        Rule,
        $$"""
        var app = WebApplication.CreateBuilder(args).Build();
        app.{|PSSL3007:UseHttpsRedirection|}();
        app.Use((context, next) => { {{statement}} return next(context); });
        app.Run();
        """,
        configure: test => test.TestState.AnalyzerConfigFiles.Add(("/.globalconfig", "is_global = true\nproxyssl.host_headers = Host\n")));

    [Theory]
    [InlineData("context.Request.IsHttps = true;")]
    [InlineData("if (context.Request.Path == \"/\") { context.Request.Scheme = \"https\"; }")]
    [InlineData("context.Request.Scheme += \"s\";")]
    [InlineData("context.Features.Get<Microsoft.AspNetCore.Http.Features.IHttpRequestFeature>()!.Scheme = \"https\";")]
    public Task Silent_where_the_requests_scheme_is_set(string statement) => Verify.Silent(
        Rule,
        $$"""
        using Microsoft.AspNetCore.Mvc;

        var app = WebApplication.CreateBuilder(args).Build();
        app.UseHttpsRedirection();
        app.Use((context, next) => { {{statement}} return next(context); });
        app.Run();

        [RequireHttps]
        public class HomeController : Controller
        {
        }
        """);

    [Theory]
    [InlineData("app.UseCors();", "", true)]
    [InlineData("app.{|PSSL3007:UseHsts|}();", "", false)]
    [InlineData("Elsewhere.Configure(app); app.UseHsts();", "", false)]
    [InlineData("app.UseCors();", "proxyssl.proxy = none", false)]
    [InlineData("app.Use((context, next) => { context.Request.Scheme = \"https\"; return next(context); });", "", false)]
    public Task Reports_the_attribute_where_no_call_enforces_https(string calls, string option, bool reports)
    {
        var source =
            $$"""
            using Microsoft.AspNetCore.Mvc;

            var app = WebApplication.CreateBuilder(args).Build();
            {{calls}}
            app.Run();

            [{{(reports ? "{|PSSL3007:RequireHttps|}" : "RequireHttps")}}]
            public class HomeController : Controller
            {
            }

            public static class Elsewhere
            {
                public static Action<IApplicationBuilder> Configure { get; set; } = null!;
            }
            """;
        return source.Contains("{|") ? Verify.Reports(Rule, source, configure: Add) : Verify.Silent(Rule, source, configure: Add);

        void Add(ProxySslTest test) => test.TestState.AnalyzerConfigFiles.Add(("/.globalconfig", "is_global = true\n" + option + "\n"));
    }

    [Fact]
    public Task Reports_once_where_two_pipelines_call_one_helper() => Verify.Reports(
        Rule,
        """
        public class Startup
        {
            public void One(IApplicationBuilder app) => Secure(app);

            public void Other(IApplicationBuilder app) => Secure(app);

            private static void Secure(IApplicationBuilder app) => app.{|PSSL3007:UseHttpsRedirection|}();

            public static void Main() { }
        }
        """);

    [Fact]
    public Task Silent_where_a_method_that_stands_for_it_is_named_elsewhere() => Verify.Silent(
        Rule,
        """
        var builder = WebApplication.CreateBuilder(args);
        builder.Services.AddGateway();
        var app = builder.Build();
        app.UseHttpsRedirection();
        app.Run();

        public static class Gateway
        {
            public static void AddGateway(this IServiceCollection services) { }
        }
        """,
        configure: test => test.TestState.AnalyzerConfigFiles.Add(("/.globalconfig", "is_global = true\nproxyssl.forwarded_headers_methods = AddGateway\n")));

    [Theory]
    [InlineData("public void Configure(IApplicationBuilder app) {", "")]
    [InlineData("public static void Run(WebApplicationBuilder builder) { var app = builder.Build();", " Elsewhere.Configure(app);")]
    public Task Inserts_nothing_beside_it_where_nothing_is_known_to_be_implicit(string head, string more)
    {
        return Verify.Fixes(Rule, Source("{|PSSL3007:UseHttpsRedirection|}", ""), Source("UseHttpsRedirection", "app.UseForwardedHeaders();\n        "));

        string Source(string name, string first) =>
            $$"""
            public class Startup
            {
                public void ConfigureServices(IServiceCollection services)
                {
                    services.Configure<ForwardedHeadersOptions>(options => options.ForwardLimit = 1);
                    services.AddAuthentication("Cookies").AddCookie("Cookies");
                }

                {{head}}
                    {{first}}app.{{name}}();{{more}}
                }

                public static void Main() { }
            }

            public static class Elsewhere
            {
                public static Action<IApplicationBuilder> Configure { get; set; } = null!;
            }
            """;
    }

    [Fact]
    public Task Applies_them_first_on_a_builder_in_a_member() => Verify.Fixes(
        Rule,
        """
        public class Server(WebApplication app)
        {
            private WebApplication App { get; } = app;

            public void Start()
            {
                this.App.UseStatusCodePages();
                this.App.{|PSSL3007:UseHsts|}();
            }

            public static void Main(string[] args) => new Server(WebApplication.Create(args)).Start();
        }
        """,
        """
        using Microsoft.AspNetCore.HttpOverrides;

        public class Server(WebApplication app)
        {
            private WebApplication App { get; } = app;

            public void Start()
            {
                this.App.UseForwardedHeaders(new ForwardedHeadersOptions
                {
                    ForwardedHeaders = ForwardedHeaders.XForwardedFor | ForwardedHeaders.XForwardedProto,
                });
                this.App.UseStatusCodePages();
                this.App.UseHsts();
            }

            public static void Main(string[] args) => new Server(WebApplication.Create(args)).Start();
        }
        """);

    [Fact]
    public Task Writes_full_names_beside_types_of_the_same_names() => Verify.Fixes(
        Rule,
        """
        using Shop;

        var app = WebApplication.Create(args);
        app.ConfigureShop();
        app.{|PSSL3007:UseHsts|}();
        app.Run();

        namespace Shop
        {
            public class ForwardedHeadersOptions
            {
            }

            public static class ShopExtensions
            {
                public static void ConfigureShop(this IApplicationBuilder app) => app.UseStatusCodePages();
            }
        }
        """,
        """
        using Shop;

        var app = WebApplication.Create(args);
        app.UseForwardedHeaders(new global::Microsoft.AspNetCore.Builder.ForwardedHeadersOptions
        {
            ForwardedHeaders = global::Microsoft.AspNetCore.HttpOverrides.ForwardedHeaders.XForwardedFor | global::Microsoft.AspNetCore.HttpOverrides.ForwardedHeaders.XForwardedProto,
        });
        app.ConfigureShop();
        app.UseHsts();
        app.Run();

        namespace Shop
        {
            public class ForwardedHeadersOptions
            {
            }

            public static class ShopExtensions
            {
                public static void ConfigureShop(this IApplicationBuilder app) => app.UseStatusCodePages();
            }
        }
        """);

    // In the helper it would come too late for what runs before the helper is called.
    [Fact]
    public Task Offers_nothing_in_a_helper_behind_what_reads_the_request() => Verify.OffersNoFix(
        Rule,
        """
        var app = WebApplication.Create(args);
        app.UseAuthentication();
        Tls();
        app.Run();

        void Tls()
        {
            app.{|PSSL3007:UseHsts|}();
        }
        """);
}
