using System.IO;
using System.Linq;

namespace ProxySsl.Demo;

/// <summary>What the user asked for.</summary>
/// <param name="Target">The project, solution or folder to analyse; null runs the demo on an app of its own.</param>
/// <param name="Fix">Whether fixes are applied to the target.</param>
/// <param name="Help">Whether only the usage is wanted.</param>
internal sealed record CommandLine(string? Target, bool Fix, bool Help)
{
    internal const string Usage = """
        Usage:
          dotnet run --project samples/Demo
              packs the package, builds an app with it, applies the fixes and shows the difference behind a proxy
          dotnet run --project samples/Demo -- <project, solution or folder> [--fix]
              analyses that code and changes nothing; with --fix applies the fixes
        Exit codes: 0 nothing found, 1 findings remain, 2 wrong usage, 3 the code does not restore or build
        """;

    private static readonly string[] Extensions = [".csproj", ".sln", ".slnx", ".slnf"];

    /// <summary>Reads the arguments. Throws with a clear message where they make no sense or the path leads nowhere.</summary>
    internal static CommandLine Parse(string[] args)
    {
        if (args.Any(a => a is "-h" or "-?" or "--help"))
        {
            return new CommandLine(null, false, true);
        }

        var options = args.Where(a => a.StartsWith('-')).ToArray();
        if (options.FirstOrDefault(o => o != "--fix") is { } unknown)
        {
            throw new DemoException($"There is no option '{unknown}'.\n{Usage}", ExitCodes.Usage);
        }

        var paths = args.Except(options).ToArray();
        return (paths.Length, options.Length) switch
        {
            (0, 0) => new CommandLine(null, false, false),
            (0, _) => throw new DemoException($"--fix needs the path of the code to fix.\n{Usage}", ExitCodes.Usage),
            (1, _) => new CommandLine(Resolve(paths[0]), options.Length > 0, false),
            _ => throw new DemoException($"One path at a time.\n{Usage}", ExitCodes.Usage),
        };
    }

    /// <summary>The project or solution that a path means: itself, or the only one in a folder, where a solution goes first.</summary>
    private static string Resolve(string path)
    {
        var full = Path.GetFullPath(path);
        if (File.Exists(full))
        {
            return Extensions.Contains(Path.GetExtension(full).ToLowerInvariant())
                ? full
                : throw new DemoException($"'{path}' is neither a C# project nor a solution.", ExitCodes.Usage);
        }

        if (!Directory.Exists(full))
        {
            throw new DemoException($"There is nothing at '{path}' ({full}).", ExitCodes.Usage);
        }

        var solutions = Directory.GetFiles(full).Where(f => Path.GetExtension(f) is ".sln" or ".slnx").ToArray();
        var candidates = solutions.Length > 0 ? solutions : Directory.GetFiles(full, "*.csproj");
        return candidates.Length switch
        {
            1 => candidates[0],
            0 => throw new DemoException($"'{path}' holds neither a solution nor a C# project: name one.", ExitCodes.Usage),
            _ => throw new DemoException(
                $"'{path}' holds more than one: name one of\n{string.Join('\n', candidates.Select(c => "  " + Path.GetFileName(c)))}", ExitCodes.Usage),
        };
    }
}
