using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Text;
using Microsoft.CodeAnalysis;

namespace ProxySsl.Benchmarks.Repositories;

/// <summary>Counts by rule what a run over repositories found; what is wrong is printed where it is counted.</summary>
internal sealed class RuleTally
{
    private readonly SortedDictionary<string, Row> _rows = new(StringComparer.Ordinal);

    internal int Reports => _rows.Where(r => r.Key.StartsWith("PSSL", StringComparison.Ordinal)).Sum(r => r.Value.Reports);

    internal int Crashes => _rows.Sum(r => r.Value.Crashes);

    internal int NewErrors => _rows.Sum(r => r.Value.NewErrors);

    /// <summary>The analyzers' own execution time.</summary>
    internal TimeSpan Execution { get; set; }

    internal void Report(Diagnostic diagnostic)
    {
        var row = Of(diagnostic.Id);
        row.Reports++;
        row.Notes += diagnostic.Severity == DiagnosticSeverity.Info ? 1 : 0;
        row.Crashes += diagnostic.Id == "AD0001" ? 1 : 0;
    }

    internal void FixApplied(string id) => Of(id).Fixes++;

    internal void NewError(string id, string message)
    {
        Of(id).NewErrors++;
        Console.WriteLine(message);
    }

    internal void FixProblem(string id, string message)
    {
        Of(id).Unchanged++;
        Console.WriteLine(message);
    }

    internal void FixCrash(string id, string message)
    {
        Of(id).Crashes++;
        Console.WriteLine(message);
    }

    internal string Table()
    {
        var table = new StringBuilder("| rule | reports | of them notes | fixes applied | with new compiler errors | that change nothing | crashes |\n|---|---|---|---|---|---|---|\n");
        foreach (var (id, row) in _rows)
        {
            table.AppendLine(CultureInfo.InvariantCulture, $"| {id} | {row.Reports} | {row.Notes} | {row.Fixes} | {row.NewErrors} | {row.Unchanged} | {row.Crashes} |");
        }

        table.AppendLine(CultureInfo.InvariantCulture, $"\nThe analyzers' own execution time: {Execution.TotalSeconds:F1} s");
        return table.ToString();
    }

    private Row Of(string id)
    {
        if (!_rows.TryGetValue(id, out var row))
        {
            _rows[id] = row = new Row();
        }

        return row;
    }

    private sealed class Row
    {
        internal int Reports { get; set; }

        internal int Notes { get; set; }

        internal int Fixes { get; set; }

        internal int NewErrors { get; set; }

        internal int Unchanged { get; set; }

        internal int Crashes { get; set; }
    }
}
