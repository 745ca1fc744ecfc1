using System.Security.Cryptography;
using System.Text;
using Governance.Domain.Kernel;

namespace Governance.Api.Import;

/// <summary>
/// Identifiers of things that a file names by words of its own (<c>labo-cites</c>): the same words give the same identifier in every import.
/// UUIDs of version 8 (RFC 9562, section 5.8), their bits taken from SHA-256.
/// </summary>
public static class KeyedIdentifiers
{
    public static AssociationId Association(string slug) => AssociationId.Of(Derive(slug, nameof(AssociationId), slug));

    /// <param name="kind">The identifier's type, so that a member and a group may bear the same words.</param>
    public static Guid Derive(string association, string kind, string words)
    {
        Span<byte> hash = stackalloc byte[32];
        SHA256.HashData(Encoding.UTF8.GetBytes($"{association}\n{kind}\n{words}"), hash);
        hash[6] = (byte)(0x80 | (hash[6] & 0x0F));
        hash[8] = (byte)(0x80 | (hash[8] & 0x3F));
        return new Guid(hash[..16], bigEndian: true);
    }
}
