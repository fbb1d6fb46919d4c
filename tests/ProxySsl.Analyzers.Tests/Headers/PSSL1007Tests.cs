using System.Threading.Tasks;
using ProxySsl.Analyzers.Tests.Verification;
using Xunit;

namespace ProxySsl.Analyzers.Tests.Headers;

public class PSSL1007Tests
{
    private const string Rule = "PSSL1007";

    [Theory]
    [InlineData("""app.Use((context, next) => { {|PSSL1007:context.Request.Scheme = "https"|}; return next(); });""")]
    [InlineData("""app.Use(async (context, next) => { {|PSSL1007:context.Request.IsHttps = true|}; await next(); });""")]
    [InlineData("""app.Use((context, next) => { {|PSSL1007:context.Request.Scheme = Uri.UriSchemeHttps|}; return next(); });""")]
    [InlineData("""if (!app.Environment.IsDevelopment()) { app.Use((context, next) => { {|PSSL1007:context.Request.Scheme = "https"|}; return next(); }); }""")]
    [InlineData("""app.Use((context, next) => { const string secure = "https"; {|PSSL1007:context.Request.Scheme = secure|}; return next(); });""")]
    public Task Reports(string statement) => Verify.Reports(Rule, Program(statement));

    [Theory]
    [InlineData("""app.Use((context, next) => { if (context.Request.Host.Host == "a") { context.Request.Scheme = "https"; } return next(); });""")]
    [InlineData("""if (app.Configuration.GetValue<bool>("ForceHttps")) { app.Use((context, next) => { context.Request.Scheme = "https"; return next(); }); }""")]
    [InlineData("""if (app.Environment.IsDevelopment()) { app.Use((context, next) => { context.Request.Scheme = "https"; return next(); }); }""")]
    [InlineData("""app.Use((context, next) => { if (context.Request.Headers["X-Forwarded-Proto"] == "https") { context.Request.Scheme = "https"; } return next(); });""")]
    [InlineData("""app.Use((context, next) => { if (context.Request.Host.Host != "a") return next(); context.Request.Scheme = "https"; return next(); });""")]
    [InlineData("""app.UseWhen(c => c.Request.Path == "/a", b => b.Use((context, next) => { context.Request.Scheme = "https"; return next(); }));""")]
    [InlineData("""app.Use((context, next) => { context.Request.Scheme = "http"; return next(); });""")]
    [InlineData("""var made = new DefaultHttpContext(); made.Request.Scheme = "https";""")]
    [InlineData("""var url = new UriBuilder("http://a"); url.Scheme = "https";""")]
    [InlineData("""HttpRequest Made() { var c = new DefaultHttpContext(); var r = c.Request; r.Scheme = "https"; return r; } Made();""")]
    public Task Stays_silent(string statement) => Verify.Silent(Rule, Program(statement));

    [Theory]
    [InlineData("private readonly HttpContext _context; public Renderer() { _context = new DefaultHttpContext(); }")]
    [InlineData("private readonly HttpContext _context = new DefaultHttpContext();")]
    [InlineData("private HttpContext _context; public Renderer() => this._context = new DefaultHttpContext { TraceIdentifier = \"a\" };")]
    [InlineData("private readonly HttpRequest _request = new DefaultHttpContext().Request; private HttpContext _context => _request.HttpContext;")]
    public Task Stays_silent_on_a_context_that_the_class_makes(string members) => Verify.Silent(Rule, Renderer(members, """_context.Request.Scheme = "https";"""));

    [Theory]
    [InlineData("private readonly HttpContext _context; public Renderer(HttpContext context) { _context = context; }")]
    [InlineData("private HttpContext _context = new DefaultHttpContext(); public void Use(HttpContext context) => _context = context;")]
    [InlineData("public HttpContext _context = new DefaultHttpContext();")]
    [InlineData("private HttpContext _context = new DefaultHttpContext(); public bool Take(Func<HttpContext> f) { Get(out _context); return true; } private static void Get(out HttpContext c) => c = null!;")]
    public Task Reports_on_a_context_that_may_come_from_elsewhere(string members) => Verify.Reports(Rule, Renderer(members, """{|PSSL1007:_context.Request.Scheme = "https"|};"""));

    private static string Renderer(string members, string statement) => $$"""
        WebApplication.Create(args).Run();

        class Renderer
        {
            {{members}}

            public void Render()
            {
                {{statement}}
            }
        }
        """;

    private static string Program(string statement) => $$"""
        var app = WebApplication.Create(args);
        {{statement}}
        app.Run();
        """;
}
