namespace ProxySsl.Analyzers;

/// <summary>The keys under which a diagnostic carries data to its fix. The analyzer decides eligibility; a fix only transforms.</summary>
internal static class FixProperties
{
    /// <summary>Which transformation the analyzer found to be right here; absent where none is.</summary>
    internal const string Fix = "Fix";

    /// <summary>An expression for the app's configuration that is in scope where the fix writes; absent where there is none.</summary>
    internal const string Configuration = "Configuration";

    /// <summary>A text that the fix writes.</summary>
    internal const string Value = "Value";

    /// <summary>Where the proxy is, as configured for the file: a name of <see cref="ProxyLocation"/>.</summary>
    internal const string Proxy = "Proxy";
}
