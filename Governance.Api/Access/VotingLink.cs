using System.Buffers.Text;
using System.Security.Claims;
using System.Security.Cryptography;
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

/// <summary>
/// Makes and reads the secrets of voting links: AES-256-GCM under a key that lies outside the database, so that whoever reads the database cannot make one.
/// Nothing of them is stored.
/// </summary>
public sealed class VotingLinks(InstallationKey keys)
{
    /// <summary>What a secret begins with, where others are taken too.</summary>
    public const string Prefix = "vote.";

    private const int NonceBytes = 12, TagBytes = 16, GuidBytes = 16, PlainBytes = (3 * GuidBytes) + sizeof(int);

    // The cipher of .NET is made for one caller at a time; making one costs a key schedule, less than a lock that all votes share.
    private AesGcm Cipher() => new(keys.VotingLinks, TagBytes);

    /// <summary>A secret, in letters that an address takes.</summary>
    public string Seal(VotingLink link)
    {
        Span<byte> plain = stackalloc byte[PlainBytes];
        link.Association.Value.TryWriteBytes(plain);
        link.Ballot.Value.TryWriteBytes(plain[GuidBytes..]);
        link.Person.Value.TryWriteBytes(plain[(2 * GuidBytes)..]);
        BitConverter.TryWriteBytes(plain[(3 * GuidBytes)..], link.Issue);
        var secret = new byte[NonceBytes + PlainBytes + TagBytes];
        RandomNumberGenerator.Fill(secret.AsSpan(0, NonceBytes));
        using var cipher = Cipher();
        cipher.Encrypt(secret.AsSpan(0, NonceBytes), plain, secret.AsSpan(NonceBytes, PlainBytes), secret.AsSpan(NonceBytes + PlainBytes));
        return Prefix + Base64Url.EncodeToString(secret);
    }

    /// <summary>What a secret opens; null for one that was not made here.</summary>
    public VotingLink? Open(string secret)
    {
        Span<byte> bytes = stackalloc byte[NonceBytes + PlainBytes + TagBytes];
        if (!secret.StartsWith(Prefix, StringComparison.Ordinal)
            || !Base64Url.IsValid(secret.AsSpan(Prefix.Length), out var length) || length != bytes.Length)
        {
            return null;
        }

        Base64Url.DecodeFromChars(secret.AsSpan(Prefix.Length), bytes);
        Span<byte> plain = stackalloc byte[PlainBytes];
        using var cipher = Cipher();
        try
        {
            cipher.Decrypt(bytes[..NonceBytes], bytes.Slice(NonceBytes, PlainBytes), bytes[(NonceBytes + PlainBytes)..], plain);
        }
        catch (AuthenticationTagMismatchException)
        {
            return null;
        }

        return new VotingLink(
            AssociationId.Of(new Guid(plain[..GuidBytes])), BallotId.Of(new Guid(plain.Slice(GuidBytes, GuidBytes))),
            PersonId.Of(new Guid(plain.Slice(2 * GuidBytes, GuidBytes))), BitConverter.ToInt32(plain[(3 * GuidBytes)..]));
    }
}
