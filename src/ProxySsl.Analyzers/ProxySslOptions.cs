using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace ProxySsl.Analyzers;

/// <summary>Where the proxy is: the values of <c>proxyssl.proxy</c>.</summary>
internal enum ProxyLocation
{
    /// <summary>Not said; the default.</summary>
    Unknown,

    /// <summary>On the same machine.</summary>
    Loopback,

    /// <summary>In a private network: fixes write the RFC 1918 networks.</summary>
    PrivateNetwork,

    /// <summary>A platform whose vendor advises clearing the lists.</summary>
    Platform,

    /// <summary>There is none: the app is directly exposed.</summary>
    None,
}

/// <summary>A value of a configuration key that is not understood.</summary>
internal sealed record BadValue(string Key, string Value, string Expected);

/// <summary>
/// The <c>.editorconfig</c> and <c>.globalconfig</c> keys, read in one place. Names are those of all files together; the place of the
/// proxy is asked for by file. A value that is not understood is kept in <see cref="BadValues"/> and the default is used.
/// </summary>
internal sealed class ProxySslOptions : IEquatable<ProxySslOptions>
{
    internal const string ProxyKey = "proxyssl.proxy";
    internal const string AnalyzeTestsKey = "proxyssl.analyze_tests";
    internal const string SchemeHeadersKey = "proxyssl.scheme_headers";
    internal const string ClientIpHeadersKey = "proxyssl.client_ip_headers";
    internal const string HostHeadersKey = "proxyssl.host_headers";
    internal const string ForwardedHeadersMethodsKey = "proxyssl.forwarded_headers_methods";
    internal const string SchemeDependentMethodsKey = "proxyssl.scheme_dependent_methods";

    /// <summary>The property that the package's targets set where the project builds a container image.</summary>
    internal const string ContainerProperty = "build_property.ProxySslRunsInContainer";

    /// <summary>Every key, for documentation and tests.</summary>
    internal static readonly ImmutableArray<string> Keys = ImmutableArray.Create(
        ProxyKey, AnalyzeTestsKey, SchemeHeadersKey, ClientIpHeadersKey, HostHeadersKey, ForwardedHeadersMethodsKey, SchemeDependentMethodsKey);

    private readonly ProxyLocation _proxy;
    private readonly ImmutableDictionary<SyntaxTree, ProxyLocation> _proxyByTree;

    private ProxySslOptions(Builder builder)
    {
        _proxy = builder.Proxy;
        _proxyByTree = builder.ProxyByTree.ToImmutable();
        AnalyzeTests = builder.AnalyzeTests;
        RunsInContainer = builder.RunsInContainer;
        SchemeHeaders = builder.Names(SchemeHeadersKey);
        ClientIpHeaders = builder.Names(ClientIpHeadersKey);
        HostHeaders = builder.Names(HostHeadersKey);
        ForwardedHeadersMethods = builder.Names(ForwardedHeadersMethodsKey);
        SchemeDependentMethods = builder.Names(SchemeDependentMethodsKey);
        BadValues = builder.BadValues.Distinct().OrderBy(b => b.Key, StringComparer.Ordinal).ThenBy(b => b.Value, StringComparer.Ordinal).ToImmutableArray();
    }

    internal bool AnalyzeTests { get; }

    /// <summary>Whether the project builds a container image: loopback is the container itself there, and no proxy is on it.</summary>
    internal bool RunsInContainer { get; }

    internal ImmutableArray<string> SchemeHeaders { get; }

    internal ImmutableArray<string> ClientIpHeaders { get; }

    internal ImmutableArray<string> HostHeaders { get; }

    internal ImmutableArray<string> ForwardedHeadersMethods { get; }

    internal ImmutableArray<string> SchemeDependentMethods { get; }

    /// <summary>Values that are not understood, each once, in the order of keys.</summary>
    internal ImmutableArray<BadValue> BadValues { get; }

    /// <summary>The place of the proxy as configured for a file.</summary>
    internal ProxyLocation ProxyIn(SyntaxTree? tree) =>
        tree is not null && _proxyByTree.TryGetValue(tree, out var proxy) ? proxy : _proxy;

    /// <summary>Reads the keys for the compilation and for each of its files.</summary>
    internal static ProxySslOptions Read(Compilation compilation, AnalyzerConfigOptionsProvider provider)
    {
        var builder = new Builder();
        builder.Read(provider.GlobalOptions, tree: null);
        AnalyzerConfigOptions? previous = null;
        foreach (var tree in compilation.SyntaxTrees)
        {
            var options = provider.GetOptions(tree);
            if (!ReferenceEquals(options, previous) || builder.ProxyByTree.Count > 0)
            {
                builder.Read(options, tree);
                previous = options;
            }
        }

        return new ProxySslOptions(builder);
    }

    /// <inheritdoc/>
    public bool Equals(ProxySslOptions? other) =>
        other is not null
        && _proxy == other._proxy
        && AnalyzeTests == other.AnalyzeTests
        && RunsInContainer == other.RunsInContainer
        && SchemeHeaders.SequenceEqual(other.SchemeHeaders)
        && ClientIpHeaders.SequenceEqual(other.ClientIpHeaders)
        && HostHeaders.SequenceEqual(other.HostHeaders)
        && ForwardedHeadersMethods.SequenceEqual(other.ForwardedHeadersMethods)
        && SchemeDependentMethods.SequenceEqual(other.SchemeDependentMethods)
        && _proxyByTree.Count == other._proxyByTree.Count
        && _proxyByTree.All(p => other._proxyByTree.TryGetValue(p.Key, out var proxy) && proxy == p.Value)
        && BadValues.SequenceEqual(other.BadValues);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as ProxySslOptions);

    /// <inheritdoc/>
    public override int GetHashCode() => ((int)_proxy * 31) + SchemeHeaders.Length + ClientIpHeaders.Length + ForwardedHeadersMethods.Length;

    private sealed class Builder
    {
        private readonly Dictionary<string, List<string>> _names = new(StringComparer.Ordinal);

        internal ProxyLocation Proxy { get; private set; }

        internal ImmutableDictionary<SyntaxTree, ProxyLocation>.Builder ProxyByTree { get; } = ImmutableDictionary.CreateBuilder<SyntaxTree, ProxyLocation>();

        internal bool AnalyzeTests { get; private set; }

        internal bool RunsInContainer { get; private set; }

        internal List<BadValue> BadValues { get; } = [];

        internal ImmutableArray<string> Names(string key) =>
            _names.TryGetValue(key, out var names) ? names.ToImmutableArray() : ImmutableArray<string>.Empty;

        internal void Read(AnalyzerConfigOptions options, SyntaxTree? tree)
        {
            if (options.TryGetValue(ProxyKey, out var proxy))
            {
                ReadProxy(proxy, tree);
            }

            if (options.TryGetValue(AnalyzeTestsKey, out var analyzeTests))
            {
                if (bool.TryParse(analyzeTests, out var value))
                {
                    AnalyzeTests |= value;
                }
                else
                {
                    BadValues.Add(new BadValue(AnalyzeTestsKey, analyzeTests, "true or false"));
                }
            }

            // written by the targets, not by people: what is no truth value is none
            RunsInContainer |= options.TryGetValue(ContainerProperty, out var container) && bool.TryParse(container, out var runsInContainer) && runsInContainer;
            ReadNames(options, SchemeHeadersKey, IsHeaderName, "HTTP header names separated by commas");
            ReadNames(options, ClientIpHeadersKey, IsHeaderName, "HTTP header names separated by commas");
            ReadNames(options, HostHeadersKey, IsHeaderName, "HTTP header names separated by commas");
            ReadNames(options, ForwardedHeadersMethodsKey, IsMethodName, "method names separated by commas");
            ReadNames(options, SchemeDependentMethodsKey, IsMethodName, "method names separated by commas");
        }

        private static bool IsMethodName(string name) => Microsoft.CodeAnalysis.CSharp.SyntaxFacts.IsValidIdentifier(name);

        // token of RFC 9110, section 5.6.2
        private static bool IsHeaderName(string name)
        {
            foreach (var c in name)
            {
                if (c is not ((>= 'a' and <= 'z') or (>= 'A' and <= 'Z') or (>= '0' and <= '9')) && "!#$%&'*+-.^_`|~".IndexOf(c) < 0)
                {
                    return false;
                }
            }

            return true;
        }

        private void ReadProxy(string value, SyntaxTree? tree)
        {
            ProxyLocation? location = value.Trim().ToLowerInvariant() switch
            {
                "unknown" => ProxyLocation.Unknown,
                "loopback" => ProxyLocation.Loopback,
                "private_network" => ProxyLocation.PrivateNetwork,
                "platform" => ProxyLocation.Platform,
                "none" => ProxyLocation.None,
                _ => null,
            };

            if (location is not { } known)
            {
                BadValues.Add(new BadValue(ProxyKey, value, "unknown, loopback, private_network, platform or none"));
            }
            else if (tree is null)
            {
                Proxy = known;
            }
            else if (known != Proxy)
            {
                ProxyByTree[tree] = known;
            }
        }

        private void ReadNames(AnalyzerConfigOptions options, string key, Func<string, bool> isValid, string expected)
        {
            if (!options.TryGetValue(key, out var value))
            {
                return;
            }

            foreach (var part in value.Split(','))
            {
                var name = part.Trim();
                if (name.Length == 0)
                {
                    continue;
                }

                if (!isValid(name))
                {
                    BadValues.Add(new BadValue(key, value, expected));
                    continue;
                }

                if (!_names.TryGetValue(key, out var names))
                {
                    _names[key] = names = [];
                }

                if (!names.Contains(name, StringComparer.OrdinalIgnoreCase))
                {
                    names.Add(name);
                }
            }
        }
    }
}
