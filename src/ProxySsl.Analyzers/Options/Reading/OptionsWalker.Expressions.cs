using System.Collections.Immutable;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;
using ProxySsl.Analyzers.Flow;

namespace ProxySsl.Analyzers.Options;

internal sealed partial class OptionsWalker
{
    private FlowValue? VisitExpression(IOperation operation)
    {
        switch (operation)
        {
            case IConversionOperation conversion:
                return Visit(conversion.Operand);
            case IParenthesizedOperation parenthesized:
                return Visit(parenthesized.Operand);
            case IAwaitOperation awaited:
                return Visit(awaited.Operation);
            case IExpressionStatementOperation statement:
                Visit(statement.Operation);
                return null;
            case IVariableDeclaratorOperation declarator:
                Bind(declarator.Symbol, (declarator.Initializer ?? (declarator.Parent as IVariableDeclarationOperation)?.Initializer)?.Value);
                return null;
            case IVariableInitializerOperation:
                return null; // bound by its declarator
            case ISimpleAssignmentOperation assignment:
                return VisitAssignment(assignment);
            case ICompoundAssignmentOperation assignment:
                return VisitCompound(assignment);
            case ICoalesceAssignmentOperation assignment:
                Visit(assignment.Value);
                Forget(assignment.Target);
                return null;
            case IObjectCreationOperation creation:
                return VisitCreation(creation);
            case IMemberInitializerOperation member:
                VisitMemberInitializer(member);
                return null;
            case IInvocationOperation invocation:
                return VisitInvocation(invocation);
            case IPropertyReferenceOperation property:
                return VisitProperty(property);
            case IFieldReferenceOperation field:
                Visit(field.Instance);
                return Held(field.Field, field.Type, field.Syntax);
            case ILocalReferenceOperation local:
                return ValueOf(local.Local);
            case IParameterReferenceOperation parameter:
                return ValueOf(parameter.Parameter);
            case IInstanceReferenceOperation { ReferenceKind: InstanceReferenceKind.ImplicitReceiver }:
                return _initialized.IsEmpty ? null : new ObjectValue(_initialized);
            case IConditionalAccessOperation access:
                var outer = _conditional;
                _conditional = Visit(access.Operation);
                var accessed = Visit(access.WhenNotNull);
                _conditional = outer;
                return accessed;
            case IConditionalAccessInstanceOperation:
                return _conditional;
            case ICoalesceOperation coalesce:
                return VisitCoalesce(coalesce);
            case IDelegateCreationOperation creation:
                return Visit(creation.Target);
            case IAnonymousFunctionOperation lambda:
                return new FunctionValue(lambda, lambda.Symbol);
            case IMethodReferenceOperation method:
                Visit(method.Instance);
                return new FunctionValue(null, method.Method);
            case ITupleOperation or IArrayInitializerOperation or IInterpolatedStringOperation:
                return VisitStored(operation);
            default:
                return VisitChildren(operation);
        }
    }

    // A value that goes into something else may be changed from there.
    private FlowValue? VisitStored(IOperation operation)
    {
        foreach (var child in operation.ChildOperations)
        {
            Escape(Visit(child));
        }

        return null;
    }

    private FlowValue? ValueOf(ISymbol symbol) =>
        _state is not null && _state.Variables.TryGetValue(symbol, out var value) ? value : null;

    private void Bind(ISymbol symbol, IOperation? initializer)
    {
        if (initializer is null)
        {
            return;
        }

        var value = IsFlagsType(initializer.Type) || IsFlagsType((symbol as ILocalSymbol)?.Type) ? new FlagsValue(FlagsOf(initializer)) : Visit(initializer);
        Set(symbol, value);
    }

    private void Set(ISymbol symbol, FlowValue? value)
    {
        if (_state is not null)
        {
            _state = _state with { Variables = value is null ? _state.Variables.Remove(symbol) : _state.Variables.SetItem(symbol, value) };
        }
    }

    private void Forget(IOperation target)
    {
        if (SymbolOf(target.Unwrapped()) is { } symbol)
        {
            Set(symbol, null);
        }
    }

    private FlowValue? VisitAssignment(ISimpleAssignmentOperation assignment)
    {
        if (assignment.Target is IPropertyReferenceOperation { Property: var property } target
            && IsOptionsType(property.ContainingType)
            && Visit(target.Instance) is ObjectValue { Objects: var objects })
        {
            Assign(objects, property.Name, assignment.Value, assignment.Syntax.GetLocation());
            return null;
        }

        var symbol = SymbolOf(assignment.Target);
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
                if (TextOf(value) is { } text)
                {
                    foreach (var options in objects)
                    {
                        options.HeaderNames.Add(new HeaderNameValue(property, text, location));
                    }
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

        return VisitChildren(assignment);
    }

    private FlowValue? VisitCreation(IObjectCreationOperation creation)
    {
        if (IsOptionsType(creation.Type))
        {
            var created = new TrackedOptions(OptionsPlaceKind.Created, LocationOf(creation), "ForwardedHeadersOptions", _state!, ContextAt(creation));
            _state = _state! with { Objects = _state!.Objects.SetItem(created, OptionsState.AsBefore) };
            var value = new ObjectValue(created);
            Initialize(value.Objects, creation.Initializer);
            return value;
        }

        if (creation.Type is INamedTypeSymbol { IsGenericType: true } type && IsOptionsType(type.TypeArguments[0]))
        {
            switch (type.Name)
            {
                // Options.Create's result is one of these
                case "OptionsWrapper" when creation.Arguments.Length == 1:
                    return Visit(creation.Arguments[0].Value);
                case "ConfigureOptions" or "ConfigureNamedOptions" or "PostConfigureOptions":
                    Register(type.Name, creation.Arguments, LocationOf(creation), builder: null);
                    return null;
            }
        }

        var isMiddleware = SymbolEqualityComparer.Default.Equals(creation.Type, Symbols.ForwardedHeadersMiddleware);
        foreach (var argument in creation.Arguments)
        {
            VisitArgument(argument.Value, isUse: isMiddleware);
        }

        Initialize(ImmutableArray<TrackedOptions>.Empty, creation.Initializer);
        return null;
    }

    private void Initialize(ImmutableArray<TrackedOptions> objects, IObjectOrCollectionInitializerOperation? initializer)
    {
        if (initializer is null)
        {
            return;
        }

        var outer = _initialized;
        _initialized = objects;
        foreach (var part in initializer.Initializers)
        {
            Visit(part);
        }

        _initialized = outer;
    }

    // `KnownProxies = { … }` inside an object initializer adds to the list that is there
    private void VisitMemberInitializer(IMemberInitializerOperation member)
    {
        if (member.InitializedMember is not IPropertyReferenceOperation { Property: var property } || !IsOptionsType(property.ContainingType) || _initialized.IsEmpty)
        {
            Initialize(ImmutableArray<TrackedOptions>.Empty, member.Initializer);
            return;
        }

        var objects = _initialized;
        var values = member.Initializer.Initializers
            .Select(i => i is IInvocationOperation { Arguments.Length: > 0 } add ? add.Arguments[add.Arguments.Length - 1].Value : i)
            .ToImmutableArray();
        if (ListOf(property) is { } list)
        {
            foreach (var value in values)
            {
                Add(objects, list, value, forCertain: true);
            }

            if (values.IsEmpty)
            {
                var empty = new EmptyListInitializer(property.Name, member.Syntax.GetLocation());
                foreach (var options in objects)
                {
                    options.EmptyInitializers.Add(empty);
                }
            }
        }
        else if (property.Name == "AllowedHosts")
        {
            AddHosts(objects, values);
        }
    }

    private FlowValue? VisitProperty(IPropertyReferenceOperation property)
    {
        var instance = Visit(property.Instance);
        foreach (var argument in property.Arguments)
        {
            Visit(argument.Value);
        }

        switch (instance)
        {
            case ObjectValue { Objects: var objects }:
                return ListOf(property.Property) is { } list ? new ListValue(objects, list, property.Property.Name)
                    : property.Property.Name == "AllowedHosts" ? new HostsValue(objects)
                    : property.Property.Name == "Value" ? instance // of an IOptions made from it
                    : null;
            case ListValue { Objects: var objects, List: var kind }:
                Update(objects, s => s.With(kind, s[kind] with { IsInspected = true }));
                return null;
        }

        if (property.Instance?.Type is INamedTypeSymbol { IsGenericType: true } container
            && container.Name is "IOptions" or "IOptionsSnapshot" or "IOptionsMonitor"
            && property.Property.Name is "Value" or "CurrentValue"
            && IsOptionsType(property.Type))
        {
            return Injected(property);
        }

        if (property.Property.GetMethod is { } getter && IsOptionsType(property.Type) && TryFollow(getter, FlowState.Start.Variables, out var got))
        {
            return got ?? Held(property.Property, property.Type, property.Syntax);
        }

        return Held(property.Property, property.Type, property.Syntax);
    }

    // The finished object of the service container: what is changed on it comes after every Configure.
    private FlowValue Injected(IPropertyReferenceOperation property)
    {
        _injected ??= new TrackedOptions(OptionsPlaceKind.PostConfigure, property.Syntax.GetLocation(), "IOptions", _state!, ContextAt(property));
        if (!_state!.Objects.ContainsKey(_injected))
        {
            _state = _state with { Objects = _state.Objects.SetItem(_injected, OptionsState.AsBefore) };
        }

        return new ObjectValue(_injected);
    }

    private FlowValue? Held(ISymbol member, ITypeSymbol? type, SyntaxNode syntax)
    {
        if (ValueOf(member) is { } known)
        {
            return known;
        }

        if (!IsOptionsType(type) || !IsHolder(member) || _state is null)
        {
            return null;
        }

        var held = new TrackedOptions(OptionsPlaceKind.Member, syntax.GetLocation(), member.Name, _state, new PlaceContext(null, true));
        _reading.Hold(member, held);
        _state = _state with { Objects = _state.Objects.SetItem(held, OptionsState.AsBefore) };
        var value = new ObjectValue(held);
        Set(member, value);
        return value;
    }

    // A property that others may set may be bound from configuration or replaced.
    private bool IsHolder(ISymbol member) => member switch
    {
        IFieldSymbol field => _model.DeclarationOf(field, _cancellationToken) is not null && (field.IsReadOnly || field.DeclaredAccessibility == Accessibility.Private),
        IPropertySymbol property => _model.DeclarationOf(property, _cancellationToken) is not null && property.SetMethod is null or { DeclaredAccessibility: Accessibility.Private },
        _ => false,
    };

    private FlowValue? VisitCoalesce(ICoalesceOperation coalesce)
    {
        var left = Visit(coalesce.Value);
        if (_state is not { } before)
        {
            return null;
        }

        var right = Visit(coalesce.WhenNull);
        if (_state is null)
        {
            _state = before; // `?? throw …` is a guard
            return left;
        }

        _state = FlowState.Join(before, _state)! with { IsCertain = before.IsCertain, OptIns = before.OptIns };
        return FlowState.Meet(left, right);
    }

    private KnownListKind? ListOfType(IPropertySymbol property) => IsOptionsType(property.ContainingType) ? ListOf(property) : null;

    private static KnownListKind? ListOf(IPropertySymbol property) => property.ContainingType.Name != "ForwardedHeadersOptions" ? null : property.Name switch
    {
        "KnownProxies" => KnownListKind.Proxies,
        "KnownNetworks" or "KnownIPNetworks" => KnownListKind.Networks,
        _ => null,
    };

    // From `new` to the end of the type's name, so that what it is given is not underlined.
    private static Location LocationOf(IObjectCreationOperation creation) => creation.Syntax switch
    {
        ObjectCreationExpressionSyntax { Type: var type } explicitNew =>
            Location.Create(explicitNew.SyntaxTree, Microsoft.CodeAnalysis.Text.TextSpan.FromBounds(explicitNew.SpanStart, type.Span.End)),
        ImplicitObjectCreationExpressionSyntax { ArgumentList: var arguments } implicitNew =>
            Location.Create(implicitNew.SyntaxTree, Microsoft.CodeAnalysis.Text.TextSpan.FromBounds(implicitNew.SpanStart, arguments.Span.End)),
        var syntax => syntax.GetLocation(),
    };
}
