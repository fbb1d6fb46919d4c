using System;
using System.Collections.Generic;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;
using ProxySsl.Analyzers.Flow;
using ProxySsl.Analyzers.Knowledge;

namespace ProxySsl.Analyzers.Headers;

internal sealed partial class TrailReader
{
    // A member of the value, or an extension method on it that is not the compilation's own.
    private void FollowMember(IInvocationOperation call, Portion portion)
    {
        switch (call.TargetMethod.Name)
        {
            case "Reverse" or "OrderByDescending" or "OrderBy" or "OrderDescending" or "Order" or "TakeLast":
                Follow(call, Portion.Entry);
                break;
            case "Split":
                Follow(call, SplitsAtComma(call) && portion != Portion.Behind ? Portion.Entries : portion);
                break;
            case "First" or "FirstOrDefault" or "ElementAt" or "ElementAtOrDefault" or "Single" or "SingleOrDefault" or "Last" or "LastOrDefault" or "Find":
                FollowPick(call, portion);
                break;
            case "SelectMany" when call.Arguments.Any(a => a.Value.DescendantsAndSelf().Any(o => o is IInvocationOperation { TargetMethod.Name: "Split" } split && SplitsAtComma(split))):
                Follow(call, Portion.Entries);
                break;
            case "Dequeue" or "TryDequeue" or "Peek" or "TryPeek":
                _trail.Uses |= HeaderUses.Handed | (portion == Portion.Entries ? HeaderUses.Leftmost : HeaderUses.None);
                break;
            case "Substring" or "Remove" or "Slice":
            case "AsSpan" or "AsMemory" when portion != Portion.Entries:
                // A part of one entry is its address without the port.
                if (portion == Portion.Whole && TakesFromStart(call))
                {
                    _trail.Uses |= HeaderUses.Leftmost;
                }

                Follow(call, portion == Portion.Entry ? portion : TextOf(portion));
                break;
            case "Any" when !HasLambda(call):
                Decide(call, presentWhenTrue: true, _trail.Presences);
                break;
            case "Count" or "LongCount" when !HasLambda(call):
                FollowCount(call);
                break;
            case "IndexOf" or "LastIndexOf" when LooksForSeparator(call):
                break;
            case "Contains" when _header is { Family: HeaderFamily.Scheme, Style: HeaderValueStyle.Scheme or HeaderValueStyle.Switch } && Other(call) is { } word && IsListed(word):
                // What is searched for each of a list of words is no scheme: the words are those that must not be written down.
                break;
            case "Equals" or "Contains" or "StartsWith" or "EndsWith" or "IndexOf" or "LastIndexOf" or "CompareTo" or "SequenceEqual" or "Any" or "All" or "Exists" or "Count" or "LongCount" or "IsInSubnet":
                FollowComparison(call, call.TargetMethod.Name == "Equals" && Other(call) is { } other && ValueUses.IsNothing(other));
                break;
            case "GetHashCode" or "GetType" or "CopyTo":
                break;
            default:
                if (ValueUses.IsLogging(call.TargetMethod))
                {
                    _trail.Uses |= HeaderUses.Logged;
                }
                else if (call.Type?.SpecialType == SpecialType.System_Void)
                {
                    _trail.Uses |= HeaderUses.Handed;
                }
                else
                {
                    Follow(call, portion);
                }

                break;
        }
    }

    private void FollowComparison(IInvocationOperation call, bool isWithNothing)
    {
        if (isWithNothing)
        {
            Decide(call, presentWhenTrue: false, _trail.Presences);
            return;
        }

        DecideMatch(call);
    }

    private void DecideMatch(IInvocationOperation call)
    {
        if (call.Type?.SpecialType == SpecialType.System_Boolean)
        {
            _trail.Uses |= HeaderUses.Compared;
            Decide(call, presentWhenTrue: true, _trail.Matches);
        }
        else
        {
            CompareOpenly();
        }
    }

    private void FollowPick(IInvocationOperation call, Portion portion)
    {
        var name = call.TargetMethod.Name;
        if (portion == Portion.Entries && (name.StartsWith("First", StringComparison.Ordinal) || name == "Find" || (name.StartsWith("ElementAt", StringComparison.Ordinal) && HasZero(call))))
        {
            _trail.Uses |= HeaderUses.Leftmost;
        }

        Follow(call, portion == Portion.Entries ? Portion.Entry : portion);
    }

    private static IOperation? Other(IInvocationOperation call, IArgumentOperation? argument = null)
    {
        if (argument is not null && call.Instance is { } instance && instance.Type?.Name != "StringComparer" && call.TargetMethod.ContainingType?.Name != "StringComparer")
        {
            return instance;
        }

        foreach (var other in call.Arguments)
        {
            if (other != argument && other.Parameter?.Type.TypeKind != TypeKind.Enum)
            {
                return other.Value;
            }
        }

        return null;
    }

    private static bool HasLambda(IInvocationOperation call)
    {
        foreach (var argument in call.Arguments)
        {
            if (argument.Value.Unwrapped() is IDelegateCreationOperation)
            {
                return true;
            }
        }

        return false;
    }

    private static bool HasZero(IInvocationOperation call)
    {
        foreach (var argument in call.Arguments)
        {
            if (argument.Value.ConstantValue is { HasValue: true, Value: 0 })
            {
                return true;
            }
        }

        return false;
    }

    // A separator that is not known may well be a comma; one that is known must hold one.
    private static bool SplitsAtComma(IInvocationOperation call)
    {
        var known = false;
        foreach (var argument in call.Arguments)
        {
            foreach (var operation in argument.DescendantsAndSelf())
            {
                switch (operation.ConstantValue)
                {
                    case { HasValue: true, Value: ',' }:
                        return true;
                    case { HasValue: true, Value: char }:
                        known = true;
                        break;
                    case { HasValue: true, Value: string text }:
                        if (text.IndexOf(',') >= 0)
                        {
                            return true;
                        }

                        known = true;
                        break;
                }
            }
        }

        return !known;
    }

    private static bool LooksForSeparator(IInvocationOperation call)
    {
        foreach (var argument in call.Arguments)
        {
            if (argument.Value.ConstantValue is { HasValue: true, Value: ',' or ';' or ':' or '"' or '[' or ']' or "," or ", " or ";" or ":" })
            {
                return true;
            }
        }

        return false;
    }

    // Substring(0, n), AsSpan(0, n) and Remove(n)
    private static bool TakesFromStart(IInvocationOperation call)
    {
        var bounds = call.TargetMethod.IsExtensionMethod ? call.Arguments.RemoveAt(0) : call.Arguments;
        return (call.TargetMethod.Name == "Remove" ? bounds.Length == 1 : bounds.Length == 2 && bounds[0].Value.ConstantValue is { HasValue: true, Value: 0 })
            && IsFound(bounds[bounds.Length - 1].Value);
    }

    // A place that was looked for in the text, and not the most that a column takes: list.IndexOf(','), or a local that holds it
    private static bool IsFound(IOperation end) =>
        end.DescendantsAndSelf().Any(o => IsSearch(o) || (o is ILocalReferenceOperation local && ValuesOf(local).Any(v => v.DescendantsAndSelf().Any(IsSearch))));

    private static bool IsSearch(IOperation operation) =>
        operation is IInvocationOperation { TargetMethod.Name: var name } && (name.IndexOf("IndexOf", StringComparison.Ordinal) >= 0 || name == "FindIndex");

    private static IEnumerable<IOperation> ValuesOf(ILocalReferenceOperation local)
    {
        var index = OperationIndex.Of(local);
        return index.References(local.Local)
            .Select(r => r.Parent is IAssignmentOperation { Target: var target, Value: var given } && target == r ? given : null)
            .Append(index.InitialValue(local.Local))
            .Append(index.TestedValue(local.Local))
            .OfType<IOperation>();
    }
}
