using System.Collections.Generic;
using System.Threading;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;
using ProxySsl.Analyzers.Flow;
using ProxySsl.Analyzers.Knowledge;

namespace ProxySsl.Analyzers.Headers;

/// <summary>How much of a header's value an expression holds.</summary>
internal enum Portion
{
    /// <summary>The value, or a text made of it.</summary>
    Whole,

    /// <summary>The entries of the comma list, first one first.</summary>
    Entries,

    /// <summary>One entry, or the entries in another order.</summary>
    Entry,

    /// <summary>A text that begins with something else: what is first in it is not the header's.</summary>
    Behind,
}

/// <summary>
/// Follows what a header says from the expression that reads it: through conversions, string operations, conditionals, patterns, locals,
/// lambdas, helpers that get it and callers that it is returned to. Bounded in depth; each expression is visited once.
/// </summary>
internal sealed partial class TrailReader
{
    private readonly HeadersScope _scope;
    private readonly ForwardedHeader _header;
    private readonly Trail _trail;
    private readonly IMethodSymbol? _inside;
    private readonly HashSet<IOperation> _visited;
    private readonly Dictionary<IMethodSymbol, HeaderUses> _usesByCallers;

    // What comes of what a condition chooses, by readers beside this one; null while that is being followed, in a loop back to the condition.
    private readonly Dictionary<IConditionalOperation, Trail?> _choices;
    private readonly CancellationToken _cancellationToken;
    private int _helperDepth = HeadersScope.DeepestHelper;

    private TrailReader(
        HeadersScope scope, ForwardedHeader header, Trail trail, IMethodSymbol? inside, Dictionary<IConditionalOperation, Trail?> choices, CancellationToken cancellationToken)
    {
        _scope = scope;
        _header = header;
        _trail = trail;
        _inside = inside;
        _visited = [];
        _usesByCallers = new(SymbolEqualityComparer.Default);
        _choices = choices;
        _cancellationToken = cancellationToken;
    }

    // A reader of the callers: it goes on where another one stopped, into a trail of its own.
    private TrailReader(TrailReader from, Trail trail)
    {
        _scope = from._scope;
        _header = from._header;
        _trail = trail;
        _inside = null;
        _visited = from._visited;
        _usesByCallers = from._usesByCallers;
        _choices = from._choices;
        _cancellationToken = from._cancellationToken;
        _helperDepth = from._helperDepth;
    }

    /// <summary>All that comes of an access, in its member, in the helpers it is handed to and in the callers it is returned to.</summary>
    internal static Trail Read(HeaderAccess access, HeadersScope scope, CancellationToken cancellationToken) =>
        Read(access, scope, inside: null, cancellationToken);

    /// <summary>What comes of an access in a helper; what the helper returns is kept in the trail and not followed.</summary>
    internal static Trail ReadInside(HeaderAccess access, HeadersScope scope, CancellationToken cancellationToken) =>
        Read(access, scope, EnclosingMethod(access.Operation), cancellationToken);

    private static Trail Read(HeaderAccess access, HeadersScope scope, IMethodSymbol? inside, CancellationToken cancellationToken)
    {
        var trail = new Trail { Uses = access.HelperUses, HasOpenComparison = access.Carried != Carried.Match && (access.HelperUses & HeaderUses.Compared) != 0 };
        var reader = new TrailReader(scope, access.Header, trail, inside, [], cancellationToken);
        foreach (var variable in access.Outs)
        {
            reader.FollowOut(variable, access.Operation);
        }

        foreach (var value in access.Values)
        {
            reader.Follow(value, Portion.Whole);
        }

        switch (access.Carried)
        {
            case Carried.Pair when access.Operation is IInvocationOperation { TargetMethod.Name: "Count" or "LongCount" }:
                reader.FollowCount(access.Operation);
                break;
            case Carried.Value or Carried.Pair:
                reader.Follow(access.Operation, access.IsList || access.Operation is IInvocationOperation { TargetMethod.Name: "GetCommaSeparatedValues" } ? Portion.Entries : Portion.Whole);
                break;
            case Carried.Match:
                trail.Uses |= HeaderUses.Compared;
                reader.Decide(access.Operation, presentWhenTrue: true, trail.Matches);
                break;
            case Carried.Presence or Carried.Absence:
                reader.Decide(access.Operation, access.Carried == Carried.Presence, trail.Presences);
                break;
        }

        return trail;
    }

    /// <summary>The method, accessor or local function that an operation stands in, lambdas aside.</summary>
    internal static IMethodSymbol? EnclosingMethod(IOperation operation)
    {
        var enclosing = operation.SemanticModel?.GetEnclosingSymbol(operation.Syntax.SpanStart);
        while (enclosing is IMethodSymbol { MethodKind: MethodKind.AnonymousFunction })
        {
            enclosing = enclosing.ContainingSymbol;
        }

        return enclosing as IMethodSymbol;
    }

    private void FollowOut(IOperation variable, IOperation from)
    {
        switch (variable)
        {
            case ILocalReferenceOperation local:
                FollowVariable(local.Local, from, Portion.Whole);
                break;
            case IParameterReferenceOperation parameter:
                FollowParameter(parameter.Parameter, from, Portion.Whole);
                break;
            case IPropertyReferenceOperation { Property.Name: "Value" }:
                Follow(variable, Portion.Whole);
                break;
            case not IDiscardOperation:
                _trail.Uses |= HeaderUses.Handed;
                break;
        }
    }

    private void FollowParameter(IParameterSymbol parameter, IOperation from, Portion portion)
    {
        if (parameter.RefKind is RefKind.Out or RefKind.Ref)
        {
            if (_inside is not null && SymbolEqualityComparer.Default.Equals(parameter.ContainingSymbol, _inside))
            {
                _trail.OutParameters.Add(parameter);
            }
            else
            {
                _trail.Uses |= HeaderUses.Handed;
            }
        }

        FollowVariable(parameter, from, portion);
    }

    // Every later read of the variable, up to where it is written anew in the same block or one around it.
    private void FollowVariable(ISymbol variable, IOperation from, Portion portion)
    {
        var start = from.Syntax.Span.End;
        var references = new List<IOperation>();
        var end = int.MaxValue;
        var inLoop = IsInLoop(from);
        foreach (var reference in OperationIndex.Of(from).References(variable))
        {
            var position = reference.Syntax.SpanStart;
            if (reference.IsWritten())
            {
                if (position >= start && reference.Parent is ISimpleAssignmentOperation && reference.Parent.Syntax.Span.End < end && IsInBlockAround(reference, from))
                {
                    end = reference.Parent.Syntax.Span.End;
                }
            }
            else if (position >= start || inLoop)
            {
                references.Add(reference);
            }
        }

        // Array.Reverse(entries); list.Sort();
        if (portion == Portion.Entries && references.Exists(IsReordered))
        {
            portion = Portion.Entry;
        }

        foreach (var reference in references)
        {
            if (reference.Syntax.SpanStart < end)
            {
                Follow(reference, portion);
            }
        }
    }

    private static bool IsReordered(IOperation reference)
    {
        var parent = reference.Parent is IConversionOperation conversion ? conversion.Parent : reference.Parent;
        return (parent is IArgumentOperation { Parent: IInvocationOperation passed } ? passed : parent as IInvocationOperation)
            is { TargetMethod: { Name: "Reverse" or "Sort", ReturnsVoid: true } };
    }

    private static bool IsInLoop(IOperation operation)
    {
        for (var ancestor = operation.Parent; ancestor is not null and not IAnonymousFunctionOperation; ancestor = ancestor.Parent)
        {
            if (ancestor is ILoopOperation)
            {
                return true;
            }
        }

        return false;
    }

    private static bool IsInBlockAround(IOperation write, IOperation from)
    {
        var block = write.Parent?.Parent?.Parent;
        if (write.Parent?.Parent is not IExpressionStatementOperation || block is not IBlockOperation)
        {
            return false;
        }

        for (IOperation? ancestor = from; ancestor is not null; ancestor = ancestor.Parent)
        {
            if (ancestor == block)
            {
                return true;
            }
        }

        return false;
    }

    private void FollowReturn(IOperation returned, Portion portion, IOperation from)
    {
        for (var ancestor = from.Parent; ancestor is not null; ancestor = ancestor.Parent)
        {
            if (ancestor is IAnonymousFunctionOperation lambda)
            {
                FollowLambdaResult(lambda, portion);
                return;
            }

            if (ancestor is ILocalFunctionOperation)
            {
                break;
            }
        }

        var method = EnclosingMethod(returned);
        if (_inside is not null && SymbolEqualityComparer.Default.Equals(method, _inside))
        {
            _trail.Returned.Add(Carried.Value);
            _trail.ReturnsEntries |= portion == Portion.Entries;
            _trail.Uses |= HeaderUses.Handed;
            return;
        }

        _trail.Uses |= method is null ? HeaderUses.Handed : UsesByCallers(method, portion);
    }

    // What a helper returns is the app's idea of the client, even where its callers only log it today; but what callers copy to another
    // message, and what a private helper returns for the log, goes no further.
    private HeaderUses UsesByCallers(IMethodSymbol method, Portion portion)
    {
        if (_usesByCallers.TryGetValue(method, out var known))
        {
            return known;
        }

        _usesByCallers[method] = HeaderUses.None;
        var all = HeaderUses.None;
        var isTested = false;
        var mayReturnNothing = !ReturnsSomethingElse(method);
        var isFollowed = FollowCallers(method, call =>
        {
            var inner = new Trail();
            new TrailReader(this, inner).Follow(call, portion);
            all |= inner.Uses;
            _trail.HasOpenComparison |= inner.HasOpenComparison;
            _trail.Sections.AddRange(inner.Sections);
            _trail.Matches.AddRange(inner.Matches);
            _trail.Assignments.AddRange(inner.Assignments);
            _trail.CallerPresences.AddRange(inner.CallerPresences);
            if (inner.Uses == HeaderUses.None && mayReturnNothing)
            {
                // A caller that only looks whether there is a value decides by presence, whatever others do.
                isTested |= inner.Presences.Count > 0;
                _trail.CallerPresences.AddRange(inner.Presences);
            }
        });

        // A member that is called as the header is hands on what came in and takes it for nothing; those who ask for it may.
        var isAccessor = _header.IsCalled((method.AssociatedSymbol ?? method).Name);
        var harmless = HeaderUses.Copied | (method.DeclaredAccessibility is Accessibility.Private or Accessibility.NotApplicable ? HeaderUses.Logged : HeaderUses.None);
        var endsHere = (isFollowed || isAccessor)
            && (all == HeaderUses.None ? isTested || isAccessor || _trail.Assignments.Count > 0 : (all & ~harmless) == 0 || _trail.Assignments.Count > 0);
        return _usesByCallers[method] = (endsHere ? all : all | HeaderUses.Handed) & ~HeaderUses.LookedUp;
    }

    // Where a method returns a text or a property of the request in place of the header, its result says nothing of the header's presence.
    private bool ReturnsSomethingElse(IMethodSymbol method)
    {
        if (_scope.Model.BodyOf(method.OriginalDefinition, _cancellationToken) is not { } body)
        {
            return false;
        }

        foreach (var operation in body.DescendantsAndSelf())
        {
            if (operation is IReturnOperation { ReturnedValue: { } value } && !_visited.Contains(value) && IsSomethingElse(value))
            {
                return true;
            }
        }

        return false;
    }

    private bool IsSomethingElse(IOperation value)
    {
        if (value.Unwrapped() is ILocalReferenceOperation local)
        {
            return local.SingleValue() is { } only && !_visited.Contains(only) && IsSomethingElse(only);
        }

        if (value.Unwrapped().ConstantValue is { HasValue: true, Value: var constant })
        {
            return constant is not (null or "" or bool);
        }

        foreach (var operation in value.DescendantsAndSelf())
        {
            if (operation is IPropertyReferenceOperation property && RequestProperties.Of(property, _scope.Model, _cancellationToken) is not null)
            {
                return true;
            }
        }

        return false;
    }

    private void FollowLambdaResult(IAnonymousFunctionOperation lambda, Portion portion)
    {
        switch (ArgumentOf(lambda))
        {
            case { Parent: IInvocationOperation { TargetMethod.Name: "Select" or "SelectMany" or "Run" or "Invoke" } call }:
                Follow(call, portion);
                break;
            // a request delegate has written its answer; the handler of an endpoint hands its value to whoever asked
            case { Parent: IInvocationOperation { TargetMethod.Name: var name } } when name.StartsWith("Map", System.StringComparison.Ordinal) && lambda.Parent is IDelegateCreationOperation { Parent: IArgumentOperation }:
                _trail.Uses |= HeaderUses.Logged;
                break;
            default:
                _trail.Uses |= HeaderUses.Handed;
                break;
        }
    }

    /// <summary>The argument that a lambda is, also where the parameter is of type <see cref="System.Delegate"/>; null where it is none.</summary>
    internal static IArgumentOperation? ArgumentOf(IAnonymousFunctionOperation lambda)
    {
        var parent = lambda.Parent;
        while (parent is IDelegateCreationOperation or IConversionOperation)
        {
            parent = parent.Parent;
        }

        return parent as IArgumentOperation;
    }

    // Follows every call of a method, or read of its property, that production runs, and says whether there was any call at all.
    private bool FollowCallers(IMethodSymbol method, System.Action<IOperation> follow)
    {
        var member = method.AssociatedSymbol ?? method;
        if (_helperDepth == 0 || member is IMethodSymbol { MethodKind: not (MethodKind.Ordinary or MethodKind.LocalFunction) })
        {
            return false;
        }

        _helperDepth--;
        var any = false;
        foreach (var use in _scope.References.Of(member, _cancellationToken))
        {
            any = true;
            if (!ProductionCode.Excludes(use))
            {
                follow(use);
            }
        }

        _helperDepth++;
        return any;
    }
}
