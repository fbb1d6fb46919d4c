using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using ProxySsl.Analyzers.Options;
using ProxySsl.Analyzers.Tests.Verification;
using Xunit;

namespace ProxySsl.Analyzers.Tests.Models;

/// <summary>
/// What a fix finds in scope where it writes: the app's configuration, and whether statements can stand there. The place is the innermost
/// lambda, or else the <c>new</c>, around <c>/*here*/</c>.
/// </summary>
public class PlaceContextReaderTests
{
    private const string Use = "static void Use(Action<object> configure) { }";

    [Theory]
    [InlineData("var builder = WebApplication.CreateBuilder(args); Use(o => { /*here*/ }); " + Use, "builder.Configuration")]
    [InlineData("IConfiguration configuration = null!; Use(o => { /*here*/ }); " + Use, "configuration")]
    [InlineData("var configuration = new ConfigurationManager(); Use(o => { /*here*/ }); " + Use, "configuration")]
    [InlineData("Use(o => { /*here*/ }); IConfiguration configuration = null!; " + Use, "")]
    [InlineData("IConfiguration configuration; Use(o => { /*here*/ }); " + Use, "")]
    [InlineData("IConfiguration configuration = Of(o => { /*here*/ }); static IConfiguration Of(Action<object> configure) => null!;", "")]
    [InlineData("foreach (var configuration in new IConfiguration[0]) { Use(o => { /*here*/ }); } " + Use, "")]
    [InlineData("var builder = WebApplication.CreateBuilder(args); IConfiguration configuration = builder.Configuration; Use(o => { /*here*/ }); " + Use, "configuration")]
    [InlineData("IConfiguration second = null!; IConfiguration first = null!; Use(o => { /*here*/ }); " + Use, "second")]
    [InlineData("WebApplicationBuilder one = null!; WebApplicationBuilder other = null!; Use(o => { /*here*/ }); " + Use, "one.Configuration")]
    [InlineData("IConfiguration configuration = null!; Inner(); void Inner() { Use(o => { /*here*/ }); } " + Use, "configuration")]
    [InlineData("IConfiguration configuration = null!; Inner(); static void Inner() { Use(o => { /*here*/ }); } " + Use, "")]
    [InlineData("IConfiguration configuration = null!; Use(static o => { /*here*/ }); " + Use, "")]
    [InlineData("IConfiguration configuration = null!; Use(o => Use(static p => { /*here*/ })); " + Use, "")]
    [InlineData("Inner(null!); static void Inner(IConfiguration configuration) { Use(o => { /*here*/ }); } " + Use, "configuration")]
    [InlineData("Inner(null!); static void Inner(HostBuilderContext context) { Use(o => { /*here*/ }); } " + Use, "context.Configuration")]
    [InlineData("Inner(null!); static void Inner(IHostEnvironment context) { Use(o => { /*here*/ }); } " + Use, "")]
    [InlineData("Inner(null!); static void Inner(Own context) { Use(o => { /*here*/ }); } " + Use + " public class Own { public IConfiguration Configuration => null!; }", "")]
    [InlineData("IConfiguration configuration = null!; " + Use + " class Beside { void M() => new Action<object>(o => { /*here*/ })(this); }", "")]
    [InlineData("class S { private readonly IConfiguration _configuration = null!; void M() { Action<object> a = o => { /*here*/ }; } }", "_configuration")]
    [InlineData("class S { private readonly IConfiguration _configuration = null!; static void M() { Action<object> a = o => { /*here*/ }; } }", "")]
    [InlineData("class S { private readonly IConfiguration _configuration = null!; void M() { Inner(); static void Inner() { Action<object> a = o => { /*here*/ }; } } }", "")]
    [InlineData("class S { private static readonly IConfiguration Settings = null!; static void M() { Action<object> a = o => { /*here*/ }; } }", "Settings")]
    [InlineData("class S { public IConfiguration Configuration { get; } = null!; void M() { Action<object> a = o => { /*here*/ }; } }", "Configuration")]
    [InlineData("class S { public IConfiguration Configuration { get; } = null!; static void M() { Action<object> a = o => { /*here*/ }; } }", "")]
    [InlineData("class S { static IConfiguration Configuration { get; } = null!; static void M() { Action<object> a = o => { /*here*/ }; } }", "Configuration")]
    [InlineData("class S { public IConfiguration this[int index] => null!; void M() { Action<object> a = o => { /*here*/ }; } }", "")]
    [InlineData("class S { public IConfiguration Read() => null!; void M() { Action<object> a = o => { /*here*/ }; } }", "")]
    [InlineData("class S { private readonly IConfiguration _field = null!; void M(IConfiguration parameter) { Action<object> a = o => { /*here*/ }; } }", "parameter")]
    [InlineData("class S { private readonly IConfiguration _field = null!; void M() { IConfiguration local = _field; Action<object> a = o => { /*here*/ }; } }", "local")]
    [InlineData("class S { void M(IConfiguration? configuration) { Action<object> a = o => { /*here*/ }; } }", "")]
    [InlineData("class S { void M(IConfiguration configuration = null!) { Action<object> a = o => { /*here*/ }; } }", "")]
    [InlineData("class S { void M(WebApplication app, IConfiguration? edge) { Action<object> a = o => { /*here*/ }; } }", "app.Configuration")]
    [InlineData("class S { private IConfiguration? _configuration; void M() { _configuration = null; Action<object> a = o => { /*here*/ }; } }", "")]
    [InlineData("class S { void M(object any) { var configuration = any as IConfiguration; Action<object> a = o => { /*here*/ }; } }", "")]
    [InlineData("class S { void M(IConfigurationSection hosting) { Action<object> a = o => { /*here*/ }; } }", "")]
    [InlineData("class S { void M(IConfiguration root) { var section = root.GetSection(\"x\"); Action<object> a = o => { /*here*/ }; } }", "root")]
    [InlineData("class S(IConfiguration configuration) { void M() { Action<object> a = o => { /*here*/ }; } }", "configuration")]
    [InlineData("class S(IConfiguration configuration) { static void M() { Action<object> a = o => { /*here*/ }; } }", "")]
    [InlineData("class S(IConfiguration configuration) { private readonly IConfiguration _field = configuration; void M() { Action<object> a = o => { /*here*/ }; } }", "_field")]
    [InlineData("class S(IConfiguration configuration) { class Inner { void M() { Action<object> a = o => { /*here*/ }; } } }", "")]
    [InlineData("record S(IConfiguration Settings) { void M() { Action<object> a = o => { /*here*/ }; } }", "Settings")]
    [InlineData("class S { public IConfiguration Configuration { get; } = null!; Action<object> _a = o => { /*here*/ }; }", "")]
    [InlineData("class S { static readonly IConfiguration Settings = null!; Action<object> _a = o => { /*here*/ }; }", "Settings")]
    [InlineData("namespace Other { interface IConfiguration { } class S { IConfiguration _other = null!; void M() { Action<object> a = o => { /*here*/ }; } } }", "")]
    internal void Configuration_in_scope(string source, string expected) => Assert.Equal(expected, At(source).Configuration ?? "");

    [Theory]
    [InlineData("var o = new object(/*here*/);", true)]
    [InlineData("class S { void M() { var o = new object(/*here*/); } }", true)]
    [InlineData("class S { object M() => new object(/*here*/); }", true)]
    [InlineData("class S { void M() { Inner(); object Inner() => new object(/*here*/); } }", true)]
    [InlineData("class S { Func<object> _make = () => new object(/*here*/); }", true)]
    [InlineData("class S { object _field = new object(/*here*/); }", false)]
    [InlineData("class S { object P { get; } = new object(/*here*/); }", false)]
    [InlineData("class S { object P => new object(/*here*/); }", false)]
    [InlineData("class S { object P { get { return new object(/*here*/); } } }", true)]
    internal void Statements_can_stand(string source, bool expected) => Assert.Equal(expected, At(source).AllowsStatements);

    [Theory]
    [InlineData("class S { void M(IConfiguration configuration) { } }", "configuration", true)]
    [InlineData("class S { object M(IConfiguration configuration) => configuration; }", "configuration", true)]
    [InlineData("abstract class S { abstract protected void M(IConfiguration configuration); }", "", false)]
    [InlineData("class S { int M { get; set; } }", "", false)]
    internal void The_body_of_a_method(string source, string configuration, bool allowsStatements)
    {
        var (root, model) = Compile(source);
        var context = PlaceContextReader.InBodyOf(root.DescendantNodes().OfType<ClassDeclarationSyntax>().Single().Members[0], model, TestContext.Current.CancellationToken);
        Assert.Equal(new PlaceContext(configuration.Length == 0 ? null : configuration, allowsStatements), context);
    }

    [Theory]
    [InlineData("Inner(null!); void Inner(IConfiguration configuration) { }")]
    [InlineData("Inner(null!); object Inner(IConfiguration configuration) => configuration;")]
    internal void The_body_of_a_local_function(string source)
    {
        var (root, model) = Compile(source);
        var context = PlaceContextReader.InBodyOf(root.DescendantNodes().OfType<LocalFunctionStatementSyntax>().Single(), model, TestContext.Current.CancellationToken);
        Assert.Equal(new PlaceContext("configuration", true), context);
    }

    private static PlaceContext At(string source)
    {
        var (root, model) = Compile(source);
        var around = root.FindTrivia(source.IndexOf("/*here*/", System.StringComparison.Ordinal)).Token.Parent!.AncestorsAndSelf().ToList();
        var place = around.OfType<ObjectCreationExpressionSyntax>().FirstOrDefault(c => c.ToString() == "new object(/*here*/)")
            ?? (SyntaxNode)around.OfType<AnonymousFunctionExpressionSyntax>().First();
        return PlaceContextReader.At(place, model, TestContext.Current.CancellationToken);
    }

    private static (SyntaxNode Root, SemanticModel Model) Compile(string source)
    {
        var token = TestContext.Current.CancellationToken;
        var tree = CSharpSyntaxTree.ParseText(source, cancellationToken: token);
        var root = tree.GetRoot(token);
        var compilation = CSharpCompilation.Create(
            "Places",
            [tree, CSharpSyntaxTree.ParseText(ProxySslTest.ImplicitUsings, cancellationToken: token)],
            FrameworkReferences.Of(Framework.Net100),
            new CSharpCompilationOptions(
                root.ChildNodes().Any(n => n is GlobalStatementSyntax) ? OutputKind.ConsoleApplication : OutputKind.DynamicallyLinkedLibrary,
                nullableContextOptions: NullableContextOptions.Enable));
        Assert.DoesNotContain(compilation.GetDiagnostics(token), d => d.Severity == DiagnosticSeverity.Error && d.Id is not ("CS0841" or "CS0165"));
        return (root, compilation.GetSemanticModel(tree));
    }
}
