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
        "The raw value of '{0}' is {1}, and any client can send it; use '{2}' behind UseForwardedHeaders",
        "The header is the client's own where no trusted proxy set it. UseForwardedHeaders takes it over from trusted proxies only.", 348);

    internal static readonly DiagnosticDescriptor RawClientAddress = Create(
        RuleIds.RawClientAddress,
        RuleCategory.Headers,
        DiagnosticSeverity.Info,
        "Raw client address header is trusted",
        "{0}",
        "Raw client address header is trusted.", 348, 290);

    internal static readonly DiagnosticDescriptor LeftmostEntry = Create(
        RuleIds.LeftmostEntry,
        RuleCategory.Headers,
        DiagnosticSeverity.Warning,
        "Leftmost X-Forwarded-For entry is chosen by the client",
        "{0}",
        "Leftmost X-Forwarded-For entry is chosen by the client.", 348);

    internal static readonly DiagnosticDescriptor RawHost = Create(
        RuleIds.RawHost,
        RuleCategory.Headers,
        DiagnosticSeverity.Info,
        "Raw forwarded host, prefix or port is trusted",
        "{0}",
        "Raw forwarded host, prefix or port is trusted.", 644, 601, 640);

    internal static readonly DiagnosticDescriptor HandWrittenMiddleware = Create(
        RuleIds.HandWrittenMiddleware,
        RuleCategory.Headers,
        DiagnosticSeverity.Warning,
        "Hand-written forwarded-headers middleware",
        "{0}",
        "Hand-written forwarded-headers middleware.", 348, 290);

    internal static readonly DiagnosticDescriptor ForcedScheme = Create(
        RuleIds.ForcedScheme,
        RuleCategory.Headers,
        DiagnosticSeverity.Info,
        "Scheme is forced to https",
        "{0}",
        "Scheme is forced to https.", 348);

    internal static readonly DiagnosticDescriptor AbsenceIsLocal = Create(
        RuleIds.AbsenceIsLocal,
        RuleCategory.Headers,
        DiagnosticSeverity.Info,
        "A missing forwarded header is taken as a direct or local request",
        "{0}",
        "A missing forwarded header is taken as a direct or local request.", 290);

    internal static readonly DiagnosticDescriptor PatchedString = Create(
        RuleIds.PatchedString,
        RuleCategory.Headers,
        DiagnosticSeverity.Info,
        "http is patched to https in a string",
        "{0}",
        "http is patched to https in a string.");
}
