using System.Threading.Tasks;
using ProxySsl.Analyzers.Headers;
using ProxySsl.Analyzers.Tests.Verification;
using Xunit;

namespace ProxySsl.Analyzers.Tests.Headers;

/// <summary>What the fix makes of code that reads a client address header: the rewrite alone, the analyzer aside.</summary>
public class AddressRewriteTests
{
    public static TheoryData<string, string> Expressions => new()
    {
        { "string? M(HttpContext c) => [|c.Request.Headers[\"X-Forwarded-For\"]|].FirstOrDefault();", "string? M(HttpContext c) => c.Connection.RemoteIpAddress?.ToString();" },
        { "string M(HttpContext c) => [|c.Request.Headers[\"X-Forwarded-For\"]|].ToString();", "string M(HttpContext c) => c.Connection.RemoteIpAddress?.ToString() ?? \"\";" },
        { "string M(HttpContext c) => [|c.Request.Headers[\"X-Forwarded-For\"]|].ToString().Split(',')[0].Trim();", "string M(HttpContext c) => c.Connection.RemoteIpAddress?.ToString() ?? \"\";" },
        { "string? M(HttpContext c) => [|c.Request.Headers[\"X-Forwarded-For\"]|].FirstOrDefault()?.Split(',').FirstOrDefault()?.Trim();", "string? M(HttpContext c) => c.Connection.RemoteIpAddress?.ToString();" },
        { "string? M() => [|Request.Headers[\"X-Forwarded-For\"]|];", "string? M() => HttpContext.Connection.RemoteIpAddress?.ToString();" },
        { "string? M(HttpRequest r) => [|r.Headers[\"X-Forwarded-For\"]|];", "string? M(HttpRequest r) => r.HttpContext.Connection.RemoteIpAddress?.ToString();" },
        { "string? M(IHttpContextAccessor a) => a.HttpContext?[|.Request.Headers[\"X-Forwarded-For\"]|].FirstOrDefault();", "string? M(IHttpContextAccessor a) => a.HttpContext?.Connection.RemoteIpAddress?.ToString();" },
        { "string? M(IHttpContextAccessor a) => [|a.HttpContext!.Request.Headers[\"X-Forwarded-For\"]|].FirstOrDefault();", "string? M(IHttpContextAccessor a) => a.HttpContext!.Connection.RemoteIpAddress?.ToString();" },
        { "string? M(HttpContext c) => [|c.Request.Headers[\"X-Forwarded-For\"]|].FirstOrDefault() ?? c.Connection.RemoteIpAddress?.ToString();", "string? M(HttpContext c) => c.Connection.RemoteIpAddress?.ToString();" },
        { "string M(HttpContext c) => [|c.Request.Headers[\"X-Forwarded-For\"]|].FirstOrDefault() ?? c.Connection.RemoteIpAddress?.MapToIPv4().ToString() ?? \"unknown\";", "string M(HttpContext c) => c.Connection.RemoteIpAddress?.MapToIPv4().ToString() ?? \"unknown\";" },
        { "string? M(HttpContext c) => c.Request.Headers.ContainsKey(\"X-Forwarded-For\") ? [|c.Request.Headers[\"X-Forwarded-For\"]|].ToString() : c.Connection.RemoteIpAddress?.ToString();", "string? M(HttpContext c) => c.Connection.RemoteIpAddress?.ToString();" },
        { "string? M(HttpContext c) => [|c.Request.Headers.TryGetValue(\"X-Forwarded-For\", out var v)|] ? v.ToString().Split(',')[0] : c.Connection.RemoteIpAddress?.ToString();", "string? M(HttpContext c) => c.Connection.RemoteIpAddress?.ToString();" },
        { "string M(HttpContext c) => [|c.Request.Headers[\"X-Forwarded-For\"]|].FirstOrDefault() ?? \"unknown\";", "string M(HttpContext c) => c.Connection.RemoteIpAddress?.ToString() ?? \"unknown\";" },
        { "IPAddress? M(HttpContext c) => IPAddress.Parse([|c.Request.Headers[\"X-Real-IP\"]|].ToString());", "IPAddress? M(HttpContext c) => c.Connection.RemoteIpAddress;" },
        { "IPAddress M(HttpContext c) => IPAddress.Parse([|c.Request.Headers[\"X-Real-IP\"]|]!);", "IPAddress M(HttpContext c) => c.Connection.RemoteIpAddress!;" },
        { "IPAddress? M(HttpContext c) => IPAddress.TryParse([|c.Request.Headers[\"X-Real-IP\"]|], out var ip) ? ip : null;", "IPAddress? M(HttpContext c) => c.Connection.RemoteIpAddress is { } ip ? ip : null;" },
        { "bool M(HttpContext c) => [|c.Request.Headers[\"X-Real-IP\"]|] == \"10.0.0.1\";", "bool M(HttpContext c) => c.Connection.RemoteIpAddress?.ToString() == \"10.0.0.1\";" },
        { "string M(HttpContext c) => $\"rate:{[|c.Request.Headers[\"X-Forwarded-For\"]|]}\";", "string M(HttpContext c) => $\"rate:{c.Connection.RemoteIpAddress}\";" },
        { "string? M(HttpContext c) => string.Join(\",\", [|c.Request.Headers[\"X-Forwarded-For\"]|].ToString().Split(',').Select(x => x.Trim()));", "" },
    };

    public static TheoryData<string, string, string> Statements => new()
    {
        {
            "X-Forwarded-For",
            """
                static string? M(HttpContext context)
                {
                    [|context.Request.Headers.TryGetValue("X-Forwarded-For", out var values)|];
                    var first = values.ToString().Split(',').FirstOrDefault();
                    return first;
                }
            """,
            """
                static string? M(HttpContext context)
                {
                    var first = context.Connection.RemoteIpAddress?.ToString();
                    return first;
                }
            """
        },
        {
            "X-Forwarded-For",
            """
                static string? M(HttpContext context)
                {
                    Microsoft.Extensions.Primitives.StringValues values;
                    [|context.Request.Headers.TryGetValue("X-Forwarded-For", out values)|];
                    var first = values.FirstOrDefault();
                    return first;
                }
            """,
            """
                static string? M(HttpContext context)
                {
                    var first = context.Connection.RemoteIpAddress?.ToString();
                    return first;
                }
            """
        },
        {
            "X-Forwarded-For",
            """
                static string? M(HttpContext context)
                {
                    [|context.Request.Headers.TryGetValue("X-Forwarded-For", out var values)|];
                    var first = values.FirstOrDefault() ?? context.Connection.RemoteIpAddress?.ToString();
                    return first;
                }
            """,
            """
                static string? M(HttpContext context)
                {
                    var first = context.Connection.RemoteIpAddress?.ToString();
                    return first;
                }
            """
        },
        {
            "X-Forwarded-For",
            """
                static string M(HttpContext context)
                {
                    if (context.Request.Headers.ContainsKey("X-Forwarded-For"))
                    {
                        return [|context.Request.Headers["X-Forwarded-For"]|].ToString().Split(',')[0].Trim();
                    }

                    // the connection knows
                    return context.Connection.RemoteIpAddress?.MapToIPv4().ToString() ?? "unknown";
                }
            """,
            """
                static string M(HttpContext context)
                {
                    // the connection knows
                    return context.Connection.RemoteIpAddress?.MapToIPv4().ToString() ?? "unknown";
                }
            """
        },
        {
            "X-Forwarded-For",
            """
                static string? M(HttpContext context)
                {
                    var ip = [|context.Request.Headers["X-Forwarded-For"]|].FirstOrDefault();
                    if (string.IsNullOrEmpty(ip))
                    {
                        ip = context.Connection.RemoteIpAddress?.ToString();
                    }

                    return ip;
                }
            """,
            """
                static string? M(HttpContext context)
                {
                    var ip = context.Connection.RemoteIpAddress?.ToString();

                    return ip;
                }
            """
        },
        {
            "X-Forwarded-For",
            """
                static string? M(HttpContext context)
                {
                    var ip = [|context.Request.Headers["X-Forwarded-For"]|].FirstOrDefault();
                    if (string.IsNullOrEmpty(ip))
                        ip = context.Request.Headers["X-Real-IP"].FirstOrDefault();
                    if (string.IsNullOrEmpty(ip))
                        ip = context.Connection.RemoteIpAddress?.ToString();
                    return ip;
                }
            """,
            """
                static string? M(HttpContext context)
                {
                    var ip = context.Request.Headers["X-Real-IP"].FirstOrDefault();
                    if (string.IsNullOrEmpty(ip))
                        ip = context.Connection.RemoteIpAddress?.ToString();
                    return ip;
                }
            """
        },
        {
            "X-Real-IP",
            """
                static string? M(HttpContext context)
                {
                    var ip = context.Request.Headers["X-Forwarded-For"].FirstOrDefault();
                    if (string.IsNullOrEmpty(ip))
                        ip = [|context.Request.Headers["X-Real-IP"]|].FirstOrDefault();
                    if (string.IsNullOrEmpty(ip))
                        ip = context.Connection.RemoteIpAddress?.ToString();
                    return ip;
                }
            """,
            """
                static string? M(HttpContext context)
                {
                    var ip = context.Request.Headers["X-Forwarded-For"].FirstOrDefault();
                    if (string.IsNullOrEmpty(ip))
                        ip = context.Connection.RemoteIpAddress?.ToString();
                    return ip;
                }
            """
        },
        {
            "X-Forwarded-For",
            """
                static string? M(HttpContext context)
                {
                    var forwarded = [|context.Request.Headers["X-Forwarded-For"]|].FirstOrDefault();
                    if (!string.IsNullOrWhiteSpace(forwarded))
                    {
                        var parts = forwarded.Split(',');
                        if (parts.Length > 0)
                        {
                            return parts[0].Trim();
                        }
                    }

                    return context.Connection.RemoteIpAddress?.ToString();
                }
            """,
            """
                static string? M(HttpContext context)
                {
                    return context.Connection.RemoteIpAddress?.ToString();
                }
            """
        },
        {
            "X-Forwarded-For",
            """
                static string? M(HttpContext context)
                {
                    string? ip = null;
                    if (context.Request.Headers.TryGetValue("X-Forwarded-For", out var values))
                    {
                        ip = values.FirstOrDefault();
                    }
                    else
                    {
                        ip = context.Connection.RemoteIpAddress?.ToString();
                    }

                    return ip;
                }
            """.Replace("context.Request.Headers.TryGetValue(\"X-Forwarded-For\", out var values)", "[|context.Request.Headers.TryGetValue(\"X-Forwarded-For\", out var values)|]", System.StringComparison.Ordinal),
            """
                static string? M(HttpContext context)
                {
                    string? ip = context.Connection.RemoteIpAddress?.ToString();

                    return ip;
                }
            """
        },
        {
            "X-Forwarded-For",
            """
                static string? M(HttpContext context)
                {
                    var ip = context.Connection.RemoteIpAddress?.ToString();
                    if ([|context.Request.Headers.TryGetValue("X-Forwarded-For", out var values)|])
                    {
                        ip = values.ToString();
                    }

                    return ip;
                }
            """,
            """
                static string? M(HttpContext context)
                {
                    var ip = context.Connection.RemoteIpAddress?.ToString();

                    return ip;
                }
            """
        },
        {
            "X-Forwarded-For",
            """
                static string? M(HttpContext context)
                {
                    var ip = [|context.Request.Headers["X-Forwarded-For"]|].ToString();
                    if (string.IsNullOrEmpty(ip))
                    {
                        return null;
                    }

                    return ip.Split(',')[0].Trim();
                }
            """,
            """
                static string? M(HttpContext context)
                {
                    var ip = context.Connection.RemoteIpAddress?.ToString();
                    if (string.IsNullOrEmpty(ip))
                    {
                        return null;
                    }

                    return ip;
                }
            """
        },
        {
            "X-Forwarded-For",
            """
                static string? M(HttpContext context)
                {
                    if ([|context.Request.Headers.TryGetValue("X-Forwarded-For", out var values)|] && values.Count > 0)
                    {
                        return values[0];
                    }

                    return null;
                }
            """,
            """
                static string? M(HttpContext context)
                {
                    return context.Connection.RemoteIpAddress?.ToString();
                }
            """
        },
        {
            "X-Real-IP",
            """
                static IPAddress? M(HttpContext context)
                {
                    var header = [|context.Request.Headers["X-Real-IP"]|];
                    if (IPAddress.TryParse(header, out var address))
                    {
                        return address;
                    }

                    return context.Connection.RemoteIpAddress;
                }
            """,
            """
                static IPAddress? M(HttpContext context)
                {
                    return context.Connection.RemoteIpAddress;
                }
            """
        },
        {
            "X-Forwarded-For",
            """
                static bool M(HttpContext context, HashSet<string> banned)
                {
                    var ip = [|context.Request.Headers["X-Forwarded-For"]|].ToString();
                    return banned.Contains(ip);
                }
            """,
            """
                static bool M(HttpContext context, HashSet<string> banned)
                {
                    var ip = context.Connection.RemoteIpAddress?.ToString() ?? "";
                    return banned.Contains(ip);
                }
            """
        },
        {
            "X-Real-IP",
            """
                string M()
                {
                    string? ip = Request.Headers["X-Forwarded-For"];
                    if (string.IsNullOrEmpty(ip))
                    {
                        ip = [|Request.Headers["X-Real-IP"]|];
                    }

                    if (string.IsNullOrEmpty(ip))
                    {
                        ip = HttpContext.Connection.RemoteIpAddress!.ToString();
                    }

                    return ip;
                }
            """,
            """
                string M()
                {
                    string? ip = Request.Headers["X-Forwarded-For"];

                    if (string.IsNullOrEmpty(ip))
                    {
                        ip = HttpContext.Connection.RemoteIpAddress!.ToString();
                    }

                    return ip;
                }
            """
        },
        {
            "X-Forwarded-For",
            """
                string M()
                {
                    string ip = "";
                    if (!string.IsNullOrEmpty(Request.Headers["X-Forwarded-For"]))
                    {
                        ip = [|Request.Headers["X-Forwarded-For"]|].ToString();
                    }
                    if (ip == "")
                    {
                        ip = HttpContext.Connection.RemoteIpAddress!.ToString();
                    }
                    return ip;
                }
            """,
            """
                string M()
                {
                    string ip = HttpContext.Connection.RemoteIpAddress!.ToString();
                    return ip;
                }
            """
        },
        {
            "X-Forwarded-For",
            """
                string M()
                {
                    var remote = HttpContext.Connection.RemoteIpAddress;
                    var address = remote?.ToString() ?? "";
                    // X-Forwarded-For wins
                    var forwarded = [|Request.Headers["X-Forwarded-For"]|].ToString();
                    if (!string.IsNullOrEmpty(forwarded))
                        address = forwarded.Split(',').First();
                    return address;
                }
            """,
            """
                string M()
                {
                    var remote = HttpContext.Connection.RemoteIpAddress;
                    var address = remote?.ToString() ?? "";
                    // X-Forwarded-For wins
                    return address;
                }
            """
        },
        {
            "X-Forwarded-For",
            """
                string M(HttpContext context)
                {
                    var forwardedFor = [|context.Request.Headers["X-Forwarded-For"]|].FirstOrDefault();
                    return string.IsNullOrEmpty(forwardedFor)
                        ? context.Connection.RemoteIpAddress?.ToString() ?? "unknown"
                        : forwardedFor.Split(',')[0].Trim();
                }
            """,
            """
                string M(HttpContext context)
                {
                    return context.Connection.RemoteIpAddress?.ToString() ?? "unknown";
                }
            """
        },
        {
            "X-Forwarded-For",
            """
                void M(HttpContext context, Action<string, string?> audit)
                {
                    audit("in", [|context.Request.Headers["X-Forwarded-For"]|].FirstOrDefault());
                    audit("peer", context.Connection.RemoteIpAddress?.ToString());
                }
            """,
            """
                void M(HttpContext context, Action<string, string?> audit)
                {
                    audit("in", context.Connection.RemoteIpAddress?.ToString());
                    audit("peer", context.Connection.RemoteIpAddress?.ToString());
                }
            """
        },
    };

    [Theory]
    [MemberData(nameof(Expressions))]
    public async Task A_value_becomes_the_address_in_the_type_of_the_place(string before, string after) =>
        Assert.Equal(after.Length == 0 ? null : after, await Rewriting.OfMembers(
            HeaderFixProperties.FixRemoteIpAddress, before.Contains("X-Real-IP", System.StringComparison.Ordinal) ? "X-Real-IP" : "X-Forwarded-For", before));

    [Theory]
    [MemberData(nameof(Statements))]
    public async Task A_helper_is_left_with_the_address_of_the_connection(string header, string before, string after) =>
        Assert.Equal(after, await Rewriting.OfMembers(HeaderFixProperties.FixRemoteIpAddress, header, before));
}
