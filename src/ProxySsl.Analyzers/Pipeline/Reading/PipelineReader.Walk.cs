using System.Collections.Immutable;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;
using ProxySsl.Analyzers.Flow;

namespace ProxySsl.Analyzers.Pipeline;

/// <content>The walk over one body.</content>
internal sealed partial class PipelineReader
{
    /// <summary>One walk over one body, for one builder.</summary>
    private sealed partial class Walk(PipelineReader reader, ImmutableHashSet<object> keys, bool isStartupFilter, ImmutableArray<PipelineNode>.Builder nodes)
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
                case IAnonymousFunctionOperation lambda:
                    VisitLambda(lambda, depth);
                    break;
                case ILocalFunctionOperation or INameOfOperation:
                    break;
                case ISimpleAssignmentOperation { Target: IFieldReferenceOperation or IPropertyReferenceOperation } kept when IsOurs(kept.Value):
                    VisitChildren(kept, depth);
                    nodes.Add(new PipelineStep(StepKind.Unknown, kept.Target.Syntax.ToString(), kept.Target.Syntax.GetLocation()));
                    break;
                case IParameterReferenceOperation or ILocalReferenceOperation or IFieldReferenceOperation or IPropertyReferenceOperation when IsKept(operation):
                    nodes.Add(new PipelineStep(StepKind.Unknown, operation.Syntax.ToString(), operation.Syntax.GetLocation()));
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
                        var guards = arm is { Guard: null, Pattern: IConstantPatternOperation { Value: var constant } }
                            ? Conditions.Guards(expression.Value, constant, true) : ImmutableArray<Guard>.Empty;
                        arms.Add(Way(arm.Value, guards, depth, occurs: true));
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
                case IInvalidOperation { Syntax: InvocationExpressionSyntax { Expression: MemberAccessExpressionSyntax member } } broken:
                    VisitChildren(broken, depth);
                    VisitBroken(broken, member);
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

                ways.Add(new PipelineWay(GuardsOf(cases, section), inner.ToImmutable(), Occurs: true));
                foreach (var clause in section.Clauses)
                {
                    hasDefault |= clause.CaseKind == CaseKind.Default;
                }
            }

            if (!hasDefault)
            {
                ways.Add(PipelineWay.Empty);
            }

            nodes.Add(new PipelineLoop(ImmutableArray.Create<PipelineNode>(new PipelineChoice(ways.ToImmutable())), mayBeSkipped: false));
        }

        // One constant is what the value is; in the default section it is none of the constants of the others.
        private static ImmutableArray<Guard> GuardsOf(ISwitchOperation cases, ISwitchCaseOperation section)
        {
            if (section.Clauses.Length != 1)
            {
                return ImmutableArray<Guard>.Empty;
            }

            return section.Clauses[0] is IDefaultCaseClauseOperation
                ? cases.Cases.SelectMany(c => c.Clauses).Select(ConstantOf).OfType<IOperation>().SelectMany(c => Conditions.Guards(cases.Value, c, false)).ToImmutableArray()
                : ConstantOf(section.Clauses[0]) is { } constant ? Conditions.Guards(cases.Value, constant, true) : ImmutableArray<Guard>.Empty;
        }

        private static IOperation? ConstantOf(ICaseClauseOperation clause) => clause switch
        {
            ISingleValueCaseClauseOperation single => single.Value,
            IPatternCaseClauseOperation { Guard: null, Pattern: IConstantPatternOperation { Value: var value } } => value,
            _ => null,
        };

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
            foreach (var way in ways)
            {
                if (!way.Body.IsEmpty)
                {
                    nodes.Add(new PipelineChoice(ways));
                    return;
                }
            }
        }

        // A call that does not compile, half typed or of a package that is missing, adds something, and says nothing about forwarded headers.
        private void VisitBroken(IInvalidOperation call, MemberAccessExpressionSyntax member)
        {
            foreach (var child in call.ChildOperations)
            {
                if (child.Syntax == member.Expression && IsOurs(child))
                {
                    nodes.Add(new PipelineStep(StepKind.Middleware, member.Name.Identifier.ValueText, member.Name.GetLocation()));
                }
            }
        }

        private void VisitCall(IInvocationOperation call, int depth)
        {
            var method = call.TargetMethod;
            var operand = reader.Builders.OperandOf(call);
            var isOurs = IsOurs(operand);
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
                else if (StepReader.ParameterOf(call, operand!) is { } parameter)
                {
                    var location = StepReader.NameOf(call);
                    nodes.Add(reader.SummaryOf(method, parameter.Ordinal, call.IsVirtual) is { } summary
                        ? new PipelineCall(method.Name, location, ArgumentGuards.Put(summary, call))
                        : new PipelineStep(StepKind.Unknown, method.Name, location));
                }
                else if (!reader.Builders.IsBuilder(method.ContainingType))
                {
                    // a member of an extension block has the builder as its receiver
                    var location = StepReader.NameOf(call);
                    nodes.Add(reader.SummaryOfMember(method) is { } summary
                        ? new PipelineCall(method.Name, location, ArgumentGuards.Put(summary, call))
                        : new PipelineStep(StepKind.Unknown, method.Name, location));
                }
            }
        }

        private bool IsOurs(IOperation? expression) => reader.Builders.KeyOf(expression) is { } key && keys.Contains(key);

        private void VisitDelegate(IInvocationOperation call, bool isOurs, int depth)
        {
            var target = call.Instance?.Unwrapped();
            if (target is ILocalReferenceOperation && StepReader.FunctionOf(target) is IAnonymousFunctionOperation lambda)
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
            if (OperationIndex.Of(call).Function(call.TargetMethod.OriginalDefinition) is { } function)
            {
                VisitFunction(call, function, function.Symbol, function.Body, function.Symbol.Name, depth);
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
                if (argument.Parameter is { } parameter && IsOurs(argument.Value) && parameter.Ordinal < symbol.Parameters.Length)
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
                case IMethodReferenceOperation { Method: var method } reference when method.Parameters.LastOrDefault() is { } parameter:
                    // the last one: an extension method that is passed has its receiver in front
                    body = reader.SummaryOf(method, parameter.Ordinal, reference.IsVirtual) is { } summary
                        ? ImmutableArray.Create<PipelineNode>(new PipelineCall(method.Name, location, summary)) : body;
                    break;
            }

            if (branch.Condition is { } condition)
            {
                nodes.Add(condition);
            }

            nodes.Add(new PipelineBranch(call.TargetMethod.Name, location, body, branch.Rejoins) { Check = branch.Check, MayCheckPeer = branch.MayCheckPeer, Guards = branch.Guards });
        }
    }
}
