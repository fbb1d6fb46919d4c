using System.Collections.Generic;
using System.Linq;
using System.Threading;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using ProxySsl.Analyzers.Spelling;

namespace ProxySsl.Analyzers.Flow;

/// <summary>Finds where code mentions methods, members and types of the compilation, in every file.</summary>
internal sealed class MemberMentions(CompilationModel model, CancellationToken cancellationToken)
{
    // A name that stands in more places is a common one; to bind them all would cost more than it tells.
    private const int MostMentions = 200;

    private readonly NameMentions _names = new(model, MostMentions);
    private readonly Dictionary<ISymbol, IReadOnlyList<SyntaxNode>> _mentions = new(SymbolEqualityComparer.Default);

    /// <summary>Searches all files for the names of several symbols in one pass.</summary>
    internal void Prepare(IEnumerable<ISymbol> symbols) => _names.Prepare(symbols.Select(s => s.Name), cancellationToken);

    /// <summary>Where code mentions a symbol whose name was searched for; null where that is not known.</summary>
    internal IReadOnlyList<SyntaxNode>? Of(ISymbol symbol)
    {
        if (_names.Of(symbol.Name) is not { AreMore: false, Places: var names })
        {
            return null;
        }

        symbol = Definition(symbol);
        if (!_mentions.TryGetValue(symbol, out var mentions))
        {
            _mentions[symbol] = mentions = names.Where(n => Means(n, symbol)).ToList();
        }

        return mentions;
    }

    /// <summary>What stands for a symbol wherever it is mentioned: the extension method itself, the generic one, the defining part.</summary>
    internal static ISymbol Definition(ISymbol symbol)
    {
        if (symbol is not IMethodSymbol method)
        {
            return symbol.OriginalDefinition;
        }

        method = (method.ReducedFrom ?? method).OriginalDefinition;
        return method.PartialDefinitionPart ?? method;
    }

    // Where code is half typed, the only method that can be meant is meant.
    private bool Means(SimpleNameSyntax name, ISymbol symbol)
    {
        var info = model.SemanticModelOf(name.SyntaxTree).GetSymbolInfo(name, cancellationToken);
        var meant = info.Symbol ?? (info.CandidateSymbols.Length == 1 ? info.CandidateSymbols[0] : null);
        return meant is not null && SymbolEqualityComparer.Default.Equals(Definition(meant), symbol);
    }
}
