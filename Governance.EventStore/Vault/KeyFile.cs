using System.Text;

namespace Governance.EventStore.Vault;

/// <summary>What a file holds that nobody but its owner may read: each 32 bytes.</summary>
public enum KeyKind
{
    /// <summary>What wraps the keys of people; in base64.</summary>
    Master,

    /// <summary>What signs a log; in base64.</summary>
    Signing,

    /// <summary>What the papers of a ballot under way are sealed with; as bytes.</summary>
    BallotSecret,

    /// <summary>What a witness cosigns with; in base64.</summary>
    Witness,
}

/// <summary>Files that hold one key each, readable by their owner alone.</summary>
internal static class KeyFile
{
    public const int KeyBytes = 32;

    /// <summary>The key; null when there is no such file.</summary>
    /// <exception cref="KeyFileException">It holds no key, or others than its owner may read it.</exception>
    public static byte[]? Find(string path, KeyKind kind)
    {
        byte[] content;
        UnixFileMode mode;
        try
        {
            (content, mode) = (File.ReadAllBytes(path), File.GetUnixFileMode(path));
        }
        catch (Exception fault) when (fault is FileNotFoundException or DirectoryNotFoundException)
        {
            return null;
        }

        if ((mode & ~DurableFile.OwnerOnly) != 0)
            throw new KeyFileException(path, kind, KeyFileFault.ReadByOthers);
        var key = kind == KeyKind.BallotSecret ? content : Decoded(content);
        return key is { Length: KeyBytes } ? key : throw new KeyFileException(path, kind, KeyFileFault.NoKey);
    }

    /// <summary>Makes the file with a key, durably; false when there is one already, which stays: hosts that do it at once end with the same key.</summary>
    public static bool TryCreate(string path, KeyKind kind, byte[] key) =>
        DurableFile.TryCreate(path, kind == KeyKind.BallotSecret ? key : Encoding.ASCII.GetBytes(Convert.ToBase64String(key) + "\n"));

    private static byte[]? Decoded(byte[] content)
    {
        var key = new byte[KeyBytes];
        return Convert.TryFromBase64String(Encoding.ASCII.GetString(content).Trim(), key, out var length) && length == KeyBytes ? key : null;
    }
}
