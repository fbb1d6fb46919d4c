using System.Collections.Generic;
using System.IO;
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
    [InlineData("if (env.IsDevelopment() || env.IsStaging()) app.UseHsts(); else app.UseCors();", "if{never: UseHsts | !env.IsDevelopment() && !env.IsStaging(), !env.IsDevelopment(), !env.IsStaging(): UseCors}")]
    [InlineData("switch (count) { case 1: app.UseHsts(); break; case 2: app.UseCors(); break; }", "loop{if{count == 1: UseHsts break | count == 2: UseCors break | :}}")]
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

    // Expressions that build in between

    [Theory]
    [InlineData("if (app.UseHsts() is null) app.UseCors();", "UseHsts if{app.UseHsts() == null: UseCors | !app.UseHsts() == null:}")]
    [InlineData("if (flag) { } app.UseCors();", "UseCors")]
    [InlineData("_ = app.UseCors() ?? app.UseHsts();", "UseCors if{: UseHsts | :}")]
    [InlineData("switch (app.UseHsts()) { case null: app.UseCors(); break; default: return; }", "UseHsts loop{if{app.UseHsts() == null: UseCors break | !app.UseHsts() == null: return}}")]
    [InlineData("switch (count) { case 1: app.UseHsts(); break; default: case 2: app.UseCors(); break; }", "loop{if{count == 1: UseHsts break | : UseCors break}}")]
    [InlineData("switch (count) { case 2: default: app.UseCors(); break; }", "loop{if{: UseCors break}}")]
    [InlineData("_ = count switch { 1 => app.UseHsts(), _ => app.UseCors() };", "if{count == 1: UseHsts | : UseCors}")]
    [InlineData("_ = app.UseSession() switch { null => 1, _ => 2 };", "UseSession")]
    [InlineData("do app.UseHsts(); while (flag);", "loop{UseHsts}")]
    [InlineData("while (flag) app.UseHsts();", "loop?{UseHsts}")]
    [InlineData("for (var i = 0; i < count; i++) app.UseHsts();", "loop?{UseHsts}")]
    [InlineData("while (flag) { } app.UseHsts();", "UseHsts")]
    [InlineData("foreach (var x in new[] { app.UseHsts() }) app.UseCors();", "UseHsts loop?{UseCors}")]
    [InlineData("throw Make(app.UseHsts()); static Exception Make(object o) => new();", "UseHsts throw")]
    [InlineData("try { app.UseHsts(); } catch (IOException) { } catch (Exception) { app.UseCors(); }", "UseHsts if{: UseCors | :}")]
    [InlineData("Action later = () => app.UseHsts(); app.UseCors();", "UseCors")]
    [InlineData("Console.WriteLine(app); app.UseHsts();", "UseHsts")]
    internal void Reads_what_expressions_build(string body, string expected) => Assert.Equal(expected, WriteBody(Pipelines.OfBody(body).Body));

    // Names of the builder

    [Theory]
    [InlineData("app?.UseHsts();", "UseHsts")]
    [InlineData("app?.UseCors().UseHsts();", "UseCors UseHsts")]
    [InlineData("app.UseCors()?.UseHsts();", "UseCors UseHsts")]
    [InlineData("var b = app; b.UseHsts();", "UseHsts")]
    [InlineData("var b = app; var c = b; c.UseHsts();", "UseHsts")]
    [InlineData("var b = app.UseCors(); b.UseHsts();", "UseCors UseHsts")]
    [InlineData("var b = app; b = other; b.UseHsts(); app.UseCors();", "UseCors")]
    [InlineData("(app = app.UseCors()).UseHsts();", "UseCors UseHsts")]
    [InlineData("((IApplicationBuilder)app).UseHsts();", "UseHsts")]
    [InlineData("(flag ? app : app).UseHsts(); app.UseCors();", "UseHsts UseCors")]
    [InlineData("(flag ? app : other).UseHsts(); app.UseCors();", "UseCors")]
    [InlineData("(flag ? other : app).UseHsts(); app.UseCors();", "UseCors")]
    [InlineData("(flag ? app : null)!.UseHsts(); app.UseCors();", "UseHsts UseCors")]
    [InlineData("HstsBuilderExtensions.UseHsts(app); HstsBuilderExtensions.UseHsts(other);", "UseHsts")]
    [InlineData("var made = new ApplicationBuilder(null!); made.UseHsts(); app.UseCors();", "UseCors")]
    [InlineData("object o = app; app.UseCors();", "UseCors")]
    internal void Knows_the_builder_by_other_names(string body, string expected) => Assert.Equal(expected, WriteBody(Pipelines.OfBody(body).Body));

    // Functions that are called where they stand

    [Theory]
    [InlineData("Local(1); void Local(int n) => app.UseHsts();", "Local({UseHsts})")]
    [InlineData("Local(other); app.UseCors(); void Local(IApplicationBuilder b) => b.UseHsts();", "UseCors")]
    [InlineData("Local(); void Local() { app.UseHsts(); Local(); }", "Local({UseHsts})")]
    [InlineData("Local(); Local(); void Local() => app.UseHsts();", "Local({UseHsts}) Local({UseHsts})")]
    [InlineData("Local(); app.UseHsts(); void Local() { return; }", "UseHsts")]
    [InlineData("Local(1, app); static void Local(int n, IApplicationBuilder b) => b.UseHsts();", "Local({UseHsts})")]
    [InlineData("Local(other, app); static void Local(IApplicationBuilder a, IApplicationBuilder b) { a.UseCors(); b.UseHsts(); } app.UseSession();", "UseSession")]
    [InlineData("Local(app, other); static void Local(IApplicationBuilder a, IApplicationBuilder b) { a.UseCors(); b.UseHsts(); }", "Local({UseCors})")]
    [InlineData("Action<IApplicationBuilder> run = b => b.UseHsts(); run(app);", "Invoke({UseHsts})")]
    [InlineData("Action<IApplicationBuilder, int> run = (b, n) => b.UseHsts(); run(app, 1);", "Invoke({UseHsts})")]
    [InlineData("Action<IApplicationBuilder> run = b => b.UseHsts(); run(other); app.UseCors();", "UseCors")]
    [InlineData("Action<IApplicationBuilder> run = delegate { app.UseHsts(); }; run(app);", "Invoke({UseHsts})")]
    [InlineData("Action<IApplicationBuilder> run = Branch; run(app);", "?Invoke")]
    [InlineData("given(other); app.UseCors();", "UseCors")]
    [InlineData("given.Invoke(app);", "?Invoke")]
    internal void Reads_functions_where_they_are_called(string body, string expected) => Assert.Equal(expected, WriteBody(Pipelines.OfBody(body).Body));

    // Branches

    [Theory]
    [InlineData("app.UseWhen(c => c.Connection.RemoteIpAddress != null && c.Request.IsHttps, b => b.UseCors());", "UseWhen~!{UseCors}")]
    [InlineData("app.MapWhen(predicate, b => b.UseCors());", "MapWhen?{UseCors}")]
    [InlineData("app.MapWhen(c => c.Request.IsHttps && Elsewhere.Is(c), b => b.UseCors());", "the condition of MapWhen MapWhen?{UseCors}")]
    [InlineData("Func<HttpContext, bool> isPlain = c => !c.Request.IsHttps; app.UseWhen(isPlain, b => b.UseCors());", "the condition of UseWhen UseWhen~{UseCors}")]
    [InlineData("app.UseWhen(c => c.Request.Path.HasValue, b => b.UseCors());", "UseWhen~{UseCors}")]
    [InlineData("app.Map(\"/a\", given);", "Map{?Map}")]
    [InlineData("app.Map(\"/a\", helper.Use);", "Map{Use({UseHsts})}")]
    [InlineData("app.Map(\"/a\", helper.UseAbstract);", "Map{?Map}")]
    [InlineData("app.Map(\"/a\", ((Own)helper).UseOverridden);", "Map{?Map}")]
    [InlineData("app.Map(\"/a\", ((Own)helper).UseFinal);", "Map{UseFinal({UseCors})}")]
    [InlineData("app.Map(\"/a\", env.UseNamed);", "Map{UseNamed({UseCors})}")]
    [InlineData("app.Map(\"/a\", b => Endless.Branch(b));", "Map{Branch({Map{?Map}})}")]
    [InlineData("app.Map(\"/a\", delegate { app.UseHsts(); });", "Map({UseHsts}) Map{}")]
    internal void Reads_branches(string body, string expected) => Assert.Equal(expected, WriteBody(Pipelines.OfBody(
        body,
        """
        public class Own : Helper
        {
            public override void UseAbstract(IApplicationBuilder app) { }

            public virtual void UseOverridden(IApplicationBuilder app) => app.UseCors();

            public virtual void UseFinal(IApplicationBuilder app) => app.UseCors();
        }

        public class Other : Own
        {
            public override void UseOverridden(IApplicationBuilder app) { }
        }

        public static class Endless
        {
            public static void Branch(IApplicationBuilder app) => app.Map("/b", Branch);
        }

        public static class Elsewhere
        {
            public static Func<HttpContext, bool> Is { get; set; } = null!;

            public static void UseNamed(this IHostEnvironment environment, IApplicationBuilder app) => app.UseCors();
        }
        """).Body));

    // Methods of the compilation

    [Theory]
    [InlineData("app.UseBoth();", "UseBoth({UseHsts})")]
    [InlineData("UsePartial(app);", "UsePartial({UseHsts})")]
    [InlineData("UseUnfinished(app); app.UseHsts();", "?UseUnfinished UseHsts")]
    [InlineData("app.UseGiven(b => b.UseForwardedHeaders());", "UseGiven({?Invoke})")]
    [InlineData("app.UseIgnored(other); other.UseIgnored(app);", "UseIgnored({})")]
    [InlineData("helper.UseVirtual(app); middle.UseVirtual(app); last.UseVirtual(app); middle.UseSealed(app);", "?UseVirtual ?UseVirtual UseVirtual({UseWebSockets}) UseSealed({UseHsts})")]
    [InlineData("module.Use(app); module.UseDefault(app); Module.UseStatic(app);", "?Use ?UseDefault UseStatic({UseHsts})")]
    [InlineData("app.UseInPlace().UseHsts();", "UseInPlace({UseCors}) UseHsts")]
    [InlineData("own.UseOwn(); own.Use(next => next); own.UseHsts();", "")]
    internal void Reads_methods_of_the_compilation(string body, string expected)
    {
        const string More = """
            public static partial class Helpers
            {
                public static T UseBoth<T>(this T app) where T : IApplicationBuilder { app.UseHsts(); return app; }

                public static void UseGiven(this IApplicationBuilder app, Action<IApplicationBuilder> configure) => configure(app);

                public static void UseIgnored(this IApplicationBuilder app, IApplicationBuilder ignored) { }

                public static IApplicationBuilder UseInPlace(this IApplicationBuilder app) { return app.UseCors(); }
            }

            public class Middle : Helper
            {
                public override IApplicationBuilder UseVirtual(IApplicationBuilder app) => app.UseSession();

                public override void UseAbstract(IApplicationBuilder app) { }

                public virtual void UseSealed(IApplicationBuilder app) => app.UseHsts();
            }

            public sealed class Last : Middle
            {
                public override IApplicationBuilder UseVirtual(IApplicationBuilder app) => app.UseWebSockets();
            }

            public interface Module
            {
                void Use(IApplicationBuilder app);

                void UseDefault(IApplicationBuilder app) => app.UseHsts();

                static void UseStatic(IApplicationBuilder app) => app.UseHsts();
            }

            public partial class Parts
            {
                public static partial void UsePartial(IApplicationBuilder app);

                static partial void UseUnfinished(IApplicationBuilder app);
            }

            public partial class Parts
            {
                public static partial void UsePartial(IApplicationBuilder builder) => builder.UseHsts();
            }

            public class Own : ApplicationBuilder
            {
                public Own() : base(null!) { }

                public void UseOwn() => this.UseCors();
            }
            """;
        var arguments = "Middle middle = null!; Last last = null!; Module module = null!; Own own = null!; ";
        var source = $$"""
            public partial class Parts
            {
                public void Configure({{Pipelines.Parameters}})
                {
                    {{arguments}}{{body}}
                }
            }

            public abstract class Helper
            {
                public virtual IApplicationBuilder UseVirtual(IApplicationBuilder app) => app.UseCors();

                public abstract void UseAbstract(IApplicationBuilder app);
            }

            {{More}}
            """;
        var tree = Pipelines.Read(source).Trees.FirstOrDefault(t => t.Location.SourceSpan.Start == source.IndexOf("IApplicationBuilder app", System.StringComparison.Ordinal));
        Assert.Equal(expected, tree is null ? "" : WriteBody(tree.Body));
    }

    [Theory]
    [InlineData("public override void Use(IApplicationBuilder app) { }", "?Use")]
    [InlineData("public void Use(int count) { }", "Use({UseHsts})")]
    [InlineData("public new void Use(IApplicationBuilder app) { }", "Use({UseHsts})")]
    [InlineData("public override void Used(IApplicationBuilder app) { }", "Use({UseHsts})")]
    internal void An_override_may_stand_in_any_file(string member, string expected)
    {
        var trees = Pipelines.Read(
            """
            public class Startup
            {
                public void Configure(IApplicationBuilder app) => Use(app);

                public virtual void Use(IApplicationBuilder app) => app.UseHsts();

                public virtual void Used(IApplicationBuilder app) => app.UseCors();
            }
            """,
            [("/0/Other.cs", "public class Other : Startup { " + member + " }")]).Trees;
        Assert.Equal(expected, WriteBody(trees[0].Body));
    }

    [Theory]
    [InlineData(64, false)]
    [InlineData(65, true)]
    internal void Helpers_of_helpers_are_followed_to_a_depth(int helpers, bool endsUnknown)
    {
        var source = "public static class Startup { public static void Configure(IApplicationBuilder app) => app.Use1(); "
            + string.Join(" ", Enumerable.Range(1, helpers).Select(i => $"public static void Use{i}(this IApplicationBuilder app) => app.{(i == helpers ? "UseHsts" : "Use" + (i + 1))}();"))
            + " }";
        var text = WriteBody(Pipelines.Read(source).Trees[0].Body);
        Assert.Equal(endsUnknown, text.Contains("?Use65"));
        Assert.Equal(!endsUnknown, text.Contains("UseHsts"));
    }

    [Fact]
    public void Any_number_of_helpers_is_followed_one_after_the_other()
    {
        var source = "public static class Startup { public static void Configure(IApplicationBuilder app) { "
            + string.Join(" ", Enumerable.Range(1, 70).Select(i => $"app.Use{i}();")) + " } "
            + string.Join(" ", Enumerable.Range(1, 70).Select(i => $"public static void Use{i}(this IApplicationBuilder app) => app.UseHsts();"))
            + " }";
        Assert.DoesNotContain("?", WriteBody(Pipelines.Read(source).Trees[0].Body));
    }

    [Theory]
    [InlineData("app.UseForwardedHeaders();", true)]
    [InlineData("app.UseForwardedHeaders(); app.UseCors();", false)]
    [InlineData("app.UseCors(); app.UseForwardedHeaders();", false)]
    [InlineData("if (Flag) { app.UseForwardedHeaders(); } else { return; }", true)]
    [InlineData("if (Flag) { app.UseForwardedHeaders(); } else { app.UseCors(); }", false)]
    [InlineData("if (Flag) { app.UseCors(); } else { app.UseForwardedHeaders(); }", false)]
    [InlineData("while (Flag) { app.UseForwardedHeaders(); }", true)]
    [InlineData("while (Flag) { app.UseForwardedHeaders(); app.UseCors(); }", false)]
    [InlineData("app.Map(\"/a\", b => b.UseForwardedHeaders());", true)]
    [InlineData("app.Map(\"/a\", b => b.UseForwardedHeaders().UseCors());", false)]
    [InlineData("Inner(app);", true)]
    [InlineData("Inner(app); More(app);", false)]
    [InlineData("Missing(app); app.UseForwardedHeaders();", false)]
    internal void A_helper_may_apply_them_and_do_nothing_else(string body, bool expected)
    {
        var tree = Pipelines.OfBody(
            "Helpers.UseProxy(app);",
            $$"""
            public static class Helpers
            {
                private static bool Flag => true;

                private static Action<IApplicationBuilder> Missing => null!;

                public static void UseProxy(IApplicationBuilder app) { {{body}} }

                private static void Inner(IApplicationBuilder app) => app.UseForwardedHeaders();

                private static void More(IApplicationBuilder app) => app.UseForwardedHeaders().UseCors();
            }
            """);
        Assert.Equal(expected, Assert.IsType<PipelineCall>(tree.Body[0]).OnlyApplies);
    }

    // What no person has written: it is read no further, and ends without an overflow of the stack.
    [Theory]
    [InlineData("if (flag) {", "app.UseHsts();", "}")]
    [InlineData("if (flag) { } else {", "app.UseHsts();", "}")]
    [InlineData("while (flag) {", "app.UseHsts();", "}")]
    [InlineData("switch (count) { case 1:", "app.UseHsts();", "break; }")]
    [InlineData("try {", "app.UseHsts();", "} finally { }")]
    [InlineData("try { } finally {", "app.UseHsts();", "}")]
    [InlineData("try { } catch {", "app.UseHsts();", "}")]
    [InlineData("{", "app.UseHsts();", "}")]
    [InlineData("_ = app ?? (", "app.UseHsts()", ");")]
    [InlineData("_ = flag ? app : (", "app.UseHsts()", ");")]
    [InlineData("_ = count switch { 1 => app, _ => (", "app.UseHsts()", ") };")]
    internal void Code_is_followed_to_a_depth(string open, string innermost, string close)
    {
        Assert.Contains("UseHsts", WriteBody(Pipelines.OfBody("app.UseCors(); " + Nested(20)).Body));
        Assert.DoesNotContain("UseHsts", WriteBody(Pipelines.OfBody("app.UseCors(); " + Nested(520)).Body));

        string Nested(int levels)
        {
            var isExpression = open.StartsWith("_ = ", System.StringComparison.Ordinal);
            var inner = isExpression ? open["_ = ".Length..] : open;
            var end = isExpression ? close.TrimEnd(';') : close;
            return open + string.Concat(Enumerable.Repeat(inner + " ", levels)) + innermost + string.Concat(Enumerable.Repeat(" " + end, levels)) + close;
        }
    }

    // Code that does not compile

    [Theory]
    [InlineData("app.UseCors().UseMissing();", "UseCors UseMissing")]
    [InlineData("app.UseMissing(app.UseHsts());", "UseHsts UseMissing")]
    [InlineData("other.UseMissing(); app.UseCors();", "UseCors")]
    [InlineData("missing.UseMissing(app); app.UseCors();", "UseCors")]
    [InlineData("app.Missing.UseMissing(); app.UseCors();", "UseCors")]
    [InlineData("app.UseHsts(; app.UseCors();", "UseHsts UseCors")]
    [InlineData("Local(app); void Local(IApplicationBuilder b) { b.UseHsts(); } => b.UseCors();", "Local({UseHsts})")]
    internal void Reads_what_is_half_typed(string body, string expected) => Assert.Equal(expected, WriteBody(Pipelines.OfBody(body, isComplete: false).Body));

    // Methods of other assemblies

    [Theory]
    [InlineData("Contoso.Proxies", "app.UseThing();", "?UseThing")]
    [InlineData("Contoso.Proxies", "app.MapThing();", "MapThing")]
    [InlineData("Contoso.Proxies", "app.Map(\"/a\", Things.UseThing);", "Map{?Map}")]
    [InlineData("Microsoft.AspNetCore.Things", "app.UseThing();", "UseThing")]
    [InlineData("Microsoft.AspNetCoreThings", "app.UseThing();", "?UseThing")]
    [InlineData("Microsoft.Extensions.Things", "app.UseThing();", "UseThing")]
    [InlineData("Swashbuckle.AspNetCore.Things", "app.UseThing();", "UseThing")]
    [InlineData("Contoso.Proxies", "app.UseThing(options => { }); app.UseHsts();", "?UseThing UseHsts")]
    internal void Methods_of_other_assemblies_may_do_anything(string assembly, string body, string expected)
    {
        var token = TestContext.Current.CancellationToken;
        using var image = new MemoryStream();
        var library = CSharpCompilation.Create(
            assembly,
            [
                CSharpSyntaxTree.ParseText(
                    """
                    public static class Things
                    {
                        public static void UseThing(this Microsoft.AspNetCore.Builder.IApplicationBuilder app) { }

                        public static void UseThing(this Microsoft.AspNetCore.Builder.IApplicationBuilder app, System.Action<object> configure) { }

                        public static void MapThing(this Microsoft.AspNetCore.Builder.IApplicationBuilder app) { }
                    }
                    """,
                    cancellationToken: token),
            ],
            FrameworkReferences.Of(Framework.Net100),
            new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary));
        Assert.True(library.Emit(image, cancellationToken: token).Success);
        Assert.Equal(expected, WriteBody(Pipelines.OfBody(body, reference: MetadataReference.CreateFromImage(image.ToArray())).Body));
    }

    // Steps

    [Theory]
    [InlineData("app.Use(next => c => next(c));", "the inline middleware")]
    [InlineData("app.Use((c, next) => { c.Request.Scheme = \"https\"; return next(c); });", "?the inline middleware")]
    [InlineData("Func<RequestDelegate, RequestDelegate> middleware = next => next; app.Use(middleware);", "the inline middleware")]
    [InlineData("app.Use(Elsewhere.Middleware);", "Use")]
    [InlineData("app.Build();", "Build")]
    [InlineData("app.UseMiddleware<Own>(); app.UseMiddleware(typeof(Own));", "Own Own")]
    [InlineData("app.UseMiddleware(count.GetType());", "?UseMiddleware")]
    [InlineData("app.UseMiddleware<Microsoft.AspNetCore.HttpOverrides.ForwardedHeadersMiddleware>();", "*ForwardedHeadersMiddleware")]
    [InlineData("app.UseMiddleware(typeof(Microsoft.AspNetCore.HttpOverrides.ForwardedHeadersMiddleware));", "*ForwardedHeadersMiddleware")]
    [InlineData("app.UseAny<Own>();", "UseAny({?UseMiddleware})")]
    [InlineData("app.UseMiddleware<Writes>();", "?Writes")]
    internal void Reads_middleware(string body, string expected) => Assert.Equal(expected, WriteBody(Pipelines.OfBody(
        body,
        """
        public class Own
        {
            public Task InvokeAsync(HttpContext context) => Task.CompletedTask;
        }

        public class Writes(RequestDelegate next)
        {
            public Task InvokeAsync(HttpContext context) { context.Request.Host = new HostString("a"); return next(context); }
        }

        public static class Elsewhere
        {
            public static Func<RequestDelegate, RequestDelegate> Middleware { get; set; } = null!;

            public static void UseAny<T>(this IApplicationBuilder app) => app.UseMiddleware<T>();
        }
        """).Body));

    [Theory]
    [InlineData("app.UseHsts();", true, true, true)]
    [InlineData("app.UseStaticFiles();", false, false, true)]
    [InlineData("app.UseFileServer(\"/a\");", false, false, true)]
    [InlineData("app.UseTenants();", false, true, false)]
    [InlineData("app.UseTenants(1);", false, false, true)]
    [InlineData("app.Use((c, next) => next(c));", true, false, true)]
    [InlineData("app.Use((HttpContext c, RequestDelegate next) => Task.CompletedTask);", false, false, true)]
    internal void Knows_how_a_call_can_be_moved(string call, bool passesOn, bool isPlain, bool takesAnyBuilder)
    {
        var source = $$"""
            var app = WebApplication.Create();
            {{call}}
            app.UseForwardedHeaders();
            app.Run();

            public static class Tenants
            {
                public static void UseTenants(this WebApplication app) { }

                public static void UseTenants(this IApplicationBuilder app, int count) { }
            }
            """;
        var tree = Assert.Single(Pipelines.Read(source, option: ("proxyssl.scheme_dependent_methods", "UseTenants")).Trees);
        var step = Assert.IsType<PipelineStep>(tree.Body[0]);
        Assert.Equal((passesOn, isPlain, takesAnyBuilder), (step.PassesOn, step.IsPlain, step.TakesAnyBuilder));
    }

    [Theory]
    [InlineData("new ForwardedHeadersOptions()", OptionsSource.Created)]
    [InlineData("new()", OptionsSource.Created)]
    [InlineData("(ForwardedHeadersOptions)new ForwardedHeadersOptions { ForwardLimit = 2 }", OptionsSource.Created)]
    [InlineData("local", OptionsSource.Created)]
    [InlineData("again", OptionsSource.Created)]
    [InlineData("written", OptionsSource.Elsewhere)]
    [InlineData("Made()", OptionsSource.Created)]
    [InlineData("Startup.Nested()", OptionsSource.Created)]
    [InlineData("Chosen(true)", OptionsSource.Elsewhere)]
    [InlineData("ChosenLast(true)", OptionsSource.Elsewhere)]
    [InlineData("WithHelper()", OptionsSource.Created)]
    [InlineData("Round()", OptionsSource.Elsewhere)]
    [InlineData("Injected", OptionsSource.Elsewhere)]
    [InlineData("new Derived()", OptionsSource.Elsewhere)]
    [InlineData("Activator.CreateInstance<ForwardedHeadersOptions>()", OptionsSource.Elsewhere)]
    [InlineData("helper.Make()", OptionsSource.Elsewhere)]
    internal void Knows_where_options_come_from(string argument, OptionsSource expected)
    {
        var tree = Assert.Single(Pipelines.Read($$"""
            public class Startup
            {
                public void Configure(IApplicationBuilder app, Maker helper)
                {
                    var local = new ForwardedHeadersOptions();
                    var again = local;
                    var written = new ForwardedHeadersOptions();
                    written = Injected;
                    app.UseForwardedHeaders({{argument}});
                }

                private static readonly ForwardedHeadersOptions Injected = null!;

                private static ForwardedHeadersOptions Made() { var made = new ForwardedHeadersOptions(); made.ForwardLimit = 2; return made; }

                private static ForwardedHeadersOptions Nested() => Made();

                private static ForwardedHeadersOptions Chosen(bool own) { if (own) { return Injected; } return new ForwardedHeadersOptions(); }

                private static ForwardedHeadersOptions ChosenLast(bool own) { if (own) { return new ForwardedHeadersOptions(); } return Injected; }

                private static ForwardedHeadersOptions WithHelper() { return new ForwardedHeadersOptions { ForwardLimit = Limit() }; static int Limit() { return 2; } }

                private static ForwardedHeadersOptions Round() => Back();

                private static ForwardedHeadersOptions Back() => Round();
            }

            public class Derived : ForwardedHeadersOptions { }

            public abstract class Maker
            {
                public abstract ForwardedHeadersOptions Make();
            }
            """).Trees);
        Assert.Equal(expected, Assert.IsType<PipelineStep>(tree.Body[0]).OptionsSource);
    }

    // Where pipelines begin

    [Theory]
    [InlineData("public Startup(IApplicationBuilder app) { app.UseHsts(); }", "Method: UseHsts")]
    [InlineData("public Action<IApplicationBuilder> Configure => app => app.UseHsts();", "Method: UseHsts")]
    [InlineData("public Action<IApplicationBuilder> Configure { get; } = app => app.UseHsts();", "Method: UseHsts")]
    [InlineData("public Action<IApplicationBuilder> Configure { get { return app => app.UseHsts(); } }", "Method: UseHsts")]
    [InlineData("private readonly Action<IApplicationBuilder> _configure = app => app.UseHsts();", "Method: UseHsts")]
    [InlineData("private IApplicationBuilder App => null!; public void Configure() { App.UseHsts(); App.UseCors(); }", "Method: UseHsts UseCors")]
    [InlineData("private IApplicationBuilder _app = null!; public void Configure() { _app.UseHsts(); this._app.UseCors(); }", "Method: UseHsts UseCors")]
    [InlineData("public abstract void Configure(IApplicationBuilder app);", "")]
    [InlineData("public void Configure(IApplicationBuilder one, IApplicationBuilder other) { one.UseHsts(); other.UseCors(); one.UseSession(); }", "Method: UseHsts UseSession, Method: UseCors")]
    [InlineData("public void Configure(bool flag, IApplicationBuilder a) { IApplicationBuilder app; app = a; app.UseHsts(); }", "Method: UseHsts")]
    [InlineData("public void Host(IWebHostBuilder host) => host.Configure(app => app.UseHsts());", "Method: UseHsts")]
    [InlineData("public void Host(IWebHostBuilder host) => host.Configure((context, b) => { IApplicationBuilder app; app = b; app.UseHsts(); });", "Method: UseHsts")]
    [InlineData("public void Run() { var app = WebApplication.Create(); app.UseHsts(); }", "WebApplication: UseHsts")]
    [InlineData("public void Run() { Start(); void Start() { var app = WebApplication.Create(); app.UseHsts(); } }", "WebApplication: UseHsts")]
    [InlineData("public void Run() { var app = new ApplicationBuilder(null!); app.UseHsts(); }", "Method: UseHsts")]
    [InlineData("public void Run() { WebApplication.Create().UseHsts(); WebApplication.Create().UseCors(); }", "WebApplication: UseHsts, WebApplication: UseCors")]
    [InlineData("public async Task Run() { var app = await Make(); app.UseHsts(); } private static async Task<WebApplication> Make() { var made = WebApplication.Create(); made.UseCors(); await Task.Yield(); return made; }", "WebApplication: Make({UseCors}) UseHsts")]
    [InlineData("public void Run() { var app = Make(); app.UseHsts(); } private static WebApplication Make() { var made = WebApplication.Create(); return made; }", "WebApplication: UseHsts")]
    [InlineData("public void Run() { var app = Make(b => { }); app.UseHsts(); } private static WebApplication Make(Action<IApplicationBuilder> configure) { var made = WebApplication.Create(); configure(made); return made; }", "WebApplication: Make({?Invoke}) UseHsts")]
    [InlineData("public void Configure(IApplicationBuilder app) { Local(app); static void Local(IApplicationBuilder b) => b.UseHsts(); }", "Method: Local({UseHsts})")]
    [InlineData("public void Configure(IApplicationBuilder app) { Action<IApplicationBuilder> run = b => b.UseHsts(); run(app); }", "Method: Invoke({UseHsts})")]
    [InlineData("public void Configure(IApplicationBuilder app) => app.Map(\"/a\", b => b.UseHsts());", "Method: Map{UseHsts}")]
    [InlineData("public void Configure(IApplicationBuilder app) => app.Map(\"/a\", Branch); private void Branch(IApplicationBuilder b) => b.UseHsts();", "Method: Map{Branch({UseHsts})}")]
    [InlineData("public void Configure(IApplicationBuilder app) => UseIt(app); static partial void UseIt(IApplicationBuilder app); static partial void UseIt(IApplicationBuilder app) => app.UseHsts();", "Method: UseIt({UseHsts})")]
    internal void Finds_where_pipelines_begin(string member, string expected)
    {
        var trees = Pipelines.Read("public abstract partial class Startup { protected Startup() { } " + member + " }").Trees;
        Assert.Equal(expected, string.Join(", ", trees.Select(t => $"{t.Owner}: {WriteBody(t.Body)}")));
    }

    [Theory]
    [InlineData("public Action<IApplicationBuilder> Configure(Action<IApplicationBuilder> next) => app => { app.UseHsts(); next(app); };", "StartupFilter: UseHsts ...")]
    [InlineData("public Action<IApplicationBuilder> Configure(Action<IApplicationBuilder> next) { return app => { Local(); app.UseHsts(); void Local() => next(app); }; }", "StartupFilter: Local({...}) UseHsts")]
    [InlineData("public Action<IApplicationBuilder> Configure(Action<IApplicationBuilder> next) => app => { _before(app); app.UseHsts(); next(app); }; private readonly Action<IApplicationBuilder> _before = null!;", "StartupFilter: ?Invoke UseHsts ...")]
    [InlineData("public Action<IApplicationBuilder> Configure(Action<IApplicationBuilder> next) => next; public void Other(IApplicationBuilder app) => app.UseHsts();", "Method: UseHsts")]
    internal void Knows_startup_filters(string members, string expected)
    {
        var tree = Assert.Single(Pipelines.Read("public class Filter : IStartupFilter { " + members + " }").Trees);
        Assert.Equal(expected, $"{tree.Owner}: {WriteBody(tree.Body)}");
    }

    // No file but the first names a middleware or a type of the framework: each helper is found by the name of the one before.
    [Fact]
    public void Finds_pipelines_by_the_names_of_helpers()
    {
        var trees = Pipelines.Read(
            "public static class A { public static void Use1(this App app) => app.UseHsts(); }",
            [
                ("/0/Names.cs", "global using App = Microsoft.AspNetCore.Builder.IApplicationBuilder;"),
                .. Enumerable.Range(2, 6).Select(i => ($"/0/Z{9 - i}.cs", $"public static class C{i} {{ public static void Use{i}(this App app) => app.Use{i - 1}(); }}")),
            ]).Trees;
        Assert.Equal("Use6({Use5({Use4({Use3({Use2({Use1({UseHsts})})})})})})", WriteBody(Assert.Single(trees).Body));
    }

    [Theory]
    [InlineData("UseHsts", "", 1)]
    [InlineData("UseForwardedHeaders", "", 1)]
    [InlineData("UseCors", "", 0)]
    [InlineData("UseTenants", "", 0)]
    [InlineData("UseTenants", "proxyssl.scheme_dependent_methods", 1)]
    [InlineData("UseTenants", "proxyssl.forwarded_headers_methods", 1)]
    internal void Finds_a_body_by_the_words_in_it(string method, string option, int pipelines) => Assert.Equal(
        pipelines,
        Pipelines.Read(
            "public class Startup { private static App App => null!; public void Run() { App." + method + "(); } }",
            [
                ("/0/Names.cs", "global using App = Microsoft.AspNetCore.Builder.IApplicationBuilder;"),
                ("/0/Tenants.cs", "public static class Tenants { public static void UseTenants(this App app) { } }"),
            ],
            (option, "UseTenants")).Trees.Length);

    private static IReadOnlyList<PipelineTree> Trees(string source) => Pipelines.Read(source).Trees;

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
        PipelineBranch branch => $"{branch.Name}{(branch.Rejoins ? "~" : "")}{branch.Check switch { PeerCondition.Certain => "!", PeerCondition.Possible => "?", _ => "" }}{{{WriteBody(branch.Body)}}}",
        PipelineLoop loop => $"loop{(loop.MayBeSkipped ? "?" : "")}{{{Write(loop.Body)}}}",
        PipelineChoice choice => $"if{{{string.Join(" | ", choice.Ways.Select(Write))}}}",
        PipelineExit exit => exit.Kind.ToString().ToLowerInvariant(),
        _ => node.ToString()!,
    };

    private static string Write(PipelineWay way)
    {
        var guards = way.Occurs ? string.Join(", ", way.Guards.Select(g => g.Text)) : "never";
        return way.Body.IsEmpty ? guards + ":" : $"{guards}: {Write(way.Body)}";
    }
}
