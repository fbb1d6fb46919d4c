using System.Collections.Generic;
using System.Threading;
using Microsoft.CodeAnalysis;

namespace ProxySsl.Analyzers.Headers.Rules;

/// <summary>PSSL1007: the scheme of a live request is set to https whatever came in.</summary>
internal static class ForcedSchemeRule
{
    /// <summary>What the rule says about a file.</summary>
    internal static IEnumerable<Finding> Check(CompilationModel model, SyntaxTree tree, CancellationToken cancellationToken)
    {
        foreach (var (location, property) in ForcedSchemeReader.Read(model, tree, cancellationToken))
        {
            yield return new Finding(Descriptors.ForcedScheme, location, property.ToString());
        }
    }
}
