using System;
using System.Collections.Generic;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using ProxySsl.Analyzers.Headers;
using ProxySsl.Analyzers.Knowledge;
using ProxySsl.CodeFixes.Syntax;

namespace ProxySsl.CodeFixes.Headers;

/// <summary>
/// Rewrites what reads a scheme header to <c>request.IsHttps</c> where the value is compared or only looked for, and to
/// <c>request.Scheme</c> where it is used as a scheme. The scheme is always there, so checks that guard the read become true.
/// </summary>
internal sealed class SchemeRewrite
{
    /// <summary>The ways to write the scheme where null matters.</summary>
    internal const int Forms = 2;

    private const int LongestAliasChain = 4;

    private static readonly HashSet<string> SecureTexts = new(StringComparer.OrdinalIgnoreCase) { "https", "on", "true", "1", "yes", "443", "wss" };
    private static readonly HashSet<string> PlainTexts = new(StringComparer.OrdinalIgnoreCase) { "http", "off", "false", "0", "no", "80", "ws" };

    private readonly RewriteContext _context;
    private readonly RequestReceiver _receiver;
    private readonly int _form;

    private SchemeRewrite(RewriteContext context, RequestReceiver receiver, int form)
    {
        _context = context;
        _receiver = receiver;
        _form = form;
    }

    /// <summary>Gathers the edits in the context; false where the shape is not one that can be rewritten.</summary>
    internal static bool Edit(RewriteContext context, int form) =>
        RequestReceiver.Find(context.Reported, context.Model, context.Compilation.Symbols, context.CancellationToken) is { } receiver
        && new SchemeRewrite(context, receiver, form).Edit();

    private bool Edit()
    {
        var site = _context.Sites.Of(_context.Reported, _context.Header);
        if (site.IsCheck && (site.Out is null || _context.References(site.Out).All(r => r.Span.IntersectsWith(site.Node.Span))))
        {
            return ReplaceCheck(site.Node, isNegated: false) && ReplaceChecksBeside(site);
        }

        var values = ValuesOf(site);
        if (values.Count == 0)
        {
            return false;
        }

        // A check or comparison that was reported as a whole: string.IsNullOrEmpty(value)
        foreach (var value in values)
        {
            if (!Replace(value))
            {
                return false;
            }
        }

        return ReplaceGuards(site);
    }

    private List<ExpressionSyntax> ValuesOf(HeaderSite site)
    {
        if (!site.IsCheck)
        {
            return [site.Node];
        }

        _context.Replace(site.Node, Folding.Constant(true));
        return _context.References(site.Out!).Where(r => !r.Span.IntersectsWith(site.Node.Span)).ToList<ExpressionSyntax>();
    }

    private bool Replace(ExpressionSyntax value)
    {
        var use = HeaderValue.Of(value, _context.Model, _context.CancellationToken);
        if (LocalOf(use) is { } local && Follow(use, local, LongestAliasChain))
        {
            return true;
        }

        return use.Use switch
        {
            ValueUse.Compares => Meaning(use.Text!) is { } secure && ReplaceCheck(use.Node, secure == use.IsNegated),
            ValueUse.Checks => _context.Replace(use.Node, Folding.Constant(!use.IsNegated)),
            ValueUse.Takes => ReplaceValue(use.Node),
            _ => false,
        };
    }

    // The value goes to a local. Where all that is done with it is to compare, the local goes; otherwise it holds the scheme from now on.
    private bool Follow(HeaderValue use, ILocalSymbol local, int depth)
    {
        var references = _context.References(local);
        var firstWrite = references.Where(r => IsWritten(r)).Select(r => r.SpanStart).DefaultIfEmpty(int.MaxValue).Min();
        var uses = references.Where(r => r.SpanStart < firstWrite).Select(r => (Reference: r, Use: HeaderValue.Of(r, _context.Model, _context.CancellationToken))).ToList();
        var taken = uses.Where(u => u.Use.Use is ValueUse.Takes or ValueUse.Other).ToList();
        var isString = _context.Model.GetTypeInfo(use.Node, _context.CancellationToken).Type?.SpecialType == SpecialType.System_String;
        if (firstWrite == int.MaxValue && taken.Count == 1 && depth > 0 && LocalOf(taken[0].Use) is { } next)
        {
            foreach (var (_, check) in uses.Where(u => u.Use.Use != ValueUse.Takes && u.Use.Use != ValueUse.Other))
            {
                if (!ReplaceCondition(check))
                {
                    return false;
                }
            }

            return Follow(taken[0].Use, next, depth - 1);
        }

        if (taken.Any(u => u.Use.Use == ValueUse.Other) || (!isString && firstWrite != int.MaxValue))
        {
            return false;
        }

        var isKept = taken.Count > 0 || firstWrite != int.MaxValue;
        foreach (var (reference, u) in uses)
        {
            var isDone = u.Use switch
            {
                ValueUse.Compares when isKept && isString && Meaning(u.Text!) is null => true,
                ValueUse.Compares or ValueUse.Checks => ReplaceCondition(u),
                _ when u.Node == reference => true,
                _ => _context.Replace(u.Node, Folding.Mark(SyntaxFactory.IdentifierName(local.Name))),
            };
            if (!isDone)
            {
                return false;
            }
        }

        if (!isKept)
        {
            return true;
        }

        // Every use before the next write may be collapsed into the scheme, so `scheme ?? x` and the like are looked at too.
        foreach (var (reference, u) in taken.Where(u => u.Use.Node == u.Reference))
        {
            _context.Replace(reference, Folding.Mark(reference));
        }

        return ReplaceDeclaredType(use, isString) && ReplaceValue(use.Node);
    }

    private bool ReplaceCondition(HeaderValue use) => use.Use == ValueUse.Checks
        ? _context.Replace(use.Node, Folding.Constant(!use.IsNegated))
        : Meaning(use.Text!) is { } secure && ReplaceCheck(use.Node, secure == use.IsNegated);

    private bool ReplaceDeclaredType(HeaderValue use, bool isString)
    {
        if (isString || use.Node.FirstAncestorOrSelf<VariableDeclarationSyntax>() is not { Type: { IsVar: false } type })
        {
            return true;
        }

        return _context.Replace(type, SyntaxFactory.IdentifierName("var"));
    }

    // Checks and reads of the same header that only make sense together with the read: before it, or in its statement.
    private bool ReplaceGuards(HeaderSite site)
    {
        var statement = Together(site.Node);
        foreach (var other in _context.Sites.In(_context.Member, h => h.Name == site.Header.Name))
        {
            if (other.Node == site.Node || !IsSameRequest(other.Node) || IsInOtherFunction(other.Node, site.Node))
            {
                continue;
            }

            var isTogether = statement is not null && statement.Span.Contains(other.Node.Span);
            if (other.IsCheck)
            {
                if ((isTogether || other.Node.SpanStart < site.Node.SpanStart) && other.Out is null)
                {
                    _context.Replace(other.Node, Folding.Constant(true));
                }

                continue;
            }

            var use = HeaderValue.Of(other.Node, _context.Model, _context.CancellationToken);
            if (use.Use == ValueUse.Checks && (isTogether || other.Node.SpanStart < site.Node.SpanStart))
            {
                _context.Replace(use.Node, Folding.Constant(!use.IsNegated));
            }
            else if (isTogether && use.Use is ValueUse.Compares or ValueUse.Takes)
            {
                _ = use.Use == ValueUse.Compares ? ReplaceCondition(use) : ReplaceValue(use.Node);
            }
        }

        return true;
    }

    // A chain of names is one decision: h.ContainsKey("X-Forwarded-Proto") || h.ContainsKey("X-Forwarded-Ssl")
    private bool ReplaceChecksBeside(HeaderSite site)
    {
        SyntaxNode chain = site.Node;
        while (chain.Parent is BinaryExpressionSyntax { RawKind: (int)SyntaxKind.LogicalOrExpression or (int)SyntaxKind.LogicalAndExpression }
            or ParenthesizedExpressionSyntax or PrefixUnaryExpressionSyntax { RawKind: (int)SyntaxKind.LogicalNotExpression })
        {
            chain = chain.Parent;
        }

        foreach (var other in _context.Sites.In(chain, h => h.Family == HeaderFamily.Scheme))
        {
            if (other.IsCheck && other.Out is null && other.Node != site.Node && IsSameRequest(other.Node))
            {
                ReplaceCheck(other.Node, isNegated: false);
            }
        }

        return true;
    }

    private bool ReplaceCheck(ExpressionSyntax check, bool isNegated)
    {
        if (check == _context.Reported && _context.IsNegated)
        {
            isNegated = !isNegated;
        }

        if (check.WholeChain() is not { } whole)
        {
            return false;
        }

        var isHttps = _context.Parse(_receiver.Member("IsHttps"));
        var isNullable = _context.Model.GetTypeInfo(whole, _context.CancellationToken).Type is INamedTypeSymbol { OriginalDefinition.SpecialType: SpecialType.System_Nullable_T };
        var replacement = _receiver.IsConditional && !isNullable
            ? _context.Parse(_receiver.Member("IsHttps") + (isNegated ? " != true" : " == true"))
            : isNegated ? SyntaxFactory.PrefixUnaryExpression(SyntaxKind.LogicalNotExpression, isHttps) : isHttps;
        if (_receiver.IsConditional && !isNullable && whole.Parent is BinaryExpressionSyntax { RawKind: not ((int)SyntaxKind.LogicalAndExpression or (int)SyntaxKind.LogicalOrExpression) } or PrefixUnaryExpressionSyntax)
        {
            replacement = replacement.AsOperand();
        }

        return _context.Replace(whole, Folding.Mark(replacement));
    }

    private bool ReplaceValue(ExpressionSyntax value)
    {
        var scheme = _receiver.Member("Scheme") + (_form == 1 ? " ?? \"\"" : "");
        if (value.WholeChain() is { } whole)
        {
            var parsed = _context.Parse(scheme);
            var isOperand = whole.Parent is MemberAccessExpressionSyntax or ElementAccessExpressionSyntax || (_form == 1 && whole.Parent is BinaryExpressionSyntax);
            return _context.Replace(whole, Folding.Mark(isOperand ? parsed.AsOperand() : parsed));
        }

        // The chain goes on after the value, so what replaces it has to hang on the same `?.`.
        return _context.Parse(_receiver.Member("Scheme")).WithoutConditionalAccess() is { } link && link is not IdentifierNameSyntax
            && _context.Replace(value, link);
    }

    private bool? Meaning(string text) =>
        SecureTexts.Contains(text) || text.IndexOf("https", StringComparison.OrdinalIgnoreCase) >= 0 ? true
        : PlainTexts.Contains(text) || text.IndexOf("http", StringComparison.OrdinalIgnoreCase) >= 0 ? false
        : null;

    private ILocalSymbol? LocalOf(HeaderValue use) =>
        use.Use is ValueUse.Takes or ValueUse.Other && use.Node.Parent is EqualsValueClauseSyntax { Parent: VariableDeclaratorSyntax { Parent.Parent: LocalDeclarationStatementSyntax } variable }
            ? _context.Model.GetDeclaredSymbol(variable, _context.CancellationToken) as ILocalSymbol
            : null;

    private bool IsSameRequest(ExpressionSyntax other) =>
        RequestReceiver.Find(other, _context.Model, _context.Compilation.Symbols, _context.CancellationToken) is { } receiver && receiver.Request == _receiver.Request;

    private static bool IsWritten(IdentifierNameSyntax reference) => reference.Parent switch
    {
        AssignmentExpressionSyntax assignment => assignment.Left == reference,
        ArgumentSyntax argument => !argument.RefKindKeyword.IsKind(SyntaxKind.None),
        _ => false,
    };

    private static bool IsInOtherFunction(SyntaxNode node, SyntaxNode read) => FunctionOf(node) != FunctionOf(read);

    private static SyntaxNode? FunctionOf(SyntaxNode node) =>
        node.Ancestors().FirstOrDefault(a => a is AnonymousFunctionExpressionSyntax or LocalFunctionStatementSyntax or MemberDeclarationSyntax and not GlobalStatementSyntax);

    // What is decided together with a read: its outermost statement, or the whole expression where there is none.
    private static SyntaxNode? Together(SyntaxNode node) =>
        node.Ancestors().TakeWhile(a => a is not (AnonymousFunctionExpressionSyntax or LocalFunctionStatementSyntax or MemberDeclarationSyntax) || a is GlobalStatementSyntax)
            .LastOrDefault(s => s is ExpressionSyntax or StatementSyntax and not (BlockSyntax or TryStatementSyntax or ForEachStatementSyntax or UsingStatementSyntax or LockStatementSyntax));
}
