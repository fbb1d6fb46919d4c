using System.Threading.Tasks;
using ProxySsl.Analyzers.Tests.Verification;
using Xunit;

namespace ProxySsl.Analyzers.Tests.Headers;

public class PSSL1001Tests
{
    private const string Rule = "PSSL1001";

    [Fact]
    public Task Reports_a_redirect_that_presence_skips() => Verify.Reports(Rule, """
        var app = WebApplication.Create(args);
        app.Use(async (context, next) =>
        {
            if (!{|PSSL1001:context.Request.Headers.ContainsKey("X-Forwarded-Proto")|})
            {
                context.Response.Redirect("https://" + context.Request.Host + context.Request.Path);
                return;
            }

            await next();
        });
        app.Run();
        """);

    [Theory]
    [InlineData("""{|PSSL1001:request.Headers.ContainsKey("X-Forwarded-Proto")|}""")]
    [InlineData("""{|PSSL1001:request.Headers.ContainsKey("x-forwarded-proto")|}""")]
    [InlineData("""{|PSSL1001:request.Headers["X-Forwarded-Proto"].Count > 0|}""")]
    [InlineData("""{|PSSL1001:request.Headers["X-Forwarded-Proto"].Any()|}""")]
    [InlineData("""{|PSSL1001:request.Headers["X-Forwarded-Proto"].ToString().Length != 0|}""")]
    [InlineData("""{|PSSL1001:request.Headers["X-Forwarded-Proto"] != ""|}""")]
    [InlineData("""{|PSSL1001:request.Headers["X-Forwarded-Proto"].FirstOrDefault() is not null|}""")]
    [InlineData("""{|PSSL1001:request.Headers["X-Forwarded-Proto"].FirstOrDefault() is { Length: > 0 }|}""")]
    [InlineData("""!{|PSSL1001:StringValues.IsNullOrEmpty(request.Headers["X-Forwarded-Proto"])|}""")]
    [InlineData("""!{|PSSL1001:string.IsNullOrEmpty(request.Headers["X-Forwarded-Proto"])|}""")]
    [InlineData("""{|PSSL1001:request.Headers.TryGetValue("X-Forwarded-Proto", out _)|}""")]
    [InlineData("""{|PSSL1001:request.Headers.TryGetValue("X-Forwarded-Proto", out var unused)|}""")]
    [InlineData("""{|PSSL1001:request.Headers.Keys.Contains("X-Forwarded-Proto")|}""")]
    [InlineData("""{|PSSL1001:request.Headers.Any(h => h.Key == "X-Forwarded-Proto")|}""")]
    [InlineData("""{|PSSL1001:request.Headers.Keys.Any(k => k.Equals("X-Forwarded-Proto", StringComparison.OrdinalIgnoreCase))|}""")]
    [InlineData("""{|PSSL1001:request.Headers.ContainsKey("X-Forwarded-Proto")|} == true""")]
    [InlineData("""{|PSSL1001:request.Headers.ContainsKey(ForwardedHeadersDefaults.XForwardedProtoHeaderName)|}""")]
    [InlineData("""request.IsHttps || {|PSSL1001:request.Headers.ContainsKey("X-ARR-SSL")|}""")]
    [InlineData("""{|PSSL1001:request.Headers.ContainsKey("X-Forwarded-Ssl")|} || request.Headers.ContainsKey("Front-End-Https")""")]
    [InlineData("""{|PSSL1001:request.Headers?.ContainsKey("X-Forwarded-Proto")|} ?? false""")]
    public Task Reports_every_shape(string check) => Verify.Reports(Rule, $$"""
        using Microsoft.AspNetCore.HttpOverrides;
        using Microsoft.Extensions.Primitives;

        WebApplication.Create(args).Run();

        static class Requests
        {
            public static bool IsSecure(HttpRequest request) => {{check}};
        }
        """);

    [Fact]
    public Task Misses_a_count_that_goes_through_a_local() => Verify.KnownMiss(Rule, """
        var app = WebApplication.Create(args);
        app.Use((context, next) =>
        {
            var count = context.Request.Headers["X-Forwarded-Proto"].Count;
            if (count > 0)
            {
                return next(context);
            }

            context.Response.Redirect("https://" + context.Request.Host);
            return Task.CompletedTask;
        });
        app.Run();
        """, why: "a count is read where it is compared, and not followed through a local");

    [Fact]
    public Task Stays_silent_where_presence_guards_a_read_of_the_same_header() => Verify.Silent(Rule, """
        var app = WebApplication.Create(args);
        app.Run(async context =>
        {
            var scheme = context.Request.Scheme;
            if (context.Request.Headers.ContainsKey("X-Forwarded-Proto"))
            {
                scheme = context.Request.Headers["X-Forwarded-Proto"];
            }

            await context.Response.WriteAsync(scheme + "://" + context.Request.Host);
        });
        app.Run();
        """);

    [Fact]
    public Task Stays_silent_where_presence_refuses() => Verify.Silent(Rule, """
        var app = WebApplication.Create(args);
        app.Use(async (context, next) =>
        {
            if (context.Request.Headers.ContainsKey("X-Forwarded-Proto"))
            {
                context.Response.StatusCode = 403;
                return;
            }

            await next();
        });
        app.Run();
        """);

    [Theory]
    [InlineData("""if (request.IsHttps || {|PSSL1001:request.Headers.ContainsKey("X-Forwarded-Proto")|}) { await next(context); return; } context.Response.Redirect("https://a");""")]
    [InlineData("""if (!request.IsHttps && !{|PSSL1001:request.Headers.ContainsKey("X-Forwarded-Proto")|}) { context.Response.Redirect("https://a"); return; } await next(context);""")]
    [InlineData("""if ({|PSSL1001:request.Headers.ContainsKey("X-Forwarded-For")|}) { await next(context); return; } if (!request.IsHttps) { context.Response.Redirect("https://a"); return; } await next(context);""")]
    [InlineData("""if (!{|PSSL1001:request.Headers.ContainsKey("X-Forwarded-Proto")|}) { context.Response.StatusCode = 403; return; } await next(context);""")]
    [InlineData("""if (!{|PSSL1001:request.Headers.ContainsKey("X-Forwarded-For")|}) { context.Response.StatusCode = StatusCodes.Status403Forbidden; return; } await next(context);""")]
    [InlineData("""var scheme = {|PSSL1001:request.Headers.ContainsKey("X-Forwarded-Proto")|} ? "https" : "http"; await context.Response.WriteAsync(scheme + "://a");""")]
    [InlineData("""var scheme = request.Scheme; if ({|PSSL1001:request.Headers.ContainsKey("X-Forwarded-Proto")|}) { scheme = "https"; } await context.Response.WriteAsync(scheme + "://a");""")]
    [InlineData("""context.Response.Cookies.Append("a", "b", new CookieOptions { Secure = {|PSSL1001:request.Headers.ContainsKey("X-Forwarded-Proto")|} }); await next(context);""")]
    [InlineData("""var proto = request.Headers["X-Forwarded-Proto"].ToString(); var isSecure = !{|PSSL1001:string.IsNullOrEmpty(proto)|}; context.Items["secure"] = isSecure; await next(context);""")]
    [InlineData("""var values = request.Headers["X-Forwarded-Proto"]; if ({|PSSL1001:values.Count == 0|}) { context.Response.Redirect("https://a"); return; } await next(context);""")]
    [InlineData("""var behind = {|PSSL1001:request.Headers.ContainsKey("X-Forwarded-Proto")|}; if (!behind) { context.Response.Redirect("https://a"); return; } await next(context);""")]
    [InlineData("""var secure = false; foreach (var key in request.Headers.Keys) { if ({|PSSL1001:key.Equals("X-Forwarded-Proto", StringComparison.OrdinalIgnoreCase)|}) { secure = true; } } context.Items["secure"] = secure; await next(context);""")]
    [InlineData("""var secure = new[] { "X-Forwarded-Proto", "X-Forwarded-Ssl" }.Any(n => {|PSSL1001:request.Headers.ContainsKey(n)|}); context.Items["secure"] = secure; await next(context);""")]
    [InlineData("""if (!{|PSSL1001:HasHeader(request, "X-Forwarded-Proto")|}) { context.Response.Redirect("https://a"); return; } await next(context);""")]
    [InlineData("""if (!{|PSSL1001:request.HasHeader2(Names.Proto)|}) { context.Response.Redirect("https://a"); return; } await next(context);""")]
    [InlineData("""if ({|PSSL1001:request.Headers.TryGetValue("X-ARR-SSL", out _)|}) { context.Items["IsSecure"] = true; } await next(context);""")]
    [InlineData("""if ({|PSSL1001:request.Headers["X-ARR-SSL"] is { Count: > 0 }|}) context.Items["isHttps"] = true; await next(context);""")]
    [InlineData("""IHeaderDictionary headers = request.Headers; if (!{|PSSL1001:headers.ContainsKey("X-Forwarded-Proto")|}) { context.Response.Redirect("https://a"); return; } await next(context);""")]
    [InlineData("""if ({|PSSL1001:request.Headers.ContainsKey("X-Forwarded-Proto")|} is false) { context.Response.Redirect("https://a"); return; } await next(context);""")]
    [InlineData("""if ({|PSSL1001:request.Headers.ContainsKey($"X-{Names.Tail}")|}) { context.Items["IsSecure"] = true; context.Response.Cookies.Append("a", "b", new CookieOptions { Secure = true }); } await next(context);""")]
    [InlineData("""var flag = request.IsHttps || {|PSSL1001:request.Headers.ContainsKey("X-Forwarded-Proto")|}; context.Items["flag"] = flag; await next(context);""")]
    public Task Reports_presence_that_grants(string statements) => Verify.Reports(Rule, Middleware(statements));

    [Theory]
    [InlineData("""if (request.Headers.ContainsKey("X-Forwarded-For")) { context.Response.StatusCode = 403; return; } await next(context);""")]
    [InlineData("""if (request.Headers.TryGetValue("X-Forwarded-For", out _)) { context.Response.ContentType = "text/plain"; await context.Response.WriteAsync("no"); return; } await next(context);""")]
    [InlineData("""if (request.Headers.ContainsKey("X-Real-IP") || request.Headers.ContainsKey("X-Forwarded-For")) { context.Response.StatusCode = 412; } else { await next(context); }""")]
    [InlineData("""if (request.Headers.ContainsKey("X-Forwarded-Proto")) { logger.LogInformation("behind a proxy"); } await next(context);""")]
    [InlineData("""if (request.Headers.ContainsKey("X-Forwarded-Proto")) { throw new InvalidOperationException("no proxy expected"); } await next(context);""")]
    [InlineData("""var hide = request.Headers.ContainsKey("X-Forwarded-For"); context.Items["hide"] = hide; await next(context);""")]
    [InlineData("""var isLocal = System.Net.IPAddress.IsLoopback(context.Connection.RemoteIpAddress!) && !request.Headers.ContainsKey("X-Forwarded-For"); context.Items["l"] = isLocal; await next(context);""")]
    [InlineData("""if (!request.Headers.ContainsKey("X-Forwarded-Proto")) { await next(context); return; } var scheme = request.Headers["X-Forwarded-Proto"]; context.Items["s"] = scheme.ToString();""")]
    [InlineData("""var proto = request.Headers["X-Forwarded-Proto"].FirstOrDefault(); if (!string.IsNullOrEmpty(proto)) { context.Items["s"] = proto; } await next(context);""")]
    [InlineData("""var secure = request.Headers.ContainsKey("X-Forwarded-Proto") && request.Headers["X-Forwarded-Proto"] == "https"; context.Items["secure"] = secure; await next(context);""")]
    [InlineData("""var scheme = request.Headers.ContainsKey("X-Forwarded-Proto") ? request.Headers["X-Forwarded-Proto"].ToString() : "https"; context.Items["s"] = scheme; await next(context);""")]
    [InlineData("""if (HasHeader(request, "X-Forwarded-Proto")) { context.Items["s"] = request.Headers["X-Forwarded-Proto"].ToString(); } await next(context);""")]
    [InlineData("""if (context.Response.Headers.ContainsKey("X-Forwarded-Proto")) { context.Items["secure"] = "https"; } await next(context);""")]
    [InlineData("""var outgoing = new HttpRequestMessage(); if (!outgoing.Headers.Contains("X-Forwarded-Proto")) { outgoing.Headers.Add("X-Forwarded-Proto", "https"); } await next(context);""")]
    [InlineData("""if (!request.Headers.ContainsKey("X-Forwarded-Proto")) { request.Headers["X-Forwarded-Proto"] = "https"; } await next(context);""")]
    [InlineData("""if (Trusted(context) && request.Headers.ContainsKey("X-Forwarded-Proto")) { context.Items["scheme"] = "https"; } await next(context);""")]
    [InlineData("""if (request.Headers.ContainsKey("X-Request-Id")) { context.Items["scheme"] = "https"; } await next(context);""")]
    [InlineData("""if (request.Headers.ContainsKey("X-Forwarded-Proto")) { context.Response.StatusCode = 403; return; } context.Response.Redirect("https://a");""")]
    [InlineData("""if (request.Headers.ContainsKey("X-Forwarded-Proto")) { context.Response.StatusCode = 403; } else { context.Response.StatusCode = 401; }""")]
    public Task Stays_silent(string statements) => Verify.Silent(Rule, Middleware(statements));

    [Fact]
    public Task Reports_presence_that_lets_an_authorization_succeed() => Verify.Reports(Rule, """
        using Microsoft.AspNetCore.Authorization;

        WebApplication.Create(args).Run();

        class ProxiedOnly(IHttpContextAccessor accessor) : IAuthorizationHandler
        {
            public Task HandleAsync(AuthorizationHandlerContext context)
            {
                if ({|PSSL1001:accessor.HttpContext!.Request.Headers.ContainsKey("X-Forwarded-Proto")|})
                {
                    context.Succeed(context.Requirements.First());
                }

                return Task.CompletedTask;
            }
        }
        """);

    [Theory]
    [InlineData("if ({|PSSL1001:context.HttpContext.Request.Headers.ContainsKey(\"X-Forwarded-Proto\")|}) return; base.OnAuthorization(context);")]
    [InlineData("if (!{|PSSL1001:context.HttpContext.Request.Headers.ContainsKey(\"X-Forwarded-Proto\")|}) base.OnAuthorization(context);")]
    [InlineData("if (!{|PSSL1001:context.HttpContext.Request.Headers.ContainsKey(\"X-ARR-SSL\")|}) HandleNonHttpsRequest(context);")]
    public Task Reports_presence_that_skips_the_base_of_a_filter(string statements) => Verify.Reports(Rule, Filter(statements));

    [Theory]
    [InlineData("if (context.HttpContext.Request.Headers.ContainsKey(\"X-Forwarded-Proto\")) base.OnAuthorization(context);")]
    [InlineData("if (!context.HttpContext.Request.Headers.ContainsKey(\"X-Forwarded-Proto\")) base.ToString(); base.OnAuthorization(context);")]
    public Task Stays_silent_where_presence_does_not_skip_the_base_of_a_filter(string statements) => Verify.Silent(Rule, Filter(statements));

    private static string Filter(string statements) => $$"""
        using Microsoft.AspNetCore.Mvc;
        using Microsoft.AspNetCore.Mvc.Filters;

        WebApplication.Create(args).Run();

        sealed class RequireHttpsBehindProxyAttribute : RequireHttpsAttribute
        {
            public override void OnAuthorization(AuthorizationFilterContext context)
            {
                {{statements}}
            }
        }
        """;

    [Theory]
    [InlineData("return null;", "PSSL1001")]
    [InlineData("return \"\";", "PSSL1001")]
    [InlineData("return context.Connection.RemoteIpAddress?.ToString();", null)]
    [InlineData("return \"unknown\";", null)]
    [InlineData("var address = context.Connection.RemoteIpAddress?.ToString(); return address;", null)]
    [InlineData("string? nothing = null; return nothing;", "PSSL1001")]
    public Task A_result_that_is_never_nothing_says_nothing_of_presence(string otherwise, string? rule)
    {
        var test = rule is null ? "string.IsNullOrEmpty(Key(context))" : "{|PSSL1001:string.IsNullOrEmpty(Key(context))|}";
        var source = $$"""
            var app = WebApplication.Create(args);
            app.Use(async (context, next) =>
            {
                if ({{test}})
                {
                    context.Response.StatusCode = 429;
                    return;
                }

                await next();
            });
            app.Run();

            static string? Key(HttpContext context)
            {
                if (context.Request.Headers.TryGetValue("X-Forwarded-For", out var addresses))
                {
                    return addresses.ToString().Split(',')[0].Trim();
                }

                {{otherwise}}
            }
            """;
        return rule is null ? Verify.Silent(Rule, source) : Verify.Reports(Rule, source);
    }

    [Fact]
    public Task Survives_a_result_that_is_made_of_itself() => Verify.Reports(Rule, """
        var app = WebApplication.Create(args);
        app.Use(async (context, next) =>
        {
            if ({|PSSL1001:string.IsNullOrEmpty(Key(context))|})
            {
                context.Response.StatusCode = 429;
                return;
            }

            await next();
        });
        app.Run();

        static string? Key(HttpContext context)
        {
            if (context.Request.Headers.TryGetValue("X-Forwarded-For", out var addresses))
            {
                return addresses.ToString();
            }

            string? address = address;
            return address;
        }
        """, configure: test => test.CompilerDiagnostics = Microsoft.CodeAnalysis.Testing.CompilerDiagnostics.None);

    [Fact]
    public Task Reports_a_helper_in_another_file_by_what_its_callers_do() => Verify.Reports(Rule, """
        var app = WebApplication.Create(args);
        app.Use(async (HttpContext context, RequestDelegate next) =>
        {
            if (!context.Request.IsBehindProxy())
            {
                context.Response.Redirect("https://" + context.Request.Host);
                return;
            }

            await next(context);
        });
        app.Run();

        static class Requests
        {
            public static bool IsBehindProxy(this HttpRequest request) => {|PSSL1001:request.Headers.ContainsKey("X-Forwarded-Proto")|};
        }
        """);

    [Fact]
    public Task Reports_a_check_of_a_property_that_wraps_the_header() => Verify.Reports(Rule, """
        WebApplication.Create(args).Run();

        class ClientRequest(HttpRequest request)
        {
            public bool IsSecure => request.IsHttps;

            public string? ForwardedFor => string.IsNullOrEmpty(request.Headers["X-Forwarded-For"]) ? null : request.Headers["X-Forwarded-For"].ToString();
        }

        class EnsureHttps
        {
            public void Execute(ClientRequest request, HttpResponse response)
            {
                if (!request.IsSecure)
                {
                    if ({|PSSL1001:request.ForwardedFor != null|})
                    {
                        return;
                    }

                    response.Redirect("https://a");
                }
            }
        }
        """);

    [Theory]
    [InlineData("System.Web.HttpRequest", """{|PSSL1001:request.Headers["X-Forwarded-Proto"] != null|}""")]
    [InlineData("System.Web.HttpRequest", """!{|PSSL1001:string.IsNullOrEmpty(request.ServerVariables["HTTP_X_FORWARDED_PROTO"])|}""")]
    [InlineData("System.Web.HttpRequest", """{|PSSL1001:request.Headers.AllKeys.Contains("X-ARR-SSL")|}""")]
    [InlineData("Microsoft.Owin.IOwinRequest", """{|PSSL1001:request.Headers.ContainsKey("X-Forwarded-Proto")|}""")]
    [InlineData("Nancy.Request", """{|PSSL1001:request.Headers.Keys.Contains("X-Forwarded-Proto")|}""")]
    [InlineData("System.Net.Http.HttpRequestMessage", """{|PSSL1001:request.Headers.Contains("X-Forwarded-Proto")|}""")]
    public Task Reports_other_request_types(string type, string check) => Verify.Reports(Rule, OtherRequests(type, check));

    [Theory]
    [InlineData("System.Web.HttpRequest", """request.Headers["X-Forwarded-Proto"] == "https" """)]
    [InlineData("Microsoft.Owin.IOwinRequest", """request.Headers["X-Forwarded-Proto"] == "https" """)]
    [InlineData("Nancy.Request", """request.Headers["X-Forwarded-Proto"].Contains("https")""")]
    [InlineData("System.Net.Http.HttpRequestMessage", """request.Headers.GetValues("X-Forwarded-Proto").First() == "https" """)]
    public Task Other_request_types_have_no_better_way_than_the_value(string type, string check) => Verify.AllSilent(OtherRequests(type, check));

    // Code of System.Web whose types come from ASP.NET Core by the implicit usings, as long as the project does not build.
    [Theory]
    [InlineData("private static HttpContext Context => HttpContext.Current; private static HttpRequest Request => Context.Request;", "Request")]
    [InlineData("private static HttpRequest Request { get { return HttpContext.Current.Request; } }", "Request")]
    [InlineData("private static HttpContext Context => HttpContext.Current;", "Context.Request")]
    [InlineData("private static HttpContext Context => System.Web.HttpContext.Current;", "Context.Request")]
    [InlineData("private static HttpRequest Request(int i) { HttpRequest request = HttpContext.Current.Request; return IsSecure2(request); }", "((HttpRequest)HttpContext.Current.Request)")]
    public async Task A_current_context_is_that_of_System_Web(string members, string request)
    {
        await Verify.Reports(Rule, Current(members, "{|PSSL1001:" + request + """.Headers["X-Forwarded-Proto"] != null|}"""), configure: Configure);
        await Verify.Silent("PSSL1002", Current(members, request + """.Headers["X-Forwarded-Proto"].ToString().StartsWith("https")"""), configure: Configure);

        static void Configure(ProxySslTest test) => test.CompilerDiagnostics = Microsoft.CodeAnalysis.Testing.CompilerDiagnostics.None;
    }

    [Theory]
    [InlineData("private static HttpContext Context => Contexts.Current;", "Context.Request")]
    [InlineData("private static HttpContext Context => new HttpContextAccessor().HttpContext!;", "Context.Request")]
    [InlineData("private static HttpContext Context => Compat.HttpContext.Current;", "Context.Request")]
    public Task A_current_context_of_its_own_is_that_of_the_framework(string members, string request) =>
        Verify.Reports("PSSL1002", Current(members, "{|PSSL1002:" + request + """.Headers["X-Forwarded-Proto"]|}.ToString().StartsWith("https")"""));

    private static string Current(string members, string check) => $$"""
        WebApplication.Create(args).Run();

        static class Requests
        {
            {{members}}

            public static bool IsSecure => {{check}};
        }

        static class Contexts
        {
            public static HttpContext Current => new HttpContextAccessor().HttpContext!;
        }

        namespace Compat
        {
            static class HttpContext
            {
                public static Microsoft.AspNetCore.Http.HttpContext Current => new HttpContextAccessor().HttpContext!;
            }
        }
        """;

    [Fact]
    public Task Stays_silent_in_a_yarp_transform() => Verify.AllSilent("""
        WebApplication.Create(args).Run();

        class RequestTransformContext
        {
            public required HttpContext HttpContext { get; init; }
        }

        class Transforms
        {
            public bool IsSecure(RequestTransformContext context) => context.HttpContext.Request.Headers.ContainsKey("X-Forwarded-Proto");
        }
        """);

    [Fact]
    public Task Reports_configured_headers() => Verify.Reports(Rule, """
        WebApplication.Create(args).Run();

        static class Requests
        {
            public static bool IsSecure(HttpRequest request) => {|PSSL1001:request.Headers.ContainsKey("X-Acme-Tls")|};
        }
        """, configure: test => test.TestState.AnalyzerConfigFiles.Add(("/.globalconfig", "is_global = true\nproxyssl.scheme_headers = X-Acme-Tls\n")));

    [Theory]
    [InlineData(Framework.Net60)]
    [InlineData(Framework.Net80)]
    [InlineData(Framework.Net90)]
    [InlineData(Framework.Net100)]
    public Task Reports_on_every_framework(Framework framework) => Verify.Reports(Rule, """
        WebApplication.Create(args).Run();

        static class Requests
        {
            public static bool IsSecure(HttpRequest request) => {|PSSL1001:request.Headers.ContainsKey("X-Forwarded-Proto")|};
        }
        """, framework);

    [Fact]
    public Task Known_miss_presence_in_a_collection_that_is_asked_later() => Verify.KnownMiss(Rule, """
        WebApplication.Create(args).Run();

        static class Requests
        {
            public static bool IsSecure(HttpRequest request) => new HashSet<string>(request.Headers.Keys).Overlaps(new[] { "X-Forwarded-Proto" });
        }
        """, "set operations on names are not followed");

    private static string Middleware(string statements) => $$"""
        WebApplication.Create(args).Run();

        static class Names
        {
            public const string Tail = "Forwarded-Proto";
            public static string Proto => "X-Forwarded-Proto";

            public static bool HasHeader2(this HttpRequest request, string name) => !string.IsNullOrWhiteSpace(request.Headers[name]);
        }

        class Middleware(RequestDelegate next, ILogger<Middleware> logger, HashSet<System.Net.IPAddress> proxies)
        {
            public async Task InvokeAsync(HttpContext context)
            {
                var request = context.Request;
                {{statements}}
            }

            private static bool HasHeader(HttpRequest request, string name) => request.Headers.ContainsKey(name);

            private bool Trusted(HttpContext context)
            {
                logger.LogDebug("asked");
                return proxies.Contains(context.Connection.RemoteIpAddress!);
            }
        }
        """;

    private static string OtherRequests(string type, string check) => $$"""
        WebApplication.Create(args).Run();

        static class Requests
        {
            public static bool IsSecure({{type}} request) => {{check}};
        }

        namespace System.Web
        {
            public class HttpRequest
            {
                public System.Collections.Specialized.NameValueCollection Headers { get; } = new();
                public System.Collections.Specialized.NameValueCollection ServerVariables { get; } = new();
            }
        }

        namespace System.Web.Http
        {
            public class ApiController
            {
                public System.Net.Http.HttpRequestMessage Request { get; set; } = null!;
            }
        }

        namespace Microsoft.Owin
        {
            public interface IHeaderDictionary : System.Collections.Generic.IDictionary<string, string[]>
            {
                new string this[string key] { get; set; }
            }

            public interface IOwinRequest
            {
                IHeaderDictionary Headers { get; }
            }
        }

        namespace Nancy
        {
            public class RequestHeaders
            {
                public System.Collections.Generic.IEnumerable<string> Keys => [];
                public System.Collections.Generic.IEnumerable<string> this[string name] => [];
            }

            public class Request
            {
                public RequestHeaders Headers { get; } = new();
            }
        }
        """;
}
