using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using System.Threading;
using Microsoft.CodeAnalysis;
using ProxySsl.Analyzers.Pipeline;

namespace ProxySsl.Analyzers.Options;

/// <summary>What the walks of all bodies found; made into the model when all are done.</summary>
internal sealed class OptionsReading
{
    private readonly List<(TrackedOptions Options, IMethodSymbol? Root)> _places = [];
    private readonly List<Location> _bareUses = [];
    private readonly List<(ISymbol Member, TrackedOptions Options)> _held = [];
    private readonly HashSet<ISymbol> _followed = new(SymbolEqualityComparer.Default);

    /// <summary>Whether a call that may configure the options does not compile.</summary>
    internal bool HasUnreadCall { get; set; }

    /// <summary>Whether code configures them for another environment than Production alone.</summary>
    internal bool IsForOtherEnvironment { get; set; }

    /// <summary>Whether code checks the lists of the finished options and refuses to start.</summary>
    internal bool IsValidated { get; set; }

    /// <summary>A place with its final state, found while a method was walked by itself; null for other code.</summary>
    internal void Add(TrackedOptions options, IMethodSymbol? root) => _places.Add((options, root));

    internal void AddBareUse(Location location) => _bareUses.Add(location);

    /// <summary>A field or property holds an object, or an object is read from it.</summary>
    internal void Hold(ISymbol member, TrackedOptions options) => _held.Add((member, options));

    /// <summary>A function was walked from a call that says what it is given; its walk without that counts no longer.</summary>
    internal void NoteFollowed(IMethodSymbol method) => _followed.Add((method.PartialImplementationPart ?? method).OriginalDefinition);

    /// <summary>Puts the places together to objects, in the order of path and position.</summary>
    internal ForwardedHeadersSetup ToSetup(CompilationModel model, CancellationToken cancellationToken)
    {
        var order = new Dictionary<SyntaxTree, int>();
        foreach (var tree in model.Compilation.SyntaxTrees.OrderBy(t => t.FilePath, System.StringComparer.Ordinal))
        {
            order[tree] = order.Count;
        }

        var held = new HashSet<TrackedOptions>(_held.Select(h => h.Options));
        var places = _places
            .Where(p => p.Root is null || p.Options.Kind == OptionsPlaceKind.Created || !_followed.Contains(p.Root.OriginalDefinition))
            .OrderBy(p => order[p.Options.Location.SourceTree!])
            .ThenBy(p => p.Options.Location.SourceSpan.Start)
            .Select(p => p.Options)
            .ToList();

        var bareUses = _bareUses
            .Distinct()
            .OrderBy(l => order[l.SourceTree!])
            .ThenBy(l => l.SourceSpan.Start)
            .ToImmutableArray();
        var objects = ImmutableArray.CreateBuilder<OptionsObject>();
        if (Injected([.. places.Where(p => p.Kind is OptionsPlaceKind.Configure or OptionsPlaceKind.PostConfigure), .. InjectedMembers()], isUsed: !bareUses.IsEmpty) is { } injected)
        {
            objects.Add(injected with
            {
                IsValidated = IsValidated,
                IsBypassed = bareUses.IsEmpty && IsBypassed(model, cancellationToken),
                IsLeftToOthers = !PipelineModel.Of(model, cancellationToken).AppliesForwardedHeaders && !OutsideCode.MayKnowMiddleware(model, cancellationToken),
            });
        }

        foreach (var group in _held.GroupBy(h => h.Member, (m, h) => h.Select(x => x.Options).Distinct().ToList(), SymbolEqualityComparer.Default))
        {
            if (Held(group) is { } shared)
            {
                objects.Add(shared with { IsPassed = shared.IsUsed });
            }
        }

        foreach (var options in places)
        {
            if (options.Kind == OptionsPlaceKind.Created && !held.Contains(options))
            {
                var place = ToPlace(options);
                objects.Add(new OptionsObject(ImmutableArray.Create(place), place.State, IsInjected: false, options.IsUsed || (options.IsProvided && !bareUses.IsEmpty))
                {
                    IsPassed = options.IsUsed,
                });
            }
        }

        return new ForwardedHeadersSetup(
            objects.ToImmutable(),
            bareUses,
            !bareUses.IsEmpty && (HasUnreadCall || IsForOtherEnvironment || places.Any(p => p.IsProvided) || OutsideCode.MayKnowMiddleware(model, cancellationToken)));
    }

    // A field that holds the finished object of the services: what is changed through it is changed on that object.
    private IEnumerable<TrackedOptions> InjectedMembers() => _held
        .GroupBy(h => h.Member, (m, h) => h.Select(x => x.Options).Distinct().ToList(), SymbolEqualityComparer.Default)
        .Where(g => g.Any(o => o.Kind == OptionsPlaceKind.PostConfigure))
        .SelectMany(g => g.Where(o => o.Kind == OptionsPlaceKind.Member && o.Final is not null && o.Final != OptionsState.AsBefore));

    // Every call hands over an object of its own, or there is none; and nothing else can apply the services' options.
    private static bool IsBypassed(CompilationModel model, CancellationToken cancellationToken) =>
        PipelineModel.Of(model, cancellationToken) is { TakesOwnOptionsOnly: true } or { CannotApply: true } && !OutsideCode.MayKnowMiddleware(model, cancellationToken);

    // Configure calls act in an order that nobody knows, PostConfigure calls after all of them.
    private OptionsObject? Injected(List<TrackedOptions> configuring, bool isUsed)
    {
        if (configuring.Count == 0)
        {
            return null;
        }

        var state = StateCombiner.InAnyOrder(OptionsState.AsBefore, configuring.Where(p => p.Kind == OptionsPlaceKind.Configure));
        state = StateCombiner.InAnyOrder(state, configuring.Where(p => p.Kind is OptionsPlaceKind.PostConfigure or OptionsPlaceKind.Member));
        return new OptionsObject(configuring.Select(ToPlace).ToImmutableArray(), HasUnreadCall ? state.Lost() : state, IsInjected: true, isUsed);
    }

    // An object in a field: made once, changed by whoever reads the field. One that is not made here is not known.
    private static OptionsObject? Held(List<TrackedOptions> places)
    {
        var created = places.Where(p => p.Kind == OptionsPlaceKind.Created && p.Final is not null).ToList();
        if (created.Count != 1 || places.Any(p => p.Final is null && p.Kind == OptionsPlaceKind.Created))
        {
            return null;
        }

        var changes = places.Where(p => p.Kind == OptionsPlaceKind.Member && p.Final is not null).ToList();
        var state = StateCombiner.InAnyOrder(created[0].Final!, changes);
        return new OptionsObject(
            created.Concat(changes).Select(ToPlace).ToImmutableArray(), state, IsInjected: false, places.Any(p => p.IsUsed));
    }

    private static OptionsPlace ToPlace(TrackedOptions options) => new(
        options.Kind,
        options.Location,
        options.Name,
        options.IsCertain,
        options.Final ?? OptionsState.NotKnown,
        options.EmptyInitializers.Distinct().ToImmutableArray(),
        options.Bindings.Distinct().ToImmutableArray(),
        options.MayRequireSymmetry,
        options.Context);
}
