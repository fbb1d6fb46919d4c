using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.Globalization;
using System.Linq;
using System.Net;
using System.Threading;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;
using ProxySsl.Analyzers.Flow;
using ProxySsl.Analyzers.Knowledge;

namespace ProxySsl.Analyzers.Options;

/// <summary>
/// Reads the address or network that an expression makes: <c>Parse</c> and <c>TryParse</c> of a text, the named addresses, the
/// constructors, <c>MapToIPv6</c>, and these through locals, readonly members, parameters and loops over written-out values. Anything else
/// is not read.
/// </summary>
/// <param name="model">The compilation.</param>
/// <param name="valuesOf">The expressions that the variable of a loop goes through, or that a call gives a parameter; none for others.</param>
/// <param name="cancellationToken">Stops the reading.</param>
internal sealed class EntryReader(CompilationModel model, Func<ISymbol, ImmutableArray<IOperation>> valuesOf, CancellationToken cancellationToken)
{
    private const int DeepestChain = 8;

    private ISymbol? _variable;
    private IOperation? _bound;

    /// <summary>
    /// The entries that a value can be, each at the expression that makes it what it is, and whether a switch has to be on for it; none where
    /// it is not known.
    /// </summary>
    /// <param name="value">What is added to a list.</param>
    /// <param name="list">The list.</param>
    internal IReadOnlyList<(KnownEntry Entry, Location Location, bool IsOptIn)> Read(IOperation value, KnownListKind list)
    {
        var entries = new List<(KnownEntry, Location, bool)>();
        foreach (var (choice, isOptIn) in Choices(value.InProduction()))
        {
            var (variable, values) = Source(choice, DeepestChain);
            foreach (var one in variable is null ? ImmutableArray.Create(choice) : values)
            {
                (_variable, _bound) = (variable, one);
                if ((list == KnownListKind.Proxies ? Address(choice, DeepestChain) : Network(choice, DeepestChain)) is { } entry)
                {
                    entries.Add((entry, one.Syntax.GetLocation(), isOptIn));
                }
            }
        }

        return entries;
    }

    // Of a choice, what a switch has to be turned on for is so marked.
    private IEnumerable<(IOperation Value, bool IsOptIn)> Choices(IOperation value)
    {
        switch (value)
        {
            case IConditionalOperation { Condition: var condition, WhenTrue: var whenTrue, WhenFalse: { } whenFalse }:
                var optIn = OptInCondition.Read(condition, model, cancellationToken);
                return [(whenTrue, optIn == Truth.True), (whenFalse, optIn == Truth.False)];
            case ICoalesceOperation { Value: var first, WhenNull: var otherwise }:
                return [(first, false), (otherwise, false)];
            default:
                return [(value, false)];
        }
    }

    // The variable that the value depends on, with what it can be.
    private (ISymbol? Variable, ImmutableArray<IOperation> Values) Source(IOperation value, int depth)
    {
        foreach (var operation in depth == 0 ? [] : value.DescendantsAndSelf())
        {
            if (operation is not (ILocalReferenceOperation or IParameterReferenceOperation))
            {
                continue;
            }

            var variable = operation.ReferencedSymbol()!;
            var values = valuesOf(variable);
            var given = values.Length == 1 ? values[0] : values.IsEmpty ? Single(operation) : null;
            if (given is not null && Source(given, depth - 1) is { Variable: not null } deeper)
            {
                return deeper;
            }

            if (values.Length > 0)
            {
                return (variable, values);
            }
        }

        return default;
    }

    private KnownEntry? Address(IOperation value, int depth)
    {
        value = value.InProduction();
        switch (value)
        {
            case IFieldReferenceOperation { Field: { IsStatic: true } field } when IsAddress(field.ContainingType):
                return Named(field.Name) is { } named ? new KnownEntry(named.ToString(), named, null) : null;
            case IInvocationOperation { TargetMethod: { Name: "Parse", ContainingType: var type }, Arguments: { Length: 1 } arguments } when IsAddress(type):
                return Text(arguments[0].Value) is { } text ? KnownEntry.OfAddress(text) : null;
            case IInvocationOperation { TargetMethod: { Name: "MapToIPv6" or "MapToIPv4", ContainingType: var type } mapping, Instance: { } instance } when IsAddress(type):
                if (depth > 0 && Address(instance, depth - 1) is { } entry)
                {
                    if (entry.Address is not { } address)
                    {
                        return entry; // no form of a text that is no address helps
                    }

                    var mapped = mapping.Name == "MapToIPv6" ? address.MapToIPv6() : address.MapToIPv4();
                    return new KnownEntry(mapped.ToString(), mapped, null);
                }

                // of any address: what MapToIPv6 makes is the mapped form
                return mapping.Name == "MapToIPv6" ? new KnownEntry("MapToIPv6()", IPAddress.Loopback.MapToIPv6(), null) : null;
            case IObjectCreationOperation { Type: INamedTypeSymbol type, Arguments: { Length: 1 } arguments } when IsAddress(type):
                return Made(arguments[0].Value) is { } made ? new KnownEntry(made.ToString(), made, null) : null;
            case ILocalReferenceOperation local when ParsedText(local, IsAddress) is { } tried:
                return KnownEntry.OfAddress(tried) is { Address: not null } parsed ? parsed : null;
            default:
                return depth > 0 && Given(value) is { } given ? Address(given, depth - 1) : null;
        }
    }

    private KnownEntry? Network(IOperation value, int depth)
    {
        value = value.InProduction();
        switch (value)
        {
            case IInvocationOperation { TargetMethod: { Name: "Parse", ContainingType: var type }, Arguments: { Length: 1 or 2 } arguments } when IsNetwork(type):
                return Text(arguments[0].Value) is { } text ? KnownEntry.OfNetwork(text) : null;
            case IObjectCreationOperation { Type: INamedTypeSymbol type, Arguments: { Length: 2 } arguments } when IsNetwork(type):
                var (start, length) = (arguments.First(a => a.Parameter?.Ordinal == 0).Value, Number(arguments.First(a => a.Parameter?.Ordinal == 1).Value, depth));
                var address = depth > 0 ? Address(start, depth - 1)?.Address : null;
                return length is not { } bits || (address is null && bits != 0) ? null
                    : address is not null ? new KnownEntry(address + "/" + bits.ToString(CultureInfo.InvariantCulture), address, bits)
                    : new KnownEntry(start.Syntax + "/0", IPAddress.Any, 0); // whatever the address is
            case ILocalReferenceOperation local when ParsedText(local, IsNetwork) is { } tried:
                return KnownEntry.OfNetwork(tried) is { Address: not null } parsed ? parsed : null;
            default:
                return depth > 0 && Given(value) is { } given ? Network(given, depth - 1) : null;
        }
    }

    private static bool IsAddress(INamedTypeSymbol type) => type.HasFullName("System.Net.IPAddress");

    private static bool IsNetwork(INamedTypeSymbol type) =>
        type.HasFullName("System.Net.IPNetwork") || type.HasFullName("Microsoft.AspNetCore.HttpOverrides.IPNetwork");

    private static IPAddress? Named(string name) => name switch
    {
        nameof(IPAddress.Any) => IPAddress.Any,
        nameof(IPAddress.IPv6Any) => IPAddress.IPv6Any,
        nameof(IPAddress.Loopback) => IPAddress.Loopback,
        nameof(IPAddress.IPv6Loopback) => IPAddress.IPv6Loopback,
        nameof(IPAddress.None) => IPAddress.None,
        nameof(IPAddress.IPv6None) => IPAddress.IPv6Any,
        _ => null,
    };

    // new IPAddress(new byte[] { 10, 0, 0, 1 }), new IPAddress(0)
    private IPAddress? Made(IOperation bytes)
    {
        if (bytes.ConstantValue is { HasValue: true, Value: long and >= 0 and <= uint.MaxValue and var number })
        {
            return new IPAddress(number);
        }

        var values = WrittenCollection.Elements(bytes, model, cancellationToken);
        return values.Length is 4 or 16 && values.All(v => v.Unwrapped().ConstantValue is { HasValue: true, Value: int or byte })
            ? new IPAddress(values.Select(v => Convert.ToByte(v.Unwrapped().ConstantValue.Value, CultureInfo.InvariantCulture)).ToArray())
            : null;
    }

    private int? Number(IOperation value, int depth)
    {
        value = value.InProduction();
        return value.ConstantValue is { HasValue: true, Value: int number } ? number
            : depth > 0 && Given(value) is { } given ? Number(given, depth - 1)
            : null;
    }

    private string? Text(IOperation value)
    {
        for (var depth = DeepestChain; depth > 0; depth--)
        {
            value = value.InProduction();
            if (ConstantText.Read(value, model, cancellationToken) is { } text)
            {
                return text;
            }

            if (Given(value) is not { } given)
            {
                break;
            }

            value = given;
        }

        return null;
    }

    // What a variable or member stands for.
    private IOperation? Given(IOperation reference)
    {
        if (reference is not (ILocalReferenceOperation or IParameterReferenceOperation))
        {
            return MemberValue.Of(reference, model, cancellationToken);
        }

        var variable = reference.ReferencedSymbol()!;
        return SymbolEqualityComparer.Default.Equals(variable, _variable) ? _bound
            : valuesOf(variable) is { Length: 1 } values ? values[0]
            : Single(reference);
    }

    private static IOperation? Single(IOperation reference) => reference is ILocalReferenceOperation local ? local.SingleValue() : null;

    // IPAddress.TryParse("10.0.0.1", out var address): the text, where this is all that is written to the local
    private string? ParsedText(ILocalReferenceOperation local, Func<INamedTypeSymbol, bool> isType)
    {
        IInvocationOperation? parse = null;
        foreach (var operation in local.Root().DescendantsAndSelf())
        {
            if (operation is not ILocalReferenceOperation other || !SymbolEqualityComparer.Default.Equals(other.Local, local.Local) || !other.IsWritten())
            {
                continue;
            }

            var argument = (other.Parent is IDeclarationExpressionOperation declaration ? declaration : (IOperation)other).Parent;
            if (parse is not null || argument?.Parent is not IInvocationOperation { TargetMethod: { Name: "TryParse", ContainingType: var type } } call || !isType(type))
            {
                return null;
            }

            parse = call;
        }

        return parse is { Arguments.Length: 2 } ? Text(parse.Arguments[0].Value) : null;
    }
}
