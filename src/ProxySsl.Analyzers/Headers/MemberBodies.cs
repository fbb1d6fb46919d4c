using System.Collections.Generic;
using System.Threading;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace ProxySsl.Analyzers.Headers;

/// <summary>The bodies of members of the compilation, in any file.</summary>
internal sealed class MemberBodies(CompilationModel model)
{
    private readonly Dictionary<ISymbol, IOperation?> _bodies = new(SymbolEqualityComparer.Default);

    /// <summary>The operations of a method's, accessor's or local function's body; null for abstract members and those of references.</summary>
    internal IOperation? Of(IMethodSymbol method, CancellationToken cancellationToken)
    {
        method = method.PartialImplementationPart ?? method;
        if (_bodies.TryGetValue(method, out var body))
        {
            return body;
        }

        // Set first: a body that leads back to itself finds nothing.
        _bodies[method] = null;
        foreach (var reference in method.DeclaringSyntaxReferences)
        {
            // A project reference of an IDE has source, but of another compilation.
            if (model.Compilation.ContainsSyntaxTree(reference.SyntaxTree) && Body(reference.GetSyntax(cancellationToken)) is { } syntax)
            {
                return _bodies[method] = model.SemanticModelOf(syntax.SyntaxTree).GetOperation(syntax, cancellationToken);
            }
        }

        return null;
    }

    private static SyntaxNode? Body(SyntaxNode declaration) => declaration switch
    {
        BaseMethodDeclarationSyntax { Body: null, ExpressionBody: null } => null,
        BaseMethodDeclarationSyntax method => method,
        AccessorDeclarationSyntax { Body: null, ExpressionBody: null } => null,
        AccessorDeclarationSyntax accessor => accessor,
        ArrowExpressionClauseSyntax arrow => arrow,
        LocalFunctionStatementSyntax function => function,
        _ => null,
    };
}
