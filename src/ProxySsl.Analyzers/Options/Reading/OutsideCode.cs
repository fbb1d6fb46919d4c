using System.Linq;
using System.Threading;
using Microsoft.CodeAnalysis;
using ProxySsl.Analyzers.Spelling;

namespace ProxySsl.Analyzers.Options;

/// <summary>What code outside the compilation may do with the options of the service container.</summary>
internal static class OutsideCode
{
    /// <summary>
    /// Whether it may configure them or hand them to the middleware: the compilation is a library, whose app is elsewhere, or it references
    /// a library that knows the middleware.
    /// </summary>
    internal static bool MayKnowMiddleware(CompilationModel model, CancellationToken cancellationToken)
    {
        if (model.IsLibrary)
        {
            return true;
        }

        foreach (var reference in model.Compilation.References)
        {
            // A project reference of an IDE has source, and references that it does not use.
            if (model.Compilation.GetAssemblyOrModuleSymbol(reference) is IAssemblySymbol assembly
                && !assembly.Name.StartsWith("Microsoft.AspNetCore", System.StringComparison.Ordinal)
                && (reference is CompilationReference project
                    ? project.Compilation.SyntaxTrees.Any(t => model.MaySpell(t, WordGroups.ForwardedHeaders, cancellationToken))
                    : assembly.Modules.Any(m => m.ReferencedAssemblies.Any(r => r.Name == "Microsoft.AspNetCore.HttpOverrides"))))
            {
                return true;
            }
        }

        return false;
    }
}
