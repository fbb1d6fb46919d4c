using System.Collections.Generic;
using System.Linq;
using System.Threading;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using ProxySsl.CodeFixes.Syntax;

namespace ProxySsl.CodeFixes.Options;

/// <summary>
/// After the last addition, lists that are both empty get loopback: an empty configuration trusts nobody else. A check that the flow may
/// miss, or that comes ahead of an addition, would leave everybody trusted, or loopback beside the proxies, and the rule would see a check
/// and be silent. So it is written only where every addition is in plain sight behind the clearing call and nothing leaves in between.
/// </summary>
internal sealed class FailClosedEdit(SemanticModel model, TrustCode code, CancellationToken cancellationToken)
{
    /// <summary>The new tree, or null where the additions are not all in sight.</summary>
    internal SyntaxNode? Apply(SyntaxNode root, SyntaxNode marked)
    {
        if (marked.FirstAncestorOrSelf<ExpressionStatementSyntax>() is not { Parent: BlockSyntax or SwitchSectionSyntax or GlobalStatementSyntax } statement
            || OptionsSyntax.ListCallReceiver(statement, "Clear") is not IdentifierNameSyntax options
            || StatementLists.Siblings(statement) is not { } siblings
            || FunctionBodies.Around(statement) is not { } function
            || OptionsSyntax.HasOtherVersion(function))
        {
            return null;
        }

        var following = siblings.SkipWhile(s => s != statement).Skip(1).ToList();
        if (LastAddition(options, statement, following) is not { } last
            || following.TakeWhile(s => s != last).Append(last).Any(MayLeave))
        {
            return null;
        }

        var name = options.Identifier.ValueText;
        var text = $"if ({name}.KnownProxies.Count == 0 && {name}.{code.NetworksProperty}.Count == 0)\n{{\n"
            + string.Concat(code.Statements(TrustWay.Loopback, name, null).Select(s => $"    {s}\n"))
            + "}";
        return StatementInsertion.After(root, last, [text]);
    }

    // The last statement of those that adds, where all that is done with the object can be seen: its lists are cleared ahead of them and
    // added to in them, by no other name and by no helper.
    private StatementSyntax? LastAddition(IdentifierNameSyntax options, StatementSyntax cleared, List<StatementSyntax> following)
    {
        var last = -1;
        var handedOver = int.MaxValue;
        foreach (var name in Mentions(options))
        {
            switch (name.Parent)
            {
                case MemberAccessExpressionSyntax access when access.Expression == name && OptionsSyntax.IsKnownList(access.Name.Identifier.ValueText):
                    if (access.FirstAncestorOrSelf<ExpressionStatementSyntax>() is { } call && OptionsSyntax.ListCallReceiver(call, "Clear") == name)
                    {
                        if (call.SpanStart > cleared.SpanStart)
                        {
                            return null;
                        }

                        break;
                    }

                    if (access.SpanStart < cleared.SpanStart && access.Parent is MemberAccessExpressionSyntax { Name.Identifier.ValueText: "Count" })
                    {
                        break;
                    }

                    var index = following.FindIndex(s => s.Span.Contains(name.Span));
                    if (index < 0 || !IsReceiver(access) || IsKeptForLater(name, following[index]))
                    {
                        return null;
                    }

                    last = System.Math.Max(last, index);
                    break;
                case MemberAccessExpressionSyntax access when access.Expression == name && access.Parent is not InvocationExpressionSyntax:
                    break; // another option
                case AssignmentExpressionSyntax assignment when assignment.Left == name && name.SpanStart < cleared.SpanStart:
                    break;
                case ReturnStatementSyntax:
                case ArgumentSyntax { Parent.Parent: InvocationExpressionSyntax { Expression: MemberAccessExpressionSyntax { Name.Identifier.ValueText: "UseForwardedHeaders" or "UseMiddleware" or "Create" } } }:
                    handedOver = System.Math.Min(handedOver, name.SpanStart);
                    break;
                default:
                    return null;
            }
        }

        return last >= 0 && following[last].Span.End <= handedOver ? following[last] : null;
    }

    // The names in the member that stand for the same object.
    private IEnumerable<IdentifierNameSyntax> Mentions(IdentifierNameSyntax options)
    {
        var symbol = model.GetSymbolInfo(options, cancellationToken).Symbol;
        var member = options.Ancestors().First(a => a is MemberDeclarationSyntax and not GlobalStatementSyntax or CompilationUnitSyntax);
        return symbol is not (ILocalSymbol or IParameterSymbol)
            ? []
            : member.DescendantNodes().OfType<IdentifierNameSyntax>().Where(n =>
                n.Identifier.ValueText == options.Identifier.ValueText
                && SymbolEqualityComparer.Default.Equals(model.GetSymbolInfo(n, cancellationToken).Symbol, symbol));
    }

    // options.KnownProxies.Add, ((List<IPAddress>)options.KnownProxies).AddRange
    private static bool IsReceiver(ExpressionSyntax list)
    {
        var whole = (SyntaxNode)list;
        while (whole.Parent is ParenthesizedExpressionSyntax or CastExpressionSyntax)
        {
            whole = whole.Parent;
        }

        return whole.Parent is MemberAccessExpressionSyntax access && access.Expression == whole;
    }

    // In a function that runs when somebody calls it, and not where it stands.
    private static bool IsKeptForLater(SyntaxNode name, StatementSyntax statement) =>
        name.AncestorsAndSelf().TakeWhile(a => a != statement.Parent).Any(a =>
            a is LocalFunctionStatementSyntax || a is AnonymousFunctionExpressionSyntax { Parent: not ArgumentSyntax });

    private static bool MayLeave(StatementSyntax statement) =>
        statement.DescendantNodesAndSelf(n => n is not (AnonymousFunctionExpressionSyntax or LocalFunctionStatementSyntax)).Any(n => n switch
        {
            ReturnStatementSyntax or GotoStatementSyntax or YieldStatementSyntax => true,
            BreakStatementSyntax => !Around(n, statement).Any(a => IsLoop(a) || a is SwitchStatementSyntax),
            ContinueStatementSyntax => !Around(n, statement).Any(IsLoop),
            _ => false,
        });

    private static IEnumerable<SyntaxNode> Around(SyntaxNode node, StatementSyntax statement) => node.Ancestors().TakeWhile(a => a != statement.Parent);

    private static bool IsLoop(SyntaxNode node) => node is CommonForEachStatementSyntax or ForStatementSyntax or WhileStatementSyntax or DoStatementSyntax;
}
