using System;
using System.Collections.Generic;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;
using ProxySsl.Analyzers.Flow;
using ProxySsl.Analyzers.Knowledge;

namespace ProxySsl.Analyzers.Headers;

/// <summary>What a part of the code does to the client.</summary>
[Flags]
internal enum Effect
{
    None = 0,

    /// <summary>Answers with an error, forbids, throws.</summary>
    Refuses = 1,

    /// <summary>Sends the client elsewhere.</summary>
    Redirects = 2,

    /// <summary>Speaks of https, as a scheme or in a URL.</summary>
    SaysHttps = 4,

    /// <summary>Marks something as secure, or lets an authorization succeed.</summary>
    Grants = 8,

    /// <summary>Marks the request as local, direct, internal or the like.</summary>
    SaysLocal = 16,

    /// <summary>Does something else than writing to a log.</summary>
    Other = 32,
}

/// <summary>Reads what the parts of a decision do to the client.</summary>
internal sealed class Effects
{
    // Every check of a method may decide over the same statements after it.
    private readonly Dictionary<Region, Effect> _ofRegions = [];

    /// <summary>What regions do, all together.</summary>
    internal Effect Of(List<Region> regions)
    {
        var effect = Effect.None;
        foreach (var region in regions)
        {
            if (!_ofRegions.TryGetValue(region, out var ofRegion))
            {
                _ofRegions[region] = ofRegion = Of(region);
            }

            effect |= ofRegion;
        }

        return effect;
    }

    private static Effect Of(Region region)
    {
        var effect = Effect.None;
        foreach (var statement in Branches.Statements(region.Operation))
        {
            // What merely comes after a branch that leaves is another matter where it hangs on conditions of its own.
            var isNested = statement is IConditionalOperation { Type: null } or ILoopOperation or ISwitchOperation;
            if (!isNested)
            {
                effect |= OfExpression(statement);
            }
            else if (region.IsBranch || (statement is IConditionalOperation conditional && MentionsHttps(conditional.Condition)))
            {
                effect |= OfExpression(statement) & (statement is IConditionalOperation { Condition: var condition } && MentionsHttps(condition) ? ~Effect.None : ~Effect.Refuses);
            }
        }

        return effect;
    }

    /// <summary>Whether a condition asks for the request's own scheme.</summary>
    internal static bool MentionsHttps(IOperation condition)
    {
        foreach (var operation in condition.DescendantsAndSelf())
        {
            switch (operation)
            {
                case IPropertyReferenceOperation { Property: { Name: "IsHttps" or "Scheme" or "IsSecureConnection" or "IsSecure" } }:
                case ILocalReferenceOperation { Type.SpecialType: SpecialType.System_Boolean, Local.Name: var name } when NameMeaning.Of(name) == NameSense.Grants:
                    return true;
                case IParameterReferenceOperation { Type.SpecialType: SpecialType.System_Boolean, Parameter.Name: var name } when NameMeaning.Of(name) == NameSense.Grants:
                    return true;
            }
        }

        return false;
    }

    /// <summary>The name of what is assigned to: a local, a member, or the key of a dictionary element such as <c>Items["IsSecure"]</c>.</summary>
    internal static string NameOf(IOperation target) => target switch
    {
        IPropertyReferenceOperation { Property.IsIndexer: true, Arguments: { Length: 1 } arguments } => arguments[0].Value.Unwrapped().ConstantValue is { HasValue: true, Value: string key } ? key : "",
        IMemberReferenceOperation member => member.Member.Name,
        IDynamicMemberReferenceOperation member => member.MemberName,
        ILocalReferenceOperation local => local.Local.Name,
        _ => "",
    };

    private static Effect OfExpression(IOperation statement)
    {
        var effect = Effect.None;
        foreach (var operation in statement.DescendantsAndSelf())
        {
            effect |= operation switch
            {
                IThrowOperation => Effect.Refuses,
                ILiteralOperation { ConstantValue: { HasValue: true, Value: string text } } when SaysHttps(text) => Effect.SaysHttps,
                IMemberReferenceOperation { Member: { Name: "UriSchemeHttps" } } => Effect.SaysHttps,
                IFieldReferenceOperation { Field: { Name: "Forbidden" or "Unauthorized" or "BadRequest" or "NotFound", ContainingType.Name: "HttpStatusCode" } } => Effect.Refuses,
                IAssignmentOperation assignment => OfAssignment(assignment),
                IInvocationOperation call => OfCall(call),
                IObjectCreationOperation creation => OfCreation(creation.Type?.Name ?? "", creation),
                _ => Effect.None,
            };
        }

        return effect;
    }

    private static bool SaysHttps(string text) =>
        text.Equals("https", StringComparison.OrdinalIgnoreCase) || text.StartsWith("https:", StringComparison.OrdinalIgnoreCase);

    private static Effect OfAssignment(IAssignmentOperation assignment)
    {
        var name = NameOf(assignment.Target);
        switch (assignment.Value.Unwrapped())
        {
            case { ConstantValue: { HasValue: true, Value: int status } } when name == "StatusCode":
                return OfStatus(status);
            case { ConstantValue: { HasValue: true, Value: bool constant } }:
                return (NameMeaning.Of(name), constant) switch
                {
                    (NameSense.Grants, true) or (NameSense.Refuses, false) => Effect.Grants | Effect.Other,
                    (NameSense.Local, true) => Effect.SaysLocal | Effect.Other,
                    _ => Effect.Other,
                };
            case IFieldReferenceOperation { Field: { Name: "Always", ContainingType.Name: "CookieSecurePolicy" } }:
                return Effect.Grants | Effect.Other;
            default:
                return Effect.Other;
        }
    }

    private static Effect OfStatus(int status) => status switch
    {
        301 or 302 or 303 or 307 or 308 => Effect.Redirects,
        >= 400 => Effect.Refuses,
        _ => Effect.Other,
    };

    private static Effect OfCall(IInvocationOperation call)
    {
        var name = call.TargetMethod.Name;
        if (ValueUses.IsLogging(call.TargetMethod))
        {
            return Effect.None;
        }

        if (name.IndexOf("Redirect", StringComparison.OrdinalIgnoreCase) >= 0 || EnforcesHttps(call.TargetMethod))
        {
            return Effect.Redirects;
        }

        switch (name)
        {
            case "StatusCode" or "Problem" or "SetStatusCode" or "Status" or "SendError" or "HttpStatus":
                foreach (var argument in call.Arguments)
                {
                    if (argument.Value.Unwrapped().ConstantValue is { HasValue: true, Value: int status })
                    {
                        return OfStatus(status);
                    }
                }

                return Effect.Other;
            case "Abort" or "Fail" or "SetResponseStatusCode" or "HandleUnauthorizedRequest":
                return Effect.Refuses;
            case "Succeed":
                return Effect.Grants;
        }

        foreach (var start in RefusingNames)
        {
            if (name.StartsWith(start, StringComparison.Ordinal))
            {
                return Effect.Refuses;
            }
        }

        return Effect.Other;
    }

    // What a filter that is derived from RequireHttpsAttribute leaves to it: MVC's, and those of the frameworks before it.
    private static bool EnforcesHttps(IMethodSymbol method) =>
        method.Name == "HandleNonHttpsRequest" || (method.ContainingType?.Name == "RequireHttpsAttribute" && method.Name.StartsWith("OnAuthorization", StringComparison.Ordinal));

    private static readonly string[] RefusingNames = ["Forbid", "Unauthorized", "BadRequest", "NotFound", "Challenge", "Deny", "Reject", "Refuse", "Block"];

    private static readonly string[] RefusingResults = ["Forbid", "Unauthorized", "BadRequest", "NotFound", "Challenge", "HttpUnauthorized", "HttpNotFound"];

    private static Effect OfCreation(string type, IObjectCreationOperation creation)
    {
        if (type.IndexOf("Redirect", StringComparison.Ordinal) >= 0)
        {
            return Effect.Redirects;
        }

        foreach (var start in RefusingResults)
        {
            if (type.StartsWith(start, StringComparison.Ordinal))
            {
                return Effect.Refuses;
            }
        }

        if (type is "StatusCodeResult" or "HttpStatusCodeResult" or "ObjectResult" or "ContentResult")
        {
            foreach (var operation in creation.DescendantsAndSelf())
            {
                if (operation.ConstantValue is { HasValue: true, Value: int status and >= 300 and < 600 })
                {
                    return OfStatus(status);
                }
            }
        }

        return Effect.None;
    }
}
