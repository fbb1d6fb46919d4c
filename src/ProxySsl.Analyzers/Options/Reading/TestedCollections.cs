using System.Collections.Generic;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;
using ProxySsl.Analyzers.Flow;

namespace ProxySsl.Analyzers.Options;

/// <summary>
/// Which variables and members conditions have asked about: a collection that was asked for its size before a loop is taken to have been
/// found not empty.
/// </summary>
internal sealed class TestedCollections
{
    private readonly HashSet<ISymbol> _tested = new(SymbolEqualityComparer.Default);

    /// <summary>Every variable and member in a condition counts as asked about from here on.</summary>
    internal void Note(IOperation condition)
    {
        foreach (var operation in condition.DescendantsAndSelf())
        {
            if (operation.ReferencedSymbol() is { } symbol)
            {
                _tested.Add(symbol);
            }
        }
    }

    /// <summary>Whether a collection comes from one that was asked about, or is the addresses of a host name: resolving throws where there are none.</summary>
    internal bool Contains(IOperation collection)
    {
        for (var operation = collection.Unwrapped(); ; operation = operation.Unwrapped())
        {
            if (operation.ReferencedSymbol() is { } symbol && _tested.Contains(symbol))
            {
                return true;
            }

            if (operation is IInvocationOperation { TargetMethod.ContainingType: var type } && type.HasFullName("System.Net.Dns"))
            {
                return true;
            }

            var next = operation switch
            {
                IAwaitOperation awaited => awaited.Operation,
                IInvocationOperation { Instance: { } instance } => instance,
                IInvocationOperation { TargetMethod.IsExtensionMethod: true, Arguments.Length: > 0 } call => call.Arguments[0].Value,
                IPropertyReferenceOperation { Instance: { } instance } => instance,
                ICoalesceOperation coalesce => coalesce.Value,
                ILocalReferenceOperation local => local.SingleValue(),
                _ => null,
            };
            if (next is null)
            {
                return false;
            }

            operation = next;
        }
    }
}
