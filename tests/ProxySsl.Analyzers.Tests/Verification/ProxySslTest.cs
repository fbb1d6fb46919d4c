using System.Collections.Generic;
using System.Linq;
using System.Text;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Testing;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Testing;
using Microsoft.CodeAnalysis.Text;

namespace ProxySsl.Analyzers.Tests.Verification;

/// <summary>
/// A test of the product as a whole: all analyzers and all fixes run, and of the rules only those under test are enabled. Sources are a web
/// app with the usual implicit usings; expected diagnostics are marked <c>{|PSSL1001:…|}</c>, and every other one is a failure.
/// </summary>
public sealed class ProxySslTest : CSharpCodeFixTest<EmptyDiagnosticAnalyzer, EmptyCodeFixProvider, DefaultVerifier>
{
    /// <inheritdoc cref="WebProject.ImplicitUsings"/>
    public const string ImplicitUsings = WebProject.ImplicitUsings;

    private readonly HashSet<string> _rules;
    private readonly Framework _framework;

    /// <param name="rules">The rules under test; none means all.</param>
    /// <param name="framework">The framework that the sources are compiled against.</param>
    public ProxySslTest(IEnumerable<string> rules, Framework framework = Framework.Net100)
    {
        _rules = [.. rules];
        _framework = framework;
        ReferenceAssemblies = new ReferenceAssemblies("none");
        TestState.AdditionalReferences.AddRange(FrameworkReferences.Of(framework));
        TestState.OutputKind = OutputKind.ConsoleApplication;
        CompilerDiagnostics = CompilerDiagnostics.Errors;

        // The fixed code is compared as a whole; how the verifier would have formatted it is of no interest.
        CodeActionValidationMode = CodeActionValidationMode.None;
        MarkupOptions = MarkupOptions.UseFirstDescriptor;

        // Each would compile and analyse every source once more; the code of every rule's page is checked for both.
        TestBehaviors = TestBehaviors.SkipSuppressionCheck | TestBehaviors.SkipGeneratedCodeCheck;
        if (framework != Framework.Net100WithoutWeb)
        {
            TestState.Sources.Add(("/0/ImplicitUsings.cs", WebProject.ImplicitUsings));
        }
    }

    /// <summary>States what the fix makes of the first source; the other sources stay as they are.</summary>
    public void Expect(string fixedSource)
    {
        FixedState.InheritanceMode = StateInheritanceMode.AutoInherit;
        FixedState.Sources.Add(("/0/Test0.cs", SourceText.From(fixedSource, Encoding.UTF8)));
        FixedState.Sources.AddRange(TestState.Sources.Skip(1));
        BatchFixedState.InheritanceMode = StateInheritanceMode.AutoInheritAll;
    }

    /// <summary>Switches more rules on, where a test is about how rules stand to each other.</summary>
    public void EnableRules(params string[] rules) => _rules.UnionWith(rules);

    public LanguageVersion LanguageVersion { get; set; } = LanguageVersion.Preview;

    /// <summary>
    /// Whether reports keep the severity that they are made with. Otherwise each has the rule's own, as if it were configured, so that a test
    /// of what is reported does not depend on how certain the report is.
    /// </summary>
    public bool KeepsSeverity { get; set; }

    protected override IEnumerable<DiagnosticAnalyzer> GetDiagnosticAnalyzers() => Product.Analyzers;

    protected override IEnumerable<CodeFixProvider> GetCodeFixProviders() => Product.Fixes;

    protected override ParseOptions CreateParseOptions() => ((CSharpParseOptions)base.CreateParseOptions()).WithLanguageVersion(LanguageVersion);

    protected override CompilationOptions CreateCompilationOptions()
    {
        var options = (CSharpCompilationOptions)base.CreateCompilationOptions();
        var rules = Product.Analyzers.SelectMany(a => a.SupportedDiagnostics).GroupBy(d => d.Id, d => d.DefaultSeverity);
        return options
            .WithNullableContextOptions(LanguageVersion < LanguageVersion.CSharp8 ? NullableContextOptions.Disable : NullableContextOptions.Enable)
            .WithSpecificDiagnosticOptions(rules.ToDictionary(
                rule => rule.Key,
                rule => _rules.Count == 0 || (KeepsSeverity && _rules.Contains(rule.Key)) ? ReportDiagnostic.Default
                    : !_rules.Contains(rule.Key) ? ReportDiagnostic.Suppress
                    : rule.First() == DiagnosticSeverity.Info ? ReportDiagnostic.Info : ReportDiagnostic.Warn)

                // The compiler's own warning, which a fix of ours mends, so that the test library takes it for one of ours.
                .Append(new("ASPDEPR005", _rules.Contains("ASPDEPR005") ? ReportDiagnostic.Default : ReportDiagnostic.Suppress)));
    }
}
