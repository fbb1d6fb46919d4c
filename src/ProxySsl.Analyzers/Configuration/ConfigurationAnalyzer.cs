using System.Collections.Generic;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace ProxySsl.Analyzers.Configuration;

/// <summary>Reports configuration values that are not understood, once each, at the end of the compilation.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class ConfigurationAnalyzer : ProxySslAnalyzer
{
    public ConfigurationAnalyzer()
        : base(Descriptors.Of(RuleCategory.Configuration))
    {
    }

    private protected override IReadOnlyList<Finding> FindingsWithoutFile(CompilationModel model) =>
        model.Options.BadValues.Select(b => new Finding(Descriptors.ConfigurationValue, Location.None, b.Key, b.Value, b.Expected)).ToList();
}
