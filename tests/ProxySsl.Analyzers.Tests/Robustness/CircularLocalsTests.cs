using System.Threading.Tasks;
using ProxySsl.Analyzers.Tests.Verification;
using Xunit;

namespace ProxySsl.Analyzers.Tests.Robustness;

/// <summary>Locals that are made of themselves, as half-typed code has them: who follows them without an end takes the host down with it.</summary>
public class CircularLocalsTests
{
    [Theory]
    [InlineData("var x = x;")]
    [InlineData("bool x = x;")]
    [InlineData("bool x = y, y = x;")]
    [InlineData("bool x = !y && true, y = !x;")]
    [InlineData("string x = y + x, y = x;")]
    [InlineData("HttpContext x = y, y = x;")]
    [InlineData("Microsoft.Extensions.Primitives.StringValues x = request.Headers[x], y = x;")]
    [InlineData("ForwardedHeaders x = x | ForwardedHeaders.XForwardedFor;")]
    [InlineData("ForwardedHeadersOptions x = y, y = x;")]
    [InlineData("IApplicationBuilder x = x.UseHttpsRedirection();")]
    [InlineData("Action<IApplicationBuilder> x = y, y = x;")]
    [InlineData("System.Net.IPAddress x = y, y = x;")]
    public async Task Come_to_an_end(string locals)
    {
        var program = new SourceProgram("circular", [new("Program.cs", $$"""
            using Microsoft.AspNetCore.HttpOverrides;

            var builder = WebApplication.CreateBuilder(args);
            builder.Services.Configure<ForwardedHeadersOptions>(o =>
            {
                HttpRequest request = null!;
                {{locals}}
                o.ForwardedHeaders = x;
                o.ForwardedProtoHeaderName = x;
                o.KnownProxies.Add(x);
                if (x) { o.KnownProxies.Clear(); o.KnownIPNetworks.Clear(); }
            });
            var app = builder.Build();
            app.Use((context, next) =>
            {
                var request = context.Request;
                {{locals}}
                if (request.Headers.ContainsKey(x) || x) { return next(context); }
                request.Scheme = request.Headers[x];
                x.Request.Scheme = "https";
                return string.IsNullOrEmpty(Key(context)) ? Task.CompletedTask : next(context);
            });
            {
                HttpRequest request = null!;
                {{locals}}
                if (x) { app.UseForwardedHeaders(x); }
                app.UseWhen(c => x, x);
                app.UsePathBase(x);
                app.UseHttpsRedirection();
            }

            app.Run();

            string Key(HttpContext context)
            {
                var request = context.Request;
                {{locals}}
                return request.Headers.TryGetValue("X-Forwarded-For", out var addresses) ? addresses.ToString() : x;
            }
            """)], Framework.Net100);
        var token = TestContext.Current.CancellationToken;
        var compilation = (await ProgramProject.Create(program).GetCompilationAsync(token))!;
        var diagnostics = await ProgramProject.Analyze(compilation, program.Configuration, concurrent: true, withCompiler: true, token);
        Assert.Contains(diagnostics, d => d.Id.StartsWith("CS", System.StringComparison.Ordinal));
        Assert.DoesNotContain(diagnostics, d => d.Id == "AD0001");
    }
}
