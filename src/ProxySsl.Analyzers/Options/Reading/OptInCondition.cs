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
    // What turns a switch off, or asks for nothing.
    private static readonly ImmutableHashSet<string> Off = ImmutableHashSet.Create(
        System.StringComparer.OrdinalIgnoreCase, "", "0", "false", "no", "off", "none", "never", "disabled", "default", "production");

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
            case IBinaryOperation { OperatorKind: BinaryOperatorKind.Equals } equal:
                return Either(OfValue(equal.LeftOperand, equal.RightOperand, model, cancellationToken), OfValue(equal.RightOperand, equal.LeftOperand, model, cancellationToken));
            case IBinaryOperation { OperatorKind: BinaryOperatorKind.NotEquals } different:
                return Either(OfOtherValue(different.LeftOperand, different.RightOperand, model, cancellationToken), OfOtherValue(different.RightOperand, different.LeftOperand, model, cancellationToken));
            case IIsPatternOperation test:
                return OfPattern(test.Value, test.Pattern, model, cancellationToken);
            case IInvocationOperation when NamesEnvironments(condition, model, cancellationToken) is { IsEmpty: false } names:
                return names.Contains("Production", System.StringComparer.OrdinalIgnoreCase) ? Truth.Unknown : Truth.True;
            case IInvocationOperation { TargetMethod.Name: "IsNullOrEmpty" or "IsNullOrWhiteSpace" or "Any" or "Contains" or "All" or "Exists" or "TryParse" }:
                return Truth.Unknown;
            case IInvocationOperation { TargetMethod.Name: "Equals" or "EqualsIgnoreCase" } equals:
                var operands = equals.Arguments.Where(a => a.Parameter?.Type.Name != "StringComparison").Select(a => a.Value).Concat(equals.Instance is { } instance ? [instance] : []).ToImmutableArray();
                return operands.Any(one => operands.Any(other => one != other && OfValue(one, other, model, cancellationToken) == Truth.True)) ? Truth.True : Truth.Unknown;
            case ILocalReferenceOperation local:
                return local.SingleValue() is { } value ? Read(value, model, cancellationToken) : Truth.True;
            case IFieldReferenceOperation or IPropertyReferenceOperation or IParameterReferenceOperation or IInvocationOperation:
                return condition.Type?.SpecialType == SpecialType.System_Boolean ? Truth.True : Truth.Unknown;
            default:
                return Truth.Unknown;
        }
    }

    /// <summary>Whether a section of a <c>switch</c> is one that somebody turns on: each of its cases is.</summary>
    internal static bool IsCase(IOperation value, ISwitchCaseOperation section, CompilationModel model, CancellationToken cancellationToken) =>
        section.Clauses.All(c => c switch
        {
            ISingleValueCaseClauseOperation single => OfValue(value, single.Value, model, cancellationToken),
            IPatternCaseClauseOperation pattern => OfPattern(value, pattern.Pattern, model, cancellationToken),
            _ => Truth.Unknown,
        } == Truth.True);

    /// <summary>Whether a value that fits a pattern is what somebody asks for.</summary>
    internal static Truth OfPattern(IOperation value, IPatternOperation pattern, CompilationModel model, CancellationToken cancellationToken) => pattern switch
    {
        IConstantPatternOperation constant => OfValue(value, constant.Value, model, cancellationToken),
        INegatedPatternOperation { Pattern: IConstantPatternOperation constant } => OfOtherValue(value, constant.Value, model, cancellationToken),
        IBinaryPatternOperation { OperatorKind: BinaryOperatorKind.Or } either =>
            OfPattern(value, either.LeftPattern, model, cancellationToken) == Truth.True && OfPattern(value, either.RightPattern, model, cancellationToken) == Truth.True ? Truth.True : Truth.Unknown,
        IRecursivePatternOperation properties =>
            properties.PropertySubpatterns.Any(p => OfPattern(p.Member, p.Pattern, model, cancellationToken) == Truth.True) ? Truth.True : Truth.Unknown,
        _ => Truth.Unknown,
    };

    private static Truth Either(Truth one, Truth other) => one == Truth.True || other == Truth.True ? Truth.True : Truth.Unknown;

    // value == constant
    private static Truth OfValue(IOperation value, IOperation constant, CompilationModel model, CancellationToken cancellationToken)
    {
        value = value.Unwrapped();
        if (IsTrue(constant))
        {
            return Truth.True;
        }

        if (IsEnvironmentName(value))
        {
            return ConstantText.Read(constant, model, cancellationToken) is { } name && !IsProduction(name) ? Truth.True : Truth.Unknown;
        }

        // a mode that is not the one by default
        return constant.Unwrapped() is { ConstantValue: { HasValue: true, Value: { } asked }, Type: var type }
            && (asked is string text ? !Off.Contains(text) : type?.TypeKind == TypeKind.Enum && System.Convert.ToInt64(asked, System.Globalization.CultureInfo.InvariantCulture) != 0)
            && IsSetting(value, model, cancellationToken)
            ? Truth.True
            : Truth.Unknown;
    }

    // value != constant: any environment but Production, a variable of the process that is set at all
    private static Truth OfOtherValue(IOperation value, IOperation constant, CompilationModel model, CancellationToken cancellationToken) =>
        (IsEnvironmentName(value.Unwrapped()) && ConstantText.Read(constant, model, cancellationToken) is { } name && IsProduction(name))
        || (IsVariable(value.Unwrapped()) && constant.Unwrapped().ConstantValue is { HasValue: true, Value: null })
            ? Truth.True
            : Truth.Unknown;

    private static bool IsEnvironmentName(IOperation value) => value is IPropertyReferenceOperation { Property.Name: "EnvironmentName" };

    private static bool IsProduction(string name) => string.Equals(name, "Production", System.StringComparison.OrdinalIgnoreCase);

    private static bool IsVariable(IOperation value) => value is IInvocationOperation { TargetMethod: { Name: "GetEnvironmentVariable", ContainingType.Name: "Environment" } };

    // A value of the configuration or the process, or a member of the app's own settings.
    private static bool IsSetting(IOperation value, CompilationModel model, CancellationToken cancellationToken) => value switch
    {
        IPropertyReferenceOperation { Property.IsIndexer: true, Instance: { } instance } => IsConfiguration(instance),
        IInvocationOperation { TargetMethod.Name: "GetValue", Arguments: { Length: > 0 } arguments } => IsConfiguration(arguments[0].Value),
        IPropertyReferenceOperation { Property: var property } => model.DeclarationOf(property, cancellationToken) is not null,
        IFieldReferenceOperation { Field: var field } => model.DeclarationOf(field, cancellationToken) is not null,
        ILocalReferenceOperation local => local.SingleValue() is { } given && IsSetting(given.Unwrapped(), model, cancellationToken),
        _ => IsVariable(value),
    };

    private static bool IsConfiguration(IOperation value) => value.Unwrapped().Type is { } type
        && (type.Name == "IConfiguration" || type.AllInterfaces.Any(i => i.Name == "IConfiguration"));

    // The names that the name of the host's environment is compared with: Equals, IsEnvironment, a written-out list that contains it.
    private static ImmutableArray<string> NamesEnvironments(IOperation condition, CompilationModel model, CancellationToken cancellationToken)
    {
        var operands = condition switch
        {
            IInvocationOperation { TargetMethod.Name: "Equals" or "Contains" or "IsEnvironment" } call =>
                call.Arguments.Select(a => a.Value).Concat(call.Instance is { } instance ? [instance] : []).ToImmutableArray(),
            _ => ImmutableArray<IOperation>.Empty,
        };
        if (condition is not IInvocationOperation { TargetMethod.Name: "IsEnvironment" }
            && !operands.Any(o => IsEnvironmentName(o.Unwrapped())))
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
