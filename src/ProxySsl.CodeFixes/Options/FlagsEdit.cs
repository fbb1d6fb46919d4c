using System.Collections.Generic;
using System.Linq;
using System.Threading;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using ProxySsl.CodeFixes.Syntax;

namespace ProxySsl.CodeFixes.Options;

/// <summary>Changes which headers are processed: sets the flags, takes one out, adds one, and names the hosts that X-Forwarded-Host may say.</summary>
internal sealed class FlagsEdit(SemanticModel model, CancellationToken cancellationToken)
{
    // Reserved for documentation (RFC 2606): it stands for the app's own name and lets no other through.
    private const string ExampleHost = "\"example.com\"";

    private const string Host = "XForwardedHost";

    /// <summary>Sets the flags on a <c>new</c>, in a configuring function, or on a new object for a bare <c>UseForwardedHeaders()</c>.</summary>
    internal SyntaxNode? Enable(SyntaxNode root, SyntaxNode marked)
    {
        var flags = Flags(marked.SpanStart);
        var value = $"{flags}.XForwardedFor | {flags}.XForwardedProto";
        if (marked is BaseObjectCreationExpressionSyntax creation && OptionsSyntax.ConfiguringFunction(creation, model) is null)
        {
            return root.ReplaceNode(creation, InitializerLists.With(creation, "ForwardedHeaders", value));
        }

        if (marked is SimpleNameSyntax { Identifier.ValueText: "UseForwardedHeaders" } && marked.FirstAncestorOrSelf<InvocationExpressionSyntax>() is { } use)
        {
            var options = Name("Microsoft.AspNetCore.Builder.ForwardedHeadersOptions", marked.SpanStart);
            var argument = SyntaxFactory.Argument(SyntaxFactory.ParseExpression($"new {options} {{ ForwardedHeaders = {value} }}"));
            var arguments = use.ArgumentList.Arguments;
            var separated = arguments.Count == 0 ? argument : argument.WithLeadingTrivia(SyntaxFactory.Space);
            return root.ReplaceNode(use, use.WithArgumentList(use.ArgumentList.WithArguments(arguments.Add(separated))));
        }

        return OptionsSyntax.ConfiguringFunction(marked, model) is { } configuring
            ? FunctionBodies.WithStatements(root, configuring.Function, [$"{configuring.Options}.ForwardedHeaders = {value};"], model, cancellationToken)
            : null;
    }

    /// <summary>
    /// Takes XForwardedHost out of a flags value. <c>All</c> becomes the two flags that nearly every app needs; a value that has the flag
    /// inside, such as a constant of the app's own, is masked.
    /// </summary>
    internal SyntaxNode? DropHost(SyntaxNode root, SyntaxNode marked)
    {
        if (Value(marked) is not { } value)
        {
            return null;
        }

        if (IsFlag(value, Host) && value.Parent is AssignmentExpressionSyntax { RawKind: (int)SyntaxKind.OrAssignmentExpression, Parent: ExpressionStatementSyntax statement })
        {
            return StatementLists.Remove(root, statement);
        }

        var flags = Flags(value.SpanStart);
        var operands = ConditionFolding.Operands(value, SyntaxKind.BitwiseOrExpression).ToList();
        var kept = operands.Where(o => !IsFlag(o, Host) && !IsFlag(o, "All")).ToList();
        if (operands.Any(o => IsFlag(o, "All")))
        {
            return root.ReplaceNode(value, SyntaxFactory.ParseExpression($"{flags}.XForwardedFor | {flags}.XForwardedProto").WithTriviaFrom(value));
        }

        if (kept.Count == 0)
        {
            return root.ReplaceNode(value, SyntaxFactory.ParseExpression($"{flags}.None").WithTriviaFrom(value));
        }

        // The chain leans to the left: each level keeps its operator and its comments.
        var rest = kept.Count < operands.Count ? Without(value) : value;
        if (kept.Any(MayHaveHost))
        {
            var bare = rest.WithoutTrivia();
            var left = bare is BinaryExpressionSyntax { RawKind: not (int)SyntaxKind.BitwiseAndExpression } or ConditionalExpressionSyntax ? $"({bare})" : bare.ToString();
            rest = SyntaxFactory.ParseExpression($"{left} & ~{flags}.{Host}");
        }

        return root.ReplaceNode(value, rest.WithTriviaFrom(value));
    }

    /// <summary>Adds XForwardedProto to a flags value.</summary>
    internal SyntaxNode? AddProto(SyntaxNode root, SyntaxNode marked)
    {
        if (Value(marked) is not { } value)
        {
            return null;
        }

        var bare = value.WithoutTrivia();
        var left = bare is BinaryExpressionSyntax { RawKind: not (int)SyntaxKind.BitwiseOrExpression } or ConditionalExpressionSyntax ? $"({bare})" : bare.ToString();
        return root.ReplaceNode(value, SyntaxFactory.ParseExpression($"{left} | {Flags(value.SpanStart)}.XForwardedProto").WithTriviaFrom(value));
    }

    /// <summary>Adds a list of hosts beside a flags value; the person replaces the example by the app's own names.</summary>
    internal SyntaxNode? AddAllowedHosts(SyntaxNode root, SyntaxNode marked)
    {
        switch (Value(marked)?.Parent)
        {
            case AssignmentExpressionSyntax { Parent: InitializerExpressionSyntax { Parent: BaseObjectCreationExpressionSyntax creation } }:
                return root.ReplaceNode(creation, InitializerLists.With(creation, "AllowedHosts", [ExampleHost]));
            case AssignmentExpressionSyntax { Left: MemberAccessExpressionSyntax { Expression: var options } } assignment:
                var statement = $"{options.WithoutTrivia()}.AllowedHosts.Add({ExampleHost});";
                return assignment.Parent switch
                {
                    ExpressionStatementSyntax beside => StatementInsertion.After(root, beside, [statement]),
                    LambdaExpressionSyntax lambda => FunctionBodies.WithStatements(root, lambda, [statement], model, cancellationToken),
                    ArrowExpressionClauseSyntax { Parent: { } member } => FunctionBodies.WithStatements(root, member, [statement], model, cancellationToken),
                    _ => null,
                };
            default:
                return null;
        }
    }

    // The value of an assignment, whatever of it the mark's innermost node is.
    private static ExpressionSyntax? Value(SyntaxNode marked) => marked as ExpressionSyntax is { } expression && marked.Parent is not ArgumentSyntax
        ? expression
        : (marked as ArgumentSyntax)?.Expression;

    private ExpressionSyntax Without(ExpressionSyntax chain)
    {
        if (chain.WithoutParentheses() is not BinaryExpressionSyntax { RawKind: (int)SyntaxKind.BitwiseOrExpression } or)
        {
            return chain;
        }

        return IsFlag(or.Right, Host) ? Without(or.Left)
            : IsFlag(or.Left, Host) ? or.Right
            : or.WithLeft(Without(or.Left).WithTrailingTrivia(or.Left.GetTrailingTrivia()));
    }

    private bool IsFlag(ExpressionSyntax value, string name) =>
        (value.WithoutParentheses() switch
        {
            MemberAccessExpressionSyntax access => access.Name.Identifier.ValueText,
            IdentifierNameSyntax simple => simple.Identifier.ValueText,
            _ => null,
        }) == name
        && model.GetSymbolInfo(value.WithoutParentheses(), cancellationToken).Symbol is IFieldSymbol { ContainingType: { Name: "ForwardedHeaders", TypeKind: TypeKind.Enum } };

    // 2 is the flag's value; what is no constant may have it.
    private bool MayHaveHost(ExpressionSyntax value) => model.GetConstantValue(value, cancellationToken) is not { HasValue: true, Value: int constant } || (constant & 2) != 0;

    private string Flags(int position) => Name("Microsoft.AspNetCore.HttpOverrides.ForwardedHeaders", position);

    private string Name(string metadataName, int position) =>
        model.Compilation.GetTypesByMetadataName(metadataName).FirstOrDefault() is { } type ? Usings.NameOf(type, model, position) : metadataName;
}
