namespace Governance.Api.Face;

/// <summary>What the two stored choices (language, appearance) share.</summary>
internal static class Preference
{
    internal static CookieOptions Cookie(HttpContext context) => new()
    {
        HttpOnly = true,
        IsEssential = true,
        MaxAge = TimeSpan.FromDays(365),
        Path = "/",
        SameSite = SameSiteMode.Lax,
        Secure = Kernel.Http.Transport.NeedsSecureCookies(context),
    };

    /// <summary>The page to go back to, when it is one of this site; the home page otherwise. Drops a <c>lang</c> that would win.</summary>
    internal static string ReturnAddress(string? asked)
    {
        if (asked is null || !asked.StartsWith('/') || asked.StartsWith("//", StringComparison.Ordinal)
            || asked.StartsWith("/\\", StringComparison.Ordinal) || asked.Any(char.IsControl))
            return "/";
        var queryAt = asked.IndexOf('?', StringComparison.Ordinal);
        if (queryAt < 0)
            return asked;
        var kept = asked[(queryAt + 1)..].Split('&').Where(pair => pair is not ("lang=fr" or "lang=en"));
        var query = string.Join('&', kept);
        return asked[..queryAt] + (query.Length == 0 ? "" : "?" + query);
    }
}
