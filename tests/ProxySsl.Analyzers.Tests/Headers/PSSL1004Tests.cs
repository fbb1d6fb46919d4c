using System.Threading.Tasks;
using ProxySsl.Analyzers.Tests.Verification;
using Xunit;

namespace ProxySsl.Analyzers.Tests.Headers;

public class PSSL1004Tests
{
    private const string Rule = "PSSL1004";

    [Theory]
    [InlineData("""return {|PSSL1004:request.Headers["X-Forwarded-For"]|}.ToString().Split(',')[0].Trim();""")]
    [InlineData("""return {|PSSL1004:request.Headers["X-Forwarded-For"]|}.ToString().Split(',').First();""")]
    [InlineData("""return {|PSSL1004:request.Headers["X-Forwarded-For"]|}.FirstOrDefault()?.Split(',').Select(s => s.Trim()).FirstOrDefault();""")]
    [InlineData("""return {|PSSL1004:request.Headers.GetCommaSeparatedValues("X-Forwarded-For")|}.FirstOrDefault();""")]
    [InlineData("""string list = {|PSSL1004:request.Headers["X-Forwarded-For"]|}; return list.Substring(0, list.IndexOf(','));""")]
    [InlineData("""var list = {|PSSL1004:request.Headers["X-Forwarded-For"]|}.ToString(); var comma = list.IndexOf(','); return comma < 0 ? list : list[..comma];""")]
    [InlineData("""return {|PSSL1004:request.Headers["X-Forwarded-For"]|}.ToString().Split(',') is [var first, ..] ? first : null;""")]
    [InlineData("""if ({|PSSL1004:request.Headers.TryGetValue("X-Forwarded-For", out var v)|}) { var parts = v.ToString().Split(new[] { ',' }, StringSplitOptions.RemoveEmptyEntries); if (parts.Length > 0) { return parts[0]; } } return null;""")]
    [InlineData("""foreach (var entry in {|PSSL1004:request.Headers["X-Forwarded-For"]|}.ToString().Split(',')) { if (entry.Length > 6) { return entry; } } return null;""")]
    [InlineData("""var ip = {|PSSL1004:Header(request, "X-Forwarded-For")|}; return ip?.Split(',').FirstOrDefault();""")]
    [InlineData("""return SplitCsv({|PSSL1004:Header(request, "X-Forwarded-For")|}).FirstOrDefault();""")]
    [InlineData("""return {|PSSL1004:Entries(request, "X-Forwarded-For")|}[0];""")]
    [InlineData("""return {|PSSL1004:FirstEntry(request, "X-Forwarded-For")|};""")]
    [InlineData("""if (proxies.Contains(request.HttpContext.Connection.RemoteIpAddress!)) { return {|PSSL1004:request.Headers["X-Forwarded-For"]|}.ToString().Split(',')[0]; } return null;""")]
    [InlineData("""var chain = $"{{|PSSL1004:request.Headers["X-Forwarded-For"]|}}, {request.HttpContext.Connection.RemoteIpAddress}"; return chain.Split(',')[0];""")]
    [InlineData("""return ("" + {|PSSL1004:request.Headers["X-Forwarded-For"]|} + ",x").Split(',')[0];""")]
    public Task Reports_every_shape(string body) => Verify.Reports(Rule, $$"""
        using System.Net;

        WebApplication.Create(args).Run();

        class Clients(HashSet<IPAddress> proxies)
        {
            public int Count => proxies.Count;

            public string? Address(HttpRequest request)
            {
                {{body}}
            }

            private static string? Header(HttpRequest request, string name) => request.Headers[name];

            private static string[] Entries(HttpRequest request, string name) => request.Headers[name].ToString().Split(',');

            private static List<string> SplitCsv(string? list)
            {
                if (string.IsNullOrWhiteSpace(list))
                {
                    return new List<string>();
                }

                return list.TrimEnd(',').Split(',').AsEnumerable<string>().Select(s => s.Trim()).ToList();
            }

            private static string? FirstEntry(HttpRequest request, string name) => request.Headers[name].ToString().Split(',')[0];
        }
        """);

    [Theory]
    [InlineData("""return request.Headers["X-Forwarded-For"].FirstOrDefault();""")]
    [InlineData("""return request.Headers["X-Forwarded-For"][0];""")]
    [InlineData("""return request.Headers["X-Forwarded-For"].ToString().Split(',').Last();""")]
    [InlineData("""return request.Headers["X-Forwarded-For"].ToString().Split(',').Reverse().First();""")]
    [InlineData("""return request.Headers["X-Real-IP"].ToString().Split(',')[0];""")]
    [InlineData("""return request.Headers["X-Forwarded-Host"].ToString().Split(',')[0];""")]
    [InlineData("""logger.LogInformation("{Ip}", request.Headers["X-Forwarded-For"].ToString().Split(',')[0]); return null;""")]
    [InlineData("""var item = $"Address: {request.Headers["X-Forwarded-For"]}"; return System.Text.RegularExpressions.Regex.Match(item, "^[^:]+").Value;""")]
    [InlineData("""return ("Address, " + request.Headers["X-Forwarded-For"]).Split(',')[0];""")]
    [InlineData("""return $"{request.HttpContext.Connection.RemoteIpAddress}, {request.Headers["X-Forwarded-For"]}".Split(',')[0];""")]
    public Task Stays_silent(string body) => Verify.Silent(Rule, $$"""
        WebApplication.Create(args).Run();

        class Clients(ILogger logger)
        {
            public string? Address(HttpRequest request)
            {
                logger.LogDebug("address");
                {{body}}
            }
        }
        """);

    // A row that the app keeps is relied on later; what only a log gets is not.
    [Theory]
    [InlineData("rows.Add(new AuditLog { Address = READ });", true)]
    [InlineData("rows.Add(new AccessLog(READ));", true)]
    [InlineData("var row = new AuditLog(); row.Address = READ; rows.Add(row);", true)]
    [InlineData("rows.Add(new LogEntry { Address = READ });", false)]
    [InlineData("System.Diagnostics.Activity.Current!.DisplayName = READ;", false)]
    [InlineData("rows.Add(new SentryUser { Address = READ });", false)]
    public Task Reports_what_goes_into_a_table(string statement, bool isReported)
    {
        var read = "request.Headers[\"X-Forwarded-For\"]";
        var source = $$"""
            WebApplication.Create(args).Run();

            abstract class Row { public int Id { get; set; } }

            class AuditLog : Row { public string? Address { get; set; } }

            class AccessLog(string address) { public Guid Id { get; } = Guid.NewGuid(); public string Address { get; } = address; }

            class SentryUser : Row { public string? Address { get; set; } }

            class LogEntry { public string? Address { get; set; } }

            class Visits(List<object> rows)
            {
                public int Count => rows.Count;

                public void Keep(HttpRequest request)
                {
                    {{statement.Replace("READ", (isReported ? "{|PSSL1004:" + read + "|}" : read) + ".ToString().Split(',')[0]", System.StringComparison.Ordinal)}}
                }
            }
            """;
        return isReported ? Verify.Reports(Rule, source) : Verify.Silent(Rule, source);
    }

    // What nothing in the app leads to harms nobody yet.
    [Theory]
    [InlineData("", true)]
    [InlineData("app.UseMiddleware<Limits>();", false)]
    [InlineData("app.UseLimits();", false)]
    [InlineData("if (app.Configuration.GetValue<bool>(\"Limits\")) { app.UseLimits(); }", false)] // whether limits are on is nothing that makes the entry right
    [InlineData("// app.UseLimits();", true)]
    [InlineData("Func<IApplicationBuilder, IApplicationBuilder> add = LimitExtensions.UseLimits; add(app);", false)]
    public Task A_suggestion_in_a_middleware_that_nothing_adds(string use, bool isSuggestion) => Verify.Grades(Rule, Limits(use), isSuggestion);

    [Fact]
    public Task A_warning_in_a_middleware_of_a_library() => Verify.Warns(
        Rule, Limits("").Replace("var app = WebApplication.Create(args);", "").Replace("app.Run();", ""), configure: test => test.TestState.OutputKind = Microsoft.CodeAnalysis.OutputKind.DynamicallyLinkedLibrary);

    [Theory]
    [InlineData("", true)]
    [InlineData("app.MapGet(\"/\", (HttpContext context) => context.ClientAddress());", false)]
    [InlineData("app.MapGet(\"/\", (HttpContext context) => Addresses.Region(context));", false)]
    [InlineData("app.MapGet(\"/\", Addresses.Region);", false)]
    public Task A_suggestion_in_a_helper_that_nothing_calls(string use, bool isSuggestion) => Verify.Grades(
        Rule,
        $$"""
        var app = WebApplication.Create(args);
        {{use}}
        app.Run();

        static class Addresses
        {
            public static string Region(HttpContext context) => "region of " + ClientAddress(context);

            public static string ClientAddress(this HttpContext context) => {|PSSL1004:context.Request.Headers["X-Forwarded-For"]|}.ToString().Split(',')[0];
        }
        """,
        isSuggestion);

    // Others than the app's own code lead there.
    [Theory]
    [InlineData("record Visit(string Ip) { public static ValueTask<Visit?> BindAsync(HttpContext context) => new(new Visit(READ)); }")]
    [InlineData("[System.ComponentModel.DataAnnotations.Schema.NotMapped] class Other; [Marked] static class Queries { public static string Address(HttpContext context) => READ; } class MarkedAttribute : Attribute;")]
    [InlineData("static class Queries { [Marked] public static string Address(HttpContext context) => READ; } class MarkedAttribute : Attribute;")]
    [InlineData("class VisitsController : Microsoft.AspNetCore.Mvc.ControllerBase { public string Confirm(HttpContext context) => READ; } static class Links { public static string Confirmation() => nameof(VisitsController.Confirm); }")]
    [InlineData("class VisitsHub : Microsoft.AspNetCore.SignalR.Hub { public string Where() => Address(Microsoft.AspNetCore.SignalR.GetHttpContextExtensions.GetHttpContext(Context)!); private static string Address(HttpContext context) => READ; }")]
    public Task A_warning_where_a_framework_calls(string types) => Verify.Warns(
        Rule, "WebApplication.Create(args).Run();\n" + types.Replace("READ", "{|PSSL1004:context.Request.Headers[\"X-Forwarded-For\"]|}.ToString().Split(',')[0]", System.StringComparison.Ordinal));

    [Fact]
    public Task A_suggestion_in_an_authentication_handler_that_nothing_adds() => Verify.Suggests(Rule, """
        using System.Text.Encodings.Web;
        using Microsoft.AspNetCore.Authentication;
        using Microsoft.Extensions.Options;

        WebApplication.Create(args).Run();

        class Keys(IOptionsMonitor<AuthenticationSchemeOptions> options, ILoggerFactory logger, UrlEncoder encoder) : AuthenticationHandler<AuthenticationSchemeOptions>(options, logger, encoder)
        {
            protected override Task<AuthenticateResult> HandleAuthenticateAsync() =>
                Task.FromResult(Address() == "192.0.2.1" ? AuthenticateResult.NoResult() : AuthenticateResult.Fail("no"));

            private string Address() => {|PSSL1004:Request.Headers["X-Forwarded-For"]|}.ToString().Split(',')[0];
        }
        """);

    private static string Limits(string use) => $$"""
        var app = WebApplication.Create(args);
        {{use}}
        app.Run();

        class Limits(RequestDelegate next)
        {
            private readonly Dictionary<string, int> _visits = new();

            public Task InvokeAsync(HttpContext context)
            {
                _visits[Address(context)] = 1;
                return next(context);
            }

            private static string Address(HttpContext context) => {|PSSL1004:context.Request.Headers["X-Forwarded-For"]|}.ToString().Split(',')[0];
        }

        static class LimitExtensions
        {
            public static IApplicationBuilder UseLimits(this IApplicationBuilder app) => app.UseMiddleware<Limits>();
        }
        """;

    [Theory]
    [InlineData("if (ip == \"::1\") { ip = \"127.0.0.1\"; }")]
    [InlineData("if (string.IsNullOrEmpty(ip)) { ip = \"unknown\"; }")]
    [InlineData("ip = ip == \"::1\" ? \"127.0.0.1\" : ip;")]
    public Task Reports_entries_that_a_loop_puts_right(string statement) => Verify.Reports("PSSL1003", $$"""
        WebApplication.Create(args).Run();

        class Clients
        {
            public void Add(HttpRequest request, HashSet<string> seen)
            {
                foreach (var part in {|PSSL1003:request.Headers["X-Forwarded-For"]|}.ToString().Split(','))
                {
                    var ip = part.Trim();
                    {{statement}}
                    seen.Add(ip);
                }
            }
        }
        """);

    // The most that a column takes is no place of an entry.
    [Theory]
    [InlineData("value[..512]", false)]
    [InlineData("value.Substring(0, 512)", false)]
    [InlineData("value.Substring(0, Math.Min(value.Length, max))", false)]
    [InlineData("value.Remove(max)", false)]
    [InlineData("value.Length > max ? value[..max] : value", false)]
    [InlineData("value[..(max - 1)]", false)]
    [InlineData("value[..^1]", false)]
    [InlineData("value[..value.IndexOf(',')]", true)]
    [InlineData("value[..(value.IndexOf(',') is var end and > 0 ? end : value.Length)]", true)]
    [InlineData("value.Remove(value.IndexOf(','))", true)]
    [InlineData("Found(value)", true)]
    [InlineData("value.AsSpan(0, value.IndexOf(',')).ToString()", true)]
    [InlineData("value.AsSpan(0, max).ToString()", false)]
    [InlineData("value.AsSpan().Trim().ToString()", false)]
    public Task The_first_entry_ends_at_a_comma(string cut, bool isReported)
    {
        var source = $$"""
            WebApplication.Create(args).Run();

            class Clients
            {
                public string Address(HttpRequest request) => Cut({{(isReported ? "{|PSSL1004:request.Headers[\"X-Forwarded-For\"]|}" : "request.Headers[\"X-Forwarded-For\"]")}}.ToString(), 45);

                private static string Cut(string value, int max) => {{cut}};

                private static string Found(string value)
                {
                    if (value.IndexOf(',') is var comma and > 0)
                    {
                        return value[..comma];
                    }

                    return value;
                }
            }
            """;
        return isReported ? Verify.Reports(Rule, source) : Verify.Silent(Rule, source);
    }

    [Fact]
    public Task Reports_a_peer_checked_assignment_too() => Verify.Reports(Rule, """
        using System.Net;

        var proxies = new HashSet<IPAddress>();
        var app = WebApplication.Create(args);
        app.Use(async (context, next) =>
        {
            if (proxies.Contains(context.Connection.RemoteIpAddress!))
            {
                context.Connection.RemoteIpAddress = IPAddress.Parse({|PSSL1004:context.Request.Headers["X-Forwarded-For"]|}.ToString().Split(',')[0]);
            }

            await next();
        });
        app.Run();
        """);
}
