using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using ProxySsl.Analyzers.Flow;
using ProxySsl.Analyzers.Headers;
using ProxySsl.Analyzers.Spelling;

namespace ProxySsl.Analyzers.Pipeline;

/// <summary>What the compilation registers or declares outside of pipelines that decides what runs in them.</summary>
internal sealed class RegisteredServices
{
    private bool _hasRedirectingScheme;
    private bool _hasLimits;
    private bool _mayTellClientsApart;

    private RegisteredServices()
    {
    }

    /// <summary>Whether an authentication scheme is registered.</summary>
    internal bool HasAuthenticationScheme { get; private set; }

    /// <summary>
    /// Whether every scheme that is registered takes a token from the request and answers a challenge with a status code, so that neither
    /// redirects nor cookies depend on the request's scheme.
    /// </summary>
    internal bool HasTokensOnly => HasAuthenticationScheme && !_hasRedirectingScheme;

    /// <summary>Whether authorization is registered, by itself or by MVC.</summary>
    internal bool HasAuthorization { get; private set; }

    /// <summary>Whether any endpoint is bound to a host.</summary>
    internal bool HasHostConstraints { get; private set; }

    /// <summary>Whether responses over https are compressed too, or may be.</summary>
    internal bool MayCompressHttps { get; private set; }

    /// <summary>Whether rate limits are registered, and each of them is one limit for all clients together.</summary>
    internal bool LimitsAllAlike => _hasLimits && !_mayTellClientsApart;

    /// <summary>Whether the app takes the service defaults of an Aspire solution, whose deployment turns the host's own switch on.</summary>
    internal bool HasServiceDefaults { get; private set; }

    /// <summary>The first place that demands https of an action or a controller.</summary>
    internal Location? RequireHttps { get; private set; }

    /// <summary>Reads the places whose words the files spell.</summary>
    internal static RegisteredServices Read(CompilationModel model, CancellationToken cancellationToken)
    {
        var services = new RegisteredServices();
        foreach (var file in model.Files(WordGroups.Middleware, cancellationToken))
        {
            var root = file.Tree.GetRoot(cancellationToken);
            foreach (var hit in file.Hits)
            {
                if ((hit.Group & WordGroups.Middleware) != 0 && NameAt(root, hit) is { } name)
                {
                    services.Read(name, model, cancellationToken);
                }
            }
        }

        return services;
    }

    private static SimpleNameSyntax? NameAt(SyntaxNode root, WordHit hit)
    {
        // the word "[Host(" begins one token earlier than its name
        var start = hit.Start < root.FullSpan.End && root.FindToken(hit.Start).IsKind(SyntaxKind.OpenBracketToken) ? hit.Start + 1 : hit.Start;
        if (start >= root.FullSpan.End)
        {
            return null;
        }

        var token = root.FindToken(start);
        return token.SpanStart == start ? token.Parent as SimpleNameSyntax : null;
    }

    private void Read(SimpleNameSyntax name, CompilationModel model, CancellationToken cancellationToken)
    {
        var text = name.Identifier.ValueText;
        switch (text)
        {
            case "AddAuthentication" or "AddIdentity" or "AddDefaultIdentity" or "AddIdentityApiEndpoints" when !IsForDevelopment(name, model, cancellationToken):
                HasAuthenticationScheme = HasAuthenticationScheme || (IsServiceCall(name, model, cancellationToken) && (text != "AddAuthentication" || IsGoneOn(name)));
                _hasRedirectingScheme = _hasRedirectingScheme || text != "AddAuthentication" || !AddsTokensOnly(name);
                break;
            case "RequireHost":
                HasHostConstraints = HasHostConstraints || MethodOf(name, model, cancellationToken)?.ContainingType.Name == "RoutingEndpointConventionBuilderExtensions";
                break;
            case "Host" or "HostAttribute":
                HasHostConstraints = HasHostConstraints || IsAttribute(name, "Microsoft.AspNetCore.Routing.HostAttribute", model, cancellationToken);
                break;
            case "EnableForHttps":
                MayCompressHttps = MayCompressHttps || (name.FirstAncestorOrSelf<AssignmentExpressionSyntax>() is { } assignment && !assignment.Right.IsKind(SyntaxKind.FalseLiteralExpression));
                break;
            case "AddRateLimiter":
                _hasLimits = true;
                _mayTellClientsApart = _mayTellClientsApart || !RateLimits.AreForAll(name, model.SemanticModelOf(name.SyntaxTree), cancellationToken);
                break;
            case "RateLimiterOptions" or "IRateLimiterPolicy":
                _mayTellClientsApart = true;
                break;
            case "UseRateLimiter":
                _mayTellClientsApart = _mayTellClientsApart || name.FirstAncestorOrSelf<InvocationExpressionSyntax>() is not { ArgumentList.Arguments.Count: 0 };
                break;
            case "AddServiceDefaults":
                HasServiceDefaults = HasServiceDefaults || name.FirstAncestorOrSelf<InvocationExpressionSyntax>() is not null;
                break;
            case "RequireHttps" or "RequireHttpsAttribute":
                if (RequireHttps is null && IsAttribute(name, "Microsoft.AspNetCore.Mvc.RequireHttpsAttribute", model, cancellationToken))
                {
                    RequireHttps = name.GetLocation();
                }

                break;
            default:
                HasAuthorization = HasAuthorization || (IsAuthorization(text) && IsServiceCall(name, model, cancellationToken) && !IsForDevelopment(name, model, cancellationToken));
                break;
        }

        // AddIdentity registers authorization's needs through MVC only, AddAuthorization and MVC do it themselves
        bool IsAuthorization(string method) =>
            method.StartsWith("AddAuthorization", StringComparison.Ordinal) || method.StartsWith("AddControllers", StringComparison.Ordinal)
            || method is "AddMvc" or "AddRazorPages";
    }

    // AddAuthentication alone registers no scheme; the calls that go on from what it returns do.
    private static bool IsGoneOn(SimpleNameSyntax name) =>
        name.FirstAncestorOrSelf<InvocationExpressionSyntax>()?.Parent is not (null or ExpressionStatementSyntax);

    // AddAuthentication(…).AddJwtBearer(…) or AddBearerToken(…), and nothing else that is made on what it returns
    private static bool AddsTokensOnly(SimpleNameSyntax name)
    {
        var end = EndOfTokens(name.FirstAncestorOrSelf<InvocationExpressionSyntax>());
        return end is ExpressionStatementSyntax
            || (end is EqualsValueClauseSyntax { Parent: VariableDeclaratorSyntax { Identifier.ValueText: var local } declared }
                && declared.Ancestors().First(a => a is BaseMethodDeclarationSyntax or CompilationUnitSyntax or AnonymousFunctionExpressionSyntax)
                    .DescendantNodes().OfType<IdentifierNameSyntax>().Where(n => n.Identifier.ValueText == local).All(n => EndOfTokens(n) is ExpressionStatementSyntax));
    }

    private static SyntaxNode? EndOfTokens(SyntaxNode? expression)
    {
        while (expression?.Parent is MemberAccessExpressionSyntax { Name.Identifier.ValueText: "AddJwtBearer" or "AddBearerToken", Parent: InvocationExpressionSyntax next })
        {
            expression = next;
        }

        return expression?.Parent;
    }

    // What is registered for development alone is not there in production.
    private static bool IsForDevelopment(SimpleNameSyntax name, CompilationModel model, CancellationToken cancellationToken) =>
        name.FirstAncestorOrSelf<InvocationExpressionSyntax>() is { } call && model.OperationAt(call, cancellationToken) is { } operation && ProductionCode.Excludes(operation);

    private static bool IsServiceCall(SimpleNameSyntax name, CompilationModel model, CancellationToken cancellationToken) =>
        MethodOf(name, model, cancellationToken) is { } method
        && method.ContainingNamespace.ToDisplayString().StartsWith("Microsoft.", StringComparison.Ordinal);

    private static IMethodSymbol? MethodOf(SimpleNameSyntax name, CompilationModel model, CancellationToken cancellationToken)
    {
        var info = model.SemanticModelOf(name.SyntaxTree).GetSymbolInfo(name, cancellationToken);
        return info.Symbol as IMethodSymbol ?? info.CandidateSymbols.OfType<IMethodSymbol>().FirstOrDefault();
    }

    private static bool IsAttribute(SimpleNameSyntax name, string fullName, CompilationModel model, CancellationToken cancellationToken) =>
        (name.Parent is QualifiedNameSyntax qualified && qualified.Right == name ? qualified.Parent : name.Parent)
            is AttributeSyntax or ObjectCreationExpressionSyntax or TypeArgumentListSyntax or TypeOfExpressionSyntax
        && model.SemanticModelOf(name.SyntaxTree).GetSymbolInfo(name, cancellationToken) is var info
        && ((info.Symbol as IMethodSymbol)?.ContainingType ?? info.Symbol as INamedTypeSymbol)?.HasFullName(fullName) == true;
}
