using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;
using ProxySsl.Analyzers.Flow;
using ProxySsl.Analyzers.Knowledge;

namespace ProxySsl.Analyzers.Headers;

internal sealed partial class TrailReader
{
    // Climbs one step from an expression that holds the value.
    private void Follow(IOperation value, Portion portion)
    {
        if (!_visited.Add(value))
        {
            return;
        }

        _cancellationToken.ThrowIfCancellationRequested();
        switch (value.Parent)
        {
            case ISwitchExpressionArmOperation { Pattern: IConstantPatternOperation { Value.ConstantValue: { HasValue: true, Value: string name } } } when _header.IsCalled(name):
                // nameof(request.XForwardedPort) => request.XForwardedPort
                _trail.Uses |= HeaderUses.Copied;
                break;
            case IConversionOperation or IParenthesizedOperation or IAwaitOperation or ICoalesceOperation or ISwitchExpressionArmOperation
                or IArrayInitializerOperation or IArrayCreationOperation:
            case { Syntax: CollectionExpressionSyntax or SpreadElementSyntax }:
                Follow(value.Parent, portion);
                break;
            case IConditionalOperation conditional when conditional.Condition != value:
                Follow(conditional, portion);
                break;
            case IConditionalAccessOperation access:
                FollowConditionalAccess(access, value, portion);
                break;
            case IPropertyReferenceOperation property:
                FollowProperty(property, portion);
                break;
            case IArrayElementReferenceOperation element when element.ArrayReference == value:
                FollowElement(element, element.Indices.Length == 1 ? element.Indices[0] : null, portion);
                break;
            case IImplicitIndexerReferenceOperation element when element.Instance == value:
                FollowElement(element, element.Argument, portion);
                break;
            case IInvocationOperation call:
                FollowMember(call, portion);
                break;
            case IArgumentOperation argument:
                FollowArgument(argument, portion);
                break;
            case IBinaryOperation binary:
                FollowBinary(binary, value, portion);
                break;
            case IIsPatternOperation pattern:
                FollowPattern(pattern, pattern.Pattern, portion);
                break;
            case ISwitchExpressionOperation choice:
                if (choice.Value == value)
                {
                    FollowArms(choice, portion);
                }

                Follow(choice, portion);
                break;
            case ISwitchOperation choice:
                CompareOpenly();
                _trail.Sections.AddRange(choice.Cases);
                break;
            case ITupleOperation tuple when Deconstruction(tuple) is { } deconstruction:
                FollowDeconstruction(deconstruction, tuple.Elements.IndexOf(value), portion);
                break;
            case IVariableInitializerOperation { Parent: IVariableDeclaratorOperation { Symbol: var local } }:
                FollowVariable(local, value, portion);
                break;
            case IAssignmentOperation assignment:
                FollowAssignment(assignment, value, portion);
                break;
            case IInterpolationOperation { Parent: IInterpolatedStringOperation text }:
                _trail.Uses |= ValueUses.OfHole(text, value.Parent);
                Follow(text, text.Parts.TakeWhile(p => p != value.Parent).All(IsBlank) ? TextOf(portion) : Portion.Behind);
                break;
            case IInterpolatedStringHandlerCreationOperation or IInterpolatedStringAdditionOperation:
                Follow(value.Parent, portion);
                break;
            case IReturnOperation returned:
                FollowReturn(value, portion, returned);
                break;
            case IForEachLoopOperation loop when loop.Collection == value:
                FollowLoop(loop, portion);
                break;
            case IExpressionStatementOperation or INameOfOperation or IIsTypeOperation or null:
                break;
            case IAnonymousObjectCreationOperation anonymous:
                Follow(anonymous, TextOf(portion));
                break;
            case IInvalidOperation { Syntax: InvocationExpressionSyntax unresolved } when ValueUses.IsLogging(unresolved):
                _trail.Uses |= HeaderUses.Logged;
                break;
            case { Parent: IArgumentOperation { Parameter.IsParams: true } }:
                // the list that the compiler makes of the last arguments
                Follow(value.Parent, portion);
                break;
            default:
                _trail.Uses |= HeaderUses.Handed;
                break;
        }
    }

    private void FollowConditionalAccess(IConditionalAccessOperation access, IOperation value, Portion portion)
    {
        if (access.Operation != value)
        {
            Follow(access, portion);
            return;
        }

        foreach (var operation in access.WhenNotNull.DescendantsAndSelf())
        {
            if (operation is IConditionalAccessInstanceOperation placeholder && HeaderCollections.Resolve(placeholder) == value.Unwrapped())
            {
                Follow(placeholder, portion);
                return;
            }
        }
    }

    private void FollowProperty(IPropertyReferenceOperation property, Portion portion)
    {
        switch (property.Property)
        {
            case { Name: "Count" or "Length" or "LongLength" }:
                FollowCount(property);
                break;
            case { Name: "HasValue" }:
                Decide(property, presentWhenTrue: true, _trail.Presences);
                break;
            case { Name: "IsEmpty" or "IsDefaultOrEmpty" }:
                Decide(property, presentWhenTrue: false, _trail.Presences);
                break;
            case { Name: "Key" }:
                break;
            case { IsIndexer: true }:
                FollowElement(property, property.Arguments.Length == 1 ? property.Arguments[0].Value : null, portion);
                break;
            default:
                Follow(property, portion);
                break;
        }
    }

    private void FollowElement(IOperation element, IOperation? index, Portion portion)
    {
        index = index?.Unwrapped();
        var fromStart = index is IRangeOperation { LeftOperand: null or IConversionOperation { Operand.ConstantValue: { HasValue: true, Value: 0 } } };
        if (index is IRangeOperation { RightOperand: { } end } && fromStart && portion == Portion.Whole && IsFound(end) && element.Type is { SpecialType: SpecialType.System_String } or { Name: "ReadOnlySpan" or "ReadOnlyMemory" or "StringSegment" })
        {
            _trail.Uses |= HeaderUses.Leftmost;
        }

        if (portion == Portion.Entries && index is { ConstantValue: { HasValue: true, Value: 0 } })
        {
            _trail.Uses |= HeaderUses.Leftmost;
        }

        // [^2..] are the entries from the right
        Follow(element, portion == Portion.Entries && (index is not IRangeOperation || !fromStart) ? Portion.Entry : portion);
    }

    // What is made of a text, or of what holds it.
    private static Portion TextOf(Portion portion) => portion == Portion.Behind ? portion : Portion.Whole;

    private static bool IsBlank(IOperation part) => part is IInterpolatedStringTextOperation { Text: var text } ? IsBlank(text) : part.Unwrapped().ConstantValue is { HasValue: true, Value: string blank } && string.IsNullOrWhiteSpace(blank);

    private void FollowAssignment(IAssignmentOperation assignment, IOperation value, Portion portion)
    {
        if (assignment.Value != value)
        {
            return;
        }

        if (assignment.Parent is IAnonymousObjectCreationOperation anonymous)
        {
            Follow(anonymous, TextOf(portion));
            return;
        }

        FollowTarget(assignment, assignment.Target, portion);
        if (assignment.Parent is not IExpressionStatementOperation and not IReturnOperation { ReturnedValue: null } && assignment.Target is ILocalReferenceOperation)
        {
            Follow(assignment, portion);
        }
    }

    // (scheme, host) = (value, other)
    private void FollowDeconstruction(IDeconstructionAssignmentOperation deconstruction, int element, Portion portion)
    {
        var targets = deconstruction.Target is IDeclarationExpressionOperation declaration ? declaration.Expression : deconstruction.Target;
        if (targets is ITupleOperation { Elements: var elements } && element < elements.Length)
        {
            FollowTarget(deconstruction, elements[element] is IDeclarationExpressionOperation { Expression: var declared } ? declared : elements[element], portion);
        }
    }

    private static IDeconstructionAssignmentOperation? Deconstruction(ITupleOperation tuple)
    {
        var parent = tuple.Parent;
        while (parent is IConversionOperation)
        {
            parent = parent.Parent;
        }

        return parent is IDeconstructionAssignmentOperation { Value: var value } deconstruction && value.Syntax.Span.Contains(tuple.Syntax.Span) ? deconstruction : null;
    }

    private void FollowTarget(IAssignmentOperation assignment, IOperation target, Portion portion)
    {
        switch (target)
        {
            case ILocalReferenceOperation local:
                FollowVariable(local.Local, assignment, portion);
                break;
            case IParameterReferenceOperation parameter:
                FollowParameter(parameter.Parameter, assignment, portion);
                break;
            case IDiscardOperation:
                break;
            case IPropertyReferenceOperation property when RequestProperties.Of(property, _scope.Model, _cancellationToken) is { } requestProperty:
                _trail.Assignments.Add((assignment, requestProperty));
                break;
            case IPropertyReferenceOperation { Property.IsIndexer: true, Instance: IInstanceReferenceOperation { ReferenceKind: InstanceReferenceKind.ImplicitReceiver } } when Created(assignment) is { } created:
                Follow(created, TextOf(portion));
                break;
            case IPropertyReferenceOperation { Property: { IsIndexer: false, Name: var name } } when _header.IsCalled(name):
                // request.XForwardedPort = other.XForwardedPort
                _trail.Uses |= HeaderUses.Copied;
                break;
            case IPropertyReferenceOperation { Property.ContainingType.Name: "OpenApiServer" } when _header.Family == HeaderFamily.Scheme:
                // the address of a server in the document of an API, which goes back to whoever asked for it
                _trail.Uses |= HeaderUses.Logged;
                break;
            case IPropertyReferenceOperation property:
                _trail.Uses |= ValueUses.OfStore(property, _scope.Collections, _cancellationToken);
                break;
            default:
                _trail.Uses |= HeaderUses.Handed;
                break;
        }
    }

    // new Dictionary<string, object> { ["ip"] = value }, new List<string> { value }
    private static IObjectCreationOperation? Created(IOperation element) =>
        element.Parent is IObjectOrCollectionInitializerOperation { Parent: IObjectCreationOperation creation } ? creation : null;

    private void FollowLoop(IForEachLoopOperation loop, Portion portion)
    {
        if (portion == Portion.Entries)
        {
            if (FirstEntry.IsTakenIn(loop))
            {
                _trail.Uses |= HeaderUses.Leftmost;
            }
        }

        foreach (var local in loop.Locals)
        {
            FollowVariable(local, loop.Collection, portion == Portion.Entries ? Portion.Entry : portion);
        }
    }
}
