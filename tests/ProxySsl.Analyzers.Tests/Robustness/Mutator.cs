using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;
using ProxySsl.Analyzers.Tests.Verification;

namespace ProxySsl.Analyzers.Tests.Robustness;

/// <summary>
/// Makes programs of the samples by cutting, duplicating, swapping and retyping statements, expressions and tokens. The same seed and
/// number always give the same program.
/// </summary>
public sealed class Mutator
{
    private static readonly ImmutableArray<string> Statements = PoolOf<StatementSyntax>(s => s is not BlockSyntax);
    private static readonly ImmutableArray<string> Expressions = PoolOf<ExpressionSyntax>(e => e is not (TypeSyntax or AnonymousFunctionExpressionSyntax));
    private static readonly ImmutableArray<string> Tokens = [.. Samples.All.SelectMany(s => s.Files).SelectMany(f => Parse(f.Text).DescendantTokens()).Select(t => t.Text).Distinct()];

    private readonly Random _random;

    private Mutator(Random random) => _random = random;

    /// <summary>The program of a number.</summary>
    public static SourceProgram Create(int seed, int number)
    {
        var random = new Random(unchecked((seed * 1_000_003) + number));
        return new Mutator(random).Create($"{seed}:{number}");
    }

    private SourceProgram Create(string name)
    {
        var program = Pick(Samples.All) with { Name = name };

        // Half of the programs are changed as people change code, and mostly still compile; the other half is hostile.
        var isHostile = _random.Next(2) == 0;
        var changes = 1 + _random.Next(isHostile ? 8 : 4);
        for (var i = 0; i < changes; i++)
        {
            var file = _random.Next(program.Files.Length);
            var text = program.Files[file].Text;
            var changed = isHostile ? (_random.Next(2) == 0 ? ChangeTokens(text) : ChangeNodes(text)) : ChangeGently(text);

            // Duplicates of duplicates grow; a program stays of a size that a person would write.
            program = changed.Length > 20_000 ? program : program.With(file, changed);
        }

        if (isHostile && _random.Next(6) == 0)
        {
            program = ChangeFiles(program);
        }

        if (_random.Next(8) == 0)
        {
            program = program with { Framework = Pick(FrameworkReferences.Web) };
        }

        return _random.Next(8) == 0 ? program with { Configuration = SomeConfiguration() } : program;
    }

    // What people do: most results still compile.
    private string ChangeGently(string text)
    {
        var root = Parse(text);
        switch (_random.Next(14))
        {
            case 0:
            case 1:
                return Edit(text, AnyPlainStatement(root), _ => "");
            case 2:
                return Edit(text, AnyPlainStatement(root), s => s + "\n" + s);
            case 3:
            case 4:
                return SwapNeighbours(text, root);
            case 5:
            case 6:
                return Edit(text, AnyPlainStatement(root), Wrap);
            case 7:
                return Edit(text, Any<IfStatementSyntax>(root)?.Condition, c => c.Contains("out ", StringComparison.Ordinal) || c.Contains(" is ", StringComparison.Ordinal) ? $"({c})" : $"!({c})");
            case 8:
                return Edit(text, Any<ElseClauseSyntax>(root), _ => "");
            case 9:
                return Edit(text, AnyValue(root), WrapValue);
            case 10:
            case 11:
                return Edit(text, AnyOf<LiteralExpressionSyntax>(root, l => l.IsKind(SyntaxKind.StringLiteralExpression)), _ => SomeHeader());
            case 12:
                return Edit(text, AnyOf<LiteralExpressionSyntax>(root, l => l.IsKind(SyntaxKind.StringLiteralExpression)), l => Pick([$"(\"\" + {l})", $"$\"{{{l}}}\"", "\"https\"", $"string.Concat({l}, \"\")"]));
            default:
                return EditTrivia(text, root);
        }
    }

    private string ChangeNodes(string text)
    {
        var root = Parse(text);
        return _random.Next(13) switch
        {
            0 => Edit(text, Any<StatementSyntax>(root), _ => ""),
            1 => Edit(text, Any<StatementSyntax>(root), s => s + "\n" + s),
            2 => Swap(text, Any<StatementSyntax>(root), Any<StatementSyntax>(root)),
            3 => Edit(text, Any<StatementSyntax>(root), s => Pick(Statements) + "\n" + s),
            4 => Edit(text, Any<StatementSyntax>(root), Wrap),
            5 => Swap(text, AnyValue(root), AnyValue(root)),
            6 => Edit(text, AnyValue(root), _ => Pick(Expressions)),
            7 => Edit(text, Any<LiteralExpressionSyntax>(root), _ => SomeLiteral()),
            8 => Edit(text, Any<MemberDeclarationSyntax>(root), m => _random.Next(2) == 0 ? "" : m + "\n" + m),
            9 => ChangeNames(text, root),
            10 or 11 => MakeCircular(text, root),
            _ => Edit(text, AnyValue(root), WrapValue),
        };
    }

    // One name in another's place: locals, parameters, members and types that are used where they do not belong.
    private string ChangeNames(string text, SyntaxNode root)
    {
        var names = root.DescendantNodes().OfType<IdentifierNameSyntax>().ToList();
        return names.Count == 0 ? text : Edit(text, Pick(names), _ => Pick(names).ToString());
    }

    // Values made of themselves, directly, through each other, or through what stands further down: half-typed code has them, and whoever
    // follows a value has to come to an end.
    private string MakeCircular(string text, SyntaxNode root)
    {
        var values = root.DescendantNodes().OfType<VariableDeclaratorSyntax>().Where(v => v.Initializer is not null).ToList();
        if (values.Count == 0)
        {
            return Edit(text, Any<StatementSyntax>(root), s => $"{Pick(["var", "bool", "string"])} self = self;\n{s}");
        }

        var value = Pick(values);
        var other = Pick(values);
        string Of(VariableDeclaratorSyntax v, string initializer) => Pick<Func<string, string>>(
        [
            n => n,
            n => $"!{n} && true",
            n => $"({n} ?? {initializer})",
            n => $"{n}.ToString()",
            n => $"{n} + {initializer}",
            n => $"new[] {{ {n} }}[0]",
        ])(v.Identifier.Text);

        return value == other
            ? Edit(text, value.Initializer!.Value, v => Of(value, v))
            : EditBoth(text, (value.Initializer!.Value, v => Of(other, v)), (other.Initializer!.Value, v => Of(value, v)));
    }

    private string ChangeTokens(string text)
    {
        var tokens = Parse(text).DescendantTokens().Where(t => t.Span.Length > 0).ToList();
        if (tokens.Count == 0)
        {
            return Pick(Statements);
        }

        var at = _random.Next(tokens.Count);
        var span = tokens[at].Span;
        switch (_random.Next(9))
        {
            case 0:
            case 1:
                var last = tokens[Math.Min(tokens.Count - 1, at + _random.Next(6))];
                return Replace(text, TextSpan.FromBounds(span.Start, last.Span.End), "");
            case 2:
                return Replace(text, span, tokens[at].Text + " " + tokens[at].Text);
            case 3:
                var other = Pick(tokens).Span;
                return SwapSpans(text, span, other);
            case 4:
            case 5:
                return Replace(text, span, Pick(Tokens));
            case 6:
                return Replace(text, span, tokens[at].Text[.._random.Next(tokens[at].Text.Length)]);
            case 7:
                return text[..span.Start];
            default:
                return Replace(text, span, Pick(Junk) + tokens[at].Text);
        }
    }

    private SourceProgram ChangeFiles(SourceProgram program)
    {
        var other = Pick(Pick(Samples.All).Files);
        var copy = new SourceFile($"More/{_random.Next(1000)}.cs", _random.Next(2) == 0 ? other.Text : Pick(program.Files).Text);
        return _random.Next(3) switch
        {
            0 when program.Files.Length > 1 => program with { Files = program.Files.RemoveAt(_random.Next(program.Files.Length)) },
            1 => program.With(_random.Next(program.Files.Length), other.Text),
            _ => program with { Files = program.Files.Add(copy) },
        };
    }

    private ImmutableDictionary<string, string> SomeConfiguration()
    {
        var values = ImmutableDictionary.CreateBuilder<string, string>();
        foreach (var key in ProxySslOptions.Keys)
        {
            if (_random.Next(3) == 0)
            {
                values[key] = Pick(ConfigurationValuesTests.Values);
            }
        }

        return values.ToImmutable();
    }

    private string Wrap(string statement) => Pick<Func<string, string>>(
    [
        s => $"if (Environment.ProcessorCount > 1)\n{{\n{s}\n}}",
        s => $"if (Environment.ProcessorCount > 1)\n{s}",
        s => $"if (!app.Environment.IsProduction())\n{s}",
        s => $"try\n{{\n{s}\n}}\nfinally\n{{\n}}",
        s => $"foreach (var each in new[] {{ 1, 2 }})\n{{\n{s}\n}}",
        s => $"{{\n{s}\n}}",
        s => $"do\n{{\n{s}\n}} while (false);",
        s => $"void Later()\n{{\n{s}\n}}\n\nLater();",
        s => $"#if DEBUG\n{s}\n#else\n{s}\n#endif",
        s => $"label{_random.Next(9)}:\n{s}",
        s => $"Action later = () =>\n{{\n{s}\n}};\nlater();",
        s => $"switch (Environment.ProcessorCount)\n{{\ncase 1:\n{s}\nbreak;\ndefault:\n{s}\nbreak;\n}}",
        s => $"if (Environment.ProcessorCount > 1)\n{{\n{s}\n}}\nelse\n{{\n{s}\n}}",
        s => $"while (Environment.ProcessorCount > 1)\n{{\n{s}\nbreak;\n}}",
        s => $"lock (typeof(object))\n{{\n{s}\n}}",
    ])(statement);

    private string WrapValue(string value) => Pick<Func<string, string>>(
    [
        e => $"({e})",
        e => $"(({e})!)",
        e => $"({e} ?? {e})",
        e => $"(Environment.ProcessorCount > 1 ? {e} : {e})",
        e => $"((string)({e}))",
        e => $"!({e})",
        e => $"(await Task.FromResult({e}))",
        e => $"({e}).ToString()",
        e => $"((object)({e}))",
        e => $"new Func<object?>(() => {e})()",
        e => $"/* kept */ {e} // and this\n",
        e => $"({e} is {{ }} some ? some : {e})",
        e => $"({e} switch {{ var it => it }})",
        e => $"checked({e})",
        e => $"({e}, {e}).Item1",
    ])(value);

    private string SomeHeader()
    {
        var header = Pick(Knowledge.ForwardedHeaderNames.All);
        return "\"" + _random.Next(6) switch
        {
            0 => header.CgiName,
            1 => header.Name.ToLowerInvariant(),
            _ => header.Name,
        } + "\"";
    }

    private string SomeLiteral() => _random.Next(2) == 0
        ? SomeHeader()
        : Pick(["\"https\"", "\"\"", "null", "0", "443", "true", "\"0.0.0.0/0\"", "\"::/0\"", "\"on\"", "'x'", "$\"{args}\"", "nameof(args)", "\"\"\"X-Forwarded-Proto\"\"\"", "@\"X-Real-IP\"", "\"X-Forwarded-For\"u8"]);

    private string EditTrivia(string text, SyntaxNode root) => _random.Next(7) switch
    {
        0 => text.Replace("\n", "\r\n", StringComparison.Ordinal),
        1 => text.Replace("    ", "\t", StringComparison.Ordinal),
        2 => text.Replace("\n    ", "\n", StringComparison.Ordinal),
        3 => Edit(text, Any<StatementSyntax>(root), s => $"// why this is here\n/* and\n   more */ {s} // at the end"),
        4 => Edit(text, Any<StatementSyntax>(root), s => $"#pragma warning disable CS0168\n{s}\n#pragma warning restore CS0168"),
        5 => Edit(text, Any<StatementSyntax>(root), s => $"#region part\n{s}\n#endregion"),
        _ => Edit(text, Any<BlockSyntax>(root), s => s.Replace("\n", " ", StringComparison.Ordinal)),
    };

    private static readonly ImmutableArray<string> Junk =
    [
        "{", "}", "(", ")", "[", "]", ";", ",", ".", "=>", "\"", "'", "$\"{", "\"\"\"", "/*", "*/", "//", "#if X\n", "\n#endif\n", "@", "\\", "<", ">",
        "async ", "await ", "new ", "is ", "out var ", "ref ", "?", "??", "!", "..", "\0", "\uFEFF", "\u202E", "é", "\uD83D", "namespace X;", "class ", "record ",
    ];

    private static SyntaxNode Parse(string text) => CSharpSyntaxTree.ParseText(text).GetRoot();

    private static ImmutableArray<string> PoolOf<T>(Func<T, bool> isWanted)
        where T : SyntaxNode => [.. Samples.All
            .SelectMany(s => s.Files)
            .SelectMany(f => Parse(f.Text).DescendantNodes().OfType<T>())
            .Where(isWanted)
            .Select(n => n.ToString())
            .Where(t => t.Length < 600)
            .Distinct()];

    private static string Replace(string text, TextSpan span, string with) => string.Concat(text.AsSpan(0, span.Start), with, text.AsSpan(span.End));

    private static string Edit(string text, SyntaxNode? node, Func<string, string> edit) => node is null ? text : Replace(text, node.Span, edit(node.ToString()));

    // Two places at once; one inside the other is changed alone.
    private static string EditBoth(string text, (SyntaxNode Node, Func<string, string> Edit) one, (SyntaxNode Node, Func<string, string> Edit) other)
    {
        var (first, last) = one.Node.SpanStart < other.Node.SpanStart ? (one, other) : (other, one);
        return first.Node.Span.OverlapsWith(last.Node.Span)
            ? Edit(text, last.Node, last.Edit)
            : Edit(Edit(text, last.Node, last.Edit), first.Node, first.Edit);
    }

    private static string Swap(string text, SyntaxNode? one, SyntaxNode? other) => one is null || other is null ? text : SwapSpans(text, one.Span, other.Span);

    private static string SwapSpans(string text, TextSpan one, TextSpan other)
    {
        if (one.Start > other.Start)
        {
            (one, other) = (other, one);
        }

        // One inside the other: the inner one takes the place of both.
        return one.OverlapsWith(other)
            ? Replace(text, one, text.Substring(other.Start, other.Length))
            : Replace(Replace(text, other, text.Substring(one.Start, one.Length)), one, text.Substring(other.Start, other.Length));
    }

    private string SwapNeighbours(string text, SyntaxNode root)
    {
        var one = AnyPlainStatement(root);
        var container = one?.Parent is GlobalStatementSyntax global ? global.Parent : one?.Parent;
        var siblings = container?.ChildNodes().Select(n => n is GlobalStatementSyntax g ? g.Statement : n).OfType<ExpressionStatementSyntax>().ToList();
        return siblings is { Count: > 1 } ? Swap(text, one, Pick(siblings)) : text;
    }

    // Statements that declare nothing, so that others do not depend on them.
    private StatementSyntax? AnyPlainStatement(SyntaxNode root) =>
        AnyOf<StatementSyntax>(root, s => s is ExpressionStatementSyntax or IfStatementSyntax or ForEachStatementSyntax or SwitchStatementSyntax);

    private SyntaxNode? AnyValue(SyntaxNode root) => AnyOf<ExpressionSyntax>(
        root,
        e => e is not (TypeSyntax or AssignmentExpressionSyntax or AnonymousFunctionExpressionSyntax) && e.Parent is ArgumentSyntax or EqualsValueClauseSyntax or BinaryExpressionSyntax or ReturnStatementSyntax or IfStatementSyntax);

    private T? Any<T>(SyntaxNode root)
        where T : SyntaxNode => AnyOf<T>(root, _ => true);

    private T? AnyOf<T>(SyntaxNode root, Func<T, bool> isWanted)
        where T : SyntaxNode
    {
        var all = root.DescendantNodes().OfType<T>().Where(isWanted).ToList();
        return all.Count == 0 ? null : Pick(all);
    }

    private T Pick<T>(IReadOnlyList<T> list) => list[_random.Next(list.Count)];
}
