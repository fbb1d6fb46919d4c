using System.Diagnostics.CodeAnalysis;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace ProxySsl.Benchmarks.Repositories;

/// <summary>The properties that a build with the package would show to analyzers, of a project file that is read without MSBuild.</summary>
internal sealed class BuildProperties(ProjectFile file) : AnalyzerConfigOptionsProvider
{
    private static readonly Values None = new(runsInContainer: false);

    /// <inheritdoc/>
    public override AnalyzerConfigOptions GlobalOptions { get; } = new Values(file.RunsInContainer);

    /// <inheritdoc/>
    public override AnalyzerConfigOptions GetOptions(SyntaxTree tree) => None;

    /// <inheritdoc/>
    public override AnalyzerConfigOptions GetOptions(AdditionalText textFile) => None;

    private sealed class Values(bool runsInContainer) : AnalyzerConfigOptions
    {
        public override bool TryGetValue(string key, [NotNullWhen(true)] out string? value)
        {
            value = runsInContainer && key == Analyzers.ProxySslOptions.ContainerProperty ? "true" : null;
            return value is not null;
        }
    }
}
