// framework: Net100
using System.Net;
using Microsoft.AspNetCore.HttpOverrides;

var builder = WebApplication.CreateBuilder(args);
builder.Services.AddAuthentication().AddCookie();
builder.Services.AddAuthorization();
builder.Services.Configure<ForwardedHeadersOptions>(options =>
{
    options.ForwardedHeaders = ForwardedHeaders.XForwardedFor | ForwardedHeaders.XForwardedProto;
    foreach (var entry in builder.Configuration.GetSection("ForwardedHeaders:KnownProxies").GetChildren())
    {
        options.KnownProxies.Add(IPAddress.Parse(entry.Value ?? ""));
    }
});

var app = builder.Build();
app.UseForwardedHeaders();
if (!app.Environment.IsDevelopment())
{
    app.UseHsts();
}

app.UseHttpsRedirection();
app.UseAuthentication();
app.UseAuthorization();
app.MapGet("/", (HttpContext context) => new
{
    context.Request.Scheme,
    Secure = context.Request.IsHttps,
    Address = context.Connection.RemoteIpAddress?.ToString(),
    Link = $"{context.Request.Scheme}://{context.Request.Host}{context.Request.PathBase}/next",
});
app.Run();
