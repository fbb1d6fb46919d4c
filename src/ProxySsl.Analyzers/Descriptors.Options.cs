using Microsoft.CodeAnalysis;

namespace ProxySsl.Analyzers;

internal static partial class Descriptors
{
    internal static readonly DiagnosticDescriptor EverySenderTrusted = Create(
        RuleIds.EverySenderTrusted,
        RuleCategory.Options,
        DiagnosticSeverity.Warning,
        "Every sender is trusted: known proxies and networks are empty",
        "With this {0}.Clear() every sender is trusted: {1}, so any client can choose its own IP address and scheme; keep the lists and add the proxies that the app is behind",
        "With both known lists empty the framework checks no sender: whoever reaches the app directly chooses the client address, the scheme and, where it is processed, the host.", 348, 290);

    internal static readonly DiagnosticDescriptor NoKnownProxy = Create(
        RuleIds.NoKnownProxy,
        RuleCategory.Options,
        DiagnosticSeverity.Warning,
        "No known proxy is declared",
        "{0} no known proxy, so only a proxy on this machine (loopback) is believed and the headers of any other are ignored; add the proxy's address or network",
        "By default only loopback may send forwarded headers. Behind any other proxy they are ignored without an error: redirects loop, links start with http://, and every client has the proxy's address.");

    internal static readonly DiagnosticDescriptor NetworkCoversEveryAddress = Create(
        RuleIds.NetworkCoversEveryAddress,
        RuleCategory.Options,
        DiagnosticSeverity.Warning,
        "Trusted network covers every address",
        "{0}",
        "Trusted network covers every address.", 348, 290);

    internal static readonly DiagnosticDescriptor EmptyInitializer = Create(
        RuleIds.EmptyInitializer,
        RuleCategory.Options,
        DiagnosticSeverity.Warning,
        "Empty initializer does not clear the list",
        "{0}",
        "Empty initializer does not clear the list.");

    internal static readonly DiagnosticDescriptor NothingEnabled = Create(
        RuleIds.NothingEnabled,
        RuleCategory.Options,
        DiagnosticSeverity.Warning,
        "UseForwardedHeaders does nothing: ForwardedHeaders is None",
        "{0}",
        "UseForwardedHeaders does nothing: ForwardedHeaders is None.");

    internal static readonly DiagnosticDescriptor ForwardLimit = Create(
        RuleIds.ForwardLimit,
        RuleCategory.Options,
        DiagnosticSeverity.Warning,
        "ForwardLimit breaks the trust in forwarded headers",
        "{0}",
        "ForwardLimit breaks the trust in forwarded headers.", 348, 290);

    internal static readonly DiagnosticDescriptor HostWithoutAllowedHosts = Create(
        RuleIds.HostWithoutAllowedHosts,
        RuleCategory.Options,
        DiagnosticSeverity.Warning,
        "X-Forwarded-Host is accepted without AllowedHosts",
        "{0}",
        "X-Forwarded-Host is accepted without AllowedHosts.", 644, 601, 640);

    internal static readonly DiagnosticDescriptor HeaderName = Create(
        RuleIds.HeaderName,
        RuleCategory.Options,
        DiagnosticSeverity.Warning,
        "Forwarded header name carries no scheme",
        "{0}",
        "Forwarded header name carries no scheme.");

    internal static readonly DiagnosticDescriptor EntryNeverMatches = Create(
        RuleIds.EntryNeverMatches,
        RuleCategory.Options,
        DiagnosticSeverity.Warning,
        "Known proxy entry can never match",
        "{0}",
        "Known proxy entry can never match.");

    internal static readonly DiagnosticDescriptor BindingDropsLists = Create(
        RuleIds.BindingDropsLists,
        RuleCategory.Options,
        DiagnosticSeverity.Info,
        "Configuration binding drops the known lists",
        "{0}",
        "Configuration binding drops the known lists.");

    internal static readonly DiagnosticDescriptor ProtoNotProcessed = Create(
        RuleIds.ProtoNotProcessed,
        RuleCategory.Options,
        DiagnosticSeverity.Warning,
        "X-Forwarded-Proto is not processed although HTTPS is enforced",
        "{0}",
        "X-Forwarded-Proto is not processed although HTTPS is enforced.");

    internal static readonly DiagnosticDescriptor FailsOpen = Create(
        RuleIds.FailsOpen,
        RuleCategory.Options,
        DiagnosticSeverity.Info,
        "Trust fails open when configuration is empty",
        "{0}",
        "Trust fails open when configuration is empty.", 348, 636);
}
