using System.Security.Cryptography;
using System.Text;

namespace Governance.Api.Access;

/// <summary>Keys of the installation, derived from the master key that lies outside the database: what names an account is not stored in clear.</summary>
public sealed class InstallationKey
{
    private const int NonceBytes = 12;
    private const int TagBytes = 16;

    private readonly byte[] _sealing;
    private readonly byte[] _lookup;
    private readonly byte[] _sample;

    /// <param name="derive">Gives 32 bytes for a purpose, the same for ever.</param>
    public InstallationKey(Func<string, byte[]> derive)
    {
        _sealing = derive("accounts: sealing");
        _lookup = derive("accounts: lookup");
        _sample = derive("accounts: sample");
        Requests = derive("commands: request");
        VotingLinks = derive("ballots: voting links");
        ConvocationLinks = derive("mail: convocation links");
        BounceAddresses = derive("mail: bounce addresses");
    }

    /// <summary>Keys the hash of a command's request.</summary>
    public byte[] Requests { get; }

    /// <summary>Seals voting links.</summary>
    public byte[] VotingLinks { get; }

    /// <summary>Seals the links of convocations.</summary>
    public byte[] ConvocationLinks { get; }

    /// <summary>Marks the addresses to which undelivered messages come back.</summary>
    public byte[] BounceAddresses { get; }

    /// <summary>By what a login is found: the same for the same text, telling nothing without the key.</summary>
    public byte[] Lookup(string text) => HMACSHA256.HashData(_lookup, Encoding.UTF8.GetBytes(text));

    /// <summary>AES-GCM: nonce, ciphertext, tag.</summary>
    public byte[] Seal(string text)
    {
        var plain = Encoding.UTF8.GetBytes(text);
        var output = new byte[NonceBytes + plain.Length + TagBytes];
        RandomNumberGenerator.Fill(output.AsSpan(0, NonceBytes));
        using var aes = new AesGcm(_sealing, TagBytes);
        aes.Encrypt(output.AsSpan(0, NonceBytes), plain, output.AsSpan(NonceBytes, plain.Length), output.AsSpan(NonceBytes + plain.Length));
        return output;
    }

    /// <exception cref="CryptographicException">Sealed under another key, or changed since.</exception>
    public string Open(ReadOnlySpan<byte> text)
    {
        var plain = new byte[text.Length - NonceBytes - TagBytes];
        using var aes = new AesGcm(_sealing, TagBytes);
        aes.Decrypt(text[..NonceBytes], text[NonceBytes..^TagBytes], text[^TagBytes..], plain);
        return Encoding.UTF8.GetString(plain);
    }

    /// <summary>Password of a sample account: of this installation alone, so that no one knows it from the source.</summary>
    public string SamplePassword(string login)
    {
        const string letters = "abcdefghjkmnpqrstuvwxyz23456789";
        var hash = HMACSHA256.HashData(_sample, Encoding.UTF8.GetBytes(login));
        return string.Join('-', Enumerable.Range(0, 4).Select(part =>
            string.Concat(Enumerable.Range(0, 4).Select(at => letters[hash[(part * 4) + at] % letters.Length]))));
    }
}

/// <summary>Random texts that open something once or until they are revoked; only their hash is kept.</summary>
public static class Secrets
{
    /// <summary>256 random bits in base64url.</summary>
    public static string New() => System.Buffers.Text.Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(32));

    public static byte[] Hash(string secret) => SHA256.HashData(Encoding.UTF8.GetBytes(secret));
}
