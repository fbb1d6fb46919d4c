using System.Linq;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using ProxySsl.Analyzers.Pipeline;
using Xunit;

namespace ProxySsl.Analyzers.Tests.Models;

/// <summary>What is registered or declared outside of pipelines, without rules.</summary>
public class RegisteredServicesTests
{
    private const string Cookies = "services.AddAuthentication(\"a\").AddCookie(\"a\");";
    private const string Tokens = "services.AddAuthentication(\"a\").AddJwtBearer(\"a\");";

    [Theory]
    [InlineData("", "")]
    [InlineData("services.AddAuthentication();", "")]
    [InlineData("services.AddAuthentication(\"a\");", "")]
    [InlineData("AuthenticationServiceCollectionExtensions.AddAuthentication(services).AddCookie();", "scheme")]
    [InlineData(Cookies, "scheme")]
    [InlineData(Tokens, "scheme tokens")]
    [InlineData(Tokens + Tokens, "scheme tokens")]
    [InlineData(Tokens + Cookies, "scheme")]
    [InlineData(Cookies + Tokens, "scheme")]
    [InlineData(Cookies + "services.AddAuthentication();", "scheme")]
    [InlineData("services.AddAuthentication(); " + Cookies, "scheme")]
    [InlineData("var schemes = services.AddAuthentication(); schemes.AddJwtBearer(\"a\");", "scheme tokens")]
    [InlineData("var schemes = services.AddAuthentication(); schemes.AddJwtBearer(\"a\").AddCookie();", "scheme")]
    [InlineData("var schemes = services.AddAuthentication(); schemes.AddJwtBearer(\"a\"); Add(schemes);", "scheme")]
    [InlineData("Add(services.AddAuthentication().AddJwtBearer(\"a\"));", "scheme")]
    [InlineData("services.AddIdentity<User, User>();", "scheme")]
    [InlineData("services.AddIdentityApiEndpoints<User>();", "scheme")]
    [InlineData(Tokens + "services.AddIdentity<User, User>();", "scheme")]
    [InlineData("Own.AddAuthentication(services).ToString();", "")]
    [InlineData("services.AddAuthorization();", "authorization")]
    [InlineData("services.AddAuthorizationBuilder();", "authorization")]
    [InlineData("services.AddAuthorizationCore();", "authorization")]
    [InlineData("services.AddControllers();", "authorization")]
    [InlineData("services.AddControllersWithViews();", "authorization")]
    [InlineData("services.AddMvc();", "authorization")]
    [InlineData("services.AddRazorPages();", "authorization")]
    [InlineData("services.AddMvcCore();", "")]
    [InlineData("Own.AddAuthorization(services);", "")]
    [InlineData("services.AddAuthorization(); Own.AddAuthorization(services);", "authorization")]
    [InlineData("endpoints.MapGet(\"/\", () => 1).RequireHost(\"a\");", "hosts")]
    [InlineData("endpoints.MapGet(\"/\", () => 1).RequireHost(\"a\"); Own.RequireHost();", "hosts")]
    [InlineData("Own.RequireHost();", "")]
    [InlineData("endpoints.MapGet(\"/\", [Host(\"a\")] () => 1);", "hosts")]
    [InlineData("endpoints.MapGet(\"/\", () => 1).WithMetadata(new HostAttribute(\"a\"));", "hosts")]
    [InlineData("endpoints.MapGet(\"/\", [Own.Host(\"a\")] () => 1);", "")]
    [InlineData("services.AddResponseCompression(o => o.EnableForHttps = true);", "compresses")]
    [InlineData("services.AddResponseCompression(o => o.EnableForHttps = flag);", "compresses")]
    [InlineData("services.AddResponseCompression(o => o.EnableForHttps = false);", "")]
    [InlineData("services.AddResponseCompression(o => o.EnableForHttps = true); services.AddResponseCompression(o => o.EnableForHttps = false);", "compresses")]
    [InlineData("services.AddResponseCompression(o => Console.WriteLine(o.EnableForHttps));", "")]
    [InlineData("services.AddRateLimiter(o => o.AddConcurrencyLimiter(\"a\", l => { }));", "alike")]
    [InlineData("services.AddRateLimiter(o => { o.RejectionStatusCode = 429; });", "alike")]
    [InlineData("services.AddRateLimiter(o => Console.WriteLine(o.RejectionStatusCode));", "")]
    [InlineData("services.AddRateLimiter(o => { var same = o; });", "")]
    [InlineData("services.AddRateLimiter(o => Own.Limit(o));", "")]
    [InlineData("services.AddRateLimiter(o => { Inner(1); void Inner(int other) { Console.WriteLine(other); } o.AddConcurrencyLimiter(\"a\", l => { }); });", "alike")]
    [InlineData("services.AddRateLimiter(o => o.AddPolicy(\"a\", c => RateLimitPartition.GetNoLimiter(\"\")));", "")]
    [InlineData("services.AddRateLimiter(o => o.AddConcurrencyLimiter(\"a\", l => { })); services.AddRateLimiter(o => o.AddPolicy(\"a\", c => RateLimitPartition.GetNoLimiter(\"\")));", "")]
    [InlineData("services.AddRateLimiter(o => o.AddPolicy(\"a\", c => RateLimitPartition.GetNoLimiter(\"\"))); services.AddRateLimiter(o => o.AddConcurrencyLimiter(\"a\", l => { }));", "")]
    [InlineData("services.AddRateLimiter(o => o.AddConcurrencyLimiter(\"a\", l => { })); app.UseRateLimiter();", "alike")]
    [InlineData("services.AddRateLimiter(o => o.AddConcurrencyLimiter(\"a\", l => { })); app.UseRateLimiter(new());", "")]
    [InlineData("services.AddRateLimiter(o => o.AddConcurrencyLimiter(\"a\", l => { })); services.Configure<RateLimiterOptions>(o => { });", "")]
    [InlineData("Own.AddRateLimiter(o => { });", "")]
    [InlineData("app.UseRateLimiter();", "")]
    [InlineData("services.AddServiceDefaults();", "defaults")]
    [InlineData("Action<IServiceCollection> later = Own.AddServiceDefaults;", "")]
    [InlineData("services.AddControllers(); Own.AddAuthorization(services);", "authorization")]
    [InlineData("services.AddServiceDefaults(); Action<IServiceCollection> later = Own.AddServiceDefaults;", "defaults")]
    internal void Reads_registrations(string statements, string expected)
    {
        var services = Read($$"""
            public class Startup
            {
                public void Configure(IServiceCollection services, IApplicationBuilder app, IEndpointRouteBuilder endpoints, bool flag)
                {
                    {{statements}}
                }

                private static void Add(object schemes) { }
            }
            """);
        Assert.Equal(expected, Write(services));
    }

    [Theory]
    [InlineData("[RequireHttps] public class A : Controller { }", 1)]
    [InlineData("[Microsoft.AspNetCore.Mvc.RequireHttps] public class A : Controller { }", 1)]
    [InlineData("public class A { public void Add(MvcOptions options) => options.Filters.Add(typeof(global::Microsoft.AspNetCore.Mvc.RequireHttpsAttribute)); }", 1)]
    [InlineData("[Mine.RequireHttps] public class A { } namespace Mine { public class RequireHttpsAttribute : System.Attribute { } }", 0)]
    [InlineData("[RequireHttpsAttribute] public class A : Controller { }", 1)]
    [InlineData("[Route(\"a\"), RequireHttps] public class A : Controller { [RequireHttps] public string Get() => \"\"; }", 1)]
    [InlineData("public class A { public void Add(MvcOptions options) => options.Filters.Add(new RequireHttpsAttribute()); }", 1)]
    [InlineData("public class A { public void Add(MvcOptions options) => options.Filters.Add<RequireHttpsAttribute>(); }", 1)]
    [InlineData("public class A { public void Add(MvcOptions options) => options.Filters.Add(typeof(RequireHttpsAttribute)); }", 1)]
    [InlineData("public class A { public void Add(MvcOptions options) => options.Filters.Add(new RequireHttps()); } public class RequireHttps : IFilterMetadata { }", 0)]
    [InlineData("public class A { public bool RequireHttps { get; set; } }", 0)]
    [InlineData("public class A { private RequireHttpsAttribute _field = null!; }", 0)]
    [InlineData("[Host(\"a\")] public class A : Controller { }", 0)]
    internal void Reads_the_first_attribute_that_demands_https(string type, int expected)
    {
        var services = Read("using Microsoft.AspNetCore.Mvc.Filters; " + type);
        Assert.Equal(expected, services.RequireHttps is null ? 0 : 1);
        if (services.RequireHttps is { } location)
        {
            Assert.Equal(location.SourceTree!.ToString().IndexOf("RequireHttps", System.StringComparison.Ordinal), location.SourceSpan.Start);
            Assert.StartsWith("RequireHttps", location.SourceTree.GetRoot(TestContext.Current.CancellationToken).FindToken(location.SourceSpan.Start).Text);
        }

        Assert.Equal(type.Contains("[Host"), services.HasHostConstraints);
    }

    private static RegisteredServices Read(string source)
    {
        const string Usings = "using Microsoft.AspNetCore.Mvc; using Microsoft.AspNetCore.Authentication; using Microsoft.AspNetCore.RateLimiting; using System.Threading.RateLimiting; ";
        var model = Pipelines.Compile(
            Usings + source,
            [
                ("/0/Own.cs", """
                    using Microsoft.AspNetCore.Authentication;

                    public static class Own
                    {
                        public class HostAttribute(string name) : Attribute { public string Name { get; } = name; }

                        public static object AddAuthentication(IServiceCollection services) => services;

                        public static void AddAuthorization(IServiceCollection services) { }

                        public static void AddRateLimiter(Action<object> configure) { }

                        public static void RequireHost() { }

                        public static void Limit(object options) { }

                        public static AuthenticationBuilder AddJwtBearer(this AuthenticationBuilder builder, string name) => builder;

                        public static void AddServiceDefaults(this IServiceCollection services) { }
                    }

                    public class User { }
                    """),
            ]);
        return RegisteredServices.Read(model, TestContext.Current.CancellationToken);
    }

    private static string Write(RegisteredServices services) => string.Join(" ", new[]
    {
        services.HasAuthenticationScheme ? "scheme" : "",
        services.HasTokensOnly ? "tokens" : "",
        services.HasAuthorization ? "authorization" : "",
        services.HasHostConstraints ? "hosts" : "",
        services.MayCompressHttps ? "compresses" : "",
        services.LimitsAllAlike ? "alike" : "",
        services.HasServiceDefaults ? "defaults" : "",
    }.Where(w => w.Length > 0));
}
