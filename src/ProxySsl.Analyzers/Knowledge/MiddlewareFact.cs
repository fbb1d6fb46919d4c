using System;

namespace ProxySsl.Analyzers.Knowledge;

/// <summary>What forwarded headers decide and a middleware may read.</summary>
[Flags]
internal enum RequestReads
{
    None = 0,
    Scheme = 1,
    Host = 2,
    PathBase = 4,
    ClientAddress = 8,
}

/// <summary>What a middleware is to the order of a pipeline.</summary>
internal enum MiddlewareRole
{
    /// <summary>Works the same on either side of <c>UseForwardedHeaders</c>.</summary>
    Harmless,

    /// <summary>Redirects to https.</summary>
    Redirect,

    /// <summary>Decides by what forwarded headers change.</summary>
    Reads,

    /// <summary>Logs, caches or compresses by what forwarded headers change.</summary>
    Logs,

    /// <summary>Reads the path base alone, which forwarded headers change only where X-Forwarded-Prefix is processed.</summary>
    ReadsPrefix,

    /// <summary>Sets the path base, if there is one to set.</summary>
    SetsPathBase,

    /// <summary>Matches endpoints: reads the host where an endpoint is bound to one.</summary>
    Routing,

    /// <summary>Runs rewrite rules: what it reads is decided by its rules.</summary>
    Rewriter,

    /// <summary>Opens a branch that comes back to the pipeline.</summary>
    RejoiningBranch,

    /// <summary>Opens a branch that does not come back.</summary>
    Branch,

    /// <summary>Chooses the requests of a branch.</summary>
    BranchCondition,

    /// <summary>Adds an inline middleware.</summary>
    Inline,

    /// <summary>Adds a middleware class.</summary>
    MiddlewareClass,

    /// <summary>Answers requests: what is added after it does not see them.</summary>
    Terminal,

    /// <summary>Takes the client's certificate from a header, of anyone.</summary>
    CertificateForwarding,
}

/// <summary>What is known of one method that adds middleware.</summary>
/// <param name="Method">The method's name.</param>
/// <param name="Type">The full name of the type that declares it.</param>
/// <param name="Role">What it is to the order of a pipeline.</param>
/// <param name="Reads">What it reads of the request.</param>
/// <param name="Consequence">What happens when it runs before <c>UseForwardedHeaders</c>; completes "…, so".</param>
/// <param name="Middleware">The full name of the middleware class, where the method adds one that <c>UseMiddleware</c> can add too.</param>
/// <param name="ReadsLate">
/// Whether it reads only once the response is written, so that the order matters to what middleware in between writes or ends, and to nothing else.
/// </param>
/// <param name="PassesOn">Whether it answers no request that the next middleware has not had.</param>
/// <param name="IsAssumed">Whether what it reads is taken to be the most that it can, because the rules that decide it are not in the code.</param>
/// <param name="Advice">What to do; null where it is to call <c>UseForwardedHeaders</c> first. With an advice of its own nothing is moved for it.</param>
internal sealed record MiddlewareFact(
    string Method, string Type, MiddlewareRole Role, RequestReads Reads = RequestReads.None, string Consequence = "", string? Middleware = null,
    bool ReadsLate = false, bool PassesOn = false, bool IsAssumed = false, string? Advice = null);
