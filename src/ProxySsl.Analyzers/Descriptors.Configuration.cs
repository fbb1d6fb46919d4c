using Microsoft.CodeAnalysis;

namespace ProxySsl.Analyzers;

internal static partial class Descriptors
{
    internal static readonly DiagnosticDescriptor ConfigurationValue = Create(
        RuleIds.ConfigurationValue,
        RuleCategory.Configuration,
        DiagnosticSeverity.Warning,
        "ProxySsl configuration value is not understood",
        "The value '{1}' of '{0}' is not understood and the default is used: write {2}",
        "A key of the package has a value that it does not know. The default is used instead.",
        isReportedAtCompilationEnd: true,
        cwe: []);
}
