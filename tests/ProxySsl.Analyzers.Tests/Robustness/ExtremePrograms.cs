using System.Collections.Generic;
using System.Linq;
using ProxySsl.Analyzers.Tests.Verification;

namespace ProxySsl.Analyzers.Tests.Robustness;

/// <summary>Programs that nobody writes by hand: very long, very deep, and going in circles.</summary>
public static class ExtremePrograms
{
    private const string Start = "var builder = WebApplication.CreateBuilder(args);\nvar app = builder.Build();\n";

    /// <summary>Thousands of everything. <paramref name="size"/> is the number of repetitions.</summary>
    public static IEnumerable<SourceProgram> Long(int size)
    {
        yield return Program("header reads in one method", Lambda(Repeat(size, i => $"if (context.Request.Headers[\"X-Forwarded-Proto\"] == \"https\") count += {i};")));
        yield return Program("presence checks in one method", Lambda(Repeat(size, i => $"if (!context.Request.Headers.ContainsKey(\"X-Forwarded-Proto\")) {{ context.Response.Redirect(\"https://\" + {i}); return; }}")));
        yield return Program("header reads through locals", Lambda(Repeat(size, i => $"var raw{i} = context.Request.Headers[\"X-Forwarded-For\"].ToString(); count += raw{i}.Split(',')[0].Length;")));
        yield return Program("one local read often", Lambda("var raw = context.Request.Headers[\"X-Forwarded-Proto\"].ToString();\n" + Repeat(size, i => $"if (raw == \"https\") count += {i};")));
        yield return Program("locals in a row", Lambda("var l0 = \"X-Forwarded-Proto\";\n" + Repeat(size, i => $"var l{i + 1} = l{i};") + $"if (context.Request.Headers[l{size}] == \"https\") count++;"));
        yield return Program("disjunction", Lambda("if (" + string.Join("\n|| ", Numbers(size).Select(i => $"context.Request.Headers.ContainsKey(\"X-Forwarded-Proto\")")) + ") count++;"));
        yield return Program("concatenation", Lambda("var url = " + string.Join("\n+ ", Numbers(size).Select(i => $"context.Request.Headers[\"X-Forwarded-Host\"]")) + "; count += url.Length;"));
        yield return Program("fluent chain", Start + "app" + Repeat(size, i => ".UseHsts()") + ".UseForwardedHeaders();\napp.Run();");
        yield return Program("steps", Start + Repeat(size, i => i % 50 == 49 ? "app.UseForwardedHeaders();" : "app.UseHttpsRedirection();") + "app.Run();");
        yield return Program("branches", Start + Repeat(size, i => $"app.Map(\"/{i}\", b => {{ b.UseHsts(); b.UseForwardedHeaders(); }});") + "app.Run();");
        yield return Program("options", Start + Repeat(size, i => "builder.Services.Configure<ForwardedHeadersOptions>(o => { o.KnownProxies.Clear(); o.KnownIPNetworks.Clear(); o.ForwardLimit = null; });") + "app.Run();");
        yield return Program("known proxies", Start + "var o = new ForwardedHeadersOptions();\n" + Repeat(size, i => $"o.KnownProxies.Add(System.Net.IPAddress.Parse(\"10.0.{i % 250}.1\"));") + "app.UseForwardedHeaders(o);\napp.Run();");
        yield return Program("conditions around options", Start + "var o = new ForwardedHeadersOptions();\n" + Repeat(size, i => $"if (args.Length > {i}) {{ o.KnownProxies.Clear(); o.KnownIPNetworks.Clear(); }}") + "app.UseForwardedHeaders(o);\napp.Run();");
        yield return Program("conditions around steps", Start + Repeat(size, i => $"if (args.Length > {i}) {{ app.UseHttpsRedirection(); }} else {{ app.UseForwardedHeaders(); }}") + "app.Run();");
        yield return Program("helper after helper", Helpers(size));
        yield return Program("classes", Start + "app.Run();\n" + Repeat(size, i => $"public class C{i} {{ public bool M(HttpRequest r) => r.Headers.ContainsKey(\"X-Forwarded-Proto\") && C{(i + 1) % size}.S(r); public static bool S(HttpRequest r) => r.Headers[\"X-Real-IP\"].Count > 0; }}"));
        yield return Program("one long line", Lambda("/* X-Forwarded-Proto " + new string('x', size * 100) + " */ count += \"" + new string('y', size * 100) + "X-Forwarded-For\".Length;"));
    }

    /// <summary>Nesting as deep as the compiler itself can follow; far deeper ones end its own stack.</summary>
    public static IEnumerable<SourceProgram> Deep(int depth)
    {
        // Lambdas and interpolations in each other end the compiler's stack, or its speed, much earlier.
        var lambdas = System.Math.Min(depth, 100);
        var interpolations = System.Math.Min(depth, 15);
        yield return Program("parentheses", Lambda("if (" + new string('(', depth) + "context.Request.Headers.ContainsKey(\"X-Forwarded-Proto\")" + new string(')', depth) + ") count++;"));
        yield return Program("negations", Lambda("if (" + string.Concat(Enumerable.Repeat("!(", depth / 2)) + "context.Request.Headers.ContainsKey(\"X-Forwarded-Proto\")" + new string(')', depth / 2) + ") count++;"));
        yield return Program("ifs", Lambda(Repeat(depth, i => $"if (count < {i}) {{") + "if (context.Request.Headers[\"X-Forwarded-Proto\"] == \"https\") context.Request.Scheme = \"https\";" + new string('}', depth)));
        yield return Program("else ifs", Lambda(string.Join("\nelse ", Numbers(depth).Select(i => $"if (context.Request.Headers[\"X-Forwarded-Proto\"] == \"{i}\") {{ count++; }}"))));
        yield return Program("conditionals", Lambda("var url = " + string.Concat(Numbers(depth).Select(i => $"count > {i} ? context.Request.Headers[\"X-Forwarded-Host\"].ToString() : ")) + "\"\"; count += url.Length;"));
        yield return Program("coalescing", Lambda("var url = " + string.Join(" ?? ", Numbers(depth).Select(i => "context.Request.Headers[\"X-Forwarded-Host\"].FirstOrDefault()")) + "; count += url!.Length;"));
        yield return Program("calls in calls", Lambda("var url = " + string.Concat(Enumerable.Repeat("string.Concat(", depth)) + "context.Request.Headers[\"X-Forwarded-Host\"]" + new string(')', depth) + "; count += url.Length;"));
        yield return Program("branches in branches", Start + "app" + string.Concat(Numbers(lambdas).Select(i => $".Map(\"/{i}\", b{i} => b{i}.UseHsts()")) + ".UseForwardedHeaders()" + new string(')', lambdas) + ";\napp.Run();");
        yield return Program("blocks", Start + new string('{', depth) + "app.UseHttpsRedirection();\napp.UseForwardedHeaders();" + new string('}', depth) + "\napp.Run();");
        yield return Program("initializers", Start + "app.UseForwardedHeaders(" + string.Concat(Enumerable.Repeat("new ForwardedHeadersOptions { KnownProxies = { (", depth)) + "default!" + string.Concat(Enumerable.Repeat(") } }", depth)) + ");\napp.Run();");
        yield return Program("interpolations", Lambda("var url = " + string.Concat(Enumerable.Repeat("$\"{", interpolations)) + "context.Request.Headers[\"X-Forwarded-Host\"]" + string.Concat(Enumerable.Repeat("}\"", interpolations)) + "; count += url.Length;"));
        yield return Program("types in types", Start + "app.Run();\n" + Repeat(depth, i => $"public class C{i} {{") + "bool M(HttpRequest r) => r.Headers.ContainsKey(\"X-Forwarded-Proto\");" + new string('}', depth));
    }

    /// <summary>Definitions and calls that lead back to where they started.</summary>
    public static IEnumerable<SourceProgram> Circular()
    {
        yield return Program("constants", Start + "app.MapGet(\"/\", (HttpRequest r) => r.Headers[A.Name] == \"https\" && r.Headers.ContainsKey(B.Text) && r.Headers.ContainsKey(A.Property));\napp.Run();\n"
            + "static class A { public const string Name = B.Name; public static readonly string Text = B.Text; public static string Property => B.Property; }\n"
            + "static class B { public const string Name = A.Name + \"-Proto\"; public static readonly string Text = A.Text + \"X-Forwarded-Proto\"; public static string Property => A.Property; }");
        yield return Program("locals", Lambda("var a = b; var b = a; string c = c + \"X-Forwarded-For\"; if (context.Request.Headers[a] == c || context.Request.Headers[c] == \"X-Forwarded-Proto\") count++;"));
        yield return Program("locals that take turns", Lambda("string a = \"X-Forwarded-For\", b = a; while (count < 3) { (a, b) = (b, a); a = b; b = a; if (context.Request.Headers[a].ToString().Split(',')[0] == b) count++; }"));
        yield return Program("helper calls itself", Start + "app.MapGet(\"/\", (HttpRequest r) => H.Has(r, \"X-Forwarded-Proto\", 3));\napp.Run();\n"
            + "static class H { public static bool Has(HttpRequest r, string name, int n) => n == 0 ? r.Headers.ContainsKey(name) : Has(r, name, n - 1); }");
        yield return new SourceProgram(
            "helpers of two files",
            [
                new SourceFile("Program.cs", Start + "app.MapGet(\"/\", (HttpRequest r) => One.Secure(r, \"X-Forwarded-Proto\"));\napp.UseOne();\napp.Run();"),
                new SourceFile("One.cs", "static class One { public static bool Secure(HttpRequest r, string n) => Two.Secure(r, n) || r.Headers.ContainsKey(n); public static IApplicationBuilder UseOne(this IApplicationBuilder a) { a.UseHsts(); return a.UseTwo(); } public static void Set(ForwardedHeadersOptions o) { o.KnownProxies.Clear(); Two.Set(o); } }"),
                new SourceFile("Two.cs", "static class Two { public static bool Secure(HttpRequest r, string n) => One.Secure(r, n) && r.Headers[n] == \"https\"; public static IApplicationBuilder UseTwo(this IApplicationBuilder a) => a.UseForwardedHeaders().UseOne().UseHttpsRedirection(); public static void Set(ForwardedHeadersOptions o) { o.KnownIPNetworks.Clear(); One.Set(o); } }"),
                new SourceFile("Services.cs", "static class Services { public static void Add(IServiceCollection s) { s.Configure<ForwardedHeadersOptions>(One.Set); s.Configure<ForwardedHeadersOptions>(o => Two.Set(o)); } }"),
            ],
            Framework.Net100);
        yield return Program("local functions", Start + "void A() { app.UseHsts(); B(); }\nvoid B() { A(); app.UseForwardedHeaders(); C(); }\nvoid C() => A();\nA();\napp.UseHttpsRedirection();\napp.Run();");
        yield return Program("lambdas", Start + "Action<IApplicationBuilder> a = null!;\na = b => { b.UseHsts(); a(b); b.UseForwardedHeaders(); };\na(app);\napp.Map(\"/x\", a);\napp.Run();");
        yield return Program("types", Start + "app.Run();\nclass A : B { } class B : A { public static bool M(HttpRequest r) => r.Headers.ContainsKey(\"X-Forwarded-Proto\"); }\nclass F : Microsoft.Extensions.Options.IConfigureOptions<ForwardedHeadersOptions> { F f = new F(); public void Configure(ForwardedHeadersOptions o) => f.Configure(o); }");
        yield return Program("labels", Lambda("again: if (context.Request.Headers[\"X-Forwarded-Proto\"] == \"https\") goto again; count++; goto again;"));
        yield return Program("branches", Start + "void Branch(IApplicationBuilder b) { b.UseHttpsRedirection(); b.Map(\"/x\", Branch); b.UseWhen(_ => true, Branch); b.UseForwardedHeaders(); }\nBranch(app);\napp.Run();");
    }

    /// <summary>Files without a program.</summary>
    public static IEnumerable<SourceProgram> Odd()
    {
        string[] texts =
        [
            "", "\uFEFF", "\0\0\0", "X-Forwarded-Proto", "\"X-Forwarded-Proto", "// X-Forwarded-Proto UseForwardedHeaders", "#if X-Forwarded-Proto", "\uD83D X-Forwarded-For \uDE00",
            "#line 1 \"X-Forwarded-Proto\"\nKnownProxies", "UseForwardedHeaders", "app.UseForwardedHeaders", "class ForwardedHeadersOptions;", "[X-Forwarded-Proto]", "global using ForwardedHeaders;",
            "namespace Microsoft.AspNetCore.Builder; public class ForwardedHeadersOptions { public int KnownProxies; } public class WebApplication { }",
            "namespace Microsoft.AspNetCore.Http { public class HttpRequest { public object Headers; } } class C { object M(Microsoft.AspNetCore.Http.HttpRequest r) => r.Headers[\"X-Forwarded-Proto\"]; }",
            "using X = Microsoft.AspNetCore.Builder.ForwardedHeadersOptions; X x = new() { KnownProxies = { } }; x.KnownProxies.Clear(); dynamic d = x; d.KnownIPNetworks.Clear(); d.UseForwardedHeaders(d);",

            // the compiler itself fails on half a comparison that is an out argument (Roslyn 5)
            "class C { bool M(Microsoft.AspNetCore.Http.HttpRequest r, int comma, string header) => System.Net.IPAddress.TryParse(r.Headers[\"X-Forwarded-For\"], out comma < System.Net.IPAddress.None ? header : header.Substring(0, comma)); }",
        ];
        return texts.Select((text, i) => Program("odd text " + i, text));
    }

    private static SourceProgram Program(string name, string text) => new(name, [new SourceFile("Program.cs", text)], Framework.Net100);

    private static string Lambda(string body) => Start + "app.Run(async context =>\n{\nvar count = 0;\n" + body + "\nawait context.Response.WriteAsync(count.ToString());\n});\napp.Run();";

    private static string Helpers(int count) => Start + "app.MapGet(\"/\", (HttpRequest r) => H.Has0(r, \"X-Forwarded-Proto\"));\napp.Use0();\napp.Run();\nstatic class H\n{\n"
        + Repeat(count, i => $"public static bool Has{i}(HttpRequest r, string n) => Has{i + 1}(r, n);\npublic static IApplicationBuilder Use{i}(this IApplicationBuilder a) => a.UseHsts().Use{i + 1}();")
        + $"public static bool Has{count}(HttpRequest r, string n) => r.Headers.ContainsKey(n);\npublic static IApplicationBuilder Use{count}(this IApplicationBuilder a) => a.UseForwardedHeaders();\n}}";

    private static string Repeat(int count, System.Func<int, string> line) => string.Concat(Numbers(count).Select(i => line(i) + "\n"));

    private static IEnumerable<int> Numbers(int count) => Enumerable.Range(0, count);
}
