using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;
using ProxySsl.Analyzers.Flow;

namespace ProxySsl.Analyzers.Options;

internal sealed partial class OptionsWalker
{
    protected override FlowValue? VisitExpression(IOperation operation)
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
                Bind(declarator.Symbol, declarator.Initializer?.Value);
                return null;
            case IVariableInitializerOperation:
                return null; // bound by its declarator
            case ISimpleAssignmentOperation assignment:
                return VisitAssignment(assignment);
            case ICompoundAssignmentOperation assignment:
                return VisitCompound(assignment);
            case ICoalesceAssignmentOperation assignment:
                return VisitCoalesceAssignment(assignment);
            case IDeconstructionAssignmentOperation assignment:
                Visit(assignment.Value);
                Lose(assignment.Target);
                return null;
            case IIncrementOrDecrementOperation increment:
                Lose(increment.Target);
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
                return Held(field.Field, field.Type, field.Syntax) ?? Delegate(field);
            case ILocalReferenceOperation local:
                return ValueOf(local.Local);
            case IParameterReferenceOperation parameter:
                return ValueOf(parameter.Parameter);
            case IInstanceReferenceOperation { ReferenceKind: InstanceReferenceKind.ImplicitReceiver }:
                return Frame.Initialized.IsEmpty ? null : new ObjectValue(Frame.Initialized);
            case IConditionalAccessOperation access:
                var outer = Frame.Conditional;
                Frame.Conditional = Visit(access.Operation);
                var accessed = Visit(access.WhenNotNull);
                Frame.Conditional = outer;
                return accessed;
            case IConditionalAccessInstanceOperation:
                return Frame.Conditional;
            case ICoalesceOperation coalesce:
                return VisitCoalesce(coalesce.Value, coalesce.WhenNull);
            case IDelegateCreationOperation creation:
                return Visit(creation.Target);
            case IAnonymousFunctionOperation lambda:
                return new FunctionValue(lambda, lambda.Symbol, Receiver: null);
            case IMethodReferenceOperation method:
                return new FunctionValue(null, method.Method, Visit(method.Instance));
            case IInvalidOperation or ITupleOperation or IArrayInitializerOperation or IInterpolatedStringOperation:
                return VisitStored(operation);
            default:
                return VisitChildren(operation);
        }
    }

    // A lambda in a member that nobody writes later.
    private FlowValue? Delegate(IMemberReferenceOperation member) =>
        member.Type?.TypeKind == TypeKind.Delegate
        && MemberValue.Of(member, Model, CancellationToken)?.Unwrapped() is (IDelegateCreationOperation or IAnonymousFunctionOperation or IMethodReferenceOperation) and var value
            ? Visit(value) as FunctionValue
            : null;

    // A value that goes into something else may be changed from there.
    private FlowValue? VisitStored(IOperation operation)
    {
        foreach (var child in operation.ChildOperations)
        {
            Escape(Visit(child));
        }

        return null;
    }

    private void Bind(ISymbol symbol, IOperation? initializer)
    {
        if (initializer is null)
        {
            return;
        }

        var value = IsFlagsType(initializer.Type) ? new FlagsValue(FlagsOf(initializer)) : Visit(initializer);
        Set(symbol, value);
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
                return KnownListProperty.Of(property.Property) is { } kind ? new ListValue(objects, kind, property.Property.Name)
                    : property.Property.Name == "AllowedHosts" ? new HostsValue(objects)
                    : property.Property.Name == "Value" ? instance // of an IOptions made from it
                    : null;
            case ListValue list:
                Inspect(property, list);
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

        return Held(property.Property, property.Type, property.Syntax) ?? Delegate(property);
    }

    // The finished object of the service container: what is changed on it comes after every Configure.
    private FlowValue Injected(IPropertyReferenceOperation property)
    {
        _injected ??= new TrackedOptions(OptionsPlaceKind.PostConfigure, property.Syntax.GetLocation(), "This change of the finished options", State!, ContextAt(property));
        if (!State!.Objects.ContainsKey(_injected))
        {
            State = State with { Objects = State.Objects.SetItem(_injected, OptionsState.AsBefore) };
        }

        return new ObjectValue(_injected);
    }

    private FlowValue? Held(ISymbol member, ITypeSymbol? type, SyntaxNode syntax)
    {
        if (ValueOf(member) is { } known)
        {
            return known;
        }

        if (!IsOptionsType(type) || !IsHolder(member) || State is null)
        {
            return null;
        }

        var held = new TrackedOptions(OptionsPlaceKind.Member, syntax.GetLocation(), member.Name, State, new PlaceContext(null, true));
        _reading.Hold(member, held);
        State = State with { Objects = State.Objects.SetItem(held, OptionsState.AsBefore) };
        var value = new ObjectValue(held);
        Set(member, value);
        return value;
    }

    // A property that others may set may be bound from configuration or replaced.
    private bool IsHolder(ISymbol member) => member switch
    {
        IFieldSymbol field => Model.DeclarationOf(field, CancellationToken) is not null && (field.IsReadOnly || field.DeclaredAccessibility == Accessibility.Private),
        IPropertySymbol property => Model.DeclarationOf(property, CancellationToken) is not null && property.SetMethod is null or { DeclaredAccessibility: Accessibility.Private },
        _ => false,
    };
}
