using System.Linq;
using System.Text;
using ProxySsl.Analyzers.Tests.Verification;

namespace ProxySsl.Analyzers.Tests.Conventions;

/// <summary>The table of all rules as README and the docs index show it.</summary>
internal static class RuleTable
{
    internal static bool HasFix(string id) => Product.Fixes.Any(f => f.FixableDiagnosticIds.Contains(id));

    /// <param name="pages">The way from the file that shows the table to the rule pages.</param>
    internal static string Of(string pages)
    {
        var table = new StringBuilder("| Rule | Severity | Fix | What it finds |\n|---|---|---|---|\n");
        foreach (var rule in Descriptors.All)
        {
            table.Append($"| [{rule.Id}]({pages}{rule.Id}.md) | {rule.DefaultSeverity} | {(HasFix(rule.Id) ? "yes" : "")} | {rule.Title} |\n");
        }

        return table.ToString();
    }
}
