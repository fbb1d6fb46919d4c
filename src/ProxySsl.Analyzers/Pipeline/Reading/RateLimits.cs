using System.Linq;
using System.Threading;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;
using ProxySsl.Analyzers.Flow;

namespace ProxySsl.Analyzers.Pipeline;

/// <summary>Reads what <c>AddRateLimiter</c> registers: limiters that count all requests together ask no request who sent it.</summary>
internal static class RateLimits
{
    /// <summary>Whether a call registers nothing but limiters that count all requests together.</summary>
    internal static bool AreForAll(SimpleNameSyntax name, SemanticModel model, CancellationToken cancellationToken)
    {
        if (name.FirstAncestorOrSelf<InvocationExpressionSyntax>() is not { } syntax
            || model.GetOperation(syntax, cancellationToken) is not IInvocationOperation { TargetMethod: { Name: "AddRateLimiter", ContainingType: var type } } call
            || !type.HasFullName("Microsoft.AspNetCore.Builder.RateLimiterServiceCollectionExtensions"))
        {
            return false;
        }

        return call.Arguments.Where(a => a.Parameter is { Ordinal: > 0 }).All(a => StepReader.FunctionOf(a.Value) is IAnonymousFunctionOperation lambda && AddsForAll(lambda));
    }

    private static bool AddsForAll(IAnonymousFunctionOperation configure)
    {
        var options = configure.Symbol.Parameters[0];
        foreach (var operation in configure.Body.DescendantsAndSelf())
        {
            if (operation is IParameterReferenceOperation reference && SymbolEqualityComparer.Default.Equals(reference.Parameter, options) && !IsHarmless(reference))
            {
                return false;
            }
        }

        return true;
    }

    // options.AddFixedWindowLimiter(…).AddConcurrencyLimiter(…); options.RejectionStatusCode = 429;
    private static bool IsHarmless(IOperation options)
    {
        while (true)
        {
            switch (options.Parent)
            {
                case IPropertyReferenceOperation { Property.Name: "RejectionStatusCode", Parent: IAssignmentOperation }:
                    return true;
                case IArgumentOperation { Parameter.Ordinal: 0, Parent: IInvocationOperation { TargetMethod: { ContainingType.Name: "RateLimiterOptionsExtensions", Name: var method } } call }
                    when method is "AddConcurrencyLimiter" or "AddFixedWindowLimiter" or "AddSlidingWindowLimiter" or "AddTokenBucketLimiter":
                    options = call;
                    break;
                case IExpressionStatementOperation or IReturnOperation:
                    return options is IInvocationOperation;
                default:
                    return false;
            }
        }
    }
}
