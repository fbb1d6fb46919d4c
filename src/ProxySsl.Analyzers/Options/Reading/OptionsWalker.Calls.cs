using System.Collections.Immutable;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
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
        if (_state is null)
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

        if (method.IsExtensionMethod && _model.DeclarationOf(method.ReducedFrom ?? method, _cancellationToken) is null && call.Arguments.Length > 0
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
        if (_state is not null && (carries || yields) && TryFollow(method, parameters, out result))
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

        if (_state is null)
        {
            return null;
        }

        if (function.Lambda is not null && _calls.Count < DeepestCall)
        {
            _calls.Add(function.Method);
            var result = Run(BodyOf(function.Lambda), parameters);
            _calls.RemoveAt(_calls.Count - 1);
            return result;
        }

        if (TryFollow(function.Method.OriginalDefinition, parameters, out var followed))
        {
            return followed;
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
            _reading.AddBareUse(NameLocation(call), _calls);
        }

        return null;
    }

    private void VisitListCall(IInvocationOperation call, ListValue list, int skip)
    {
        var arguments = call.Arguments;
        var kind = list.List;
        var argument = arguments.Length > skip ? arguments[skip].Value : null;
        switch (call.TargetMethod.Name)
        {
            case "Clear":
                Clear(call, list);
                break;
            case "RemoveAt" or "RemoveRange" or "RemoveAll":
                VisitRemoval(call, list, argument);
                break;
            case "Remove" when argument is not null:
                // `foreach (var p in list.ToList()) list.Remove(p);`, or the framework's own entry
                if (Visit(argument) is ListValue element && element.List == kind || IsLoopback(argument))
                {
                    VisitRemoval(call, list, argument: null);
                }
                else
                {
                    Update(list.Objects, s => s.With(kind, ListState.NotKnown));
                }

                break;
            case "Add" or "Insert" or "Append" when argument is not null:
                Visit(argument);
                Add(list.Objects, kind, arguments[arguments.Length - 1].Value, forCertain: true);
                break;
            case "AddRange" or "InsertRange" or "UnionWith" when argument is not null:
                AddRange(list, arguments[arguments.Length - 1].Value);
                break;
            case "Count" or "Any" or "Contains" or "All" or "First" or "FirstOrDefault" or "Single" or "IndexOf" or "ToString" or "GetEnumerator" or "Select"
                or "Where" or "CopyTo" or "AsEnumerable" or "ToList" or "ToArray" or "SequenceEqual":
                Update(list.Objects, s => s.With(kind, s[kind] with { IsInspected = true }));
                break;
            default:
                foreach (var other in arguments.Skip(skip))
                {
                    Escape(Visit(other.Value));
                }

                Escape(list);
                break;
        }
    }

    private void VisitRemoval(IInvocationOperation call, ListValue list, IOperation? argument)
    {
        Visit(argument);

        // The framework puts one entry into each list; taking it out empties the list.
        var isPredicate = call.TargetMethod.Name == "RemoveAll";
        Update(list.Objects, s => s[list.List].Contents is ListContents.Inherited or ListContents.Empty && (!isPredicate || IsAlwaysTrue(argument))
            ? s.With(list.List, s[list.List].Cleared(ClearingCallOf(call, list)))
            : s.With(list.List, ListState.NotKnown));
    }

    private void Clear(IInvocationOperation call, ListValue list)
    {
        var clear = ClearingCallOf(call, list);
        Update(list.Objects, s => s.With(list.List, s[list.List].Cleared(clear)));
    }

    private ClearingCall ClearingCallOf(IInvocationOperation call, ListValue list)
    {
        var function = call.Syntax.FirstAncestorOrSelf<SyntaxNode>(n =>
            n is AnonymousFunctionExpressionSyntax or LocalFunctionStatementSyntax or BaseMethodDeclarationSyntax or AccessorDeclarationSyntax or CompilationUnitSyntax);
        return new ClearingCall(
            call.Syntax.GetLocation(),
            _order++,
            list.Property,
            call.TargetMethod.Name == "Clear" && call.Syntax.Parent is ExpressionStatementSyntax && call.Instance?.Unwrapped() is IPropertyReferenceOperation,
            function?.SpanStart ?? 0,
            ContextAt(call));
    }

    private void AddRange(ListValue list, IOperation source)
    {
        var elements = LiteralElements(source);
        if (elements.IsEmpty)
        {
            Escape(Visit(source));
            var isCertain = IsTested(source);
            Update(list.Objects, s => s.With(list.List, s[list.List].Added(OriginOf(source), isCertain)));
            return;
        }

        foreach (var element in elements)
        {
            Add(list.Objects, list.List, element, forCertain: true);
        }
    }

    private void Add(ImmutableArray<TrackedOptions> objects, KnownListKind list, IOperation value, bool forCertain)
    {
        var entries = EntryReader.Read(value, list, Values, _model, _cancellationToken);
        var origin = entries.IsEmpty ? OriginOf(value) : EntryOrigin.Literal;
        Update(objects, s => s.With(list, s[list].Added(origin, forCertain)));
        var optIns = _state?.OptIns ?? 0;
        var context = entries.IsEmpty ? null! : ContextAt(value);
        foreach (var (entry, location) in entries)
        {
            foreach (var options in objects)
            {
                options.Entries.Add(new AddedEntry(list, entry, location, optIns > options.OptIns, context));
            }
        }

        ImmutableArray<IOperation> Values(ILocalSymbol local) =>
            ValueOf(local) is AnyOfValue { Values: var any } ? any : ImmutableArray<IOperation>.Empty;
    }

    private static EntryOrigin OriginOf(IOperation value) =>
        value.DescendantsAndSelf().Any(o => o.Type is { Name: "IConfiguration" or "IConfigurationSection" or "IConfigurationRoot" or "ConfigurationManager" })
            ? EntryOrigin.Configuration
            : EntryOrigin.Elsewhere;

    private void VisitHostsCall(IInvocationOperation call, HostsValue hosts)
    {
        switch (call.TargetMethod.Name)
        {
            case "Add" when call.Arguments.Length == 1:
                AddHosts(hosts.Objects, ImmutableArray.Create(call.Arguments[0].Value));
                break;
            case "Clear":
                Update(hosts.Objects, s => s with { Hosts = new HostsState(false, false, ImmutableArray<HostEntry>.Empty) });
                break;
            default:
                foreach (var argument in call.Arguments)
                {
                    Visit(argument.Value);
                }

                Escape(hosts);
                break;
        }
    }

    private static bool IsAlwaysTrue(IOperation? argument) => argument?.Unwrapped() is IDelegateCreationOperation { Target: IAnonymousFunctionOperation { Body.Operations: { Length: 1 } operations } }
        && operations[0] is IReturnOperation { ReturnedValue.ConstantValue: { HasValue: true, Value: true } };

    private static bool IsLoopback(IOperation argument) => argument.Unwrapped() is IFieldReferenceOperation { Field: { Name: "IPv6Loopback", ContainingType.Name: "IPAddress" } };

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
