using System.IO;
using System.Linq;
using System.Threading.Tasks;
using ProxySsl.Demo.Running;
using Xunit;

namespace ProxySsl.Package.Tests.Building;

/// <summary>What a build says with the package in it.</summary>
public class BuildTests(PackedPackage packed)
{
    private readonly ScenarioBuild _build = packed.Scenarios;

    [Fact]
    public async Task Reports_warnings_and_keeps_notes_to_itself() =>
        Assert.Equal(["PSSL1001 warning", "PSSL2001 warning", "PSSL3001 warning"], await _build.ReportsAsync(Scenarios.Plain));

    [Fact]
    public async Task Warnings_as_errors_fail_the_build_but_for_those_that_are_excepted() =>
        Assert.Equal(["PSSL1001 error", "PSSL2001 warning", "PSSL3001 error"], await _build.ReportsAsync(Scenarios.Strict));

    [Fact]
    public async Task Editorconfig_sets_severities() =>
        Assert.Equal(["PSSL1001 error", "PSSL1003 warning"], await _build.ReportsAsync(Scenarios.WithEditorConfig));

    [Fact]
    public async Task Globalconfig_sets_severities_and_a_bad_value_is_reported_once()
    {
        Assert.Equal(["PSSL0001 warning", "PSSL2001 error", "PSSL3001 warning"], await _build.ReportsAsync(Scenarios.WithGlobalConfig));
        var bad = (await _build.FindingsAsync(Scenarios.WithGlobalConfig)).Single(f => f.Rule == "PSSL0001");
        Assert.Contains("'moon' of 'proxyssl.proxy'", bad.Message);
    }

    [Fact]
    public async Task Pragma_SuppressMessage_and_NoWarn_suppress() => Assert.Empty(await _build.ReportsAsync(Scenarios.Suppressed));

    [Fact]
    public async Task Mode_None_is_silent() => Assert.Empty(await _build.ReportsAsync(Scenarios.ModeNone));

    [Fact]
    public async Task A_test_project_by_property_is_silent() => Assert.Empty(await _build.ReportsAsync(Scenarios.IsTestProject));

    [Theory]
    [InlineData(Scenarios.OnMachine)]
    [InlineData(Scenarios.OutOfContainer)]
    public async Task What_a_person_has_to_know_is_a_note(string scenario) => Assert.Empty(await _build.ReportsAsync(scenario));

    [Theory]
    [InlineData(Scenarios.InContainer)]
    [InlineData(Scenarios.InContainerByProperty)]
    [InlineData(Scenarios.OnMachineModeRecommended)]
    public async Task A_container_or_a_mode_makes_a_warning_of_it(string scenario) => Assert.Equal(["PSSL2002 warning"], await _build.ReportsAsync(scenario));

    [Fact]
    public async Task Mode_Recommended_makes_warnings_of_notes() =>
        Assert.Equal(["PSSL1001 warning", "PSSL1003 warning", "PSSL2001 warning", "PSSL3001 warning"], await _build.ReportsAsync(Scenarios.ModeRecommended));

    [Fact]
    public async Task Mode_All_makes_errors_of_all_but_what_NoWarn_names() =>
        Assert.Equal(["PSSL1001 error", "PSSL1003 error", "PSSL2001 error"], await _build.ReportsAsync(Scenarios.ModeAll));

    [Fact]
    public async Task Unknown_mode_is_reported_once_and_the_default_is_used()
    {
        Assert.Equal(["PSSL0002 warning", "PSSL1001 warning", "PSSL2001 warning", "PSSL3001 warning"], await _build.ReportsAsync(Scenarios.ModeUnknown));
        var unknown = (await _build.FindingsAsync(Scenarios.ModeUnknown)).Single(f => f.Rule == "PSSL0002");
        Assert.Contains("'Everything'", unknown.Message);
        Assert.Contains("None, Default, Recommended or All", unknown.Message);
    }

    [Fact]
    public async Task Own_configuration_overrides_a_mode() =>
        Assert.Equal(["PSSL1003 error", "PSSL2001 warning", "PSSL3001 error"], await _build.ReportsAsync(Scenarios.ModeOverridden));

    [Fact]
    public async Task Without_a_web_framework_there_is_nothing() => Assert.Empty(await _build.ReportsAsync(Scenarios.NoWeb));

    [Fact]
    public async Task Old_and_new_frameworks_and_an_old_language_are_analysed_alike() =>
        Assert.Equal(
            ["PSSL1001 warning", "PSSL2001 warning", "PSSL3001 warning"],
            (await _build.ReportsAsync(Scenarios.ManyTargets)).GroupBy(r => r).Where(g => g.Count() == 4).Select(g => g.Key));

    [Fact]
    public async Task Recipe_for_an_organisation_reaches_a_project_that_says_nothing()
    {
        Assert.Equal(["PSSL1001 warning", "PSSL1003 warning", "PSSL2001 warning", "PSSL3001 warning"], await _build.ReportsAsync(Scenarios.Central));
        Assert.Single(Directory.GetFiles(Path.Combine(_build[Scenarios.Central], "sarif"), "Central.*.sarif"));
    }

    [Fact]
    public async Task Nothing_crashes() => Assert.DoesNotContain("AD0001", await _build.OutputAsync());

    [Fact]
    public async Task Build_with_warnings_as_errors_on_the_command_line_fails()
    {
        Assert.NotEmpty(await _build.ReportsAsync(Scenarios.Plain));

        // Without its log, which another test reads meanwhile.
        var strict = await Dotnet.RunAsync(
            _build[Scenarios.Plain], ["build", "--no-restore", "--no-incremental", "-warnaserror", "-o", "strict", "-p:ErrorLog=", "--disable-build-servers"], TestContext.Current.CancellationToken);
        Assert.NotEqual(0, strict.ExitCode);
        Assert.Contains("error PSSL1001", strict.Output);
    }
}
