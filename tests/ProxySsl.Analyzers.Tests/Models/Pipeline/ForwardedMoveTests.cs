using System.Linq;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using ProxySsl.Analyzers.Pipeline;
using Xunit;

namespace ProxySsl.Analyzers.Tests.Models;

/// <summary>
/// How <c>UseForwardedHeaders</c> moves in front of <c>UseHsts</c>, by syntax alone: the statements that move and the one in front of which
/// they go, <c>link</c> where it leaves a chain, <c>chain</c> where it moves within one.
/// </summary>
public class ForwardedMoveTests
{
    [Theory]
    [InlineData("app.UseHsts(); app.UseForwardedHeaders();", "app.UseForwardedHeaders(); < app.UseHsts();")]
    [InlineData("app.UseForwardedHeaders(); app.UseHsts();", "none")]
    [InlineData("app.UseHsts();", "none")]
    [InlineData("app.UseHsts(); app.UseCors(); app.UseForwardedHeaders(); app.UseForwardedHeaders(two);", "app.UseForwardedHeaders(); < app.UseHsts();")]
    [InlineData("app.UseHsts(); Local(); void Local() { app.UseForwardedHeaders(); }", "none")]
    [InlineData("app.UseHsts(); void Local() { } app.UseForwardedHeaders();", "app.UseForwardedHeaders(); < app.UseHsts();")]
    [InlineData("if (a) { app.UseHsts(); } if (b) { app.UseForwardedHeaders(); }", "if (b) { app.UseForwardedHeaders(); } < if (a) { app.UseHsts(); }")]
    [InlineData("if (a) app.UseHsts(); else app.UseForwardedHeaders();", "none")]
    [InlineData("if (a) { app.UseHsts(); app.UseForwardedHeaders(); }", "app.UseForwardedHeaders(); < app.UseHsts();")]
    [InlineData("switch (a) { case 1: app.UseHsts(); app.UseForwardedHeaders(); break; }", "app.UseForwardedHeaders(); < app.UseHsts();")]
    [InlineData("app = app.UseHsts(); app = app.UseForwardedHeaders();", "app = app.UseForwardedHeaders(); < app = app.UseHsts();")]
    [InlineData("app.Map(x, b => b.UseHsts()); app.UseForwardedHeaders();", "app.UseForwardedHeaders(); < app.Map(x, b => b.UseHsts());")]
    [InlineData("app.Map(x, b => { b.UseHsts(); b.UseForwardedHeaders(); });", "b.UseForwardedHeaders(); < b.UseHsts();")]
    [InlineData("app.Map(x, b => { b.UseHsts(); }); app.Map(y, b => { b.UseForwardedHeaders(); });", "none")]
    [InlineData("app.UseHsts(); P.UseForwardedHeaders(app);", "P.UseForwardedHeaders(app); < app.UseHsts();")]
    [InlineData("app?.UseHsts(); app?.UseForwardedHeaders();", "app?.UseForwardedHeaders(); < app?.UseHsts();")]
    public void Statements_move(string statements, string expected) => Assert.Equal(expected, Plan(statements));

    [Theory]
    [InlineData("app.UseHsts().UseForwardedHeaders();", "chain")]
    [InlineData("app.UseHsts().UseCors().UseForwardedHeaders();", "chain")]
    [InlineData("app.UseForwardedHeaders().UseHsts();", "none")]
    [InlineData("app.UseHsts() /* c */ .UseForwardedHeaders();", "none")]
    [InlineData("app.UseHsts()\n    // c\n    .UseForwardedHeaders();", "none")]
    [InlineData("app\n    .UseHsts()\n    // c\n    .UseForwardedHeaders();", "chain")]
    [InlineData("app\n    .UseHsts()\n#if A\n#endif\n    .UseForwardedHeaders();", "none")]
    [InlineData("app?.UseHsts().UseForwardedHeaders();", "none")]
    [InlineData("P.UseForwardedHeaders(P.UseHsts(app));", "chain")]
    [InlineData("P.UseForwardedHeaders(/* c */ P.UseHsts(app));", "none")]
    [InlineData("P.UseForwardedHeaders(\n#if A\n#endif\nP.UseHsts(app));", "none")]
    [InlineData("P.UseForwardedHeaders(app.UseHsts().UseCors());", "chain")]
    [InlineData("app.Map(x, b => b.UseHsts()).UseForwardedHeaders();", "chain")]
    [InlineData("app.Map(x, b => b.UseForwardedHeaders()).UseHsts();", "none")]
    public void Links_move_in_a_chain(string statements, string expected) => Assert.Equal(expected, Plan(statements));

    [Theory]
    [InlineData("app.UseHsts(); app.UseCors().UseForwardedHeaders();", "link < app.UseHsts();")]
    [InlineData("app.UseHsts(); app.UseForwardedHeaders().UseCors();", "link < app.UseHsts();")]
    [InlineData("app.UseHsts(); return app.UseForwardedHeaders();", "link < app.UseHsts();")]
    [InlineData("app.UseHsts(); var b = app.UseForwardedHeaders();", "link < app.UseHsts();")]
    [InlineData("app.UseHsts(); this.App.UseCors().UseForwardedHeaders();", "none")]
    [InlineData("app.UseHsts(); var o = new X(); app.UseCors().UseForwardedHeaders(o);", "none")]
    [InlineData("var o = new X(); app.UseHsts(); app.UseCors().UseForwardedHeaders(o);", "link < app.UseHsts();")]
    [InlineData("app.UseHsts(); var c = app.UseCors(); c.UseSession().UseForwardedHeaders();", "none")]
    public void A_link_leaves_its_chain(string statements, string expected) => Assert.Equal(expected, Plan(statements));

    [Theory]
    [InlineData("app.UseHsts(); var o = new X(); app.UseForwardedHeaders(o);", "var o = new X(); app.UseForwardedHeaders(o); < app.UseHsts();")]
    [InlineData("app.UseHsts(); var a = 1; var u = 2; var o = new X(a); o.Set(3); app.UseForwardedHeaders(o);", "var a = 1; var o = new X(a); o.Set(3); app.UseForwardedHeaders(o); < app.UseHsts();")]
    [InlineData("app.UseHsts(); Read(out var a); app.UseForwardedHeaders(a);", "Read(out var a); app.UseForwardedHeaders(a); < app.UseHsts();")]
    [InlineData("var o = app.UseHsts(); o.UseForwardedHeaders();", "none")]
    [InlineData("var o = new X(); if (o.Is) { app.UseHsts(); } app.UseForwardedHeaders(o);", "app.UseForwardedHeaders(o); < if (o.Is) { app.UseHsts(); }")]
    [InlineData("var o = new X(); if (a) { o = new X(); app.UseHsts(); } app.UseForwardedHeaders(o);", "none")]
    [InlineData("var o = new X(); app.UseHsts(); o.Set(1); app.UseForwardedHeaders(o);", "o.Set(1); app.UseForwardedHeaders(o); < app.UseHsts();")]
    [InlineData("var o = new X(); app.UseHsts(o); o.Set(1); app.UseForwardedHeaders(o);", "app.UseForwardedHeaders(o); < app.UseHsts(o);")]
    [InlineData("app.UseHsts(); var o = Make(); if (o == null) { return; } app.UseForwardedHeaders(o);", "none")]
    [InlineData("app.UseHsts(); if (a) { return; } app.UseForwardedHeaders();", "app.UseForwardedHeaders(); < app.UseHsts();")]
    [InlineData("app.UseHsts();\n#if A\n#endif\nvar o = new X(); app.UseForwardedHeaders(o);", "none")]
    [InlineData("app.UseHsts(); var o = new X(); Use(o.app); x.o = 1; app.UseForwardedHeaders(o);", "var o = new X(); Use(o.app); app.UseForwardedHeaders(o); < app.UseHsts();")]
    [InlineData("var b = new B(); b.UseHsts(); b.Add(); b.UseForwardedHeaders();", "b.UseForwardedHeaders(); < b.UseHsts();")]
    public void Locals_come_along(string statements, string expected) => Assert.Equal(expected, Plan(statements));

    [Theory]
    [InlineData("app.UseHsts();\n#if A\n#endif\napp.UseForwardedHeaders();", "app.UseForwardedHeaders(); < app.UseHsts(); behind")]
    [InlineData("#if !A\napp.UseHsts();\n#endif\napp.UseForwardedHeaders();", "app.UseForwardedHeaders(); < app.UseHsts(); before")]
    [InlineData("app.UseHsts();\n#if !A\napp.UseForwardedHeaders();\n#endif", "none")]
    [InlineData("#if !A\napp.UseHsts();\n#else\n#endif\napp.UseForwardedHeaders();", "app.UseForwardedHeaders(); < app.UseHsts(); before")]
    [InlineData("#if !A\napp.UseHsts();\n#endif\n#if !A\napp.UseForwardedHeaders();\n#endif", "none")]
    [InlineData("#if A\n#else\napp.UseHsts();\napp.UseForwardedHeaders();\n#endif", "app.UseForwardedHeaders(); < app.UseHsts(); behind")]
    [InlineData("#if !A\napp.UseHsts();\n#region r\napp.UseForwardedHeaders();\n#endregion\n#endif", "app.UseForwardedHeaders(); < app.UseHsts(); behind")]
    [InlineData("app.UseHsts();\nif (a)\n{\n#if !A\napp.UseForwardedHeaders();\n#endif\n}", "none")]
    public void Directives_stay_around_what_they_hold(string statements, string expected)
    {
        foreach (var source in new[] { "class C { object M() {\n" + statements + "\n} }", statements })
        {
            Assert.Equal(expected, PlanIn(source, withDirectives: true));
        }
    }

    [Theory]
    [InlineData("app.UseHsts()", "app", false)]
    [InlineData("app.UseCors().UseHsts()", "app", false)]
    [InlineData("HstsBuilderExtensions.UseHsts(app)", "app", true)]
    [InlineData("Some.Space.HstsBuilderExtensions.UseHsts(app)", "app", true)]
    [InlineData("global::HstsBuilderExtensions.UseHsts(app)", "app", true)]
    [InlineData("UseHsts(app)", "app", true)]
    [InlineData("App.UseHsts(1)", "App", false)]
    [InlineData("Field.UseHsts(1)", "Field", false)]
    [InlineData("Other.UseHsts(app)", "app", true)]
    [InlineData("Other.UseHsts()", "Other", false)]
    [InlineData("this.App.UseHsts(1)", "this.App", false)]
    [InlineData("context.App.UseHsts(1)", "context.App", false)]
    [InlineData("P.UseHsts(app.UseCors())", "app", true)]
    [InlineData("UseHsts()", "", false)]
    public void The_operand_of_a_call_is_its_receiver_or_first_argument(string call, string root, bool isStaticForm)
    {
        var tree = CSharpSyntaxTree.ParseText("class C { object App { get; } object Field; void M() { " + call + "; } void Other2() { } }", cancellationToken: TestContext.Current.CancellationToken);
        var invocation = tree.GetRoot(TestContext.Current.CancellationToken).DescendantNodes().OfType<InvocationExpressionSyntax>().First();
        Assert.Equal(root, BuilderCalls.RootOf(invocation)?.ToString() ?? "");
        Assert.Equal(isStaticForm, BuilderCalls.IsStaticForm(invocation));
    }

    [Theory]
    [InlineData("app.UseHsts().UseCors()", "UseCors")]
    [InlineData("P.UseCors(app.UseHsts())", "UseCors")]
    [InlineData("app.UseCors(app.UseHsts())", "")]
    [InlineData("P.UseCors(app, b.UseHsts())", "")]
    [InlineData("app.UseHsts()", "")]
    [InlineData("(app.UseHsts()).UseCors()", "")]
    [InlineData("app.UseHsts().Length.UseCors()", "")]
    public void The_next_call_is_made_on_what_a_call_returns(string expression, string next)
    {
        var tree = CSharpSyntaxTree.ParseText("class C { void M() { _ = " + expression + "; } }", cancellationToken: TestContext.Current.CancellationToken);
        var call = tree.GetRoot(TestContext.Current.CancellationToken).DescendantNodes().OfType<InvocationExpressionSyntax>().Single(i => BuilderCalls.NameOf(i)?.Identifier.Text == "UseHsts");
        Assert.Equal(next, BuilderCalls.NextOf(call) is { } found ? BuilderCalls.NameOf(found)!.Identifier.Text : "");
    }

    [Fact]
    public void A_mark_on_anything_but_the_name_of_a_call_marks_no_call()
    {
        var tree = CSharpSyntaxTree.ParseText("class C { void M() { app.UseHsts(one); two = three; } }", cancellationToken: TestContext.Current.CancellationToken);
        var names = tree.GetRoot(TestContext.Current.CancellationToken).DescendantNodes().OfType<IdentifierNameSyntax>().ToDictionary(n => n.Identifier.Text);
        Assert.NotNull(BuilderCalls.CallOf(names["UseHsts"]));
        Assert.All(["app", "one", "two", "three"], name => Assert.Null(BuilderCalls.CallOf(names[name])));
    }

    private static string Plan(string statements) => PlanIn("class C { object M() { " + statements + " } }", withDirectives: false);

    private static string PlanIn(string source, bool withDirectives)
    {
        var token = TestContext.Current.CancellationToken;
        var root = CSharpSyntaxTree.ParseText(source, cancellationToken: token).GetRoot(token);
        var marked = root.DescendantNodes().OfType<SimpleNameSyntax>().First(n => n.Identifier.Text == "UseHsts");
        return ForwardedMove.Plan(marked, "UseForwardedHeaders") switch
        {
            null => "none",
            { Chain: true, Target: null, Source: null, LeavesChain: false, Statements.IsEmpty: true } => "chain",
            { LeavesChain: true } move => $"link < {move.Target}",
            var move => $"{string.Join(" ", move.Statements)} < {move.Target}{(withDirectives ? move.AfterDirectives ? " behind" : " before" : "")}",
        };
    }
}
