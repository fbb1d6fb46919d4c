using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using System.Threading;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;
using ProxySsl.Analyzers.Flow;
using ProxySsl.Analyzers.Knowledge;
using ProxySsl.Analyzers.Spelling;

namespace ProxySsl.Analyzers.Pipeline;

/// <summary>
/// Finds the bodies that build pipelines: the members in which a word of the pipeline stands, then the members that name a helper found
/// there, until no new one turns up. Each is read once for each builder it holds.
/// </summary>
internal sealed class PipelineFinder
{
    private const int MostRounds = 6;
    private const WordGroups Words = WordGroups.ForwardedHeaders | WordGroups.Middleware;

    private readonly CompilationModel _model;
    private readonly PipelineReader _reader;
    private readonly CancellationToken _cancellationToken;
    private readonly HashSet<SyntaxNode> _members = [];
    private readonly HashSet<string> _helpers = new(StringComparer.Ordinal);
    private readonly List<PipelineRoot> _roots = [];

    internal PipelineFinder(CompilationModel model, CancellationToken cancellationToken)
    {
        _model = model;
        _cancellationToken = cancellationToken;
        _reader = new PipelineReader(model, cancellationToken);
    }

    /// <summary>Every pipeline that is not part of another one.</summary>
    internal IReadOnlyList<PipelineRoot> Find()
    {
        foreach (var file in _model.Files(Words, _cancellationToken))
        {
            ReadMembers(file, Words, IsWord);
        }

        var searched = new HashSet<string>(StringComparer.Ordinal);
        for (var round = 0; round < MostRounds; round++)
        {
            var names = _helpers.Where(searched.Add).ToArray();
            if (names.Length == 0)
            {
                break;
            }

            foreach (var file in _model.FilesThatSpell(names, _cancellationToken))
            {
                ReadMembers(file, WordGroups.Own, t => searched.Contains(t.ValueText) && t.Parent?.FirstAncestorOrSelf<InvocationExpressionSyntax>() is not null);
            }
        }

        return _roots.Where(r => !_reader.MadeElsewhere.Contains(r.Key) && (r.Function is null || !_reader.Followed.Contains(r.Function))).ToArray();
    }

    private bool IsWord(SyntaxToken token) =>
        MiddlewareKnowledge.ByMethod.ContainsKey(token.ValueText)
        || token.ValueText is "UseForwardedHeaders" or "IApplicationBuilder" or "WebApplication"
        || _model.Options.ForwardedHeadersMethods.Contains(token.ValueText)
        || _model.Options.SchemeDependentMethods.Contains(token.ValueText);

    private void ReadMembers(FileSpelling file, WordGroups groups, Func<SyntaxToken, bool> isWord)
    {
        var root = file.Tree.GetRoot(_cancellationToken);
        foreach (var hit in file.Hits)
        {
            // a name may be longer than the word: UseForwardedHeaders is spelled by its second half
            if ((hit.Group & groups) != 0 && hit.Start < root.FullSpan.End && root.FindToken(hit.Start) is var token && token.IsKind(SyntaxKind.IdentifierToken)
                && isWord(token) && MemberOf(token) is { } member && _members.Add(member))
            {
                _cancellationToken.ThrowIfCancellationRequested();
                if (_model.SemanticModelOf(file.Tree).GetOperation(member, _cancellationToken) is { } body)
                {
                    ReadRoots(body);
                }
            }
        }
    }

    private static SyntaxNode? MemberOf(SyntaxToken token)
    {
        for (var node = token.Parent; node is not null; node = node.Parent)
        {
            switch (node)
            {
                case GlobalStatementSyntax:
                    return node.Parent;
                case BaseMethodDeclarationSyntax { Body: null, ExpressionBody: null }:
                    return null;
                case BaseMethodDeclarationSyntax or AccessorDeclarationSyntax:
                    return node;
                case PropertyDeclarationSyntax property:
                    return property.ExpressionBody ?? (SyntaxNode?)property.Initializer;
                case FieldDeclarationSyntax:
                    return token.Parent?.FirstAncestorOrSelf<EqualsValueClauseSyntax>();
                case BaseTypeDeclarationSyntax or NamespaceDeclarationSyntax:
                    return null;
            }
        }

        return null;
    }

    private void ReadRoots(IOperation body)
    {
        var keys = new HashSet<object>(Builders.Comparer);
        foreach (var operation in body.DescendantsAndSelf())
        {
            if (operation is IInvocationOperation call && _reader.Builders.OperandOf(call) is { } operand
                && _reader.Builders.KeyOf(operand) is { } key && keys.Add(key))
            {
                ReadRoot(body, call, key);
            }
        }
    }

    private void ReadRoot(IOperation body, IOperation use, object key)
    {
        var scope = body;
        IMethodSymbol? function = null;
        var owner = PipelineOwner.Method;
        Location location;
        switch (key)
        {
            case IParameterSymbol parameter:
                // the receiver of an extension block belongs to the block, and each of its members is a body of its own
                function = parameter.ContainingSymbol as IMethodSymbol ?? _model.SemanticModelOf(body.Syntax.SyntaxTree).GetDeclaredSymbol(body.Syntax, _cancellationToken) as IMethodSymbol;
                scope = FunctionAround(use, f => SymbolEqualityComparer.Default.Equals(f, function)) ?? body;
                location = Location.Create(body.Syntax.SyntaxTree, (parameter.DeclaringSyntaxReferences.FirstOrDefault()?.Span) ?? body.Syntax.Span);
                if (function is { MethodKind: MethodKind.Ordinary, Name: not "Configure" })
                {
                    _helpers.Add(function.Name);
                }

                owner = scope is IAnonymousFunctionOperation && IsStartupFilter(function?.ContainingType) ? PipelineOwner.StartupFilter : owner;
                break;
            case SyntaxNode creation:
                location = creation.GetLocation();
                scope = FunctionAround(use, creation.Span) ?? body;
                owner = IsWebApplication(creation) ? PipelineOwner.WebApplication : owner;
                break;
            case ILocalSymbol local:
                location = local.Locations.FirstOrDefault() ?? body.Syntax.GetLocation();
                scope = FunctionAround(use, location.SourceSpan) ?? body;
                break;
            default:
                location = use.Syntax.GetLocation();
                break;
        }

        var nodes = _reader.Read(scope, key, owner == PipelineOwner.StartupFilter);
        if (key is SyntaxNode made && _reader.ReadMaker(made) is { } before)
        {
            nodes = nodes.Insert(0, before);
        }

        if (!nodes.IsEmpty)
        {
            _roots.Add(new PipelineRoot(key, location, owner, function, nodes));
        }
    }

    private bool IsWebApplication(SyntaxNode creation) =>
        creation is ExpressionSyntax expression
        && SymbolEqualityComparer.Default.Equals(
            _model.SemanticModelOf(creation.SyntaxTree).GetTypeInfo(expression, _cancellationToken).Type, _model.Symbols.WebApplication);

    private bool IsStartupFilter(INamedTypeSymbol? type) =>
        type is not null && _model.Symbols.StartupFilter is { } filter && type.AllInterfaces.Contains(filter, SymbolEqualityComparer.Default);

    private static IOperation? FunctionAround(IOperation use, Func<IMethodSymbol, bool> isIt)
    {
        for (var operation = use; operation is not null; operation = operation.Parent)
        {
            if ((operation is IAnonymousFunctionOperation lambda && isIt(lambda.Symbol)) || (operation is ILocalFunctionOperation local && isIt(local.Symbol)))
            {
                return operation;
            }
        }

        return null;
    }

    private static IOperation? FunctionAround(IOperation use, Microsoft.CodeAnalysis.Text.TextSpan declaration)
    {
        for (var operation = use; operation is not null; operation = operation.Parent)
        {
            if (operation is IAnonymousFunctionOperation or ILocalFunctionOperation && operation.Syntax.Span.Contains(declaration))
            {
                return operation;
            }
        }

        return null;
    }
}
