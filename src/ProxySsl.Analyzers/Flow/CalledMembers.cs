using System.Linq;
using Microsoft.CodeAnalysis;

namespace ProxySsl.Analyzers.Flow;

/// <summary>Tells members whose callers all say so.</summary>
internal static class CalledMembers
{
    /// <summary>Whether a method or property is called by its own name alone, and not as the one of a base class or interface.</summary>
    internal static bool IsCalledByName(this ISymbol member) =>
        member is IMethodSymbol { MethodKind: MethodKind.Ordinary, ExplicitInterfaceImplementations.IsEmpty: true } or IPropertySymbol { IsIndexer: false, ExplicitInterfaceImplementations.IsEmpty: true }
        && member is { IsVirtual: false, IsOverride: false, IsAbstract: false }
        && !member.ContainingType.AllInterfaces.Any(i => i.GetMembers(member.Name).Any(m =>
            SymbolEqualityComparer.Default.Equals(member.ContainingType.FindImplementationForInterfaceMember(m), member)));
}
