using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using static ProxySsl.Analyzers.Knowledge.MiddlewareRole;
using static ProxySsl.Analyzers.Knowledge.RequestReads;

namespace ProxySsl.Analyzers.Knowledge;

/// <summary>
/// What the framework's and well-known third-party middleware reads, and so why it has to come after <c>UseForwardedHeaders</c>.
/// What the framework reads is checked by a test against the framework's own assemblies.
/// </summary>
internal static class MiddlewareKnowledge
{
    private const string Builder = "Microsoft.AspNetCore.Builder.";
    private const string LoginOverHttp = "login redirects and redirect URIs are built with http:// and the proxy's own address";

    // the challenge is the affair of authorization or of the endpoint; what comes back from a provider is handled by authentication
    private const string LoginFinishedAsHttp =
        "a login that comes back over https is finished as http: its cookie is not marked Secure, and an OAuth provider is told another redirect URI";

    private const string OnEarlyEnd = "for responses that end before UseForwardedHeaders runs";

    /// <summary>Every method that the package knows.</summary>
    internal static ImmutableArray<MiddlewareFact> All { get; } = ImmutableArray.Create<MiddlewareFact>(
        new("UseHttpsRedirection", Builder + "HttpsPolicyBuilderExtensions", Redirect, Scheme | Host | PathBase,
            "wherever the proxy talks http to the app and an https port is known, requests that reached the proxy over https are redirected to https again and again", "Microsoft.AspNetCore.HttpsPolicy.HttpsRedirectionMiddleware"),

        new("UseHsts", Builder + "HstsBuilderExtensions", MiddlewareRole.Reads, Scheme | Host,
            "the Strict-Transport-Security header is never sent where the proxy talks http to the app", "Microsoft.AspNetCore.HttpsPolicy.HstsMiddleware", PassesOn: true),
        new("UseAuthentication", Builder + "AuthAppBuilderExtensions", MiddlewareRole.Reads, Scheme | Host | PathBase,
            LoginFinishedAsHttp, "Microsoft.AspNetCore.Authentication.AuthenticationMiddleware"),
        new("UseAuthorization", Builder + "AuthorizationAppBuilderExtensions", MiddlewareRole.Reads, Scheme | Host,
            "any policy or login redirect goes by http and the proxy's own address", "Microsoft.AspNetCore.Authorization.AuthorizationMiddleware"),
        new("UseCookiePolicy", Builder + "CookiePolicyAppBuilderExtensions", MiddlewareRole.Reads, Scheme,
            "cookies that are written before UseForwardedHeaders runs are not marked Secure", "Microsoft.AspNetCore.CookiePolicy.CookiePolicyMiddleware", ReadsLate: true, PassesOn: true),
        new("UseSession", Builder + "SessionMiddlewareExtensions", MiddlewareRole.Reads, Scheme,
            "the session cookie is not marked Secure " + OnEarlyEnd, "Microsoft.AspNetCore.Session.SessionMiddleware", ReadsLate: true, PassesOn: true),
        new("UseAntiforgery", Builder + "AntiforgeryApplicationBuilderExtensions", MiddlewareRole.Reads, Scheme,
            "secure antiforgery cookies are refused on requests that came over https"),
        new("UseHostFiltering", Builder + "HostFilteringBuilderExtensions", MiddlewareRole.Reads, Host,
            "it checks the Host of the proxy's own request, and the forwarded host is never checked", "Microsoft.AspNetCore.HostFiltering.HostFilteringMiddleware"),
        new("UseDefaultFiles", Builder + "DefaultFilesExtensions", MiddlewareRole.Reads, Scheme | Host | PathBase,
            "the redirect that adds a trailing slash leads to http://", "Microsoft.AspNetCore.StaticFiles.DefaultFilesMiddleware"),
        new("UseFileServer", Builder + "FileServerExtensions", MiddlewareRole.Reads, Scheme | Host | PathBase,
            "the redirect that adds a trailing slash leads to http://"),
        new("UseDirectoryBrowser", Builder + "DirectoryBrowserExtensions", MiddlewareRole.Reads, Scheme | Host | PathBase,
            "the redirect that adds a trailing slash leads to http://", "Microsoft.AspNetCore.StaticFiles.DirectoryBrowserMiddleware"),
        new("UseRewriter", Builder + "RewriteBuilderExtensions", Rewriter, Scheme | Host | PathBase | ClientAddress,
            "its rules see the proxy's http and the proxy's address", "Microsoft.AspNetCore.Rewrite.RewriteMiddleware"),
        new("UseRouting", Builder + "EndpointRoutingApplicationBuilderExtensions", Routing, Scheme | Host,
            "endpoints that are bound to a host are matched against the proxy's", PassesOn: true),

        new("UseHttpLogging", Builder + "HttpLoggingBuilderExtensions", Logs, Scheme | Host | PathBase, "the log shows the proxy's request and not the client's", PassesOn: true),
        new("UseW3CLogging", Builder + "HttpLoggingBuilderExtensions", Logs, ClientAddress, "the log shows the proxy's address for every client", PassesOn: true),
        new("UseOutputCache", Builder + "OutputCacheApplicationBuilderExtensions", Logs, Scheme | Host | PathBase,
            "answers are cached under the proxy's scheme and host"),
        new("UseResponseCaching", Builder + "ResponseCachingExtensions", Logs, Scheme | Host | PathBase,
            "answers are cached under the proxy's scheme and host", "Microsoft.AspNetCore.ResponseCaching.ResponseCachingMiddleware"),
        new("UseResponseCompression", Builder + "ResponseCompressionBuilderExtensions", Logs, Scheme,
            "https answers are compressed although EnableForHttps is off " + OnEarlyEnd, "Microsoft.AspNetCore.ResponseCompression.ResponseCompressionMiddleware", ReadsLate: true, PassesOn: true),
        new("UseRateLimiter", Builder + "RateLimiterApplicationBuilderExtensions", Logs, ClientAddress,
            "limits by client address count all clients as the proxy"),

        new("UsePathBase", Builder + "UsePathBaseExtensions", MiddlewareRole.SetsPathBase, PathBase,
            "a prefix that the proxy sends replaces the path base it sets instead of standing in front of it", Builder + "Extensions.UsePathBaseMiddleware",
            PassesOn: true, Advice: "call UseForwardedHeaders first where the proxy takes its prefix off the path, and leave X-Forwarded-Prefix out where it does not"),
        new("UseStatusCodePagesWithRedirects", Builder + "StatusCodePagesExtensions", ReadsPrefix, PathBase,
            "its redirects lack the prefix of X-Forwarded-Prefix " + OnEarlyEnd, ReadsLate: true, PassesOn: true),

        new("UseIdentityServer", Builder + "IdentityServerApplicationBuilderExtensions", MiddlewareRole.Reads, Scheme | Host | PathBase,
            "the issuer, the discovery document and login redirects name http:// and the proxy's own address"),
        new("UseIdentityServerAuthentication", Builder + "IdentityServerAuthenticationAppBuilderExtensions", MiddlewareRole.Reads, Scheme | Host, LoginOverHttp),
        new("UseHangfireDashboard", "Hangfire.HangfireApplicationBuilderExtensions", MiddlewareRole.Reads, ClientAddress,
            "its filter for local requests takes every client for the proxy"),
        new("UseIpRateLimiting", "AspNetCoreRateLimit.MiddlewareExtensions", Logs, ClientAddress, "limits by client address count all clients as the proxy"),
        new("UseClientRateLimiting", "AspNetCoreRateLimit.MiddlewareExtensions", Logs, ClientAddress, "limits by client address count all clients as the proxy"),
        new("UseSwagger", Builder + "SwaggerBuilderExtensions", ReadsPrefix, PathBase, "the document's server address lacks the prefix of X-Forwarded-Prefix"),

        new("UseWhen", Builder + "UseWhenExtensions", RejoiningBranch),
        new("Map", Builder + "MapExtensions", Branch),
        new("MapWhen", Builder + "MapWhenExtensions", Branch),
        new("Use", Builder + "UseExtensions", Inline),
        new("UseMiddleware", Builder + "UseMiddlewareExtensions", MiddlewareClass),

        new("Run", Builder + "RunExtensions", Terminal),
        new("UseEndpoints", Builder + "EndpointRoutingApplicationBuilderExtensions", Terminal),
        new("UseMvc", Builder + "MvcApplicationBuilderExtensions", Terminal),
        new("UseMvcWithDefaultRoute", Builder + "MvcApplicationBuilderExtensions", Terminal),
        new("UseRouter", Builder + "RoutingBuilderExtensions", Terminal),
        new("UseSpa", Builder + "SpaApplicationBuilderExtensions", Terminal),
        new("UseWelcomePage", Builder + "WelcomePageExtensions", Harmless),

        new("UseCertificateForwarding", Builder + "CertificateForwardingBuilderExtensions", MiddlewareRole.CertificateForwarding, PassesOn: true),

        new("UseExceptionHandler", Builder + "ExceptionHandlerExtensions", Harmless, PassesOn: true),
        new("UseDeveloperExceptionPage", Builder + "DeveloperExceptionPageExtensions", Harmless, PassesOn: true),
        new("UseStatusCodePages", Builder + "StatusCodePagesExtensions", Harmless, PassesOn: true),
        new("UseStatusCodePagesWithReExecute", Builder + "StatusCodePagesExtensions", Harmless, PassesOn: true),

        new("UseSerilogRequestLogging", "Serilog.SerilogApplicationBuilderExtensions", Harmless, PassesOn: true),
        new("UseSwaggerUI", Builder + "SwaggerUIBuilderExtensions", Harmless),
        new("UseSentryTracing", Builder + "SentryTracingMiddlewareExtensions", Harmless, PassesOn: true),
        new("UseSentryTunneling", "Microsoft.AspNetCore.Hosting.SentryWebHostBuilderExtensions", Harmless),
        new("UseMiniProfiler", Builder + "MiniProfilerBuilderExtensions", Harmless),
        new("UseOpenApi", Builder + "NSwagApplicationBuilderExtensions", Harmless),
        new("UseWebAssemblyDebugging", Builder + "WebAssemblyNetDebugProxyAppBuilderExtensions", Harmless),
        new("UseBlazorFrameworkFiles", Builder + "ComponentsWebAssemblyApplicationBuilderExtensions", Harmless));

    /// <summary>The methods that the package knows, by name.</summary>
    internal static ImmutableDictionary<string, ImmutableArray<MiddlewareFact>> ByMethod { get; } =
        All.GroupBy(f => f.Method, StringComparer.Ordinal).ToImmutableDictionary(g => g.Key, g => g.ToImmutableArray(), StringComparer.Ordinal);

    /// <summary>The middleware classes that the package knows, by full name.</summary>
    internal static ImmutableDictionary<string, MiddlewareFact> ByMiddleware { get; } =
        All.Where(f => f.Middleware is not null).ToImmutableDictionary(f => f.Middleware!, StringComparer.Ordinal);

    /// <summary>
    /// The names without which no rule of the pipeline fires; part of the words that files are searched for. Branches and inline middleware
    /// are left out: alone they are no reason to look at a file.
    /// </summary>
    internal static IEnumerable<string> MethodNames { get; } =
        All.Where(f => f.Role is Redirect or MiddlewareRole.Reads or Logs or Rewriter or Routing or MiddlewareRole.CertificateForwarding or MiddlewareClass)
            .Select(f => f.Method)
            .Concat(
            [
                "AddAuthentication", "AddIdentity", "AddDefaultIdentity", "AddAuthorization", "AddControllers", "AddMvc", "AddRazorPages",
                "RequireHttps", "RequireHost", "[Host(", "HostAttribute", "EnableForHttps", "AddServiceDefaults", "AddRateLimiter", "RateLimiterOptions", "IRateLimiterPolicy",
            ])
            .Distinct(StringComparer.Ordinal)
            .ToArray();
}
