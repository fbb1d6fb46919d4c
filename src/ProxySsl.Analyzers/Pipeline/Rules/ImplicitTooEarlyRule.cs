using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using Microsoft.CodeAnalysis;
using ProxySsl.Analyzers.Knowledge;

namespace ProxySsl.Analyzers.Pipeline.Rules;

/// <summary>
/// PSSL3006: <c>WebApplication</c> adds routing, and from .NET 7 on authentication and authorization, in front of the whole pipeline where
/// the root of the pipeline does not add them itself, so even a first statement comes too late for them.
/// </summary>
internal static class ImplicitTooEarlyRule
{
    private const string Routing = "UseRouting";
    private const string Authentication = "UseAuthentication";
    private const string Authorization = "UseAuthorization";

    internal static IEnumerable<Finding> Find(PipelineQuestions questions)
    {
        if (questions.Pipelines.AppliedByHost is not null)
        {
            yield break;
        }

        var places = new HashSet<Location>();
        foreach (var tree in questions.Pipelines.Trees)
        {
            var steps = tree.Order.Steps;
            if (tree.Owner != PipelineOwner.WebApplication
                || (steps.Any(s => s.Step.Kind == StepKind.Unknown) && !steps.Any(IsMisplaced))
                || steps.FirstOrDefault(s => s.Step.Kind == StepKind.Forwarded && s.Branches.IsEmpty) is not { } forwarded)
            {
                continue;
            }

            // behind a helper that adds the rest of the pipeline too it would be too late for them
            var missing = Missing(tree, questions);
            var (name, location) = forwarded.SeenFrom(forwarded.OwnDepth(0));
            if (missing.Count > 0 && !questions.IsDirect(location) && places.Add(location))
            {
                var properties = ImmutableDictionary<string, string?>.Empty.Add(FixProperties.Fix, PipelineFixProperties.Insert);
                yield return new Finding(
                    Descriptors.ImplicitTooEarly, location, WithCalls(properties, missing, name, forwarded, tree) ?? ImmutableDictionary<string, string?>.Empty, Message(missing, name))
                {
                    IsSuggestion = questions.MayDoNothing(forwarded.Step),
                };
            }
        }
    }

    /// <summary>What the fix that applies forwarded headers first has to insert with them, so that nothing implicit comes earlier.</summary>
    internal static ImmutableDictionary<string, string?> WithCalls(ImmutableDictionary<string, string?> properties, PipelineTree tree, PipelineQuestions questions)
    {
        if (tree.Owner != PipelineOwner.WebApplication || tree.Order.Steps.Any(s => s.Step.Kind == StepKind.Unknown))
        {
            return properties;
        }

        var missing = Missing(tree, questions);
        return missing.Count == 0 ? properties : WithCalls(properties, missing, "UseForwardedHeaders", forwarded: null, tree) ?? properties;
    }

    private static List<string> Missing(PipelineTree tree, PipelineQuestions questions)
    {
        var missing = new List<string>();
        if (questions.Services.HasHostConstraints && questions.MayProcessHost && !IsExplicit(tree, Routing))
        {
            missing.Add(Routing);
        }

        // who calls it somewhere has registered it, be it in another assembly
        var isMisplaced = tree.Order.Steps.Any(IsMisplaced);
        if (!questions.HasImplicitAuthentication || questions.Services.HasTokensOnly || !(isMisplaced || questions.Services.HasAuthenticationScheme))
        {
            return missing;
        }

        // a call in front of UseForwardedHeaders is a finding of its own
        var authentication = IsExplicit(tree, Authentication) || IsExplicit(tree, "UseIdentityServer");
        if (!authentication)
        {
            missing.Add(Authentication);
        }

        // in front of a UseRouting of the app it finds no endpoint that asks for a user, and challenges nobody but for the fallback policy
        if ((questions.Services.HasAuthorization || tree.Order.Steps.Any(s => s.Step.Name == Authorization))
            && !IsExplicit(tree, Authorization)
            && (!IsExplicit(tree, Routing) || questions.MayHaveFallbackPolicy))
        {
            missing.Add(Authorization);
        }

        return missing;
    }

    // Calls that do not keep WebApplication from adding its own. Where they stand, the code that cannot be read is not where the app does it.
    private static bool IsMisplaced(PlacedStep step) =>
        step.Step.Fact?.Method == Authentication && (!step.Branches.IsEmpty || step.Step.Name != Authentication);

    // A call that does not compile is taken for the one that it is named like.
    private static bool IsExplicit(PipelineTree tree, string method) =>
        tree.Order.Steps.Any(s => s.Branches.IsEmpty && s.Step.Name == method && (s.Step.Fact is null || s.Step.Fact.Method == method));

    private static string Message(List<string> missing, string name)
    {
        var calls = string.Join(" and ", missing);
        return missing[0] == Routing && missing.Count == 1
            ? $"WebApplication matches endpoints in front of the whole pipeline, so hosts are compared before {name} has applied the client's; call UseRouting after it"
            : $"WebApplication adds {string.Join(" and ", missing.Select(Noun))} in front of the whole pipeline, so {name} comes too late for it and {Consequence(missing)}; call {calls} after it";
    }

    // authorization challenges; authentication handles what comes back from a provider
    private static string Consequence(List<string> missing) => missing.Contains(Authorization)
        ? "login redirects are built with http:// and the proxy's address"
        : "a login that comes back over https is finished as http, with a cookie that is not marked Secure";

    private static string Noun(string method) => method switch
    {
        Routing => "routing",
        Authentication => "authentication",
        _ => "authorization",
    };

    private static ImmutableDictionary<string, string?>? WithCalls(
        ImmutableDictionary<string, string?> properties, List<string> missing, string name, PlacedStep? forwarded, PipelineTree tree)
    {
        var after = forwarded is null;
        var depth = forwarded?.OwnDepth(0) ?? 0;
        string? anchor = name;
        var before = false;
        foreach (var step in tree.Order.Steps)
        {
            after |= step == forwarded;
            if (!after || step.Step.Kind != StepKind.Middleware || !step.Branches.IsEmpty || step.Step.Name is not (Routing or Authentication or Authorization))
            {
                continue;
            }

            // authorization stands last, and behind routing where that is explicit
            if (step.Calls.Length != depth || (forwarded is not null && step.SharedWith(forwarded) < depth) || !step.Guards.IsEmpty)
            {
                anchor = null;
                break;
            }

            anchor = step.Step.Name;
            before = anchor == Authorization || (anchor == Authentication && missing.Contains(Routing) && !missing.Contains(Authorization));
            if (before)
            {
                break;
            }
        }

        return anchor is null
            ? null
            : properties
                .Add(PipelineFixProperties.Calls, string.Join(",", missing))
                .Add(PipelineFixProperties.Anchor, anchor)
                .Add(PipelineFixProperties.Before, before ? "true" : "false");
    }
}
