using System;
using System.Runtime.InteropServices;
using System.Threading;
using ProxySsl.Demo;

using var stop = new CancellationTokenSource();
Console.CancelKeyPress += (_, e) =>
{
    // The child processes are ended on the way out, so the way out has to be walked.
    e.Cancel = true;
    stop.Cancel();
};
using var terminated = PosixSignalRegistration.Create(PosixSignal.SIGTERM, context =>
{
    context.Cancel = true;
    stop.Cancel();
});

try
{
    var commandLine = CommandLine.Parse(args);
    if (commandLine.Help)
    {
        Console.WriteLine(CommandLine.Usage);
        return ExitCodes.Clean;
    }

    return commandLine.Target is { } target
        ? await AnalyzeCommand.RunAsync(target, commandLine.Fix, Console.Out, stop.Token)
        : await DemoCommand.RunAsync(Console.Out, stop.Token);
}
catch (DemoException e)
{
    Console.Error.WriteLine(e.Message);
    return e.ExitCode;
}
catch (OperationCanceledException) when (stop.IsCancellationRequested)
{
    Console.Error.WriteLine("Stopped.");
    return ExitCodes.Cancelled;
}
