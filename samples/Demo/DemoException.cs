using System;

namespace ProxySsl.Demo;

/// <summary>What the user is told instead of a stack trace, and the exit code that goes with it.</summary>
internal sealed class DemoException(string message, int exitCode) : Exception(message)
{
    internal int ExitCode { get; } = exitCode;
}

/// <summary>The exit codes of the command.</summary>
internal static class ExitCodes
{
    internal const int Clean = 0;
    internal const int FindingsRemain = 1;
    internal const int Usage = 2;
    internal const int CannotBuild = 3;
    internal const int Cancelled = 130;
}
