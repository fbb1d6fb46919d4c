using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;

namespace ProxySsl.Behavior.Tests.Proxies;

/// <summary>
/// How one proxy is found, configured and started. All of them are configured as their manuals say, to do the same: keep Host; overwrite
/// X-Forwarded-Proto with http or https; say on or off in X-Forwarded-Ssl; append the peer's address to X-Forwarded-For (Caddy puts it in
/// the place of what the client wrote); let every other header through. All files, sockets and logs lie in the folder they are given.
/// </summary>
public abstract class ProxyRecipe
{
    private static readonly ProxyRecipe[] All = [new NginxRecipe(), new ApacheRecipe(), new HAProxyRecipe(), new CaddyRecipe()];

    /// <summary>Which proxy this is.</summary>
    public abstract ProxyKind Kind { get; }

    /// <summary>Its name as its makers write it.</summary>
    public abstract string Name { get; }

    /// <summary>The names under which distributions install it.</summary>
    protected abstract IReadOnlyList<string> Executables { get; }

    /// <summary>The recipe of a proxy.</summary>
    public static ProxyRecipe Of(ProxyKind kind) => All.Single(r => r.Kind == kind);

    /// <summary>Writes the configuration into a folder, beside the certificate that is there, and returns the arguments to start with.</summary>
    public abstract string[] Configure(string folder, string executable, IReadOnlyList<Route> routes);

    /// <summary>The file to run, or null where the proxy is not installed.</summary>
    public string? FindExecutable()
    {
        // Servers often lie in folders that the search path of an ordinary user does not have.
        string[] folders = [.. (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator), "/usr/sbin", "/usr/local/sbin", "/sbin", "/opt/homebrew/bin"];
        return folders
            .Where(folder => folder.Length > 0)
            .SelectMany(_ => Executables, Path.Combine)
            .FirstOrDefault(File.Exists);
    }

    /// <summary>Writes the configuration file.</summary>
    protected static string Write(string folder, string name, string content)
    {
        var file = Path.Combine(folder, name);
        File.WriteAllText(file, content);
        return file;
    }

    /// <summary>The same block for every route.</summary>
    protected static string Each(IReadOnlyList<Route> routes, Func<Route, string> block) => string.Join("\n", routes.Select(block));
}
