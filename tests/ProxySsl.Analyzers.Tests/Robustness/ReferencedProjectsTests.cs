using System.Collections.Generic;
using System.Collections.Immutable;
using System.IO;
using System.Linq;
using System.Threading.Tasks;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Xunit;

namespace ProxySsl.Analyzers.Tests.Robustness;

/// <summary>
/// An app in two projects. An editor compiles it against the other project's compilation, whose symbols have source that no semantic model
/// of the app may read; a build compiles it against the other project's assembly. Both have to say the same.
/// </summary>
public class ReferencedProjectsTests
{
    private const string Helpers = """
        // framework: Net100
        using Lib;

        var builder = WebApplication.CreateBuilder(args);
        builder.AddProxy();
        builder.Services.AddForwarding();
        builder.Services.Configure<ForwardedHeadersOptions>(Proxies.Configure);
        var app = builder.Build();
        app.UseHttpsRedirection();
        app.UseDefaults();
        app.UseForwardedHeaders(Proxies.Options);
        app.UseMiddleware<SchemeMiddleware>();
        app.Use(async (context, next) =>
        {
            var request = context.Request;
            if (request.Headers.ContainsKey(Names.Proto))
            {
                request.Scheme = request.Headers.Value(Names.Proto)!;
            }

            Notes.Seen(app.Logger, request.Headers["X-Real-IP"]);
            var entries = request.Headers[Names.For].ToString().Split(',');
            var addresses = request.Headers[Names.For].Cleaned();
            if (request.IsSecure() || request.Headers[Names.Proto].Cleaned() == "https" || Made.Request.Headers.ContainsKey("X-Forwarded-Proto"))
            {
                await context.Response.WriteAsync(request.ClientAddress() + entries[0] + addresses.First() + request.Headers[Names.For].FirstEntry() + request.Headers["X-Forwarded-For"].FirstEntry() + Names.All.FirstNonEmpty(request));
                return;
            }

            await next(context);
        });
        app.MapGet("/", (HttpContext context) => new[] { "X-Real-IP", "X-Forwarded-For" }.FirstNonEmpty(context.Request));
        app.Run();

        //// file: Lib.cs
        using System.Net;
        using Microsoft.AspNetCore.HttpOverrides;
        using Microsoft.Extensions.Primitives;
        namespace Lib;

        public static class Names
        {
            public const string Proto = "X-Forwarded-Proto";
            public static readonly string For = "X-Forwarded-For";
            public static readonly string[] All = ["X-Real-IP", "X-Forwarded-For"];
        }

        public static class Made
        {
            private static readonly HttpContext Context = new DefaultHttpContext();
            public static HttpRequest Request => Context.Request;
        }

        public static class Proxies
        {
            public static ForwardedHeadersOptions Options { get; } = new() { ForwardedHeaders = ForwardedHeaders.All };
            public static void Configure(ForwardedHeadersOptions options) => options.KnownProxies.Add(IPAddress.Parse("10.0.0.5"));
        }

        public static class Notes
        {
            [LoggerMessage(Level = LogLevel.Debug, Message = "{Address} has been seen")]
            public static void Seen(ILogger logger, string? address) { }
        }

        public static class Extensions
        {
            public static void AddProxy(this WebApplicationBuilder builder) => builder.Services.AddForwarding();
            public static IServiceCollection AddForwarding(this IServiceCollection services) => services.Configure<ForwardedHeadersOptions>(o =>
            {
                o.ForwardedHeaders = ForwardedHeaders.All;
                o.KnownProxies.Clear();
            });
            public static void UseDefaults(this WebApplication app)
            {
                app.UseForwardedHeaders();
                app.UseHttpsRedirection();
            }
            public static string? Value(this IHeaderDictionary headers, string name) => headers[name].FirstOrDefault();
            public static string Cleaned(this StringValues values) => values.ToString().Trim();
            public static string? FirstEntry(this StringValues values) => values.FirstOrDefault();
            public static bool IsSecure(this HttpRequest request) => request.Headers.ContainsKey("X-Forwarded-Proto");
            public static string? ClientAddress(this HttpRequest request) => request.Headers["X-Forwarded-For"].ToString().Split(',')[0];
            public static string? FirstNonEmpty(this IEnumerable<string> names, HttpRequest request) =>
                names.Select(n => request.Headers[n].ToString()).FirstOrDefault(v => v.Length > 0);
        }

        public class SchemeMiddleware(RequestDelegate next)
        {
            public Task InvokeAsync(HttpContext context)
            {
                context.Request.Scheme = "https";
                return next(context);
            }
        }
        """;

    /// <summary>Every split of a sample, and of the program above, in which the other project compiles.</summary>
    public static TheoryData<string, string> Splits =>
        [.. Programs.SelectMany(p => p.Files.Skip(1).Select(f => (p.Name, f.Path)))];

    private static IEnumerable<SourceProgram> Programs => [.. Samples.All, Samples.Parse("helpers", Helpers)];

    [Theory]
    [MemberData(nameof(Splits))]
    public async Task Say_the_same_in_an_editor_and_in_a_build(string name, string library)
    {
        var token = TestContext.Current.CancellationToken;
        var program = Programs.Single(p => p.Name == name);
        var other = (CSharpCompilation)(await ProgramProject.Create(program with
        {
            Files = [program.Files.Single(f => f.Path == library), new("Friends.cs", """[assembly: System.Runtime.CompilerServices.InternalsVisibleTo("App")]""")],
        }).GetCompilationAsync(token))!;
        other = other.WithAssemblyName("Other").WithOptions(other.Options.WithOutputKind(OutputKind.DynamicallyLinkedLibrary));
        var app = (await ProgramProject.Create(program with { Files = program.Files.RemoveAll(f => f.Path == library) }).GetCompilationAsync(token))!;

        using var assembly = new MemoryStream();
        var emitted = other.Emit(assembly, cancellationToken: token);
        var editor = await Reports(app.AddReferences(other.ToMetadataReference()));

        // What does not compile without the rest of the app has no assembly to compare with; that nothing throws is known by now.
        if (emitted.Success)
        {
            Assert.Equal(await Reports(app.AddReferences(MetadataReference.CreateFromImage(assembly.ToArray()))), editor);
        }

        async Task<ImmutableArray<string>> Reports(Compilation compilation)
        {
            var all = await ProgramProject.Analyze(compilation, program.Configuration, concurrent: true, withCompiler: false, token);
            Assert.DoesNotContain(all, d => d.Id == "AD0001");
            return [.. all.Select(d => d.ToString())];
        }
    }
}
