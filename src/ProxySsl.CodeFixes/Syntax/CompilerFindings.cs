using System.Collections.Generic;
using System.Runtime.CompilerServices;
using System.Threading;
using System.Threading.Tasks;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace ProxySsl.CodeFixes.Syntax;

/// <summary>What the compiler says about a file, counted, so that a fix can see whether its code brings something new.</summary>
internal sealed class CompilerFindings
{
    // Fix All asks for the same file twice: as the result of one fix and as the start of the next.
    private static readonly ConditionalWeakTable<SemanticModel, CompilerFindings> Known = new();

    private readonly Dictionary<string, int> _errors = new();
    private readonly Dictionary<string, int> _warnings = new();
    private readonly HashSet<string> _unusedUsings = [];

    private CompilerFindings()
    {
    }

    /// <summary>Counts the errors, and the warnings about null, unreachable code and unused variables, and collects the usings without use.</summary>
    internal static CompilerFindings In(SemanticModel model, CancellationToken cancellationToken) =>
        Known.TryGetValue(model, out var known) ? known : Known.GetValue(model, m => Count(m, cancellationToken));

    /// <summary>Whether a changed document has errors that it had not before.</summary>
    internal static async Task<bool> BringsErrorsAsync(Document before, Document after, CancellationToken cancellationToken) =>
        await before.GetSemanticModelAsync(cancellationToken).ConfigureAwait(false) is { } old
        && await after.GetSemanticModelAsync(cancellationToken).ConfigureAwait(false) is { } changed
        && In(changed, cancellationToken).HasNewErrorsSince(In(old, cancellationToken));

    internal bool HasNewErrorsSince(CompilerFindings before) => IsMore(_errors, before._errors);

    internal bool HasNewWarningsSince(CompilerFindings before) => IsMore(_warnings, before._warnings);

    /// <summary>The text of the usings that are without use now and were not before.</summary>
    internal HashSet<string> UnusedUsingsSince(CompilerFindings before)
    {
        var unused = new HashSet<string>(_unusedUsings);
        unused.ExceptWith(before._unusedUsings);
        return unused;
    }

    private static CompilerFindings Count(SemanticModel model, CancellationToken cancellationToken)
    {
        var findings = new CompilerFindings();
        var root = model.SyntaxTree.GetRoot(cancellationToken);
        foreach (var diagnostic in model.GetDiagnostics(cancellationToken: cancellationToken))
        {
            if (diagnostic.Id == "CS8019" && root.FindNode(diagnostic.Location.SourceSpan).FirstAncestorOrSelf<UsingDirectiveSyntax>() is { } directive)
            {
                findings._unusedUsings.Add(directive.WithoutTrivia().ToString());
                continue;
            }

            var counts = diagnostic.DefaultSeverity == DiagnosticSeverity.Error ? findings._errors
                : IsOfInterest(diagnostic.Id) ? findings._warnings
                : null;
            if (counts is not null)
            {
                counts[diagnostic.Id] = counts.TryGetValue(diagnostic.Id, out var count) ? count + 1 : 1;
            }
        }

        return findings;
    }

    private static bool IsMore(Dictionary<string, int> now, Dictionary<string, int> before)
    {
        foreach (var pair in now)
        {
            if (!before.TryGetValue(pair.Key, out var count) || count < pair.Value)
            {
                return true;
            }
        }

        return false;
    }

    private static bool IsOfInterest(string id) =>
        id is "CS0162" or "CS0168" or "CS0219" or "CS0472" || id.StartsWith("CS86", System.StringComparison.Ordinal);
}
