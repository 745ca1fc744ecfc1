using System.Buffers.Binary;
using System.Globalization;
using System.Text;

namespace Governance.EventStore.Log;

/// <summary>
/// A witness's word on a checkpoint (C2SP tlog-cosignature, <c>cosignature/v1</c>, Ed25519): at that time it was the largest that the witness had seen of
/// the log, and it goes on from every one that it saw before.
/// </summary>
public static class Cosignature
{
    /// <summary>Type of a witness's key: what such a key signs can never be taken for the signature of a log.</summary>
    internal const byte Type = 0x04;

    /// <summary>Eight bytes of time, then the signature.</summary>
    internal const int Bytes = sizeof(ulong) + Ed25519.SignatureBytes;

    /// <summary>What is signed: two lines that say what it is and when it was, then the whole text of the checkpoint.</summary>
    /// <param name="unixSeconds">Seconds since 1970, not negative.</param>
    internal static byte[] Message(string checkpoint, long unixSeconds) =>
        Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"cosignature/v1\ntime {unixSeconds}\n{checkpoint}"));
}

/// <summary>The public key of a witness.</summary>
/// <param name="name">Neither empty nor with white space or a plus sign.</param>
/// <param name="publicKey">32 bytes.</param>
public sealed class WitnessKey(string name, byte[] publicKey)
{
    private readonly byte[] _publicKey = [.. publicKey];

    public string Name => name;

    /// <summary>The first four bytes of SHA-256 of name, newline, type and key, big-endian.</summary>
    public uint Id { get; } = VerifierKey.IdOf(name, Cosignature.Type, publicKey);

    /// <summary>Reads a key as <see cref="ToString"/> writes it; null when it is none, is of another type, or its id is not its own.</summary>
    public static WitnessKey? Parse(string text) => VerifierKey.Parse(text, Cosignature.Type) is var (name, publicKey) ? new WitnessKey(name, publicKey) : null;

    /// <summary>When the witness cosigned a checkpoint, in seconds since 1970; null when it did not. Of several cosignatures, the latest; one that does not verify spoils all.</summary>
    public long? Cosigned(SignedNote note)
    {
        ArgumentNullException.ThrowIfNull(note);
        var own = note.Signatures.Where(signature => signature.Name == Name && signature.KeyId == Id).Select(signature => TimeOf(note.Text, signature.Signature.Span)).ToList();
        return own.Contains(null) ? null : own.Max();
    }

    /// <summary>True when a signature is said to be this witness's, whether it verifies or not.</summary>
    public bool IsNamedIn(SignedNote note)
    {
        ArgumentNullException.ThrowIfNull(note);
        return note.Signatures.Any(signature => signature.Name == Name && signature.KeyId == Id);
    }

    public override string ToString() => VerifierKey.Write(Name, Id, Cosignature.Type, _publicKey);

    private long? TimeOf(string text, ReadOnlySpan<byte> signature)
    {
        if (signature.Length != Cosignature.Bytes || BinaryPrimitives.ReadUInt64BigEndian(signature) is var time && time > long.MaxValue)
            return null;
        return Ed25519.Verify(_publicKey, Cosignature.Message(text, (long)time), signature[sizeof(ulong)..].ToArray()) ? (long)time : null;
    }
}

/// <summary>A private key that cosigns checkpoints.</summary>
/// <param name="privateKey">The seed of RFC 8032, 32 bytes.</param>
public sealed class Cosigner(string name, byte[] privateKey)
{
    private readonly byte[] _privateKey = [.. privateKey];

    public WitnessKey Key { get; } = new(name, Ed25519.PublicKeyOf(privateKey));

    /// <summary>The checkpoint with the signatures of its log and one of this witness, in the place of any that it gave before.</summary>
    /// <param name="unixSeconds">Seconds since 1970.</param>
    public SignedNote Cosign(SignedNote checkpoint, long unixSeconds)
    {
        ArgumentNullException.ThrowIfNull(checkpoint);
        ArgumentOutOfRangeException.ThrowIfNegative(unixSeconds);
        var bytes = new byte[Cosignature.Bytes];
        BinaryPrimitives.WriteUInt64BigEndian(bytes, (ulong)unixSeconds);
        Ed25519.Sign(_privateKey, Cosignature.Message(checkpoint.Text, unixSeconds)).CopyTo(bytes, sizeof(ulong));
        var others = checkpoint.Signatures.Where(signature => signature.Name != Key.Name || signature.KeyId != Key.Id);
        return checkpoint with { Signatures = [.. others, new NoteSignature(Key.Name, Key.Id, bytes)] };
    }
}
