using System.Collections.Immutable;
using System.Linq;
using System.Threading;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;
using ProxySsl.Analyzers.Flow;

namespace ProxySsl.Analyzers.Options;

/// <summary>
/// Tells a switch that somebody turns on (<c>if (settings.TrustAll)</c>, an environment that is not Production by name) from a condition
/// that happens (<c>if (proxies.Length == 0)</c>).
/// </summary>
internal static class OptInCondition
{
    /// <summary>True where the condition holds only when a switch is on, false where it holds only when it is off, otherwise unknown.</summary>
    internal static Truth Read(IOperation condition, CompilationModel model, CancellationToken cancellationToken)
    {
        condition = condition.Unwrapped();
        switch (condition)
        {
            case IUnaryOperation { OperatorKind: UnaryOperatorKind.Not } not:
                return EnvironmentCondition.Not(Read(not.Operand, model, cancellationToken));
            case IBinaryOperation { OperatorKind: BinaryOperatorKind.ConditionalAnd } and:
                return Read(and.LeftOperand, model, cancellationToken) == Truth.True || Read(and.RightOperand, model, cancellationToken) == Truth.True ? Truth.True : Truth.Unknown;
            case IBinaryOperation { OperatorKind: BinaryOperatorKind.Equals } equal when IsTrue(equal.LeftOperand) || IsTrue(equal.RightOperand):
                return Truth.True;
            case IInvocationOperation or IBinaryOperation { OperatorKind: BinaryOperatorKind.Equals } when NamesEnvironments(condition, model, cancellationToken) is { IsEmpty: false } names:
                return names.Contains("Production", System.StringComparer.OrdinalIgnoreCase) ? Truth.Unknown : Truth.True;
            case IInvocationOperation { TargetMethod.Name: "IsNullOrEmpty" or "IsNullOrWhiteSpace" or "Any" or "Contains" or "All" or "Exists" or "TryParse" }:
                return Truth.Unknown;
            case IInvocationOperation { TargetMethod.Name: "Equals" or "EqualsIgnoreCase" } equals:
                return equals.Arguments.Any(a => IsTrue(a.Value)) || (equals.Instance is { } instance && IsTrue(instance)) ? Truth.True : Truth.Unknown;
            case ILocalReferenceOperation local:
                return local.SingleValue() is { } value ? Read(value, model, cancellationToken) : Truth.True;
            case IFieldReferenceOperation or IPropertyReferenceOperation or IParameterReferenceOperation or IInvocationOperation:
                return condition.Type?.SpecialType == SpecialType.System_Boolean ? Truth.True : Truth.Unknown;
            default:
                return Truth.Unknown;
        }
    }

    // The names that the name of the host's environment is compared with: `==`, Equals, IsEnvironment, a written-out list that contains it.
    private static ImmutableArray<string> NamesEnvironments(IOperation condition, CompilationModel model, CancellationToken cancellationToken)
    {
        var operands = condition switch
        {
            IBinaryOperation binary => ImmutableArray.Create(binary.LeftOperand, binary.RightOperand),
            IInvocationOperation { TargetMethod.Name: "Equals" or "Contains" or "IsEnvironment" } call =>
                call.Arguments.Select(a => a.Value).Concat(call.Instance is { } instance ? [instance] : []).ToImmutableArray(),
            _ => ImmutableArray<IOperation>.Empty,
        };
        if (condition is not IInvocationOperation { TargetMethod.Name: "IsEnvironment" }
            && !operands.Any(o => o.Unwrapped() is IPropertyReferenceOperation { Property.Name: "EnvironmentName" }))
        {
            return ImmutableArray<string>.Empty;
        }

        return operands
            .SelectMany(o => WrittenCollection.Elements(o, model, cancellationToken) is { IsEmpty: false } elements ? elements : ImmutableArray.Create(o))
            .Select(o => ConstantText.Read(o, model, cancellationToken))
            .OfType<string>()
            .ToImmutableArray();
    }

    private static bool IsTrue(IOperation operation) => operation.Unwrapped().ConstantValue is { HasValue: true, Value: var value }
        && (value is true || (value is string text && text.ToLowerInvariant() is "true" or "1" or "yes" or "on"));
}
