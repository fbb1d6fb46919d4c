using Xunit;

namespace ProxySsl.Analyzers.Tests.Models;

/// <summary>Names that constants of a referenced project hold: nothing in the compilation spells the header, and only the constant's own name hints at it.</summary>
public class ReferencedHeaderNameTests
{
    private const string Library = """
        public static class Names
        {
            public const string RealIp = "X-Real-IP";
            public const string ClientIp = "X-Request-Id";
            public const string Forwarded = "Forwarded-For";
            public static readonly string FrontEndHttps = "Front-End-Https";
        }

        namespace Deep
        {
            public static class Names
            {
                public const string RealIp = "X-Real-IP";
            }
        }
        """;

    [Theory]
    [InlineData("Store(request.Headers[Names.RealIp]);", "X-Real-IP: Handed")]
    [InlineData("Store(request.Headers[Deep.Names.RealIp]);", "X-Real-IP: Handed")]
    [InlineData("Store(request.Headers[(Names.RealIp)]);", "")]
    [InlineData("const string name = Names.RealIp; Store(request.Headers[name]);", "X-Real-IP: Handed")]
    [InlineData("foreach (var name in new[] { Names.RealIp }) { Store(request.Headers[name]); }", "X-Real-IP: Handed")]
    [InlineData("foreach (var header in request.Headers) { if (header.Key == Names.RealIp) { Store(header.Value); } }", "X-Real-IP: Handed")]
    [InlineData("Store(request.Headers[Own]);", "X-Real-IP: Handed", "private const string Own = Names.RealIp;")]
    [InlineData("Store(request.Headers[Names.ClientIp]);", "")]
    [InlineData("Store(request.Headers[Names.FrontEndHttps]);", "")]
    [InlineData("Store(Names.RealIp);", "")]
    [InlineData("Store(Names.RealIp.Length);", "")]
    public void The_compiler_knows_the_text(string statements, string expected, string members = "") =>
        Assert.Equal(expected, HeaderReading.Of(statements, members, library: Library));
}
