using System.Collections.Generic;
using System.Threading;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;
using ProxySsl.Analyzers.Flow;
using ProxySsl.Analyzers.Knowledge;

namespace ProxySsl.Analyzers.Headers;

/// <summary>
/// Follows a header's name from where it is spelled to the expressions that look the header up: through locals, arrays, loops, lambdas and
/// the parameters of helpers. Members that hold a name are handed back, because their uses may be in any file.
/// </summary>
internal sealed class NameFlow
{
    private const int DeepestChain = 24;

    private readonly HeadersScope _scope;
    private readonly HeaderLookups _lookups;
    private readonly ForwardedHeader _header;
    private readonly List<HeaderAccess> _accesses;
    private readonly List<ISymbol>? _carriers;
    private readonly int _helperDepth;
    private readonly CancellationToken _cancellationToken;

    private NameFlow(
        HeadersScope scope, ForwardedHeader header, List<HeaderAccess> accesses, List<ISymbol>? carriers, int helperDepth, CancellationToken cancellationToken)
    {
        _scope = scope;
        _lookups = new HeaderLookups(scope.Collections);
        _header = header;
        _accesses = accesses;
        _carriers = carriers;
        _helperDepth = helperDepth;
        _cancellationToken = cancellationToken;
    }

    /// <summary>Follows the name that <paramref name="name"/> yields.</summary>
    /// <param name="scope">What the readers of one compilation share.</param>
    /// <param name="name">The expression that yields the name.</param>
    /// <param name="header">The header named.</param>
    /// <param name="accesses">Gets the expressions found.</param>
    /// <param name="carriers">Gets the members that the name is stored in.</param>
    /// <param name="cancellationToken">Ends the work.</param>
    internal static void Follow(
        HeadersScope scope, IOperation name, ForwardedHeader header, List<HeaderAccess> accesses, List<ISymbol> carriers, CancellationToken cancellationToken) =>
        new NameFlow(scope, header, accesses, carriers, HeadersScope.DeepestHelper, cancellationToken).Follow(name, isList: false, DeepestChain);

    /// <summary>As <see cref="Follow(HeadersScope, IOperation, ForwardedHeader, List{HeaderAccess}, List{ISymbol}, CancellationToken)"/>, from a list of names.</summary>
    internal static void FollowList(HeadersScope scope, IOperation names, ForwardedHeader header, List<HeaderAccess> accesses, CancellationToken cancellationToken) =>
        new NameFlow(scope, header, accesses, carriers: null, HeadersScope.DeepestHelper, cancellationToken).Follow(names, isList: true, DeepestChain);

    private void Follow(IOperation name, bool isList, int depth)
    {
        if (depth == 0)
        {
            return;
        }

        _cancellationToken.ThrowIfCancellationRequested();
        switch (name.Parent)
        {
            case IConversionOperation or IParenthesizedOperation or IConditionalOperation or ISwitchExpressionArmOperation or ISwitchExpressionOperation:
                Follow(name.Parent, isList, depth - 1);
                break;
            case ICoalesceOperation coalesce:
                Follow(coalesce, isList, depth - 1);
                break;
            case IInvocationOperation { TargetMethod: { Name: "ToLower" or "ToLowerInvariant" or "ToUpper" or "ToUpperInvariant" or "Trim" or "ToString" } } same:
                Follow(same, isList, depth - 1);
                break;
            case IArrayInitializerOperation or IArrayCreationOperation:
            case { Syntax: CollectionExpressionSyntax or SpreadElementSyntax }:
                Follow(name.Parent, isList: true, depth - 1);
                break;
            case IVariableInitializerOperation { Parent: IVariableDeclaratorOperation { Symbol: var local } }:
                FollowLocal(local, name, isList, depth);
                break;
            case IFieldInitializerOperation field:
                foreach (var symbol in field.InitializedFields)
                {
                    _carriers?.Add(symbol);
                }

                break;
            case IPropertyInitializerOperation property:
                foreach (var symbol in property.InitializedProperties)
                {
                    _carriers?.Add(symbol);
                }

                break;
            case ISimpleAssignmentOperation { Target: ILocalReferenceOperation { Local: var local } }:
                FollowLocal(local, name, isList, depth);
                break;
            case IBinaryOperation { OperatorKind: BinaryOperatorKind.Equals or BinaryOperatorKind.NotEquals } comparison:
                FollowKeyComparison(comparison, comparison.LeftOperand == name ? comparison.RightOperand : comparison.LeftOperand);
                break;
            case IForEachLoopOperation loop when isList && loop.Collection == name:
                foreach (var element in loop.Locals)
                {
                    FollowLocal(element, loop.Body, isList: false, depth);
                }

                break;
            case IInvocationOperation call:
                FollowReceiver(call, isList, depth);
                break;
            case IArgumentOperation argument:
                FollowArgument(argument, isList, depth);
                break;
        }
    }

    private void FollowLocal(ILocalSymbol local, IOperation from, bool isList, int depth)
    {
        foreach (var reference in OperationIndex.Of(from).References(local))
        {
            if (!reference.IsWritten())
            {
                Follow(reference, isList, depth - 1);
            }
        }
    }

    private void FollowReceiver(IInvocationOperation call, bool isList, int depth)
    {
        if (isList)
        {
            FollowListCall(call, depth);
        }
        else if (call.TargetMethod.Name == "Equals" && call.Arguments.Length > 0)
        {
            FollowKeyComparison(call, call.Arguments[0].Value);
        }
    }

    private void FollowArgument(IArgumentOperation argument, bool isList, int depth)
    {
        switch (argument.Parent)
        {
            case IPropertyReferenceOperation { Property.IsIndexer: true } indexer:
                if (_lookups.Indexer(indexer, _header, _cancellationToken) is { } read)
                {
                    _accesses.Add(read);
                }

                break;
            case IInvocationOperation call when isList && argument.Parameter?.Ordinal == 0 && call.TargetMethod.IsExtensionMethod && !_scope.Model.Declares(call.TargetMethod):
                FollowListCall(call, depth);
                break;
            case IInvocationOperation call when !isList && _lookups.Call(call, argument, _header, _cancellationToken) is { } access:
                _accesses.Add(access);
                break;
            case IInvocationOperation { TargetMethod.Name: "Equals" or "Compare" or "CompareOrdinal" } equals when !isList:
                FollowEquals(equals, argument);
                break;
            case IInvocationOperation call when argument.Parameter is { } parameter:
                if (_helperDepth > 0)
                {
                    FollowHelper(call, parameter, isList);
                }

                break;
        }
    }

    private void FollowEquals(IInvocationOperation equals, IArgumentOperation name)
    {
        if (equals.Instance is { } instance && instance.Type?.SpecialType == SpecialType.System_String)
        {
            FollowKeyComparison(equals, instance);
            return;
        }

        foreach (var argument in equals.Arguments)
        {
            if (argument != name && argument.Value.Type?.SpecialType == SpecialType.System_String)
            {
                FollowKeyComparison(equals, argument.Value);
                return;
            }
        }
    }

    private void FollowKeyComparison(IOperation comparison, IOperation key)
    {
        if (_lookups.KeyComparison(comparison, key, _header, _cancellationToken) is { } access)
        {
            _accesses.Add(access);
        }
    }

    // names.Any(n => headers.ContainsKey(n)), names.Select(n => headers[n]), names.Any(headers.ContainsKey)
    private void FollowListCall(IInvocationOperation call, int depth)
    {
        if (call.TargetMethod.Name is "ToList" or "ToArray" or "AsEnumerable" or "AsSpan" or "Concat" or "Distinct" or "Reverse")
        {
            Follow(call, isList: true, depth - 1);
            return;
        }

        foreach (var argument in call.Arguments)
        {
            switch (argument.Value.Unwrapped())
            {
                case IDelegateCreationOperation { Target: IAnonymousFunctionOperation { Symbol.Parameters: { Length: > 0 } parameters } lambda }:
                    FollowParameter(lambda.Body, parameters[0], isList: false, depth);
                    break;
                case IDelegateCreationOperation { Target: IMethodReferenceOperation { Method.Name: "ContainsKey" or "Contains", Instance: { } instance } }
                    when call.TargetMethod.Name == "Any" && _lookups.KindOfEither(instance, _cancellationToken) is { } kind:
                    _accesses.Add(new HeaderAccess(_header, kind, call, Carried.Presence));
                    break;
            }
        }
    }

    private void FollowParameter(IOperation body, IParameterSymbol parameter, bool isList, int depth)
    {
        foreach (var operation in body.DescendantsAndSelf())
        {
            if (operation is IParameterReferenceOperation reference && SymbolEqualityComparer.Default.Equals(reference.Parameter, parameter) && !reference.IsWritten())
            {
                Follow(reference, isList, depth - 1);
            }
        }
    }

    // A helper that is given the collection too may be given that of a response.
    private bool IsOfRequest(HeaderAccess inside, IInvocationOperation call)
    {
        if (HeaderLookups.CollectionOf(inside.Operation) is IParameterReferenceOperation { Parameter: { ContainingSymbol: IMethodSymbol owner } parameter }
            && SymbolEqualityComparer.Default.Equals(owner, call.TargetMethod.OriginalDefinition))
        {
            foreach (var argument in call.Arguments)
            {
                if (argument.Parameter?.Ordinal == parameter.Ordinal)
                {
                    return _lookups.KindOfEither(argument.Value, _cancellationToken) is not null;
                }
            }
        }

        return true;
    }

    // A helper that takes the name: what it yields is yielded by the call, and the call is where the name is.
    private void FollowHelper(IInvocationOperation call, IParameterSymbol parameter, bool isList)
    {
        var method = call.TargetMethod.OriginalDefinition;
        if (_scope.Model.BodyOf(method, _cancellationToken) is not { } body)
        {
            return;
        }

        var found = new List<HeaderAccess>();
        new NameFlow(_scope, _header, found, carriers: null, _helperDepth - 1, _cancellationToken)
            .FollowParameter(body, method.Parameters[parameter.Ordinal], isList, DeepestChain);
        foreach (var access in found)
        {
            if (IsOfRequest(access, call) && HelperResult.Of(access, call, method, _scope, _cancellationToken) is { } result)
            {
                _accesses.Add(result);
            }
        }
    }
}
