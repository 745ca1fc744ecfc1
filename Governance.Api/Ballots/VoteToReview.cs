using System.Security.Cryptography;
using Governance.Api.Kernel.Http;
using Governance.Domain.Kernel;
using Governance.Domain.Voting;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.DataProtection;

namespace Governance.Api.Ballots;

/// <summary>
/// What somebody has chosen and not cast yet, between the form and the page where it is read once more: in an encrypted cookie, which this host alone opens
/// and for this account alone, so that the page has an address to come back to and no choice stands in an address, a log or a table.
/// </summary>
public static class VoteToReview
{
    private const string Name = "governance-vote";

    private const int GuidBytes = 16;

    // A vote is read and cast in a minute; a browser left behind forgets it soon after.
    private static readonly TimeSpan Life = TimeSpan.FromMinutes(30);

    // The votes of many mandates do not fit in one cookie.
    private static readonly ChunkingCookieManager Cookies = new();

    public static void Keep(HttpContext http, BallotId ballot, IReadOnlyList<(MandateId Mandate, Choice Choice)> choices)
    {
        var bytes = choices.SelectMany(c => c.Mandate.Value.ToByteArray().Append((byte)c.Choice)).ToArray();
        Cookies.AppendResponseCookie(http, Name, Convert.ToBase64String(Protector(http, ballot).Protect(bytes, Life)), Options(http, ballot));
    }

    /// <returns>Nothing when none was kept, too long ago, or by another account.</returns>
    public static IReadOnlyList<(MandateId Mandate, Choice Choice)> Read(HttpContext http, BallotId ballot)
    {
        if (Cookies.GetRequestCookie(http, Name) is not { } kept)
            return [];
        try
        {
            return [.. Protector(http, ballot).Unprotect(Convert.FromBase64String(kept)).Chunk(GuidBytes + 1).Select(c => (MandateId.Of(new Guid(c.AsSpan(0, GuidBytes))), (Choice)c[GuidBytes]))];
        }
        catch (Exception e) when (e is CryptographicException or FormatException)
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
