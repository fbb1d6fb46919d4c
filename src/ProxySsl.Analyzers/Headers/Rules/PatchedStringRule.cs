using System.Collections.Generic;
using System.Threading;
using Microsoft.CodeAnalysis;

namespace ProxySsl.Analyzers.Headers.Rules;

/// <summary>PSSL1009: the scheme of an address that was made of the request is repaired in the string.</summary>
internal static class PatchedStringRule
{
    /// <summary>What the rule says about a file.</summary>
    internal static IEnumerable<Finding> Check(CompilationModel model, SyntaxTree tree, CancellationToken cancellationToken)
    {
        foreach (var (location, what) in PatchedStringReader.Read(model, tree, cancellationToken))
        {
            yield return new Finding(Descriptors.PatchedString, location, what);
        }
    }
}
