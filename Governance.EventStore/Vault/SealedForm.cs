using System.Security.Cryptography;

namespace Governance.EventStore.Vault;

/// <summary>The one form of what is sealed here, AES-256-GCM: format (1 byte), nonce (12), ciphertext, tag (16).</summary>
internal static class SealedForm
{
    private const byte Format = 1;
    private const int NonceBytes = 12, TagBytes = 16;

    /// <param name="bound">What the sealed bytes are for: they open nowhere else.</param>
    public static byte[] Seal(byte[] key, ReadOnlySpan<byte> plaintext, byte[] bound)
    {
        var sealedBytes = new byte[1 + NonceBytes + plaintext.Length + TagBytes];
        sealedBytes[0] = Format;
        var nonce = sealedBytes.AsSpan(1, NonceBytes);
        RandomNumberGenerator.Fill(nonce);
        using var aes = new AesGcm(key, TagBytes);
        aes.Encrypt(nonce, plaintext, sealedBytes.AsSpan(1 + NonceBytes, plaintext.Length), sealedBytes.AsSpan(^TagBytes), bound);
        return sealedBytes;
    }

    /// <exception cref="AuthenticationTagMismatchException">Altered, sealed with another key, or for something else.</exception>
    /// <exception cref="CryptographicException">Not of this form.</exception>
    public static byte[] Open(byte[] key, ReadOnlySpan<byte> sealedBytes, byte[] bound)
    {
        if (sealedBytes.Length < 1 + NonceBytes + TagBytes || sealedBytes[0] != Format)
            throw new CryptographicException("Not sealed in a form that is known.");
        var plaintext = new byte[sealedBytes.Length - 1 - NonceBytes - TagBytes];
        using var aes = new AesGcm(key, TagBytes);
        aes.Decrypt(sealedBytes.Slice(1, NonceBytes), sealedBytes[(1 + NonceBytes)..^TagBytes], sealedBytes[^TagBytes..], plaintext, bound);
        return plaintext;
    }
}
