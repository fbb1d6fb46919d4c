using System;
using System.Collections.Generic;
using System.Threading;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace ProxySsl.Analyzers.Spelling;

/// <summary>
/// Finds where code names what the code itself makes known, its own helpers and members, in every file. A text is only read for names that are
/// asked for, and all names of a round are found in one pass. What a name means is not asked here.
/// </summary>
/// <param name="model">The compilation.</param>
/// <param name="most">How many places of a name are kept, in the order of the files' paths.</param>
internal sealed class NameMentions(CompilationModel model, int most)
{
    // Shorter names stand everywhere.
    private const int ShortestName = 3;

    private readonly Dictionary<string, Places> _names = new(StringComparer.Ordinal);

    /// <summary>Searches all files for several names in one pass, so that each of them costs nothing when it is asked for.</summary>
    internal void Prepare(IEnumerable<string> names, CancellationToken cancellationToken)
    {
        var searched = new HashSet<string>(StringComparer.Ordinal);
        foreach (var name in names)
        {
            if (name.Length >= ShortestName && !_names.ContainsKey(name))
            {
                _names[name] = new Places();
                searched.Add(name);
            }
        }

        if (searched.Count == 0)
        {
            return;
        }

        foreach (var file in model.FilesThatSpell(searched, cancellationToken))
        {
            cancellationToken.ThrowIfCancellationRequested();
            var root = file.Tree.GetRoot(cancellationToken);
            foreach (var hit in file.Hits)
            {
                if (hit.IdentifierIn(root) is { Parent: SimpleNameSyntax name } token && searched.Contains(token.ValueText))
                {
                    _names[token.ValueText].Add(name, most);
                }
            }
        }
    }

    /// <summary>The places of a name that was searched for, and whether there are more; null for any other, and for one of a letter or two.</summary>
    internal (IReadOnlyList<SimpleNameSyntax> Places, bool AreMore)? Of(string name) =>
        _names.TryGetValue(name, out var places) ? (places.Kept, places.AreMore) : null;

    private sealed class Places
    {
        internal List<SimpleNameSyntax> Kept { get; } = [];

        internal bool AreMore { get; private set; }

        internal void Add(SimpleNameSyntax name, int most)
        {
            if (Kept.Count < most)
            {
                Kept.Add(name);
            }
            else
            {
                AreMore = true;
            }
        }
    }
}
