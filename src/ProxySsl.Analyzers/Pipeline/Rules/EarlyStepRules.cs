using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using Microsoft.CodeAnalysis;
using ProxySsl.Analyzers.Knowledge;

namespace ProxySsl.Analyzers.Pipeline.Rules;

/// <summary>
/// PSSL3001, PSSL3002 and PSSL3003: middleware that runs, on some way, before forwarded headers are applied. The three differ by what the
/// middleware does with what it reads too early.
/// </summary>
internal static class EarlyStepRules
{
    private const string DefaultFiles = "UseDefaultFiles";
    private const string FileServer = "UseFileServer";

    internal static IEnumerable<Finding> Find(PipelineQuestions questions)
    {
        var seen = new Dictionary<(DiagnosticDescriptor Rule, Location Location), List<EarlyStep>>();
        var order = new List<(DiagnosticDescriptor Rule, Location Location)>();
        foreach (var (tree, early) in questions.Pipelines.Trees.SelectMany(t => t.Order.Early.Select(e => (Tree: t, Early: e))))
        {
            var place = early.Consumer.SeenBeside(early.Forwarded).Location;
            if (RuleFor(early.Consumer.Step, questions) is not { } rule || questions.IsDirect(place)
                || (early.Consumer.IsAfterOwnScheme && (early.Consumer.Step.Fact!.Reads & RequestReads.Scheme) != 0)
                || (early.Consumer.Step.Fact!.ReadsLate && early.Left is null && !IsAnsweredBetween(early, tree.Order.Steps))
                || HasRedirected(early, seen.Values))
            {
                continue;
            }

            if (!seen.TryGetValue((rule, place), out var all))
            {
                seen[(rule, place)] = all = [];
                order.Add((rule, place));
            }

            all.Add(early);
        }

        return order.Select(key => ToFinding(key.Rule, key.Location, seen[key], questions));
    }

    /// <summary>The rule that reports a middleware where it runs before forwarded headers are applied; null where it may.</summary>
    internal static DiagnosticDescriptor? RuleFor(PipelineStep consumer, PipelineQuestions questions) => consumer.Fact switch
    {
        { Role: MiddlewareRole.Redirect } => Descriptors.RedirectTooEarly,
        { Role: MiddlewareRole.Reads or MiddlewareRole.BranchCondition, Type: "", Reads: RequestReads.Host } => questions.ProcessesHost ? Descriptors.ReadsTooEarly : null,
        { Method: "UseAuthentication" or "UseAuthorization" } when questions.Services.HasTokensOnly => null,
        { Method: "UseAuthorization" } when !questions.MayAuthorize => null,
        { Method: "UseCookiePolicy" } when !questions.SecuresCookies("CookiePolicyOptions", "SameAsRequest") => null,
        { Method: "UseSession" } when !questions.SecuresCookies("SessionOptions", "SameAsRequest") => null,
        { Method: "UseAntiforgery" } when !questions.SecuresCookies("AntiforgeryOptions", "Always") => null,
        { Reads: RequestReads.Host } when questions.LeavesOutHost => null,
        { Reads: RequestReads.ClientAddress } when questions.LeavesOutAddress => null,
        { Role: MiddlewareRole.Reads or MiddlewareRole.BranchCondition } => Descriptors.ReadsTooEarly,
        { Role: MiddlewareRole.Routing } => questions.Services.HasHostConstraints && !questions.LeavesOutHost ? Descriptors.ReadsTooEarly : null,
        { Method: "UseResponseCompression" } when questions.Services.MayCompressHttps => null,
        { Method: "UseRateLimiter" } when questions.Services.LimitsAllAlike => null,
        { Role: MiddlewareRole.Logs } => Descriptors.LogsTooEarly,
        { Role: MiddlewareRole.ReadsPrefix } => questions.ProcessesPrefix ? Descriptors.LogsTooEarly : null,
        _ => null,
    };

    // Default files redirect to the trailing slash, and so does the file server, which includes them: where both are on the same path, the first does.
    private static bool HasRedirected(EarlyStep early, IEnumerable<List<EarlyStep>> reported) =>
        IsDefaultFiles(early.Consumer.Step) && reported.SelectMany(r => r).Any(r =>
            r.Forwarded == early.Forwarded && r.Consumer != early.Consumer && IsDefaultFiles(r.Consumer.Step)
            && r.Consumer.Covers(early.Consumer) && r.Consumer.Guards.All(early.Consumer.Guards.Contains));

    private static bool IsDefaultFiles(PipelineStep step) => step is { IsPlain: true, Fact.Method: DefaultFiles or FileServer };

    // What reads only once the response is written sees the client's values by then, unless the request is answered in between.
    private static bool IsAnsweredBetween(EarlyStep early, IReadOnlyList<PlacedStep> steps) =>
        steps.SkipWhile(s => s != early.Consumer).TakeWhile(s => s != early.Forwarded).Any(s => !s.Step.PassesOn);

    private static Finding ToFinding(DiagnosticDescriptor rule, Location location, List<EarlyStep> all, PipelineQuestions questions)
    {
        var first = all[0];
        var consumer = first.Consumer.SeenBeside(first.Forwarded);
        var forwarded = first.Forwarded.SeenBeside(first.Consumer);
        var names = string.Join(", ", all.Select(e => e.Consumer.Step.Name).Distinct());
        var subject = consumer.Location == first.Consumer.Step.Location ? names.StartsWith("the ", StringComparison.Ordinal) ? "The" + names.Substring(3) + " runs" : $"'{names}' runs"
            : $"'{consumer.Name}' adds {names}, which runs";
        var call = forwarded.Location == first.Forwarded.Step.Location ? forwarded.Name : $"{first.Forwarded.Step.Name} in '{forwarded.Name}'";
        var reads = rule == Descriptors.RedirectTooEarly || all.Exists(e => e.Consumer.Step.Fact is { ReadsLate: true } or { Role: MiddlewareRole.ReadsPrefix or MiddlewareRole.Rewriter }) ? "" : $" and reads the proxy's {Describe(all)}";
        var before = first.Left is { } left ? $" in the branch of {left.Name}, which requests take before {call}{(reads.Length > 0 ? "," : "")}" : $" before {call}";
        var message = $"{subject}{before}{reads}, so {first.Consumer.Step.Fact!.Consequence}; {first.Consumer.Step.Fact.Advice ?? Advice.Call(first.Forwarded, first.Forwarded.SharedWith(first.Consumer), "first")}";
        return new Finding(rule, location, MoveEligibility.Properties(all, questions), message)
        {
            IsSuggestion = all.TrueForAll(e => IsOpen(e.Consumer, questions) || questions.MayDoNothing(e.Forwarded.Step)),
        };
    }

    private static bool IsOpen(PlacedStep consumer, PipelineQuestions questions) =>
        consumer.Step.Fact!.IsAssumed || consumer.Guards.Any(g => g is { Value: true, AsksForOwnHttps: true }) || (consumer.Step is { Fact.Method: DefaultFiles or FileServer } && questions.IsSinglePage);

    private static string Describe(List<EarlyStep> all)
    {
        var reads = all.Aggregate(RequestReads.None, (sum, e) => sum | e.Consumer.Step.Fact!.Reads);
        var names = new List<string>();
        if ((reads & RequestReads.Scheme) != 0)
        {
            names.Add("scheme");
        }

        if ((reads & RequestReads.Host) != 0)
        {
            names.Add("host");
        }

        if ((reads & RequestReads.ClientAddress) != 0)
        {
            names.Add("address");
        }

        return string.Join(" and ", names);
    }
}
