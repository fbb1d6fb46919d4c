using System.Collections.Generic;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using ProxySsl.CodeFixes.Syntax;

namespace ProxySsl.CodeFixes.Headers;

/// <summary>
/// Puts a trustworthy property in the place of a header's value: where it is read, or where the local that holds it is used. Checks that
/// guard the read become true. What is written in which place is the affair of the family.
/// </summary>
internal abstract class ValueRewrite(RewriteContext context, RequestReceiver receiver)
{
    private const int LongestAliasChain = 4;

    protected RewriteContext Context { get; } = context;

    protected RequestReceiver Receiver { get; } = receiver;

    private GuardedCode Guarded { get; } = new(context);

    /// <summary>Gathers the edits of a read of a value; false where the shape is not one that can be rewritten.</summary>
    protected bool ReplaceRead(HeaderSite site)
    {
        var values = new List<ExpressionSyntax> { site.Node };
        if (site.IsCheck)
        {
            // TryGetValue(n, out v); whose answer nobody asks for has nothing left to do.
            var isDone = site.Node.WholeChain()?.Parent is ExpressionStatementSyntax statement
                ? Context.Replace(statement, Folding.Drop(statement))
                : ReplacePresence(site.Node, isNegated: false);
            if (!isDone)
            {
                return false;
            }

            values = site.Out is null ? [] : Context.References(site.Out).Where(r => !r.Span.IntersectsWith(site.Node.Span)).ToList<ExpressionSyntax>();
        }

        return values.Count > 0 && values.All(Replace) && ReplaceGuards(site);
    }

    /// <summary>Replaces a condition on a value that is nowhere kept.</summary>
    protected abstract bool ReplaceCondition(HeaderValue use);

    /// <summary>Replaces a condition on a local that goes on holding the value, as a string from now on.</summary>
    protected abstract bool ReplaceConditionOnLocal(HeaderValue use, IdentifierNameSyntax reference, bool wasString);

    /// <summary>Replaces a value by the property's text.</summary>
    protected abstract bool ReplaceValue(HeaderValue use);

    /// <summary>Replaces a check for the header around a read of it: what is read instead is always there.</summary>
    protected virtual bool ReplacePresence(ExpressionSyntax check, bool isNegated) => Decide(check, isNegated);

    /// <summary>Replaces a check for the header by its answer, unless that would change more than the value.</summary>
    protected bool Decide(ExpressionSyntax check, bool isNegated) =>
        Guarded.MayDecide(check, !isNegated) && Context.Replace(check, Folding.Constant(!isNegated));

    /// <summary>Whether a check that stays, and has but one answer from now on, decides nothing but the value.</summary>
    protected bool MayDecide(HeaderValue check) => Guarded.MayDecide(check.Node, !check.IsNegated);

    /// <summary>Whether a value is parsed right where it is used, so that a local need not hold its text.</summary>
    protected virtual bool IsParsed(HeaderValue use) => false;

    /// <summary>Replaces a reference to a local by itself where the value is taken apart: what the local holds now is one value.</summary>
    protected bool ReplaceByLocal(HeaderValue use, IdentifierNameSyntax reference) =>
        use.Match == ValueMatch.Element ? false
        : use.Value == reference || Context.Replace(use.Value, Folding.Mark(reference.WithoutTrivia()));

    /// <summary>Whether what is taken where the header is absent comes from the app's configuration: then a person has to say which goes first.</summary>
    protected bool HasConfiguredDefault(ExpressionSyntax value) =>
        value.WithParentheses() is var whole
        && whole.Parent is BinaryExpressionSyntax { RawKind: (int)SyntaxKind.CoalesceExpression } coalesce && coalesce.Left == whole
        && ConditionFolding.Operands(coalesce.Right, SyntaxKind.CoalesceExpression).First().DescendantNodesAndSelf().OfType<ExpressionSyntax>()
            .Any(e => IsConfiguration(Context.Model.GetTypeInfo(e, Context.CancellationToken).Type));

    private static bool IsConfiguration(ITypeSymbol? type) => type is not null
        && (type.Name.StartsWith("IConfiguration", System.StringComparison.Ordinal) || type.Name.EndsWith("Options", System.StringComparison.Ordinal)
            || type.Name.EndsWith("Settings", System.StringComparison.Ordinal));

    /// <summary>Whether another read is from the same request.</summary>
    protected bool IsSameRequest(ExpressionSyntax other) =>
        RequestReceiver.Find(other, Context.Model, Context.Compilation.Symbols, Context.CancellationToken) is { } found && found.Request == Receiver.Request;

    private bool Replace(ExpressionSyntax value)
    {
        var use = HeaderValue.Of(value, Context.Model, Context.CancellationToken);
        return LocalOf(use) is { } local ? Follow(use, local, LongestAliasChain) : ReplaceInPlace(use);
    }

    private bool ReplaceInPlace(HeaderValue use) => use.Use switch
    {
        ValueUse.Compares or ValueUse.Checks => ReplaceCondition(use),
        ValueUse.Takes => ReplaceValue(use),
        _ => false,
    };

    // The value goes to a local. Where all that is done with it is to compare or parse, the local goes; otherwise it holds the property from now on.
    private bool Follow(HeaderValue use, ILocalSymbol local, int depth)
    {
        var references = Context.References(local);
        var firstWrite = references.Where(IsWritten).Select(r => r.SpanStart).DefaultIfEmpty(int.MaxValue).Min();
        if (!Receiver.IsStable)
        {
            return false;
        }

        var uses = references.Where(r => r.SpanStart < firstWrite).Select(r => (Reference: r, Use: HeaderValue.Of(r, Context.Model, Context.CancellationToken))).ToList();
        var taken = uses.Where(u => u.Use.Use is ValueUse.Takes or ValueUse.Other).ToList();
        var wasString = local.Type.SpecialType == SpecialType.System_String;
        var isWritten = firstWrite != int.MaxValue;
        if (!isWritten && taken.Count == 1 && depth > 0 && LocalOf(taken[0].Use) is { } next)
        {
            return uses.All(u => u == taken[0] || ReplaceCondition(u.Use)) && Follow(taken[0].Use, next, depth - 1);
        }

        if (!isWritten && (taken.All(t => IsParsed(t.Use)) || (taken.Count == 1 && IsAssigned(taken[0].Use))))
        {
            return uses.All(u => ReplaceInPlace(u.Use));
        }

        if (taken.Any(u => u.Use.Use == ValueUse.Other) || (!wasString && isWritten))
        {
            return false;
        }

        foreach (var (reference, u) in uses)
        {
            var isDone = u.Use is ValueUse.Compares or ValueUse.Checks
                ? ReplaceConditionOnLocal(u, reference, wasString)
                : u.Node == reference
                    ? Context.Replace(reference, Folding.Mark(reference))
                    : ReplaceByLocal(u, reference);
            if (!isDone)
            {
                return false;
            }
        }

        return ReplaceDeclaredType(use, wasString) && ReplaceValue(use);
    }

    private bool ReplaceDeclaredType(HeaderValue use, bool wasString) =>
        wasString || use.Node.FirstAncestorOrSelf<VariableDeclarationSyntax>() is not { Type: { IsVar: false } type }
        || Context.Replace(type, SyntaxFactory.IdentifierName("var"));

    // Checks and reads of the same header that only make sense together with the read: before it, or in its statement.
    private bool ReplaceGuards(HeaderSite site)
    {
        var together = Together(site.Node);
        foreach (var other in Context.Sites.In(Context.Member, h => h.Name == site.Header.Name))
        {
            var isTogether = together is not null && together.Span.Contains(other.Node.Span);
            var isGuard = isTogether || other.Node.SpanStart < site.Node.SpanStart;
            if (other.Node == site.Node || !isGuard || FunctionOf(other.Node) != FunctionOf(site.Node) || !IsSameRequest(other.Node))
            {
                continue;
            }

            if (other.IsCheck)
            {
                if (other.Out is null && !Context.IsReplaced(other.Node) && !ReplacePresence(other.Node, isNegated: false))
                {
                    return false;
                }

                continue;
            }

            var use = HeaderValue.Of(other.Node, Context.Model, Context.CancellationToken);
            if (use.Use == ValueUse.Checks)
            {
                if (!Context.IsReplaced(use.Node) && !ReplacePresence(use.Node, use.IsNegated))
                {
                    return false;
                }
            }
            else if (isTogether)
            {
                ReplaceInPlace(use);
            }
        }

        return true;
    }

    // The value only passes through the local on its way to another: scheme = value;
    private static bool IsAssigned(HeaderValue use) => use.Use == ValueUse.Takes
        && use.Node.Parent is AssignmentExpressionSyntax { RawKind: (int)SyntaxKind.SimpleAssignmentExpression, Left: IdentifierNameSyntax } assignment && assignment.Right == use.Node;

    private ILocalSymbol? LocalOf(HeaderValue use) =>
        use.Use is ValueUse.Takes or ValueUse.Other && use.Node.Parent is EqualsValueClauseSyntax { Parent: VariableDeclaratorSyntax { Parent.Parent: LocalDeclarationStatementSyntax } variable }
            ? Context.Model.GetDeclaredSymbol(variable, Context.CancellationToken) as ILocalSymbol
            : null;

    internal static bool IsWritten(IdentifierNameSyntax reference) => reference.Parent switch
    {
        AssignmentExpressionSyntax assignment => assignment.Left == reference,
        ArgumentSyntax argument => !argument.RefKindKeyword.IsKind(SyntaxKind.None),
        _ => false,
    };

    internal static SyntaxNode? FunctionOf(SyntaxNode node) =>
        node.Ancestors().FirstOrDefault(a => a is AnonymousFunctionExpressionSyntax or LocalFunctionStatementSyntax or MemberDeclarationSyntax and not GlobalStatementSyntax);

    // What is decided together with a read: its outermost statement, or the whole expression where there is none.
    private static SyntaxNode? Together(SyntaxNode node) =>
        node.Ancestors().TakeWhile(a => a is not (AnonymousFunctionExpressionSyntax or LocalFunctionStatementSyntax or MemberDeclarationSyntax) || a is GlobalStatementSyntax)
            .LastOrDefault(s => s is ExpressionSyntax or StatementSyntax and not (BlockSyntax or TryStatementSyntax or ForEachStatementSyntax or UsingStatementSyntax or LockStatementSyntax));
}
