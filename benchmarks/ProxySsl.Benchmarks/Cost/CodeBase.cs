using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.IO;
using System.Linq;
using System.Text;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Text;
using ProxySsl.Analyzers.Tests.Verification;

namespace ProxySsl.Benchmarks.Cost;

/// <summary>A code base that analyzers are run over: generated, always the same, or read from a folder.</summary>
internal sealed class CodeBase
{
    private static readonly CSharpParseOptions ParseOptions = new(LanguageVersion.Latest);

    private CodeBase(string name, ImmutableArray<(string Path, SourceText Text)> files, Framework framework, OutputKind kind)
    {
        Name = name;
        Files = files;
        Framework = framework;
        Kind = kind;
        Lines = files.Sum(f => f.Text.Lines.Count);
    }

    internal string Name { get; }

    internal ImmutableArray<(string Path, SourceText Text)> Files { get; }

    internal Framework Framework { get; }

    internal OutputKind Kind { get; }

    internal int Lines { get; }

    /// <summary>
    /// A web application of at least <paramref name="lines"/> lines in the proportions of real ones: a module has an entity, data transfer
    /// objects, a repository, a service, validation, mapping and a controller or endpoints; one module in forty looks at the scheme of a
    /// request, the application as a whole has one Program, one options file and two files that read forwarded headers.
    /// </summary>
    internal static CodeBase Web(int lines) => Generate("web", lines, Framework.Net100, OutputKind.ConsoleApplication);

    /// <summary>The same without the files that need a web framework, and without a reference to one.</summary>
    internal static CodeBase Library(int lines) => Generate("library", lines, Framework.Net100WithoutWeb, OutputKind.DynamicallyLinkedLibrary);

    /// <summary>All sources below a folder as one compilation; what it refers to beyond the framework is not found, and that is no matter.</summary>
    internal static CodeBase Checkout(string folder)
    {
        var files = SourceFolder.Files(folder)
            .Select(f => (f, SourceText.From(File.ReadAllText(f), Encoding.UTF8)))
            .Append(("ImplicitUsings.cs", SourceText.From(WebProject.ImplicitUsings, Encoding.UTF8)));
        return new CodeBase(Path.GetFileName(Path.TrimEndingDirectorySeparator(folder)), [.. files], Framework.Net100, OutputKind.ConsoleApplication);
    }

    /// <summary>A new compilation of newly parsed trees; nothing of an earlier one is found in a cache.</summary>
    internal Compilation Compile() => CSharpCompilation.Create(
        "App",
        [.. Files.Select(f => CSharpSyntaxTree.ParseText(f.Text, ParseOptions, f.Path))],
        FrameworkReferences.Of(Framework),
        new CSharpCompilationOptions(Kind, nullableContextOptions: NullableContextOptions.Enable, allowUnsafe: true, concurrentBuild: false));

    private static CodeBase Generate(string name, int lines, Framework framework, OutputKind kind)
    {
        var isWeb = framework != Framework.Net100WithoutWeb;
        var files = new List<(string, SourceText)>();
        var count = 0;
        Add("Shared/Abstractions.cs", ModuleTemplates.Abstractions);
        if (isWeb)
        {
            Add("ImplicitUsings.cs", WebProject.ImplicitUsings);
            Add("Hosting/ProxyOptions.cs", ApplicationTemplates.ProxyOptions);
            Add("Hosting/RequestExtensions.cs", ApplicationTemplates.RequestExtensions);
            Add("Hosting/ClientAddressMiddleware.cs", ApplicationTemplates.ClientAddressMiddleware);
        }

        for (var i = 0; count < lines; i++)
        {
            foreach (var (path, text) in ModuleTemplates.Files(i, isWeb))
            {
                Add(path, text);
            }
        }

        if (isWeb)
        {
            Add("Program.cs", ApplicationTemplates.Program(files.Count));
        }

        return new CodeBase(name, [.. files], framework, kind);

        void Add(string path, string text)
        {
            var source = SourceText.From(text, Encoding.UTF8);
            count += source.Lines.Count;
            files.Add((path, source));
        }
    }
}
