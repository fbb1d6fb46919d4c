using System;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;
using ProxySsl.Analyzers.Flow;
using ProxySsl.Analyzers.Knowledge;

namespace ProxySsl.Analyzers.Pipeline;

/// <summary>Reads the rules of <c>UseRewriter</c>: what the middleware depends on is decided by them.</summary>
internal sealed class RewriteRules(RequestReadsReader requestReads)
{
    private const string OptionsType = "Microsoft.AspNetCore.Rewrite.RewriteOptions";

    [Flags]
    private enum Rules
    {
        None = 0,
        RedirectToHttps = 1,
        Other = 2,

        /// <summary>They are in a file, configured elsewhere, or made by code that is not read.</summary>
        Unknown = 4,
    }

    /// <summary>What the rewriter is to the order of a pipeline; null where its rules are relative to the request's own address.</summary>
    internal MiddlewareFact? Read(IInvocationOperation call, MiddlewareFact rewriter)
    {
        // without an argument the rules are configured elsewhere
        var rules = Rules.Unknown;
        foreach (var argument in call.Arguments)
        {
            if (argument.Parameter is { Ordinal: > 0 })
            {
                rules = RulesOf(argument.Value);
            }
        }

        return (rules & Rules.RedirectToHttps) != 0
            ? rewriter with
            {
                Role = MiddlewareRole.Redirect,
                Consequence = "its rule AddRedirectToHttps redirects requests that reached the proxy over https again and again",
            }
            : (rules & Rules.Other) != 0 ? rewriter with { Role = MiddlewareRole.Reads }
            : (rules & Rules.Unknown) != 0 ? rewriter with { Role = MiddlewareRole.Reads, IsAssumed = true }
            : null;
    }

    private Rules RulesOf(IOperation options)
    {
        options = options.Unwrapped();
        switch (options)
        {
            case IInvocationOperation { Arguments: { IsEmpty: false } arguments, TargetMethod.IsExtensionMethod: true } rule:
                return RuleOf(rule) | RulesOf(arguments[0].Value);
            case IObjectCreationOperation { Type: INamedTypeSymbol type, Initializer: null } when type.HasFullName(OptionsType):
                return Rules.None;
            case ILocalReferenceOperation local:
                return OfLocal(local);
            default:
                return Rules.Unknown;
        }
    }

    private Rules OfLocal(ILocalReferenceOperation local)
    {
        if (local.SingleValue() is not { } value || value.Unwrapped() is ILocalReferenceOperation)
        {
            return Rules.Unknown;
        }

        var rules = RulesOf(value);
        foreach (var reference in OperationIndex.Of(local).References(local.Local))
        {
            if (reference != local)
            {
                rules |= OfUse(reference);
            }
        }

        return rules;
    }

    private Rules OfUse(IOperation use)
    {
        var rules = Rules.None;
        for (var operation = use.Parent; operation is IArgumentOperation or IInvocationOperation or IConversionOperation; operation = operation.Parent)
        {
            if (operation is IInvocationOperation call)
            {
                if (call.TargetMethod.Name == "UseRewriter")
                {
                    return rules;
                }

                rules |= RuleOf(call);
            }
        }

        return rules;
    }

    private Rules RuleOf(IInvocationOperation call) => call.TargetMethod.Name switch
    {
        "AddRedirectToHttps" or "AddRedirectToHttpsPermanent" => Rules.RedirectToHttps,
        "AddRedirect" or "AddRewrite" => Rules.None,
        "AddIISUrlRewrite" or "AddApacheModRewrite" => Rules.Unknown,
        "Add" when call.Arguments.Length == 2 && requestReads.IsRelativeRule(call.Arguments[1].Value) => Rules.None, // as relative as AddRewrite
        _ => Rules.Other,
    };
}
