using System.Linq;
using System.Text;
using System.Threading.Tasks;
using Microsoft.CodeAnalysis.Testing;
using Microsoft.CodeAnalysis.Text;
using ProxySsl.Analyzers.Tests.Verification;
using Xunit;

namespace ProxySsl.Analyzers.Tests.Options;

/// <summary>PSSL2011: the scheme is not processed in an app that enforces HTTPS.</summary>
public class PSSL2011Tests
{
    private const string Rule = RuleIds.ProtoNotProcessed;

    private static string App(string flags, string pipeline) => $$"""
        using Microsoft.AspNetCore.HttpOverrides;
        var builder = WebApplication.CreateBuilder(args);
        builder.Services.Configure<ForwardedHeadersOptions>(o => o.ForwardedHeaders = {{flags}});
        var app = builder.Build();
        app.UseForwardedHeaders();
        {{pipeline}}
        app.Run();
        """;

    [Theory]
    [InlineData("{|PSSL2011:ForwardedHeaders.XForwardedFor|}", "app.UseHttpsRedirection();")]
    [InlineData("{|PSSL2011:ForwardedHeaders.XForwardedFor | ForwardedHeaders.XForwardedHost|}", "app.UseHsts();")]
    [InlineData("{|PSSL2011:ForwardedHeaders.XForwardedFor|}", "if (!app.Environment.IsDevelopment()) { app.UseHsts(); }")]
    public Task Reports(string flags, string pipeline) => Verify.Reports(Rule, App(flags, pipeline));

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public Task Names_the_same_call_in_every_order_of_files(bool reversed)
    {
        var test = new ProxySslTest([Rule]);
        (string, SourceText)[] files =
        [
            ("/0/Admin.cs", Startup("Admin", "app.UseHsts();")),
            ("/0/Shop.cs", Startup("Shop", "app.UseHttpsRedirection();")),
        ];
        test.TestState.Sources.Add(("/0/Program.cs", SourceText.From(App("{|#0:ForwardedHeaders.XForwardedFor|}", ""), Encoding.UTF8)));
        test.TestState.Sources.AddRange(reversed ? files.Reverse() : files);
        test.ExpectedDiagnostics.Add(new DiagnosticResult(Descriptors.ProtoNotProcessed).WithLocation(0).WithArguments("UseHsts"));
        return test.RunAsync(TestContext.Current.CancellationToken);
    }

    private static SourceText Startup(string name, string pipeline) => SourceText.From(
        $$"""
        namespace {{name}};
        public class Startup
        {
            public void Configure(IApplicationBuilder app)
            {
                app.UseForwardedHeaders();
                {{pipeline}}
            }
        }
        """,
        Encoding.UTF8);

    [Theory]
    [InlineData("ForwardedHeaders.XForwardedFor", "")]
    [InlineData("ForwardedHeaders.XForwardedFor", "if (app.Environment.IsDevelopment()) { app.UseHttpsRedirection(); }")]
    [InlineData("ForwardedHeaders.XForwardedFor | ForwardedHeaders.XForwardedProto", "app.UseHttpsRedirection();")]
    [InlineData("ForwardedHeaders.All", "app.UseHttpsRedirection();")]
    [InlineData("ForwardedHeaders.None", "app.UseHttpsRedirection();")]
    [InlineData("args.Length > 0 ? ForwardedHeaders.All : ForwardedHeaders.XForwardedFor", "app.UseHttpsRedirection();")]
    [InlineData("(ForwardedHeaders)int.Parse(args[0])", "app.UseHttpsRedirection();")]
    public Task Stays_silent(string flags, string pipeline) => Verify.Silent(Rule, App(flags, pipeline));

    [Fact]
    public Task Stays_silent_where_the_flags_may_be_set_elsewhere() => Verify.Silent(Rule, OptionsApp.Configured(
        "if (args.Length > 0) { options.ForwardedHeaders = ForwardedHeaders.XForwardedFor; }").Replace("app.Run();", "app.UseHttpsRedirection(); app.Run();"));

    [Fact]
    public Task Adds_the_flag() => Verify.Fixes(
        Rule,
        App("{|PSSL2011:ForwardedHeaders.XForwardedFor|}", "app.UseHttpsRedirection();"),
        App("ForwardedHeaders.XForwardedFor | ForwardedHeaders.XForwardedProto", "app.UseHttpsRedirection();"));

    [Theory]
    [InlineData("app.UseForwardedHeaders(new ForwardedHeadersOptions { ForwardedHeaders = ForwardedHeaders.XForwardedProto });")]
    [InlineData("app.UseForwardedHeaders(new ForwardedHeadersOptions { ForwardedHeaders = (ForwardedHeaders)args.Length });")]
    public Task Stays_silent_where_another_pass_takes_the_scheme(string other) =>
        Verify.Silent(Rule, App("ForwardedHeaders.XForwardedFor", other + " app.UseHttpsRedirection();"));

    [Fact]
    public Task Reports_beside_a_pass_that_takes_no_scheme_either() => Verify.Reports(Rule, App(
        "{|PSSL2011:ForwardedHeaders.XForwardedFor|}",
        "app.UseForwardedHeaders(new ForwardedHeadersOptions { ForwardedHeaders = {|PSSL2011:ForwardedHeaders.XForwardedHost|} }); app.UseHttpsRedirection();"));

    [Fact]
    public Task Stays_silent_where_a_lambda_finds_other_flags_when_it_runs() => Verify.Silent(Rule, """
        using Microsoft.AspNetCore.HttpOverrides;
        var builder = WebApplication.CreateBuilder(args);
        var flags = ForwardedHeaders.XForwardedFor;
        builder.Services.Configure<ForwardedHeadersOptions>(o => o.ForwardedHeaders = flags);
        flags |= ForwardedHeaders.XForwardedProto;
        var app = builder.Build();
        app.UseForwardedHeaders();
        app.UseHttpsRedirection();
        app.Run();
        """);

    [Fact]
    public Task Stays_silent_where_the_app_sets_the_scheme_itself() => Verify.Silent(
        Rule, App("ForwardedHeaders.XForwardedFor", "app.Use((context, next) => { context.Request.Scheme = \"https\"; return next(context); }); app.UseHsts();"));
}
