using System.Collections.Generic;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using ProxySsl.CodeFixes.Syntax;

namespace ProxySsl.CodeFixes.Headers;

/// <summary>
/// Rewrites a read that has the trustworthy property as its fallback: what is left is what the code does when the header is not there.
/// So the author's own way of writing the address or host stays. Passes where anything but the choice of the value would be lost.
/// </summary>
internal sealed class FallbackRewrite
{
    /// <summary>Marks what reads the absent header; none may be left in the result.</summary>
    internal static readonly SyntaxAnnotation Absent = new("ProxySsl.AbsentHeader");

    private readonly RewriteContext _context;
    private readonly string _property;
    private readonly List<ExpressionSyntax> _values = [];
    private readonly Dictionary<SyntaxNode, bool> _facts = new();
    private readonly List<SyntaxNode> _dropped = [];
    private readonly GuardedCode _guarded;

    private FallbackRewrite(RewriteContext context, string property)
    {
        _guarded = new GuardedCode(context);
        _context = context;
        _property = property;
    }

    /// <summary>Gathers the edits in the context; false where there is no such fallback.</summary>
    internal static bool Edit(RewriteContext context, HeaderSite site, string property) => new FallbackRewrite(context, property).Edit(site);

    private bool Edit(HeaderSite site)
    {
        Read(site);
        foreach (var other in _context.Sites.In(_context.Member, h => h.Name == site.Header.Name))
        {
            if (other.Node != site.Node && ValueRewrite.FunctionOf(other.Node) == ValueRewrite.FunctionOf(site.Node))
            {
                Read(other);
            }
        }

        if (!Statements().All(Judge) || !_facts.Keys.All(IsChoice))
        {
            return false;
        }

        foreach (var fact in _facts.Where(f => !_dropped.Any(d => d.Span.Contains(f.Key.Span))))
        {
            _context.Replace(fact.Key, Folding.Constant(fact.Value));
        }

        foreach (var value in _values)
        {
            if (!_dropped.Any(d => d.Span.Contains(value.Span)) && !_facts.Keys.Any(f => f.Span.Contains(value.Span)) && !Resolve(value))
            {
                return false;
            }
        }

        return true;
    }

    // What is known where the header is absent: every condition on its value, and every use that has to go.
    private void Read(HeaderSite site)
    {
        if (site.IsCheck)
        {
            // TryGetValue(n, out v); decides nothing, and goes with what read the value.
            if (site.Node.WholeChain()?.Parent is ExpressionStatementSyntax statement)
            {
                _context.Replace(statement, Folding.Drop(statement));
            }
            else
            {
                _facts[site.Node] = false;
            }

            foreach (var reference in site.Out is null ? [] : _context.References(site.Out).Where(r => !r.Span.IntersectsWith(site.Node.Span)))
            {
                ReadValue(reference, 4);
            }

            return;
        }

        ReadValue(site.Node, 4);
    }

    private void ReadValue(ExpressionSyntax value, int depth)
    {
        var use = HeaderValue.Of(value, _context.Model, _context.CancellationToken);
        if (use.Use is ValueUse.Checks or ValueUse.Compares)
        {
            _facts[use.Node] = use.IsNegated;
            return;
        }

        if (use.Value.Parent is ArgumentSyntax { Parent.Parent: InvocationExpressionSyntax { Expression: MemberAccessExpressionSyntax { Name.Identifier.Text: "TryParse" } } parse })
        {
            _facts[parse] = false;
            return;
        }

        _values.Add(use.Value);
        if (depth > 0 && use.Value.Parent is EqualsValueClauseSyntax { Parent: VariableDeclaratorSyntax variable }
            && _context.Model.GetDeclaredSymbol(variable, _context.CancellationToken) is ILocalSymbol local)
        {
            foreach (var reference in _context.References(local))
            {
                if (ValueRewrite.IsWritten(reference))
                {
                    // A write in a branch that goes does not count: `if (value is there) { value = value.Trim(); }`
                    if (!reference.Ancestors().OfType<IfStatementSyntax>().Any(i => Evaluate(i.Condition) == false && i.Statement.Span.Contains(reference.Span)))
                    {
                        break;
                    }
                }
                else if (reference.Parent is AssignmentExpressionSyntax { RawKind: (int)SyntaxKind.CoalesceAssignmentExpression })
                {
                    break;
                }
                else
                {
                    ReadValue(reference, depth - 1);
                }
            }
        }
    }

    private IEnumerable<IfStatementSyntax> Statements() => _context.Member.DescendantNodes().OfType<IfStatementSyntax>()
        .Where(i => _facts.Keys.Any(f => i.Condition.Span.Contains(f.Span)));

    // An `if` whose branch goes: the branch may only choose a value that the code after it, or beside it, takes from the property too.
    private bool Judge(IfStatementSyntax branch)
    {
        switch (Evaluate(branch.Condition))
        {
            case false:
                _dropped.Add(branch.Statement);
                return OnlyChooses(branch.Statement) && HasFallback(branch, branch.Statement) && _guarded.OnlyChooses(branch.Else?.Statement);
            case true:
                if (branch.Else is not null)
                {
                    _dropped.Add(branch.Else);
                }

                if (StatementLists.AlwaysExits(branch.Statement) && StatementLists.Siblings(branch) is { } siblings)
                {
                    _dropped.AddRange(siblings.Where(s => s.SpanStart > branch.Span.End && s is not LocalFunctionStatementSyntax));
                }

                var gone = _dropped.Where(d => d.SpanStart > branch.SpanStart).ToList();
                return _guarded.OnlyChooses(branch.Statement) && gone.OfType<StatementSyntax>().All(OnlyChooses) && (branch.Else is null || OnlyChooses(branch.Else.Statement))
                    && (gone.Count == 0 || MentionsProperty(branch.Statement));
            default:
                return false;
        }
    }

    // A condition outside of an `if` chooses between the header and the property, in `?:` or in a chain of `||`.
    private bool IsChoice(SyntaxNode fact)
    {
        var chain = fact;
        while (chain.Parent is ParenthesizedExpressionSyntax or PrefixUnaryExpressionSyntax
            or BinaryExpressionSyntax { RawKind: (int)SyntaxKind.LogicalAndExpression or (int)SyntaxKind.LogicalOrExpression or (int)SyntaxKind.EqualsExpression })
        {
            chain = chain.Parent;
        }

        return _dropped.Any(d => d.Span.Contains(fact.Span))
            || chain.Parent is IfStatementSyntax
            || (chain.Parent is ConditionalExpressionSyntax conditional && conditional.Condition == chain && Evaluate((ExpressionSyntax)chain) is { } truth
                && MentionsProperty(truth ? conditional.WhenTrue : conditional.WhenFalse))
            || (chain is BinaryExpressionSyntax { RawKind: (int)SyntaxKind.LogicalOrExpression } or && MentionsProperty(or));
    }

    private bool? Evaluate(ExpressionSyntax condition)
    {
        var bare = condition.WithoutParentheses();
        if (_facts.TryGetValue(bare, out var fact))
        {
            return fact;
        }

        switch (bare)
        {
            case PrefixUnaryExpressionSyntax { RawKind: (int)SyntaxKind.LogicalNotExpression } not:
                return Evaluate(not.Operand) is { } operand ? !operand : null;
            case BinaryExpressionSyntax { RawKind: (int)SyntaxKind.LogicalAndExpression } and:
                var (left, right) = (Evaluate(and.Left), Evaluate(and.Right));
                return left == false || right == false ? false : left == true && right == true ? true : null;
            case BinaryExpressionSyntax { RawKind: (int)SyntaxKind.LogicalOrExpression } or:
                var (first, second) = (Evaluate(or.Left), Evaluate(or.Right));
                return first == true || second == true ? true : first == false && second == false ? false : null;
            case BinaryExpressionSyntax { RawKind: (int)SyntaxKind.EqualsExpression } equal when ConditionFolding.Truth(equal.Right) is { } wanted:
                return Evaluate(equal.Left) is { } compared ? compared == wanted : null;
            default:
                return null;
        }
    }

    private static bool OnlyChooses(StatementSyntax statement) => statement switch
    {
        BlockSyntax block => block.Statements.All(OnlyChooses),
        ReturnStatementSyntax or LocalDeclarationStatementSyntax or EmptyStatementSyntax or BreakStatementSyntax or ContinueStatementSyntax => true,
        IfStatementSyntax branch => OnlyChooses(branch.Statement) && (branch.Else is null || OnlyChooses(branch.Else.Statement)),
        ForEachStatementSyntax loop => OnlyChooses(loop.Statement),
        ExpressionStatementSyntax { Expression: AssignmentExpressionSyntax { Left: IdentifierNameSyntax } } => true,
        ExpressionStatementSyntax { Expression: InvocationExpressionSyntax { Expression: MemberAccessExpressionSyntax { Name.Identifier.Text: var name } } } =>
            name.StartsWith("Log", System.StringComparison.Ordinal) || name is "Debug" or "Verbose" or "Information" or "WriteLine",
        _ => false,
    };

    private bool HasFallback(IfStatementSyntax branch, StatementSyntax gone)
    {
        var function = ValueRewrite.FunctionOf(branch) ?? _context.Member;
        if (gone.DescendantNodesAndSelf().OfType<ReturnStatementSyntax>().Any())
        {
            return function.DescendantNodes().OfType<StatementSyntax>().Any(s => s.SpanStart > gone.Span.End && s is not BlockSyntax && MentionsProperty(s));
        }

        var targets = gone.DescendantNodesAndSelf().OfType<AssignmentExpressionSyntax>().Select(a => a.Left.ToString()).Distinct().ToList();
        _context.Unassigned.UnionWith(targets);
        return targets.Count > 0 && targets.All(t => HasFallback(t, function, gone));
    }

    private bool HasFallback(string target, SyntaxNode function, SyntaxNode gone)
    {
        // A local of the branch itself needs none.
        if (gone.DescendantNodes().OfType<VariableDeclaratorSyntax>().Any(v => v.Identifier.Text == target))
        {
            return true;
        }

        return function.DescendantNodes().Any(n => !gone.Span.Contains(n.Span) && n switch
        {
            AssignmentExpressionSyntax assignment => assignment.Left.ToString() == target && MentionsProperty(assignment.Right),
            VariableDeclaratorSyntax { Initializer.Value: var value } variable => variable.Identifier.Text == target && MentionsProperty(value),
            _ => false,
        });
    }

    // The property itself, or a local that was given it.
    private bool MentionsProperty(SyntaxNode node) => node.DescendantNodesAndSelf().OfType<SimpleNameSyntax>()
        .Any(n => (n.Identifier.Text == _property && n.Parent is MemberAccessExpressionSyntax or MemberBindingExpressionSyntax or ConditionalAccessExpressionSyntax)
            || (n is IdentifierNameSyntax && _context.Member.DescendantNodes().OfType<VariableDeclaratorSyntax>()
                .Any(v => v.Identifier.Text == n.Identifier.Text && v.Initializer is { } initializer
                    && initializer.DescendantNodes().OfType<SimpleNameSyntax>().Any(i => i.Identifier.Text == _property))));

    // header ?? configuration["Address"] ?? property: with the header gone, the configuration would always win.
    // Another header in between is a read of its own.
    private ExpressionSyntax FirstChoice(ExpressionSyntax fallback) =>
        fallback.WithoutParentheses() is not BinaryExpressionSyntax { RawKind: (int)SyntaxKind.CoalesceExpression } chain ? fallback
        : _context.Sites.In(chain.Left, _ => true).Count > 0 ? FirstChoice(chain.Right)
        : FirstChoice(chain.Left);

    // A value that stays in the code has to have its fallback right beside it.
    private bool Resolve(ExpressionSyntax value)
    {
        var whole = value.WithParentheses();
        switch (whole.Parent)
        {
            case BinaryExpressionSyntax { RawKind: (int)SyntaxKind.CoalesceExpression } coalesce when coalesce.Left == whole:
                return MentionsProperty(FirstChoice(coalesce.Right)) && _context.Replace(coalesce, Folding.Mark(coalesce.Right));
            case BinaryExpressionSyntax { RawKind: (int)SyntaxKind.CoalesceExpression } last when last.Right == whole:
                // a ?? value ?? address leans to the right, so this is the end of the chain
                return false;
            case ConditionalExpressionSyntax conditional when conditional.Condition != whole:
                return Evaluate(conditional.Condition) is { } truth && MentionsProperty(truth ? conditional.WhenTrue : conditional.WhenFalse)
                    && !(truth ? conditional.WhenTrue : conditional.WhenFalse).Span.Contains(value.Span);
            case AssignmentExpressionSyntax { Parent: ExpressionStatementSyntax statement } assignment when assignment.Right == whole && assignment.Left is IdentifierNameSyntax:
                _context.Unassigned.Add(assignment.Left.ToString());
                return HasFallback(assignment.Left.ToString(), ValueRewrite.FunctionOf(value) ?? _context.Member, statement)
                    && _context.Replace(statement, Folding.Drop(statement));
            case EqualsValueClauseSyntax { Parent: VariableDeclaratorSyntax variable }:
                // Dead after the fix, or merged with the first write.
                return _context.Replace(value, value.WithAdditionalAnnotations(Absent))
                    && (_context.Model.GetDeclaredSymbol(variable, _context.CancellationToken) is ILocalSymbol local)
                    && (!_context.References(local).Any(ValueRewrite.IsWritten) || HasFallback(local.Name, ValueRewrite.FunctionOf(value) ?? _context.Member, variable));
            default:
                return _facts.Keys.Any(f => f.Span.Contains(value.Span))
                    || value.Ancestors().OfType<ConditionalExpressionSyntax>().Any(c => Evaluate(c.Condition) is { } truth
                        && (truth ? c.WhenFalse : c.WhenTrue).Span.Contains(value.Span) && MentionsProperty(truth ? c.WhenTrue : c.WhenFalse))
                    || value.Ancestors().OfType<ExpressionSyntax>().Any(e => Evaluate(e) == false);
        }
    }
}
