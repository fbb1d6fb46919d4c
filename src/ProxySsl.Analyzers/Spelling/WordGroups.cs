using System;

namespace ProxySsl.Analyzers.Spelling;

/// <summary>What kinds of words a file spells. A family names the groups without which none of its rules can fire in a file.</summary>
[Flags]
internal enum WordGroups
{
    None = 0,

    /// <summary>A forwarded header's name, in the HTTP or the CGI spelling, or a member of <c>ForwardedHeadersDefaults</c>.</summary>
    HeaderName = 1,

    /// <summary>The options, their lists or the middleware: <c>ForwardedHeaders…</c>, <c>Known…</c>.</summary>
    ForwardedHeaders = 2,

    /// <summary>A middleware call that must come after <c>UseForwardedHeaders</c>, or anything else that shapes a pipeline.</summary>
    Middleware = 4,

    /// <summary>A request property that forwarded headers decide and that code may write: <c>Scheme</c>, <c>IsHttps</c>.</summary>
    RequestProperty = 8,

    /// <summary>A string that names the http scheme, as code that repairs addresses does.</summary>
    SchemeText = 16,

    /// <summary>A name that the code itself makes known: of a helper or a constant of its own.</summary>
    Own = 32,

    /// <summary>An attribute that makes a method an HTTP-triggered cloud function.</summary>
    CloudFunction = 64,
}
