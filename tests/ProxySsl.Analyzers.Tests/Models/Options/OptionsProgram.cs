using System.Collections.Generic;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Diagnostics;
using ProxySsl.Analyzers.Options;
using ProxySsl.Analyzers.Tests.Verification;
using Xunit;

namespace ProxySsl.Analyzers.Tests.Models;

/// <summary>Small programs for the tests of the options reader, and what it reads of them written out in a few words.</summary>
internal static class OptionsProgram
{
    /// <summary>Both lists of the object <c>o</c> after the statements.</summary>
    internal static string Lists(string body)
    {
        var state = StateOf(body);
        return Write(state.Proxies) + " | " + Write(state.Networks);
    }

    /// <summary>The state of the object <c>o</c> after the statements.</summary>
    internal static OptionsState StateOf(string body, bool isHalfTyped = false) => Assert.Single(Read($$"""
        class C
        {
            void M(
                bool flag, bool other, IHostEnvironment env, List<string> texts, IPAddress peer, Action<ForwardedHeadersOptions> foreign,
                Virtually virtually, IConfiguration configuration)
            {
                var o = new ForwardedHeadersOptions();
                {{body}}
            }
        }
        abstract class Virtually
        {
            public virtual void Change(ForwardedHeadersOptions o) { }
            public abstract void Fill(ForwardedHeadersOptions o);
            public virtual void Get(out ForwardedHeadersOptions o) => o = null!;
            public void ForEach() { }
        }
        static partial class Partly
        {
            public static partial void Empty(ForwardedHeadersOptions options);
        }
        static partial class Partly
        {
            public static partial void Empty(ForwardedHeadersOptions o) => o.KnownProxies.Clear();
        }
        enum Mode { Nobody, Everybody }
        class Settings
        {
            public bool TrustAll { get; set; }
            public Mode Mode { get; set; }
            public string? Name { get; set; }
        }
        class Marked(object o)
        {
            public object O => o;
        }
        static class Own
        {
            public static readonly ForwardedHeaders Flags = ForwardedHeaders.XForwardedFor | ForwardedHeaders.XForwardedProto;
            public static readonly ForwardedHeaders Circular = Round;
            public static readonly ForwardedHeaders Round = Circular;
            public static readonly int? Hops = 4;
            public static readonly int Bits = 8;
            public static readonly IPAddress Peer = IPAddress.Parse("10.0.0.7");
            public static readonly IPAddress Ring = Turn;
            public static readonly IPAddress Turn = Ring;
            public static readonly IPAddress Loopback = Parse("127.0.0.1");
            public static readonly System.Net.IPNetwork Network = new(IPAddress.Parse("10.0.0.0"), Bits);
            public static IPAddress Mutable = IPAddress.Parse("10.0.0.8");
            public static IPAddress Parse(string text) => IPAddress.Parse("10.0.0.9");
            public static object? Any;
            public static void Wipe(this IList<IPAddress> list) => list.Clear();
            public static void Trust(ForwardedHeadersOptions options, string text) => options.KnownProxies.Add(IPAddress.Parse(text));
            public static void Block(ForwardedHeadersOptions options)
            {
                options.KnownProxies.Clear();
            }
            public static void ForEach(this string[] all, Action each) { }
            [System.Diagnostics.CodeAnalysis.DoesNotReturn]
            public static void Fail() => throw new Exception();
            [System.Diagnostics.CodeAnalysis.DoesNotReturn]
            public static object Failing() => throw new Exception();
            public static ForwardedHeadersOptions Same(ForwardedHeadersOptions options) => options;
            public static bool TryParse(string text, out IPAddress? address) => IPAddress.TryParse(text, out address);
        }
        """, isHalfTyped).Objects.Take(1)).State;

    /// <summary>What is read of the types of a library.</summary>
    internal static ForwardedHeadersSetup Read(string types, bool isHalfTyped = false)
    {
        var token = TestContext.Current.CancellationToken;
        var compilation = CSharpCompilation.Create(
            "Options",
            [
                CSharpSyntaxTree.ParseText("using System.Net;\nusing Microsoft.AspNetCore.HttpOverrides;\nusing Microsoft.Extensions.Options;\n" + types, cancellationToken: token),
                CSharpSyntaxTree.ParseText(ProxySslTest.ImplicitUsings, cancellationToken: token),
            ],
            FrameworkReferences.Of(Framework.Net100),
            new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary));
        Assert.True(isHalfTyped || !compilation.GetDiagnostics(token).Any(d => d.Severity == DiagnosticSeverity.Error), string.Join("\n", compilation.GetDiagnostics(token).Where(d => d.Severity == DiagnosticSeverity.Error)));
        return OptionsReader.Read(CompilationModel.For(compilation, new AnalyzerOptions([]))!, token);
    }

    /// <summary>What a list may hold, and the entries that can be read.</summary>
    internal static string Write(ListState list)
    {
        (ListContents Bit, string Name)[] names =
            [(ListContents.Inherited, "default"), (ListContents.Empty, "empty"), (ListContents.Filled, "filled"), (ListContents.Unknown, "unknown")];
        var contents = string.Join("/", names.Where(n => (list.Contents & n.Bit) != 0).Select(n => n.Name));
        return list.Entries.IsEmpty ? contents : $"{contents}({string.Join(", ", list.Entries.Select(e => e.Entry.Text))})";
    }

    /// <summary>Every value that the flags may have.</summary>
    internal static string Write(FlagValues values)
    {
        var written = new List<string>();
        if (values.MayBeUnset)
        {
            written.Add("unset");
        }

        for (var value = 0; value < 16; value++)
        {
            if ((values.Bits & (1 << value)) != 0)
            {
                (int Flag, string Name)[] names = [(FlagValues.For, "For"), (FlagValues.Host, "Host"), (FlagValues.Proto, "Proto"), (FlagValues.Prefix, "Prefix")];
                written.Add(value == 0 ? "None" : string.Join("+", names.Where(n => (value & n.Flag) != 0).Select(n => n.Name)));
            }
        }

        return values.MayBeUnknown ? "unknown" : string.Join(" or ", written);
    }
}
