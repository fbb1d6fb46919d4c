using System;
using System.Collections.Immutable;
using System.Net;
using System.Threading;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;
using ProxySsl.Analyzers.Flow;
using ProxySsl.Analyzers.Knowledge;

namespace ProxySsl.Analyzers.Options;

/// <summary>
/// Reads the address or network that an expression makes: <c>Parse</c> of a text, the named addresses, the constructors of both network
/// types, <c>MapToIPv6</c>, and these through locals that are written once. Anything else is not read.
/// </summary>
internal static class EntryReader
{
    private const int DeepestChain = 8;

    /// <summary>The entries that a value can be; none where it is not known.</summary>
    /// <param name="value">What is added to a list.</param>
    /// <param name="list">The list.</param>
    /// <param name="valuesOf">The values that the variable of a loop over written-out values goes through.</param>
    /// <param name="model">The compilation.</param>
    /// <param name="cancellationToken">Stops the reading.</param>
    internal static ImmutableArray<(KnownEntry Entry, Location Location)> Read(
        IOperation value, KnownListKind list, Func<ILocalSymbol, ImmutableArray<IOperation>> valuesOf, CompilationModel model, CancellationToken cancellationToken)
    {
        var reader = new Reader(model, null, null, cancellationToken);
        var entry = list == KnownListKind.Proxies ? reader.Address(value, DeepestChain) : reader.Network(value, DeepestChain);
        if (entry is not null)
        {
            return ImmutableArray.Create((entry, value.Syntax.GetLocation()));
        }

        foreach (var operation in value.DescendantsAndSelf())
        {
            if (operation is ILocalReferenceOperation { Local: var local } && valuesOf(local) is { IsEmpty: false } values)
            {
                var entries = ImmutableArray.CreateBuilder<(KnownEntry, Location)>();
                foreach (var one in values)
                {
                    var bound = new Reader(model, local, one, cancellationToken);
                    if ((list == KnownListKind.Proxies ? bound.Address(value, DeepestChain) : bound.Network(value, DeepestChain)) is { } read)
                    {
                        entries.Add((read, one.Syntax.GetLocation()));
                    }
                }

                return entries.ToImmutable();
            }
        }

        return ImmutableArray<(KnownEntry, Location)>.Empty;
    }

    private readonly struct Reader(CompilationModel model, ILocalSymbol? variable, IOperation? bound, CancellationToken cancellationToken)
    {
        internal KnownEntry? Address(IOperation value, int depth)
        {
            value = value.Unwrapped();
            if (depth == 0)
            {
                return null;
            }

            switch (value)
            {
                case ILocalReferenceOperation local:
                    return Value(local) is { } single ? Address(single, depth - 1) : null;
                case IFieldReferenceOperation { Field: { ContainingType.Name: "IPAddress", IsStatic: true } field }:
                    return Named(field.Name) is { } named ? new KnownEntry(named.ToString(), named, null) : null;
                case IInvocationOperation { TargetMethod: { Name: "Parse", ContainingType.Name: "IPAddress" } } parse when parse.Arguments.Length == 1:
                    return Text(parse.Arguments[0].Value) is { } text ? KnownEntry.OfAddress(text) : null;
                case IInvocationOperation { TargetMethod: { Name: "MapToIPv6" or "MapToIPv4", ContainingType.Name: "IPAddress" } mapping, Instance: { } instance }:
                    if (Address(instance, depth - 1)?.Address is { } address)
                    {
                        var mapped = mapping.Name == "MapToIPv6" ? address.MapToIPv6() : address.MapToIPv4();
                        return new KnownEntry(mapped.ToString(), mapped, null);
                    }

                    // of any address: what MapToIPv6 makes is the mapped form
                    return mapping.Name == "MapToIPv6" ? new KnownEntry("MapToIPv6()", IPAddress.Loopback.MapToIPv6(), null) : null;
                default:
                    return null;
            }
        }

        internal KnownEntry? Network(IOperation value, int depth)
        {
            value = value.Unwrapped();
            if (depth == 0)
            {
                return null;
            }

            switch (value)
            {
                case ILocalReferenceOperation local:
                    return Value(local) is { } single ? Network(single, depth - 1) : null;
                case IInvocationOperation { TargetMethod: { Name: "Parse", ContainingType.Name: "IPNetwork" } } parse when parse.Arguments.Length is 1 or 2:
                    return Text(parse.Arguments[0].Value) is { } text ? KnownEntry.OfNetwork(text) : null;
                case IObjectCreationOperation { Type.Name: "IPNetwork", Arguments: { Length: 2 } arguments }:
                    return Address(arguments[0].Value, depth - 1) is { Address: { } address } && Number(arguments[1].Value) is { } bits
                        ? new KnownEntry(address + "/" + bits.ToString(System.Globalization.CultureInfo.InvariantCulture), address, bits)
                        : null;
                default:
                    return null;
            }
        }

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

        private int? Number(IOperation value)
        {
            value = value.Unwrapped();
            return value.ConstantValue is { HasValue: true, Value: int number } ? number
                : value is ILocalReferenceOperation local && Value(local)?.Unwrapped().ConstantValue is { HasValue: true, Value: int through } ? through
                : null;
        }

        private string? Text(IOperation value) => value.Unwrapped() is ILocalReferenceOperation local && SymbolEqualityComparer.Default.Equals(local.Local, variable)
            ? ConstantText.Read(bound!, model, cancellationToken)
            : ConstantText.Read(value, model, cancellationToken);

        private IOperation? Value(ILocalReferenceOperation local) =>
            SymbolEqualityComparer.Default.Equals(local.Local, variable) ? bound : local.SingleValue();
    }
}
