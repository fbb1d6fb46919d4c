using System.Threading.Tasks;
using ProxySsl.Analyzers.Tests.Verification;
using Xunit;

namespace ProxySsl.Analyzers.Tests;

public class HouseTests
{
    [Fact]
    public Task A_right_program_is_silent() => Verify.AllSilent("""
        var builder = WebApplication.CreateBuilder(args);
        var app = builder.Build();
        app.MapGet("/", () => "ok");
        app.Run();
        """);
}
