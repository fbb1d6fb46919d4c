using System.Linq;
using ProxySsl.Analyzers.Knowledge;
using ProxySsl.Analyzers.Pipeline;
using Xunit;

namespace ProxySsl.Analyzers.Tests.Models;

/// <summary>
/// What middleware of the compilation does with the request: what it <c>reads</c>, whether it only logs that, whether it sets it itself, and
/// whether it certainly <c>passes</c> the request on before it can have answered.
/// </summary>
public class RequestReadsTests
{
    private const string Next = "await next(context);";

    [Theory]
    [InlineData(Next, "nothing passes")]
    [InlineData("_ = context.Request.Scheme; " + Next, "Scheme passes")]
    [InlineData("_ = context.Request.IsHttps; " + Next, "Scheme passes")]
    [InlineData("_ = context.Request.Host; " + Next, "Host passes")]
    [InlineData("_ = context.Request.Scheme; _ = context.Request.Host; " + Next, "Scheme, Host passes")]
    [InlineData("_ = context.Request.Scheme; _ = context.Request.IsHttps; " + Next, "Scheme passes")]
    [InlineData("_ = context.Connection.RemoteIpAddress; " + Next, "ClientAddress passes")]
    [InlineData("_ = context.Connection.LocalIpAddress; _ = context.Request.Path; _ = context.Request.PathBase; " + Next, "nothing passes")]
    [InlineData("_ = context.Request.GetDisplayUrl(); " + Next, "Scheme, Host passes")]
    [InlineData("_ = UriHelper.GetEncodedUrl(context.Request); " + Next, "Scheme, Host passes")]
    [InlineData("_ = Own.GetDisplayUrl(context.Request); " + Next, "nothing passes")]
    [InlineData("_ = Own.RemoteIpAddress; _ = Own.Scheme; " + Next, "nothing passes")]
    [InlineData(Next + " _ = context.Request.Scheme;", "nothing passes")]
    [InlineData("context.Response.OnStarting(() => { _ = context.Request.Scheme; return Task.CompletedTask; }); " + Next, "nothing passes")]
    [InlineData("void Later() { _ = context.Request.Scheme; } " + Next + " Later();", "nothing passes")]
    [InlineData("context.Request.Scheme = \"https\"; " + Next, "writes")]
    [InlineData("_ = context.Request.Host; context.Request.Scheme = \"https\"; " + Next, "writes")]
    [InlineData("context.Connection.RemoteIpAddress = null; " + Next, "writes")]
    [InlineData("context.Request.Path = \"/\"; " + Next, "nothing passes")]
    internal void Middleware_reads_before_it_calls_the_next_one(string statements, string expected) => Assert.Equal(expected, OfInline(statements));

    [Theory]
    [InlineData("_ = context.Request.Scheme; context.Request.Headers[\"X-Forwarded-Proto\"] = \"https\"; " + Next, "nothing passes")]
    [InlineData("context.Request.Headers[\"X-Forwarded-Proto\"] = context.Request.Scheme; " + Next, "nothing passes")]
    [InlineData("context.Request.Headers[\"X-Other\"] = context.Request.Scheme; " + Next, "Scheme passes")]
    [InlineData("context.Request.Headers.Append(\"X-Forwarded-For\", context.Request.Scheme); " + Next, "nothing passes")]
    [InlineData("context.Request.Headers.Add(\"X-Forwarded-For\", context.Request.Scheme); " + Next, "nothing passes")]
    [InlineData("context.Request.Headers.TryAdd(\"X-Forwarded-For\", context.Request.Scheme); " + Next, "nothing passes")]
    [InlineData("context.Request.Headers.Remove(\"X-Forwarded-For\"); _ = context.Request.Scheme; " + Next, "nothing passes")]
    [InlineData("context.Request.Headers.Remove(\"X-Other\"); _ = context.Request.Scheme; " + Next, "Scheme passes")]
    [InlineData("_ = context.Request.Headers.ContainsKey(\"X-Forwarded-For\"); _ = context.Request.Scheme; " + Next, "Scheme passes")]
    [InlineData("_ = context.Request.Headers[\"X-Forwarded-Proto\"] == context.Request.Scheme; " + Next, "Scheme passes")]
    [InlineData("new Dictionary<string, string>().Add(\"X-Forwarded-For\", context.Request.Scheme); " + Next, "Scheme passes")]
    [InlineData("new Dictionary<string, string>()[\"X-Forwarded-For\"] = context.Request.Scheme; " + Next, "Scheme passes")]
    internal void Middleware_that_prepares_forwarded_headers_reads_nothing(string statements, string expected) => Assert.Equal(expected, OfInline(statements));

    [Theory]
    [InlineData("Console.WriteLine(context.Request.Scheme); " + Next, "Scheme logged passes")]
    [InlineData("var scheme = context.Request.Scheme; Console.WriteLine(scheme); " + Next, "Scheme logged passes")]
    [InlineData("var scheme = context.Request.Scheme; Console.WriteLine(scheme); context.Items[\"a\"] = scheme; " + Next, "Scheme passes")]
    [InlineData("var scheme = context.Request.Scheme; context.Items[\"a\"] = scheme; Console.WriteLine(scheme); " + Next, "Scheme passes")]
    [InlineData("var scheme = context.Request.Scheme; var text = scheme + 1; Console.WriteLine(text); " + Next, "Scheme passes")]
    [InlineData("Console.WriteLine(context.Request.Scheme); context.Items[\"a\"] = context.Request.Host; " + Next, "Scheme, Host passes")]
    [InlineData("context.Items[\"a\"] = context.Request.Host; Console.WriteLine(context.Request.Scheme); " + Next, "Scheme, Host passes")]
    [InlineData("Console.WriteLine(context.Request.Host); Console.WriteLine(context.Request.Scheme); " + Next, "Scheme, Host logged passes")]
    [InlineData("Console.WriteLine(context.Request.IsHttps ? 1 : 2); " + Next, "Scheme passes")]
    [InlineData("System.Diagnostics.Activity.Current?.SetTag(\"scheme\", context.Request.Scheme); " + Next, "Scheme logged passes")]
    [InlineData("Own.Keep(context.Request.Scheme); " + Next, "Scheme passes")]
    [InlineData("var text = new StringBuilder($\"{context.Request.Scheme} {context.Request.Host}\"); text.AppendLine(\"a\").Append(1); Console.WriteLine(text.ToString()); " + Next, "Scheme, Host logged passes")]
    [InlineData("var text = new StringBuilder(); text.Append(\"a\").Append(context.Request.Scheme).AppendLine(); Console.WriteLine(text.ToString()); " + Next, "Scheme logged passes")]
    [InlineData("var text = new StringBuilder(); text.Append(context.Request.Scheme); Console.WriteLine(text); context.Items[\"a\"] = text; " + Next, "Scheme passes")]
    [InlineData("var text = new StringBuilder(); text.Append(context.Request.Scheme); await context.Response.Body.FlushAsync(); Own.Keep(text.ToString()); " + Next, "Scheme")]
    [InlineData("var text = new StringBuilder().Append(context.Request.Scheme); var same = text.Append(\"a\"); Own.Keep(same); " + Next, "Scheme passes")]
    internal void Middleware_may_only_log(string statements, string expected) => Assert.Equal(expected, OfInline(statements));

    [Theory]
    [InlineData("Console.WriteLine(context.Request.Scheme); foreach (var header in context.Request.Headers) { Console.WriteLine(header.Key); } " + Next, "nothing passes")]
    [InlineData("foreach (var header in context.Request.Headers) { Console.WriteLine(header.Key); } Console.WriteLine(context.Connection.RemoteIpAddress); " + Next, "nothing passes")]
    [InlineData("Console.WriteLine(\"{0} {1}\", context.Request.Scheme, context.Request.Headers); " + Next, "nothing passes")]
    [InlineData("Console.WriteLine(context.Request.Scheme + context.Request.Headers[\"X-Forwarded-Proto\"]); " + Next, "nothing passes")]
    [InlineData("Console.WriteLine(context.Request.Scheme + context.Request.Headers[\"X-Other\"]); " + Next, "Scheme logged passes")]
    [InlineData("Console.WriteLine(context.Request.Scheme + context.Request.Headers.Count); " + Next, "Scheme logged passes")]
    [InlineData("foreach (var header in context.Request.Headers) { Console.WriteLine(header.Key); } context.Items[\"a\"] = context.Request.Scheme; " + Next, "Scheme passes")]
    internal void A_log_of_the_headers_as_they_came_in_is_not_too_early(string statements, string expected) => Assert.Equal(expected, OfInline(statements));

    [Theory]
    [InlineData("if (context.Items.Count == 0) { " + Next + " }", "nothing")]
    [InlineData("while (context.Items.Count == 0) { " + Next + " }", "nothing")]
    [InlineData("switch (context.Items.Count) { case 0: " + Next + " break; }", "nothing")]
    [InlineData("try { " + Next + " } catch { }", "nothing passes")]
    [InlineData("try { context.Items.Clear(); " + Next + " } catch { }", "nothing")]
    [InlineData("try { context.Items.Clear(); " + Next + " } finally { context.Items.Clear(); }", "nothing passes")]
    [InlineData("try { context.Items.Clear(); } catch { " + Next + " }", "nothing")]
    [InlineData("try { context.Items.Clear(); } catch { context.Items.Clear(); } " + Next, "nothing")]
    [InlineData("using (context.RequestAborted.Register(() => { })) { " + Next + " }", "nothing passes")]
    [InlineData("await (context.Items.Count == 0 ? next(context) : Task.CompletedTask);", "nothing")]
    [InlineData("await (context.Items[\"a\"] as Task ?? next(context));", "nothing")]
    [InlineData("_ = context.Items.Count == 0 && next(context).IsCompleted; await Task.Yield();", "nothing")]
    [InlineData("await Task.Run(() => next(context));", "nothing")]
    [InlineData("await Task.Yield();", "nothing")]
    [InlineData("if (context.Items.Count == 0) { throw new Exception(); } " + Next, "nothing")]
    [InlineData("if (context.Items.Count == 0) { return; } " + Next, "nothing")]
    [InlineData(Next + " if (context.Items.Count == 0) { return; } throw new Exception();", "nothing passes")]
    [InlineData("context.Response.StatusCode = 404; " + Next, "nothing")]
    [InlineData("context.Response.Headers[\"a\"] = \"b\"; " + Next, "nothing passes")]
    [InlineData("context.Response.OnCompleted(() => Task.CompletedTask); " + Next, "nothing passes")]
    [InlineData("await context.Response.WriteAsync(\"a\"); " + Next, "nothing")]
    [InlineData("var response = context.Response; " + Next, "nothing")]
    [InlineData("Own.Keep(context); " + Next, "nothing")]
    [InlineData("Own.Keep(context.Request); " + Next, "nothing passes")]
    [InlineData("Own.Keep(context.Features); " + Next, "nothing")]
    [InlineData("Own.Keep(Own.Response); " + Next, "nothing passes")]
    [InlineData("Own.Keep(next); " + Next, "nothing passes")]
    [InlineData("var same = context; " + Next, "nothing")]
    internal void Middleware_passes_on_what_it_cannot_have_answered(string statements, string expected) => Assert.Equal(expected, OfInline(statements));

    [Theory]
    [InlineData("app.Use((HttpContext context, Func<Task> next) => { _ = context.Request.IsHttps; return next(); });", "Scheme passes")]
    [InlineData("app.Use((HttpContext context, RequestDelegate next) => context.Request.IsHttps ? next(context) : Task.CompletedTask);", "Scheme")]
    [InlineData("app.Use(next => context => { _ = context.Request.IsHttps; return next(context); });", "Scheme passes")]
    [InlineData("app.Use(next => { _ = count; return context => { _ = context.Request.IsHttps; return next(context); }; });", "Scheme passes")]
    [InlineData("app.Use(next => Own.Make(next));", "nothing")]
    [InlineData("app.Use(Handle); static Task Handle(HttpContext context, RequestDelegate next) { _ = context.Request.IsHttps; return next(context); }", "Scheme passes")]
    [InlineData("app.Use(Own.Handle);", "Scheme passes")]
    [InlineData("app.UseMiddleware<Invokes>();", "Scheme")]
    [InlineData("app.UseMiddleware<InvokesAsync>();", "Host")]
    [InlineData("app.UseMiddleware<Derived>();", "Scheme")]
    [InlineData("app.UseMiddleware<Generic<int>>();", "Scheme")]
    [InlineData("app.UseMiddleware<Unfinished>();", "nothing")]
    [InlineData("app.UseMiddleware<Nothing>();", "nothing")]
    [InlineData("app.UseMiddleware<Invokes>(); app.UseMiddleware<Invokes>();", "Scheme, Scheme")]
    internal void Middleware_is_read_in_every_form(string body, string expected) => Assert.Equal(expected, Write(body));

    [Fact]
    public void Middleware_is_not_read_where_nothing_can_come_too_late()
    {
        var tree = Assert.Single(Pipelines.Read("""
            public class Startup
            {
                public void Configure(IApplicationBuilder app)
                {
                    app.Use((context, next) => { _ = context.Request.IsHttps; return next(context); });
                    app.UseMiddleware<Invokes>();
                    app.UseHsts();
                }
            }

            public class Invokes { public Task Invoke(HttpContext context) { _ = context.Request.Scheme; return Task.CompletedTask; } }
            """).Trees);
        Assert.Equal("nothing, nothing, Scheme, Host passes", string.Join(", ", tree.Body.OfType<PipelineStep>().Select(Write)));
    }

    [Theory]
    [InlineData("c => true", PeerCondition.None)]
    [InlineData("c => c.Connection.RemoteIpAddress is null", PeerCondition.Certain)]
    [InlineData("c => c.Connection.ClientCertificate is null", PeerCondition.Certain)]
    [InlineData("c => c.Connection.LocalPort == 8443", PeerCondition.Certain)]
    [InlineData("c => c.Connection.Id is null", PeerCondition.None)]
    [InlineData("c => c.Request.Headers.ContainsKey(\"X-Forwarded-For\")", PeerCondition.Certain)]
    [InlineData("c => c.Request.Headers.ContainsKey(\"X-Other\")", PeerCondition.None)]
    [InlineData("c => c.Request.Headers.ContainsKey(Microsoft.AspNetCore.HttpOverrides.ForwardedHeadersDefaults.XForwardedForHeaderName)", PeerCondition.Certain)]
    [InlineData("c => c.GetEndpoint() is null", PeerCondition.None)]
    [InlineData("c => Own.First(c)", PeerCondition.Certain)]
    [InlineData("c => Own.Second(c)", PeerCondition.Certain)]
    [InlineData("c => Own.Third(c)", PeerCondition.Possible)]
    [InlineData("c => Own.Path(c)", PeerCondition.None)]
    [InlineData("c => Own.Path(c) || Own.First(c)", PeerCondition.Certain)]
    [InlineData("c => Own.First(c) || Own.Path(c)", PeerCondition.Certain)]
    [InlineData("c => Own.Elsewhere(c) || Own.Path(c)", PeerCondition.Possible)]
    [InlineData("c => Own.Elsewhere(c) || Own.First(c)", PeerCondition.Certain)]
    [InlineData("c => Own.Elsewhere(c) || c.Connection.LocalPort == 1", PeerCondition.Certain)]
    [InlineData("c => Own.OfConnection(c.Connection)", PeerCondition.Certain)]
    [InlineData("c => new Check(c).Ok", PeerCondition.Possible)]
    [InlineData("Own.First", PeerCondition.Certain)]
    [InlineData("Own.Second", PeerCondition.Certain)]
    [InlineData("Own.Third", PeerCondition.Possible)]
    [InlineData("Own.Path", PeerCondition.None)]
    [InlineData("Own.Elsewhere", PeerCondition.Possible)]
    [InlineData("predicate", PeerCondition.Possible)]
    internal void Conditions_may_ask_for_the_peer(string condition, PeerCondition expected) =>
        Assert.Equal(expected, Pipelines.OfBody($"app.UseWhen({condition}, b => b.UseHsts());", Types).Body.OfType<PipelineBranch>().Single().Check);

    private const string Types = """
        public static class Own
        {
            public static string Scheme => "";

            public static string RemoteIpAddress => "";

            public static object Response => "";

            public static Func<HttpContext, bool> Elsewhere { get; set; } = null!;

            public static string GetDisplayUrl(HttpRequest request) => "";

            public static void Keep(object value) { }

            public static RequestDelegate Make(RequestDelegate next) => next;

            public static Task Handle(HttpContext context, RequestDelegate next) { _ = context.Request.IsHttps; return next(context); }

            public static bool First(HttpContext context) => context.Connection.LocalPort == 1;

            public static bool Second(HttpContext context) => First(context);

            public static bool Third(HttpContext context) => Second(context);

            public static bool Path(HttpContext context) => context.Request.Path.HasValue;

            public static bool OfConnection(ConnectionInfo connection) => connection.LocalPort == 1;
        }

        public class Check(HttpContext context) { public bool Ok => context.Request.Path.HasValue; }

        public class Invokes { public Task Invoke(HttpContext context) { _ = context.Request.Scheme; return Task.CompletedTask; } }

        public class InvokesAsync { public Task InvokeAsync(HttpContext context) { _ = context.Request.Host; return Task.CompletedTask; } public Task Invoke(string other) => Task.CompletedTask; }

        public class Derived : Invokes { }

        public class Generic<T> { public Task Invoke(HttpContext context) { _ = context.Request.Scheme; return Task.CompletedTask; } }

        public abstract class Unfinished { public abstract Task Invoke(HttpContext context); }

        public class Nothing { }
        """;

    private static string OfInline(string statements) => Write("app.Use(async (HttpContext context, RequestDelegate next) => { " + statements + " });");

    private static string Write(string body) =>
        string.Join(", ", Pipelines.OfBody(body, Types, usings: "using System.Text; using Microsoft.AspNetCore.Http.Extensions;").Body.OfType<PipelineStep>().Select(Write));

    private static string Write(PipelineStep step) =>
        step.Kind == StepKind.Unknown ? "writes"
        : (step.Fact is { } fact ? fact.Reads + (fact.Role == MiddlewareRole.Logs ? " logged" : "") : "nothing") + (step.PassesOn ? " passes" : "");
}
