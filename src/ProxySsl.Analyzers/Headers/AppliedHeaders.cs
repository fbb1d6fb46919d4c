using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;
using ProxySsl.Analyzers.Flow;
using ProxySsl.Analyzers.Knowledge;
using ProxySsl.Analyzers.Options;

namespace ProxySsl.Analyzers.Headers;

/// <summary>
/// Tells whether <c>UseForwardedHeaders</c> applies every header that an inline middleware applies by hand. A name that it does not read, or
/// a flag that the options leave out, would be applied by nobody once the inline middleware is gone.
/// </summary>
internal static class AppliedHeaders
{
    private static readonly (HeaderFamily Family, string Name, int Flag, string Option, string Member)[] Known =
    [
        (HeaderFamily.ClientIp, "X-Forwarded-For", FlagValues.For, "ForwardedForHeaderName", "XForwardedFor"),
        (HeaderFamily.Scheme, "X-Forwarded-Proto", FlagValues.Proto, "ForwardedProtoHeaderName", "XForwardedProto"),
        (HeaderFamily.Host, "X-Forwarded-Host", FlagValues.Host, "ForwardedHostHeaderName", "XForwardedHost"),
        (HeaderFamily.Prefix, "X-Forwarded-Prefix", FlagValues.Prefix, "ForwardedPrefixHeaderName", "XForwardedPrefix"),
    ];

    /// <summary>The header that the middleware reads by default for what another one carries, and the option to give it that one's name; null where it reads none for that.</summary>
    internal static (string Name, string Option)? ReadFor(HeaderFamily meant)
    {
        foreach (var (family, known, _, option, _) in Known)
        {
            if (family == meant)
            {
                return (known, option);
            }
        }

        return null;
    }

    /// <summary>Whether the middleware takes over from a body that reads this header and all others that it names.</summary>
    internal static bool Cover(ForwardedHeader header, IOperation body, CompilationModel model, CancellationToken cancellationToken)
    {
        var setup = model.Family(OptionsReader.Read, cancellationToken);
        var options = setup.Objects.Where(o => o.MayBeUsed()).ToList();

        // Called without options that anybody sets, it is there already and does nothing.
        return (options.Count > 0 || setup.BareUses.IsEmpty || setup.MayBeConfiguredElsewhere)
            && Named(header, body, model, cancellationToken).All(name => IsRead(name, options, model));
    }

    private static IEnumerable<string> Named(ForwardedHeader header, IOperation body, CompilationModel model, CancellationToken cancellationToken)
    {
        yield return header.Name;
        foreach (var operation in body.DescendantsAndSelf())
        {
            if (operation is ILiteralOperation or IFieldReferenceOperation or IPropertyReferenceOperation or ILocalReferenceOperation
                && operation.Type?.SpecialType == SpecialType.System_String
                && ConstantText.Read(operation, model, cancellationToken) is { } text && ForwardedHeaderNames.Find(text) is { } other)
            {
                yield return other.Name;
            }
        }
    }

    private static bool IsRead(string name, List<OptionsObject> options, CompilationModel model)
    {
        foreach (var (_, known, flag, option, member) in Known)
        {
            var isSupported = model.Symbols.ForwardedHeadersFlags?.GetMembers(member).IsEmpty == false;
            if (isSupported && (options.Count == 0
                ? known == name
                : options.All(o => o.State.Flags.Values.AlwaysHas(flag) && string.Equals(o.HeaderName(option, known), name, StringComparison.OrdinalIgnoreCase))))
            {
                return true;
            }
        }

        return false;
    }
}
