using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;
using ProxySsl.Analyzers.Flow;
using ProxySsl.Analyzers.Headers;
using ProxySsl.Analyzers.Spelling;

namespace ProxySsl.Analyzers.Options;

/// <summary>
/// Searches a compilation for code that makes something of a part of the request. What the app of a library makes of it, or another library
/// of the app, is not in view.
/// </summary>
internal sealed class RequestUses(CompilationModel model, CancellationToken cancellationToken)
{
    private readonly NameMentions _mentions = new(model, int.MaxValue);

    /// <summary>Whether one of the words is a name in code.</summary>
    internal bool AreWhole(IEnumerable<string> words) =>
        model.Spells(words, static (hit, root) => hit.IdentifierIn(root) is not null, cancellationToken);

    /// <summary>Whether code names one of the words, also as a part of a name.</summary>
    internal bool AreNamed(IEnumerable<string> words) =>
        model.Spells(words, static (hit, root) => hit.IsCodeIn(root), cancellationToken);

    /// <summary>Whether code reads a member for more than its log, anywhere but in a member that nobody calls.</summary>
    /// <param name="names">The names of the members.</param>
    /// <param name="isMeant">Whether a symbol of such a name is one of them.</param>
    /// <param name="mayBeMeant">The same of a name that is not resolved.</param>
    /// <param name="isAnswerOfNoUse">Whether it is nothing to the app what goes back to whoever asked.</param>
    internal bool AreRead(IReadOnlyList<string> names, Func<ISymbol, bool> isMeant, Func<SimpleNameSyntax, bool> mayBeMeant, bool isAnswerOfNoUse = false)
    {
        _mentions.Prepare(names, cancellationToken);
        return names.SelectMany(n => _mentions.Of(n)!.Value.Places).Any(name =>
            (model.SemanticModelOf(name.SyntaxTree).GetSymbolInfo(name, cancellationToken).Symbol is { } symbol ? isMeant(symbol) : mayBeMeant(name))
            && !IsIdle(name, isAnswerOfNoUse)
            && !IsUncalled(name));
    }

    /// <summary>Whether a name that is not resolved is one of a request by the looks of it: <c>context.Request.Host</c>.</summary>
    internal static bool IsOnRequest(SimpleNameSyntax name) =>
        name.Parent is MemberAccessExpressionSyntax { Expression: MemberAccessExpressionSyntax { Name.Identifier.ValueText: "Request" } or IdentifierNameSyntax { Identifier.ValueText: "Request" or "request" } } access && access.Name == name;

    /// <summary>Whether middleware gives a property of all requests a value of its own, which comes from none of them, always or where settings say so.</summary>
    internal bool IsDecided(RequestProperty property)
    {
        var name = property.ToString();
        _mentions.Prepare([name], cancellationToken);
        return _mentions.Of(name)!.Value.Places.Any(place =>
            place.FirstAncestorOrSelf<AssignmentExpressionSyntax>() is { } assignment
            && assignment.Left.Span.Contains(place.Span)
            && OperationOf(place) is IPropertyReferenceOperation { Parent: ISimpleAssignmentOperation { Value: var value } written } target
            && written.Target == target
            && RequestProperties.Of(target, model, cancellationToken) == property
            && model.SemanticModelOf(place.SyntaxTree).GetEnclosingSymbol(place.SpanStart, cancellationToken) is IMethodSymbol handler
            && IsOfApp(value, handler, model.Symbols)
            && IsForAllRequests(written, handler, model.Symbols));
    }

    /// <summary>Whether a place stands in a helper that does nothing but compute what it returns, and that is only called for the log.</summary>
    internal bool IsInHelperForLog(Location place) =>
        place.SourceTree?.GetRoot(cancellationToken).FindNode(place.SourceSpan).FirstAncestorOrSelf<MethodDeclarationSyntax>() is { } declaration
        && model.SemanticModelOf(declaration.SyntaxTree) is var semantics
        && semantics.GetDeclaredSymbol(declaration, cancellationToken) is IMethodSymbol { ReturnsVoid: false } helper
        && helper.IsCalledByName()
        && semantics.GetOperation(declaration, cancellationToken) is { } body
        && IsPure(body)
        && IsAskedForLogAlone(helper);

    // All its calls are there for the log.
    private bool IsAskedForLogAlone(ISymbol helper)
    {
        _mentions.Prepare([helper.Name], cancellationToken);
        return _mentions.Of(helper.Name) is { Places: { Count: > 0 } calls, AreMore: false }
            && calls.All(c => OperationOf(c) is { } call && LoggedValue.Is(call));
    }

    // Written, or for the log alone, also by way of a helper that is only asked for the log
    private bool IsIdle(SimpleNameSyntax name, bool isAnswerOfNoUse)
    {
        if (OperationOf(name) is not { } read)
        {
            return false;
        }

        if (read.IsWritten() || LoggedValue.Is(read) || (isAnswerOfNoUse && AnsweredValue.Is(read)))
        {
            return true;
        }

        return HelperThatReturns(read) is { } helper && IsAskedForLogAlone(helper);
    }

    // The access or call that a name is the end of
    private IOperation? OperationOf(SimpleNameSyntax name)
    {
        SyntaxNode whole = name.Parent is MemberAccessExpressionSyntax access && access.Name == name ? access : name.Parent is MemberBindingExpressionSyntax binding ? binding : name;
        whole = whole.Parent is InvocationExpressionSyntax call && call.Expression == whole ? call : whole;
        return model.SemanticModelOf(name.SyntaxTree).GetOperation(whole, cancellationToken);
    }

    // The method or property whose value it becomes part of
    private static ISymbol? HelperThatReturns(IOperation read)
    {
        for (var operation = read; operation is not null; operation = operation.Parent)
        {
            switch (operation)
            {
                case IReturnOperation:
                    return read.SemanticModel?.GetEnclosingSymbol(read.Syntax.SpanStart) is IMethodSymbol method && (method.AssociatedSymbol ?? method) is var member && member.IsCalledByName() ? member : null;
                case IArgumentOperation or IAnonymousFunctionOperation or IVariableDeclaratorOperation or IAssignmentOperation:
                    return null;
            }
        }

        return null;
    }

    // In app.Use(…) or a middleware class, under no condition that asks the request
    private static bool IsForAllRequests(IOperation operation, IMethodSymbol handler, AspNetCoreSymbols symbols)
    {
        for (var (inner, outer) = (operation, operation.Parent); outer is not null; (inner, outer) = (outer, outer.Parent))
        {
            switch (outer)
            {
                case IConditionalOperation choice when inner != choice.Condition && !IsOfApp(choice.Condition, handler, symbols):
                case ILoopOperation or ISwitchOperation or ISwitchExpressionOperation:
                    return false;
                case IAnonymousFunctionOperation { Symbol: var function } when SymbolEqualityComparer.Default.Equals(function, handler):
                    while (outer is not (null or IInvocationOperation))
                    {
                        outer = outer.Parent;
                    }

                    return outer is IInvocationOperation { TargetMethod.Name: "Use" };
            }
        }

        return handler is { MethodKind: MethodKind.Ordinary, Name: "Invoke" or "InvokeAsync" };
    }

    // Made of settings and texts, of nothing that a request brings or that the function which handles it is given.
    private static bool IsOfApp(IOperation value, ISymbol? handler, AspNetCoreSymbols symbols) => value.DescendantsAndSelf().All(o => o switch
    {
        ILocalReferenceOperation local => local.SingleValue() is { } once && IsOfApp(once, handler, symbols),
        IParameterReferenceOperation { Parameter.ContainingSymbol: var function } => !SymbolEqualityComparer.Default.Equals(function, handler),
        IInvalidOperation => false,
        _ => !SymbolEqualityComparer.Default.Equals(o.Type, symbols.HttpContext) && !SymbolEqualityComparer.Default.Equals(o.Type, symbols.HttpRequest),
    });

    // Computes what it returns, and leaves nothing behind.
    private static bool IsPure(IOperation body) => body.DescendantsAndSelf().All(o => o switch
    {
        IInvocationOperation { TargetMethod: { MethodKind: not MethodKind.DelegateInvoke } called } => ValueUses.IsLogging(called) || called.ContainingNamespace?.ToDisplayString() is "System" or "System.Linq" or "System.Net" or "Microsoft.Extensions.Primitives"
            || (called.Name is "TryGetValue" or "ContainsKey" && called.ContainingNamespace?.ToDisplayString() is { } space && space.StartsWith("System.Collections", StringComparison.Ordinal)),
        IAssignmentOperation assignment => assignment.Target is ILocalReferenceOperation or IDiscardOperation,
        IArgumentOperation { Parameter.RefKind: RefKind.Out or RefKind.Ref, Value: var target } => target is ILocalReferenceOperation or IDeclarationExpressionOperation or IDiscardOperation,
        IIncrementOrDecrementOperation change => change.Target is ILocalReferenceOperation,
        IInvocationOperation or IThrowOperation or IInvalidOperation or IAwaitOperation or IAnonymousFunctionOperation or IObjectCreationOperation => false,
        _ => true,
    });

    // In a member that only this type and, in an app, those below it can name, and that none does.
    private bool IsUncalled(SyntaxNode place)
    {
        var declaration = place.FirstAncestorOrSelf<MemberDeclarationSyntax>();
        if (declaration is not (MethodDeclarationSyntax { AttributeLists.Count: 0, ExplicitInterfaceSpecifier: null } or PropertyDeclarationSyntax { AttributeLists.Count: 0, ExplicitInterfaceSpecifier: null })
            || model.SemanticModelOf(place.SyntaxTree).GetDeclaredSymbol(declaration, cancellationToken) is not { IsOverride: false, IsVirtual: false } member
            || (member.DeclaredAccessibility is not (Accessibility.Private or Accessibility.ProtectedAndInternal) && (member.DeclaredAccessibility != Accessibility.Protected || model.IsLibrary))
            || member is IMethodSymbol { IsPartialDefinition: true } or IMethodSymbol { PartialDefinitionPart: not null })
        {
            return false;
        }

        _mentions.Prepare([member.Name], cancellationToken);
        return _mentions.Of(member.Name) is { Places.Count: 0, AreMore: false };
    }
}
