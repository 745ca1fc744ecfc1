using System.Security.Cryptography;
using System.Text;

namespace Governance.EventStore.Vault;

/// <summary>
/// What one secret ballot's papers are sealed with. Two keys are derived from it (HKDF-SHA256, RFC 5869): one makes an elector's row, HMAC-SHA256 of
/// the elector; one seals the paper there, AES-256-GCM. A third seals what a browser keeps for a voter. Without it all three tell nothing.
/// </summary>
/// <remarks>A sealed paper is a <see cref="SealedForm"/> as long as every other of the ballot; association, ballot and row are bound to it.</remarks>
public sealed class BallotSecret : IDisposable
{
    internal const int Bytes = 32;

    private readonly byte[] _rows, _papers, _browser;
    private readonly byte[] _bound;

    internal BallotSecret(byte[] secret, Guid association, Guid ballot)
    {
        (_rows, _papers, _browser) = (Derive("rows"), Derive("papers"), Derive("browser"));
        CryptographicOperations.ZeroMemory(secret);
        _bound = [.. association.ToByteArray(bigEndian: true), .. ballot.ToByteArray(bigEndian: true)];

        byte[] Derive(string purpose) => HKDF.DeriveKey(HashAlgorithmName.SHA256, secret, Bytes, info: Encoding.UTF8.GetBytes("governance ballot " + purpose));
    }

    /// <summary>The key of an elector's row, 32 bytes.</summary>
    public byte[] RowOf(Guid elector) => HMACSHA256.HashData(_rows, elector.ToByteArray(bigEndian: true));

    /// <summary>Seals a paper for a row.</summary>
    public byte[] Seal(ReadOnlySpan<byte> row, ReadOnlySpan<byte> paper) => SealedForm.Seal(_papers, paper, [.. _bound, .. row]);

    /// <summary>Opens the paper of a row; null when it was not sealed for this row with this secret, or was altered since.</summary>
    public byte[]? Open(ReadOnlySpan<byte> row, ReadOnlySpan<byte> sealedPaper) => Opened(_papers, sealedPaper, row);

    /// <summary>Seals what a voter's browser keeps for a while, for one account.</summary>
    public byte[] SealForBrowser(string account, ReadOnlySpan<byte> text) => SealedForm.Seal(_browser, text, [.. _bound, .. Encoding.UTF8.GetBytes(account)]);

    /// <summary>What was sealed for the browser of this account; null when it was not, or was altered.</summary>
    public byte[]? OpenFromBrowser(string account, ReadOnlySpan<byte> sealedText) => Opened(_browser, sealedText, Encoding.UTF8.GetBytes(account));

    public void Dispose()
    {
        CryptographicOperations.ZeroMemory(_rows);
        CryptographicOperations.ZeroMemory(_papers);
        CryptographicOperations.ZeroMemory(_browser);
    }

    private byte[]? Opened(byte[] key, ReadOnlySpan<byte> sealedBytes, ReadOnlySpan<byte> place)
    {
        try
        {
            return SealedForm.Open(key, sealedBytes, [.. _bound, .. place]);
        }
        catch (CryptographicException)
        {
            return null;
        }
    }
}
