using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;
using ProxySsl.Analyzers.Flow;
using ProxySsl.Analyzers.Knowledge;

namespace ProxySsl.Analyzers.Headers;

internal sealed partial class TrailReader
{
    private void FollowArgument(IArgumentOperation argument, Portion portion)
    {
        switch (argument.Parent)
        {
            case IInvocationOperation call:
                FollowCallArgument(call, argument, portion);
                break;
            case IObjectCreationOperation creation:
                FollowConstructor(creation, argument, portion);
                break;
            default:
                _trail.Uses |= HeaderUses.Handed;
                break;
        }
    }

    private void FollowConstructor(IObjectCreationOperation creation, IArgumentOperation argument, Portion portion)
    {
        switch (creation.Type?.Name)
        {
            case "Uri" or "UriBuilder":
                _trail.Uses |= argument.Parameter?.Name is "host" or "hostName" ? HeaderUses.Url | HeaderUses.UrlHost : HeaderUses.Url;
                Follow(creation, TextOf(portion));
                break;
            case "HostString" or "PathString" or "StringValues" or "String" or "List" or "HashSet" or "StringSegment" or "StringBuilder" or "IPEndPoint" or "IPAddress":
                Follow(creation, portion);
                break;
            case "Queue":
                Follow(creation, portion);
                break;
            case "KeyValuePair":
                Follow(creation, TextOf(portion));
                break;
            case not null when ValueUses.IsLog(creation.Type):
                _trail.Uses |= HeaderUses.Logged;
                break;
            default:
                _trail.Uses |= HeaderUses.Handed;
                break;
        }
    }

    private void FollowCallArgument(IInvocationOperation call, IArgumentOperation argument, Portion portion)
    {
        var method = call.TargetMethod;
        if (method.IsExtensionMethod && argument.Parameter?.Ordinal == 0 && !_scope.Model.Declares(method))
        {
            FollowMember(call, portion);
            return;
        }

        if (call.Instance is IInstanceReferenceOperation { ReferenceKind: InstanceReferenceKind.ImplicitReceiver } && Created(call) is { } created)
        {
            Follow(created, portion);
            return;
        }

        // What is added to a text or a list of this member goes where that goes.
        if (method.Name is "Add" or "Append" or "AppendLine" or "AppendFormat" && call.Instance?.Unwrapped() is ILocalReferenceOperation { Local: { Type.Name: "List" or "StringBuilder" or "TagList" } collected } own
            && OperationIndex.Of(own).InitialValue(collected)?.Unwrapped() is IObjectCreationOperation && !ValueUses.IsHeaderStore(own, _scope.Collections, _cancellationToken))
        {
            FollowVariable(collected, call, TextOf(portion));
            return;
        }

        if (method.Name == "AppendFormatted" && Handler(call) is { } handler)
        {
            Follow(handler, TextOf(portion));
            return;
        }

        // A cookie that says which scheme its owner came by misleads nobody else. One with an address is kept for a reason.
        if (method is { Name: "Append", ContainingType.Name: "IResponseCookies" } && _header.Family == HeaderFamily.Scheme)
        {
            _trail.Uses |= HeaderUses.Logged;
            return;
        }

        switch (ValueUses.OfArgument(call, argument, _scope.Collections, _cancellationToken))
        {
            case ArgumentUse.Logged:
                _trail.Uses |= HeaderUses.Logged;
                break;
            case ArgumentUse.Copied:
                _trail.Uses |= HeaderUses.Copied;
                break;
            case ArgumentUse.EmptyTest:
                Decide(call, presentWhenTrue: false, _trail.Presences);
                break;
            case ArgumentUse.Comparison:
                var other = Other(call, argument);
                _trail.Uses |= other is not null && IsListed(other) ? HeaderUses.LookedUp : HeaderUses.None;
                FollowComparison(call, other is not null && ValueUses.IsNothing(other));
                break;
            case ArgumentUse.LookUp:
                _trail.Uses |= HeaderUses.LookedUp;
                DecideMatch(call);
                break;
            case ArgumentUse.Parse:
                FollowParse(call, portion);
                break;
            case ArgumentUse.Text:
                _trail.Uses |= ValueUses.OfJoined(call, argument);
                Follow(call, TextOf(portion));
                break;
            case ArgumentUse.Same:
                Follow(call, portion);
                break;
            case ArgumentUse.FirstMatch:
                _trail.Uses |= portion == Portion.Behind ? HeaderUses.None : HeaderUses.Leftmost;
                Follow(call, TextOf(portion));
                break;
            case ArgumentUse.Nothing:
                break;
            default:
                FollowInto(call, argument, portion);
                break;
        }
    }

    private void FollowParse(IInvocationOperation call, Portion portion)
    {
        var hasOut = false;
        foreach (var argument in call.Arguments)
        {
            if (argument.Parameter?.RefKind == RefKind.Out && argument.Value is not IDiscardOperation)
            {
                hasOut = true;
                FollowOut(argument.Value is IDeclarationExpressionOperation declaration ? declaration.Expression : argument.Value, call);
            }
        }

        if (call.Type?.SpecialType == SpecialType.System_Boolean)
        {
            _trail.Uses |= hasOut ? HeaderUses.None : HeaderUses.Compared;
            Decide(call, presentWhenTrue: true, _trail.Matches);
        }
        else
        {
            Follow(call, portion);
        }
    }

    // The parameter of a method of the compilation that gets the value, and what the method makes of it.
    private void FollowInto(IInvocationOperation call, IArgumentOperation argument, Portion portion)
    {
        var method = call.TargetMethod.OriginalDefinition;
        if (_helperDepth == 0 || argument.Parameter is not { RefKind: RefKind.None or RefKind.In } parameter || _scope.Model.BodyOf(method, _cancellationToken) is not { } body)
        {
            _trail.Uses |= HeaderUses.Handed;
            return;
        }

        var inner = new Trail();
        var reader = new TrailReader(_scope, _header, inner, method, _choices, _cancellationToken) { _helperDepth = _helperDepth - 1 };
        var target = method.Parameters[parameter.Ordinal];
        foreach (var operation in body.DescendantsAndSelf())
        {
            if (operation is IParameterReferenceOperation reference && SymbolEqualityComparer.Default.Equals(reference.Parameter, target) && !reference.IsWritten())
            {
                reader.Follow(reference, portion);
            }
        }

        _trail.Uses |= inner.Returned.Contains(Carried.Value) ? inner.Uses & ~HeaderUses.Handed : inner.Uses;
        _trail.HasOpenComparison |= inner.HasOpenComparison;
        _trail.Sections.AddRange(inner.Sections);
        _trail.Matches.AddRange(inner.Matches);
        _trail.Assignments.AddRange(inner.Assignments);
        var returnsTest = false;
        foreach (var returned in inner.Returned)
        {
            if (returned == Carried.Value)
            {
                Follow(call, inner.ReturnsEntries ? Portion.Entries : portion);
                return;
            }

            returnsTest |= returned is Carried.Match or Carried.Presence or Carried.Absence;
        }

        if (returnsTest)
        {
            if (inner.Uses == HeaderUses.None)
            {
                Decide(call, !inner.Returned.Contains(Carried.Absence), _trail.Presences);
            }
            else
            {
                Decide(call, presentWhenTrue: true, _trail.Matches);
            }
        }
        else if (inner is { Uses: HeaderUses.None, Presences.Count: > 0 })
        {
            _trail.Presences.AddRange(inner.Presences);
        }
    }

    // The text that a hole is appended to: builder.Append($"for={value}")
    private static IOperation? Handler(IInvocationOperation append)
    {
        var parent = append.Parent;
        while (parent is IInterpolatedStringAppendOperation or IInterpolatedStringOperation or IInterpolatedStringAdditionOperation or IExpressionStatementOperation)
        {
            parent = parent.Parent;
        }

        return parent as IInterpolatedStringHandlerCreationOperation;
    }
}
