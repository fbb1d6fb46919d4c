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
}
