using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;
using ProxySsl.Analyzers.Flow;

namespace ProxySsl.Analyzers.Options;

/// <summary>
/// Tells a switch that somebody turns on (<c>if (settings.TrustAll)</c>) from a condition that happens (<c>if (proxies.Length == 0)</c>).
/// </summary>
internal static class OptInCondition
{
    /// <summary>True where the condition holds only when a switch is on, false where it holds only when it is off, otherwise unknown.</summary>
    internal static Truth Read(IOperation condition)
    {
        condition = condition.Unwrapped();
        switch (condition)
        {
            case IUnaryOperation { OperatorKind: UnaryOperatorKind.Not } not:
                return EnvironmentCondition.Not(Read(not.Operand));
            case IBinaryOperation { OperatorKind: BinaryOperatorKind.ConditionalAnd } and:
                return Read(and.LeftOperand) == Truth.True || Read(and.RightOperand) == Truth.True ? Truth.True : Truth.Unknown;
            case IBinaryOperation { OperatorKind: BinaryOperatorKind.Equals } equal when IsTrue(equal.LeftOperand) || IsTrue(equal.RightOperand):
                return Truth.True;
            case IInvocationOperation { TargetMethod.Name: "IsNullOrEmpty" or "IsNullOrWhiteSpace" or "Any" or "Contains" or "All" or "Exists" or "TryParse" }:
                return Truth.Unknown;
            case IInvocationOperation { TargetMethod.Name: "Equals" or "EqualsIgnoreCase" } equals:
                foreach (var argument in equals.Arguments)
                {
                    if (IsTrue(argument.Value))
                    {
                        return Truth.True;
                    }
                }

                return Truth.Unknown;
            case ILocalReferenceOperation local:
                return local.SingleValue() is { } value ? Read(value) : Truth.True;
            case IFieldReferenceOperation or IPropertyReferenceOperation or IParameterReferenceOperation or IInvocationOperation:
                return condition.Type?.SpecialType == SpecialType.System_Boolean ? Truth.True : Truth.Unknown;
            default:
                return Truth.Unknown;
        }
    }

    private static bool IsTrue(IOperation operation) => operation.Unwrapped().ConstantValue is { HasValue: true, Value: var value }
        && (value is true || (value is string text && text.ToLowerInvariant() is "true" or "1" or "yes" or "on"));
}
