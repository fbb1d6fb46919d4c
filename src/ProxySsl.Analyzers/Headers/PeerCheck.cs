using System.Collections.Generic;
using System.Threading;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;
using ProxySsl.Analyzers.Flow;

namespace ProxySsl.Analyzers.Headers;

/// <summary>
/// Tells conditions that check the address of the peer, <c>Connection.RemoteIpAddress</c>: handed to a method, compared, looked up in a list
/// of proxies. Asking only whether there is one is no check.
/// </summary>
internal sealed class PeerCheck(HeadersScope scope)
{
    private const int DeepestHelper = 3;

    // Every access of a member stands behind the same conditions.
    private readonly Dictionary<IOperation, bool> _conditions = [];

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

    /// <summary>Whether an operation runs only where such a condition has been answered: in its branch, or after a branch that leaves.</summary>
    internal bool Guards(IOperation operation, CancellationToken cancellationToken)
    {
        for (var current = operation; current.Parent is { } parent; current = parent)
        {
            switch (parent)
            {
                case IConditionalOperation conditional when conditional.Condition != current && Is(conditional.Condition, cancellationToken):
                case IBinaryOperation { OperatorKind: BinaryOperatorKind.ConditionalAnd or BinaryOperatorKind.ConditionalOr } binary
                    when binary.RightOperand == current && Is(binary.LeftOperand, cancellationToken):
                    return true;
                case IBlockOperation block:
                    foreach (var sibling in block.Operations)
                    {
                        if (sibling == current)
                        {
                            break;
                        }

                        if (sibling is IConditionalOperation { Type: null } before && (Branches.Leaves(before.WhenTrue) || Branches.Leaves(before.WhenFalse))
                            && Is(before.Condition, cancellationToken))
                        {
                            return true;
                        }
                    }

                    break;
            }
        }

        return false;
    }

    private bool Is(IOperation condition, int depth, CancellationToken cancellationToken)
    {
        foreach (var operation in condition.DescendantsAndSelf())
        {
            switch (operation)
            {
                case IPropertyReferenceOperation { Property.Name: "RemoteIpAddress" } peer when IsPeer(peer):
                    if (IsChecked(peer))
                    {
                        return true;
                    }

                    break;
                case ILocalReferenceOperation local when depth > 0 && local.SingleValue() is { } value:
                    if (local.Type?.SpecialType == SpecialType.System_Boolean ? Is(value, depth - 1, cancellationToken) : IsPeerValue(value) && IsChecked(local))
                    {
                        return true;
                    }

                    break;
                case ILocalReferenceOperation local when IsTakenFromPeer(local):
                    if (IsChecked(local))
                    {
                        return true;
                    }

                    break;
                case IParameterReferenceOperation { Type.Name: "IPAddress", Parameter.Name: var name } parameter
                    when name.IndexOf("remote", System.StringComparison.OrdinalIgnoreCase) >= 0 || name.IndexOf("peer", System.StringComparison.OrdinalIgnoreCase) >= 0:
                    if (IsChecked(parameter))
                    {
                        return true;
                    }

                    break;
                case IInvocationOperation { Type.SpecialType: SpecialType.System_Boolean } call when depth > 0 && TakesContext(call)
                    && scope.Model.BodyOf(call.TargetMethod.OriginalDefinition, cancellationToken) is { } body:
                    if (Is(body, depth - 1, cancellationToken))
                    {
                        return true;
                    }

                    break;
            }
        }

        return false;
    }

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

    // connection.RemoteIpAddress is { } address, connection is { RemoteIpAddress: { } address }
    private bool IsTakenFromPeer(ILocalReferenceOperation local) => OperationIndex.Of(local).TestedValue(local.Local) is { } value && IsPeerValue(value);

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

    // Climbs from the address to what is asked of it.
    private static bool IsChecked(IOperation address)
    {
        for (var current = address; current.Parent is { } parent; current = parent)
        {
            switch (parent)
            {
                case IConversionOperation or IParenthesizedOperation or IConditionalAccessOperation or ICoalesceOperation:
                    continue;
                case IInvocationOperation { TargetMethod.Name: "ToString" or "MapToIPv4" or "MapToIPv6" or "GetAddressBytes" }:
                    continue;
                case IArgumentOperation { Parent: IInvocationOperation { TargetMethod.Name: "IsNullOrEmpty" or "IsNullOrWhiteSpace" } }:
                    return false;
                case IArgumentOperation or IInvocationOperation:
                    return true;
                case IBinaryOperation { OperatorKind: BinaryOperatorKind.Equals or BinaryOperatorKind.NotEquals } binary:
                    return !ValueUses.IsNothing(binary.LeftOperand == current ? binary.RightOperand : binary.LeftOperand);
                default:
                    return false;
            }
        }

        return false;
    }
}
