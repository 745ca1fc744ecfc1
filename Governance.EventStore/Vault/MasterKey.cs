namespace Governance.EventStore.Vault;

/// <summary>The key that wraps every person's key. It lives outside the database: without it a stolen database names nobody.</summary>
public sealed class MasterKey
{
    private MasterKey(byte[] key) => Key = key;

    internal byte[] Key { get; }

    /// <summary>Reads the key from a file, or makes the file (mode 0600) at first use.</summary>
    public static MasterKey AtPath(string path) => throw new NotSupportedException(path);
}
