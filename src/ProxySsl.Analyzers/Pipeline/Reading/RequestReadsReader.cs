using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Operations;
using ProxySsl.Analyzers.Flow;
using ProxySsl.Analyzers.Headers;
using ProxySsl.Analyzers.Knowledge;
using ProxySsl.Analyzers.Spelling;

namespace ProxySsl.Analyzers.Pipeline;

/// <summary>What a middleware of the compilation does with the request before it calls the next one.</summary>
/// <param name="Reads">What it reads of what forwarded headers decide.</param>
/// <param name="OnlyLogs">Whether it only logs what it reads.</param>
/// <param name="Writes">What it sets itself of what forwarded headers decide.</param>
/// <param name="MustStayBefore">Whether it prepares the headers for <c>UseForwardedHeaders</c>, or lets the proxy's requests alone through.</param>
/// <param name="MayCheckPeer">Whether it, or code that it hands the request to, may ask for the peer's address.</param>
/// <param name="PassesOn">Whether it certainly calls the next one before it can have answered.</param>
internal readonly record struct CustomMiddleware(
    RequestReads Reads, bool OnlyLogs, RequestReads Writes, bool MustStayBefore, bool MayCheckPeer, bool PassesOn);

/// <summary>What a condition asks of a request.</summary>
/// <param name="Peer">Whether it asks for the connection that the request came over.</param>
/// <param name="NamesForwardedHeader">Whether it names a header that a proxy sets.</param>
internal readonly record struct ConditionReading(PeerCondition Peer, bool NamesForwardedHeader);

/// <summary>Reads inline middleware and middleware classes of the compilation.</summary>
internal sealed class RequestReadsReader(CompilationModel model, CancellationToken cancellationToken)
{
    private const int DeepestHelper = 2;
    private const int DeepestNesting = 500;

    private readonly HeaderCollections _collections = new(model);
    private readonly Dictionary<INamedTypeSymbol, CustomMiddleware> _classes = new(SymbolEqualityComparer.Default);
    private bool? _isNeeded;

    // Without forwarded headers, of requests or certificates, there is no order to get wrong, and bodies of middleware need not be bound.
    private bool IsNeeded => _isNeeded ??= model.Files(WordGroups.ForwardedHeaders, cancellationToken).Any()
        || model.FilesThatSpell(["UseCertificateForwarding"], cancellationToken).Any();

    /// <summary>What a branch's condition, a lambda or a method, asks of a request, itself or in methods of the compilation that get the request.</summary>
    internal ConditionReading ConditionOf(IOperation condition) => condition switch
    {
        IAnonymousFunctionOperation lambda => ConditionOf(lambda.Body, DeepestHelper),
        IMethodReferenceOperation { Method: var method } => ConditionOf(method, DeepestHelper),
        _ => new(PeerCondition.Possible, NamesForwardedHeader: false),
    };

    private ConditionReading ConditionOf(IMethodSymbol method, int depth) =>
        depth > 0 && model.BodyOf(method, cancellationToken) is { } body ? ConditionOf(body, depth - 1)
        : new(method.ContainingAssembly?.Name.StartsWith("Microsoft.AspNetCore.", StringComparison.Ordinal) == true ? PeerCondition.None : PeerCondition.Possible, NamesForwardedHeader: false);

    private ConditionReading ConditionOf(IOperation body, int depth)
    {
        var peer = PeerCondition.None;
        var namesHeader = false;
        foreach (var operation in body.DescendantsAndSelf())
        {
            switch (operation)
            {
                case IPropertyReferenceOperation { Property.Name: "RemoteIpAddress" or "ClientCertificate" or "LocalIpAddress" or "LocalPort" }:
                    peer = PeerCondition.Certain;
                    break;
                case IPropertyReferenceOperation { Property.ContainingType.Name: "ForwardedHeadersDefaults" }:
                case ILiteralOperation { ConstantValue: { HasValue: true, Value: string text } } when ForwardedHeaderNames.Find(text) is not null:
                    namesHeader = true;
                    break;
                case IArgumentOperation argument when argument.Value.Unwrapped().Type is { Name: "HttpContext" or "ConnectionInfo" or "IPAddress" }:
                    var inside = argument.Parent is IInvocationOperation { TargetMethod: var helper } ? ConditionOf(helper, depth) : new(PeerCondition.Possible, NamesForwardedHeader: false);
                    peer = inside.Peer > peer ? inside.Peer : peer;
                    namesHeader |= inside.NamesForwardedHeader;
                    break;
            }
        }

        return new(peer, namesHeader);
    }

    /// <summary>Reads a lambda, or a method that is passed as one.</summary>
    internal CustomMiddleware OfFunction(IOperation function) => BodyOf(function) is { } body ? OfBody(body) : default;

    /// <summary>Whether a rule of the rewriter, a function or an object of a class of the compilation, is seen to read nothing that forwarded headers decide.</summary>
    internal bool IsRelativeRule(IOperation rule)
    {
        var value = rule.Unwrapped();
        value = (value as ILocalReferenceOperation)?.SingleValue()?.Unwrapped() ?? value;
        var body = StepReader.FunctionOf(rule) is { } function ? BodyOf(function)
            : value.Type is INamedTypeSymbol { TypeKind: TypeKind.Class } type ? BodyIn(type, "ApplyRule")
            : null;
        return body is not null && OfBody(body).Reads == RequestReads.None && !body.DescendantsAndSelf().Any(HandsOnRequest);
    }

    // What other code reads of the request is not seen.
    private static bool HandsOnRequest(IOperation operation) =>
        operation is IArgumentOperation { Value: var value } && value.Unwrapped().Type is { Name: "RewriteContext" or "HttpContext" or "HttpRequest" or "ConnectionInfo" };

    private IOperation? BodyOf(IOperation function) => !IsNeeded ? null : function switch
    {
        IAnonymousFunctionOperation lambda => WhatIsMade(lambda.Body, lambda.Symbol),
        IMethodReferenceOperation { Method: var method } => model.BodyOf(method, cancellationToken) is { } made ? WhatIsMade(made, method) : null,
        _ => null,
    };

    // next => context => …: what makes a middleware runs once, the middleware is what it returns
    private static IOperation WhatIsMade(IOperation body, IMethodSymbol maker)
    {
        if (maker.ReturnType.Name == "RequestDelegate")
        {
            foreach (var operation in body.DescendantsAndSelf())
            {
                if (operation is IReturnOperation { ReturnedValue: { } returned } && StepReader.FunctionOf(returned) is IAnonymousFunctionOperation middleware)
                {
                    return middleware.Body;
                }
            }
        }

        return body;
    }

    /// <summary>Reads a middleware class by its <c>Invoke</c> or <c>InvokeAsync</c>.</summary>
    internal CustomMiddleware OfClass(INamedTypeSymbol type)
    {
        type = type.OriginalDefinition;
        if (!_classes.TryGetValue(type, out var custom))
        {
            _classes[type] = custom = BodyIn(type, "InvokeAsync", "Invoke") is { } body ? OfBody(body) : default;
        }

        return custom;
    }

    // The body of the method that the framework calls, in the class or the nearest base class of the compilation that has one.
    private IOperation? BodyIn(INamedTypeSymbol type, params string[] names)
    {
        for (var declaring = IsNeeded ? type.OriginalDefinition : null; declaring is { SpecialType: not SpecialType.System_Object }; declaring = declaring.BaseType)
        {
            if (names.SelectMany(n => declaring.GetMembers(n)).OfType<IMethodSymbol>().FirstOrDefault(m => model.Declares(m)) is { } method)
            {
                return model.BodyOf(method, cancellationToken);
            }
        }

        return null;
    }

    private CustomMiddleware OfBody(IOperation body)
    {
        body = (body as ILocalFunctionOperation)?.Body ?? body;
        var reads = RequestReads.None;
        var onlyLogs = true;
        var writes = RequestReads.None;
        var isProxyCheck = false;
        var looksAtHeaders = false;
        var passesOn = PassesOn(body);
        var mayCheckPeer = ConditionOf(body, DeepestHelper).Peer != PeerCondition.None;
        foreach (var operation in BeforeNext(body))
        {
            if (WritesForwardedHeader(operation))
            {
                // it prepares the request for UseForwardedHeaders, and has to come before it whatever else it reads
                return new CustomMiddleware(RequestReads.None, OnlyLogs: false, RequestReads.None, MustStayBefore: true, mayCheckPeer, passesOn);
            }

            looksAtHeaders |= LooksAtHeaders(operation);
            var read = ReadOf(operation);
            if (read == RequestReads.None)
            {
                continue;
            }

            if (operation.IsWritten())
            {
                writes |= read;
            }
            else if (read == RequestReads.ClientAddress && IsProxyCheck(operation, deep: true))
            {
                isProxyCheck = true;
            }
            else
            {
                reads |= read;
                onlyLogs &= LoggedValue.Is(operation);
            }
        }

        mayCheckPeer &= !(onlyLogs && reads == RequestReads.ClientAddress);

        // a log of what came in, as it came in: UseForwardedHeaders takes the headers away
        reads = onlyLogs && looksAtHeaders ? RequestReads.None : reads;
        return new CustomMiddleware(reads, onlyLogs, writes, isProxyCheck, mayCheckPeer, passesOn);
    }

    // proxies.Contains(connection.RemoteIpAddress): the peer is asked for on purpose, and is what UseForwardedHeaders replaces. A list of
    // clients is another matter, so the code has to name proxies.
    private static bool IsProxyCheck(IOperation read, bool deep)
    {
        var outermost = read;
        while (outermost.Parent is { Type: not null } or IArgumentOperation)
        {
            outermost = outermost.Parent;
        }

        return outermost.Syntax.DescendantTokens().Any(t => t.IsKind(SyntaxKind.IdentifierToken) && NamesProxy(t.ValueText))
            || (deep && outermost.Parent?.Parent is IVariableDeclaratorOperation { Symbol: var local } declaration
                && OperationIndex.Of(declaration).References(local).Any(r => IsProxyCheck(r, deep: false)));
    }

    private static bool NamesProxy(string name) =>
        name.IndexOf("prox", StringComparison.OrdinalIgnoreCase) >= 0 || name.IndexOf("trusted", StringComparison.OrdinalIgnoreCase) >= 0;

    // The next one is called on every way, and nothing before that leaves or can have written the response.
    private static bool PassesOn(IOperation body)
    {
        IOperation? next = null;
        foreach (var operation in body.DescendantsAndSelf())
        {
            if (IsNext(operation))
            {
                next = operation;
                break;
            }
        }

        for (var operation = next; operation != body; operation = operation.Parent)
        {
            // what fails before the next one is called may be answered by the handler
            if (operation?.Parent is ITryOperation { Catches.IsEmpty: false } attempt && (attempt.Body != operation || attempt.Body.Operations[0].Syntax.Span.Contains(next!.Syntax.Span) == false)
                || operation?.Parent is null or IAnonymousFunctionOperation or ILocalFunctionOperation or IConditionalOperation or ISwitchOperation or ISwitchExpressionOperation
                or ILoopOperation or ICatchClauseOperation or IBinaryOperation or ICoalesceOperation or IConditionalAccessOperation)
            {
                return false;
            }
        }

        return next is not null && BeforeNext(body).All(o => !MayAnswer(o, next));
    }

    private static bool MayAnswer(IOperation operation, IOperation next)
    {
        switch (operation)
        {
            case IReturnOperation or IBranchOperation:
                return !operation.Syntax.Span.Contains(next.Syntax.Span);
            case IThrowOperation or ICatchClauseOperation:
                return true;
            case IPropertyReferenceOperation { Property.Name: "Response" } response when IsContext(response.Instance?.Type):
                return response.Parent is not (IPropertyReferenceOperation { Property.Name: "Headers" } or IInvocationOperation { TargetMethod.Name: "OnStarting" or "OnCompleted" });
            default:
                return operation is IParameterReferenceOperation or ILocalReferenceOperation or IFieldReferenceOperation && IsContext(operation.Type)
                    && operation.Parent is not IPropertyReferenceOperation { Property.Name: not "Features" };
        }
    }

    private static bool IsContext(ITypeSymbol? type) => type is { Name: "HttpContext" or "HttpResponse" };

    private static bool IsNext(IOperation operation) =>
        operation is IInvocationOperation { TargetMethod.MethodKind: MethodKind.DelegateInvoke, Type.Name: "Task" or "ValueTask" } call
        && call.Instance?.Type is INamedTypeSymbol { Name: "RequestDelegate" or "Func" };

    // headers["X-Forwarded-Proto"] = …, headers.Remove("X-Forwarded-Proto")
    private bool WritesForwardedHeader(IOperation operation) => operation switch
    {
        IAssignmentOperation { Target: IPropertyReferenceOperation { Property.IsIndexer: true, Arguments: { Length: 1 } key } element } =>
            IsForwardedHeader(key[0]) && _collections.KindOf(element.Instance, cancellationToken) is not null,
        IInvocationOperation { TargetMethod.Name: "Remove" or "Append" or "Add" or "TryAdd" } call =>
            call.Arguments.Any(a => IsForwardedHeader(a) || (call.TargetMethod.Name == "Remove" && ConstantText.Read(a.Value, model, cancellationToken) is null))
            && _collections.KindOf(HeaderCollections.Receiver(call), cancellationToken) is not null,
        _ => false,
    };

    // foreach (var header in request.Headers), Dump(request.Headers), request.Headers["X-Forwarded-Proto"]
    private bool LooksAtHeaders(IOperation operation) => operation switch
    {
        IPropertyReferenceOperation { Property: { IsIndexer: false, Name: "Headers" } } headers =>
            SymbolEqualityComparer.Default.Equals(headers.Type, model.Symbols.HeaderDictionary)
            && (headers.Parent is IConversionOperation conversion ? conversion.Parent : headers.Parent) is IForEachLoopOperation or IArgumentOperation,
        IPropertyReferenceOperation { Property.IsIndexer: true, Arguments: { Length: 1 } key } element =>
            IsForwardedHeader(key[0]) && _collections.KindOf(element.Instance, cancellationToken) is not null,
        _ => false,
    };

    private bool IsForwardedHeader(IArgumentOperation name) =>
        ConstantText.Read(name.Value, model, cancellationToken) is { } text && ForwardedHeaderNames.Find(text) is not null;

    // In the order of the text, on each way up to the first call of the next middleware, without functions that run later.
    private static IReadOnlyList<IOperation> BeforeNext(IOperation body)
    {
        var before = new List<IOperation>();
        CollectBeforeNext(body, before, DeepestNesting);
        return before;
    }

    // False where no way goes on behind the operation without having called the next middleware, or having left.
    private static bool CollectBeforeNext(IOperation? operation, List<IOperation> before, int depth)
    {
        if (operation is null or IAnonymousFunctionOperation or ILocalFunctionOperation or INameOfOperation || depth == 0)
        {
            return true;
        }

        if (IsNext(operation))
        {
            return false;
        }

        before.Add(operation);
        if (operation is IConditionalOperation choice)
        {
            if (!CollectBeforeNext(choice.Condition, before, depth - 1))
            {
                return false;
            }

            var goesOn = CollectBeforeNext(choice.WhenTrue, before, depth - 1);
            return CollectBeforeNext(choice.WhenFalse, before, depth - 1) || goesOn;
        }

        foreach (var child in operation.ChildOperations)
        {
            if (!CollectBeforeNext(child, before, depth - 1))
            {
                return false;
            }
        }

        return operation is not (IReturnOperation { Kind: OperationKind.Return } or IThrowOperation);
    }

    private RequestReads ReadOf(IOperation operation)
    {
        switch (operation)
        {
            case IPropertyReferenceOperation { Property: { ContainingType: var type, Name: var name } }:
                if (SymbolEqualityComparer.Default.Equals(type, model.Symbols.HttpRequest) || type is { Name: "IHttpRequestFeature" })
                {
                    return name switch
                    {
                        "Scheme" or "IsHttps" => RequestReads.Scheme,
                        "Host" => RequestReads.Host,
                        _ => RequestReads.None,
                    };
                }

                return name == "RemoteIpAddress" && SymbolEqualityComparer.Default.Equals(type, model.Symbols.ConnectionInfo) ? RequestReads.ClientAddress : RequestReads.None;
            case IInvocationOperation { TargetMethod: { Name: "GetDisplayUrl" or "GetEncodedUrl", ContainingType: var type } }:
                return type.HasFullName("Microsoft.AspNetCore.Http.Extensions.UriHelper") ? RequestReads.Scheme | RequestReads.Host : RequestReads.None;
            default:
                return RequestReads.None;
        }
    }
}
