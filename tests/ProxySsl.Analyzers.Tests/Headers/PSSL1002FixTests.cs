using System.Threading.Tasks;
using Microsoft.CodeAnalysis.CSharp;
using ProxySsl.Analyzers.Tests.Verification;
using Xunit;

namespace ProxySsl.Analyzers.Tests.Headers;

/// <summary>The fix of PSSL1002, from the analyzer's report to the new text: one by one and with Fix All, both forms together.</summary>
public class PSSL1002FixTests
{
    [Theory]
    [InlineData(Framework.Net60, LanguageVersion.CSharp10)]
    [InlineData(Framework.Net80, LanguageVersion.CSharp12)]
    [InlineData(Framework.Net90, LanguageVersion.CSharp13)]
    [InlineData(Framework.Net100, LanguageVersion.CSharp14)]
    public Task Comparisons_become_IsHttps_and_values_Scheme(Framework framework, LanguageVersion version) => Verify.Fixes(
        RuleIds.RawScheme,
        """
        using Microsoft.Extensions.Primitives;

        WebApplication.CreateBuilder(args).Build().Run();

        public static class RequestExtensions
        {
            public static bool IsSecure(this HttpRequest request) =>
                request.IsHttps || string.Equals({|PSSL1002:request.Headers["X-Forwarded-Proto"]|}, "https", StringComparison.OrdinalIgnoreCase);

            public static string BaseUrl(this HttpRequest request)
            {
                // What the browser sees.
                StringValues scheme = {|PSSL1002:request.Headers["X-Forwarded-Proto"]|};
                return $"{scheme}://{request.Host}";
            }

            public static string Scheme(this HttpRequest request) =>
                {|PSSL1002:request.Headers.TryGetValue("X-Forwarded-Proto", out var proto)|} ? proto.ToString() : request.Scheme;
        }
        """,
        """
        WebApplication.CreateBuilder(args).Build().Run();

        public static class RequestExtensions
        {
            public static bool IsSecure(this HttpRequest request) =>
                request.IsHttps;

            public static string BaseUrl(this HttpRequest request)
            {
                // What the browser sees.
                var scheme = request.Scheme;
                return $"{scheme}://{request.Host}";
            }

            public static string Scheme(this HttpRequest request) =>
                request.Scheme;
        }
        """,
        framework: framework,
        configure: t => t.LanguageVersion = version);
}
