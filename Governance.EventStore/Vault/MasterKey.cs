using System.Security.Cryptography;
using System.Text;

namespace Governance.EventStore.Vault;

/// <summary>The key that wraps every person's key. It lives outside the database: without it a stolen database names nobody.</summary>
public sealed class MasterKey
{
    private MasterKey(byte[] key, string place, bool isNew) => (Key, Place, IsNew) = (key, place, isNew);

    internal byte[] Key { get; }

    /// <summary>The file.</summary>
    public string Place { get; }

    /// <summary>True when there was no file, and it was made.</summary>
    public bool IsNew { get; }

    /// <summary>
    /// Reads the key from a file, or makes the file (mode 0600) at first use. Hosts that start together end with the same key: the file
    /// appears whole, under its name, once. Keep a copy of it apart from the database's backups: without it every name is lost.
    /// </summary>
    /// <exception cref="KeyFileException">The file does not hold a key of 256 bits, or others than its owner may read it.</exception>
    public static MasterKey AtPath(string path)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(path);
        path = Path.GetFullPath(path);
        if (KeyFile.Find(path, KeyKind.Master) is { } there)
            return new MasterKey(there, path, isNew: false);
        var made = RandomNumberGenerator.GetBytes(KeyFile.KeyBytes);
        var isNew = KeyFile.TryCreate(path, KeyKind.Master, made);
        // Where another host was first, its key is the key.
        return new MasterKey(isNew ? made : KeyFile.Find(path, KeyKind.Master)!, path, isNew);
    }

    /// <summary>Another key, of 32 bytes, for another purpose (HKDF-SHA256, RFC 5869): the same for ever, and telling nothing of this one.</summary>
    public byte[] Derive(string purpose) => HKDF.DeriveKey(HashAlgorithmName.SHA256, Key, 32, info: Encoding.UTF8.GetBytes(purpose));

    /// <summary>Removes a file that was made for nothing: whoever looks for the right one shall not find this in its place.</summary>
    internal void TakeBack()
    {
        if (IsNew)
            File.Delete(Place);
    }
}

/// <summary>The master key is not the one that people's keys in the database were wrapped with.</summary>
/// <param name="missing">True when there was no key at that place.</param>
public sealed class MasterKeyNotTheSameException(string place, bool missing) : Exception(
    missing ? $"There is no master key in {place}, and the database was written with one." : $"The master key in {place} is not the one that the database was written with.")
{
    public string Place => place;

    public bool Missing => missing;
}
