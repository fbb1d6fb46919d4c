using System.Collections.Immutable;
using System.Linq;
using Microsoft.CodeAnalysis;
using ProxySsl.Analyzers.Knowledge;

namespace ProxySsl.Analyzers.Pipeline;

/// <summary>A part of a pipeline. Parts stand in the order in which the framework will run them.</summary>
internal abstract class PipelineNode
{
}

/// <summary>What a step does, as far as order matters.</summary>
internal enum StepKind
{
    /// <summary>Applies forwarded headers.</summary>
    Forwarded,

    /// <summary>A middleware that the package knows, or that the compilation declares.</summary>
    Middleware,

    /// <summary>The rest of the pipeline: where an <c>IStartupFilter</c> calls <c>next</c>.</summary>
    Rest,

    /// <summary>Code that got the builder and cannot be read: it may do anything, forwarded headers included.</summary>
    Unknown,
}

/// <summary>How a step applies forwarded headers.</summary>
internal enum ForwardedForm
{
    /// <summary><c>UseForwardedHeaders()</c>: the options of the services, and once only on a builder.</summary>
    Services,

    /// <summary><c>UseForwardedHeaders(options)</c>.</summary>
    Instance,

    /// <summary><c>UseMiddleware&lt;ForwardedHeadersMiddleware&gt;()</c>.</summary>
    MiddlewareClass,

    /// <summary>A method that the configuration says stands for it.</summary>
    Configured,

    /// <summary>The host's own switch, set by code: it runs before the whole pipeline.</summary>
    Switch,
}

/// <summary>Where the options object that is passed to <c>UseForwardedHeaders</c> comes from.</summary>
internal enum OptionsSource
{
    None,

    /// <summary>An object that the code creates.</summary>
    Created,

    /// <summary>Anything else: the services, a parameter, something that cannot be followed.</summary>
    Elsewhere,
}

/// <summary>One middleware.</summary>
internal sealed class PipelineStep : PipelineNode
{
    internal PipelineStep(StepKind kind, string name, Location location)
    {
        Kind = kind;
        Name = name;
        Location = location;
    }

    internal StepKind Kind { get; }

    /// <summary>The method, or the middleware class, as the code names it.</summary>
    internal string Name { get; }

    /// <summary>The method's name in the call.</summary>
    internal Location Location { get; }

    /// <summary>What is known of the middleware; null for forwarded headers, unknown code and middleware without a role in the order.</summary>
    internal MiddlewareFact? Fact { get; init; }

    internal ForwardedForm Form { get; init; }

    /// <summary>The argument with the options object, where one is passed.</summary>
    internal Location? OptionsArgument { get; init; }

    internal OptionsSource OptionsSource { get; init; }

    /// <summary>Whether it answers no request that the next middleware has not had.</summary>
    internal bool PassesOn { get; init; }

    /// <summary>Whether the call passes nothing but the builder.</summary>
    internal bool IsPlain { get; init; }

    /// <summary>Whether it sets the request's scheme itself.</summary>
    internal bool WritesScheme { get; init; }

    /// <summary>Whether it works on what the proxy sent or on the proxy's address, so that <c>UseForwardedHeaders</c> must not come before it.</summary>
    internal bool MustStayBefore { get; init; }

    /// <summary>Whether it may ask where the request comes from.</summary>
    internal bool MayCheckPeer { get; init; }

    /// <summary>The type of the builder that the call needs: false where only a <c>WebApplication</c> will do.</summary>
    internal bool TakesAnyBuilder { get; init; } = true;

    internal bool Has(MiddlewareRole role) => Fact is { } fact && fact.Role == role;
}

/// <summary>A call of a method of the compilation that gets the builder; its body stands in its place.</summary>
internal sealed class PipelineCall(string name, Location location, ImmutableArray<PipelineNode> body) : PipelineNode
{
    internal string Name { get; } = name;

    internal Location Location { get; } = location;

    internal ImmutableArray<PipelineNode> Body { get; } = body;

    /// <summary>Whether it applies forwarded headers and does nothing else to the builder, so that it stands for the call itself.</summary>
    internal bool OnlyApplies { get; } = OnlyApply(body);

    private static bool OnlyApply(ImmutableArray<PipelineNode> nodes)
    {
        foreach (var node in nodes)
        {
            var only = node switch
            {
                PipelineStep step => step.Kind == StepKind.Forwarded,
                PipelineCall call => call.OnlyApplies,
                PipelineBranch branch => OnlyApply(branch.Body),
                PipelineLoop loop => OnlyApply(loop.Body),
                PipelineChoice choice => choice.Ways.All(w => OnlyApply(w.Body)),
                _ => true,
            };
            if (!only)
            {
                return false;
            }
        }

        return true;
    }
}

/// <summary>A condition, as its text without negation, and what it has to be.</summary>
/// <param name="Condition">The condition, or what is compared with a constant.</param>
/// <param name="Value">What it has to be.</param>
/// <param name="Constant">The constant that it is compared with; null where the condition is no such comparison.</param>
internal readonly record struct Guard(string Condition, bool Value, string? Constant = null)
{
    /// <summary>Whether the condition asks if the server listens on an https address, where the app ends TLS itself.</summary>
    internal bool AsksForOwnHttps { get; init; }

    /// <summary>Whether it says that the app is not behind a proxy: <c>!env.IsBehindReverseProxy()</c>.</summary>
    internal bool DeniesProxy { get; init; }

    /// <summary>The guard as a condition.</summary>
    internal string Text => (Value ? "" : "!") + Condition + (Constant is null ? "" : " == " + Constant);

    /// <summary>Whether both cannot hold in one run of the code.</summary>
    internal bool Excludes(Guard other) =>
        Condition == other.Condition
        && (Constant == other.Constant ? Value != other.Value : Constant is not null && other.Constant is not null && Value && other.Value);
}

/// <summary>One way through a choice.</summary>
/// <param name="Guards">What has to hold on this way.</param>
/// <param name="Body">What runs on it.</param>
/// <param name="Occurs">False for a way that is never taken in production.</param>
internal sealed record PipelineWay(ImmutableArray<Guard> Guards, ImmutableArray<PipelineNode> Body, bool Occurs)
{
    /// <summary>A way on which nothing happens.</summary>
    internal static readonly PipelineWay Empty = new(ImmutableArray<Guard>.Empty, ImmutableArray<PipelineNode>.Empty, Occurs: true);
}

/// <summary>Ways of which one is taken when the pipeline is built.</summary>
internal sealed class PipelineChoice(ImmutableArray<PipelineWay> ways) : PipelineNode
{
    internal ImmutableArray<PipelineWay> Ways { get; } = ways;
}

/// <summary>Steps that are built any number of times, or code that <c>break</c> leaves.</summary>
internal sealed class PipelineLoop(ImmutableArray<PipelineNode> body, bool mayBeSkipped) : PipelineNode
{
    internal ImmutableArray<PipelineNode> Body { get; } = body;

    internal bool MayBeSkipped { get; } = mayBeSkipped;
}

/// <summary>
/// Whether a condition asks for the connection that a request came over, or whether a proxy has written to it: who does so may want to treat
/// requests that come past the proxy in another way.
/// </summary>
internal enum PeerCondition
{
    None,

    /// <summary>The condition hands the request to code that cannot be read.</summary>
    Possible,

    Certain,
}

/// <summary>A branch that only some requests take. It inherits what ran before it.</summary>
internal sealed class PipelineBranch(string name, Location location, ImmutableArray<PipelineNode> body, bool rejoins) : PipelineNode
{
    internal string Name { get; } = name;

    internal Location Location { get; } = location;

    internal ImmutableArray<PipelineNode> Body { get; } = body;

    /// <summary>Whether requests come back to the pipeline after the branch.</summary>
    internal bool Rejoins { get; } = rejoins;

    /// <summary>Whether its condition asks where requests come from.</summary>
    internal PeerCondition Check { get; init; }

    /// <summary>Whether its condition may ask for the peer's address; a header that a proxy sets is no proof of the peer.</summary>
    internal bool MayCheckPeer { get; init; }

    /// <summary>What holds of the requests that take it, as far as its condition can be compared with others.</summary>
    internal ImmutableArray<Guard> Guards { get; init; } = ImmutableArray<Guard>.Empty;
}

/// <summary>How code leaves what it is in.</summary>
internal enum ExitKind
{
    Return,
    Break,
    Throw,
}

/// <summary>A place where the code that builds the pipeline leaves.</summary>
internal sealed class PipelineExit(ExitKind kind) : PipelineNode
{
    internal static readonly PipelineExit Return = new(ExitKind.Return);
    internal static readonly PipelineExit Break = new(ExitKind.Break);
    internal static readonly PipelineExit Throw = new(ExitKind.Throw);

    internal ExitKind Kind { get; } = kind;
}
