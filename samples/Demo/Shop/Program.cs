using Microsoft.AspNetCore.HttpOverrides;
using Shop;

var builder = WebApplication.CreateBuilder(args);

builder.Services.AddSingleton<OrderBook>();
builder.Services.Configure<ForwardedHeadersOptions>(options =>
{
    options.ForwardedHeaders = ForwardedHeaders.XForwardedFor | ForwardedHeaders.XForwardedProto;

    // The load balancer's address changes with every deployment.
    options.KnownIPNetworks.Clear();
    options.KnownProxies.Clear();
});

var app = builder.Build();

app.UseHttpsRedirection();
app.UseForwardedHeaders();

app.MapGet("/", () => "Welcome to the shop.");

app.MapPost("/orders", (HttpContext context, OrderBook orders) =>
{
    if (!context.Request.IsSecure())
    {
        return Results.Problem("Orders are taken over HTTPS only.", statusCode: StatusCodes.Status403Forbidden);
    }

    var order = orders.Place(context.Connection.RemoteIpAddress);
    return Results.Ok(order);
});

app.MapGet("/my-address", (HttpContext context) => context.Connection.RemoteIpAddress?.ToString());

app.Run();
