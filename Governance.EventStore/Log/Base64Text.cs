namespace Governance.EventStore.Log;

/// <summary>Base64 (RFC 4648, section 4) that is written one way: no white space, no bits left over.</summary>
public static class Base64Text
{
    /// <summary>The bytes; null when the text is not how they are written.</summary>
    public static byte[]? Decode(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        var bytes = new byte[(text.Length / 4 * 3) + 3];
        return Convert.TryFromBase64String(text, bytes, out var length) && Convert.ToBase64String(bytes, 0, length) == text ? bytes[..length] : null;
    }
}
