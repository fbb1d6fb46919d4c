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
        "HTTPS redirection runs before UseForwardedHeaders.");

    internal static readonly DiagnosticDescriptor ReadsTooEarly = Create(
        RuleIds.ReadsTooEarly,
        RuleCategory.Pipeline,
        DiagnosticSeverity.Warning,
        "Middleware reads scheme, host or client address before UseForwardedHeaders",
        "{0}",
        "Middleware reads scheme, host or client address before UseForwardedHeaders.");

    internal static readonly DiagnosticDescriptor LogsTooEarly = Create(
        RuleIds.LogsTooEarly,
        RuleCategory.Pipeline,
        DiagnosticSeverity.Info,
        "Logging, caching or compression runs before UseForwardedHeaders",
        "{0}",
        "Logging, caching or compression runs before UseForwardedHeaders.");

    internal static readonly DiagnosticDescriptor AppliedTwice = Create(
        RuleIds.AppliedTwice,
        RuleCategory.Pipeline,
        DiagnosticSeverity.Warning,
        "Forwarded headers are applied more than once",
        "{0}",
        "Forwarded headers are applied more than once.", 348, 290);

    internal static readonly DiagnosticDescriptor OptionsIgnored = Create(
        RuleIds.OptionsIgnored,
        RuleCategory.Pipeline,
        DiagnosticSeverity.Warning,
        "Configured ForwardedHeadersOptions are ignored",
        "{0}",
        "Configured ForwardedHeadersOptions are ignored.");

    internal static readonly DiagnosticDescriptor ImplicitTooEarly = Create(
        RuleIds.ImplicitTooEarly,
        RuleCategory.Pipeline,
        DiagnosticSeverity.Warning,
        "Implicit authentication or routing runs before UseForwardedHeaders",
        "{0}",
        "Implicit authentication or routing runs before UseForwardedHeaders.");

    internal static readonly DiagnosticDescriptor NeverApplied = Create(
        RuleIds.NeverApplied,
        RuleCategory.Pipeline,
        DiagnosticSeverity.Info,
        "HTTPS is enforced, forwarded headers are never applied",
        "{0}",
        "HTTPS is enforced, forwarded headers are never applied.");

    internal static readonly DiagnosticDescriptor PartlyApplied = Create(
        RuleIds.PartlyApplied,
        RuleCategory.Pipeline,
        DiagnosticSeverity.Warning,
        "UseForwardedHeaders does not cover the whole pipeline",
        "{0}",
        "UseForwardedHeaders does not cover the whole pipeline.");

    internal static readonly DiagnosticDescriptor CertificateForwarding = Create(
        RuleIds.CertificateForwarding,
        RuleCategory.Pipeline,
        DiagnosticSeverity.Info,
        "Certificate forwarding trusts every sender",
        "{0}",
        "Certificate forwarding trusts every sender.", 287, 295);
}
