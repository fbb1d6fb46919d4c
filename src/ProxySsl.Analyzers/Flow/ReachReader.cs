using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;

namespace ProxySsl.Analyzers.Flow;

/// <summary>Whether production comes to a piece of code.</summary>
internal enum Reach
{
    /// <summary>Never: all that leads there is for another environment.</summary>
    Never,

    /// <summary>Nothing in the app leads there.</summary>
    Uncalled,

    /// <summary>Where some condition holds.</summary>
    Perhaps,

    /// <summary>Always, or nothing says otherwise.</summary>
    Always,
}

/// <summary>
/// Tells whether production comes to a method, or to a class that configures options or is middleware, from where the compilation calls,
/// registers or adds it: what its callers decide holds for it too. Nobody in the compilation calls what the framework calls.
/// </summary>
internal sealed class ReachReader(CompilationModel model, CancellationToken cancellationToken)
{
    private const int DeepestCall = 3;

    private readonly MemberMentions _mentions = new(model, cancellationToken);
    private readonly CallerSearch<Reach> _known = new();

    /// <summary>Where code mentions members.</summary>
    internal MemberMentions Mentions => _mentions;

    /// <summary>Searches the callers of methods and the registrations of classes, and the callers of those, a pass over the texts a level.</summary>
    internal void Prepare(IEnumerable<ISymbol> symbols)
    {
        var level = symbols.SelectMany(WithClass).Where(IsCalledByName).Distinct(SymbolEqualityComparer.Default).ToList();
        for (var depth = 0; depth < DeepestCall && level.Count > 0; depth++)
        {
            _mentions.Prepare(level);
            level = level
                .SelectMany(s => _mentions.Of(s) ?? [])
                .Select(MethodAround)
                .OfType<ISymbol>()
                .SelectMany(WithClass)
                .Where(IsCalledByName)
                .Distinct(SymbolEqualityComparer.Default)
                .ToList();
        }
    }

    /// <summary>Whether production comes to a method, or a class is registered there.</summary>
    internal Reach Of(ISymbol symbol) => Search(MemberMentions.Definition(symbol)) ?? Reach.Always;

    /// <summary>Whether production comes to a place in code.</summary>
    internal Reach OfPlace(SyntaxNode place)
    {
        if (MethodAround(place) is { } method)
        {
            Prepare([method]);
        }

        return OfMention(place) ?? Reach.Always;
    }

    private Reach? Search(ISymbol symbol) => symbol is IMethodSymbol { IsStatic: false, ContainingType: var type } && IsAddedByName(type)
        ? Least(SearchAlone(symbol), SearchAlone(type))
        : SearchAlone(symbol);

    private Reach? SearchAlone(ISymbol symbol)
    {
        if (IsForOtherEnvironment(symbol))
        {
            return Reach.Never;
        }

        if (!IsCalledByName(symbol))
        {
            return Reach.Always;
        }

        if (IsUncalled(symbol))
        {
            return Reach.Uncalled;
        }

        // A condition around the code that makes the app decides whether there is an app, and nothing about it.
        var reach = _known.Of(symbol, () => Furthest((_mentions.Of(symbol) ?? []).Where(m => Leads(m, symbol)).Select(OfMention)));
        return reach == Reach.Perhaps && MakesApp(symbol) ? Reach.Always
            : reach == Reach.Uncalled && symbol is IMethodSymbol { IsStatic: false, DeclaredAccessibility: not Accessibility.Private } ? Reach.Perhaps // an action, a handler of a message
            : reach;
    }

    // WebApplication.Create(args), WebApplication.CreateBuilder(args), Host.CreateDefaultBuilder(args); one that is made for an environment by name is for that one.
    private bool MakesApp(ISymbol symbol) => symbol is IMethodSymbol && symbol.DeclaringSyntaxReferences.Any(r => r.GetSyntax(cancellationToken).DescendantNodes().Any(n =>
        n is MemberAccessExpressionSyntax { Name.Identifier.ValueText: "Create" or "CreateBuilder" or "CreateSlimBuilder" or "CreateEmptyBuilder" or "CreateDefaultBuilder", Expression: var host }
        && (host is MemberAccessExpressionSyntax qualified ? qualified.Name : host as SimpleNameSyntax)?.Identifier.ValueText is "WebApplication" or "Host" or "WebHost"
        && n.Parent?.DescendantNodes().Any(a => a is IdentifierNameSyntax { Identifier.ValueText: "EnvironmentName" }) == false));

    // A static method is looked for by a framework where an attribute marks it or its class, and others hardly call one of an app.
    private bool IsUncalled(ISymbol symbol) => !model.IsLibrary && symbol switch
    {
        IMethodSymbol { IsStatic: true } method => (method.ContainingType.IsStatic || !method.Name.StartsWith("Configure", StringComparison.Ordinal))
            && method.GetAttributes().IsEmpty
            && method.ContainingType.GetAttributes().All(a => a.AttributeClass?.ContainingNamespace?.ToDisplayString().StartsWith("System", StringComparison.Ordinal) == true)
            && _mentions.Of(method) is { Count: 0 },
        INamedTypeSymbol type => IsAddedByName(type) && _mentions.Of(type) is { } mentions && !mentions.Any(m => Leads(m, type)),
        _ => false,
    };

    /// <summary>Whether a class is middleware or an authentication handler: what adds it to the app has to name it.</summary>
    internal static bool IsAddedByName(INamedTypeSymbol type) =>
        type.InstanceConstructors.Any(c => c.Parameters.Any(p => p.Type.Name == "RequestDelegate"))
        || type.AllInterfaces.Any(i => i.Name == "IMiddleware")
        || type.BaseType is { Name: "AuthenticationHandler" };

    private static IEnumerable<ISymbol> WithClass(ISymbol symbol)
    {
        yield return symbol;
        if (symbol is IMethodSymbol { IsStatic: false, ContainingType: var type } && IsAddedByName(type))
        {
            yield return type;
        }
    }

    // Of several ways the one that leads there for certain; what nobody mentions is called by someone else.
    private static Reach? Furthest(IEnumerable<Reach?> ways)
    {
        Reach? furthest = null;
        var isMentioned = false;
        foreach (var way in ways)
        {
            isMentioned = true;
            furthest = way is null || furthest > way ? furthest : way;
            if (furthest == Reach.Always)
            {
                break;
            }
        }

        return isMentioned ? furthest : Reach.Always;
    }

    private static Reach? Least(Reach? one, Reach? other) => one == Reach.Never || other == Reach.Never ? Reach.Never : one is null || other is null ? null : one < other ? one : other;

    // Not by the framework, which has Main, a Startup class, middleware and what binds a parameter of an endpoint called.
    private static bool IsCalledByName(ISymbol symbol) => symbol switch
    {
        INamedTypeSymbol => true,
        IMethodSymbol { IsStatic: true } method => method.IsCalledByName() && method.Name is not ("Main" or "<Main>$" or "BindAsync" or "TryParse"),
        IMethodSymbol method => method.IsCalledByName() && method.Name is not ("Configure" or "ConfigureServices")
            && !(method.Name is "Invoke" or "InvokeAsync" && IsAddedByName(method.ContainingType)),
        _ => false,
    };

    // The host takes Startup.ConfigureDevelopmentServices in place of ConfigureServices, and ConfigureDevelopment in place of Configure.
    private static bool IsForOtherEnvironment(ISymbol symbol) => symbol is IMethodSymbol
    {
        IsStatic: false,
        Name: "ConfigureDevelopmentServices" or "ConfigureStagingServices" or "ConfigureDevelopment" or "ConfigureStaging",
        Parameters.IsEmpty: false,
    };

    // What a class says of itself leads nowhere, nor does its registration where another call has to add it: AddTransient<ProtoMiddleware>()
    private static bool Leads(SyntaxNode mention, ISymbol symbol) =>
        !IsInside(mention, symbol)
        && !(symbol is INamedTypeSymbol type && IsAddedByName(type)
            && mention.Parent is TypeArgumentListSyntax { Parent: GenericNameSyntax { Identifier.ValueText: "AddTransient" or "AddScoped" or "AddSingleton" or "TryAddTransient" or "TryAddScoped" or "TryAddSingleton" } });

    private static bool IsInside(SyntaxNode mention, ISymbol symbol) =>
        symbol is INamedTypeSymbol && symbol.DeclaringSyntaxReferences.Any(r => r.SyntaxTree == mention.SyntaxTree && r.Span.Contains(mention.Span));

    /// <summary>The method that a place in code stands in; null in an initializer.</summary>
    internal IMethodSymbol? MethodAround(SyntaxNode mention)
    {
        var symbol = model.SemanticModelOf(mention.SyntaxTree).GetEnclosingSymbol(mention.SpanStart, cancellationToken);
        while (symbol is IMethodSymbol { MethodKind: MethodKind.AnonymousFunction or MethodKind.LocalFunction })
        {
            symbol = symbol.ContainingSymbol;
        }

        return symbol as IMethodSymbol;
    }

    private Reach? OfMention(SyntaxNode mention)
    {
        IOperation? operation = null;
        for (var node = mention; operation is null; node = node.Parent!)
        {
            if (node is null or MemberDeclarationSyntax and not GlobalStatementSyntax)
            {
                return Reach.Always; // the type of a member, a base class
            }

            operation = model.OperationAt(node, cancellationToken);
        }

        var method = MethodAround(mention);
        var reach = Within(operation);
        if (reach == Reach.Perhaps && method is not null && MakesApp(method))
        {
            reach = Within(operation, mayReturn: false);
        }

        return reach != Reach.Never && method is not null ? Least(reach, Search(MemberMentions.Definition(method))) : reach;
    }

    // What the operations around one decide, up to the body of the member. Where that makes the app, there is none after a return.
    private Reach? Within(IOperation operation, bool mayReturn = true)
    {
        Reach? reach = Reach.Always;
        for (var (inner, outer) = (operation, operation.Parent); outer is not null && reach != Reach.Never; (inner, outer) = (outer, outer.Parent))
        {
            cancellationToken.ThrowIfCancellationRequested();
            reach = Least(reach, outer switch
            {
                IConditionalOperation choice when inner != choice.Condition => Where(EnvironmentCondition.Evaluate(choice.Condition), holds: inner == choice.WhenTrue),
                IBinaryOperation { OperatorKind: BinaryOperatorKind.ConditionalAnd or BinaryOperatorKind.ConditionalOr } both when inner == both.RightOperand =>
                    Where(EnvironmentCondition.Evaluate(both.LeftOperand), holds: both.OperatorKind == BinaryOperatorKind.ConditionalAnd),
                ICoalesceOperation coalesce when inner == coalesce.WhenNull => Reach.Perhaps,
                ILoopOperation loop when inner == loop.Body => Reach.Perhaps,
                ISwitchCaseOperation or ISwitchExpressionArmOperation or ICatchClauseOperation => Reach.Perhaps,
                IBlockOperation block => Past(block.Operations.TakeWhile(o => o != inner)) is var past && past == Reach.Perhaps && !mayReturn && !IsInInnerFunction(block, block.Root()) ? Reach.Always : past,
                ILocalFunctionOperation function => OfLocalFunction(function),
                _ => Reach.Always,
            });
        }

        return reach;
    }

    private static Reach Where(Truth truth, bool holds) => truth switch
    {
        Truth.Unknown => Reach.Perhaps,
        Truth.True => holds ? Reach.Always : Reach.Never,
        _ => holds ? Reach.Never : Reach.Always,
    };

    // After statements that may have returned. A throw is no way out: the app does not survive it.
    private static Reach Past(IEnumerable<IOperation> statements)
    {
        var reach = Reach.Always;
        foreach (var statement in statements)
        {
            if (statement is IConditionalOperation choice && EnvironmentCondition.Evaluate(choice.Condition) is var truth and not Truth.Unknown)
            {
                var taken = truth == Truth.True ? choice.WhenTrue : choice.WhenFalse;
                var goesOn = taken is null || !Returns(taken) ? Reach.Always
                    : taken is IReturnOperation || (taken is IBlockOperation { Operations: { Length: > 0 } body } && body[body.Length - 1] is IReturnOperation) ? Reach.Never
                    : Reach.Perhaps;
                reach = goesOn < reach ? goesOn : reach;
            }
            else if (Returns(statement) && reach > Reach.Perhaps)
            {
                reach = Reach.Perhaps;
            }
        }

        return reach;
    }

    private static bool Returns(IOperation operation) =>
        operation.DescendantsAndSelf().Any(o => o is IReturnOperation { Kind: OperationKind.Return } && !IsInInnerFunction(o, operation));

    private static bool IsInInnerFunction(IOperation operation, IOperation outermost)
    {
        var around = operation;
        while (around != outermost && around is not (IAnonymousFunctionOperation or ILocalFunctionOperation))
        {
            around = around.Parent!;
        }

        return around is IAnonymousFunctionOperation or ILocalFunctionOperation;
    }

    private Reach? OfLocalFunction(ILocalFunctionOperation function) => _known.Of(function.Symbol, () => Furthest(function.Root().DescendantsAndSelf()
        .Where(o => o is IInvocationOperation { TargetMethod: var called } && SymbolEqualityComparer.Default.Equals(called.OriginalDefinition, function.Symbol)
            || o is IMethodReferenceOperation { Method: var meant } && SymbolEqualityComparer.Default.Equals(meant.OriginalDefinition, function.Symbol))
        .Select(o => Within(o))));
}
