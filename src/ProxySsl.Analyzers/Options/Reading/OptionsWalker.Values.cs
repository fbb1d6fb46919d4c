using System;
using System.Collections.Immutable;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;
using ProxySsl.Analyzers.Flow;

namespace ProxySsl.Analyzers.Options;

internal sealed partial class OptionsWalker
{
    private const int DeepestChain = 8;

    private bool IsFlagsType(ITypeSymbol? type) => type is not null && SymbolEqualityComparer.Default.Equals(type, Symbols.ForwardedHeadersFlags);

    private static Func<int, int, int>? FlagOperator(BinaryOperatorKind kind) => kind switch
    {
        BinaryOperatorKind.Or or BinaryOperatorKind.Add => static (l, r) => l | r,
        BinaryOperatorKind.And => static (l, r) => l & r,
        BinaryOperatorKind.ExclusiveOr => static (l, r) => l ^ r,
        _ => null,
    };

    /// <summary>Every value that a flags expression can have here.</summary>
    private FlagValues FlagsOf(IOperation value, int depth = DeepestChain)
    {
        value = value.Unwrapped();
        if (value.ConstantValue is { HasValue: true, Value: { } constant and not string })
        {
            return FlagValues.Of(Convert.ToInt64(constant, System.Globalization.CultureInfo.InvariantCulture));
        }

        switch (value)
        {
            case IBinaryOperation binary when FlagOperator(binary.OperatorKind) is { } operation:
                return FlagValues.Combine(FlagsOf(binary.LeftOperand, depth), FlagsOf(binary.RightOperand, depth), operation);
            case IUnaryOperation { OperatorKind: UnaryOperatorKind.BitwiseNegation } not:
                return FlagValues.Combine(FlagsOf(not.Operand, depth), FlagValues.Of(0), static (l, _) => ~l);
            case IConditionalOperation { WhenFalse: { } whenFalse } conditional:
                return EnvironmentCondition.Evaluate(conditional.Condition) switch
                {
                    Truth.True => FlagsOf(conditional.WhenTrue, depth),
                    Truth.False => FlagsOf(whenFalse, depth),
                    _ => FlagsOf(conditional.WhenTrue, depth).Or(FlagsOf(whenFalse, depth)),
                };
            case ILocalReferenceOperation local:
                return ValueOf(local.Local) is FlagsValue { Values: var known } ? known : FlagValues.Unknown;
            case IPropertyReferenceOperation { Property: { Name: "ForwardedHeaders" } property } read
                when IsOptionsType(property.ContainingType) && Visit(read.Instance) is ObjectValue { Objects.Length: 1 } options:
                return StateOf(options.Objects[0]).Flags.Values;
            case IFieldReferenceOperation or IPropertyReferenceOperation when depth > 0 && MemberValue.Of(value, Model, CancellationToken) is { } initial:
                return FlagsOf(initial, depth - 1);
            default:
                Visit(value);
                return FlagValues.Unknown;
        }
    }

    private static bool ReadsFlags(IOperation value) =>
        value.DescendantsAndSelf().Any(o => o is IPropertyReferenceOperation { Property: { Name: "ForwardedHeaders", ContainingType.Name: "ForwardedHeadersOptions" } });

    private static LimitValue LimitOf(IOperation value, Location location)
    {
        var read = value.Unwrapped();
        if (read is ILocalReferenceOperation local && local.SingleValue() is { } single)
        {
            read = single.Unwrapped();
        }

        return read switch
        {
            { ConstantValue: { HasValue: true, Value: int limit } } => new(limit, true, location),
            { ConstantValue: { HasValue: true, Value: null } } or IDefaultValueOperation => new(null, true, location),
            _ => new(null, false, location),
        };
    }

    private string? TextOf(IOperation value) => value.Unwrapped() is IFieldReferenceOperation { Field: { Name: "Empty", ContainingType.SpecialType: SpecialType.System_String } }
        ? ""
        : ConstantText.Read(value, Model, CancellationToken);

    private HostsState HostsOf(IOperation value)
    {
        Escape(Visit(value));
        var unwrapped = value.Unwrapped();
        var elements = WrittenCollection.Elements(value, Model, CancellationToken);
        if (elements.IsEmpty)
        {
            var isEmptyList = unwrapped is IObjectCreationOperation { Arguments.Length: 0, Initializer: null } or IArrayCreationOperation
                || unwrapped.Syntax is CollectionExpressionSyntax { Elements.Count: 0 }
                || unwrapped is IInvocationOperation { TargetMethod: { Name: "Empty", ContainingType.Name: "Array" or "Enumerable" } };
            return isEmptyList ? new HostsState(false, false, ImmutableArray<HostEntry>.Empty) : HostsState.NotKnown;
        }

        return HostsOf(elements);
    }

    private HostsState HostsOf(ImmutableArray<IOperation> elements)
    {
        var entries = ImmutableArray.CreateBuilder<HostEntry>();
        foreach (var element in elements)
        {
            if (TextOf(element) is not { } text)
            {
                return HostsState.NotKnown;
            }

            entries.Add(new HostEntry(text, element.Syntax.GetLocation()));
        }

        return new HostsState(false, false, entries.ToImmutable());
    }

    private void AddHosts(ImmutableArray<TrackedOptions> objects, ImmutableArray<IOperation> elements)
    {
        if (elements.IsEmpty)
        {
            return;
        }

        var added = HostsOf(elements);
        Update(objects, s => s with { Hosts = added.IsUnknown ? HostsState.NotKnown : s.Hosts.With(added.Entries) });
    }

    private PlaceContext ContextAt(IOperation operation) => PlaceContextReader.At(operation.Syntax, Model.SemanticModelOf(operation.Syntax.SyntaxTree), CancellationToken);

    private PlaceContext ContextAt(IMethodSymbol method) =>
        Model.DeclarationOf(method, CancellationToken) is { } syntax
            ? PlaceContextReader.InBodyOf(syntax, Model.SemanticModelOf(syntax.SyntaxTree), CancellationToken)
            : new PlaceContext(null, false);
}
