using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Diagnostics;

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

    private static readonly HashSet<string> Attributes = new(StringComparer.Ordinal)
    {
        "Fact",
        "Theory",
        "Test",
        "TestCase",
        "TestFixture",
        "TestClass",
        "TestMethod",
        "DataTestMethod",
    };

    /// <summary>Whether the project says that it is one, or the compilation references a test framework.</summary>
    internal static bool Is(Compilation compilation, AnalyzerConfigOptions options)
    {
        if (options.TryGetValue("build_property.IsTestProject", out var isTestProject) && bool.TryParse(isTestProject, out var isOne) && isOne)
        {
            return true;
        }

        foreach (var assembly in compilation.ReferencedAssemblyNames)
        {
            if (Frameworks.Contains(assembly.Name))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>
    /// Whether a file holds tests of a framework that is missing, because nothing is restored: what it references says nothing then, and the
    /// attributes are known by nothing but their names.
    /// </summary>
    internal static bool HoldsUnresolvedTests(SemanticModel file, CancellationToken cancellationToken) =>
        file.SyntaxTree.GetRoot(cancellationToken)
            .DescendantNodes(n => n is not (StatementSyntax or ExpressionSyntax))
            .OfType<AttributeSyntax>()
            .Any(a => (a.Name is QualifiedNameSyntax qualified ? qualified.Right : a.Name) is SimpleNameSyntax { Identifier.ValueText: var name } && Attributes.Contains(name) && file.GetSymbolInfo(a, cancellationToken).Symbol is null);
}
