using System.Linq;
using ProxySsl.Analyzers.Pipeline;
using Xunit;

namespace ProxySsl.Analyzers.Tests.Models;

/// <summary>What the pipelines of a compilation are together: the questions that other rules ask of them.</summary>
public class PipelineModelTests
{
    private const string On = "Environment.SetEnvironmentVariable(\"ASPNETCORE_FORWARDEDHEADERS_ENABLED\", \"true\");";

    [Theory]
    [InlineData("app.UseHsts();", "cannot enforces")]
    [InlineData("app.UseCors();", "cannot")]
    [InlineData("app.UseHttpsRedirection();", "cannot enforces")]
    [InlineData("", "")]
    [InlineData("Elsewhere.Configure(app);", "")]
    [InlineData("app.UseHsts(); Elsewhere.Configure(app);", "enforces")]
    [InlineData("app.UseForwardedHeaders();", "applies")]
    [InlineData("app.UseForwardedHeaders(new());", "applies own")]
    [InlineData("app.UseForwardedHeaders(new()); app.UseHsts();", "applies own enforces")]
    [InlineData("app.UseForwardedHeaders(new()); app.Map(\"/a\", b => b.UseForwardedHeaders());", "applies")]
    [InlineData("app.UseForwardedHeaders(new()); app.UseForwardedHeaders(new());", "applies own")]
    [InlineData("if (app.Environment.IsDevelopment()) { app.UseForwardedHeaders(); }", "applies")]
    [InlineData("Func<IApplicationBuilder, IApplicationBuilder> apply = ForwardedHeadersExtensions.UseForwardedHeaders; apply += ForwardedHeadersExtensions.UseForwardedHeaders;", "applies")]
    [InlineData("Console.WriteLine(typeof(Microsoft.AspNetCore.HttpOverrides.ForwardedHeadersMiddleware));", "applies")]
    [InlineData("Console.WriteLine(\"UseForwardedHeaders\"); app.UseCors();", "cannot")]
    [InlineData("Console.WriteLine(typeof(ForwardedHeadersOptions)); app.UseCors();", "cannot")]
    [InlineData("/* UseForwardedHeaders */ app.UseCors();", "cannot")]
    [InlineData(On, "applies switch")]
    [InlineData(On + " app.UseForwardedHeaders(new());", "applies switch")]
    [InlineData(On + " Console.WriteLine(app.Configuration[\"ForwardedHeaders:KnownProxies\"]);", "applies switch")]
    [InlineData("if (args.Length > 0) { " + On + " }", "applies")]
    [InlineData("if (args.Length > 0) { " + On + " } if (args.Length > 1) { " + On + " }", "applies")]
    [InlineData("Environment.SetEnvironmentVariable(\"ASPNETCORE_FORWARDEDHEADERS_ENABLED\", \"false\"); app.UseCors();", "cannot")]
    [InlineData("Environment.SetEnvironmentVariable(\"ASPNETCORE_FORWARDEDHEADERS_ENABLED\", \"TRUE\");", "applies switch")]
    [InlineData("Environment.SetEnvironmentVariable(\"ASPNETCORE_FORWARDEDHEADERS_ENABLED\", args[0]);", "applies")]
    [InlineData("Environment.SetEnvironmentVariable(\"NAME\", \"ASPNETCORE_FORWARDEDHEADERS_ENABLED\");", "applies")]
    [InlineData("app.Configuration[\"ForwardedHeaders_Enabled\"] = \"true\";", "applies switch")]
    [InlineData("Console.WriteLine(app.Configuration[\"ForwardedHeaders_Enabled\"]);", "applies")]
    [InlineData("_ = new Dictionary<string, string> { [\"ForwardedHeaders_Enabled\"] = \"true\" };", "applies")]
    [InlineData("_ = new Dictionary<string, string> { { \"ForwardedHeaders_Enabled\", \"true\" } };", "applies")]
    [InlineData("new ConfigurationBuilder().AddInMemoryCollection(new Dictionary<string, string?> { [\"ForwardedHeaders_Enabled\"] = \"true\" });", "applies switch")]
    [InlineData("new ConfigurationBuilder().AddInMemoryCollection(new Dictionary<string, string?> { { \"ForwardedHeaders_Enabled\", \"true\" } });", "applies switch")]
    [InlineData("new System.Diagnostics.ProcessStartInfo().Environment[\"ForwardedHeaders_Enabled\"] = \"true\";", "applies")]
    [InlineData("_ = new Dictionary<string, string> { { \"true\", \"ForwardedHeaders_Enabled\" } };", "applies")]
    [InlineData("Console.WriteLine(\"ForwardedHeaders_Enabled_Since\"); app.UseCors();", "cannot")]
    internal void Says_what_applies_forwarded_headers(string statements, string expected)
    {
        var pipelines = Pipelines.Read($$"""
            var app = WebApplication.CreateBuilder(args).Build();
            {{statements}}

            public static class Elsewhere
            {
                public static Action<IApplicationBuilder> Configure { get; set; } = null!;
            }
            """);
        Assert.Equal(expected, Write(pipelines));
        Assert.Equal(pipelines.EnforcesHttps, pipelines.EnforcingSteps.Any());
    }

    [Fact]
    public void A_pipeline_of_nothing_else_takes_the_configured_options() => Assert.Equal(
        "applies",
        Write(Pipelines.Read("""
            public class Program
            {
                public static void Run(IWebHostBuilder host) => host.Configure(app => app.UseForwardedHeaders());
            }

            public class Startup
            {
                public void Configure(IApplicationBuilder app) => app.UseForwardedHeaders(new());
            }
            """)));

    [Fact]
    public void A_configured_method_applies_them_wherever_it_is_named() => Assert.Equal(
        "applies enforces",
        Write(Pipelines.Read(
            """
            var builder = WebApplication.CreateBuilder(args);
            builder.Services.AddGateway();
            builder.Build().UseHsts();

            public static class Gateway
            {
                public static void AddGateway(this IServiceCollection services) { }
            }
            """,
            option: ("proxyssl.forwarded_headers_methods", "AddGateway"))));

    [Fact]
    public void Enforcing_calls_stand_in_the_order_of_paths_and_positions()
    {
        var pipelines = Pipelines.Read(
            """
            var app = WebApplication.CreateBuilder(args).Build();
            app.UseLater();
            Local();
            app.UseCors();
            app.UseHsts();

            void Local() => app.UseHttpsRedirection();
            """,
            [
                ("/0/Z.cs", "public static class Later { public static void UseLater(this WebApplication app) => app.UseMiddleware<Microsoft.AspNetCore.HttpsPolicy.HttpsRedirectionMiddleware>(); }"),
                ("/0/A.cs", "public class Startup { public void Configure(IApplicationBuilder app) => app.UseHsts(); }"),
            ]);
        Assert.Equal(
            ["A.cs UseHsts", "Test0.cs UseHsts", "Test0.cs UseHttpsRedirection", "Z.cs HttpsRedirectionMiddleware"],
            pipelines.EnforcingSteps.Select(s => $"{System.IO.Path.GetFileName(s.Step.Location.SourceTree!.FilePath)} {s.Step.Name}"));
    }

    private static string Write(PipelineModel pipelines) => string.Join(" ", new[]
    {
        pipelines.AppliesForwardedHeaders ? "applies" : "",
        pipelines.HostSwitch is not null ? "switch" : "",
        pipelines.TakesOwnOptionsOnly ? "own" : "",
        pipelines.CannotApply ? "cannot" : "",
        pipelines.EnforcesHttps ? "enforces" : "",
    }.Where(w => w.Length > 0));
}
