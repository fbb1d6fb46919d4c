namespace ProxySsl.Analyzers;

/// <summary>The keys under which a diagnostic carries data to its fix. The analyzer decides eligibility; a fix only transforms.</summary>
internal static class FixProperties
{
    /// <summary>Which transformation the analyzer found to be right here; absent where none is.</summary>
    internal const string Fix = "Fix";
}
