using System.Collections.Immutable;
using System.Linq;
using Microsoft.CodeAnalysis;

namespace ProxySsl.Analyzers.Pipeline;

/// <summary>A step where a way through a pipeline meets it.</summary>
internal sealed class PlacedStep(
    PipelineStep step, ImmutableArray<PipelineCall> calls, ImmutableArray<PipelineBranch> branches, ImmutableArray<Guard> guards, bool isAfterUnknown)
{
    internal PipelineStep Step { get; } = step;

    /// <summary>The calls that lead to it, outermost first.</summary>
    internal ImmutableArray<PipelineCall> Calls { get; } = calls;

    /// <summary>The branches that it is in, outermost first.</summary>
    internal ImmutableArray<PipelineBranch> Branches { get; } = branches;

    /// <summary>What has to hold where it runs.</summary>
    internal ImmutableArray<Guard> Guards { get; } = guards;

    /// <summary>Whether code that cannot be read had the builder before, on some way.</summary>
    internal bool IsAfterUnknown { get; } = isAfterUnknown;

    /// <summary>Whether middleware of the app has set the request's scheme before, on some way.</summary>
    internal bool IsAfterOwnScheme { get; init; }

    /// <summary>Whether it is on a builder around this one, the host's: <c>UseForwardedHeaders()</c> of this builder does not know of it.</summary>
    internal bool IsOfOuterBuilder { get; init; }

    /// <summary>Whether it runs only where a condition says that the app is not behind a proxy.</summary>
    internal bool IsWithoutProxy => Guards.Any(g => g.DeniesProxy);

    /// <summary>Whether both can be in one run of the code.</summary>
    internal bool CanMeet(PlacedStep other)
    {
        foreach (var guard in Guards)
        {
            foreach (var otherGuard in other.Guards)
            {
                if (guard.Excludes(otherGuard))
                {
                    return false;
                }
            }
        }

        return true;
    }

    /// <summary>Whether requests that meet <paramref name="other"/> are in every branch that this step is in.</summary>
    internal bool Covers(PlacedStep other)
    {
        if (Branches.Length > other.Branches.Length)
        {
            return false;
        }

        for (var i = 0; i < Branches.Length; i++)
        {
            if (!ReferenceEquals(Branches[i], other.Branches[i]))
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>
    /// Where this step stands in the innermost body that leads to both steps: the step itself, or the call that leads to it.
    /// </summary>
    internal (string Name, Location Location) SeenBeside(PlacedStep other) => SeenFrom(SharedWith(other));

    /// <summary>How many calls lead to both steps.</summary>
    internal int SharedWith(PlacedStep other)
    {
        var shared = 0;
        while (shared < Calls.Length && shared < other.Calls.Length && ReferenceEquals(Calls[shared], other.Calls[shared]))
        {
            shared++;
        }

        return shared;
    }

    /// <summary>
    /// For a step that applies forwarded headers: how many calls, from <paramref name="depth"/> on, have to be opened before one is found that
    /// does nothing else, or the step itself. It is the call that can be moved, or have something put behind it.
    /// </summary>
    internal int OwnDepth(int depth)
    {
        while (depth < Calls.Length && !Calls[depth].OnlyApplies)
        {
            depth++;
        }

        return depth;
    }

    /// <summary>Where this step stands in the body that is <paramref name="depth"/> calls below the pipeline's own.</summary>
    internal (string Name, Location Location) SeenFrom(int depth) =>
        depth < Calls.Length ? (Calls[depth].Name, Calls[depth].Location) : (Step.Name, Step.Location);
}

/// <summary>A middleware that runs, on some way, before the step that applies forwarded headers.</summary>
internal sealed record EarlyStep(PlacedStep Consumer, PlacedStep Forwarded)
{
    /// <summary>The branch that the middleware is in and that forwarded headers are not applied in or behind; null where they come later.</summary>
    internal PipelineBranch? Left
    {
        get
        {
            for (var i = Forwarded.Branches.Length; i < Consumer.Branches.Length; i++)
            {
                if (!Consumer.Branches[i].Rejoins)
                {
                    return Consumer.Branches[i];
                }
            }

            return null;
        }
    }
}

/// <summary>Forwarded headers that are applied on a way where they have been applied already.</summary>
/// <param name="First">The step that applied them.</param>
/// <param name="Second">The step that applies them again.</param>
/// <param name="OnEveryWay">Whether they have been applied on every way that leads to the second.</param>
internal sealed record RepeatedStep(PlacedStep First, PlacedStep Second, bool OnEveryWay);
