using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using System.Threading;
using Microsoft.CodeAnalysis;
using ProxySsl.Analyzers.Options;
using ProxySsl.Analyzers.Pipeline.Rules;
using ProxySsl.Analyzers.Spelling;

namespace ProxySsl.Analyzers.Pipeline;

/// <summary>What the rules may ask: the pipelines, and the models of lower layers.</summary>
internal sealed class PipelineQuestions(
    CompilationModel model, PipelineModel pipelines, ForwardedHeadersSetup options, CancellationToken cancellationToken)
{
    // What makes authorization challenge or refuse: a scheme, a policy, an attribute. UseAuthorization alone spells none of them.
    private static readonly string[] AuthorizationWords =
    [
        "Authorize", "RequireAuthorization", "AddAuth", "Authentication", "OpenId", "OAuth",
        "AddIdentity", "AddDefaultIdentity", "AddMicrosoftIdentity", "MapIdentityApi", "IdentityServer", "IdentityUser", "IdentityDbContext",
        "AuthorizationPolicy", "AuthorizationOptions", "AuthorizationBuilder", "AuthorizationHandler", "AuthorizationRequirement", "AuthorizationService",
    ];

    private readonly Dictionary<string, bool> _securedCookies = [];
    private RegisteredServices? _services;
    private bool? _mayAuthorize;
    private bool? _isSinglePage;

    internal CompilationModel Compilation { get; } = model;

    internal PipelineModel Pipelines { get; } = pipelines;

    /// <summary>Every place that configures the options.</summary>
    internal ForwardedHeadersSetup Options { get; } = options;

    internal CancellationToken CancellationToken { get; } = cancellationToken;

    /// <summary>What is registered outside of pipelines; read on first demand.</summary>
    internal RegisteredServices Services => _services ??= RegisteredServices.Read(Compilation, CancellationToken);

    /// <summary>Whether any code names what makes authorization do something.</summary>
    internal bool MayAuthorize => _mayAuthorize ??= Compilation.IsLibrary
        || SpellsInCode(AuthorizationWords);

    /// <summary>Whether code names a policy for requests that no endpoint has one for.</summary>
    internal bool MayHaveFallbackPolicy => SpellsInCode("FallbackPolicy");

    /// <summary>Whether code sets the policy for the cookies of some options by which the request's scheme decides something, and no other.</summary>
    internal bool SecuresCookies(string options, string policy)
    {
        if (!_securedCookies.TryGetValue(options, out var secures))
        {
            _securedCookies[options] = secures = CookieSecurity.IsSet(options, policy, Compilation, CancellationToken);
        }

        return secures;
    }

    /// <summary>Whether every page is the one at the root: then a folder of its own with a default document is an exception, and a person has to know.</summary>
    internal bool IsSinglePage => _isSinglePage ??= SpellsInCode("MapFallbackToFile", "UseSpa");

    /// <summary>Whether X-Forwarded-Host is processed, as far as the options can be read.</summary>
    internal bool ProcessesHost => Processes(FlagValues.Host);

    /// <summary>Whether X-Forwarded-Prefix is processed, as far as the options can be read.</summary>
    internal bool ProcessesPrefix => Processes(FlagValues.Prefix);

    /// <summary>Whether X-Forwarded-Host is processed, or nobody knows.</summary>
    internal bool MayProcessHost => Options.Objects.Any(o => o.State.Flags.Values.MayHave(FlagValues.Host));

    /// <summary>Whether the options are all in view and set, and leave X-Forwarded-Host out: then no order changes the host.</summary>
    internal bool LeavesOutHost => LeavesOut(FlagValues.Host);

    /// <summary>Whether the options are all in view and set, and leave X-Forwarded-For out: then no order changes the client's address.</summary>
    internal bool LeavesOutAddress => Pipelines.AppliedByHost is null && LeavesOut(FlagValues.For);

    /// <summary>The first place that configures options in the services.</summary>
    internal OptionsPlace? ConfiguringPlace => Options.Objects.Where(o => o.IsInjected).SelectMany(o => o.Places)
        .FirstOrDefault(p => p.Kind is OptionsPlaceKind.Configure or OptionsPlaceKind.PostConfigure);

    /// <summary>Whether <c>WebApplication</c> adds authentication and authorization by itself: from .NET 7 on.</summary>
    internal bool HasImplicitAuthentication => Compilation.Symbols.WebApplication?.ContainingAssembly.Identity.Version.Major >= 7;

    /// <summary>The flags of the options that a step takes; null where it is not in view which options those are.</summary>
    internal FlagValues? FlagsOf(PipelineStep step) => ObjectOf(step)?.State.Flags.Values;

    /// <summary>The options that a step takes; null where it is not in view which those are.</summary>
    internal OptionsObject? ObjectOf(PipelineStep step)
    {
        var taken = step.Form switch
        {
            ForwardedForm.Services or ForwardedForm.MiddlewareClass => Options.Objects.Where(o => o.IsInjected),
            ForwardedForm.Instance when step.OptionsArgument is { } argument => Options.Objects.Where(o => !o.IsInjected && o.Places.Any(
                p => p.Location.SourceTree == argument.SourceTree && argument.SourceSpan.Contains(p.Location.SourceSpan))),
            _ => [],
        };
        return taken.ToList() is { Count: 1 } one ? one[0] : null;
    }

    /// <summary>
    /// Whether it is open if a call that applies forwarded headers does anything where it stands: nothing sets the flags of its options, so that
    /// PSSL2005 has to be mended first, or code asks for the host's own switch, by which the host has applied them already.
    /// </summary>
    internal bool MayDoNothing(PipelineStep forwarded) => Pipelines.MayBeSwitchedOn || FlagsOf(forwarded) is { IsUnset: true }
        || (forwarded is { Form: ForwardedForm.Services } && !Options.MayBeConfiguredElsewhere && !Options.Objects.Any(o => o.IsInjected));

    /// <summary>Whether the file says that the app is behind no proxy.</summary>
    internal bool IsDirect(Location location) => Compilation.Options.ProxyIn(location.SourceTree) == ProxyLocation.None;

    // a word in a comment or a text says nothing
    private bool SpellsInCode(params string[] words) => Compilation.Spells(words, static (hit, root) => hit.IsCodeIn(root), CancellationToken);

    // flags that are never set are a finding of their own, whose mend sets them
    private bool LeavesOut(int flag) =>
        Options.Objects.Length > 0 && !Options.MayBeConfiguredElsewhere && Options.Objects.All(o => !o.State.Flags.Values.MayBeUnset && !o.State.Flags.Values.MayHave(flag))
        && !Pipelines.ForwardedSteps.Any(s => s.Form == ForwardedForm.Configured || s.OptionsSource == OptionsSource.Elsewhere);

    private bool Processes(int flag) => Options.Objects.Any(o => !o.State.Flags.Values.MayBeUnknown && o.State.Flags.Values.MayHave(flag));
}

/// <summary>The findings of all pipeline rules in a compilation, by file.</summary>
internal sealed class PipelineFindings
{
    private readonly ILookup<SyntaxTree?, Finding> _byFile;

    private PipelineFindings(IEnumerable<Finding> findings) => _byFile = findings.ToLookup(f => f.Location.SourceTree);

    internal IEnumerable<Finding> In(SyntaxTree tree) => _byFile[tree];

    internal bool HasAnyIn(SyntaxTree tree) => _byFile.Contains(tree);

    /// <summary>The findings of a compilation, made on first demand.</summary>
    internal static PipelineFindings Of(CompilationModel model, CancellationToken cancellationToken)
    {
        // made one after the other, so that the lower models exist on their own
        var pipelines = PipelineModel.Of(model, cancellationToken);
        var options = model.Family(OptionsReader.Read, cancellationToken);
        return model.Family((m, token) => new PipelineFindings(Read(new PipelineQuestions(m, pipelines, options, token))), cancellationToken);
    }

    private static List<Finding> Read(PipelineQuestions questions)
    {
        var findings = new List<Finding>();
        findings.AddRange(EarlyStepRules.Find(questions));
        findings.AddRange(AppliedTwiceRule.Find(questions));
        findings.AddRange(OptionsIgnoredRule.Find(questions));
        findings.AddRange(ImplicitTooEarlyRule.Find(questions));
        findings.AddRange(NeverAppliedRule.Find(questions));
        findings.AddRange(PartlyAppliedRule.Find(questions));
        findings.AddRange(CertificateForwardingRule.Find(questions));
        return findings;
    }
}
