using System.Collections.Generic;
using System.Linq;
using System.Text.RegularExpressions;
using System.Threading;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;
using ProxySsl.Analyzers.Flow;
using ProxySsl.Analyzers.Knowledge;

namespace ProxySsl.Analyzers.Headers;

/// <summary>Makes the model: finds every access, follows what comes of it, and keeps one entry for each decision.</summary>
internal sealed class HeaderReadReader
{
    // What takes links away from whoever asked: mails and other messages, sign-ins elsewhere, calls to other services. Any mention is enough.
    private static readonly string[] LeavingLinks = ["Mail", "Smtp", "redirect_uri", "RedirectUri", "OAuth", "OpenId", "WebHook", "Webhook", "Sms", "Publish(", "Publish<", "PublishAsync", "Publisher", "PublishEndpoint"];

    // So does another process that is given one: most are given none.
    private static readonly string[] Processes = ["ProcessStartInfo", "Process.Start"];

    private static readonly Regex Link = new("(Ur[il]|Link|(?<![A-Za-z])(ur[il]|link))(?![a-z])|https?:", RegexOptions.CultureInvariant);

    private readonly HeadersScope _scope;
    private readonly CancellationToken _cancellationToken;
    private readonly List<HeaderAccess> _accesses;
    private readonly List<HeaderRead> _reads = [];
    private readonly List<PresenceCheck> _checks = [];
    private readonly Dictionary<Location, RequestAssignment> _assignments = [];
    private readonly Dictionary<IOperation, List<(IAssignmentOperation Assignment, RequestProperty Property)>> _assignmentsOfRegions = [];
    private readonly ReadPlaces _reading;
    private readonly MiddlewareReach _middleware;

    private HeaderReadReader(HeadersScope scope, CancellationToken cancellationToken)
    {
        _scope = scope;
        _cancellationToken = cancellationToken;
        _accesses = HeaderNameReader.Read(scope, cancellationToken);
        _reading = new ReadPlaces(_accesses);
        _middleware = new MiddlewareReach(scope.Model, cancellationToken);
    }

    /// <summary>Reads a compilation.</summary>
    internal static HeadersModel Read(CompilationModel model, CancellationToken cancellationToken)
    {
        var reader = new HeaderReadReader(new HeadersScope(model), cancellationToken);
        var hasPipeline = !CloudFunctions.AreAll(model, cancellationToken);
        var judged = reader._accesses.Where(access => (hasPipeline || access.Request == RequestKind.Other) && !ProxyCode.Is(access.Operation)
            && !ProductionCode.Excludes(access.Operation) && !reader.IsOfOtherMessages(access.Operation)).ToList();
        reader._middleware.Prepare(judged.Select(a => a.Operation));
        foreach (var access in judged)
        {
            reader.Judge(access, TrailReader.Read(access, reader._scope, cancellationToken));
        }

        return new HeadersModel(
            hasPipeline,
            model.IsLibrary,
            model.Symbols.ForwardedHeadersFlags?.GetMembers("XForwardedPrefix").IsEmpty == false,
            reader._reads.Exists(r => r.IsOnlyLinked) && LinksMayLeave(model, cancellationToken),
            OnePerDecision(reader._reads, r => (r.Decision, r.Header.Family), r => (r.Uses & HeaderUses.Leftmost) != 0 ? 2 : r.IsPeerChecked ? 0 : 1, WithOthers),
            OnePerDecision(reader._checks, c => (c.Decision, default(HeaderFamily)), c => c.Outcome == PresenceOutcome.Grants ? 1 : 0, (check, _) => check),
            reader._assignments.Values.OrderBy(a => a.Location.SourceTree?.FilePath, System.StringComparer.Ordinal).ThenBy(a => a.Location.SourceSpan.Start).ToList());
    }

    private static bool LinksMayLeave(CompilationModel model, CancellationToken cancellationToken) =>
        model.Spells(LeavingLinks, static (hit, root) => hit.IsCodeOrTextIn(root), cancellationToken)
        || model.Spells(Processes, static (hit, root) => hit.IsCodeOrTextIn(root) && IsGivenLink(root.FindToken(hit.Start)), cancellationToken);

    // The block that starts a process, or the statement of a program that has none, names a link.
    private static bool IsGivenLink(SyntaxToken start) =>
        start.Parent?.FirstAncestorOrSelf<SyntaxNode>(n => n is BlockSyntax or MemberDeclarationSyntax) is { } block && block.DescendantTokens().Any(t => Link.IsMatch(t.Text));

    private static List<T> OnePerDecision<T>(
        List<T> items, System.Func<T, (Location, HeaderFamily)> key, System.Func<T, int> weight, System.Func<T, IEnumerable<T>, T> complete) =>
        items.GroupBy(key).Select(g => complete(g.OrderByDescending(weight).First(), g)).ToList();

    // The one report of a decision is about every header that it believes.
    private static HeaderRead WithOthers(HeaderRead read, IEnumerable<HeaderRead> decision) => read with
    {
        Headers = [read.Header, .. decision.Where(r => r is { IsBelieved: true, IsPeerChecked: false, IsAssigned: false } && r.Header.Name != read.Header.Name).Select(r => r.Header).Distinct()],
    };

    // A helper for header collections that is given those of responses alone.
    private bool IsOfOtherMessages(IOperation access)
    {
        if (HeaderLookups.CollectionOf(access) is not IParameterReferenceOperation { Parameter: { ContainingSymbol: IMethodSymbol { MethodKind: MethodKind.Ordinary } method } parameter })
        {
            return false;
        }

        var callers = _scope.References.Of(method, _cancellationToken);
        return callers.Count > 0
            && callers.All(c => c is IInvocationOperation call && call.Arguments.Any(a => a.Parameter?.Ordinal == parameter.Ordinal
                && a.Value.Unwrapped() is IPropertyReferenceOperation { Property.Name: "Headers" } or ILocalReferenceOperation or IObjectCreationOperation
                && _scope.Collections.KindOf(a.Value, _cancellationToken) is null));
    }

    private void Judge(HeaderAccess access, Trail trail)
    {
        access = access with { Header = MeaningOf(access, trail) };
        if (!trail.HasOpenComparison && trail.Matches.Count > 0 && trail.Matches.TrueForAll(m => HarmlessCode.IsAllOf(m, _scope.Collections, _cancellationToken)))
        {
            trail.Uses = (trail.Uses & ~HeaderUses.Compared) | HeaderUses.Logged;
        }

        var isPeerChecked = _scope.Peers.Guards(access.Operation, _cancellationToken);
        var isAssigned = access.Request == RequestKind.AspNetCore && AddAssignments(access, trail, isPeerChecked);
        foreach (var decision in trail.CallerPresences)
        {
            AddCheck(access, decision, isPeerChecked, isAssigned);
        }

        if (trail.Uses != HeaderUses.None || trail.Matches.Count > 0)
        {
            _reads.Add(new HeaderRead(
                access.Header,
                access.Request,
                Place(access.Operation).GetLocation(),
                DecisionOf(access, trail).GetLocation(),
                UsesOf(access, trail),
                isPeerChecked,
                isAssigned,
                FixMarks.OfRead(access, trail))
            {
                UsesOfChoice = UsesOfChoice(trail),
                IsUncalled = _middleware.IsUncalled(access.Operation),
            });
            return;
        }

        foreach (var decision in trail.Presences)
        {
            AddCheck(access, decision, isPeerChecked, isAssigned);
        }
    }

    private void AddCheck(HeaderAccess access, Decision decision, bool isPeerChecked, bool isAssigned)
    {
        // A check of what a helper yields stands elsewhere.
        if (ProductionCode.Excludes(decision.Test))
        {
            return;
        }

        var (outcome, consequence) = GuardsRead(access, decision) ? (PresenceOutcome.GuardsRead, "") : PresenceJudge.Judge(decision, access.Header, _scope.Effects);
        _checks.Add(new PresenceCheck(
            access.Header,
            access.Request,
            decision.Test.Syntax.GetLocation(),
            decision.Outermost.Syntax.GetLocation(),
            outcome,
            consequence,
            isPeerChecked || decision.HasPeer,
            isAssigned,
            FixMarks.OfCheck(access, decision, PresenceJudge.IsAboutHttps(consequence)))
        {
            IsUncalled = _middleware.IsUncalled(access.Operation),
        });
    }

    // A port that is compared with 443 stands for the scheme; Forwarded is read for the parameter that the code names.
    private static ForwardedHeader MeaningOf(HeaderAccess access, Trail trail)
    {
        var header = access.Header;
        if (header.Family == HeaderFamily.Port && trail.Matches.Any(m => MentionsPort443(m.Test)))
        {
            return header with { Family = HeaderFamily.Scheme, Style = HeaderValueStyle.Port };
        }

        if (header.Name == "Forwarded" && OperationIndex.Of(access.Operation) is var index && !index.Spells("proto"))
        {
            return index.Spells("for=") || index.Says("for") ? header with { Family = HeaderFamily.ClientIp }
                : index.Spells("host=") || index.Says("host") ? header with { Family = HeaderFamily.Host }
                : header;
        }

        return header;
    }

    private static bool MentionsPort443(IOperation test)
    {
        foreach (var operation in test.DescendantsAndSelf())
        {
            if (operation is ILiteralOperation { ConstantValue: { HasValue: true, Value: { } value } } && (value is 443 || (value is string text && text.IndexOf("443", System.StringComparison.Ordinal) >= 0)))
            {
                return true;
            }
        }

        return false;
    }

    private static HeaderUses? UsesOfChoice(Trail trail)
    {
        if (trail.HasOpenComparison || trail.Matches.Count == 0)
        {
            return null;
        }

        var uses = trail.Uses & ~HeaderUses.Compared;
        foreach (var match in trail.Matches)
        {
            if (match.UsesOfChoice is not { } ofChoice)
            {
                return null;
            }

            uses |= ofChoice;
        }

        return uses;
    }

    private static HeaderUses UsesOf(HeaderAccess access, Trail trail)
    {
        // A page or a logger that shows what came in hands it on to nobody.
        var isShown = (trail.Uses & (HeaderUses.Compared | HeaderUses.Url)) == 0 && ProxyCode.IsDiagnostics(access.Operation);
        return isShown ? (trail.Uses & ~HeaderUses.Handed) | HeaderUses.Logged : trail.Uses;
    }

    // headers?["…"] is one expression for whoever reads the report.
    private static SyntaxNode Place(IOperation read) =>
        read.Parent is IConditionalAccessOperation access && access.WhenNotNull == read ? access.Syntax : read.Syntax;

    private static SyntaxNode DecisionOf(HeaderAccess access, Trail trail)
    {
        foreach (var match in trail.Matches)
        {
            if (match.Outermost.Syntax.SyntaxTree == access.Operation.Syntax.SyntaxTree && match.Outermost.Syntax.Span.Contains(access.Operation.Syntax.Span))
            {
                return match.Outermost.Syntax;
            }
        }

        var operation = access.Operation;
        while (operation.Parent is { Type: not null } parent and not (IArgumentOperation or IAssignmentOperation or IAnonymousFunctionOperation or IDelegateCreationOperation)
            && !IsOfValues(parent))
        {
            operation = parent;
        }

        return operation.Syntax;
    }

    // The elements of a tuple are values of their own, as two variables would be, unless the tuple is asked as a whole.
    private static bool IsOfValues(IOperation operation)
    {
        if (operation is not ITupleOperation)
        {
            return false;
        }

        while (operation.Parent is IConversionOperation conversion)
        {
            operation = conversion;
        }

        return operation.Parent is not (IIsPatternOperation or ISwitchExpressionOperation or ISwitchOperation or ITupleBinaryOperation);
    }

    private bool AddAssignments(HeaderAccess access, Trail trail, bool isPeerChecked)
    {
        var found = false;
        foreach (var (assignment, property) in trail.Assignments)
        {
            found |= AddAssignment(access, assignment, property, isPeerChecked, isOfValue: true);
        }

        var regions = trail.Matches.Concat(trail.Presences).SelectMany(d => d.Present.Concat(d.Absent)).Select(r => r.Operation);
        var absences = trail.Presences.SelectMany(d => d.Absent).Select(r => r.Operation).SelectMany(AssignmentsIn).Where(a => !IsFixed(a.Assignment.Value)).ToList();
        foreach (var (assignment, property) in regions.Concat(trail.Sections).SelectMany(AssignmentsIn).Except(absences))
        {
            if (Decides(access.Header.Family, property))
            {
                found |= AddAssignment(access, assignment, property, isPeerChecked, isOfValue: false);
            }
        }

        return found;
    }

    // Who leaves the header out chooses what the code says then; a setting that stands in for it is nobody's choice.
    private static bool IsFixed(IOperation value) => value.DescendantsAndSelf().All(o =>
        o is ILiteralOperation or IObjectCreationOperation or IArgumentOperation or IConversionOperation or IFieldReferenceOperation { Field.IsStatic: true });

    // Every check of a method may decide over the same statements after it.
    private List<(IAssignmentOperation Assignment, RequestProperty Property)> AssignmentsIn(IOperation region)
    {
        if (!_assignmentsOfRegions.TryGetValue(region, out var assignments))
        {
            _assignmentsOfRegions[region] = assignments = [];
            foreach (var operation in region.DescendantsAndSelf())
            {
                if (operation is IAssignmentOperation { Target: IPropertyReferenceOperation target } assignment && RequestProperties.Of(target, _scope.Model, _cancellationToken) is { } property)
                {
                    assignments.Add((assignment, property));
                }
            }
        }

        return assignments;
    }

    private static bool Decides(HeaderFamily family, RequestProperty property) => property switch
    {
        RequestProperty.Scheme or RequestProperty.IsHttps => family is HeaderFamily.Scheme or HeaderFamily.Port,
        RequestProperty.RemoteIpAddress => family == HeaderFamily.ClientIp,
        RequestProperty.Host => family is HeaderFamily.Host or HeaderFamily.Port,
        _ => family == HeaderFamily.Prefix,
    };

    // Of a header whose value is assigned and one that only decides whether it is, the report is about the first.
    private bool AddAssignment(HeaderAccess access, IAssignmentOperation assignment, RequestProperty property, bool isPeerChecked, bool isOfValue)
    {
        if (!isPeerChecked && !_scope.Peers.Guards(assignment, _cancellationToken) && !ProductionCode.Excludes(assignment)
            && _middleware.OfMiddleware(assignment) is var reach and not Reach.Never)
        {
            var location = assignment.Syntax.GetLocation();
            if (!_assignments.TryGetValue(location, out var known) || (isOfValue && !known.IsOfValue))
            {
                _assignments[location] = new RequestAssignment(access.Header, property, location, FixMarks.OfAssignment(access, assignment, _scope.Model, _cancellationToken))
                {
                    IsOfValue = isOfValue,
                    IsOptional = reach != Reach.Always || _middleware.IsUncalled(assignment),
                };
            }
        }

        return true;
    }

    private bool GuardsRead(HeaderAccess access, Decision decision)
    {
        foreach (var region in decision.Present)
        {
            if (_reading.IsReadIn(region.Operation.Syntax, access))
            {
                return true;
            }
        }

        return false;
    }
}
