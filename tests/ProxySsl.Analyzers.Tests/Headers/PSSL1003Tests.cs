using System.Threading.Tasks;
using ProxySsl.Analyzers.Tests.Verification;
using Xunit;

namespace ProxySsl.Analyzers.Tests.Headers;

public class PSSL1003Tests
{
    private const string Rule = "PSSL1003";

    [Fact]
    public Task Reports_a_helper_that_prefers_the_header() => Verify.Reports(Rule, """
        using System.Net;
        using Microsoft.Extensions.Primitives;

        WebApplication.Create(args).Run();

        public static class HeaderHelper
        {
            public static IPAddress? GetRealIP(HttpContext ctx)
            {
                var xRealIpHeader = {|PSSL1003:ctx.Request.Headers["X-Real-IP"]|};
                if (!StringValues.IsNullOrEmpty(xRealIpHeader) && IPAddress.TryParse(xRealIpHeader, out var ip))
                    return ip;
                else
                    return ctx.Connection.RemoteIpAddress;
            }

            public static string? GetRemoteIp(this HttpContext? ctx)
            {
                var headers = ctx?.Request.Headers;
                if (headers == null)
                    return null;
                return !string.IsNullOrEmpty(headers["X-Forwarded-For"])
                    ? {|PSSL1003:headers["X-Forwarded-For"]|}.ToString()
                    : ctx?.Connection.RemoteIpAddress?.ToString();
            }
        }
        """);
}
