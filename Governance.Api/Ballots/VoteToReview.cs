using System.Security.Cryptography;
using System.Text.Json;
using Governance.Api.Kernel.Http;
using Governance.Domain.Kernel;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.WebUtilities;

namespace Governance.Api.Ballots;

/// <summary>
/// What somebody has chosen and not cast yet, between the form and the page where it is read once more: in an encrypted cookie, which this host alone opens
/// and for this account alone, so that the page has an address to come back to and no choice stands in an address, a log or a table.
/// </summary>
/// <remarks>
/// Of a secret ballot it is sealed, at one length for all papers, with what is derived from the ballot's secret: whoever has kept the cookie, with every key of the host, opens
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
    /// <param name="box">Of a secret ballot, with its contest; null of an open one.</param>
    public static bool Keep(HttpContext http, BallotId ballot, IReadOnlyList<VoteToCast> votes, BallotBox? box)
    {
        // Of signs that a cookie takes as they are: others would be escaped, and its length would vary.
        var kept = WebEncoders.Base64UrlEncode(
            box is null ? Protector(http, ballot).Protect(JsonSerializer.SerializeToUtf8Bytes(votes, EventCatalogue.Json), Life) : box.SealForBrowser(http.Features.Get<RequestScope>()!.Actor.Id, votes));
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
            var bytes = WebEncoders.Base64UrlDecode(kept);
            return (box is null
                ? JsonSerializer.Deserialize<List<VoteToCast>>(Protector(http, ballot).Unprotect(bytes), EventCatalogue.Json)
                : box.OpenFromBrowser(http.Features.Get<RequestScope>()!.Actor.Id, bytes)) ?? [];
        }
        catch (Exception e) when (e is CryptographicException or FormatException or JsonException or ArgumentException)
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
