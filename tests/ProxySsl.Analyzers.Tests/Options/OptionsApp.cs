namespace ProxySsl.Analyzers.Tests.Options;

/// <summary>Small apps around the code under test.</summary>
internal static class OptionsApp
{
    /// <summary>Top-level statements with a builder, the given statement, and the middleware in use.</summary>
    public static string With(string statement) => $$"""
        using System.Net;
        using Microsoft.AspNetCore.HttpOverrides;
        using Microsoft.Extensions.Options;

        var builder = WebApplication.CreateBuilder(args);
        {{statement}}
        var app = builder.Build();
        app.UseForwardedHeaders();
        app.Run();
        """;

    /// <summary>The same of an app that makes something of the client's address.</summary>
    public static string ReadingAddress(string source) =>
        source.Replace("app.Run();", "app.MapGet(\"/\", (HttpContext context) => IPAddress.IsLoopback(context.Connection.RemoteIpAddress!)); app.Run();", System.StringComparison.Ordinal);

    /// <summary>The same around the body of a lambda that configures <c>options</c>.</summary>
    public static string Configured(string body) => With($$"""
        builder.Services.Configure<ForwardedHeadersOptions>(options =>
        {
            {{body}}
        });
        """);

    /// <summary>An app that hands the object <c>options</c>, made by the given statements, to the middleware.</summary>
    public static string Passed(string statements) => $$"""
        using System.Net;
        using Microsoft.AspNetCore.HttpOverrides;

        var app = WebApplication.Create(args);
        {{statements}}
        app.UseForwardedHeaders(options);
        app.Run();
        """;
}
