using System.Collections.Generic;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace ProxySsl.CodeFixes.Syntax;

/// <summary>Adds the using that new code needs and removes those that a fix has left without use.</summary>
internal static class Usings
{
    /// <summary>
    /// The name of a type as it can be written at a place: simple where it means the type there, fully qualified otherwise. Never adds a using,
    /// so no name of the file can become ambiguous.
    /// </summary>
    internal static string NameOf(INamedTypeSymbol type, SemanticModel model, int position) => Checked(type.ToMinimalDisplayString(model, position), type, model, position);

    /// <summary>The fully qualified name of a type, from <c>global::</c> on where a namespace at the place has the name of the first part.</summary>
    internal static string FullNameOf(INamedTypeSymbol type, SemanticModel model, int position) => Checked(type.ToDisplayString(), type, model, position);

    private static string Checked(string name, INamedTypeSymbol type, SemanticModel model, int position) =>
        SymbolEqualityComparer.Default.Equals(
            model.GetSpeculativeTypeInfo(position, SyntaxFactory.ParseTypeName(name), SpeculativeBindingOption.BindAsTypeOrNamespace).Type, type)
            ? name
            : type.ToDisplayString(SymbolDisplayFormat.FullyQualifiedFormat);

    /// <summary>
    /// The document with a using for a namespace, sorted in among the others, or the document as it is where the namespace is already imported
    /// (globally too) or encloses the file's code.
    /// </summary>
    internal static async Task<Document> AddAsync(Document document, string @namespace, CancellationToken cancellationToken)
    {
        if (await document.GetSyntaxRootAsync(cancellationToken).ConfigureAwait(false) is not CompilationUnitSyntax root
            || await document.GetSemanticModelAsync(cancellationToken).ConfigureAwait(false) is not { } model
            || IsImported(root, model, @namespace))
        {
            return document;
        }

        var end = root.SyntaxTree.GetText(cancellationToken).ToString().Contains("\r\n") ? SyntaxFactory.CarriageReturnLineFeed : SyntaxFactory.LineFeed;
        var added = SyntaxFactory.UsingDirective(SyntaxFactory.ParseName(@namespace).WithLeadingTrivia(SyntaxFactory.Space)).WithTrailingTrivia(end);
        var usings = root.Usings;
        var index = 0;
        while (index < usings.Count && !ComesAfter(usings[index], @namespace))
        {
            index++;
        }

        if (usings.Count == 0)
        {
            // The file's header comment stays on top; a namespace or statement gets an empty line above it.
            var first = root.GetFirstToken();
            root = root.ReplaceToken(first, first.WithLeadingTrivia(first.LeadingTrivia.Insert(0, end)));
        }
        else if (index == 0)
        {
            added = added.WithLeadingTrivia(usings[0].GetLeadingTrivia());
            root = root.ReplaceNode(usings[0], usings[0].WithLeadingTrivia());
        }

        return document.WithSyntaxRoot(root.WithUsings(root.Usings.Insert(index, added)));
    }

    /// <summary>
    /// Removes the usings that are without use now and were not before. A file with inactive code (<c>#if</c>) keeps them: another target
    /// framework may need them.
    /// </summary>
    internal static async Task<Document> RemoveUnusedAsync(Document document, CompilerFindings before, CancellationToken cancellationToken)
    {
        var root = await document.GetSyntaxRootAsync(cancellationToken).ConfigureAwait(false);
        var model = await document.GetSemanticModelAsync(cancellationToken).ConfigureAwait(false);
        if (root is null || model is null || (root.ContainsDirectives && root.DescendantTrivia().Any(t => t.IsKind(SyntaxKind.DisabledTextTrivia))))
        {
            return document;
        }

        var unused = CompilerFindings.In(model, cancellationToken).UnusedUsingsSince(before);
        if (unused.Count == 0)
        {
            return document;
        }

        while (root.DescendantNodes(n => n is CompilationUnitSyntax or BaseNamespaceDeclarationSyntax).OfType<UsingDirectiveSyntax>()
            .FirstOrDefault(u => unused.Contains(u.WithoutTrivia().ToString()) && !u.ContainsDirectives) is { } directive)
        {
            root = Remove(root, directive);
        }

        return document.WithSyntaxRoot(root);
    }

    private static SyntaxNode Remove(SyntaxNode root, UsingDirectiveSyntax directive)
    {
        // A comment above the first using is the file's header; it moves to what is first now.
        var kept = Layout.KeptLines(directive.GetLeadingTrivia());
        var next = directive.GetLastToken().GetNextToken(includeZeroWidth: true);
        var isOnly = directive.Parent is CompilationUnitSyntax { Usings.Count: 1, Externs.Count: 0 };
        var leading = isOnly && kept.Count == 0 ? Layout.WithoutBlankLines(next.LeadingTrivia) : next.LeadingTrivia;
        var mark = new SyntaxAnnotation();
        root = root.ReplaceNode(directive, directive.WithAdditionalAnnotations(mark));
        next = root.GetAnnotatedNodes(mark).Single().GetLastToken().GetNextToken(includeZeroWidth: true);
        root = root.ReplaceToken(next, next.WithLeadingTrivia(leading.InsertRange(0, kept)));
        return root.RemoveNode(root.GetAnnotatedNodes(mark).Single(), SyntaxRemoveOptions.KeepNoTrivia)!;
    }

    private static bool IsImported(CompilationUnitSyntax root, SemanticModel model, string @namespace)
    {
        foreach (var scope in model.GetImportScopes(root.Members.FirstOrDefault()?.SpanStart ?? root.SpanStart))
        {
            if (scope.Imports.Any(i => i.NamespaceOrType.ToDisplayString() == @namespace))
            {
                return true;
            }
        }

        return root.Members.OfType<BaseNamespaceDeclarationSyntax>()
            .Any(n => n.Name.ToString() == @namespace || n.Name.ToString().StartsWith(@namespace + ".", System.StringComparison.Ordinal));
    }

    private static bool ComesAfter(UsingDirectiveSyntax existing, string @namespace)
    {
        if (existing.Alias is not null || existing.StaticKeyword != default)
        {
            return true;
        }

        var name = existing.Name?.ToString() ?? "";
        var isSystem = name == "System" || name.StartsWith("System.", System.StringComparison.Ordinal);
        var addsSystem = @namespace == "System" || @namespace.StartsWith("System.", System.StringComparison.Ordinal);
        return isSystem != addsSystem ? addsSystem : string.CompareOrdinal(name, @namespace) > 0;
    }
}
