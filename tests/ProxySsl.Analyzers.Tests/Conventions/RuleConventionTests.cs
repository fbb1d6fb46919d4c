using System;
using System.Linq;
using System.Reflection;
using System.Text.RegularExpressions;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.Diagnostics;
using ProxySsl.Analyzers.Tests.Verification;
using Xunit;

namespace ProxySsl.Analyzers.Tests.Conventions;

/// <summary>The shape that every rule, analyzer and fix has.</summary>
public class RuleConventionTests
{
    public static TheoryData<string> Rules => new(Descriptors.All.Select(d => d.Id));

    private static string[] Ids { get; } = typeof(RuleIds)
        .GetFields(BindingFlags.Static | BindingFlags.Public)
        .Select(f => (string)f.GetValue(null)!)
        .ToArray();

    [Fact]
    public void Ids_are_unique_and_each_has_one_descriptor()
    {
        Assert.Equal(Ids.Distinct(), Ids);
        Assert.Equal(Ids.OrderBy(i => i, StringComparer.Ordinal), Descriptors.All.Select(d => d.Id));
    }

    [Fact]
    public void Every_rule_is_hosted_by_one_analyzer() =>
        Assert.Equal(
            Descriptors.All.Select(d => d.Id),
            Product.Analyzers.SelectMany(a => a.SupportedDiagnostics).Select(d => d.Id).OrderBy(i => i, StringComparer.Ordinal));

    [Theory]
    [MemberData(nameof(Rules))]
    public void Descriptor_has_the_house_shape(string id)
    {
        var rule = Descriptors.All.First(d => d.Id == id);
        Assert.True(rule.DefaultSeverity is DiagnosticSeverity.Warning or DiagnosticSeverity.Info);
        Assert.True(rule.IsEnabledByDefault);
        Assert.StartsWith("ProxySsl.", rule.Category);
        Assert.NotEmpty(rule.HelpLinkUri);
        var title = rule.Title.ToString();
        Assert.DoesNotMatch(@"[.:]$", title);
        Assert.NotEqual(title, rule.MessageFormat.ToString());
        var description = rule.Description.ToString();
        Assert.EndsWith(".", description);
        Assert.True(description.Length > title.Length + 20, "The description says no more than the title.");
        Assert.All(rule.CustomTags.Where(t => t.StartsWith("CWE", StringComparison.Ordinal)), t => Assert.Matches(@"^CWE-\d+$", t));
    }

    [Theory]
    [MemberData(nameof(Rules))]
    public void Rule_has_a_test_file(string id) =>
        Assert.Contains(Repository.Files("tests", $"{id}*Tests.cs"), f => Repository.Read(f).Contains("Verify.", StringComparison.Ordinal));

    [Theory]
    [MemberData(nameof(Rules))]
    public void Release_notes_say_what_the_descriptor_says(string id)
    {
        var rule = Descriptors.All.First(d => d.Id == id);
        var notes = Repository.Read("src/ProxySsl.Analyzers/AnalyzerReleases.Shipped.md") + Repository.Read("src/ProxySsl.Analyzers/AnalyzerReleases.Unshipped.md");
        Assert.Contains($"{id} | {rule.Category} | {rule.DefaultSeverity} | {rule.Title}\n", notes);
    }

    [Fact]
    public void Analyzers_are_sealed_stateless_and_derive_from_the_base() =>
        Assert.All(Product.Analyzers, a =>
        {
            Assert.IsType<ProxySslAnalyzer>(a, exactMatch: false);
            Assert.True(a.GetType().IsSealed);
            Assert.All(a.GetType().GetFields(BindingFlags.Instance | BindingFlags.NonPublic | BindingFlags.Public), f => Assert.True(f.IsInitOnly));
        });

    [Fact]
    public void Fixes_are_sealed_shared_named_and_fix_all() =>
        Assert.All(Product.Fixes, f =>
        {
            var export = f.GetType().GetCustomAttribute<ExportCodeFixProviderAttribute>()!;
            Assert.Equal(f.GetType().Name, export.Name);
            Assert.Equal([LanguageNames.CSharp], export.Languages);
            Assert.True(f.GetType().IsSealed);

            // Hosts create the fixes of a package by reflection and never read it; it would only bring in a reference to System.Composition,
            // in whatever version the build happened to restore.
            Assert.Null(f.GetType().GetCustomAttribute<System.Composition.SharedAttribute>());
            Assert.NotNull(f.GetFixAllProvider());
            Assert.All(f.FixableDiagnosticIds, id => Assert.True(Ids.Contains(id) || id == "ASPDEPR005", id));
        });

    [Fact]
    public void Product_is_found() => Assert.Equal(4, Product.Analyzers.Length);

    [Fact]
    public void Ids_are_written_in_one_place() =>
        Assert.All(
            Repository.Files("src", "*.cs").Where(f => !f.EndsWith("/RuleIds.cs", StringComparison.Ordinal)),
            f => Assert.DoesNotMatch(new Regex("\"PSSL\\d{4}\""), Repository.Read(f)));

    [Fact]
    public void Only_the_base_configures_the_driver() =>
        Assert.All(
            Repository.Files("src/ProxySsl.Analyzers", "*.cs").Where(f => !f.EndsWith("/ProxySslAnalyzer.cs", StringComparison.Ordinal)),
            f => Assert.DoesNotMatch(new Regex(@"\.(Register\w+Action|EnableConcurrentExecution|ConfigureGeneratedCodeAnalysis)\("), Repository.Read(f)));
}
