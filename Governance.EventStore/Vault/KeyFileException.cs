namespace Governance.EventStore.Vault;

/// <summary>Why a file cannot be taken for a key.</summary>
public enum KeyFileFault
{
    /// <summary>Others than its owner may read the master key.</summary>
    MasterKeyReadByOthers,

    /// <summary>Others than its owner may read a key that signs a log.</summary>
    SigningKeyReadByOthers,

    /// <summary>It does not hold 32 bytes in base64.</summary>
    NoKey,
}

/// <summary>A file that should hold a key is not taken for one: going on could sign or wrap with what others know.</summary>
public sealed class KeyFileException(string path, KeyFileFault fault) : Exception(fault == KeyFileFault.NoKey
    ? $"{path} does not hold a key: 32 bytes in base64 are expected."
    : $"The key in {path} can be read by others than its owner; `chmod 600` it, and consider it known to them.")
{
    public string Path => path;

    public KeyFileFault Fault => fault;
}
