using System.Collections.Generic;
using System.Linq;
using System.Threading;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;
using ProxySsl.Analyzers.Flow;

namespace ProxySsl.Analyzers.Headers;

/// <summary>Tells whether production comes to code that reads headers: somebody may have to turn a middleware on, or have forgotten to add it.</summary>
internal sealed class MiddlewareReach(CompilationModel model, CancellationToken cancellationToken)
{
    private readonly ReachReader _reach = new(model, cancellationToken);

    /// <summary>Searches for what leads to several operations at once, a pass over the texts a level instead of one for each.</summary>
    internal void Prepare(IEnumerable<IOperation> operations) => _reach.Prepare(operations.Select(MethodAround).OfType<ISymbol>());

    /// <summary>Whether nothing in the app leads to an operation: its method is called, and its middleware added, by nobody.</summary>
    internal bool IsUncalled(IOperation operation)
    {
        if (MethodAround(operation) is not { } method)
        {
            return false;
        }

        _reach.Prepare([method]);
        return _reach.Of(method) == Reach.Uncalled;
    }

    /// <summary>Whether production has the middleware that an operation is part of; always where it is part of none.</summary>
    internal Reach OfMiddleware(IOperation operation)
    {
        if (AddedFunction(operation) is { } function)
        {
            return _reach.OfPlace(function.Syntax);
        }

        if (operation.Syntax.FirstAncestorOrSelf<ClassDeclarationSyntax>() is not { } declaration
            || operation.SemanticModel?.GetDeclaredSymbol(declaration, cancellationToken) is not INamedTypeSymbol type
            || !ReachReader.IsAddedByName(type))
        {
            return Reach.Always;
        }

        _reach.Prepare([type]);
        return _reach.Of(type);
    }

    private IMethodSymbol? MethodAround(IOperation operation) => _reach.MethodAround(operation.Syntax);

    // app.Use((context, next) => …), the outermost function around the operation
    private static IAnonymousFunctionOperation? AddedFunction(IOperation operation)
    {
        IAnonymousFunctionOperation? added = null;
        for (var around = operation; around is not null; around = around.Parent)
        {
            if (around is IAnonymousFunctionOperation function && TrailReader.ArgumentOf(function) is { Parent: IInvocationOperation { TargetMethod.Name: "Use" } })
            {
                added = function;
            }
        }

        return added;
    }
}
