using System.Collections.Immutable;
using Microsoft.CodeAnalysis;

namespace ProxySsl.Analyzers.Pipeline;

/// <summary>A pipeline as it is read, before it is known whether another pipeline contains it.</summary>
/// <param name="Location">Where the builder is declared or made.</param>
/// <param name="Owner">Who the pipeline belongs to.</param>
/// <param name="Body">What the body does to the builder.</param>
/// <param name="Function">The method, local function or lambda that gets the builder; null where the body makes the builder itself.</param>
/// <param name="Key">The builder, as <see cref="Builders.KeyOf(IOperation?)"/> names it.</param>
internal sealed record PipelineRoot(object Key, Location Location, PipelineOwner Owner, IMethodSymbol? Function, ImmutableArray<PipelineNode> Body);
