namespace Governance.EventStore.Log;

/// <summary>Why the directory of a witness cannot be used.</summary>
public enum WitnessFilesFault
{
    /// <summary>The public key is there and the private one is not.</summary>
    KeyMissing,

    /// <summary>The name that was given is none that a key can have.</summary>
    NameMalformed,

    /// <summary>The public key is not that of the private one, or has another name than was given.</summary>
    KeyOther,

    /// <summary>The last checkpoint is no signed note.</summary>
    NoNote,
}

/// <summary>The directory of a witness does not hold what it should.</summary>
/// <param name="named">The file, or the name, that is wrong.</param>
/// <param name="beside">What it does not go with; null where there is nothing.</param>
public sealed class WitnessFilesException(WitnessFilesFault fault, string named, string? beside = null) : Exception($"{fault}: {named}{(beside is null ? "" : $", {beside}")}")
{
    public WitnessFilesFault Fault => fault;

    public string Named => named;

    public string? Beside => beside;
}
