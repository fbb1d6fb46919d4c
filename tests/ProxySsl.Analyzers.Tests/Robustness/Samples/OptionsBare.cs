// framework: Net80
using System.Net;
using Microsoft.AspNetCore.HttpOverrides;

var builder = WebApplication.CreateBuilder(args);
builder.Services.AddHsts(options => options.MaxAge = TimeSpan.FromDays(90));
var app = builder.Build();
app.UseForwardedHeaders(new ForwardedHeadersOptions { ForwardedHeaders = ForwardedHeaders.XForwardedProto });
app.UseForwardedHeaders(new ForwardedHeadersOptions
{
    ForwardedHeaders = ForwardedHeaders.XForwardedFor,
    ForwardedProtoHeaderName = "X-Forwarded-Ssl",
    ForwardLimit = 0,
    RequireHeaderSymmetry = false,
    KnownNetworks = { new Microsoft.AspNetCore.HttpOverrides.IPNetwork(IPAddress.Parse("0.0.0.0"), 0) },
});
var options = new ForwardedHeadersOptions();
options.KnownNetworks.Clear();
options.KnownProxies.Clear();
options.ForwardedHeaders |= ForwardedHeaders.XForwardedFor;
options.ForwardedHeaders |= ForwardedHeaders.XForwardedProto;
app.UseForwardedHeaders(options);
app.UseHttpsRedirection();
app.Run();
