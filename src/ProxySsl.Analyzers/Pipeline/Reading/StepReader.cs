using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.Threading;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;
using ProxySsl.Analyzers.Flow;
using ProxySsl.Analyzers.Knowledge;

namespace ProxySsl.Analyzers.Pipeline;

/// <summary>A call that opens a branch.</summary>
/// <param name="Configuration">The lambda or the method that builds the branch; null where neither is passed.</param>
/// <param name="Rejoins">Whether requests come back to the pipeline.</param>
/// <param name="Check">Whether the condition asks where requests come from.</param>
/// <param name="Condition">The condition as a step, where it reads what forwarded headers change.</param>
/// <param name="Guards">What holds of the requests that take the branch.</param>
/// <param name="MayCheckPeer">Whether the condition may ask for the peer's address.</param>
internal readonly record struct BranchReading(IOperation? Configuration, bool Rejoins, PeerCondition Check, PipelineStep? Condition, ImmutableArray<Guard> Guards, bool MayCheckPeer);

/// <summary>Reads one call on a builder as a step of its pipeline, by symbol.</summary>
internal sealed class StepReader
{
    private const string ProxysValues = "it works with the proxy's values instead of the client's";

    private readonly CompilationModel _model;
    private readonly Builders _builders;
    private readonly RequestReadsReader _requestReads;
    private readonly CancellationToken _cancellationToken;

    internal StepReader(CompilationModel model, Builders builders, CancellationToken cancellationToken)
    {
        _model = model;
        _builders = builders;
        _cancellationToken = cancellationToken;
        _requestReads = new RequestReadsReader(model, cancellationToken);
    }

    /// <summary>The name in a call: what a person sees as the step, in a chain too.</summary>
    internal static Location NameOf(IInvocationOperation call) => NameOf(call.Syntax).GetLocation();

    /// <summary>The parameter that a call passes a builder to; null where it is the receiver of an instance method.</summary>
    internal static IParameterSymbol? ParameterOf(IInvocationOperation call, IOperation operand)
    {
        foreach (var argument in call.Arguments)
        {
            if (argument.Value == operand)
            {
                return argument.Parameter;
            }
        }

        return null;
    }

    /// <summary>The lambda or the method behind a delegate, also where a local holds it; null where it is not known.</summary>
    internal static IOperation? FunctionOf(IOperation value)
    {
        value = value.Unwrapped();
        return ((value is ILocalReferenceOperation local ? local.SingleValue()?.Unwrapped() : value) as IDelegateCreationOperation)?.Target;
    }

    /// <summary>The branch that a call opens, or null where it opens none.</summary>
    internal BranchReading? BranchOf(IInvocationOperation call)
    {
        if (FactOf(call.TargetMethod) is not { Role: MiddlewareRole.Branch or MiddlewareRole.RejoiningBranch } fact)
        {
            return null;
        }

        IOperation? configuration = null;
        var check = PeerCondition.None;
        PipelineStep? condition = null;
        var guards = ImmutableArray<Guard>.Empty;
        var mayCheckPeer = false;
        foreach (var argument in call.Arguments)
        {
            var function = FunctionOf(argument.Value);
            if (argument.Parameter?.Type is INamedTypeSymbol { Name: "Func" })
            {
                guards = Conditions.Guards(function);
                var reading = function is null ? new(PeerCondition.Possible, NamesForwardedHeader: false) : _requestReads.ConditionOf(function);

                // Anyone can send the header, but who asks for it means requests of the proxy.
                check = reading.NamesForwardedHeader ? PeerCondition.Certain : reading.Peer;
                mayCheckPeer = reading.Peer != PeerCondition.None;
                condition = function is null || check == PeerCondition.Certain ? null : Condition(call, function);
            }
            else
            {
                configuration ??= function;
            }
        }

        return new BranchReading(configuration, fact.Role == MiddlewareRole.RejoiningBranch, check, condition, guards, mayCheckPeer);
    }

    /// <summary>The step that a call adds; null where it adds none, or where the method has to be read.</summary>
    internal PipelineStep? StepOf(IInvocationOperation call)
    {
        var method = call.TargetMethod;
        var location = NameOf(call);
        if (_model.Options.ForwardedHeadersMethods.Contains(method.Name))
        {
            return new PipelineStep(StepKind.Forwarded, method.Name, location) { Form = ForwardedForm.Configured };
        }

        if (method.Name == "UseForwardedHeaders" && SymbolEqualityComparer.Default.Equals(method.ContainingType, _model.Symbols.ForwardedHeadersExtensions))
        {
            return ForwardedHeaders(call, location);
        }

        if (_model.Options.SchemeDependentMethods.Contains(method.Name))
        {
            return Middleware(call, location, new MiddlewareFact(
                method.Name, "", MiddlewareRole.Reads, RequestReads.Scheme, "it works with the proxy's scheme and address instead of the client's"));
        }

        if (FactOf(method) is { } fact)
        {
            return fact.Role switch
            {
                MiddlewareRole.Inline => Inline(call, location),
                MiddlewareRole.MiddlewareClass => MiddlewareClass(call, location),
                MiddlewareRole.Rewriter => Middleware(call, location, new RewriteRules(_requestReads).Read(call, fact)),
                MiddlewareRole.SetsPathBase => Middleware(call, location, SetsPathBase(call) ? fact with { Role = MiddlewareRole.ReadsPrefix } : fact),
                MiddlewareRole.Reads => Middleware(call, location, DirectoryRedirects.Read(call, fact)),
                _ => Middleware(call, location, fact),
            };
        }

        if (call.Instance is not null && _builders.IsBuilder(method.ContainingType))
        {
            // members of the builder: Use adds middleware, the others (Build, New, Run of WebApplication) add none
            return method.Name == "Use" ? Inline(call, location) : _model.Declares(method) ? null : new PipelineStep(StepKind.Middleware, method.Name, location);
        }

        if (_model.Declares(method))
        {
            return null;
        }

        return new PipelineStep(IsHarmlessUnknown(method) ? StepKind.Middleware : StepKind.Unknown, method.Name, location);
    }

    private static SyntaxNode NameOf(SyntaxNode call) => call switch
    {
        InvocationExpressionSyntax { Expression: MemberAccessExpressionSyntax member } => member.Name,
        InvocationExpressionSyntax { Expression: MemberBindingExpressionSyntax binding } => binding.Name,
        InvocationExpressionSyntax invocation => invocation.Expression,
        _ => call,
    };

    // The framework's own methods that are not in the table add nothing that applies forwarded headers, and neither does mapping endpoints.
    private static bool IsHarmlessUnknown(IMethodSymbol method) =>
        method.Name.StartsWith("Map", StringComparison.Ordinal)
        || method.ContainingAssembly?.Name is { } assembly
        && (assembly.StartsWith("Microsoft.AspNetCore.", StringComparison.Ordinal)
            || assembly == "Microsoft.AspNetCore"
            || assembly.StartsWith("Microsoft.Extensions.", StringComparison.Ordinal)
            || assembly.StartsWith("Swashbuckle.AspNetCore.", StringComparison.Ordinal));

    private static MiddlewareFact? FactOf(IMethodSymbol method)
    {
        if (method.ContainingType is { } type && MiddlewareKnowledge.ByMethod.TryGetValue(method.Name, out var facts))
        {
            foreach (var fact in facts)
            {
                if (type.HasFullName(fact.Type))
                {
                    return fact;
                }
            }
        }

        return null;
    }

    private PipelineStep Middleware(IInvocationOperation call, Location location, MiddlewareFact? fact, string? name = null, CustomMiddleware custom = default) =>
        new(StepKind.Middleware, name ?? call.TargetMethod.Name, location)
        {
            Fact = fact,
            PassesOn = custom.PassesOn || fact?.PassesOn == true,
            MustStayBefore = custom.MustStayBefore,
            MayCheckPeer = custom.MayCheckPeer,
            IsPlain = call.TargetMethod is { IsExtensionMethod: true, Parameters.Length: 1 },
            TakesAnyBuilder = TakesAnyBuilder(call),
        };

    // The framework adds nothing for an empty base and for "/"; what configuration says is not known.
    private bool SetsPathBase(IInvocationOperation call)
    {
        foreach (var argument in call.Arguments)
        {
            if (argument.Parameter is { Ordinal: 1 } && TextOf(argument.Value) is { } text)
            {
                return text.Trim('/').Length > 0;
            }
        }

        return false;
    }

    private string? TextOf(IOperation path) => path.Unwrapped() switch
    {
        IConversionOperation { OperatorMethod: not null } conversion => ConstantText.Read(conversion.Operand, _model, _cancellationToken),
        IObjectCreationOperation { Arguments: { Length: 1 } arguments } => ConstantText.Read(arguments[0].Value, _model, _cancellationToken),
        _ => null,
    };

    private bool TakesAnyBuilder(IInvocationOperation call) =>
        call.TargetMethod is { IsExtensionMethod: true, Parameters: { IsEmpty: false } parameters }
        && SymbolEqualityComparer.Default.Equals(parameters[0].Type, _model.Symbols.ApplicationBuilder);

    private PipelineStep ForwardedHeaders(IInvocationOperation call, Location location)
    {
        foreach (var argument in call.Arguments)
        {
            if (argument.Parameter is { Ordinal: > 0 })
            {
                return new PipelineStep(StepKind.Forwarded, call.TargetMethod.Name, location)
                {
                    Form = ForwardedForm.Instance,
                    OptionsArgument = argument.Value.Syntax.GetLocation(),
                    OptionsSource = SourceOf(argument.Value, 8),
                };
            }
        }

        return new PipelineStep(StepKind.Forwarded, call.TargetMethod.Name, location) { Form = ForwardedForm.Services };
    }

    private OptionsSource SourceOf(IOperation value, int depth)
    {
        value = value.Unwrapped();
        switch (value)
        {
            case IObjectCreationOperation { Type: INamedTypeSymbol type } when SymbolEqualityComparer.Default.Equals(type, _model.Symbols.ForwardedHeadersOptions):
                return OptionsSource.Created;
            case ILocalReferenceOperation local when depth > 0 && local.SingleValue() is { } single:
                return SourceOf(single, depth - 1);
            case IInvocationOperation { TargetMethod: var method } when depth > 0 && _model.Declares(method):
                return ReturnedBy(method, depth - 1);
            default:
                return OptionsSource.Elsewhere;
        }
    }

    private OptionsSource ReturnedBy(IMethodSymbol method, int depth)
    {
        if (_model.BodyOf(method, _cancellationToken) is not { } body)
        {
            return OptionsSource.Elsewhere;
        }

        var source = OptionsSource.Elsewhere;
        foreach (var operation in body.DescendantsAndSelf())
        {
            if (operation is IReturnOperation { ReturnedValue: { } returned } && SymbolEqualityComparer.Default.Equals(returned.Unwrapped().Type, _model.Symbols.ForwardedHeadersOptions))
            {
                source = SourceOf(returned, depth);
                if (source != OptionsSource.Created)
                {
                    return OptionsSource.Elsewhere;
                }
            }
        }

        return source;
    }

    private PipelineStep Inline(IInvocationOperation call, Location location)
    {
        foreach (var argument in call.Arguments)
        {
            if (FunctionOf(argument.Value) is { } function)
            {
                return Custom(call, location, _requestReads.OfFunction(function), "the inline middleware");
            }
        }

        return Middleware(call, location, fact: null);
    }

    private PipelineStep? Condition(IInvocationOperation call, IOperation function)
    {
        var reads = _requestReads.OfFunction(function).Reads;
        var name = "the condition of " + call.TargetMethod.Name;
        return reads == RequestReads.None ? null
            : Middleware(call, NameOf(call), new MiddlewareFact(name, "", MiddlewareRole.BranchCondition, reads, ProxysValues), name);
    }

    private PipelineStep MiddlewareClass(IInvocationOperation call, Location location)
    {
        var type = call.TargetMethod.TypeArguments.Length == 1 ? call.TargetMethod.TypeArguments[0] as INamedTypeSymbol : TypeArgument(call);
        if (type is null)
        {
            return new PipelineStep(StepKind.Unknown, call.TargetMethod.Name, location);
        }

        if (SymbolEqualityComparer.Default.Equals(type, _model.Symbols.ForwardedHeadersMiddleware))
        {
            return new PipelineStep(StepKind.Forwarded, type.Name, location) { Form = ForwardedForm.MiddlewareClass };
        }

        foreach (var known in MiddlewareKnowledge.ByMiddleware)
        {
            if (type.HasFullName(known.Key))
            {
                return Middleware(call, location, known.Value, type.Name);
            }
        }

        return Custom(call, location, _requestReads.OfClass(type), type.Name);
    }

    private PipelineStep Custom(IInvocationOperation call, Location location, CustomMiddleware custom, string name)
    {
        if (custom.Writes != RequestReads.None)
        {
            // it may do what UseForwardedHeaders does
            return new PipelineStep(StepKind.Unknown, name, location) { WritesScheme = (custom.Writes & RequestReads.Scheme) != 0, MayCheckPeer = custom.MayCheckPeer };
        }

        var role = custom.OnlyLogs ? MiddlewareRole.Logs : MiddlewareRole.Reads;
        var fact = custom.Reads == RequestReads.None ? null : new MiddlewareFact(name, "", role, custom.Reads, ProxysValues);
        return Middleware(call, location, fact, name, custom);
    }

    private static INamedTypeSymbol? TypeArgument(IInvocationOperation call)
    {
        foreach (var argument in call.Arguments)
        {
            if (argument.Value.Unwrapped() is ITypeOfOperation { TypeOperand: INamedTypeSymbol type })
            {
                return type;
            }
        }

        return null;
    }
}
