using System.Linq;
using System.Threading;
using Microsoft.CodeAnalysis;
using ProxySsl.Analyzers.Spelling;

namespace ProxySsl.Analyzers.Options;

/// <summary>
/// Whether the app makes anything of the request's host: code reads it, or names what makes absolute addresses, signs in elsewhere by them, or
/// caches by them. Redirects and locations for the client that sent the host are not counted: it misleads itself. What the app of a library
/// makes of it is not in view, and a person has to know.
/// </summary>
internal sealed class HostUses
{
    private const string Host = "Host";

    // Any mention of one is enough, whatever it is about: what is not known to be harmless is not.
    private static readonly string[] Words =
    [
        "GetDisplayUrl", "GetEncodedUrl", "HostString", "LinkGenerator", "UrlHelper", "Url.Action", "Url.Page", "Url.Link", "Url.RouteUrl", "ToAbsoluteUri", "NavigationManager",
        "[\"Host\"]", "RequireHost", "[Host(", "HostStrategy",
        "AddOpenIdConnect", "OpenIdConnectOptions", "AddMicrosoftIdentity", "AddOAuth", "OAuthOptions", "AddGoogle", "AddFacebook", "AddTwitter", "AddMicrosoftAccount", "Saml", "WsFederation",
        "AddIdentityServer", "UseIdentityServer", "AddOpenIddict", "MapReverseProxy", "AddReverseProxy", "HttpForwarder", "OutputCache", "ResponseCach",
    ];

    private HostUses(bool mayBeAny) => MayBeAny = mayBeAny;

    /// <summary>Whether there may be one.</summary>
    internal bool MayBeAny { get; }

    /// <summary>Reads the compilation: its texts for the words, and what each <c>Host</c> in them is.</summary>
    internal static HostUses Read(CompilationModel model, CancellationToken cancellationToken)
    {
        if (model.FilesThatSpell(Words, cancellationToken).Count > 0)
        {
            return new HostUses(true);
        }

        var mentions = new NameMentions(model, int.MaxValue);
        mentions.Prepare([Host], cancellationToken);
        return new HostUses(mentions.Of(Host)!.Value.Places.Any(name =>
            model.SemanticModelOf(name.SyntaxTree).GetSymbolInfo(name, cancellationToken).Symbol is not { } symbol || IsOfRequest(symbol, model.Symbols)));
    }

    // HttpRequest.Host, and the header Host, which is the same
    private static bool IsOfRequest(ISymbol symbol, AspNetCoreSymbols symbols) =>
        symbol is { ContainingType: { } type }
        && (type.Name == "HeaderNames" || SymbolEqualityComparer.Default.Equals(type, symbols.HttpRequest) || SymbolEqualityComparer.Default.Equals(type, symbols.HeaderDictionary));
}
