using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace ProxySsl.Analyzers.Tests.Models;

/// <summary>Configuration as lines <c>key = value</c>: global ones, and those of files by path. Files with the same lines share an object.</summary>
internal sealed class ConfigurationValues(string global, params (string Path, string Lines)[] files) : AnalyzerConfigOptionsProvider
{
    private readonly Dictionary<string, Values> _byLines = [];

    public override AnalyzerConfigOptions GlobalOptions => Of(global);

    public override AnalyzerConfigOptions GetOptions(SyntaxTree tree) => Of(files.FirstOrDefault(f => f.Path == tree.FilePath).Lines ?? "");

    public override AnalyzerConfigOptions GetOptions(AdditionalText textFile) => Of("");

    private Values Of(string lines)
    {
        if (!_byLines.TryGetValue(lines, out var values))
        {
            _byLines[lines] = values = new Values(lines);
        }

        return values;
    }

    private sealed class Values(string lines) : AnalyzerConfigOptions
    {
        private readonly ImmutableDictionary<string, string> _values = lines
            .Split('\n', StringSplitOptions.RemoveEmptyEntries)
            .Select(l => l.Split('=', 2))
            .ToImmutableDictionary(p => p[0].Trim(), p => p[1].Trim(), KeyComparer);

        public override bool TryGetValue(string key, [NotNullWhen(true)] out string? value) => _values.TryGetValue(key, out value);
    }
}
