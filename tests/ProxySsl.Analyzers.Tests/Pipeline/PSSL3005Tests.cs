using System.Threading.Tasks;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Testing;
using ProxySsl.Analyzers.Tests.Verification;
using Xunit;

namespace ProxySsl.Analyzers.Tests.Pipeline;

public class PSSL3005Tests
{
    private const string Rule = RuleIds.OptionsIgnored;

    [Fact]
    public Task Reports_the_argument() => Verify.Reports(
        Rule,
        """
        var builder = WebApplication.CreateBuilder(args);
        builder.Services.Configure<ForwardedHeadersOptions>(options => options.ForwardLimit = 2);
        var app = builder.Build();
        var own = new ForwardedHeadersOptions();
        app.UseForwardedHeaders({|PSSL3005:own|});
        app.Map("/a", branch => branch.UseForwardedHeaders({|PSSL3005:new ForwardedHeadersOptions { ForwardLimit = 1 }|}));
        app.Map("/b", branch => branch.UseForwardedHeaders({|PSSL3005:Create()|}));
        app.Run();

        static ForwardedHeadersOptions Create()
        {
            var created = new ForwardedHeadersOptions();
            return created;
        }
        """);

    [Fact]
    public Task Silent_where_the_options_are_those_of_the_services_or_unknown() => Verify.Silent(
        Rule,
        """
        using Microsoft.Extensions.Options;

        var builder = WebApplication.CreateBuilder(args);
        builder.Services.Configure<ForwardedHeadersOptions>(options => options.ForwardLimit = 2);
        var app = builder.Build();
        app.UseForwardedHeaders();
        app.UseForwardedHeaders(app.Services.GetRequiredService<IOptions<ForwardedHeadersOptions>>().Value);
        Use(app, null!);
        app.Run();

        static void Use(WebApplication app, ForwardedHeadersOptions given) => app.UseForwardedHeaders(given);
        """);

    [Theory]
    [InlineData("", "which have no effect")]
    [InlineData("app.UseForwardedHeaders();", "which apply to other calls alone")]
    public Task Says_whether_anybody_takes_the_configured_options(string other, string effect) => Verify.ReportsMessage(
        $$"""
        var builder = WebApplication.CreateBuilder(args);
        builder.Services.Configure<ForwardedHeadersOptions>(options => options.ForwardLimit = 2);
        var app = builder.Build();
        app.Map("/a", branch => branch.UseForwardedHeaders({|#0:new ForwardedHeadersOptions { ForwardLimit = 1 }|}));
        {{other}}
        app.Run();
        """,
        new DiagnosticResult(Rule, DiagnosticSeverity.Warning).WithLocation(0),
        $"The options passed here replace those that are configured in the services (Test0.cs, line 2), {effect}; call UseForwardedHeaders() without an argument, or configure in one place");

    [Theory]
    [InlineData("builder.Services.PostConfigure<ForwardedHeadersOptions>(options => options.ForwardLimit = 2);", true)]
    [InlineData("builder.Services.ConfigureAll<ForwardedHeadersOptions>(options => options.ForwardLimit = 2);", true)]
    [InlineData("builder.Services.AddSingleton(Microsoft.Extensions.Options.Options.Create(new ForwardedHeadersOptions()));", false)]
    [InlineData("var unused = new ForwardedHeadersOptions();", false)]
    public Task Reports_where_something_configures_them(string services, bool reports)
    {
        var source =
            $$"""
            var builder = WebApplication.CreateBuilder(args);
            {{services}}
            var app = builder.Build();
            app.UseForwardedHeaders({{(reports ? "{|PSSL3005:new ForwardedHeadersOptions { ForwardLimit = 1 }|}" : "new ForwardedHeadersOptions { ForwardLimit = 1 }")}});
            app.Run();
            """;
        return reports ? Verify.Reports(Rule, source) : Verify.Silent(Rule, source);
    }

    [Fact]
    public Task Silent_where_nothing_is_configured() => Verify.Silent(
        Rule,
        """
        var app = WebApplication.CreateBuilder(args).Build();
        app.UseForwardedHeaders(new ForwardedHeadersOptions());
        app.Run();
        """);

    [Fact]
    public Task Uses_the_configured_options() => Verify.Fixes(
        Rule,
        """
        var builder = WebApplication.CreateBuilder(args);
        builder.Services.Configure<ForwardedHeadersOptions>(options => options.ForwardLimit = 2);
        var app = builder.Build();
        app.UseForwardedHeaders({|PSSL3005:new ForwardedHeadersOptions
        {
            ForwardLimit = 1,
        }|});
        app.Run();
        """,
        """
        var builder = WebApplication.CreateBuilder(args);
        builder.Services.Configure<ForwardedHeadersOptions>(options => options.ForwardLimit = 2);
        var app = builder.Build();
        app.UseForwardedHeaders();
        app.Run();
        """);

    [Theory]
    [InlineData("var options = new ForwardedHeadersOptions { ForwardLimit = 2 };\noptions.KnownProxies.Add(System.Net.IPAddress.Loopback);\noptions.ForwardLimit = 3;\n", "")]
    [InlineData("var options = new ForwardedHeadersOptions();\nConsole.WriteLine(options.ForwardLimit);\n", "var options = new ForwardedHeadersOptions();\nConsole.WriteLine(options.ForwardLimit);\n")]
    [InlineData("var options = new ForwardedHeadersOptions();\nforeach (var proxy in args)\n{\n    options.KnownProxies.Add(System.Net.IPAddress.Parse(proxy));\n}\n", "var options = new ForwardedHeadersOptions();\nforeach (var proxy in args)\n{\n    options.KnownProxies.Add(System.Net.IPAddress.Parse(proxy));\n}\n")]
    public Task Removes_a_local_that_was_made_for_the_call_alone(string made, string left) => Verify.Fixes(
        Rule,
        $$"""
        var builder = WebApplication.CreateBuilder(args);
        builder.Services.Configure<ForwardedHeadersOptions>(options => options.ForwardLimit = 2);
        var app = builder.Build();
        {{made}}app.UseForwardedHeaders({|PSSL3005:options|});
        app.Run();
        """,
        $$"""
        var builder = WebApplication.CreateBuilder(args);
        builder.Services.Configure<ForwardedHeadersOptions>(options => options.ForwardLimit = 2);
        var app = builder.Build();
        {{left}}app.UseForwardedHeaders();
        app.Run();
        """);

    // Without the object nothing would be processed.
    [Fact]
    public Task Offers_nothing_where_the_services_set_no_flags() => Verify.OffersNoFix(
        Rule,
        """
        using Microsoft.AspNetCore.HttpOverrides;

        var builder = WebApplication.CreateBuilder(args);
        builder.Services.Configure<ForwardedHeadersOptions>(options => options.ForwardLimit = 2);
        var app = builder.Build();
        app.UseForwardedHeaders({|PSSL3005:new ForwardedHeadersOptions { ForwardedHeaders = ForwardedHeaders.XForwardedProto }|});
        app.Run();
        """);

    // With the services' options every sender would be believed, who is not now.
    [Theory]
    [InlineData("options.KnownIPNetworks.Clear(); options.KnownProxies.Clear();")]
    [InlineData("options.KnownIPNetworks.Add(System.Net.IPNetwork.Parse(\"0.0.0.0/0\"));")]
    public Task Offers_nothing_where_the_services_believe_every_sender(string trust) => Verify.OffersNoFix(
        Rule, Replacing("options.ForwardedHeaders = ForwardedHeaders.All; " + trust, "{|PSSL3005:new ForwardedHeadersOptions { ForwardedHeaders = ForwardedHeaders.All }|}"));

    [Theory]
    [InlineData("options.ForwardedHeaders = ForwardedHeaders.All; options.KnownIPNetworks.Clear(); options.KnownProxies.Clear();", "configure in one place, and not as in the services, which believe every sender")]
    [InlineData("options.KnownProxies.Add(System.Net.IPAddress.Parse(\"10.0.0.2\"));", "set ForwardedHeaders in the services too and call UseForwardedHeaders() without an argument")]
    [InlineData("options.ForwardedHeaders = ForwardedHeaders.XForwardedFor;", "call UseForwardedHeaders() without an argument, or configure in one place")]
    public Task Says_what_to_do_first(string configured, string advice) => Verify.ReportsMessage(
        Replacing(configured, "{|#0:new ForwardedHeadersOptions { ForwardedHeaders = ForwardedHeaders.All }|}"),
        new DiagnosticResult(Rule, DiagnosticSeverity.Warning).WithLocation(0),
        $"The options passed here replace those that are configured in the services (Test0.cs, line 4), which have no effect; {advice}");

    private static string Replacing(string configured, string passed) => $$"""
        using Microsoft.AspNetCore.HttpOverrides;

        var builder = WebApplication.CreateBuilder(args);
        builder.Services.Configure<ForwardedHeadersOptions>(options => { {{configured}} });
        var app = builder.Build();
        app.UseForwardedHeaders({{passed}});
        app.Run();
        """;

    [Theory]
    [InlineData("if (args.Length == 0) { builder.Services.Configure<ForwardedHeadersOptions>(o => o.ForwardLimit = 2); }", "if (args.Length > 0)", true)]
    [InlineData("if (args.Length == 0) { builder.Services.Configure<ForwardedHeadersOptions>(o => o.ForwardLimit = 2); }", "", false)]
    [InlineData("builder.Services.Configure<ForwardedHeadersOptions>(o => o.ForwardLimit = 2);", "if (args.Length > 0)", false)]
    [InlineData("builder.Services.Configure<ForwardedHeadersOptions>(o => o.ForwardLimit = 2);", "", false)]
    public Task A_suggestion_where_a_condition_decides_both(string configure, string condition, bool isSuggestion) => Verify.Grades(
        RuleIds.OptionsIgnored,
        $$"""
        using Microsoft.AspNetCore.HttpOverrides;

        var builder = WebApplication.CreateBuilder(args);
        {{configure}}
        var app = builder.Build();
        {{condition}} app.UseForwardedHeaders({|PSSL3005:new ForwardedHeadersOptions { ForwardedHeaders = ForwardedHeaders.XForwardedFor }|});
        app.Run();
        """,
        isSuggestion);
}
