using System.Threading.Tasks;
using Xunit;

namespace ProxySsl.Analyzers.Tests.Robustness;

/// <summary>Half-typed code that made an analyzer throw once.</summary>
public class BrokenTypesTests
{
    [Theory]
    [InlineData("""
        using Microsoft.AspNetCore.HttpOverrides;
        using Microsoft.Extensions.Options;

        var builder = WebApplication.CreateBuilder(args);
        builder.Services.AddSingleton<IPostConfigureOptions<ForwardedHeadersOptions>. PostConfigureProxy>();
        builder.Services.AddSingleton(new IPostConfigureOptions<ForwardedHeadersOptions>.PostConfigureProxy());
        OptionsBuilder<ForwardedHeadersOptions>.Inner inner = null!;
        inner.Configure(o => o.ForwardLimit = 2);
        var app = builder.Build();
        app.UseForwardedHeaders(new OptionsWrapper<ForwardedHeadersOptions>.Inner(new ForwardedHeadersOptions()));
        app.Run();
        """)]
    [InlineData("""
        [;
        var app = WebApplication.CreateBuilder(args).Build();
        app.Use(async (context, next) =>
        {
            if (context.Request.Headers["X-Forwarded-Proto"] == "https")
            {
                context.Request.Scheme = "https";
            }

            await next();
        });
        app.UseHttpsRedirection();
        app.Run();
        """)]
    [InlineData("""
        [Obsolete(async (HttpContext context) => await Task.FromResult(context.Request.Headers["X-Forwarded-Proto"] == "https"))]
        void Check()
        {
        }
        """)]
    public async Task Are_no_reason_to_throw(string source)
    {
        var token = TestContext.Current.CancellationToken;
        var program = new SourceProgram("broken", [new("Program.cs", source)], Verification.Framework.Net100);
        var compilation = (await ProgramProject.Create(program).GetCompilationAsync(token))!;
        var diagnostics = await ProgramProject.Analyze(compilation, program.Configuration, concurrent: true, withCompiler: false, token);
        Assert.DoesNotContain(diagnostics, d => d.Id == "AD0001");
    }
}
