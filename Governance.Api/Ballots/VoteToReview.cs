using System.Security.Cryptography;
using System.Text.Json;
using Governance.Api.Kernel.Http;
using Governance.Domain.Kernel;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.DataProtection;

namespace Governance.Api.Ballots;

/// <summary>
/// What somebody has chosen and not cast yet, between the form and the page where it is read once more: in an encrypted cookie, which this host alone opens
/// and for this account alone, so that the page has an address to come back to and no choice stands in an address, a log or a table.
/// </summary>
/// <remarks>
/// Of a secret ballot it is sealed with what is derived from the ballot's secret: whoever has kept the cookie, with every key of the host, opens
/// nothing once that is destroyed.
/// </remarks>
public static class VoteToReview
{
    private const string Name = "governance-vote";

    // What is longer than this is not kept: browsers and the host bound the headers of a request.
    private const int MostCharacters = 12_000;

    // A vote is read and cast in a minute; a browser left behind forgets it soon after.
    private static readonly TimeSpan Life = TimeSpan.FromMinutes(30);

    // The votes of many mandates do not fit in one cookie.
    private static readonly ChunkingCookieManager Cookies = new();

    /// <returns>False when it is too long to be kept.</returns>
    /// <param name="box">Of a secret ballot; null of an open one.</param>
    public static bool Keep(HttpContext http, BallotId ballot, IReadOnlyList<VoteToCast> votes, BallotBox? box)
    {
        var bytes = JsonSerializer.SerializeToUtf8Bytes(votes, EventCatalogue.Json);
        var kept = Convert.ToBase64String(box is null ? Protector(http, ballot).Protect(bytes, Life) : box.SealForBrowser(http.Features.Get<RequestScope>()!.Actor.Id, bytes));
        if (kept.Length > MostCharacters)
            return false;
        Cookies.AppendResponseCookie(http, Name, kept, Options(http, ballot));
        return true;
    }

    /// <returns>Nothing when none was kept, too long ago, or by another account.</returns>
    public static IReadOnlyList<VoteToCast> Read(HttpContext http, BallotId ballot, BallotBox? box)
    {
        if (Cookies.GetRequestCookie(http, Name) is not { } kept)
            return [];
        try
        {
            var bytes = Convert.FromBase64String(kept);
            var opened = box is null ? Protector(http, ballot).Unprotect(bytes) : box.OpenFromBrowser(http.Features.Get<RequestScope>()!.Actor.Id, bytes);
            return opened is null ? [] : JsonSerializer.Deserialize<List<VoteToCast>>(opened, EventCatalogue.Json) ?? [];
        }
        catch (Exception e) when (e is CryptographicException or FormatException or JsonException)
        {
            return [];
        }
    }

    public static void Forget(HttpContext http, BallotId ballot) => Cookies.DeleteCookie(http, Name, Options(http, ballot));

    private static ITimeLimitedDataProtector Protector(HttpContext http, BallotId ballot) => http.RequestServices.GetRequiredService<IDataProtectionProvider>()
        .CreateProtector("Governance.VoteToReview", ballot.ToString(), http.Features.Get<RequestScope>()!.Actor.Id).ToTimeLimitedDataProtector();

    private static CookieOptions Options(HttpContext http, BallotId ballot) => new()
    {
        HttpOnly = true,
        IsEssential = true,
        MaxAge = Life,
        Path = $"/{http.Request.RouteValues["slug"]}/ballots/{ballot}",
        SameSite = SameSiteMode.Strict,
        Secure = Transport.NeedsSecureCookies(http),
    };
}
