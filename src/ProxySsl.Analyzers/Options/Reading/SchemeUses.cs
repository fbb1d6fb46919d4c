using System.Threading;
using Microsoft.CodeAnalysis;

namespace ProxySsl.Analyzers.Options;

/// <summary>
/// Whether the app makes anything of the request's scheme: code reads it, or names what redirects, sets cookies, signs in or makes addresses.
/// An API that takes tokens and answers with data need not.
/// </summary>
internal sealed class SchemeUses
{
    private static readonly string[] Members = ["Scheme", "IsHttps"];

    // Any mention in code is enough, whatever it is about: what is not known to be harmless is not.
    private static readonly string[] Words =
    [
        "HttpsRedirection", "HttpsPort", "UseHsts", "UseRewriter", "UseDefaultFiles", "UseFileServer", "UseDirectoryBrowser", "UseSpa",
        "HttpLogging", "W3CLogging", "OutputCache", "ResponseCach", "ResponseCompression",
        "Cookie", "UseSession", "AddSession", "Antiforgery", "SignInAsync", "SignInManager", "SignInScheme", "AddIdentity", "AddControllersWithViews", "AddMvc", "RazorPages", "RazorComponents", "Blazor",
        "Redirect", "CreatedAt", "AcceptedAt", "Hangfire", "OrchardCore", "Umbraco", "Volo",
    ];

    // Whole names: RequireHttpsMetadata is about another server.
    private static readonly string[] Attributes = ["RequireHttps", "RequireHttpsAttribute"];

    private SchemeUses(bool mayBeAny) => MayBeAny = mayBeAny;

    /// <summary>Whether there may be one.</summary>
    internal bool MayBeAny { get; }

    /// <summary>Reads the compilation.</summary>
    internal static SchemeUses Read(CompilationModel model, CancellationToken cancellationToken)
    {
        var uses = new RequestUses(model, cancellationToken);
        return new SchemeUses(
            model.Family(HostUses.Read, cancellationToken).MayBeAny
            || uses.AreNamed(Words)
            || uses.AreWhole(Attributes)
            || uses.AreRead(Members, symbol => SymbolEqualityComparer.Default.Equals(symbol.ContainingType, model.Symbols.HttpRequest), RequestUses.IsOnRequest));
    }
}
