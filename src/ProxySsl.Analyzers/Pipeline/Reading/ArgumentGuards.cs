using System.Collections.Immutable;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;
using ProxySsl.Analyzers.Flow;

namespace ProxySsl.Analyzers.Pipeline;

/// <summary>
/// Puts the arguments of a call for the parameters in the conditions of what it calls: a way that a constant argument rules out goes, and a
/// condition that the caller passes is the caller's.
/// </summary>
internal static class ArgumentGuards
{
    /// <summary>What a helper does, as this call makes it do.</summary>
    internal static ImmutableArray<PipelineNode> Put(ImmutableArray<PipelineNode> body, IInvocationOperation call)
    {
        foreach (var argument in call.Arguments)
        {
            if (argument.Parameter is { Type.SpecialType: SpecialType.System_Boolean, RefKind: RefKind.None } parameter)
            {
                body = Put(body, parameter.Name, argument.Value.Unwrapped());
            }
        }

        return body;
    }

    private static ImmutableArray<PipelineNode> Put(ImmutableArray<PipelineNode> body, string parameter, IOperation argument) => body.Select(node => node switch
    {
        PipelineChoice choice => new PipelineChoice(choice.Ways.Select(w => Put(w, parameter, argument)).OfType<PipelineWay>().ToImmutableArray()),
        PipelineLoop loop => new PipelineLoop(Put(loop.Body, parameter, argument), loop.MayBeSkipped),
        _ => node,
    }).ToImmutableArray();

    private static PipelineWay? Put(PipelineWay way, string parameter, IOperation argument)
    {
        var body = Put(way.Body, parameter, argument);
        var guards = way.Guards.Where(g => IsAbout(g, parameter)).ToList();
        if (guards.Count == 0)
        {
            return way with { Body = body };
        }

        var value = guards[0].Value;
        var others = way.Guards.RemoveAll(g => IsAbout(g, parameter));
        return argument.ConstantValue is not { HasValue: true, Value: bool constant } ? new PipelineWay(others.AddRange(Conditions.Guards(argument, value)), body, way.Occurs)
            : constant == value ? new PipelineWay(others, body, way.Occurs)
            : null;
    }

    private static bool IsAbout(Guard guard, string parameter) => guard.Condition == parameter && guard.Constant is null;
}
