namespace ProxySsl.Analyzers.Pipeline;

/// <summary>What the fixes of the pipeline rules are told.</summary>
internal static class PipelineFixProperties
{
    /// <summary>Value of <see cref="FixProperties.Fix"/>: the call that applies forwarded headers moves in front of the marked one.</summary>
    internal const string Move = "MoveForwardedHeaders";

    /// <summary>Value of <see cref="FixProperties.Fix"/>: the marked call is removed.</summary>
    internal const string Remove = "RemoveCall";

    /// <summary>Value of <see cref="FixProperties.Fix"/>: the marked argument is removed.</summary>
    internal const string UseConfigured = "UseConfiguredOptions";

    /// <summary>Value of <see cref="FixProperties.Fix"/>: calls are inserted behind another one.</summary>
    internal const string Insert = "InsertCalls";

    /// <summary>Value of <see cref="FixProperties.Fix"/>: forwarded headers are applied in front of the pipeline.</summary>
    internal const string Apply = "ApplyForwardedHeaders";

    /// <summary>The name of the call that moves.</summary>
    internal const string Moved = "Moved";

    /// <summary>The names of the methods to call, separated by commas.</summary>
    internal const string Calls = "Calls";

    /// <summary>The name of the call that the inserted ones stand next to.</summary>
    internal const string Anchor = "Anchor";

    /// <summary>"true" where the inserted calls stand in front of the anchor.</summary>
    internal const string Before = "Before";

    /// <summary>"true" where options are configured in the services, so that none have to be passed.</summary>
    internal const string HasOptions = "HasOptions";
}
