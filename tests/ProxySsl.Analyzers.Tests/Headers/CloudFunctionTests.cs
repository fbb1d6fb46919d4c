using System.Threading.Tasks;
using Microsoft.CodeAnalysis;
using ProxySsl.Analyzers.Tests.Verification;
using Xunit;

namespace ProxySsl.Analyzers.Tests.Headers;

/// <summary>
/// Azure Functions get requests of the framework's types, but have no pipeline of their own: what the rules advise is not to be had, in the
/// function and in whatever helper gets its request.
/// </summary>
public class CloudFunctionTests
{
    private static readonly string[] Rules = ["PSSL1001", "PSSL1002", "PSSL1003", "PSSL1004", "PSSL1005", "PSSL1006", "PSSL1007", "PSSL1008", "PSSL1009"];

    private const string InProcess = """
        namespace Microsoft.Azure.WebJobs
        {
            public class FunctionNameAttribute(string name) : System.Attribute { public string Name => name; }
            public class HttpTriggerAttribute : System.Attribute;
        }
        """;

    private const string Isolated = """
        namespace Microsoft.Azure.Functions.Worker
        {
            public class FunctionAttribute(string name) : System.Attribute { public string Name => name; }
            public class HttpTriggerAttribute : System.Attribute;
        }
        """;

    private const string Helpers = """

        public static class Requests
        {
            public static string? GetClientIp(this HttpRequest request) =>
                request.Headers.GetSingleHeader("X-Forwarded-For") ?? request.HttpContext.Connection.RemoteIpAddress?.ToString();

            public static string? GetSingleHeader(this IHeaderDictionary headers, string name) =>
                !headers.TryGetValue(name, out var values) ? null : values.SingleOrDefault();

            public static string Link(HttpRequest request) => $"https://{request.Headers["X-Forwarded-Host"]}/a";

            public static bool IsSecure(HttpRequest request) => request.Headers.ContainsKey("X-Forwarded-Proto");

            public static void Secure(HttpRequest request) => request.Scheme = "https";
        }
        """;

    [Theory]
    [InlineData(InProcess, """[Microsoft.Azure.WebJobs.FunctionName("Post")] public static string? Run([Microsoft.Azure.WebJobs.HttpTrigger] HttpRequest request)""")]
    [InlineData(Isolated, """[Microsoft.Azure.Functions.Worker.Function("Post")] public string? Run([Microsoft.Azure.Functions.Worker.HttpTrigger] HttpRequest request)""")]
    public Task Stays_silent_in_helpers_of_functions(string worker, string function) => Verify.Silent(
        "PSSL1003",
        "public class PostComment { " + function + " => request.GetClientIp(); }" + Helpers,
        configure: test =>
        {
            test.EnableRules(Rules);
            test.TestState.OutputKind = OutputKind.DynamicallyLinkedLibrary;
            test.TestState.Sources.Add(worker);
        });

    [Fact]
    public Task Reports_where_the_project_builds_an_application_too() => Verify.Reports(
        "PSSL1003",
        """
        WebApplication.Create(args).Run();

        public static class Post
        {
            [Microsoft.Azure.WebJobs.FunctionName("Post")]
            public static string? Run([Microsoft.Azure.WebJobs.HttpTrigger] HttpRequest request) => request.Headers["X-Real-IP"].ToString();

            public static string? Client(HttpRequest request) => {|PSSL1003:request.Headers["X-Real-IP"]|}.ToString();
        }
        """,
        configure: test => test.TestState.Sources.Add(InProcess));

    [Fact]
    public Task Reports_helpers_of_a_library_that_knows_no_functions() => Verify.Reports(
        "PSSL1003",
        """
        public static class Requests
        {
            public static string? Client(HttpRequest request) => {|PSSL1003:request.Headers["X-Real-IP"]|}.ToString();
        }
        """,
        configure: test => test.TestState.OutputKind = OutputKind.DynamicallyLinkedLibrary);

    // While packages are restored the attributes are no more than their names.
    [Theory]
    [InlineData("""[FunctionName("Post")] public static string? Run([HttpTrigger(AuthorizationLevel.Anonymous)] HttpRequest request)""")]
    [InlineData("""[Function("Post")] public string? Run([HttpTrigger(AuthorizationLevel.Anonymous)] HttpRequest request)""")]
    [InlineData("""[Function(nameof(PostComment))] public string? Run([HttpTrigger(AuthorizationLevel.Anonymous, "post")] HttpRequest request)""")]
    [InlineData("""[Microsoft.Azure.WebJobs.FunctionName("Post")] public string? Run(HttpRequest request)""")]
    public Task Stays_silent_where_the_attributes_do_not_resolve(string function) => Verify.Silent(
        "PSSL1003",
        "using Microsoft.Azure.WebJobs;\npublic class PostComment { " + function + " => request.GetClientIp(); }" + Helpers,
        configure: test =>
        {
            test.EnableRules(Rules);
            test.CompilerDiagnostics = Microsoft.CodeAnalysis.Testing.CompilerDiagnostics.None;
            test.TestState.OutputKind = OutputKind.DynamicallyLinkedLibrary;
        });

    // A contract's function, an attribute of the project itself, a word in a text.
    [Theory]
    [InlineData("""[Function("transfer")] public class Transfer;""")]
    [InlineData("""public class Rows { [FunctionName("rows")] public int Count() => 1; } public class FunctionNameAttribute(string name) : Attribute { public string Name => name; }""")]
    [InlineData("""public class Rows { [Obsolete("[FunctionName]")] public int Function() => 1; } // [FunctionName("a")]""")]
    [InlineData("""public class Rows { [DbFunction("rows")] public int Count() => 1; }""")]
    public Task Reports_beside_what_is_called_alike(string other) => Verify.Reports(
        "PSSL1003",
        """
        public static class Requests
        {
            public static string? Client(HttpRequest request) => {|PSSL1003:request.Headers["X-Real-IP"]|}.ToString();
        }

        """ + other,
        configure: test =>
        {
            test.CompilerDiagnostics = Microsoft.CodeAnalysis.Testing.CompilerDiagnostics.None;
            test.TestState.OutputKind = OutputKind.DynamicallyLinkedLibrary;
        });

    [Fact]
    public Task A_trigger_that_does_not_resolve_stays_silent_in_an_application_too() => Verify.Reports(
        "PSSL1003",
        """
        WebApplication.Create(args).Run();

        public static class Post
        {
            [FunctionName("Post")]
            public static string? Run([HttpTrigger] HttpRequest request) => request.Headers["X-Real-IP"].ToString();

            public static string? Client(HttpRequest request) => {|PSSL1003:request.Headers["X-Real-IP"]|}.ToString();
        }
        """,
        configure: test => test.CompilerDiagnostics = Microsoft.CodeAnalysis.Testing.CompilerDiagnostics.None);
}
