using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;
using ProxySsl.Analyzers.Flow;

namespace ProxySsl.Analyzers.Options;

internal sealed partial class OptionsWalker
{
    private FlowValue? VisitAssignment(ISimpleAssignmentOperation assignment)
    {
        if (assignment.Target is IPropertyReferenceOperation { Property: var property } target
            && IsOptionsType(property.ContainingType)
            && Visit(target.Instance) is ObjectValue { Objects: var objects })
        {
            Assign(objects, property.Name, assignment.Value, assignment.Syntax.GetLocation());
            return null;
        }

        var symbol = assignment.Target.ReferencedSymbol();
        if (symbol is ILocalSymbol && IsFlagsType(assignment.Target.Type))
        {
            Set(symbol, new FlagsValue(FlagsOf(assignment.Value)));
            return null;
        }

        var value = Visit(assignment.Value);
        switch (symbol)
        {
            case ILocalSymbol or IParameterSymbol:
                Set(symbol, value);
                break;
            case IFieldSymbol or IPropertySymbol when value is ObjectValue { Objects: var held } && IsHolder(symbol):
                Visit((assignment.Target as IMemberReferenceOperation)?.Instance);
                foreach (var options in held)
                {
                    _reading.Hold(symbol, options);
                }

                Set(symbol, value);
                break;
            default:
                Visit(assignment.Target);
                Escape(value);
                break;
        }

        return value;
    }

    private void Assign(ImmutableArray<TrackedOptions> objects, string property, IOperation value, Location location)
    {
        switch (property)
        {
            case "ForwardedHeaders":
                var flags = FlagsOf(value);
                var place = new FlagsPlace(value.Syntax.GetLocation(), flags);
                Update(objects, s => s with { Flags = new FlagsState(flags, ImmutableArray.Create(place), ReadsFlags(value)) });
                break;
            case "ForwardLimit":
                Visit(value);
                var limit = LimitOf(value, location);
                Update(objects, s => s with { Limits = ImmutableArray.Create(limit), LimitMayBeDefault = false });
                break;
            case "AllowedHosts":
                var hosts = HostsOf(value);
                Update(objects, s => s with { Hosts = hosts });
                break;
            case "ForwardedForHeaderName" or "ForwardedHostHeaderName" or "ForwardedProtoHeaderName" or "ForwardedPrefixHeaderName":
                Visit(value);
                var name = new HeaderNameValue(property, TextOf(value), State is { IsCertain: true } && objects.Length == 1, location);
                Update(objects, s => s.With(name));
                break;
            case "RequireHeaderSymmetry":
                Visit(value);
                foreach (var options in objects)
                {
                    options.MayRequireSymmetry |= value.Unwrapped().ConstantValue is not { HasValue: true, Value: false };
                }

                break;
            default:
                Visit(value);
                break;
        }
    }

    private FlowValue? VisitCompound(ICompoundAssignmentOperation assignment)
    {
        var operation = FlagOperator(assignment.OperatorKind);
        if (assignment.Target is IPropertyReferenceOperation { Property: { Name: "ForwardedHeaders" } property } target
            && IsOptionsType(property.ContainingType)
            && Visit(target.Instance) is ObjectValue { Objects: var objects })
        {
            var operand = FlagsOf(assignment.Value);
            var place = new FlagsPlace(assignment.Value.Syntax.GetLocation(), operand);
            Update(objects, s => s with
            {
                Flags = operation is null
                    ? FlagsState.NotKnown
                    : new FlagsState(
                        FlagValues.Combine(s.Flags.Values, operand, operation),
                        assignment.OperatorKind == BinaryOperatorKind.Or ? s.Flags.Places.Add(place) : s.Flags.Places,
                        s.Flags.Accumulates || s.Flags.Values.MayBeUnset),
            });
            return null;
        }

        if (assignment.Target is ILocalReferenceOperation { Local: var local } && IsFlagsType(local.Type))
        {
            var before = ValueOf(local) is FlagsValue { Values: var known } ? known : FlagValues.Unknown;
            Set(local, new FlagsValue(operation is null ? FlagValues.Unknown : FlagValues.Combine(before, FlagsOf(assignment.Value), operation)));
            return null;
        }

        VisitChildren(assignment);
        Lose(assignment.Target);
        return null;
    }

    private FlowValue? VisitCoalesceAssignment(ICoalesceAssignmentOperation assignment)
    {
        var value = VisitCoalesce(assignment.Target, assignment.Value);
        Lose(assignment.Target);
        if (assignment.Target.ReferencedSymbol() is (ILocalSymbol or IParameterSymbol) and var variable)
        {
            Set(variable, value);
        }
        else
        {
            Escape(value);
        }

        return value;
    }

    // Written in another way than by `=`: what the property or variable holds is not known any more.
    private void Lose(IOperation target)
    {
        target = target.Unwrapped();
        switch (target)
        {
            case ITupleOperation tuple:
                foreach (var element in tuple.Elements)
                {
                    Lose(element);
                }

                break;
            case IPropertyReferenceOperation { Property: var property } reference when IsOptionsType(property.ContainingType):
                if (Visit(reference.Instance) is ObjectValue { Objects: var objects })
                {
                    Update(objects, s => Without(s, property.Name));
                    foreach (var options in objects)
                    {
                        options.MayRequireSymmetry |= property.Name == "RequireHeaderSymmetry";
                    }
                }

                break;
            default:
                if (target.ReferencedSymbol() is { } symbol)
                {
                    Set(symbol, null);
                }

                break;
        }
    }

    private static OptionsState Without(OptionsState state, string property) => property switch
    {
        "ForwardedHeaders" => state with { Flags = FlagsState.NotKnown },
        "ForwardLimit" => state with { Limits = LimitValue.NotKnown, LimitMayBeDefault = false },
        "AllowedHosts" => state with { Hosts = HostsState.NotKnown },
        _ => state.With(new HeaderNameValue(property, null, IsCertain: false, Location.None)),
    };
}
