using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using System.Threading;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;
using ProxySsl.Analyzers.Flow;
using ProxySsl.Analyzers.Spelling;

namespace ProxySsl.Analyzers.Pipeline;

/// <summary>
/// Reads the pipeline that a body builds on one builder: a tree in evaluation order. Methods of the compilation that get the builder are
/// read once each; recursion and code that cannot be read become an unknown step.
/// </summary>
internal sealed partial class PipelineReader
{
    private const int DeepestNesting = 500;
    private const int DeepestCalls = 64;

    private readonly CompilationModel _model;
    private readonly StepReader _steps;
    private readonly Dictionary<IParameterSymbol, ImmutableArray<PipelineNode>?> _summaries = new(SymbolEqualityComparer.Default);
    private readonly Dictionary<IMethodSymbol, ImmutableArray<PipelineNode>?> _members = new(SymbolEqualityComparer.Default);
    private readonly Dictionary<IMethodSymbol, bool> _overridden = new(SymbolEqualityComparer.Default);
    private readonly HashSet<IOperation> _open = [];
    private readonly CancellationToken _cancellationToken;
    private int _calls;

    internal PipelineReader(CompilationModel model, CancellationToken cancellationToken)
    {
        _model = model;
        _cancellationToken = cancellationToken;
        Builders = new Builders(model.Symbols);
        _steps = new StepReader(model, Builders, cancellationToken);
    }

    internal Builders Builders { get; }

    /// <summary>The methods, local functions and lambdas whose bodies are part of another pipeline.</summary>
    internal HashSet<IMethodSymbol> Followed { get; } = new(SymbolEqualityComparer.Default);

    /// <summary>The builders that a method makes and returns, so that the pipeline goes on where the method is called.</summary>
    internal HashSet<object> MadeElsewhere { get; } = new(Builders.Comparer);

    /// <summary>Reads what a body does to a builder.</summary>
    /// <param name="body">The body of a member, a lambda or a local function.</param>
    /// <param name="key">The builder, as <see cref="Pipeline.Builders.KeyOf(IOperation?)"/> names it.</param>
    /// <param name="isStartupFilter">Whether the body is a startup filter's, where a call of a delegate with the builder is the rest of the pipeline.</param>
    internal ImmutableArray<PipelineNode> Read(IOperation body, object key, bool isStartupFilter)
    {
        var nodes = ImmutableArray.CreateBuilder<PipelineNode>();
        var walk = new Walk(this, ImmutableHashSet.Create(Builders.Comparer, key), isStartupFilter, nodes);
        walk.Visit(BodyOf(body), 0);
        return nodes.ToImmutable();
    }

    /// <summary>What a method of the compilation does to a builder that it makes and returns, as a call; null where it does nothing to it.</summary>
    internal PipelineCall? ReadMaker(SyntaxNode creation)
    {
        if (_model.SemanticModelOf(creation.SyntaxTree).GetOperation(creation, _cancellationToken) is not { } made
            || (made is IAwaitOperation awaited ? awaited.Operation : made) is not IInvocationOperation call
            || !_model.Declares(call.TargetMethod)
            || _model.BodyOf(call.TargetMethod, _cancellationToken) is not { } body)
        {
            return null;
        }

        foreach (var operation in body.DescendantsAndSelf())
        {
            if (operation is IReturnOperation { ReturnedValue: { } returned } && Builders.KeyOf(returned) is { } key)
            {
                var nodes = Read(body, key, isStartupFilter: false);
                MadeElsewhere.Add(key);
                return nodes.Any(n => n is not PipelineExit) ? new PipelineCall(call.TargetMethod.Name, StepReader.NameOf(call), nodes) : null;
            }
        }

        return null;
    }

    /// <summary>Whether a type overrides a method that is called virtually, or implements it, so that another body may run.</summary>
    private bool MayBeOverridden(IMethodSymbol method)
    {
        method = method.OriginalDefinition;
        if (!_overridden.TryGetValue(method, out var known))
        {
            _overridden[method] = known = method.ContainingType.TypeKind == TypeKind.Interface || _model.FilesThatSpell([method.Name], _cancellationToken).Any(f => f.Hits.Any(h => Overrides(f.Tree, h, method)));
        }

        return known;
    }

    // who overrides it in turn does not matter: the first one is found as well
    private bool Overrides(SyntaxTree tree, WordHit hit, IMethodSymbol method) =>
        hit.IdentifierIn(tree.GetRoot(_cancellationToken)) is { Parent: MethodDeclarationSyntax declaration }
        && SymbolEqualityComparer.Default.Equals(
            _model.SemanticModelOf(tree).GetDeclaredSymbol(declaration, _cancellationToken)?.OverriddenMethod?.OriginalDefinition, method);

    private static IOperation? BodyOf(IOperation function) => function switch
    {
        IAnonymousFunctionOperation lambda => lambda.Body,
        ILocalFunctionOperation local => local.Body,
        _ => function,
    };

    /// <summary>What a method of the compilation does to the builder it gets; null where that cannot be read.</summary>
    /// <param name="method">The method.</param>
    /// <param name="ordinal">The parameter that gets the builder.</param>
    /// <param name="isVirtual">Whether the body that runs may be another type's.</param>
    private ImmutableArray<PipelineNode>? SummaryOf(IMethodSymbol method, int ordinal, bool isVirtual)
    {
        if (isVirtual && MayBeOverridden(method))
        {
            return null;
        }

        // the body knows its parameters as those of the part that implements it
        method = method.OriginalDefinition.PartialImplementationPart ?? method.OriginalDefinition;
        var parameter = method.Parameters[ordinal];
        if (_summaries.TryGetValue(parameter, out var known))
        {
            return known;
        }

        if (_calls >= DeepestCalls)
        {
            return null;
        }

        _summaries[parameter] = null;
        ImmutableArray<PipelineNode>? summary = null;
        if (_model.BodyOf(method, _cancellationToken) is { } body)
        {
            // called as a static method, a member of an extension block has one parameter more than its declaration
            summary = Builders.ReceiverIn(body) is { } receiver ? ReadHelper(method, body, receiver) : ReadHelper(method, body, parameter);
        }

        _summaries[parameter] = summary;
        return summary;
    }

    /// <summary>What a member of an extension block does to the builder that is its receiver; null where that cannot be read.</summary>
    private ImmutableArray<PipelineNode>? SummaryOfMember(IMethodSymbol method)
    {
        method = method.OriginalDefinition;
        if (!_members.TryGetValue(method, out var known) && _calls < DeepestCalls)
        {
            _members[method] = null;
            _members[method] = known = _model.BodyOf(method, _cancellationToken) is { } body && Builders.ReceiverIn(body) is { } receiver ? ReadHelper(method, body, receiver) : null;
        }

        return known;
    }

    private ImmutableArray<PipelineNode> ReadHelper(IMethodSymbol method, IOperation body, IParameterSymbol parameter)
    {
        _calls++;
        var summary = Read(body, parameter, isStartupFilter: false);
        _calls--;
        Followed.Add(method);
        return summary;
    }
}
