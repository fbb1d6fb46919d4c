using System.Threading.Tasks;
using ProxySsl.Analyzers.Tests.Verification;
using Xunit;

namespace ProxySsl.Analyzers.Tests.Headers;

public class PSSL1006Tests
{
    private const string Rule = "PSSL1006";

    // All rules are on: the assignment is the one report, and no part of what leads to it is reported too.
    private static Task ReportsAlone(string statements, string types = "") => Verify.Reports(Rule, $$"""
        using System.Net;

        var app = WebApplication.Create(args);
        app.Use(async (context, next) =>
        {
            {{statements}}
            await next();
        });
        app.Run();

        {{types}}
        """, configure: test => test.EnableRules("PSSL1001", "PSSL1002", "PSSL1003", "PSSL1004", "PSSL1005", "PSSL1007"));

    [Theory]
    [InlineData("""{|PSSL1006:context.Request.Scheme = context.Request.Headers["X-Forwarded-Proto"]!|};""")]
    [InlineData("""if (context.Request.Headers.ContainsKey("X-Forwarded-Proto")) { {|PSSL1006:context.Request.Scheme = "https"|}; }""")]
    [InlineData("""if (context.Request.Headers["X-Forwarded-Proto"] == "https") { {|PSSL1006:context.Request.IsHttps = true|}; }""")]
    [InlineData("""if (context.Request.Headers.TryGetValue("X-Forwarded-Proto", out var proto)) { {|PSSL1006:context.Request.Scheme = proto!|}; }""")]
    [InlineData("""var proto = context.Request.Headers["X-Forwarded-Proto"].FirstOrDefault(); if (!string.IsNullOrEmpty(proto)) { {|PSSL1006:context.Request.Scheme = proto|}; }""")]
    [InlineData("""var forwarded = context.Request.Scheme == "http" && (context.Request.Headers["X-Forwarded-Proto"] == "https" || context.Request.Headers["X-Forwarded-Port"] == "443"); if (forwarded) { {|PSSL1006:context.Request.Scheme = "https"|}; }""")]
    [InlineData("""{|PSSL1006:context.Request.IsHttps = context.Request.Headers["X-Forwarded-Proto"] == "https"|};""")]
    [InlineData("""{|PSSL1006:context.Request.Host = new HostString(context.Request.Headers["X-Forwarded-Host"]!)|};""")]
    [InlineData("""{|PSSL1006:context.Request.PathBase = context.Request.Headers["X-Forwarded-Prefix"].ToString()|};""")]
    [InlineData("""if (IPAddress.TryParse(context.Request.Headers["X-Forwarded-For"].ToString().Split(',')[0], out var ip)) { {|PSSL1006:context.Connection.RemoteIpAddress = ip|}; }""")]
    [InlineData("""var scheme = context.Request.Headers["X-Forwarded-Proto"] == "https" ? "https" : "http"; {|PSSL1006:context.Request.Scheme = scheme|};""")]
    [InlineData("""{|PSSL1006:context.Request.Scheme = context.Request.Headers["X-Forwarded-Proto"] == "https" ? "https" : "http"|};""")]
    [InlineData("""if (!context.Request.Headers.ContainsKey("X-Forwarded-Proto")) { context.Items["direct"] = true; } else { {|PSSL1006:context.Request.Scheme = "https"|}; }""")]
    [InlineData("""if (context.Request.Headers["X-Forwarded-Proto"] == "http") { context.Items["plain"] = true; } else { {|PSSL1006:context.Request.Scheme = "https"|}; }""")]
    [InlineData("""if (context.Request.Headers.TryGetValue("CF-Connecting-IP", out var cf)) { {|PSSL1006:context.Connection.RemoteIpAddress = IPAddress.Parse(cf!)|}; } else { {|PSSL1006:context.Connection.RemoteIpAddress = IPAddress.Parse(context.Request.Headers["X-Real-IP"]!)|}; }""")]
    [InlineData("""if (!context.Request.Headers.ContainsKey("X-Forwarded-Proto")) { {|PSSL1006:context.Request.Scheme = "https"|}; }""")]
    [InlineData("""if (!context.Request.Headers.ContainsKey("X-Real-IP")) { {|PSSL1006:context.Connection.RemoteIpAddress = IPAddress.Loopback|}; }""")]
    public Task Reports_every_shape(string statements) => ReportsAlone(statements);

    [Theory]
    [InlineData("""{|PSSL1006:context.Request.Scheme = Requests.Scheme(context.Request) ?? "http"|};""", """public static string? Scheme(HttpRequest request) => request.Headers["X-Forwarded-Proto"];""")]
    [InlineData("""{|PSSL1006:context.Request.Scheme = Requests.Header(context.Request, "X-Forwarded-Proto") ?? "http"|};""", """public static string? Header(HttpRequest request, string name) => request.Headers[name].FirstOrDefault();""")]
    [InlineData("""if (Requests.IsForwarded(context.Request)) { {|PSSL1006:context.Request.Scheme = "https"|}; }""", """public static bool IsForwarded(HttpRequest request) => request.Headers.ContainsKey("X-Forwarded-Proto");""")]
    [InlineData("""Requests.Apply(context);""", """public static void Apply(HttpContext context) { {|PSSL1006:context.Request.Scheme = context.Request.Headers["X-Forwarded-Proto"]!|}; }""")]
    public Task Reports_through_a_helper(string statements, string member) => ReportsAlone(statements, "static class Requests { " + member + " }");

    [Theory]
    [InlineData("""if (!string.IsNullOrEmpty(app.Configuration["ProxySecret"])) { {|PSSL1006:context.Request.Scheme = context.Request.Headers["X-Forwarded-Proto"]!|}; }""")]
    [InlineData("""if (app.Configuration["ProxySecret"] != null) { {|PSSL1006:context.Request.Scheme = context.Request.Headers["X-Forwarded-Proto"]!|}; }""")]
    [InlineData("""if (context.Request.Headers["X-Client-Key"] == "4711") { {|PSSL1006:context.Request.Scheme = context.Request.Headers["X-Forwarded-Proto"]!|}; }""")]
    [InlineData("""var knowledgeKey = context.Request.Query["k"].ToString(); if (knowledgeKey == "4711") { {|PSSL1006:context.Request.Scheme = context.Request.Headers["X-Forwarded-Proto"]!|}; }""")]
    [InlineData("""var originalToken = context.Request.Query["k"].ToString(); if (originalToken == "4711") { {|PSSL1006:context.Request.Scheme = context.Request.Headers["X-Forwarded-Proto"]!|}; }""")]
    [InlineData("""if (context.Request.Headers["X-Origin-Verify"] == "4711") { context.Items["cdn"] = true; } else { {|PSSL1006:context.Request.Scheme = context.Request.Headers["X-Forwarded-Proto"]!|}; }""")]
    [InlineData("""if (app.Configuration["ProxySecret"]!.Equals(context.Request.Headers["X-Secret"])) { await next(); return; } {|PSSL1006:context.Request.Scheme = context.Request.Headers["X-Forwarded-Proto"]!|};""")]
    public Task Reports_where_no_secret_is_asked_for(string statements) => ReportsAlone(statements, "");

    // A check that another assembly, or nobody yet, has the body of.
    [Theory]
    [InlineData("senders.IsTrustedProxy(context)", true)]
    [InlineData("senders.HasProxySecret(context.Request)", true)]
    [InlineData("senders.IsKnownPeer(context.Connection)", true)]
    [InlineData("senders.IsTrustedProxy(\"\")", false)]
    [InlineData("senders.IsWeekend(context)", false)]
    public Task A_check_that_cannot_be_read(string condition, bool isSilent)
    {
        var statement = "context.Request.Scheme = context.Request.Headers[\"X-Forwarded-Proto\"]!";
        var source = $$"""
            WebApplication.Create(args).Run();

            public interface ISenders
            {
                bool IsTrustedProxy(HttpContext context);
                bool IsTrustedProxy(string name);
                bool HasProxySecret(HttpRequest request);
                bool IsKnownPeer(ConnectionInfo connection);
                bool IsWeekend(HttpContext context);
            }

            public class ProxyHeaders(RequestDelegate next, ISenders senders)
            {
                public Task Invoke(HttpContext context)
                {
                    if ({{condition}})
                    {
                        {{(isSilent ? statement : "{|PSSL1006:" + statement + "|}")}};
                    }

                    return next(context);
                }
            }
            """;
        return isSilent ? Verify.Silent(Rule, source) : Verify.Reports(Rule, source);
    }

    [Fact]
    public Task Stays_silent_behind_a_secret_that_helpers_ask_for() => Verify.Silent(Rule, """
        WebApplication.Create(args).Run();

        public class Settings { public bool TrustProxyHeaders { get; set; } public string? ProxySecret { get; set; } }

        public class ProxyHeaders(RequestDelegate next, Settings settings)
        {
            public Task Invoke(HttpContext context)
            {
                var isTrusted = IsTrusted(context);
                if (isTrusted)
                {
                    string? host = context.Request.Headers["X-Forwarded-Host"];
                    if (!string.IsNullOrWhiteSpace(host))
                    {
                        context.Request.Host = new HostString(host);
                    }
                }

                return next(context);
            }

            private bool IsTrusted(HttpContext context) => settings.TrustProxyHeaders || KnowsSecret(context);

            private bool KnowsSecret(HttpContext context)
            {
                if (!string.IsNullOrEmpty(settings.ProxySecret))
                {
                    string? secret = context.Request.Headers["X-Secret"];
                    if (!settings.ProxySecret.Equals(secret, StringComparison.Ordinal))
                    {
                        throw new InvalidOperationException();
                    }

                    return true;
                }

                return false;
            }
        }
        """);

    [Theory]
    [InlineData("""if (proxies.Contains(context.Connection.RemoteIpAddress!)) { context.Request.Scheme = context.Request.Headers["X-Forwarded-Proto"]!; }""")]
    [InlineData("""if (context.Request.Headers.TryGetValue("CF-Ray", out _) && Cloudflare.IsCloudflare(context.Connection.RemoteIpAddress)) { if (context.Request.Headers.TryGetValue("CF-Visitor", out var v) && v.ToString().Contains("https")) { context.Request.Scheme = "https"; } }""")]
    [InlineData("""if (context.Connection.RemoteIpAddress is { } ip && proxies.Contains(ip)) { if (context.Request.Headers["X-Forwarded-Proto"] == "https") { context.Request.Scheme = "https"; } }""")]
    [InlineData("""if (context.Connection.RemoteIpAddress is not { } ip || !proxies.Contains(ip)) { await next(); return; } context.Request.Scheme = context.Request.Headers["X-Forwarded-Proto"]!;""")]
    [InlineData("""if (context.Request.Headers["X-Azure-FDID"] == app.Configuration["FrontDoorId"]) { context.Request.Scheme = context.Request.Headers["X-Forwarded-Proto"]!; }""")]
    [InlineData("""if (context.Request.Headers["X-Proxy-Secret"] == app.Configuration["PROXY_SECRET"]) { context.Request.Scheme = context.Request.Headers["X-Forwarded-Proto"]!; }""")]
    [InlineData("""var edgeKey = app.Configuration["Edge"]; if (context.Request.Headers["X-Edge"] != edgeKey) { return; } context.Request.Scheme = context.Request.Headers["X-Forwarded-Proto"]!;""")]
    [InlineData("""if (context.Request.Headers["X-Origin-Verify"] != "4711") { context.Response.StatusCode = 403; return; } context.Request.Scheme = context.Request.Headers["X-Forwarded-Proto"]!;""")]
    [InlineData("""var proxySecret = app.Configuration["Secret"]; if (!string.IsNullOrEmpty(proxySecret) && proxySecret.Equals(context.Request.Headers["X-Secret"], StringComparison.Ordinal)) { context.Request.Scheme = context.Request.Headers["X-Forwarded-Proto"]!; }""")]
    [InlineData("""if (context.Request.Headers.ContainsKey("X-Forwarded-For")) { context.Items["proxied"] = true; } else { context.Connection.RemoteIpAddress = IPAddress.Parse(app.Configuration["Impersonated"]!); }""")]
    [InlineData("""if (!context.Request.Headers.ContainsKey("X-Forwarded-Proto")) { context.Request.Scheme = app.Configuration["Scheme"]!; }""")]
    [InlineData("""if (context.Request.Query.ContainsKey("x")) { context.Request.Scheme = "https"; }""")]
    [InlineData("""var made = new DefaultHttpContext(); made.Request.Scheme = context.Request.Headers["X-Forwarded-Proto"]!;""")]
    [InlineData("""_ = new DefaultHttpContext { Request = { Scheme = context.Request.Headers["X-Forwarded-Proto"]! } };""")]
    public Task Stays_silent(string statements) => Verify.Silent(Rule, $$"""
        using System.Net;

        var proxies = new HashSet<IPAddress>();
        var app = WebApplication.Create(args);
        app.Use(async (context, next) =>
        {
            {{statements}}
            await next();
        });
        app.Run();

        static class Cloudflare
        {
            public static bool IsCloudflare(IPAddress? address) => address is not null;
        }
        """);

    [Fact]
    public Task Names_the_property_and_the_header() => Verify.Names(Rule, """
        using System.Net;

        var app = WebApplication.Create(args);
        app.Use(async (context, next) =>
        {
            {|PSSL1006:context.Request.Scheme = context.Request.Headers["X-Forwarded-Proto"]!|};
            {|PSSL1006:context.Connection.RemoteIpAddress = IPAddress.Parse(context.Request.Headers["X-Real-IP"]!)|};
            await next();
        });
        app.Run();
        """, ["'Request.Scheme' is set from the raw 'X-Forwarded-Proto'", "'Connection.RemoteIpAddress' is set from the raw 'X-Real-IP'"]);

    // What the middleware writes itself is no name to have it read.
    [Theory]
    [InlineData("context.Request.Scheme", "X-Original-Proto", "use app.UseForwardedHeaders(), which takes X-Forwarded-Proto of known proxies only and keeps what it replaces in X-Original-Proto")]
    [InlineData("context.Connection.RemoteIpAddress", "X-Original-For", "use app.UseForwardedHeaders(), which takes X-Forwarded-For of known proxies only and keeps what it replaces in X-Original-For")]
    [InlineData("context.Request.Host", "X-Original-Host", "use app.UseForwardedHeaders() with ForwardedHostHeaderName = \"X-Original-Host\", which does it for known proxies only")]
    [InlineData("context.Request.Scheme", "X-Scheme", "use app.UseForwardedHeaders() with ForwardedProtoHeaderName = \"X-Scheme\", which does it for known proxies only")]
    [InlineData("context.Request.Scheme", "X-Forwarded-Proto", "use app.UseForwardedHeaders(), which does it for known proxies only")]
    public Task Names_what_to_use_instead(string property, string header, string advice) => Verify.Names(Rule, $$"""
        var app = WebApplication.Create(args);
        app.Use(async (context, next) =>
        {
            {|PSSL1006:{{property}} = {{(property.EndsWith("Host", System.StringComparison.Ordinal) ? "new HostString(" : property.EndsWith("Address", System.StringComparison.Ordinal) ? "System.Net.IPAddress.Parse(" : "string.Concat(")}}context.Request.Headers["{{header}}"].ToString())|};
            await next();
        });
        app.Run();
        """, [advice]);

    [Theory]
    [InlineData("", true)]
    [InlineData("app.UseMiddleware<ProtoMiddleware>();", false)]
    [InlineData("app.UseMiddleware(typeof(ProtoMiddleware));", false)]
    public Task A_suggestion_in_a_middleware_class_that_nothing_names(string use, bool isSuggestion) => Verify.Grades(Rule, Middleware("RequestDelegate next", use), isSuggestion);

    // Somebody has to turn it on, or has forgotten it.
    [Theory]
    [InlineData("if (app.Configuration[\"Hosting\"] == \"AppService\") { app.UseMiddleware<ProtoMiddleware>(); }", true)]
    [InlineData("if (app.Configuration.GetValue<bool>(\"TrustProxy\")) app.UseProto();", true)]
    [InlineData("", true)]
    [InlineData("app.UseProto();", false)]
    [InlineData("if (!app.Environment.IsDevelopment()) { app.UseProto(); }", false)]
    [InlineData("if (app.Environment.IsDevelopment()) { app.UseDeveloperExceptionPage(); } else { app.UseProto(); }", false)]
    [InlineData("if (app.Configuration.GetValue<bool>(\"TrustProxy\")) app.UseProto(); else app.UseMiddleware<ProtoMiddleware>();", true)] // a miss
    [InlineData("app.UseWhen(c => c.Request.Path.StartsWithSegments(\"/a\"), b => b.UseProto());", false)]
    public Task A_suggestion_in_a_middleware_that_is_only_added_under_a_condition(string use, bool isSuggestion) => Verify.Grades(
        Rule,
        Middleware("RequestDelegate next", use) + """

            static class ProtoExtensions
            {
                public static IApplicationBuilder UseProto(this IApplicationBuilder app) => app.UseMiddleware<ProtoMiddleware>();
            }
            """,
        isSuggestion);

    // Where the app is not made, nothing is added to it.
    [Theory]
    [InlineData("if (args.Contains(\"--migrate\")) { return; } app.UseMiddleware<ProtoMiddleware>();", false)]
    [InlineData("if (args.Contains(\"--migrate\")) { app.UseRouting(); return; } app.UseProto();", false)]
    public Task A_warning_after_a_return_of_the_program(string use, bool isSuggestion) => Verify.Grades(
        Rule,
        Middleware("RequestDelegate next", use) + "static class ProtoExtensions { public static IApplicationBuilder UseProto(this IApplicationBuilder app) => app.UseMiddleware<ProtoMiddleware>(); }",
        isSuggestion);

    // What is registered has to be added all the same.
    [Theory]
    [InlineData("app.UseMiddleware<ProtoMiddleware>();", false)]
    [InlineData("if (app.Configuration.GetValue<bool>(\"TrustProxy\")) { app.UseMiddleware<ProtoMiddleware>(); }", true)]
    [InlineData("", true)]
    public Task A_suggestion_in_a_registered_middleware_that_is_not_always_added(string use, bool isSuggestion) => Verify.Grades(
        Rule,
        $$"""
        var builder = WebApplication.CreateBuilder(args);
        builder.Services.AddTransient<ProtoMiddleware>();
        var app = builder.Build();
        {{use}}
        app.Run();

        public class ProtoMiddleware : IMiddleware
        {
            public Task InvokeAsync(HttpContext context, RequestDelegate next)
            {
                {|PSSL1006:context.Request.Scheme = context.Request.Headers["X-Forwarded-Proto"].ToString()|};
                return next(context);
            }
        }
        """,
        isSuggestion);

    [Theory]
    [InlineData("", true)]
    [InlineData("app.Use((context, next) => { ProxyFix.Apply(context); return next(context); });", false)]
    [InlineData("app.UseMiddleware<Fixing>();", false)]
    [InlineData("// app.UseMiddleware<Fixing>();", true)]
    public Task A_suggestion_in_a_helper_that_nothing_calls(string use, bool isSuggestion) => Verify.Grades(
        Rule,
        $$"""
        var app = WebApplication.Create(args);
        {{use}}
        app.Run();

        static class ProxyFix
        {
            public static void Apply(HttpContext context) => {|PSSL1006:context.Request.Scheme = context.Request.Headers["X-Forwarded-Proto"].ToString()|};
        }

        class Fixing(RequestDelegate next)
        {
            public Task InvokeAsync(HttpContext context)
            {
                {{(use.Contains("Fixing", System.StringComparison.Ordinal) ? "ProxyFix.Apply(context);" : "")}}
                return next(context);
            }
        }
        """,
        isSuggestion);

    [Theory]
    [InlineData("if (app.Configuration.GetValue<bool>(\"TrustProxy\")) { ADD }", true)]
    [InlineData("ADD", false)]
    [InlineData("app.Map(\"/a\", a => ADD);", false)]
    public Task A_suggestion_in_a_function_that_is_only_added_under_a_condition(string statement, bool isSuggestion) => Verify.Grades(
        Rule,
        "var app = WebApplication.Create(args);\n" + statement.Replace("ADD", """
            app.Use((context, next) =>
            {
                if (context.Request.Headers.TryGetValue("X-Forwarded-Proto", out var proto))
                {
                    {|PSSL1006:context.Request.Scheme = proto.ToString()|};
                }

                return next(context);
            })
            """ + (statement.StartsWith("app.Map", System.StringComparison.Ordinal) ? "" : ";"), System.StringComparison.Ordinal) + "\napp.Run();",
        isSuggestion);

    [Fact]
    public Task Stays_silent_in_a_middleware_that_development_alone_adds() =>
        Verify.Silent(Rule, Middleware("RequestDelegate next", "if (app.Environment.IsDevelopment()) { app.UseMiddleware<ProtoMiddleware>(); }").Replace("{|PSSL1006:", "").Replace("|}", ""));

    [Fact]
    public Task A_warning_in_a_class_that_is_no_middleware() => Verify.Warns(Rule, Middleware("Func<HttpContext, Task> next", ""));

    [Fact]
    public Task A_warning_in_a_library_whose_app_may_name_it() => Verify.Warns(
        Rule,
        Middleware("RequestDelegate next", "").Replace("var app = WebApplication.Create(args);  app.Run();", ""),
        configure: test => test.TestState.OutputKind = Microsoft.CodeAnalysis.OutputKind.DynamicallyLinkedLibrary);

    private static string Middleware(string next, string use) => $$"""
        var app = WebApplication.Create(args); {{use}} app.Run();

        public class ProtoMiddleware({{next}}, ILogger<ProtoMiddleware> logger)
        {
            public Task Invoke(HttpContext context)
            {
                {|PSSL1006:context.Request.Scheme = context.Request.Headers["X-Forwarded-Proto"].ToString()|};
                logger.LogDebug("set");
                return next(context);
            }
        }
        """;
}
