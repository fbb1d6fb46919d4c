using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;
using ProxySsl.Analyzers.Flow;

namespace ProxySsl.Analyzers.Headers;

/// <summary>
/// Tells code that production never runs, by the conditions on the host environment around it: those of the lambdas that it stands in too,
/// such as <c>if (app.Environment.IsDevelopment()) app.Use(…)</c>. Nothing behind a proxy depends on it.
/// </summary>
internal static class ProductionCode
{
    /// <summary>Whether an operation does not run in production, or what it yields decides nothing there.</summary>
    internal static bool Excludes(IOperation operation)
    {
        for (var current = operation; current.Parent is { } parent; current = parent)
        {
            switch (parent)
            {
                case IConditionalOperation conditional when conditional.Condition != current:
                    if (EnvironmentCondition.Evaluate(conditional.Condition) == (conditional.WhenTrue == current ? Truth.False : Truth.True))
                    {
                        return true;
                    }

                    break;
                case IBinaryOperation { OperatorKind: BinaryOperatorKind.ConditionalAnd or BinaryOperatorKind.And } and:
                    if (EnvironmentCondition.Evaluate(Other(and, current)) == Truth.False)
                    {
                        return true;
                    }

                    break;
                case IBinaryOperation { OperatorKind: BinaryOperatorKind.ConditionalOr or BinaryOperatorKind.Or } or:
                    if (EnvironmentCondition.Evaluate(Other(or, current)) == Truth.True)
                    {
                        return true;
                    }

                    break;
                case IBlockOperation block when current is not ILocalFunctionOperation && IsLeftBefore(block, current):
                    return true;
            }
        }

        return false;
    }

    private static IOperation Other(IBinaryOperation binary, IOperation operand) =>
        binary.LeftOperand == operand ? binary.RightOperand : binary.LeftOperand;

    // if (!app.Environment.IsDevelopment()) return;
    private static bool IsLeftBefore(IBlockOperation block, IOperation statement)
    {
        foreach (var sibling in block.Operations)
        {
            if (sibling == statement)
            {
                return false;
            }

            if (sibling is IConditionalOperation { Type: null } conditional && (Branches.Leaves(conditional.WhenTrue) || Branches.Leaves(conditional.WhenFalse)))
            {
                var taken = EnvironmentCondition.Evaluate(conditional.Condition) switch
                {
                    Truth.True => conditional.WhenTrue,
                    Truth.False => conditional.WhenFalse,
                    _ => null,
                };
                if (Branches.Leaves(taken))
                {
                    return true;
                }
            }
        }

        return false;
    }
}
