using System.Collections.Immutable;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;
using ProxySsl.Analyzers.Flow;

namespace ProxySsl.Analyzers.Options;

internal sealed partial class OptionsWalker
{
    private FlowValue? VisitInvocation(IInvocationOperation call)
    {
        var method = call.TargetMethod;
        if (IsRegistration(method))
        {
            return VisitRegistration(call);
        }

        if (method.Name is "UseForwardedHeaders" or "UseMiddleware" && IsUse(method))
        {
            return VisitUse(call);
        }

        if (method is { Name: "Create", ContainingType: { Name: "Options", ContainingNamespace: { Name: "Options", ContainingNamespace.Name: "Extensions" } } }
            && call.Arguments.Length == 1)
        {
            return Visit(call.Arguments[0].Value);
        }

        var receiver = Visit(call.Instance);
        if (State is null)
        {
            return null;
        }

        switch (receiver)
        {
            case ListValue list:
                VisitListCall(call, list, skip: 0);
                return null;
            case HostsValue hosts:
                VisitHostsCall(call, hosts);
                return null;
            case FunctionValue function when method.MethodKind == MethodKind.DelegateInvoke:
                return Invoke(function, call.Arguments);
        }

        if (method.IsExtensionMethod && Model.DeclarationOf(method.ReducedFrom ?? method, CancellationToken) is null && call.Arguments.Length > 0
            && call.Arguments[0].Value.Unwrapped() is IPropertyReferenceOperation or ILocalReferenceOperation or IParameterReferenceOperation
            && Visit(call.Arguments[0].Value) is ListValue extended)
        {
            VisitListCall(call, extended, skip: 1);
            return null;
        }

        if (Follow(call, receiver, out var result))
        {
            return result;
        }

        Escape(receiver);
        return null;
    }

    // A function of the compilation that gets something that is followed is walked with it; any other may do with it what it likes.
    private bool Follow(IInvocationOperation call, FlowValue? receiver, out FlowValue? result)
    {
        result = null;
        var parameters = FlowState.Start.Variables;
        var values = ImmutableArray.CreateBuilder<(IArgumentOperation Argument, FlowValue Value)>();
        foreach (var argument in call.Arguments)
        {
            if (Visit(argument.Value) is { } value)
            {
                values.Add((argument, value));
                if (argument.Parameter is { RefKind: RefKind.None or RefKind.In } parameter)
                {
                    parameters = parameters.SetItem(parameter.OriginalDefinition, value);
                }
            }
        }

        var method = (call.TargetMethod.ReducedFrom ?? call.TargetMethod).OriginalDefinition;
        var carries = values.Any(v => v.Value is not (FlagsValue or BuilderValue) && v.Argument.Parameter?.RefKind is RefKind.None or RefKind.In);
        var yields = IsOptionsType(method.ReturnType) || method.MethodKind == MethodKind.LocalFunction;
        if (State is not null && (carries || yields) && TryFollow(method, parameters, out result))
        {
            if (carries)
            {
                _reading.NoteFollowed(method);
            }

            return true;
        }

        foreach (var (_, value) in values)
        {
            Escape(value);
        }

        return false;
    }

    private FlowValue? Invoke(FunctionValue function, ImmutableArray<IArgumentOperation> arguments)
    {
        var parameters = FlowState.Start.Variables;
        var values = arguments.Select(a => Visit(a.Value)).ToArray();
        for (var i = 0; i < values.Length && i < function.Method.Parameters.Length; i++)
        {
            if (values[i] is { } value)
            {
                parameters = parameters.SetItem(function.Method.Parameters[i].OriginalDefinition, value);
            }
        }

        if (State is null)
        {
            return null;
        }

        if (TryRun(function, parameters, out var result))
        {
            return result;
        }

        foreach (var value in values)
        {
            Escape(value);
        }

        return null;
    }

    private void VisitArgument(IOperation argument, bool isUse)
    {
        // the arguments of a params parameter
        if (argument.Unwrapped() is IArrayCreationOperation { Initializer.ElementValues: var elements })
        {
            foreach (var element in elements)
            {
                VisitArgument(element, isUse);
            }

            return;
        }

        var value = Visit(argument);
        if (isUse && value is ObjectValue { Objects: var objects })
        {
            foreach (var options in objects)
            {
                options.IsUsed = true;
            }
        }
        else
        {
            Escape(value);
        }
    }

    /// <summary>What is handed to code that cannot be followed: an object or list may be changed there, a lambda may be called.</summary>
    private void Escape(FlowValue? value)
    {
        switch (value)
        {
            case ObjectValue { Objects: var objects }:
                Update(objects, _ => OptionsState.NotKnown);
                break;
            case ListValue { Objects: var objects, List: var list }:
                Update(objects, s => s.With(list, ListState.NotKnown));
                break;
            case HostsValue { Objects: var objects }:
                Update(objects, s => s with { Hosts = HostsState.NotKnown });
                break;
            case FunctionValue function:
                RunLater(function);
                break;
        }
    }

    private bool IsUse(IMethodSymbol method) => method.Name == "UseForwardedHeaders"
        ? SymbolEqualityComparer.Default.Equals(method.ContainingType, Symbols.ForwardedHeadersExtensions)
        : method.TypeArguments.Length == 1
            && Symbols.ForwardedHeadersMiddleware is not null
            && SymbolEqualityComparer.Default.Equals(method.TypeArguments[0], Symbols.ForwardedHeadersMiddleware);

    // UseForwardedHeaders(options) takes that object, without an argument the one of the service container
    private FlowValue? VisitUse(IInvocationOperation call)
    {
        Visit(call.Instance);
        var takesOptions = false;
        foreach (var argument in call.Arguments)
        {
            if (argument.Parameter is { Ordinal: 0 } && call.TargetMethod.IsExtensionMethod)
            {
                Visit(argument.Value);
                continue;
            }

            takesOptions |= argument.Value.Unwrapped() is not IArrayCreationOperation { Initializer: null or { ElementValues.Length: 0 } };
            VisitArgument(argument.Value, isUse: true);
        }

        if (!takesOptions || (_injected is { IsUsed: true }))
        {
            _reading.AddBareUse(NameLocation(call), Calls);
        }

        return null;
    }

    private static Location NameLocation(IInvocationOperation call)
    {
        var name = (call.Syntax as InvocationExpressionSyntax)?.Expression switch
        {
            MemberAccessExpressionSyntax { Name: var member } => member,
            MemberBindingExpressionSyntax { Name: var member } => member,
            SimpleNameSyntax simple => simple,
            _ => null,
        };
        return name is null ? call.Syntax.GetLocation() : name.Identifier.GetLocation();
    }
}
