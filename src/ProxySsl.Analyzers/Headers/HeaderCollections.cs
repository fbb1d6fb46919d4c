using System;
using System.Threading;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;
using ProxySsl.Analyzers.Flow;

namespace ProxySsl.Analyzers.Headers;

/// <summary>
/// Tells whether an expression is the header collection of a request that came in, and of which kind. Response headers, outgoing messages,
/// made-up requests (<c>DefaultHttpContext</c>), form parts, cloud-function requests and own dictionaries are not.
/// </summary>
internal sealed class HeaderCollections(CompilationModel model)
{
    private const int DeepestChain = 8;

    private readonly CompilationModel _model = model;
    private readonly AspNetCoreSymbols _symbols = model.Symbols;

    /// <summary>The kind of request whose headers the expression is, or null.</summary>
    internal RequestKind? KindOf(IOperation? collection, CancellationToken cancellationToken) => KindOf(collection, DeepestChain, cancellationToken);

    /// <summary>Whether the expression is a list of the names of a request's headers: <c>Headers.Keys</c>, <c>Headers.AllKeys</c>, a projection of these.</summary>
    internal RequestKind? KindOfNames(IOperation? names, CancellationToken cancellationToken)
    {
        for (var depth = DeepestChain; depth > 0 && names is not null; depth--)
        {
            names = Resolve(names.Unwrapped());
            switch (names)
            {
                case IPropertyReferenceOperation { Property.Name: "Keys" or "AllKeys", Instance: { } instance }:
                    return KindOf(instance, cancellationToken);
                case IInvocationOperation { TargetMethod.Name: "Select" } select when Receiver(select) is { } source && ReadsKey(select):
                    return KindOf(source, cancellationToken);
                case IInvocationOperation { TargetMethod.Name: "ToList" or "ToArray" or "ToHashSet" or "AsEnumerable" or "Cast" or "OfType" or "Distinct" or "ToImmutableHashSet" } copy:
                    names = Receiver(copy);
                    break;
                case ILocalReferenceOperation local:
                    names = local.SingleValue();
                    break;
                default:
                    return null;
            }
        }

        return null;
    }

    /// <summary>The expression that a call is made on; the first argument for an extension method.</summary>
    internal static IOperation? Receiver(IInvocationOperation call)
    {
        var receiver = call.Instance;
        if (receiver is null && call.TargetMethod.IsExtensionMethod)
        {
            foreach (var argument in call.Arguments)
            {
                if (argument.Parameter?.Ordinal == 0)
                {
                    receiver = argument.Value;
                }
            }
        }

        return receiver is null ? null : Resolve(receiver.Unwrapped());
    }

    /// <summary>What stands before the <c>?.</c> for the placeholder after it; any other expression as it is.</summary>
    internal static IOperation Resolve(IOperation operation)
    {
        if (operation is not IConditionalAccessInstanceOperation)
        {
            return operation;
        }

        for (var ancestor = operation.Parent; ancestor is not null; ancestor = ancestor.Parent)
        {
            if (ancestor is IConditionalAccessOperation access && Contains(access.WhenNotNull, operation))
            {
                return access.Operation.Unwrapped();
            }
        }

        return operation;
    }

    private static bool Contains(IOperation ancestor, IOperation operation)
    {
        for (IOperation? o = operation; o is not null; o = o.Parent)
        {
            if (o == ancestor)
            {
                return true;
            }
        }

        return false;
    }

    private static bool ReadsKey(IInvocationOperation select)
    {
        foreach (var argument in select.Arguments)
        {
            if (argument.Value.Unwrapped() is IDelegateCreationOperation { Target: IAnonymousFunctionOperation lambda }
                && lambda.Body.Operations.Length > 0
                && lambda.Body.Operations[0] is IReturnOperation { ReturnedValue: IPropertyReferenceOperation { Property.Name: "Key" } })
            {
                return true;
            }
        }

        return false;
    }

    private RequestKind? KindOf(IOperation? collection, int depth, CancellationToken cancellationToken)
    {
        if (collection is null || depth == 0)
        {
            return null;
        }

        cancellationToken.ThrowIfCancellationRequested();
        collection = Resolve(collection.Unwrapped());
        switch (collection)
        {
            case IPropertyReferenceOperation property:
                return KindOfProperty(property, depth, cancellationToken);
            case ILocalReferenceOperation local when local.SingleValue() is { } value && value.Unwrapped() is not IDefaultValueOperation:
                return KindOf(value, depth - 1, cancellationToken);
            case ILocalReferenceOperation local:
                return OfDeclaredType(local.Type, local.Local.Name);
            case IParameterReferenceOperation parameter:
                return OfDeclaredType(parameter.Type, parameter.Parameter.Name);
            case IFieldReferenceOperation field:
                return OfDeclaredType(field.Type, field.Field.Name);
            case IInvocationOperation { TargetMethod.Name: "GetTypedHeaders" } typed:
                return Receiver(typed) is { } request && IsHttpRequest(request.Type) ? OfRequest(request, cancellationToken) : null;
            case IInvocationOperation { TargetMethod.Name: "ToDictionary" or "Where" or "ToList" or "ToArray" or "AsEnumerable" or "OrderBy" } copy:
                return KindOf(Receiver(copy), depth - 1, cancellationToken);
            case IInvocationOperation call:
                return OfDeclaredType(call.Type, call.TargetMethod.Name);
            case ICoalesceOperation coalesce:
                return KindOf(coalesce.Value, depth - 1, cancellationToken);
            case IConditionalAccessOperation access:
                return KindOf(access.WhenNotNull, depth - 1, cancellationToken);
            default:
                return null;
        }
    }

    private RequestKind? KindOfProperty(IPropertyReferenceOperation property, int depth, CancellationToken cancellationToken)
    {
        var owner = property.Property.ContainingType;
        switch (property.Property.Name)
        {
            case "Headers" when IsHttpRequest(owner):
                return OfRequest(property.Instance, cancellationToken);
            case "Headers" when owner.Name == "IHttpRequestFeature":
                return RequestKind.AspNetCore;
            case "Headers" when owner.Name == "RequestHeaders":
                return KindOf(property.Instance, depth - 1, cancellationToken);
            case "Headers" or "ServerVariables" or "Params" when owner is { Name: "HttpRequest" or "HttpRequestBase" or "HttpRequestWrapper", ContainingNamespace: { Name: "Web", ContainingNamespace.Name: "System" } }:
                return RequestKind.Other;
            case "Headers" when owner is { Name: "IOwinRequest" or "OwinRequest", ContainingNamespace.Name: "Owin" }:
                return RequestKind.Other;
            case "Headers" when owner is { Name: "Request", ContainingNamespace: { Name: "Nancy", ContainingNamespace.IsGlobalNamespace: true } }:
                return RequestKind.Other;
            case "Headers" when owner is { Name: "HttpRequestMessage", ContainingNamespace: { Name: "Http", ContainingNamespace.Name: "Net" } }:
                return _symbols.WebApiController is not null && property.Instance is { } message && IsIncoming(message) ? RequestKind.Other : null;
            case "RequestHeaders" when owner is { Name: "ServerCallContext", ContainingNamespace.Name: "Core" }:
                return RequestKind.AspNetCore;
            case "Headers" when property.Type is { Name: "IHeaderDictionary" }:
                // of a response, a form file, a trailer
                return null;
            case "this[]" when property.Instance?.Type is { } dictionary && dictionary.Name.IndexOf("Dictionary", StringComparison.Ordinal) >= 0
                && property.Arguments.Length == 1 && property.Arguments[0].Value.ConstantValue is { HasValue: true, Value: "owin.RequestHeaders" }:
                return RequestKind.Other;
            default:
                return OfDeclaredType(property.Type, property.Property.Name);
        }
    }

    // A collection that came from elsewhere: its type says what it is, its name whether it belongs to a response.
    private RequestKind? OfDeclaredType(ITypeSymbol? type, string name)
    {
        if (type is null || name.IndexOf("response", StringComparison.OrdinalIgnoreCase) >= 0 || name.IndexOf("outgoing", StringComparison.OrdinalIgnoreCase) >= 0)
        {
            return null;
        }

        if (SymbolEqualityComparer.Default.Equals(type, _symbols.HeaderDictionary))
        {
            return RequestKind.AspNetCore;
        }

        if (name.IndexOf("header", StringComparison.OrdinalIgnoreCase) >= 0 || name.IndexOf("serverVar", StringComparison.OrdinalIgnoreCase) >= 0)
        {
            switch (type)
            {
                case { Name: "NameValueCollection" } when _symbols.SystemWebRequest is not null:
                case { Name: "IHeaderDictionary", ContainingNamespace.Name: "Owin" }:
                    return RequestKind.Other;
                case INamedTypeSymbol { Name: "IDictionary" or "IReadOnlyDictionary" or "IEnumerable", TypeArguments: { Length: > 0 } arguments }
                    when IsStringValues(arguments[arguments.Length - 1]) || (arguments[0] is INamedTypeSymbol { Name: "KeyValuePair", TypeArguments: { Length: 2 } pair } && IsStringValues(pair[1])):
                    return RequestKind.AspNetCore;
                default:
                    return null;
            }
        }

        return null;
    }

    private RequestKind? OfRequest(IOperation? request, CancellationToken cancellationToken) => RequestOrigins.Of(request, _model, cancellationToken) switch
    {
        RequestOrigin.MadeUp => null,
        RequestOrigin.SystemWeb => RequestKind.Other,
        _ => RequestKind.AspNetCore,
    };

    private bool IsStringValues(ITypeSymbol type) => SymbolEqualityComparer.Default.Equals(type, _symbols.StringValues);

    private bool IsHttpRequest(ITypeSymbol? type)
    {
        for (; type is not null; type = type.BaseType)
        {
            if (SymbolEqualityComparer.Default.Equals(type, _symbols.HttpRequest))
            {
                return true;
            }
        }

        return false;
    }

    // A message that code made or holds is sent; one that came as a parameter or as the controller's own is received.
    private static bool IsIncoming(IOperation message)
    {
        message = Resolve(message.Unwrapped());
        return message switch
        {
            IParameterReferenceOperation { Parameter.Name: var name } => name.IndexOf("request", StringComparison.OrdinalIgnoreCase) >= 0
                && name.IndexOf("proxy", StringComparison.OrdinalIgnoreCase) < 0 && name.IndexOf("out", StringComparison.OrdinalIgnoreCase) < 0,
            IPropertyReferenceOperation { Property: { Name: "Request", ContainingType.Name: var owner } } =>
                owner is "ApiController" or "HttpActionContext" or "HttpControllerContext" or "HttpRequestContext" or "HttpAuthenticationContext",
            ILocalReferenceOperation local => local.SingleValue() is { } value && IsIncoming(value),
            _ => false,
        };
    }
}
