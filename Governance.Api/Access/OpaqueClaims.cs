using System.Security.Claims;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Options;

namespace Governance.Api.Access;

/// <summary>What a cookie says of an account: its opaque id and the stamp of its credentials, no name.</summary>
public sealed class OpaqueClaims(IOptions<IdentityOptions> options) : IUserClaimsPrincipalFactory<Account>
{
    public Task<ClaimsPrincipal> CreateAsync(Account user) => Task.FromResult(new ClaimsPrincipal(new ClaimsIdentity(
        [
            new Claim(ClaimTypes.NameIdentifier, user.Id.ToString("D")),
            new Claim(options.Value.ClaimsIdentity.SecurityStampClaimType, user.SecurityStamp),
        ],
        IdentityConstants.ApplicationScheme)));
}
