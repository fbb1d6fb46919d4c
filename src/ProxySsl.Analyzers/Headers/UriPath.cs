using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;
using ProxySsl.Analyzers.Flow;

namespace ProxySsl.Analyzers.Headers;

/// <summary>Tells a URI that is only made to take its path or query: <c>new Uri($"{scheme}://{host}").AbsolutePath</c>.</summary>
internal static class UriPath
{
    /// <summary>Whether an expression, or the text that it becomes part of, ends in such a URI and nowhere else.</summary>
    internal static bool IsAllThatIsRead(IOperation part)
    {
        for (var current = part; ; current = current.Parent)
        {
            if (current is IObjectCreationOperation { Type.Name: "Uri" } uri)
            {
                return IsAllThatIsReadOf(uri);
            }

            if (current.Parent is not (IInterpolationOperation or IInterpolatedStringOperation or IConversionOperation or IParenthesizedOperation
                or IArgumentOperation or IObjectCreationOperation { Type.Name: "Uri" } or IBinaryOperation { OperatorKind: BinaryOperatorKind.Add }))
            {
                return false;
            }
        }
    }

    private static bool IsAllThatIsReadOf(IObjectCreationOperation uri)
    {
        if (uri.Parent is not IVariableInitializerOperation { Parent: IVariableDeclaratorOperation { Symbol: var local } })
        {
            return IsRead(uri);
        }

        var references = OperationIndex.Of(uri).References(local);
        foreach (var reference in references)
        {
            if (!IsRead(reference))
            {
                return false;
            }
        }

        return references.Count > 0;
    }

    private static bool IsRead(IOperation uri) =>
        uri.Parent is IPropertyReferenceOperation { Property.Name: "AbsolutePath" or "PathAndQuery" or "LocalPath" or "Query" or "Fragment" or "Segments" } member && member.Instance == uri;
}
