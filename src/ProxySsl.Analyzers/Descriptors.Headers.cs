using Microsoft.CodeAnalysis;

namespace ProxySsl.Analyzers;

internal static partial class Descriptors
{
    internal static readonly DiagnosticDescriptor PresenceOnly = Create(
        RuleIds.PresenceOnly,
        RuleCategory.Headers,
        DiagnosticSeverity.Warning,
        "Forwarded header is checked for presence only",
        "The presence of '{0}' alone decides: whoever sends it {1}; {2}",
        "Any client can send the header with any value. Only the middleware knows which senders are proxies, and only its result may decide.", 290, 348, 319);

    internal static readonly DiagnosticDescriptor RawScheme = Create(
        RuleIds.RawScheme,
        RuleCategory.Headers,
        DiagnosticSeverity.Warning,
        "Raw forwarded scheme is trusted",
        "The raw value of '{0}' is {1}, and any client can send it; {2} behind UseForwardedHeaders",
        "The header is the client's own where no trusted proxy set it. UseForwardedHeaders takes it over from trusted proxies only.", 348);

    internal static readonly DiagnosticDescriptor RawClientAddress = Create(
        RuleIds.RawClientAddress,
        RuleCategory.Headers,
        DiagnosticSeverity.Info,
        "Raw client address header is trusted",
        "The raw value of '{0}' {1}, and any client can send it; {2} behind UseForwardedHeaders",
        "A client that can reach the app directly, or through a proxy that does not overwrite the header, chooses its own address: rate limits, bans, audits and geo rules follow it.", 348, 290);

    internal static readonly DiagnosticDescriptor LeftmostEntry = Create(
        RuleIds.LeftmostEntry,
        RuleCategory.Headers,
        DiagnosticSeverity.Warning,
        "Leftmost X-Forwarded-For entry is chosen by the client",
        "Wherever a proxy appends to '{0}', as most do, even a trusted one, its first entry is whatever the client sent; use {1} behind UseForwardedHeaders",
        "Each proxy appends the address it saw on the right of the list, so the leftmost entry is the one part that no proxy vouches for.", 348);

    internal static readonly DiagnosticDescriptor RawHost = Create(
        RuleIds.RawHost,
        RuleCategory.Headers,
        DiagnosticSeverity.Info,
        "Raw forwarded host, prefix or port is trusted",
        "The raw value of '{0}' {1}, and any client can send it; {2}",
        "Links, redirects and tenants that are made from a raw host header go where a client wants: password reset links, cached pages, open redirects.", 644, 601, 640);

    internal static readonly DiagnosticDescriptor HandWrittenMiddleware = Create(
        RuleIds.HandWrittenMiddleware,
        RuleCategory.Headers,
        DiagnosticSeverity.Warning,
        "Hand-written forwarded-headers middleware",
        "'{0}' is set from the raw '{1}' of every sender; {2}",
        "The framework's middleware checks the sender against the known proxies and networks, reads the list from the right and stops at the first unknown hop; a hand-written one believes everybody.", 348, 290);

    internal static readonly DiagnosticDescriptor ForcedScheme = Create(
        RuleIds.ForcedScheme,
        RuleCategory.Headers,
        DiagnosticSeverity.Info,
        "Scheme is forced to https",
        "'Request.{0}' is always set to https, so plain requests look secure; let UseForwardedHeaders take the scheme from the proxy",
        "A request that did not come over TLS gets secure cookies, is never redirected, and no log shows it.", 348);

    internal static readonly DiagnosticDescriptor AbsenceIsLocal = Create(
        RuleIds.AbsenceIsLocal,
        RuleCategory.Headers,
        DiagnosticSeverity.Info,
        "A missing forwarded header is taken as a direct or local request",
        "A request without '{0}' is taken for '{1}', but any client can leave the header out; decide by 'Connection.RemoteIpAddress' behind UseForwardedHeaders",
        "A missing header says nothing about where a request came from: the proxy may use another name, and whoever can reach the app directly sends what he likes.", 290);

    internal static readonly DiagnosticDescriptor PatchedString = Create(
        RuleIds.PatchedString,
        RuleCategory.Headers,
        DiagnosticSeverity.Info,
        "http is patched to https in a string",
        "'{0}' is repaired from http to https in the string, which leaves every other URL of the app wrong; process X-Forwarded-Proto with UseForwardedHeaders instead",
        "The address has the wrong scheme because the app does not know that the client used TLS. With the forwarded scheme processed it is right, as are cookies, links and redirects everywhere else.");
}
