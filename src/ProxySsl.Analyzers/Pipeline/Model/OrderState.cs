using System.Collections.Generic;
using System.Collections.Immutable;

namespace ProxySsl.Analyzers.Pipeline;

/// <summary>All ways that lead to one point.</summary>
/// <param name="Pending">What has run on the ways without forwarded headers; null where there is no such way.</param>
/// <param name="Applied">What has applied forwarded headers on the other ways; null where there is no such way.</param>
/// <param name="Terminal">A step that answers requests and stands on every way.</param>
/// <param name="Guarded">The step that has told the builder that forwarded headers are applied.</param>
/// <param name="HasUnknown">Whether code that cannot be read had the builder on some way.</param>
/// <param name="HasOwnScheme">Whether middleware of the app has set the scheme itself on some way.</param>
internal sealed record OrderState(
    ImmutableArray<PlacedStep>? Pending, ImmutableArray<PlacedStep>? Applied, PlacedStep? Terminal, PlacedStep? Guarded, bool HasUnknown, bool HasOwnScheme)
{
    internal static readonly OrderState Start = new(ImmutableArray<PlacedStep>.Empty, null, null, null, false, false);

    internal static OrderState? Join(OrderState? left, OrderState? right)
    {
        if (left is null || right is null || ReferenceEquals(left, right))
        {
            return left ?? right;
        }

        return new OrderState(
            Union(left.Pending, right.Pending),
            Union(left.Applied, right.Applied),
            ReferenceEquals(left.Terminal, right.Terminal) ? left.Terminal : null,
            ReferenceEquals(left.Guarded, right.Guarded) ? left.Guarded : null,
            left.HasUnknown || right.HasUnknown,
            left.HasOwnScheme || right.HasOwnScheme);
    }

    internal OrderState WithUnknown(bool writesScheme) =>
        HasUnknown && (HasOwnScheme || !writesScheme) ? this : this with { HasUnknown = true, HasOwnScheme = HasOwnScheme || writesScheme };

    internal OrderState With(PlacedStep step, bool isTerminal) => this with
    {
        Pending = Pending?.Add(step),
        Terminal = isTerminal ? Terminal ?? step : Terminal,
    };

    internal OrderState WithApplied(PlacedStep step, bool isGuarded) => this with
    {
        Pending = null,
        Applied = isGuarded ? Applied : (Applied ?? ImmutableArray<PlacedStep>.Empty).Add(step),
        Guarded = step.Step.Form == ForwardedForm.Services ? Guarded ?? step : Guarded,
    };

    /// <summary>What goes on behind a branch: what the branch told its own builder is forgotten.</summary>
    internal OrderState LeaveBranch(OrderState before) => this with { Guarded = before.Guarded, Terminal = before.Terminal };

    private static ImmutableArray<PlacedStep>? Union(ImmutableArray<PlacedStep>? left, ImmutableArray<PlacedStep>? right)
    {
        if (left is not { } first || right is not { } second || first == second)
        {
            return left ?? right;
        }

        var union = first.ToBuilder();
        var known = new HashSet<PlacedStep>(first);
        foreach (var step in second)
        {
            if (known.Add(step))
            {
                union.Add(step);
            }
        }

        return union.Count == first.Length ? first : union.ToImmutable();
    }
}
