using System;
using System.Collections.Generic;
using System.ComponentModel;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;

namespace ProxySsl.Demo.Running;

/// <summary>Runs the dotnet command so that nothing stays behind and nothing of the process that runs it leaks in.</summary>
internal static class Dotnet
{
    /// <summary>
    /// Neither build nodes nor compiler servers are left running; English output, because it is read; and without the variables with which
    /// a dotnet command tells its children about its own SDK.
    /// </summary>
    private static readonly Dictionary<string, string?> Environment = new()
    {
        ["MSBUILDDISABLENODEREUSE"] = "1",
        ["DOTNET_CLI_USE_MSBUILD_SERVER"] = "0",
        ["UseSharedCompilation"] = "false",
        ["DOTNET_CLI_UI_LANGUAGE"] = "en",
        ["DOTNET_CLI_TELEMETRY_OPTOUT"] = "1",
        ["DOTNET_NOLOGO"] = "1",
        ["NO_COLOR"] = "1",
        ["MSBuildSDKsPath"] = null,
        ["MSBuildExtensionsPath"] = null,
        ["MSBUILD_EXE_PATH"] = null,
        ["MSBuildLoadMicrosoftTargetsReadOnly"] = null,
        ["DOTNET_HOST_PATH"] = null,
    };

    /// <summary>The dotnet that runs this process, or the one on the path.</summary>
    internal static string Program => System.Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") is { Length: > 0 } path ? path : "dotnet";

    /// <summary>Runs one command to its end.</summary>
    internal static Task<ChildResult> RunAsync(
        string workingDirectory,
        IEnumerable<string> arguments,
        CancellationToken cancellationToken,
        IEnumerable<KeyValuePair<string, string?>>? environment = null,
        Action<string>? onLine = null) =>
        ChildProcess.RunAsync(Program, arguments, workingDirectory, Environment.Concat(environment ?? []), onLine, cancellationToken);

    /// <summary>Throws with a clear message where there is no SDK that could build anything.</summary>
    internal static async Task RequireSdkAsync(string workingDirectory, CancellationToken cancellationToken)
    {
        ChildResult version;
        try
        {
            version = await RunAsync(workingDirectory, ["--version"], cancellationToken);
        }
        catch (Win32Exception)
        {
            throw new DemoException("The dotnet command was not found. Install the .NET SDK: https://dotnet.microsoft.com/download", ExitCodes.CannotBuild);
        }

        if (version.ExitCode != 0)
        {
            throw new DemoException($"No .NET SDK can be used in {workingDirectory}:\n{version.Output.Trim()}", ExitCodes.CannotBuild);
        }
    }
}
