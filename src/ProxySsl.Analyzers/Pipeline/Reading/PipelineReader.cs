using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using System.Threading;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;
using ProxySsl.Analyzers.Flow;

namespace ProxySsl.Analyzers.Pipeline;

/// <summary>
/// Reads the pipeline that a body builds on one builder: a tree in evaluation order. Methods of the compilation that get the builder are
/// read once each; recursion and code that cannot be read become an unknown step.
/// </summary>
internal sealed class PipelineReader
{
    private const int DeepestNesting = 500;
    private const int DeepestCalls = 64;

    private readonly CompilationModel _model;
    private readonly StepReader _steps;
    private readonly Dictionary<IParameterSymbol, ImmutableArray<PipelineNode>?> _summaries = new(SymbolEqualityComparer.Default);
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
            || _calls >= DeepestCalls
            || _model.BodyOf(call.TargetMethod, _cancellationToken) is not { } body)
        {
            return null;
        }

        foreach (var operation in body.DescendantsAndSelf())
        {
            if (operation is IReturnOperation { ReturnedValue: { } returned } && Builders.KeyOf(returned) is { } key)
            {
                _calls++;
                var nodes = Read(body, key, isStartupFilter: false);
                _calls--;
                MadeElsewhere.Add(key);
                return nodes.Any(n => n is not PipelineExit) ? new PipelineCall(call.TargetMethod.Name, StepReader.NameOf(call), nodes) : null;
            }
        }

        return null;
    }

    private static IOperation? BodyOf(IOperation function) => function switch
    {
        IAnonymousFunctionOperation lambda => lambda.Body,
        ILocalFunctionOperation local => local.Body ?? local.IgnoredBody,
        _ => function,
    };

    /// <summary>What a method of the compilation does to the builder it gets; null where that cannot be read.</summary>
    private ImmutableArray<PipelineNode>? SummaryOf(IMethodSymbol method, IParameterSymbol parameter)
    {
        method = method.OriginalDefinition;
        parameter = parameter.OriginalDefinition as IParameterSymbol ?? parameter;
        if (_summaries.TryGetValue(parameter, out var known))
        {
            return known;
        }

        if (method.IsAbstract || method.PartialImplementationPart is null && method.DeclaringSyntaxReferences.IsEmpty || _calls >= DeepestCalls)
        {
            return null;
        }

        _summaries[parameter] = null;
        ImmutableArray<PipelineNode>? summary = null;
        if (_model.BodyOf(method.PartialImplementationPart ?? method, _cancellationToken) is { } body)
        {
            _calls++;
            summary = Read(body, method.PartialImplementationPart?.Parameters[parameter.Ordinal] ?? parameter, isStartupFilter: false);
            _calls--;
            Followed.Add(method);
        }

        _summaries[parameter] = summary;
        return summary;
    }

    /// <summary>One walk over one body, for one builder.</summary>
    private sealed class Walk(PipelineReader reader, ImmutableHashSet<object> keys, bool isStartupFilter, ImmutableArray<PipelineNode>.Builder nodes)
    {
        internal void Visit(IOperation? operation, int depth)
        {
            if (operation is null)
            {
                return;
            }

            reader._cancellationToken.ThrowIfCancellationRequested();
            if (depth > DeepestNesting)
            {
                return;
            }

            switch (operation)
            {
                case IAnonymousFunctionOperation or ILocalFunctionOperation or INameOfOperation:
                    break;
                case IConditionalOperation choice:
                    Visit(choice.Condition, depth + 1);
                    VisitChoice(choice, depth);
                    break;
                case ICoalesceOperation coalesce:
                    Visit(coalesce.Value, depth + 1);
                    Add(ImmutableArray.Create(Way(coalesce.WhenNull, depth), PipelineWay.Empty));
                    break;
                case ISwitchOperation cases:
                    VisitSwitch(cases, depth);
                    break;
                case ISwitchExpressionOperation expression:
                    Visit(expression.Value, depth + 1);
                    var arms = ImmutableArray.CreateBuilder<PipelineWay>();
                    foreach (var arm in expression.Arms)
                    {
                        arms.Add(Way(arm.Value, depth));
                    }

                    Add(arms.ToImmutable());
                    break;
                case ILoopOperation loop:
                    VisitLoop(loop, depth);
                    break;
                case ITryOperation attempt:
                    Visit(attempt.Body, depth + 1);
                    foreach (var handler in attempt.Catches)
                    {
                        Add(ImmutableArray.Create(Way(handler, depth), PipelineWay.Empty));
                    }

                    Visit(attempt.Finally, depth + 1);
                    break;
                case IReturnOperation { Kind: OperationKind.Return or OperationKind.YieldBreak } leave:
                    Visit(leave.ReturnedValue, depth + 1);
                    nodes.Add(PipelineExit.Return);
                    break;
                case IThrowOperation thrown:
                    Visit(thrown.Exception, depth + 1);
                    nodes.Add(PipelineExit.Throw);
                    break;
                case IBranchOperation { BranchKind: BranchKind.Break or BranchKind.Continue }:
                    nodes.Add(PipelineExit.Break);
                    break;
                case IInvocationOperation call:
                    VisitChildren(call, depth);
                    VisitCall(call, depth);
                    break;
                default:
                    VisitChildren(operation, depth);
                    break;
            }
        }

        private void VisitChildren(IOperation operation, int depth)
        {
            foreach (var child in operation.ChildOperations)
            {
                Visit(child, depth + 1);
            }
        }

        private void VisitChoice(IConditionalOperation choice, int depth)
        {
            var truth = EnvironmentCondition.Evaluate(choice.Condition);
            var whenTrue = Way(choice.WhenTrue, Conditions.Guards(choice.Condition, true), depth, occurs: truth != Truth.False);
            var whenFalse = Way(choice.WhenFalse, Conditions.Guards(choice.Condition, false), depth, occurs: truth != Truth.True);
            Add(ImmutableArray.Create(whenTrue, whenFalse));
        }

        private void VisitSwitch(ISwitchOperation cases, int depth)
        {
            Visit(cases.Value, depth + 1);
            var ways = ImmutableArray.CreateBuilder<PipelineWay>();
            var hasDefault = false;
            foreach (var section in cases.Cases)
            {
                var inner = ImmutableArray.CreateBuilder<PipelineNode>();
                var walk = new Walk(reader, keys, isStartupFilter, inner);
                foreach (var statement in section.Body)
                {
                    walk.Visit(statement, depth + 1);
                }

                ways.Add(PipelineWay.Empty with { Body = inner.ToImmutable() });
                foreach (var clause in section.Clauses)
                {
                    hasDefault |= clause.CaseKind == CaseKind.Default;
                }
            }

            if (!hasDefault)
            {
                ways.Add(PipelineWay.Empty);
            }

            if (HasNodes(ways))
            {
                nodes.Add(new PipelineLoop(ImmutableArray.Create<PipelineNode>(new PipelineChoice(ways.ToImmutable())), mayBeSkipped: false));
            }
        }

        private void VisitLoop(ILoopOperation loop, int depth)
        {
            if (loop is IForEachLoopOperation each)
            {
                Visit(each.Collection, depth + 1);
            }

            var inner = ImmutableArray.CreateBuilder<PipelineNode>();
            new Walk(reader, keys, isStartupFilter, inner).Visit(loop.Body, depth + 1);
            if (inner.Count > 0)
            {
                nodes.Add(new PipelineLoop(inner.ToImmutable(), mayBeSkipped: loop is not IWhileLoopOperation { ConditionIsTop: false }));
            }
        }

        private PipelineWay Way(IOperation? body, int depth) => Way(body, ImmutableArray<Guard>.Empty, depth, occurs: true);

        private PipelineWay Way(IOperation? body, ImmutableArray<Guard> guards, int depth, bool occurs)
        {
            var inner = ImmutableArray.CreateBuilder<PipelineNode>();
            new Walk(reader, keys, isStartupFilter, inner).Visit(body, depth + 1);
            return new PipelineWay(guards, inner.ToImmutable(), occurs);
        }

        private void Add(ImmutableArray<PipelineWay> ways)
        {
            if (HasNodes(ways))
            {
                nodes.Add(new PipelineChoice(ways));
            }
        }

        private static bool HasNodes(IEnumerable<PipelineWay> ways)
        {
            foreach (var way in ways)
            {
                if (!way.Body.IsEmpty)
                {
                    return true;
                }
            }

            return false;
        }

        private void VisitCall(IInvocationOperation call, int depth)
        {
            var method = call.TargetMethod;
            var operand = reader.Builders.OperandOf(call);
            var isOurs = operand is not null && reader.Builders.KeyOf(operand) is { } key && keys.Contains(key);
            if (method.MethodKind == MethodKind.DelegateInvoke)
            {
                VisitDelegate(call, isOurs, depth);
            }
            else if (method.MethodKind == MethodKind.LocalFunction)
            {
                if (isOurs || call.Arguments.IsEmpty || operand is null)
                {
                    VisitLocalFunction(call, depth);
                }
            }
            else if (isOurs)
            {
                if (reader._steps.BranchOf(call) is { } branch)
                {
                    AddBranch(call, branch, depth);
                }
                else if (reader._steps.StepOf(call) is { } step)
                {
                    nodes.Add(step);
                }
                else if (StepReader.ParameterOf(call, operand!) is { } parameter && reader._model.Declares(method))
                {
                    var location = StepReader.NameOf(call);
                    nodes.Add(reader.SummaryOf(method, parameter) is { } summary
                        ? new PipelineCall(method.Name, location, summary)
                        : new PipelineStep(StepKind.Unknown, method.Name, location));
                }
            }
        }

        private void VisitDelegate(IInvocationOperation call, bool isOurs, int depth)
        {
            var target = call.Instance?.Unwrapped();
            if (target is ILocalReferenceOperation local && local.SingleValue()?.Unwrapped() is IDelegateCreationOperation { Target: IAnonymousFunctionOperation lambda })
            {
                VisitFunction(call, lambda, lambda.Symbol, lambda.Body, "Invoke", depth);
            }
            else if (isOurs)
            {
                nodes.Add(new PipelineStep(
                    isStartupFilter && target is IParameterReferenceOperation ? StepKind.Rest : StepKind.Unknown, "Invoke", StepReader.NameOf(call)));
            }
        }

        private void VisitLocalFunction(IInvocationOperation call, int depth)
        {
            foreach (var operation in call.Root().DescendantsAndSelf())
            {
                if (operation is ILocalFunctionOperation function && SymbolEqualityComparer.Default.Equals(function.Symbol, call.TargetMethod.OriginalDefinition))
                {
                    VisitFunction(call, function, function.Symbol, function.Body, function.Symbol.Name, depth);
                    return;
                }
            }
        }

        private void VisitFunction(IInvocationOperation call, IOperation function, IMethodSymbol symbol, IOperation? body, string name, int depth)
        {
            if (!reader._open.Add(function))
            {
                return;
            }

            // the function sees the builder under its own name, and under the parameter that gets it
            var inside = keys;
            foreach (var argument in call.Arguments)
            {
                if (argument.Parameter is { } parameter && reader.Builders.KeyOf(argument.Value) is { } key && keys.Contains(key) && parameter.Ordinal < symbol.Parameters.Length)
                {
                    inside = inside.Add(symbol.Parameters[parameter.Ordinal]);
                }
            }

            var inner = ImmutableArray.CreateBuilder<PipelineNode>();
            new Walk(reader, inside, isStartupFilter, inner).Visit(body, depth + 1);
            reader._open.Remove(function);
            reader.Followed.Add(symbol);
            AddCall(name, StepReader.NameOf(call), inner);
        }

        private void AddCall(string name, Location location, ImmutableArray<PipelineNode>.Builder body)
        {
            foreach (var node in body)
            {
                if (node is not PipelineExit)
                {
                    nodes.Add(new PipelineCall(name, location, body.ToImmutable()));
                    return;
                }
            }
        }

        private void AddBranch(IInvocationOperation call, BranchReading branch, int depth)
        {
            var location = StepReader.NameOf(call);
            var body = ImmutableArray.Create<PipelineNode>(new PipelineStep(StepKind.Unknown, call.TargetMethod.Name, location));
            switch (branch.Configuration)
            {
                case IAnonymousFunctionOperation lambda when lambda.Symbol.Parameters.Length > 0:
                    // what the lambda does to the outer builder comes before the branch is added to it
                    var outer = ImmutableArray.CreateBuilder<PipelineNode>();
                    new Walk(reader, keys, isStartupFilter, outer).Visit(lambda.Body, depth + 1);
                    AddCall(call.TargetMethod.Name, location, outer);
                    body = reader.Read(lambda, lambda.Symbol.Parameters[0], isStartupFilter: false);
                    reader.Followed.Add(lambda.Symbol);
                    break;
                case IMethodReferenceOperation { Method: var method } when reader._model.Declares(method) && method.Parameters.Length > 0:
                    body = reader.SummaryOf(method, method.Parameters[0]) ?? body;
                    break;
            }

            nodes.Add(new PipelineBranch(call.TargetMethod.Name, location, body, branch.Rejoins) { ChecksPeer = branch.ChecksPeer });
        }
    }
}
