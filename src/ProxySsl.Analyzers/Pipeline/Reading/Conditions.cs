using System;
using System.Collections.Immutable;
using System.Globalization;
using System.Linq;
using System.Text;
using System.Text.RegularExpressions;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;
using ProxySsl.Analyzers.Flow;

namespace ProxySsl.Analyzers.Pipeline;

/// <summary>
/// Reads conditions as guards, so that two pieces of code under conditions that exclude each other are seen to. What is compared, is compared
/// by its text, so equal texts are taken to mean the same value.
/// </summary>
internal static class Conditions
{
    // "proxy" alone may be any, the one to other services too. Of a path of settings, what follows may only say that it is on.
    private static readonly Regex ProxyName = new(
        "((behind|reverse)_?-?(a_)?(reverse|tls|ssl|nginx)?_?-?proxy|forwarded_?-?headers)(?!.*[:.](?!(is)?enabled?$))", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant);

    private const int DeepestCondition = 100;
    private const string This = "this.";
    private const string Request = "request";
    private const string Configuration = "Configuration";

    /// <summary>What holds where a condition has a value.</summary>
    internal static ImmutableArray<Guard> Guards(IOperation condition, bool value)
    {
        var guards = ImmutableArray.CreateBuilder<Guard>();
        Add(condition, value, guards, DeepestCondition);
        return guards.ToImmutable();
    }

    /// <summary>What holds of the requests that a branch's condition lets in: a method, or a lambda that is one expression; empty for any other.</summary>
    internal static ImmutableArray<Guard> Guards(IOperation? condition)
    {
        switch (condition)
        {
            case IMethodReferenceOperation { Method.Parameters.Length: 1 } method:
                return ImmutableArray.Create(new Guard(TextOf(method) + "(" + Request + ")", true));
            case IAnonymousFunctionOperation { Body.Operations: { Length: 1 } operations, Symbol.Parameters: { Length: 1 } parameters }
                when operations[0] is IReturnOperation { ReturnedValue: { } returned }:
                // the name of the parameter is the lambda's own affair
                var name = new Regex(@"\b" + Regex.Escape(parameters[0].Name) + @"\b");
                return Guards(returned, true).Select(g => g with { Condition = name.Replace(g.Condition, Request) }).ToImmutableArray();
            default:
                return ImmutableArray<Guard>.Empty;
        }
    }

    /// <summary>What holds where a value is, or is not, a constant; empty where the other side is no constant.</summary>
    internal static ImmutableArray<Guard> Guards(IOperation subject, IOperation constant, bool value)
    {
        var guards = ImmutableArray.CreateBuilder<Guard>();
        if (constant.Unwrapped().ConstantValue.HasValue)
        {
            AddComparison(subject, constant, value, guards, DeepestCondition);
        }

        return guards.ToImmutable();
    }

    private static void Add(IOperation condition, bool value, ImmutableArray<Guard>.Builder guards, int depth)
    {
        condition = condition.Unwrapped();
        if (depth == 0)
        {
            return;
        }

        switch (condition)
        {
            case IUnaryOperation { OperatorKind: UnaryOperatorKind.Not } negation:
                Add(negation.Operand, !value, guards, depth - 1);
                break;
            case IBinaryOperation { OperatorKind: BinaryOperatorKind.ConditionalAnd } both:
                AddBoth(both, part: true, value, guards, depth);
                break;
            case IBinaryOperation { OperatorKind: BinaryOperatorKind.ConditionalOr } either:
                // a || b is the opposite of !a && !b
                AddBoth(either, part: false, !value, guards, depth);
                break;
            case IBinaryOperation { OperatorKind: BinaryOperatorKind.Equals or BinaryOperatorKind.NotEquals } comparison:
                AddComparison(comparison.LeftOperand, comparison.RightOperand, (comparison.OperatorKind == BinaryOperatorKind.Equals) == value, guards, depth);
                break;
            case IBinaryOperation { OperatorKind: BinaryOperatorKind.GreaterThan, LeftOperand: var count, RightOperand.ConstantValue: { HasValue: true, Value: 0 } } when CountedBy(count) is { } counted:
                guards.Add(new Guard("count of " + TextOf(counted), !value, "0"));
                break;
            case IInvocationOperation { TargetMethod.Name: "Any", Arguments.Length: 1 } any when CountedBy(any) is { } counted:
                guards.Add(new Guard("count of " + TextOf(counted), !value, "0"));
                break;
            case IIsPatternOperation pattern:
                AddPattern(pattern.Value, pattern.Pattern, value, guards, depth);
                break;
            default:
                guards.Add(new Guard(TextOf(condition), value) { AsksForOwnHttps = AsksForOwnHttps(condition), DeniesProxy = !value && AsksForProxy(condition) });
                if (condition is ILocalReferenceOperation local && local.SingleValue() is { } named)
                {
                    // a name for the condition, which is written out elsewhere
                    Add(named, value, guards, depth - 1);
                }

                break;
        }
    }

    private static void AddBoth(IBinaryOperation both, bool part, bool value, ImmutableArray<Guard>.Builder guards, int depth)
    {
        var parts = ImmutableArray.CreateBuilder<Guard>();
        Add(both.LeftOperand, part, parts, depth - 1);
        Add(both.RightOperand, part, parts, depth - 1);
        guards.Add(new Guard(string.Join(" && ", parts.Select(p => p.Text)), value));
        if (value)
        {
            guards.AddRange(parts);
        }
    }

    private static void AddPattern(IOperation subject, IPatternOperation pattern, bool value, ImmutableArray<Guard>.Builder guards, int depth)
    {
        switch (pattern)
        {
            case INegatedPatternOperation negation when depth > 0:
                AddPattern(subject, negation.Pattern, !value, guards, depth - 1);
                break;
            case IConstantPatternOperation constant:
                AddComparison(subject, constant.Value, value, guards, depth);
                break;
            case IRecursivePatternOperation { DeconstructionSubpatterns.IsEmpty: true, PropertySubpatterns.IsEmpty: true, DeconstructSymbol: null } present
                when present.Syntax is not Microsoft.CodeAnalysis.CSharp.Syntax.RecursivePatternSyntax { Type: not null }:
                guards.Add(new Guard(TextOf(subject.Unwrapped()), !value, "null"));
                break;
            default:
                guards.Add(new Guard(TextOf(subject.Unwrapped()) + " is " + TextOf(pattern), value));
                break;
        }
    }

    private static void AddComparison(IOperation subject, IOperation other, bool value, ImmutableArray<Guard>.Builder guards, int depth)
    {
        subject = subject.Unwrapped();
        other = other.Unwrapped();
        if (subject.ConstantValue.HasValue && !other.ConstantValue.HasValue)
        {
            (subject, other) = (other, subject);
        }

        if (other.ConstantValue is not { HasValue: true, Value: var constant })
        {
            guards.Add(new Guard(TextOf(subject) + " == " + TextOf(other), value));
        }
        else if (constant is bool truth)
        {
            Add(subject, truth == value, guards, depth - 1);
        }
        else
        {
            var text = constant is null ? "null" : Convert.ToString(constant, CultureInfo.InvariantCulture);
            guards.Add(new Guard(CountedBy(subject) is { } counted ? "count of " + TextOf(counted) : TextOf(subject), value, text)
            {
                DeniesProxy = AsksForProxy(subject) && (text.ToLowerInvariant() switch { "true" or "1" or "yes" or "on" => !value, "null" or "" or "false" or "0" or "no" or "off" => value, _ => false }),
            });
        }
    }

    // list.Length, list.Count, list.Count(), list.Any()
    private static IOperation? CountedBy(IOperation operation) => operation.Unwrapped() switch
    {
        IPropertyReferenceOperation { Property.Name: "Length" or "Count", Instance: { } list } => list.Unwrapped(),
        IInvocationOperation { TargetMethod: { Name: "Count" or "Any", IsExtensionMethod: true }, Arguments: { Length: 1 } arguments } => arguments[0].Value.Unwrapped(),
        _ => null,
    };

    // server.Addresses.Any(a => a.StartsWith("https://")), app.Urls.Any(…)
    private static bool AsksForOwnHttps(IOperation condition)
    {
        var asksForAddresses = false;
        var namesHttps = false;
        foreach (var operation in condition.DescendantsAndSelf())
        {
            asksForAddresses |= operation is IPropertyReferenceOperation { Property: { Name: "Addresses", ContainingType.Name: "IServerAddressesFeature" } or { Name: "Urls", ContainingType.Name: "WebApplication" } };
            namesHttps |= operation is ILiteralOperation { ConstantValue: { HasValue: true, Value: string text } } && text.StartsWith("https", StringComparison.OrdinalIgnoreCase);
        }

        return asksForAddresses && namesHttps;
    }

    // env.IsBehindReverseProxy(), settings.BehindProxy, configuration["REVERSE_PROXY"], environment variables that say it
    private static bool AsksForProxy(IOperation condition)
    {
        foreach (var token in condition.Syntax.DescendantTokens())
        {
            if (token.RawKind is (int)SyntaxKind.IdentifierToken or (int)SyntaxKind.StringLiteralToken && ProxyName.IsMatch(token.ValueText) && !LeadsToAnother(token))
            {
                return true;
            }
        }

        return false;
    }

    // settings.ReverseProxy.UsesHttp2 asks something of the proxy, settings.ReverseProxy.Enabled whether there is one.
    private static bool LeadsToAnother(SyntaxToken name)
    {
        for (var node = name.Parent; node?.Parent is MemberAccessExpressionSyntax access; node = access)
        {
            if (access.Expression == node && access.Name.Identifier.ValueText is not ("Enabled" or "IsEnabled" or "Enable" or "Exists" or "HasValue" or "Value" or "Any" or "Count" or "Length" or "Equals"))
            {
                return true;
            }
        }

        return false;
    }

    // What stands between the words, whether a member is written with this, and by which of its two names an app's configuration is, means nothing.
    private static string TextOf(IOperation operation)
    {
        var text = new StringBuilder();
        var configurations = operation.DescendantsAndSelf().Where(IsConfigurationOfApp).Select(o => o.Syntax.Span).ToList();
        foreach (var token in operation.Syntax.DescendantTokens())
        {
            var configuration = configurations.FirstOrDefault(s => s.Contains(token.Span));
            var word = configuration.IsEmpty ? token.Text : configuration.Start == token.SpanStart ? Configuration : "";
            if (text.Length > 0 && word.Length > 0 && SyntaxFacts.IsIdentifierPartCharacter(text[text.Length - 1]) && SyntaxFacts.IsIdentifierPartCharacter(word[0]))
            {
                text.Append(' ');
            }

            text.Append(word);
        }

        return text.Length > This.Length && text.ToString(0, This.Length) == This ? text.ToString(This.Length, text.Length - This.Length) : text.ToString();
    }

    // builder.Configuration, app.Configuration, or a local that holds one of them
    private static bool IsConfigurationOfApp(IOperation operation) => operation switch
    {
        IPropertyReferenceOperation { Property: { Name: Configuration, ContainingType.Name: "WebApplication" or "WebApplicationBuilder" } } => true,
        ILocalReferenceOperation local => local.SingleValue()?.Unwrapped() is IPropertyReferenceOperation held && IsConfigurationOfApp(held),
        _ => false,
    };
}
