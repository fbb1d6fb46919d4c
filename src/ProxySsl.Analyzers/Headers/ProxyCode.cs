using System;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace ProxySsl.Analyzers.Headers;

/// <summary>Tells code that is itself a proxy, or that shows requests to developers.</summary>
internal static class ProxyCode
{
    private static readonly string[] DiagnosticsWords = ["Diagnostic", "Debug", "Logging", "Logger", "Telemetry", "Tracing", "Enricher", "HeaderDump", "EchoController"];

    /// <summary>Whether an operation is part of a request transform of a reverse proxy (YARP and the like).</summary>
    internal static bool Is(IOperation operation)
    {
        for (var ancestor = operation.Parent; ancestor is not null; ancestor = ancestor.Parent)
        {
            var function = ancestor switch
            {
                IAnonymousFunctionOperation lambda => lambda.Symbol,
                ILocalFunctionOperation local => local.Symbol,
                _ => null,
            };
            if (function is not null && TakesTransform(function))
            {
                return true;
            }
        }

        var enclosing = operation.SemanticModel?.GetEnclosingSymbol(operation.Syntax.SpanStart);
        for (var symbol = enclosing; symbol is not null and not INamespaceSymbol; symbol = symbol.ContainingSymbol)
        {
            switch (symbol)
            {
                case IMethodSymbol method when TakesTransform(method):
                case INamedTypeSymbol type when IsTransform(type):
                    return true;
            }
        }

        return false;
    }

    /// <summary>Whether the type around an operation is there to show or record what came in.</summary>
    internal static bool IsDiagnostics(IOperation operation)
    {
        var type = operation.SemanticModel?.GetEnclosingSymbol(operation.Syntax.SpanStart)?.ContainingType;
        foreach (var word in DiagnosticsWords)
        {
            // an audit trail is kept to be relied on
            if (type?.Name.IndexOf(word, StringComparison.Ordinal) >= 0 && type.Name.IndexOf("Audit", StringComparison.Ordinal) < 0)
            {
                return true;
            }
        }

        return false;
    }

    private static bool TakesTransform(IMethodSymbol method)
    {
        foreach (var parameter in method.Parameters)
        {
            if (parameter.Type.Name is "RequestTransformContext" or "TransformBuilderContext" or "ForwarderRequestConfig")
            {
                return true;
            }
        }

        return false;
    }

    private static bool IsTransform(INamedTypeSymbol type)
    {
        for (var current = type.BaseType; current is not null; current = current.BaseType)
        {
            if (current.Name is "RequestTransform" or "HttpTransformer")
            {
                return true;
            }
        }

        return false;
    }
}
