using System.Collections.Generic;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using ProxySsl.CodeFixes.Syntax;

namespace ProxySsl.CodeFixes.Options;

/// <summary>The ways to say which proxies are trusted.</summary>
internal enum TrustWay
{
    /// <summary>The lists <c>ForwardedHeaders:KnownProxies</c> and <c>ForwardedHeaders:KnownNetworks</c> of the app's configuration.</summary>
    Configuration,

    /// <summary>A proxy on the same machine.</summary>
    Loopback,

    /// <summary>The private networks of RFC 1918.</summary>
    PrivateNetworks,
}

/// <summary>
/// Writes the code that declares trust, in the types and members that the project's framework has: <c>KnownIPNetworks</c> with
/// <c>System.Net.IPNetwork</c> from .NET 10 on, before that <c>KnownNetworks</c> with the framework's own network type, whose
/// <c>TryParse</c> came with .NET 8. Types are named so that they mean the right one at the place; no using is added, because in front of
/// .NET 10 a using can make <c>IPNetwork</c> ambiguous.
/// </summary>
internal sealed class TrustCode
{
    private static readonly (string Address, int Length)[] PrivateNetworks = [("10.0.0.0", 8), ("172.16.0.0", 12), ("192.168.0.0", 16)];

    private readonly SemanticModel _model;
    private readonly int _position;
    private readonly bool _hasIPNetworks;
    private readonly bool _canParseNetworks;
    private readonly bool _hasOutVariables;
    private readonly string _network;
    private readonly HashSet<string> _taken;

    internal TrustCode(SemanticModel model, int position, ParseOptions? parseOptions)
    {
        _model = model;
        _position = position;
        var options = model.Compilation.GetTypesByMetadataName("Microsoft.AspNetCore.Builder.ForwardedHeadersOptions").FirstOrDefault();
        _hasIPNetworks = options is not null && !options.GetMembers("KnownIPNetworks").IsEmpty;
        var network = Type(_hasIPNetworks ? "System.Net.IPNetwork" : "Microsoft.AspNetCore.HttpOverrides.IPNetwork");
        _canParseNetworks = network is not null && !network.GetMembers("TryParse").IsEmpty;
        _network = _hasIPNetworks || network is null ? Name("System.Net.IPNetwork") : Usings.FullNameOf(network, model, position);
        _hasOutVariables = parseOptions is not CSharpParseOptions { LanguageVersion: < LanguageVersion.CSharp7 };
        _taken = [.. model.LookupSymbols(position).Where(s => s is ILocalSymbol or IParameterSymbol or IRangeVariableSymbol).Select(s => s.Name)];
    }

    /// <summary>The list of networks that the framework has, the newer one where there are two.</summary>
    internal string NetworksProperty => _hasIPNetworks ? "KnownIPNetworks" : "KnownNetworks";

    /// <summary>A name that no local or parameter has at the place.</summary>
    internal string Unused(string name) => Unused(name, _taken);

    /// <summary>A name for a local of a whole scope: nothing inside it, whatever deep, has the name either.</summary>
    internal string Unused(string name, SyntaxNode scope) =>
        Unused(name, [.. _taken, .. scope.DescendantTokens().Where(t => t.IsKind(SyntaxKind.IdentifierToken)).Select(t => t.ValueText)]);

    private static string Unused(string name, HashSet<string> taken)
    {
        var unused = name;
        for (var i = 1; taken.Contains(unused); i++)
        {
            unused = name + i;
        }

        return unused;
    }

    /// <summary>Statements that add to the lists of an options object, one after the other; lines of one are not indented.</summary>
    internal IEnumerable<string> Statements(TrustWay way, string options, string? configuration)
    {
        switch (way)
        {
            case TrustWay.Configuration:
                yield return Loop(configuration!, "ForwardedHeaders:KnownProxies", ParseProxy(options));
                yield return Loop(configuration!, "ForwardedHeaders:KnownNetworks", ParseNetwork(options));
                break;
            default:
                var (property, values) = Entries(way);
                foreach (var value in values)
                {
                    yield return $"{options}.{property}.Add({value});";
                }

                break;
        }
    }

    /// <summary>The list and the entries that an object initializer adds; only for ways that need no statements.</summary>
    internal (string Property, IReadOnlyList<string> Values) Entries(TrustWay way) => way == TrustWay.Loopback
        ? ("KnownProxies", [Address + ".Loopback", Address + ".IPv6Loopback"])
        : (NetworksProperty, PrivateNetworks.Select(n => _canParseNetworks
            ? $"{_network}.Parse(\"{n.Address}/{n.Length}\")"
            : $"new {_network}({Address}.Parse(\"{n.Address}\"), {n.Length})").ToArray());

    /// <summary>Loops over the two lists in a section of the configuration.</summary>
    internal IEnumerable<string> ListLoops(string options, string section)
    {
        yield return Loop(section, "KnownProxies", ParseProxy(options));
        yield return Loop(section, "KnownNetworks", ParseNetwork(options));
    }

    /// <summary>The name of the options type at the place.</summary>
    internal string OptionsType => Name("Microsoft.AspNetCore.Builder.ForwardedHeadersOptions");

    private string Address => Name("System.Net.IPAddress");

    private string Entry => Unused("entry");

    private string Loop(string configuration, string key, string body) =>
        $"foreach (var {Entry} in {configuration}.GetSection(\"{key}\").GetChildren())\n{{\n{body}\n}}";

    // Strict on purpose: an entry that is dropped without a word would leave the proxy untrusted and nobody would know why.
    private string ParseProxy(string options) => _hasOutVariables
        ? $"    {options}.KnownProxies.Add({Address}.TryParse({Entry}.Value, out var {Unused("proxy")})\n        ? {Unused("proxy")}\n        : throw new {Name("System.FormatException")}($\"'{{{Entry}.Value}}' in {{{Entry}.Path}} is not an IP address.\"));"
        : $"    {options}.KnownProxies.Add({Address}.Parse({Entry}.Value));";

    private string ParseNetwork(string options)
    {
        var (entry, network, parts, prefix, length) = (Entry, Unused("network"), Unused("parts"), Unused("prefix"), Unused("length"));
        if (_canParseNetworks)
        {
            return $"    {options}.{NetworksProperty}.Add({_network}.TryParse({entry}.Value, out var {network})\n        ? {network}\n        : {NotANetwork(entry)});";
        }

        var split = $"    var {parts} = {entry}.Value.Split('/');\n";
        return _hasOutVariables
            ? split
                + $"    if ({parts}.Length != 2 || !{Address}.TryParse({parts}[0], out var {prefix}) || !int.TryParse({parts}[1], out var {length}))\n    {{\n        {NotANetwork(entry)};\n    }}\n\n"
                + $"    {options}.{NetworksProperty}.Add(new {_network}({prefix}, {length}));"
            : split + $"    {options}.{NetworksProperty}.Add(new {_network}({Address}.Parse({parts}[0]), int.Parse({parts}[1])));";
    }

    private string NotANetwork(string entry) =>
        $"throw new {Name("System.FormatException")}($\"'{{{entry}.Value}}' in {{{entry}.Path}} is not a network such as 10.0.0.0/8.\")";

    private INamedTypeSymbol? Type(string metadataName) => _model.Compilation.GetTypesByMetadataName(metadataName).FirstOrDefault();

    private string Name(string metadataName) => Type(metadataName) is { } type ? Usings.NameOf(type, _model, _position) : metadataName;
}
