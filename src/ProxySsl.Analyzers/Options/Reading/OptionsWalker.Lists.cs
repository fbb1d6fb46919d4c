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
                // `foreach (var p in list) list.Remove(p);`, or the framework's own entry
                if (Visit(argument) is ListValue element && element.List == kind || IsLoopback(argument))
                {
                    VisitRemoval(call, list, argument: null);
                }
                else
                {
                    Update(list.Objects, s => s.With(kind, s[kind].Lost()));
                }

                break;
            case "Add" or "Insert" or "Append" when argument is not null:
                Visit(argument);
                Add(list.Objects, kind, arguments[arguments.Length - 1].Value);
                break;
            case "AddRange" or "InsertRange" or "UnionWith" when argument is not null:
                AddRange(list, arguments[arguments.Length - 1].Value);
                break;
            case "Count" or "Any" or "Contains" or "All" or "First" or "FirstOrDefault" or "Single" or "IndexOf" or "ToString" or "GetEnumerator" or "Select"
                or "Where" or "CopyTo" or "AsEnumerable" or "ToList" or "ToArray" or "SequenceEqual":
                Inspect(call, list);
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

    // What is only written down treats no case.
    private void Inspect(IOperation look, ListValue list)
    {
        if (!LoggedValue.IsForLog(look))
        {
            Update(list.Objects, s => s.With(list.List, s[list.List] with { IsInspected = true }));
        }
    }

    private void VisitRemoval(IInvocationOperation call, ListValue list, IOperation? argument)
    {
        Visit(argument);

        // The framework puts one entry into each list; taking it out empties the list.
        var isPredicate = call.TargetMethod.Name == "RemoveAll";
        Update(list.Objects, s => s[list.List].Contents is ListContents.Inherited or ListContents.Empty && (!isPredicate || IsAlwaysTrue(argument))
            ? s.With(list.List, s[list.List].Cleared(ClearingCallOf(call, list)))
            : s.With(list.List, s[list.List].Lost()));
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
        var elements = ElementsOf(source);
        if (elements.IsEmpty)
        {
            Escape(Visit(source));
            var isCertain = IsNeverEmpty(source);
            Update(list.Objects, s => s.With(list.List, s[list.List].Added(isCertain)));
            return;
        }

        foreach (var element in elements)
        {
            Add(list.Objects, list.List, element);
        }
    }

    private void Add(ImmutableArray<TrackedOptions> objects, KnownListKind list, IOperation value)
    {
        Update(objects, s => s.With(list, s[list].Added(forCertain: true)));
        foreach (var (entry, location, isOptIn) in new EntryReader(Model, Values, CancellationToken).Read(value, list))
        {
            var optIns = State?.OptIns ?? 0;
            var isCertain = State is { IsCertain: true } && objects.Length == 1 && value.InProduction() is not (IConditionalOperation or ICoalesceOperation);
            var context = ContextAt(value);
            foreach (var options in objects)
            {
                Update(ImmutableArray.Create(options), s => s.With(list, s[list].With(new AddedEntry(
                    list, entry, location, s[list].Entries.Any(e => entry.IsOtherHalf(e.Entry)), isOptIn || optIns > options.OptIns, isCertain, context))));
            }
        }

        ImmutableArray<IOperation> Values(ISymbol variable) =>
            ValueOf(variable) is AnyOfValue { Values: var any } ? any : ImmutableArray<IOperation>.Empty;
    }

    private void VisitHostsCall(IInvocationOperation call, HostsValue hosts)
    {
        switch (call.TargetMethod.Name)
        {
            case "Add" when call.Arguments.Length == 1:
                AddHosts(hosts.Objects, ImmutableArray.Create(call.Arguments[0].Value));
                break;
            case "AddRange" when ElementsOf(call.Arguments[call.Arguments.Length - 1].Value) is { IsEmpty: false } elements:
                AddHosts(hosts.Objects, elements);
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

    // A condition that asks a list whether it is empty: `list.Count > 0`, `list.Any()`, alone or in a conjunction.
    protected override void Assume(IOperation condition, bool holds)
    {
        condition = condition.Unwrapped();
        switch (condition)
        {
            case IUnaryOperation { OperatorKind: UnaryOperatorKind.Not } not:
                Assume(not.Operand, !holds);
                break;
            case IBinaryOperation { OperatorKind: BinaryOperatorKind.ConditionalAnd or BinaryOperatorKind.ConditionalOr } both
                when both.OperatorKind == BinaryOperatorKind.ConditionalAnd == holds:
                Assume(both.LeftOperand, holds);
                Assume(both.RightOperand, holds);
                break;
            case IBinaryOperation { LeftOperand: var count, RightOperand.ConstantValue: { HasValue: true, Value: 0 }, OperatorKind: var comparison }
                when comparison is BinaryOperatorKind.GreaterThan or BinaryOperatorKind.NotEquals or BinaryOperatorKind.Equals
                    && count.Unwrapped() is IPropertyReferenceOperation { Property.Name: "Count", Instance: { } counted }:
                AssumeEmpty(counted, comparison == BinaryOperatorKind.Equals == holds);
                break;
            case IInvocationOperation { TargetMethod: { Name: "Any", ContainingType.Name: "Enumerable" }, Arguments: { Length: 1 } arguments }:
                AssumeEmpty(arguments[0].Value, !holds);
                break;
        }
    }

    private void AssumeEmpty(IOperation list, bool isEmpty)
    {
        if (Visit(list) is ListValue { Objects: { Length: 1 } objects, List: var kind })
        {
            Update(objects, s => s.With(kind, s[kind].Found(isEmpty)));
        }
    }
}
