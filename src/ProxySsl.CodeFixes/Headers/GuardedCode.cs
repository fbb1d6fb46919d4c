using System.Collections.Generic;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using ProxySsl.CodeFixes.Syntax;

namespace ProxySsl.CodeFixes.Headers;

/// <summary>
/// Tells whether a check for a header may be decided: what goes with it may do no more than choose a value (a refusal, a count or a log entry
/// would be lost), and what then runs for every request may do nothing but what the value is for.
/// </summary>
internal sealed class GuardedCode(RewriteContext context)
{
    private const int LongestAliasChain = 2;

    private HashSet<string>? _holders;

    /// <summary>Whether a check, which is true where the header is there unless negated, may become a constant.</summary>
    internal bool MayDecide(ExpressionSyntax check, bool presentWhenTrue) => MayDecide(check, presentWhenTrue, LongestAliasChain);

    /// <summary>Whether a statement does no more than choose a value.</summary>
    internal bool OnlyChooses(StatementSyntax? statement) => statement switch
    {
        null or LocalDeclarationStatementSyntax or LocalFunctionStatementSyntax or EmptyStatementSyntax or BreakStatementSyntax or ContinueStatementSyntax => true,
        BlockSyntax block => block.Statements.All(OnlyChooses),
        ReturnStatementSyntax returned => returned.Expression is null || IsValue(returned.Expression),
        IfStatementSyntax branch => OnlyChooses(branch.Statement) && OnlyChooses(branch.Else?.Statement),
        ForEachStatementSyntax loop => OnlyChooses(loop.Statement),
        ExpressionStatementSyntax { Expression: AssignmentExpressionSyntax { Left: IdentifierNameSyntax, Right: var right } } => IsValue(right),
        _ => false,
    };

    private bool MayDecide(ExpressionSyntax check, bool sense, int depth)
    {
        SyntaxNode node = check.WholeChain() ?? check;
        while (true)
        {
            switch (node.Parent)
            {
                case ParenthesizedExpressionSyntax:
                    break;
                case PrefixUnaryExpressionSyntax { RawKind: (int)SyntaxKind.LogicalNotExpression }:
                    sense = !sense;
                    break;
                case BinaryExpressionSyntax { RawKind: (int)SyntaxKind.LogicalAndExpression or (int)SyntaxKind.LogicalOrExpression } joined:
                    if (joined.IsKind(SyntaxKind.LogicalAndExpression) == sense && LooksAtValue(joined.Left == node ? joined.Right : joined.Left))
                    {
                        // What is asked of the value decides from now on.
                        return true;
                    }

                    break;
                case BinaryExpressionSyntax { RawKind: (int)SyntaxKind.EqualsExpression or (int)SyntaxKind.NotEqualsExpression } compared
                    when ConditionFolding.Truth(compared.Left == node ? compared.Right : compared.Left) is { } truth:
                    sense = sense == (truth == compared.IsKind(SyntaxKind.EqualsExpression));
                    break;
                case BinaryExpressionSyntax { RawKind: (int)SyntaxKind.CoalesceExpression } fallback when ConditionFolding.Truth(fallback.Right) is not null:
                    break;
                case IsPatternExpressionSyntax { Pattern: ConstantPatternSyntax { Expression: var constant } } when ConditionFolding.Truth(constant) is { } expected:
                    sense = sense == expected;
                    break;
                case IfStatementSyntax branch when branch.Condition == node:
                    return MayDecide(branch, sense);
                case ConditionalExpressionSyntax conditional when conditional.Condition == node:
                    return IsValue(sense ? conditional.WhenFalse : conditional.WhenTrue);
                case EqualsValueClauseSyntax { Parent: VariableDeclaratorSyntax variable } when depth > 0:
                    var references = context.Model.GetDeclaredSymbol(variable, context.CancellationToken) is ILocalSymbol local ? context.References(local) : [];
                    return references.All(r => !ValueRewrite.IsWritten(r) && MayDecide(r, sense, depth - 1));
                default:
                    return false;
            }

            node = node.Parent;
        }
    }

    private bool MayDecide(IfStatementSyntax branch, bool sense)
    {
        var (present, absent) = sense ? (branch.Statement, branch.Else?.Statement) : (branch.Else?.Statement, branch.Statement);
        var after = (StatementLists.Siblings(branch) ?? []).Where(s => s.SpanStart > branch.Span.End).ToList();
        return OnlyChooses(absent) && IsForValue(present)
            && (present is null || !StatementLists.AlwaysExits(present) || after.All(OnlyChooses))
            && (absent is null || !StatementLists.AlwaysExits(absent) || after.All(IsForValue));
    }

    // What a branch does may run for every request only where it is done with the value.
    private bool IsForValue(StatementSyntax? statement) => statement switch
    {
        null or LocalDeclarationStatementSyntax or LocalFunctionStatementSyntax or EmptyStatementSyntax or BreakStatementSyntax or ContinueStatementSyntax => true,
        BlockSyntax block => block.Statements.All(IsForValue),
        ReturnStatementSyntax { Expression: null } => true,
        IfStatementSyntax branch => LooksAtValue(branch.Condition) || (IsForValue(branch.Statement) && IsForValue(branch.Else?.Statement)),
        ForEachStatementSyntax loop => LooksAtValue(loop.Expression) || IsForValue(loop.Statement),
        _ => LooksAtValue(statement),
    };

    // A text, a number, an address: no result of an action, no exception.
    private bool IsValue(ExpressionSyntax expression)
    {
        var info = context.Model.GetTypeInfo(expression, context.CancellationToken);
        return (info.Type ?? info.ConvertedType) is { } type
            && (type.IsValueType || type.SpecialType == SpecialType.System_String || type.Name is "IPAddress" or "Uri" || type is IArrayTypeSymbol)
            && expression.WithoutParentheses() is not ThrowExpressionSyntax;
    }

    private bool LooksAtValue(SyntaxNode node) => IsOfValue(node, _holders ??= Holders());

    // The names of the variables that the value goes to, whatever is made of it on the way.
    private HashSet<string> Holders()
    {
        var holders = new HashSet<string>();
        foreach (var site in context.Sites.In(context.Member, h => h.Name == context.Header.Name))
        {
            if (site.Out is { } variable)
            {
                holders.Add(variable.Name);
            }
        }

        int before;
        do
        {
            before = holders.Count;
            foreach (var node in context.Member.DescendantNodes())
            {
                var (names, from) = node switch
                {
                    VariableDeclaratorSyntax { Initializer.Value: var value } variable => ([variable.Identifier.ValueText], value),
                    AssignmentExpressionSyntax { Left: IdentifierNameSyntax name, Right: var value } => ([name.Identifier.ValueText], value),
                    ForEachStatementSyntax loop => ([loop.Identifier.ValueText], loop.Expression),
                    IsPatternExpressionSyntax test => (Designations(test.Pattern), test.Expression),
                    InvocationExpressionSyntax call => (Designations(call.ArgumentList), (SyntaxNode)call),
                    _ => ((IEnumerable<string>)[], (SyntaxNode?)null),
                };
                if (from is not null && names.Any(n => !holders.Contains(n)) && IsOfValue(from, holders))
                {
                    holders.UnionWith(names);
                }
            }
        }
        while (holders.Count > before);

        return holders;
    }

    private bool IsOfValue(SyntaxNode node, HashSet<string> holders) =>
        node.DescendantNodesAndSelf().OfType<IdentifierNameSyntax>().Any(n => holders.Contains(n.Identifier.ValueText))
        || node.Span.Contains(context.Reported.Span)
        || context.Sites.In(node, h => h.Name == context.Header.Name).Any(s => !s.IsCheck);

    private static IEnumerable<string> Designations(SyntaxNode node) =>
        node.DescendantNodes().OfType<SingleVariableDesignationSyntax>().Select(d => d.Identifier.ValueText);
}
