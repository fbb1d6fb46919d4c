using System.Collections.Generic;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace ProxySsl.Analyzers.Headers;

/// <summary>
/// Tells a loop over the entries of a list that ends with the first one that will do, and takes it, from one that ends for another reason:
/// an entry that is banned or malformed, a limit.
/// </summary>
internal static class FirstEntry
{
    /// <summary>Whether the loop gives an entry away and ends.</summary>
    internal static bool IsTakenIn(IForEachLoopOperation loop)
    {
        var entries = Holders(loop);
        foreach (var operation in loop.Body.DescendantsAndSelf())
        {
            switch (operation)
            {
                case IReturnOperation { ReturnedValue: { } value } when Holds(value, entries):
                case IReturnOperation { ReturnedValue: null or { ConstantValue.HasValue: true } } when IsGivenAwayBefore(operation, entries):
                case IBranchOperation { BranchKind: BranchKind.Break } end when SymbolEqualityComparer.Default.Equals(end.Target, loop.ExitLabel) && IsGivenAwayBefore(operation, entries):
                    return true;
            }
        }

        return false;
    }

    // The loop's own variable, and whatever is made of it in the body.
    private static HashSet<ISymbol> Holders(IForEachLoopOperation loop)
    {
        var entries = new HashSet<ISymbol>(loop.Locals, SymbolEqualityComparer.Default);
        foreach (var operation in loop.Body.DescendantsAndSelf())
        {
            switch (operation)
            {
                case IVariableDeclaratorOperation { Initializer.Value: var value, Symbol: var local } when Holds(value, entries):
                    entries.Add(local);
                    break;
                case IDeclarationExpressionOperation { Expression: ILocalReferenceOperation { Local: var local }, Parent: IArgumentOperation { Parent: { } call } } when Holds(call, entries):
                    entries.Add(local);
                    break;
                case IDeclarationPatternOperation { DeclaredSymbol: { } local } when Test(operation) is { } test && Holds(test.Value, entries):
                    entries.Add(local);
                    break;
            }
        }

        return entries;
    }

    private static IIsPatternOperation? Test(IOperation pattern)
    {
        var parent = pattern.Parent;
        while (parent is IPatternOperation or IPropertySubpatternOperation)
        {
            parent = parent.Parent;
        }

        return parent as IIsPatternOperation;
    }

    // ip = entry; break;
    private static bool IsGivenAwayBefore(IOperation end, HashSet<ISymbol> entries)
    {
        if (end.Parent is not IBlockOperation block)
        {
            return false;
        }

        foreach (var statement in block.Operations)
        {
            if (statement == end)
            {
                return false;
            }

            var given = statement is IExpressionStatementOperation { Operation: var expression } ? expression : null;
            if (given is IAssignmentOperation { Value: var value } ? Holds(value, entries) : given is IInvocationOperation call && !ValueUses.IsLogging(call.TargetMethod) && Holds(call, entries))
            {
                return true;
            }
        }

        return false;
    }

    private static bool Holds(IOperation operation, HashSet<ISymbol> entries)
    {
        foreach (var part in operation.DescendantsAndSelf())
        {
            if (part is ILocalReferenceOperation local && entries.Contains(local.Local))
            {
                return true;
            }
        }

        return false;
    }
}
