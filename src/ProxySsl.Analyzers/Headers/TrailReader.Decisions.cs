using System.Collections.Generic;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;
using ProxySsl.Analyzers.Flow;
using ProxySsl.Analyzers.Knowledge;

namespace ProxySsl.Analyzers.Headers;

internal sealed partial class TrailReader
{
    private void Decide(IOperation test, bool presentWhenTrue, List<Decision> decisions)
    {
        while (test.Parent is IConditionalAccessOperation access && access.WhenNotNull == test)
        {
            test = access;
        }

        if (!_visited.Add(test))
        {
            return;
        }

        var decision = new Decision(test, presentWhenTrue);
        decisions.Add(decision);
        Climb(test, presentWhenTrue, decision, isFirstExpression: true);
    }

    // Climbs from a true-or-false, which is true when the header is there if sense is true.
    private void Climb(IOperation test, bool sense, Decision decision, bool isFirstExpression)
    {
        _cancellationToken.ThrowIfCancellationRequested();
        while (true)
        {
            if (isFirstExpression && test.Type is not null)
            {
                decision.Outermost = test;
            }

            switch (test.Parent)
            {
                case IConversionOperation or IParenthesizedOperation or IAwaitOperation or ICoalesceOperation or IConditionalAccessOperation:
                    break;
                case IUnaryOperation { OperatorKind: UnaryOperatorKind.Not }:
                    sense = !sense;
                    break;
                case IBinaryOperation binary:
                    if (!Joins(binary, test, ref sense, decision))
                    {
                        return;
                    }

                    break;
                case IIsPatternOperation { Pattern: IConstantPatternOperation { Value.ConstantValue: { HasValue: true, Value: bool expected } } }:
                    sense = sense == expected;
                    break;
                case IConditionalOperation conditional when conditional.Condition == test:
                    if (conditional.Type is null || !IsTrueOrFalse(conditional.WhenTrue, conditional.WhenFalse, ref sense))
                    {
                        Branch(conditional, sense, decision);
                        return;
                    }

                    break;
                case IConditionalOperation or ISwitchExpressionArmOperation or ISwitchExpressionOperation:
                    break;
                default:
                    Arrive(test, sense, decision);
                    return;
            }

            test = test.Parent!;
        }
    }

    private bool Joins(IBinaryOperation binary, IOperation test, ref bool sense, Decision decision)
    {
        var isLeft = binary.LeftOperand == test;
        var other = isLeft ? binary.RightOperand : binary.LeftOperand;
        switch (binary.OperatorKind)
        {
            case BinaryOperatorKind.ConditionalAnd or BinaryOperatorKind.And or BinaryOperatorKind.ConditionalOr or BinaryOperatorKind.Or:
                var isAnd = binary.OperatorKind is BinaryOperatorKind.ConditionalAnd or BinaryOperatorKind.And;
                decision.HasPeer |= _scope.Peers.Is(other, _cancellationToken);
                decision.IsBesideHttps |= isAnd != sense && Effects.MentionsHttps(other);
                if (isLeft)
                {
                    (isAnd == sense ? decision.Present : decision.Absent).Add(new Region(other, IsBranch: true));
                }

                return true;
            case BinaryOperatorKind.Equals or BinaryOperatorKind.NotEquals when other.Unwrapped().ConstantValue is { HasValue: true, Value: bool expected }:
                sense = sense == (expected == (binary.OperatorKind == BinaryOperatorKind.Equals));
                return true;
            default:
                return false;
        }
    }

    private static bool IsTrueOrFalse(IOperation whenTrue, IOperation? whenFalse, ref bool sense)
    {
        if (whenTrue.Unwrapped().ConstantValue is { HasValue: true, Value: bool first } && whenFalse?.Unwrapped().ConstantValue is { HasValue: true, Value: bool second } && first != second)
        {
            sense = sense == first;
            return true;
        }

        return false;
    }

    private void Branch(IConditionalOperation conditional, bool sense, Decision decision)
    {
        var whenTrue = sense ? decision.Present : decision.Absent;
        var whenFalse = sense ? decision.Absent : decision.Present;
        whenTrue.Add(new Region(conditional.WhenTrue, IsBranch: true));
        if (conditional.WhenFalse is { } otherwise)
        {
            whenFalse.Add(new Region(otherwise, IsBranch: true));
        }

        if (conditional.Type is not null)
        {
            // Request.Scheme = <decision> ? "https" : "http", through a local too: only where it ends in the request is of interest.
            if (Choice(conditional, beside => beside.Follow(conditional, Portion.Whole)) is { } choice)
            {
                _trail.Assignments.AddRange(choice.Assignments);
                decision.UsesOfChoice = IsScheme(conditional.WhenTrue) && IsScheme(conditional.WhenFalse) ? choice.Uses : null;
            }

            return;
        }

        if (Chosen(conditional, IsScheme) is { } scheme)
        {
            decision.UsesOfChoice = Choice(conditional, beside => beside.FollowVariable(scheme, conditional, Portion.Whole))?.Uses;
        }
        else if (_header.Family is HeaderFamily.Scheme or HeaderFamily.Port && Chosen(conditional, IsPart) is { } part
            && Choice(conditional, beside => beside.FollowVariable(part, conditional, Portion.Whole)) is { } linked && (linked.Uses & HeaderUses.Url) != 0)
        {
            decision.UsesOfChoice = linked.Uses;
        }

        if (Branches.Leaves(conditional.WhenTrue))
        {
            Branches.AddRest(conditional, whenFalse);
            FollowConstants(Branches.Next(conditional), !sense, decision);
        }
        else if (Branches.Leaves(conditional.WhenFalse))
        {
            Branches.AddRest(conditional, whenTrue);
            FollowConstants(Branches.Next(conditional), sense, decision);
        }

        FollowConstants(conditional.WhenTrue, sense, decision);
        FollowConstants(conditional.WhenFalse, !sense, decision);
    }

    // Follows what comes of what a condition chooses, apart from the decision itself and once for all that ask; null in a circle.
    private Trail? Choice(IConditionalOperation conditional, System.Action<TrailReader> follow)
    {
        if (!_choices.TryGetValue(conditional, out var choice))
        {
            _choices[conditional] = null;
            var trail = new Trail();
            follow(new TrailReader(_scope, _header, trail, _inside, _choices, _cancellationToken) { _helperDepth = _helperDepth });
            _choices[conditional] = choice = trail;
        }

        return choice;
    }

    // if (<header>) scheme = "https"; else if (…) scheme = "http";
    private static ILocalSymbol? Chosen(IConditionalOperation conditional, System.Func<IOperation?, bool> isMeant)
    {
        ILocalSymbol? chosen = null;
        foreach (var branch in new[] { conditional.WhenTrue, conditional.WhenFalse })
        {
            foreach (var statement in Branches.Statements(branch))
            {
                var local = statement switch
                {
                    IExpressionStatementOperation { Operation: ISimpleAssignmentOperation { Target: ILocalReferenceOperation { Local: var target }, Value: var value } } when isMeant(value) => target,
                    IConditionalOperation { Type: null } nested => Chosen(nested, isMeant),
                    _ => null,
                };
                if (local is null || !SymbolEqualityComparer.Default.Equals(chosen ?? local, local))
                {
                    return null;
                }

                chosen = local;
            }
        }

        return chosen;
    }

    private static bool IsScheme(IOperation? value) => value?.Unwrapped() switch
    {
        { ConstantValue: { HasValue: true, Value: var constant } } => constant is string text && text.ToUpperInvariant() is "HTTP" or "HTTPS",
        IPropertyReferenceOperation { Property.Name: "Scheme" } => true,
        _ => false,
    };

    // A port, or an ending, that may become part of the link too.
    private static bool IsPart(IOperation? value) => value?.Unwrapped().ConstantValue is { HasValue: true, Value: int or string };

    // if (<header>) secure = true;  if (<header>) return true;  if (!<header>) return false; return true;
    private void FollowConstants(IOperation? branch, bool sense, Decision decision)
    {
        foreach (var statement in Branches.Statements(branch))
        {
            switch (statement)
            {
                case IReturnOperation { ReturnedValue: { } value } when value.Unwrapped().ConstantValue is { HasValue: true, Value: true }:
                    Arrive(value, sense, decision);
                    break;
                case IExpressionStatementOperation { Operation: ISimpleAssignmentOperation { Value: var value } } when value.Unwrapped().ConstantValue is { HasValue: true, Value: bool constant }:
                    Arrive(value, sense == constant, decision);
                    break;
            }
        }
    }

    private void Arrive(IOperation test, bool sense, Decision decision)
    {
        switch (test.Parent)
        {
            case IConversionOperation conversion:
                Arrive(conversion, sense, decision);
                break;
            case IVariableInitializerOperation { Parent: IVariableDeclaratorOperation { Symbol: var local } }:
                ArriveAtVariable(local, test, sense, decision);
                break;
            case IAssignmentOperation { Target: ILocalReferenceOperation local } assignment:
                ArriveAtVariable(local.Local, assignment, sense, decision);
                break;
            case IAssignmentOperation { Target: IPropertyReferenceOperation property } assignment when RequestProperties.Of(property, _scope.Model, _cancellationToken) is { } requestProperty:
                _trail.Assignments.Add((assignment, requestProperty));
                break;
            case IAssignmentOperation { Target: IMemberReferenceOperation or IDynamicMemberReferenceOperation } assignment:
                decision.Names.Add((Effects.NameOf(assignment.Target), sense));
                break;
            case IAssignmentOperation { Target: IParameterReferenceOperation parameter } assignment:
                ArriveAtVariable(parameter.Parameter, assignment, sense, decision);
                break;
            case IReturnOperation returned:
                ArriveAtReturn(test, returned, sense, decision);
                break;
            case IArgumentOperation argument:
                ArriveAtArgument(argument, sense, decision);
                break;
            case IWhileLoopOperation loop when loop.Condition == test:
                (sense ? decision.Present : decision.Absent).Add(new Region(loop.Body, IsBranch: true));
                break;
        }
    }

    private void ArriveAtVariable(ISymbol variable, IOperation from, bool sense, Decision decision)
    {
        decision.Names.Add((variable.Name, sense));
        var start = from.Syntax.Span.End;
        foreach (var reference in OperationIndex.Of(from).References(variable))
        {
            if (reference.Syntax.SpanStart >= start && !reference.IsWritten() && _visited.Add(reference))
            {
                Climb(reference, sense, decision, isFirstExpression: false);
            }
        }
    }

    private void ArriveAtReturn(IOperation test, IOperation returned, bool sense, Decision decision)
    {
        for (var ancestor = returned.Parent; ancestor is not null and not ILocalFunctionOperation; ancestor = ancestor.Parent)
        {
            if (ancestor is not IAnonymousFunctionOperation lambda)
            {
                continue;
            }

            if (ArgumentOf(lambda) is { Parent: IInvocationOperation { TargetMethod.Name: var name } call } argument)
            {
                if (name is "Any" or "Exists" or "All" && _visited.Add(call))
                {
                    Climb(call, sense, decision, isFirstExpression: false);
                    return;
                }

                if (name is "MapWhen" or "UseWhen")
                {
                    FollowPipelineBranch(call, argument, sense ? decision.Present : decision.Absent);
                    return;
                }

                decision.Names.Add((argument.Parameter?.Name ?? "", sense));
                decision.Names.Add((name, sense));
            }

            return;
        }

        var method = EnclosingMethod(test);
        if (method is null)
        {
            return;
        }

        decision.Names.Add(((method.AssociatedSymbol ?? method).Name, sense));
        if (_inside is not null && SymbolEqualityComparer.Default.Equals(method, _inside))
        {
            _trail.Returned.Add(_trail.Matches.Contains(decision) ? Carried.Match : sense ? Carried.Presence : Carried.Absence);
            return;
        }

        FollowCallers(method, call =>
        {
            if (_visited.Add(call))
            {
                Climb(call, sense, decision, isFirstExpression: false);
            }
        });
    }

    // app.UseWhen(context => <header>, branch => branch.UseHttpsRedirection())
    private static void FollowPipelineBranch(IInvocationOperation call, IArgumentOperation condition, List<Region> regions)
    {
        foreach (var argument in call.Arguments)
        {
            if (argument != condition && argument.Value.Unwrapped() is IDelegateCreationOperation { Target: IAnonymousFunctionOperation configuration })
            {
                regions.Add(new Region(configuration.Body, IsBranch: true));
            }
        }
    }

    private void ArriveAtArgument(IArgumentOperation argument, bool sense, Decision decision)
    {
        if (argument.Parent is IInvocationOperation call)
        {
            if (ValueUses.IsLogging(call.TargetMethod))
            {
                return;
            }

            if (call.TargetMethod.Name is "FromResult" && _visited.Add(call))
            {
                Climb(call, sense, decision, isFirstExpression: false);
                return;
            }

            if (argument.Parameter is { RefKind: RefKind.None } parameter && _helperDepth > 0
                && _scope.Model.BodyOf(call.TargetMethod.OriginalDefinition, _cancellationToken) is { } body)
            {
                _helperDepth--;
                decision.Names.Add((parameter.Name, sense));
                var target = call.TargetMethod.OriginalDefinition.Parameters[parameter.Ordinal];
                foreach (var operation in body.DescendantsAndSelf())
                {
                    if (operation is IParameterReferenceOperation reference && SymbolEqualityComparer.Default.Equals(reference.Parameter, target) && _visited.Add(reference))
                    {
                        Climb(reference, sense, decision, isFirstExpression: false);
                    }
                }

                _helperDepth++;
                return;
            }
        }

        decision.Names.Add((argument.Parameter?.Name ?? "", sense));
    }
}
