using System;
using System.Collections.Generic;
using System.IO;

namespace ProxySsl.Package.Tests.Building;

/// <summary>Every scenario; a test names the one it looks at.</summary>
internal static class Scenarios
{
    internal const string Plain = nameof(Plain);
    internal const string Strict = nameof(Strict);
    internal const string WithEditorConfig = nameof(WithEditorConfig);
    internal const string WithGlobalConfig = nameof(WithGlobalConfig);
    internal const string Suppressed = nameof(Suppressed);
    internal const string ModeNone = nameof(ModeNone);
    internal const string ModeRecommended = nameof(ModeRecommended);
    internal const string ModeAll = nameof(ModeAll);
    internal const string ModeUnknown = nameof(ModeUnknown);
    internal const string ModeOverridden = nameof(ModeOverridden);
    internal const string IsTestProject = nameof(IsTestProject);
    internal const string OnMachine = nameof(OnMachine);
    internal const string OnMachineModeRecommended = nameof(OnMachineModeRecommended);
    internal const string InContainer = nameof(InContainer);
    internal const string InContainerByProperty = nameof(InContainerByProperty);
    internal const string OutOfContainer = nameof(OutOfContainer);
    internal const string NoWeb = nameof(NoWeb);
    internal const string ManyTargets = nameof(ManyTargets);
    internal const string Central = nameof(Central);

    internal static IReadOnlyList<Scenario> All { get; } =
    [
        new(Plain, App()) { Properties = Log },
        new(Strict, App())
        {
            Properties = "<TreatWarningsAsErrors>true</TreatWarningsAsErrors><WarningsNotAsErrors>$(WarningsNotAsErrors);PSSL2001</WarningsNotAsErrors>",
        },
        new(WithEditorConfig, App((".editorconfig", """
            root = true
            [*.cs]
            dotnet_diagnostic.PSSL1001.severity = error
            dotnet_diagnostic.PSSL1003.severity = warning
            dotnet_diagnostic.PSSL2001.severity = none
            [Program.cs]
            dotnet_diagnostic.PSSL3001.severity = suggestion
            """))),
        new(WithGlobalConfig, App((".globalconfig", """
            is_global = true
            dotnet_diagnostic.PSSL1001.severity = none
            dotnet_diagnostic.PSSL2001.severity = error
            proxyssl.proxy = moon
            """))),
        new(Suppressed, new() { ["Program.cs"] = Sources.Suppressed }) { Properties = "<NoWarn>$(NoWarn);PSSL3001</NoWarn>" },
        new(ModeNone, App()) { Properties = Mode("None") },
        new(ModeRecommended, App()) { Properties = Mode("recommended") },
        new(ModeAll, App()) { Properties = Mode("All") + "<NoWarn>$(NoWarn);PSSL3001</NoWarn>" },
        new(ModeUnknown, App()) { Properties = Mode("Everything") },
        new(ModeOverridden, App(
            (".editorconfig", "root = true\n[*.cs]\ndotnet_diagnostic.PSSL1001.severity = none\n"),
            (".globalconfig", "is_global = true\ndotnet_diagnostic.PSSL2001.severity = warning\n"))) { Properties = Mode("All") },
        new(IsTestProject, App()) { Properties = "<IsTestProject>true</IsTestProject>" },
        new(OnMachine, LoopbackAlone()) { Properties = Log },
        new(OnMachineModeRecommended, LoopbackAlone()) { Properties = Mode("Recommended") },
        new(InContainer, LoopbackAlone(("Dockerfile", "FROM scratch"))),
        new(InContainerByProperty, LoopbackAlone()) { Properties = "<DockerDefaultTargetOS>Linux</DockerDefaultTargetOS>" },
        new(OutOfContainer, LoopbackAlone(("Dockerfile", "FROM scratch"))) { Properties = "<ProxySslRunsInContainer>false</ProxySslRunsInContainer>" },
        new(NoWeb, new() { ["Program.cs"] = Sources.Console }) { Sdk = "Microsoft.NET.Sdk", Properties = "<OutputType>Exe</OutputType>" },
        new(ManyTargets, new() { ["Startup.cs"] = Sources.Startup })
        {
            TargetFrameworks = "net6.0;net8.0;net9.0;net10.0",
            Properties = "<LangVersion>7.3</LangVersion><Nullable>disable</Nullable><ImplicitUsings>disable</ImplicitUsings>",
        },
        // The recipe for a whole organisation, as the documentation has it.
        new(Central, App(
            ("Directory.Packages.props", Recipe("Directory.Packages.props").Replace("Version=\"1.0.0\"", "Version=\"PACKAGE_VERSION\"")),
            ("Directory.Build.props", Recipe("Directory.Build.props")),
            ("Directory.Build.targets", Recipe("Directory.Build.targets").Replace("'$(CI)' == 'true'", "true"))))
        {
            ReferencesPackage = false,
        },
    ];

    private static string Log => "<ErrorLog>$(MSBuildProjectDirectory)/log.sarif,version=2.1</ErrorLog>";

    private static Dictionary<string, string> App(params (string Name, string Text)[] more) => With(Sources.MinimalApi, more);

    private static Dictionary<string, string> LoopbackAlone(params (string Name, string Text)[] more) => With(Sources.LoopbackAlone, more);

    private static Dictionary<string, string> With(string program, (string Name, string Text)[] more)
    {
        var files = new Dictionary<string, string> { ["Program.cs"] = program };
        foreach (var (name, text) in more)
        {
            files[name] = text;
        }

        return files;
    }

    /// <summary>A file of docs/code-scanning.md.</summary>
    private static string Recipe(string file)
    {
        var page = File.ReadAllText(Path.Combine(PackedPackage.Repository, "docs", "code-scanning.md")).ReplaceLineEndings("\n");
        var opening = $"```xml\n<!-- {file} -->\n";
        var start = page.IndexOf(opening, StringComparison.Ordinal) + opening.Length;
        return page[start..page.IndexOf("```", start, StringComparison.Ordinal)];
    }

    private static string Mode(string mode) => $"<ProxySslAnalysisMode>{mode}</ProxySslAnalysisMode>";
}
