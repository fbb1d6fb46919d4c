using System;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace ProxySsl.Analyzers.Flow;

/// <summary>Tells whether a value only becomes part of what an endpoint or an action answers: who made it up gets it back.</summary>
internal static class AnsweredValue
{
    /// <summary>Whether an answer gets what an operation reads, as a text or a member, and nothing else does but a log.</summary>
    internal static bool Is(IOperation read) => Is(read, deep: true);

    private static bool Is(IOperation read, bool deep)
    {
        for (var (value, parent) = (read, read.Parent); parent is not null; (value, parent) = (parent, parent.Parent))
        {
            switch (parent)
            {
                case IConversionOperation or ICoalesceOperation or IInterpolationOperation or IInterpolatedStringOperation or ITupleOperation:
                case IArrayInitializerOperation or IArrayCreationOperation or IAnonymousObjectCreationOperation:
                case ISimpleAssignmentOperation { Parent: IAnonymousObjectCreationOperation }:
                case IBinaryOperation { OperatorKind: BinaryOperatorKind.Add }:
                case IConditionalOperation { Type: not null } choice when choice.Condition != value:
                case IConditionalAccessOperation access when access.Operation != value || access.WhenNotNull.DescendantsAndSelf().All(o => o is IConditionalAccessInstanceOperation || IsOtherForm(o)):
                case IInvocationOperation call when (call.Instance == value && IsOtherForm(call)) || IsText(call.TargetMethod):
                case IArgumentOperation { Parent: IInvocationOperation { TargetMethod: var text } } when IsText(text):
                    break;
                case IArgumentOperation { Parent: IInvocationOperation { TargetMethod: var method } }:
                    return IsAnswering(method);
                case IReturnOperation returned:
                    return IsOfEndpoint(returned);
                case IVariableInitializerOperation { Parent: IVariableDeclaratorOperation { Symbol: var local } }:
                    return deep && OperationIndex.Of(parent).References(local).All(r => Is(r, deep: false) || LoggedValue.Is(r));
                default:
                    return false;
            }
        }

        return false;
    }

    // The same address, written otherwise
    private static bool IsOtherForm(IOperation operation) =>
        operation is IInvocationOperation { TargetMethod: { Name: "ToString" or "MapToIPv4" or "MapToIPv6", Parameters.IsEmpty: true } };

    private static bool IsText(IMethodSymbol method) => method is { Name: "Concat" or "Format" or "Join", ContainingType.SpecialType: SpecialType.System_String };

    private static bool IsAnswering(IMethodSymbol method) =>
        method is { Name: "Ok" or "Json" or "Content" or "Text", ContainingType.Name: "Results" or "TypedResults" or "ControllerBase" or "Controller" };

    // What the lambda of an endpoint returns
    private static bool IsOfEndpoint(IReturnOperation returned)
    {
        if (returned is not { Parent: IBlockOperation { Parent: IAnonymousFunctionOperation { Parent: var handler } } })
        {
            return false;
        }

        while (handler is IDelegateCreationOperation or IConversionOperation)
        {
            handler = handler.Parent;
        }

        return handler is IArgumentOperation { Parent: IInvocationOperation { TargetMethod: var method } }
            && method.Name.StartsWith("Map", StringComparison.Ordinal)
            && method.ContainingType?.Name == "EndpointRouteBuilderExtensions";
    }
}
