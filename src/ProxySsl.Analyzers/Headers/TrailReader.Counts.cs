using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;
using ProxySsl.Analyzers.Flow;

namespace ProxySsl.Analyzers.Headers;

/// <content>How many values a header has: a question about its presence.</content>
internal sealed partial class TrailReader
{
    // value.Count > 0, value.Length == 0, value?.Length > 0, value.Count() >= 1, value.Count is not 0
    private void FollowCount(IOperation count)
    {
        var parent = count.Parent;
        while (parent is IConversionOperation or IParenthesizedOperation)
        {
            count = parent;
            parent = count.Parent;
        }

        switch (parent)
        {
            case IConditionalAccessOperation access when access.WhenNotNull == count:
                FollowCount(access);
                break;
            case IBinaryOperation comparison when comparison.LeftOperand == count && Number(comparison.RightOperand) is { } number:
                DecideCount(comparison, comparison.OperatorKind, number);
                break;
            case IBinaryOperation comparison when comparison.RightOperand == count && Number(comparison.LeftOperand) is { } number:
                DecideCount(comparison, Mirrored(comparison.OperatorKind), number);
                break;
            case ISwitchExpressionOperation choice when choice.Value == count:
                DecideCount(choice);
                break;
            case IIsPatternOperation { Pattern: IRelationalPatternOperation { OperatorKind: var kind, Value.ConstantValue: { HasValue: true, Value: int number } } } pattern:
                DecideCount(pattern, kind, number);
                break;
            case IIsPatternOperation { Pattern: IConstantPatternOperation { Value.ConstantValue: { HasValue: true, Value: int number } } } pattern:
                DecideCount(pattern, BinaryOperatorKind.Equals, number);
                break;
            case IIsPatternOperation { Pattern: INegatedPatternOperation { Pattern: IConstantPatternOperation { Value.ConstantValue: { HasValue: true, Value: int number } } } } pattern:
                DecideCount(pattern, BinaryOperatorKind.NotEquals, number);
                break;
        }
    }

    // value.Count switch { 0 => false, _ => true }
    private void DecideCount(ISwitchExpressionOperation choice)
    {
        bool? none = null;
        bool? some = null;
        foreach (var arm in choice.Arms)
        {
            var answer = arm.Value.Unwrapped().ConstantValue is { HasValue: true, Value: bool constant } ? constant : (bool?)null;
            switch (arm.Pattern)
            {
                case IConstantPatternOperation { Value.ConstantValue: { HasValue: true, Value: 0 } } when arm.Guard is null:
                    none = answer;
                    break;
                case IDiscardPatternOperation:
                    some = answer;
                    break;
            }
        }

        if (choice.Arms.Length == 2 && none is { } absent && some is { } present && absent != present)
        {
            Decide(choice, present, _trail.Presences);
        }
    }

    // Below the conversion to int? that a count after a ?. is compared with.
    private static int? Number(IOperation operand) => operand.Unwrapped().ConstantValue is { HasValue: true, Value: int number } ? number : null;

    private static BinaryOperatorKind Mirrored(BinaryOperatorKind kind) => kind switch
    {
        BinaryOperatorKind.LessThan => BinaryOperatorKind.GreaterThan,
        BinaryOperatorKind.GreaterThan => BinaryOperatorKind.LessThan,
        BinaryOperatorKind.LessThanOrEqual => BinaryOperatorKind.GreaterThanOrEqual,
        BinaryOperatorKind.GreaterThanOrEqual => BinaryOperatorKind.LessThanOrEqual,
        _ => kind,
    };

    private void DecideCount(IOperation comparison, BinaryOperatorKind kind, int number)
    {
        bool? present = (kind, number) switch
        {
            (BinaryOperatorKind.GreaterThan, 0) or (BinaryOperatorKind.NotEquals, 0) or (BinaryOperatorKind.GreaterThanOrEqual, 1) or (BinaryOperatorKind.Equals, 1) => true,
            (BinaryOperatorKind.Equals, 0) or (BinaryOperatorKind.LessThan, 1) or (BinaryOperatorKind.LessThanOrEqual, 0) or (BinaryOperatorKind.NotEquals, 1) => false,
            _ => null,
        };
        if (present is { } known)
        {
            Decide(comparison, known, _trail.Presences);
        }
    }
}
