namespace ProxySsl.Analyzers.Headers;

/// <summary>What a 1xxx diagnostic tells its fix, beside <see cref="FixProperties.Fix"/>, whose values are here too.</summary>
internal static class HeaderFixProperties
{
    /// <summary>The header's name as ASP.NET Core spells it.</summary>
    internal const string Header = "Header";

    /// <summary><c>true</c> where the located expression is true when the header is absent.</summary>
    internal const string Negated = "Negated";

    /// <summary>How the value that was read is used: <see cref="Comparison"/> or <see cref="Value"/>.</summary>
    internal const string Use = "Use";

    /// <summary>The comparison around the read is what is replaced.</summary>
    internal const string Comparison = "Comparison";

    /// <summary>The read itself is replaced.</summary>
    internal const string Value = "Value";

    /// <summary>Replace by <c>HttpRequest.IsHttps</c>.</summary>
    internal const string FixIsHttps = "IsHttps";

    /// <summary>Replace by <c>HttpRequest.Scheme</c>.</summary>
    internal const string FixScheme = "Scheme";

    /// <summary>Replace by <c>ConnectionInfo.RemoteIpAddress</c>.</summary>
    internal const string FixRemoteIpAddress = "RemoteIpAddress";

    /// <summary>Replace by <c>HttpRequest.Host</c>.</summary>
    internal const string FixHost = "Host";

    /// <summary>Replace by <c>HttpRequest.PathBase</c>.</summary>
    internal const string FixPathBase = "PathBase";

    /// <summary>Replace an inline middleware that does nothing else by <c>UseForwardedHeaders()</c>.</summary>
    internal const string FixUseForwardedHeaders = "UseForwardedHeaders";

    /// <summary>Compare the value with what the header says for TLS: for request types without a forwarded-headers middleware.</summary>
    internal const string FixCompareValue = "CompareValue";
}
