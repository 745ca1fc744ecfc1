namespace Governance.Api.Proofs.Bundles;

/// <summary>What is checked of a bundle, in the order in which it is.</summary>
public enum CheckOf
{
    Files = 1,
    Events,
    Indexes,
    Streams,
    Times,
    Tree,
    Signature,
    Keys,
    Consistency,
    Tallies,
    Outcomes,
    OwnCheckpoint,
    Witnesses,
    Documents,
}

/// <summary>What came of a check.</summary>
public enum CheckState
{
    Passed,
    Failed,
    NotApplicable,

    /// <summary>The bundle alone does not tell: the reason says what the reader has to do.</summary>
    Unjudged,
}

/// <summary>One numbered check of a bundle.</summary>
/// <param name="Reason">What was found, with its place where it failed, in the language of the process.</param>
public sealed record Check(CheckOf Of, CheckState State, string Reason)
{
    public int Number => (int)Of;
}
