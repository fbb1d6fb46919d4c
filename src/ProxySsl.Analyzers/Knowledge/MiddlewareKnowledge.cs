using System.Collections.Generic;

namespace ProxySsl.Analyzers.Knowledge;

/// <summary>What the framework's and well-known third-party middleware reads, and so why it has to come after <c>UseForwardedHeaders</c>.</summary>
internal static class MiddlewareKnowledge
{
    /// <summary>The names of the methods that the table knows; part of the words that files are searched for.</summary>
    internal static IEnumerable<string> MethodNames { get; } =
    [
        "UseHttpsRedirection",
        "AddRedirectToHttps",
        "UseHsts",
        "UseAuthentication",
        "UseAuthorization",
        "UseMiddleware",
    ];
}
