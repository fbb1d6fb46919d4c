using System.Collections.Generic;
using System.Threading;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;
using ProxySsl.Analyzers.Flow;
using ProxySsl.Analyzers.Spelling;

namespace ProxySsl.Analyzers.Headers;

/// <summary>
/// Finds assignments that always say https: <c>Request.Scheme = "https"</c>, <c>Request.IsHttps = true</c>, under no condition but the host
/// environment, which is read as in Production.
/// </summary>
internal static class ForcedSchemeReader
{
    /// <summary>The assignments of one file, with the property written.</summary>
    internal static IEnumerable<(Location Location, RequestProperty Property)> Read(CompilationModel model, SyntaxTree tree, CancellationToken cancellationToken)
    {
        foreach (var hit in model.SpellingOf(tree, cancellationToken).Hits)
        {
            if ((hit.Group & WordGroups.RequestProperty) == 0)
            {
                continue;
            }

            if (hit.IdentifierIn(tree.GetRoot(cancellationToken)) is { } name && Assignment(name.Parent) is { } assignment
                && model.OperationAt(assignment, cancellationToken) is ISimpleAssignmentOperation { Target: IPropertyReferenceOperation target } operation
                && RequestProperties.Of(target, model, cancellationToken) is { } property and (RequestProperty.Scheme or RequestProperty.IsHttps)
                && SaysHttps(operation.Value, model, cancellationToken) && IsUnconditional(operation))
            {
                yield return (assignment.GetLocation(), property);
            }
        }
    }

    private static AssignmentExpressionSyntax? Assignment(SyntaxNode? name) => name switch
    {
        SimpleNameSyntax { Parent: MemberAccessExpressionSyntax { Parent: AssignmentExpressionSyntax assignment } access } when assignment.Left == access && access.Name == name => assignment,
        _ => null,
    };

    private static bool SaysHttps(IOperation value, CompilationModel model, CancellationToken cancellationToken)
    {
        value = value.Unwrapped();
        return value.ConstantValue is { HasValue: true, Value: true }
            || value is IFieldReferenceOperation { Field: { Name: "UriSchemeHttps", ContainingType.Name: "Uri" } }
            || string.Equals(ConstantText.Read(value, model, cancellationToken), "https", System.StringComparison.OrdinalIgnoreCase);
    }

    private static bool IsUnconditional(IOperation assignment)
    {
        for (var current = assignment; current.Parent is { } parent; current = parent)
        {
            switch (parent)
            {
                case IConditionalOperation conditional when conditional.Condition != current:
                    if (EnvironmentCondition.Evaluate(conditional.Condition) != (conditional.WhenTrue == current ? Truth.True : Truth.False))
                    {
                        return false;
                    }

                    break;
                case ILoopOperation or ISwitchCaseOperation or ISwitchExpressionArmOperation or ICatchClauseOperation or ICoalesceOperation or IConditionalAccessOperation:
                case IBinaryOperation binary when binary.RightOperand == current:
                case IInvocationOperation { TargetMethod.Name: "UseWhen" or "MapWhen" or "Map" }:
                    return false;
                case IBlockOperation block:
                    foreach (var sibling in block.Operations)
                    {
                        if (sibling == current)
                        {
                            break;
                        }

                        if (sibling is IConditionalOperation { Type: null } before && (Branches.Leaves(before.WhenTrue) || Branches.Leaves(before.WhenFalse)))
                        {
                            return false;
                        }
                    }

                    break;
            }
        }

        return true;
    }
}
