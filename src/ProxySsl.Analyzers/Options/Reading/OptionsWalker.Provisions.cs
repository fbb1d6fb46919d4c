using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;
using ProxySsl.Analyzers.Flow;

namespace ProxySsl.Analyzers.Options;

/// <summary>Calls that bring options into the service container in other ways than the framework's own configuring calls.</summary>
internal sealed partial class OptionsWalker
{
    // A call on services or a builder that names the options type, or a type of the options system for it, and does not ask for it.
    private bool IsProvision(IInvocationOperation call)
    {
        var method = call.TargetMethod;
        if (method.Name.StartsWith("Get", System.StringComparison.Ordinal) || method.Name.StartsWith("Use", System.StringComparison.Ordinal)
            || !(IsServices(call.Instance?.Type) || (method.IsExtensionMethod && call.Arguments.Length > 0 && IsServices(call.Arguments[0].Value.Unwrapped().Type))))
        {
            return false;
        }

        var isContainer = method.ContainingType.Name is "ServiceCollectionServiceExtensions" or "ServiceCollectionDescriptorExtensions";
        return method.TypeArguments.Any(t => IsSystemType(t) || (IsOptionsType(t) && !isContainer))
            || call.Arguments.Any(a => IsSystemType(a.Value.Unwrapped().Type) || IsSystemType(NamedIn(a)) || IsOpenSystemType(NamedIn(a)));
    }

    private FlowValue? VisitProvision(IInvocationOperation call)
    {
        Visit(call.Instance);
        var isKnown = false;
        foreach (var argument in call.Arguments)
        {
            var value = Visit(argument.Value);
            if (value is FunctionValue factory && TryRun(factory, FlowState.Start.Variables, out var made))
            {
                value = made;
            }

            if (value is ObjectValue { Objects: var objects })
            {
                // services.AddSingleton(Options.Create(options)): the container's object is this one
                isKnown = true;
                foreach (var options in objects)
                {
                    options.IsProvided = true;
                }
            }

            isKnown |= IsReadElsewhere(argument.Value.Unwrapped().Type) || IsReadElsewhere(NamedIn(argument));
        }

        if (!isKnown && !call.TargetMethod.TypeArguments.Any(IsReadElsewhere) && State is not null)
        {
            var location = NameLocation(call);
            _reading.Add(
                new TrackedOptions(OptionsPlaceKind.Configure, location, call.TargetMethod.Name, State, ContextAt(call)) { Final = OptionsState.NotKnown }, _root);
        }

        return null;
    }

    // The classes of the compilation that configure the options, and the framework's own: each is a place by itself. One that checks them
    // leaves them as they are. One that makes or hands out the object is another object.
    private bool IsReadElsewhere(ITypeSymbol? type) => type is INamedTypeSymbol { TypeKind: TypeKind.Class } named
        && (named.Name is "ConfigureOptions" or "ConfigureNamedOptions" or "PostConfigureOptions"
            ? IsSystemType(named)
            : !named.IsGenericType && Model.DeclarationOf(named, CancellationToken) is not null
                && !named.AllInterfaces.Any(i => IsSystemType(i) && i.Name.StartsWith("IOptions", System.StringComparison.Ordinal) && i.Name != "IOptionsChangeTokenSource"));

    // services.AddSingleton(typeof(IConfigureOptions<>), typeof(Setup<>))
    private static ITypeSymbol? NamedIn(IArgumentOperation argument) => argument.Value.Unwrapped() is ITypeOfOperation { TypeOperand: var type } ? type : null;

    private static bool IsOpenSystemType(ITypeSymbol? type) =>
        type is INamedTypeSymbol { IsUnboundGenericType: true, ContainingNamespace: { Name: "Options", ContainingNamespace.Name: "Extensions" } };

    // IOptions<ForwardedHeadersOptions>, IConfigureOptions<ForwardedHeadersOptions> and their like
    private bool IsSystemType(ITypeSymbol? type) =>
        type is { ContainingNamespace: { Name: "Options", ContainingNamespace.Name: "Extensions" } } && IsForOptions(type);

    private static bool IsServices(ITypeSymbol? type) => type is INamedTypeSymbol named
        && (named.Name is "IServiceCollection" || named.Name.EndsWith("Builder", System.StringComparison.Ordinal) || named.AllInterfaces.Any(i => i.Name == "IServiceCollection"));
}
