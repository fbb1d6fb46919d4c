using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using ProxySsl.CodeFixes.Syntax;

namespace ProxySsl.CodeFixes.Options;

/// <summary>
/// Mends the framework's own ASPDEPR005 (.NET 10): <c>KnownNetworks</c> becomes <c>KnownIPNetworks</c> and its network type
/// <c>System.Net.IPNetwork</c>, both in the whole member, because neither compiles without the other.
/// </summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(ObsoleteNetworksFix))]
public sealed class ObsoleteNetworksFix : ProxySslCodeFix
{
    private const string CompilerId = "ASPDEPR005";

    private static readonly FixOption Convert = new("Use KnownIPNetworks and System.Net.IPNetwork", "Use KnownIPNetworks");

    /// <inheritdoc/>
    public override ImmutableArray<string> FixableDiagnosticIds { get; } = ImmutableArray.Create(CompilerId);

    private protected override bool RequiresMark => false;

    private protected override async Task<IReadOnlyList<FixOption>> OptionsAsync(Document document, Diagnostic diagnostic, CancellationToken cancellationToken)
    {
        var root = await document.GetSyntaxRootAsync(cancellationToken).ConfigureAwait(false);
        return root is not null && Member(root.FindNode(diagnostic.Location.SourceSpan, getInnermostNodeForTie: true)) is not null ? [Convert] : [];
    }

    private protected override async Task<Document> FixAsync(FixTarget target, CancellationToken cancellationToken)
    {
        if (await target.Document.GetSemanticModelAsync(cancellationToken).ConfigureAwait(false) is not { } model
            || Member(target.Node) is not { } member
            || Type(model, "Microsoft.AspNetCore.HttpOverrides.IPNetwork") is not { } oldType
            || Type(model, "System.Net.IPNetwork") is not { } newType)
        {
            return target.Document;
        }

        var replacements = new Dictionary<SyntaxNode, SyntaxNode>();
        foreach (var name in member.DescendantNodes().OfType<SimpleNameSyntax>())
        {
            var symbol = model.GetSymbolInfo(name, cancellationToken).Symbol;
            if (symbol is IPropertySymbol { Name: "KnownNetworks", ContainingType.Name: "ForwardedHeadersOptions" })
            {
                replacements[name] = SyntaxFactory.IdentifierName("KnownIPNetworks").WithTriviaFrom(name);
            }
            else if (symbol is IPropertySymbol { Name: "Prefix" } prefix && SymbolEqualityComparer.Default.Equals(prefix.ContainingType, oldType))
            {
                replacements[name] = SyntaxFactory.IdentifierName("BaseAddress").WithTriviaFrom(name);
            }
            else if (name.Identifier.ValueText == "IPNetwork"
                && SymbolEqualityComparer.Default.Equals(symbol as INamedTypeSymbol ?? (symbol as IMethodSymbol)?.ContainingType, oldType))
            {
                var whole = Qualified(name);
                var text = Usings.NameOf(newType, model, whole.SpanStart);
                replacements[whole] = (whole is TypeSyntax ? SyntaxFactory.ParseTypeName(text) : SyntaxFactory.ParseExpression(text)).WithTriviaFrom(whole);
            }
        }

        return replacements.Count == 0
            ? target.Document
            : target.Document.WithSyntaxRoot(target.Root.ReplaceNodes(replacements.Keys, (original, _) => replacements[original]));
    }

    // The whole of a qualified name, as type or as expression.
    private static SyntaxNode Qualified(SimpleNameSyntax name) => name.Parent switch
    {
        QualifiedNameSyntax qualified when qualified.Right == name => qualified,
        AliasQualifiedNameSyntax qualified when qualified.Name == name => qualified,
        MemberAccessExpressionSyntax access when access.Name == name => access,
        _ => name,
    };

    // All top-level statements are one member.
    private static SyntaxNode? Member(SyntaxNode node) =>
        node.FirstAncestorOrSelf<UsingDirectiveSyntax>() is not null ? null
        : node.FirstAncestorOrSelf<GlobalStatementSyntax>() is { Parent: { } unit } ? unit
        : node.AncestorsAndSelf().FirstOrDefault(n => n is MemberDeclarationSyntax and not BaseNamespaceDeclarationSyntax);

    private static INamedTypeSymbol? Type(SemanticModel model, string metadataName) => model.Compilation.GetTypesByMetadataName(metadataName).FirstOrDefault();
}
