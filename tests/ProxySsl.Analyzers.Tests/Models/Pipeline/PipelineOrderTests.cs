using System.Collections.Generic;
using System.Linq;
using ProxySsl.Analyzers.Pipeline;
using Xunit;

namespace ProxySsl.Analyzers.Tests.Models;

/// <summary>
/// What is before what in a pipeline. <c>early</c> is middleware in front of forwarded headers, with the branch that it is left in;
/// <c>open</c> what has none on its way; <c>twice</c> what applies them again, <c>twice?</c> where only some ways do; <c>behind</c> what
/// applies them behind an answer; <c>outside</c> what does not in production, with the number of calls around the condition.
/// </summary>
public class PipelineOrderTests
{
    private const string Answer = "app.Run(c => Task.CompletedTask);";

    [Theory]
    [InlineData("app.UseHsts(); app.UseForwardedHeaders();", "early UseHsts")]
    [InlineData("app.UseForwardedHeaders(); app.UseHsts();", "")]
    [InlineData("app.UseHsts();", "open UseHsts")]
    [InlineData("if (flag) { app.UseHsts(); return; } app.UseForwardedHeaders();", "open UseHsts")]
    [InlineData("if (flag) { app.UseForwardedHeaders(); return; } app.UseHsts();", "open UseHsts")]
    [InlineData("if (flag) { app.UseHsts(); throw new Exception(); } app.UseForwardedHeaders();", "")]
    [InlineData("if (flag) { app.UseHsts(); } else { app.UseCors(); } app.UseForwardedHeaders();", "early UseHsts, early UseCors")]
    [InlineData("if (flag) { app.UseForwardedHeaders(); } app.UseHsts();", "open UseHsts")]
    [InlineData("foreach (var x in new[] { 1 }) { app.UseHsts(); } app.UseForwardedHeaders();", "early UseHsts")]
    [InlineData("foreach (var x in new[] { 1 }) { app.UseForwardedHeaders(); } app.UseHsts();", "open UseHsts")]
    [InlineData("do { app.UseForwardedHeaders(); } while (flag); app.UseHsts();", "")]
    [InlineData("while (true) { app.UseHsts(); break; } app.UseForwardedHeaders();", "early UseHsts")]
    [InlineData("foreach (var x in new[] { 1 }) { if (flag) { app.UseHsts(); continue; } app.UseForwardedHeaders(); }", "open UseHsts")]
    [InlineData("switch (count) { case 1: app.UseHsts(); break; default: return; } app.UseForwardedHeaders();", "early UseHsts")]
    [InlineData("switch (count) { case 1: app.UseForwardedHeaders(); break; default: app.UseForwardedHeaders(); break; } app.UseHsts();", "")]
    [InlineData("switch (count) { case 1: app.UseForwardedHeaders(); break; case 2: app.UseForwardedHeaders(); break; } app.UseHsts();", "open UseHsts")]
    [InlineData("Local(); app.UseForwardedHeaders(); void Local() { if (flag) { app.UseHsts(); return; } app.UseCors(); }", "early UseHsts, early UseCors")]
    [InlineData("try { app.UseHsts(); } catch { app.UseForwardedHeaders(); } app.UseForwardedHeaders(new());", "early UseHsts, early UseHsts, twice? UseForwardedHeaders")]
    [InlineData("return; app.UseHsts();", "")]
    [InlineData("app.UseHsts(); switch (count) { case 1: app.UseForwardedHeaders(new()); break; case 2: app.UseForwardedHeaders(new()); break; case 3: app.UseForwardedHeaders(new()); break; case 4: app.UseForwardedHeaders(new()); break; case 5: app.UseForwardedHeaders(new()); break; default: return; }", "early UseHsts, early UseHsts, early UseHsts, early UseHsts, open UseHsts")]
    internal void Follows_all_ways(string body, string expected) => Assert.Equal(expected, Write(Pipelines.OfBody(body)));

    [Theory]
    [InlineData("if (flag) { return; } app.UseHsts(); if (flag) { app.UseForwardedHeaders(); }", "open UseHsts")]
    [InlineData("if (!flag) { app.UseHsts(); } if (flag) { app.UseForwardedHeaders(); }", "open UseHsts")]
    [InlineData("if (flag) { app.UseHsts(); } if (flag) { app.UseForwardedHeaders(); }", "early UseHsts, open UseHsts")]
    [InlineData("if (flag) { app.UseHsts(); } if (count == 1) { app.UseForwardedHeaders(); }", "early UseHsts, open UseHsts")]
    [InlineData("if (flag) { app.UseForwardedHeaders(new()); } if (!flag) { app.UseForwardedHeaders(new()); }", "")]
    [InlineData("if (flag) { app.UseForwardedHeaders(new()); } if (flag) { app.UseForwardedHeaders(new()); }", "twice? UseForwardedHeaders")]
    [InlineData("if (flag && count == 1) { app.UseHsts(); } if (!flag) { app.UseForwardedHeaders(); }", "open UseHsts")]
    [InlineData("if (flag && count == 1) { app.UseHsts(); } if (count != 1) { app.UseForwardedHeaders(); }", "open UseHsts")]
    internal void Opposite_conditions_do_not_meet(string body, string expected) => Assert.Equal(expected, Write(Pipelines.OfBody(body)));

    [Theory]
    [InlineData("app.UseForwardedHeaders(); app.UseForwardedHeaders();", "")]
    [InlineData("app.UseForwardedHeaders(); app.UseForwardedHeaders(); app.UseForwardedHeaders();", "")]
    [InlineData("app.UseForwardedHeaders(); app.Map(\"/a\", b => b.UseForwardedHeaders());", "")]
    [InlineData("if (flag) { app.UseForwardedHeaders(); } app.UseForwardedHeaders();", "")]
    [InlineData("if (flag) { app.UseForwardedHeaders(); } else { app.UseForwardedHeaders(); } app.UseForwardedHeaders();", "")]
    [InlineData("foreach (var x in new[] { 1 }) { app.UseForwardedHeaders(); } app.UseForwardedHeaders();", "")]
    [InlineData("if (flag) { app.UseForwardedHeaders(new()); } app.UseForwardedHeaders();", "twice? UseForwardedHeaders")]
    [InlineData("if (flag) { app.UseForwardedHeaders(); } app.UseForwardedHeaders(new());", "twice? UseForwardedHeaders")]
    [InlineData("app.UseForwardedHeaders(new()); app.UseForwardedHeaders(); app.UseForwardedHeaders();", "twice UseForwardedHeaders")]
    [InlineData("app.UseForwardedHeaders(); app.UseForwardedHeaders(new());", "twice UseForwardedHeaders")]
    [InlineData("app.UseForwardedHeaders(new()); app.Map(\"/a\", b => b.UseForwardedHeaders(new()));", "twice UseForwardedHeaders")]
    [InlineData("app.UseWhen(c => true, b => b.UseForwardedHeaders()); app.UseForwardedHeaders();", "twice? UseForwardedHeaders")]
    [InlineData("app.UseWhen(c => true, b => b.UseForwardedHeaders()); app.UseWhen(c => true, b => b.UseForwardedHeaders());", "twice? UseForwardedHeaders")]
    [InlineData("app.Map(\"/a\", b => b.UseForwardedHeaders()); app.UseForwardedHeaders();", "")]
    [InlineData("app.UseWhen(c => true, b => { b.UseForwardedHeaders(); b.UseForwardedHeaders(); });", "")]
    [InlineData("app.UseMiddleware<Microsoft.AspNetCore.HttpOverrides.ForwardedHeadersMiddleware>(); app.UseForwardedHeaders();", "twice UseForwardedHeaders")]
    internal void Calls_without_options_are_once_only_on_a_builder(string body, string expected) => Assert.Equal(expected, Write(Pipelines.OfBody(body)));

    [Theory]
    [InlineData("app.Map(\"/a\", b => b.UseHsts()); app.UseForwardedHeaders();", "early UseHsts@Map")]
    [InlineData("app.UseCors(); app.Map(\"/a\", b => b.UseHsts()); app.UseForwardedHeaders();", "early UseCors, early UseHsts@Map")]
    [InlineData("app.UseWhen(c => true, b => b.UseHsts()); app.UseForwardedHeaders();", "early UseHsts")]
    [InlineData("app.UseWhen(c => true, b => b.Map(\"/a\", i => i.UseHsts())); app.UseForwardedHeaders();", "early UseHsts@Map")]
    [InlineData("app.Map(\"/a\", b => b.UseWhen(c => true, i => i.UseHsts())); app.UseForwardedHeaders();", "early UseHsts@Map")]
    [InlineData("app.Map(\"/a\", b => { if (flag) { b.UseHsts(); return; } b.UseForwardedHeaders(); }); app.UseForwardedHeaders();", "early UseHsts@Map")]
    [InlineData("app.Map(\"/a\", b => { b.Map(\"/b\", i => i.UseHsts()); b.UseForwardedHeaders(); });", "early UseHsts@Map")]
    [InlineData("app.Map(\"/a\", b => b.UseForwardedHeaders().UseHsts()); app.UseForwardedHeaders();", "")]
    [InlineData("app.UseHsts(); app.UseWhen(c => true, b => b.UseForwardedHeaders());", "open UseHsts")]
    [InlineData("app.UseWhen(c => true, b => b.UseForwardedHeaders()); app.UseHsts();", "open UseHsts")]
    [InlineData("app.UseWhen(c => true, b => b.UseHsts()); app.UseWhen(c => true, b => b.UseForwardedHeaders());", "open UseHsts")]
    [InlineData("app.UseWhen(c => c.Connection.LocalPort == 1, b => b.UseHsts()); app.UseForwardedHeaders();", "")]
    [InlineData("app.MapWhen(c => c.Connection.LocalPort == 1, b => b.UseHsts()); app.UseForwardedHeaders();", "")]
    [InlineData("app.UseWhen(c => c.Connection.LocalPort == 1, b => b.UseForwardedHeaders()); app.UseHsts();", "open UseHsts")]
    [InlineData("app.MapWhen(predicate, b => b.UseHsts()); app.UseForwardedHeaders();", "open UseHsts")]
    [InlineData("app.Map(\"/a\", b => { given(b); b.UseHsts(); }); app.UseForwardedHeaders();", "open UseHsts")]
    [InlineData("given(app); app.Map(\"/a\", b => b.UseHsts()); app.UseForwardedHeaders();", "early UseHsts@Map")]
    internal void Branches_inherit_and_leave(string body, string expected) => Assert.Equal(expected, Write(Pipelines.OfBody(body)));

    [Theory]
    [InlineData(Answer + " app.UseForwardedHeaders();", "early Run, behind Run")]
    [InlineData("app.UseMvc(); " + Answer + " app.UseForwardedHeaders();", "early UseMvc, early Run, behind UseMvc")]
    [InlineData("if (flag) { " + Answer + " } app.UseForwardedHeaders();", "early Run")]
    [InlineData(Answer + " if (flag) { app.UseCors(); } app.UseForwardedHeaders();", "early Run, early UseCors, behind Run")]
    [InlineData("if (flag) { " + Answer + " } else { return; } if (!flag) { app.UseForwardedHeaders(); }", "open Run")]
    [InlineData("app.UseWhen(c => true, app => app.Run(c => Task.CompletedTask)); app.UseForwardedHeaders();", "early Run")]
    [InlineData("app.UseForwardedHeaders(); " + Answer, "")]
    [InlineData(Answer + " app.UseForwardedHeaders(); app.UseForwardedHeaders();", "early Run, behind Run")]
    [InlineData(Answer + " app.UseForwardedHeaders(new()); app.UseForwardedHeaders(new());", "early Run, twice UseForwardedHeaders, behind Run, behind Run")]
    internal void What_answers_ends_the_pipeline(string body, string expected) => Assert.Equal(expected, Write(Pipelines.OfBody(body.Replace("app => app.Run", "b => b.Run"))));

    [Theory]
    [InlineData("if (env.IsDevelopment()) { app.UseForwardedHeaders(); } app.UseHsts();", "open UseHsts, outside UseForwardedHeaders0")]
    [InlineData("if (env.IsDevelopment()) { app.UseHsts(); } app.UseForwardedHeaders();", "")]
    [InlineData("if (env.IsProduction()) { app.UseForwardedHeaders(); } app.UseHsts();", "")]
    [InlineData("if (env.IsDevelopment()) { Local(); } void Local() { app.UseForwardedHeaders(); }", "outside UseForwardedHeaders0")]
    [InlineData("Local(); void Local() { if (env.IsDevelopment()) { app.UseForwardedHeaders(); } }", "outside UseForwardedHeaders1")]
    [InlineData("if (env.IsDevelopment()) { if (flag) { app.UseForwardedHeaders(); } foreach (var x in new[] { 1 }) { app.UseForwardedHeaders(new()); } app.Map(\"/a\", b => b.UseForwardedHeaders()); }", "outside UseForwardedHeaders0, outside UseForwardedHeaders0, outside UseForwardedHeaders0")]
    [InlineData("if (!env.IsDevelopment()) { return; } app.UseForwardedHeaders();", "outside UseForwardedHeaders0")]
    [InlineData("app.UseCors(); if (!env.IsDevelopment()) { app.UseForwardedHeaders(); return; } app.UseSession();", "early UseCors")]
    [InlineData("if (!env.IsDevelopment()) { return; } else { throw new Exception(); } app.UseForwardedHeaders();", "")]
    [InlineData("if (flag) { return; } else { return; } app.UseForwardedHeaders();", "")]
    internal void Development_is_not_production(string body, string expected) => Assert.Equal(expected, Write(Pipelines.OfBody(body)));

    // Conditions

    [Theory]
    [InlineData("if (flag) return; app.UseHsts();", "UseHsts[!flag]")]
    [InlineData("if (env.IsProduction()) app.UseCors(); app.UseHsts();", "UseCors[env.IsProduction()] UseHsts")]
    [InlineData("if (env.IsDevelopment()) return; app.UseHsts();", "UseHsts")]
    [InlineData("if (flag) app.UseCors(); app.UseHsts();", "UseCors[flag] UseHsts")]
    [InlineData("if (flag) app.UseCors(); else return; app.UseHsts();", "UseCors[flag] UseHsts[flag]")]
    [InlineData("switch (count) { case 1: app.UseCors(); break; default: return; } app.UseHsts();", "UseCors[count == 1] UseHsts")]
    [InlineData("Local(); app.UseHsts(); void Local() { if (flag) return; app.UseCors(); }", "UseCors[!flag] UseHsts")]
    [InlineData("if (flag && count == 1) app.UseCors(); else app.UseHsts();", "UseCors[flag && count == 1, flag, count == 1] UseHsts[!flag && count == 1]")]
    [InlineData("if (flag || count == 1) app.UseCors(); else app.UseHsts();", "UseCors[!!flag && !count == 1] UseHsts[!flag && !count == 1, !flag, !count == 1]")]
    [InlineData("if (!(flag || count != 1)) app.UseCors();", "UseCors[!flag && count == 1, !flag, count == 1]")]
    [InlineData("if (count != 1) app.UseCors(); else app.UseHsts();", "UseCors[!count == 1] UseHsts[count == 1]")]
    [InlineData("if (flag == true) app.UseCors(); else app.UseHsts();", "UseCors[flag] UseHsts[!flag]")]
    [InlineData("if (flag == false) app.UseCors(); else app.UseHsts();", "UseCors[!flag] UseHsts[flag]")]
    [InlineData("if (flag != true) app.UseCors(); else app.UseHsts();", "UseCors[!flag] UseHsts[flag]")]
    [InlineData("if (flag is true) app.UseCors(); else app.UseHsts();", "UseCors[flag] UseHsts[!flag]")]
    [InlineData("if (flag is false) app.UseCors(); else app.UseHsts();", "UseCors[!flag] UseHsts[flag]")]
    [InlineData("if (count is 1) app.UseCors(); else app.UseHsts();", "UseCors[count == 1] UseHsts[!count == 1]")]
    [InlineData("if ((flag)) app.UseCors();", "UseCors[flag]")]
    [InlineData("_ = flag ? app.UseCors() : app.UseHsts();", "UseCors[flag] UseHsts[!flag]")]
    internal void Steps_know_what_has_to_hold(string body, string expected) => Assert.Equal(
        expected,
        string.Join(" ", Pipelines.OfBody(body).Order.Steps.Select(s => s.Step.Name + (s.Guards.IsEmpty ? "" : $"[{string.Join(", ", s.Guards.Select(g => g.Text))}]"))));

    [Theory]
    [InlineData("given(app); app.UseHsts();", "Invoke UseHsts?")]
    [InlineData("app.UseHsts(); given(app);", "UseHsts Invoke")]
    [InlineData("if (flag) given(app); app.UseHsts();", "Invoke UseHsts?")]
    [InlineData("if (flag) { given(app); return; } app.UseHsts();", "Invoke UseHsts")]
    [InlineData("given(app); given(app); app.UseHsts();", "Invoke Invoke? UseHsts?")]
    [InlineData("app.Map(\"/a\", b => given(b)); app.UseHsts();", "Invoke UseHsts")]
    [InlineData("app.UseWhen(c => true, b => given(b)); app.UseHsts();", "Invoke UseHsts?")]
    internal void Steps_know_whether_unknown_code_came_first(string body, string expected) =>
        Assert.Equal(expected, string.Join(" ", Pipelines.OfBody(body).Order.Steps.Select(s => s.Step.Name + (s.IsAfterUnknown ? "?" : ""))));

    // What runs before the app's own pipeline

    [Theory]
    [InlineData("app.UseForwardedHeaders(); next(app);", "app.UseForwardedHeaders();", "twice UseForwardedHeaders", "")]
    [InlineData("app.UseForwardedHeaders(); next(app);", "app.UseHsts();", "", "")]
    [InlineData("app.UseForwardedHeaders(); next(app);", "app.UseForwardedHeaders(new());", "twice UseForwardedHeaders", "twice UseForwardedHeaders")]
    [InlineData("next(app); app.UseForwardedHeaders();", "app.UseHsts(); app.UseForwardedHeaders();", "early UseHsts", "early UseHsts")]
    [InlineData("app.UseCors(); next(app);", "app.UseHsts();", "open UseHsts", "open UseHsts")]
    internal void A_startup_filter_comes_first(string filter, string body, string onWebApplication, string onMethod)
    {
        var pipelines = Pipelines.Read($$"""
            public class Filter : IStartupFilter
            {
                public Action<IApplicationBuilder> Configure(Action<IApplicationBuilder> next) => app => { {{filter}} };
            }

            public class Startup
            {
                public void Configure(IApplicationBuilder app) { {{body}} }

                public void Run() { var app = WebApplication.Create(); {{body}} }
            }
            """);
        Assert.Equal(filter.StartsWith("app.UseForwardedHeaders", System.StringComparison.Ordinal), pipelines.AppliedByHost is not null);
        Assert.Null(pipelines.HostSwitch);
        Assert.Equal(onWebApplication, Write(pipelines.Trees.Single(t => t.Owner == PipelineOwner.WebApplication)));
        Assert.Equal(onMethod, Write(pipelines.Trees.Single(t => t.Owner == PipelineOwner.Method)));
        Assert.DoesNotContain("twice", Write(pipelines.Trees.Single(t => t.Owner == PipelineOwner.StartupFilter)));
    }

    [Fact]
    public void The_hosts_switch_comes_before_all()
    {
        var pipelines = Pipelines.Read("""
            Environment.SetEnvironmentVariable("ASPNETCORE_FORWARDEDHEADERS_ENABLED", "true");
            var app = WebApplication.Create();
            app.UseForwardedHeaders();

            public class Startup
            {
                public void Configure(IApplicationBuilder app) { app.UseForwardedHeaders(); app.UseForwardedHeaders(new()); }
            }

            public class Filter : IStartupFilter
            {
                public Action<IApplicationBuilder> Configure(Action<IApplicationBuilder> next) => app => { app.UseForwardedHeaders(new()); next(app); };
            }
            """);
        Assert.Equal(["twice UseForwardedHeaders", "twice UseForwardedHeaders", "twice UseForwardedHeaders"], pipelines.Trees.Select(Write));
        Assert.Same(pipelines.HostSwitch, pipelines.AppliedByHost);
    }

    private static string Write(PipelineTree tree) => string.Join(", ", Parts(tree.Order));

    private static IEnumerable<string> Parts(PipelineOrder order) =>
        order.Early.Select(e => $"early {e.Consumer.Step.Name}{(e.Left is { } left ? "@" + left.Name : "")}")
            .Concat(order.Repeated.Select(r => $"twice{(r.OnEveryWay ? "" : "?")} {r.Second.Step.Name}"))
            .Concat(order.AfterTerminal.Select(a => $"behind {a.Terminal.Step.Name}"))
            .Concat(order.Uncovered.Select(s => $"open {s.Step.Name}"))
            .Concat(order.OutsideProduction.Select(o => $"outside {o.Step.Step.Name}{o.Depth}"));
}
