using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;
using ProxySsl.Analyzers.Flow;
using ProxySsl.Analyzers.Knowledge;

namespace ProxySsl.Analyzers.Headers;

internal sealed partial class TrailReader
{
    private void FollowArms(ISwitchExpressionOperation choice, Portion portion)
    {
        CompareOpenly();
        var isClosed = true;
        foreach (var arm in choice.Arms)
        {
            isClosed &= arm.Pattern is IConstantPatternOperation or IBinaryPatternOperation || arm.Value.Unwrapped() is IThrowOperation;
            if (portion == Portion.Entries && arm.Pattern is IListPatternOperation { Patterns: { Length: > 1 } entries } && entries[0] is IDeclarationPatternOperation { DeclaredSymbol: { } first })
            {
                _trail.Uses |= HeaderUses.Leftmost;
                FollowVariable(first, choice.Value, Portion.Entry);
            }
        }

        // Any other value is refused.
        _trail.Uses |= isClosed && _header.Family == HeaderFamily.Host ? HeaderUses.LookedUp : HeaderUses.None;
    }

    private void CompareOpenly()
    {
        _trail.Uses |= HeaderUses.Compared;
        _trail.HasOpenComparison = true;
    }

    private void FollowBinary(IBinaryOperation binary, IOperation value, Portion portion)
    {
        var other = binary.LeftOperand == value ? binary.RightOperand : binary.LeftOperand;
        switch (binary.OperatorKind)
        {
            case BinaryOperatorKind.Add:
                _trail.Uses |= !ValueUses.HoldsUrl(other) ? HeaderUses.None
                    : binary.RightOperand == value && ValueUses.EndsBeforeHost(other) ? HeaderUses.Url | HeaderUses.UrlHost
                    : HeaderUses.Url;
                Follow(binary, binary.LeftOperand == value || IsBlank(other) ? TextOf(portion) : Portion.Behind);
                break;
            case BinaryOperatorKind.Equals or BinaryOperatorKind.NotEquals:
                var isEqual = binary.OperatorKind == BinaryOperatorKind.Equals;
                if (ValueUses.IsNothing(other))
                {
                    Decide(binary, !isEqual, _trail.Presences);
                }
                else
                {
                    _trail.Uses |= HeaderUses.Compared | (IsListed(other) ? HeaderUses.LookedUp : HeaderUses.None);
                    Decide(binary, isEqual != ValueUses.IsPlainScheme(other), _trail.Matches);
                }

                break;
            default:
                CompareOpenly();
                break;
        }
    }

    // host is "a.example" or "b.example"
    private HeaderUses OfChoice(IPatternOperation? pattern) =>
        _header.Family == HeaderFamily.Host && pattern is IBinaryPatternOperation { OperatorKind: BinaryOperatorKind.Or } ? HeaderUses.LookedUp : HeaderUses.None;

    // One of a list that is gone through: hosts.Any(h => h == value), foreach (var host in hosts) { if (host == value) … }
    private static bool IsListed(IOperation other)
    {
        switch (other.Unwrapped())
        {
            case IParameterReferenceOperation { Parameter: { ContainingSymbol: IMethodSymbol { MethodKind: MethodKind.AnonymousFunction } function } }:
                for (var ancestor = other.Parent; ancestor is not null; ancestor = ancestor.Parent)
                {
                    if (ancestor is IAnonymousFunctionOperation lambda && SymbolEqualityComparer.Default.Equals(lambda.Symbol, function))
                    {
                        return ArgumentOf(lambda) is { Parent: IInvocationOperation { TargetMethod.Name: "Any" or "Exists" or "First" or "FirstOrDefault" or "Single" or "SingleOrDefault" or "Find" or "FindIndex" } };
                    }
                }

                return false;
            case ILocalReferenceOperation { Local: var local }:
                for (var ancestor = other.Parent; ancestor is not null; ancestor = ancestor.Parent)
                {
                    if (ancestor is IForEachLoopOperation loop && loop.Locals.Contains(local))
                    {
                        return true;
                    }
                }

                return false;
            default:
                return false;
        }
    }

    private void FollowPattern(IIsPatternOperation test, IPatternOperation pattern, Portion portion)
    {
        switch (ValueUses.Meaning(pattern))
        {
            case PatternMeaning.Present:
                Decide(test, presentWhenTrue: true, _trail.Presences);
                break;
            case PatternMeaning.Absent:
                Decide(test, presentWhenTrue: false, _trail.Presences);
                break;
            case PatternMeaning.Value:
                _trail.Uses |= HeaderUses.Compared | OfChoice(pattern);
                Decide(test, presentWhenTrue: true, _trail.Matches);
                break;
            case PatternMeaning.NotValue:
                _trail.Uses |= HeaderUses.Compared | OfChoice((pattern as INegatedPatternOperation)?.Pattern);
                Decide(test, presentWhenTrue: false, _trail.Matches);
                break;
        }

        var isFirst = true;
        foreach (var part in pattern.DescendantsAndSelf())
        {
            // The only entry is the last one too.
            if (part is IListPatternOperation list && portion == Portion.Entries && list.Patterns.Length > 1)
            {
                foreach (var element in list.Patterns)
                {
                    if (isFirst && element is IDeclarationPatternOperation or IConstantPatternOperation)
                    {
                        _trail.Uses |= HeaderUses.Leftmost;
                    }

                    isFirst = false;
                }
            }

            var declared = part switch
            {
                IDeclarationPatternOperation { DeclaredSymbol: { } symbol } => symbol,
                IRecursivePatternOperation { DeclaredSymbol: { } symbol } => symbol,
                IListPatternOperation { DeclaredSymbol: { } symbol } => symbol,
                _ => null,
            };
            if (declared is not null && !(part.Parent is IPropertySubpatternOperation { Member: IPropertyReferenceOperation { Property.Name: "Length" or "Count" } }))
            {
                FollowVariable(declared, test.Value, portion);
            }
        }
    }
}
