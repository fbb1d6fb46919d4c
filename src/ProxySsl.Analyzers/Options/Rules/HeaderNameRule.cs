using System.Collections.Generic;
using System.Threading;
using ProxySsl.Analyzers.Knowledge;

namespace ProxySsl.Analyzers.Options;

/// <summary>PSSL2008: a header name that cannot work: one whose value is no scheme, or none at all.</summary>
internal static class HeaderNameRule
{
    internal static IEnumerable<Finding> Find(CompilationModel model, ForwardedHeadersSetup setup, CancellationToken cancellationToken)
    {
        foreach (var options in setup.Objects)
        {
            if (!options.MayBeUsed())
            {
                continue;
            }

            foreach (var place in options.Places)
            {
                foreach (var name in place.HeaderNames)
                {
                    if (name.Text is { } text && Problem(name.Property, text) is { } problem)
                    {
                        yield return new Finding(Descriptors.HeaderName, name.Location, name.Property, text, problem);
                    }
                }
            }
        }
    }

    private static string? Problem(string property, string text)
    {
        if (string.IsNullOrWhiteSpace(text))
        {
            return "an empty name makes the middleware throw on the first request; leave the option out to keep the default name";
        }

        if (property != "ForwardedProtoHeaderName"
            || ForwardedHeaderNames.Find(text) is not { } header
            || header is { Family: HeaderFamily.Scheme, Style: HeaderValueStyle.Scheme })
        {
            return null;
        }

        return header.Style switch
        {
            HeaderValueStyle.Switch => "its value is on or off, which becomes the request's scheme as it is; let the proxy send X-Forwarded-Proto",
            HeaderValueStyle.Structured => "its value is more than a scheme and is ignored; let the proxy send X-Forwarded-Proto",
            _ => "its value is no scheme; let the proxy send X-Forwarded-Proto",
        };
    }
}
