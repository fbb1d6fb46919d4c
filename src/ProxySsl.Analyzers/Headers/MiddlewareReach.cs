using System.Linq;
using System.Threading;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;
using ProxySsl.Analyzers.Flow;

namespace ProxySsl.Analyzers.Headers;

/// <summary>
/// Tells whether production has a middleware in its pipeline, from where the code adds its class or its function: somebody may have to turn
/// it on, or have forgotten it.
/// </summary>
internal sealed class MiddlewareReach(CompilationModel model, CancellationToken cancellationToken)
{
    private readonly ReachReader _reach = new(model, cancellationToken);

    /// <summary>Whether production comes to an operation of a middleware; always where it is in none.</summary>
    internal Reach Of(IOperation operation)
    {
        if (AddedFunction(operation) is { } function)
        {
            return _reach.OfPlace(function.Syntax);
        }

        if (operation.Syntax.FirstAncestorOrSelf<ClassDeclarationSyntax>() is not { } declaration
            || operation.SemanticModel?.GetDeclaredSymbol(declaration, cancellationToken) is not INamedTypeSymbol type
            || !type.InstanceConstructors.Any(c => c.Parameters.Any(p => p.Type.Name == "RequestDelegate")))
        {
            return Reach.Always;
        }

        _reach.Prepare([type]);

        // The app of a library may name it.
        return !model.IsLibrary && _reach.Mentions.Of(type) is { } places && places.All(p => p.SyntaxTree == declaration.SyntaxTree && declaration.Span.Contains(p.Span))
            ? Reach.Perhaps
            : _reach.Of(type);
    }

    // app.Use((context, next) => …), the outermost function around the operation
    private static IAnonymousFunctionOperation? AddedFunction(IOperation operation)
    {
        IAnonymousFunctionOperation? added = null;
        for (var around = operation; around is not null; around = around.Parent)
        {
            if (around is IAnonymousFunctionOperation function && InlineMiddleware.CallThatTakes(function) is { TargetMethod.Name: "Use" })
            {
                added = function;
            }
        }

        return added;
    }
}
