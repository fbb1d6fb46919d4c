using Microsoft.CodeAnalysis;

namespace ProxySsl.Analyzers;

internal static partial class Descriptors
{
    internal static readonly DiagnosticDescriptor EverySenderTrusted = Create(
        RuleIds.EverySenderTrusted,
        RuleCategory.Options,
        DiagnosticSeverity.Warning,
        "Every sender is trusted: known proxies and networks are empty",
        "With this {0}.Clear() every sender is trusted: {1}, so any client {2}; keep the lists and add the proxies that the app is behind, or set proxyssl.proxy = platform where only a hosting platform reaches the app",
        "With both known lists empty the framework checks no sender: whoever reaches the app directly chooses the client address, the scheme and, where it is processed, the host.", 348, 290);

    internal static readonly DiagnosticDescriptor NoKnownProxy = Create(
        RuleIds.NoKnownProxy,
        RuleCategory.Options,
        DiagnosticSeverity.Warning,
        "No known proxy is declared",
        "{0} no known proxy, {1}",
        "By default only loopback may send forwarded headers. Behind any other proxy they are ignored without an error: redirects loop, links start with http://, and every client has the proxy's address.");

    internal static readonly DiagnosticDescriptor NetworkCoversEveryAddress = Create(
        RuleIds.NetworkCoversEveryAddress,
        RuleCategory.Options,
        DiagnosticSeverity.Warning,
        "Trusted network covers every address",
        "The trusted network {0} {1} every {2} address, so any client that connects over {2} {3}; name the network that the proxy is in",
        "A network with prefix length 0 is no restriction: every peer is taken for a proxy, and what it says about client address and scheme is believed.", 348, 290);

    internal static readonly DiagnosticDescriptor EmptyInitializer = Create(
        RuleIds.EmptyInitializer,
        RuleCategory.Options,
        DiagnosticSeverity.Warning,
        "Empty initializer does not clear the list",
        "The empty {0} nothing and {1} nothing, so {2}",
        "KnownProxies and the network lists have no setter, so '= { }' is a collection initializer without elements: the framework's loopback entries stay.");

    internal static readonly DiagnosticDescriptor NothingEnabled = Create(
        RuleIds.NothingEnabled,
        RuleCategory.Options,
        DiagnosticSeverity.Warning,
        "UseForwardedHeaders does nothing: ForwardedHeaders is None",
        "{0} ForwardedHeaders, which is None by default, so UseForwardedHeaders does nothing; set XForwardedFor | XForwardedProto, or remove the call",
        "The middleware processes only the headers that ForwardedHeaders names. The default is None, and nothing warns about it at run time.");

    internal static readonly DiagnosticDescriptor ForwardLimit = Create(
        RuleIds.ForwardLimit,
        RuleCategory.Options,
        DiagnosticSeverity.Warning,
        "ForwardLimit breaks the trust in forwarded headers",
        "ForwardLimit {0} {1}; set it to the number of proxies, usually 1",
        "The limit says how many entries of X-Forwarded-For are taken from the right. Entries that no trusted proxy added were written by the client.", 348, 290);

    internal static readonly DiagnosticDescriptor HostWithoutAllowedHosts = Create(
        RuleIds.HostWithoutAllowedHosts,
        RuleCategory.Options,
        DiagnosticSeverity.Warning,
        "X-Forwarded-Host is accepted without AllowedHosts",
        "{0} is processed and {1}; drop XForwardedHost, or list the app's host names in AllowedHosts",
        "AllowedHosts of the configuration does not cover X-Forwarded-Host: host filtering sees the raw Host header. Only AllowedHosts of ForwardedHeadersOptions restricts it.", 644, 601, 640);

    internal static readonly DiagnosticDescriptor HeaderName = Create(
        RuleIds.HeaderName,
        RuleCategory.Options,
        DiagnosticSeverity.Warning,
        "Forwarded header name carries no scheme",
        "{0} is '{1}': {2}",
        "What the header holds is written to the request's scheme without further checks; a value that is no scheme breaks IsHttps, redirects and links.");

    internal static readonly DiagnosticDescriptor EntryNeverMatches = Create(
        RuleIds.EntryNeverMatches,
        RuleCategory.Options,
        DiagnosticSeverity.Warning,
        "Known proxy entry can never match",
        "The known proxy entry '{0}' can never match: {1}",
        "An entry that no peer can have trusts nobody, so forwarded headers are ignored; a text that cannot be parsed stops the app.");

    internal static readonly DiagnosticDescriptor BindingDropsLists = Create(
        RuleIds.BindingDropsLists,
        RuleCategory.Options,
        DiagnosticSeverity.Info,
        "Configuration binding drops the known lists",
        "{0} binds ForwardedHeadersOptions to configuration, but the binder cannot make addresses or networks, so KnownProxies and the known networks in configuration are dropped without an error; parse these lists in code",
        "The configuration binder sets flags, limit and hosts. Lists of IPAddress and IPNetwork it cannot fill and leaves as they are.");

    internal static readonly DiagnosticDescriptor ProtoNotProcessed = Create(
        RuleIds.ProtoNotProcessed,
        RuleCategory.Options,
        DiagnosticSeverity.Warning,
        "X-Forwarded-Proto is not processed although HTTPS is enforced",
        "X-Forwarded-Proto is not processed although the app enforces HTTPS with {0}, so behind a TLS-terminating proxy every request looks like http; add XForwardedProto",
        "Without XForwardedProto the request keeps the scheme of the connection from the proxy: redirects to https loop and HSTS is never sent.");

    internal static readonly DiagnosticDescriptor FailsOpen = Create(
        RuleIds.FailsOpen,
        RuleCategory.Options,
        DiagnosticSeverity.Info,
        "Trust fails open when configuration is empty",
        "{0} is cleared and then filled by code that may add nothing: with an empty configuration both lists stay empty and every sender is trusted; make sure that an empty configuration trusts nobody new",
        "Empty lists are no restriction. A missing section or a failed parse must not turn a list of proxies into trust in everybody.", 348, 636);
}
