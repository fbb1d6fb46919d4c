using System;
using System.Collections.Concurrent;
using System.Collections.Generic;
using System.Linq;
using System.Runtime.CompilerServices;
using System.Threading;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Diagnostics;
using ProxySsl.Analyzers.Spelling;

namespace ProxySsl.Analyzers;

/// <summary>
/// All state of one compilation: its symbols, its configuration, what its files spell, and the models of the families, each made on first
/// demand and shared by all hosts. Models are layered: a model never asks a rule, and all are made under one re-entrant lock.
/// </summary>
internal sealed class CompilationModel
{
    // Weak by compilation: the three hosts get separate compilation-start actions and have to find the same object.
    private static readonly ConditionalWeakTable<Compilation, List<CompilationModel>> Models = new();

    private readonly ConcurrentDictionary<SyntaxTree, FileSpelling> _spelling = new();
    private readonly ConcurrentDictionary<SyntaxTree, SemanticModel> _semanticModels = new();
    private readonly ConcurrentDictionary<IMethodSymbol, IOperation?> _bodies = new(SymbolEqualityComparer.Default);
    private readonly Dictionary<Type, object> _families = new();
    private readonly object _gate = new();
    private IReadOnlyList<FileSpelling>? _files;

    private CompilationModel(Compilation compilation, AspNetCoreSymbols symbols, ProxySslOptions options)
    {
        Compilation = compilation;
        Symbols = symbols;
        Options = options;
        Vocabulary = Vocabulary.For(options);
    }

    internal Compilation Compilation { get; }

    /// <summary>Whether it is a library: what the app of it does is not in view.</summary>
    internal bool IsLibrary => Compilation.Options.OutputKind is OutputKind.DynamicallyLinkedLibrary or OutputKind.NetModule;

    internal AspNetCoreSymbols Symbols { get; }

    /// <summary>The configuration of the compilation as a whole: the names of all files together. Per file, ask <see cref="ProxySslOptions.ProxyIn"/>.</summary>
    internal ProxySslOptions Options { get; }

    /// <summary>The words that files are searched for.</summary>
    internal Vocabulary Vocabulary { get; }

    /// <summary>
    /// The model of a compilation, or null where no rule can apply: no web framework among its references, or a test project that is not
    /// switched on with <c>proxyssl.analyze_tests</c>.
    /// </summary>
    internal static CompilationModel? For(Compilation compilation, AnalyzerOptions analyzerOptions)
    {
        if (compilation.Language != LanguageNames.CSharp || AspNetCoreSymbols.Create(compilation) is not { } symbols)
        {
            return null;
        }

        var options = ProxySslOptions.Read(compilation, analyzerOptions.AnalyzerConfigOptionsProvider);
        if (!options.AnalyzeTests && TestProject.Is(compilation, analyzerOptions.AnalyzerConfigOptionsProvider.GlobalOptions))
        {
            return null;
        }

        var models = Models.GetValue(compilation, static _ => new List<CompilationModel>(1));
        lock (models)
        {
            foreach (var existing in models)
            {
                if (existing.Options.Equals(options))
                {
                    return existing;
                }
            }

            var model = new CompilationModel(compilation, symbols, options);
            models.Add(model);
            return model;
        }
    }

    /// <summary>
    /// Where a symbol is declared in this compilation; null where it is declared nowhere, or in another one (a project reference of an IDE
    /// has source too, which no semantic model of this compilation reads).
    /// </summary>
    internal SyntaxNode? DeclarationOf(ISymbol symbol, CancellationToken cancellationToken)
    {
        foreach (var reference in symbol.DeclaringSyntaxReferences)
        {
            if (Compilation.ContainsSyntaxTree(reference.SyntaxTree))
            {
                return reference.GetSyntax(cancellationToken);
            }
        }

        return null;
    }

    /// <summary>What a file spells, found in one pass over its text, once.</summary>
    internal FileSpelling SpellingOf(SyntaxTree tree, CancellationToken cancellationToken)
    {
        if (!_spelling.TryGetValue(tree, out var spelling))
        {
            spelling = _spelling.GetOrAdd(tree, FileSpelling.Read(tree, Vocabulary, cancellationToken));
        }

        return spelling;
    }

    /// <summary>Whether a file spells any word of the groups.</summary>
    internal bool MaySpell(SyntaxTree tree, WordGroups groups, CancellationToken cancellationToken) =>
        (SpellingOf(tree, cancellationToken).Groups & groups) != 0;

    /// <summary>Every file that spells any word of the vocabulary, in the order of their paths.</summary>
    internal IReadOnlyList<FileSpelling> Files(CancellationToken cancellationToken)
    {
        if (_files is null)
        {
            var files = new List<FileSpelling>();
            foreach (var tree in Compilation.SyntaxTrees)
            {
                var spelling = SpellingOf(tree, cancellationToken);
                if (spelling.Groups != 0)
                {
                    files.Add(spelling);
                }
            }

            _files = InOrder(files);
        }

        return _files;
    }

    /// <summary>The files that spell any word of the groups, in the order of their paths.</summary>
    internal IEnumerable<FileSpelling> Files(WordGroups groups, CancellationToken cancellationToken) =>
        Files(cancellationToken).Where(f => (f.Groups & groups) != 0);

    /// <summary>
    /// The files that spell any of the words, in the order of their paths: a second pass over the texts, for names that only the code
    /// itself makes known, such as those of its own helpers.
    /// </summary>
    internal IReadOnlyList<FileSpelling> FilesThatSpell(IEnumerable<string> words, CancellationToken cancellationToken)
    {
        var vocabulary = new Vocabulary(words.Select(w => new Word(w, WordGroups.Own)));
        var files = new List<FileSpelling>();
        foreach (var tree in Compilation.SyntaxTrees)
        {
            var spelling = FileSpelling.Read(tree, vocabulary, cancellationToken);
            if (spelling.Groups != 0)
            {
                files.Add(spelling);
            }
        }

        return InOrder(files);
    }

    /// <summary>Whether one of the words stands anywhere in the compilation as it is meant: asked of each place and the root of its file.</summary>
    internal bool Spells(IEnumerable<string> words, Func<WordHit, SyntaxNode, bool> isMeant, CancellationToken cancellationToken) =>
        FilesThatSpell(words, cancellationToken).Any(f => f.Tree.GetRoot(cancellationToken) is var root && f.Hits.Any(h => isMeant(h, root)));

    // The compiler may get the files in any order, and what is found first must not depend on it.
    private static IReadOnlyList<FileSpelling> InOrder(List<FileSpelling> files) =>
        files.Count < 2 ? files : files.OrderBy(f => f.Tree.FilePath, StringComparer.Ordinal).ToList();

    /// <summary>The semantic model of any file of the compilation.</summary>
    internal SemanticModel SemanticModelOf(SyntaxTree tree)
    {
        if (!_semanticModels.TryGetValue(tree, out var model))
        {
            // The compilation hands out the driver's own model while analyzers run, so nothing is bound twice.
#pragma warning disable RS0030, RS1030 // the one place where another file's model is asked for
            model = _semanticModels.GetOrAdd(tree, Compilation.GetSemanticModel(tree));
#pragma warning restore RS0030, RS1030
        }

        return model;
    }

    /// <summary>Whether a method is declared in source of this compilation. A project reference of an IDE has source too, but of another one.</summary>
    internal bool Declares(IMethodSymbol method)
    {
        foreach (var reference in method.DeclaringSyntaxReferences)
        {
            if (Compilation.ContainsSyntaxTree(reference.SyntaxTree))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>
    /// The body of a method, accessor or local function of the compilation, in any file; null where it has none (abstract, half typed), or is
    /// declared in another compilation.
    /// </summary>
    internal IOperation? BodyOf(IMethodSymbol method, CancellationToken cancellationToken)
    {
        method = method.PartialImplementationPart ?? method;
        if (!_bodies.TryGetValue(method, out var body))
        {
            body = DeclarationOf(method, cancellationToken) is { } declaration ? SemanticModelOf(declaration.SyntaxTree).GetOperation(declaration, cancellationToken) : null;
            _bodies[method] = body;
        }

        return body;
    }

    /// <summary>
    /// The operation at a node; null where there is none, and in a lambda within an attribute: that is an error wherever it stands, and the
    /// compiler fails when it is asked for the operations of an async one.
    /// </summary>
    internal IOperation? OperationAt(SyntaxNode node, CancellationToken cancellationToken) =>
        node.FirstAncestorOrSelf<AttributeSyntax>() is { } attribute && node.FirstAncestorOrSelf<AnonymousFunctionExpressionSyntax>() is { } lambda && attribute.Span.Contains(lambda.Span)
            ? null
            : SemanticModelOf(node.SyntaxTree).GetOperation(node, cancellationToken);

    /// <summary>
    /// The model of a family, made on first demand. <paramref name="create"/> may ask for models of lower layers. A cancelled
    /// creation leaves nothing behind.
    /// </summary>
    internal T Family<T>(Func<CompilationModel, CancellationToken, T> create, CancellationToken cancellationToken)
        where T : class
    {
        lock (_gate)
        {
            if (!_families.TryGetValue(typeof(T), out var family))
            {
                family = create(this, cancellationToken);
                _families[typeof(T)] = family;
            }

            return (T)family;
        }
    }
}
