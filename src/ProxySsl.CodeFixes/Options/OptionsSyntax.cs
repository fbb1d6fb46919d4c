using System.Collections.Generic;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace ProxySsl.CodeFixes.Options;

/// <summary>The shapes of code that the fixes of the options family transform.</summary>
internal static class OptionsSyntax
{
    private static readonly string[] Lists = ["KnownProxies", "KnownNetworks", "KnownIPNetworks"];

    /// <summary>The options expression of a statement <c>options.KnownProxies.Method(…);</c>, or null for any other statement.</summary>
    internal static ExpressionSyntax? ListCallReceiver(SyntaxNode? statement, params string[] methods) =>
        statement is ExpressionStatementSyntax
        {
            Expression: InvocationExpressionSyntax
            {
                Expression: MemberAccessExpressionSyntax
                {
                    Name.Identifier.ValueText: var method,
                    Expression: MemberAccessExpressionSyntax { Name.Identifier.ValueText: var list, Expression: var options },
                },
            },
        }
        && IsKnownList(list)
        && methods.Contains(method)
            ? options
            : null;

    internal static bool IsKnownList(string property) => Lists.Contains(property);

    /// <summary>The entry of a list as it stands there: a marked expression with the parentheses, casts and <c>!</c> around it.</summary>
    internal static SyntaxNode WholeEntry(SyntaxNode marked)
    {
        while (marked.Parent is ParenthesizedExpressionSyntax or CastExpressionSyntax or PostfixUnaryExpressionSyntax)
        {
            marked = marked.Parent;
        }

        return marked;
    }

    /// <summary>The statements in a function, nested ones too, that clear a list of an options expression.</summary>
    internal static IEnumerable<ExpressionStatementSyntax> Clears(SyntaxNode function, string options) =>
        Calls(function, options, "Clear");

    /// <summary>The statements in a function that call one of the methods on a list of an options expression.</summary>
    internal static IEnumerable<ExpressionStatementSyntax> Calls(SyntaxNode function, string options, params string[] methods) =>
        function.DescendantNodes().OfType<ExpressionStatementSyntax>().Where(s => ListCallReceiver(s, methods)?.WithoutTrivia().ToString() == options);

    /// <summary>Whether anything but the given nodes still adds to a list of the options in a function, in statements or an initializer.</summary>
    internal static bool AddsElsewhere(SyntaxNode function, string? options, SyntaxNode except) =>
        (options is not null && Calls(function, options, "Add", "AddRange", "Insert").Any(s => !s.Span.Contains(except.Span)))
        || function.DescendantNodes().OfType<AssignmentExpressionSyntax>().Any(a =>
            a is { Left: IdentifierNameSyntax { Identifier.ValueText: var list }, Right: InitializerExpressionSyntax { Expressions: var entries }, Parent: InitializerExpressionSyntax }
            && IsKnownList(list)
            && entries.Any(e => e != except));

    /// <summary>
    /// Whether a function is another one for another target framework or build: code that <c>#if</c> leaves out here does something with a
    /// list, and would not be changed.
    /// </summary>
    internal static bool HasOtherVersion(SyntaxNode function) => function.ContainsDirectives
        && function.DescendantTrivia().Any(t => t.IsKind(SyntaxKind.DisabledTextTrivia) && Lists.Any(l => t.ToString().Contains(l)));

    /// <summary>The name that code has for a new object: the local it initializes or is assigned to, or null.</summary>
    internal static (string Options, StatementSyntax Statement)? Holder(BaseObjectCreationExpressionSyntax creation)
    {
        switch (creation.Parent)
        {
            case EqualsValueClauseSyntax { Parent: VariableDeclaratorSyntax { Parent: VariableDeclarationSyntax { Variables.Count: 1, Parent: LocalDeclarationStatementSyntax local } } variable }:
                return (variable.Identifier.ValueText, local);
            case AssignmentExpressionSyntax { Left: var left, Parent: ExpressionStatementSyntax statement } assignment when assignment.Right == creation:
                return (left.WithoutTrivia().ToString(), statement);
            default:
                return null;
        }
    }

    /// <summary>The function that a configuring call is given, and its parameter for the options; null where it is not in this file.</summary>
    internal static (SyntaxNode Function, string Options)? ConfiguringFunction(SyntaxNode name, SemanticModel model)
    {
        switch (name)
        {
            case TypeDeclarationSyntax type:
                return type.Members.OfType<MethodDeclarationSyntax>()
                    .Where(m => m.Identifier.ValueText is "Configure" or "PostConfigure" && (m.Body ?? (SyntaxNode?)m.ExpressionBody) is not null)
                    .OrderByDescending(m => m.ParameterList.Parameters.Count)
                    .Select(m => OfParameters(m, m.ParameterList.Parameters))
                    .FirstOrDefault(f => f is not null);
            case SimpleNameSyntax when name.FirstAncestorOrSelf<InvocationExpressionSyntax>() is { } call:
                return OfArgument(call.ArgumentList.Arguments.LastOrDefault()?.Expression, model);
            case BaseObjectCreationExpressionSyntax { ArgumentList.Arguments: { Count: > 0 } arguments }:
                return OfArgument(arguments[arguments.Count - 1].Expression, model);
            default:
                return null;
        }
    }

    private static (SyntaxNode, string)? OfArgument(ExpressionSyntax? argument, SemanticModel model)
    {
        switch (argument)
        {
            case SimpleLambdaExpressionSyntax simple:
                return (simple, simple.Parameter.Identifier.ValueText);
            case ParenthesizedLambdaExpressionSyntax { ParameterList.Parameters: { Count: > 0 } parameters } lambda:
                return (lambda, parameters[0].Identifier.ValueText);
            case AnonymousMethodExpressionSyntax { ParameterList.Parameters: { Count: > 0 } parameters } method:
                return (method, parameters[0].Identifier.ValueText);
            case not null when model.GetSymbolInfo(argument).Symbol is IMethodSymbol { DeclaringSyntaxReferences: { Length: 1 } references } && references[0].SyntaxTree == argument.SyntaxTree:
                return references[0].GetSyntax() switch
                {
                    MethodDeclarationSyntax method => OfParameters(method, method.ParameterList.Parameters),
                    LocalFunctionStatementSyntax local => OfParameters(local, local.ParameterList.Parameters),
                    _ => null,
                };
            default:
                return null;
        }
    }

    private static (SyntaxNode, string)? OfParameters(SyntaxNode function, SeparatedSyntaxList<ParameterSyntax> parameters) =>
        parameters.FirstOrDefault(p => p.Type?.ToString().EndsWith("ForwardedHeadersOptions", System.StringComparison.Ordinal) == true) is { } options
            ? (function, options.Identifier.ValueText)
            : null;
}
