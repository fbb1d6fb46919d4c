using System.Threading.Tasks;
using Microsoft.CodeAnalysis.Testing;
using ProxySsl.Analyzers.Tests.Verification;
using Xunit;

namespace ProxySsl.Analyzers.Tests;

/// <summary>Test projects, in which all rules are silent.</summary>
public class TestProjectTests
{
    private const string Unmarked = "WebApplication.Create().UseForwardedHeaders(new ForwardedHeadersOptions());";

    private const string Marked = "WebApplication.Create().UseForwardedHeaders({|PSSL2005:new ForwardedHeadersOptions|}());";

    [Theory]
    [InlineData("build_property.IsTestProject = true")]
    [InlineData("build_property.IsTestProject = True")]
    public Task A_project_that_says_so_is_one(string line) => Verify.AllSilent(Unmarked, configure: Configured(line));

    [Theory]
    [InlineData("build_property.IsTestProject = false")]
    [InlineData("build_property.IsTestProject =")]
    [InlineData("build_property.IsTestProject = true\nproxyssl.analyze_tests = true")]
    public Task Other_projects_are_none_and_a_test_project_can_be_checked(string lines) =>
        Verify.Reports(RuleIds.NothingEnabled, Marked, configure: Configured(lines));

    // Nothing is restored: the framework that would say it is not among the references.
    [Theory]
    [InlineData("[Fact]")]
    [InlineData("[Theory, InlineData(1)]")]
    [InlineData("[Xunit.Fact]")]
    [InlineData("[Test(Description = \"x\")]")]
    [InlineData("[TestMethod]")]
    public Task A_file_with_tests_of_a_framework_that_is_missing_is_silent(string attribute) => Verify.AllSilent(
        InMethod(attribute, Unmarked), configure: t => t.CompilerDiagnostics = CompilerDiagnostics.None);

    [Theory]
    [InlineData("[Obsolete]", "")]
    [InlineData("[Missing]", "")]
    [InlineData("[Test]", "class TestAttribute : Attribute { }")]
    public Task Other_attributes_say_nothing(string attribute, string types) => Verify.Reports(
        RuleIds.NothingEnabled, InMethod(attribute, Marked) + types, configure: t => t.CompilerDiagnostics = CompilerDiagnostics.None);

    private static string InMethod(string attribute, string statement) =>
        $"public class Tests {{ {attribute} public void Redirects() {{ {statement} }} public static void Main() {{ }} }}\n";

    private static System.Action<ProxySslTest> Configured(string lines) =>
        t => t.TestState.AnalyzerConfigFiles.Add(("/.globalconfig", "is_global = true\n" + lines + "\n"));
}
