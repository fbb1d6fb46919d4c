using System;
using System.Collections.Generic;
using System.Threading.Tasks;
using ProxySsl.Behavior.Tests.Scenarios;
using ProxySsl.Behavior.Tests.Visits;

namespace ProxySsl.Behavior.Tests.Order;

/// <summary>What one middleware does with a request when it stands before UseForwardedHeaders, and when it stands after it.</summary>
/// <param name="Title">What is looked at.</param>
/// <param name="Call">The call that is moved.</param>
/// <param name="Services">What it needs.</param>
/// <param name="Rest">The rest of the pipeline.</param>
/// <param name="Observe">What is asked, as a proxy at 127.0.0.1 would ask, and what of the answer is the point.</param>
/// <param name="Before">What is seen when it runs first.</param>
/// <param name="After">What is seen when the forwarded headers are applied first.</param>
public sealed record OrderProbe(string Title, string Call, string Services, string Rest, Func<Visit, Task<string>> Observe, string Before, string After)
{
    /// <summary>The headers that a proxy adds to a request that reached it over https.</summary>
    public static readonly string[] OverHttps = ["X-Forwarded-For: 203.0.113.9", "X-Forwarded-Proto: https"];

    /// <summary>More using directives.</summary>
    public string Usings { get; init; } = "";

    /// <summary>Types of the app.</summary>
    public string Types { get; init; } = "";

    /// <summary>Files below the content root.</summary>
    public IReadOnlyDictionary<string, string> Files { get; init; } = new Dictionary<string, string>();

    /// <summary>The headers that are processed.</summary>
    public string Processed { get; init; } = "ForwardedHeaders.XForwardedFor | ForwardedHeaders.XForwardedProto";

    /// <summary>The name of the method that is called.</summary>
    public string Method => Call[(Call.IndexOf('.', StringComparison.Ordinal) + 1)..Call.IndexOf('(', StringComparison.Ordinal)];

    /// <summary>The whole app with the call on one side of UseForwardedHeaders.</summary>
    public string Program(bool first) => WebApp.Program(
        $$"""
        builder.Services.Configure<ForwardedHeadersOptions>(options =>
        {
            options.ForwardedHeaders = {{Processed}};
            options.AllowedHosts = ["public.test"];
        });
        {{Services}}
        """,
        $"""
        {(first ? Call : "app.UseForwardedHeaders();")}
        {(first ? "app.UseForwardedHeaders();" : Call)}
        {Rest}
        """,
        Usings) + Types;
}
