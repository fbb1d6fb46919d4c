using System.Linq;
using Microsoft.CodeAnalysis;

namespace ProxySsl.Analyzers.Flow;

/// <summary>Tells methods whose callers all say so.</summary>
internal static class CalledMethods
{
    /// <summary>Whether a method is called by its own name alone, and not as the one of a base class or interface.</summary>
    internal static bool IsCalledByName(this IMethodSymbol method) =>
        method is { MethodKind: MethodKind.Ordinary, IsVirtual: false, IsOverride: false, IsAbstract: false }
        && method.ExplicitInterfaceImplementations.IsEmpty
        && !method.ContainingType.AllInterfaces.Any(i => i.GetMembers(method.Name).Any(m =>
            SymbolEqualityComparer.Default.Equals(method.ContainingType.FindImplementationForInterfaceMember(m), method)));
}
