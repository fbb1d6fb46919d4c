using System.Linq;
using System.Threading;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;
using ProxySsl.Analyzers.Flow;

namespace ProxySsl.Analyzers.Headers;

/// <summary>Tells an <c>app.Use(…)</c> that does nothing but copy forwarded headers into the request from one that does more.</summary>
internal static class InlineMiddleware
{
    private static readonly string[] Looking =
    [
        "ContainsKey", "TryGetValue", "ToString", "First", "FirstOrDefault", "Last", "LastOrDefault", "Single", "SingleOrDefault", "Any", "Contains",
        "Split", "Trim", "ToLower", "ToLowerInvariant", "ToUpper", "ToUpperInvariant", "Equals", "StartsWith", "EndsWith", "IsNullOrEmpty",
        "IsNullOrWhiteSpace", "Parse", "TryParse", "FromUriComponent", "Compare", "Substring", "IndexOf", "Count", "TrimEnd", "TrimStart",
    ];

    /// <summary>
    /// The body around an assignment in a lambda given to <c>IApplicationBuilder.Use</c> that only reads the request, assigns to its
    /// properties and calls the next middleware; null for any other.
    /// </summary>
    internal static IOperation? BodyAround(IAssignmentOperation assignment, CompilationModel model, CancellationToken cancellationToken)
    {
        IOperation? operation = assignment;
        while (operation is not null and not IAnonymousFunctionOperation)
        {
            operation = operation.Parent;
        }

        return operation is IAnonymousFunctionOperation { Symbol.Parameters.Length: 2 } lambda
            && IsGivenToUse(lambda, model.Symbols)
            && lambda.Body.DescendantsAndSelf().All(o => IsHarmless(o, lambda, model, cancellationToken))
                ? lambda.Body
                : null;
    }

    private static bool IsGivenToUse(IAnonymousFunctionOperation lambda, AspNetCoreSymbols symbols) =>
        TrailReader.ArgumentOf(lambda) is { Parent: IInvocationOperation { TargetMethod: { Name: "Use", ContainingType: { Name: "UseExtensions" } type } } }
        && symbols.ApplicationBuilder is { } builder
        && SymbolEqualityComparer.Default.Equals(type.ContainingNamespace, builder.ContainingNamespace);

    private static bool IsHarmless(IOperation operation, IAnonymousFunctionOperation lambda, CompilationModel model, CancellationToken cancellationToken)
    {
        switch (operation)
        {
            case IAssignmentOperation { Target: ILocalReferenceOperation }:
                return true;
            case IAssignmentOperation { Target: IPropertyReferenceOperation property }:
                return RequestProperties.Of(property, model, cancellationToken) is not null;
            case IAssignmentOperation or IThrowOperation or ILoopOperation or ITryOperation or IUsingOperation or IObjectCreationOperation { Type.Name: not ("HostString" or "PathString") }:
                return false;
            case IInvocationOperation call:
                return Looking.Contains(call.TargetMethod.Name) || CallsNext(call, lambda);
            default:
                return true;
        }
    }

    private static bool CallsNext(IInvocationOperation call, IAnonymousFunctionOperation lambda) =>
        call.TargetMethod.MethodKind == MethodKind.DelegateInvoke
        && call.Instance?.Unwrapped() is IParameterReferenceOperation next
        && SymbolEqualityComparer.Default.Equals(next.Parameter, lambda.Symbol.Parameters[1]);
}
