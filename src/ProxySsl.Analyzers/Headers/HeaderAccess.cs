using System.Collections.Generic;
using Microsoft.CodeAnalysis;
using ProxySsl.Analyzers.Knowledge;

namespace ProxySsl.Analyzers.Headers;

/// <summary>What an expression that looks at a header yields.</summary>
internal enum Carried
{
    /// <summary>Nothing that goes on from here.</summary>
    Nothing,

    /// <summary>The header's value, or something made of it.</summary>
    Value,

    /// <summary>The pair of name and value.</summary>
    Pair,

    /// <summary>True when the header is there.</summary>
    Presence,

    /// <summary>True when the header is not there.</summary>
    Absence,

    /// <summary>True or false by what the value is.</summary>
    Match,
}

/// <summary>One expression that looks at a header of a request.</summary>
/// <param name="Header">The header.</param>
/// <param name="Request">The kind of request.</param>
/// <param name="Operation">The expression.</param>
/// <param name="Carried">What it yields.</param>
internal sealed record HeaderAccess(ForwardedHeader Header, RequestKind Request, IOperation Operation, Carried Carried)
{
    /// <summary>The variables that the value goes to beside what the expression yields: out arguments, and the value part of an enumerated pair.</summary>
    internal IReadOnlyList<IOperation> Outs { get; init; } = [];

    /// <summary>The expressions that hold the value beside it: what an enumerated pair is taken apart into.</summary>
    internal IReadOnlyList<IOperation> Values { get; init; } = [];

    /// <summary>Whether it yields the entries of the comma list, as a helper that splits the value does.</summary>
    internal bool IsList { get; init; }

    /// <summary>What a helper that was given the name does with the value beside yielding it.</summary>
    internal HeaderUses HelperUses { get; init; }
}
