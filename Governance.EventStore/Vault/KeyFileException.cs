namespace Governance.EventStore.Vault;

/// <summary>Why a file cannot be taken for a key.</summary>
public enum KeyFileFault
{
    /// <summary>Others than its owner may read it.</summary>
    ReadByOthers,

    /// <summary>It does not hold 32 bytes as its kind writes them.</summary>
    NoKey,
}

/// <summary>A file that should hold a key is not taken for one: going on could sign, wrap or seal with what others know.</summary>
public sealed class KeyFileException(string path, KeyKind kind, KeyFileFault fault) : Exception(fault == KeyFileFault.NoKey
    ? $"{path} does not hold a key ({kind}): 32 bytes are expected."
    : $"The key ({kind}) in {path} can be read by others than its owner; `chmod 600` it, and consider it known to them.")
{
    public string Path => path;

    public KeyKind Kind => kind;

    public KeyFileFault Fault => fault;
}
