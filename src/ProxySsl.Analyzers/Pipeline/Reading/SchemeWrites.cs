using System.Linq;
using System.Threading;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using ProxySsl.Analyzers.Spelling;

namespace ProxySsl.Analyzers.Pipeline;

/// <summary>Looks for code that sets the request's scheme itself: it stands for forwarded headers, whatever else is to be said of it.</summary>
internal static class SchemeWrites
{
    /// <summary>Whether any file assigns <c>HttpRequest.Scheme</c>, <c>HttpRequest.IsHttps</c> or the scheme of the request's feature.</summary>
    internal static bool Exist(CompilationModel model, CancellationToken cancellationToken)
    {
        foreach (var file in model.Files(WordGroups.RequestProperty, cancellationToken))
        {
            var root = file.Tree.GetRoot(cancellationToken);
            foreach (var hit in file.Hits)
            {
                if ((hit.Group & WordGroups.RequestProperty) != 0
                    && hit.IdentifierIn(root) is { Parent: IdentifierNameSyntax { Parent: MemberAccessExpressionSyntax { Parent: AssignmentExpressionSyntax assignment } member } name }
                    && assignment.Left == member && member.Name == name
                    && model.SemanticModelOf(file.Tree).GetSymbolInfo(name, cancellationToken).Symbol?.ContainingType is { } owner
                    && (SymbolEqualityComparer.Default.Equals(owner, model.Symbols.HttpRequest) || owner.Name == "IHttpRequestFeature"))
                {
                    return true;
                }
            }
        }

        return false;
    }
}
