using System.Threading;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;

namespace ProxySsl.Analyzers.Flow;

/// <summary>Finds what a member that nobody writes later was given where it is declared.</summary>
internal static class MemberValue
{
    /// <summary>
    /// The value of a readonly field or a static property without a setter that has an initializer, or is an expression, in the
    /// compilation; null for any other operation. The value may refer to the member again: who follows it counts the steps.
    /// </summary>
    internal static IOperation? Of(IOperation reference, CompilationModel model, CancellationToken cancellationToken)
    {
        ISymbol? member = reference switch
        {
            IFieldReferenceOperation { Field: { IsReadOnly: true } field } => field,
            IPropertyReferenceOperation { Property: { IsStatic: true, SetMethod: null } property } => property,
            _ => null,
        };
        if (member is null || model.DeclarationOf(member, cancellationToken) is not { } declaration)
        {
            return null;
        }

        ExpressionSyntax? value = declaration switch
        {
            VariableDeclaratorSyntax { Initializer.Value: var initializer } => initializer,
            PropertyDeclarationSyntax { Initializer.Value: var initializer } => initializer,
            PropertyDeclarationSyntax { ExpressionBody.Expression: var body } => body,
            _ => null,
        };
        return value is null ? null : model.SemanticModelOf(value.SyntaxTree).GetOperation(value, cancellationToken);
    }
}
