using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using System.Reflection;
using Microsoft.CodeAnalysis;

namespace ProxySsl.Analyzers;

/// <summary>The rule families; the name is the second part of the descriptor's category.</summary>
internal enum RuleCategory
{
    Configuration,
    Headers,
    Options,
    Pipeline,
}

/// <summary>
/// Every descriptor of the package, made by one factory, so that help link, category and tags are derived and never typed.
/// </summary>
internal static partial class Descriptors
{
    /// <summary>Where help links lead when the build has no public address of its own: the framework's page on proxies.</summary>
    internal const string FrameworkProxyPage = "https://learn.microsoft.com/aspnet/core/host-and-deploy/proxy-load-balancer";

    /// <summary>All descriptors in the order of their IDs.</summary>
    internal static ImmutableArray<DiagnosticDescriptor> All => Catalogue.All;

    /// <summary>The descriptors of a family, in the order of their IDs.</summary>
    internal static ImmutableArray<DiagnosticDescriptor> Of(RuleCategory category) =>
        All.Where(d => d.Category == CategoryName(category)).ToImmutableArray();

    /// <summary>The page of a rule: below the build's public address, or the framework's own page where there is none.</summary>
    internal static string HelpLink(string id) =>
        Build.HelpBaseUrl.Length == 0 ? FrameworkProxyPage : Build.HelpBaseUrl + id + ".md";

    private static DiagnosticDescriptor Create(
        string id, RuleCategory category, DiagnosticSeverity severity, string title, string message, string description, params int[] cwe) =>
        Create(id, category, severity, title, message, description, isReportedAtCompilationEnd: false, cwe);

    private static DiagnosticDescriptor Create(
        string id, RuleCategory category, DiagnosticSeverity severity, string title, string message, string description, bool isReportedAtCompilationEnd, int[] cwe)
    {
        var tags = new List<string>();
        foreach (var number in cwe)
        {
            tags.Add("CWE-" + number);
        }

        if (isReportedAtCompilationEnd)
        {
            tags.Add(WellKnownDiagnosticTags.CompilationEnd);
        }

        return new DiagnosticDescriptor(
            id, title, message, CategoryName(category), severity, isEnabledByDefault: true, description, HelpLink(id), tags.ToArray());
    }

    private static string CategoryName(RuleCategory category) => "ProxySsl." + category;

    // Classes of their own: the fields of a partial class have no order of initialization across its files.
    private static class Catalogue
    {
        internal static readonly ImmutableArray<DiagnosticDescriptor> All = typeof(Descriptors)
            .GetFields(BindingFlags.Static | BindingFlags.NonPublic)
            .Where(f => f.FieldType == typeof(DiagnosticDescriptor))
            .Select(f => (DiagnosticDescriptor)f.GetValue(null))
            .OrderBy(d => d.Id, System.StringComparer.Ordinal)
            .ToImmutableArray();
    }

    private static class Build
    {
        internal static readonly string HelpBaseUrl = typeof(Descriptors).Assembly
            .GetCustomAttributes<AssemblyMetadataAttribute>()
            .FirstOrDefault(a => a.Key == "HelpBaseUrl")?.Value ?? "";
    }
}
