using System.Collections.Generic;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;
using ProxySsl.Analyzers.Flow;

namespace ProxySsl.Analyzers.Options;

/// <summary>
/// Which variables, members and configuration keys conditions have asked about: a collection that was asked for its size before a loop is
/// taken to have been found not empty.
/// </summary>
internal sealed class TestedCollections
{
    private const int DeepestChain = 4;

    private readonly HashSet<ISymbol> _tested = new(SymbolEqualityComparer.Default);
    private readonly HashSet<string> _keys = new(System.StringComparer.OrdinalIgnoreCase);

    /// <summary>
    /// What a condition asks about counts as asked about from here on: each variable, member and configuration key, but not the object that a
    /// member or key is only looked up in. <c>settings.WithHost</c> says nothing about <c>settings.Proxies</c>.
    /// </summary>
    internal void Note(IOperation condition) => Note(condition, DeepestChain);

    private void Note(IOperation condition, int depth)
    {
        foreach (var operation in condition.DescendantsAndSelf())
        {
            if (KeyOf(operation) is { } key)
            {
                _keys.Add(key);
            }

            if (operation.ReferencedSymbol() is not { } symbol || IsLookedUpIn(operation))
            {
                continue;
            }

            _tested.Add(symbol);
            if (depth > 0 && operation is ILocalReferenceOperation { Type.SpecialType: SpecialType.System_Boolean } local && local.SingleValue() is { } value)
            {
                Note(value, depth - 1); // var hasProxies = proxies.Length > 0;
            }
        }
    }

    /// <summary>Whether a collection comes from one that was asked about, or is the addresses of a host name: resolving throws where there are none.</summary>
    internal bool Contains(IOperation collection)
    {
        for (var operation = collection.Unwrapped(); ; operation = operation.Unwrapped())
        {
            if ((operation.ReferencedSymbol() is { } symbol && _tested.Contains(symbol)) || (KeyOf(operation) is { } key && _keys.Contains(key)))
            {
                return true;
            }

            if (operation is IInvocationOperation { TargetMethod.ContainingType: var type } && type.HasFullName("System.Net.Dns"))
            {
                return true;
            }

            var next = operation switch
            {
                IAwaitOperation awaited => awaited.Operation,
                IInvocationOperation call => Receiver(call),
                IPropertyReferenceOperation { Instance: { } instance } => instance,
                IConditionalAccessOperation access => access.Operation,
                ICoalesceOperation coalesce => coalesce.Value,
                ILocalReferenceOperation local => local.SingleValue(),
                _ => null,
            };
            if (next is null)
            {
                return false;
            }

            operation = next;
        }
    }

    private static IOperation? Receiver(IInvocationOperation call) =>
        call.Instance ?? (call.TargetMethod.IsExtensionMethod && call.Arguments.Length > 0 ? call.Arguments[0].Value : null);

    // The object of another member than its size, or the configuration of a key.
    private static bool IsLookedUpIn(IOperation operation)
    {
        var whole = operation;
        while (whole.Parent is IConversionOperation or IParenthesizedOperation || (whole.Parent is IConditionalAccessOperation access && access.Operation == whole))
        {
            whole = whole.Parent;
            if (whole is IConditionalAccessOperation { WhenNotNull: var accessed })
            {
                return accessed.DescendantsAndSelf().Any(o => o is IPropertyReferenceOperation { Instance: IConditionalAccessInstanceOperation, Property.Name: var other } && !IsSize(other));
            }
        }

        return whole.Parent switch
        {
            IPropertyReferenceOperation { Property: { IsIndexer: false, Name: var name } } member when member.Instance == whole => !IsSize(name),
            IFieldReferenceOperation field => field.Instance == whole,
            IPropertyReferenceOperation element => element.Instance == whole && KeyOf(element) is not null,
            IInvocationOperation call => call.Instance == whole && KeyOf(call) is not null,
            IArgumentOperation { Parent: IInvocationOperation call } argument => KeyOf(call) is not null && argument.Value == whole,
            _ => false,
        };
    }

    private static bool IsSize(string property) => property is "Count" or "Length" or "LongLength" or "IsEmpty" or "IsDefaultOrEmpty";

    // configuration["key"], configuration.GetSection("key"), configuration.GetValue<string>("key")
    private static string? KeyOf(IOperation operation)
    {
        var (receiver, arguments) = operation switch
        {
            IPropertyReferenceOperation { Property.IsIndexer: true, Instance: { } instance } element => (instance, element.Arguments),
            IInvocationOperation call when Receiver(call) is { } instance => (instance, call.Arguments),
            _ => default,
        };
        return receiver is not null && IsConfiguration(receiver.Unwrapped().Type)
            ? arguments.Select(a => a.Value.Unwrapped().ConstantValue is { HasValue: true, Value: string key } ? key : null).FirstOrDefault(k => k is not null)
            : null;
    }

    private static bool IsConfiguration(ITypeSymbol? type) => type is not null
        && (type.Name == "IConfiguration" || type.AllInterfaces.Any(i => i.Name == "IConfiguration" && i.ContainingNamespace is { Name: "Configuration", ContainingNamespace.Name: "Extensions" }));
}
