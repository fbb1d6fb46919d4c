using System.Linq;
using System.Threading;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;
using ProxySsl.Analyzers.Flow;

namespace ProxySsl.Analyzers.Headers;

/// <summary>
/// Tells decisions that do no more than write down what came in or put it right in the headers themselves: a log entry about an odd value, a
/// <c>wss</c> that becomes <c>https</c> before the framework's middleware reads it.
/// </summary>
internal static class HarmlessCode
{
    /// <summary>Whether all that hangs on a decision is such code.</summary>
    internal static bool IsAllOf(Decision decision, HeaderCollections collections, CancellationToken cancellationToken)
    {
        var regions = decision.Present.Concat(decision.Absent).ToList();
        return decision.Names.Count == 0
            && regions.Any(r => !IsCondition(r.Operation))
            && regions.All(r => r.IsBranch && (IsCondition(r.Operation) || Branches.Statements(r.Operation).All(s => Is(s, collections, cancellationToken))));
    }

    private static bool IsCondition(IOperation operation) => operation.Type?.SpecialType == SpecialType.System_Boolean;

    private static bool Is(IOperation statement, HeaderCollections collections, CancellationToken cancellationToken) => LoggedValue.IsEntry(statement) || statement switch
    {
        IExpressionStatementOperation { Operation: var expression } => expression.Unwrapped() switch
        {
            IInvocationOperation { TargetMethod.Name: "Remove" } call => ValueUses.IsHeaderStore(HeaderCollections.Receiver(call), collections, cancellationToken),
            ISimpleAssignmentOperation { Target: IPropertyReferenceOperation property } => ValueUses.IsHeaderStore(property.Instance, collections, cancellationToken),
            _ => false,
        },
        IConditionalOperation { Type: null } branch =>
            Branches.Statements(branch.WhenTrue).Concat(Branches.Statements(branch.WhenFalse)).All(s => Is(s, collections, cancellationToken)),
        _ => false,
    };
}
