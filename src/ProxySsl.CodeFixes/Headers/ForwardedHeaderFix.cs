using System.Collections.Generic;
using System.Collections.Immutable;
using System.Threading;
using System.Threading.Tasks;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using ProxySsl.Analyzers;
using ProxySsl.Analyzers.Headers;

namespace ProxySsl.CodeFixes.Headers;

/// <summary>
/// Mends code that believes a forwarded header (PSSL1001 to PSSL1006): it reads what <c>UseForwardedHeaders</c> has put into the request.
/// The two forms of one meaning (<c>IsHttps</c> and <c>Scheme</c>, <c>Host</c> and <c>PathBase</c>) share a key, so that Fix All does both.
/// </summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(ForwardedHeaderFix))]
public sealed class ForwardedHeaderFix : ProxySslCodeFix
{
    /// <inheritdoc/>
    public override ImmutableArray<string> FixableDiagnosticIds { get; } = ImmutableArray.Create(
        RuleIds.PresenceOnly, RuleIds.RawScheme, RuleIds.RawClientAddress, RuleIds.LeftmostEntry, RuleIds.RawHost, RuleIds.HandWrittenMiddleware);

    private protected override bool TriesItself => true;

    private protected override async Task<IReadOnlyList<FixOption>> OptionsAsync(Document document, Diagnostic diagnostic, CancellationToken cancellationToken)
    {
        if (await document.GetSyntaxRootAsync(cancellationToken).ConfigureAwait(false) is not { } root
            || !diagnostic.Properties.TryGetValue(FixProperties.Fix, out var fix))
        {
            return [];
        }

        // A shape that the rewrite does not know gives no menu entry that does nothing.
        var node = root.FindNode(diagnostic.Location.SourceSpan, getInnermostNodeForTie: true);
        var target = new FixTarget(document, root, node, diagnostic.Properties, fix ?? "");
        return await HeaderRewrite.ApplyAsync(target, cancellationToken).ConfigureAwait(false) is var (_, written) && Option(fix, written) is { } option ? [option] : [];
    }

    private protected override async Task<Document> FixAsync(FixTarget target, CancellationToken cancellationToken) =>
        await HeaderRewrite.ApplyAsync(target, cancellationToken).ConfigureAwait(false) is var (document, _) ? document : target.Document;

    private static FixOption? Option(string? fix, string? written) => fix switch
    {
        HeaderFixProperties.FixIsHttps or HeaderFixProperties.FixScheme => new FixOption("Use 'Request." + (written ?? "IsHttps") + "'", "Use the request's scheme"),
        HeaderFixProperties.FixRemoteIpAddress => new FixOption("Use 'Connection.RemoteIpAddress'", "Use the connection's remote address"),
        HeaderFixProperties.FixHost => new FixOption("Use 'Request.Host'", "Use the request's host and path base"),
        HeaderFixProperties.FixPathBase => new FixOption("Use 'Request.PathBase'", "Use the request's host and path base"),
        HeaderFixProperties.FixUseForwardedHeaders => new FixOption("Replace the middleware by 'UseForwardedHeaders()'", "Use UseForwardedHeaders"),
        HeaderFixProperties.FixCompareValue => new FixOption("Compare the header's value", "Compare the header's value"),
        _ => null,
    };
}
