namespace Governance.EventStore.Log;

/// <summary>What became of a cosigned checkpoint that somebody handed in.</summary>
public enum HandedIn
{
    /// <summary>It is kept, or was already.</summary>
    Kept,

    /// <summary>It is no cosigned checkpoint, or has lines that mean nothing here.</summary>
    Malformed,

    /// <summary>It is of another log, or of one that was begun anew since.</summary>
    OtherLog,

    /// <summary>No witness that the association registered cosigned it.</summary>
    UnknownWitness,

    /// <summary>The log did not sign it, or has another root at its size.</summary>
    NotOfTheLog,

    /// <summary>It is cosigned at a time that is not come yet.</summary>
    NotYet,

    /// <summary>The witness handed in a larger or later one before.</summary>
    Older,
}
