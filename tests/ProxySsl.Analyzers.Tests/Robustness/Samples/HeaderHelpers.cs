// framework: Net100
using System.Linq;
using Microsoft.AspNetCore.Mvc;
using Shop.Web.Infrastructure;

var builder = WebApplication.CreateBuilder(args);
builder.Services.AddControllers();
var app = builder.Build();
app.MapControllers();
app.Run();

namespace Shop.Web.Controllers
{
    [ApiController]
    [Route("api/[controller]")]
    public class AccountController : ControllerBase
    {
        private const string ProtoHeader = "X-Forwarded-Proto";
        private static readonly string AddressHeader = "X-" + "Real-IP";

        [HttpGet("login")]
        public IActionResult Login(string returnUrl)
        {
            if (!Request.IsSecure() && !RequestHelpers.HasHeader(Request, ProtoHeader))
            {
                return Redirect($"https://{Request.Host}{Request.PathBase}{Request.Path}");
            }

            var callback = Url.Action("Callback", "Account", new { returnUrl }, Request.Headers[ProtoHeader]);
            return Ok(callback);
        }

        [HttpGet("whoami")]
        public ActionResult<string> WhoAmI()
        {
            var address = Request.Headers[AddressHeader].FirstOrDefault()
                ?? HttpContext.Connection.RemoteIpAddress?.ToString();
            return address ?? "unknown";
        }

        [HttpGet("local")]
        public bool IsLocal() => !Request.Headers.ContainsKey("X-Forwarded-For") && Request.Host.Host == "localhost";
    }
}

//// file: Infrastructure/RequestHelpers.cs
using System;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Primitives;

namespace Shop.Web.Infrastructure;

public static class HeaderNames
{
    public const string Proto = "X-Forwarded-Proto";
    public const string For = Prefix + "For";
    public static readonly string Host = "X-Forwarded-Host";
    public static string Port { get; } = "X-Forwarded-Port";
    private const string Prefix = "X-Forwarded-";
}

public static class RequestHelpers
{
    public static bool HasHeader(HttpRequest request, string name) => request.Headers.ContainsKey(name);

    public static bool IsSecure(this HttpRequest request)
    {
        if (request.IsHttps)
        {
            return true;
        }

        StringValues values;
        return request.Headers.TryGetValue(HeaderNames.Proto, out values)
            && values.ToString().StartsWith("https", StringComparison.OrdinalIgnoreCase);
    }

    public static string? GetHeader(this HttpContext context, string name)
    {
        var values = context.Request.Headers[name];
        if (StringValues.IsNullOrEmpty(values))
        {
            return null;
        }

        return values.ToString().Trim();
    }

    public static T? GetHeaderValueAs<T>(this HttpRequest request, string name)
    {
        if (request.Headers.TryGetValue(name, out var values) && values.Count != 0)
        {
            var raw = values.ToString();
            return string.IsNullOrWhiteSpace(raw) ? default : (T)Convert.ChangeType(raw, typeof(T));
        }

        return default;
    }

    public static string BaseUrl(this HttpRequest request)
    {
        var host = request.HttpContext.GetHeader(HeaderNames.Host) ?? request.Host.Value;
        var scheme = request.HttpContext.GetHeader(HeaderNames.Proto) ?? request.Scheme;
        var port = request.GetHeaderValueAs<int>(HeaderNames.Port);
        return port is 0 or 443 ? $"{scheme}://{host}" : $"{scheme}://{host}:{port}";
    }
}
