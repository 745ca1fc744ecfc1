namespace Governance.EventStore.Log;

/// <summary>What came of checking a proof.</summary>
public enum ProofCheck
{
    /// <summary>It proves what it says.</summary>
    Holds,

    /// <summary>The leaf is not within the size.</summary>
    IndexBeyondSize,

    /// <summary>An old tree without leaves: anything would be consistent with it.</summary>
    OldSizeZero,

    /// <summary>The old tree is larger than the new one.</summary>
    SizesReversed,

    /// <summary>A hash is not of 32 bytes.</summary>
    HashLength,

    /// <summary>More hashes than the sizes ask for.</summary>
    HashesLeftOver,

    /// <summary>Fewer hashes than the sizes ask for.</summary>
    HashesMissing,

    /// <summary>The hashes lead to another root, of the old or the new tree.</summary>
    OtherRoot,
}
