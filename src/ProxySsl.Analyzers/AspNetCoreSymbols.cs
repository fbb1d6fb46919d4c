using Microsoft.CodeAnalysis;

namespace ProxySsl.Analyzers;

/// <summary>
/// Every framework symbol that the package knows, resolved once a compilation. Each is null where the compilation's references
/// lack it; a reader states what it needs and stays silent without it.
/// </summary>
internal sealed class AspNetCoreSymbols
{
    private AspNetCoreSymbols(Compilation compilation)
    {
        HttpRequest = Find(compilation, "Microsoft.AspNetCore.Http.HttpRequest");
        HttpContext = Find(compilation, "Microsoft.AspNetCore.Http.HttpContext");
        HeaderDictionary = Find(compilation, "Microsoft.AspNetCore.Http.IHeaderDictionary");
        StringValues = Find(compilation, "Microsoft.Extensions.Primitives.StringValues");
        ConnectionInfo = Find(compilation, "Microsoft.AspNetCore.Http.ConnectionInfo");
        ApplicationBuilder = Find(compilation, "Microsoft.AspNetCore.Builder.IApplicationBuilder");
        WebApplication = Find(compilation, "Microsoft.AspNetCore.Builder.WebApplication");
        StartupFilter = Find(compilation, "Microsoft.AspNetCore.Hosting.IStartupFilter");
        ServiceCollection = Find(compilation, "Microsoft.Extensions.DependencyInjection.IServiceCollection");
        ForwardedHeadersOptions = Find(compilation, "Microsoft.AspNetCore.Builder.ForwardedHeadersOptions");
        ForwardedHeadersExtensions = Find(compilation, "Microsoft.AspNetCore.Builder.ForwardedHeadersExtensions");
        ForwardedHeadersMiddleware = Find(compilation, "Microsoft.AspNetCore.HttpOverrides.ForwardedHeadersMiddleware");
        ForwardedHeadersDefaults = Find(compilation, "Microsoft.AspNetCore.HttpOverrides.ForwardedHeadersDefaults");
        ForwardedHeadersFlags = Find(compilation, "Microsoft.AspNetCore.HttpOverrides.ForwardedHeaders");
        HttpOverridesIPNetwork = Find(compilation, "Microsoft.AspNetCore.HttpOverrides.IPNetwork");
        SystemIPNetwork = Find(compilation, "System.Net.IPNetwork");
        IPAddress = Find(compilation, "System.Net.IPAddress");
        SystemWebRequest = Find(compilation, "System.Web.HttpRequest") ?? Find(compilation, "System.Web.HttpRequestBase");
        OwinRequest = Find(compilation, "Microsoft.Owin.IOwinRequest");
        NancyRequest = Find(compilation, "Nancy.Request");
        WebApiController = Find(compilation, "System.Web.Http.ApiController") ?? Find(compilation, "System.Web.Http.HttpConfiguration");
        FunctionAttribute = Find(compilation, "Microsoft.Azure.WebJobs.FunctionNameAttribute") ?? Find(compilation, "Microsoft.Azure.Functions.Worker.FunctionAttribute");
    }

    internal INamedTypeSymbol? HttpRequest { get; }

    internal INamedTypeSymbol? HttpContext { get; }

    internal INamedTypeSymbol? HeaderDictionary { get; }

    internal INamedTypeSymbol? StringValues { get; }

    internal INamedTypeSymbol? ConnectionInfo { get; }

    internal INamedTypeSymbol? ApplicationBuilder { get; }

    /// <summary>Present from net6.0 on.</summary>
    internal INamedTypeSymbol? WebApplication { get; }

    internal INamedTypeSymbol? StartupFilter { get; }

    internal INamedTypeSymbol? ServiceCollection { get; }

    internal INamedTypeSymbol? ForwardedHeadersOptions { get; }

    internal INamedTypeSymbol? ForwardedHeadersExtensions { get; }

    internal INamedTypeSymbol? ForwardedHeadersMiddleware { get; }

    internal INamedTypeSymbol? ForwardedHeadersDefaults { get; }

    /// <summary>The flags enum <c>Microsoft.AspNetCore.HttpOverrides.ForwardedHeaders</c>.</summary>
    internal INamedTypeSymbol? ForwardedHeadersFlags { get; }

    internal INamedTypeSymbol? HttpOverridesIPNetwork { get; }

    /// <summary>Present from net8.0 on.</summary>
    internal INamedTypeSymbol? SystemIPNetwork { get; }

    internal INamedTypeSymbol? IPAddress { get; }

    internal INamedTypeSymbol? SystemWebRequest { get; }

    internal INamedTypeSymbol? OwinRequest { get; }

    internal INamedTypeSymbol? NancyRequest { get; }

    /// <summary>A type that only server-side Web API 2 has; it tells a server-side <c>HttpRequestMessage</c> from an outgoing one.</summary>
    internal INamedTypeSymbol? WebApiController { get; }

    /// <summary>The attribute that makes a method an Azure Function: of the in-process model, or of the isolated one.</summary>
    internal INamedTypeSymbol? FunctionAttribute { get; }

    /// <summary>Whether the network list of .NET 10 (<c>KnownIPNetworks</c>, of <c>System.Net.IPNetwork</c>) exists.</summary>
    internal bool HasKnownIPNetworks => ForwardedHeadersOptions is { } options && !options.GetMembers("KnownIPNetworks").IsEmpty;

    /// <summary>
    /// Whether the middleware checks the sender although X-Forwarded-For is not processed. Before .NET 8 it asks the known lists only about
    /// addresses that this header led to; the patches 8.0.17 and 9.0.6 changed that, so on these two it is true of current patches.
    /// </summary>
    internal bool ChecksSenderOfEveryHeader => MiddlewareMajor >= 8;

    /// <summary>Whether it depends on the patch: on .NET 8 and 9.</summary>
    internal bool ChecksSenderSincePatch => MiddlewareMajor is 8 or 9;

    private int MiddlewareMajor => ForwardedHeadersOptions?.ContainingAssembly.Identity.Version.Major ?? 0;

    /// <summary>Resolves the symbols, or returns null where the compilation has none of the request or builder types.</summary>
    internal static AspNetCoreSymbols? Create(Compilation compilation)
    {
        var symbols = new AspNetCoreSymbols(compilation);
        var hasWebFramework = symbols.HttpRequest ?? symbols.HeaderDictionary ?? symbols.ApplicationBuilder ?? symbols.ForwardedHeadersOptions
            ?? symbols.SystemWebRequest ?? symbols.OwinRequest ?? symbols.NancyRequest ?? symbols.WebApiController;
        return hasWebFramework is null ? null : symbols;
    }

#pragma warning disable RS0030 // the one place where a framework symbol is resolved
    private static INamedTypeSymbol? Find(Compilation compilation, string metadataName) => compilation.GetTypeByMetadataName(metadataName);
#pragma warning restore RS0030
}
