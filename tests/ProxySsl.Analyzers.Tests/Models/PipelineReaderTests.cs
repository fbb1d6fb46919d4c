using System.Collections.Generic;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using ProxySsl.Analyzers.Pipeline;
using ProxySsl.Analyzers.Tests.Verification;
using Xunit;

namespace ProxySsl.Analyzers.Tests.Models;

/// <summary>The reader on its own: what tree it makes of a body, written out in one line.</summary>
public class PipelineReaderTests
{
    [Theory]
    [InlineData("app.UseCors().UseHsts(); app.UseForwardedHeaders();", "UseCors UseHsts *UseForwardedHeaders")]
    [InlineData("app = app.UseCors(); HstsBuilderExtensions.UseHsts(app: app);", "UseCors UseHsts")]
    [InlineData("if (flag) app.UseHsts(); else app.UseCors();", "if{flag: UseHsts | !flag: UseCors}")]
    [InlineData("if (!(flag == false)) { app.UseHsts(); return; } app.UseCors();", "if{flag: UseHsts return | !flag:} UseCors")]
    [InlineData("if (env.IsDevelopment() || env.IsStaging()) app.UseHsts(); else app.UseCors();", "if{never: UseHsts | !env.IsDevelopment(), !env.IsStaging(): UseCors}")]
    [InlineData("switch (count) { case 1: app.UseHsts(); break; case 2: app.UseCors(); break; }", "loop{if{: UseHsts break | : UseCors break | :}}")]
    [InlineData("foreach (var x in new[] { 1 }) { if (flag) continue; app.UseHsts(); }", "loop?{if{flag: break | !flag:} UseHsts}")]
    [InlineData("try { app.UseHsts(); } catch { app.UseCors(); throw; } finally { app.UseStaticFiles(); }", "UseHsts if{: UseCors throw | :} UseStaticFiles")]
    [InlineData("app.UseWhen(c => true, b => b.UseHsts()); app.Map(\"/a\", b => { b.UseCors(); }); app.MapWhen(c => true, Branch);", "UseWhen~{UseHsts} Map{UseCors} MapWhen{Branch({UseSession})}")]
    [InlineData("app.MapWhen(c => c.Request.Host.HasValue, b => b.UseCors()); app.UseForwardedHeaders();", "the condition of MapWhen MapWhen{UseCors} *UseForwardedHeaders")]
    [InlineData("Action<IApplicationBuilder> branch = b => b.UseCors(); app.Map(\"/a\", branch);", "Map{UseCors}")]
    [InlineData("app.UseWhen(c => true, b => { app.UseCors(); b.UseHsts(); });", "UseWhen({UseCors}) UseWhen~{UseHsts}")]
    [InlineData("Local(); void Local() => app.UseHsts();", "Local({UseHsts})")]
    [InlineData("Local(app); static void Local(IApplicationBuilder b) => b.UseHsts();", "Local({UseHsts})")]
    [InlineData("Action run = () => app.UseHsts(); run();", "Invoke({UseHsts})")]
    [InlineData("Helpers.UseOuter(app);", "UseOuter({UseInner({UseHsts}) UseCors})")]
    [InlineData("Helpers.UseEndless(app);", "UseEndless({?UseEndless UseHsts})")]
    [InlineData("helper.Use(app); helper.UseVirtual(app); helper.UseAbstract(app);", "Use({UseHsts}) UseVirtual({UseCors}) ?UseAbstract")]
    [InlineData("given(app); app.UseHsts();", "?Invoke UseHsts")]
    [InlineData("app.Use((c, next) => next(c)); app.Run(c => Task.CompletedTask); app.UseMiddleware<Own>();", "the inline middleware Run Own")]
    [InlineData("app.ApplicationServices.GetHashCode(); app.New().UseHsts(); other.UseHsts();", "New")]
    internal void Reads_a_body(string body, string expected)
    {
        var source = $$"""
            public class Startup
            {
                public void Configure(IApplicationBuilder app, IApplicationBuilder other, IHostEnvironment env, bool flag, int count, Helper helper, Action<IApplicationBuilder> given)
                {
                    {{body}}
                }

                private static void Branch(IApplicationBuilder b) { b.UseSession(); }
            }

            public class Own
            {
                public Task InvokeAsync(HttpContext context) => Task.CompletedTask;
            }

            public static class Helpers
            {
                public static IApplicationBuilder UseOuter(this IApplicationBuilder app) => app.UseInner().UseCors();

                public static IApplicationBuilder UseInner(this IApplicationBuilder app) => app.UseHsts();

                public static void UseEndless(this IApplicationBuilder app) { app.UseEndless(); app.UseHsts(); }
            }

            public abstract class Helper
            {
                public void Use(IApplicationBuilder app) => app.UseHsts();

                public virtual IApplicationBuilder UseVirtual(IApplicationBuilder app) => app.UseCors();

                public abstract void UseAbstract(IApplicationBuilder app);
            }
            """;
        Assert.Equal(expected, WriteBody(Trees(source).First(t => t.Location.SourceSpan.Start < source.IndexOf("Helper helper", System.StringComparison.Ordinal)).Body));
    }

    [Fact]
    public void A_made_app_goes_on_where_it_is_returned()
    {
        var tree = Assert.Single(Trees("""
            var app = Host.Make(args).UseMore();
            app.UseHsts();
            app.Run();

            public static class Host
            {
                public static WebApplication Make(string[] args)
                {
                    var made = WebApplication.CreateBuilder(args).Build();
                    made.UseForwardedHeaders();
                    return made;
                }

                public static WebApplication UseMore(this WebApplication app)
                {
                    app.UseCors();
                    return app;
                }
            }
            """));
        Assert.Equal(PipelineOwner.WebApplication, tree.Owner);
        Assert.Equal("Make({*UseForwardedHeaders}) UseMore({UseCors}) UseHsts Run", WriteBody(tree.Body));
    }

    [Fact]
    public void A_startup_filter_knows_the_rest()
    {
        var tree = Assert.Single(Trees("""
            public class Filter : IStartupFilter
            {
                public Action<IApplicationBuilder> Configure(Action<IApplicationBuilder> next) => app =>
                {
                    app.UseForwardedHeaders();
                    next(app);
                    app.UseHsts();
                };
            }
            """));
        Assert.Equal(PipelineOwner.StartupFilter, tree.Owner);
        Assert.Equal("*UseForwardedHeaders ... UseHsts", WriteBody(tree.Body));
    }

    private static IReadOnlyList<PipelineTree> Trees(string source)
    {
        var token = TestContext.Current.CancellationToken;
        var tree = CSharpSyntaxTree.ParseText(source, cancellationToken: token);
        var hasStatements = tree.GetCompilationUnitRoot(token).Members.Any(m => m is Microsoft.CodeAnalysis.CSharp.Syntax.GlobalStatementSyntax);
        var compilation = CSharpCompilation.Create(
            "Pipeline",
            [tree, CSharpSyntaxTree.ParseText(ProxySslTest.ImplicitUsings, cancellationToken: token)],
            FrameworkReferences.Of(Framework.Net100),
            new CSharpCompilationOptions(hasStatements ? OutputKind.ConsoleApplication : OutputKind.DynamicallyLinkedLibrary));
        Assert.DoesNotContain(compilation.GetDiagnostics(token), d => d.Severity == DiagnosticSeverity.Error);
        return PipelineModel.Of(CompilationModel.For(compilation, new Microsoft.CodeAnalysis.Diagnostics.AnalyzerOptions([]))!, token).Trees;
    }

    private static string Write(IEnumerable<PipelineNode> nodes) => string.Join(" ", nodes.Select(Write));

    // the return at the end of a body goes without saying
    private static string WriteBody(IReadOnlyList<PipelineNode> body) =>
        Write(body.Count > 0 && body[^1] is PipelineExit { Kind: ExitKind.Return } ? body.Take(body.Count - 1) : body);

    private static string Write(PipelineNode node) => node switch
    {
        PipelineStep { Kind: StepKind.Forwarded } step => "*" + step.Name,
        PipelineStep { Kind: StepKind.Unknown } step => "?" + step.Name,
        PipelineStep { Kind: StepKind.Rest } => "...",
        PipelineStep step => step.Name,
        PipelineCall call => $"{call.Name}({{{WriteBody(call.Body)}}})",
        PipelineBranch branch => $"{branch.Name}{(branch.Rejoins ? "~" : "")}{{{WriteBody(branch.Body)}}}",
        PipelineLoop loop => $"loop{(loop.MayBeSkipped ? "?" : "")}{{{Write(loop.Body)}}}",
        PipelineChoice choice => $"if{{{string.Join(" | ", choice.Ways.Select(Write))}}}",
        PipelineExit exit => exit.Kind.ToString().ToLowerInvariant(),
        _ => node.ToString()!,
    };

    private static string Write(PipelineWay way)
    {
        var guards = way.Occurs ? string.Join(", ", way.Guards.Select(g => (g.Value ? "" : "!") + g.Condition)) : "never";
        return way.Body.IsEmpty ? guards + ":" : $"{guards}: {Write(way.Body)}";
    }
}
