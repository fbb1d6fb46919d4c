using System.Threading.Tasks;
using ProxySsl.Analyzers.Tests.Verification;
using Xunit;

namespace ProxySsl.Analyzers.Tests.Headers;

public class PSSL1003Tests
{
    private const string Rule = "PSSL1003";

    [Fact]
    public Task Reports_a_helper_that_prefers_the_header() => Verify.Reports(Rule, """
        using System.Net;
        using Microsoft.Extensions.Primitives;

        WebApplication.Create(args).Run();

        public static class HeaderHelper
        {
            public static IPAddress? GetRealIP(HttpContext ctx)
            {
                var xRealIpHeader = {|PSSL1003:ctx.Request.Headers["X-Real-IP"]|};
                if (!StringValues.IsNullOrEmpty(xRealIpHeader) && IPAddress.TryParse(xRealIpHeader, out var ip))
                    return ip;
                else
                    return ctx.Connection.RemoteIpAddress;
            }

            public static string? GetRemoteIp(this HttpContext? ctx)
            {
                var headers = ctx?.Request.Headers;
                if (headers == null)
                    return null;
                return !string.IsNullOrEmpty(headers["X-Forwarded-For"])
                    ? {|PSSL1003:headers["X-Forwarded-For"]|}.ToString()
                    : ctx?.Connection.RemoteIpAddress?.ToString();
            }
        }
        """);

    [Theory]
    [InlineData("""return {|PSSL1003:context.Request.Headers["CF-Connecting-IP"]|}.ToString();""")]
    [InlineData("""return {|PSSL1003:context.Request.Headers["X-Forwarded-For"]|}.FirstOrDefault() ?? context.Connection.RemoteIpAddress?.ToString();""")]
    [InlineData("""return {|PSSL1003:context.Request.Headers["X-Forwarded-For"]|}[0];""")]
    [InlineData("""return {|PSSL1003:context.Request.Headers["X-Forwarded-For"]|}.ToString().Split(',').Last().Trim();""")]
    [InlineData("""return {|PSSL1003:context.Request.Headers["X-Forwarded-For"]|}.ToString().Split(',')[^1];""")]
    [InlineData("""return {|PSSL1003:context.Request.Headers.TryGetValue("True-Client-IP", out var ip)|} ? ip.ToString() : null;""")]
    [InlineData("""return {|PSSL1003:context.Request.Headers?["X-Real-IP"]|};""")]
    [InlineData("""return {|PSSL1003:context.GetServerVariable("HTTP_X_FORWARDED_FOR")|};""")]
    [InlineData("""IPAddress.TryParse({|PSSL1003:context.Request.Headers["X-Client-IP"]|}, out var ip); return ip?.ToString();""")]
    [InlineData("""return {|PSSL1003:Header(context.Request, "X-Real-IP")|};""")]
    [InlineData("""return {|PSSL1003:Header(context.Request, Names.RealIp)|} ?? "";""")]
    [InlineData("""return new[] { "X-Real-IP", "X-Client-IP" }.Select(n => {|PSSL1003:context.Request.Headers[n]|}.FirstOrDefault()).FirstOrDefault(v => v != null);""")]
    [InlineData("""foreach (var n in Names.All) { if ({|PSSL1003:context.Request.Headers.TryGetValue(n, out var v)|}) { return v; } } return null;""")]
    [InlineData("""foreach (var h in context.Request.Headers) { if ({|PSSL1003:h.Key == "X-Real-IP"|}) { return h.Value; } } return null;""")]
    [InlineData("""return {|PSSL1003:GetHeaderValueAs<string>(context, "X-Real-IP")|};""")]
    [InlineData("""return {|PSSL1003:context.Request.Headers["X-Real-IP"]|} is { Count: > 0 } values ? values.ToString() : null;""")]
    public Task Reports_every_shape(string body) => Verify.Reports(Rule, $$"""
        using System.Net;

        WebApplication.Create(args).Run();

        static class Names
        {
            public static readonly string RealIp = "X-Real-IP";
            public static readonly string[] All = { "X-Real-IP", "True-Client-IP" };
        }

        static class Clients
        {
            public static string? Address(HttpContext context)
            {
                {{body}}
            }

            private static string? Header(HttpRequest request, string name) =>
                request.Headers.TryGetValue(name, out var values) ? values.FirstOrDefault() : null;

            private static T? GetHeaderValueAs<T>(HttpContext context, string headerName)
            {
                if (context.Request?.Headers?.TryGetValue(headerName, out var values) ?? false)
                {
                    var raw = values.ToString();
                    if (!string.IsNullOrWhiteSpace(raw))
                    {
                        return (T)Convert.ChangeType(raw, typeof(T));
                    }
                }

                return default;
            }
        }
        """);

    [Fact]
    public Task Reports_a_name_from_another_file() => Verify.Reports(Rule, """
        WebApplication.Create(args).Run();

        static class Clients
        {
            public static string Address(HttpRequest request) => {|PSSL1003:request.Headers[HeaderNames2.ClientAddress]|}.ToString();
        }
        """, configure: test => test.TestState.Sources.Add("""
        static class HeaderNames2
        {
            public const string ClientAddress = "X-Real-IP";
        }
        """));

    [Fact]
    public Task Reports_a_bound_parameter() => Verify.Reports(Rule, """
        using Microsoft.AspNetCore.Mvc;

        var app = WebApplication.Create(args);
        app.MapPost("/orders", ([FromHeader(Name = "X-Real-IP")] string? ip, Orders orders) => { orders.Add({|PSSL1003:ip|}); });
        app.Run();

        class Orders
        {
            public void Add(string? address) => Last = address;

            public string? Last { get; set; }
        }
        """);

    [Theory]
    [InlineData("""logger.LogInformation("from {Ip}", context.Request.Headers["X-Real-IP"].ToString());""")]
    [InlineData("""var ip = context.Request.Headers["X-Real-IP"].FirstOrDefault(); logger.LogWarning("from {Ip}", ip);""")]
    [InlineData("""using var scope = logger.BeginScope(new Dictionary<string, object?> { ["ip"] = context.Request.Headers["X-Real-IP"].ToString() });""")]
    [InlineData("""System.Diagnostics.Activity.Current?.SetTag("client.address", context.Request.Headers["X-Real-IP"].ToString());""")]
    [InlineData("""Console.WriteLine(context.Request.Headers["X-Real-IP"]);""")]
    [InlineData("""context.Request.Headers["X-Real-IP"] = "127.0.0.1";""")]
    [InlineData("""context.Request.Headers.Remove("X-Real-IP");""")]
    [InlineData("""context.Request.Headers.Append("X-Real-IP", "10.0.0.1");""")]
    [InlineData("""context.Response.Headers["X-Real-IP"].ToString().Trim(); Store(context.Response.Headers["X-Real-IP"]);""")]
    [InlineData("""outgoing.Headers.TryAddWithoutValidation("X-Real-IP", context.Request.Headers["X-Real-IP"].ToString());""")]
    [InlineData("""outgoing.Headers.Add("X-Forwarded-For", context.Request.Headers["X-Forwarded-For"] + ", " + context.Connection.RemoteIpAddress);""")]
    [InlineData("""Store(outgoing.Headers.GetValues("X-Real-IP").First());""")]
    [InlineData("""var made = new DefaultHttpContext(); Store(made.Request.Headers["X-Real-IP"]);""")]
    [InlineData("""Store(context.Request.Cookies["X-Real-IP"]);""")]
    [InlineData("""Store(context.Request.Query["X-Real-IP"]);""")]
    [InlineData("""await context.Response.WriteAsync("you are " + context.Request.Headers["X-Real-IP"]);""")]
    [InlineData("""if (proxies.Contains(context.Connection.RemoteIpAddress)) { Store(context.Request.Headers["X-Real-IP"]); }""")]
    [InlineData("""if (!IsProxy(context.Connection.RemoteIpAddress)) { return; } Store(context.Request.Headers["X-Real-IP"]);""")]
    [InlineData("""var peer = context.Connection.RemoteIpAddress; var trusted = peer != null && proxies.Contains(peer); if (trusted) { Store(context.Request.Headers["X-Real-IP"]); }""")]
    [InlineData("""if (ComesFromProxy(context)) { Store(context.Request.Headers["X-Real-IP"]); }""")]
    [InlineData("""var list = new List<string> { "X-Real-IP", "X-Forwarded-For" }; Store(list[0]);""")]
    public Task Stays_silent(string statements) => Verify.Silent(Rule, $$"""
        using System.Net;

        WebApplication.Create(args).Run();

        class Middleware(ILogger<Middleware> logger, HashSet<IPAddress?> proxies, HttpRequestMessage outgoing)
        {
            public string? Last { get; private set; }

            public async Task InvokeAsync(HttpContext context)
            {
                {{statements}}
                await Task.CompletedTask;
                logger.LogDebug("{Count} {Outgoing}", proxies.Count, outgoing);
            }

            private void Store(string? address) => Last = address;

            private bool IsProxy(IPAddress? address) => proxies.Contains(address);

            private bool ComesFromProxy(HttpContext context) => IsProxy(context.Connection.RemoteIpAddress);
        }
        """);

    [Theory]
    [InlineData("""logger.LogInformation("from {Ip}", 1); Store({|PSSL1003:context.Request.Headers["X-Real-IP"]|});""")]
    [InlineData("""var ip = {|PSSL1003:context.Request.Headers["X-Real-IP"]|}.FirstOrDefault(); logger.LogWarning("from {Ip}", ip); Store(ip);""")]
    [InlineData("""if (context.Connection.RemoteIpAddress != null) { Store({|PSSL1003:context.Request.Headers["X-Real-IP"]|}); }""")]
    [InlineData("""if (blocked.Contains({|PSSL1003:context.Request.Headers["X-Real-IP"]|}.ToString())) { context.Response.StatusCode = 403; }""")]
    [InlineData("""if ({|PSSL1003:context.Request.Headers["X-Real-IP"]|} == "10.0.0.1") { Store("admin"); }""")]
    [InlineData("""context.Items["ip"] = {|PSSL1003:context.Request.Headers["X-Real-IP"]|}.ToString();""")]
    public Task Reports_what_looks_like_a_silent_place(string statements) => Verify.Reports(Rule, $$"""
        WebApplication.Create(args).Run();

        class Middleware(ILogger<Middleware> logger, HashSet<string> blocked)
        {
            public string? Last { get; private set; }

            public async Task InvokeAsync(HttpContext context)
            {
                {{statements}}
                await Task.CompletedTask;
                logger.LogDebug("{Count}", blocked.Count);
            }

            private void Store(string? address) => Last = address;
        }
        """);

    [Theory]
    [InlineData("""return {|PSSL1003:request.Headers["X-Real-IP"]|} == "10.0.0.1";""", "is compared")]
    [InlineData("""return {|PSSL1003:request.Headers["X-Real-IP"]|}.ToString();""", "is used")]
    public Task Names_what_the_value_is_used_for(string body, string thing) => Verify.Names(Rule, $$"""
        WebApplication.Create(args).Run();

        static class Requests
        {
            public static object Read(HttpRequest request)
            {
                {{body}}
            }
        }
        """, [thing]);

    // What others can call is the app's idea of the client, even where today's callers only write it down.
    [Theory]
    [InlineData("private", """context.Request.Headers["X-Real-IP"]""")]
    [InlineData("public", """{|PSSL1003:context.Request.Headers["X-Real-IP"]|}""")]
    [InlineData("internal", """{|PSSL1003:context.Request.Headers["X-Real-IP"]|}""")]
    public Task A_helper_whose_callers_only_log(string accessibility, string read)
    {
        var source = $$"""
            WebApplication.Create(args).Run();

            public class Orders(ILogger<Orders> logger)
            {
                public void Add(HttpContext context) => logger.LogInformation("from {Ip}", Client(context));

                public void Remove(HttpContext context) => logger.LogInformation("from {Ip}", Client(context));

                {{accessibility}} static string Client(HttpContext context) => {{read}}.FirstOrDefault() ?? context.Connection.RemoteIpAddress?.ToString() ?? "";
            }
            """;
        return accessibility == "private" ? Verify.Silent(Rule, source) : Verify.Reports(Rule, source);
    }

    // A logging library of a package that is not restored yet.
    [Theory]
    [InlineData("Log.Debug(\"{Ip}\", context.Request.Headers[\"X-Real-IP\"].ToString());", false)]
    [InlineData("Serilog.Log.Debug(\"{@All}\", new { Ip = context.Request.Headers[\"X-Real-IP\"].ToString() });", false)]
    [InlineData("_logger.Information(\"{Ip}\", context.Request.Headers[\"X-Real-IP\"].ToString());", false)]
    [InlineData("Login.Remember(context.Request.Headers[\"X-Real-IP\"].ToString());", true)]
    public Task A_call_that_is_not_resolved_and_named_like_a_log(string call, bool isReported)
    {
        var source = $$"""
            WebApplication.Create(args).Run();

            public class Requests
            {
                public void Seen(HttpContext context)
                {
                    {{call.Replace("context.Request.Headers[\"X-Real-IP\"]", isReported ? "{|PSSL1003:context.Request.Headers[\"X-Real-IP\"]|}" : "context.Request.Headers[\"X-Real-IP\"]")}}
                }
            }
            """;
        static void Configure(ProxySslTest test) => test.CompilerDiagnostics = Microsoft.CodeAnalysis.Testing.CompilerDiagnostics.None;
        return isReported ? Verify.Reports(Rule, source, configure: Configure) : Verify.Silent(Rule, source, configure: Configure);
    }

    // The generator's part of the logging method is there in a build, and is not where the generator does not run.
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public Task A_helper_whose_callers_only_log_by_generated_methods(bool hasGeneratedPart) => Verify.Silent(Rule, """
        using System.Net;
        using Microsoft.Extensions.Primitives;

        WebApplication.Create(args).Run();

        public static partial class Messages
        {
            [LoggerMessage(EventId = 0, Level = LogLevel.Information, Message = "{Name} came from {Ip}")]
            public static partial void OnlineConfig(ILogger target, string name, IPAddress? ip);
        }

        public class Configs(ILogger<Configs> sink)
        {
            public void One(HttpContext context) => Messages.OnlineConfig(sink, "one", GetRealIP(context));

            public void Two(HttpContext context) => Messages.OnlineConfig(sink, "two", GetRealIP(context));

            private static IPAddress? GetRealIP(HttpContext ctx)
            {
                var xRealIpHeader = ctx.Request.Headers["X-Real-IP"];
                if (!StringValues.IsNullOrEmpty(xRealIpHeader) && IPAddress.TryParse(xRealIpHeader, out var ip))
                    return ip;
                else
                    return ctx.Connection.RemoteIpAddress;
            }
        }
        """, configure: test =>
        {
            test.CompilerDiagnostics = Microsoft.CodeAnalysis.Testing.CompilerDiagnostics.None;
            if (hasGeneratedPart)
            {
                test.TestState.Sources.Add("""
                    partial class Messages
                    {
                        private static readonly Action<ILogger, string, System.Net.IPAddress?, Exception?> Callback =
                            Microsoft.Extensions.Logging.LoggerMessage.Define<string, System.Net.IPAddress?>(LogLevel.Information, new EventId(0), "{Name} came from {Ip}");

                        public static partial void OnlineConfig(ILogger target, string name, System.Net.IPAddress? ip) => Callback(target, name, ip, null);
                    }
                    """);
            }
        });

    // What looks the same, and lets something out of the log.
    [Theory]
    [InlineData("""public void Add(HttpContext context) { Came(logger, Client(context)); Last = Client(context); }""")]
    [InlineData("""public void Add(HttpContext context) { Came(logger, Client(context)); if (Client(context) == "10.0.0.1") { Last = "admin"; } }""")]
    [InlineData("""public void Add(HttpContext context) { Came(logger, Client(context)); Last = Of(context, Client); }""")]
    [InlineData("""public Func<HttpContext, string> Of2 => Client; public void Add(HttpContext context) => Came(logger, Client(context));""")]
    [InlineData("""public void Add(HttpContext context) => Store(logger, Client(context));""")]
    public Task Reports_a_helper_whose_callers_do_more_than_log(string member) => Verify.Reports(Rule, $$"""
        WebApplication.Create(args).Run();

        public partial class Orders(ILogger<Orders> logger)
        {
            private static readonly Action<ILogger, string, Exception?> CameFrom = LoggerMessage.Define<string>(LogLevel.Information, new EventId(0), "from {Ip}");

            public string? Last { get; private set; }

            {{member}}

            private static string Client(HttpContext context) => {|PSSL1003:context.Request.Headers["X-Real-IP"]|}.FirstOrDefault() ?? "";

            private static string Of(HttpContext context, Func<HttpContext, string> read) => read(context);

            private static void Came(ILogger target, string ip) => CameFrom(target, ip, null);

            private partial void Store(ILogger target, string ip);

            private partial void Store(ILogger target, string ip) => Last = ip;
        }
        """);

    [Theory]
    [InlineData("""LogContextLike.Of(context.Request.Headers["X-Real-IP"].ToString(), logger);""")]
    [InlineData("""Came(logger, context.Request.Headers["X-Real-IP"].ToString(), null);""")]
    [InlineData("""Came.Invoke(logger, context.Request.Headers["X-Real-IP"].ToString(), null);""")]
    [InlineData("""Named(context.Request.Headers["X-Real-IP"].ToString());""")]
    [InlineData("""using (logger.BeginScope("from {Ip}", context.Request.Headers["X-Real-IP"].ToString())) { }""")]
    [InlineData("""var ip = context.Request.Headers["X-Real-IP"].ToString(); if (logger.IsEnabled(LogLevel.Debug)) { logger.LogDebug($"from {ip}"); }""")]
    public Task Stays_silent_where_only_the_log_gets_it(string statement) => Verify.Silent(Rule, $$"""
        WebApplication.Create(args).Run();

        public partial class Orders(ILogger<Orders> logger)
        {
            private static readonly Action<ILogger, string, Exception?> Came = LoggerMessage.Define<string>(LogLevel.Information, new EventId(0), "from {Ip}");

            public void Add(HttpContext context)
            {
                {{statement}}
            }

            [LoggerMessage(1, LogLevel.Information, "from {Ip}")]
            private partial void Named(string ip);
        }

        static class LogContextLike
        {
            public static void Of(string ip, ILogger logger) => logger.LogInformation("from {Ip}", ip);
        }
        """, configure: test => test.CompilerDiagnostics = Microsoft.CodeAnalysis.Testing.CompilerDiagnostics.None);

    [Fact]
    public Task Reports_what_implements_a_member_that_others_call() => Verify.Reports(Rule, """
        WebApplication.Create(args).Run();

        public class Client(HttpContext context, ILogger<Client> logger) : IFormattable
        {
            public void Add() => logger.LogInformation("from {Ip}", ToString(null, null));

            public string ToString(string? format, IFormatProvider? provider) => {|PSSL1003:context.Request.Headers["X-Real-IP"]|}.ToString();
        }
        """);
}
