// framework: Net100
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Authentication.OAuth;
using Microsoft.AspNetCore.HttpOverrides;

var builder = WebApplication.CreateBuilder(args);
builder.Services.Configure<ForwardedHeadersOptions>(options =>
{
    options.ForwardedHeaders = ForwardedHeaders.XForwardedFor | ForwardedHeaders.XForwardedProto;
});
builder.Services
    .AddAuthentication(CookieAuthenticationDefaults.AuthenticationScheme)
    .AddCookie(options =>
    {
        options.LoginPath = "/login";
        options.Events.OnRedirectToLogin = context =>
        {
            context.Response.Redirect(context.RedirectUri.Replace("http://", "https://"));
            return Task.CompletedTask;
        };
    })
    .AddOAuth("github", options =>
    {
        options.ClientId = builder.Configuration["GitHub:ClientId"]!;
        options.ClientSecret = builder.Configuration["GitHub:ClientSecret"]!;
        options.CallbackPath = "/signin-github";
        options.AuthorizationEndpoint = "https://github.example/authorize";
        options.TokenEndpoint = "https://github.example/token";
        options.Events = new OAuthEvents
        {
            OnRedirectToAuthorizationEndpoint = context =>
            {
                var uri = context.RedirectUri.Replace("redirect_uri=http%3A", "redirect_uri=https%3A");
                context.Response.Redirect(uri);
                return Task.CompletedTask;
            },
        };
    });
builder.Services.AddAuthorization();

var app = builder.Build();
app.Use((context, next) =>
{
    context.Request.Scheme = "https";
    return next(context);
});
app.UseForwardedHeaders();
app.UseAuthentication();
app.UseAuthorization();
app.MapGet("/me", (HttpContext context) =>
{
    var scheme = context.Request.Headers[ForwardedHeadersDefaults.XForwardedProtoHeaderName].ToString();
    var host = context.Request.Headers[ForwardedHeadersDefaults.XForwardedHostHeaderName].ToString();
    return Results.Redirect(scheme + "://" + host + "/profile");
}).RequireAuthorization();
app.Run();
