using System.Collections.Immutable;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;

namespace ProxySsl.Analyzers.Options;

internal sealed partial class OptionsWalker
{
    private FlowValue? VisitCreation(IObjectCreationOperation creation)
    {
        if (IsOptionsType(creation.Type))
        {
            var created = new TrackedOptions(OptionsPlaceKind.Created, LocationOf(creation), "ForwardedHeadersOptions", State!, ContextAt(creation));
            State = State! with { Objects = State!.Objects.SetItem(created, OptionsState.AsBefore) };
            var value = new ObjectValue(created);
            Initialize(value.Objects, creation.Initializer);
            return value;
        }

        if (creation.Type is { } type && IsForOptions(type))
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

        var outer = Frame.Initialized;
        Frame.Initialized = objects;
        foreach (var part in initializer.Initializers)
        {
            Visit(part);
        }

        Frame.Initialized = outer;
    }

    // `KnownProxies = { … }` inside an object initializer adds to the list that is there
    private void VisitMemberInitializer(IMemberInitializerOperation member)
    {
        if (member.InitializedMember is not IPropertyReferenceOperation { Property: var property } || !IsOptionsType(property.ContainingType) || Frame.Initialized.IsEmpty)
        {
            // `new Settings { Forwarding = { … } }` writes to the object that the member holds
            var held = IsOptionsType(member.InitializedMember.Type) ? Visit(member.InitializedMember) as ObjectValue : null;
            Initialize(held?.Objects ?? ImmutableArray<TrackedOptions>.Empty, member.Initializer);
            return;
        }

        var objects = Frame.Initialized;
        var values = member.Initializer.Initializers
            .Select(i => i is IInvocationOperation { Arguments.Length: > 0 } add ? add.Arguments[add.Arguments.Length - 1].Value : i)
            .ToImmutableArray();
        if (KnownListProperty.Of(property) is { } list)
        {
            foreach (var value in values)
            {
                Add(objects, list, value);
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
