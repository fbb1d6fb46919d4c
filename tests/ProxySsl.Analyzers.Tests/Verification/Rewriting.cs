using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using System.Threading.Tasks;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Testing;
using Microsoft.CodeAnalysis.Text;
using ProxySsl.Analyzers.Headers;
using ProxySsl.CodeFixes;
using ProxySsl.CodeFixes.Headers;
using Xunit;

namespace ProxySsl.Analyzers.Tests.Verification;

/// <summary>
/// Runs the rewrite of a header read on its own, without an analyzer: <c>[|…|]</c> is the expression that would be reported. The source is
/// the members of a class, so that many shapes fit into a test file.
/// </summary>
internal static class Rewriting
{
    private const string Before = """
        using System;
        using System.Collections.Generic;
        using System.Linq;
        using System.Net;
        using System.Threading.Tasks;
        using Microsoft.AspNetCore.Builder;
        using Microsoft.AspNetCore.Http;
        using Microsoft.AspNetCore.Http.Extensions;
        using Microsoft.AspNetCore.Mvc;
        using Microsoft.Extensions.Primitives;

        """;

    /// <summary>The rewritten members; null where the rewrite passes. Fails where the code before or after does not compile.</summary>
    internal static async Task<string?> OfMembers(
        string fix, string header, string members, bool isNegated = false, bool isPresence = false, Framework framework = Framework.Net100, LanguageVersion version = LanguageVersion.Preview,
        string type = "class C : Controller", bool isNullable = true)
    {
        var opening = Before + type + "\n{\n";
        var text = opening + members + "\n}\n";
        var result = await OfFile(fix, header, text, isNegated, isPresence, framework, version, isNullable);
        if (result is null)
        {
            return null;
        }

        var start = result.IndexOf(type + "\n{\n", System.StringComparison.Ordinal) + type.Length + 3;
        return result[start..^3];
    }

    /// <summary>The rewritten file; null where the rewrite passes.</summary>
    internal static async Task<string?> OfFile(
        string fix, string header, string file, bool isNegated = false, bool isPresence = false, Framework framework = Framework.Net100, LanguageVersion version = LanguageVersion.Preview, bool isNullable = true)
    {
        TestFileMarkupParser.GetSpan(file, out var source, out var span);
        using var workspace = new AdhocWorkspace();
        var project = workspace.AddProject(ProjectInfo.Create(
            ProjectId.CreateNewId(), VersionStamp.Default, "App", "App", LanguageNames.CSharp,
            compilationOptions: new CSharpCompilationOptions(
                source.Contains("\nvar app", System.StringComparison.Ordinal) ? OutputKind.ConsoleApplication : OutputKind.DynamicallyLinkedLibrary,
                nullableContextOptions: isNullable ? NullableContextOptions.Enable : NullableContextOptions.Disable),
            parseOptions: new CSharpParseOptions(version),
            metadataReferences: FrameworkReferences.Of(framework)));
        var document = workspace.AddDocument(project.Id, "C.cs", SourceText.From(source));
        await AssertCompiles(document);
        var root = (await document.GetSyntaxRootAsync(TestContext.Current.CancellationToken))!;
        var properties = ImmutableDictionary.CreateRange<string, string?>(
        [
            new(FixProperties.Fix, fix), new(HeaderFixProperties.Header, header), .. isPresence ? Enumerable.Empty<KeyValuePair<string, string?>>() : [new(HeaderFixProperties.Use, HeaderFixProperties.Value)],
            .. isNegated ? [new KeyValuePair<string, string?>(HeaderFixProperties.Negated, "true")] : Enumerable.Empty<KeyValuePair<string, string?>>(),
        ]);
        var target = new FixTarget(document, root, root.FindNode(span, getInnermostNodeForTie: true), properties, "key");
        if (await HeaderRewrite.ApplyAsync(target, TestContext.Current.CancellationToken) is not var (changed, _))
        {
            return null;
        }

        await AssertCompiles(changed);
        return (await changed.GetTextAsync(TestContext.Current.CancellationToken)).ToString();
    }

    private static async Task AssertCompiles(Document document)
    {
        var compilation = await document.Project.GetCompilationAsync(TestContext.Current.CancellationToken);
        var text = await document.GetTextAsync(TestContext.Current.CancellationToken);
        var errors = compilation!.GetDiagnostics(TestContext.Current.CancellationToken).Where(d => d.Severity == DiagnosticSeverity.Error).ToList();
        Assert.True(errors.Count == 0, string.Join("\n", errors) + "\n" + text);
    }
}
