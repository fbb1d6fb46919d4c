using System.Collections.Generic;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace ProxySsl.Analyzers.Headers;

/// <summary>Knows what runs by a branch and after it.</summary>
internal static class Branches
{
    /// <summary>The statements of a branch, without those nested in further conditions.</summary>
    internal static IEnumerable<IOperation> Statements(IOperation? branch)
    {
        switch (branch)
        {
            case null:
                yield break;
            case IBlockOperation block:
                foreach (var statement in block.Operations)
                {
                    foreach (var inner in Statements(statement))
                    {
                        yield return inner;
                    }
                }

                break;
            case IUsingOperation use:
                foreach (var inner in Statements(use.Body))
                {
                    yield return inner;
                }

                break;
            case ITryOperation attempt:
                foreach (var inner in Statements(attempt.Body))
                {
                    yield return inner;
                }

                break;
            case ILockOperation locked:
                foreach (var inner in Statements(locked.Body))
                {
                    yield return inner;
                }

                break;
            default:
                yield return branch;
                break;
        }
    }

    /// <summary>Whether a branch always leaves: returns, throws, breaks or continues.</summary>
    internal static bool Leaves(IOperation? branch)
    {
        switch (branch)
        {
            case IReturnOperation or IThrowOperation or IBranchOperation:
                return true;
            case IBlockOperation { Operations: { Length: > 0 } operations }:
                return Leaves(operations[operations.Length - 1]);
            case IConditionalOperation { Type: null } conditional:
                return Leaves(conditional.WhenTrue) && Leaves(conditional.WhenFalse);
            case IUsingOperation use:
                return Leaves(use.Body);
            case ITryOperation attempt:
                return Leaves(attempt.Body);
            default:
                return false;
        }
    }

    /// <summary>The statement right after one in its block; null for the last one.</summary>
    internal static IOperation? Next(IOperation statement)
    {
        if (statement.Parent is IBlockOperation block)
        {
            var at = block.Operations.IndexOf(statement);
            return at >= 0 && at + 1 < block.Operations.Length ? block.Operations[at + 1] : null;
        }

        return null;
    }

    /// <summary>Adds every statement that may come after one in its function: those after it in its block, and after each block around it.</summary>
    internal static void AddRest(IOperation statement, List<Region> regions)
    {
        for (var current = statement; current is not null and not IAnonymousFunctionOperation and not ILocalFunctionOperation; current = current.Parent)
        {
            if (current.Parent is not IBlockOperation block)
            {
                continue;
            }

            var isAfter = false;
            foreach (var sibling in block.Operations)
            {
                if (isAfter)
                {
                    regions.Add(new Region(sibling, IsBranch: false));
                    if (Leaves(sibling))
                    {
                        return;
                    }
                }

                isAfter |= sibling == current;
            }
        }
    }
}
