using Xunit;

namespace ProxySsl.Analyzers.Tests.Models;

/// <summary>Repairs of the scheme in a text, by where the text comes from.</summary>
public class PatchedStringReaderTests
{
    [Theory]
    [InlineData("""Store(c.RedirectUri.Replace("http://", "https://"));""", "RedirectUri patched", "private readonly Context c = null!;", """public class Context { public string RedirectUri { get; set; } = ""; public string Address { get; set; } = ""; }""")]
    [InlineData("""Store(c.Address.Replace("http://", "https://"));""", "", "private readonly Context c = null!;", """public class Context { public string RedirectUri { get; set; } = ""; public string Address { get; set; } = ""; }""")]
    [InlineData("""Store(c.RedirectUri?.Replace("http:", "https:"));""", "RedirectUri patched", "private readonly Context c = null!;", """public class Context { public string? RedirectUri { get; set; } = ""; }""")]
    [InlineData("""var url = request.GetDisplayUrl(); url = url.Replace("http://", "https://"); Store(url);""", "GetDisplayUrl patched")]
    [InlineData("""var url = request.GetDisplayUrl(); url = "a"; Store(url.Replace("http://", "https://"));""", "")]
    [InlineData("""Store(c.RedirectUri.Replace("http", "https"));""", "RedirectUri patched", "private readonly Context c = null!;", """public class Context { public string RedirectUri { get; set; } = ""; }""")]
    [InlineData("""Store(c.RedirectUri.Replace("HTTP://", "HTTPS://"));""", "RedirectUri patched", "private readonly Context c = null!;", """public class Context { public string RedirectUri { get; set; } = ""; }""")]
    [InlineData("""Store(c.RedirectUri.Replace("http://a", "https://a"));""", "", "private readonly Context c = null!;", """public class Context { public string RedirectUri { get; set; } = ""; }""")]
    [InlineData("""Store(c.RedirectUri.Replace("https://", "http://"));""", "", "private readonly Context c = null!;", """public class Context { public string RedirectUri { get; set; } = ""; }""")]
    [InlineData("""Store(c.RedirectUri.Replace("http://", ""));""", "", "private readonly Context c = null!;", """public class Context { public string RedirectUri { get; set; } = ""; }""")]
    [InlineData("""Store(c.RedirectUri.Replace("http://", flag ? "https://" : ""));""", "", "private readonly Context c = null!;", """public class Context { public string RedirectUri { get; set; } = ""; }""")]
    [InlineData("""Store(c.RedirectUri.Replace("https", "http").Replace("http", "https"));""", "RedirectUri patched", "private readonly Context c = null!;", """public class Context { public string RedirectUri { get; set; } = ""; }""")]
    [InlineData("""Store(c.RedirectUri.StartsWith("http://"));""", "", "private readonly Context c = null!;", """public class Context { public string RedirectUri { get; set; } = ""; }""")]
    [InlineData("""Store(Replace("http://", "https://"));""", "", "private string Replace(string a, string b) => a + b;")]
    [InlineData("""Store(Regex.Replace(c.RedirectUri, "^http:", "https:"));""", "RedirectUri patched", "private readonly Context c = null!;", """public class Context { public string RedirectUri { get; set; } = ""; }""")]
    [InlineData("""Store(Own.Replace(c.RedirectUri, "^http:", "https:"));""", "", "private readonly Context c = null!;", """public class Context { public string RedirectUri { get; set; } = ""; } public static class Own { public static string Replace(string s, string a, string b) => s; }""")]
    [InlineData("""Store(request.GetDisplayUrl().Replace("http://", "https://"));""", "GetDisplayUrl patched")]
    [InlineData("""Store(request.GetEncodedUrl().Replace("http://", "https://"));""", "GetEncodedUrl patched")]
    [InlineData("""Store(UriHelper.BuildAbsolute(request.Scheme, request.Host).Replace("http://", "https://"));""", "BuildAbsolute patched")]
    [InlineData("""Store($"{request.Scheme}://a".Replace("http://", "https://"));""", "Request.Scheme patched")]
    [InlineData("""Store($"http://{request.Host}".Replace("http://", "https://"));""", "Request.Host patched")]
    [InlineData("""Store($"http://{request.Path}".Replace("http://", "https://"));""", "")]
    [InlineData("""Store(url.Action("a")!.Replace("http://", "https://"));""", "Action patched", "private readonly IUrlHelper url = null!;")]
    [InlineData("""Store(url.Link("a", null)!.Replace("http://", "https://"));""", "Link patched", "private readonly IUrlHelper url = null!;")]
    [InlineData("""Store(links.GetUriByName(context, "a")!.Replace("http://", "https://"));""", "GetUriByName patched", "private readonly LinkGenerator links = null!;")]
    [InlineData("""var u = request.GetDisplayUrl(); var w = u + "/a"; Store(w.Replace("http://", "https://"));""", "GetDisplayUrl patched")]
    [InlineData("""var u = request.GetDisplayUrl(); u = "http://a"; Store(u.Replace("http://", "https://"));""", "")]
    [InlineData("""var redirectTo = "http://a"; Store(redirectTo.Replace("http://", "https://"));""", "redirectTo patched")]
    [InlineData("""var theRedirect = "http://a"; Store(theRedirect.Replace("http://", "https://"));""", "theRedirect patched")]
    [InlineData("""var callback = "http://a"; Store(callback.Replace("http://", "https://"));""", "callback patched")]
    [InlineData("""var myCallback = "http://a"; Store(myCallback.Replace("http://", "https://"));""", "myCallback patched")]
    [InlineData("""var address = "http://a"; Store(address.Replace("http://", "https://"));""", "")]
    [InlineData("""Store(Fixed("a")); string Fixed(string redirect) => redirect.Replace("http://", "https://");""", "redirect patched")]
    [InlineData("""Store(Fixed("a")); string Fixed(string theCallback) => theCallback.Replace("http://", "https://");""", "theCallback patched")]
    [InlineData("""Store(Fixed("a")); string Fixed(string address) => address.Replace("http://", "https://");""", "")]
    [InlineData("""if (env.IsDevelopment()) { Store(request.GetDisplayUrl().Replace("http://", "https://")); }""", "", "private readonly IHostEnvironment env = null!;")]
    public void Repairs_of_an_address(string statements, string expected, string members = "", string types = "") => Assert.Equal(expected, HeaderReading.Of(statements, members, types));
}
