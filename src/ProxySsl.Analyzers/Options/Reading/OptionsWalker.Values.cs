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
        value = Written(value);
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
            case IConditionalOperation { WhenFalse: { } whenFalse } choice:
                return FlagsOf(choice.WhenTrue, depth).Or(FlagsOf(whenFalse, depth));
            case ILocalReferenceOperation local when IsCaptured(local):
                return FlagValues.Unknown;
            case ILocalReferenceOperation or IParameterReferenceOperation:
                return ValueOf(value.ReferencedSymbol()!) is FlagsValue { Values: var known } ? known : FlagValues.Unknown;
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

    // A function that runs later finds what the local has then, where more than its declaration writes it.
    private static bool IsCaptured(ILocalReferenceOperation reference)
    {
        var isInner = false;
        for (var around = reference.Parent; around is not null; around = around.Parent)
        {
            var function = (around as IAnonymousFunctionOperation)?.Symbol ?? (around as ILocalFunctionOperation)?.Symbol;
            if (SymbolEqualityComparer.Default.Equals(function, reference.Local.ContainingSymbol))
            {
                break;
            }

            isInner |= function is not null;
        }

        return isInner && OperationIndex.Of(reference).References(reference.Local).Any(r => r.IsWritten());
    }

    private static bool ReadsFlags(IOperation value) =>
        value.DescendantsAndSelf().Any(o => o is IPropertyReferenceOperation { Property: { Name: "ForwardedHeaders", ContainingType.Name: "ForwardedHeadersOptions" } });

    private LimitValue LimitOf(IOperation value, Location location)
    {
        var read = Written(value);
        if (value.Unwrapped() is IParameterReferenceOperation && read is not IParameterReferenceOperation)
        {
            location = read.Syntax.GetLocation(); // the call says it, and others may say something else
        }

        for (var depth = 0; depth < DeepestChain; depth++)
        {
            var given = read is ILocalReferenceOperation local ? local.SingleValue() : MemberValue.Of(read, Model, CancellationToken);
            if (given is null || read.ConstantValue.HasValue)
            {
                break;
            }

            read = Written(given);
        }

        return read switch
        {
            { ConstantValue: { HasValue: true, Value: int or short or sbyte or byte or ushort } constant } =>
                new(Convert.ToInt32(constant.Value, System.Globalization.CultureInfo.InvariantCulture), true, location),
            { ConstantValue: { HasValue: true, Value: null } } or IDefaultValueOperation => new(null, true, location),
            _ => new(null, false, location),
        };
    }

    // The text that an expression is; null counts as the empty text.
    private string? TextOf(IOperation value) => Written(value) switch
    {
        IFieldReferenceOperation { Field: { Name: "Empty", ContainingType.SpecialType: SpecialType.System_String } } => "",
        { ConstantValue: { HasValue: true, Value: null } } => "",
        var written => ConstantText.Read(written, Model, CancellationToken),
    };

    private HostsState HostsOf(IOperation value)
    {
        Escape(Visit(value));
        var unwrapped = Written(value);
        var elements = ElementsOf(value);
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
        foreach (var element in elements.SelectMany(e => AnyOf(e)))
        {
            if (TextOf(element) is not { Length: > 0 } text)
            {
                return HostsState.NotKnown;
            }

            entries.Add(new HostEntry(text, element.Syntax.GetLocation()));
        }

        return new HostsState(false, false, entries.ToImmutable());
    }

    // What the variable of a loop goes through, or the expression itself.
    private ImmutableArray<IOperation> AnyOf(IOperation value) =>
        value.Unwrapped().ReferencedSymbol() is { } symbol && ValueOf(symbol) is AnyOfValue { Values: var values } ? values : ImmutableArray.Create(value);

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
