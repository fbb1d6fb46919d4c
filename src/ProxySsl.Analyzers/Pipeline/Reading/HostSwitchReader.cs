using System;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace ProxySsl.Analyzers.Pipeline;

/// <summary>
/// Reads code that turns on the host's own switch: the setting <c>ForwardedHeaders_Enabled</c>, also as an environment variable, set to
/// <c>true</c> where no condition guards it.
/// </summary>
internal static class HostSwitchReader
{
    /// <summary>The step that the switch adds in front of the pipeline; null where the text sets nothing.</summary>
    internal static PipelineStep? Read(SyntaxToken text)
    {
        return text.Parent is LiteralExpressionSyntax name && IsName(text.ValueText) && name.FirstAncestorOrSelf<IfStatementSyntax>() is null && Is(ValueOf(name), "true") && !IsOfAnother(name)
            ? new PipelineStep(StepKind.Forwarded, name.Token.ValueText, name.GetLocation()) { Form = ForwardedForm.Switch }
            : null;
    }

    /// <summary>Whether the text names the switch, and nothing says that it is turned off: a condition or a configured value may turn it on.</summary>
    internal static bool MayTurnOn(SyntaxToken text) => IsName(text.ValueText) && text.Parent is LiteralExpressionSyntax name && !Is(ValueOf(name), "false");

    /// <summary>The same of the app's own switch: not that of a process which it starts.</summary>
    internal static bool MayTurnOnOwn(SyntaxToken text) => MayTurnOn(text) && !IsOfAnother((LiteralExpressionSyntax)text.Parent!);

    private static ExpressionSyntax? ValueOf(LiteralExpressionSyntax name) =>
        name.Parent switch
        {
            // SetEnvironmentVariable("…", "true"), UseSetting("…", "true"), Add("…", "true")
            ArgumentSyntax { Parent: ArgumentListSyntax { Arguments: { Count: >= 2 } arguments } } when arguments[0].Expression == name => arguments[1].Expression,
            // x["…"] = "true" and ["…"] = "true"
            ArgumentSyntax { Parent: BracketedArgumentListSyntax { Parent.Parent: AssignmentExpressionSyntax { Right: var right } } } => right,
            // { "…", "true" }
            InitializerExpressionSyntax { RawKind: (int)SyntaxKind.ComplexElementInitializerExpression, Expressions: { Count: 2 } pair } when pair[0] == name => pair[1],
            _ => null,
        };

    // The environment of a process that the app starts, or a dictionary that need not be the app's configuration
    private static bool IsOfAnother(LiteralExpressionSyntax name) => name.Parent switch
    {
        ArgumentSyntax { Parent.Parent: ElementAccessExpressionSyntax { Expression: MemberAccessExpressionSyntax { Name.Identifier.ValueText: "Environment" or "EnvironmentVariables" } } } => true,
        ArgumentSyntax { Parent.Parent: ImplicitElementAccessSyntax } or InitializerExpressionSyntax => !name.Ancestors().OfType<InvocationExpressionSyntax>()
            .Any(i => i.Expression is MemberAccessExpressionSyntax { Name.Identifier.ValueText: "AddInMemoryCollection" }),
        _ => false,
    };

    private static bool Is(ExpressionSyntax? value, string text) =>
        value is LiteralExpressionSyntax literal && string.Equals(literal.Token.ValueText, text, StringComparison.OrdinalIgnoreCase);

    // A sentence that ends with the name is no name.
    private static bool IsName(string text) => text.EndsWith("ForwardedHeaders_Enabled", StringComparison.OrdinalIgnoreCase) && text.IndexOf(' ') < 0;
}
