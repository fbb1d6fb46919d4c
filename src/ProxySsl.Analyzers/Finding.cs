using System.Collections.Immutable;
using Microsoft.CodeAnalysis;

namespace ProxySsl.Analyzers;

/// <summary>
/// What a rule says about a model: the rule, the place, the message arguments and what a fix has to know.
/// A finding is a value; the base analyzer turns it into a diagnostic in the action of the file that holds it.
/// </summary>
internal sealed class Finding
{
    private readonly object?[] _arguments;

    internal Finding(DiagnosticDescriptor rule, Location location, ImmutableDictionary<string, string?> properties, params object?[] arguments)
    {
        Rule = rule;
        Location = location;
        Properties = properties;
        _arguments = arguments;
    }

    internal Finding(DiagnosticDescriptor rule, Location location, params object?[] arguments)
        : this(rule, location, ImmutableDictionary<string, string?>.Empty, arguments)
    {
    }

    internal DiagnosticDescriptor Rule { get; }

    internal Location Location { get; }

    /// <summary>Data for the fix, by the keys of <see cref="FixProperties"/>. Without <see cref="FixProperties.Fix"/> no fix is offered.</summary>
    internal ImmutableDictionary<string, string?> Properties { get; }

    /// <summary>
    /// Whether it is Info although the rule is a Warning by default: what the code says leaves open whether anything is wrong, and a person has
    /// to know the deployment, or another warning has to be mended first. A severity that is configured for the rule holds all the same.
    /// </summary>
    internal bool IsSuggestion { get; init; }

#pragma warning disable RS0030 // the one place where a diagnostic is made
    internal Diagnostic ToDiagnostic() => IsSuggestion
        ? Diagnostic.Create(Rule, Location, DiagnosticSeverity.Info, additionalLocations: null, Properties, _arguments)
        : Diagnostic.Create(Rule, Location, Properties, _arguments);
#pragma warning restore RS0030
}
