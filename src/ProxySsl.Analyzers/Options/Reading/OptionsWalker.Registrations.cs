using System.Collections.Immutable;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;
using ProxySsl.Analyzers.Flow;

namespace ProxySsl.Analyzers.Options;

internal sealed partial class OptionsWalker
{
    // Calls that bring configuration to the options of the service container, or bind an object to configuration.
    private bool IsRegistration(IMethodSymbol method)
    {
        switch (method.Name)
        {
            case "Configure" or "ConfigureAll" or "PostConfigure" or "PostConfigureAll" or "AddOptions" or "AddOptionsWithValidateOnStart":
                return method.ContainingType.Name is "OptionsServiceCollectionExtensions" or "OptionsConfigurationServiceCollectionExtensions" or "OptionsBuilderExtensions"
                    ? method.TypeArguments.Length > 0 && IsOptionsType(method.TypeArguments[0])
                    : IsBuilder(method.ContainingType);
            case "Bind" or "BindConfiguration" when method.ContainingType.Name == "OptionsBuilderConfigurationExtensions":
                return method.TypeArguments.Length == 1 && IsOptionsType(method.TypeArguments[0]);
            case "Bind" or "Get" when method.ContainingType.Name == "ConfigurationBinder":
                return true;
            case "Validate" or "ValidateOnStart" or "ValidateDataAnnotations":
                return IsBuilder(method.ContainingType) || (method.TypeArguments.Length > 0 && IsOptionsType(method.TypeArguments[0]));
            default:
                return false;
        }
    }

    private bool IsBuilder(INamedTypeSymbol type) =>
        type is { Name: "OptionsBuilder", ContainingNamespace: { Name: "Options", ContainingNamespace.Name: "Extensions" } } && IsForOptions(type);

    private FlowValue? VisitRegistration(IInvocationOperation call)
    {
        var method = call.TargetMethod;
        var instance = Visit(call.Instance);
        var target = instance ?? (method.IsExtensionMethod && call.Arguments.Length > 0 ? Visit(call.Arguments[0].Value) : null);
        var builder = target as BuilderValue;
        if (State is null)
        {
            return null;
        }

        switch (method.Name)
        {
            case "AddOptions" or "AddOptionsWithValidateOnStart":
                return new BuilderValue(IsNamed(call.Arguments));
            case "Bind" or "Get" when method.ContainingType.Name == "ConfigurationBinder":
                return VisitBinder(call);
            case "Bind" or "BindConfiguration":
                AddBinding(call, builder);
                return builder;
            case "Validate" or "ValidateOnStart" or "ValidateDataAnnotations":
                _reading.IsValidated |= builder is not { IsNamed: true } && call.Arguments.Any(a => MentionsList(a.Value));
                return builder;
        }

        if (method.ContainingType.Name == "OptionsConfigurationServiceCollectionExtensions")
        {
            AddBinding(call, builder: null);
        }
        else
        {
            Register(method.Name, call.Arguments, NameLocation(call), builder);
        }

        return builder ?? target;
    }

    /// <summary>Walks what a configuring call is given as a place of its own.</summary>
    private void Register(string name, ImmutableArray<IArgumentOperation> arguments, Location location, BuilderValue? builder)
    {
        if (IsNamed(arguments) || builder is { IsNamed: true })
        {
            return; // options of another name, which the middleware does not take
        }

        var kind = name.StartsWith("PostConfigure", System.StringComparison.Ordinal) ? OptionsPlaceKind.PostConfigure : OptionsPlaceKind.Configure;
        var argument = arguments.LastOrDefault(a => a.Parameter?.Type.TypeKind == TypeKind.Delegate);
        var function = argument is null ? null : Visit(argument.Value) as FunctionValue;
        if (State is not { } before)
        {
            return;
        }

        var context = function?.Lambda is { } lambda ? ContextAt(lambda) : function is not null ? ContextAt(function.Method) : new PlaceContext(null, false);
        var place = new TrackedOptions(kind, location, name, before, context);
        var parameter = function?.Method.Parameters.FirstOrDefault(p => IsOptionsType(p.Type));
        State = before with { Objects = before.Objects.Add(place, OptionsState.AsBefore) };
        var parameters = parameter is null
            ? FlowState.Start.Variables
            : FlowState.Start.Variables.SetItem(parameter.OriginalDefinition, new ObjectValue(place));
        var isWalked = parameter is not null && TryRun(function!, parameters, out _);
        if (isWalked && function!.Lambda is null)
        {
            _reading.NoteFollowed(function.Method);
        }

        place.Final = isWalked && State is not null && !IsKept(place) ? StateOf(place) : OptionsState.NotKnown;
        _reading.Add(place, _root);
        var after = State is null ? before : State with { Objects = State.Objects.Remove(place) };
        State = FlowState.Join(before, after)! with { IsCertain = before.IsCertain, OptIns = before.OptIns };
    }

    // `kept = options;` in the lambda: a variable outside has the object, and may change it after all.
    private bool IsKept(TrackedOptions place) => State!.Variables.Any(v =>
        v.Value is ObjectValue { Objects: var objects } && objects.Contains(place)
        && v.Key is ILocalSymbol { ContainingSymbol: IMethodSymbol around }
        && (around.Name == "<Main>$" || Calls.Contains(around, SymbolEqualityComparer.Default)));

    // A name that is neither empty nor null is another options object; one that is not known may be.
    private bool IsNamed(ImmutableArray<IArgumentOperation> arguments)
    {
        var name = arguments.FirstOrDefault(a => a.Parameter is { Name: "name", Type.SpecialType: SpecialType.System_String })?.Value;
        return name is not null
            && name.Unwrapped() is not { ConstantValue: { HasValue: true, Value: null or "" } }
            && name.Unwrapped() is not IFieldReferenceOperation { Field: { Name: "DefaultName" or "Empty" } };
    }

    private void AddBinding(IInvocationOperation call, BuilderValue? builder)
    {
        foreach (var argument in call.Arguments.Skip(1))
        {
            Escape(Visit(argument.Value));
        }

        if (IsNamed(call.Arguments) || builder is { IsNamed: true } || State is null)
        {
            return;
        }

        var location = NameLocation(call);
        var place = new TrackedOptions(OptionsPlaceKind.Configure, location, call.TargetMethod.Name, State, ContextAt(call));
        place.Bindings.Add(new BindingCall(call.TargetMethod.Name, location));
        place.Final = Bound(OptionsState.AsBefore);
        _reading.Add(place, _root);
    }

    // configuration.Bind(options), configuration.Get<ForwardedHeadersOptions>()
    private FlowValue? VisitBinder(IInvocationOperation call)
    {
        var values = call.Arguments.Skip(1).Select(a => Visit(a.Value)).ToList();
        var binding = new BindingCall(call.TargetMethod.Name, NameLocation(call));
        if (call.TargetMethod.Name == "Bind")
        {
            foreach (var value in values)
            {
                if (value is ObjectValue { Objects: var objects })
                {
                    Update(objects, Bound);
                    foreach (var options in objects)
                    {
                        options.Bindings.Add(binding);
                    }
                }
                else
                {
                    Escape(value);
                }
            }

            return null;
        }

        if (!call.TargetMethod.TypeArguments.Any(IsOptionsType) || State is null)
        {
            return null;
        }

        var created = new TrackedOptions(OptionsPlaceKind.Created, binding.Location, "Get", State, ContextAt(call));
        created.Bindings.Add(binding);
        State = State with { Objects = State.Objects.SetItem(created, Bound(OptionsState.AsBefore)) };
        return new ObjectValue(created);
    }

    // The binder sets flags, limit, hosts and names; it cannot make addresses or networks, so the lists stay.
    private static OptionsState Bound(OptionsState state) => state with
    {
        Flags = FlagsState.NotKnown,
        Limits = LimitValue.NotKnown,
        LimitMayBeDefault = false,
        Hosts = HostsState.NotKnown,
    };
}
