using System.Security.Claims;
using System.Text.Encodings.Web;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Options;

namespace Governance.Api.Access;

/// <summary>Who a request is from: a cookie for pages, <c>Authorization: Bearer</c> for the API.</summary>
public static class Authentication
{
    public const string Scheme = "governance";

    /// <summary>The cookie of whoever signed in by a password.</summary>
    public const string SignedInCookie = "governance";

    /// <summary>
    /// An API that changes things takes tokens alone, so that no other site can make a browser use its cookie there.
    /// </summary>
    public static string SchemeOf(HttpContext http) =>
        http.Request.Headers.ContainsKey("Authorization") || (http.Request.Path.StartsWithSegments("/api") && !IsSafe(http.Request.Method))
            ? TokenAuthentication.Scheme
            : CameByLink(http) ? VotingLinkAuthentication.Scheme
            : IdentityConstants.ApplicationScheme;

    /// <summary>The account that signed in; null for a visitor.</summary>
    public static Guid? AccountOf(ClaimsPrincipal user) =>
        user.Identity is { IsAuthenticated: true } && Guid.TryParse(user.FindFirstValue(ClaimTypes.NameIdentifier), out var id) ? id : null;

    // Whoever is signed in is who they are, also where a link was opened before; one that opens nothing any more stands in nobody's way.
    private static bool CameByLink(HttpContext http) =>
        !http.Request.Cookies.ContainsKey(SignedInCookie)
        && http.Request.Cookies.TryGetValue(VotingLinkAuthentication.Cookie, out var secret)
        && http.RequestServices.GetRequiredService<VotingLinks>().Open(secret) is not null;

    private static bool IsSafe(string method) => HttpMethods.IsGet(method) || HttpMethods.IsHead(method) || HttpMethods.IsOptions(method);
}

/// <summary>
/// Who opened a personal voting link in a browser: its secret in a cookie that is sent to the pages of that ballot alone, so that it stands in no address
/// but the first.
/// </summary>
public sealed class VotingLinkAuthentication(
    IOptionsMonitor<AuthenticationSchemeOptions> options, ILoggerFactory loggers, UrlEncoder encoder, VotingLinks votingLinks)
    : AuthenticationHandler<AuthenticationSchemeOptions>(options, loggers, encoder)
{
    public new const string Scheme = "voting-link";

    public const string Cookie = "governance-voting";

    protected override Task<AuthenticateResult> HandleAuthenticateAsync() => Task.FromResult(
        votingLinks.Open(Request.Cookies[Cookie] ?? "") is { } link
            ? AuthenticateResult.Success(new AuthenticationTicket(new ClaimsPrincipal(new VotingLinkIdentity(link, Scheme)), Scheme))
            : AuthenticateResult.Fail("unknown voting link"));
}

/// <summary>Bearer tokens: opaque, random, kept as a hash; or the secret of a voting link.</summary>
public sealed class TokenAuthentication(
    IOptionsMonitor<AuthenticationSchemeOptions> options, ILoggerFactory loggers, UrlEncoder encoder, AccountLinks links, VotingLinks votingLinks)
    : AuthenticationHandler<AuthenticationSchemeOptions>(options, loggers, encoder)
{
    public new const string Scheme = "Bearer";

    private const string Prefix = "Bearer ";

    protected override async Task<AuthenticateResult> HandleAuthenticateAsync()
    {
        if (Request.Headers.Authorization is not [{ } header] || !header.StartsWith(Prefix, StringComparison.OrdinalIgnoreCase))
            return AuthenticateResult.NoResult();
        var secret = header[Prefix.Length..].Trim();
        if (votingLinks.Open(secret) is { } link)
            return AuthenticateResult.Success(new AuthenticationTicket(new ClaimsPrincipal(new VotingLinkIdentity(link, Scheme)), Scheme));
        if (await links.AccountOfTokenAsync(secret, Context.RequestAborted) is not { } account)
            return AuthenticateResult.Fail("unknown token");
        var identity = new ClaimsIdentity([new Claim(ClaimTypes.NameIdentifier, account.ToString("D"))], Scheme);
        return AuthenticateResult.Success(new AuthenticationTicket(new ClaimsPrincipal(identity), Scheme));
    }
}
