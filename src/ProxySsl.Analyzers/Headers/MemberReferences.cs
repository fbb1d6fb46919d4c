using System.Collections.Generic;
using System.Threading;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;
using ProxySsl.Analyzers.Spelling;

namespace ProxySsl.Analyzers.Headers;

/// <summary>
/// Finds the uses of members in every file, by what the files spell: the second stage of the file filter, for members that hold a header's
/// name or hand on what a header says. Without such members no text is read.
/// </summary>
internal sealed class MemberReferences(CompilationModel model)
{
    // More uses than that are of a member with a common name, or of a pillar of the app; what they do with it no longer tells one thing.
    private const int MostUses = 400;

    private readonly NameMentions _names = new(model, MostUses);

    /// <summary>Searches all files for several names in one pass, so that each of them costs nothing when it is asked for.</summary>
    internal void Prepare(IEnumerable<string> names, CancellationToken cancellationToken) => _names.Prepare(names, cancellationToken);

    /// <summary>
    /// The operations that use a member: reads of a field or property, calls of a method, and a method that is handed on as a delegate. For
    /// a member that implements or overrides another, the uses of that one too.
    /// </summary>
    internal IReadOnlyList<IOperation> Of(ISymbol member, CancellationToken cancellationToken)
    {
        var uses = new List<IOperation>();
        Prepare([member.Name], cancellationToken);
        foreach (var identifier in _names.Of(member.Name)?.Places ?? [])
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (UseAt(identifier, member, cancellationToken) is { } use)
            {
                uses.Add(use);
            }
        }

        return uses;
    }

    private IOperation? UseAt(SimpleNameSyntax identifier, ISymbol member, CancellationToken cancellationToken)
    {
        ExpressionSyntax expression = identifier.Parent switch
        {
            MemberAccessExpressionSyntax access when access.Name == identifier => access,
            MemberBindingExpressionSyntax binding when binding.Name == identifier => binding,
            _ => identifier,
        };
        if (expression.Parent is NameColonSyntax or QualifiedNameSyntax or UsingDirectiveSyntax || expression.FirstAncestorOrSelf<AttributeSyntax>() is not null)
        {
            return null;
        }

        if (member is IMethodSymbol && expression.Parent is InvocationExpressionSyntax called)
        {
            expression = called;
        }

        var operation = model.OperationAt(expression, cancellationToken);
        var used = operation switch
        {
            IInvocationOperation invocation => invocation.TargetMethod,
            IMemberReferenceOperation reference => reference.Member,
            _ => null,
        };
        return used is not null && IsOrImplements(member, used.OriginalDefinition) ? operation : null;
    }

    private static bool IsOrImplements(ISymbol member, ISymbol used)
    {
        member = member.OriginalDefinition;
        if (SymbolEqualityComparer.Default.Equals(member, used))
        {
            return true;
        }

        if (used.ContainingType?.TypeKind == TypeKind.Interface)
        {
            return member.ContainingType?.TypeKind == TypeKind.Class
                && SymbolEqualityComparer.Default.Equals(member.ContainingType.FindImplementationForInterfaceMember(used), member);
        }

        for (var overridden = Overridden(member); overridden is not null; overridden = Overridden(overridden))
        {
            if (SymbolEqualityComparer.Default.Equals(overridden.OriginalDefinition, used))
            {
                return true;
            }
        }

        return false;
    }

    private static ISymbol? Overridden(ISymbol member) => member switch
    {
        IMethodSymbol method => method.OverriddenMethod,
        IPropertySymbol property => property.OverriddenProperty,
        _ => null,
    };
}
