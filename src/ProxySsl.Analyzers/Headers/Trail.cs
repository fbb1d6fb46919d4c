using System.Collections.Generic;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace ProxySsl.Analyzers.Headers;

/// <summary>All that comes of one look at a header: filled by the followers while they go along, read by the judges after.</summary>
internal sealed class Trail
{
    /// <summary>What the value is used for.</summary>
    internal HeaderUses Uses { get; set; }

    /// <summary>Whether the value is compared where what it decides is not followed.</summary>
    internal bool HasOpenComparison { get; set; }

    /// <summary>Decisions by the presence of the header alone.</summary>
    internal List<Decision> Presences { get; } = [];

    /// <summary>Decisions of callers that get the value and look at nothing but its presence.</summary>
    internal List<Decision> CallerPresences { get; } = [];

    /// <summary>Decisions by what the value is.</summary>
    internal List<Decision> Matches { get; } = [];

    /// <summary>Assignments of the value to a property of the request.</summary>
    internal List<(IAssignmentOperation Assignment, RequestProperty Property)> Assignments { get; } = [];

    /// <summary>The bodies of the statements that are chosen by the value: <c>switch (value) { case … }</c>.</summary>
    internal List<IOperation> Sections { get; } = [];

    /// <summary>What goes back to the caller of the method that is followed, where that caller is followed by someone else.</summary>
    internal List<Carried> Returned { get; } = [];

    /// <summary>Whether what goes back are the entries of the comma list.</summary>
    internal bool ReturnsEntries { get; set; }

    /// <summary>The out parameters that the value goes to.</summary>
    internal List<IParameterSymbol> OutParameters { get; } = [];
}

/// <summary>A true-or-false that comes of a header, and all that hangs on it.</summary>
internal sealed class Decision(IOperation test, bool presentWhenTrue)
{
    /// <summary>The first expression that is true or false by the header.</summary>
    internal IOperation Test { get; } = test;

    /// <summary>Whether <see cref="Test"/> is true when the header is there.</summary>
    internal bool PresentWhenTrue { get; } = presentWhenTrue;

    /// <summary>The largest expression of the decision.</summary>
    internal IOperation Outermost { get; set; } = test;

    /// <summary>What happens, or is the value, where the header is there.</summary>
    internal List<Region> Present { get; } = [];

    /// <summary>What happens, or is the value, where the header is not there.</summary>
    internal List<Region> Absent { get; } = [];

    /// <summary>What the true-or-false goes to, by name.</summary>
    internal List<(string Name, bool TrueWhenPresent)> Names { get; } = [];

    /// <summary>What becomes of the scheme where all that is decided is which one to take: <c>value == "https" ? "https" : "http"</c>; null where more is.</summary>
    internal HeaderUses? UsesOfChoice { get; set; }

    /// <summary>Whether the peer's address is part of the decision.</summary>
    internal bool HasPeer { get; set; }

    /// <summary>Whether it stands in one disjunction with the request's own scheme: <c>request.IsHttps || …</c>.</summary>
    internal bool IsBesideHttps { get; set; }
}

/// <summary>Statements or an expression that run by a decision.</summary>
/// <param name="Operation">What runs.</param>
/// <param name="IsBranch">Whether it stands in a branch of its own; false for what merely comes after a branch that leaves.</param>
internal readonly record struct Region(IOperation Operation, bool IsBranch);
