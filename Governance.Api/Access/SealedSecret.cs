using System.Buffers.Text;
using System.Security.Cryptography;

namespace Governance.Api.Access;

/// <summary>
/// Secrets that hold what they open: AES-256-GCM under a key that lies outside the database, so that whoever reads the database cannot make one, and in
/// letters that an address takes. Nothing of them is stored.
/// </summary>
internal static class SealedSecret
{
    private const int NonceBytes = 12, TagBytes = 16;

    /// <param name="prefix">What a secret of its kind begins with.</param>
    public static string Seal(byte[] key, string prefix, ReadOnlySpan<byte> plain)
    {
        var secret = new byte[NonceBytes + plain.Length + TagBytes];
        RandomNumberGenerator.Fill(secret.AsSpan(0, NonceBytes));
        // The cipher of .NET is made for one caller at a time; making one costs a key schedule, less than a lock that everybody shares.
        using var cipher = new AesGcm(key, TagBytes);
        cipher.Encrypt(secret.AsSpan(0, NonceBytes), plain, secret.AsSpan(NonceBytes, plain.Length), secret.AsSpan(NonceBytes + plain.Length));
        return prefix + Base64Url.EncodeToString(secret);
    }

    /// <summary>Fills <paramref name="plain"/> with what a secret holds; false for one that was not made here, or holds another number of bytes.</summary>
    public static bool TryOpen(byte[] key, string prefix, string secret, Span<byte> plain)
    {
        var bytes = new byte[NonceBytes + plain.Length + TagBytes];
        if (!secret.StartsWith(prefix, StringComparison.Ordinal) || !Base64Url.IsValid(secret.AsSpan(prefix.Length), out var length) || length != bytes.Length)
            return false;
        Base64Url.DecodeFromChars(secret.AsSpan(prefix.Length), bytes);
        using var cipher = new AesGcm(key, TagBytes);
        try
        {
            cipher.Decrypt(bytes.AsSpan(0, NonceBytes), bytes.AsSpan(NonceBytes, plain.Length), bytes.AsSpan(NonceBytes + plain.Length), plain);
            return true;
        }
        catch (AuthenticationTagMismatchException)
        {
            return false;
        }
    }
}
