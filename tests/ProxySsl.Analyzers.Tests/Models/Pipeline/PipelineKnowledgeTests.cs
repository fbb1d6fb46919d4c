using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.IO;
using System.Linq;
using System.Reflection.Metadata;
using System.Reflection.Metadata.Ecma335;
using System.Reflection.PortableExecutable;
using Microsoft.CodeAnalysis.CSharp;
using ProxySsl.Analyzers.Flow;
using ProxySsl.Analyzers.Knowledge;
using ProxySsl.Analyzers.Tests.Verification;
using Xunit;

namespace ProxySsl.Analyzers.Tests.Models;

/// <summary>What the table says of the framework's middleware is what the framework's own assemblies do, as far as their code names it.</summary>
public class PipelineKnowledgeTests
{
    private static readonly Lazy<FrameworkReads?> Reads = new(FrameworkReads.OfRunningFramework);

    /// <summary>The class that does the reading, where it is not the middleware class that the table names.</summary>
    private static readonly Dictionary<string, string> Readers = new(StringComparer.Ordinal)
    {
        ["UseAuthentication"] = "AuthenticationHandler`1",
        ["UseCookiePolicy"] = "ResponseCookiesWrapper",
        ["UseAntiforgery"] = "DefaultAntiforgery",
        ["UseDefaultFiles"] = "Helpers",
        ["UseDirectoryBrowser"] = "Helpers",
        ["UseFileServer"] = "Helpers",
        ["UseRouting"] = "HostMatcherPolicy",
        ["UseHttpLogging"] = "HttpLoggingMiddleware",
        ["UseW3CLogging"] = "W3CLoggingMiddleware",
        ["UseOutputCache"] = "OutputCacheKeyProvider",
        ["UseResponseCaching"] = "ResponseCachingKeyProvider",
        ["UseResponseCompression"] = "ResponseCompressionProvider",
        ["UseStatusCodePagesWithRedirects"] = "StatusCodePagesExtensions",
        ["UseSession"] = "CookieBuilder",
    };

    public static TheoryData<string> FrameworkMethods { get; } =
    [
        .. MiddlewareKnowledge.All
            .Where(f => f.Reads != RequestReads.None && IsFramework(f) && f.Method is not ("UseAuthorization" or "UseHostFiltering" or "UseRateLimiter" or "UseRewriter"))
            .Select(f => f.Method),
    ];

    [Theory]
    [MemberData(nameof(FrameworkMethods))]
    public void Reads_what_the_framework_reads(string method)
    {
        if (Reads.Value is not { } reads)
        {
            Assert.Skip("The shared framework's assemblies are not where the runtime is.");
            return;
        }

        var fact = MiddlewareKnowledge.ByMethod[method].Single();
        var reader = Readers.TryGetValue(method, out var other) ? other : fact.Middleware!.Split('.').Last();
        var found = reads.Of(reader);
        Assert.True((fact.Reads & ~found & ~RequestReads.Host) == 0, $"{reader} reads {found}, the table says {fact.Reads}");
        Assert.True((found & ~fact.Reads & ~RequestReads.PathBase) == 0, $"{reader} reads {found}, the table says {fact.Reads}");
    }

    [Fact]
    public void Middleware_without_a_role_reads_nothing()
    {
        if (Reads.Value is not { } reads)
        {
            Assert.Skip("The shared framework's assemblies are not where the runtime is.");
            return;
        }

        string[] harmless =
        [
            "ExceptionHandlerMiddlewareImpl", "DeveloperExceptionPageMiddlewareImpl", "CorsMiddleware", "StaticFileMiddleware", "RequestLocalizationMiddleware",
            "WebSocketMiddleware", "HealthCheckMiddleware", "RequestTimeoutsMiddleware", "RequestDecompressionMiddleware", "WelcomePageMiddleware",
        ];
        Assert.All(harmless, name => Assert.Equal(RequestReads.None, reads.Of(name)));
    }

    [Fact]
    public void Every_framework_method_and_class_exists()
    {
        var compilation = CSharpCompilation.Create("Knowledge", [], FrameworkReferences.Of(Framework.Net100));
        foreach (var fact in MiddlewareKnowledge.All.Where(IsFramework))
        {
            var type = compilation.GetTypeByMetadataName(fact.Type);
            Assert.True(type is not null && type.HasFullName(fact.Type) && !type.GetMembers(fact.Method).IsEmpty, $"{fact.Type}.{fact.Method}");
            if (fact.Middleware is { } middleware)
            {
                // some middleware classes are not public, and so not among the references; the others have to be spelled right
                Assert.True(compilation.GetTypeByMetadataName(middleware) is not null || Reads.Value is null || Reads.Value.HasType(middleware), middleware);
            }
        }
    }

    private static bool IsFramework(MiddlewareFact fact) =>
        CSharpCompilation.Create("Framework", [], FrameworkReferences.Of(Framework.Net100)).GetTypeByMetadataName(fact.Type) is not null;

    /// <summary>Which classes call the getters of scheme, host, path base and client address, read from the metadata and the code of the assemblies.</summary>
    private sealed class FrameworkReads
    {
        private readonly Dictionary<string, RequestReads> _reads = new(StringComparer.Ordinal);
        private readonly HashSet<string> _types = new(StringComparer.Ordinal);

        internal static FrameworkReads? OfRunningFramework()
        {
            var runtime = Path.GetDirectoryName(typeof(object).Assembly.Location)!;
            var shared = Path.Combine(Path.GetDirectoryName(Path.GetDirectoryName(runtime))!, "Microsoft.AspNetCore.App");
            var framework = Directory.Exists(shared) ? Directory.GetDirectories(shared).Order(StringComparer.Ordinal).LastOrDefault(d => Path.GetFileName(d).StartsWith("10.", StringComparison.Ordinal)) : null;
            if (framework is null)
            {
                return null;
            }

            var reads = new FrameworkReads();
            foreach (var file in Directory.GetFiles(framework, "Microsoft.AspNetCore*.dll"))
            {
                reads.Read(file);
            }

            return reads;
        }

        internal bool HasType(string fullName) => _types.Contains(fullName);

        internal RequestReads Of(string type) => _reads.GetValueOrDefault(type);

        private void Read(string file)
        {
            using var portable = new PEReader(File.OpenRead(file));
            if (!portable.HasMetadata)
            {
                return;
            }

            var metadata = portable.GetMetadataReader();
            var getters = new Dictionary<int, RequestReads>();
            foreach (var handle in metadata.MemberReferences)
            {
                var member = metadata.GetMemberReference(handle);
                if (member.Parent.Kind == HandleKind.TypeReference)
                {
                    Add(getters, MetadataTokens.GetToken(handle), metadata.GetString(metadata.GetTypeReference((TypeReferenceHandle)member.Parent).Name), metadata.GetString(member.Name));
                }
            }

            foreach (var handle in metadata.MethodDefinitions)
            {
                var method = metadata.GetMethodDefinition(handle);
                Add(getters, MetadataTokens.GetToken(handle), metadata.GetString(metadata.GetTypeDefinition(method.GetDeclaringType()).Name), metadata.GetString(method.Name));
            }

            foreach (var handle in metadata.TypeDefinitions)
            {
                var type = metadata.GetTypeDefinition(handle);
                _types.Add(metadata.GetString(type.Namespace) + "." + metadata.GetString(type.Name));
                foreach (var method in type.GetMethods())
                {
                    var address = metadata.GetMethodDefinition(method).RelativeVirtualAddress;
                    if (address != 0)
                    {
                        Read(portable.GetMethodBody(address).GetILContent(), getters, Outer(metadata, type));
                    }
                }
            }
        }

        private static void Add(Dictionary<int, RequestReads> getters, int token, string type, string method)
        {
            var reads = (type, method) switch
            {
                ("HttpRequest", "get_Scheme" or "get_IsHttps") => RequestReads.Scheme,
                ("HttpRequest", "get_Host") => RequestReads.Host,
                ("HttpRequest", "get_PathBase") => RequestReads.PathBase,
                ("ConnectionInfo", "get_RemoteIpAddress") => RequestReads.ClientAddress,
                _ => RequestReads.None,
            };
            if (reads != RequestReads.None)
            {
                getters[token] = reads;
            }
        }

        // Lambdas and state machines are nested classes: what they read, their outermost class reads.
        private static string Outer(MetadataReader metadata, TypeDefinition type)
        {
            while (type.IsNested)
            {
                type = metadata.GetTypeDefinition(type.GetDeclaringType());
            }

            return metadata.GetString(type.Name);
        }

        // call and callvirt are followed by a token; a token that is found where none is meant would have to equal one of a few by chance.
        private void Read(ImmutableArray<byte> code, Dictionary<int, RequestReads> getters, string type)
        {
            for (var i = 0; i + 4 < code.Length; i++)
            {
                if (code[i] is 0x28 or 0x6F && getters.TryGetValue(BitConverter.ToInt32([code[i + 1], code[i + 2], code[i + 3], code[i + 4]]), out var reads))
                {
                    _reads[type] = _reads.GetValueOrDefault(type) | reads;
                }
            }
        }
    }
}
