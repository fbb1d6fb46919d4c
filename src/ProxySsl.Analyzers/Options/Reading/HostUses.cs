using System;
using System.Linq;
using System.Threading;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using ProxySsl.Analyzers.Headers;
using ProxySsl.Analyzers.Spelling;

namespace ProxySsl.Analyzers.Options;

/// <summary>
/// Whether the app makes anything of the request's host: code reads it, or names what makes absolute addresses, signs in elsewhere by them, or
/// lets others cache them. Redirects and locations for the client that sent the host are not counted: it misleads itself. Nor is any use in an
/// app that gives its requests a host of its own. What the app of a library makes of it is not in view, and a person has to know.
/// </summary>
internal sealed class HostUses
{
    // Any mention in code is enough, whatever it is about: what is not known to be harmless is not.
    private static readonly string[] LinkWords = ["GetDisplayUrl", "GetEncodedUrl", "HostString", "GetUriBy", "RequireHost", "HostAttribute"];

    private static readonly string[] Words =
    [
        "UrlActionContext", "UrlRouteContext", "ToAbsoluteUri", "HostStrategy",
        "AddOpenIdConnect", "OpenIdConnectOptions", "AddMicrosoftIdentity", "Saml", "WsFederation",
        "AddIdentityServer", "UseIdentityServer", "AddOpenIddict", "MapReverseProxy", "AddReverseProxy", "HttpForwarder",
    ];

    // Whole names: AddGoogleCloudStorage is another matter.
    private static readonly string[] SignIns = ["AddOAuth", "AddGoogle", "AddGoogleOpenIdConnect", "AddFacebook", "AddTwitter", "AddMicrosoftAccount", "AddGitHub", "AddDiscord", "AddApple", "AddLinkedIn", "AddTwitch", "AddSteam"];

    // Names of which a place has to be looked at: most of what they stand for has nothing to do with the host.
    private static readonly string[] LinkMembers = ["Host"];

    private static readonly string[] Members = ["BaseUri"];

    // The framework's, not a class of the app with the same name.
    private static readonly string[] SignInOptions = ["OAuthOptions"];

    private static readonly string[] LinksLookedAt = ["[\"Host\"]", "[Host("];

    private static readonly string[] LookedAt =
    [
        "Url.Action", "Url.Page", "Url.Link", "Url.RouteUrl", "UrlHelper.Action", "UrlHelper.Page", "UrlHelper.Link", "UrlHelper.RouteUrl",
    ];

    // A cache in front of the app gives to others what one client made up. The framework's own caches keep hosts apart.
    private static readonly string[] Caches = ["ResponseCache"];

    private HostUses(bool mayBeAny, bool goBeyondLinks)
    {
        MayBeAny = mayBeAny;
        GoBeyondLinks = goBeyondLinks;
    }

    /// <summary>Whether there may be one.</summary>
    internal bool MayBeAny { get; }

    /// <summary>Whether there may be one that is more than a read of the host, as for a link that goes back to the client: mails, sign-ins elsewhere, caches, other services.</summary>
    internal bool GoBeyondLinks { get; }

    /// <summary>Reads the compilation: its texts for the words, and what each <c>Host</c> in them is.</summary>
    internal static HostUses Read(CompilationModel model, CancellationToken cancellationToken)
    {
        var uses = new RequestUses(model, cancellationToken);
        if (uses.IsDecided(RequestProperty.Host))
        {
            return new HostUses(mayBeAny: false, goBeyondLinks: false);
        }

        var goBeyondLinks = uses.AreWhole(SignIns) || uses.AreRead(SignInOptions, IsOfFramework, static _ => true) || Are(Words, LookedAt, Members);
        var mayBeAny = goBeyondLinks || Are(LinkWords, LinksLookedAt, LinkMembers);
        return new HostUses(mayBeAny, goBeyondLinks || (mayBeAny && AreSpelled(Caches)));

        bool Are(string[] words, string[] lookedAt, string[] members) =>
            uses.AreNamed(words)
            || AreSpelled(lookedAt)
            || uses.AreRead(members, symbol => IsOfRequest(symbol, model.Symbols), RequestUses.IsOnRequest);

        bool AreSpelled(string[] words) =>
            model.Spells(words, (hit, root) => IsUse(hit, root, model, cancellationToken), cancellationToken);
    }

    private static bool IsUse(WordHit hit, SyntaxNode root, CompilationModel model, CancellationToken cancellationToken)
    {
        if (hit.Start + hit.Length > root.FullSpan.End)
        {
            return false;
        }

        return root.FindToken(hit.Start) is var first && first.Parent is BracketedArgumentListSyntax { Parent: var element } ? IsHeaderOf(element, model, cancellationToken)
            : first.Parent is AttributeListSyntax ? true
            : first.Parent is IdentifierNameSyntax { Parent: AttributeSyntax attribute } ? MayBeShared(attribute)
            : root.FindToken(hit.Start + hit.Length - 1) is { RawKind: (int)SyntaxKind.IdentifierToken, Parent: SimpleNameSyntax method } && IsAbsolute(method);
    }

    // headers["Host"], not settings["Host"] or an element of a dictionary that is made
    private static bool IsHeaderOf(SyntaxNode? element, CompilationModel model, CancellationToken cancellationToken) => element is not ElementAccessExpressionSyntax access
        ? element is not ImplicitElementAccessSyntax
        : model.SemanticModelOf(access.SyntaxTree).GetTypeInfo(access.Expression, cancellationToken).Type is not { TypeKind: not TypeKind.Error } type
        || SymbolEqualityComparer.Default.Equals(type, model.Symbols.HeaderDictionary);

    // [ResponseCache] that keeps an answer from caches, or leaves it to the client's own, as the templates' error pages have it
    private static bool MayBeShared(AttributeSyntax attribute) =>
        attribute.ArgumentList?.Arguments.Any(a => (a.NameEquals?.Name.Identifier.ValueText, a.Expression) switch
        {
            ("NoStore", LiteralExpressionSyntax { RawKind: (int)SyntaxKind.TrueLiteralExpression }) => true,
            ("Location", MemberAccessExpressionSyntax { Name.Identifier.ValueText: "None" or "Client" }) => true,
            _ => false,
        }) != true;

    // Url.Action("Reset", "Account") is a path; with the protocol as the fourth argument it begins with the request's host
    private static bool IsAbsolute(SimpleNameSyntax method)
    {
        var paths = method.Identifier.ValueText switch { "Action" or "Page" => 3, "RouteUrl" => 2, "Link" or "ActionLink" or "PageLink" => 0, _ => -1 };
        return paths >= 0
            && (method.Parent?.Parent is not InvocationExpressionSyntax { ArgumentList.Arguments: var arguments }
                || arguments.Count > paths
                || arguments.Any(a => a.NameColon?.Name.Identifier.ValueText is "protocol" or "host"));
    }

    private static bool IsOfFramework(ISymbol symbol) => symbol.ContainingNamespace?.ToDisplayString().StartsWith("Microsoft.", StringComparison.Ordinal) == true;

    // HttpRequest.Host, the header Host, which is the same, and what Blazor makes of them
    private static bool IsOfRequest(ISymbol symbol, AspNetCoreSymbols symbols) =>
        symbol is { ContainingType: { } type }
        && (type.Name is "HeaderNames" or "NavigationManager" || SymbolEqualityComparer.Default.Equals(type, symbols.HttpRequest) || SymbolEqualityComparer.Default.Equals(type, symbols.HeaderDictionary));
}
