using System.Linq;
using System.Threading;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace ProxySsl.CodeFixes.Options;

/// <summary>
/// Adds what the configuration binder cannot do: loops that parse <c>KnownProxies</c> and <c>KnownNetworks</c> of the section that is bound.
/// </summary>
internal static class BindingEdit
{
    internal static SyntaxNode? ParseLists(SyntaxNode root, SyntaxNode marked, TrustCode code, SemanticModel model, CancellationToken cancellationToken)
    {
        if (marked.FirstAncestorOrSelf<InvocationExpressionSyntax>() is not { Expression: MemberAccessExpressionSyntax { Name: SimpleNameSyntax name, Expression: var target } } call
            || name.Span != marked.Span && !name.Span.Contains(marked.Span))
        {
            return null;
        }

        var arguments = call.ArgumentList.Arguments;
        if (model.GetSymbolInfo(call, cancellationToken).Symbol is not IMethodSymbol method)
        {
            return null;
        }

        var containing = method.ContainingType.Name;
        if (containing == "ConfigurationBinder" && method.Name == "Bind" && arguments.Count == 1 && call.Parent is ExpressionStatementSyntax statement)
        {
            // section.Bind(options);
            return StatementInsertion.After(root, statement, code.ListLoops(arguments[0].Expression.WithoutTrivia().ToString(), Text(target)));
        }

        if (containing == "ConfigurationBinder" && method.Name == "Bind" && arguments.Count == 1 && call.Parent is LambdaExpressionSyntax lambda)
        {
            return FunctionBodies.WithStatements(
                root, lambda, code.ListLoops(arguments[0].Expression.WithoutTrivia().ToString(), Text(target)).ToArray(), model, cancellationToken);
        }

        // services.Configure<ForwardedHeadersOptions>(section), builder.Bind(section): one more Configure behind it
        var section = containing is "OptionsConfigurationServiceCollectionExtensions" or "OptionsBuilderConfigurationExtensions" && method.Name is "Configure" or "Bind" && arguments.Count == 1
            ? Text(arguments[0].Expression)
            : null;
        if (section is null || call.FirstAncestorOrSelf<StatementSyntax>() is not { } outer)
        {
            return null;
        }

        var indentation = Syntax.Layout.Indentation(outer);
        var generic = method.Name == "Configure" ? $"Configure<{method.TypeArguments[0].ToMinimalDisplayString(model, call.SpanStart)}>" : "Configure";
        var options = code.Unused("options");
        var lineEnd = StatementText.LineEnd(root);
        var loops = StatementText.Parse(code.ListLoops(options, section), indentation + StatementText.Step(indentation), lineEnd, followsStatement: false);
        var text = $"{call.WithoutTrivia().ToFullString()}.{generic}({options} =>{lineEnd}{indentation}{{{lineEnd}"
            + string.Concat(loops.Select(l => l.ToFullString()))
            + $"{indentation}}})";
        return root.ReplaceNode(call, Microsoft.CodeAnalysis.CSharp.SyntaxFactory.ParseExpression(text).WithTriviaFrom(call));
    }

    private static string Text(ExpressionSyntax expression) => expression.WithoutTrivia().ToString();
}
