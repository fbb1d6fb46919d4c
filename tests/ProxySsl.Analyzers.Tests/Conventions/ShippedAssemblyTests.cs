using System;
using System.Linq;
using System.Reflection;
using ProxySsl.CodeFixes;
using Xunit;

namespace ProxySsl.Analyzers.Tests.Conventions;

/// <summary>What the shipped assemblies ask of the host that loads them.</summary>
public class ShippedAssemblyTests
{
    private static readonly Version RoslynFloor = new(4, 8, 0, 0);

    [Theory]
    [InlineData(typeof(ProxySslAnalyzer))]
    [InlineData(typeof(ProxySslCodeFix))]
    public void References_nothing_that_the_floor_does_not_bring(Type type)
    {
        foreach (var reference in type.Assembly.GetReferencedAssemblies())
        {
            var ceiling = reference.Name switch
            {
                "netstandard" => new Version(2, 0, 0, 0),
                "Microsoft.CodeAnalysis" or "Microsoft.CodeAnalysis.CSharp" => RoslynFloor,
                "Microsoft.CodeAnalysis.Workspaces" or "Microsoft.CodeAnalysis.CSharp.Workspaces" when type == typeof(ProxySslCodeFix) => RoslynFloor,
                "System.Collections.Immutable" => new Version(7, 0, 0, 0),
                "System.Memory" => new Version(4, 0, 1, 2),
                "System.Buffers" => new Version(4, 0, 3, 0),
                "ProxySsl.Analyzers" when type == typeof(ProxySslCodeFix) => reference.Version!,
                _ => null,
            };
            Assert.True(ceiling is not null, $"{type.Assembly.GetName().Name} references {reference.Name}.");
            Assert.True(reference.Version <= ceiling, $"{reference.Name} {reference.Version} is newer than {ceiling}.");
        }
    }

    [Theory]
    [InlineData(typeof(ProxySslAnalyzer))]
    [InlineData(typeof(ProxySslCodeFix))]
    public void Targets_netstandard20(Type type) =>
        Assert.Equal(".NETStandard,Version=v2.0", type.Assembly.GetCustomAttributes<System.Runtime.Versioning.TargetFrameworkAttribute>().Single().FrameworkName);
}
