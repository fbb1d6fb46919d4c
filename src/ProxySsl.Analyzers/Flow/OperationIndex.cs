using System;
using System.Collections.Generic;
using System.Runtime.CompilerServices;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace ProxySsl.Analyzers.Flow;

/// <summary>
/// What the tree of one member holds of its variables, found in one pass and kept as long as the tree: readers ask for every header, entry
/// and condition, and a pass for each of them would make a long member cost the square of its length.
/// </summary>
internal sealed class OperationIndex
{
    private static readonly ConditionalWeakTable<IOperation, OperationIndex> Indexes = new();

    private readonly Dictionary<ISymbol, List<IOperation>> _references = new(SymbolEqualityComparer.Default);
    private readonly Dictionary<ISymbol, IOperation?> _initialValues = new(SymbolEqualityComparer.Default);
    private readonly Dictionary<ISymbol, IOperation> _testedValues = new(SymbolEqualityComparer.Default);
    private readonly Dictionary<ISymbol, ILocalFunctionOperation> _functions = new(SymbolEqualityComparer.Default);
    private readonly List<object> _literals = [];

    private OperationIndex(IOperation root)
    {
        foreach (var operation in root.DescendantsAndSelf())
        {
            switch (operation)
            {
                case ILocalReferenceOperation reference:
                    AddReference(reference.Local, reference);
                    break;
                case IParameterReferenceOperation reference:
                    AddReference(reference.Parameter, reference);
                    break;
                case IVariableDeclaratorOperation declarator:
                    _initialValues[declarator.Symbol] = declarator.Initializer?.Value;
                    break;
                case IRecursivePatternOperation { DeclaredSymbol: { } symbol } pattern:
                    AddTested(symbol, pattern);
                    break;
                case IDeclarationPatternOperation { DeclaredSymbol: { } symbol } pattern:
                    AddTested(symbol, pattern);
                    break;
                case ILocalFunctionOperation function:
                    _functions[function.Symbol] = function;
                    break;
                case ILiteralOperation { ConstantValue: { HasValue: true, Value: { } value } }:
                    _literals.Add(value);
                    break;
            }
        }
    }

    /// <summary>The index of the tree that an operation is part of.</summary>
    internal static OperationIndex Of(IOperation operation) => Indexes.GetValue(operation.Root(), static root => new OperationIndex(root));

    /// <summary>Where a local or parameter is referred to, read or written, in the order of the tree.</summary>
    internal IReadOnlyList<IOperation> References(ISymbol variable) =>
        _references.TryGetValue(variable, out var references) ? references : Array.Empty<IOperation>();

    /// <summary>The value that a local is declared with; null without one.</summary>
    internal IOperation? InitialValue(ILocalSymbol local) => _initialValues.TryGetValue(local, out var value) ? value : null;

    /// <summary>The value whose test, <c>value is { } local</c>, declares a local, or the member of a value, <c>value is { Member: { } local }</c>; null for any other local.</summary>
    internal IOperation? TestedValue(ILocalSymbol local) => _testedValues.TryGetValue(local, out var value) ? value : null;

    /// <summary>A local function of the tree.</summary>
    internal ILocalFunctionOperation? Function(IMethodSymbol function) => _functions.TryGetValue(function, out var operation) ? operation : null;

    /// <summary>Whether a literal of the tree is a text that holds a word in any case.</summary>
    internal bool Spells(string word)
    {
        foreach (var literal in _literals)
        {
            if (literal is string text && text.IndexOf(word, StringComparison.OrdinalIgnoreCase) >= 0)
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Whether a literal of the tree is a word in any case, and nothing else.</summary>
    internal bool Says(string word)
    {
        foreach (var literal in _literals)
        {
            if (literal is string text && text.Equals(word, StringComparison.OrdinalIgnoreCase))
            {
                return true;
            }
        }

        return false;
    }

    private void AddReference(ISymbol variable, IOperation reference)
    {
        if (!_references.TryGetValue(variable, out var references))
        {
            _references[variable] = references = [];
        }

        references.Add(reference);
    }

    private void AddTested(ISymbol declared, IOperation pattern)
    {
        var parent = pattern.Parent;
        while (parent is IPatternOperation)
        {
            parent = parent.Parent;
        }

        switch (parent)
        {
            case IPropertySubpatternOperation { Member: var member }:
                _testedValues[declared] = member;
                break;
            case IIsPatternOperation test:
                _testedValues[declared] = test.Value;
                break;
        }
    }
}
