using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using System.Threading;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using ProxySsl.Analyzers.Knowledge;
using ProxySsl.Analyzers.Spelling;

namespace ProxySsl.Analyzers.Pipeline;

/// <summary>All pipelines of a compilation.</summary>
internal sealed class PipelineModel
{
    private readonly ImmutableArray<PlacedStep> _steps;

    private PipelineModel(ImmutableArray<PipelineTree> trees, PipelineStep? hostSwitch, PipelineStep? appliedByHost, Mentions mentions)
    {
        Trees = trees;
        HostSwitch = hostSwitch;
        AppliedByHost = appliedByHost;
        MayBeSwitchedOn = mentions.OfOwnSwitch && hostSwitch is null;
        _steps = trees.SelectMany(t => t.Order.Steps).ToImmutableArray();
        var calls = mentions.OfCall || trees.Any(t => t.Order.OutsideProduction.Count > 0) || _steps.Any(s => s.Step.Kind == StepKind.Forwarded);
        AppliesForwardedHeaders = calls || mentions.OfSwitch;
        IsLeftToHost = MayBeSwitchedOn && !calls;
    }

    /// <summary>The pipelines that are not part of another one, in the order of files and positions.</summary>
    internal ImmutableArray<PipelineTree> Trees { get; }

    /// <summary>
    /// The host's own switch (<c>ForwardedHeaders_Enabled</c>) where code sets it: it empties both known lists before any code configures them.
    /// </summary>
    internal PipelineStep? HostSwitch { get; }

    /// <summary>
    /// What applies forwarded headers before any pipeline of the app begins: the host's own switch (<c>ForwardedHeaders_Enabled</c>) where
    /// code sets it, or a startup filter.
    /// </summary>
    internal PipelineStep? AppliedByHost { get; }

    /// <summary>
    /// Whether code names the host's own switch and turns it neither on nor off: what is configured may turn it on, and then the host has
    /// emptied the known lists and applied forwarded headers before any code of the app.
    /// </summary>
    internal bool MayBeSwitchedOn { get; }

    /// <summary>Whether only the host may apply forwarded headers: code names its switch, and nothing else in the compilation applies them.</summary>
    internal bool IsLeftToHost { get; }

    /// <summary>Whether anything in the compilation applies forwarded headers, however it is written.</summary>
    internal bool AppliesForwardedHeaders { get; }

    /// <summary>Whether forwarded headers are applied on a way where they have been applied already.</summary>
    internal bool AppliesTwice => Trees.Any(t => t.Order.Repeated.Any());

    /// <summary>The calls that apply forwarded headers in production, each once.</summary>
    internal IEnumerable<PipelineStep> ForwardedSteps => _steps.Where(s => s.Step.Kind == StepKind.Forwarded).Select(s => s.Step).Distinct();

    /// <summary>Whether a step runs under a condition wherever a pipeline has it.</summary>
    internal bool IsConditional(PipelineStep step) => _steps.Where(s => s.Step == step).All(s => !s.Guards.IsEmpty);

    /// <summary>Whether headers are applied, and every call that does passes an object that the code creates instead of the services' options.</summary>
    internal bool TakesOwnOptionsOnly => HostSwitch is null && ForwardedSteps.Any() && ForwardedSteps.All(s => s.OptionsSource == OptionsSource.Created);

    /// <summary>
    /// Whether headers are certain not to be applied, as far as code says: the pipelines are all in view and no call applies them. An app that
    /// adds no middleware at all leaves everything to its host, whose switch may be set where no code shows it.
    /// </summary>
    internal bool CannotApply =>
        !AppliesForwardedHeaders && _steps.Any(s => s.Step.Kind == StepKind.Middleware) && !_steps.Any(s => s.Step.Kind == StepKind.Unknown);

    /// <summary>The calls that enforce https in production, redirection and HSTS, by path and position: whoever names one names the same every time.</summary>
    internal IEnumerable<PlacedStep> EnforcingSteps => _steps.Where(IsEnforcing)
        .OrderBy(s => s.Step.Location.SourceTree?.FilePath, StringComparer.Ordinal)
        .ThenBy(s => s.Step.Location.SourceSpan.Start);

    /// <summary>Whether https is enforced: <see cref="EnforcingSteps"/> has any.</summary>
    internal bool EnforcesHttps => _steps.Any(IsEnforcing);

    /// <summary>The model of a compilation, made on first demand.</summary>
    internal static PipelineModel Of(CompilationModel model, CancellationToken cancellationToken) =>
        model.Family(static (m, token) => Read(m, token), cancellationToken);

    /// <summary>Whether a step enforces https, also behind a proxy.</summary>
    internal static bool IsEnforcing(PlacedStep placed) =>
        (placed.Step.Has(MiddlewareRole.Redirect) || placed.Step is { Kind: StepKind.Middleware, Fact.Method: "UseHsts" }) && !placed.IsWithoutProxy;

    private static PipelineModel Read(CompilationModel model, CancellationToken cancellationToken)
    {
        var roots = new PipelineFinder(model, cancellationToken).Find();
        var (hostSwitch, mentions) = ReadWords(model, cancellationToken);
        var filter = roots.Where(r => r.Owner == PipelineOwner.StartupFilter).Select(AppliedByFilter).FirstOrDefault(s => s is not null);
        var trees = ImmutableArray.CreateBuilder<PipelineTree>();
        foreach (var root in roots)
        {
            // a startup filter and the switch act on the host's builder, which WebApplication does not share
            var before = hostSwitch ?? (root.Owner == PipelineOwner.StartupFilter ? null : filter);
            var order = PipelineOrder.Read(root.Body, before, sharesGuard: root.Owner != PipelineOwner.WebApplication);
            trees.Add(new PipelineTree(root.Location.SourceTree!, root.Location, root.Owner, root.Body, order));
        }

        return new PipelineModel(trees.ToImmutable(), hostSwitch, hostSwitch ?? filter, mentions);
    }

    private static PipelineStep? AppliedByFilter(PipelineRoot root)
    {
        foreach (var node in root.Body)
        {
            switch (node)
            {
                case PipelineStep { Kind: StepKind.Forwarded } step:
                    return step;
                case PipelineStep { Kind: StepKind.Rest }:
                    return null;
            }
        }

        return null;
    }

    private static (PipelineStep? HostSwitch, Mentions Mentions) ReadWords(CompilationModel model, CancellationToken cancellationToken)
    {
        PipelineStep? hostSwitch = null;
        var mentions = default(Mentions);
        foreach (var file in model.Files(WordGroups.ForwardedHeaders, cancellationToken))
        {
            var root = file.Tree.GetRoot(cancellationToken);
            foreach (var hit in file.Hits)
            {
                if ((hit.Group & WordGroups.ForwardedHeaders) == 0 || hit.Start >= root.FullSpan.End)
                {
                    continue;
                }

                var token = root.FindToken(hit.Start);
                if (token.IsKind(SyntaxKind.StringLiteralToken))
                {
                    hostSwitch ??= HostSwitchReader.Read(token);
                    mentions.OfOwnSwitch |= HostSwitchReader.MayTurnOnOwn(token);
                    mentions.OfSwitch |= HostSwitchReader.MayTurnOn(token);
                }
                else if (token.IsKind(SyntaxKind.IdentifierToken) && token.Span.Contains(hit.Start))
                {
                    mentions.OfCall |= token.ValueText is "UseForwardedHeaders" or "ForwardedHeadersMiddleware" || model.Options.ForwardedHeadersMethods.Contains(token.ValueText);
                }
            }
        }

        return (hostSwitch, mentions);
    }

    // What the code names, wherever it stands: the middleware, the host's switch so that it may be on, and that of this app's own host.
    private record struct Mentions(bool OfCall, bool OfSwitch, bool OfOwnSwitch);
}
