using System;
using System.Diagnostics;
using System.IO;
using System.Threading.Tasks;

namespace ProxySsl.Demo;

/// <summary>Says what is being done, and how long it took.</summary>
/// <param name="output">Where it is said.</param>
/// <param name="steps">How many steps there will be.</param>
internal sealed class Progress(TextWriter output, int steps)
{
    private int _step;

    internal async Task<T> StepAsync<T>(string what, Func<Task<T>> work)
    {
        output.Write($"[{++_step}/{steps}] {what} ... ");
        output.Flush();
        var clock = Stopwatch.StartNew();
        T result;
        try
        {
            result = await work();
        }
        catch
        {
            output.WriteLine();
            throw;
        }

        output.WriteLine($"{clock.Elapsed.TotalSeconds:0.0} s");
        return result;
    }

    internal void Line(string text = "") => output.WriteLine(text);

    /// <summary>Prints a block, each line moved in.</summary>
    internal void Block(string text)
    {
        foreach (var line in text.TrimEnd().Split('\n'))
        {
            output.WriteLine(line.Length == 0 ? "" : "    " + line.TrimEnd('\r'));
        }
    }
}
