using System;
using System.Globalization;

namespace ProxySsl.Benchmarks;

/// <summary>Named arguments of a command: <c>--name value</c>.</summary>
internal sealed class Arguments(string[] args)
{
    public string? Text(string name)
    {
        var at = Array.IndexOf(args, "--" + name);
        return at >= 0 && at + 1 < args.Length ? args[at + 1] : null;
    }

    public int Number(string name, int otherwise) =>
        Text(name) is { } text ? int.Parse(text, NumberStyles.Integer, CultureInfo.InvariantCulture) : otherwise;

    public bool Has(string name) => Array.IndexOf(args, "--" + name) >= 0;
}
