using System.Collections.Generic;
using System.Threading;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace ProxySsl.Analyzers.Headers;

/// <summary>Turns what a helper does with a header whose name it was given into what its call yields.</summary>
internal static class HelperResult
{
    /// <summary>The access that the call is, or null where the header goes nowhere.</summary>
    internal static HeaderAccess? Of(HeaderAccess inside, IInvocationOperation call, IMethodSymbol method, HeadersScope scope, CancellationToken cancellationToken)
    {
        var trail = TrailReader.ReadInside(inside, scope, cancellationToken);
        var carried = Carried.Nothing;
        foreach (var returned in trail.Returned)
        {
            // A value beats a comparison beats a presence: the most that a caller learns.
            carried = carried is Carried.Value or Carried.Match && returned is not Carried.Value ? carried : returned;
        }

        var outs = new List<IOperation>();
        foreach (var parameter in trail.OutParameters)
        {
            foreach (var argument in call.Arguments)
            {
                if (argument.Parameter?.Ordinal == parameter.Ordinal && argument.Value is not IDiscardOperation)
                {
                    outs.Add(argument.Value is IDeclarationExpressionOperation declaration ? declaration.Expression : argument.Value);
                }
            }
        }

        if (trail.OutParameters.Count > 0 && carried == Carried.Match)
        {
            carried = Carried.Presence;
        }

        var uses = carried == Carried.Value ? trail.Uses & ~(HeaderUses.Handed | HeaderUses.Compared) : trail.Uses & ~HeaderUses.Handed;
        var isOfUse = carried != Carried.Nothing || outs.Count > 0 || (uses & ~HeaderUses.Logged) != 0;
        return isOfUse && SymbolEqualityComparer.Default.Equals(call.TargetMethod.OriginalDefinition, method)
            ? new HeaderAccess(inside.Header, inside.Request, call, carried) { Outs = outs, HelperUses = uses, IsList = trail.ReturnsEntries }
            : null;
    }
}
