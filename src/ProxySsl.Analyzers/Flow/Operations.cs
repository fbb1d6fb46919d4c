using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace ProxySsl.Analyzers.Flow;

/// <summary>Steps over an operation tree that every reader needs.</summary>
internal static class OperationExtensions
{
    /// <summary>The operation below conversions and parentheses.</summary>
    internal static IOperation Unwrapped(this IOperation operation)
    {
        while (true)
        {
            switch (operation)
            {
                case IConversionOperation { OperatorMethod: null } conversion:
                    operation = conversion.Operand;
                    break;
                case IParenthesizedOperation parenthesized:
                    operation = parenthesized.Operand;
                    break;
                default:
                    return operation;
            }
        }
    }

    /// <summary>The root of the tree: the body of a member, of the top-level statements, or of an initializer.</summary>
    internal static IOperation Root(this IOperation operation)
    {
        while (operation.Parent is { } parent)
        {
            operation = parent;
        }

        return operation;
    }

    /// <summary>The variable or member that an operation refers to, or that a pattern declares; null for any other.</summary>
    internal static ISymbol? ReferencedSymbol(this IOperation operation) => operation switch
    {
        ILocalReferenceOperation local => local.Local,
        IParameterReferenceOperation parameter => parameter.Parameter,
        IFieldReferenceOperation field => field.Field,
        IPropertyReferenceOperation property => property.Property,
        IDeclarationPatternOperation { DeclaredSymbol: { } declared } => declared,
        IRecursivePatternOperation { DeclaredSymbol: { } declared } => declared,
        _ => null,
    };

    /// <summary>
    /// The value of a local that is given one where it is declared and is never written again, or null where that is not certain:
    /// assigned later, passed by reference, or deconstructed into. Always text before the reference, so that following values comes to an end
    /// in half-typed code too, where a local may be made of itself or of one that is declared later.
    /// </summary>
    internal static IOperation? SingleValue(this ILocalReferenceOperation reference)
    {
        var index = OperationIndex.Of(reference);
        foreach (var other in index.References(reference.Local))
        {
            if (other.IsWritten())
            {
                return null;
            }
        }

        return index.InitialValue(reference.Local) is { } value && value.Syntax.Span.End <= reference.Syntax.SpanStart ? value : null;
    }

    /// <summary>Whether a reference is written to where it stands: assigned, incremented, passed by reference, or deconstructed into.</summary>
    internal static bool IsWritten(this IOperation reference)
    {
        switch (reference.Parent)
        {
            case IAssignmentOperation assignment when assignment.Target == reference:
            case IIncrementOrDecrementOperation:
            case IArgumentOperation { Parameter.RefKind: RefKind.Ref or RefKind.Out }:
            case IAddressOfOperation:
                return true;
            case ITupleOperation tuple:
                return tuple.IsWritten();
            case IDeclarationExpressionOperation declaration:
                // `out var x` and `var (x, y) = …`: the value comes from elsewhere
                return declaration.Parent is IArgumentOperation or ITupleOperation or IAssignmentOperation;
            default:
                return false;
        }
    }
}
