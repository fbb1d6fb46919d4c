using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Diagnostics;
using ProxySsl.Analyzers.Headers;
using ProxySsl.Analyzers.Knowledge;
using ProxySsl.Analyzers.Tests.Verification;
using Xunit;

namespace ProxySsl.Analyzers.Tests.Models;

/// <summary>
/// The reader of headers on its own: what it makes of statements, written out in one line. A read is its header and uses, a check its header,
/// outcome and consequence, an assignment the property and the header that decides it.
/// </summary>
internal static class HeaderReading
{
    /// <summary>Stand-ins for the request types of System.Web, Web API 2, OWIN and Nancy.</summary>
    internal const string OtherFrameworks = """
        namespace System.Web { public class HttpRequestBase { public System.Collections.Specialized.NameValueCollection Headers { get; } = new(); public System.Collections.Specialized.NameValueCollection ServerVariables { get; } = new(); public System.Collections.Specialized.NameValueCollection Form { get; } = new(); } public class HttpRequest : HttpRequestBase { } }
        namespace System.Web.Http { public class ApiController { public System.Net.Http.HttpRequestMessage Request { get; set; } = null!; } }
        namespace Microsoft.Owin { public interface IHeaderDictionary : System.Collections.Generic.IDictionary<string, string[]> { } public interface IOwinRequest { IHeaderDictionary Headers { get; } } }
        namespace Nancy { public class RequestHeaders { public System.Collections.Generic.IEnumerable<string> Keys => []; public System.Collections.Generic.IEnumerable<string> this[string name] => []; } public class Request { public RequestHeaders Headers { get; } = new(); } }
        """;

    /// <summary>What the reader makes of the statements of a middleware, which may use its members and types.</summary>
    internal static string Of(string statements, string members = "", string types = "", bool isHalfTyped = false, bool withMarks = false, string library = "")
    {
        var source = $$"""
            using System.Net;
            using System.Text;
            using System.Text.RegularExpressions;
            using Microsoft.AspNetCore.Http.Extensions;
            using Microsoft.AspNetCore.Http.Features;
            using Microsoft.AspNetCore.HttpOverrides;
            using Microsoft.AspNetCore.Mvc;
            using Microsoft.Extensions.Primitives;

            public class Middleware(RequestDelegate next, ILogger<Middleware> logger, HashSet<IPAddress?> proxies, HashSet<string?> names, HttpRequestMessage outgoing)
            {
                public object? Last { get; set; }

                public async Task InvokeAsync(HttpContext context, HttpRequest request, HttpResponse response, int number, bool flag)
                {
                    {{statements}}
                    await next(context);
                }

                {{members}}

                private object All() => (logger, proxies, names, outgoing);

                private void Store(object? value) => Last = value;
            }

            {{types}}
            """;
        var token = TestContext.Current.CancellationToken;
        var compilation = CSharpCompilation.Create(
            "Headers",
            [CSharpSyntaxTree.ParseText(source, path: "/0/Test0.cs", cancellationToken: token), CSharpSyntaxTree.ParseText(ProxySslTest.ImplicitUsings, cancellationToken: token)],
            library.Length == 0 ? FrameworkReferences.Of(Framework.Net100) : FrameworkReferences.Of(Framework.Net100).Add(Library(library)),
            new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary));
        if (!isHalfTyped)
        {
            Assert.DoesNotContain(compilation.GetDiagnostics(token), d => d.Severity == DiagnosticSeverity.Error);
        }

        var model = CompilationModel.For(compilation, new AnalyzerOptions([]))!;
        var headers = HeadersModel.Of(model, token);
        return string.Join("; ", [
            .. headers.Reads.Select(r => Write(r) + Marks(r.Fix, withMarks)),
            .. headers.Checks.Select(c => Write(c) + Marks(c.Fix, withMarks)),
            .. headers.Assignments.Select(a => $"{a.Property} = {a.Header.Name}" + Marks(a.Fix, withMarks)),
            .. ForcedSchemeReader.Read(model, compilation.SyntaxTrees[0], token).Select(f => f.Property + " forced"),
            .. PatchedStringReader.Read(model, compilation.SyntaxTrees[0], token).Select(p => p.What + " patched"),
        ]);
    }

    private static string Write(HeaderRead read) =>
        string.Join("|", read.Headers.Select(h => h.Name + Meaning(h))) + Kind(read.Request) + ": " + read.Uses.ToString().Replace(", ", "+", System.StringComparison.Ordinal)
        + (read.IsPeerChecked ? " peer" : "") + (read.IsAssigned ? " assigned" : "");

    private static string Write(PresenceCheck check) =>
        check.Header.Name + Kind(check.Request) + "? " + check.Outcome + (check.Consequence.Length > 0 ? $" ({check.Consequence})" : "")
        + (check.IsPeerChecked ? " peer" : "") + (check.IsAssigned ? " assigned" : "");

    // A header that is taken for another thing than its name says.
    private static string Meaning(ForwardedHeader header) => header.Family == ForwardedHeaderNames.Find(header.Name)!.Family ? "" : " as " + header.Family;

    private static string Marks(ImmutableDictionary<string, string?> fix, bool withMarks) =>
        withMarks ? " [" + string.Join(" ", fix.OrderBy(p => p.Key, System.StringComparer.Ordinal).Where(p => p.Key != HeaderFixProperties.Header).Select(p => p.Value)) + "]" : "";

    private static string Kind(RequestKind request) => request == RequestKind.Other ? " of another framework" : "";

    private static MetadataReference Library(string source) => CSharpCompilation.Create(
        "Library",
        [CSharpSyntaxTree.ParseText(source)],
        FrameworkReferences.Of(Framework.Net100),
        new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary)).ToMetadataReference();
}
