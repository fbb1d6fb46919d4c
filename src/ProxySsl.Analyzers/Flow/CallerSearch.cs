using System;
using System.Collections.Generic;
using Microsoft.CodeAnalysis;

namespace ProxySsl.Analyzers.Flow;

/// <summary>
/// Answers about functions that their callers decide, and the callers of those. A way that leads round in a circle of calls comes from nowhere
/// and answers nothing (null). What was found where a circle or the depth cut the search off holds for the function that was asked for first,
/// and is kept for no other: there it depends on where the search began.
/// </summary>
internal sealed class CallerSearch<T>
    where T : struct
{
    private readonly Dictionary<ISymbol, T> _known = new(SymbolEqualityComparer.Default);
    private readonly HashSet<ISymbol> _open = new(SymbolEqualityComparer.Default);
    private bool _isCut;

    /// <summary>The answer for a function, searched once; null where the search leads back to it.</summary>
    internal T? Of(ISymbol function, Func<T?> search)
    {
        if (_known.TryGetValue(function, out var known))
        {
            return known;
        }

        if (!_open.Add(function))
        {
            _isCut = true;
            return null;
        }

        var wasCut = _isCut;
        _isCut = false;
        try
        {
            var answer = search();
            if (answer is { } found && (!_isCut || _open.Count == 1))
            {
                _known[function] = found;
            }

            return answer;
        }
        finally
        {
            _open.Remove(function);
            _isCut = _open.Count > 0 && (_isCut || wasCut);
        }
    }

    /// <summary>The answer where the search goes no deeper.</summary>
    internal T CutOff(T answer)
    {
        _isCut = true;
        return answer;
    }
}
