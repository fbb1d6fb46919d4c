using System.Linq;
using System.Threading;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using ProxySsl.Analyzers.Headers;
using ProxySsl.Analyzers.Knowledge;

namespace ProxySsl.Analyzers.Options;

/// <summary>
/// Whether the app makes anything of the client's address: code reads it for more than its log, or names what decides by it, keeps it as a
/// proof, or hands it on. A scheme that a client makes up misleads that client alone, and the host is PSSL2007's.
/// </summary>
internal sealed class AddressUses
{
    private static readonly string[] Members = ["RemoteIpAddress", "UserHostAddress"];

    // Any mention in code is enough, whatever it is about: what is not known to be harmless is not.
    private static readonly string[] Words =
    [
        "IpRateLimit", "AspNetCoreRateLimit", "UseIPFilter", "UseFirewall", "IpSafelist", "IpWhitelist", "IpBlacklist", "GeoIp", "LocalRequestsOnlyAuthorizationFilter", "UseAuditing", "AuditLog",
        "MapReverseProxy", "AddReverseProxy", "HttpForwarder", "MapForwarder", "OrchardCore", "Umbraco", "Volo",
    ];

    // Hangfire's dashboard is for requests from the same machine, unless its options say who else may see it.
    private static readonly string[] LocalDashboards = ["HangfireDashboard"];

    private static readonly string[] OwnFilters = ["IDashboardAuthorizationFilter", "IDashboardAsyncAuthorizationFilter", "MapHangfireDashboardWithAuthorizationPolicy"];

    private static readonly string[] FilterOptions = ["Authorization", "AsyncAuthorization"];

    // What shows the address in a log is one too, where the question is whether a wrong one is noticed.
    private static readonly string[] Shown = ["RemoteIpAddress", "UserHostAddress", "ClientIp", "RateLimit", "W3CLogging"];

    private AddressUses(bool mayBeAny, bool isNamed)
    {
        MayBeAny = mayBeAny;
        IsNamed = isNamed;
    }

    /// <summary>Whether there may be one.</summary>
    internal bool MayBeAny { get; }

    /// <summary>Whether code names the address at all, be it for the log.</summary>
    internal bool IsNamed { get; }

    /// <summary>Reads the compilation.</summary>
    internal static AddressUses Read(CompilationModel model, CancellationToken cancellationToken)
    {
        var uses = new RequestUses(model, cancellationToken);
        var mayBeAny = uses.AreNamed(Words)
            || (uses.AreNamed(LocalDashboards) && !uses.AreWhole(OwnFilters) && !model.Spells(FilterOptions, (hit, root) => IsOfDashboard(hit.IdentifierIn(root), model, cancellationToken), cancellationToken))
            || HeadersModel.Of(model, cancellationToken).Reads.Any(r => IsRawAddress(r) && !uses.IsInHelperForLog(r.Location))
            || uses.AreRead(Members, static _ => true, static _ => true, isAnswerOfNoUse: true);
        return new AddressUses(mayBeAny, mayBeAny || uses.AreNamed(Shown));
    }

    // new DashboardOptions { Authorization = … }, options.Authorization = …; not the header of a client
    private static bool IsOfDashboard(SyntaxToken? name, CompilationModel model, CancellationToken cancellationToken) =>
        name?.Parent is IdentifierNameSyntax { Parent: var parent } assigned
        && (parent is MemberAccessExpressionSyntax access && access.Name == assigned ? access.Parent : parent) is AssignmentExpressionSyntax assignment
        && assignment.Left.Span.Contains(assigned.Span)
        && model.SemanticModelOf(assigned.SyntaxTree).GetSymbolInfo(assigned, cancellationToken).Symbol is null or { ContainingType.Name: "DashboardOptions" };

    // An app that reads the header itself wants the address, and gets it from the connection once that is mended.
    private static bool IsRawAddress(HeaderRead read) => read is { Header.Family: HeaderFamily.ClientIp, Request: RequestKind.AspNetCore, IsBelieved: true };
}
