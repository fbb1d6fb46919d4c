using System;
using System.Collections.Generic;
using ProxySsl.Analyzers.Knowledge;

namespace ProxySsl.Analyzers.Headers;

/// <summary>What the readers of one compilation share.</summary>
internal sealed class HeadersScope
{
    private readonly Dictionary<string, ForwardedHeader> _configured = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>How many helpers deep a name, a value or a result is followed.</summary>
    internal const int DeepestHelper = 4;

    internal HeadersScope(CompilationModel model)
    {
        Model = model;
        Collections = new HeaderCollections(model);
        References = new MemberReferences(model);
        Peers = new PeerCheck(this);
        Configure(model.Options.SchemeHeaders, HeaderFamily.Scheme, HeaderValueStyle.Scheme);
        Configure(model.Options.ClientIpHeaders, HeaderFamily.ClientIp, HeaderValueStyle.AddressList);
        Configure(model.Options.HostHeaders, HeaderFamily.Host, HeaderValueStyle.Host);
    }

    internal CompilationModel Model { get; }

    internal HeaderCollections Collections { get; }

    internal MemberReferences References { get; }

    internal PeerCheck Peers { get; }

    internal Effects Effects { get; } = new();

    /// <summary>The header of a name, known or configured, in the HTTP or the CGI spelling; null for any other name.</summary>
    internal ForwardedHeader? HeaderOf(string name) =>
        ForwardedHeaderNames.Find(name) ?? (_configured.TryGetValue(name, out var header) ? header : null);

    private void Configure(IEnumerable<string> names, HeaderFamily family, HeaderValueStyle style)
    {
        foreach (var name in names)
        {
            var header = new ForwardedHeader(name, family, style);
            _configured[name] = header;
            _configured[header.CgiName] = header;
        }
    }
}
