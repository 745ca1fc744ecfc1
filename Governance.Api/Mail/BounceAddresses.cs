using System.Security.Cryptography;
using Governance.Api.Access;
using MimeKit;

namespace Governance.Api.Mail;

/// <summary>
/// The address to which each message comes back that cannot be delivered: that of the settings, with the row of the outbox after a plus sign, marked so
/// that nobody else can make one. Small letters and digits alone: servers may write a local part in either case.
/// </summary>
public sealed class BounceAddresses(InstallationKey keys)
{
    private const int RowBytes = 16, MarkBytes = 10;

    private const string Letters = "abcdefghijklmnopqrstuvwxyz234567";

    /// <summary><c>bounces+TOKEN@example.org</c>.</summary>
    public MailboxAddress Of(Guid row, MailboxAddress bounces) => new(null, $"{bounces.LocalPart}+{Token(row)}@{bounces.Domain}");

    /// <summary>The row of the outbox that an address is of; null for one that was not made here.</summary>
    public Guid? Row(string address)
    {
        var local = address.LastIndexOf('@') is var at and >= 0 ? address[..at] : address;
        if (local.LastIndexOf('+') is not (var plus and >= 0) || Bytes(local[(plus + 1)..].ToLowerInvariant()) is not { } bytes)
            return null;
        var row = new Guid(bytes.AsSpan(0, RowBytes), bigEndian: true);
        return CryptographicOperations.FixedTimeEquals(bytes.AsSpan(RowBytes), Mark(bytes.AsSpan(0, RowBytes))) ? row : null;
    }

    private string Token(Guid row)
    {
        var bytes = new byte[RowBytes + MarkBytes];
        row.TryWriteBytes(bytes, bigEndian: true, out _);
        Mark(bytes.AsSpan(0, RowBytes)).CopyTo(bytes.AsSpan(RowBytes));
        var token = new char[((bytes.Length * 8) + 4) / 5];
        for (var i = 0; i < token.Length; i++)
        {
            var value = 0;
            for (var bit = i * 5; bit < (i * 5) + 5; bit++)
                value = (value << 1) | (bit < bytes.Length * 8 ? (bytes[bit / 8] >> (7 - (bit % 8))) & 1 : 0);
            token[i] = Letters[value];
        }

        return new string(token);
    }

    private static byte[]? Bytes(string token)
    {
        var bytes = new byte[RowBytes + MarkBytes];
        if (token.Length != ((bytes.Length * 8) + 4) / 5)
            return null;
        for (var i = 0; i < token.Length; i++)
        {
            var value = Letters.IndexOf(token[i], StringComparison.Ordinal);
            if (value < 0)
                return null;
            for (var b = 0; b < 5; b++)
            {
                var (bit, one) = ((i * 5) + b, (value >> (4 - b)) & 1);
                if (bit < bytes.Length * 8)
                    bytes[bit / 8] |= (byte)(one << (7 - (bit % 8)));
                else if (one != 0)
                    return null;
            }
        }

        return bytes;
    }

    private byte[] Mark(ReadOnlySpan<byte> row) => HMACSHA256.HashData(keys.BounceAddresses, row)[..MarkBytes];
}
