using System.Collections.Generic;
using System.Linq;
using System.Threading;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using ProxySsl.CodeFixes.Syntax;

namespace ProxySsl.CodeFixes.Headers;

/// <summary>What a place does with the value of a header.</summary>
internal enum ValueUse
{
    /// <summary>A condition on the value: equal to a text, containing it, beginning with it.</summary>
    Compares,

    /// <summary>A condition on there being a value.</summary>
    Checks,

    /// <summary>Anything that takes a text.</summary>
    Takes,

    /// <summary>Something that a text cannot stand for: the lines are enumerated, or counted otherwise.</summary>
    Other,
}

/// <summary>How a condition compares a value with a text.</summary>
internal enum ValueMatch
{
    /// <summary>The value is the text.</summary>
    Whole,

    /// <summary>The value holds the text, begins or ends with it.</summary>
    Part,

    /// <summary>One of several lines or entries is the text.</summary>
    Element,
}

/// <summary>A use of a header's value, as far out as it is nothing but this value.</summary>
/// <param name="Node">The condition, or the value with the steps that only take it apart (<c>.FirstOrDefault()</c>, <c>.Trim()</c>, <c>[0]</c>).</param>
/// <param name="Use">What is done with it.</param>
/// <param name="Text">What it is compared with.</param>
/// <param name="IsNegated">Whether the condition is true where the value differs, or where there is none.</param>
internal sealed record HeaderValue(ExpressionSyntax Node, ValueUse Use, string? Text = null, bool IsNegated = false)
{
    /// <summary>The value itself, as far out as it is nothing but this value; inside the node where that is a condition.</summary>
    internal ExpressionSyntax Value { get; private init; } = Node;

    /// <summary>How it is compared.</summary>
    internal ValueMatch Match { get; private init; }

    private static readonly HashSet<string> TakingApart =
    [
        "ToString", "First", "FirstOrDefault", "Last", "LastOrDefault", "Single", "SingleOrDefault", "ElementAt", "ElementAtOrDefault", "Split",
        "Trim", "TrimStart", "TrimEnd", "ToLower", "ToLowerInvariant", "ToUpper", "ToUpperInvariant", "ToArray", "ToList", "Select",
    ];

    private static readonly HashSet<string> Separators = ["','", "\",\"", "';'", "\";\"", "':'", "\":\"", "' '", "\" \"", "\", \""];

    /// <summary>Reads the use that begins with an expression holding the value.</summary>
    internal static HeaderValue Of(ExpressionSyntax value, SemanticModel model, CancellationToken cancellationToken)
    {
        var node = Climb(value, model, cancellationToken);
        if (Condition(node, model, cancellationToken) is { } condition)
        {
            return condition with { Value = node };
        }

        var info = model.GetTypeInfo(node, cancellationToken);
        var isText = info.Type?.SpecialType == SpecialType.System_String || info.ConvertedType?.SpecialType == SpecialType.System_String;
        var isHeaderText = info.Type?.Name == "StringValues" && TakesStringValues(node, info.ConvertedType) && !ChoosesOverload(node, model, cancellationToken);
        return new HeaderValue(node, isText || isHeaderText ? ValueUse.Takes : ValueUse.Other) { Value = node };
    }

    private static bool TakesStringValues(ExpressionSyntax node, ITypeSymbol? converted) =>
        converted?.Name == "StringValues"
        && node.Parent is ArgumentSyntax or InterpolationSyntax or ReturnStatementSyntax or ArrowExpressionClauseSyntax or BinaryExpressionSyntax
            or AssignmentExpressionSyntax or EqualsValueClauseSyntax or ConditionalExpressionSyntax;

    // Save(StringValues) beside Save(string): a text would be given to the other one.
    private static bool ChoosesOverload(ExpressionSyntax node, SemanticModel model, CancellationToken cancellationToken) =>
        node.Parent is ArgumentSyntax { Parent: ArgumentListSyntax { Parent: InvocationExpressionSyntax call } list }
        && model.GetMemberGroup(call.Expression, cancellationToken).OfType<IMethodSymbol>().Count(m => m.Parameters.Length == list.Arguments.Count) > 1;

    private static ExpressionSyntax Climb(ExpressionSyntax value, SemanticModel model, CancellationToken cancellationToken)
    {
        while (true)
        {
            switch (value.Parent)
            {
                case ParenthesizedExpressionSyntax or PostfixUnaryExpressionSyntax { RawKind: (int)SyntaxKind.SuppressNullableWarningExpression }:
                    value = (ExpressionSyntax)value.Parent;
                    continue;
                case CastExpressionSyntax { Type: var type } cast when type.ToString() is "string" or "String" or "string?" or "StringValues":
                    value = cast;
                    continue;
                case BinaryExpressionSyntax { RawKind: (int)SyntaxKind.AsExpression } cast when cast.Right.ToString() == "string":
                    value = cast;
                    continue;
                case MemberAccessExpressionSyntax { Parent: InvocationExpressionSyntax call } access when access.Expression == value && TakesApart(access.Name, call, model):
                    value = call;
                    continue;
                case MemberAccessExpressionSyntax { Name.Identifier.Text: "Value" } access
                    when access.Expression == value && model.GetTypeInfo(value, cancellationToken).Type is { Name: "KeyValuePair" }:
                    value = access;
                    continue;
                case ElementAccessExpressionSyntax access when access.Expression == value && TakesEntry(access.ArgumentList, value, model, cancellationToken):
                    value = access;
                    continue;
                case ConditionalAccessExpressionSyntax access when access.Expression == value && OnlyTakesApart(access.WhenNotNull, model):
                    value = access;
                    continue;
                case ConditionalAccessExpressionSyntax access when access.WhenNotNull == value:
                    value = access;
                    continue;
                default:
                    return value;
            }
        }
    }

    private static bool TakesApart(SimpleNameSyntax name, InvocationExpressionSyntax call, SemanticModel model) =>
        TakingApart.Contains(name.Identifier.Text)
        && (name.Identifier.Text == "Select"
            ? call.ArgumentList.Arguments is { Count: 1 } arguments && arguments[0].Expression is SimpleLambdaExpressionSyntax { Body: MemberAccessExpressionSyntax { Name.Identifier.Text: "Value" } }
            : call.ArgumentList.Arguments.All(a => a.Expression is not AnonymousFunctionExpressionSyntax))
        && (name.Identifier.Text is not ("Split" or "Trim" or "TrimStart" or "TrimEnd") || call.ArgumentList.Arguments.Count == 0 || OnlySeparators(call.ArgumentList.Arguments[0].Expression))
        && (name.Identifier.Text is not ("First" or "FirstOrDefault" or "Last" or "LastOrDefault" or "Single" or "SingleOrDefault" or "ElementAt" or "ElementAtOrDefault" or "ToArray" or "ToList")
            || model.GetTypeInfo(call).Type?.SpecialType != SpecialType.System_Char);

    // .Trim('/') makes something else of a path; .Split(',') takes a list apart
    private static bool OnlySeparators(ExpressionSyntax argument) => argument switch
    {
        LiteralExpressionSyntax literal => Separators.Contains(literal.ToString()),
        ImplicitArrayCreationExpressionSyntax { Initializer: var initializer } => initializer.Expressions.All(OnlySeparators),
        ArrayCreationExpressionSyntax { Initializer: { } initializer } => initializer.Expressions.All(OnlySeparators),
        CollectionExpressionSyntax collection => collection.Elements.OfType<ExpressionElementSyntax>().All(e => OnlySeparators(e.Expression)),
        _ => false,
    };

    private static bool TakesEntry(BracketedArgumentListSyntax index, ExpressionSyntax value, SemanticModel model, CancellationToken cancellationToken) =>
        index.Arguments.Count == 1
        && index.Arguments[0].Expression is LiteralExpressionSyntax or PrefixUnaryExpressionSyntax or BinaryExpressionSyntax
        && model.GetTypeInfo(value, cancellationToken).Type?.SpecialType != SpecialType.System_String;

    private static bool OnlyTakesApart(ExpressionSyntax whenNotNull, SemanticModel model)
    {
        switch (whenNotNull)
        {
            case MemberBindingExpressionSyntax or ElementBindingExpressionSyntax:
                return true;
            case ConditionalAccessExpressionSyntax access:
                return OnlyTakesApart(access.Expression, model) && OnlyTakesApart(access.WhenNotNull, model);
            case InvocationExpressionSyntax { Expression: MemberAccessExpressionSyntax inner } call:
                return TakesApart(inner.Name, call, model) && OnlyTakesApart(inner.Expression, model);
            case InvocationExpressionSyntax { Expression: MemberBindingExpressionSyntax binding } call:
                return TakesApart(binding.Name, call, model);
            case ElementAccessExpressionSyntax access:
                return OnlyTakesApart(access.Expression, model);
            case PostfixUnaryExpressionSyntax postfix:
                return OnlyTakesApart(postfix.Operand, model);
            default:
                return false;
        }
    }

    private static HeaderValue? Condition(ExpressionSyntax node, SemanticModel model, CancellationToken cancellationToken)
    {
        switch (node.Parent)
        {
            case BinaryExpressionSyntax { RawKind: (int)SyntaxKind.EqualsExpression or (int)SyntaxKind.NotEqualsExpression } binary:
                var other = binary.Left == node ? binary.Right : binary.Left;
                return Against(binary, other, binary.IsKind(SyntaxKind.NotEqualsExpression), model, cancellationToken);
            case IsPatternExpressionSyntax isPattern:
                return OfPattern(isPattern, model, cancellationToken);
            case ArgumentSyntax { Parent: ArgumentListSyntax { Parent: InvocationExpressionSyntax call } list } argument:
                return OfArgument(call, list, argument, model, cancellationToken);
            case MemberAccessExpressionSyntax { Expression: var receiver } member when receiver == node:
                return OfMember(node, member.Name, member, member.Parent, model, cancellationToken);
            case ConditionalAccessExpressionSyntax { WhenNotNull: InvocationExpressionSyntax { Expression: MemberBindingExpressionSyntax binding } call } access when access.Expression == node:
                return OfCall(node, binding.Name.Identifier.Text, call, access, model, cancellationToken);
            default:
                return null;
        }
    }

    private static HeaderValue? Against(ExpressionSyntax whole, ExpressionSyntax other, bool isNegated, SemanticModel model, CancellationToken cancellationToken) =>
        TextOf(other, model, cancellationToken) switch
        {
            null when other.IsKind(SyntaxKind.NullLiteralExpression) => new HeaderValue(whole, ValueUse.Checks, IsNegated: !isNegated),
            null => null,
            "" => new HeaderValue(whole, ValueUse.Checks, IsNegated: !isNegated),
            var text => new HeaderValue(whole, ValueUse.Compares, text, isNegated),
        };

    private static HeaderValue? OfPattern(IsPatternExpressionSyntax isPattern, SemanticModel model, CancellationToken cancellationToken)
    {
        var pattern = isPattern.Pattern;
        var isNegated = false;
        while (pattern is UnaryPatternSyntax not)
        {
            isNegated = !isNegated;
            pattern = not.Pattern;
        }

        return pattern switch
        {
            ConstantPatternSyntax constant => Against(isPattern, constant.Expression, isNegated, model, cancellationToken),
            RecursivePatternSyntax { PropertyPatternClause.Subpatterns.Count: 0, Designation: null } => new HeaderValue(isPattern, ValueUse.Checks, IsNegated: isNegated),
            RecursivePatternSyntax { PropertyPatternClause.Subpatterns: { Count: 1 } sub, Designation: null } when sub[0].ToString().Replace(" ", "") is "Length:>0" or "Count:>0" =>
                new HeaderValue(isPattern, ValueUse.Checks, IsNegated: isNegated),
            _ => null,
        };
    }

    private static HeaderValue? OfArgument(
        InvocationExpressionSyntax call, ArgumentListSyntax list, ArgumentSyntax argument, SemanticModel model, CancellationToken cancellationToken)
    {
        var name = (call.Expression as MemberAccessExpressionSyntax)?.Name.Identifier.Text ?? "";
        if (name is "IsNullOrEmpty" or "IsNullOrWhiteSpace")
        {
            return new HeaderValue(call, ValueUse.Checks, IsNegated: true);
        }

        if (name != "Equals")
        {
            return null;
        }

        // "https".Equals(value, …), string.Equals(value, "https", …), comparer.Equals("https", value)
        foreach (var other in list.Arguments)
        {
            if (other != argument && Against(call, other.Expression, isNegated: false, model, cancellationToken) is { } compared)
            {
                return compared;
            }
        }

        return Against(call, ((MemberAccessExpressionSyntax)call.Expression).Expression, isNegated: false, model, cancellationToken);
    }

    private static HeaderValue? OfMember(ExpressionSyntax value, SimpleNameSyntax name, MemberAccessExpressionSyntax member, SyntaxNode? parent, SemanticModel model, CancellationToken cancellationToken)
    {
        if (parent is InvocationExpressionSyntax call && call.Expression == member)
        {
            return OfCall(value, name.Identifier.Text, call, call, model, cancellationToken);
        }

        // .Count > 0, .Length == 0
        if (name.Identifier.Text is "Count" or "Length" && parent is BinaryExpressionSyntax binary && binary.Left == member && binary.Right.ToString() is "0" or "1")
        {
            var number = ((BinaryExpressionSyntax)parent).Right.ToString();
            return (parent.Kind(), number) switch
            {
                (SyntaxKind.GreaterThanExpression, "0") or (SyntaxKind.NotEqualsExpression, "0") or (SyntaxKind.GreaterThanOrEqualExpression, "1") =>
                    new HeaderValue((ExpressionSyntax)parent, ValueUse.Checks),
                (SyntaxKind.EqualsExpression, "0") or (SyntaxKind.LessThanExpression, "1") or (SyntaxKind.LessThanOrEqualExpression, "0") =>
                    new HeaderValue((ExpressionSyntax)parent, ValueUse.Checks, IsNegated: true),
                _ => null,
            };
        }

        return null;
    }

    private static HeaderValue? OfCall(
        ExpressionSyntax value, string name, InvocationExpressionSyntax call, ExpressionSyntax whole, SemanticModel model, CancellationToken cancellationToken)
    {
        var arguments = call.ArgumentList.Arguments;
        switch (name)
        {
            case "Any" when arguments.Count == 0:
                return new HeaderValue(whole, ValueUse.Checks);
            case "Equals" or "Contains" or "StartsWith" or "EndsWith" when arguments.Count > 0 && TextOf(arguments[0].Expression, model, cancellationToken) is { Length: > 1 } text:
                return new HeaderValue(whole, ValueUse.Compares, text)
                {
                    Match = name == "Equals" ? ValueMatch.Whole
                        : model.GetTypeInfo(value, cancellationToken).Type?.SpecialType == SpecialType.System_String ? ValueMatch.Part
                        : ValueMatch.Element,
                };
            case "IndexOf" when arguments.Count > 0 && TextOf(arguments[0].Expression, model, cancellationToken) is { Length: > 1 } text && whole.Parent is BinaryExpressionSyntax binary:
                return (binary.Kind(), binary.Right.ToString()) switch
                {
                    (SyntaxKind.GreaterThanOrEqualExpression, "0") or (SyntaxKind.GreaterThanExpression, "-1") or (SyntaxKind.NotEqualsExpression, "-1") =>
                        new HeaderValue(binary, ValueUse.Compares, text) { Match = ValueMatch.Part },
                    (SyntaxKind.LessThanExpression, "0") or (SyntaxKind.EqualsExpression, "-1") =>
                        new HeaderValue(binary, ValueUse.Compares, text, IsNegated: true) { Match = ValueMatch.Part },
                    _ => null,
                };
            default:
                return null;
        }
    }

    private static string? TextOf(ExpressionSyntax expression, SemanticModel model, CancellationToken cancellationToken)
    {
        if (model.GetConstantValue(expression, cancellationToken) is { HasValue: true, Value: string value })
        {
            return value;
        }

        return expression switch
        {
            MemberAccessExpressionSyntax { Name.Identifier.Text: "UriSchemeHttps" } => "https",
            MemberAccessExpressionSyntax { Name.Identifier.Text: "UriSchemeHttp" } => "http",
            MemberAccessExpressionSyntax { Name.Identifier.Text: "Empty" } empty when empty.Expression.ToString() is "string" or "String" or "StringValues" => "",
            _ => null,
        };
    }
}
