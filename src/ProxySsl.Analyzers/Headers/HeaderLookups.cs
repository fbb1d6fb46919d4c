using System.Collections.Generic;
using System.Threading;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;
using ProxySsl.Analyzers.Flow;
using ProxySsl.Analyzers.Knowledge;

namespace ProxySsl.Analyzers.Headers;

/// <summary>Knows the shapes in which a name is looked up among the headers of a request, and what each yields.</summary>
internal sealed class HeaderLookups(HeaderCollections collections)
{
    /// <summary><c>Headers["…"]</c>; null for a write and for any other collection.</summary>
    internal HeaderAccess? Indexer(IPropertyReferenceOperation indexer, ForwardedHeader header, CancellationToken cancellationToken) =>
        !IsWriteTarget(indexer) && collections.KindOf(indexer.Instance, cancellationToken) is { } kind
            ? new HeaderAccess(header, kind, indexer, Carried.Value)
            : null;

    /// <summary>A call of the framework that takes the name; null for any other.</summary>
    internal HeaderAccess? Call(IInvocationOperation call, IArgumentOperation name, ForwardedHeader header, CancellationToken cancellationToken)
    {
        switch (call.TargetMethod.Name)
        {
            case "ContainsKey":
                return Of(call, header, Carried.Presence, cancellationToken);
            case "Contains":
                return collections.KindOfNames(HeaderCollections.Receiver(call), cancellationToken) is { } names
                    ? new HeaderAccess(header, names, call, Carried.Presence)
                    : Of(call, header, Carried.Presence, cancellationToken);
            case "TryGetValue" or "TryGetValues" or "TryGetNonEnumeratedValue":
                return Of(call, header, Carried.Presence, cancellationToken) is { } access ? access with { Outs = OutsOf(call) } : null;
            case "Get" or "GetValues" or "GetValue" or "GetCommaSeparatedValues" or "GetList" or "GetAll" or "GetValueOrDefault" or "GetValueBytes":
                return Of(call, header, Carried.Value, cancellationToken);
            case "GetServerVariable" when call.TargetMethod.ContainingType?.Name == "HttpContextServerVariableExtensions" || call.TargetMethod.ContainingType?.Name == "ServerVariablesExtensions":
                return new HeaderAccess(header, RequestKind.AspNetCore, call, Carried.Value);
            default:
                return null;
        }
    }

    /// <summary>The collection that an access looks into, as far as it is written there; null for any other operation.</summary>
    internal static IOperation? CollectionOf(IOperation access) => access switch
    {
        IPropertyReferenceOperation { Property.IsIndexer: true, Instance: { } collection } => HeaderCollections.Resolve(collection.Unwrapped()),
        IInvocationOperation lookup => HeaderCollections.Receiver(lookup),
        _ => null,
    };

    /// <summary>The kind of request whose headers, or the names of whose headers, the expression is.</summary>
    internal RequestKind? KindOfEither(IOperation collection, CancellationToken cancellationToken) =>
        collections.KindOf(collection, cancellationToken) ?? collections.KindOfNames(collection, cancellationToken);

    /// <summary>
    /// A comparison of a name with the key of an enumerated header: in a lambda of <c>Any</c>, <c>Where</c>, <c>FirstOrDefault</c> and the
    /// like, or in a <c>foreach</c>.
    /// </summary>
    internal HeaderAccess? KeyComparison(IOperation comparison, IOperation key, ForwardedHeader header, CancellationToken cancellationToken)
    {
        key = key.Unwrapped();
        while (key is IInvocationOperation { Instance: { } same, TargetMethod.Name: "ToLower" or "ToLowerInvariant" or "ToUpper" or "ToUpperInvariant" or "Trim" })
        {
            key = same.Unwrapped();
        }

        var isPair = key is IPropertyReferenceOperation { Property: { Name: "Key", ContainingType.Name: "KeyValuePair" } };
        var element = isPair ? ((IPropertyReferenceOperation)key).Instance : key;
        return element switch
        {
            IParameterReferenceOperation parameter => InLambda(comparison, parameter, isPair, header, cancellationToken),
            ILocalReferenceOperation local => InLoop(comparison, local, isPair, header, cancellationToken) ?? InDeconstructingLoop(comparison, local, header, cancellationToken),
            _ => null,
        };
    }

    private static bool IsWriteTarget(IPropertyReferenceOperation indexer) =>
        indexer.Parent switch
        {
            IAssignmentOperation assignment => assignment.Target == indexer,
            IIncrementOrDecrementOperation => true,
            _ => false,
        };

    private static List<IOperation> OutsOf(IInvocationOperation call)
    {
        var outs = new List<IOperation>();
        foreach (var argument in call.Arguments)
        {
            if (argument.Parameter?.RefKind == RefKind.Out && argument.Value is not IDiscardOperation)
            {
                outs.Add(argument.Value is IDeclarationExpressionOperation declaration ? declaration.Expression : argument.Value);
            }
        }

        return outs;
    }

    private HeaderAccess? Of(IInvocationOperation call, ForwardedHeader header, Carried carried, CancellationToken cancellationToken) =>
        collections.KindOf(HeaderCollections.Receiver(call), cancellationToken) is { } kind ? new HeaderAccess(header, kind, call, carried) : null;

    private HeaderAccess? InLambda(IOperation comparison, IParameterReferenceOperation parameter, bool isPair, ForwardedHeader header, CancellationToken cancellationToken)
    {
        IAnonymousFunctionOperation? lambda = null;
        for (var ancestor = comparison.Parent; ancestor is not null && lambda is null; ancestor = ancestor.Parent)
        {
            lambda = ancestor as IAnonymousFunctionOperation;
        }

        if (lambda is null || lambda.Symbol.Parameters.Length == 0 || !SymbolEqualityComparer.Default.Equals(lambda.Symbol.Parameters[0], parameter.Parameter)
            || lambda.Parent is not IDelegateCreationOperation { Parent: IArgumentOperation { Parent: IInvocationOperation call } })
        {
            return null;
        }

        var receiver = HeaderCollections.Receiver(call);
        var kind = isPair ? collections.KindOf(receiver, cancellationToken) : collections.KindOfNames(receiver, cancellationToken);
        if (kind is not { } known)
        {
            return null;
        }

        // Where the name does not choose the headers it chooses what is shown of them, or leaves one out.
        if (AnswerOf(comparison, lambda) is not { } isChosen || (isChosen == (call.TargetMethod.Name == "All")))
        {
            return null;
        }

        var looksAtValue = false;
        foreach (var operation in lambda.Body.DescendantsAndSelf())
        {
            looksAtValue |= operation is IPropertyReferenceOperation { Property: { Name: "Value", ContainingType.Name: "KeyValuePair" } };
        }

        var carried = call.TargetMethod.Name switch
        {
            "Any" or "Exists" or "All" => looksAtValue ? Carried.Match : call.TargetMethod.Name == "All" ? Carried.Absence : Carried.Presence,
            _ => looksAtValue ? Carried.Match : isPair ? Carried.Pair : Carried.Nothing,
        };
        return new HeaderAccess(header, known, call, carried);
    }

    // foreach (var (name, value) in headers)
    private HeaderAccess? InDeconstructingLoop(IOperation comparison, ILocalReferenceOperation key, ForwardedHeader header, CancellationToken cancellationToken)
    {
        for (var ancestor = comparison.Parent; ancestor is not null; ancestor = ancestor.Parent)
        {
            if (ancestor is not IForEachLoopOperation { LoopControlVariable: var variable } loop
                || (variable is IDeclarationExpressionOperation declaration ? declaration.Expression : variable) is not ITupleOperation { Elements: { Length: 2 } elements }
                || Declared(elements[0]) is not { } first || !SymbolEqualityComparer.Default.Equals(first, key.Local))
            {
                continue;
            }

            if (collections.KindOf(loop.Collection, cancellationToken) is not { } known)
            {
                return null;
            }

            var values = new List<IOperation>();
            var second = Declared(elements[1]);
            foreach (var operation in loop.Body.DescendantsAndSelf())
            {
                if (second is not null && operation is ILocalReferenceOperation value && SymbolEqualityComparer.Default.Equals(value.Local, second) && !IsOfOthers(operation, comparison))
                {
                    values.Add(operation);
                }
            }

            return new HeaderAccess(header, known, comparison, IsNegated(comparison) ? Carried.Absence : Carried.Presence) { Values = values };
        }

        return null;
    }

    // Whether a place is reached for the other headers alone: key == name ? "***" : value
    private static bool IsOfOthers(IOperation place, IOperation comparison)
    {
        var isTrue = !IsNegated(comparison);
        for (var current = comparison; current.Parent is { } parent; current = parent)
        {
            switch (parent)
            {
                case IUnaryOperation { OperatorKind: UnaryOperatorKind.Not }:
                    isTrue = !isTrue;
                    break;
                case IConversionOperation or IParenthesizedOperation:
                case IBinaryOperation { OperatorKind: BinaryOperatorKind.ConditionalOr } when isTrue:
                case IBinaryOperation { OperatorKind: BinaryOperatorKind.ConditionalAnd } when !isTrue:
                    break;
                case IConditionalOperation conditional when conditional.Condition == current:
                    var (own, others) = isTrue ? (conditional.WhenTrue, conditional.WhenFalse) : (conditional.WhenFalse, conditional.WhenTrue);
                    return others?.Syntax.Span.Contains(place.Syntax.Span) == true
                        || (conditional.Type is null && Branches.Leaves(own) && place.Syntax.SpanStart > conditional.Syntax.Span.End);
                default:
                    return false;
            }
        }

        return false;
    }

    private static ILocalSymbol? Declared(IOperation element) =>
        ((element is IDeclarationExpressionOperation declaration ? declaration.Expression : element) as ILocalReferenceOperation)?.Local;

    private static bool IsNegated(IOperation comparison) => comparison is IBinaryOperation { OperatorKind: BinaryOperatorKind.NotEquals };

    // Whether a lambda is true for the header that is named, or false for it; null where that is not what it answers.
    private static bool? AnswerOf(IOperation comparison, IAnonymousFunctionOperation lambda)
    {
        var isTrue = !IsNegated(comparison);
        for (var current = comparison; current.Parent is { } parent; current = parent)
        {
            switch (parent)
            {
                case IUnaryOperation { OperatorKind: UnaryOperatorKind.Not }:
                    isTrue = !isTrue;
                    break;
                case IConversionOperation or IParenthesizedOperation or IBlockOperation:
                case IBinaryOperation { OperatorKind: BinaryOperatorKind.ConditionalAnd or BinaryOperatorKind.ConditionalOr }:
                    break;
                case IReturnOperation when lambda.Symbol.ReturnType.SpecialType == SpecialType.System_Boolean:
                    return isTrue;
                default:
                    return null;
            }
        }

        return null;
    }

    private HeaderAccess? InLoop(IOperation comparison, ILocalReferenceOperation element, bool isPair, ForwardedHeader header, CancellationToken cancellationToken)
    {
        IForEachLoopOperation? loop = null;
        for (var ancestor = comparison.Parent; ancestor is not null; ancestor = ancestor.Parent)
        {
            if (ancestor is IForEachLoopOperation { LoopControlVariable: IVariableDeclaratorOperation { Symbol: var symbol } } candidate
                && SymbolEqualityComparer.Default.Equals(symbol, element.Local))
            {
                loop = candidate;
                break;
            }
        }

        if (loop is null)
        {
            return null;
        }

        var kind = isPair ? collections.KindOf(loop.Collection, cancellationToken) : collections.KindOfNames(loop.Collection, cancellationToken);
        if (kind is not { } known)
        {
            return null;
        }

        var values = new List<IOperation>();
        foreach (var operation in loop.Body.DescendantsAndSelf())
        {
            if (isPair && operation is IPropertyReferenceOperation { Property.Name: "Value", Instance: ILocalReferenceOperation owner }
                && SymbolEqualityComparer.Default.Equals(owner.Local, element.Local) && !IsOfOthers(operation, comparison))
            {
                values.Add(operation);
            }
        }

        return new HeaderAccess(header, known, comparison, IsNegated(comparison) ? Carried.Absence : Carried.Presence) { Outs = values };
    }
}
