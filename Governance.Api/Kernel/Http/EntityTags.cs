using System.Globalization;
using Microsoft.Net.Http.Headers;

namespace Governance.Api.Kernel.Http;

/// <summary>Entity tags: <c>"12"</c> is the version of one thing; a read of several is tagged by instant and position.</summary>
public static class EntityTags
{
    public static string OfVersion(long version) => string.Create(CultureInfo.InvariantCulture, $"\"{version}\"");

    /// <summary>The version that <c>If-Match</c> names; null when there is none, or it is <c>*</c>.</summary>
    /// <returns>False when the header is not one strong tag of a version.</returns>
    public static bool TryReadIfMatch(HttpRequest request, out long? version)
    {
        version = null;
        var header = request.Headers.IfMatch;
        if (header.Count == 0 || header is ["*"])
            return true;
        if (header.Count > 1 || !EntityTagHeaderValue.TryParse(header[0], out var tag) || tag.IsWeak
            || !long.TryParse(tag.Tag.AsSpan().Trim('"'), NumberStyles.None, CultureInfo.InvariantCulture, out var number))
            return false;
        version = number;
        return true;
    }

    /// <summary>True when the client holds what the tag names already.</summary>
    public static bool IsFresh(HttpRequest request, string tag) =>
        EntityTagHeaderValue.TryParseList(request.Headers.IfNoneMatch, out var held)
        && held.Any(h => h.Tag == "*" || h.Compare(EntityTagHeaderValue.Parse(tag), useStrongComparison: false));
}
