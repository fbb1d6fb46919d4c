using System.Collections.Immutable;

namespace ProxySsl.Analyzers.Pipeline;

/// <summary>The ways that have left a piece of code before its end.</summary>
internal sealed class OrderExits
{
    internal OrderState? Returned { get; set; }

    internal OrderState? Broken { get; set; }
}

/// <summary>What surrounds the code that is followed.</summary>
/// <param name="Calls">The calls that lead to it, outermost first.</param>
/// <param name="Branches">The branches that it is in, outermost first.</param>
/// <param name="Guards">What holds where it runs.</param>
/// <param name="Exits">Where <c>return</c> leads.</param>
/// <param name="Breaks">Where <c>break</c> leads.</param>
internal sealed record OrderFrame(
    ImmutableArray<PipelineCall> Calls, ImmutableArray<PipelineBranch> Branches, ImmutableArray<Guard> Guards, OrderExits Exits, OrderExits Breaks)
{
    internal static OrderFrame Root()
    {
        var exits = new OrderExits();
        return new(ImmutableArray<PipelineCall>.Empty, ImmutableArray<PipelineBranch>.Empty, ImmutableArray<Guard>.Empty, exits, exits);
    }

    internal OrderFrame In(PipelineCall call)
    {
        var exits = new OrderExits();
        return this with { Calls = Calls.Add(call), Exits = exits, Breaks = exits };
    }

    internal OrderFrame In(PipelineBranch branch)
    {
        var exits = new OrderExits();
        return this with { Branches = Branches.Add(branch), Guards = Guards.AddRange(branch.Guards), Exits = exits, Breaks = exits };
    }

    internal OrderFrame Under(ImmutableArray<Guard> guards) => guards.IsEmpty ? this : this with { Guards = Guards.AddRange(guards) };

    internal OrderFrame Breakable() => this with { Breaks = new OrderExits() };
}
