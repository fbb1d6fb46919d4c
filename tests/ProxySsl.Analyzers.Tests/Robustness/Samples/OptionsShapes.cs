// framework: Net100
using System.Net;
using Microsoft.AspNetCore.HttpOverrides;

var builder = WebApplication.CreateBuilder(args);

builder.Services.Configure<ForwardedHeadersOptions>(options =>
{
    options.ForwardedHeaders = ForwardedHeaders.All;
    // every proxy is accepted
    options.KnownIPNetworks.Clear();
    options.KnownProxies.Clear();
    options.ForwardLimit = null;
});

if (builder.Configuration.GetValue<bool>("BehindProxy"))
{
    builder.Services.PostConfigure<ForwardedHeadersOptions>(options =>
    {
        foreach (var entry in builder.Configuration.GetSection("ForwardedHeaders:KnownProxies").GetChildren())
        {
            options.KnownProxies.Add(IPAddress.Parse(entry.Value!));
        }
    });
}

var app = builder.Build();

var explicitOptions = new ForwardedHeadersOptions
{
    ForwardedHeaders = ForwardedHeaders.XForwardedFor | ForwardedHeaders.XForwardedHost,
    ForwardLimit = 2,
    KnownProxies = { },
    AllowedHosts = { "example.com", "*.example.org" },
};
explicitOptions.KnownIPNetworks.Add(new System.Net.IPNetwork(IPAddress.Any, 0));
explicitOptions.KnownIPNetworks.Add(System.Net.IPNetwork.Parse("10.0.0.0/8"));
explicitOptions.KnownProxies.Add(IPAddress.Parse("::ffff:10.0.0.5"));
if (app.Environment.IsDevelopment())
{
    explicitOptions.KnownProxies.Clear();
}

app.UseForwardedHeaders(explicitOptions);
app.UseHsts();
app.UseHttpsRedirection();
app.MapGet("/", () => "ok");
app.Run();
