using System.Collections.Generic;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Text;

namespace ProxySsl.Analyzers.Headers;

/// <summary>Where the values of headers are read, by file and name, in order: a check that guards such a read decides nothing by itself.</summary>
internal sealed class ReadPlaces
{
    private readonly Dictionary<(SyntaxTree Tree, string Header), List<(TextSpan Span, IOperation Operation)>> _places;

    internal ReadPlaces(IEnumerable<HeaderAccess> accesses) =>
        _places = accesses.Where(ReadsValue).GroupBy(a => (a.Operation.Syntax.SyntaxTree, a.Header.Name))
            .ToDictionary(g => g.Key, g => g.Select(a => (a.Operation.Syntax.Span, a.Operation)).OrderBy(p => p.Span.Start).ToList());

    /// <summary>Whether the value of the header of <paramref name="access"/> is read within a part of the code, by another expression than that.</summary>
    internal bool IsReadIn(SyntaxNode part, HeaderAccess access)
    {
        if (!_places.TryGetValue((part.SyntaxTree, access.Header.Name), out var places))
        {
            return false;
        }

        var span = part.Span;
        for (var i = First(places, span.Start); i < places.Count && places[i].Span.Start < span.End; i++)
        {
            if (span.Contains(places[i].Span) && places[i].Operation != access.Operation)
            {
                return true;
            }
        }

        return false;
    }

    private static bool ReadsValue(HeaderAccess access) => access.Carried is not (Carried.Presence or Carried.Absence) || access.Outs.Count > 0;

    // The first place that starts at a position or after it.
    private static int First(List<(TextSpan Span, IOperation Operation)> places, int start)
    {
        var (low, high) = (0, places.Count);
        while (low < high)
        {
            var middle = (low + high) / 2;
            if (places[middle].Span.Start < start)
            {
                low = middle + 1;
            }
            else
            {
                high = middle;
            }
        }

        return low;
    }
}
