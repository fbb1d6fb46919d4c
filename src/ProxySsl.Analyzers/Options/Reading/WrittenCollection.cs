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
            IObjectCreationOperation { Initializer.Initializers: var adds } =>
                adds.OfType<IInvocationOperation>().Where(a => a.Arguments.Length == 1).Select(a => a.Arguments[0].Value).ToImmutableArray(),

            // Roslyn 4.8 has no operation of its own for a collection expression
            { Syntax: CollectionExpressionSyntax { Elements: var parts } } when parts.All(e => e is ExpressionElementSyntax) => written.ChildOperations.ToImmutableArray(),
            _ => ImmutableArray<IOperation>.Empty,
        };
    }

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
