using System;
using System.Linq;
using Xunit;

namespace ProxySsl.Analyzers.Tests.Conventions;

/// <summary>What is written about the rules says what the code says.</summary>
public class DocumentationTests
{
    [Fact]
    public void Readme_has_the_rule_table() => Repository.AssertGenerated("README.md", "rules", RuleTable.Of("docs/rules/"));

    [Fact]
    public void Docs_index_has_the_rule_table() => Repository.AssertGenerated("docs/README.md", "rules", RuleTable.Of("rules/"));

    [Fact]
    public void Every_page_belongs_to_a_rule()
    {
        var known = Descriptors.All.Select(d => RulePage.PathOf(d.Id)).Append(RulePage.PathOf("ASPDEPR005")).ToArray();
        Assert.All(Repository.Files("docs/rules", "*.md"), f => Assert.Contains(f, known));
    }

    [Fact]
    public void Every_configuration_key_is_documented()
    {
        var text = Repository.Read("docs/configuration.md");
        Assert.All(ProxySslOptions.Keys, key => Assert.Contains($"`{key}`", text));
    }

    [Fact]
    public void Docs_index_names_every_page_of_the_docs()
    {
        var text = Repository.Read("docs/README.md");
        Assert.All(
            Repository.Files("docs", "*.md").Where(f => f != "docs/README.md" && !f.StartsWith("docs/rules/PSSL", StringComparison.Ordinal)),
            f => Assert.Contains($"]({f["docs/".Length..]})", text));
    }

    [Fact]
    public void Relative_links_lead_to_files()
    {
        foreach (var file in Repository.Files("docs", "*.md").Append("README.md").Append("CONTRIBUTING.md"))
        {
            var folder = file.Contains('/') ? file[..(file.LastIndexOf('/') + 1)] : "";
            foreach (System.Text.RegularExpressions.Match link in System.Text.RegularExpressions.Regex.Matches(Repository.Read(file), @"\]\((?!https?:|#|mailto:)([^)#\s]+)(#[^)]*)?\)"))
            {
                Assert.True(Repository.Exists(folder + link.Groups[1].Value), $"{file} links to {link.Groups[1].Value}, which is not there.");
            }
        }
    }

    [Fact]
    public void Changelog_names_the_version_of_the_build()
    {
        var version = System.Text.RegularExpressions.Regex.Match(Repository.Read("Directory.Build.props"), "<VersionPrefix>(.+)</VersionPrefix>").Groups[1].Value;
        Assert.NotEmpty(version);
        Assert.Contains($"## [{version}]", Repository.Read("CHANGELOG.md"));
    }
}
