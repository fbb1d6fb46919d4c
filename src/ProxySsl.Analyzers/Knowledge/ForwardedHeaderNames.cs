using System;
using System.Collections.Generic;
using System.Linq;

namespace ProxySsl.Analyzers.Knowledge;

/// <summary>What a forwarded header carries.</summary>
internal enum HeaderFamily
{
    Scheme,
    ClientIp,
    Host,
    Prefix,
    Port,
}

/// <summary>How a header writes its value.</summary>
internal enum HeaderValueStyle
{
    /// <summary>A scheme: <c>https</c>.</summary>
    Scheme,

    /// <summary><c>on</c> or <c>off</c>, or the header is only there when the client used TLS.</summary>
    Switch,

    /// <summary>Structured text that holds the scheme among other things: <c>Forwarded</c> (RFC 7239), <c>CF-Visitor</c> (JSON).</summary>
    Structured,

    /// <summary>A list of addresses, each hop's peer appended on the right.</summary>
    AddressList,

    /// <summary>One address.</summary>
    Address,

    /// <summary>A host, with or without port.</summary>
    Host,

    /// <summary>A path that starts with a slash.</summary>
    Path,

    /// <summary>A port number.</summary>
    Port,
}

/// <summary>A forwarded header: its name, what it carries, how, and the request property that holds the trustworthy value.</summary>
internal sealed record ForwardedHeader(string Name, HeaderFamily Family, HeaderValueStyle Style)
{
    /// <summary>The CGI spelling: <c>HTTP_X_FORWARDED_PROTO</c>.</summary>
    internal string CgiName => ForwardedHeaderNames.ToCgiName(Name);

    /// <summary>Whether a name is the header's own as code writes it, <c>XForwardedPort</c>. A name without the X says what the value is taken for.</summary>
    internal bool IsCalled(string name)
    {
        var at = 0;
        foreach (var letter in Name)
        {
            if (letter != '-' && (at == name.Length || char.ToUpperInvariant(letter) != char.ToUpperInvariant(name[at++])))
            {
                return false;
            }
        }

        return at == name.Length && Name.StartsWith("X-", StringComparison.OrdinalIgnoreCase);
    }

    /// <summary>The property of the context that <c>UseForwardedHeaders</c> sets from trusted proxies only.</summary>
    internal string SafeProperty => Family switch
    {
        HeaderFamily.Scheme => "Request.Scheme",
        HeaderFamily.ClientIp => "Connection.RemoteIpAddress",
        HeaderFamily.Prefix => "Request.PathBase",
        _ => "Request.Host",
    };

    /// <summary>
    /// Whether it is one in which <c>UseForwardedHeaders</c> keeps what it replaces, so that it cannot be told to read it. X-Original-Host is
    /// not: gateways send it (Azure Application Gateway), and the middleware's own is only there where it has replaced a host.
    /// </summary>
    internal bool IsOriginal => Name is "X-Original-Proto" or "X-Original-For";

    /// <summary>
    /// The header that the proxy has to send instead, where <c>UseForwardedHeaders</c> could make nothing of this one whatever name it was
    /// told: it takes a scheme, an address or a host for the value, no switch and no structured text. Null for any other header.
    /// </summary>
    internal string? Substitute => (Style, Family) switch
    {
        (HeaderValueStyle.Switch or HeaderValueStyle.Structured or HeaderValueStyle.Port, HeaderFamily.Scheme) => "X-Forwarded-Proto",
        (HeaderValueStyle.Structured, HeaderFamily.ClientIp) => "X-Forwarded-For",
        (HeaderValueStyle.Structured, HeaderFamily.Host) => "X-Forwarded-Host",
        _ => null,
    };
}

/// <summary>The forwarded headers in use, by name in any letter case, in the HTTP and the CGI spelling.</summary>
internal static class ForwardedHeaderNames
{
    internal static readonly IReadOnlyList<ForwardedHeader> All =
    [
        new("X-Forwarded-Proto", HeaderFamily.Scheme, HeaderValueStyle.Scheme),
        new("X-Forwarded-Protocol", HeaderFamily.Scheme, HeaderValueStyle.Scheme),
        new("X-Forwarded-Scheme", HeaderFamily.Scheme, HeaderValueStyle.Scheme),
        new("X-Scheme", HeaderFamily.Scheme, HeaderValueStyle.Scheme),
        new("X-Url-Scheme", HeaderFamily.Scheme, HeaderValueStyle.Scheme),
        new("X-Original-Proto", HeaderFamily.Scheme, HeaderValueStyle.Scheme),
        new("CloudFront-Forwarded-Proto", HeaderFamily.Scheme, HeaderValueStyle.Scheme),
        new("X-Forwarded-Ssl", HeaderFamily.Scheme, HeaderValueStyle.Switch),
        new("Front-End-Https", HeaderFamily.Scheme, HeaderValueStyle.Switch),
        new("X-ARR-SSL", HeaderFamily.Scheme, HeaderValueStyle.Switch),
        new("WL-Proxy-SSL", HeaderFamily.Scheme, HeaderValueStyle.Switch),
        new("CF-Visitor", HeaderFamily.Scheme, HeaderValueStyle.Structured),
        new("Forwarded", HeaderFamily.Scheme, HeaderValueStyle.Structured),
        new("X-Forwarded-For", HeaderFamily.ClientIp, HeaderValueStyle.AddressList),
        new("X-Original-For", HeaderFamily.ClientIp, HeaderValueStyle.AddressList),
        new("X-Real-IP", HeaderFamily.ClientIp, HeaderValueStyle.Address),
        new("X-Client-IP", HeaderFamily.ClientIp, HeaderValueStyle.Address),
        new("X-Cluster-Client-IP", HeaderFamily.ClientIp, HeaderValueStyle.Address),
        new("True-Client-IP", HeaderFamily.ClientIp, HeaderValueStyle.Address),
        new("CF-Connecting-IP", HeaderFamily.ClientIp, HeaderValueStyle.Address),
        new("Fastly-Client-IP", HeaderFamily.ClientIp, HeaderValueStyle.Address),
        new("X-Azure-ClientIP", HeaderFamily.ClientIp, HeaderValueStyle.Address),
        new("Proxy-Client-IP", HeaderFamily.ClientIp, HeaderValueStyle.Address),
        new("WL-Proxy-Client-IP", HeaderFamily.ClientIp, HeaderValueStyle.Address),
        new("X-Forwarded-Host", HeaderFamily.Host, HeaderValueStyle.Host),
        new("X-Original-Host", HeaderFamily.Host, HeaderValueStyle.Host),
        new("X-Forwarded-Server", HeaderFamily.Host, HeaderValueStyle.Host),
        new("X-Forwarded-Prefix", HeaderFamily.Prefix, HeaderValueStyle.Path),
        new("X-Forwarded-Port", HeaderFamily.Port, HeaderValueStyle.Port),
    ];

    private static readonly Dictionary<string, ForwardedHeader> ByName = All
        .SelectMany(h => new[] { (Key: h.Name, Header: h), (Key: h.CgiName, Header: h) })
        .ToDictionary(p => p.Key, p => p.Header, StringComparer.OrdinalIgnoreCase);

    /// <summary>The header of a name in either spelling and any letter case, or null for any other name.</summary>
    internal static ForwardedHeader? Find(string name) => ByName.TryGetValue(name, out var header) ? header : null;

    /// <summary>The name under which a CGI-style variable collection holds a header (RFC 3875, section 4.1.18).</summary>
    internal static string ToCgiName(string name) => "HTTP_" + name.ToUpperInvariant().Replace('-', '_');
}
