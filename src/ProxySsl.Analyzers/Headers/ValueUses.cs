using System;
using System.Linq;
using System.Threading;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;
using ProxySsl.Analyzers.Flow;

namespace ProxySsl.Analyzers.Headers;

/// <summary>What a pattern asks of a value.</summary>
internal enum PatternMeaning
{
    None,
    Present,
    Absent,
    Value,
    NotValue,
}

/// <summary>What a call does with a value that it is given.</summary>
internal enum ArgumentUse
{
    Unknown,
    Nothing,
    Same,
    Text,
    Parse,
    EmptyTest,
    Comparison,
    LookUp,
    Logged,
    Copied,
    FirstMatch,
}

/// <summary>Knows what calls, patterns and assignments do with a text they get.</summary>
internal static class ValueUses
{
    private static readonly string[] LogWords = ["Log", "Trace", "Tracing", "Telemetry", "Metric", "Diagnostic", "Activity", "Debug", "Console", "Breadcrumb", "Sentry"];

    /// <summary>null, an empty string, or empty <c>StringValues</c>.</summary>
    internal static bool IsNothing(IOperation operation)
    {
        operation = operation.Unwrapped();
        while (operation is IConversionOperation conversion)
        {
            operation = conversion.Operand.Unwrapped();
        }

        return operation switch
        {
            { ConstantValue: { HasValue: true, Value: null or "" } } => true,
            IDefaultValueOperation => true,
            IFieldReferenceOperation { Field: { Name: "Empty", ContainingType.Name: "String" or "StringValues" } } => true,
            _ => false,
        };
    }

    /// <summary>The text <c>http</c>.</summary>
    internal static bool IsPlainScheme(IOperation operation) =>
        operation.Unwrapped().ConstantValue is { HasValue: true, Value: string text } && text.Equals("http", StringComparison.OrdinalIgnoreCase);

    /// <summary>Whether a text among the operations holds <c>://</c>.</summary>
    internal static bool HoldsUrl(IOperation operation)
    {
        foreach (var part in operation.DescendantsAndSelf())
        {
            var text = part is ILiteralOperation literal && literal.ConstantValue is { HasValue: true, Value: string value } ? value : null;
            if (text?.IndexOf("://", StringComparison.Ordinal) >= 0)
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Whether what a text goes on with stands in the place of a URL's host: the text so far ends with <c>://</c>.</summary>
    internal static bool EndsBeforeHost(IOperation? text)
    {
        while (text is not null)
        {
            switch (text.Unwrapped())
            {
                case { ConstantValue: { HasValue: true, Value: string constant } }:
                    return constant.EndsWith("://", StringComparison.Ordinal);
                case IBinaryOperation { OperatorKind: BinaryOperatorKind.Add, RightOperand: var last }:
                    text = last;
                    break;
                case IInterpolatedStringOperation { Parts: { Length: > 0 } parts }:
                    text = (parts[parts.Length - 1] as IInterpolatedStringTextOperation)?.Text;
                    break;
                default:
                    return false;
            }
        }

        return false;
    }

    /// <summary>How a hole of a text uses what stands in it.</summary>
    internal static HeaderUses OfHole(IInterpolatedStringOperation text, IOperation hole)
    {
        var at = text.Parts.IndexOf((IInterpolatedStringContentOperation)hole);
        return !HoldsUrl(text) ? HeaderUses.None
            : at > 0 && text.Parts[at - 1] is IInterpolatedStringTextOperation before && EndsBeforeHost(before.Text) ? HeaderUses.Url | HeaderUses.UrlHost
            : HeaderUses.Url;
    }

    /// <summary>How a call that joins texts, <c>string.Concat</c> or <c>string.Format</c>, uses one of them.</summary>
    internal static HeaderUses OfJoined(IInvocationOperation call, IArgumentOperation joined)
    {
        var uses = HeaderUses.None;
        foreach (var part in call.Arguments)
        {
            if (part != joined && HoldsUrl(part.Value))
            {
                uses |= HeaderUses.Url;
                var hole = joined.Parameter?.Name switch { "arg0" => "://{0", "arg1" => "://{1", "arg2" => "://{2", _ => null };
                var isHost = hole is null
                    ? part.Parameter?.Ordinal + 1 == joined.Parameter?.Ordinal && EndsBeforeHost(part.Value)
                    : part.Value.ConstantValue is { HasValue: true, Value: string format } && format.IndexOf(hole, StringComparison.Ordinal) >= 0;
                uses |= isHost ? HeaderUses.UrlHost : HeaderUses.None;
            }
        }

        return uses;
    }

    /// <summary>What a pattern asks.</summary>
    internal static PatternMeaning Meaning(IPatternOperation pattern)
    {
        switch (pattern)
        {
            case IConstantPatternOperation constant:
                return IsNothing(constant.Value) ? PatternMeaning.Absent : PatternMeaning.Value;
            case INegatedPatternOperation negated:
                return Negated(Meaning(negated.Pattern));
            case ITypePatternOperation or IDeclarationPatternOperation { MatchesNull: false }:
                return PatternMeaning.Present;
            case IRecursivePatternOperation recursive:
                return MeaningOfParts(recursive);
            case IListPatternOperation list:
                return list.Patterns.Length == 0 ? PatternMeaning.Absent
                    : list.Patterns.Any(p => Meaning(p) is PatternMeaning.Value or PatternMeaning.NotValue) ? PatternMeaning.Value
                    : PatternMeaning.Present;
            case IBinaryPatternOperation binary:
                var left = Meaning(binary.LeftPattern);
                var right = Meaning(binary.RightPattern);
                return left is PatternMeaning.Value or PatternMeaning.NotValue ? left
                    : right is PatternMeaning.Value or PatternMeaning.NotValue ? right
                    : left == PatternMeaning.None ? right
                    : left;
            default:
                return PatternMeaning.None;
        }
    }

    /// <summary>What storing a value in a property means.</summary>
    internal static HeaderUses OfStore(IPropertyReferenceOperation property, HeaderCollections collections, CancellationToken cancellationToken)
    {
        if (property.Property.IsIndexer)
        {
            if (property.Instance?.Unwrapped() is IPropertyReferenceOperation { Property: { ContainingType: { } owner, Name: "Properties" or "Tags" } } && IsLogName(owner.Name))
            {
                return HeaderUses.Logged;
            }

            return IsHeaderStore(property.Instance, collections, cancellationToken) ? HeaderUses.Copied : HeaderUses.Handed;
        }

        return IsLog(property.Property.ContainingType) ? HeaderUses.Logged
            : property.Property.ContainingType is { Name: "HttpRequestHeaders" or "HttpContentHeaders" } ? HeaderUses.Copied
            : HeaderUses.Handed;
    }

    /// <summary>What a call does with one of its arguments.</summary>
    internal static ArgumentUse OfArgument(IInvocationOperation call, IArgumentOperation argument, HeaderCollections collections, CancellationToken cancellationToken)
    {
        var method = call.TargetMethod;
        var owner = method.ContainingType?.Name ?? "";
        if (IsLogging(method) || IsAnswering(method) || HeaderCollections.Receiver(call) is IPropertyReferenceOperation { Property: { Name: "Tags", ContainingType: { } feature } } && IsLogName(feature.Name))
        {
            return ArgumentUse.Logged;
        }

        switch (method.Name)
        {
            case "IsNullOrEmpty" or "IsNullOrWhiteSpace" or "IsNullOrWhitespace":
                return ArgumentUse.EmptyTest;
            case "Equals" or "Compare" or "CompareOrdinal":
                return ArgumentUse.Comparison;
            case "Concat" or "Format" or "Join" or "Append" or "AppendFormat" or "AppendLine" when owner is "String" or "StringBuilder":
                return ArgumentUse.Text;
            case "Add" or "Append" or "Set" or "TryAdd" or "TryAddWithoutValidation" or "AppendCommaSeparatedValues" or "SetCommaSeparatedValues" or "AppendList" or "Insert"
                when IsHeaderStore(HeaderCollections.Receiver(call), collections, cancellationToken):
                return ArgumentUse.Copied;
            case "AddHeader" or "SetHeader" or "WithHeader" or "AddOrUpdateHeader" or "AppendHeader" or "AddRequestHeader" or "SetRequestHeader":
                return ArgumentUse.Copied;
            case "Match" or "Matches" when owner == "Regex":
                return ArgumentUse.FirstMatch;
            case "MatchesAny" when owner == "HostString":
            case "IndexOf" when owner == "Array" && argument.Parameter?.Ordinal == 1:
                return ArgumentUse.LookUp;
            case "IsMatch":
                return ArgumentUse.Comparison;
            case "Parse" or "TryParse" or "ParseExact" or "TryCreate" or "Create" or "TryParseList" or "ParseList" or "FromUriComponent" or "Deserialize" or "Select":
                return ArgumentUse.Parse;
            case "FromResult" or "UrlDecode" or "UnescapeDataString" or "HtmlEncode" or "UrlEncode":
                return ArgumentUse.Same;
            case "ThrowIfNull" or "ThrowIfNullOrEmpty" or "ThrowIfNullOrWhiteSpace" or "NotNull":
                return ArgumentUse.Nothing;
            case "Contains" or "ContainsKey" or "TryGetValue" when argument.Parameter is { RefKind: RefKind.None } && method.ContainingType?.SpecialType != SpecialType.System_String:
                return ArgumentUse.LookUp;
        }

        return owner is "Convert" or "Task" or "Enumerable" or "ImmutableArray" or "Array" or "Encoding" or "WebUtility" ? ArgumentUse.Same : ArgumentUse.Unknown;
    }

    /// <summary>Whether a method writes to a log, a trace or a console.</summary>
    internal static bool IsLogging(IMethodSymbol method)
    {
        var name = method.Name;
        return (name.StartsWith("Log", StringComparison.Ordinal) && (name.Length == 3 || !char.IsLower(name[3])) && name is not ("LogIn" or "LogOn" or "LogOut" or "LogOff"))
            || name is "PushProperty" or "BeginScope" or "ForContext" or "SetTag" or "AddTag" or "AddBaggage" or "SetExtra"
            || (name == "Set" && method.ContainingType?.Name == "IDiagnosticContext")
            || IsLogName(method.ContainingType?.Name ?? "")
            || IsEventSource(method.ContainingType)
            || (method is { IsExtensionMethod: true, Parameters.Length: > 0 } && IsLogName(method.Parameters[0].Type.Name))
            || IsLogDelegate(method)
            || IsLoggerMessage(method);
    }

    /// <summary>Whether a method writes to an answer, or to a stream, which goes back to whoever asked.</summary>
    internal static bool IsAnswering(IMethodSymbol method) =>
        method is { Name: "WriteAsync" or "Write" or "WriteLine" or "WriteLineAsync" or "WriteAsJsonAsync", ContainingType.Name: var owner }
        && (owner.IndexOf("Response", StringComparison.Ordinal) >= 0 || owner.IndexOf("Writer", StringComparison.Ordinal) >= 0 || owner == "Stream");

    /// <summary>Whether a call that is not resolved, as before packages are restored, is named like one that writes to a log.</summary>
    internal static bool IsLogging(InvocationExpressionSyntax unresolved)
    {
        var receiver = unresolved.Expression is MemberAccessExpressionSyntax access ? access.Expression : null;
        var name = (receiver is MemberAccessExpressionSyntax inner ? inner.Name : receiver as SimpleNameSyntax)?.Identifier.ValueText.TrimStart('_');
        return !string.IsNullOrEmpty(name) && IsLogName(char.ToUpperInvariant(name![0]) + name.Substring(1));
    }

    // What LoggerMessage.Define returns: Action<ILogger, …, Exception>.
    private static bool IsLogDelegate(IMethodSymbol method) =>
        method is { MethodKind: MethodKind.DelegateInvoke, ReturnsVoid: true, Parameters: { Length: > 1 } parameters }
        && parameters[parameters.Length - 1].Type.Name == "Exception" && IsLogName(parameters[0].Type.Name);

    // A partial method whose body the generator of the logging library writes, whether it has run or not.
    private static bool IsLoggerMessage(IMethodSymbol method)
    {
        if (!method.ReturnsVoid)
        {
            return false;
        }

        foreach (var attribute in method.GetAttributes())
        {
            if (attribute.AttributeClass is { Name: "LoggerMessageAttribute" } or { Name: "LoggerMessage", TypeKind: TypeKind.Error })
            {
                return true;
            }
        }

        return false;
    }

    private static bool IsEventSource(ITypeSymbol? type)
    {
        while (type is not null and not { Name: "EventSource" })
        {
            type = type.BaseType;
        }

        return type is not null;
    }

    /// <summary>Whether a type is for a log by its name, and no row that the app keeps in a table, which has a key: <c>AuditLog { Id = … }</c>.</summary>
    internal static bool IsLog(ITypeSymbol type) => IsLogName(type.Name) && !IsRow(type);

    // What telemetry takes has an Id as well (Activity, SentryUser), and is no row.
    private static bool IsRow(ITypeSymbol type)
    {
        if (!type.Name.EndsWith("Log", StringComparison.Ordinal) && type.Name.IndexOf("Audit", StringComparison.Ordinal) < 0)
        {
            return false;
        }

        for (var current = type; current is not null; current = current.BaseType)
        {
            if (current.GetMembers("Id").Any(m => m is IPropertySymbol))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Whether a type's name says that it holds or takes records of what happened.</summary>
    internal static bool IsLogName(string name)
    {
        foreach (var word in LogWords)
        {
            var at = name.IndexOf(word, StringComparison.Ordinal);
            if (at >= 0 && EndsWord(name, at + word.Length) && (word != "Activity" || at == 0))
            {
                return true;
            }
        }

        return false;
    }

    // The next word begins, or it is a Logger, Logging, Metrics. LoggedIn and Login are no log, UserActivity is no Activity.
    private static bool EndsWord(string name, int end) =>
        end == name.Length || !char.IsLower(name[end])
        || string.CompareOrdinal(name, end, "ger", 0, 3) == 0 || string.CompareOrdinal(name, end, "ging", 0, 4) == 0 || string.CompareOrdinal(name, end, "s", 0, 1) == 0;

    /// <summary>Whether an expression is a collection of headers, of a request or of another message.</summary>
    internal static bool IsHeaderStore(IOperation? store, HeaderCollections collections, CancellationToken cancellationToken)
    {
        if (store is null)
        {
            return false;
        }

        store = HeaderCollections.Resolve(store.Unwrapped());
        var name = store switch
        {
            IPropertyReferenceOperation property => property.Property.Name,
            ILocalReferenceOperation local => local.Local.Name,
            IParameterReferenceOperation parameter => parameter.Parameter.Name,
            IFieldReferenceOperation field => field.Field.Name,
            _ => "",
        };
        return name.IndexOf("header", StringComparison.OrdinalIgnoreCase) >= 0
            || store.Type?.Name.IndexOf("Header", StringComparison.Ordinal) >= 0
            || collections.KindOf(store, cancellationToken) is not null;
    }

    private static PatternMeaning MeaningOfParts(IRecursivePatternOperation recursive)
    {
        foreach (var part in recursive.PropertySubpatterns)
        {
            var name = (part.Member as IPropertyReferenceOperation)?.Property.Name;
            switch (part.Pattern)
            {
                case IRelationalPatternOperation when name is "Count" or "Length":
                case INegatedPatternOperation when name is "Count" or "Length":
                    return PatternMeaning.Present;
                case IConstantPatternOperation { Value.ConstantValue: { HasValue: true, Value: 0 } } when name is "Count" or "Length":
                    return PatternMeaning.Absent;
                case IConstantPatternOperation when name is not ("Count" or "Length"):
                    return PatternMeaning.Value;
            }
        }

        return PatternMeaning.Present;
    }

    private static PatternMeaning Negated(PatternMeaning meaning) => meaning switch
    {
        PatternMeaning.Present => PatternMeaning.Absent,
        PatternMeaning.Absent => PatternMeaning.Present,
        PatternMeaning.Value => PatternMeaning.NotValue,
        PatternMeaning.NotValue => PatternMeaning.Value,
        _ => PatternMeaning.None,
    };
}
