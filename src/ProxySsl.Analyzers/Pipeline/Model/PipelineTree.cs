using System.Collections.Immutable;
using Microsoft.CodeAnalysis;

namespace ProxySsl.Analyzers.Pipeline;

/// <summary>Who a pipeline belongs to.</summary>
internal enum PipelineOwner
{
    /// <summary>A method that gets the builder from somewhere.</summary>
    Method,

    /// <summary>An app that the body itself builds: the tree is the whole of it.</summary>
    WebApplication,

    /// <summary>A startup filter: it runs before the app's own pipeline.</summary>
    StartupFilter,
}

/// <summary>The pipeline that one body builds on one builder, with everything it calls.</summary>
internal sealed class PipelineTree(SyntaxTree file, Location location, PipelineOwner owner, ImmutableArray<PipelineNode> body, PipelineOrder order)
{
    internal SyntaxTree File { get; } = file;

    /// <summary>Where the builder is declared.</summary>
    internal Location Location { get; } = location;

    internal PipelineOwner Owner { get; } = owner;

    internal ImmutableArray<PipelineNode> Body { get; } = body;

    /// <summary>What is before what, on the ways through the tree.</summary>
    internal PipelineOrder Order { get; } = order;
}
