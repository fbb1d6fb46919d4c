using System.Linq;
using System.Threading;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;
using ProxySsl.Analyzers.Flow;

namespace ProxySsl.Analyzers.Headers;

/// <summary>Where a request, or the context of one, comes from.</summary>
internal enum RequestOrigin
{
    /// <summary>From the server, as far as can be told.</summary>
    Live,

    /// <summary>The code itself made it (<c>DefaultHttpContext</c>), or a cloud function got it: nothing that this app's own proxy stands before.</summary>
    MadeUp,

    /// <summary>
    /// From <c>HttpContext.Current</c>, which ASP.NET Core does not have: a request of System.Web, whose types ASP.NET Core's stand for as
    /// long as the project's references are not there.
    /// </summary>
    SystemWeb,
}

/// <summary>Follows a request back to where it comes from: through properties, locals, and fields that only their class writes.</summary>
internal static class RequestOrigins
{
    private const int DeepestChain = 8;

    /// <summary>The origin of a request, of its context or of its connection.</summary>
    internal static RequestOrigin Of(IOperation? request, CompilationModel model, CancellationToken cancellationToken) => Of(request, DeepestChain, model, cancellationToken);

    private static RequestOrigin Of(IOperation? request, int depth, CompilationModel model, CancellationToken cancellationToken)
    {
        for (; request is not null && depth > 0; depth--)
        {
            request = HeaderCollections.Resolve(request.Unwrapped());
            if (request.Type?.Name == "DefaultHttpContext")
            {
                return RequestOrigin.MadeUp;
            }

            switch (request)
            {
                case IPropertyReferenceOperation { Property: { Name: "HttpContext", ContainingType.Name: "IHttpContextAccessor" } } accessed when IsGivenOwn(accessed):
                case IInvocationOperation { TargetMethod: { Name: "Create", ContainingType.Name: "IHttpContextFactory" or "DefaultHttpContextFactory" } }:
                case IObjectCreationOperation creation when creation.DescendantsAndSelf().Any(o => o.Type?.Name == "DefaultHttpContext"):
                    return RequestOrigin.MadeUp;
                case IInvocationOperation { TargetMethod: var method } when Returned(method.OriginalDefinition, model, cancellationToken) is { } returned:
                    request = returned;
                    break;
                case IPropertyReferenceOperation property:
                    request = Got(property, model, cancellationToken) ?? property.Instance;
                    break;
                case ILocalReferenceOperation local:
                    request = local.SingleValue();
                    break;
                case IFieldReferenceOperation { Field: var field }:
                    return OfField(field, depth - 1, model, cancellationToken);
                case IInstanceReferenceOperation { ReferenceKind: InstanceReferenceKind.ImplicitReceiver } receiver:
                    request = Initialized(receiver);
                    break;
                case IParameterReferenceOperation { Parameter: var parameter }:
                    return IsTrigger(parameter) ? RequestOrigin.MadeUp : RequestOrigin.Live;
                case IInvalidOperation { Syntax: ExpressionSyntax expression }:
                    return IsCurrentContext(expression, model, cancellationToken) ? RequestOrigin.SystemWeb : RequestOrigin.Live;
                default:
                    return RequestOrigin.Live;
            }
        }

        return RequestOrigin.Live;
    }

    // new Context { Request = { Scheme = "https" } }: what the member is one of
    private static IOperation? Initialized(IOperation receiver)
    {
        var around = receiver.Parent;
        while (around is not (null or IObjectOrCollectionInitializerOperation))
        {
            around = around.Parent;
        }

        return around?.Parent is IMemberInitializerOperation { InitializedMember: var member } ? member : around?.Parent;
    }

    // accessor.HttpContext = new DefaultHttpContext(); accessor.HttpContext.Request.Scheme = "https";
    private static bool IsGivenOwn(IPropertyReferenceOperation accessed)
    {
        foreach (var operation in accessed.Root().DescendantsAndSelf())
        {
            if (operation is ISimpleAssignmentOperation { Target: IPropertyReferenceOperation target, Value: var value } && value.Syntax.Span.End <= accessed.Syntax.SpanStart
                && SymbolEqualityComparer.Default.Equals(target.Property, accessed.Property) && value.Unwrapped().Type?.Name == "DefaultHttpContext")
            {
                return true;
            }
        }

        return false;
    }

    // What a property of the compilation returns, where it returns one thing.
    private static IOperation? Got(IPropertyReferenceOperation property, CompilationModel model, CancellationToken cancellationToken)
    {
        if (property.Property.OriginalDefinition.GetMethod is not { IsAbstract: false } getter)
        {
            return null;
        }

        if (model.BodyOf(getter, cancellationToken) is not { } body)
        {
            return InitialValue(property.Property.OriginalDefinition, model, cancellationToken);
        }

        return Returned(body);
    }

    private static IOperation? Returned(IMethodSymbol method, CompilationModel model, CancellationToken cancellationToken) =>
        method.MethodKind is MethodKind.Ordinary or MethodKind.LocalFunction && method.ReturnType.Name is "HttpContext" or "HttpRequest" && model.BodyOf(method, cancellationToken) is { } body ? Returned(body) : null;

    private static IOperation? Returned(IOperation body)
    {
        IOperation? value = null;
        foreach (var operation in body.DescendantsAndSelf())
        {
            if (operation is IReturnOperation { ReturnedValue: { } returned })
            {
                if (value is not null)
                {
                    return null;
                }

                value = returned;
            }
        }

        return value;
    }

    // HttpContext Context { get; } = new DefaultHttpContext();
    private static IOperation? InitialValue(IPropertySymbol property, CompilationModel model, CancellationToken cancellationToken) =>
        property.SetMethod is null && model.DeclarationOf(property, cancellationToken) is PropertyDeclarationSyntax { Initializer.Value: { } value }
            ? model.SemanticModelOf(value.SyntaxTree).GetOperation(value, cancellationToken)
            : null;

    // All that is ever written to a field is made by the code itself.
    private static RequestOrigin OfField(IFieldSymbol field, int depth, CompilationModel model, CancellationToken cancellationToken)
    {
        if (field is { DeclaredAccessibility: not Accessibility.Private, IsReadOnly: false })
        {
            return RequestOrigin.Live;
        }

        var isWritten = false;
        foreach (var reference in field.ContainingType.DeclaringSyntaxReferences)
        {
            if (!model.Compilation.ContainsSyntaxTree(reference.SyntaxTree))
            {
                return RequestOrigin.Live;
            }

            foreach (var node in reference.GetSyntax(cancellationToken).DescendantNodes())
            {
                cancellationToken.ThrowIfCancellationRequested();
                var value = node switch
                {
                    VariableDeclaratorSyntax { Initializer.Value: var initializer } declarator when declarator.Identifier.ValueText == field.Name => initializer,
                    IdentifierNameSyntax name when name.Identifier.ValueText == field.Name => Written(name),
                    _ => null,
                };
                if (value is null)
                {
                    continue;
                }

                isWritten = true;
                if (value == node || Of(model.SemanticModelOf(value.SyntaxTree).GetOperation(value, cancellationToken), depth, model, cancellationToken) != RequestOrigin.MadeUp)
                {
                    return RequestOrigin.Live;
                }
            }
        }

        return isWritten ? RequestOrigin.MadeUp : RequestOrigin.Live;
    }

    // What is assigned to a name; the name itself where it is written in a way that does not tell what; null where it is read.
    private static ExpressionSyntax? Written(IdentifierNameSyntax name)
    {
        ExpressionSyntax target = name.Parent is MemberAccessExpressionSyntax { Expression: ThisExpressionSyntax } access && access.Name == name ? access : name;
        return target.Parent switch
        {
            AssignmentExpressionSyntax assignment when assignment.Left == target => assignment.Right,
            ArgumentSyntax { Parent: TupleExpressionSyntax } => name,
            ArgumentSyntax argument when !argument.RefKindKeyword.IsKind(SyntaxKind.None) => name,
            RefExpressionSyntax => name,
            _ => null,
        };
    }

    private static bool IsTrigger(IParameterSymbol parameter)
    {
        foreach (var attribute in parameter.GetAttributes())
        {
            if (attribute.AttributeClass is { Name: "HttpTriggerAttribute" } or { Name: "HttpTrigger", TypeKind: TypeKind.Error })
            {
                return true;
            }
        }

        return false;
    }

    // HttpContext.Current, or something of it, that does not bind; a type of that name that has such a member does.
    private static bool IsCurrentContext(ExpressionSyntax expression, CompilationModel model, CancellationToken cancellationToken)
    {
        while (expression is MemberAccessExpressionSyntax access)
        {
            if (access.Name.Identifier.ValueText == "Current"
                && access.Expression is SimpleNameSyntax { Identifier.ValueText: "HttpContext" } or MemberAccessExpressionSyntax { Name.Identifier.ValueText: "HttpContext" })
            {
                var type = model.SemanticModelOf(expression.SyntaxTree).GetSymbolInfo(access.Expression, cancellationToken).Symbol;
                return type is null || SymbolEqualityComparer.Default.Equals(type, model.Symbols.HttpContext);
            }

            expression = access.Expression;
        }

        return false;
    }
}
