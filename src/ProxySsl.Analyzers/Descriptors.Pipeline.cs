using Microsoft.CodeAnalysis;

namespace ProxySsl.Analyzers;

internal static partial class Descriptors
{
    internal static readonly DiagnosticDescriptor RedirectTooEarly = Create(
        RuleIds.RedirectTooEarly,
        RuleCategory.Pipeline,
        DiagnosticSeverity.Warning,
        "HTTPS redirection runs before UseForwardedHeaders",
        "{0}",
        "Behind a proxy that ends TLS every request arrives as http. Middleware that redirects to https before UseForwardedHeaders has restored the client's scheme redirects again and again, UseHttpsRedirection wherever it knows an https port.");

    internal static readonly DiagnosticDescriptor ReadsTooEarly = Create(
        RuleIds.ReadsTooEarly,
        RuleCategory.Pipeline,
        DiagnosticSeverity.Warning,
        "Middleware reads scheme, host or client address before UseForwardedHeaders",
        "{0}",
        "What runs before UseForwardedHeaders works with the proxy's scheme, host and address: no HSTS header, cookies without Secure, login redirects to http.");

    internal static readonly DiagnosticDescriptor LogsTooEarly = Create(
        RuleIds.LogsTooEarly,
        RuleCategory.Pipeline,
        DiagnosticSeverity.Info,
        "Logging, caching or compression runs before UseForwardedHeaders",
        "{0}",
        "What runs before UseForwardedHeaders logs, limits or caches by the proxy's scheme, host and address instead of the client's.");

    internal static readonly DiagnosticDescriptor AppliedTwice = Create(
        RuleIds.AppliedTwice,
        RuleCategory.Pipeline,
        DiagnosticSeverity.Warning,
        "Forwarded headers are applied more than once",
        "{0}",
        "Each pass of the middleware takes one more entry from the forwarded headers. The second one takes what the client itself has written, so a client can choose its own address where every sender is trusted.", 348, 290);

    internal static readonly DiagnosticDescriptor OptionsIgnored = Create(
        RuleIds.OptionsIgnored,
        RuleCategory.Pipeline,
        DiagnosticSeverity.Warning,
        "Configured ForwardedHeadersOptions are ignored",
        "{0}",
        "UseForwardedHeaders with an options argument takes nothing from the options that are configured in the services: known proxies, limits and flags set there have no effect.");

    internal static readonly DiagnosticDescriptor ImplicitTooEarly = Create(
        RuleIds.ImplicitTooEarly,
        RuleCategory.Pipeline,
        DiagnosticSeverity.Warning,
        "Implicit authentication or routing runs before UseForwardedHeaders",
        "{0}",
        "WebApplication adds routing, and from .NET 7 on authentication and authorization, in front of the app's own middleware unless the app adds them itself. They see the proxy's scheme and host even where UseForwardedHeaders is the first statement.");

    internal static readonly DiagnosticDescriptor NeverApplied = Create(
        RuleIds.NeverApplied,
        RuleCategory.Pipeline,
        DiagnosticSeverity.Info,
        "HTTPS is enforced, forwarded headers are never applied",
        "{0}",
        "Behind a proxy that ends TLS, an app that enforces https and never applies forwarded headers takes every request for http: redirects loop wherever the https port is known, and the HSTS header is never sent.");

    internal static readonly DiagnosticDescriptor PartlyApplied = Create(
        RuleIds.PartlyApplied,
        RuleCategory.Pipeline,
        DiagnosticSeverity.Warning,
        "UseForwardedHeaders does not cover the whole pipeline",
        "{0}",
        "Forwarded headers are applied only in a branch, only in development, or after a step that answers requests, while other middleware relies on them.");

    internal static readonly DiagnosticDescriptor CertificateForwarding = Create(
        RuleIds.CertificateForwarding,
        RuleCategory.Pipeline,
        DiagnosticSeverity.Info,
        "Certificate forwarding trusts every sender",
        "{0}",
        "UseCertificateForwarding takes the client certificate from a request header without asking who sent it. Where the app can be reached past the proxy, anyone can present any certificate.", 287, 295);
}
