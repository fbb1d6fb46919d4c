using System.Threading;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using ProxySsl.Analyzers.Spelling;

namespace ProxySsl.Analyzers.Headers;

/// <summary>
/// Tells a project of cloud functions (Azure Functions, in process or isolated): its requests are of the framework's types, but it builds no
/// pipeline in which <c>UseForwardedHeaders</c> could stand, and the connection's address is that of the functions host.
/// </summary>
internal static class CloudFunctions
{
    /// <summary>Whether the compilation knows function triggers and spells no application builder. A project with both may hand any request to any helper.</summary>
    internal static bool AreAll(CompilationModel model, CancellationToken cancellationToken)
    {
        if (model.Symbols.FunctionAttribute is null && !SpellsUnresolved(model, cancellationToken))
        {
            return false;
        }

        foreach (var file in model.Files(WordGroups.Middleware, cancellationToken))
        {
            foreach (var hit in file.Hits)
            {
                if ((hit.Group & WordGroups.Middleware) == 0)
                {
                    continue;
                }

                var token = file.Tree.GetRoot(cancellationToken).FindToken(hit.Start);
                if (token.SpanStart == hit.Start && token.IsKind(SyntaxKind.IdentifierToken) && token.Parent is SimpleNameSyntax && token.ValueText is "IApplicationBuilder" or "WebApplication")
                {
                    return false;
                }
            }
        }

        return true;
    }

    // [FunctionName("…")] on a method, [HttpTrigger] on a parameter, that mean nothing as long as the packages are not restored.
    private static bool SpellsUnresolved(CompilationModel model, CancellationToken cancellationToken)
    {
        foreach (var file in model.Files(WordGroups.CloudFunction, cancellationToken))
        {
            foreach (var hit in file.Hits)
            {
                if ((hit.Group & WordGroups.CloudFunction) == 0)
                {
                    continue;
                }

                if (hit.IdentifierIn(file.Tree.GetRoot(cancellationToken)) is { } name && AttributeOf(name) is { Parent.Parent: MethodDeclarationSyntax or LocalFunctionStatementSyntax or ParameterSyntax } attribute
                    && model.SemanticModelOf(file.Tree).GetTypeInfo(attribute, cancellationToken).Type is { TypeKind: TypeKind.Error })
                {
                    return true;
                }
            }
        }

        return false;
    }

    private static AttributeSyntax? AttributeOf(SyntaxToken name) => name.Parent switch
    {
        SimpleNameSyntax { Parent: AttributeSyntax attribute } => attribute,
        SimpleNameSyntax { Parent: QualifiedNameSyntax { Parent: AttributeSyntax attribute } qualified } simple when qualified.Right == simple => attribute,
        _ => null,
    };
}
