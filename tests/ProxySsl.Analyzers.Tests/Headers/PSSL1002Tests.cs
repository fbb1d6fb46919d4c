using System.Linq;
using System.Threading.Tasks;
using ProxySsl.Analyzers.Tests.Verification;
using Xunit;

namespace ProxySsl.Analyzers.Tests.Headers;

public class PSSL1002Tests
{
    private const string Rule = "PSSL1002";

    [Theory]
    [InlineData("""{|PSSL1002:request.Headers["X-Forwarded-Proto"]|} == "https";""")]
    [InlineData("""string.Equals({|PSSL1002:request.Headers["X-Forwarded-Proto"]|}, "https", StringComparison.OrdinalIgnoreCase);""")]
    [InlineData("""{|PSSL1002:request.Headers["X-Forwarded-Proto"]|}.ToString().Equals("https");""")]
    [InlineData("""{|PSSL1002:request.Headers.TryGetValue("X-Forwarded-Proto", out var v)|} && v == "https";""")]
    [InlineData("""{|PSSL1002:request.Headers["Front-End-Https"]|} == "on";""")]
    [InlineData("""{|PSSL1002:request.Headers["CF-Visitor"]|}.ToString().Contains("https");""")]
    [InlineData("""{|PSSL1002:request.Headers.Any(h => h.Key == "Front-End-Https" && h.Value == "on")|};""")]
    public Task Reports_a_comparison(string expression) => Verify.Reports(Rule, $$"""
        WebApplication.Create(args).Run();

        static class Requests
        {
            public static bool IsSecure(HttpRequest request) => {{expression}}
        }
        """);

    [Fact]
    public Task Reports_headers_found_by_linq() => Verify.Reports(Rule, """
        WebApplication.Create(args).Run();

        public class ServerService
        {
            public string GetServerUrl(HttpRequest request)
            {
                var scheme = request.Scheme;
                var forwarded = {|PSSL1002:request.Headers.Where(x => x.Key == "X-Forwarded-Proto")|}.Select(x => x.Value).FirstOrDefault();
                if (forwarded.Count > 0)
                {
                    scheme = forwarded.First();
                }
                else if ({|PSSL1002:request.Headers.Any(x => x.Key == "Front-End-Https" && x.Value.FirstOrDefault() == "on")|})
                {
                    scheme = "https";
                }

                return $"{scheme}://{request.Host}/";
            }
        }
        """);

    // Two values, as two variables would be; a fix of one leaves the other as it is.
    [Fact]
    public Task Reports_each_element_of_a_tuple() => Verify.Reports(Rule, """
        WebApplication.Create(args).Run();

        static class Requests
        {
            public static bool IsSecure(HttpRequest request)
            {
                var (proto, ssl) = ({|PSSL1002:request.Headers["X-Forwarded-Proto"]|}.ToString(), {|PSSL1002:request.Headers["X-Forwarded-Ssl"]|}.ToString());
                return proto == "https" || ssl == "on";
            }

            public static bool IsSecureOnce(HttpRequest request) =>
                ({|PSSL1002:request.Headers["X-Forwarded-Proto"]|}.ToString(), request.Headers["X-Forwarded-Ssl"].ToString()) is ("https", _) or (_, "on");
        }
        """);

    [Theory]
    [InlineData("""return {|PSSL1002:request.Headers["X-Forwarded-Proto"]|} == "https";""", "compared, and any client can send it; use 'Request.IsHttps'")]
    [InlineData("""return {|PSSL1002:request.Headers["X-Forwarded-Proto"]|} + "://" + request.Host;""", "URL, and any client can send it; use 'Request.Scheme'")]
    [InlineData("""return {|PSSL1002:request.Headers["X-Forwarded-Proto"]|}.ToString();""", "scheme, and any client can send it; use 'Request.Scheme'")]
    public Task Names_the_property_that_answers_the_same_question(string body, string thing) => Verify.Names(Rule, $$"""
        WebApplication.Create(args).Run();

        static class Requests
        {
            public static object Read(HttpRequest request)
            {
                {{body}}
            }
        }
        """, [thing]);

    [Theory]
    [InlineData("""new Uri($"{{|PSSL1002:request.Headers["X-Forwarded-Proto"]|}}://{request.Headers["X-Forwarded-Host"]}").AbsoluteUri;""")]
    [InlineData("""new Uri(({|PSSL1002:Header(request, "X-Forwarded-Proto")|} ?? "http") + "://" + request.Host).ToString();""")]
    [InlineData("""new Uri({|PSSL1002:request.Headers["X-Forwarded-Proto"]|} + "://a").Scheme;""")]
    [InlineData("""new Uri($"{{|PSSL1002:request.Headers["X-Forwarded-Proto"]|}}://{request.Host}").AbsolutePath;""")]
    public Task Reports_the_scheme_of_a_url_whatever_is_read_of_it(string expression) => Verify.Reports(Rule, Url(expression));

    // It goes back to who said so; a flag of the cookie is a decision.
    [Theory]
    [InlineData("""response.Cookies.Append("proto", request.Headers["X-Forwarded-Proto"].ToString());""", false)]
    [InlineData("""response.Cookies.Append("a", "b", new CookieOptions { Secure = {|PSSL1002:request.Headers["X-Forwarded-Proto"]|} == "https" });""", true)]
    public Task A_cookie_that_keeps_the_scheme(string statement, bool isReported)
    {
        var source = $$"""
            WebApplication.Create(args).Run();

            static class Cookies
            {
                public static void Write(HttpRequest request, HttpResponse response)
                {
                    {{statement}}
                }
            }
            """;
        return isReported ? Verify.Reports(Rule, source) : Verify.Silent(Rule, source);
    }

    // A member that nothing calls today is part of what the next one calls.
    [Fact]
    public Task Reports_in_private_members_that_nothing_calls() => Verify.Reports(Rule, """
        WebApplication.Create(args).Run();

        class Application(HttpRequest request)
        {
            public override string ToString() => "isSecureFrontEnd " + request.Path;

            private bool IsSecureFrontEnd() => {|PSSL1002:request.Headers["Front-End-Https"]|} == "on";
        }
        """);

    private static string Url(string expression) => $$"""
        WebApplication.Create(args).Run();

        static class Urls
        {
            public static string Of(HttpRequest request) => {{expression}}

            private static string? Header(HttpRequest request, string name) => request.Headers[name].FirstOrDefault();
        }
        """;

    // UseForwardedHeaders can make nothing of an on/off or a structured value: the proxy has to be changed first.
    [Theory]
    [InlineData("""{|PSSL1002:request.Headers["Front-End-Https"]|} == "on" ? "a" : "b";""")]
    [InlineData("""{|PSSL1002:request.Headers["CF-Visitor"]|}.ToString().Contains("https") ? "a" : "b";""")]
    public Task A_suggestion_where_the_proxy_has_to_send_another_header(string expression) => Verify.Suggests(Rule, Url(expression));

    [Theory]
    [InlineData("""{|PSSL1002:request.Headers["X-Forwarded-Proto"]|} == "https" ? "a" : "b";""")]
    [InlineData("""{|PSSL1002:request.Headers["X-Forwarded-Proto"]|} == "https" || request.Headers["Front-End-Https"] == "on" ? "a" : "b";""")]
    [InlineData("""({|PSSL1002:request.Headers["X-Forwarded-Proto"]|} == "https" ? "https" : "http") == "https" ? "a" : "b";""")]
    [InlineData("""({|PSSL1002:request.Headers["X-Forwarded-Proto"]|} == "https" ? "https" : "a") + "://" + request.Host;""")]
    [InlineData("""Choose({|PSSL1002:request.Headers["X-Forwarded-Proto"]|}) + request.Host; static string Choose(string? proto) { var port = 80; var scheme = "http"; if (proto == "https") { scheme = "https"; port = 443; } return scheme + port + "://"; }""")]
    [InlineData("""{|PSSL1002:request.Headers["X-Forwarded-Proto"]|} + "://" + request.Host + "/signin?redirect_uri=";""")]
    [InlineData("""SendMail({|PSSL1002:request.Headers["X-Forwarded-Proto"]|} + "://" + request.Host); static string SendMail(string link) => link;""")]
    [InlineData("""Publish({|PSSL1002:request.Headers["X-Forwarded-Proto"]|} + "://" + request.Host); static string Publish(string link) => link;""")]
    // what a helper chooses of an argument is not followed to where it goes
    [InlineData("""Choose({|PSSL1002:request.Headers["X-Forwarded-Proto"]|}) + "://" + request.Host; static string Choose(string? proto) { var scheme = "http"; if (proto == "https") { scheme = "https"; } else if (proto == "http") { scheme = "http"; } return scheme; }""")]
    public Task A_warning_in_an_app(string expression) => Verify.Warns(Rule, Url(expression));

    // A link back to the one who asked.
    [Theory]
    [InlineData("""{|PSSL1002:request.Headers["X-Forwarded-Proto"]|} + "://" + request.Host;""")]
    [InlineData("""$"{{|PSSL1002:request.Headers["X-Forwarded-Proto"]|}}://{request.Host}"; // for the mail""")]
    [InlineData("""({|PSSL1002:request.Headers["X-Forwarded-Proto"]|} == "https" ? "https" : "http") + "://" + request.Host;""")]
    [InlineData("""({|PSSL1002:request.Headers["X-Forwarded-Proto"]|} == "https" ? "https" : request.Scheme) + "://" + request.Host;""")]
    [InlineData("""Scheme(request) + "://" + request.Host; private static string Scheme(HttpRequest request) { var scheme = request.Scheme; if ({|PSSL1002:request.Headers.TryGetValue("X-Forwarded-Proto", out var proto)|}) { if (string.Equals(proto, "https", StringComparison.OrdinalIgnoreCase)) { scheme = "https"; } else if (string.Equals(proto, "http", StringComparison.OrdinalIgnoreCase)) { scheme = "http"; } } return scheme; }""")]
    public Task A_suggestion_for_a_URL_of_an_app_that_sends_none(string expression) => Verify.Suggests(Rule, Url(expression));

    // What a condition in a loop chooses comes back to the condition.
    [Theory]
    [InlineData("foreach (var part in {|PSSL1002:request.Headers[\"X-Forwarded-Proto\"]|}.ToString().Split(',')) { var scheme = part.Trim(); if (scheme == \"wss\") { scheme = \"https\"; } seen.Add(scheme); }")]
    [InlineData("foreach (var part in {|PSSL1002:request.Headers[\"X-Forwarded-Proto\"]|}.ToString().Split(',')) { var scheme = part.Trim(); if (scheme == \"wss\") { scheme = \"secure\"; } seen.Add(scheme); }")]
    [InlineData("string? scheme = {|PSSL1002:request.Headers[\"X-Forwarded-Proto\"]|}; for (var i = 0; i < 3; i++) { scheme = scheme == \"https\" ? \"https\" : \"http\"; seen.Add(scheme); }")]
    [InlineData("string? a = {|PSSL1002:request.Headers[\"X-Forwarded-Proto\"]|}; var b = \"\"; while (seen.Count < 9) { if (a == \"https\") { b = \"http\"; } if (b == \"http\") { a = \"https\"; } seen.Add(a!); }")]
    public Task Reports_choices_in_loops(string statements) => Verify.Reports(Rule, $$"""
        WebApplication.Create(args).Run();

        class Schemes
        {
            public void Add(HttpRequest request, List<string> seen)
            {
                {{statements}}
            }
        }
        """);

    // Each choice is followed once, however many follow it.
    [Fact]
    public Task Reports_a_long_row_of_choices() => Verify.Reports(Rule, $$"""
        WebApplication.Create(args).Run();

        class Schemes
        {
            public string Name(HttpRequest request)
            {
                string? scheme = {|PSSL1002:request.Headers["X-Forwarded-Proto"]|};
                {{string.Concat(Enumerable.Range(0, 60).Select(i => $"if (scheme == \"s{i}\") {{ scheme = \"t{i}\"; }}\n"))}}
                return scheme!;
            }
        }
        """);

    // A process that is given no link takes none away.
    [Theory]
    [InlineData("chmod", "path", false)]
    [InlineData("git", "repositoryUrl", true)]
    public Task A_process_that_may_be_given_a_link(string program, string argument, bool isWarning)
    {
        var test = (ProxySslTest t) => t.TestState.Sources.Add(("/0/Programs.cs", $$"""
            static class Programs
            {
                public const string BaseUrl = "http://localhost";

                public static void Run(string {{argument}}) => System.Diagnostics.Process.Start(new System.Diagnostics.ProcessStartInfo("{{program}}", {{argument}}));
            }
            """));
        var source = Url("""{|PSSL1002:request.Headers["X-Forwarded-Proto"]|} + "://" + request.Host;""");
        return isWarning ? Verify.Warns(Rule, source, configure: test) : Verify.Suggests(Rule, source, configure: test);
    }

    // The port goes with the scheme into the same link.
    [Theory]
    [InlineData("int? port = request.Host.Port; if (scheme == \"https\" && port is null) { port = 443; } return $\"{scheme}://{request.Host.Host}:{port}/\";", false)]
    [InlineData("var port = request.HttpContext.Request.Host.Port; if (scheme == \"https\" && !request.HttpContext.Request.Host.Value!.Contains(\":\")) { port = 443; } return $\"{scheme}://{request.Host.Host}:{port}{request.PathBase}/\";", false)]
    [InlineData("var end = \"\"; if (scheme == \"https\") { end = \"/secure\"; } return scheme + \"://\" + request.Host + end;", false)]
    [InlineData("var next = \"/login\"; if (scheme == \"https\") { next = \"/account\"; } Console.Title = next; return scheme + \"://\" + request.Host;", true)]
    [InlineData("var isSecure = false; if (scheme == \"https\") { isSecure = true; } return scheme + \"://\" + request.Host + (isSecure ? \"/account\" : \"/\");", true)]
    public Task A_part_of_the_link_that_the_scheme_decides(string statements, bool isWarning)
    {
        var source = $$"""
            WebApplication.Create(args).Run();

            static class Links
            {
                public static string Of(HttpRequest request)
                {
                    var scheme = request.Scheme;
                    var forwarded = {|PSSL1002:request.Headers["X-Forwarded-Proto"]|};
                    if (forwarded.Count > 0)
                    {
                        scheme = forwarded.First()!;
                    }

                    {{statements}}
                }
            }
            """;
        return isWarning ? Verify.Warns(Rule, source) : Verify.Suggests(Rule, source);
    }

    // Whoever asks for the document gets the address that he asked at, whatever else the app sends to others.
    [Theory]
    [InlineData("document.Servers.Add(new OpenApiServer { Url = url });", false)]
    [InlineData("document.Servers = [new OpenApiServer { Url = url, Description = \"here\" }]; Console.WriteLine(url);", false)]
    [InlineData("document.Servers.Add(new OpenApiServer { Url = url }); Mail(url);", true)]
    [InlineData("document.Info = url;", true)]
    public Task The_address_of_a_server_in_the_document_of_an_API(string statements, bool isWarning)
    {
        var source = $$"""
            using System.Collections.Generic;

            var app = WebApplication.Create(args);
            app.MapGet("/document", (HttpRequest request) => Documents.Complete(new OpenApiDocument(), request));
            app.Run();

            sealed class OpenApiServer { public string? Url { get; set; } public string? Description { get; set; } }

            sealed class OpenApiDocument { public List<OpenApiServer> Servers { get; set; } = []; public string? Info { get; set; } }

            static class Documents
            {
                public static void Complete(OpenApiDocument document, HttpRequest request)
                {
                    var scheme = request.Scheme;
                    if ({|PSSL1002:request.Headers["X-Forwarded-Proto"]|} == "https")
                    {
                        scheme = "https";
                    }

                    var url = $"{scheme}://{request.Host}{request.PathBase}";
                    {{statements}}
                }

                public static void Mail(string link) => new System.Net.Mail.MailMessage().Body = link;
            }
            """;
        return isWarning ? Verify.Warns(Rule, source) : Verify.Suggests(Rule, source);
    }

    // Words that must not be written down are searched for in any text.
    [Theory]
    [InlineData("Words.Any(w => value.Contains(w, StringComparison.OrdinalIgnoreCase))", false)]
    [InlineData("Words.Any(w => value == w)", true)]
    public Task A_search_for_words_of_a_list_compares_no_scheme(string condition, bool isReported)
    {
        var source = $$"""
            WebApplication.Create(args).Run();

            class Audit(ILogger<Audit> logger)
            {
                private static readonly string[] Words = ["token", "secret"];

                public void Write(HttpRequest request) => logger.LogInformation("{Proto}", Redacted({{(isReported ? "{|PSSL1002:request.Headers[\"X-Forwarded-Proto\"]|}" : "request.Headers[\"X-Forwarded-Proto\"]")}}.ToString()));

                private static string Redacted(string value) => {{condition}} ? "" : value;
            }
            """;
        return isReported ? Verify.Reports(Rule, source) : Verify.Silent(Rule, source);
    }

    [Fact]
    public Task A_suggestion_for_a_URL_of_a_library() => Verify.Suggests(
        Rule, InLibrary("""{|PSSL1002:request.Headers["X-Forwarded-Proto"]|} + "://" + request.Host;"""), configure: AsLibrary);

    [Fact]
    public Task A_suggestion_for_a_scheme_that_a_library_hands_on() => Verify.Suggests(
        Rule,
        """
        public static class Links
        {
            public static string SchemeOf(HttpRequest request)
            {
                var normalized = {|PSSL1002:request.Headers["X-Forwarded-Proto"]|}.FirstOrDefault()?.Trim().ToLowerInvariant();
                var isValid = IsValid(normalized);
                return isValid ? normalized! : request.Scheme;
            }

            private static bool IsValid(string? scheme) => scheme is "http" or "https";
        }
        """,
        configure: AsLibrary);

    [Fact]
    public Task A_warning_for_a_decision_of_a_library() => Verify.Warns(
        Rule, InLibrary("""{|PSSL1002:request.Headers["X-Forwarded-Proto"]|} == "https" ? "a" : "b";"""), configure: AsLibrary);

    [Fact]
    public Task A_suggestion_for_the_choice_of_a_scheme_in_a_library() => Verify.Suggests(
        Rule, InLibrary("""({|PSSL1002:request.Headers["X-Forwarded-Proto"]|} == "https" ? "https" : "http") + "://" + request.Host;"""), configure: AsLibrary);

    private static string InLibrary(string expression) => Url(expression).Replace("WebApplication.Create(args).Run();", "");

    private static void AsLibrary(ProxySslTest test) => test.TestState.OutputKind = Microsoft.CodeAnalysis.OutputKind.DynamicallyLinkedLibrary;
}
