using System.Buffers.Binary;
using System.Text;

namespace Governance.EventStore.Log;

/// <summary>A private key that signs notes.</summary>
/// <param name="name">What its signatures are signed with; of a log, its origin.</param>
/// <param name="privateKey">The seed of RFC 8032, 32 bytes.</param>
public sealed class NoteSigner(string name, byte[] privateKey)
{
    private readonly byte[] _privateKey = [.. privateKey];

    /// <summary>What verifies its signatures.</summary>
    public VerifierKey Key { get; } = new(name, Ed25519.PublicKeyOf(privateKey));

    internal NoteSignature Sign(string text) => new(Key.Name, Key.Id, Ed25519.Sign(_privateKey, Encoding.UTF8.GetBytes(text)));
}

/// <summary>One signature line of a note.</summary>
/// <param name="KeyId">With the name it says which key it is of.</param>
public sealed record NoteSignature(string Name, uint KeyId, ReadOnlyMemory<byte> Signature)
{
    public override string ToString()
    {
        var bytes = new byte[4 + Signature.Length];
        BinaryPrimitives.WriteUInt32BigEndian(bytes, KeyId);
        Signature.Span.CopyTo(bytes.AsSpan(4));
        return $"\u2014 {Name} {Convert.ToBase64String(bytes)}\n";
    }
}
