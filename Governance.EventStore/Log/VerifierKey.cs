using System.Buffers.Binary;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Governance.EventStore.Log;

/// <summary>A public key that signs notes (C2SP signed-note, type 0x01: Ed25519).</summary>
public sealed class VerifierKey : IEquatable<VerifierKey>
{
    internal const byte Type = 0x01;

    private readonly byte[] _publicKey;

    /// <param name="name">Neither empty nor with white space or a plus sign.</param>
    /// <param name="publicKey">32 bytes.</param>
    public VerifierKey(string name, byte[] publicKey)
    {
        ArgumentNullException.ThrowIfNull(publicKey);
        if (!IsName(name))
            throw new ArgumentException("The name of a key is not empty and has neither white space nor a plus sign.", nameof(name));
        ArgumentOutOfRangeException.ThrowIfNotEqual(publicKey.Length, Ed25519.KeyBytes, nameof(publicKey));
        (Name, _publicKey) = (name, [.. publicKey]);
        Id = IdOf(name, Type, publicKey);
    }

    public string Name { get; }

    /// <summary>The first four bytes of SHA-256 of name, newline, type and key, big-endian.</summary>
    public uint Id { get; }

    /// <summary>Reads a key as <see cref="ToString"/> writes it; null when it is none, is of another type, or its id is not its own.</summary>
    public static VerifierKey? Parse(string text) => Parse(text, Type) is var (name, publicKey) ? new VerifierKey(name, publicKey) : null;

    /// <summary>Name and public key of a key of some type; null when the text is not how it is written.</summary>
    internal static (string Name, byte[] PublicKey)? Parse(string text, byte type)
    {
        ArgumentNullException.ThrowIfNull(text);
        // The base64 may have plus signs of its own.
        if (text.Split('+', 3) is not [var name, { Length: 8 }, var encoded] || !IsName(name)
            || Base64Text.Decode(encoded) is not { Length: Ed25519.KeyBytes + 1 } bytes || bytes[0] != type)
            return null;
        return Write(name, IdOf(name, type, bytes[1..]), type, bytes[1..]) == text ? (name, bytes[1..]) : null;
    }

    internal static uint IdOf(string name, byte type, byte[] publicKey) =>
        BinaryPrimitives.ReadUInt32BigEndian(SHA256.HashData([.. Encoding.UTF8.GetBytes(name), (byte)'\n', type, .. publicKey]));

    internal static string Write(string name, uint id, byte type, byte[] publicKey) =>
        string.Create(CultureInfo.InvariantCulture, $"{name}+{id:x8}+{Convert.ToBase64String([type, .. publicKey])}");

    /// <summary>True when the private key of this one signed the text.</summary>
    internal bool Verifies(string text, byte[] signature) => Ed25519.Verify(_publicKey, Encoding.UTF8.GetBytes(text), signature);

    internal static bool IsName(string? name) => !string.IsNullOrEmpty(name) && !name.Contains('+', StringComparison.Ordinal) && !name.Any(char.IsWhiteSpace);

    /// <summary>The key in one line: <c>name+c74f20a3+ARpc...</c></summary>
    public override string ToString() => Write(Name, Id, Type, _publicKey);

    public bool Equals(VerifierKey? other) => other is not null && other.Name == Name && other._publicKey.AsSpan().SequenceEqual(_publicKey);

    public override bool Equals(object? obj) => Equals(obj as VerifierKey);

    public override int GetHashCode() => HashCode.Combine(Name, Id);
}
