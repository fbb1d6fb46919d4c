using System.Collections.Immutable;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace ProxySsl.Analyzers.Pipeline;

/// <content>Where a builder goes besides the calls on it.</content>
internal sealed partial class PipelineReader
{
    private sealed partial class Walk
    {
        // An object, a member or a list that has the builder may do anything to it.
        private bool IsKept(IOperation builder)
        {
            if (!IsOurs(builder))
            {
                return false;
            }

            while (builder.Parent is IConversionOperation or IParenthesizedOperation)
            {
                builder = builder.Parent;
            }

            return builder.Parent switch
            {
                IArgumentOperation { Parent: IObjectCreationOperation, Parameter: { } parameter } => reader.Builders.IsBuilder(parameter.Type),
                IArrayInitializerOperation or ITupleOperation => true,
                _ => false,
            };
        }

        // A lambda that a call of something else gets, or that is kept, may run any number of times, or never.
        private void VisitLambda(IAnonymousFunctionOperation lambda, int depth)
        {
            var holder = lambda.Parent;
            while (holder is IDelegateCreationOperation or IConversionOperation or IParenthesizedOperation)
            {
                holder = holder.Parent;
            }

            var call = (holder as IArgumentOperation)?.Parent as IInvocationOperation;
            if (holder is IVariableInitializerOperation or IReturnOperation
                || (call is not null && IsOurs(reader.Builders.OperandOf(call))))
            {
                // a local function by another name, read where it is called; or the middleware, read by what the call adds
                return;
            }

            var inner = ImmutableArray.CreateBuilder<PipelineNode>();
            new Walk(reader, keys, isStartupFilter, inner).Visit(lambda.Body, depth + 1);
            if (inner.Any(n => n is not PipelineExit))
            {
                PipelineNode body = call is not null
                    ? new PipelineCall(call.TargetMethod.Name, StepReader.NameOf(call), inner.ToImmutable())
                    : new PipelineStep(StepKind.Unknown, "lambda", lambda.Syntax.GetLocation());
                nodes.Add(new PipelineLoop(ImmutableArray.Create(body), mayBeSkipped: true));
            }
        }
    }
}
