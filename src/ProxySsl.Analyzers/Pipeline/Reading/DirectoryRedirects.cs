using System.Collections.Generic;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;
using ProxySsl.Analyzers.Flow;
using ProxySsl.Analyzers.Knowledge;

namespace ProxySsl.Analyzers.Pipeline;

/// <summary>
/// Reads the options of default files, the directory browser and the file server: of what forwarded headers decide they use nothing but the
/// address that they redirect a directory without its slash to, and the options can do without the redirect.
/// </summary>
internal static class DirectoryRedirects
{
    private const string FileServer = "UseFileServer";

    /// <summary>What a call is to the order of a pipeline; null where it redirects nothing.</summary>
    internal static MiddlewareFact? Read(IInvocationOperation call, MiddlewareFact fact)
    {
        if (fact.Method is not (FileServer or "UseDefaultFiles" or "UseDirectoryBrowser")
            || call.Arguments.FirstOrDefault(a => a.Parameter is { Type.Name: "FileServerOptions" or "DefaultFilesOptions" or "DirectoryBrowserOptions" }) is not { Value: var argument })
        {
            return fact;
        }

        var options = argument.Unwrapped();
        var local = options as ILocalReferenceOperation;
        if ((local is null ? options : local.SingleValue()?.Unwrapped()) is not IObjectCreationOperation created)
        {
            return fact with { IsAssumed = true };
        }

        return IsOff(created, local, "RedirectToAppendTrailingSlash", byDefault: false)
            || (fact.Method == FileServer && IsOff(created, local, "EnableDefaultFiles", byDefault: false) && IsOff(created, local, "EnableDirectoryBrowsing", byDefault: true))
            ? null
            : fact;
    }

    private static bool IsOff(IObjectCreationOperation created, ILocalReferenceOperation? local, string property, bool byDefault)
    {
        var values = Values(created, local, property).ToList();
        return values.Count == 0 ? byDefault : values.TrueForAll(v => v.ConstantValue is { HasValue: true, Value: false });
    }

    // new FileServerOptions { EnableDefaultFiles = false }, options.EnableDefaultFiles = false
    private static IEnumerable<IOperation> Values(IObjectCreationOperation created, ILocalReferenceOperation? local, string property)
    {
        var inside = created.Initializer?.Initializers.OfType<ISimpleAssignmentOperation>() ?? [];
        var after = local is null ? [] : OperationIndex.Of(local).References(local.Local)
            .Select(r => r.Parent).OfType<IPropertyReferenceOperation>().Select(p => p.Parent).OfType<ISimpleAssignmentOperation>();
        return inside.Concat(after).Where(a => a.Target is IPropertyReferenceOperation target && target.Property.Name == property).Select(a => a.Value.Unwrapped());
    }
}
