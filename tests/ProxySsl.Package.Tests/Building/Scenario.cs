using System.Collections.Generic;

namespace ProxySsl.Package.Tests.Building;

/// <summary>A project that a user of the package might have.</summary>
/// <param name="Name">Its name, and that of its folder.</param>
/// <param name="Files">Its files beside the project file, by their path in the folder.</param>
internal sealed record Scenario(string Name, Dictionary<string, string> Files)
{
    internal string Sdk { get; init; } = "Microsoft.NET.Sdk.Web";

    internal string TargetFrameworks { get; init; } = "net10.0";

    /// <summary>More elements for the property group.</summary>
    internal string Properties { get; init; } = "";

    /// <summary>More elements for the item group.</summary>
    internal string Items { get; init; } = "";

    /// <summary>Whether the project itself references the package; otherwise something above it does.</summary>
    internal bool ReferencesPackage { get; init; } = true;

    internal string ProjectFile(string version) => $"""
        <Project Sdk="{Sdk}">
          <PropertyGroup>
            <TargetFrameworks>{TargetFrameworks}</TargetFrameworks>
            <Nullable>enable</Nullable>
            <ImplicitUsings>enable</ImplicitUsings>
            <UseAppHost>false</UseAppHost>
            <CheckEolTargetFramework>false</CheckEolTargetFramework>
            {Properties}
          </PropertyGroup>
          <ItemGroup>
            {(ReferencesPackage ? $"""<PackageReference Include="ProxySsl.Analyzers" Version="{version}" PrivateAssets="all" />""" : "")}
            {Items}
          </ItemGroup>
        </Project>
        """;
}
