using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;
using ProxySsl.Analyzers.Flow;

namespace ProxySsl.Analyzers.Pipeline;

/// <summary>Reads conditions as guards, so that two pieces of code under opposite conditions are seen to exclude each other.</summary>
internal static class Conditions
{
    /// <summary>What holds where a condition has a value. Conditions are compared by their text, so equal ones are taken to agree.</summary>
    internal static ImmutableArray<Guard> Guards(IOperation condition, bool value)
    {
        var guards = ImmutableArray.CreateBuilder<Guard>();
        Add(condition, value, guards);
        return guards.ToImmutable();
    }

    private static void Add(IOperation condition, bool value, ImmutableArray<Guard>.Builder guards)
    {
        condition = condition.Unwrapped();
        switch (condition)
        {
            case IUnaryOperation { OperatorKind: UnaryOperatorKind.Not } negation:
                Add(negation.Operand, !value, guards);
                break;
            case IBinaryOperation { OperatorKind: BinaryOperatorKind.ConditionalAnd } both when value:
                Add(both.LeftOperand, value, guards);
                Add(both.RightOperand, value, guards);
                break;
            case IBinaryOperation { OperatorKind: BinaryOperatorKind.ConditionalOr } either when !value:
                Add(either.LeftOperand, value, guards);
                Add(either.RightOperand, value, guards);
                break;
            case IBinaryOperation { OperatorKind: BinaryOperatorKind.Equals or BinaryOperatorKind.NotEquals } comparison
                when comparison.RightOperand.Unwrapped().ConstantValue is { HasValue: true, Value: bool constant }:
                Add(comparison.LeftOperand, (constant == (comparison.OperatorKind == BinaryOperatorKind.Equals)) == value, guards);
                break;
            case IIsPatternOperation { Pattern: IConstantPatternOperation constantPattern } pattern
                when constantPattern.Value.ConstantValue is { HasValue: true, Value: bool constant }:
                Add(pattern.Value, constant == value, guards);
                break;
            case IBinaryOperation { OperatorKind: BinaryOperatorKind.NotEquals } different:
                guards.Add(new Guard(different.LeftOperand.Syntax + " == " + different.RightOperand.Syntax, !value));
                break;
            case IBinaryOperation { OperatorKind: BinaryOperatorKind.Equals } same:
                guards.Add(new Guard(same.LeftOperand.Syntax + " == " + same.RightOperand.Syntax, value));
                break;
            default:
                guards.Add(new Guard(condition.Syntax.ToString(), value));
                break;
        }
    }
}
