using System.Collections.Generic;
using System.Linq;
using System.Text.RegularExpressions;
using System.Threading;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;
using ProxySsl.Analyzers.Flow;

namespace ProxySsl.Analyzers.Headers;

/// <summary>
/// Tells conditions that check the peer: its address, <c>Connection.RemoteIpAddress</c>, handed to a method, compared, looked up in a list of
/// proxies, or a secret that the proxy alone knows. Asking only whether there is one is no check.
/// </summary>
internal sealed class PeerCheck(HeadersScope scope)
{
    private const int DeepestHelper = 3;

    // settings.ProxySecret, headers["X-Origin-Verify"] (CloudFront), headers["X-Azure-FDID"] (Front Door): what a proxy proves itself with.
    // Whole words: a knowledgeKey and an OriginalToken are none.
    private static readonly Regex Secret = new(
        @"(?:^|[^A-Za-z]|(?<=[a-z])(?=[A-Z]))(?:(?i:proxy|edge|origin|gateway|cdn)(?![a-z]).*(?i:secret|key|token)|(?i:front-?_?door).*(?i:id|secret|key)|(?i:fdid|origin-?_?verify))",
        RegexOptions.CultureInvariant);

    private static readonly Regex TrustedSender = new("(trusted|known|allowed)_?(proxy|peer|sender|source|remote|gateway)", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant);

    private static readonly string[] PeerWords = ["RemoteIpAddress", "Secret", "Key", "Token", "FDID", "FrontDoor", "Verify", "Trusted", "Known", "Allowed"];

    // Every access of a member stands behind the same conditions, and behind the same calls that refuse.
    private readonly Dictionary<IOperation, bool> _conditions = [];

    private readonly CallerSearch<bool> _guardedMethods = new();
    private bool? _asksForPeers;

    /// <summary>Whether a condition checks the peer, in itself, through a local, or in a helper of the compilation.</summary>
    internal bool Is(IOperation? condition, CancellationToken cancellationToken)
    {
        if (condition is null)
        {
            return false;
        }

        if (!_conditions.TryGetValue(condition, out var isPeer))
        {
            _conditions[condition] = isPeer = Is(condition, DeepestHelper, cancellationToken);
        }

        return isPeer;
    }

    /// <summary>
    /// Whether an operation runs only where such a condition has been answered: in its branch, after a branch that leaves, or in a member
    /// whose every caller has asked.
    /// </summary>
    internal bool Guards(IOperation operation, CancellationToken cancellationToken) => Guards(operation, DeepestHelper, cancellationToken) == true;

    private bool? Guards(IOperation operation, int depth, CancellationToken cancellationToken) =>
        IsGuardedInMember(operation, cancellationToken) ? true
        : TrailReader.EnclosingMethod(operation) is { MethodKind: MethodKind.Ordinary or MethodKind.LocalFunction } method ? AreCallersGuarded(method, depth, cancellationToken)
        : false;

    private bool? AreCallersGuarded(IMethodSymbol method, int depth, CancellationToken cancellationToken)
    {
        _asksForPeers ??= scope.Model.FilesThatSpell(PeerWords, cancellationToken).Count > 0;
        return _asksForPeers == false ? false
            : depth == 0 ? _guardedMethods.CutOff(false)
            : _guardedMethods.Of(method, () =>
            {
                var callers = scope.References.Of(method, cancellationToken);
                bool? isGuarded = callers.Count > 0 ? null : false;
                foreach (var caller in callers)
                {
                    isGuarded = (caller is IInvocationOperation ? Guards(caller, depth - 1, cancellationToken) : false) ?? isGuarded;
                    if (isGuarded == false)
                    {
                        break;
                    }
                }

                return isGuarded;
            });
    }

    private bool IsGuardedInMember(IOperation operation, CancellationToken cancellationToken)
    {
        for (var current = operation; current.Parent is { } parent; current = parent)
        {
            switch (parent)
            {
                case IConditionalOperation conditional when conditional.Condition != current && IsAnswered(conditional.Condition, conditional.WhenTrue == current, cancellationToken):
                case IBinaryOperation { OperatorKind: BinaryOperatorKind.ConditionalAnd or BinaryOperatorKind.ConditionalOr } binary
                    when binary.RightOperand == current && IsAnswered(binary.LeftOperand, binary.OperatorKind == BinaryOperatorKind.ConditionalAnd, cancellationToken):
                case ISwitchExpressionArmOperation { Parent: ISwitchExpressionOperation { Value: var chosen } } arm when arm.Value == current && IsChosen(chosen, arm.Pattern, arm.Guard, cancellationToken):
                case ISwitchCaseOperation { Parent: ISwitchOperation { Value: var value } } section when section.Body.Contains(current) && IsPeerText(value) && !section.Clauses.Any(c => c is IDefaultCaseClauseOperation):
                    return true;
                case IBlockOperation block:
                    foreach (var sibling in block.Operations)
                    {
                        if (sibling == current)
                        {
                            break;
                        }

                        if (sibling is IConditionalOperation { Type: null } before
                            && ((Branches.Leaves(before.WhenTrue) && IsAnswered(before.Condition, answer: false, cancellationToken))
                                || (Branches.Leaves(before.WhenFalse) && IsAnswered(before.Condition, answer: true, cancellationToken))))
                        {
                            return true;
                        }

                        if (sibling is IExpressionStatementOperation { Operation: IInvocationOperation call } && Refuses(call, cancellationToken))
                        {
                            return true;
                        }
                    }

                    break;
            }
        }

        return false;
    }

    // Who is on a list is not trusted where the answer is that he is not: it may be a list of the blocked as well.
    private bool IsAnswered(IOperation condition, bool answer, CancellationToken cancellationToken) =>
        Is(condition, cancellationToken) && (ListedWhen(condition) ?? answer) == answer;

    private bool IsChosen(IOperation value, IPatternOperation pattern, IOperation? guard, CancellationToken cancellationToken) =>
        Is(guard, cancellationToken)
        || (IsPeerText(value) && pattern is not (IDiscardPatternOperation or IDeclarationPatternOperation or INegatedPatternOperation));

    private bool IsPeerText(IOperation value) => IsPeerValue(value) || (value.Unwrapped() is ILocalReferenceOperation local && IsOfPeer(local));

    // Ensure(context); where that throws for a peer that is not known
    private bool Refuses(IInvocationOperation call, CancellationToken cancellationToken)
    {
        if (!TakesContext(call) || scope.Model.BodyOf(call.TargetMethod.OriginalDefinition, cancellationToken) is not { } body)
        {
            return false;
        }

        if (!_conditions.TryGetValue(body, out var refuses))
        {
            _conditions[body] = refuses = Refuses(body, cancellationToken);
        }

        return refuses;
    }

    private bool Refuses(IOperation body, CancellationToken cancellationToken)
    {
        foreach (var operation in body.DescendantsAndSelf())
        {
            if (operation is IConditionalOperation { Type: null } conditional && Branches.Statements(conditional.WhenTrue).Any(s => s is IThrowOperation or IExpressionStatementOperation { Operation: IThrowOperation })
                && IsAnswered(conditional.Condition, answer: false, cancellationToken))
            {
                return true;
            }
        }

        return false;
    }

    // What a condition answers where the peer is the one, on the list, or knows the secret that it asks for; null where that is not plain to see.
    private bool? ListedWhen(IOperation condition)
    {
        foreach (var operation in condition.DescendantsAndSelf())
        {
            var check = operation switch
            {
                IPropertyReferenceOperation { Property.Name: "RemoteIpAddress" } peer when IsPeer(peer) => CheckOf(peer),
                ILocalReferenceOperation local when IsOfPeer(local) => CheckOf(local),
                _ when IsSecret(operation) => CheckOf(operation),
                _ => null,
            };
            if (check is not null)
            {
                return SenseOf(check, condition);
            }
        }

        return null;
    }

    private static bool? SenseOf(IOperation check, IOperation condition)
    {
        bool sense;
        switch (check)
        {
            case IBinaryOperation binary:
                sense = binary.OperatorKind == BinaryOperatorKind.Equals;
                break;
            case IInvocationOperation { TargetMethod.Name: "Contains" or "ContainsKey" or "TryGetValue" or "Equals" or "IsLoopback" or "StartsWith" or "IsInSubnet" or "InRange" or "IsInRange" }:
                sense = true;
                break;
            default:
                return null;
        }

        for (var current = check; current != condition; current = current.Parent)
        {
            switch (current.Parent)
            {
                case IUnaryOperation { OperatorKind: UnaryOperatorKind.Not }:
                    sense = !sense;
                    break;
                case IIsPatternOperation { Pattern: IConstantPatternOperation { Value.ConstantValue: { HasValue: true, Value: bool expected } } }:
                    sense = sense == expected;
                    break;
                case IBinaryOperation { OperatorKind: BinaryOperatorKind.ConditionalAnd or BinaryOperatorKind.ConditionalOr or BinaryOperatorKind.And or BinaryOperatorKind.Or }:
                case IConversionOperation or IParenthesizedOperation or IConditionalAccessOperation or ICoalesceOperation:
                case IReturnOperation or IBlockOperation or IAnonymousFunctionOperation or IDelegateCreationOperation or IArgumentOperation:
                case IInvocationOperation { TargetMethod.Name: "Any" or "Exists" }:
                    break;
                default:
                    return null;
            }
        }

        return sense;
    }

    private bool Is(IOperation condition, int depth, CancellationToken cancellationToken)
    {
        foreach (var operation in condition.DescendantsAndSelf())
        {
            if (IsSecret(operation) && IsChecked(operation))
            {
                return true;
            }

            switch (operation)
            {
                case IPropertyReferenceOperation { Property.Name: "RemoteIpAddress" } peer when IsPeer(peer):
                    if (IsChecked(peer))
                    {
                        return true;
                    }

                    break;
                case ILocalReferenceOperation local when depth > 0 && local.SingleValue() is { } value:
                    if (IsPeerValue(value) && local.Type?.SpecialType != SpecialType.System_Boolean ? IsChecked(local) || (!IsAddress(local) && Is(value, depth - 1, cancellationToken)) : Is(value, depth - 1, cancellationToken))
                    {
                        return true;
                    }

                    break;
                case ILocalReferenceOperation local when IsOfPeer(local):
                    if (IsChecked(local))
                    {
                        return true;
                    }

                    break;
                case ILocalReferenceOperation { Type.SpecialType: SpecialType.System_Boolean } flag when depth > 0:
                    // var trusted = false; foreach (var proxy in proxies) { trusted |= proxy.Contains(peer); }
                    foreach (var reference in OperationIndex.Of(flag).References(flag.Local))
                    {
                        if (reference.Parent is IAssignmentOperation { Target: var target, Value: var given } && target == reference && Is(given, depth - 1, cancellationToken))
                        {
                            return true;
                        }
                    }

                    break;
                case IParameterReferenceOperation { Type.Name: "IPAddress", Parameter.Name: var name } parameter
                    when name.IndexOf("remote", System.StringComparison.OrdinalIgnoreCase) >= 0 || name.IndexOf("peer", System.StringComparison.OrdinalIgnoreCase) >= 0:
                    if (IsChecked(parameter))
                    {
                        return true;
                    }

                    break;
                case IInvocationOperation { Type.SpecialType: SpecialType.System_Boolean } call when TakesContext(call):
                    // what cannot be read is taken for what it is called
                    if (scope.Model.BodyOf(call.TargetMethod.OriginalDefinition, cancellationToken) is { } body
                        ? depth > 0 && Is(body, depth - 1, cancellationToken)
                        : Secret.IsMatch(call.TargetMethod.Name) || TrustedSender.IsMatch(call.TargetMethod.Name))
                    {
                        return true;
                    }

                    break;
            }
        }

        return false;
    }

    // By its name, or the key or header that it is found by.
    private static bool IsSecret(IOperation operation) => operation switch
    {
        IPropertyReferenceOperation { Property.IsIndexer: true, Arguments: { Length: 1 } arguments } => arguments[0].Value.Unwrapped().ConstantValue is { HasValue: true, Value: string key } && Secret.IsMatch(key),
        IMemberReferenceOperation { Member.Name: var name } => Secret.IsMatch(name),
        ILocalReferenceOperation { Local.Name: var name } => Secret.IsMatch(name),
        IParameterReferenceOperation { Parameter.Name: var name } => Secret.IsMatch(name),
        _ => false,
    };

    private bool IsPeer(IPropertyReferenceOperation property) =>
        SymbolEqualityComparer.Default.Equals(property.Property.ContainingType, scope.Model.Symbols.ConnectionInfo) || property.Property.ContainingType.Name == "IHttpConnectionFeature";

    private bool IsPeerValue(IOperation value)
    {
        foreach (var operation in value.DescendantsAndSelf())
        {
            if (operation is IPropertyReferenceOperation { Property.Name: "RemoteIpAddress" } property && IsPeer(property))
            {
                return true;
            }
        }

        return false;
    }

    // connection.RemoteIpAddress is { } address, connection is { RemoteIpAddress: { } address }, and what is declared as the address, also
    // where only another form of it is written to the variable later
    private bool IsOfPeer(ILocalReferenceOperation local)
    {
        var index = OperationIndex.Of(local);
        if ((index.TestedValue(local.Local) ?? index.InitialValue(local.Local)) is not { } value || !IsAddress(local) || !IsPeerValue(value))
        {
            return false;
        }

        foreach (var reference in index.References(local.Local))
        {
            if (reference.IsWritten() && !(reference.Parent is IAssignmentOperation { Value: IInvocationOperation { TargetMethod.Name: "MapToIPv4" or "MapToIPv6" } }))
            {
                return false;
            }
        }

        return true;
    }

    private static bool IsAddress(ILocalReferenceOperation local) => local.Type is { Name: "IPAddress" } or { SpecialType: SpecialType.System_String };

    private static bool TakesContext(IInvocationOperation call)
    {
        foreach (var argument in call.Arguments)
        {
            if (argument.Value.Type?.Name is "HttpContext" or "HttpRequest" or "ConnectionInfo")
            {
                return true;
            }
        }

        return false;
    }

    private static bool IsChecked(IOperation address) => CheckOf(address) is not null;

    // Climbs from the address to what is asked of it.
    private static IOperation? CheckOf(IOperation address)
    {
        for (var current = address; current.Parent is { } parent; current = parent)
        {
            switch (parent)
            {
                case IConversionOperation or IParenthesizedOperation or IConditionalAccessOperation or ICoalesceOperation:
                case IConditionalOperation { Type: not null } choice when choice.Condition != current:
                    continue;
                case IInvocationOperation { TargetMethod.Name: "ToString" or "MapToIPv4" or "MapToIPv6" or "GetAddressBytes" }:
                    continue;
                case IInvocationOperation call:
                    return Asks(call) ? call : null;
                case IArgumentOperation { Parent: IInvocationOperation call }:
                    return Asks(call) ? call : null;
                case IArgumentOperation argument:
                    return argument;
                case IInvalidOperation unresolved: // what does not compile may be the check
                    return unresolved;
                case IBinaryOperation { OperatorKind: BinaryOperatorKind.Equals or BinaryOperatorKind.NotEquals } binary:
                    return ValueUses.IsNothing(binary.LeftOperand == current ? binary.RightOperand : binary.LeftOperand) ? null : binary;
                default:
                    return null;
            }
        }

        return null;
    }

    // Whether there is a text, what form it has, and how often it came ask for no peer.
    private static bool Asks(IInvocationOperation call) => call.TargetMethod.Name switch
    {
        "IsNullOrEmpty" or "IsNullOrWhiteSpace" or "TryParse" or "Parse" or "TryAdd" or "Add" or "GetOrAdd" or "AddOrUpdate" => false,
        "Contains" when call.Instance?.Type?.SpecialType == SpecialType.System_String => call.Arguments.Length > 0 && call.Arguments[0].Value.ConstantValue is not { HasValue: true, Value: char or "." or ":" },
        _ => true,
    };
}
