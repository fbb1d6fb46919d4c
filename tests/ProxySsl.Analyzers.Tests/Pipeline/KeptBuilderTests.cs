using System.Threading.Tasks;
using ProxySsl.Analyzers.Tests.Verification;
using Xunit;

namespace ProxySsl.Analyzers.Tests.Pipeline;

/// <summary>Builders that leave the body that made them: what happens to them then is followed, or not known.</summary>
public class KeptBuilderTests
{
    private const string Login = "public static class Login { public static void Use(IApplicationBuilder app) => app.UseAuthentication().UseAuthorization(); }";

    [Theory]
    [InlineData("new Module(app).Configure();", "public class Module(IApplicationBuilder app) { public void Configure() => app.UseAuthentication().UseAuthorization(); }")]
    [InlineData("new Module().Configure(new Context { App = app });", "public class Context { public IApplicationBuilder App { get; set; } = null!; } public class Module { public void Configure(Context c) => c.App.UseAuthentication().UseAuthorization(); }")]
    [InlineData("new List<IModule> { new Module() }.ForEach(m => m.Configure(app));", "public interface IModule { void Configure(IApplicationBuilder app); } public class Module : IModule { public void Configure(IApplicationBuilder app) => app.UseAuthentication().UseAuthorization(); }")]
    [InlineData("Task.Run(() => Login.Use(app)).Wait();", Login)]
    [InlineData("var steps = new Dictionary<string, Action> { [\"login\"] = () => Login.Use(app) }; steps[\"login\"]();", Login)]
    [InlineData("foreach (var one in new[] { app }) { Login.Use(one); }", Login)]
    [InlineData("Kept.App = app; Kept.Configure();", "public static class Kept { public static WebApplication App { get; set; } = null!; public static void Configure() => App.UseAuthentication().UseAuthorization(); }")]
    [InlineData("app.UseLogin();", "public static class Members { extension(WebApplication app) { public void UseLogin() => app.UseAuthentication().UseAuthorization(); } }")]
    [InlineData("Members.UseLogin(app);", "public static class Members { extension(IApplicationBuilder app) { public void UseLogin() => app.UseAuthentication().UseAuthorization(); } }")]
    public Task Silent_where_the_calls_may_be_made_elsewhere(string statements, string types) => Verify.Silent("PSSL3006", Program(statements, types, ""));

    [Theory]
    [InlineData("ArgumentNullException.ThrowIfNull(app);")]
    [InlineData("app.Lifetime.ApplicationStarted.Register(() => Console.WriteLine(app.Urls.Count));")]
    [InlineData("Action<string> log = text => app.Logger.LogInformation(text); log(\"a\");")]
    [InlineData("app.MapGet(\"/a\", () => app.Environment.EnvironmentName);")]
    public Task Reports_where_the_builder_is_only_looked_at(string statements) => Verify.Reports("PSSL3006", Program(statements, "", "{|PSSL3006:"));

    [Fact]
    public Task Silent_where_a_field_got_it_first() => Verify.Silent("PSSL3006", """
        using Microsoft.AspNetCore.HttpOverrides;

        public sealed class Server
        {
            private WebApplication? _app;

            public void Start(string[] args)
            {
                var builder = WebApplication.CreateBuilder(args);
                builder.Services.Configure<ForwardedHeadersOptions>(o => o.ForwardedHeaders = ForwardedHeaders.XForwardedProto);
                builder.Services.AddAuthentication("Cookies").AddCookie("Cookies");
                builder.Services.AddAuthorization();
                var app = _app = builder.Build();
                app.UseForwardedHeaders();
                ConfigureLogin();
                app.Run();
            }

            private void ConfigureLogin() => _app!.UseAuthentication().UseAuthorization();

            public static void Main(string[] args) => new Server().Start(args);
        }
        """);

    [Fact]
    public Task Reports_in_members_of_extension_blocks() => Verify.Reports("PSSL3001", """
        var app = WebApplication.Create(args);
        app.{|PSSL3001:UseTls|}();
        app.UseForwardedHeaders();
        app.Run();

        public static class Members
        {
            extension(IApplicationBuilder app)
            {
                public IApplicationBuilder UseTls() => app.UseHttpsRedirection();
            }
        }
        """);

    [Fact]
    public Task Builders_of_two_objects_are_two() => Verify.Silent("PSSL3001", """
        public class Site(WebApplication app)
        {
            public WebApplication App { get; } = app;
        }

        public static class Program
        {
            public static void Main(string[] args)
            {
                var shop = new Site(WebApplication.Create(args));
                var admin = new Site(WebApplication.Create(args));
                shop.App.UseHttpsRedirection();
                admin.App.UseForwardedHeaders();
            }
        }
        """);

    private static string Program(string statements, string types, string mark) => $$"""
        using Microsoft.AspNetCore.HttpOverrides;

        var builder = WebApplication.CreateBuilder(args);
        builder.Services.Configure<ForwardedHeadersOptions>(o => o.ForwardedHeaders = ForwardedHeaders.XForwardedProto);
        builder.Services.AddAuthentication("Cookies").AddCookie("Cookies");
        builder.Services.AddAuthorization();
        var app = builder.Build();
        app.{{mark}}UseForwardedHeaders{{(mark.Length > 0 ? "|}" : "")}}();
        {{statements}}
        app.Run();

        {{types}}
        """;
}
