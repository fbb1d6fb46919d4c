using System;
using Microsoft.CodeAnalysis;

namespace ProxySsl.Analyzers.Flow;

/// <summary>Compares symbols with full names without building strings.</summary>
internal static class SymbolNames
{
    /// <summary>Whether a top-level type has a full name, type parameters aside.</summary>
    internal static bool HasFullName(this INamedTypeSymbol type, string fullName)
    {
        var end = fullName.Length;
        var name = type.Name;
        if (type.ContainingType is not null || !EndsAt(fullName, end, name))
        {
            return false;
        }

        end -= name.Length;
        for (var space = type.ContainingNamespace; space is { IsGlobalNamespace: false }; space = space.ContainingNamespace)
        {
            if (end == 0 || fullName[end - 1] != '.' || !EndsAt(fullName, end - 1, space.Name))
            {
                return false;
            }

            end -= space.Name.Length + 1;
        }

        return end == 0;
    }

    private static bool EndsAt(string text, int end, string part) =>
        part.Length <= end && string.CompareOrdinal(text, end - part.Length, part, 0, part.Length) == 0;
}
