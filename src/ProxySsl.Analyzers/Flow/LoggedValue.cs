using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;
using ProxySsl.Analyzers.Headers;

namespace ProxySsl.Analyzers.Flow;

/// <summary>Tells whether a value only gets into a log, or back to whoever asked, directly or by way of a local or a <c>StringBuilder</c>.</summary>
internal static class LoggedValue
{
    /// <summary>Whether nothing but a log gets what an operation reads.</summary>
    internal static bool Is(IOperation read) => Is(read, deep: true);

    /// <summary>Whether all that hangs on what an operation reads, or on the condition that it is part of, is written to a log.</summary>
    internal static bool IsForLog(IOperation read) => Is(read) || (ConditionalOn(read) is { } choice && WritesLogAlone(choice));

    private static IConditionalOperation? ConditionalOn(IOperation part)
    {
        while (part.Type is not null && part.Parent is { } parent)
        {
            if (parent is IConditionalOperation { Type: null } choice && choice.Condition == part)
            {
                return choice;
            }

            part = parent;
        }

        return null;
    }

    private static bool WritesLogAlone(IConditionalOperation choice) =>
        Branches.Statements(choice.WhenTrue).Concat(Branches.Statements(choice.WhenFalse)).All(s => IsEntry(s) || (s is IConditionalOperation { Type: null } nested && WritesLogAlone(nested)));

    /// <summary>Whether a statement does nothing, or nothing but write to a log.</summary>
    internal static bool IsEntry(IOperation statement) => statement switch
    {
        IEmptyOperation => true,
        IExpressionStatementOperation { Operation: var expression } => expression.Unwrapped() switch
        {
            IInvocationOperation { TargetMethod: var method } => ValueUses.IsLogging(method),
            IConditionalAccessOperation { WhenNotNull: IInvocationOperation { TargetMethod: var method } } => ValueUses.IsLogging(method),
            IInvalidOperation { Syntax: InvocationExpressionSyntax unresolved } => ValueUses.IsLogging(unresolved),
            _ => false,
        },
        _ => false,
    };

    private static bool Is(IOperation read, bool deep)
    {
        for (var operation = read.Parent; operation is not null and not IBlockOperation; operation = operation.Parent)
        {
            switch (operation)
            {
                case IInvocationOperation { TargetMethod: var method } when ValueUses.IsLogging(method) || ValueUses.IsAnswering(method):
                case IInvalidOperation { Syntax: InvocationExpressionSyntax unresolved } when ValueUses.IsLogging(unresolved):
                    return true;
                case IVariableDeclaratorOperation { Symbol: var local }:
                    return deep && IsOnlyLogged(local, operation);
                case IInvocationOperation call when deep && BuilderOf(call) is { } builder:
                    return IsOnlyLogged(builder, call);
                case IAssignmentOperation { Parent: IObjectOrCollectionInitializerOperation or IAnonymousObjectCreationOperation }:
                    break;
                case IConditionalOperation or IAssignmentOperation or IReturnOperation:
                    return false;
            }
        }

        return false;
    }

    private static bool IsOnlyLogged(ILocalSymbol local, IOperation declaration)
    {
        foreach (var reference in OperationIndex.Of(declaration).References(local))
        {
            if (!Is(reference, deep: false) && !IsAppendedTo(reference))
            {
                return false;
            }
        }

        return true;
    }

    // The local whose text a call goes on with: text.Append(a).AppendLine(b)
    private static ILocalSymbol? BuilderOf(IInvocationOperation call)
    {
        IOperation? receiver = call;
        while (receiver is IInvocationOperation { TargetMethod: { ContainingType.Name: "StringBuilder", ReturnType.Name: "StringBuilder" } } append)
        {
            receiver = append.Instance;
        }

        return receiver is ILocalReferenceOperation { Type.Name: "StringBuilder", Local: var local } ? local : null;
    }

    private static bool IsAppendedTo(IOperation reference)
    {
        var outermost = reference;
        while (outermost.Parent is IInvocationOperation call && call.Instance == outermost && BuilderOf(call) is not null)
        {
            outermost = call;
        }

        return outermost != reference && outermost.Parent is IExpressionStatementOperation;
    }
}
