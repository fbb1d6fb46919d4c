using System.Threading.Tasks;
using ProxySsl.Analyzers.Headers;
using ProxySsl.Analyzers.Tests.Verification;
using Xunit;

namespace ProxySsl.Analyzers.Tests.Headers;

/// <summary>
/// What the fix makes of an inline middleware, and of presence checks on requests that have no forwarded-headers middleware: the rewrite
/// alone, the analyzer aside. The other frameworks' types are stand-ins with the members that count.
/// </summary>
public class OtherRewriteTests
{
    private const string Types = """

        namespace System.Web { public class HttpRequest { public System.Collections.Specialized.NameValueCollection Headers { get; } = new(); } }
        namespace Nancy { public class RequestHeaders { public System.Collections.Generic.IEnumerable<string> this[string name] => new string[0]; public System.Collections.Generic.IEnumerable<string> Keys => new string[0]; } }

        """;

    [Theory]
    [InlineData("[|!string.IsNullOrEmpty(h[\"X-Forwarded-Proto\"])|]", "string.Equals(h[\"X-Forwarded-Proto\"], \"https\", StringComparison.OrdinalIgnoreCase)", false, "System.Collections.Specialized.NameValueCollection")]
    [InlineData("[|h[\"Front-End-Https\"] != null|]", "string.Equals(h[\"Front-End-Https\"], \"on\", StringComparison.OrdinalIgnoreCase)", false, "System.Collections.Specialized.NameValueCollection")]
    [InlineData("[|h[\"X-Forwarded-Proto\"] == null|]", "!string.Equals(h[\"X-Forwarded-Proto\"], \"https\", StringComparison.OrdinalIgnoreCase)", true, "System.Collections.Specialized.NameValueCollection")]
    [InlineData("[|h.AllKeys.Contains(\"X-Forwarded-Proto\")|]", "string.Equals(h[\"X-Forwarded-Proto\"], \"https\", StringComparison.OrdinalIgnoreCase)", false, "System.Collections.Specialized.NameValueCollection")]
    [InlineData("[|h[\"X-Forwarded-Proto\"].Any()|]", "h[\"X-Forwarded-Proto\"].Contains(\"https\", StringComparer.OrdinalIgnoreCase)", false, "Nancy.RequestHeaders")]
    [InlineData("[|h.Contains(\"X-Forwarded-Proto\")|]", "h.TryGetValues(\"X-Forwarded-Proto\", out var values) && values.Contains(\"https\", StringComparer.OrdinalIgnoreCase)", false, "System.Net.Http.Headers.HttpRequestHeaders")]
    [InlineData("a || [|h.Contains(\"X-Forwarded-Proto\")|]", "a || (h.TryGetValues(\"X-Forwarded-Proto\", out var values) && values.Contains(\"https\", StringComparer.OrdinalIgnoreCase))", false, "System.Net.Http.Headers.HttpRequestHeaders")]
    public async Task A_check_becomes_a_comparison_with_the_value(string before, string after, bool isNegated, string headers)
    {
        var header = before.Contains("Front", System.StringComparison.Ordinal) ? "Front-End-Https" : "X-Forwarded-Proto";
        var file = "using System;\nusing System.Linq;\n" + Types + "class C { bool M(" + headers + " h, bool a) => " + before + "; }\n";
        var result = await Rewriting.OfFile(HeaderFixProperties.FixCompareValue, header, file, isNegated, isPresence: true);
        Assert.Contains("bool a) => " + after + "; }", result, System.StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("", "app.UseForwardedHeaders();\n")]
    [InlineData("app.UseForwardedHeaders();\n", "app.UseForwardedHeaders();\n")]
    public async Task An_inline_middleware_becomes_the_real_one(string before, string after)
    {
        const string Head = "using Microsoft.AspNetCore.Builder;\nvar builder = WebApplication.CreateBuilder(args);\nvar app = builder.Build();\n";
        const string Tail = "app.UseHttpsRedirection();\napp.Run();\n";
        const string Inline = """
            app.Use(async (context, next) =>
            {
                if (context.Request.Headers["X-Forwarded-Proto"] == "https")
                {
                    [|context.Request.Scheme = "https"|];
                }

                await next();
            });

            """;
        Assert.Equal(Head + after + Tail, await Rewriting.OfFile(HeaderFixProperties.FixUseForwardedHeaders, "X-Forwarded-Proto", Head + before + Inline + Tail));
    }
}
