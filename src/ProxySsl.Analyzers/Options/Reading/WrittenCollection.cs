using System.Collections.Immutable;
using System.Linq;
using System.Threading;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;
using ProxySsl.Analyzers.Flow;

namespace ProxySsl.Analyzers.Options;

/// <summary>Reads the elements of an array, list or collection expression that is written out in the code.</summary>
internal static class WrittenCollection
{
    private const int DeepestChain = 4;

    /// <summary>The elements; none where the collection is not written out, is empty, or has a spread in it.</summary>
    internal static ImmutableArray<IOperation> Elements(IOperation collection, CompilationModel model, CancellationToken cancellationToken)
    {
        var written = Whole(collection, model, cancellationToken);
        return written switch
        {
            IArrayCreationOperation { Initializer.ElementValues: var elements } => elements,
            IArrayInitializerOperation { ElementValues: var elements } => elements, // `string[] proxies = { … }` of a member
            IObjectCreationOperation { Initializer.Initializers: var adds } =>
                adds.OfType<IInvocationOperation>().Where(a => a.Arguments.Length == 1).Select(a => a.Arguments[0].Value).ToImmutableArray(),

            // Roslyn 4.8 has no operation of its own for a collection expression
            { Syntax: CollectionExpressionSyntax { Elements: var parts } } when parts.All(e => e is ExpressionElementSyntax) => written.ChildOperations.ToImmutableArray(),
            _ => ImmutableArray<IOperation>.Empty,
        };
    }

    /// <summary>Whether a collection has an element whatever the app is given: some are written out, or the call that makes it leaves none out.</summary>
    internal static bool IsNeverEmpty(IOperation collection, CompilationModel model, CancellationToken cancellationToken)
    {
        for (var depth = 0; depth < DeepestChain; depth++)
        {
            collection = Whole(collection, model, cancellationToken);
            switch (collection)
            {
                case IObjectCreationOperation { Initializer.Initializers.IsEmpty: false }:
                case { Syntax: CollectionExpressionSyntax { Elements: var parts } } when parts.Any(e => e is ExpressionElementSyntax):
                case IInvocationOperation { TargetMethod: { Name: "DefaultIfEmpty" or "Append" or "Prepend", ContainingType.Name: "Enumerable" } }:
                    return true;
                case IInvocationOperation { TargetMethod: { Name: "Split", ContainingType.SpecialType: SpecialType.System_String }, Arguments: var arguments }:
                    // an empty text is one part
                    return arguments.All(a => a.Parameter?.Type.Name != "StringSplitOptions" || a.Value.ConstantValue is { HasValue: true, Value: int options } && (options & 1) == 0);
                case IInvocationOperation { TargetMethod: { Name: "Select" or "ToArray" or "ToList" or "AsEnumerable" or "Reverse" or "OrderBy" or "Distinct", ContainingType.Name: "Enumerable" }, Arguments: { Length: > 0 } given }:
                    collection = given[0].Value;
                    continue;
                case IInvocationOperation { TargetMethod: var method } when Yields(model.BodyOf(method.OriginalDefinition, cancellationToken)):
                    return true;
                default:
                    return !Elements(collection, model, cancellationToken).IsEmpty;
            }
        }

        return false;
    }

    // An iterator whose first level has a `yield return`.
    private static bool Yields(IOperation? body) => (body switch
    {
        IMethodBodyOperation method => method.BlockBody,
        ILocalFunctionOperation function => function.Body,
        _ => null,
    })?.Operations.Any(o => o.Kind == OperationKind.YieldReturn) == true;

    // What a local, field or property that is written once was given.
    private static IOperation Whole(IOperation collection, CompilationModel model, CancellationToken cancellationToken)
    {
        collection = collection.Unwrapped();
        for (var depth = 0; depth < DeepestChain; depth++)
        {
            var value = collection is ILocalReferenceOperation local ? local.SingleValue() : MemberValue.Of(collection, model, cancellationToken);
            if (value is null)
            {
                break;
            }

            collection = value.Unwrapped();
        }

        return collection;
    }
}
