using System;
using System.Collections.Generic;
using Microsoft.CodeAnalysis;

namespace ProxySsl.Analyzers;

/// <summary>Tells test projects, whose requests are made up, from applications.</summary>
internal static class TestProject
{
    private static readonly HashSet<string> Frameworks = new(StringComparer.OrdinalIgnoreCase)
    {
        "xunit.core",
        "xunit.v3.core",
        "nunit.framework",
        "Microsoft.VisualStudio.TestPlatform.TestFramework",
        "MSTest.TestFramework",
        "Microsoft.VisualStudio.QualityTools.UnitTestFramework",
        "TUnit.Core",
        "Fixie",
    };

    /// <summary>Whether the compilation references a test framework.</summary>
    internal static bool Is(Compilation compilation)
    {
        foreach (var assembly in compilation.ReferencedAssemblyNames)
        {
            if (Frameworks.Contains(assembly.Name))
            {
                return true;
            }
        }

        return false;
    }
}
