using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Text;
using System.Threading.Tasks;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Testing;
using Microsoft.CodeAnalysis.Text;
using Xunit;

namespace ProxySsl.Analyzers.Tests.Verification;

/// <summary>
/// The assertions of a rule's test file. The source is top-level statements or types of a web app; <c>configure</c> changes the test where
/// a case needs more files, another language version, a configuration file.
/// </summary>
public static class Verify
{
    /// <summary>The rule reports at the marked places and nowhere else.</summary>
    public static Task Reports(string rule, string source, Framework framework = Framework.Net100, Action<ProxySslTest>? configure = null)
    {
        Assert.Contains("{|" + rule, source);
        return Run(Create([rule], source, framework, configure));
    }

    /// <summary>The rule, a Warning by default, reports at the marked places and nowhere else, and as a warning.</summary>
    public static Task Warns(string rule, string source, Framework framework = Framework.Net100, Action<ProxySslTest>? configure = null) =>
        ReportsAs([false], rule, source, framework, configure);

    /// <summary>The same, as Info: a person has to know whether anything is wrong.</summary>
    public static Task Suggests(string rule, string source, Framework framework = Framework.Net100, Action<ProxySslTest>? configure = null) =>
        ReportsAs([true], rule, source, framework, configure);

    /// <summary>One of the two: <see cref="Suggests"/> or <see cref="Warns"/>.</summary>
    public static Task Grades(string rule, string source, bool isSuggestion, Action<ProxySslTest>? configure = null) =>
        isSuggestion ? Suggests(rule, source, configure: configure) : Warns(rule, source, configure: configure);

    /// <summary>Reports of one source, in its order, each as Info or as a warning.</summary>
    public static Task Grades(string rule, string source, params bool[] areSuggestions) => ReportsAs(areSuggestions, rule, source, Framework.Net100, configure: null);

    /// <summary>The rule says exactly this, at the place that the source marks with <c>{|#0:…|}</c>.</summary>
    public static Task ReportsMessage(string source, DiagnosticResult expected, string message, Framework framework = Framework.Net100) =>
        Run(Create([expected.Id], source, framework, test => test.TestState.ExpectedDiagnostics.Add(expected.WithMessage(message))));

    /// <summary>
    /// The rule reports at the marked places, and what it says there names these things, one for each place in the order of the source: a
    /// test of which situation is described, not of the words around it.
    /// </summary>
    public static async Task Names(string rule, string source, string[] things, Action<ProxySslTest>? configure = null)
    {
        var messages = new SortedDictionary<int, string>();
        var test = Create([rule], source, Framework.Net100, configure);
        test.DiagnosticVerifier = (diagnostic, _, _) => messages[diagnostic.Location.SourceSpan.Start] = diagnostic.GetMessage(CultureInfo.InvariantCulture);
        await Run(test);
        Assert.Collection(messages.Values, [.. things.Select<string, Action<string>>(thing => message => Assert.Contains(thing, message))]);
    }

    /// <summary>The rule says nothing.</summary>
    public static Task Silent(string rule, string source, Framework framework = Framework.Net100, Action<ProxySslTest>? configure = null)
    {
        Assert.DoesNotContain("{|", source);
        return Run(Create([rule], source, framework, configure));
    }

    /// <summary>A miss that is known: the rule says nothing although it should. The test turns when the rule learns it.</summary>
    public static Task KnownMiss(string rule, string source, string why, Framework framework = Framework.Net100)
    {
        Assert.NotEmpty(why);
        return Silent(rule, source, framework);
    }

    /// <summary>No rule of the package says anything.</summary>
    public static Task AllSilent(string source, Framework framework = Framework.Net100, Action<ProxySslTest>? configure = null)
    {
        Assert.DoesNotContain("{|", source);
        return Run(Create([], source, framework, configure));
    }

    /// <summary>
    /// The fix with the given index turns the source into the fixed one, applied one by one and by Fix All in document, project and solution.
    /// Diagnostics that must remain are marked in the fixed source.
    /// </summary>
    public static Task Fixes(
        string rule, string source, string fixedSource, int index = 0, Framework framework = Framework.Net100, Action<ProxySslTest>? configure = null)
    {
        var test = Create([rule], source, framework, configure);
        test.CodeActionIndex = index;
        test.Expect(fixedSource);
        return Run(test);
    }

    /// <summary>The rule reports at the marked places and offers no fix.</summary>
    public static Task OffersNoFix(string rule, string source, Framework framework = Framework.Net100) => Fixes(rule, source, source, framework: framework);

    // One severity for each mark, or one for all.
    private static Task ReportsAs(bool[] areSuggestions, string rule, string source, Framework framework, Action<ProxySslTest>? configure)
    {
        var mark = "{|" + rule + ":";
        var parts = source.Split(mark);
        Assert.True(parts.Length > 1, "The source marks no place.");
        var test = Create([rule], parts[0] + string.Concat(parts.Skip(1).Select((part, index) => $"{{|#{index}:{part}")), framework, configure);
        test.KeepsSeverity = true;
        test.TestState.ExpectedDiagnostics.AddRange(parts.Skip(1).Select((_, index) =>
            new DiagnosticResult(rule, areSuggestions[areSuggestions.Length == 1 ? 0 : index] ? DiagnosticSeverity.Info : DiagnosticSeverity.Warning).WithLocation(index)));
        return Run(test);
    }

    private static ProxySslTest Create(string[] rules, string source, Framework framework, Action<ProxySslTest>? configure)
    {
        var test = new ProxySslTest(rules, framework);
        test.TestState.Sources.Insert(0, ("/0/Test0.cs", SourceText.From(source, Encoding.UTF8)));
        configure?.Invoke(test);
        return test;
    }

    private static Task Run(ProxySslTest test) => test.RunAsync(TestContext.Current.CancellationToken);
}
