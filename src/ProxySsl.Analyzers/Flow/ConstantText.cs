using System.Text;
using System.Threading;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace ProxySsl.Analyzers.Flow;

/// <summary>
/// Reads the text that an expression always has: a literal, a constant, a readonly field or get-only static property with an
/// initializer in the compilation, a member of <c>ForwardedHeadersDefaults</c>, a local that is written once, and concatenations and
/// interpolations of these. Anything else has no text.
/// </summary>
internal static class ConstantText
{
    private const int DeepestChain = 16;

    /// <summary>The text, or null where it is not certain.</summary>
    internal static string? Read(IOperation operation, CompilationModel model, CancellationToken cancellationToken) =>
        Read(operation, model, DeepestChain, cancellationToken);

    private static string? Read(IOperation operation, CompilationModel model, int depth, CancellationToken cancellationToken)
    {
        operation = operation.Unwrapped();
        if (operation.ConstantValue is { HasValue: true, Value: string constant })
        {
            return constant;
        }

        if (depth == 0)
        {
            return null;
        }

        switch (operation)
        {
            case ILocalReferenceOperation local:
                return local.SingleValue() is { } value ? Read(value, model, depth - 1, cancellationToken) : null;
            case IFieldReferenceOperation or IPropertyReferenceOperation:
                return OfFramework(((IMemberReferenceOperation)operation).Member, model)
                    ?? (MemberValue.Of(operation, model, cancellationToken) is { } initial ? Read(initial, model, depth - 1, cancellationToken) : null);
            case IBinaryOperation { OperatorKind: BinaryOperatorKind.Add } sum:
                return Read(sum.LeftOperand, model, depth - 1, cancellationToken) is { } left
                    && Read(sum.RightOperand, model, depth - 1, cancellationToken) is { } right ? left + right : null;
            case IInterpolatedStringOperation interpolated:
                return OfParts(interpolated, model, depth, cancellationToken);
            case IConversionOperation { OperatorMethod.ContainingType: var converter } conversion
                when SymbolEqualityComparer.Default.Equals(converter, model.Symbols.StringValues):
                return Read(conversion.Operand, model, depth - 1, cancellationToken);
            default:
                return null;
        }
    }

    private static string? OfParts(IInterpolatedStringOperation interpolated, CompilationModel model, int depth, CancellationToken cancellationToken)
    {
        var text = new StringBuilder();
        foreach (var part in interpolated.Parts)
        {
            var value = part switch
            {
                IInterpolatedStringTextOperation literal => literal.Text,
                IInterpolationOperation { FormatString: null, Alignment: null } interpolation => interpolation.Expression,
                _ => null,
            };
            if (value is null || Read(value, model, depth - 1, cancellationToken) is not { } read)
            {
                return null;
            }

            text.Append(read);
        }

        return text.ToString();
    }

    // Static properties of the framework without a constant value (facts: run by reflection on 10.0.12).
    private static string? OfFramework(ISymbol member, CompilationModel model) =>
        !SymbolEqualityComparer.Default.Equals(member.ContainingType, model.Symbols.ForwardedHeadersDefaults) ? null : member.Name switch
        {
            "XForwardedForHeaderName" => "X-Forwarded-For",
            "XForwardedHostHeaderName" => "X-Forwarded-Host",
            "XForwardedProtoHeaderName" => "X-Forwarded-Proto",
            "XForwardedPrefixHeaderName" => "X-Forwarded-Prefix",
            "XOriginalForHeaderName" => "X-Original-For",
            "XOriginalHostHeaderName" => "X-Original-Host",
            "XOriginalProtoHeaderName" => "X-Original-Proto",
            "XOriginalPrefixHeaderName" => "X-Original-Prefix",
            _ => null,
        };
}
