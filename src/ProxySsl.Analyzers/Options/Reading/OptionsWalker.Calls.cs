using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;
using ProxySsl.Analyzers.Flow;
using ProxySsl.Analyzers.Headers;

namespace ProxySsl.Analyzers.Options;

internal sealed partial class OptionsWalker
{
    private FlowValue? VisitInvocation(IInvocationOperation call)
    {
        var result = VisitCall(call);
        if (State is not null && call.TargetMethod.ReturnsVoid && NeverReturns(call.TargetMethod))
        {
            EndByThrow(); // Environment.Exit and the like
        }

        return result;
    }

    private static bool NeverReturns(IMethodSymbol method) =>
        method.GetAttributes().Any(a => a.AttributeClass is { Name: "DoesNotReturnAttribute", ContainingNamespace.Name: "CodeAnalysis" });

    private FlowValue? VisitCall(IInvocationOperation call)
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

        if (IsProvision(call))
        {
            return VisitProvision(call);
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

        if (method.Name == "ForEach" && call.Arguments.Length > 0 && Visit(call.Arguments[call.Arguments.Length - 1].Value) is FunctionValue body)
        {
            VisitForEachCall(call.Instance ?? call.Arguments[0].Value, body);
            return null;
        }

        if (method.IsExtensionMethod && Model.DeclarationOf(method.ReducedFrom ?? method, CancellationToken) is null && call.Arguments.Length > 0
            && call.Arguments[0].Value.Unwrapped() is IPropertyReferenceOperation or ILocalReferenceOperation or IParameterReferenceOperation
            && Visit(call.Arguments[0].Value) is ListValue extended)
        {
            VisitListCall(call, extended, skip: 1);
            return null;
        }

        if (Follow(call, out var result))
        {
            return result;
        }

        Escape(receiver);
        return null;
    }

    // List.ForEach, Array.ForEach and their like are loops
    private void VisitForEachCall(IOperation collection, FunctionValue body)
    {
        var elements = ElementsOf(collection);
        if (body is { Receiver: ListValue list, Method.Name: "Add" })
        {
            AddRange(list, collection);
            return;
        }

        Visit(collection);
        if (State is not { } before)
        {
            return;
        }

        RunLoop(before, elements.Length > 0 || IsNeverEmpty(collection), () =>
        {
            var parameters = elements.IsEmpty || body.Method.Parameters.IsEmpty
                ? FlowState.Start.Variables
                : FlowState.Start.Variables.SetItem(body.Method.Parameters[0].OriginalDefinition, new AnyOfValue(elements));
            if (!TryRun(body, parameters, out _))
            {
                Escape(body);
            }
        });
    }

    // A function of the compilation that gets something that is followed is walked with it; any other may do with it what it likes.
    private bool Follow(IInvocationOperation call, out FlowValue? result)
    {
        var parameters = Given(call.Arguments, call.Arguments.Select(a => a.Parameter), out var values);
        var method = (call.TargetMethod.ReducedFrom ?? call.TargetMethod).OriginalDefinition;
        var carries = values.Any(v => v.Value is not (FlagsValue or BuilderValue or AnyOfValue) && v.Argument.Parameter?.RefKind is not RefKind.Out);
        var yields = IsOptionsType(method.ReturnType)
            || method.MethodKind == MethodKind.LocalFunction
            || call.Arguments.Any(a => a.Parameter is { RefKind: RefKind.Out, Type: var type } && IsOptionsType(type));
        if (State is not null && (carries || yields) && TryFollow(method, parameters, out result))
        {
            if (carries)
            {
                _reading.NoteFollowed(method);
            }

            TakeBack(call.Arguments, isFollowed: true);
            return true;
        }

        if (LeavesAlone(method) && values.All(v => v.Value is not FunctionValue && !IsOptionsType(v.Argument.Parameter!.OriginalDefinition.Type)))
        {
            result = values.Count == 1 && SymbolEqualityComparer.Default.Equals(call.Type, values[0].Argument.Value.Unwrapped().Type) ? values[0].Value : null;
            return true;
        }

        result = null;
        foreach (var (_, value) in values)
        {
            Escape(value);
        }

        TakeBack(call.Arguments, isFollowed: false);
        return false;
    }

    // Code of others that only looks at what it gets, be it what it may: checks for null and logs. A check for null may hand it back.
    private static bool LeavesAlone(IMethodSymbol method) =>
        method.Name is "ThrowIfNull" or "NotNull" or "IsNotNull" or "CheckNotNull" or "EnsureNotNull" or "ReferenceEquals"
        || method is { Name: "Null", ContainingType.Name: "GuardClauseExtensions" }
        || ValueUses.IsLogging(method);

    // What the parameters are: values that are followed, for others the expressions that the call gives.
    private ImmutableDictionary<ISymbol, FlowValue> Given(
        ImmutableArray<IArgumentOperation> arguments, IEnumerable<IParameterSymbol?> parameters, out IReadOnlyList<(IArgumentOperation Argument, FlowValue Value)> values)
    {
        var given = FlowState.Start.Variables;
        var followed = new List<(IArgumentOperation, FlowValue)>();
        foreach (var (argument, parameter) in arguments.Zip(parameters, static (a, p) => (a, p)))
        {
            var value = parameter?.RefKind == RefKind.Out ? null : Visit(argument.Value);
            if (value is not null)
            {
                followed.Add((argument, value));
            }

            if (parameter is not null)
            {
                given = given.SetItem(parameter.OriginalDefinition, value ?? new AnyOfValue(ImmutableArray.Create(argument.Value)));
            }
        }

        values = followed;
        return given;
    }

    // A variable that is passed by reference has afterwards what the parameter has.
    private void TakeBack(ImmutableArray<IArgumentOperation> arguments, bool isFollowed)
    {
        foreach (var argument in arguments)
        {
            if (argument is { Parameter: { RefKind: RefKind.Ref or RefKind.Out } parameter } && Variable(argument.Value) is { } variable)
            {
                Set(variable, isFollowed && ValueOf(parameter.OriginalDefinition) is { } value and not AnyOfValue ? value : null);
            }
        }
    }

    private static ISymbol? Variable(IOperation argument) =>
        (argument.Unwrapped() is IDeclarationExpressionOperation declaration ? declaration.Expression : argument.Unwrapped()).ReferencedSymbol();

    private FlowValue? Invoke(FunctionValue function, ImmutableArray<IArgumentOperation> arguments)
    {
        var parameters = Given(arguments, function.Method.Parameters, out var values);
        if (State is not null && TryRun(function, parameters, out var result))
        {
            return result;
        }

        Escape(function);
        foreach (var (_, value) in values)
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

    // An object or list may be changed where it is handed to, a lambda may be called.
    protected override void Escape(FlowValue? value)
    {
        switch (value)
        {
            case ObjectValue { Objects: var objects }:
                Update(objects, s => s.Lost());
                break;
            case ListValue { Objects: var objects, List: var list }:
                Update(objects, s => s.With(list, s[list].Lost()));
                break;
            case HostsValue { Objects: var objects }:
                Update(objects, s => s with { Hosts = HostsState.NotKnown });
                break;
            case FunctionValue { Receiver: ListValue { Objects: var objects, List: var list }, Method.Name: "Add" }:
                Update(objects, s => s.With(list, s[list].Added(forCertain: false)));
                break;
            case FunctionValue { Receiver: { } held and not FunctionValue }:
                Escape(held);
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
        var takesOptions = false;
        foreach (var argument in call.Arguments)
        {
            if (argument.Parameter is { Ordinal: 0 } && call.TargetMethod.IsExtensionMethod)
            {
                Visit(argument.Value);
                continue;
            }

            takesOptions = argument.Value.Unwrapped() is not IArrayCreationOperation { Initializer: null or { ElementValues.Length: 0 } };
            VisitArgument(argument.Value, isUse: true);
        }

        if (!takesOptions || (_injected is { IsUsed: true }))
        {
            _reading.AddBareUse(NameLocation(call));
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
