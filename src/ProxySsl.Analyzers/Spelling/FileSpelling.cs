using System.Buffers;
using System.Collections.Generic;
using System.Threading;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace ProxySsl.Analyzers.Spelling;

/// <summary>A place where a word stands in a file.</summary>
internal readonly record struct WordHit(int Start, int Length, WordGroups Group)
{
    /// <summary>The word's token in the file's tree, where it is one whole identifier of the code; null where it is part of one, of a text or of a comment.</summary>
    internal SyntaxToken? IdentifierIn(SyntaxNode root)
    {
        if (Start >= root.FullSpan.End)
        {
            return null;
        }

        var token = root.FindToken(Start);
        return token.IsKind(SyntaxKind.IdentifierToken) && token.SpanStart == Start && token.Span.Length == Length ? token : null;
    }

    /// <summary>Whether the word is an identifier of the code in the file's tree, or a part of one, and not of a text or of a comment.</summary>
    internal bool IsCodeIn(SyntaxNode root) =>
        Start < root.FullSpan.End && root.FindToken(Start) is var token && token.IsKind(SyntaxKind.IdentifierToken) && token.Span.Contains(Start);

    /// <summary>Whether the word begins in the code of the file's tree, in a name or in a text, and not in a comment.</summary>
    internal bool IsCodeOrTextIn(SyntaxNode root) => Start < root.FullSpan.End && root.FindToken(Start).Span.Contains(Start);
}

/// <summary>What one file spells: which groups of words, and where. Files without a word share one instance.</summary>
internal sealed class FileSpelling
{
    private static readonly FileSpelling Nothing = new(null, WordGroups.None, []);

    private readonly List<WordHit> _hits;

    private FileSpelling(SyntaxTree? tree, WordGroups groups, List<WordHit> hits)
    {
        Tree = tree!;
        Groups = groups;
        _hits = hits;
    }

    /// <summary>The file. Not set for a file without a word.</summary>
    internal SyntaxTree Tree { get; }

    internal WordGroups Groups { get; }

    /// <summary>The places, in the order of the text.</summary>
    internal IReadOnlyList<WordHit> Hits => _hits;

    /// <summary>Reads a file in one pass over its text.</summary>
    internal static FileSpelling Read(SyntaxTree tree, Vocabulary vocabulary, CancellationToken cancellationToken)
    {
        var text = tree.GetText(cancellationToken);
        var length = text.Length;
        var buffer = ArrayPool<char>.Shared.Rent(length);
        try
        {
            text.CopyTo(0, buffer, 0, length);
            List<WordHit>? hits = null;
            var groups = vocabulary.Search(buffer, length, ref hits);
            return hits is null ? Nothing : new FileSpelling(tree, groups, hits);
        }
        finally
        {
            ArrayPool<char>.Shared.Return(buffer);
        }
    }
}
