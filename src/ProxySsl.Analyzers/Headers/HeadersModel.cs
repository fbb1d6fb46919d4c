using System.Collections.Generic;
using System.Threading;
using Microsoft.CodeAnalysis;

namespace ProxySsl.Analyzers.Headers;

/// <summary>Everything that the code of a compilation does with forwarded headers.</summary>
internal sealed class HeadersModel
{
    internal HeadersModel(
        bool hasPipeline, bool isLibrary, bool processesPrefix, bool linksMayLeave, IReadOnlyList<HeaderRead> reads, IReadOnlyList<PresenceCheck> checks, IReadOnlyList<RequestAssignment> assignments)
    {
        HasPipeline = hasPipeline;
        IsLibrary = isLibrary;
        ProcessesPrefix = processesPrefix;
        LinksMayLeave = linksMayLeave;
        Reads = reads;
        Checks = checks;
        Assignments = assignments;
        var findings = new Dictionary<SyntaxTree, List<Finding>>();
        foreach (var rule in HeaderRules.All)
        {
            foreach (var finding in rule.Check(this))
            {
                if (finding.Location.SourceTree is { } tree)
                {
                    if (!findings.TryGetValue(tree, out var list))
                    {
                        findings[tree] = list = [];
                    }

                    list.Add(finding);
                }
            }
        }

        Findings = findings;
    }

    /// <summary>Whether the requests of ASP.NET Core's types may come through a pipeline that can process forwarded headers.</summary>
    internal bool HasPipeline { get; }

    /// <inheritdoc cref="CompilationModel.IsLibrary"/>
    internal bool IsLibrary { get; }

    /// <summary>Whether the framework's middleware can process X-Forwarded-Prefix; that of .NET 6 cannot.</summary>
    internal bool ProcessesPrefix { get; }

    /// <summary>Whether a URL that the code makes may go to others than whoever asked for it.</summary>
    internal bool LinksMayLeave { get; }

    internal IReadOnlyList<HeaderRead> Reads { get; }

    internal IReadOnlyList<PresenceCheck> Checks { get; }

    internal IReadOnlyList<RequestAssignment> Assignments { get; }

    /// <summary>What the rules say, by the file that holds it.</summary>
    internal IReadOnlyDictionary<SyntaxTree, List<Finding>> Findings { get; }

    /// <summary>The model of a compilation.</summary>
    internal static HeadersModel Of(CompilationModel model, CancellationToken cancellationToken) =>
        model.Family(HeaderReadReader.Read, cancellationToken);
}
