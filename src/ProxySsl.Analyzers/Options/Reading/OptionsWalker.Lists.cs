using System.Collections.Immutable;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Operations;
using ProxySsl.Analyzers.Flow;

namespace ProxySsl.Analyzers.Options;

internal sealed partial class OptionsWalker
{
    private void VisitListCall(IInvocationOperation call, ListValue list, int skip)
    {
        var arguments = call.Arguments;
        var kind = list.List;
        var argument = arguments.Length > skip ? arguments[skip].Value : null;
        switch (call.TargetMethod.Name)
        {
            case "Clear":
                Clear(call, list);
                break;
            case "RemoveAt" or "RemoveRange" or "RemoveAll":
                VisitRemoval(call, list, argument);
                break;
            case "Remove" when argument is not null:
                // `foreach (var p in list.ToList()) list.Remove(p);`, or the framework's own entry
                if (Visit(argument) is ListValue element && element.List == kind || IsLoopback(argument))
                {
                    VisitRemoval(call, list, argument: null);
                }
                else
                {
                    Update(list.Objects, s => s.With(kind, ListState.NotKnown));
                }

                break;
            case "Add" or "Insert" or "Append" when argument is not null:
                Visit(argument);
                Add(list.Objects, kind, arguments[arguments.Length - 1].Value, forCertain: true);
                break;
            case "AddRange" or "InsertRange" or "UnionWith" when argument is not null:
                AddRange(list, arguments[arguments.Length - 1].Value);
                break;
            case "Count" or "Any" or "Contains" or "All" or "First" or "FirstOrDefault" or "Single" or "IndexOf" or "ToString" or "GetEnumerator" or "Select"
                or "Where" or "CopyTo" or "AsEnumerable" or "ToList" or "ToArray" or "SequenceEqual":
                Update(list.Objects, s => s.With(kind, s[kind] with { IsInspected = true }));
                break;
            default:
                foreach (var other in arguments.Skip(skip))
                {
                    Escape(Visit(other.Value));
                }

                Escape(list);
                break;
        }
    }

    private void VisitRemoval(IInvocationOperation call, ListValue list, IOperation? argument)
    {
        Visit(argument);

        // The framework puts one entry into each list; taking it out empties the list.
        var isPredicate = call.TargetMethod.Name == "RemoveAll";
        Update(list.Objects, s => s[list.List].Contents is ListContents.Inherited or ListContents.Empty && (!isPredicate || IsAlwaysTrue(argument))
            ? s.With(list.List, s[list.List].Cleared(ClearingCallOf(call, list)))
            : s.With(list.List, ListState.NotKnown));
    }

    private void Clear(IInvocationOperation call, ListValue list)
    {
        var clear = ClearingCallOf(call, list);
        Update(list.Objects, s => s.With(list.List, s[list.List].Cleared(clear)));
    }

    private ClearingCall ClearingCallOf(IInvocationOperation call, ListValue list)
    {
        var function = call.Syntax.FirstAncestorOrSelf<SyntaxNode>(n =>
            n is AnonymousFunctionExpressionSyntax or LocalFunctionStatementSyntax or BaseMethodDeclarationSyntax or AccessorDeclarationSyntax or CompilationUnitSyntax);
        return new ClearingCall(
            call.Syntax.GetLocation(),
            _order++,
            list.Property,
            call.TargetMethod.Name == "Clear" && call.Syntax.Parent is ExpressionStatementSyntax && call.Instance?.Unwrapped() is IPropertyReferenceOperation,
            function?.SpanStart ?? 0,
            ContextAt(call));
    }

    private void AddRange(ListValue list, IOperation source)
    {
        var elements = WrittenCollection.Elements(source, Model, CancellationToken);
        if (elements.IsEmpty)
        {
            Escape(Visit(source));
            var isCertain = Tested.Contains(source);
            Update(list.Objects, s => s.With(list.List, s[list.List].Added(OriginOf(source), isCertain)));
            return;
        }

        foreach (var element in elements)
        {
            Add(list.Objects, list.List, element, forCertain: true);
        }
    }

    private void Add(ImmutableArray<TrackedOptions> objects, KnownListKind list, IOperation value, bool forCertain)
    {
        var entries = EntryReader.Read(value, list, Values, Model, CancellationToken);
        var origin = entries.IsEmpty ? OriginOf(value) : EntryOrigin.Literal;
        Update(objects, s => s.With(list, s[list].Added(origin, forCertain)));
        var optIns = State?.OptIns ?? 0;
        var context = entries.IsEmpty ? null! : ContextAt(value);
        foreach (var (entry, location) in entries)
        {
            foreach (var options in objects)
            {
                options.Entries.Add(new AddedEntry(list, entry, location, optIns > options.OptIns, context));
            }
        }

        ImmutableArray<IOperation> Values(ILocalSymbol local) =>
            ValueOf(local) is AnyOfValue { Values: var any } ? any : ImmutableArray<IOperation>.Empty;
    }

    private static EntryOrigin OriginOf(IOperation value) =>
        value.DescendantsAndSelf().Any(o => o.Type is { Name: "IConfiguration" or "IConfigurationSection" or "IConfigurationRoot" or "ConfigurationManager" })
            ? EntryOrigin.Configuration
            : EntryOrigin.Elsewhere;

    private void VisitHostsCall(IInvocationOperation call, HostsValue hosts)
    {
        switch (call.TargetMethod.Name)
        {
            case "Add" when call.Arguments.Length == 1:
                AddHosts(hosts.Objects, ImmutableArray.Create(call.Arguments[0].Value));
                break;
            case "Clear":
                Update(hosts.Objects, s => s with { Hosts = new HostsState(false, false, ImmutableArray<HostEntry>.Empty) });
                break;
            default:
                foreach (var argument in call.Arguments)
                {
                    Visit(argument.Value);
                }

                Escape(hosts);
                break;
        }
    }

    private static bool IsAlwaysTrue(IOperation? argument) => argument?.Unwrapped() is IDelegateCreationOperation { Target: IAnonymousFunctionOperation { Body.Operations: { Length: 1 } operations } }
        && operations[0] is IReturnOperation { ReturnedValue.ConstantValue: { HasValue: true, Value: true } };

    private static bool IsLoopback(IOperation argument) => argument.Unwrapped() is IFieldReferenceOperation { Field: { Name: "IPv6Loopback", ContainingType.Name: "IPAddress" } };
}
