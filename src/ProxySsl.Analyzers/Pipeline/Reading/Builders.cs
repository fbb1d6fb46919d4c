using System.Collections.Generic;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;
using ProxySsl.Analyzers.Flow;

namespace ProxySsl.Analyzers.Pipeline;

/// <summary>
/// Tells which builder an expression stands for: a parameter, a field or property, or the expression that made it. Locals that are written
/// once and calls that return the builder they got stand for the same builder.
/// </summary>
internal sealed class Builders(AspNetCoreSymbols symbols)
{
    private const int DeepestChain = 400;

    private readonly Dictionary<ILocalSymbol, object> _locals = new(SymbolEqualityComparer.Default);

    /// <summary>Compares the keys of builders: symbols as symbols, expressions by place.</summary>
    internal static IEqualityComparer<object> Comparer { get; } = new KeyComparer();

    /// <summary>Whether values of a type are app builders.</summary>
    internal bool IsBuilder(ITypeSymbol? type)
    {
        if (type is null || symbols.ApplicationBuilder is not { } builder)
        {
            return false;
        }

        if (type is ITypeParameterSymbol parameter)
        {
            foreach (var constraint in parameter.ConstraintTypes)
            {
                if (constraint is not ITypeParameterSymbol && IsBuilder(constraint))
                {
                    return true;
                }
            }

            return false;
        }

        if (type.TypeKind is not (TypeKind.Interface or TypeKind.Class))
        {
            return false;
        }

        if (SymbolEqualityComparer.Default.Equals(type, builder) || SymbolEqualityComparer.Default.Equals(type, symbols.WebApplication))
        {
            return true;
        }

        foreach (var implemented in type.AllInterfaces)
        {
            if (SymbolEqualityComparer.Default.Equals(implemented, builder))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>The operand of a call that is a builder: its receiver, or the first argument that is passed as one.</summary>
    internal IOperation? OperandOf(IInvocationOperation call)
    {
        if (call.Instance is { } instance && IsBuilder(instance.Type))
        {
            return instance;
        }

        foreach (var argument in call.Arguments)
        {
            if (argument.Parameter is { } parameter && IsBuilder(parameter.Type) && IsBuilder(argument.Value.Unwrapped().Type))
            {
                return argument.Value;
            }
        }

        return null;
    }

    /// <summary>The receiver of the extension block whose member a body is, where it is a builder and the body uses it; null otherwise.</summary>
    internal IParameterSymbol? ReceiverIn(IOperation body)
    {
        foreach (var operation in body.DescendantsAndSelf())
        {
            if (operation is IParameterReferenceOperation { Parameter: { ContainingSymbol: INamedTypeSymbol } parameter } && IsBuilder(parameter.Type))
            {
                return parameter;
            }
        }

        return null;
    }

    /// <summary>The key of the builder that an expression stands for, or null where it is none.</summary>
    internal object? KeyOf(IOperation? expression) => KeyOf(expression, DeepestChain);

    private object? KeyOf(IOperation? expression, int depth)
    {
        if (expression is null || depth == 0)
        {
            return null;
        }

        expression = expression.Unwrapped();
        switch (expression)
        {
            case IParameterReferenceOperation parameter:
                return IsBuilder(parameter.Type) ? parameter.Parameter : null;
            case ILocalReferenceOperation local:
                return IsBuilder(local.Type) ? KeyOf(local, depth) : null;
            case IFieldReferenceOperation field:
                return IsBuilder(field.Type) ? MemberKey.Of(field.Instance, field.Field) : null;
            case IPropertyReferenceOperation property:
                return IsBuilder(property.Type) ? MemberKey.Of(property.Instance, property.Property) : null;
            case IInvocationOperation call:
                return IsBuilder(call.Type) ? OperandOf(call) is { } operand && call.TargetMethod.Name != "New" ? KeyOf(operand, depth - 1) : call.Syntax : null;
            case IAssignmentOperation assignment:
                return KeyOf(assignment.Value, depth - 1);
            case IConditionalAccessInstanceOperation:
                return KeyOf(ReceiverOf(expression), depth - 1);
            case IConditionalAccessOperation access:
                return KeyOf(access.WhenNotNull, depth - 1);
            case IAwaitOperation awaited:
                return IsBuilder(awaited.Type) ? awaited.Syntax : null;
            case IConditionalOperation choice:
                return KeyOf(choice.WhenTrue, depth - 1) is { } key && Comparer.Equals(key, KeyOf(choice.WhenFalse, depth - 1) ?? key) ? key : null;
            case IObjectCreationOperation creation:
                return IsBuilder(creation.Type) ? creation.Syntax : null;
            default:
                return null;
        }
    }

    private object KeyOf(ILocalReferenceOperation local, int depth)
    {
        if (!_locals.TryGetValue(local.Local, out var key))
        {
            _locals[local.Local] = local.Local;
            key = local.SingleValue() is { } value && KeyOf(value, depth - 1) is { } known ? known : local.Local;
            _locals[local.Local] = key;
        }

        return key;
    }

    private static IOperation? ReceiverOf(IOperation instance)
    {
        for (var parent = instance.Parent; parent is not null; parent = parent.Parent)
        {
            if (parent is IConditionalAccessOperation access)
            {
                return access.Operation;
            }
        }

        return null;
    }

    // Two objects of one class have a builder each.
    private sealed record MemberKey(ISymbol Holder, ISymbol Member)
    {
        internal static object Of(IOperation? instance, ISymbol member) => instance?.Unwrapped() switch
        {
            ILocalReferenceOperation local => new MemberKey(local.Local, member),
            IParameterReferenceOperation parameter => new MemberKey(parameter.Parameter, member),
            IFieldReferenceOperation field => new MemberKey(field.Field, member),
            IPropertyReferenceOperation property => new MemberKey(property.Property, member),
            _ => member,
        };
    }

    private sealed class KeyComparer : IEqualityComparer<object>
    {
        bool IEqualityComparer<object>.Equals(object? x, object? y) =>
            x is ISymbol left && y is ISymbol right ? SymbolEqualityComparer.Default.Equals(left, right)
            : x is MemberKey key ? key.Equals(y)
            : ReferenceEquals(x, y);

        int IEqualityComparer<object>.GetHashCode(object obj) =>
            obj is ISymbol symbol ? SymbolEqualityComparer.Default.GetHashCode(symbol)
            : obj is MemberKey key ? key.GetHashCode()
            : System.Runtime.CompilerServices.RuntimeHelpers.GetHashCode(obj);
    }
}
