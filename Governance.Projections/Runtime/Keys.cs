using System.Security.Cryptography;
using System.Text;
using Governance.Domain.Kernel;

namespace Governance.Projections.Runtime;

/// <summary>Keys of rows that tell of something without an identifier of its own.</summary>
public static class Keys
{
    /// <summary>One identifier for two together: a UUID of version 8 (RFC 9562, section 5.8) from the SHA-256 of both.</summary>
    public static Guid Of(Guid first, Guid second)
    {
        Span<byte> both = stackalloc byte[32];
        first.TryWriteBytes(both, bigEndian: true, out _);
        second.TryWriteBytes(both[16..], bigEndian: true, out _);
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(both, hash);
        return Formed(hash);
    }

    /// <summary>One identifier for a thing inside one stream, made in the same way.</summary>
    public static Guid Of(Guid first, StreamId stream) => Of(first, stream.ToString());

    /// <summary>One identifier for what has a name inside a thing, made in the same way.</summary>
    public static Guid Of(Guid first, string name)
    {
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(Encoding.UTF8.GetBytes($"{first:D} {name}"), hash);
        return Formed(hash);
    }

    private static Guid Formed(Span<byte> hash)
    {
        hash[6] = (byte)((hash[6] & 0x0f) | 0x80);
        hash[8] = (byte)((hash[8] & 0x3f) | 0x80);
        return new Guid(hash[..16], bigEndian: true);
    }
}
