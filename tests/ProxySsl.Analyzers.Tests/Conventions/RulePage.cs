using System.Collections.Generic;
using System.Linq;
using System.Text.RegularExpressions;

namespace ProxySsl.Analyzers.Tests.Conventions;

/// <summary>A rule's page, read.</summary>
internal sealed partial class RulePage
{
    /// <summary>The sections of every page, in their order.</summary>
    internal static readonly string[] Sections =
    [
        "What was found",
        "Why it matters behind a proxy",
        "Flagged code",
        "Fixed code",
        "Fixes",
        "When to configure or suppress it",
        "Framework versions",
        "Sources",
    ];

    private RulePage(string id, string text)
    {
        Id = id;
        FirstLine = text.Split('\n')[0];
        SectionNames = SectionPattern().Matches(text).Select(m => m.Groups[1].Value.Trim()).ToArray();
        Flagged = Fences(text, "flagged");
        Suggested = Fences(text, "suggested");
        Fixed = Fences(text, "fixed");
    }

    internal string Id { get; }

    internal string FirstLine { get; }

    internal IReadOnlyList<string> SectionNames { get; }

    internal IReadOnlyList<string> Flagged { get; }

    /// <summary>Code that the rule, a Warning by default, reports as Info.</summary>
    internal IReadOnlyList<string> Suggested { get; }

    internal IReadOnlyList<string> Fixed { get; }

    internal static string PathOf(string id) => $"docs/rules/{id}.md";

    internal static RulePage Of(string id) => new(id, Repository.Read(PathOf(id)));

    private static string[] Fences(string text, string kind) =>
        FencePattern().Matches(text).Where(m => m.Groups[1].Value == kind).Select(m => m.Groups[2].Value).ToArray();

    [GeneratedRegex("^## (.+)$", RegexOptions.Multiline)]
    private static partial Regex SectionPattern();

    [GeneratedRegex("^```csharp (flagged|suggested|fixed)\\n(.*?)^```", RegexOptions.Multiline | RegexOptions.Singleline)]
    private static partial Regex FencePattern();
}
