namespace ProxySsl.Analyzers;

/// <summary>The only place an ID is written. A retired ID stays here as a comment and is never used again.</summary>
public static class RuleIds
{
    /// <summary>ProxySsl configuration value is not understood.</summary>
    public const string ConfigurationValue = "PSSL0001";

    // PSSL0002 is no rule: the warning of the package's MSBuild targets about a ProxySslAnalysisMode that they do not know.

    /// <summary>Forwarded header is checked for presence only.</summary>
    public const string PresenceOnly = "PSSL1001";

    /// <summary>Raw forwarded scheme is trusted.</summary>
    public const string RawScheme = "PSSL1002";

    /// <summary>Raw client address header is trusted.</summary>
    public const string RawClientAddress = "PSSL1003";

    /// <summary>Leftmost X-Forwarded-For entry is chosen by the client.</summary>
    public const string LeftmostEntry = "PSSL1004";

    /// <summary>Raw forwarded host, prefix or port is trusted.</summary>
    public const string RawHost = "PSSL1005";

    /// <summary>Hand-written forwarded-headers middleware.</summary>
    public const string HandWrittenMiddleware = "PSSL1006";

    /// <summary>Scheme is forced to https.</summary>
    public const string ForcedScheme = "PSSL1007";

    /// <summary>A missing forwarded header is taken as a direct or local request.</summary>
    public const string AbsenceIsLocal = "PSSL1008";

    /// <summary>http is patched to https in a string.</summary>
    public const string PatchedString = "PSSL1009";

    /// <summary>Every sender is trusted: known proxies and networks are empty.</summary>
    public const string EverySenderTrusted = "PSSL2001";

    /// <summary>No known proxy is declared.</summary>
    public const string NoKnownProxy = "PSSL2002";

    /// <summary>Trusted network covers every address.</summary>
    public const string NetworkCoversEveryAddress = "PSSL2003";

    /// <summary>Empty initializer does not clear the list.</summary>
    public const string EmptyInitializer = "PSSL2004";

    /// <summary>UseForwardedHeaders does nothing: ForwardedHeaders is None.</summary>
    public const string NothingEnabled = "PSSL2005";

    /// <summary>ForwardLimit breaks the trust in forwarded headers.</summary>
    public const string ForwardLimit = "PSSL2006";

    /// <summary>X-Forwarded-Host is accepted without AllowedHosts.</summary>
    public const string HostWithoutAllowedHosts = "PSSL2007";

    /// <summary>Forwarded header name carries no scheme.</summary>
    public const string HeaderName = "PSSL2008";

    /// <summary>Known proxy entry can never match.</summary>
    public const string EntryNeverMatches = "PSSL2009";

    /// <summary>Configuration binding drops the known lists.</summary>
    public const string BindingDropsLists = "PSSL2010";

    /// <summary>X-Forwarded-Proto is not processed although HTTPS is enforced.</summary>
    public const string ProtoNotProcessed = "PSSL2011";

    /// <summary>Trust fails open when configuration is empty.</summary>
    public const string FailsOpen = "PSSL2012";

    /// <summary>HTTPS redirection runs before UseForwardedHeaders.</summary>
    public const string RedirectTooEarly = "PSSL3001";

    /// <summary>Middleware reads scheme, host or client address before UseForwardedHeaders.</summary>
    public const string ReadsTooEarly = "PSSL3002";

    /// <summary>Logging, caching or compression runs before UseForwardedHeaders.</summary>
    public const string LogsTooEarly = "PSSL3003";

    /// <summary>Forwarded headers are applied more than once.</summary>
    public const string AppliedTwice = "PSSL3004";

    /// <summary>Configured ForwardedHeadersOptions are ignored.</summary>
    public const string OptionsIgnored = "PSSL3005";

    /// <summary>Implicit authentication or routing runs before UseForwardedHeaders.</summary>
    public const string ImplicitTooEarly = "PSSL3006";

    /// <summary>HTTPS is enforced, forwarded headers are never applied.</summary>
    public const string NeverApplied = "PSSL3007";

    /// <summary>UseForwardedHeaders does not cover the whole pipeline.</summary>
    public const string PartlyApplied = "PSSL3008";

    /// <summary>Certificate forwarding trusts every sender.</summary>
    public const string CertificateForwarding = "PSSL3009";

}
