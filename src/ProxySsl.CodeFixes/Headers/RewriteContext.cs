using System.Collections.Generic;
using System.Linq;
using System.Threading;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using ProxySsl.Analyzers;
using ProxySsl.Analyzers.Knowledge;
using ProxySsl.CodeFixes.Syntax;

namespace ProxySsl.CodeFixes.Headers;

/// <summary>What a rewrite of a header read starts from: the reported expression, where it stands, and the edits gathered so far.</summary>
internal sealed class RewriteContext
{
    private readonly Dictionary<SyntaxNode, SyntaxNode> _edits = new();

    internal RewriteContext(ExpressionSyntax reported, ForwardedHeader header, bool isPresence, bool isNegated, SemanticModel model, CompilationModel compilation, CancellationToken cancellationToken)
    {
        Reported = reported;
        Header = header;
        IsPresence = isPresence;
        IsNegated = isNegated;
        Model = model;
        Compilation = compilation;
        CancellationToken = cancellationToken;
        Member = reported.AncestorsAndSelf().FirstOrDefault(a => a is MemberDeclarationSyntax and not (GlobalStatementSyntax or BaseTypeDeclarationSyntax or BaseNamespaceDeclarationSyntax))
            ?? reported.SyntaxTree.GetRoot(cancellationToken);
        Sites = new HeaderSites(model, compilation, cancellationToken);
    }

    /// <summary>The expression that the diagnostic is on.</summary>
    internal ExpressionSyntax Reported { get; }

    internal ForwardedHeader Header { get; }

    /// <summary>Whether the diagnostic is about looking for the header, not about using its value.</summary>
    internal bool IsPresence { get; }

    /// <summary>Whether the reported expression is true where the header is absent.</summary>
    internal bool IsNegated { get; }

    internal SemanticModel Model { get; }

    internal CompilationModel Compilation { get; }

    internal CancellationToken CancellationToken { get; }

    /// <summary>The member that the expression is in; the file for top-level statements.</summary>
    internal SyntaxNode Member { get; }

    internal HeaderSites Sites { get; }

    /// <summary>The variables of which a rewrite has taken an assignment away.</summary>
    internal HashSet<string> Unassigned { get; } = [];

    /// <summary>The property that has taken the header's place, for the menu; null where the fix has but one.</summary>
    internal string? Written { get; set; }

    /// <summary>The nodes to replace, and by what.</summary>
    internal IReadOnlyDictionary<SyntaxNode, SyntaxNode> Edits => _edits;

    /// <summary>Whether an edit that is there replaces the node, a part of it, or what is around it.</summary>
    internal bool IsReplaced(SyntaxNode node) => _edits.Keys.Any(e => e.Span.OverlapsWith(node.Span));

    /// <summary>Replaces an expression, trivia kept. False where it overlaps with an edit that is there.</summary>
    internal bool Replace(SyntaxNode old, SyntaxNode by)
    {
        if (IsReplaced(old))
        {
            return false;
        }

        _edits[old] = by.WithTriviaFrom(old);
        return true;
    }

    /// <summary>Parses an expression for the file.</summary>
    internal ExpressionSyntax Parse(string text) => ExpressionExtensions.ParseExpression(text, Reported.SyntaxTree);

    /// <summary>Every reference to a local in the member.</summary>
    internal IReadOnlyList<IdentifierNameSyntax> References(ILocalSymbol local) => Member.DescendantNodes().OfType<IdentifierNameSyntax>()
        .Where(n => n.Identifier.ValueText == local.Name && SymbolEqualityComparer.Default.Equals(Model.GetSymbolInfo(n, CancellationToken).Symbol, local))
        .ToList();
}
