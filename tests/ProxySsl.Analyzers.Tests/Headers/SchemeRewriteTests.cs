using System.Threading.Tasks;
using ProxySsl.Analyzers.Headers;
using ProxySsl.Analyzers.Tests.Verification;
using Xunit;

namespace ProxySsl.Analyzers.Tests.Headers;

/// <summary>What the fix makes of code that reads a scheme header: the rewrite alone, the analyzer aside.</summary>
public class SchemeRewriteTests
{
    private const string Proto = "X-Forwarded-Proto";

    public static TheoryData<string, string> Checks => new()
    {
        { "bool M(HttpRequest r) => [|r.Headers.ContainsKey(\"X-Forwarded-Proto\")|];", "bool M(HttpRequest r) => r.IsHttps;" },
        { "bool M(HttpRequest r) => ![|r.Headers.ContainsKey(\"X-Forwarded-Proto\")|];", "bool M(HttpRequest r) => !r.IsHttps;" },
        { "bool M(HttpRequest r) => r.IsHttps || [|r.Headers.ContainsKey(\"X-Forwarded-Proto\")|];", "bool M(HttpRequest r) => r.IsHttps;" },
        { "bool M(HttpRequest r) => [|r.Headers.ContainsKey(\"X-Forwarded-Proto\")|] || r.IsHttps;", "bool M(HttpRequest r) => r.IsHttps;" },
        { "bool M(HttpRequest r) => !r.IsHttps && ![|r.Headers.ContainsKey(\"X-Forwarded-Proto\")|];", "bool M(HttpRequest r) => !r.IsHttps;" },
        { "bool M(HttpRequest r, bool a) => a || r.IsHttps || [|r.Headers.ContainsKey(\"X-Forwarded-Proto\")|];", "bool M(HttpRequest r, bool a) => a || r.IsHttps;" },
        { "bool M(HttpRequest r, bool a) => [|r.Headers.ContainsKey(\"X-Forwarded-Proto\")|] || a || r.IsHttps;", "bool M(HttpRequest r, bool a) => a || r.IsHttps;" },
        { "bool M(HttpRequest r) => [|r.Headers.ContainsKey(\"X-Forwarded-Proto\")|] == true;", "bool M(HttpRequest r) => r.IsHttps;" },
        { "bool M(HttpRequest r) => [|r.Headers.ContainsKey(\"X-Forwarded-Proto\")|] == false;", "bool M(HttpRequest r) => !r.IsHttps;" },
        { "bool M(HttpRequest r) => [|r.Headers.ContainsKey(\"X-Forwarded-Proto\")|] is false;", "bool M(HttpRequest r) => !r.IsHttps;" },
        { "bool M(HttpRequest r) => !(![|r.Headers.ContainsKey(\"X-Forwarded-Proto\")|]);", "bool M(HttpRequest r) => r.IsHttps;" },
        { "bool M(HttpRequest r) => !(r.IsHttps || [|r.Headers.ContainsKey(\"X-Forwarded-Proto\")|]);", "bool M(HttpRequest r) => !r.IsHttps;" },
        { "bool M(HttpRequest r) => [|r.Headers.ContainsKey(\"X-Forwarded-Proto\")|] ? true : r.IsHttps;", "bool M(HttpRequest r) => r.IsHttps;" },
        { "string M(HttpRequest r) => [|r.Headers.ContainsKey(\"X-Forwarded-Proto\")|] ? \"https\" : \"http\";", "string M(HttpRequest r) => r.Scheme;" },
        { "string M(HttpRequest r) => [|r.Headers.ContainsKey(\"X-Forwarded-Proto\")|] ? \"https\" : r.Scheme;", "string M(HttpRequest r) => r.Scheme;" },
        { "bool M(HttpRequest r) => r.Scheme == \"https\" || [|r.Headers.ContainsKey(\"X-Forwarded-Proto\")|];", "bool M(HttpRequest r) => r.Scheme == \"https\";" },
        { "bool M() => [|Request.Headers.ContainsKey(\"X-Forwarded-Proto\")|];", "bool M() => Request.IsHttps;" },
        { "bool M(HttpContext? c) => [|c!.Request.Headers.ContainsKey(\"X-Forwarded-Proto\")|];", "bool M(HttpContext? c) => c!.Request.IsHttps;" },
        { "bool M(HttpContext? c) => [|c?.Request.Headers.ContainsKey(\"X-Forwarded-Proto\")|] == true;", "bool M(HttpContext? c) => c?.Request.IsHttps == true;" },
        { "bool? M(IHttpContextAccessor a) => [|a.HttpContext?.Request.Headers.ContainsKey(\"X-Forwarded-Proto\")|];", "bool? M(IHttpContextAccessor a) => a.HttpContext?.Request.IsHttps;" },
        { "bool M(IHttpContextAccessor a) => [|a.HttpContext?.Request.Headers.ContainsKey(\"X-Forwarded-Proto\")|] ?? false;", "bool M(IHttpContextAccessor a) => a.HttpContext?.Request.IsHttps ?? false;" },
        { "bool M(IHeaderDictionary h, HttpRequest r) { var headers = r.Headers; return [|headers.ContainsKey(\"X-Forwarded-Proto\")|]; }", "bool M(IHeaderDictionary h, HttpRequest r) { return r.IsHttps; }" },
        { "bool M(HttpRequest r) => [|r.Headers.TryGetValue(\"X-Forwarded-Proto\", out _)|];", "bool M(HttpRequest r) => r.IsHttps;" },
        { "bool M(HttpRequest r) => [|r.Headers.ContainsKey(\"X-Forwarded-Proto\")|] || r.Headers.ContainsKey(\"X-Forwarded-Ssl\");", "bool M(HttpRequest r) => r.IsHttps;" },
        { "bool M(HttpRequest r, bool a) => a && /* why */ [|r.Headers.ContainsKey(\"X-Forwarded-Proto\")|];", "bool M(HttpRequest r, bool a) => a && /* why */ r.IsHttps;" },
        { "bool M(HttpRequest r) => [|r.Headers.TryGetValue(\"X-Forwarded-Proto\", out var v)|] && v.Count > 0;", "bool M(HttpRequest r) => r.IsHttps;" },
        { "bool M(HttpRequest r) { var v = r.Headers[\"X-Forwarded-Proto\"]; return [|v.Count > 0|]; }", "bool M(HttpRequest r) { return r.IsHttps; }" },
    };

    public static TheoryData<string, string> NegatedChecks => new()
    {
        { "bool M(HttpRequest r) => ![|string.IsNullOrEmpty(r.Headers[\"X-Forwarded-Proto\"])|];", "bool M(HttpRequest r) => r.IsHttps;" },
        { "bool M(HttpRequest r) => [|string.IsNullOrEmpty(r.Headers[\"X-Forwarded-Proto\"])|];", "bool M(HttpRequest r) => !r.IsHttps;" },
        { "bool M(HttpRequest r) => [|r.Headers[\"X-Forwarded-Proto\"].Count == 0|];", "bool M(HttpRequest r) => !r.IsHttps;" },
        { "bool M(IHttpContextAccessor a) => [|string.IsNullOrEmpty(a.HttpContext?.Request.Headers[\"X-Forwarded-Proto\"])|];", "bool M(IHttpContextAccessor a) => a.HttpContext?.Request.IsHttps != true;" },
        { "bool M(IHttpContextAccessor a) => ![|string.IsNullOrEmpty(a.HttpContext?.Request.Headers[\"X-Forwarded-Proto\"])|];", "bool M(IHttpContextAccessor a) => a.HttpContext?.Request.IsHttps == true;" },
    };

    public static TheoryData<string, string> Values => new()
    {
        { "bool M(HttpRequest r) => [|r.Headers[\"X-Forwarded-Proto\"]|] == \"https\";", "bool M(HttpRequest r) => r.IsHttps;" },
        { "bool M(HttpRequest r) => [|r.Headers[\"X-Forwarded-Proto\"]|] != \"https\";", "bool M(HttpRequest r) => !r.IsHttps;" },
        { "bool M(HttpRequest r) => [|r.Headers[\"X-Forwarded-Proto\"]|] == \"http\";", "bool M(HttpRequest r) => !r.IsHttps;" },
        { "bool M(HttpRequest r) => string.Equals([|r.Headers[\"X-Forwarded-Proto\"]|].FirstOrDefault(), \"https\", StringComparison.OrdinalIgnoreCase);", "bool M(HttpRequest r) => r.IsHttps;" },
        { "bool M(HttpRequest r) => \"https\".Equals([|r.Headers[\"X-Forwarded-Proto\"]|], StringComparison.OrdinalIgnoreCase);", "bool M(HttpRequest r) => r.IsHttps;" },
        { "bool M(HttpRequest r) => [|r.Headers[\"X-Forwarded-Proto\"]|].ToString().Equals(\"https\", StringComparison.OrdinalIgnoreCase);", "bool M(HttpRequest r) => r.IsHttps;" },
        { "bool M(HttpRequest r) => [|r.Headers[\"X-Forwarded-Proto\"]|].FirstOrDefault()?.Equals(\"https\", StringComparison.OrdinalIgnoreCase) == true;", "bool M(HttpRequest r) => r.IsHttps;" },
        { "bool M(HttpRequest r) => [|r.Headers[\"X-Forwarded-Proto\"]|].ToString().ToLower().Contains(\"https\");", "bool M(HttpRequest r) => r.IsHttps;" },
        { "bool M(HttpRequest r) => [|r.Headers[\"X-Forwarded-Proto\"]|].ToString().Split(',')[0].Trim() is \"https\";", "bool M(HttpRequest r) => r.IsHttps;" },
        { "bool M(HttpRequest r) => [|r.Headers[\"X-Forwarded-Proto\"]|].Any() && r.Headers[\"X-Forwarded-Proto\"][0] == \"https\";", "bool M(HttpRequest r) => r.IsHttps;" },
        { "bool M(HttpRequest r) => r.IsHttps || string.Equals([|r.Headers[\"X-Forwarded-Proto\"]|], Uri.UriSchemeHttps, StringComparison.OrdinalIgnoreCase);", "bool M(HttpRequest r) => r.IsHttps;" },
        { "bool M(HttpRequest r) => r.Headers.ContainsKey(\"X-Forwarded-Proto\") && [|r.Headers[\"X-Forwarded-Proto\"]|] == \"https\";", "bool M(HttpRequest r) => r.IsHttps;" },
        { "bool M(HttpRequest r) => [|r.Headers.TryGetValue(\"X-Forwarded-Proto\", out var p)|] && p == \"https\";", "bool M(HttpRequest r) => r.IsHttps;" },
        { "bool M(HttpRequest r) => r.IsHttps || ([|r.Headers.TryGetValue(\"X-Forwarded-Proto\", out var p)|] && p == \"https\");", "bool M(HttpRequest r) => r.IsHttps;" },
        { "string M(HttpRequest r) => [|r.Headers.TryGetValue(\"X-Forwarded-Proto\", out var p)|] ? p.ToString() : r.Scheme;", "string M(HttpRequest r) => r.Scheme;" },
        { "string M(HttpRequest r) => [|r.Headers[\"X-Forwarded-Proto\"]|].FirstOrDefault() ?? r.Scheme;", "string M(HttpRequest r) => r.Scheme;" },
        { "string M(HttpRequest r) => [|r.Headers[\"X-Forwarded-Proto\"]|].FirstOrDefault() ?? \"http\";", "string M(HttpRequest r) => r.Scheme;" },
        { "string M(HttpRequest r) => $\"{[|r.Headers[\"X-Forwarded-Proto\"]|]}://{r.Host}/\";", "string M(HttpRequest r) => $\"{r.Scheme}://{r.Host}/\";" },
        { "string M(HttpRequest r) => [|r.Headers[\"X-Forwarded-Proto\"]|] + \"://\" + r.Host;", "string M(HttpRequest r) => r.Scheme + \"://\" + r.Host;" },
        { "string M(HttpRequest r) => [|r.Headers[\"X-Forwarded-Proto\"]|] == \"https\" ? \"https\" : \"http\";", "string M(HttpRequest r) => r.Scheme;" },
        { "string M(HttpRequest r) => string.IsNullOrEmpty(r.Headers[\"X-Forwarded-Proto\"]) ? r.Scheme : [|r.Headers[\"X-Forwarded-Proto\"]|].ToString();", "string M(HttpRequest r) => r.Scheme;" },
        { "bool M(IHttpContextAccessor a) => a.HttpContext?.Request.Headers[\"X-Forwarded-Proto\"].ToString() == \"https\";".Replace("a.HttpContext?.Request.Headers[\"X-Forwarded-Proto\"]", "a.HttpContext?[|.Request.Headers[\"X-Forwarded-Proto\"]|]", System.StringComparison.Ordinal), "bool M(IHttpContextAccessor a) => a.HttpContext?.Request.IsHttps == true;" },
        { "string? M(IHttpContextAccessor a) => a.HttpContext?[|.Request.Headers[\"X-Forwarded-Proto\"]|].ToString();", "string? M(IHttpContextAccessor a) => a.HttpContext?.Request.Scheme;" },
        { "string M(IHttpContextAccessor a) => a.HttpContext?[|.Request.Headers[\"X-Forwarded-Proto\"]|].ToString() ?? \"http\";", "string M(IHttpContextAccessor a) => a.HttpContext?.Request.Scheme ?? \"http\";" },
        { "string? M(IHttpContextAccessor a) => a.HttpContext?[|.Request.Headers[\"X-Forwarded-Proto\"]|].ToString().Substring(0, 4);", "string? M(IHttpContextAccessor a) => a.HttpContext?.Request.Scheme.Substring(0, 4);" },
    };

    public static TheoryData<string, string> Statements => new()
    {
        {
            """
                string M(HttpRequest r)
                {
                    var proto = [|r.Headers["X-Forwarded-Proto"]|].ToString();
                    return proto + "://" + r.Host;
                }
            """,
            """
                string M(HttpRequest r)
                {
                    var proto = r.Scheme;
                    return proto + "://" + r.Host;
                }
            """
        },
        {
            """
                string M(HttpRequest r)
                {
                    var values = [|r.Headers["X-Forwarded-Proto"]|];
                    if (values.Count > 0)
                    {
                        // the proxy knows
                        return values[0] + "://" + r.Host;
                    }

                    return r.Scheme + "://" + r.Host;
                }
            """,
            """
                string M(HttpRequest r)
                {
                    var values = r.Scheme;
                    // the proxy knows
                    return values + "://" + r.Host;
                }
            """
        },
        {
            """
                bool M(HttpRequest r)
                {
                    var proto = [|r.Headers["X-Forwarded-Proto"]|].FirstOrDefault();
                    if (!string.IsNullOrEmpty(proto))
                    {
                        return proto.Equals("https", StringComparison.OrdinalIgnoreCase);
                    }

                    return r.IsHttps;
                }
            """,
            """
                bool M(HttpRequest r)
                {
                    return r.IsHttps;
                }
            """
        },
        {
            """
                string M(HttpRequest r)
                {
                    var scheme = r.Scheme;

                    // behind a proxy
                    if ([|r.Headers.TryGetValue("X-Forwarded-Proto", out var proto)|])
                    {
                        scheme = proto.ToString();
                    }

                    return scheme;
                }
            """,
            """
                string M(HttpRequest r)
                {
                    var scheme = r.Scheme;

                    // behind a proxy
                    return scheme;
                }
            """
        },
        {
            """
                string M(HttpRequest r)
                {
                    var scheme = [|r.Headers["X-Forwarded-Proto"]|].FirstOrDefault();
                    if (string.IsNullOrEmpty(scheme))
                    {
                        scheme = r.Scheme;
                    }

                    return scheme;
                }
            """,
            """
                string M(HttpRequest r)
                {
                    var scheme = r.Scheme;

                    return scheme;
                }
            """
        },
        {
            """
                private const string ProtoHeader = "X-Forwarded-Proto";

                public IActionResult M()
                {
                    if (Request.IsHttps)
                    {
                        return Ok();
                    }

                    if ([|Request.Headers[ProtoHeader]|] != "https")
                    {
                        return Redirect("https://" + Request.Host);
                    }

                    return Ok();
                }
            """,
            """
                public IActionResult M()
                {
                    if (Request.IsHttps)
                    {
                        return Ok();
                    }

                    return Redirect("https://" + Request.Host);
                }
            """
        },
        {
            """
                async Task M(HttpContext context, RequestDelegate next)
                {
                    if (!context.Request.IsHttps)
                    {
                        var proto = [|context.Request.Headers["X-Forwarded-Proto"]|].ToString();
                        if (proto != "https")
                        {
                            context.Response.Redirect("https://" + context.Request.Host);
                            return;
                        }
                    }

                    await next(context);
                }
            """,
            """
                async Task M(HttpContext context, RequestDelegate next)
                {
                    if (!context.Request.IsHttps)
                    {
                        context.Response.Redirect("https://" + context.Request.Host);
                        return;
                    }

                    await next(context);
                }
            """
        },
        {
            """
                string M(HttpRequest request)
                {
                    string proto;
                    if (request.Headers.ContainsKey("X-Forwarded-Proto"))
                    {
                        proto = [|request.Headers["X-Forwarded-Proto"]|][0]!;
                    }
                    else
                    {
                        proto = (request.IsHttps ? "https" : "http");
                    }

                    return proto;
                }
            """,
            """
                string M(HttpRequest request)
                {
                    string proto = request.Scheme;

                    return proto;
                }
            """
        },
        {
            """
                const string Name = "X-Forwarded-Proto";

                string M(HttpRequest request)
                {
            #if OWIN
                    return request.Headers.Get(Name);
            #else
                    return [|request.Headers[Name]|].ToString();
            #endif
                }
            """,
            """
                const string Name = "X-Forwarded-Proto";

                string M(HttpRequest request)
                {
            #if OWIN
                    return request.Headers.Get(Name);
            #else
                    return request.Scheme;
            #endif
                }
            """
        },
        {
            """
                string M(HttpRequest request)
                {
                    var pair = [|request.Headers.FirstOrDefault(h => h.Key == "X-Forwarded-Proto")|];
                    return pair.Value.ToString() + "://" + request.Host;
                }
            """,
            """
                string M(HttpRequest request)
                {
                    var pair = request.Scheme;
                    return pair + "://" + request.Host;
                }
            """
        },
        {
            """
                string M(HttpRequest request)
                {
                    string scheme = [|request.Headers["X-Forwarded-Proto"]|]!; // from the proxy
                    return scheme switch
                    {
                        "https" => "wss",
                        _ => "ws",
                    };
                }
            """,
            """
                string M(HttpRequest request)
                {
                    string scheme = request.Scheme; // from the proxy
                    return scheme switch
                    {
                        "https" => "wss",
                        _ => "ws",
                    };
                }
            """
        },
        {
            """
                bool M(HttpRequest r) => [|Has(r, "Front-End-Https", "on")|] || Has(r, "X-Forwarded-Proto", "https");

                bool Has(HttpRequest r, string name, string value) => r.Headers[name] == value;
            """,
            """
                bool M(HttpRequest r) => r.IsHttps;

                bool Has(HttpRequest r, string name, string value) => r.Headers[name] == value;
            """
        },
        {
            """
                bool M(HttpRequest r) => [|r.Headers["X-Forwarded-Proto"]|] == "https" || r.Headers["X-Forwarded-Ssl"] == "on";
            """,
            """
                bool M(HttpRequest r) => r.IsHttps;
            """
        },
        {
            """
                string M(HttpRequest request)
                {
                    var scheme = request.Scheme;
                    var host = request.Host;
                    var proto = [|request.Headers.Where(h => h.Key == "X-Forwarded-Proto")|].Select(h => h.Value).FirstOrDefault();
                    if (proto.Count > 0)
                    {
                        scheme = proto.First()!;
                    }

                    return scheme;
                }
            """,
            """
                string M(HttpRequest request)
                {
                    var scheme = request.Scheme;
                    var host = request.Host;

                    return scheme;
                }
            """
        },
        {
            """
                bool M(HttpRequest request)
                {
                    if (request.IsHttps)
                    {
                        return true;
                    }

                    if (!request.Headers.ContainsKey("X-Forwarded-Proto"))
                    {
                        return false;
                    }

                    return [|request.Headers["X-Forwarded-Proto"]|].ToString() == "https";
                }
            """,
            """
                bool M(HttpRequest request)
                {
                    return request.IsHttps;
                }
            """
        },
    };

    [Theory]
    [MemberData(nameof(Checks))]
    public async Task A_check_becomes_IsHttps(string before, string after) =>
        Assert.Equal(after, await Rewriting.OfMembers(HeaderFixProperties.FixIsHttps, Proto, before, isPresence: true));

    [Theory]
    [MemberData(nameof(NegatedChecks))]
    public async Task A_check_for_absence_becomes_not_IsHttps(string before, string after) =>
        Assert.Equal(after, await Rewriting.OfMembers(HeaderFixProperties.FixIsHttps, Proto, before, isNegated: true, isPresence: true));

    [Theory]
    [MemberData(nameof(Values))]
    public async Task A_value_becomes_what_its_use_needs(string before, string after) =>
        Assert.Equal(after, await Rewriting.OfMembers(HeaderFixProperties.FixScheme, Proto, before));

    [Theory]
    [MemberData(nameof(Statements))]
    public async Task Guards_locals_and_constants_go_with_the_read(string before, string after) =>
        Assert.Equal(after, await Rewriting.OfMembers(HeaderFixProperties.FixScheme, Proto, before));
}
