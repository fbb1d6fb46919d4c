using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace ProxySsl.Analyzers.Flow;

/// <summary>What is known of a condition when the app runs in production.</summary>
internal enum Truth
{
    Unknown,
    True,
    False,
}

/// <summary>
/// Reads conditions on the host environment as in Production: <c>IsDevelopment()</c> and <c>IsStaging()</c> are false,
/// <c>IsProduction()</c> is true, and so is <c>IsEnvironment</c> with these names. Every other condition, comparing <c>EnvironmentName</c> included, is unknown.
/// </summary>
internal static class EnvironmentCondition
{
    /// <summary>The truth of a condition in production.</summary>
    internal static Truth Evaluate(IOperation? condition)
    {
        switch (condition?.Unwrapped())
        {
            case { ConstantValue: { HasValue: true, Value: bool constant } }:
                return constant ? Truth.True : Truth.False;
            case IUnaryOperation { OperatorKind: UnaryOperatorKind.Not } not:
                return Not(Evaluate(not.Operand));
            case IBinaryOperation { OperatorKind: BinaryOperatorKind.ConditionalAnd or BinaryOperatorKind.And } and:
                return And(Evaluate(and.LeftOperand), Evaluate(and.RightOperand));
            case IBinaryOperation { OperatorKind: BinaryOperatorKind.ConditionalOr or BinaryOperatorKind.Or } or:
                return Not(And(Not(Evaluate(or.LeftOperand)), Not(Evaluate(or.RightOperand))));
            case IBinaryOperation { OperatorKind: BinaryOperatorKind.Equals } equal:
                return Same(Evaluate(equal.LeftOperand), Evaluate(equal.RightOperand));
            case IBinaryOperation { OperatorKind: BinaryOperatorKind.NotEquals } different:
                return Not(Same(Evaluate(different.LeftOperand), Evaluate(different.RightOperand)));
            case IIsPatternOperation { Value: var value, Pattern: IConstantPatternOperation { Value: var constant } }:
                return Same(Evaluate(value), Evaluate(constant));
            case ILocalReferenceOperation { Type.SpecialType: SpecialType.System_Boolean } local:
                return local.SingleValue() is { } single ? Evaluate(single) : Truth.Unknown;
            case IInvocationOperation call:
                return OfCall(call);
            default:
                return Truth.Unknown;
        }
    }

    /// <summary>The operation below conversions and parentheses, and of a choice that the environment decides, what Production takes.</summary>
    internal static IOperation InProduction(this IOperation operation)
    {
        while (true)
        {
            operation = operation.Unwrapped();
            var truth = operation is IConditionalOperation { Condition: var condition } ? Evaluate(condition) : Truth.Unknown;
            if (truth == Truth.Unknown || operation is not IConditionalOperation { WhenFalse: { } whenFalse } choice)
            {
                return operation;
            }

            operation = truth == Truth.True ? choice.WhenTrue : whenFalse;
        }
    }

    internal static Truth Not(Truth truth) => truth switch
    {
        Truth.True => Truth.False,
        Truth.False => Truth.True,
        _ => Truth.Unknown,
    };

    private static Truth OfCall(IInvocationOperation call)
    {
        var method = call.TargetMethod;
        var truth = method.Name switch
        {
            "IsDevelopment" or "IsStaging" => Truth.False,
            "IsProduction" => Truth.True,
            "IsEnvironment" => OfName(call),
            _ => Truth.Unknown,
        };

        // HostEnvironmentEnvExtensions and its predecessor HostingEnvironmentExtensions
        return truth != Truth.Unknown
            && method.ContainingType is { Name: "HostEnvironmentEnvExtensions" or "HostingEnvironmentExtensions" } type
            && type.ContainingNamespace is { Name: "Hosting", ContainingNamespace.Name: "Extensions" or "AspNetCore" }
            ? truth
            : Truth.Unknown;
    }

    // A name that the framework has no method for may be that of an environment which the app is deployed to.
    private static Truth OfName(IInvocationOperation call)
    {
        var name = call.Arguments.Length > 0 ? call.Arguments[call.Arguments.Length - 1].Value.Unwrapped() : null;
        return (name switch
        {
            { ConstantValue: { HasValue: true, Value: string text } } => text.ToLowerInvariant(),
            IFieldReferenceOperation { Field: { ContainingType.Name: "Environments" or "EnvironmentName", Name: var field } } => field.ToLowerInvariant(),
            _ => "",
        }) switch
        {
            "development" or "staging" => Truth.False,
            "production" => Truth.True,
            _ => Truth.Unknown,
        };
    }

    private static Truth And(Truth left, Truth right) =>
        left == Truth.False || right == Truth.False ? Truth.False
        : left == Truth.True && right == Truth.True ? Truth.True
        : Truth.Unknown;

    private static Truth Same(Truth left, Truth right) =>
        left == Truth.Unknown || right == Truth.Unknown ? Truth.Unknown
        : left == right ? Truth.True
        : Truth.False;
}
