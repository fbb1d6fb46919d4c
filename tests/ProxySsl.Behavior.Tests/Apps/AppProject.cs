using System;
using System.Collections.Immutable;
using System.IO;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using Microsoft.AspNetCore.Builder;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Text;
using ProxySsl.Analyzers.Tests.Verification;

namespace ProxySsl.Behavior.Tests.Apps;

/// <summary>
/// A web app of one file, as a project of the web SDK would compile it, against the framework that runs the tests.
/// </summary>
public sealed class AppProject
{
    private const string AssemblyName = "App";

    private static readonly ImmutableArray<MetadataReference> References = LoadReferences();

    private readonly DocumentId _program;

    private AppProject(Solution solution, DocumentId program)
    {
        Solution = solution;
        _program = program;
    }

    /// <summary>The solution that holds the app and nothing else.</summary>
    public Solution Solution { get; }

    /// <summary>The project of the app.</summary>
    public Project Project => Solution.GetProject(_program.ProjectId)!;

    /// <summary>The file that holds the app.</summary>
    public Document Program => Solution.GetDocument(_program)!;

    /// <summary>Makes a project of a program; whether it compiles shows later.</summary>
    public static AppProject Of(string source)
    {
        var workspace = new AdhocWorkspace();
        var id = ProjectId.CreateNewId();
        var program = DocumentId.CreateNewId(id);
        var solution = workspace.CurrentSolution
            .AddProject(ProjectInfo.Create(id, VersionStamp.Default, AssemblyName, AssemblyName, LanguageNames.CSharp)
                .WithMetadataReferences(References)
                .WithParseOptions(new CSharpParseOptions(LanguageVersion.Latest))
                .WithCompilationOptions(new CSharpCompilationOptions(OutputKind.ConsoleApplication, nullableContextOptions: NullableContextOptions.Enable)))
            .AddDocument(DocumentId.CreateNewId(id), "ImplicitUsings.cs", SourceText.From(WebProject.ImplicitUsings))
            .AddDocument(program, "Program.cs", SourceText.From(source), filePath: "/app/Program.cs");
        return new AppProject(solution, program);
    }

    /// <summary>The same app after an edit.</summary>
    public AppProject With(Solution solution) => new(solution, _program);

    /// <summary>The text of the program.</summary>
    public async Task<string> TextAsync(CancellationToken cancellationToken) =>
        (await Program.GetTextAsync(cancellationToken).ConfigureAwait(false)).ToString();

    /// <summary>The compiled app. Throws, with the program and the compiler's errors, where it does not compile.</summary>
    public async Task<byte[]> CompileAsync(CancellationToken cancellationToken)
    {
        var compilation = await Project.GetCompilationAsync(cancellationToken).ConfigureAwait(false)
            ?? throw new InvalidOperationException("The project has no compilation.");
        using var image = new MemoryStream();
        var result = compilation.Emit(image, cancellationToken: cancellationToken);
        return result.Success
            ? image.ToArray()
            : throw new InvalidOperationException(
                string.Join('\n', result.Diagnostics.Where(d => d.Severity == DiagnosticSeverity.Error))
                + "\n\n" + await TextAsync(cancellationToken).ConfigureAwait(false));
    }

    private static ImmutableArray<MetadataReference> LoadReferences()
    {
        string[] folders = [Path.GetDirectoryName(typeof(object).Assembly.Location)!, Path.GetDirectoryName(typeof(WebApplication).Assembly.Location)!];
        return folders
            .SelectMany(folder => Directory.GetFiles(folder, "*.dll"))
            .Concat(Directory.GetFiles(AppContext.BaseDirectory, "Microsoft.AspNetCore.Authentication.OpenIdConnect.dll"))
            .Concat(Directory.GetFiles(AppContext.BaseDirectory, "Microsoft.IdentityModel.*.dll"))
            .Where(IsManaged)
            .Select(file => (MetadataReference)MetadataReference.CreateFromFile(file))
            .ToImmutableArray();
    }

    private static bool IsManaged(string file)
    {
        using var stream = File.OpenRead(file);
        using var reader = new System.Reflection.PortableExecutable.PEReader(stream);
        return reader.HasMetadata;
    }
}
