using System.Security.Claims;
using Governance.Domain.Kernel;

namespace Governance.Api.Access;

/// <summary>What a personal voting link opens: the votes that one person may cast in one ballot.</summary>
/// <param name="Issue">Number of the issue of the ballot's links that it is of; those of earlier issues open nothing any more.</param>
public sealed record VotingLink(AssociationId Association, BallotId Ballot, PersonId Person, int Issue)
{
    /// <summary>The link that a request came by; null for none.</summary>
    public static VotingLink? Of(ClaimsPrincipal user) => (user.Identity as VotingLinkIdentity)?.Link;
}

/// <summary>Who came by a voting link.</summary>
public sealed class VotingLinkIdentity(VotingLink link, string scheme) : ClaimsIdentity([new Claim(ClaimTypes.NameIdentifier, "voting-link:" + link.Person)], scheme)
{
    public VotingLink Link { get; } = link;
}

/// <summary>Makes and reads the secrets of voting links.</summary>
public sealed class VotingLinks(InstallationKey keys)
{
    /// <summary>What a secret begins with, where others are taken too.</summary>
    public const string Prefix = "vote.";

    private const int GuidBytes = 16, PlainBytes = (3 * GuidBytes) + sizeof(int);

    /// <summary>A secret, in letters that an address takes.</summary>
    public string Seal(VotingLink link)
    {
        Span<byte> plain = stackalloc byte[PlainBytes];
        link.Association.Value.TryWriteBytes(plain);
        link.Ballot.Value.TryWriteBytes(plain[GuidBytes..]);
        link.Person.Value.TryWriteBytes(plain[(2 * GuidBytes)..]);
        BitConverter.TryWriteBytes(plain[(3 * GuidBytes)..], link.Issue);
        return SealedSecret.Seal(keys.VotingLinks, Prefix, plain);
    }

    /// <summary>What a secret opens; null for one that was not made here.</summary>
    public VotingLink? Open(string secret)
    {
        Span<byte> plain = stackalloc byte[PlainBytes];
        return SealedSecret.TryOpen(keys.VotingLinks, Prefix, secret, plain)
            ? new VotingLink(
                AssociationId.Of(new Guid(plain[..GuidBytes])), BallotId.Of(new Guid(plain.Slice(GuidBytes, GuidBytes))),
                PersonId.Of(new Guid(plain.Slice(2 * GuidBytes, GuidBytes))), BitConverter.ToInt32(plain[(3 * GuidBytes)..]))
            : null;
    }
}
