namespace Governance.Domain.Kernel;

/// <summary>
/// The decision that a change rests on: a ballot held here, or an outcome transcribed from a document.
/// </summary>
/// <param name="Ballot">The ballot that decided.</param>
public sealed record DecisionReference(BallotId Ballot);
