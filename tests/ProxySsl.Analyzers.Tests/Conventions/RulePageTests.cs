using System.Collections.Generic;
using System.Linq;
using System.Text;
using System.Threading.Tasks;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Diagnostics;
using ProxySsl.Analyzers.Tests.Verification;
using Xunit;

namespace ProxySsl.Analyzers.Tests.Conventions;

/// <summary>Every rule has a page of one shape, and its code is compiled and analysed.</summary>
public class RulePageTests
{
    /// <summary>The rules that look at code; the configuration rule has a page without flagged code.</summary>
    public static TheoryData<string> CodeRules => new(Descriptors.All.Where(d => d.Id != RuleIds.ConfigurationValue).Select(d => d.Id));

    public static TheoryData<string> Rules => new(Descriptors.All.Select(d => d.Id));

    [Theory]
    [MemberData(nameof(Rules))]
    public void Page_has_the_title_of_the_rule(string id)
    {
        var descriptor = Descriptors.All.First(d => d.Id == id);
        Assert.Equal($"# {id}: {descriptor.Title}", RulePage.Of(id).FirstLine);
    }

    [Theory]
    [MemberData(nameof(CodeRules))]
    public void Page_has_the_sections_in_order(string id) => Assert.Equal(RulePage.Sections, RulePage.Of(id).SectionNames);

    [Theory]
    [MemberData(nameof(Rules))]
    public void Page_has_the_generated_table(string id)
    {
        var descriptor = Descriptors.All.First(d => d.Id == id);
        var table = new StringBuilder("| | |\n|---|---|\n");
        table.Append($"| Severity | {descriptor.DefaultSeverity} |\n");
        table.Append($"| Category | {descriptor.Category} |\n");
        table.Append($"| CWE | {Cwe(descriptor)} |\n");
        table.Append($"| Code fix | {(RuleTable.HasFix(id) ? "yes" : "no")} |\n");
        Repository.AssertGenerated(RulePage.PathOf(id), "rule", table.ToString());
    }

    [Theory]
    [MemberData(nameof(CodeRules))]
    public async Task Flagged_code_reports_the_rule_alone(string id)
    {
        var page = RulePage.Of(id);
        Assert.NotEmpty(page.Flagged);
        foreach (var code in page.Flagged)
        {
            var reported = await Reported(code);
            Assert.NotEmpty(reported);
            Assert.All(reported, r => Assert.Equal(id, r.Id));
        }
    }

    [Theory]
    [MemberData(nameof(CodeRules))]
    public async Task Fixed_code_reports_nothing(string id)
    {
        var page = RulePage.Of(id);
        Assert.NotEmpty(page.Fixed);
        foreach (var code in page.Fixed)
        {
            Assert.Empty(await Reported(code));
        }
    }

    internal static string Cwe(DiagnosticDescriptor descriptor)
    {
        var numbers = descriptor.CustomTags.Where(t => t.StartsWith("CWE-", System.StringComparison.Ordinal)).Select(t => t[4..]).ToArray();
        return numbers.Length == 0 ? "none" : string.Join(", ", numbers.Select(n => $"[{n}](https://cwe.mitre.org/data/definitions/{n}.html)"));
    }

    private static async Task<IReadOnlyList<Diagnostic>> Reported(string code)
    {
        var parse = new CSharpParseOptions(LanguageVersion.CSharp14);
        var token = TestContext.Current.CancellationToken;
        var tree = CSharpSyntaxTree.ParseText(code, parse, "Program.cs", Encoding.UTF8, token);
        var hasStatements = tree.GetCompilationUnitRoot(token).Members.Any(m => m is Microsoft.CodeAnalysis.CSharp.Syntax.GlobalStatementSyntax);
        var compilation = CSharpCompilation.Create(
            "Page",
            [tree, CSharpSyntaxTree.ParseText(ProxySslTest.ImplicitUsings, parse, "Usings.cs", Encoding.UTF8, token)],
            FrameworkReferences.Of(Framework.Net100),
            new CSharpCompilationOptions(
                hasStatements ? OutputKind.ConsoleApplication : OutputKind.DynamicallyLinkedLibrary,
                nullableContextOptions: NullableContextOptions.Enable));
        Assert.DoesNotContain(compilation.GetDiagnostics(token), d => d.Severity == DiagnosticSeverity.Error);
        return await compilation.WithAnalyzers(Product.Analyzers).GetAnalyzerDiagnosticsAsync(token);
    }
}
