using System.Collections.Generic;
using System.Collections.Immutable;
using System.Threading;
using System.Threading.Tasks;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using ProxySsl.Analyzers;

namespace ProxySsl.CodeFixes.Options;

/// <summary>
/// Declares which proxies are trusted (PSSL2001 to PSSL2004), in three ways. The first is safe for unattended use: with an empty
/// configuration it trusts nobody new.
/// </summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(TrustFix))]
public sealed class TrustFix : ProxySslCodeFix
{
    private static readonly FixOption FromConfiguration = new("Trust the proxies that configuration lists", "Trust configured proxies");
    private static readonly FixOption Loopback = new("Trust a proxy on this machine (loopback)", "Trust loopback");
    private static readonly FixOption PrivateNetworks = new("Trust private networks (RFC 1918)", "Trust private networks");

    /// <inheritdoc/>
    public override ImmutableArray<string> FixableDiagnosticIds { get; } = ImmutableArray.Create(
        RuleIds.EverySenderTrusted, RuleIds.NoKnownProxy, RuleIds.NetworkCoversEveryAddress, RuleIds.EmptyInitializer);

    private protected override async Task<IReadOnlyList<FixOption>> OptionsAsync(Document document, Diagnostic diagnostic, CancellationToken cancellationToken)
    {
        var options = new List<FixOption>();
        if (diagnostic.Properties.ContainsKey(FixProperties.Configuration))
        {
            options.Add(FromConfiguration);
        }

        options.Add(Loopback);
        options.Add(PrivateNetworks);
        if (diagnostic.Properties.TryGetValue(FixProperties.Proxy, out var proxy))
        {
            var first = proxy switch
            {
                nameof(ProxyLocation.Loopback) => Loopback,
                nameof(ProxyLocation.PrivateNetwork) => PrivateNetworks,
                _ => options[0],
            };
            options.Remove(first);
            options.Insert(0, first);
        }

        if (await document.GetSyntaxRootAsync(cancellationToken).ConfigureAwait(false) is not { } root)
        {
            return [];
        }

        // A shape that the edit does not know gives no menu entry that does nothing.
        var node = root.FindNode(diagnostic.Location.SourceSpan, getInnermostNodeForTie: true);
        var target = new FixTarget(document, root, node, diagnostic.Properties, Loopback.Key);
        return await FixAsync(target, cancellationToken).ConfigureAwait(false) == document ? [] : options;
    }

    private protected override async Task<Document> FixAsync(FixTarget target, CancellationToken cancellationToken)
    {
        var way = target.Key == FromConfiguration.Key ? TrustWay.Configuration
            : target.Key == Loopback.Key ? TrustWay.Loopback
            : TrustWay.PrivateNetworks;
        target.Properties.TryGetValue(FixProperties.Configuration, out var configuration);
        if (await target.Document.GetSemanticModelAsync(cancellationToken).ConfigureAwait(false) is not { } model)
        {
            return target.Document;
        }

        var edit = new TrustEdit(model, way, configuration, target.Document.Project.ParseOptions, cancellationToken);
        return edit.Apply(target.Root, target.Node) is { } root ? target.Document.WithSyntaxRoot(root) : target.Document;
    }
}
